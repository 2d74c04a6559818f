"""How far a long piece of work is, told while it goes on."""

from collections.abc import Callable

#: ``tell(done, total)``: so much of so much is done, a total of 0 is not known yet. It may raise ``models.errors.Stopped``,
#: which ends the work.
OnProgress = Callable[[int, int], None]


def untold(_done: int, _total: int) -> None:
    """For work of which nobody asks how far it is."""


def part_of(tell: OnProgress, begin: int, end: int) -> OnProgress:
    """How far a step is, told as the part of the whole work between ``begin`` and ``end`` per cent."""

    def told(done: int, total: int) -> None:
        tell(begin + (end - begin) * done // max(1, total), 100)

    return told
