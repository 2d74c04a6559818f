"""Ctrl+Z and Ctrl+Y in a field: its own typing first; where there is none to take back, the key is the window's.

Qt lets a text field keep both keys for itself even when it has nothing to undo, and after a save that is always so.
"""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

_Key = QKeySequence.StandardKey


class FieldUndo(QObject):
    """Watches the field that has the keyboard."""

    def __init__(self, parent: QObject) -> None:
        """For as long as ``parent`` lives; where there is no window, nothing."""
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._watch)

    def _watch(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if isinstance(now, QLineEdit | QPlainTextEdit):
            now.installEventFilter(self)

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
