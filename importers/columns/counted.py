"""Counts written otherwise than one to a column: a column for each time, and 40/30 for staff and members."""

import re
from collections.abc import Sequence
from dataclasses import replace

from importers.columns import timed
from importers.columns.header import Header, find
from importers.columns.header_text import written
from importers.workbook.sheet import Sheet, SheetRow
from models.language import _

_TWO = re.compile(r"^\s*(\d{1,7})\s*人?\s*[/／(（|、]\s*(\d{1,7})\s*人?\s*[)）]?\s*$")
_HEAD_ROWS = 40
_SAMPLED = 200


def read(sheet: Sheet) -> list[Sheet]:
    """The sheet with every count in a column of its own: by time a sheet of each; the sheet itself where nothing is to do."""
    header = find(sheet.rows[:_HEAD_ROWS], sheet.head.merged)
    if header is None or not header.rows:
        return [sheet]
    return timed.apart(sheet, header) or [_two_in_one(sheet, header)]


def _two_in_one(sheet: Sheet, header: Header) -> Sheet:
    """A column 职工/会员人数 of cells such as 40/30: the second count goes to a column behind all others."""
    for index, text in enumerate(header.normal_texts):
        parts = _parts(text)
        cells = [row.values[index] for row in sheet.rows if row.number >= header.first_data and index < len(row.values)]
        cells = [cell for cell in cells[:_SAMPLED] if cell is not None]
        if parts and cells and 2 * sum(bool(_TWO.match(written(cell))) for cell in cells) > len(cells):
            return _divided(sheet, header, index, parts)
    return sheet


def _parts(text: str) -> Sequence[str]:
    """The two counts that a header names: 职工/会员人数, 职工人数(会员人数)."""
    found = [part for part in re.split(r"[/()|、]+|其中:?", text) if part]
    if len(found) == 3 and found[2] in ("人数", "数"):
        del found[2]  # 职工(会员)人数
    if len(found) != 2:
        return ()
    full = [next((each for each in (part, part + "人数", part + "数") if timed.is_count(each)), "") for part in found]
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
