"""Erasing people's data in the window: looked at, asked about, done on the worker thread, and told."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from models.journal.done import Done as Written
from models.journal.writer import Author
from models.language import _
from models.people import copies, erasing
from models.people.copies import Copy
from models.people.erasing import Erased, ErasurePlan
from models.register.register import Register
from ui.kit.context import Context
from ui.people.erase_dialog import EraseDialog


class Seen(NamedTuple):
    """What erasing would do, and which copies of the register still hold the people."""

    plan: ErasurePlan
    held: list[Copy]


class CarriedOut(NamedTuple):
    """What was erased, which copies still hold the people, and how many were deleted."""

    erased: Erased
    left: list[Copy]
    gone: int


def look(register: Register, uids: Sequence[str]) -> Seen:
    """Work out what erasing people (uids) would do. Writes nothing."""
    seen = erasing.plan(uids)
    return Seen(seen, copies.holding_copies(register, seen.people))


def carry_out(
    register: Register, uids: Sequence[str], reason: str, author: Author, mentions: Collection[str], renew: bool
) -> CarriedOut:
    """Erase people (uids); ``renew``: then make a fresh backup and delete the copies that still hold them."""
    done = erasing.erase(uids, reason, author, register.folder, mentions)
    held = copies.holding_copies(register, done.people)
    gone: list[Path] = copies.renew(register, held)[1] if renew else []
    return CarriedOut(done, [each for each in held if each.path not in gone], len(gone))


class ErasingPeople(QObject):
    """Asks about the people of its page and erases them."""

    #: The dialog that asked last.
    asking: EraseDialog

    def __init__(self, context: Context, window: QWidget) -> None:
        """``window`` is what the dialog belongs to."""
        super().__init__(window)
        self._context, self._window = context, window
        self._uids: list[str] = []

    def ask(self, uids: Sequence[str]) -> None:
        """Look at what erasing these people (uids) would do, and then ask."""
        if uids and self._context.may_write():
            self._uids = list(uids)
            title = _("正在查找个人信息在哪里")
            self._context.jobs.run(look, self._context.register, self._uids, done=self._ask, title=title)

    def _ask(self, seen: Seen) -> None:
        self.asking = EraseDialog(seen.plan, seen.held, self._window)
        self.asking.accepted.connect(self._erase)
        self.asking.finished.connect(self.asking.deleteLater)
        self.asking.open()

    def _erase(self) -> None:
        asked, context = self.asking, self._context
        args = (self._uids, asked.reason.text(), context.author, asked.chosen, asked.backups.isChecked())
        context.jobs.write(carry_out, context.register, *args, done=self._done, title=_("正在删除个人信息"))

    def _done(self, written: Written[CarriedOut]) -> None:
        done = written.result
        said = _("已删除个人信息（批次 {number}，不能撤销），各天的会员数不变。").format(number=done.erased.batch)
        if done.gone:
            said += _("已做新备份，删去 {count} 份旧的。").format(count=done.gone)
        if done.left:
            said += _("还有 {count} 份备份或旧文件存着他，恢复它们时会重新删除。").format(count=len(done.left))
        if not done.erased.swept:
            said += _("文件里的空白页还没有清完，下次打开时接着清。")
        self._context.notices.tell(said)
