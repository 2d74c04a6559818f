"""Periods (期间) of the calendar as one value: a month, quarter, half-year, year, several years, or any two days.

A period has a key that is kept and typed (``2026-05``, ``2026-Q2``, ``2026-H1``, ``2026``, ``2024-2026``,
``2026-01-05..2026-03-09``) and a name that people read. Both follow from its two days alone.
"""

import datetime as dt
import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from typing import Literal

from models.errors import UserError
from models.figures.facts import Period
from models.language import _
from models.values.days import FIRST_YEAR, LAST_YEAR
from models.values.masking import quote

#: The lengths of the calendar that have names of their own, the shortest first.
Length = Literal["month", "quarter", "half", "year"]
MONTHS_OF: dict[Length, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_MONTHS_OF_YEAR = 12
#: From no to "any two days" a written period is one of these; the first group is always a year.
_YEAR = re.compile(r"([0-9]{4})年?(?:度|全年)?")
_YEARS = re.compile(r"([0-9]{4})年?(?:-|~|—+|–|至|到|\.\.)([0-9]{4})年?度?")
_HALF = re.compile(r"([0-9]{4})(?:-?[Hh]([12])|年([上下])半年)")
_QUARTER = re.compile(r"([0-9]{4})(?:-?[Qq]([1-4])|年第?([一二三四1-4])季度?)")
_MONTH = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})|年([0-9]{1,2})月份?)")
_DAYS = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:\.\.|~|至|到)([0-9]{4}-[0-9]{2}-[0-9]{2})")
_COUNTED = "一二三四"


def of_year(year: int) -> Period:
    """A whole year of the calendar."""
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))


def whole(given: int | Period) -> Period:
    """A period as it is, or the whole year of a number."""
    return of_year(given) if isinstance(given, int) else given


def of_length(length: Length, day: dt.date) -> Period:
    """The month, quarter, half-year or year that a day lies in."""
    months = MONTHS_OF[length]
    return _months(day.year, (day.month - 1) // months * months + 1, months)


def _months(year: int, first: int, count: int) -> Period:
    last = first + count - 1
    return Period(dt.date(year, first, 1), dt.date(year, last, monthrange(year, last)[1]))


def read_period(text: str) -> Period:
    """The period that a person writes: its key, or in words (2026年上半年, 2026年第二季度, 2024—2026). UserError else."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    for pattern, make in _READERS:
        found = pattern.fullmatch(plain)
        if found:
            try:
                period = make(*(part for part in found.groups() if part is not None))
            except ValueError:
                break
            if FIRST_YEAR <= period.start.year <= period.end.year <= LAST_YEAR and period.start <= period.end:
                return period
            break
    told = _("“{text}”不是期间。请写成 2026-05、2026-Q2、2026-H1、2026、2024-2026 或 2026-01-05..2026-03-09。")
    raise UserError(told.format(text=quote(text)))


def _of_years(first: str, last: str) -> Period:
    return Period(dt.date(int(first), 1, 1), dt.date(int(last), 12, 31))


def _of_half(year: str, half: str) -> Period:
    return _months(int(year), 1 if half in ("1", "上") else 7, 6)


def _of_quarter(year: str, quarter: str) -> Period:
    number = _COUNTED.index(quarter) if quarter in _COUNTED else int(quarter) - 1
    return _months(int(year), 3 * number + 1, 3)


def _of_month(year: str, month: str) -> Period:
    if not 1 <= int(month) <= _MONTHS_OF_YEAR:
        raise ValueError(month)
    return _months(int(year), int(month), 1)


def _of_days(first: str, last: str) -> Period:
    return Period(dt.date.fromisoformat(first), dt.date.fromisoformat(last))


_READERS: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (_YEAR, lambda year: of_year(int(year))), (_YEARS, _of_years), (_HALF, _of_half), (_QUARTER, _of_quarter),
    (_MONTH, _of_month), (_DAYS, _of_days),
)  # fmt: skip


def length_of(period: Period) -> Length | None:
    """What of the calendar a period is; None for several years and for any two days."""
    for length in MONTHS_OF:
        if of_length(length, period.start) == period:
            return length
    return None


def is_years(period: Period) -> bool:
    """True for whole years of the calendar, one or several."""
    return period == _of_years(str(period.start.year).zfill(4), str(period.end.year).zfill(4))


def key_of(period: Period) -> str:
    """The key under which a period is kept, see :func:`read_period`."""
    year, month = period.start.year, period.start.month
    keys = {"month": f"{year}-{month:02}", "quarter": f"{year}-Q{(month + 2) // 3}", "half": f"{year}-H{month // 7 + 1}"}
    length = length_of(period)
    if length in keys:
        return keys[length]
    if is_years(period):
        return str(year) if length else f"{year}-{period.end.year}"
    return f"{period.start.isoformat()}..{period.end.isoformat()}"


def name_of(period: Period) -> str:
    """What a period is called: 2026 年上半年."""
    year, month, length = period.start.year, period.start.month, length_of(period)
    if length == "month":
        return _("{year} 年 {month} 月").format(year=year, month=month)
    if length == "quarter":
        quarters = (_("第一季度"), _("第二季度"), _("第三季度"), _("第四季度"))
        return _("{year} 年{quarter}").format(year=year, quarter=quarters[month // 3])
    if length == "half":
        return (_("{year} 年上半年") if month == 1 else _("{year} 年下半年")).format(year=year)
    if length == "year":
        return _("{year} 年").format(year=year)
    if is_years(period):
        return _("{first}—{last} 年").format(first=year, last=period.end.year)
    return _("{since} 到 {until}").format(since=period.start, until=period.end)


def until(period: Period, day: dt.date) -> Period:
    """The part of a period that has passed on ``day``: all of it if it is over. UserError when it has not begun."""
    if day < period.start:
        raise UserError(_("{name}还没有开始，没有数字。").format(name=name_of(period)))
    return Period(period.start, min(day, period.end))


def last_year(period: Period) -> Period:
    """The same period a year before (上年同期); of several years as many before. A month's last day stays a month's last."""
    years = period.end.year - period.start.year + 1 if is_years(period) else 1
    return Period(_years_before(period.start, years), _years_before(period.end, years, lasts=True))


def last_year_of(passed: Period, of: Period) -> Period:
    """The same part of the year before, of what has passed of the period ``of``; the whole of it where it is over."""
    if passed == of:
        return last_year(of)
    years = of.start.year - last_year(of).start.year
    return Period(_years_before(passed.start, years), _years_before(passed.end, years))


def _years_before(day: dt.date, years: int, lasts: bool = False) -> dt.date:
    year = day.year - years
    if year < dt.MINYEAR:
        raise UserError(_("没有更早的同期。"))
    most = monthrange(year, day.month)[1]
    ends = lasts and day.day == monthrange(day.year, day.month)[1]
    return dt.date(year, day.month, most if ends else min(day.day, most))


def beside(period: Period, steps: int) -> Period:
    """The period of the same length so many steps later (earlier where negative); of any two days as many days."""
    length = length_of(period)
    if length is not None:
        first = period.start.year * _MONTHS_OF_YEAR + period.start.month - 1 + steps * MONTHS_OF[length]
        return _months(first // _MONTHS_OF_YEAR, first % _MONTHS_OF_YEAR + 1, MONTHS_OF[length])
    if is_years(period):
        years = (period.end.year - period.start.year + 1) * steps
        return _of_years(str(period.start.year + years), str(period.end.year + years))
    days = ((period.end - period.start).days + 1) * steps
    return Period(period.start + dt.timedelta(days=days), period.end + dt.timedelta(days=days))
