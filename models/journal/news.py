"""What others write into an office's register while it is open here: told by their writer, heard by this program's window.

The message is what ``done.Done`` says, the number of the batch and the kinds of its records, and which program wrote it: no word
of what was written. It is sent in the writer's own transaction, so that it comes when that has ended well, and to everybody.
"""

import json
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from models.engine import reaching
from models.engine.running import Listening
from models.journal.log import Batch
from models.records.catalogue import RECORDS

_PROGRAM = uuid.uuid4().hex
#: The name under which this thread writes: that of its window, else that of the program.
_speaker: ContextVar[str] = ContextVar("speaker", default=_PROGRAM)


@dataclass(frozen=True, slots=True)
class News:
    """A batch that was written: its number, the kinds of record in it, and under which name."""

    batch: int
    kinds: frozenset[str]
    speaker: str


@contextmanager
def speaking_as(name: str) -> Iterator[None]:
    """Inside, in this thread, what is written is announced under this name: whoever wrote it need not be told of it."""
    token = _speaker.set(name)
    try:
        yield
    finally:
        _speaker.reset(token)


def speaker() -> str:
    """The name under which this thread writes."""
    return _speaker.get()


def announce(batch: int, kinds: Iterable[str]) -> None:
    """Tell the other programs of a batch, when its transaction has ended well. Called by the writer only, within it."""
    reaching.announce(json.dumps({"batch": batch, "kinds": sorted(kinds), "by": _speaker.get()}))


def understood(line: str) -> News | None:
    """What a line says; None for one that is not from a program like this. Of an unknown kind nothing is shown here."""
    try:
        said = json.loads(line)
        return News(int(said["batch"]), frozenset(map(str, said["kinds"])) & RECORDS.keys(), str(said["by"]))
    except (ValueError, TypeError, KeyError):
        return None


def newest(ear: Listening) -> int:
    """The number of the newest batch that others have written, 0 for none."""
    return int(ear.ask(f'SELECT max(id) FROM "{Batch._meta.table_name}"') or 0)
