"""Choosing a period: a month, a quarter, a half-year, a year, several years, or any two days."""

import datetime as dt

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from models.figures.facts import Period
from models.figures.periods import Length, beside, key_of, length_of, name_of, of_length, read_period
from models.language import _
from ui.kit.day_editor import DayBox
from ui.kit.lines import across, down
from ui.kit.list_box import ListBox
from ui.kit.plain import Label

#: How many periods of a length are offered back from today, and ahead of it.
_BACK: dict[Length, int] = {"month": 24, "quarter": 8, "half": 6, "year": 5}
_AHEAD = 1
#: So long are the plans of several years (三年行动), and as many of them are offered.
_YEARS_OF_PLAN = 3
_DAYS, _PLAN = "days", "plan"


class PeriodBox(QWidget):
    """``chosen()`` when another period was chosen. Keyboard: two lists, or two days where any two are wanted."""

    chosen = Signal()

    def __init__(self, today: dt.date, length: Length = "year", *, upright: bool = False) -> None:
        """Begins with the period of a length that ``today`` lies in; ``upright``: its parts one below the other."""
        super().__init__()
        self._today = today
        self.lengths, self.which = ListBox(), ListBox()
        self.lengths.setAccessibleName(_("期间有多长"))
        self.which.setAccessibleName(_("哪个期间"))
        words = {"month": _("月"), "quarter": _("季度"), "half": _("半年"), "year": _("年"), _PLAN: _("几年"), _DAYS: _("任意两天")}
        for each, word in words.items():
            self.lengths.addItem(word, each)
        self.since, self.until = DayBox(_("从哪天"), today, today), DayBox(_("到哪天"), today, today)
        self._to = Label(_("到"))
        (down if upright else across)(self.lengths, self.which, self.since, self._to, self.until, on=self)
        self._put(of_length(length, today))
        self.lengths.activated.connect(self._choose_length)
        self.which.activated.connect(self.chosen)
        for field in (self.since, self.until):
            field.chosen.connect(self._keep_order)

    @property
    def period(self) -> Period:
        """The whole period that is chosen."""
        if self.lengths.currentData() == _DAYS:
            return Period(self.since.date, self.until.date)
        return read_period(str(self.which.currentData()))

    def choose(self, period: Period) -> None:
        """Choose a period without telling. Where it is the one that is chosen, what is half typed stays."""
        if period != self.period:
            self._put(period)

    def _put(self, period: Period) -> None:
        length = length_of(period)
        kind = length or (_PLAN if key_of(period).replace("-", "").isdigit() else _DAYS)
        with QSignalBlocker(self.lengths), QSignalBlocker(self.which):
            self.lengths.setCurrentIndex(self.lengths.findData(kind))
            self._offer(kind)
            if kind != _DAYS and self.which.findData(key_of(period)) < 0:
                self.which.insertItem(0, name_of(period), key_of(period))
            self.which.setCurrentIndex(self.which.findData(key_of(period)))
        self.since.show_date(period.start)
        self.until.show_date(period.end)
        self._fit(kind)

    def _offer(self, kind: str) -> None:
        self.which.clear()
        for period in self._periods(kind):
            self.which.addItem(name_of(period), key_of(period))

    def _periods(self, kind: str) -> list[Period]:
        """The periods of a length, the latest first."""
        if kind == _DAYS:
            return []
        if kind == _PLAN:
            first = read_period(f"{self._today.year}-{self._today.year + _YEARS_OF_PLAN - 1}")
            years = range(self._today.year, self._today.year - _BACK["year"] - 1, -1)
            return [Period(first.start.replace(year=year), dt.date(year + _YEARS_OF_PLAN - 1, 12, 31)) for year in years]
        length = next(each for each in _BACK if each == kind)
        now = of_length(length, self._today)
        return [beside(now, step) for step in range(_AHEAD, -_BACK[length] - 1, -1)]

    def _choose_length(self) -> None:
        kind = str(self.lengths.currentData())
        with QSignalBlocker(self.which):
            self._offer(kind)
            held = next((place for place, each in enumerate(self._periods(kind)) if each.start <= self._today), 0)
            if kind == _PLAN:  # the plan that is under way ends this year or later
                held = min(_YEARS_OF_PLAN - 1, self.which.count() - 1)
            self.which.setCurrentIndex(held)
        self._fit(kind)
        self.chosen.emit()

    def _fit(self, kind: str) -> None:
        for part in (self.since, self._to, self.until):
            part.setVisible(kind == _DAYS)
        self.which.setVisible(kind != _DAYS)

    def _keep_order(self) -> None:
        """The last day is never before the first."""
        if self.until.date < self.since.date:
            given, other = (self.since, self.until) if self.sender() is self.since else (self.until, self.since)
            other.show_date(given.date)
        self.chosen.emit()
