"""How tests type: a text into a field, as a person does; Chinese comes from an input method."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
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


def strike(window: QWidget, key: Qt.Key) -> None:
    """Press a key as the system brings it to a window: to what is open above the field first, then to the field."""
    handle = window.window().windowHandle()
    assert handle is not None
    QApplication.processEvents()  # between two keys there is time for a list to open
    QTest.keyClick(handle, key)
    front = QGuiApplication.focusWindow()
    if front is not None and not front.isVisible():  # a list that was closed: a display then goes back to the window
        window.window().activateWindow()


def type_day(qtbot: QtBot, field: DayEditor, text: str) -> None:
    """Type over what stands in a field, and leave it with Enter."""
    field.line.setFocus()
    field.line.selectAll()
    qtbot.keyClick(field.line, Qt.Key.Key_Delete)
    type_text(qtbot, field.line, text)
    qtbot.keyClick(field.line, Qt.Key.Key_Return)
