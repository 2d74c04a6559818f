"""Which keys with Ctrl a field keeps, and which are the window's.

Ctrl+Z and Ctrl+Y take back the field's own typing first; where there is none, they are the window's. Qt lets a text field keep
both even when it has nothing to undo, and after a save that is always so. Ctrl with another letter is the window's, but for the
clipboard and selecting: on Linux Qt keeps old habits of terminals there, and Ctrl+K, which searches, would empty the field.
"""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.kit.watching import OnFocus

_Key = QKeySequence.StandardKey
#: The letters with Ctrl that are a field's.
_OF_FIELDS = frozenset({Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Y, Qt.Key.Key_Z})


class FieldUndo(OnFocus):
    """Watches the field that has the keyboard."""

    def concerns(self, widget: QWidget) -> bool:
        """Fields in which a text is typed."""
        return isinstance(widget, QLineEdit | QPlainTextEdit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave a key to the window that the field can do nothing with."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if _idle(watched, event) or _of_windows(event):
            event.ignore()
            return True
        return False


def _of_windows(key: QKeyEvent) -> bool:
    """True for Ctrl with a letter that no field needs."""
    letter = Qt.Key.Key_A <= key.key() <= Qt.Key.Key_Z
    return letter and key.modifiers() == Qt.KeyboardModifier.ControlModifier and key.key() not in _OF_FIELDS


def _idle(field: QObject, key: QKeyEvent) -> bool:
    """True for undo and redo where the field has nothing to undo or redo."""
    undo, redo = key.matches(_Key.Undo), key.matches(_Key.Redo)
    if isinstance(field, QLineEdit):
        return (undo and not field.isUndoAvailable()) or (redo and not field.isRedoAvailable())
    if isinstance(field, QPlainTextEdit):
        document = field.document()
        return (undo and not document.isUndoAvailable()) or (redo and not document.isRedoAvailable())
    return False
