"""A table of a list, sorted by its headers, one of whose columns takes the room that the others leave."""

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView

from ui.kit.frozen import FrozenTable
from ui.kit.list_model import ListModel, fit_list
from ui.kit.tables import Table


def _spread(table: Table, stretched: int, least: int) -> None:
    """Give the column ``stretched`` what the others leave, but never less than ``least`` pixels: then the table scrolls."""
    head = table.horizontalHeader()
    others = sum(head.sectionSize(place) for place in range(head.count()) if place != stretched)
    roomy = table.viewport().width() - others >= least
    mode = QHeaderView.ResizeMode.Stretch if roomy else QHeaderView.ResizeMode.Interactive
    if head.sectionResizeMode(stretched) != mode:
        head.setSectionResizeMode(stretched, mode)
    if not roomy:
        head.resizeSection(stretched, least)


class SpreadTable(Table):
    """A table one of whose columns takes the room that is left, but never less than :attr:`least` pixels: then it scrolls."""

    def __init__(self, name: str, stretched: int) -> None:
        """``stretched`` is the column's number."""
        super().__init__(name)
        self.stretched, self.least = stretched, 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.spread()

    def spread(self) -> None:
        """Give the column what the others leave."""
        _spread(self, self.stretched, self.least)

    def fit_anew(self, model: ListModel) -> None:
        """Show a list of other columns; the one that is stretched keeps the width that the model gives it."""
        self.setModel(model)
        # of a column that takes what is left the width that is given is not taken
        self.horizontalHeader().setSectionResizeMode(self.stretched, QHeaderView.ResizeMode.Interactive)
        fit_list(self, model)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.least = self.columnWidth(self.stretched)
        self.spread()


class WideTable(FrozenTable):
    """The same with more columns than most windows have room for: its first columns stay while the others scroll.

    It is no :class:`SpreadTable` as well: of two Python bases of one Qt class, Qt's second base lies where PySide does not look.
    """

    def __init__(self, name: str, stretched: int) -> None:
        """``stretched`` is the column's number."""
        super().__init__(name)
        self.stretched, self.least = stretched, 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        _spread(self, self.stretched, self.least)


ASpread = TypeVar("ASpread", SpreadTable, WideTable)


def sorted_table(name: str, model: ListModel, stretched: int = 0, whole: bool = False) -> SpreadTable:
    """A table of a list that is sorted by its headers; the column ``stretched`` takes the room that is left.

    ``whole``: however little that is, the column keeps the width that the model gives it.
    """
    return _made(SpreadTable(name, stretched), model, whole)


def wide_table(name: str, model: ListModel, stretched: int) -> WideTable:
    """The same of a wide list, whose first columns stay in sight: the column ``stretched`` keeps its width, too."""
    return _made(WideTable(name, stretched), model, whole=True)


def _made(table: ASpread, model: ListModel, whole: bool) -> ASpread:
    stretched = table.stretched
    table.setModel(model)
    fit_list(table, model)
    least = table.horizontalHeader().sectionSizeHint(stretched)
    table.least = table.columnWidth(stretched) if whole else least
    table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
    table.setSortingEnabled(True)
    table.horizontalHeader().setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setMinimumSectionSize(least)
    return table
