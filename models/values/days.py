"""Days with their precision: stored as ISO text cut to what is known ("2024", "2024-05", "2024-05-06").

Reads what people and spreadsheets write; knows nothing of records. Years from 1901 to 2100 are believed: what lies
before is a spreadsheet's zero dressed as a date.
"""

import datetime as dt
import re
import unicodedata
from calendar import monthrange
from typing import Literal, NamedTuple

from models.patterns import pattern
from models.values.columns import Plain
from models.values.numbers import NUMERAL, arabic

Precision = Literal["year", "month", "day"]

FIRST_YEAR = 1901
LAST_YEAR = 2100
#: Day 0 of Excel's 1900 system for all days after the 29 February 1900 that it believes in.
_SERIAL_ZERO = dt.date(1899, 12, 30)
_SERIALS = range(10_000, (dt.date(LAST_YEAR, 12, 31) - _SERIAL_ZERO).days + 1)
#: Six digits before this year may as well be a two-digit year with month and day: 190305 is 1903-05 or 2019-03-05.
_SURE_YEAR_MONTH = 1931

#: The moon's calendar: its days are others than those of the same numbers in ours.
_LUNAR = pattern("农历|阴历|旧历|正月|腊月|冬月|闰.{0,2}月|初[一二三四五六七八九十]|廿|[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年")
_TIME = pattern(r"(?:\s+|T)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AP]M)?(?:Z|[+-]\d{2}:?\d{2})?$", re.IGNORECASE)
_NUMERALS = pattern(f"[{NUMERAL}]+")
_DASHES = str.maketrans("‐‑‒–—―−。·\\、,_", "-------./////")
_SEPARATED = pattern(r"(\d{4}|\d{2})([-./ ])(\d{1,2})(?:\2(\d{1,2}))?\2?")
_NAMED = pattern(r"(\d{4}|\d{2})年(?:(\d{1,2})(?:月(?:份|(\d{1,2})[日号]?)?)?)?")


class Read(NamedTuple):
    """What was read: the ISO text or None, and the problem's code, if any."""

    day: str | None
    problem: str = ""


_UNREADABLE = Read(None, "day-unreadable")


def full_year(two_digits: int) -> int:
    """The year of a two-digit one: 00–29 are 2000s, 30–99 are 1900s, as in Excel and WPS, so that screens agree."""
    return two_digits + (2000 if two_digits < 30 else 1900)


def precision(day: str) -> Precision:
    """How much of a stored day is known."""
    return "year" if len(day) == 4 else "month" if len(day) == 7 else "day"


def first_day(day: str) -> dt.date:
    """The day from which a stored day counts: the first of its month or year where no more is known."""
    return dt.date.fromisoformat(day + "-01-01"[len(day) - 4 :])


def last_day(day: str) -> dt.date:
    """The day until which a stored day may lie: the last of its month or year where no more is known."""
    first = first_day(day)
    months = {"year": 12, "month": first.month, "day": 0}[precision(day)]
    return first.replace(month=months, day=monthrange(first.year, months)[1]) if months else first


def read_day(plain: Plain) -> Read:
    """Read a date as a person or a sheet wrote it; never raises.

    Serial numbers are of the 1900 system. A number or text such as 1985.1 may be January or October (a sheet drops the
    last 0 of 1985.10): the year is kept, with "day-october". Day-first dates and ranges are not guessed at.
    """
    if isinstance(plain, str):
        return _read_text(plain)
    if isinstance(plain, dt.datetime):
        plain = plain.date()
    if isinstance(plain, dt.date):
        return _made(plain.year, plain.month, plain.day)
    if isinstance(plain, bool) or plain is None or not 0 <= plain < 1e9:
        return _UNREADABLE
    whole = int(plain)
    if plain == whole:
        return _from_digits(str(whole))
    if whole in _SERIALS:
        return _from_serial(whole)
    return _read_text(repr(plain)) if FIRST_YEAR <= whole <= LAST_YEAR else _UNREADABLE


def _made(year: int, month: int = 0, day: int = 0) -> Read:
    """The day of these numbers, 0 for unknown ones, if the calendar has it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return _UNREADABLE
    if not month:
        return Read(f"{year:04}")
    try:
        made = dt.date(year, month, day or 1).isoformat()
    except ValueError:
        return _UNREADABLE
    return Read(made if day else made[:7])


def _from_serial(serial: int) -> Read:
    """The day of an Excel serial number."""
    return Read((_SERIAL_ZERO + dt.timedelta(days=serial)).isoformat())


def _from_digits(digits: str) -> Read:
    """Digits alone: a year, a serial number, YYYYMM, YYMMDD or YYYYMMDD."""
    if len(digits) == 4:
        return _made(int(digits))
    if len(digits) == 5 and int(digits) in _SERIALS:
        return _from_serial(int(digits))
    if len(digits) == 8:
        return _with_parts(digits[:4], digits[4:6], digits[6:])
    if len(digits) != 6:
        return _UNREADABLE
    year = int(digits[:4])
    if FIRST_YEAR <= year <= LAST_YEAR and 1 <= int(digits[4:]) <= 12:
        return _made(year, int(digits[4:])) if year >= _SURE_YEAR_MONTH else _UNREADABLE
    return _with_parts(digits[:2], digits[2:4], digits[4:])


def _with_parts(year: str, month: str | None, day: str | None) -> Read:
    """The day of written parts; a part written as 0 is not a part left out."""
    if any(part is not None and int(part) == 0 for part in (month, day)):
        return _UNREADABLE
    return _made(int(year) if len(year) == 4 else full_year(int(year)), int(month or 0), int(day or 0))


def _read_text(written: str) -> Read:
    """A date in words and separators."""
    text = written
    if len(text) == 10 and text[4] == text[7] and text[4] in "-/.":
        try:
            return _checked(dt.date.fromisoformat(text.replace(text[4], "-")))
        except ValueError:
            pass
    if _LUNAR.search(written):
        return Read(None, "day-lunar")
    text = _TIME.sub("", unicodedata.normalize("NFKC", text).strip()).strip()
    if len(text) > 24:
        return _UNREADABLE
    if text.isascii() and text.isdigit():
        return _from_digits(text)
    text = _NUMERALS.sub(lambda run: arabic(run[0]), text) if not text.isascii() else text
    compact = "".join(text.split()).removesuffix("生").removesuffix("出")
    named = _NAMED.fullmatch(compact)
    if named:
        return _with_parts(*named.groups())
    # Spaces separate only where nothing else does.
    separated = _SEPARATED.fullmatch(compact.translate(_DASHES)) or _SEPARATED.fullmatch(" ".join(text.split()))
    return _from_separated(separated) if separated else _UNREADABLE


def _checked(day: dt.date) -> Read:
    """The same day, if its year is believed."""
    return Read(day.isoformat()) if FIRST_YEAR <= day.year <= LAST_YEAR else _UNREADABLE


def _from_separated(separated: re.Match[str]) -> Read:
    """A date whose parts are set apart by one kind of sign."""
    year, sign, month, day = separated.groups()
    if day is None:
        if len(year) == 2 or sign == " ":
            return _UNREADABLE
        if sign == "." and month == "1" and FIRST_YEAR <= int(year) <= LAST_YEAR:
            return Read(year, "day-october")
    # 12/7/15 may be an American date of 2015.
    if len(year) == 2 and sign == "/" and int(year) <= 12:
        return _UNREADABLE
    return _with_parts(year, month, day)
