"""What is offered where a word is no kind: the kinds that may be meant, and to make it one."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from models.language import _
from ui.kit.plain import caption


class Proposals(QWidget):
    """``chosen(str)`` brings the name of a kind, ``adds(str)`` the word that is to be one."""

    chosen = Signal(str)
    adds = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Hidden, as long as nothing is proposed."""
        super().__init__(parent)
        self.buttons: list[QPushButton] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(4)
        self.hide()

    def propose(self, word: str, near: Sequence[str]) -> None:
        """Offer the kinds called so, and to add ``word``; nothing where no word stands."""
        for button in self.buttons:
            self._rows.removeWidget(button)
            button.deleteLater()
        self.buttons = [self._button(_(name), partial(self.chosen.emit, name)) for name in near]
        if word:
            self.buttons.append(self._button(_("新增类别“{name}”").format(name=word), partial(self.adds.emit, word)))
        self.setVisible(bool(self.buttons))

    def _button(self, text: str, call: "partial[None]") -> QPushButton:
        button = QPushButton(caption(text))
        button.clicked.connect(lambda _checked: call())
        self._rows.addWidget(button)
        return button
