"""Locking when nobody is there: after some minutes without a key or the mouse, ``idle()``; and a clipboard that forgets."""

import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from models.register.laptop import read_laptop
from ui.kit.watching import OnFocus, OnWindows

#: Minutes without input after which the register is closed, unless the laptop's own file says otherwise; 0 is never.
USUAL_MINUTES = 10
#: How long a number may lie on the clipboard.
FORGET_MS = 30_000
_INPUT = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.TouchBegin,
    QEvent.Type.DragMove,
})  # fmt: skip
#: An identity number or a mobile phone's as it stands in a text, or a recovery code.
_NUMBER = re.compile(r"(?<!\d)(\d{17}[\dXx]|\d{15}|1\d{10})(?!\d)|(?:[0-9A-Z]{4}-){5}[0-9A-Z]{4}")


def lock_minutes() -> int:
    """After how many minutes this laptop locks, 0 for never."""
    kept = read_laptop().get("lock_minutes", USUAL_MINUTES)
    return kept if isinstance(kept, int) and kept >= 0 else USUAL_MINUTES


class _Composing(OnFocus):
    """Input methods write to the field itself, past its window."""

    def __init__(self, parent: QObject, seen: Callable[[], Any]) -> None:
        super().__init__(parent)
        self._seen = seen

    def concerns(self, widget: QWidget) -> bool:
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.InputMethod:
            self._seen()
        return False


class Idle(OnWindows):
    """Watches the application's input. ``idle()`` comes again and again, once in every such time without any."""

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        """Begins to count at once."""
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.idle)
        _Composing(self, self._seen)
        self.begin()

    def begin(self) -> None:
        """Count anew, after as many minutes as the laptop's own file says now."""
        minutes = lock_minutes()
        if minutes:
            self._timer.start(minutes * 60_000)
        else:
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whatever a person does counts; nothing is kept from anybody."""
        if event.type() in _INPUT:
            self._seen()
        return False

    def _seen(self) -> None:
        if self._timer.isActive():
            self._timer.start()


class Clipboard(QObject):
    """Takes a number or a recovery code that was copied here off the clipboard again, if it still lies there."""

    def __init__(self, parent: QObject, after_ms: int = FORGET_MS) -> None:
        """``after_ms``: how long a number may lie there."""
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._held = ""
        self._timer = QTimer(self, singleShot=True, interval=after_ms)
        self._timer.timeout.connect(self.forget)
        self._clipboard.dataChanged.connect(self._look)
        self._look()  # the recovery code that was copied at the door

    def _look(self) -> None:
        # not every platform knows who owns the clipboard: what comes there while a window here has the focus is ours
        ours = self._clipboard.ownsClipboard() or QGuiApplication.focusWindow() is not None
        text = self._clipboard.text() if ours else ""
        self._held = text if _NUMBER.search(text) else ""
        if self._held:
            self._timer.start()
        else:
            self._timer.stop()

    def forget(self) -> None:
        """Empty the clipboard, unless something else was copied since."""
        if self._held and self._clipboard.text() == self._held:
            self._clipboard.clear()
        self._held = ""
