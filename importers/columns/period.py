"""The time that a count speaks of, as titles and names of sheets say it: 2025年度, 第二季度, 上半年, 1—5月, 截至5月底, 二〇二六年五月."""

import datetime as dt
import re
import unicodedata
from typing import NamedTuple

from models.values.numbers import arabic

_NUMERALS = re.compile("[零〇○一二三四五六七八九十]+(?=[年月季度日])|(?<=第)[一二三四]")
_YEAR = r"(?:(?<!\d)(?P<year>20\d\d|19\d\d)|(?<!\d)(?P<short>\d\d)(?=年))"
_DASH = r"\s*(?:-|~|至|到|—|－|–)\s*"
#: A month that ends a span of months, or stands alone; a day behind it counts too.
_MONTH = re.compile(
    rf"(?<!\d)(?:(?P<first>\d{{1,2}})月?(?:份)?{_DASH})?(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})?(?=[日号]|(?!\d))"
)
_QUARTER = re.compile(r"(?:第)?(?P<quarter>[1-4])季度?|(?<![a-z])q(?P<letter>[1-4])(?!\d)")
_HALF = re.compile("(?P<half>上|下)半年|半年[报度]")
#: The number of a document, and what a sheet was asked for by: they say nothing of its own time.
_REFERENCE = re.compile(
    r"[〔\[(【<]\s*(?:19|20)\d\d\s*[〕\])】>]\s*第?\s*\d+\s*号"
    r"|(?:关于|根据|按照?|依据|依照)[^,，。;；]{0,30}?(?:通知|文件|精神|会议|要求|部署|决定)+(?:要求|精神|部署|的|上?报送|统计|填报)*"
)
_OTHER_CALENDARS = re.compile("民国|农历|阴历")
_MONTHS_OF_YEARS = re.compile(r"(20\d\d)年\d{1,2}月")
_SPANS = re.compile(r"月(?:\d{1,2}日|份|底|末)?\s*(?:[-~—–]|至|到)")
_YEARS = re.compile(_YEAR)
_SEPARATED = re.compile(
    r"(?<!\d)(?P<year>20\d\d)\s*(?P<sign>[-./])\s*(?P<month>1[0-2]|0?[1-9])"
    r"(?:\s*(?P=sign)\s*(?P<day>[12]\d|3[01]|0?[1-9]))?(?!\d|月)"
)
_COMPACT = re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])?(?!\d)")
_WHOLE = re.compile("年度|年报|全年|年末|年底|年终")


class HeaderPeriod(NamedTuple):
    """The year (0: not said), the day within it as "-05" or "-05-31" ("" for a year alone); ``whole``: said to be a year's."""

    year: int = 0
    rest: str = ""
    whole: bool = False

    @property
    def day(self) -> str:
        """The day as ISO text cut to what is known; "" without a year."""
        return f"{self.year:04}{self.rest}" if self.year else ""


def own_time(text: str) -> str:
    """What a title says of its own time: without numbers of documents; "" where it compares years or counts otherwise."""
    text = _REFERENCE.sub("", unicodedata.normalize("NFKC", text))
    years = set(_MONTHS_OF_YEARS.findall(text))
    return "" if _OTHER_CALENDARS.search(text) or (len(years) > 1 and not _SPANS.search(text)) else text


def read_period(text: str) -> HeaderPeriod:
    """The time that a text speaks of: a span counts as its last month, since counts are taken at its end."""
    text = own_time(text).casefold()
    text = _NUMERALS.sub(lambda run: arabic(run[0]), text)
    for pattern in (_SEPARATED, _COMPACT):
        if dated := [*pattern.finditer(text)]:
            last = dated[-1]
            return _made(int(last["year"]), int(last["month"]), int(last["day"] or 0))
    years = [*_YEARS.finditer(text)]
    year = _year(years[-1]) if years else 0
    quarter, half = _QUARTER.search(text), _HALF.search(text)
    months = [found for found in _MONTH.finditer(text) if 1 <= int(found["month"]) <= 12]
    if months:
        return _made(year, int(months[-1]["month"]), int(months[-1]["day"] or 0))
    if quarter:
        return _made(year, 3 * int(quarter["quarter"] or quarter["letter"]))
    if half:
        return _made(year, 12 if half["half"] == "下" else 6)
    return HeaderPeriod(year, "", bool(_WHOLE.search(text)))


def _year(found: re.Match[str]) -> int:
    return int(found["year"]) if found["year"] else 2000 + int(found["short"])


def _made(year: int, month: int, day: int = 0) -> HeaderPeriod:
    try:
        dt.date(year or 2000, month, day or 1)
    except ValueError:
        return HeaderPeriod(year)
    return HeaderPeriod(year, f"-{month:02}" + (f"-{day:02}" if day else ""))


def latest_year(rest: str, today: dt.date) -> int:
    """The year of the newest such day that is not after today: where nothing says which year is meant."""
    return (
        today.year if f"{today.year}{rest}"[: len(rest) + 4] <= today.isoformat()[: len(rest) + 4] else today.year - 1
    )
