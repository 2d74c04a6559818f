"""What a verb that writes does besides: nothing into a damaged register, what follows a write, a backup where one is due."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from models.backups.making import back_up_if_due
from models.backups.reasons import Reason
from models.engine import database
from models.errors import UserError
from models.following.table import keeping_up
from models.journal import writer as journal
from models.journal.here import Here
from models.language import _
from models.register import soundness
from models.register.register import Register


@contextmanager
def work(arguments: argparse.Namespace, register: Register, here: Here, much: bool) -> Iterator[None]:
    """Inside, the open register may be written by who holds its lock. ``much``: very much will be.

    What was written is noted, whatever fails afterwards.
    DamagedRegister where nothing may be written.
    """
    soundness.before_writing(register, much)
    with noting(arguments), keeping_up(here):
        yield


def back_up_after(arguments: argparse.Namespace, register: Register, besides: dict[str, str]) -> None:
    """An automatic backup after the work. What was stored is stored: a failure is told after the verb's own answer.

    ``besides``: what that answer says besides in JSON.
    """
    try:
        with database.damage_told():
            back_up_if_due(register, Reason.WORK)
    except UserError as error:
        reason = str(error)
    except KeyboardInterrupt:
        reason = _("备份被打断。")
    else:
        return
    besides["backup_failed"] = reason
    arguments.warnings.append(_("上面的内容已经写入登记册，只是没有备份：{why}").format(why=reason))


@contextmanager
def noting(arguments: argparse.Namespace) -> Iterator[None]:
    """Note which batches are written inside: whatever fails afterwards, they are told first (``cli/arguments.py``)."""
    before = journal.newest_batch()
    try:
        yield
    finally:
        with suppress(UserError), database.damage_told():
            arguments.stored = journal.batches_since(before)
