"""Rows of a list opened each in a tab of its own: the middle button on a row, or the command on those that are selected."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.kit.acting import act
from ui.kit.tables import Table
from ui.record.opened import MOST


class OpeningBeside(QObject):
    """Serves one list's table. ``opening``: opens the record of a row in a tab of its own."""

    def __init__(self, table: Table, opening: Callable[[int], Any], page: QWidget) -> None:
        """``page``: what the command belongs to."""
        super().__init__(page)
        self._table, self._opening = table, opening
        table.viewport().installEventFilter(self)
        self.action = act(page, "list.beside", self._open_selected)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The middle button on a row."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            index = self._table.indexAt(event.position().toPoint())
            if event.button() == Qt.MouseButton.MiddleButton and index.isValid():
                self._opening(index.row())
                return True
        return super().eventFilter(watched, event)

    def _open_selected(self) -> None:
        for row in self._table.selected_rows()[:MOST]:
            self._opening(row)
