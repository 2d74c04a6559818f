"""How tests type: a text into a field, as a person does; Chinese comes from an input method."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.day_editor import DayEditor


def type_text(qtbot: QtBot, field: QWidget, text: str) -> None:
    """Type a text where the cursor is."""
    for letter in text:
        if letter.isascii():
            qtbot.keyClicks(field, letter)
        else:
            event = QInputMethodEvent()
            event.setCommitString(letter)
            QApplication.sendEvent(field, event)


def type_day(qtbot: QtBot, field: DayEditor, text: str) -> None:
    """Type over what stands in a field, and leave it with Enter."""
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClick(field.line, Qt.Key.Key_Delete)
    type_text(qtbot, field.line, text)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
