"""What stands where there is nothing to show yet: one sentence that says what to do first, and the button that does it."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.kit import theme
from ui.kit.icons import icon
from ui.kit.lines import down
from ui.kit.plain import Label, tip

#: So high that a sign has room above the sentence.
#: A line of the sentence, without the sign.
_LEAST_HEIGHT = 36
_SIGNED = 150


class EmptyState(QWidget):
    """A sign, a sentence and perhaps a button, in the middle of the page. ``pressed()`` when the button is."""

    pressed = Signal()

    def __init__(self, sign: str, sentence: str, button: str, *, wanted: bool = True) -> None:
        """``button`` is a verb, or "" for none; ``wanted``: it does what a person most likely wants to do."""
        super().__init__()
        self._name = sign
        self._sign = Label(centred=True)
        self.label = Label(sentence, wrap=True, centred=True)
        self.button = QPushButton(button)
        self.button.setProperty("primary", wanted)
        self.button.clicked.connect(self.pressed)
        rows = self._rows = down(2, self._sign, self.label, on=self, gap=theme.WIDE, margins=None)
        rows.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)
        self.button.setHidden(not button)
        if not button:
            self.setMinimumHeight(_LEAST_HEIGHT)
        rows.addStretch(3)
        self._tint()

    def say(self, sentence: str) -> None:
        """Say another sentence."""
        self.label.setText(sentence)

    def _tint(self) -> None:
        self._sign.setPixmap(icon(self._name, "faint").pixmap(QSize(48, 48)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low place the sentence says enough: a sign that is cut says nothing. In the lowest its tool tip has all of it."""
        super().resizeEvent(event)
        room = event.size().shrunkBy(self._rows.contentsMargins())
        low = room.height() < self.label.heightForWidth(room.width())
        self.label.setToolTip(tip(self.label.text()) if low else "")
        self._sign.setVisible(event.size().height() >= _SIGNED)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
