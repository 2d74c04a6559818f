"""The frame around the cell where the cursor is: what F2, Del and a paste are about."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui.kit import theme
from ui.kit.whole_numbers import WholeNumbers


class CellFrame(WholeNumbers):
    """Paints the cells of a list as anywhere, and the current one in a frame while the table has the keyboard."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().paint(painter, option, index)
        told: Any = option  # its fields are missing in PySide's stubs
        if told.state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setPen(QPen(QColor(theme.colour("focus")), 2))
            painter.drawRect(told.rect.adjusted(1, 1, -2, -2))
            painter.restore()
