"""What the room of the register keeps in the trail: openings, backups, secrets."""

from contextlib import suppress
from pathlib import Path

from peewee import DatabaseError
from sqlcipher3 import dbapi2

from models.engine import database
from models.errors import UserError
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
    not looked at here (``verifying.verify``). What may not be written stays as it is: a register on a medium for reading,
    or a damaged one, of which whoever opens it is told anyway.
    """
    sound = True
    if database.refused():
        return "" if database.damaged() else keeping.not_kept(database.refused())
    with suppress(UserError, DatabaseError, dbapi2.Error):  # that it cannot be written is told of the opening itself
        who = laptop.author(folder)
        sound = verifying.last_holds(who.device)
        keeping.take_in(who)
    told = keep(folder, Act("open", what))
    return told if sound else _("操作留痕的最后一条与原来不符，可能有人动过。请核对：设置 › 操作留痕，或者 main.py check。") + told
