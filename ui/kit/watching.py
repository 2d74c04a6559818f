"""Who wants to hear of some events hears of few: those of the windows, or of the widget that has the keyboard.

A filter on the application is asked for each event of each part: a hundred thousand times while the window opens, each time
with a Python object made of what it is about.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget


class OnWindows(QObject):
    """Filters the events of the program's windows and dialogs, before the parts in them get theirs: keys, mouse, drags."""

    def __init__(self, parent: QObject) -> None:
        """For as long as ``parent`` lives: a window from when it first is in front."""
        super().__init__(parent)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._watch_window)
        for each in QGuiApplication.topLevelWindows():
            self._watch_window(each)

    def _watch_window(self, now: QWindow | None) -> None:
        if now is not None:
            now.installEventFilter(self)  # once more changes nothing


class OnFocus(QObject):
    """Filters the events of the widget that has the keyboard, where :meth:`concerns` says so."""

    def __init__(self, parent: QObject) -> None:
        """For as long as ``parent`` lives; where there is no window, nothing."""
        super().__init__(parent)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._watch_focus)

    def concerns(self, widget: QWidget) -> bool:
        """Whether the events of this widget are filtered."""
        raise NotImplementedError

    def _watch_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None and self.concerns(now):
            now.installEventFilter(self)
