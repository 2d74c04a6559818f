"""What an input method sends to a field: letters that are being composed, then the text that was chosen for them."""

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

COMPOSED = "重庆"


def composing(field: QWidget, letters: str) -> None:
    """An input method shows letters that are not chosen yet."""
    QApplication.sendEvent(field, QInputMethodEvent(letters, []))


def composed(field: QWidget, text: str) -> None:
    """Letters, then the text that was chosen for them."""
    composing(field, "chongqing")
    done = QInputMethodEvent("", [])
    done.setCommitString(text)
    QApplication.sendEvent(field, done)
