"""Ctrl+Z and Ctrl+Y in a field: its own typing first; where there is none to take back, the key is the window's.

Qt lets a text field keep both keys for itself even when it has nothing to undo, and after a save that is always so.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.kit.watching import OnFocus

_Key = QKeySequence.StandardKey


class FieldUndo(OnFocus):
    """Watches the field that has the keyboard."""

    def concerns(self, widget: QWidget) -> bool:
        """Fields in which a text is typed."""
        return isinstance(widget, QLineEdit | QPlainTextEdit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave a key to the window that the field can do nothing with."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _idle(watched, event):
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def _idle(field: QObject, key: QKeyEvent) -> bool:
    """True for undo and redo where the field has nothing to undo or redo."""
    undo, redo = key.matches(_Key.Undo), key.matches(_Key.Redo)
    if isinstance(field, QLineEdit):
        return (undo and not field.isUndoAvailable()) or (redo and not field.isRedoAvailable())
    if isinstance(field, QPlainTextEdit):
        document = field.document()
        return (undo and not document.isUndoAvailable()) or (redo and not document.isRedoAvailable())
    return False
