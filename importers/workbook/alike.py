"""Reading a sheet's rows off its XML by their shape: machines write sheets, and most rows are written alike.

One pattern reads a whole row. It is learnt from the rows that came before and grows where a row is written otherwise; such a row
is read cell by cell. What is written in no way that is known here is left to a library, by the sheet: :class:`NotAlike`.
Nothing is guessed: a cell is read as the native reader reads it, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import lt
from typing import TYPE_CHECKING, NamedTuple

from defusedxml import DefusedXmlException, ElementTree

from importers.workbook.alike_cells import decoder
from importers.workbook.alike_texts import NotAlike, SharedTexts
from importers.workbook.looks import Looks
from importers.workbook.sheet import Columns, ReadLimits
from importers.workbook.sheet_part import SheetPart, column_of, look_at_start, look_for_hidden, look_for_merged

if TYPE_CHECKING:
    from importers.workbook.alike_cells import Decode
    from models.values.columns import Plain

#: Rows of one shape that are read in one go.
_AT_A_TIME = 1_000
#: Ways to write the cells of one column, and times that the pattern grows, at most: beyond that no shape is to be learnt.
_MOST_WAYS, _MOST_GROWTH = 8, 200
_ROW = re.compile(r'<row r="(\d{1,7})"((?: [\w:]+="[^"<>&]*")*+)(/?)>')
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})(\d{1,7})"((?: [a-z]+="[^"<>&]*")*+)(?:(/>)|>(?:'
    r"(<f[^<>]*(?:/>|>[^<]*</f>))?(?:(<v/>)|<v>([^<]*)</v>)?"
    r'|<is><t( xml:space="preserve")?>([^<]*)</t></is>)</c>)'
)
_FORMULA = "<f[^<>]*(?:/>|>[^<]*</f>)"
#: How the rest of a cell is written after its attributes, by its form. A group has what is to be known of it, never "".
_FORMS = {
    "alone": "/>",
    "empty": "></c>",
    "no value": ">(?:<v/>|<v></v>)</c>",
    "value": "><v>([^<]+)</v></c>",
    "formula": f">{_FORMULA}<v>([^<]+)</v></c>",
    "formula, no value": f">{_FORMULA}(<v/>|<v></v>)</c>",
    "formula alone": f">{_FORMULA}(</c>)",
    "inline": "><is><t>([^<]*)</t></is></c>",
    "inline kept": '><is><t xml:space="preserve">([^<]*)</t></is></c>',
}
_BARE = frozenset(("alone", "empty", "no value"))
#: Formulas that were saved without a result; a text may be one that is empty.
_UNSAVED, _UNSAVED_TEXT = ("formula, no value", "formula alone"), ("formula alone",)
_START, _END = "<sheetData>", "</sheetData>"
_NEXT_ROW = "</row><row "


class _Way(NamedTuple):
    """A way to write the cells of a column: their attributes after the address, and their form."""

    attributes: str
    form: str

    @property
    def unsaved(self) -> bool:
        """True for formulas without a result."""
        if ' t="e"' in self.attributes:
            return False
        return self.form in (_UNSAVED_TEXT if ' t="str"' in self.attributes else _UNSAVED)


@dataclass
class _Shape:
    """The columns of the rows so far (from 0), with the ways in which their cells are written, the latest first."""

    ways: dict[int, list[_Way]] = field(default_factory=dict)
    always: set[int] = field(default_factory=set)
    growth: int = 0

    def grow(self, cells: dict[int, _Way]) -> bool:
        """Take in the ways of one more row; False when that would be too many."""
        first = not self.ways
        self.always = set(cells) if first else self.always & cells.keys()
        for column, way in cells.items():
            known = self.ways.setdefault(column, [])
            if way in known:
                known.remove(way)
            known.insert(0, way)
            if len(known) > _MOST_WAYS:
                return False
        self.growth += 1
        return self.growth <= _MOST_GROWTH

    def pattern(self) -> re.Pattern[str]:
        """What reads a row of this shape: its number, then the values of every way that has one."""
        slots = [_slot(column, self.ways[column], column in self.always) for column in sorted(self.ways)]
        return re.compile(rf'<row r="(\d{{1,7}})"(?: [\w:]+="[^"<>&]*")*+>{"".join(slots)}</row>')

    def valued(self) -> list[tuple[int, _Way]]:
        """The ways that have a value, in the order of the pattern's groups: (column, way)."""
        return [(column, way) for column in sorted(self.ways) for way in self.ways[column] if way.form not in _BARE]


def _slot(column: int, ways: Iterable[_Way], always: bool) -> str:
    written = "|".join(re.escape(way.attributes) + _FORMS[way.form] for way in ways)
    return rf'(?:<c r="{letters_of(column)}\1"(?:{written})){"" if always else "?+"}'


def letters_of(column: int) -> str:
    """The letters of a column, 0 = A."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class ShapeReader:
    """The rows of one sheet; made anew for each. ``texts``: the package's shared texts; ``looks``: what its styles mean.

    ``found``: what the rows so far, and at the end the rest of the sheet, tell beside their values.
    """

    def __init__(self, texts: SharedTexts, looks: Looks, limits: ReadLimits) -> None:
        """Nothing is learnt yet."""
        self.found = SheetPart()
        self._texts, self._looks, self._limits = texts, looks, limits
        self._shape, self._learning, self._last = _Shape(), True, 0
        self._pattern: re.Pattern[str] | None = None
        self._decoders: dict[_Way, Decode] = {}
        self._plan: list[tuple[int, _Way, Decode]] = []

    def read(self, blocks: Iterable[bytes]) -> Iterator[Columns]:
        """The rows of a sheet part, given in pieces that end after a row. NotAlike, possibly after some of them."""
        before, end = b"", b""
        begun = False
        for block in blocks:
            if end:
                end += block
                continue
            rows = block
            if not begun:
                before += block
                at = before.find(_START.encode())
                if at < 0:
                    continue
                look_at_start(before, self.found)
                rows, begun = before[at + len(_START) :], True
            stop = rows.find(_END.encode())
            yield from self._block(rows if stop < 0 else rows[:stop])
            end = rows[stop:] if stop >= 0 else b""
        _check_around(before[: before.find(_START.encode())], end)
        look_for_merged(end, self.found)

    def _block(self, block: bytes) -> Iterator[Columns]:
        """The rows that a piece wholly consists of."""
        try:
            text = block.decode("utf-8")
        except UnicodeDecodeError as error:
            raise NotAlike from error
        if "\r" in text or "<!" in text:
            raise NotAlike
        if "hidden" in text:
            look_for_hidden(block, self.found, numbered=True)
        at = 0
        while at < len(text):
            run, at = self._run(text, at)
            if run:
                for start in range(0, len(run), _AT_A_TIME):
                    yield self._read_run(run[start : start + _AT_A_TIME])
            else:
                row, at = self._other_row(text, at)
                yield row

    def _run(self, text: str, at: int) -> tuple[list[tuple[str, ...]], int]:
        """The texts of the rows from a place on that have the shape, and where the next one begins."""
        if self._pattern is None:
            return [], at
        if at == 0 and text.startswith("<row ") and text.endswith("</row>"):
            found = self._pattern.findall(text)
            if len(found) == text.count("<row ") == text.count(_NEXT_ROW) + 1:
                return found, len(text)
        run: list[tuple[str, ...]] = []
        match = self._pattern.match
        while len(run) < _AT_A_TIME and (row := match(text, at)):
            run.append(row.groups(""))
            at = row.end()
        return run, at

    def _read_run(self, run: list[tuple[str, ...]]) -> Columns:
        written = list(zip(*run, strict=True))
        numbers = list(map(int, written[0]))
        columns: dict[int, Sequence[Plain]] = {}
        for (column, way, decode), texts in zip(self._plan, written[1:], strict=True):
            if way.unsaved:
                self.found.unsaved += [(number, column) for number, text in zip(numbers, texts, strict=True) if text]
                continue
            held = columns.get(column)
            columns[column] = decode(texts) if held is None else _either(held, decode(texts))
        return self._made(numbers, columns)

    def _other_row(self, text: str, at: int) -> tuple[Columns, int]:
        """The row at a place of the text, read cell by cell; where it ends. How it is written is learnt."""
        row = _ROW.match(text, at)
        if row is None:
            raise NotAlike
        cells, at = ({}, row.end()) if row[3] else _cells(text, row.end(), row[1])
        if not row[3]:
            if not text.startswith("</row>", at):
                raise NotAlike
            at += len("</row>")
        columns: dict[int, Sequence[Plain]] = {}
        for column, (way, written) in cells.items():
            columns[column] = self._decoder(way)([written])
            if way.unsaved:
                self.found.unsaved.append((int(row[1]), column))
        if self._learning and cells:
            self._learn({column: way for column, (way, _written) in cells.items()})
        return self._made([int(row[1])], columns), at

    def _made(self, numbers: list[int], columns: Mapping[int, Sequence[Plain]]) -> Columns:
        wide = max(columns, default=-1) + 1
        rising = all(map(lt, numbers, numbers[1:])) and self._last < numbers[0]
        if not rising or wide > self._limits.columns or numbers[-1] > self._limits.rows:
            raise NotAlike
        self._last = numbers[-1]
        blank: Sequence[Plain] = (None,) * len(numbers)
        hidden = self.found.hidden_rows.intersection(numbers) if self.found.hidden_rows else ()
        return Columns(numbers, [columns.get(index, blank) for index in range(wide)], frozenset(hidden)).filled()

    def _learn(self, ways: dict[int, _Way]) -> None:
        self._learning = self._shape.grow(ways)
        if self._learning:
            self._pattern = self._shape.pattern()
            self._plan = [(column, way, self._decoder(way)) for column, way in self._shape.valued()]

    def _decoder(self, way: _Way) -> Decode:
        held = self._decoders.get(way)
        if held is None:
            held = self._decoders[way] = decoder(way.attributes, way.form, self._texts, self._looks)
        return held


def _check_around(before: bytes, behind: bytes) -> None:
    """What stands around the rows must be a sheet. NotAlike where it is not, or where its end is missing."""
    try:
        root = ElementTree.fromstring(before + _START.encode() + behind, forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise NotAlike from error
    if not root.tag.endswith("}worksheet"):
        raise NotAlike


def _cells(text: str, at: int, number: str) -> tuple[dict[int, tuple[_Way, str]], int]:
    """The cells that begin at a place of the text: column → how it is written and its text; where they end."""
    found: dict[int, tuple[_Way, str]] = {}
    last = -1
    while cell := _CELL.match(text, at):
        letters, row, attributes, alone, formula, no_value, value, kept, inline = cell.groups()
        column = column_of(letters.encode())
        if row != number or column <= last:
            raise NotAlike
        if alone:
            form = "alone"
        elif inline is not None:
            form = "inline kept" if kept else "inline"
        elif value:
            form = "value" if formula is None else "formula"
        elif no_value or value is not None:
            form = "no value" if formula is None else "formula, no value"
        else:
            form = "empty" if formula is None else "formula alone"
        found[column] = _Way(attributes, form), inline or value or ""
        last, at = column, cell.end()
    return found, at


def _either(some: Sequence[Plain], others: Sequence[Plain]) -> Sequence[Plain]:
    return [other if one is None else one for one, other in zip(some, others, strict=True)]
