"""Tables: the item model of a listing, fetched page by page as a person scrolls, and the view that all tables share."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QItemSelection,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView, QWidget

from models import selection
from models.columns import Align, Column
from models.language import _
from models.masking import showers
from models.region import RegionIndex
from ui import theme

#: Rows asked for at once, and how many such pages are kept.
PAGE_ROWS, KEPT_PAGES = 500, 40
#: A number or a yes that nobody knows is a dash, never a zero.
UNKNOWN = "—"

Index = QModelIndex | QPersistentModelIndex

_ALIGNMENT = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}
_MONO_LENGTH = 18


def alignment(align: Align) -> Qt.AlignmentFlag:
    """The declared alignment as Qt says it."""
    return _ALIGNMENT[align]


class RecordsModel(QAbstractTableModel):
    """A listing of ``models.selection`` as an item model: rows come in pages, in the choice's order, masked or not."""

    def __init__(
        self, kind: str, index: RegionIndex, leading: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        """An empty model of one kind of form; :meth:`load` asks for rows. ``leading``: the fields that come first."""
        super().__init__(parent)
        declared = selection.listed_columns(kind)
        first = sorted((c for c in declared if c.name in leading), key=lambda column: leading.index(column.name))
        self.columns: list[Column] = [*first, *(column for column in declared if column.name not in leading)]
        self.choice = selection.Choice(kind)
        self.masked = True
        self._regions = index
        self._total = 0
        self._pages: OrderedDict[int, tuple[list[dict[str, Any]], list[list[str]]]] = OrderedDict()
        self._mono = theme.mono_font()

    def load(self, **chosen: Any) -> None:
        """Ask the register anew; ``chosen`` replaces parts of the choice (search, regions, order …)."""
        self.beginResetModel()
        self.choice = replace(self.choice, **chosen)
        self._total = selection.count(self.choice)
        self._pages.clear()
        self.endResetModel()

    def show_masked(self, masked: bool) -> None:
        """Show private values masked or in full."""
        self.masked = masked
        self._pages.clear()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._total:
            self.dataChanged.emit(self.index(0, 0), self.index(self._total - 1, len(self.columns) - 1))

    def record(self, row: int) -> dict[str, Any]:
        """The stored values of one row, with its ``uid``."""
        return self._page(row)[0][row % PAGE_ROWS]

    def _page(self, row: int) -> tuple[list[dict[str, Any]], list[list[str]]]:
        number = row // PAGE_ROWS
        if number not in self._pages:
            found = selection.rows(replace(self.choice, limit=PAGE_ROWS, offset=number * PAGE_ROWS), self._regions)
            show = showers(self.columns, self.masked)
            texts = [[each(record[c.name]) for c, each in zip(self.columns, show, strict=True)] for record in found]
            self._pages[number] = (found, texts)
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return self._pages[number]

    def text(self, row: int, column: int) -> str:
        """The text of a cell as it is shown and copied."""
        texts = self._page(row)[1]
        at = row % PAGE_ROWS
        # another program may have taken rows away since they were counted
        shown = texts[at][column] if at < len(texts) else ""
        return shown or (UNKNOWN if self.columns[column].kind.storage == "INTEGER" else "")

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._total

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self.text(index.row(), index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return alignment(column.kind.align)
            case Qt.ItemDataRole.FontRole if column.private:
                return self._mono
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.columns[section].kind.align)
        return (
            self.columns[section].title if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) else None
        )

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        name = self.columns[column].name if 0 <= column < len(self.columns) else ""
        descending = order == Qt.SortOrder.DescendingOrder
        if name and (name, descending) != (self.choice.order, self.choice.descending):
            self.load(order=name, descending=descending)


class Table(QTableView):
    """The view that all tables share: whole rows, long texts elided in the middle, copying, one menu.

    ``chosen(int)`` tells how many rows are selected.
    """

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader says."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(max(theme.ROW_HEIGHT, self.fontMetrics().height() + 8))
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(40)
        self.copying = QAction(_("复制"), self)
        self.copying.setShortcut(QKeySequence.StandardKey.Copy)
        self.copying.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.copying.triggered.connect(self.copy_selected)
        self.choosing_all = QAction(_("全选"), self)
        self.choosing_all.setShortcut(QKeySequence.StandardKey.SelectAll)
        self.choosing_all.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.choosing_all.triggered.connect(self.selectAll)
        self.addActions([self.copying, self.choosing_all])

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(self._tell_chosen)

    def fit(self, columns: Sequence[tuple[str, int, bool]]) -> None:
        """Give each column its width: (title, width in Chinese characters, whether it holds fixed-length numbers)."""
        character = self.fontMetrics().horizontalAdvance("国")
        digit = self.fontMetrics().horizontalAdvance("0")
        for place, (title, width, numbers) in enumerate(columns):
            needed = max(width * character, self.fontMetrics().horizontalAdvance(title) + 14)
            if numbers:
                needed = min(needed, max(11, min(width * 2, _MONO_LENGTH)) * (digit + 2))
            self.setColumnWidth(place, needed + 20)

    @property
    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(part.height() for part in self._parts())

    def selected_rows(self) -> list[int]:
        """The selected rows' numbers, from the top."""
        return sorted(row for part in self._parts() for row in range(part.top(), part.bottom() + 1))

    def _parts(self) -> list[QItemSelectionRange]:
        model = self.selectionModel()
        return list(cast(Iterable[QItemSelectionRange], model.selection())) if model else []

    def copy_selected(self) -> None:
        """Put the selected rows on the clipboard as they are shown: a masked number stays masked."""
        model = self.model()
        columns = [column for column in range(model.columnCount()) if not self.isColumnHidden(column)]
        lines = ["\t".join(str(model.headerData(c, Qt.Orientation.Horizontal)) for c in columns)]
        lines += ["\t".join(str(model.index(row, c).data() or "") for c in columns) for row in self.selected_rows()]
        if len(lines) > 1:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._tell_chosen()

    def _tell_chosen(self) -> None:
        self.chosen.emit(self.selected_count)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        self.copying.setEnabled(self.selected_count > 0)
        menu.addActions(self.actions())
        menu.exec(event.globalPos())
        self.copying.setEnabled(True)
