"""Locking the window: at once with its key, or when nobody was there for a while and nothing would be lost.

Meanwhile copied numbers are forgotten.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from models.register import trailing
from models.trail.entry import Act
from ui.kit.idle import Clipboard, Idle
from ui.kit.jobs import Jobs


class Locking(QObject):
    """``wanted`` is true once the window closes in order to be locked: the door then asks for the passphrase again."""

    def __init__(self, window: QWidget, jobs: Jobs, close: Callable[[], Any]) -> None:
        """``close()`` closes the window, or refuses and returns something false."""
        super().__init__(window)
        self._window, self._jobs, self._close = window, jobs, close
        self.wanted = False
        self.idle, self.forgetting = Idle(self), Clipboard(self)
        self.idle.idle.connect(self._lock_if_unused)

    @property
    def unsaved(self) -> bool:
        """True when something was typed or chosen that would be lost: a part says so as ``dirty``, or as ``half_filled``."""
        # a window has some thousand parts: to ask each whether it is of a Protocol takes half a second
        parts = self._window.findChildren(QWidget)
        return any(getattr(each, "dirty", False) or getattr(each, "half_filled", False) for each in parts)

    def _lock_if_unused(self) -> None:
        if not self.unsaved and not self._jobs.busy and QApplication.activeModalWidget() is None:
            self.lock()

    def keep_end(self, folder: Path) -> None:
        """Keep in the trail that the register in ``folder`` is closed, or locked: it is in any case, whether kept or not."""
        trailing.keep(folder, Act("lock" if self.wanted else "close"))

    def lock(self) -> None:
        """Close the register."""
        self.wanted = True
        if not self._close():
            self.wanted = False
