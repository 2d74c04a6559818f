"""The drive's funnel as one thin bar of segments with its legend; a segment chosen narrows the list below."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from models.drive.list import GROUPS
from models.language import _
from reports.drive_list import GROUP_LABELS
from ui.kit import theme
from ui.kit.flow import Flow
from ui.kit.lines import down

#: The colour of each group; its name stands beside it in the legend, never the colour alone.
_COLOURS = {
    "on_list": "accent", "possible": "warn", "own_union": "good", "joint_union": "neutral_1", "below": "neutral_2",
    "unknown": "neutral_3",
}  # fmt: skip


class _Bar(QWidget):
    """The bar alone: shares of the whole, side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: dict[str, int] = {}
        self.setFixedHeight(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        total = sum(self.counts.get(group, 0) for group in GROUPS)
        left, gap = 0.0, 2.0
        for group in GROUPS:
            if count := self.counts.get(group, 0):
                width = count / total * self.width()
                painter.setBrush(QColor(theme.colour(_COLOURS[group])))
                painter.drawRoundedRect(QRectF(left, 0, max(2.0, width - gap), self.height()), 2, 2)
                left += width
        painter.end()


class Funnel(QWidget):
    """Bar and legend. ``chosen(str)`` brings the group whose legend was pressed."""

    chosen = Signal(str)

    def __init__(self, keeps_choice: bool) -> None:
        """An empty funnel; :meth:`show_counts` fills it. ``keeps_choice``: the group that was pressed stays marked."""
        super().__init__()
        self._bar = _Bar()
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        legend = Flow()
        for group in GROUPS:
            button = QPushButton()
            button.setCheckable(keeps_choice)
            button.setProperty("legend", True)
            button.setIconSize(QSize(10, 10))
            self.buttons[group] = button
            self._group.addButton(button)
            legend.addWidget(button)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._tell)
        down(self._bar, legend, on=self)
        self.show_counts({})
        self.buttons["on_list"].setChecked(keeps_choice)
        self._tint()

    def show_counts(self, counts: dict[str, int]) -> None:
        """Show how many employers stand in each group."""
        self._bar.counts = counts
        self._bar.setAccessibleName(_("、").join(f"{_(GROUP_LABELS[group])} {counts.get(group, 0)}" for group in GROUPS))
        self._bar.update()
        for group, button in self.buttons.items():
            button.setText(f" {_(GROUP_LABELS[group])}  {counts.get(group, 0):,}")
        self.buttons["possible"].setVisible(bool(counts.get("possible")) or self.buttons["possible"].isChecked())

    def choose(self, group: str) -> None:
        """Choose a group as if its legend were pressed."""
        self.buttons[group].setChecked(True)
        self.chosen.emit(group)

    def _tell(self, button: QPushButton) -> None:
        self.chosen.emit(next(group for group, each in self.buttons.items() if each is button))

    def _tint(self) -> None:
        for group, button in self.buttons.items():
            picture = QPixmap(20, 20)
            picture.fill(QColor(theme.colour(_COLOURS[group])))
            button.setIcon(picture)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "buttons"):
            self._tint()
