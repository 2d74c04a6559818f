"""A block of cells from a spreadsheet as cells of a list: which column is which field, which row is which record.

With a header row the columns go to the fields that it names, and the rows to the records that their numbers or names name;
without one both go by place. What is empty or covered in the block overwrites nothing.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import StringIO

from models.editing.cell_kinds import rules_of
from models.editing.cell_rules import CellKind, CellRules
from models.editing.cells import MOST
from models.errors import UserError
from models.language import _
from models.patterns import pattern
from models.values.cleaning import normal_name
from models.values.columns import BLANKS, Column

#: Numbers that are covered: 199****0001.
_COVERED = pattern(r"\*{2,}|＊{2,}|●{2,}|•{2,}")
#: Of the cells of the first row at least this part must be titles, else it is no header.
_ENOUGH = 0.5


@dataclass(frozen=True)
class BlockPlace:
    """Where a block without a header goes: the records from the current one down (uids), the columns from the current one on."""

    uids: Sequence[str]
    columns: Sequence[Column]


@dataclass
class CellBlock:
    """A block as cells: by record (uid), then by field, as written. The rest says what was left out.

    ``by_header``: the columns were named; ``locked``: titles of columns that cannot be changed here; ``unknown``: headers that
    name no column; ``covered``: how many cells were covered numbers; ``lost``: rows that name no record, or several, in words.
    """

    cells: dict[str, dict[str, str]] = field(default_factory=dict)
    by_header: bool = False
    locked: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    covered: int = 0
    lost: list[str] = field(default_factory=list)


def rows_of_text(text: str) -> list[list[str]]:
    """The cells of a copied block: tabs between them, a cell with line breaks in quotes. UserError for far too many."""
    rows = [[cell.strip() for cell in row] for row in csv.reader(StringIO(text, newline=""), delimiter="\t")]
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MOST + 1:
        raise UserError(_("剪贴板里有 {rows:,} 行，一次最多贴 {most:,} 行；更多的请用“导入”。").format(rows=len(rows), most=MOST))
    return rows


def read_block(kind: CellKind, rows: Sequence[Sequence[str]], columns: Sequence[Column], place: BlockPlace) -> CellBlock:
    """Which cells of a list of a kind a block means. ``columns``: all that the list may show, by which a header is known."""
    titled = _titled(rows[0], columns) if rows else []
    block = CellBlock(by_header=bool(titled))
    across = titled or list(place.columns)[: max((len(row) for row in rows), default=0)]
    rules = rules_of(kind)
    may = rules.columns()
    block.locked = [column.title for column in across if column is not None and column.name not in may]
    if titled:
        block.unknown = [text for text, column in zip(rows[0], titled, strict=True) if column is None and text]
    for row, uid in zip(rows[1:] if titled else rows, _records(rules, rows, titled, place, block), strict=False):
        cells = {}
        for text, column in zip(row, across, strict=False):
            if column is None or column.name not in may or text in BLANKS:
                continue
            if column.private and _COVERED.search(text):
                block.covered += 1
                continue
            cells[column.name] = text
        if uid and cells:
            block.cells[uid] = cells
    return block


def _titled(first: Sequence[str], columns: Sequence[Column]) -> list[Column | None]:
    """The column of each cell of a header row, None for one that names none; empty when the row is no header."""
    known: dict[str, Column] = {}
    for column in columns:
        for text in (column.label, column.title, *column.synonyms):
            known.setdefault(normal_name(text), column)
    found = [known.get(normal_name(text)) if text else None for text in first]
    named = sum(each is not None for each in found)
    return found if named and named >= _ENOUGH * sum(bool(text) for text in first) else []


def _records(
    rules: CellRules, rows: Sequence[Sequence[str]], titled: Sequence[Column | None], place: BlockPlace, block: CellBlock
) -> list[str]:
    """The record (uid) of each row, "" for a row without one; what became of that is told in ``block``."""
    at = {column.name: number for number, column in reversed(list(enumerate(titled))) if column is not None}
    keys = [name for name in rules.keys if name in at]
    if not keys:
        count = len(rows) - bool(titled)
        if count > len(place.uids):
            block.lost.append(_("最后 {count:,} 行在名单下面，没有对着的记录").format(count=count - len(place.uids)))
        return list(place.uids)
    found = [{name: (row[number] if number < len(row) else "") for name, number in at.items()} for row in rows[1:]]
    by = {name: rules.found_by(name, _wanted(each[name] for each in found)) for name in keys}
    return [_record(rules, each, by, block) for each in found]


def _wanted(texts: Iterable[str]) -> list[str]:
    return [text for text in dict.fromkeys(texts) if text and not _COVERED.search(text)]


def _record(rules: CellRules, row: Mapping[str, str], by: Mapping[str, Mapping[str, list[str]]], block: CellBlock) -> str:
    called = next((row[name] for name in reversed(list(by)) if row[name]), "")
    for name, held in by.items():
        found = held.get(row[name], [])
        if len(found) > 1:
            found = rules.narrowed(found, row)
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            block.lost.append(_("“{name}”有 {count} 条，不知道是哪一条").format(name=called, count=len(found)))
            return ""
    if any(row[name] for name in by):
        block.lost.append(_("登记册里没有“{name}”").format(name=called or _("这个号码")))
    return ""
