"""A list of plain objects as an item model, sorted by any column, and the columns that it shows."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QTableView, QWidget

from models.values.columns import Align
from models.values.name_order import place_of
from ui.kit import theme
from ui.kit.plain import as_shown
from ui.kit.tables import Index, Table, alignment


class ShownColumn(NamedTuple):
    """A column of a list in memory: name, title, width in Chinese characters, alignment, the text, the key to sort by.

    Keys that are texts stand as names do; ``person``: as those of people.
    """

    name: str
    title: str
    width: int
    align: Align
    text: Callable[[Any], str]
    key: Callable[[Any], Any]
    person: bool = False


def _place(key: Any, person: bool) -> Any:
    return place_of(key, person) if isinstance(key, str) else key


class ListModel(QAbstractTableModel):
    """A list of plain objects as an item model, sorted by any column."""

    def __init__(self, columns: Sequence[ShownColumn], parent: QWidget | None = None) -> None:
        """``columns`` say what of an object is shown."""
        super().__init__(parent)
        self.columns = list(columns)
        self.items: list[Any] = []
        self._sorted: tuple[int, bool] | None = None
        #: What makes an object the same one as before, however else it changed; None where that is not told.
        self.identity: Callable[[Any], Any] | None = None

    def show_items(self, items: Sequence[Any]) -> None:
        """Show other objects, in the order that was chosen, or as they come. Of the same ones, place and selection stay."""
        shown = self._ordered(items)
        if self.identity is not None and shown and list(map(self.identity, shown)) == list(map(self.identity, self.items)):
            self.items = shown
            self.dataChanged.emit(self.index(0, 0), self.index(len(shown) - 1, len(self.columns) - 1))
            return
        self.beginResetModel()
        self.items = shown
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns):
            return
        self.beginResetModel()
        self._sorted = (column, order == Qt.SortOrder.DescendingOrder)
        self.items = self._ordered(self.items)
        self.endResetModel()

    def _ordered(self, items: Sequence[Any]) -> list[Any]:
        """Objects in the order that was chosen."""
        if self._sorted is None:
            return list(items)
        column, descending = self._sorted
        key = self.columns[column].key
        known = [item for item in items if key(item) not in (None, "")]
        person = self.columns[column].person
        unknown = [item for item in items if key(item) in (None, "")]
        # what is not known stands last either way
        return sorted(known, key=lambda item: _place(key(item), person), reverse=descending) + unknown

    def cells(self) -> tuple[list[str], list[list[str | int]]]:
        """The titles, and the rows as a sheet shows them: whole numbers as numbers, everything else as text."""
        rows = []
        for item in self.items:
            keys = [(column.key(item), column.text(item)) for column in self.columns]
            rows.append([key if isinstance(key, int) else text for key, text in keys])
        return [column.title for column in self.columns], rows

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return as_shown(column.text(self.items[index.row()]), role)
        return alignment(column.align) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.columns[section].align)
        told = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        return as_shown(self.columns[section].title, role) if told else None


def text_column(name: str, title: str, width: int, text: Callable[[Any], str], align: Align = "left") -> ShownColumn:
    """A column that is sorted as it reads."""
    return ShownColumn(name, title, width, align, text, text)


def list_table(name: str, model: ListModel, *, one: bool = False) -> Table:
    """A table of a list as it comes; ``one``: of which one row can be chosen at a time. ``name``: what a screen reader says."""
    table = Table(name)
    table.setModel(model)
    if one:
        table.setSelectionMode(Table.SelectionMode.SingleSelection)
    fit_list(table, model)
    return table


def let_sort(table: QTableView, model: ListModel) -> None:
    """Let a table show a list, as it comes until a person sorts it by a header."""
    table.setModel(model)
    table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    table.setSortingEnabled(True)
    fit_list(table, model)


def current_item(table: QTableView) -> Any:
    """The object of a list that is chosen in its table, None while none is."""
    model, row = table.model(), table.currentIndex().row()
    assert isinstance(model, ListModel)
    return model.items[row] if 0 <= row < len(model.items) else None


def fit_list(table: Any, model: ListModel) -> None:
    """Give a table of a list its column widths."""
    table.fit([(column.title, column.width, False) for column in model.columns])
    table.verticalHeader().setDefaultSectionSize(max(theme.ROW_HEIGHT, table.fontMetrics().height() + 8))
