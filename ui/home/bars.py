"""The year's targets as bars: how much is reached, a mark where the year should stand today, and the state in a word."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QScrollArea, QSizePolicy, QWidget

from models.figures.progress import Progress
from models.language import _
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.lines import down
from ui.kit.plain import Label, tip
from ui.targets.models import WHOLE, figure, state_word

_BAR, _EDGE, _MARK = 7, 4, 3


class TargetBar(QPushButton):
    """One target; pressing it opens what is behind it."""

    def __init__(self, progress: Progress) -> None:
        """A bar as wide as there is room."""
        super().__init__()
        self.progress = progress
        unit = "%" if progress.indicator.unit == "%" else ""
        self.reached = _("{actual} / {target}").format(
            actual=figure(progress.actual.value, unit), target=figure(progress.target, unit)
        )
        share = _("完成 {share} %").format(share=progress.share) if progress.share is not None else ""
        self.said = "　".join(part for part in (self.reached, share, state_word(progress.state)) if part)
        plan = _("按天数到今天应完成 {plan}").format(plan=figure(progress.plan, unit))
        self.setToolTip(tip(f"{progress.indicator.name}\n{self.said}\n{plan}"))
        self.setAccessibleName(f"{progress.indicator.name} {self.said} {plan}")
        self.setProperty("line", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(240, self._lines() * self.fontMetrics().height() + _BAR + 12)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def _lines(self) -> int:
        """How many lines the text takes: its numbers stand below a name that leaves them no room."""
        taken = map(self.fontMetrics().horizontalAdvance, (self.progress.indicator.name, self.said))
        return 1 if sum(taken) + theme.WIDE <= self.width() - 2 * _EDGE else 2

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_text(painter)
        self._paint_bar(painter)
        painter.end()

    def _paint_text(self, painter: QPainter) -> None:
        line = self.rect().adjusted(_EDGE, 2, -_EDGE, -_BAR - 10)
        metrics, behind = self.fontMetrics(), self.progress.state == "behind"
        word = state_word(self.progress.state)
        painter.setPen(QColor(theme.colour("ink")))
        name = metrics.elidedText(self.progress.indicator.name, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, name)
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.setPen(QColor(theme.colour("muted")))
        before = line.adjusted(0, 0, -metrics.horizontalAdvance(word), 0)
        painter.drawText(before, side, self.said.removesuffix(word))
        painter.setPen(QColor(theme.colour("accent" if behind else "good")))
        painter.drawText(line, side, word)

    def _paint_bar(self, painter: QPainter) -> None:
        each = self.progress
        area = QRectF(_EDGE, self.height() - _BAR - 6, self.width() - 2 * _EDGE, _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colour("neutral_3")))
        painter.drawRoundedRect(area, 3, 3)
        reached = min(1.0, (each.share or 0) / 100)
        if reached:
            painter.setBrush(QColor(theme.colour("accent" if each.state == "behind" else "good")))
            painter.drawRoundedRect(QRectF(area.left(), area.top(), max(4.0, area.width() * reached), _BAR), 3, 3)
        if each.plan is not None and each.target:
            mark = area.left() + area.width() * min(1.0, each.plan / each.target)
            painter.setBrush(QColor(theme.colour("ink")))
            painter.drawRect(QRectF(min(mark, area.right() - 2), area.top() - _MARK, 2, _BAR + 2 * _MARK))


class TargetBars(QScrollArea):
    """All targets of the year. ``opens(str)`` brings the part of the targets' page that was pressed, "" for the page itself."""

    opens = Signal(str)

    def __init__(self) -> None:
        """Without targets."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bars: list[TargetBar] = []
        self._whole = False
        self.of_all = Label(_("我的镇街没有单独的目标，这里是全部区划的。"), "secondary", wrap=True)
        self.of_all.hide()
        self.mark = Label(_("竖线是按天数到今天应完成的。"), "secondary", wrap=True)
        self.mark.hide()
        self.none = Label(_("今年的任务指标还没有填。填了以后，这里按天数对照完成了多少。"), "secondary", wrap=True)
        self.none.setContentsMargins(0, 0, 0, theme.GAP)
        self.fill = push_button(_("填写任务指标"), self._fill)
        body = QWidget()
        body.setObjectName("bars")
        body.setStyleSheet("QWidget#bars { background: transparent; }")
        self._rows = down(self.of_all, self.mark, self.none, on=body, gap=0, margins=(0, 0, theme.GAP, 0))
        self._rows.addWidget(self.fill, 0, Qt.AlignmentFlag.AlignLeft)
        self._rows.addStretch(1)
        self.setWidget(body)

    def show_targets(self, found: Sequence[Progress], whole: bool = False) -> None:
        """Show these targets; ``whole``: they are the whole register's, though only some towns are looked at."""
        self._whole = whole
        self.of_all.setVisible(whole)
        for old in self.bars:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.bars = [TargetBar(each) for each in found]
        for place, bar in enumerate(self.bars):
            bar.clicked.connect(self._open)
            self._rows.insertWidget(place + 2, bar)
        self.mark.setVisible(bool(self.bars))
        for part in (self.none, self.fill):
            part.setVisible(not self.bars)

    def _open(self) -> None:
        bar = self.sender()
        assert isinstance(bar, TargetBar)
        self.opens.emit((WHOLE if self._whole else "") + bar.progress.indicator.key)

    def _fill(self) -> None:
        self.opens.emit("")
