"""The tables of one sheet: beside each other, one below the other, upright; each becomes a sheet of its own to read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from importers.columns import counted, upright
from importers.columns.header import Header, find, is_header, repeats
from importers.columns.header_lines import is_line
from importers.columns.header_text import letter, normal, written
from importers.columns.persons import is_person
from importers.columns.vocabulary import SEQUENCE, is_anchor, known, of_others, words
from importers.reader.held import places_of
from importers.workbook.sheet import Merged, Sheet, SheetRow
from models.language import _
from models.values.columns import Plain
from models.values.marks import FAMILY_NAMES

#: Rows that are enough to find a header, and to see which columns hold something.
HEAD_ROWS = 40
_LOOKED_AT = 200
#: Fields of which a table beside another has one of its own: a second pair of name and phone may be a relative's.
_OWN_FIELDS = frozenset(("id_number", "credit_code", "subject_credit_code", "staff_count", "member_count"))
_TITLE = re.compile("[\u4e00-\u9fff].{2,}(?:表|册|名单|台账|清单|会员|人员|职工|企业|单位|工会|情况)(?:[(（].*[)）])?$")


def tables(sheet: Sheet) -> list[Sheet]:
    """The tables of a sheet, from left to right and from top to bottom; the sheet itself where it holds one, or none.

    The first keeps the sheet's name, the others are called by their range. Columns keep their letters, rows their numbers.
    """
    if sheet.head.refused or not sheet.rows:
        return [sheet]
    header = find(sheet.rows[:HEAD_ROWS], sheet.head.merged)
    if header is None:
        return upright.read(sheet) or [sheet]
    found = [below for beside in _beside(sheet, header) for below in _below(beside)]
    return [part for each in found for part in counted.read(each)]


def _beside(sheet: Sheet, header: Header) -> list[Sheet]:
    """The tables that stand side by side: each has its names, and its row numbers or numbers of its own."""
    starts = _starts(sheet, header)
    if len(starts) < 2:
        return [sheet]
    width = max(len(row.values) for row in sheet.rows)
    ends = [*(start - 1 for start in starts[1:]), width - 1]
    blocks = [_columns(sheet, 0 if at == 0 else start, end) for at, (start, end) in enumerate(zip(starts, ends, strict=True))]
    texts = [header.normal_texts[start : end + 1] for start, end in zip(starts, ends, strict=True)]
    blocks = [
        _entitled(sheet, header, block, start) if of_block == texts[0] else block
        for block, start, of_block in zip(blocks, starts, texts, strict=True)
    ]
    return _named(sheet, blocks, _("这张工作表里并排有 {count} 张表，各按一张表读取。"))


def _entitled(sheet: Sheet, header: Header, block: Sheet, start: int) -> Sheet:
    """A table with the lines that stand above the first one of the same header: they speak of all of them."""
    top = header.rows[0] if header.rows else header.first_data
    own = {row.number for row in block.rows}
    above = [row for row in sheet.rows if row.number < top and row.number not in own]
    lines = [(row, [value for value in row.values if value is not None]) for row in above]
    said = [SheetRow(row.number, [None] * start + cells, row.hidden) for row, cells in lines if len(cells) == 1]
    return Sheet(block.head, [*said, *block.rows])


def _starts(sheet: Sheet, header: Header) -> list[int]:
    """The first columns of the tables side by side: those behind a gap, and in each part those whose header comes again."""
    texts, used = header.normal_texts, _used(sheet.rows, header)
    first = next((index for index, text in enumerate(texts) if text), 0)
    if copies := _copies(header, first):
        return copies
    gaps = [index for index in range(first + 1, len(texts)) if index in used and index - 1 not in used]
    parts = _tables_of(sheet, header, [first, *gaps], len(texts))
    ends = [*parts[1:], len(texts)]
    return [start for part, end in zip(parts, ends, strict=True) for start in _again(sheet, header, part, end)]


def _tables_of(sheet: Sheet, header: Header, starts: Sequence[int], end: int) -> list[int]:
    """Of some first columns those with which a table begins; what is none belongs to the one before. At least the first."""
    ends = [*starts[1:], end]
    strong = [start for start, last in zip(starts, ends, strict=True) if _is_table(sheet, header, start, last)]
    return strong if len(strong) > 1 else [starts[0]]


def _again(sheet: Sheet, header: Header, first: int, end: int) -> list[int]:
    """The first columns of the tables of one part, whose header comes again without a gap."""
    keys = [(normal(group), text) for group, text in zip(header.groups, header.normal_texts, strict=True)][:end]
    for start in [first, *(index for index in range(first, end) if is_anchor(keys[index][1]))]:
        again = [index for index in range(start + 1, end) if keys[index] == keys[start]]
        same = [index for index in again if keys[index + 1 : index + 2] == keys[start + 1 : start + 2]]
        if same and same == again:
            return _tables_of(sheet, header, [first, *same], end)
    return [first]


def _copies(header: Header, first: int) -> list[int]:
    """The first columns of blocks that are the whole header, each the same as the first: 姓名 电话 姓名 电话.

    A second name and phone behind other columns may be a relative's, and so may those under a group of others.
    """
    texts = list(header.normal_texts[first:])
    others = any(of_others(normal(group)) or is_person(normal(group)) for group in header.groups)
    if others or not texts or not all(texts) or not is_anchor(texts[0]):
        return []
    for width in range(1, len(texts) // 2 + 1):
        if len(texts) % width == 0 and texts == texts[:width] * (len(texts) // width):
            return list(range(first, first + len(texts), width))
    return []


def _used(rows: Sequence[SheetRow], header: Header) -> set[int]:
    """The columns that hold something in the header or below it."""
    top = header.rows[0] if header.rows else header.first_data
    below = islice((row for row in rows if row.number >= top), _LOOKED_AT)
    return {index for row in below for index, value in enumerate(row.values) if value is not None}


def _is_table(sheet: Sheet, header: Header, start: int, end: int) -> bool:
    """True for columns that are a table by themselves, under this header or under one of their own."""
    texts = list(header.normal_texts[start:end])
    if not any(map(is_anchor, filter(None, texts))):
        own = find(_columns(sheet, start, end - 1).rows[:HEAD_ROWS], sheet.head.merged)
        texts = list(own.normal_texts) if own and own.rows else []
    return any(map(is_anchor, filter(None, texts))) and any(text in SEQUENCE or text in _own_words() for text in texts)


@cache
def _own_words() -> frozenset[str]:
    kinds = ("workers", "employers", "unions", "headcounts")
    return frozenset(text for kind in kinds for text, (field, _sure) in words(kind).items() if field in _OWN_FIELDS)


def _columns(sheet: Sheet, start: int, end: int) -> Sheet:
    """A sheet with nothing outside some columns."""
    rows = []
    for row in sheet.rows:
        values: list[Plain] = [None] * min(start, len(row.values)) + list(row.values[start : end + 1])
        if any(value is not None for value in values):
            rows.append(SheetRow(row.number, values, row.hidden))
    merged = tuple(each for each in sheet.head.merged if each[1] <= end and each[3] >= start)
    return Sheet(replace(sheet.head, merged=merged), rows)


def _below(sheet: Sheet) -> list[Sheet]:
    """The tables that stand below each other, under headers of their own; a header that only comes again begins none."""
    header = find(sheet.rows[:HEAD_ROWS], sheet.head.merged)
    if header is None or not header.rows:
        return [sheet]
    starts = list(_headers_below(sheet.rows, header, sheet.head.merged))
    if not starts:
        return [sheet]
    ends = [*starts, len(sheet.rows)]
    blocks = [Sheet(sheet.head, sheet.rows[start:end]) for start, end in zip([0, *starts], ends, strict=True)]
    blocks = [_rows_of(each) for each in blocks]
    return _named(sheet, blocks, _("这张工作表里上下有 {count} 张表，各按一张表读取。"))


def _rows_of(block: Sheet) -> Sheet:
    first, last = block.rows[0].number, block.rows[-1].number
    merged = tuple(each for each in block.head.merged if first <= each[0] <= last)
    return Sheet(replace(block.head, merged=merged), block.rows)


def _headers_below(rows: Sequence[SheetRow], header: Header, merged: Sequence[Merged]) -> Iterator[int]:
    """The places of rows with which another table begins, its title included."""
    current, previous = header, 0
    for place in places_of(rows, known()):
        row = rows[place]
        if type(row.values[0]) is int or row.number < current.first_data:
            continue
        if not is_header(row.values) or repeats(row.values, current) or not any(is_anchor(written(each)) for each in row.values):
            continue
        start = place
        while start - 1 > previous and place - start < 3 and _introduces(rows[start - 1], rows[start]):
            start -= 1
        below = find(rows[start : start + HEAD_ROWS], merged)
        if below is None or not below.rows or below.texts == current.texts:
            continue
        current, previous = below, place
        yield start


def _introduces(row: SheetRow, below: SheetRow) -> bool:
    """True for a title, a line or a row of groups directly above a header."""
    cells = [written(value) for value in row.values if value is not None]
    if row.number + 3 < below.number or any(re.search(r"\d{5}", cell) for cell in cells):
        return False
    if len(cells) == 1:
        # what is no name of a person, and stands alone right above a header, is the title below it
        no_name = len(cells[0]) > 4 or cells[0][:1] not in FAMILY_NAMES
        return bool(_TITLE.search(cells[0])) or is_line(row.values) or (no_name and row.number + 1 == below.number)
    return is_line(row.values) and len(cells) < 4


def _named(sheet: Sheet, blocks: Sequence[Sheet], note: str) -> list[Sheet]:
    """The tables with names and the note; the first keeps the sheet's name."""
    blocks = [block for block in blocks if block.rows]
    named = []
    for place, block in enumerate(blocks):
        name = sheet.head.sheet if place == 0 else f"{sheet.head.sheet}（{_range(block)}）"
        notes = (*sheet.head.notes, note.format(count=len(blocks))) if place == 0 else ()
        named.append(Sheet(replace(block.head, sheet=name, notes=notes, part="table"), block.rows))
    return named


def _range(block: Sheet) -> str:
    columns = {index for row in block.rows for index, value in enumerate(row.values) if value is not None}
    return f"{letter(min(columns))}{block.rows[0].number}:{letter(max(columns))}{block.rows[-1].number}"
