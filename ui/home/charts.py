"""The charts of the first page: new members against the plan, new unions by month, new-form groups, coverage by district.

Imported when they are first looked at: nothing else of the program needs the library that draws them.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from models.figures.facts import Number, Period, Scope
from models.figures.year_course import Course, course
from models.language import _
from ui.drive.state import NOWHERE
from ui.home.parts import card
from ui.kit import theme
from ui.kit.catching_up import CatchingUp
from ui.kit.context import Context
from ui.kit.icons import dress
from ui.kit.jobs import Turn
from ui.kit.plain import Label

pg.setConfigOptions(antialias=True)

_BARS = 0.6
#: The height of a horizontal bar with its name, and of what stands around them.
_ROW, _AROUND = 26, 40
_LOWEST = 175
#: A bar is never thicker than if there were so many.
_ROWS = 4
#: Up to so many of a thing, the scale names each number: half a union means nothing.
_FEW = 10
_SHOWS = frozenset({
    "worker", "membership_event", "union", "employer", "coverage", "head_count", "target", "setting", "occupation_group",
    "region", "region_parent",
})  # fmt: skip


class Chart(QWidget):
    """A drawing, the sentence that says what it shows, and the button that opens what is behind it.

    ``pressed(int)``: a bar or the stretch before a point was clicked, by its place from 0.
    """

    pressed = Signal(int)

    def __init__(self, button: str, target: tuple[str, str]) -> None:
        """``target`` is what the button opens, as (page, part)."""
        super().__init__()
        self.target = target
        self._place_of: Callable[[float, float], int] = _month_of
        self._count = 0
        self.plot: Any = pg.PlotWidget()
        self.plot.setCursor(Qt.CursorShape.PointingHandCursor)
        self.plot.setToolTip(_("点一下，列出它背后的记录"))
        self.plot.scene().sigMouseClicked.connect(self._click)
        self.plot.setMouseEnabled(x=False, y=False)
        self.plot.setMenuEnabled(False)
        self.plot.hideButtons()
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.plot.setMinimumHeight(_LOWEST)
        self.told = Label(role="secondary", wrap=True)
        self.look = QPushButton(button)
        dress(self.look, "eye")
        self.look.setProperty("flat", True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.told)
        rows.addWidget(self.plot, 1)
        self.dress()

    def dress(self) -> None:
        """Put the theme's colours and font on."""
        self.plot.setBackground(theme.colour("paper"))
        for side in ("left", "bottom"):
            axis = self.plot.getAxis(side)
            axis.setPen(theme.colour("line"))
            axis.setTextPen(theme.colour("muted"))
            axis.setTickFont(theme.font(-1.5))
            axis.enableAutoSIPrefix(False)

    def clear(self, sentence: str) -> None:
        """Begin anew, with the sentence of what is shown."""
        self.plot.clear()
        self.told.setText(sentence)
        self.plot.setAccessibleName(sentence)

    def press(self, x: float, y: float) -> None:
        """Open what is drawn at a point, given by the scales of the drawing."""
        place = self._place_of(x, y)
        if 0 <= place < self._count:
            self.pressed.emit(place)

    def _click(self, event: Any) -> None:
        box = self.plot.getViewBox()
        if event.button() == Qt.MouseButton.LeftButton and box.sceneBoundingRect().contains(event.scenePos()):
            point = box.mapSceneToView(event.scenePos())
            self.press(point.x(), point.y())

    def lines(self, days: Sequence[float], reached: Sequence[int], target: int | None) -> None:
        """A line of what was reached at the ends of months, and the straight line to the target at the year's end."""
        if target:
            pen = pg.mkPen(theme.colour("neutral_1"), width=2, style=Qt.PenStyle.DashLine)
            self.plot.plot([0, 12], [0, target], pen=pen)
        self.plot.plot(
            [0, *days], [0, *reached], pen=pg.mkPen(theme.colour("accent"), width=2), symbol="o", symbolSize=6,
            symbolBrush=theme.colour("accent"), symbolPen=None,
        )  # fmt: skip
        self._place_of, self._count = _stretch_of, len(reached)
        self.plot.setXRange(0, 12)
        most = max([1, *reached, target or 0])
        self.plot.setYRange(0, most * 1.08)
        self._count_whole(most)
        self.plot.getAxis("bottom").setTicks([_months(range(1, 13))])

    def columns(self, values: Sequence[int]) -> None:
        """One column for each month."""
        months = list(range(1, len(values) + 1))
        brush = pg.mkBrush(theme.colour("neutral_1"))
        self.plot.addItem(pg.BarGraphItem(x=months, height=list(values), width=_BARS, brush=brush, pen=None))
        for month, value in zip(months, values, strict=True):
            if value:
                self._write(f"{value:,}", month, value, (0.5, 1))
        self._place_of, self._count = _month_of, len(values)
        self.plot.setXRange(0.4, 12.6)
        most = max([1, *values])
        self.plot.setYRange(0, most * 1.2)
        self._count_whole(most)
        self.plot.getAxis("bottom").setTicks([_months(range(1, 13))])

    def _count_whole(self, most: int) -> None:
        """Where the scale is short, name each whole number on it."""
        few = [[(number, str(number)) for number in range(most + 1)]] if most <= _FEW else None
        self.plot.getAxis("left").setTicks(few)

    def bars(self, names: Sequence[str], values: Sequence[float], texts: Sequence[str], whole: float = 0) -> None:
        """One lying bar for each name, the first at the top; ``whole``: the end of the scale."""
        places = [-place for place in range(len(names))]
        brush = pg.mkBrush(theme.colour("neutral_1"))
        if values:
            bars = pg.BarGraphItem(x0=0, y=places, height=_BARS, width=list(values), brush=brush, pen=None)
            self.plot.addItem(bars)
        for place, value, text in zip(places, values, texts, strict=True):
            self._write(text, value, place, (0, 0.5))
        self._place_of, self._count = _row_of, len(names)
        self.plot.setXRange(0, max([whole, 1, *values]) * 1.25, padding=0)
        self.plot.setYRange(-max(len(names), _ROWS) + 0.4, 0.6)
        self.plot.getAxis("left").setTicks([list(zip(places, names, strict=True))])
        self.plot.hideAxis("bottom")
        self.plot.setMinimumHeight(max(_LOWEST, len(names) * _ROW + _AROUND))

    def _write(self, text: str, x: float, y: float, anchor: tuple[float, float]) -> None:
        label = pg.TextItem(text, color=theme.colour("muted"), anchor=anchor)
        label.setFont(theme.font(-1.5))
        label.setPos(x, y)
        self.plot.addItem(label)


def _months(numbers: Iterable[int]) -> list[tuple[int, str]]:
    """The ticks of a scale of months; of a line they stand at the months' ends."""
    return [(month, _("{month}月").format(month=month)) for month in numbers]


def _month_of(x: float, _y: float) -> int:
    return round(x) - 1


def _stretch_of(x: float, _y: float) -> int:
    return int(x)


def _row_of(_x: float, y: float) -> int:
    return round(-y)


class ChartsView(QScrollArea):
    """``opens(str, str)`` names the page behind a chart and the part of it.

    ``opens_rows(str, object)`` brings the key of an indicator and the period whose rows a bar or a point counts.
    """

    opens = Signal(str, str)
    opens_rows = Signal(str, object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Four charts of this year; counted when they are shown."""
        super().__init__(parent)
        self._context = context
        self._course: Course | None = None
        self.members = Chart(_("看指标"), ("targets", "new_members"))
        self.unions = Chart(_("看指标"), ("targets", "new_unions"))
        self.groups = Chart(_("看名单"), ("workers", "new_form"))
        self.districts = Chart(_("看名单"), ("drive", "on_list"))
        body = QWidget()
        body.setObjectName("content")
        grid = QGridLayout(body)
        grid.setContentsMargins(theme.WIDE, 12, theme.WIDE, 12)
        grid.setSpacing(12)
        titles = (
            _("今年新入会（累计，人）"),
            _("今年新建工会（每月，个）"),
            _("新就业形态会员（人）"),
            _("建会覆盖率（按单位）"),
        )
        for place, (title, chart) in enumerate(zip(titles, self._charts(), strict=True)):
            chart.look.clicked.connect(self._open)
            grid.addWidget(card(title, chart, chart.look), place // 2, place % 2)
        self.setWidgetResizable(True)
        self.setWidget(body)
        self.members.pressed.connect(self._open_members)
        self.unions.pressed.connect(self._open_unions)
        self.groups.pressed.connect(self._open_group)
        self.districts.pressed.connect(self._open_district)
        catching_up = CatchingUp(self, self.refresh, context.changes, _SHOWS)
        context.own.switched.connect(catching_up.fall_behind)

    def _charts(self) -> tuple[Chart, ...]:
        return self.members, self.unions, self.groups, self.districts

    def refresh(self) -> None:
        """Count the year anew, on the worker thread."""
        today, scope = self._context.today, Scope(region=self._context.own.area or None)
        title = _("正在统计图表")
        self._context.jobs.run(course, today.year, today, scope, done=self._show, title=title, turn=Turn.SOON)

    def _show(self, found: Course) -> None:
        self._course = found
        self._draw_members(found)
        unions = [each.unions for each in found.months]
        self.unions.clear(_("今年到 {day} 新建 {count:,} 个。").format(day=found.day.isoformat(), count=sum(unions)))
        self.unions.columns(unions)
        counts = [count for _key, _name, count in found.groups]
        none = _("还没有填了群体的新就业形态会员。")
        self.groups.clear(_("{count} 个群体有会员。").format(count=len(counts)) if counts else none)
        self.groups.bars([_(name) for _key, name, _count in found.groups], counts, [f"{count:,}" for count in counts])
        self._draw_districts(found)

    def _draw_members(self, found: Course) -> None:
        reached = [each.members for each in found.months]
        told = _("到 {day} 新入会 {count:,} 人").format(day=found.day.isoformat(), count=reached[-1])
        if found.target:
            told += _("，全年目标 {target:,} 人；虚线是按时间应完成的。").format(target=found.target)
        else:
            told += _("；还没有全年目标，在“任务指标”里填写。")
        self.members.clear(told)
        self.members.lines([_months_passed(each.until) for each in found.months], reached, found.target)

    @staticmethod
    def _share(number: Number) -> str:
        return _("{share} %（{part:,}/{whole:,}）").format(share=number.value, part=number.part, whole=number.whole)

    def _draw_districts(self, found: Course) -> None:
        names = [name or _("（未填区划）") for _uid, name, _number in found.districts]
        shares = [float(number.value or 0) for _uid, _name, number in found.districts]
        texts = [self._share(number) for _uid, _name, number in found.districts]
        told = _("达到人数线的非公企业中，有工会的占多少。") if names else _("还没有达到人数线的单位。")
        self.districts.clear(told)
        self.districts.bars(names, shares, texts, 100)

    def _open(self) -> None:
        chart = next(each for each in self._charts() if each.look is self.sender())
        self.opens.emit(*chart.target)

    def _open_members(self, place: int) -> None:
        """Who joined from the year's beginning to a point of the line."""
        assert self._course is not None
        period = Period(dt.date(self._course.year, 1, 1), self._course.months[place].until)
        self.opens_rows.emit("new_members", period)

    def _open_unions(self, place: int) -> None:
        """The unions founded in a month."""
        assert self._course is not None
        month = self._course.months[place]
        self.opens_rows.emit("new_unions", Period(month.until.replace(day=1), month.until))

    def _open_group(self, place: int) -> None:
        """The members of an occupation group today."""
        assert self._course is not None
        self.opens_rows.emit(self._course.groups[place][0], Period(self._course.day, self._course.day))

    def _open_district(self, place: int) -> None:
        """The employers of a district that should have a union and have none."""
        assert self._course is not None
        self.opens.emit("drive", f"on_list:{self._course.districts[place][0] or NOWHERE}")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "districts"):
            for chart in self._charts():
                chart.dress()
            if self._course is not None:
                self._show(self._course)


def _months_passed(day: dt.date) -> float:
    """Where a day stands on a scale of twelve months."""
    return day.month - 1 + day.day / monthrange(day.year, day.month)[1]
