"""Counts written otherwise than one to a column: a column for each month, and 40/30 for staff and members."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from importers.columns.header import Header, find
from importers.columns.header_text import normal, written
from importers.columns.vocabulary import words
from importers.workbook.sheet import Sheet, SheetRow
from models.language import _
from models.values.columns import Plain

_MONTH = re.compile(r"^(?:(\d{4})[年./-])?(\d{1,2})月(?:份|底|末)?(.*)$")
#: 第一季度, 1季度, 2026年Q1; the count of a quarter is that of its last month.
_QUARTER = re.compile(r"^(?:(\d{4})[年./-]?)?(?:第?([一二三四1-4])季度?|[qQ]([1-4]))(?:末|底)?(.*)$")
_QUARTERS = "一二三四"
_YEAR = re.compile(r"(20\d\d)\s*年")
_TWO = re.compile(r"^\s*(\d{1,7})\s*人?\s*[/／(（|、]\s*(\d{1,7})\s*人?\s*[)）]?\s*$")
_COUNTS = ("staff_count", "women_staff_count", "member_count", "women_member_count", "migrant_member_count")
_HEAD_ROWS = 40
_SAMPLED = 200
_SHOWN = 4

#: (year or "", month, "" or the quarter that ends with it) → its columns with what they count.
_Months = dict[tuple[str, int, str], list[tuple[int, str]]]


def read(sheet: Sheet) -> list[Sheet]:
    """The sheet with every count in a column of its own: by month a sheet of each; the sheet itself where nothing is to do."""
    header = find(sheet.rows[:_HEAD_ROWS], sheet.head.merged)
    if header is None or not header.rows:
        return [sheet]
    months = _months(header)
    if len(months) > 1:
        return _by_month(sheet, header, months)
    return [_two_in_one(sheet, header)]


def _is_count(text: str) -> bool:
    return any(words(kind).get(text, ("", 0))[0] in _COUNTS for kind in ("headcounts", "unions"))


def _months(header: Header) -> _Months:
    """The columns of counts whose header or group names a month, or else a quarter; none unless several count the same."""
    found: _Months = defaultdict(list)
    quarters: _Months = defaultdict(list)
    for index, text in enumerate(header.normal_texts):
        # as it is written, for Q1 before a text is otherwise the number of a question
        heads = (header.texts[index], None), (header.groups[index], text)
        for said, rest in heads:
            month, quarter = _MONTH.match(normal(said)), _QUARTER.match(said.strip())
            if month and 1 <= int(month[2]) <= 12 and _is_count(what := rest or month[3]):
                found[month[1] or "", int(month[2]), ""].append((index, what))
                break
            if quarter and _is_count(what := rest or normal(quarter[4])):
                number = int(quarter[3] or (_QUARTERS.find(quarter[2]) + 1) or quarter[2])
                quarters[quarter[1] or "", 3 * number, f"第{_QUARTERS[number - 1]}季度"].append((index, what))
                break
    # beside months a quarter only says again what its last month says
    return found or quarters


def _by_month(sheet: Sheet, header: Header, months: _Months) -> list[Sheet]:
    """A sheet for every month or quarter; without a year they stay unread, and that is told."""
    told = _YEAR.search(" ".join((header.title, sheet.head.sheet, *header.other_lines, sheet.head.file)))
    year = told[1] if told else ""
    if not all(of or year for of, _month, _quarter in months):
        texts = [header.texts[index] for each in months.values() for index, _what in each]
        by_quarter = any(quarter for _of, _month, quarter in months)
        said = (
            _("“{columns}”按季度写，表上没有写是哪一年，没有读取；请在标题里写上年份再导入。")
            if by_quarter
            else _("“{columns}”按月写，表上没有写是哪一年，没有读取；请在标题里写上年份再导入。")
        )
        note = said.format(columns=_("、").join(texts[:_SHOWN]) + ("…" if len(texts) > _SHOWN else ""))
        return [Sheet(replace(sheet.head, notes=(*sheet.head.notes, note)), sheet.rows)]
    every = {index for each in months.values() for index, _what in each}
    return [
        _one_month(sheet, header, (f"{of or year}年{month}月", f"{of or year}年{quarter or f'{month}月'}"), columns, every)
        for (of, month, quarter), columns in months.items()
    ]


def _one_month(
    sheet: Sheet, header: Header, called: tuple[str, str], columns: list[tuple[int, str]], every: set[int]
) -> Sheet:
    """The sheet with the counts of one month, and the month as the day of which it speaks; ``called``: it, and its name."""
    month, name = called
    own = dict(columns)
    last = header.rows[-1]
    rows = [SheetRow(0, [f"统计月份：{month}"])]
    for row in sheet.rows:
        values: list[Plain] = [None if index in every - set(own) else value for index, value in enumerate(row.values)]
        if row.number in header.rows:
            for index, what in own.items():
                values += [None] * (index + 1 - len(values))
                values[index] = what if row.number == last else None
        rows.append(SheetRow(row.number, values, row.hidden))
    return Sheet(replace(sheet.head, sheet=f"{sheet.head.sheet}（{name}）", part="table"), rows)


def _two_in_one(sheet: Sheet, header: Header) -> Sheet:
    """A column 职工/会员人数 of cells such as 40/30: the second count goes to a column behind all others."""
    for index, text in enumerate(header.normal_texts):
        parts = _parts(text)
        if not parts:
            continue
        below = (row.values for row in sheet.rows if row.number >= header.first_data and index < len(row.values))
        cells = [values[index] for values in islice(below, _SAMPLED) if values[index] is not None]
        if cells and 2 * sum(bool(_TWO.match(written(cell))) for cell in cells) > len(cells):
            return _divided(sheet, header, index, parts)
    return sheet


def _parts(text: str) -> Sequence[str]:
    """The two counts that a header names: 职工/会员人数, 职工人数(会员人数)."""
    found = [part for part in re.split(r"[/()|、]+|其中:?", text) if part]
    if len(found) != 2:
        return ()
    full = [next((each for each in (part, part + "人数", part + "数") if _is_count(each)), "") for part in found]
    return full if all(full) and full[0] != full[1] else ()


def _divided(sheet: Sheet, header: Header, column: int, parts: Sequence[str]) -> Sheet:
    width = max(len(row.values) for row in sheet.rows)
    rows = []
    for row in sheet.rows:
        values = list(row.values)
        if row.number == header.rows[-1]:
            values += [None] * (width - len(values))
            values[column], second = parts[0], parts[1]
            values.append(second)
        elif row.number >= header.first_data and column < len(values) and (two := _TWO.match(written(values[column]))):
            values += [None] * (width - len(values))
            values[column] = two[1]
            values.append(two[2])
        rows.append(SheetRow(row.number, values, row.hidden))
    note = _("“{header}”一格里有两个数，读成了{first}和{second}。").format(
        header=header.texts[column], first=parts[0], second=parts[1]
    )
    return Sheet(replace(sheet.head, notes=(*sheet.head.notes, note), part="table"), rows)
