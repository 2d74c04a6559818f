"""What a person may ask for, at their record: all that is held of them, a correction with its reason, erasure."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from models.language import _
from models.trail.entry import Act
from models.values.region_index import RegionIndex
from reports import handout, paper
from reports.handing_over import WrittenFile
from reports.layout import Layout
from reports.person_paper import compose, paper_act
from ui.kit.agreeing import Agreeing
from ui.kit.asked_once import asked_once
from ui.kit.context import Context
from ui.kit.exporting import Exporting
from ui.kit.lines import down
from ui.kit.plain import Label
from ui.kit.printing import Printing
from ui.people.erasing import ErasingPeople
from ui.people.paper_dialog import PaperDialog

if TYPE_CHECKING:
    from ui.record.acts import ShownRecord


def lay_out(uid: str, index: RegionIndex, today: dt.date, masked: bool) -> Layout:
    """The paper of all that is held of a person (uid), in pages. UserError when they are gone or erased."""
    return paper.lay_out(compose(uid, index, masked, today.isoformat()), f"{dt.datetime.now():%Y-%m-%d %H:%M}")


def write(uid: str, index: RegionIndex, today: dt.date, masked: bool, path: Path) -> WrittenFile:
    """Write all that is held of a person (uid) as PDF or workbook."""
    report = compose(uid, index, masked, today.isoformat())
    return handout.write(report, path, path.suffix.lower().removeprefix("."))


class ReasonDialog(QDialog):
    """Accepted with the ``reason`` of a correction."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name``: whose data is put right."""
        super().__init__(parent)
        self.setWindowTitle(_("更正申请"))
        told = Label(_("谁在什么时候申请更正“{name}”的信息、凭什么？写下以后改资料、保存，原因会记在历史里。").format(name=name), wrap=True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("例如 本人 11 月 20 日申请，已核对身份证"))
        self.buttons = Agreeing(_("开始更正"), self)
        self.reason.textChanged.connect(self._weigh)
        down(told, self.reason, self.buttons, on=self, margins=None)
        self.setMinimumWidth(420)
        self._weigh()

    def _weigh(self) -> None:
        self.buttons.go.setEnabled(bool(self.reason.text().strip()))


class PersonRights(QObject):
    """``correcting()``: a person has said why the shown record is put right, and goes on to its form."""

    correcting = Signal()

    def __init__(self, context: Context, shown: Callable[[], "ShownRecord"], window: QWidget) -> None:
        """``shown`` answers whose record is shown."""
        super().__init__(window)
        self._context, self._shown, self._window = context, shown, window
        self._exporting = Exporting(context, window)
        self.erasing = ErasingPeople(context, window)
        self._reason = ("", "")
        self._printing: Act | None = None
        self._printer = Printing(context, window)

    def ask_erase(self) -> None:
        """Ask about erasing the shown person's data."""
        self.erasing.ask([self._shown().uid])

    def ask_paper(self) -> None:
        """Ask how all that is held of the shown person is to be handed out, and do it."""
        uid, name = self._shown()
        with asked_once(PaperDialog(name, self._window)) as dialog:
            agreed, way, masked = dialog.exec(), dialog.way, dialog.masked.isChecked()
        if not agreed:
            return
        index, today = self._context.index, self._context.today
        if way == "print":
            self._printing = paper_act("print", uid, masked)
            self._context.jobs.run(lay_out, uid, index, today, masked, done=self._print, title=_("正在收集个人信息"))
            return
        act = paper_act("export", uid, masked)
        path = self._exporting.ask_path(_("所持个人信息_{name}").format(name=name), way, act)
        if path is not None:
            self._exporting.write(paper_act("export", uid, masked, path), write, uid, index, today, masked, path)

    def _print(self, layout: Layout) -> None:
        if self._printing is not None:
            self._printer.ask(layout, self._printing)

    def ask_correction(self) -> None:
        """Ask why the shown record is put right; the next saving of it keeps that."""
        if not self._context.may_write():
            return
        uid, name = self._shown()
        with asked_once(ReasonDialog(name, self._window)) as dialog:
            if dialog.exec():
                self._reason = (uid, dialog.reason.text().strip())
                self._context.notices.tell(_("改好“{name}”的资料后按保存，更正的原因会一起记下。").format(name=name))
                self.correcting.emit()

    def reason_for(self, uid: str) -> str:
        """Why the record (uid) is put right, "" when nobody said."""
        asked, reason = self._reason
        return reason if asked == uid else ""

    def forget_reason(self) -> None:
        """The record was saved, or the changes dropped: what comes next is no correction that was asked for."""
        self._reason = ("", "")
