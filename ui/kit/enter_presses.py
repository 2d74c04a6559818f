"""Enter presses the button that has the keyboard, as it does in every dialog; Qt lets only the space bar do so in a window."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QWidget

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterPresses(QObject):
    """Watches the button that has the keyboard."""

    def __init__(self, parent: QObject) -> None:
        """For as long as ``parent`` lives; where there is no window, nothing."""
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._watch)

    def _watch(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if isinstance(now, QPushButton) and isinstance(now.window(), QMainWindow):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key that is held down presses once: it may have come from what led to the button."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QPushButton):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if event.key() in _ENTER and plain and watched.isEnabled():
                if not event.isAutoRepeat():
                    watched.click()
                return True
        return super().eventFilter(watched, event)
