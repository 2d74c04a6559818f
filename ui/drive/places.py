"""The drive by place as a tree that opens in place; each number opens the employers it counts."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTreeView, QWidget

from models.drive.list import GROUPS
from models.drive.places import DrivePlace
from models.language import _
from reports.drive_list import GROUP_LABELS
from ui.kit import theme
from ui.kit.plain import as_shown
from ui.kit.tables import UNKNOWN, Index, alignment
from ui.kit.whole_numbers import WholeNumbers

_COUNTED = ("employers", *GROUPS)
#: The column after the counts: how many of those at the threshold a union covers.
_SHARE = len(_COUNTED) + 1


class PlacesModel(QAbstractItemModel):
    """Districts, their towns, their communities, with the funnel of each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without places."""
        super().__init__(parent)
        self.places: Sequence[DrivePlace] = []
        self._above: dict[int, tuple[DrivePlace | None, int]] = {}
        self._counts: dict[int, dict[str, int]] = {}
        self._shares: dict[int, float | None] = {}

    def show_places(self, places: Sequence[DrivePlace]) -> None:
        """Show other places."""
        self.beginResetModel()
        self.places, self._above, self._counts, self._shares = places, {}, {}, {}
        self._number(None, places)
        self.endResetModel()

    def _number(self, above: DrivePlace | None, places: Sequence[DrivePlace]) -> None:
        for row, place in enumerate(places):
            self._above[id(place)], self._counts[id(place)] = (above, row), place.counts
            self._shares[id(place)] = place.covered
            self._number(place, place.parts)

    def place(self, index: Index) -> DrivePlace | None:
        """The place of a row; None for what is above all."""
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, DrivePlace) else None

    def _parts(self, parent: Index | None) -> Sequence[DrivePlace]:
        above = self.place(parent) if parent is not None else None
        return self.places if above is None else above.parts

    def index(self, row: int, column: int, parent: Index | None = None) -> QModelIndex:
        parts = self._parts(parent)
        if not (0 <= row < len(parts) and 0 <= column <= _SHARE):
            return QModelIndex()
        return self.createIndex(row, column, parts[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]  # Qt has two of this name
        place = self.place(index)
        above = self._above[id(place)][0] if place is not None else None
        return QModelIndex() if above is None else self.createIndex(self._above[id(above)][1], 0, above)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.column() > 0 else len(self._parts(parent))

    def columnCount(self, parent: Index | None = None) -> int:
        return _SHARE + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = self.place(index)
        if place is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment("right" if index.column() else "left")
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, theme.ROW_HEIGHT)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if index.column() == 0:
            return as_shown(place.name or _("未填区划"), role)
        if index.column() == _SHARE:
            return UNKNOWN if self._shares[id(place)] is None else f"{self._shares[id(place)]} %"
        return f"{self._counts[id(place)][_COUNTED[index.column() - 1]]:,}"

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section <= _SHARE:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment("right" if section else "left")
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == _SHARE:
            return _("建会覆盖率")
        return _(GROUP_LABELS[_COUNTED[section - 1]]) if section else _("区县、镇街、村社区")


    def cells(self) -> tuple[list[str], list[list[str | int]]]:
        """The titles and all rows as a sheet has them, in the language of the moment: a place below another stands further in."""
        across = Qt.Orientation.Horizontal
        titles = [str(self.headerData(column, across)) for column in range(self.columnCount())]
        return titles, self._cells(self.places, "")

    def _cells(self, places: Sequence[DrivePlace], indent: str) -> list[list[str | int]]:
        found: list[list[str | int]] = []
        for row, place in enumerate(places):
            counts = self._counts[id(place)]
            share = str(self.createIndex(row, _SHARE, place).data())
            found.append([indent + (place.name or _("未填区划")), *(counts[group] for group in _COUNTED), share])
            found += self._cells(place.parts, indent + "　　")
        return found


class PlacesView(QTreeView):
    """``opened(object, str)``: a place (``DrivePlace``) and the group of the funnel whose employers are to be listed."""

    opened = Signal(object, str)

    def __init__(self) -> None:
        """Without places."""
        super().__init__()
        self.places = PlacesModel(self)
        self.setModel(self.places)
        self.setAccessibleName(_("按区县镇街"))
        self.setStyleSheet(f"QTreeView {{ margin-top: {theme.GAP}px; }}")  # as far from the tabs as the other parts
        self.setItemDelegate(WholeNumbers(self))
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setAllColumnsShowFocus(True)
        self.setToolTip(_("双击一个数字，列出它的单位；双击地名，展开下一级"))
        character = self.fontMetrics().horizontalAdvance("国")
        self.setColumnWidth(0, character * 18)
        for column in range(1, _SHARE + 1):
            self.setColumnWidth(column, max(character * 6 + theme.WIDE, self.header().sectionSizeHint(column)))
        self.header().setStretchLastSection(False)
        self.doubleClicked.connect(self._open)
        self.setExpandsOnDoubleClick(False)

    def show_places(self, places: Sequence[DrivePlace]) -> None:
        """Show other places; those that were open stay open."""
        open_ones = self._open_places(QModelIndex())
        self.places.show_places(places)
        self._open_again(QModelIndex(), open_ones)

    def _open_places(self, parent: QModelIndex) -> set[str | None]:
        found: set[str | None] = set()
        for row in range(self.places.rowCount(parent)):
            index = self.places.index(row, 0, parent)
            if self.isExpanded(index) and (place := self.places.place(index)) is not None:
                found |= {place.uid} | self._open_places(index)
        return found

    def _open_again(self, parent: QModelIndex, uids: set[str | None]) -> None:
        for row in range(self.places.rowCount(parent)):
            index = self.places.index(row, 0, parent)
            place = self.places.place(index)
            if place is not None and place.uid in uids:
                self.setExpanded(index, True)
                self._open_again(index, uids)

    def _open(self, index: QModelIndex) -> None:
        place = self.places.place(index)
        if place is None:
            return
        if index.column() in (0, _SHARE):
            first = index.siblingAtColumn(0)
            self.setExpanded(first, not self.isExpanded(first))
            return
        group = _COUNTED[index.column() - 1]
        self.opened.emit(place, "" if group == "employers" else group)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)
