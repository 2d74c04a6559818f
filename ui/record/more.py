"""What else can be done with the shown record: the menu behind one button."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from models.editing.editing import Kind
from models.language import _
from models.records.membership import DECEASED


class MoreMenu(QPushButton):
    """``leaves(str)``: a person leaves (退会, 去世); ``ends()``: a unit or union ends; ``merges()``; ``removes()`` a mistake.

    ``issues()`` papers of founding and joining; ``prints()`` all that is held of a person, ``corrects()`` it at their
    request, ``erases()`` it for good.

    ``sources`` is the action that is checked while each field tells where it comes from.
    """

    leaves = Signal(str)
    ends = Signal()
    merges = Signal()
    removes = Signal()
    issues = Signal()
    prints = Signal()
    corrects = Signal()
    erases = Signal()

    def __init__(self, kind: Kind) -> None:
        """The menu for records of one kind."""
        super().__init__(_("更多"))
        menu = QMenu(self)
        self.sources = menu.addAction(_("每一项的来历"))
        self.sources.setCheckable(True)
        self.sources.setToolTip(_("在每一项下面写出谁、何时、从哪个文件"))
        menu.addSeparator()
        self.leaving: dict[str, QAction] = {}
        for type_, label in (("退会", _("登记退会…")), (DECEASED, _("登记去世…"))) if kind == "worker" else ():
            self.leaving[type_] = menu.addAction(label)
            self.leaving[type_].setData(type_)
            self.leaving[type_].triggered.connect(self._leave)
        self.end = QAction(_("单位注销…") if kind == "employer" else _("撤销工会…"), self)
        self.end.triggered.connect(self.ends)
        if kind != "worker":
            menu.addAction(self.end)
        self.issue = menu.addAction(_("出具文书…"))
        self.issue.setToolTip(_("入会申请书、委员名单、换届请示……照登记册填好，改过再打印"))
        self.issue.triggered.connect(self.issues)
        self.merge = menu.addAction(_("合并到…"))
        self.merge.triggered.connect(self.merges)
        self.remove = menu.addAction(_("删除误录…"))
        self.remove.triggered.connect(self.removes)
        self.paper, self.correct, self.erase = (QAction(label, self) for label in (
            _("打印所持个人信息…"), _("更正申请…"), _("依申请删除个人信息…"),
        ))  # fmt: skip
        for action, signal in ((self.paper, self.prints), (self.correct, self.corrects), (self.erase, self.erases)):
            action.triggered.connect(signal)
        if kind == "worker":
            menu.addSeparator()
            menu.addActions([self.paper, self.correct, self.erase])
        self.setMenu(menu)

    def _leave(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.leaves.emit(str(action.data()))
