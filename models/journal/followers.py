"""What has to follow a write, by the kinds of record that it changed: one table, filled by the packages that own the rows.

The journal knows none of them by name. ``models/following/table.py`` loads them all.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum
from typing import Any

from models.errors import UserError
from models.journal.done import uncollected


class When(Enum):
    """When something follows, and who calls it."""

    #: Right after the transaction, by the writer, in whatever program; called with nothing.
    AT_ONCE = "at once"
    #: At the command line right after the transaction; in the window as a job that nobody waits for. Called with a ``Here``.
    AFTERWARDS = "afterwards"
    #: In the window when there is nothing else to do. Whoever needs it before brings it up to date itself.
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Follower:
    """A row of the table: ``call`` follows when a record of one of these ``kinds`` was written."""

    name: str
    kinds: frozenset[str]
    call: Callable[..., Any]
    when: When


_table: dict[str, Follower] = {}
#: Whoever has the register open and wants everything to follow at once: a ``models.journal.here.Here``.
_here: ContextVar[Any] = ContextVar("here", default=None)


def add(follower: Follower) -> None:
    """Put a row into the table; called by its owner when it is imported."""
    _table[follower.name] = follower


def row(name: str) -> Follower:
    """One row. KeyError when its owner was not imported."""
    return _table[name]


@contextmanager
def running(here: Any) -> Iterator[None]:
    """Inside, what follows afterwards does so right after each write, called with ``here``."""
    token = _here.set(here)
    try:
        yield
    finally:
        _here.reset(token)


def follow(kinds: frozenset[str]) -> None:
    """Records of these kinds were written, and are in the register for good. Called by the writer only."""
    for each in _table.values():
        if each.when is When.AT_ONCE and each.kinds & kinds:
            each.call()
    here = _here.get()
    if here is None:
        return
    for each in _table.values():
        if each.when is When.AFTERWARDS and each.kinds & kinds:
            with uncollected():
                _call(each, here)


def _call(follower: Follower, here: Any) -> None:
    try:
        follower.call(here)
    except UserError:
        # the disk is full, or another program is writing: what was to be written is written, and the next write tries again
        return
