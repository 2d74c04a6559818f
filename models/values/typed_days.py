"""Days as a person types them into a field: 12.7, 25年6月, 昨天, 上周五. What a sheet holds is read by :mod:`models.values.days` alone.

Without a year the day that is nearest is meant: for what has happened the last one, for what is planned the next one.
"""

import datetime as dt
import re
import unicodedata

from models.values.days import read_day
from models.values.numbers import NUMERAL, arabic

_NEAR = {
    "今天": 0, "今日": 0, "today": 0, "昨天": -1, "昨日": -1, "yesterday": -1, "前天": -2, "大前天": -3, "明天": 1, "明日": 1,
    "tomorrow": 1, "后天": 2, "大后天": 3,
}  # fmt: skip
_YEARS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1}
_MONTHS = {"本月": 0, "这个月": 0, "上月": -1, "上个月": -1, "下月": 1, "下个月": 1}
_WEEKDAY = re.compile("(上上|上|这|本|下下|下)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])")
_AGO = re.compile(r"(\d{1,3})(?:天|日)(前|后)")
_EDGE = re.compile("(.+?)(初|底|末)")
_OF_YEAR = re.compile(r"(\d{1,2})(?:[-./]|月份?)(?:(\d{1,2})[日号]?)?")
_OF_MONTH = re.compile(r"(\d{1,2})[日号]")
_NUMERALS = re.compile(f"[{NUMERAL}]+(?=[年月日号天])")


def read_typed(text: str, today: dt.date, ahead: bool = False) -> str | None:
    """The day (ISO text cut to its precision) that a person means by ``text``; None where it says no day.

    ``ahead``: the field is for what is planned; without a year the next such day is meant, otherwise the last one.
    """
    plain = unicodedata.normalize("NFKC", text).strip().lower().replace(" ", "")
    plain = _NUMERALS.sub(lambda found: str(arabic(found[0]) or found[0]), plain)
    if not plain:
        return None
    return _by_word(plain, today) or _without_year(plain, today, ahead) or read_day(text.strip()).day


def _by_word(plain: str, today: dt.date) -> str | None:
    if plain in _NEAR:
        return (today + dt.timedelta(days=_NEAR[plain])).isoformat()
    if found := _AGO.fullmatch(plain):
        days = int(found[1]) * (1 if found[2] == "后" else -1)
        return (today + dt.timedelta(days=days)).isoformat()
    if found := _WEEKDAY.fullmatch(plain):
        weeks = {"上上": -2, "上": -1, "下": 1, "下下": 2}.get(found[1] or "", 0)
        wanted = "一二三四五六日".index(found[2].replace("天", "日"))
        return (today + dt.timedelta(days=7 * weeks + wanted - today.weekday())).isoformat()
    if plain in _MONTHS:
        return _month(today, _MONTHS[plain])
    if found := _EDGE.fullmatch(plain):
        return _edge(_MONTHS.get(found[1] if found[1] != "月" else "本月"), found[2] != "初", today)
    for word, years in _YEARS.items():
        if plain.startswith(word):
            return _of_year(plain.removeprefix(word), today.year + years)
    return None


def _month(today: dt.date, months: int) -> str:
    place = today.year * 12 + today.month - 1 + months
    return f"{place // 12:04}-{place % 12 + 1:02}"


def _edge(months: int | None, end: bool, today: dt.date) -> str | None:
    """The first or the last day of a month."""
    if months is None:
        return None
    first = dt.date.fromisoformat(_month(today, months) + "-01")
    last = dt.date.fromisoformat(_month(today, months + 1) + "-01") - dt.timedelta(days=1)
    return (last if end else first).isoformat()


def _of_year(rest: str, year: int) -> str | None:
    """A month or a day of a year, or the year itself."""
    if not rest:
        return f"{year:04}"
    found = _OF_YEAR.fullmatch(rest)
    return _made(year, int(found[1]), int(found[2] or 0)) if found else None


def _without_year(plain: str, today: dt.date, ahead: bool) -> str | None:
    if found := _OF_MONTH.fullmatch(plain):
        months = [_month(today, step) for step in ((0, 1, 2) if ahead else (0, -1, -2))]
        days = [_made(int(each[:4]), int(each[5:]), int(found[1])) for each in months]
    elif found := _OF_YEAR.fullmatch(plain):
        years = range(today.year, today.year + 9) if ahead else range(today.year, today.year - 9, -1)  # a leap day is seldom
        days = [_made(year, int(found[1]), int(found[2] or 0)) for year in years]
    else:
        return None
    now = today.isoformat()
    return next((day for day in days if day and (day >= now[: len(day)] if ahead else day <= now)), None)


def _made(year: int, month: int, day: int) -> str | None:
    try:
        made = dt.date(year, month, day or 1).isoformat()
    except ValueError:
        return None
    return made if day else made[:7]
