"""What a hand does with the mouse that pytest-qt has no word for."""

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

_LEFT, _NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def turned(view: QAbstractItemView, steps: int) -> None:
    """Turn the wheel over the middle of the rows; down when ``steps`` is below 0."""
    over = view.viewport()
    at = QPointF(over.rect().center())
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, over.mapToGlobal(at), QPoint(), QPoint(0, 120 * steps), none, _NO_KEY, phase, False)
    QApplication.sendEvent(over, event)


def dragged(view: QWidget, *places: QPoint) -> None:
    """Move the mouse over a widget, the left button held."""
    for at in places:
        place = QPointF(at)
        QApplication.sendEvent(
            view, QMouseEvent(QEvent.Type.MouseMove, place, view.mapToGlobal(place), _LEFT, _LEFT, _NO_KEY)
        )
