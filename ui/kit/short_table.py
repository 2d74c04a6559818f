"""A short list of texts under fixed titles."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem

from ui.kit.plain import tip
from ui.kit.tables import LEAST_HEIGHT, alignment
from ui.kit.whole_numbers import WholeNumbers


class ShortTable(QTableWidget):
    """A short list of texts. ``opened(int)`` is the row that Enter or a double click opens."""

    opened = Signal(int)

    def __init__(self, name: str, titles: Sequence[str]) -> None:
        super().__init__(0, len(titles))
        self.setAccessibleName(name)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setHorizontalHeaderLabels(list(titles))
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setItemDelegate(WholeNumbers(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(alignment("left"))
        self.cellDoubleClicked.connect(self._open)
        self.horizontalHeader().setStretchLastSection(True)

    def _open(self, row: int) -> None:
        self.opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            self.opened.emit(self.currentRow())
            return
        super().keyPressEvent(event)

    def chosen_row(self) -> int:
        """The row that is selected, -1 for none."""
        chosen = self.selectionModel().selectedRows()
        return chosen[0].row() if chosen else -1

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows."""
        self.setRowCount(len(rows))
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(tip(text))
                self.setItem(row, column, item)
        self.resizeColumnsToContents()
        self.horizontalHeader().setStretchLastSection(True)
