"""Which records were merged into the shown one, each with its way back: what would come back is told before it is done."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from models.journal.merged import Merge, merges_into
from models.language import _
from ui.history.model import UndoPreview, preview
from ui.kit import theme
from ui.kit.asking import Asking
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.lines import REST, across, down, holding
from ui.kit.plain import Label


class TakenIn(QFrame):
    """``undoing(int)`` asks for the batch of a merge to be undone."""

    undoing = Signal(int)

    def __init__(self, context: Context) -> None:
        """Hidden while nothing was merged into the shown record."""
        super().__init__()
        self._context = context
        self._looking, self._previewing, self._asked = Asking(context.jobs), Asking(context.jobs), 0
        self.merges: list[Merge] = []
        self.buttons: list[QPushButton] = []
        self._held: list[QWidget] = []
        self.setProperty("card", True)
        self._lines = QVBoxLayout()
        self.told = Label(wrap=True)
        self.confirm = push_button(_("拆开"), self._undo, primary=True)
        self.leave = push_button(_("不拆"), self._forget)
        answers = across(self.confirm, self.leave, REST)
        down(self._lines, self.told, answers, on=self, gap=4, margins=(theme.GAP, 4, theme.GAP, 4))
        self._forget()
        self.hide()

    def show_record(self, uid: str) -> None:
        """Look for what was merged into a record (uid), on the worker thread."""
        self._looking.drop()
        if uid:
            self._looking.ask(merges_into, uid, done=self._show)

    def _show(self, merges: list[Merge]) -> None:
        self._forget()
        self.merges, self.buttons = merges, []
        for line in self._held:
            self._lines.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._held = [self._line(each) for each in merges]
        for line in self._held:
            self._lines.addWidget(line)
        self.setVisible(bool(merges))

    def _line(self, each: Merge) -> QWidget:
        said = _("{day} {person} 把“{name}”并了进来（批次 {number}）").format(
            day=each.at[:10], person=each.person, name=each.name, number=each.number
        )
        label, button = Label(said, wrap=True), push_button(_("拆开…"), self._ask, flat=True)
        button.setProperty("number", each.number)
        button.setAccessibleName(_("拆开“{name}”").format(name=each.name))
        self.buttons.append(button)
        return holding(across((label, 1), button, gap=None))

    def _ask(self) -> None:
        self._asked = int(self.sender().property("number"))
        self._previewing.ask(preview, self._asked, done=self._tell, title=_("正在查看拆开后会恢复什么"))

    def _tell(self, seen: UndoPreview) -> None:
        possible = seen.way is not None
        self.told.setText("\n".join(seen.lines) if possible else seen.refusal)
        self.told.show()
        self.confirm.setVisible(possible)
        self.leave.setText(_("不拆") if possible else _("知道了"))
        self.leave.show()
        (self.confirm if possible else self.leave).setFocus()

    def _forget(self) -> None:
        self._asked = 0
        self._previewing.drop()
        for part in (self.told, self.confirm, self.leave):
            part.hide()

    def _undo(self) -> None:
        number = self._asked
        self._forget()
        self.undoing.emit(number)
