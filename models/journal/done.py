"""What a write did, told by the writer: its number, the kinds of record in its part of the log, what the act returned.

Whoever wants to know runs the act inside :func:`collected`, or through :func:`did`. Nothing is worked out from numbers before
and after: another program may write in between.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """A finished write. ``batch``: its number, None when nothing changed. ``kinds``: of all entries of the log, facts included.

    An act that writes several batches names the newest one and the kinds of all.
    """

    batch: int | None
    kinds: frozenset[str]
    result: R


#: The lists, from the outermost to the innermost, to which batches that end in this thread are reported.
_open: ContextVar[tuple[list[Done[None]], ...]] = ContextVar("open", default=())


@contextmanager
def collected() -> Iterator[list[Done[None]]]:
    """The batches that end inside, in this thread, as they end: also those before an error."""
    found: list[Done[None]] = []
    token = _open.set((*_open.get(), found))
    try:
        yield found
    finally:
        _open.reset(token)


@contextmanager
def uncollected() -> Iterator[None]:
    """What is written inside is no part of the act that is collected: what follows it tells of itself."""
    token = _open.set(())
    try:
        yield
    finally:
        _open.reset(token)


def report(batch: int, kinds: Iterable[str]) -> None:
    """A batch has ended, and is in the register for good. Called by the writer only."""
    for found in _open.get():
        found.append(Done(batch, frozenset(kinds), None))


def summed(found: Iterable[Done[None]], result: R) -> Done[R]:
    """One Done of several: the newest number and all kinds."""
    batches = list(found)
    kinds = frozenset[str]().union(*(each.kinds for each in batches))
    return Done(batches[-1].batch if batches else None, kinds, result)


def did(act: Callable[P, R], *args: P.args, **named: P.kwargs) -> Done[R]:
    """Call a function that writes, and tell what it did; raises what it raises."""
    with collected() as found:
        result = act(*args, **named)
    return summed(found, result)
