"""A value beside the button that chooses it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QRadioButton

from ui.kit.plain import Label


class ChosenValue(Label):
    """A value as long as it is; with ``button``, a click on it is a click on that button, whose own text does not wrap."""

    def __init__(self, text: str, button: QRadioButton | None = None) -> None:
        """The text stands at the left, from above."""
        super().__init__(text, wrap=True)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._button = button

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._button is not None:
            self._button.click()
        else:
            super().mousePressEvent(event)
