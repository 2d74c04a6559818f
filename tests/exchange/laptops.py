"""Several laptops, each with a register of its own, that meet over packages."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import time_machine

from models.exchange import giving, taking
from models.exchange.sealed import Lock, Opener
from models.exchange.taking import TakenPackage
from models.journal import crossing
from models.journal.writer import Author
from models.progress import OnProgress, untold
from models.register import register as register_room
from models.register.register import Register
from tests.aids import engines
from tests.aids.speaking import TODAY
from tests.aids.state_model import Contents, contents, differences
from tests.exchange.foreign import SECRET


class Laptop:
    """A register of its own, opened for each act; its clock is wrong by so many ``days``.

    ``knew``: by the number of each entry that was written here, how far the log knew each device then.
    """

    def __init__(self, empty: Register, folder: Path, device: str, person: str = "", days: int = 0) -> None:
        self.clock = dt.datetime.combine(TODAY + dt.timedelta(days=days), dt.time(9), tzinfo=dt.UTC)
        self.author = Author(device, person or device)
        self.folder = folder / device
        self._packages = 0
        self.knew: dict[int, dict[str, int]] = {}
        self.register = engines.copied(empty, self.folder)

    @contextmanager
    def open(self) -> Iterator[Author]:
        """The register, open."""
        engines.opened(self.register)
        try:
            with time_machine.travel(self.clock):
                yield self.author
            self._note_known()
        finally:
            register_room.close_register()
            self.clock += dt.timedelta(seconds=1)

    def _note_known(self) -> None:
        known = crossing.vector()
        for number in range(len(self.knew) + 1, known.get(self.author.device, 0) + 1):
            self.knew[number] = known

    def give(self, everything: bool = True, to: str = "") -> Path:
        """A new package of all, or of what the others have not seen."""
        self._packages += 1
        with self.open() as author:
            path = self.folder / f"{author.device}-{self._packages}.jhx"
            return giving.give(path, author, Lock(SECRET), everything, to).path

    def take(self, path: Path, today: dt.date = TODAY, progress: OnProgress = untold) -> TakenPackage:
        """Take a package."""
        with self.open() as author:
            return taking.take(path, Opener(SECRET), author, today, self.folder, progress)

    def look(self, path: Path, today: dt.date = TODAY) -> TakenPackage:
        """What taking it would do."""
        with self.open() as author:
            return taking.look(path, Opener(SECRET), author, today, self.folder)

    def contents(self) -> Contents:
        """Everything that is journaled."""
        with self.open():
            return contents()


def both_take(one: Laptop, other: Laptop) -> tuple[TakenPackage, TakenPackage]:
    """Each gives what it has, and only then takes what the other gave; then once more, until nobody has anything new."""
    first, second = one.give(), other.give()
    here, there = one.take(second), other.take(first)
    for _round in range(4):
        first, second = one.give(), other.give()
        if not one.take(second).entries + other.take(first).entries:
            break
    assert differences(one.contents(), other.contents()) == []
    return here, there
