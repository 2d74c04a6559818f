"""A row of buttons that narrow a list to one of its parts, each with how many there are."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QPushButton, QWidget

from models.language import _
from ui.kit.flow import Flow
from ui.kit.plain import caption


class CountedChoice(QWidget):
    """Everything, or one part. ``chosen(str)`` brings the part's name, "" for everything."""

    chosen = Signal(str)

    def __init__(self, labels: Iterable[tuple[str, str]]) -> None:
        """``labels``: (name, words) of the parts, in the order in which they stand; everything comes before them."""
        super().__init__()
        self._labels = {"": _("全部")} | dict(labels)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        row = Flow(self, spacing=4)
        for name, label in self._labels.items():
            button = QPushButton(caption(label))
            button.setCheckable(True)
            button.setProperty("legend", True)
            self.buttons[name] = button
            self._group.addButton(button)
            row.addWidget(button)
        self.buttons[""].setChecked(True)
        self._group.buttonClicked.connect(self._tell)

    @property
    def name(self) -> str:
        """The part that is chosen, "" for everything."""
        return next(name for name, button in self.buttons.items() if button.isChecked())

    def choose(self, name: str) -> None:
        """Choose a part without telling. KeyError for an unknown one."""
        self.buttons[name].setChecked(True)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Write how many there are beside each part; ``counts`` by the parts' names."""
        for name, button in self.buttons.items():
            count = counts.get(name, 0) if name else sum(counts.values())
            button.setText(caption(f"{self._labels[name]} {count:,}"))

    def _tell(self, _button: QAbstractButton) -> None:
        self.chosen.emit(self.name)
