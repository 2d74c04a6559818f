"""Parts side by side whose border stays where a person moved it, from one day to the next: kept in the laptop's own file."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

from models.register.laptop import read_laptop

#: Under this key the laptop's own file keeps the sizes of the parts, by the splitters' names.
KEPT = "splits"


class KeptSplit(QSplitter):
    """``name`` is what its sizes are kept under; ``moved`` are those that a person gave it, None until then."""

    def __init__(self, name: str, *parts: QWidget, orientation: Qt.Orientation = Qt.Orientation.Horizontal) -> None:
        """Holds ``parts``; none of them can be pushed together to nothing."""
        super().__init__(orientation)
        self.name = name
        kept = read_laptop().get(KEPT)
        self.moved: list[int] | None = kept.get(name) if isinstance(kept, dict) else None
        self.setChildrenCollapsible(False)
        for part in parts:
            self.addWidget(part)
        self.splitterMoved.connect(self._note)

    def place(self, usual: Sequence[int]) -> None:
        """Give the parts the sizes that a person gave them once, else the usual ones (pixels)."""
        fits = self.moved is not None and len(self.moved) == self.count() and all(isinstance(each, int) for each in self.moved)
        self.setSizes(self.moved if fits and self.moved else list(usual))

    def _note(self) -> None:
        self.moved = self.sizes()
