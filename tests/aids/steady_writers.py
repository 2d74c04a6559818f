"""People who write until all of theirs is stored, whatever becomes of the server; what each was told, and what is there."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count, islice, pairwise

from models.engine import database
from models.errors import Unanswered, UserError
from models.journal import entries
from models.journal.writer import Author, batch
from models.records.union import Union
from tests.aids.speaking import made

_LI = Author("a" * 16, "李四")
#: Seconds until somebody who was told why it cannot be tries again.
_AGAIN = 0.2


class SteadyWriters:
    """``people`` write ``total`` marks between them, each into a union of their own; without a total until :meth:`end`.

    ``stored``: when each mark was said to be stored. ``told``: the sentences, how often each. ``unknown``: how often it could
    not be found out whether one was stored.
    """

    def __init__(self, people: int, total: int | None = None) -> None:
        """Nobody writes yet."""
        self.stored: list[tuple[float, str]] = []
        self.told: Counter[str] = Counter()
        self.unknown = 0
        self.bugs: list[BaseException] = []
        self._marks = (str(number) for number in (count() if total is None else range(total)))
        self._lock, self._over = threading.Lock(), threading.Event()
        self._unions = [made(_LI, Union, name=f"第{number}个人的工会", note="") for number in range(people)]
        self._threads = [threading.Thread(target=self._work, args=each, daemon=True) for each in enumerate(self._unions)]

    def start(self) -> None:
        """Let all begin."""
        for each in self._threads:
            each.start()

    def join(self) -> None:
        """Wait until everything is stored. Raises what no one should have met."""
        for each in self._threads:
            each.join()
        for bug in self.bugs:
            raise bug

    def end(self) -> None:
        """Let each end what it writes, and no more."""
        self._over.set()
        self.join()

    def _next(self) -> Iterator[str]:
        while not self._over.is_set():
            with self._lock:
                mark = next(islice(self._marks, 1), None)
            if mark is None:
                return
            yield mark

    def _work(self, number: int, union: str) -> None:
        author = Author(f"{number:016x}", f"第{number}个人")
        try:
            for mark in self._next():
                while not self._wrote(author, union, mark):
                    time.sleep(_AGAIN)
                self.stored.append((time.monotonic(), mark))
        except BaseException as error:  # noqa: BLE001  # told by whoever waits for the thread
            self.bugs.append(error)
        finally:
            database.leave()

    def _wrote(self, author: Author, union: str, mark: str) -> bool:
        """True once it is said to be stored."""
        try:
            with database.damage_told():
                if self.unknown and mark in written([union]):
                    return True
                before = str(Union.get(Union.uid == union).note or "")
                with batch("edit", author) as writer:
                    writer.update(Union, union, {"note": (before, mark)})
        except Unanswered:
            self.unknown += 1
            return False
        except UserError as error:
            self.told[str(error)] += 1
            return False
        return True

    def pause(self) -> float:
        """The longest time, in seconds, in which nothing was said to be stored."""
        times = sorted(at for at, _mark in self.stored)
        return max(later - sooner for sooner, later in pairwise(times))

    def lost(self) -> list[str]:
        """The marks that were said to be stored and are not there."""
        held = set(written(self._unions))
        return [mark for _at, mark in self.stored if mark not in held]

    def twice(self) -> list[str]:
        """The marks that are there more than once."""
        return [mark for mark, times in Counter(written(self._unions)).items() if times > 1]


def written(unions: list[str]) -> list[str]:
    """The marks that the log has of these unions, each as often as it was written."""
    return [str(after).strip('"') for name, after in entries.of_records(unions, ("field", "after")) if name == "note"]
