"""What the room of the register keeps in the trail: openings and the tries that failed, backups, secrets."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from peewee import DatabaseError

from models.errors import UserError, WrongPassphrase
from models.language import _
from models.register import laptop
from models.trail import keeping, verifying
from models.trail.entry import Act


def keep(folder: Path, act: Act) -> str:
    """Keep an act of the open register in ``folder``, by whoever works on this laptop; "" or why it could not be kept."""
    try:
        who = laptop.author(folder)
    except UserError as error:
        return keeping.not_kept(str(error))
    return keeping.keep(act, who)


def opened(folder: Path, what: str) -> str:
    """Keep that the register in ``folder`` was opened, by ``what``; what waited outside comes before it.

    Returns "", or a sentence: it could not be kept, or the newest entry is no longer as it was written. The whole chain is
    not looked at here (``verifying.verify``).
    """
    sound = True
    with suppress(UserError, DatabaseError):  # that it cannot be written is told of the opening itself
        who = laptop.author(folder)
        sound = verifying.last_holds(who.device)
        keeping.take_in(who)
    told = keep(folder, Act("open", what))
    return told if sound else _("操作留痕的最后一条与原来不符，可能有人动过。请核对：设置 › 操作留痕，或者 main.py check。") + told


@contextmanager
def tries_noted(folder: Path, what: str) -> Iterator[None]:
    """Inside, a secret is tried on the register in ``folder``: a wrong one is noted for the trail, "" and all."""
    try:
        yield
    except WrongPassphrase:
        keeping.put(folder, Act("open-failed", what), laptop.person_name())
        raise
