"""What the native reader does not tell of an .xlsx sheet: hidden rows, error cells, formulas saved without a result.

The sheet's XML is looked through as bytes, in blocks of whole rows: most files need no more than a search for words
that are not there, which costs a tenth of reading them.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from importers.workbook.sheet import Merged
from importers.workbook.zip_gate import pieces

#: a row longer than this is looked at by nobody: the scan gives up and the limits of the child decide
_LONGEST_ROW = 32 << 20
_STEP = 1 << 20
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
#: searched for one after the other: a pattern that begins with the letters it looks for is found five times as fast
_PLAIN_ROWS = (re.compile(rb'<row r="(\d{1,9})"'), re.compile(rb'<x:row r="(\d{1,9})"'))
_ROW_NUMBER = re.compile(rb"""\br\s*=\s*["'](\d+)["']""")
_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_CELL_NAME = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_IS_ERROR = re.compile(rb"""\bt\s*=\s*["']e["']""")
_IS_TEXT = re.compile(rb"""\bt\s*=\s*["']str["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_HAS_VALUE = re.compile(rb"<(?:\w+:)?(?:v|is)\b")
_DIMENSION = re.compile(rb"""<(?:\w+:)?dimension\b[^>]*\bref\s*=\s*["'](?:[A-Z]+\d+:)?([A-Z]{1,3})(\d+)["']""")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\b[^>]*\bref\s*=\s*["']([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)["']""")


@dataclass(slots=True)
class SheetPart:
    """Findings about one sheet. Columns count from 0, rows from 1; ``errors`` is {row: {column: text}}."""

    hidden_rows: set[int] = field(default_factory=set)
    errors: dict[int, dict[int, str]] = field(default_factory=dict)
    unsaved: list[tuple[int, int]] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    #: rows times columns, and rows, that the sheet itself declares, 0 when it declares nothing
    declared_cells: int = 0
    declared_rows: int = 0
    last_row: int = 0
    #: False when a row's number is not above the one before it
    in_order: bool = True
    #: False when the sheet's end is missing
    whole: bool = True


def column_of(letters: bytes) -> int:
    """The column of a cell's letters, A = 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def scan(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> SheetPart:
    """Look through one sheet's XML. Refusal "damaged" when it cannot be unpacked or its checksum is wrong."""
    found = SheetPart()
    numbered = True
    for at, block in enumerate(blocks(archive, entry)):
        if at == 0:
            numbered = look_at_start(block, found)
        look_for_hidden(block, found, numbered)
        if b't="e"' in block or b"<f" in block or b":f" in block or b"t='" in block or b"t =" in block:
            _look_at_cells(block, found)
        look_for_merged(block, found)
    return found


def blocks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """A sheet's XML in pieces that end after a row. Refusal as for :func:`scan`."""
    rest = b""
    for piece in pieces(archive, entry, _STEP):
        rest += piece
        end = rest.rfind(b"row>") + 4
        if end > 4:
            yield rest[:end]
            rest = rest[end:]
        elif len(rest) > _LONGEST_ROW:
            return
    yield rest


def look_at_start(block: bytes, found: SheetPart) -> bool:
    """Note the declared size; True when rows carry their numbers."""
    if size := _DIMENSION.search(block[:8192]):
        found.declared_rows = int(size[2])
        found.declared_cells = (column_of(size[1]) + 1) * found.declared_rows
    first = _ROW.search(block)
    return first is None or _ROW_NUMBER.search(first[1]) is not None


def look_for_merged(block: bytes, found: SheetPart) -> None:
    """Note the merged ranges, which stand behind the rows."""
    if b"mergeCell " in block:
        found.merged += [
            (int(top), column_of(left), int(bottom), column_of(right))
            for left, top, right, bottom in _MERGED.findall(block)
        ]


def look_for_hidden(block: bytes, found: SheetPart, numbered: bool) -> None:
    """Note hidden rows, the last row, and whether the rows are in order. ``numbered``: rows carry their numbers."""
    if numbered and (b"hidden" not in block or not _HIDDEN.search(block)):
        for numbers in (list(map(int, pattern.findall(block))) for pattern in _PLAIN_ROWS):
            if not numbers:
                continue
            found.in_order &= found.last_row < numbers[0] and numbers == sorted(set(numbers))
            found.last_row = max(found.last_row, *numbers)
        return
    for row in _ROW.finditer(block):
        written = _ROW_NUMBER.search(row[1])
        number = int(written[1]) if written else found.last_row + 1
        found.in_order &= found.last_row < number
        found.last_row = number
        if _HIDDEN.search(row[1]):
            found.hidden_rows.add(number)


def _look_at_cells(block: bytes, found: SheetPart) -> None:
    for cell in _CELL.finditer(block):
        attributes, inside = cell[1], cell[2]
        error = _IS_ERROR.search(attributes) is not None
        if not error and not _FORMULA.search(inside):
            continue
        name = _CELL_NAME.search(attributes)
        if name is None:
            continue
        row, column = int(name[2]), column_of(name[1])
        value = _VALUE.search(inside)
        if error and value:
            found.errors.setdefault(row, {})[column] = value[1].decode("ascii", "replace")
        elif not error and not _has_result(attributes, inside):
            found.unsaved.append((row, column))


def _has_result(attributes: bytes, inside: bytes) -> bool:
    """An empty text is a result; a formula without any value was never calculated."""
    if _IS_TEXT.search(attributes):
        return _HAS_VALUE.search(inside) is not None
    value = _VALUE.search(inside)
    return value is not None and bool(value[1].strip())
