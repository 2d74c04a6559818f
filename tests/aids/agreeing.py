"""A person who agrees to whatever a kind of dialog asks: its button ``go`` is pressed as soon as it stands there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog

_EVERY_MS = 20


@contextmanager
def agreeing(kind: type[QDialog], fill: Callable[[Any], object] | None = None) -> Iterator[list[Any]]:
    """Press ``go`` of each dialog of a kind while the block runs, after ``fill(dialog)``; brings what was read on them."""
    seen: list[Any] = []

    def press() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            go: Any = dialog
            if fill is not None:
                fill(dialog)
            seen.append(go.told.text())
            go.go.click()

    timer = QTimer(interval=_EVERY_MS)
    timer.timeout.connect(press)
    timer.start()
    try:
        yield seen
    finally:
        timer.stop()
