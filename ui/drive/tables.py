"""The item models of the drive: the employers of one group, as a table and as cards; the funnel by district and town."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QMimeData, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from models.case_list import days_overdue
from models.columns import Align, Column, column_of
from models.drive import GROUPS, DriveRow
from models.drive_case import DriveCase
from models.employer import Employer
from models.headcount import HeadCount
from models.language import _
from reports.drive_list import GROUP_LABELS, remarks
from ui import theme
from ui.plain import as_shown
from ui.tables import UNKNOWN, Index, alignment, shown_width


class Shown(NamedTuple):
    """A column of a list in memory: name, title, width in Chinese characters, alignment, the text, the key to sort by."""

    name: str
    title: str
    width: int
    align: Align
    text: Callable[[Any], str]
    key: Callable[[Any], Any]


class ListModel(QAbstractTableModel):
    """A list of plain objects as an item model, sorted by any column."""

    def __init__(self, columns: Sequence[Shown], parent: QWidget | None = None) -> None:
        """``columns`` say what of an object is shown."""
        super().__init__(parent)
        self.columns = list(columns)
        self.items: list[Any] = []
        self._sorted: tuple[int, bool] | None = None

    def show_items(self, items: Sequence[Any]) -> None:
        """Show other objects, in the order that was chosen, or as they come."""
        self.beginResetModel()
        self.items = list(items)
        self._order()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns):
            return
        self.beginResetModel()
        self._sorted = (column, order == Qt.SortOrder.DescendingOrder)
        self._order()
        self.endResetModel()

    def _order(self) -> None:
        if self._sorted is None:
            return
        column, descending = self._sorted
        key = self.columns[column].key
        known = [item for item in self.items if key(item) not in (None, "")]
        unknown = [item for item in self.items if key(item) in (None, "")]
        # what is not known stands last either way
        self.items = sorted(known, key=key, reverse=descending) + unknown

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
        return self.columns[section].title if role == Qt.ItemDataRole.DisplayRole else None


class DueModel(ListModel):
    """Whom to see, from ``Due`` objects; when a thing was due stands out once that day is past."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid():
            late = self.columns[index.column()].name in ("date", "overdue") and self.items[index.row()].overdue
            return QColor(theme.colour("accent")) if late else None
        return super().data(index, role)


def _declared(column: Column, name: str, width: int = 0) -> Shown:
    """A column shown as it is declared, its value being the object's attribute ``name``."""
    kind = column.kind
    dash = UNKNOWN if kind.storage == "INTEGER" else ""

    def text(row: DriveRow) -> str:
        return kind.show(getattr(row, name)) or dash

    def key(row: DriveRow) -> Any:
        return getattr(row, name)

    return Shown(name, column.title, shown_width(column, width), kind.align, text, key)


def _plain(name: str, title: str, width: int, text: Callable[[DriveRow], str]) -> Shown:
    return Shown(name, title, width, "left", text, text)


def staff_told(row: DriveRow) -> str:
    """How many people an employer has, as lists and cards say it: about how many, or a dash where nobody knows."""
    if row.staff_count is None:
        return UNKNOWN
    return (_("约 ") if row.approximate else "") + f"{row.staff_count:,}"


#: What a dragged card carries: the uids of its cases' employers, one a line.
CARDS = "application/x-jianhui-cards"


class EmployersModel(ListModel):
    """The employers of one group of the funnel; each that has a case is a card that can be dragged to another stage."""

    def __init__(self, columns: Sequence[Shown], today: dt.date, parent: QWidget | None = None) -> None:
        """``today`` decides what is overdue."""
        super().__init__(columns, parent)
        self.today = today

    def overdue(self, row: int) -> int:
        """By how many days the next step of a row is overdue."""
        return days_overdue(self.items[row].next_action_date, self.today)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid():
            name = self.columns[index.column()].name
            late = name == "next_action_date" and self.overdue(index.row())
            return QColor(theme.colour("accent")) if late else None
        return super().data(index, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        found = super().flags(index)
        if index.isValid() and self.items[index.row()].drive_case:
            found |= Qt.ItemFlag.ItemIsDragEnabled
        return found

    def mimeTypes(self) -> list[str]:
        return [CARDS]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        rows = sorted({index.row() for index in indexes})
        carried = QMimeData()
        carried.setData(CARDS, "\n".join(self.items[row].uid for row in rows).encode())
        return carried


def employers_model(parent: QWidget, today: dt.date) -> EmployersModel:
    """The employers of one group of the funnel, from ``DriveRow`` objects."""
    staff = column_of(HeadCount, "staff_count")
    planned = column_of(DriveCase, "next_action_date")

    def when(row: DriveRow) -> str:
        late = days_overdue(row.next_action_date, today)
        shown = planned.kind.show(row.next_action_date)
        return _("{date} 逾期 {days} 天").format(date=shown, days=late) if late else shown

    return EmployersModel(
        [
            _declared(column_of(Employer, "name"), "name"),
            Shown("staff_count", staff.title, 5, "right", staff_told, lambda row: row.staff_count),
            _declared(column_of(Employer, "region"), "region", 12),
            _declared(column_of(DriveCase, "stage"), "stage", 5),
            _declared(column_of(DriveCase, "attitude"), "attitude"),
            _declared(column_of(DriveCase, "organizer"), "organizer"),
            Shown("next_action_date", planned.title, 10, "left", when, lambda row: row.next_action_date),
            _declared(column_of(DriveCase, "next_action"), "next_action"),
            _plain("remarks", _("提示"), 20, remarks),
            _declared(column_of(HeadCount, "source"), "source"),
            _declared(column_of(HeadCount, "as_of"), "as_of"),
            _declared(column_of(DriveCase, "opened_on"), "opened_on"),
            _plain("union", _("覆盖它的工会"), 16, lambda row: row.union or ""),
            _declared(column_of(Employer, "credit_code"), "credit_code"),
        ],
        today,
        parent,
    )


def coverage_model(parent: QWidget) -> ListModel:
    """The funnel by district and town, from the dicts of ``Drive.by_region``."""

    def place(row: dict[str, Any]) -> str:
        return ("　　" + row["town"]) if row["town"] else (row["district"] or _("未填区划"))

    def counted(group: str) -> Shown:
        return Shown(group, _(GROUP_LABELS[group]), 5, "right", lambda row: f"{row[group]:,}", lambda row: row[group])

    columns = [
        Shown("place", _("区县、镇街"), 10, "left", place, lambda row: (row["district"] or "", row["town"])),
        counted("employers"),
        *(counted(group) for group in GROUPS),
    ]
    return ListModel(columns, parent)


def fit_list(table: Any, model: ListModel) -> None:
    """Give a table of a list its column widths."""
    table.fit([(column.title, column.width, False) for column in model.columns])
    table.verticalHeader().setDefaultSectionSize(max(theme.ROW_HEIGHT, table.fontMetrics().height() + 8))
