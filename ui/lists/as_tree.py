"""The unions as a table or as the tree of their structure: the button that changes between the two, and the tree."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from models.language import _
from ui.kit.catching_up import CatchingUp
from ui.kit.context import Context
from ui.kit.lines import down
from ui.record.structure import StructureTree

#: The kinds of record whose change shows in the tree.
_SHOWS = frozenset({"union", "worker", "membership_event", "head_count"})


class AsTree(QWidget):
    """The tree as a page of its own in a list's stack. ``opened(str)`` brings the uid of the union that is to be opened."""

    opened = Signal(str)

    def __init__(self, context: Context, tables: QStackedWidget) -> None:
        """Put itself last into ``tables``; nothing is read before the tree is first shown."""
        super().__init__()
        self._tables, self._before = tables, 0
        self.switch = QPushButton(_("组织结构"), self)
        self.switch.setCheckable(True)
        self.switch.setToolTip(_("按上下级看全部工会：镇街、园区、村社区、楼宇、企业、分会小组"))
        self.switch.toggled.connect(self._change)
        self.tree = StructureTree(context)
        self.tree.opened.connect(self.opened)
        down(self.tree, on=self)
        tables.addWidget(self)
        self.setFocusProxy(self.tree)
        CatchingUp(self, self.tree.begin, context.changes, _SHOWS)

    def show_table(self, place: int) -> None:
        """Show a page of the stack, unless a person looks at the tree: then it comes after the tree."""
        self._before = place
        if not self.switch.isChecked():
            self._tables.setCurrentIndex(place)

    def leave(self) -> None:
        """Show the table again: something was looked for in it."""
        self.switch.setChecked(False)

    def _change(self, as_tree: bool) -> None:
        if as_tree:
            self._tables.setCurrentWidget(self)
            self.tree.setFocus()
        else:
            self._tables.setCurrentIndex(self._before)
