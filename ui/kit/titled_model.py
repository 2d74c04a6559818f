"""The item model of a small table under fixed titles."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt

from models.values.columns import Align
from ui.kit.plain import as_shown
from ui.kit.tables import Index, alignment


class TitledModel(QAbstractTableModel):
    """What such tables have in common; each has its rows, and says what stands in their cells."""

    #: The titles of the columns, from left to right.
    titles: list[str]

    def _align(self, _column: int) -> Align:
        """How a column and its title are aligned."""
        return "left"

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.titles):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self._align(section))
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return as_shown(self.titles[section], role)
