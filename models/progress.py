"""How far a long piece of work is, told while it goes on."""

from collections.abc import Callable

#: ``tell(done, total)``: so much of so much is done, a total of 0 is not known yet. It may raise ``models.errors.Stopped``,
#: which ends the work.
OnProgress = Callable[[int, int], None]
