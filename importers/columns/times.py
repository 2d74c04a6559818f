"""Times as headers of columns say them: 1月, 2024年, 2025年底, 第一季度, 上半年, 2026.5, 2026年5月31日."""

import datetime as dt
import re

from importers.columns.header_text import written
from models.values.columns import Plain

_WITHIN = (
    r"(?:\d{1,2}月?(?:份)?[-~至到—])?(?:1[0-2]|0?[1-9])月(?:份|\d{1,2}[日号]?)?|(?:十[一二]?|[一二三四五六七八九])月份?"
    "|第?[一二三四1-4]季度?|[上下]半年|[qQ][1-4](?![0-9])"
)
_YEAR = r"(?<!\d)(?:20\d\d|\d\d(?=年))(?!\d)年?度?"
#: A time within a text without spaces; a number alone is one only as a year.
TIME = re.compile(
    rf"(?:截[至止]到?)?(?:(?<!\d)20\d\d[./-]\d{{1,2}}(?:[./-]\d{{1,2}})?(?!\d)|{_YEAR}(?:{_WITHIN})?|(?<![\d年])(?:{_WITHIN}))"
    r"(?:年?[末底终]|止)?"
)


def is_time(value: Plain) -> bool:
    """True for a cell that is nothing but a time: 1月, 2024年, 第一季度, 2024 as a number, the first day of a month."""
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, dt.date):
        return value.day == 1
    if isinstance(value, int | float):
        return 2000 <= value < 2100 and value == int(value)
    return bool(TIME.fullmatch("".join(written(value).split())))


def headed(value: Plain) -> str:
    """What a header cell says: a date that is shown as a month is that month."""
    return f"{value.year}年{value.month}月" if isinstance(value, dt.date) and value.day == 1 else written(value)
