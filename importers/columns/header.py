"""Where a sheet's table begins: the header rows, the text and group of every column, and what the lines above say."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from importers.columns import row_words
from importers.columns.header_lines import HeaderLines, is_line, read_lines
from importers.columns.header_text import CARRIED, normal, written
from importers.columns.times import headed, is_time
from importers.columns.vocabulary import has_known, is_anchor, is_known, is_label, known, names_unit
from importers.workbook.sheet import Merged, SheetRow
from models.uid import KEY_TITLE
from models.values.columns import BLANKS, Plain
from models.values.id_kinds import CreditCode, IdNumber

#: How many rows that are not empty are searched for a header.
SEARCHED = 20
_NUMBER_ROW = re.compile(r"\(?\d{1,3}\)?|\d+=[\d+*/-]+|[甲乙丙丁戊己庚辛]")
#: Columns from which on a header is a wide one.
_WIDE = 9
_BESIDE = 4
_ASKED = frozenset(("", "必填", "选填", "非必填", "必填项", "选填项", "可填", "必选", "可选"))
#: What a time among headers counts as.
_A_COUNT = "人数"
_DATA_TEXT = re.compile(r"\d{7}|^\d+(?:\.\d+)?$|\d{4}[-./年]\d")


@dataclass(frozen=True)
class Header:
    """A sheet's header. ``rows``: the spreadsheet's row numbers; empty for a table that begins with data at once.

    ``texts`` and ``groups`` have one entry for each column from A on. ``first_data`` is the row number where data may
    begin. ``organization``, ``day`` (ISO), ``title`` and ``other_lines`` come from above the table. ``sureness`` 0..1.
    ``day_of_counts``: the day is said to be that of the counts.
    """

    rows: tuple[int, ...]
    texts: tuple[str, ...]
    groups: tuple[str, ...]
    first_data: int
    title: str = ""
    organization: str = ""
    day: str = ""
    other_lines: tuple[str, ...] = ()
    sureness: float = 1.0
    day_of_counts: bool = False

    @cached_property
    def normal_texts(self) -> tuple[str, ...]:
        """The texts in the form in which they are compared."""
        return tuple(normal(text) for text in self.texts)


def find(rows: Sequence[SheetRow], merged: Sequence[Merged] = ()) -> Header | None:
    """Find the header among a sheet's first rows (some 40 that are not empty are enough).

    ``merged``: the sheet's merged ranges, rows from 1, columns from 0. None when the rows hold no table.
    """
    filled = [row for row in rows if any(not _empty(value) for value in row.values)]
    candidates = [(index, points) for index, row in enumerate(filled[:SEARCHED]) if (points := _points(row.values)) > 0]
    if not candidates:
        return _headless(filled)
    best = max(points for _index, points in candidates)
    base = next(index for index, points in candidates if points >= 0.6 * best)
    span = _extended(filled, base, merged)
    if _is_form(filled, span):
        return None
    labels = [text for index in span for value in filled[index].values if (text := written(value))]
    recognised = sum(map(is_known, labels)) / max(len(labels), 1)
    return _header(filled, span, merged, round(min(1.0, 0.4 + 0.4 * recognised + 0.05 * best), 2))


def at(rows: Sequence[SheetRow], row_numbers: Sequence[int], merged: Sequence[Merged] = ()) -> Header:
    """The header made of the rows that a person picked, by the spreadsheet's row numbers; none means data at once."""
    filled = [row for row in rows if any(not _empty(value) for value in row.values)]
    span = [index for index, row in enumerate(filled) if row.number in set(row_numbers)]
    if span:
        return _header(filled, span, merged, 1.0)
    return _without_rows(filled, 0, HeaderLines(), 1.0)


def _empty(value: Plain) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _looks_like_data(value: Plain) -> bool:
    """True for what stands in data and not in headers: numbers, days, long texts."""
    if isinstance(value, str):
        return len(value) > 45 or bool(_DATA_TEXT.search(value))
    return isinstance(value, (bool, int, float, dt.date))


def _is_data(value: Plain) -> bool:
    return _looks_like_data(value) and not is_time(value)


def _points(values: Sequence[Plain]) -> float:
    """How much a row looks like a header; 0 for a row that is none."""
    cells = [value for value in values if not _empty(value)]
    if sum(map(is_time, cells)) > 1 and any(names_unit(written(value)) for value in cells):
        # names of units, and times of what is counted below them
        cells = [value if not is_time(value) else _A_COUNT for value in cells]
    texts = [written(value) for value in cells]
    labels = sum(map(is_known, texts))
    # a colon speaks of a form, unless the row holds nothing but labels
    exact = labels if labels == len(texts) > 2 else sum(is_known(text) and not text.endswith((":", "：")) for text in texts)
    near = sum(not is_known(text) and has_known(text) and not is_line([text]) for text in texts)
    points = exact + 0.4 * near - 0.6 * sum(map(_looks_like_data, cells))
    if len(cells) == 1:
        return points if exact and texts[0].strip(":：") not in row_words.NOTE_LABELS else 0
    enough = exact >= 2 or exact + near >= 3 or exact == len(cells)
    # labels such as 已建会 and 未建会 head columns that are ticked: they speak neither for a header nor against it
    told = len(cells) - sum(is_label(text) or text.startswith("其中") for text in texts) if exact >= 2 else len(cells)
    return points if enough and (2 * (exact + near) > told or exact >= 5 or _is_wide(cells, texts, exact)) else 0


def _is_wide(cells: Sequence[Plain], texts: Sequence[str], exact: int) -> bool:
    """True for the header of a list with many columns that are not ours: short and different labels, a few of them known.

    Of a shorter row two known labels stand side by side, as no label of a form does, whose value is between.
    """
    if exact < 2 or any(map(_looks_like_data, cells)) or not any(map(is_anchor, texts)):
        return False
    known_ones = [is_known(text) and not text.endswith((":", "：")) for text in texts]
    beside = any(one and other for one, other in pairwise(known_ones))
    different = len(set(texts)) >= 0.9 * len(texts) and max(map(len, texts)) <= 20
    return different and (len(cells) >= _WIDE or (len(cells) >= _BESIDE and beside))


def is_header(values: Sequence[Plain]) -> bool:
    """True for a row that begins a table wherever it stands: nothing but labels, three known ones or all of them."""
    cells = [value for value in values if not _empty(value)]
    exact = sum(is_known(written(value)) for value in cells)
    return _points(values) > 0 and (exact > 2 or exact == len(cells) > 1) and not any(map(_looks_like_data, cells))


def repeats(values: Sequence[Plain], header: Header) -> bool:
    """True when the cells of a row say again what the header says."""
    same = filled = 0
    texts = header.normal_texts
    for index, value in enumerate(values):
        if value is None or value == "":
            continue
        filled += 1
        if isinstance(value, str) and index < len(texts) and len(value) < 40 and texts[index]:
            same += normal(value) in (texts[index], normal(header.groups[index]))
        if filled - same > 3 and same < 2:
            return False
    return (same > 1 and same >= 0.6 * filled) or 0 < same == filled


def _extended(filled: Sequence[SheetRow], base: int, merged: Sequence[Merged]) -> list[int]:
    """The places of all rows of the header around its clearest row."""
    span = [base]
    while span[0] > 0 and len(span) < 3 and _groups(filled[span[0] - 1], filled[span[0]], merged):
        span.insert(0, span[0] - 1)
    while span[-1] + 1 < len(filled) and len(span) < 4:
        below = filled[span[-1] + 1]
        if below.number != filled[span[-1]].number + 1:
            break
        if not (_divides(filled[span[-1]], below, merged) or _numbers_columns(below)):
            break
        span.append(span[-1] + 1)
    return span


def _covered(row: SheetRow, column: int, merged: Sequence[Merged]) -> int | None:
    """The last column of the merged range that starts at a cell; None where the cell is not merged sideways."""
    for top, left, _bottom, right in merged:
        if top == row.number and left == column and right > left:
            return right
    return None


def _filled_columns(row: SheetRow) -> list[int]:
    return [column for column, value in enumerate(row.values) if not _empty(value)]


def _groups(upper: SheetRow, lower: SheetRow, merged: Sequence[Merged]) -> bool:
    """True when a row stands as group headers above a header row."""
    columns, below = _filled_columns(upper), _filled_columns(lower)
    if upper.number != lower.number - 1 or is_line(upper.values) or any(map(_is_data, upper.values)):
        return False
    texts = [written(upper.values[column]) for column in columns]
    if any(len(text) > 25 for text in texts):
        return False
    columns = _without_repeats(columns, upper)
    texts = [written(upper.values[column]) for column in columns]
    if len(columns) == 1:
        # one cell: a title, unless its range covers only some of the columns
        last = _covered(upper, columns[0], merged)
        return last is not None and not (columns[0] <= min(below) and last >= max(below))
    return max(columns) >= min(below) and (sum(map(is_known, texts)) > 0 or _reaches(columns, below))


def _without_repeats(columns: Sequence[int], row: SheetRow) -> list[int]:
    """The columns of a row without those that say again what the one to their left says: a group written in every cell."""
    said = {column: written(row.values[column]) for column in columns}
    return [column for column in columns if said.get(column - 1) != said[column]]


def _reaches(columns: Sequence[int], below: Sequence[int]) -> bool:
    """True when cells without known words can be groups: they begin within the table and have columns to cover."""
    within = [column for column in columns if min(below) - 1 <= column <= max(below)]
    return len(within) == len(columns) and len(below) > len(columns)


def _divides(upper: SheetRow, lower: SheetRow, merged: Sequence[Merged]) -> bool:
    """True when a row holds the fields below the groups of a header row."""
    above, columns = set(_filled_columns(upper)), _filled_columns(lower)
    if not columns or is_line(lower.values):
        return False
    times = len(columns) > 1 and all(is_time(lower.values[column]) for column in columns)
    if not times and any(_looks_like_data(lower.values[column]) for column in columns):
        return False
    if not any(column not in above for column in columns):
        return False
    texts = [written(lower.values[column]) for column in columns]
    if any(len(text) > 20 for text in texts):
        return False
    starts = {column for column in above if column + 1 not in above}
    spans = {column for column in above if _covered(upper, column, merged) is not None}
    if not all(column not in above or column in starts or column in spans for column in columns):
        return False
    under_groups = bool(spans) and all(
        any(start <= column <= (_covered(upper, start, merged) or start) for start in spans) for column in columns
    )
    labels = sum(map(is_label, texts))
    said = 2 * sum(is_known(text) or has_known(text) for text in texts) >= len(texts)
    return under_groups or times or said or labels == len(texts) > 1


def _numbers_columns(row: SheetRow) -> bool:
    """True for a row below the header that numbers the columns (1 2 3, 甲 乙 1 2) or says which must be filled in."""
    texts = [written(value) for value in row.values if not _empty(value)]
    if len(texts) > 1 and all(normal(text) in _ASKED for text in texts):
        return True
    if len(texts) < 3 or not all(_NUMBER_ROW.fullmatch(text) for text in texts):
        return False
    digits = [int(text.strip("()")) for text in texts if text.strip("()").isdigit()]
    return len(digits) > 1 and digits == list(range(digits[0], digits[0] + len(digits))) and digits[0] <= 1


def _labels(row: SheetRow) -> frozenset[str]:
    return frozenset(key for value in row.values if isinstance(value, str) and (key := normal(value)) in known())


def _is_form(filled: Sequence[SheetRow], span: Sequence[int]) -> bool:
    """True for a form that is no table: rows of other labels follow the supposed header at once."""
    seen = frozenset().union(*(_labels(filled[index]) for index in span))
    following = 0
    for row in filled[span[-1] + 1 : span[-1] + 9]:
        labels = _labels(row)
        if (len(labels) < 2 and not _is_labelled(row)) or labels & seen:
            if following == 0:
                return False
            continue
        seen |= labels
        following += 1
    header = [written(value) for index in span for value in filled[index].values if not _empty(value)]
    # a header of which every other cell is a value is the first line of a form, however short
    return following >= 2 or (following == 1 and 2 * sum(map(is_known, header)) <= len(header))


def _is_labelled(row: SheetRow) -> bool:
    """True for one label with its value beside it and nothing else, as a form's long line is."""
    cells = [written(value) for value in row.values if not _empty(value)]
    return len(cells) == 2 and len(_labels(row)) == 1 and is_known(cells[0])


def _header(filled: Sequence[SheetRow], span: Sequence[int], merged: Sequence[Merged], sureness: float) -> Header:
    """The header made of the rows at ``span``."""
    chosen = [filled[index] for index in span]
    named = [row for row in chosen if not _numbers_columns(row)] or chosen
    width = max(len(row.values) for row in filled)
    grid = [[headed(row.values[column]) if column < len(row.values) else "" for column in range(width)] for row in named]
    carried = [_apart(line) for line in grid]
    groups = [" ".join(dict.fromkeys(line[column][0] for line in carried if line[column][0])) for column in range(width)]
    grid = [[text for _group, text in line] for line in carried]
    texts = tuple(next((line[column] for line in reversed(grid) if line[column]), "") for column in range(width))
    for level in range(len(named) - 1):
        for column, group in enumerate(_spread(named[level], grid[level], grid[level + 1 :], merged)):
            if group and group != texts[column] and group not in groups[column]:
                groups[column] = f"{groups[column]} {group}".strip()
    lines = read_lines(filled[: span[0]])
    return Header(
        tuple(row.number for row in chosen), texts, tuple(groups), chosen[-1].number + 1,
        lines.title, lines.organization, lines.day, lines.others, sureness, lines.counted,
    )  # fmt: skip


def _apart(line: Sequence[str]) -> list[tuple[str, str]]:
    """The cells of a header row as (group, text): 会员信息-姓名 and 会员信息-性别 carry their group with them."""
    parts = [CARRIED.match(text) for text in line]
    carried = sum(bool(part and is_known(part[2])) for part in parts) > 1
    return [
        (part[1], part[2]) if part and carried and is_known(part[2]) and normal(text) not in known() else ("", text)
        for part, text in zip(parts, line, strict=True)
    ]


def _spread(row: SheetRow, line: list[str], below: list[list[str]], merged: Sequence[Merged]) -> list[str]:
    """A row of group texts over the columns they cover: their merged range, or the blanks that follow them."""
    under = [any(lower[column] for lower in below) for column in range(len(line))]
    spread = [""] * len(line)
    current, until = "", -1
    for column, text in enumerate(line):
        if text:
            current = text if under[column] else ""
            last = _covered(row, column, merged)
            until = len(line) - 1 if last is None else last
        if current and column <= until and under[column]:
            spread[column] = current
    return spread


def _headless(filled: Sequence[SheetRow]) -> Header | None:
    """A table that begins with data at once: it has a column of identity numbers or credit codes."""
    width = max((len(row.values) for row in filled), default=0)
    for kind in (IdNumber(), CreditCode()):
        for column in range(width):
            cells = [(index, row.values[column]) for index, row in enumerate(filled) if column < len(row.values)]
            cells = [(index, value) for index, value in cells if not _empty(value) and value not in BLANKS]
            valid = [index for index, value in cells if isinstance(value, str) and kind.parse(value).problem is None]
            if len(valid) >= min(2, len(filled)) and valid and len(valid) >= 0.6 * len(cells):
                return _without_rows(filled, valid[0], read_lines(filled[: valid[0]]), 0.5)
    return None


def _without_rows(filled: Sequence[SheetRow], first: int, lines: HeaderLines, sureness: float) -> Header:
    blank = ("",) * max((len(row.values) for row in filled), default=0)
    number = filled[first].number if filled else 1
    return Header((), blank, blank, number, lines.title, lines.organization, lines.day, lines.others, sureness, lines.counted)


def key_column(header: Header) -> int | None:
    """The column that holds the hidden keys of an export; None in a sheet that is none."""
    return next((at for at, text in enumerate(header.texts) if text and normal(text) == normal(KEY_TITLE)), None)
