"""Enter presses the button that has the keyboard, as it does in every dialog; Qt lets only the space bar do so in a window."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow, QPushButton, QWidget

from ui.kit.watching import OnFocus

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterPresses(OnFocus):
    """Watches the button that has the keyboard."""

    def concerns(self, widget: QWidget) -> bool:
        """Buttons of a window; a dialog's are pressed by Qt."""
        return isinstance(widget, QPushButton) and isinstance(widget.window(), QMainWindow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key that is held down presses once: it may have come from what led to the button."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QPushButton):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if event.key() in _ENTER and plain and watched.isEnabled():
                if not event.isAutoRepeat():
                    watched.click()
                return True
        return super().eventFilter(watched, event)
