"""The charts of the first page: new members against the plan, new unions by month, new-form groups, coverage by district.

Made when they are first looked at.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from models.figures.facts import Number, Period, Scope
from models.figures.year_course import Course, course
from models.language import _
from reports.chart import Drawing, bars, columns, line
from ui.drive.state import NOWHERE
from ui.home.parts import card
from ui.home.plot import Plot
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.catching_up import CatchingUp
from ui.kit.context import Context
from ui.kit.jobs import Turn
from ui.kit.lines import down, in_columns, on_paper
from ui.kit.plain import Label

#: The height of a horizontal bar with its name, and of what stands around them.
_ROW, _AROUND = 26, 40
_LOWEST = 175
_SHOWS = frozenset({
    "worker", "membership_event", "union", "employer", "coverage", "head_count", "target", "setting", "occupation_group",
    "region", "region_parent",
})  # fmt: skip


class ChartCard(QWidget):
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
        self.plot = Plot()
        self.plot.setToolTip(_("点一下，列出它背后的记录"))
        self.plot.pressed.connect(self.press)
        self.plot.setMinimumHeight(_LOWEST)
        self.told = Label(role="secondary", wrap=True)
        self.look = push_button(button, sign="eye")
        self.look.setProperty("flat", True)
        down(self.told, (self.plot, 1), on=self, gap=4)

    def clear(self, sentence: str) -> None:
        """Begin anew, with the sentence of what is shown."""
        self.told.setText(sentence)
        self.plot.setAccessibleName(sentence)

    def press(self, x: float, y: float) -> None:
        """Open what is drawn at a point, given by the scales of the drawing."""
        place = self._place_of(x, y)
        if 0 <= place < self._count:
            self.pressed.emit(place)

    def lines(self, days: Sequence[float], reached: Sequence[int], target: int | None) -> None:
        """A line of what was reached at the ends of months, and the straight line to the target at the year's end."""
        self._draw(line(days, reached, target), _stretch_of, len(reached))

    def columns(self, values: Sequence[int]) -> None:
        """One column for each month."""
        self._draw(columns(values), _month_of, len(values))

    def bars(self, names: Sequence[str], values: Sequence[float], texts: Sequence[str], whole: float = 0) -> None:
        """One lying bar for each name, the first at the top; ``whole``: the end of the scale."""
        self._draw(bars(names, values, texts, whole), _row_of, len(names))
        self.plot.setMinimumHeight(max(_LOWEST, len(names) * _ROW + _AROUND))

    def _draw(self, drawing: Drawing, place_of: Callable[[float, float], int], count: int) -> None:
        self._place_of, self._count = place_of, count
        self.plot.show_drawing(drawing)


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

    def __init__(self, context: Context) -> None:
        """Four charts of this year; counted when they are shown."""
        super().__init__()
        self.setAccessibleName(_("图表"))
        self._context = context
        self._course: Course | None = None
        self.members = ChartCard(_("看指标"), ("targets", "new_members"))
        self.unions = ChartCard(_("看指标"), ("targets", "new_unions"))
        self.groups = ChartCard(_("看名单"), ("workers", "new_form"))
        self.districts = ChartCard(_("看名单"), ("drive", "on_list"))
        grid = in_columns(gaps=(12, 12), margins=(theme.WIDE, 12, theme.WIDE, 12))
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
        self.setWidget(on_paper(grid))
        self.members.pressed.connect(self._open_members)
        self.unions.pressed.connect(self._open_unions)
        self.groups.pressed.connect(self._open_group)
        self.districts.pressed.connect(self._open_district)
        catching_up = CatchingUp(self, self.refresh, context.changes, _SHOWS)
        context.own.switched.connect(catching_up.fall_behind)

    def _charts(self) -> tuple[ChartCard, ...]:
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
        changed = event.type() == QEvent.Type.PaletteChange and hasattr(self, "districts")
        if changed and self._course is not None:
            self._show(self._course)


def _months_passed(day: dt.date) -> float:
    """Where a day stands on a scale of twelve months."""
    return day.month - 1 + day.day / monthrange(day.year, day.month)[1]
