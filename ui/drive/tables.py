"""The item models of the drive: the employers of one group, as a table and as cards; the funnel by district and town."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from models.drive.case_list import days_overdue
from models.drive.list import GROUPS, DriveRow
from models.language import _
from models.records.drive_case import DriveCase
from models.records.employer import Employer
from models.records.headcount import HeadCount, counted_text
from models.values.columns import Column, column_of
from models.values.kinds import PersonName
from reports.drive_list import GROUP_LABELS, remarks
from ui.kit import theme
from ui.kit.list_model import ListModel, ShownColumn, text_column
from ui.kit.tables import UNKNOWN, Index, shown_width


class DueModel(ListModel):
    """Whom to see, from ``Due`` objects; when a thing was due stands out once that day is past."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole and index.isValid():
            late = self.columns[index.column()].name in ("date", "overdue") and self.items[index.row()].overdue
            return QColor(theme.colour("accent")) if late else None
        return super().data(index, role)


def _declared(column: Column, name: str, width: int = 0) -> ShownColumn:
    """A column shown as it is declared, its value being the object's attribute ``name``."""
    kind = column.kind
    dash = UNKNOWN if kind.storage == "INTEGER" else ""

    def text(row: DriveRow) -> str:
        return kind.show(getattr(row, name)) or dash

    def key(row: DriveRow) -> Any:
        return getattr(row, name)

    return ShownColumn(name, column.title, shown_width(column, width), kind.align, text, key, isinstance(kind, PersonName))


def staff_told(row: DriveRow) -> str:
    """How many people an employer has, as lists and cards say it: about how many, or a dash where nobody knows."""
    if row.staff_count is None:
        return UNKNOWN
    return counted_text(row.staff_count, row.staff_upper, row.approximate)


def _uid_of(row: DriveRow) -> str:
    return row.uid


#: What a dragged card carries: the uids of its cases' employers, one a line.
CARDS = "application/x-jianhui-cards"


class EmployersModel(ListModel):
    """The employers of one group of the funnel; each that has a case is a card that can be dragged to another stage."""

    def __init__(self, columns: Sequence[ShownColumn], today: dt.date, parent: QWidget | None = None) -> None:
        """``today`` decides what is overdue."""
        super().__init__(columns, parent)
        self.today, self.identity = today, _uid_of

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
            ShownColumn("staff_count", staff.title, 5, "right", staff_told, lambda row: row.staff_count),
            _declared(column_of(Employer, "region"), "region", 12),
            _declared(column_of(DriveCase, "stage"), "stage", 5),
            _declared(column_of(DriveCase, "attitude"), "attitude"),
            _declared(column_of(DriveCase, "organizer"), "organizer"),
            ShownColumn("next_action_date", planned.title, 12, "left", when, lambda row: row.next_action_date),
            _declared(column_of(DriveCase, "next_action"), "next_action"),
            text_column("remarks", _("提示"), 20, remarks),
            _declared(column_of(HeadCount, "source"), "source"),
            _declared(column_of(HeadCount, "as_of"), "as_of"),
            _declared(column_of(DriveCase, "opened_on"), "opened_on"),
            text_column("union", _("覆盖它的工会"), 16, lambda row: row.union or ""),
            _declared(column_of(Employer, "credit_code"), "credit_code"),
        ],
        today,
        parent,
    )


def coverage_model(parent: QWidget) -> ListModel:
    """The funnel by district and town, from the dicts of ``Drive.by_region``."""

    def place(row: dict[str, Any]) -> str:
        return ("　　" + row["town"]) if row["town"] else (row["district"] or _("未填区划"))

    def counted(group: str) -> ShownColumn:
        return ShownColumn(group, _(GROUP_LABELS[group]), 5, "right", lambda row: f"{row[group]:,}", lambda row: row[group])

    columns = [
        ShownColumn("place", _("区县、镇街"), 10, "left", place, lambda row: (row["district"] or "", row["town"])),
        counted("employers"),
        *(counted(group) for group in GROUPS),
    ]
    return ListModel(columns, parent)
