"""The line across the top of the import page: the four steps, and which files, sheets and rows are meant."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from models.language import _
from ui import theme


class StepBar(QFrame):
    """Shows where the person is among the steps; it is read, not clicked: the buttons below lead on and back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """The first step, without files."""
        super().__init__(parent)
        self.titles = [_("选文件"), _("对应列"), _("核对"), _("完成")]
        self.step = 0
        self._labels = [QLabel() for _title in self.titles]
        self.about = QLabel()
        self.about.setProperty("role", "secondary")
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        steps = QHBoxLayout()
        steps.setSpacing(theme.GAP)
        for place, label in enumerate(self._labels):
            if place:
                arrow = QLabel("›")
                arrow.setProperty("role", "secondary")
                steps.addWidget(arrow)
            steps.addWidget(label)
        steps.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addLayout(steps)
        rows.addWidget(self.about)
        self.go(0)

    def go(self, step: int) -> None:
        """Show ``step`` (from 0) as the present one, those before it as done."""
        self.step = step
        for place, (label, title) in enumerate(zip(self._labels, self.titles, strict=True)):
            sign = "✓" if place < step else str(place + 1)
            label.setText(f"{sign} {title}")
            label.setFont(theme.font(bold=place == step))
            # the palette's link is the accent in either theme
            label.setStyleSheet("color: palette(link);" if place == step else "")
            label.setEnabled(place <= step)
        self.setAccessibleName(_("第 {number} 步，共 4 步：{title}").format(number=step + 1, title=self.titles[step]))

    def tell(self, files: list[str], sheets: int, rows: int) -> None:
        """Say what is being imported; nothing without files."""
        if not files:
            self.about.setText("")
            return
        named = f"《{files[0]}》" if len(files) == 1 else _("《{name}》等 {count} 个文件").format(name=files[0], count=len(files))
        self.about.setText(
            _("{files} · {sheets} 张工作表 · {rows:,} 行").format(files=named, sheets=sheets, rows=rows) if sheets else named
        )
