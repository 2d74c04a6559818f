"""Tables that stand in a text, put one below the other as a sheet has them: what stood above each, then its rows.

A document has no sheets and no row numbers. A table that only goes on (after a page, after a section's line, as the next copy
of one form) belongs to the sheet of the table before; any other begins a sheet of its own, with the lines that stand above it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from importers.workbook.opened import OpenSheet, ReadOptions, settle_row, trim, widest
from importers.workbook.refusals import Told
from importers.workbook.sheet import Merged, SheetRow

#: Lines above a table, and below the last one, that may speak of it; longer ones are the text around it.
_LINES = 6
_LONGEST_LINE = 120
#: 一、某某公司（3人）, （二）…, 1.…, or a short line with a number of people at its end: a section, not another title.
_SECTION = re.compile(r"^\s*[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|^\s*\d{1,2}[、.．](?!\d)|[（(]共?\d{1,5}[人名家户][)）]\s*$")
_LONG_NUMBER = re.compile(r"\d{5}")
#: Of the cells of two forms so many stand at the same places with the same words.
_SAME_FORM = 0.4
_LEAST_LABELS = 4

Cells = list[str | None]


@dataclass(slots=True)
class TableBlock:
    """One table of a document: the ``lines`` directly above it, its rows of one width, and its merged cells.

    ``merged`` counts rows from 0 here. ``below`` are the lines after it, where no other table follows.
    """

    lines: list[str]
    rows: list[Cells]
    merged: list[Merged] = field(default_factory=list)
    below: list[str] = field(default_factory=list)
    notes: list[Told] = field(default_factory=list)


@dataclass(slots=True)
class _Pile:
    """A sheet that is being put together; ``first`` is its first table, ``last`` the one that was put there last."""

    first: TableBlock
    last: TableBlock
    rows: list[SheetRow] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    notes: list[Told] = field(default_factory=list)
    used: int = 0

    def put(self, lines: Iterable[str], block: TableBlock, leave_out: int = 0) -> None:
        """Add lines and a table without its first ``leave_out`` rows."""
        for line in lines:
            self._add([line])
        start = self.used + 1 - leave_out
        for cells in block.rows[leave_out:]:
            self._add(cells)
        inside = (each for each in block.merged if each[0] >= leave_out)
        self.merged += [(start + top, left, start + bottom, right) for top, left, bottom, right in inside]
        self.notes += [note for note in block.notes if note not in self.notes]
        self.last = block

    def _add(self, cells: Sequence[str | None]) -> None:
        self.used += 1
        if values := trim(settle_row(cells)):
            self.rows.append(SheetRow(self.used, values))


def worth_a_line(text: str) -> bool:
    """True for a paragraph that may say something of the table below it, and is no running text."""
    return 0 < len(text) <= _LONGEST_LINE


def sheets(blocks: Iterable[TableBlock], name: str, counted: Told, options: ReadOptions) -> Iterator[OpenSheet]:
    """The sheets that the tables of a document make; ``name`` is its file's, ``counted`` tells how the rows are numbered."""
    piles: list[_Pile] = []
    for block in blocks:
        if not any(any(cell for cell in cells) for cells in block.rows):
            continue
        pile = piles[-1] if piles else None
        if pile is not None and (repeated := _goes_on(pile, block)) is not None:
            pile.put([] if block.lines == pile.first.lines else block.lines, block, repeated)
            continue
        piles.append(_Pile(block, block))
        piles[-1].put(block.lines[-_LINES:], block)
    for index, pile in enumerate(piles):
        pile.put(pile.last.below[:_LINES], TableBlock([], []))
        title = PurePath(name).stem if len(piles) == 1 else f"表格{index + 1}"
        sheet = OpenSheet(title, index, merged=tuple(pile.merged), notes=[*pile.notes, counted], height=pile.used)
        if widest(pile.rows) > options.limits.columns:
            sheet.refused = ("too-wide", {"sheet": title, "limit": options.limits.columns})
        elif pile.used > options.limits.rows:
            sheet.refused = ("too-long", {"sheet": title, "limit": options.limits.rows})
        else:
            sheet.rows = pile.rows
        yield sheet


def _goes_on(pile: _Pile, block: TableBlock) -> int | None:
    """How many rows at the beginning of a table only repeat the header of the sheet before; None when it does not go on."""
    if len(block.rows[0]) != len(pile.first.rows[0]):
        return None
    if _is_form(pile.first, block):
        return 0 if block.lines in ([], pile.first.lines) else None
    if not all(map(_SECTION.search, block.lines)):
        return None
    if repeated := _repeated(pile.first.rows, block.rows):
        return repeated
    # the first row of a header has no long number: a table that begins with one has no header
    bare = any(_LONG_NUMBER.search(cell) for cell in block.rows[0] if cell)
    return 0 if bare and len(pile.first.rows) > 1 else None


def _repeated(above: Sequence[Cells], rows: Sequence[Cells]) -> int:
    """How many first rows are the same as the first rows of the table above, which are its header."""
    count = 0
    for one, other in zip(above, rows, strict=False):
        if one != other or any(_LONG_NUMBER.search(cell) for cell in one if cell):
            break
        count += 1
    # the header may stand below a title that only the first page has
    return count or next((1 for row in above[1:3] if row == rows[0] and sum(map(bool, row)) > 1), 0)


def _is_form(one: TableBlock, other: TableBlock) -> bool:
    """True for two copies of one form: the same words at the same places in several rows, and other words between them."""
    if len(one.rows) != len(other.rows) or len(one.rows) < 2 or one.rows[0] == other.rows[0]:
        return False
    pairs = [
        (cell, beside)
        for cells, besides in zip(one.rows, other.rows, strict=True)
        for cell, beside in zip(cells, besides, strict=True)
        if cell or beside
    ]
    same = sum(cell == beside for cell, beside in pairs)
    rows = sum(any(c and c == b for c, b in zip(cells, besides, strict=True)) for cells, besides in zip(one.rows,
        other.rows, strict=True))
    return same >= _LEAST_LABELS and same >= _SAME_FORM * len(pairs) and 2 * rows > len(one.rows)
