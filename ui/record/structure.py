"""The structure of the unions as a tree: each level is read when somebody opens it, on the worker thread, a page at a time."""

from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTreeView, QWidget

from models.language import _
from models.unions.structure import LEVEL_ROWS, Branch, level
from ui.kit import theme
from ui.kit.context import Context
from ui.kit.plain import as_shown, tip
from ui.kit.tables import UNKNOWN, Index, alignment
from ui.kit.whole_numbers import WholeNumbers

_NAME, _TYPE, _LISTED, _BELOW, _DECLARED = range(5)


class _Node:
    """A branch in the tree with what is known of the level below it; the top node has no branch."""

    def __init__(self, branch: Branch | None, above: "_Node | None", row: int) -> None:
        self.branch, self.above, self.row = branch, above, row
        self.below: list[_Node] = []
        self.read = 0
        self.whole = branch is not None and not branch.branches
        self.asked = False


def _level(turn: int, node: _Node, parent: str) -> tuple[int, _Node, list[Branch]]:
    """For the worker thread: the next page of a level, and which question it answers."""
    return turn, node, level(parent, node.read)


class StructureModel(QAbstractItemModel):
    """The unions below one of them, or all from the highest down. ``arrived()`` when a page of a level was read."""

    arrived = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Nothing until :meth:`begin`."""
        super().__init__(parent)
        self._context = context
        self._turn = 0
        self._parent = ""
        self._top = _Node(None, None, 0)
        self._top.whole = True
        self.titles = (_("工会"), _("类型"), _("会员"), _("连同下级"), _("申报"))

    def begin(self, parent: str = "") -> None:
        """Begin anew below a union (uid), "" for the unions without one above them."""
        self.beginResetModel()
        self._turn += 1
        self._parent, self._top = parent, _Node(None, None, 0)
        self.endResetModel()
        self.fetchMore(QModelIndex())

    @property
    def is_empty(self) -> bool:
        """True when it was read that nothing stands below."""
        return self._top.whole and not self._top.below

    def branch(self, index: Index) -> Branch | None:
        """What stands in a row."""
        return self._node(index).branch

    def _node(self, index: Index | None) -> _Node:
        node: Any = index.internalPointer() if index is not None and index.isValid() else self._top
        return node if isinstance(node, _Node) else self._top

    def _place(self, node: _Node) -> QModelIndex:
        return QModelIndex() if node.above is None else self.createIndex(node.row, 0, node)

    def canFetchMore(self, parent: Index) -> bool:
        node = self._node(parent)
        return not (node.whole or node.asked)

    def fetchMore(self, parent: Index) -> None:
        if not self.canFetchMore(parent):
            return
        node = self._node(parent)
        node.asked = True
        uid = node.branch.uid if node.branch is not None else self._parent
        self._context.jobs.run(_level, self._turn, node, uid, done=self._arrived)

    def _arrived(self, answer: tuple[int, _Node, list[Branch]]) -> None:
        turn, node, found = answer
        if turn != self._turn:
            return  # begun anew meanwhile
        node.asked = False
        unions = sum(not each.group for each in found)
        node.read += unions
        node.whole = unions < LEVEL_ROWS
        if found:
            first = len(node.below)
            self.beginInsertRows(self._place(node), first, first + len(found) - 1)
            node.below += [_Node(each, node, first + place) for place, each in enumerate(found)]
            self.endInsertRows()
        self.arrived.emit()

    def hasChildren(self, parent: Index | None = None) -> bool:
        node = self._node(parent)
        return bool(node.below) or not node.whole

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._node(parent).below) if parent is None or parent.column() <= 0 else 0

    def columnCount(self, parent: Index | None = None) -> int:
        return len(self.titles)

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        node = self._node(parent)
        if not (0 <= row < len(node.below) and 0 <= column < len(self.titles)):
            return QModelIndex()
        return self.createIndex(row, column, node.below[row])

    def parent(self, index: Index | None = None) -> Any:
        if index is None:
            return super().parent()
        above = self._node(index).above
        return QModelIndex() if above is None else self._place(above)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        branch = self._node(index).branch if index.isValid() else None
        if branch is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return as_shown(self._text(branch, index.column()), role)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment("right" if index.column() >= _LISTED else "left")
        return QColor(theme.colour("muted")) if role == Qt.ItemDataRole.ForegroundRole and branch.dissolved else None

    def _text(self, branch: Branch, column: int) -> str:
        if column == _NAME:
            return _("{name}（已撤销）").format(name=branch.name) if branch.dissolved else branch.name
        if column == _TYPE:
            return _("工会小组") if branch.group else _(branch.union_type) if branch.union_type else ""
        if column == _LISTED:
            return f"{branch.listed:,}"
        if column == _BELOW:
            return "" if branch.group else f"{branch.below:,}"
        return "" if branch.group else UNKNOWN if branch.declared is None else f"{branch.declared:,}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.titles):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment("right" if section >= _LISTED else "left")
        told = {
            _LISTED: _("在册会员，按姓名登记的"), _BELOW: _("在册会员，连同下面所有工会的"), _DECLARED: _("最新申报的会员人数"),
        }  # fmt: skip
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(told.get(section, ""))
        return self.titles[section] if role == Qt.ItemDataRole.DisplayRole else None


class _Rows(WholeNumbers):
    """Rows as high as those of the tables."""

    def sizeHint(self, option: Any, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        size.setHeight(max(theme.ROW_HEIGHT, option.fontMetrics.height() + 8))
        return size


class StructureTree(QTreeView):
    """``opened(str)`` brings the uid of the union that Enter or a double click opens."""

    opened = Signal(str)

    def __init__(self, context: Context, brief: bool = False) -> None:
        """``brief``: beside a record there is no room for the type."""
        super().__init__()
        self.structure = StructureModel(context, self)
        self.setModel(self.structure)
        self.setAccessibleName(_("组织结构"))
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        self.setItemDelegate(_Rows(self))
        self.setExpandsOnDoubleClick(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setColumnHidden(_TYPE, brief)
        head = self.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((_TYPE, 10), (_LISTED, 4), (_BELOW, 5), (_DECLARED, 4)):
            self.setColumnWidth(column, self.fontMetrics().horizontalAdvance("国") * width + 16)
        self.doubleClicked.connect(self._open)
        self._opened: set[str] = set()
        self._current = ""
        self.structure.rowsInserted.connect(self._open_again)

    def begin(self, parent: str = "") -> None:
        """Begin anew below a union (uid), "" for the highest ones; what was expanded is expanded again as it arrives."""
        current = self.structure.branch(self.currentIndex())
        self._current = current.uid if current is not None and not current.group else ""
        self._opened = self._expanded(QModelIndex())
        self.structure.begin(parent)

    def _expanded(self, parent: QModelIndex) -> set[str]:
        found: set[str] = set()
        for row in range(self.structure.rowCount(parent)):
            index = self.structure.index(row, 0, parent)
            branch = self.structure.branch(index)
            if branch is not None and self.isExpanded(index):
                found |= {branch.uid} | self._expanded(index)
        return found

    def _open_again(self, parent: QModelIndex, first: int, last: int) -> None:
        for row in range(first, last + 1):
            index = self.structure.index(row, 0, parent)
            branch = self.structure.branch(index)
            if branch is None or branch.group:
                continue
            if branch.uid in self._opened:
                self.expand(index)
            if branch.uid == self._current:
                self.setCurrentIndex(index)

    def _open(self, index: QModelIndex) -> None:
        branch = self.structure.branch(index)
        if branch is not None and not branch.group:
            self.opened.emit(branch.uid)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)
