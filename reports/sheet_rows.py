"""The rows of a sheet written as they come: a workbook made around one marked row, which all the others take the place of.

xlsxwriter makes everything but the rows: styles, widths, what is frozen and printed. It would keep all rows in memory, or
leave them on the disk unencrypted. Here a row goes from the register into the compressed file, and nothing else is kept.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import IO, BinaryIO

#: The one sheet of a workbook, and what says how far it reaches.
_SHEET, _EXTENT = "xl/worksheets/sheet1.xml", re.compile('<dimension ref="[^"]*"')
_STYLE = re.compile(r'<c r="[A-Z]+[0-9]+"(?: s="([0-9]+)")?')
#: The style of a cell that has none.
PLAIN = -1
#: So many characters are compressed at once; from so many cells on a sheet may pass two gigabytes.
_AT_ONCE, _LARGE = 1 << 18, 10_000_000
#: What a text of XML cannot hold as it is, and what a spreadsheet program would take for a sign written by its number.
_MARKUP, _BY_NUMBER = re.compile("[&<>]"), re.compile("(_x[0-9a-fA-F]{4}_)")


class RowWriter:
    """Cells and rows as XML, in the styles that stood in the marked row, from left to right."""

    def __init__(self, styles: Sequence[str], columns: int) -> None:
        """``columns``: how many the sheet has at most."""
        self._letters = [letters(column) for column in range(columns)]
        self._styles = [*(f' s="{style}"' if style else "" for style in styles), ""]

    def text(self, row: int, column: int, text: str, style: int) -> str:
        """A text, which stays one whatever it looks like; an empty cell for ""."""
        place = f'<c r="{self._letters[column]}{row + 1}"{self._styles[style]}'
        return f'{place} t="inlineStr"><is>{_inside(text)}</is></c>' if text else place + "/>"

    def number(self, row: int, column: int, value: float, style: int) -> str:
        """A number, as exact as a spreadsheet holds it."""
        return f'<c r="{self._letters[column]}{row + 1}"{self._styles[style]}><v>{value:.16G}</v></c>'

    def formula(self, row: int, column: int, formula: str, value: float | None, style: int) -> str:
        """A formula without its ``=``, and what it comes to now; None for no number."""
        known = "" if value is None else f"{value:.16G}"
        return f'<c r="{self._letters[column]}{row + 1}"{self._styles[style]}><f>{_escaped(formula)}</f><v>{known}</v></c>'

    @staticmethod
    def row(row: int, cells: Iterable[str], points: float | None = None) -> str:
        """A row of cells; ``points``: its height, where it has one of its own."""
        height = f' ht="{points:g}" customHeight="1"' if points is not None else ""
        return f'<row r="{row + 1}"{height}>{"".join(cells)}</row>'


def letters(column: int) -> str:
    """What a column is called, counted from 0: A to Z, then AA and so on."""
    found, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        found = chr(65 + rest) + found
    return found


@lru_cache(8_192)
def _inside(text: str) -> str:
    kept = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    plain = _BY_NUMBER.sub(r"_x005F\1", text) if "_x" in text else text
    return f"<t{kept}>{_escaped(plain)}</t>"


def _escaped(text: str) -> str:
    if not _MARKUP.search(text):
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class Frame:
    """A workbook of one sheet without its rows."""

    def __init__(self, made: bytes, marked: int, columns: int) -> None:
        """``made``: the workbook; its row ``marked``, counted from 0, holds a cell of each style, in the order of the styles."""
        self._book = zipfile.ZipFile(io.BytesIO(made))
        sheet = self._book.read(_SHEET).decode()
        found = re.search(rf'<row r="{marked + 1}"[^>]*>(.*?)</row>', sheet, re.DOTALL)
        assert found is not None
        self._before, self._after = sheet[: found.start()], sheet[found.end() :]
        self.writer = RowWriter([each or "" for each in _STYLE.findall(found[1])], columns)

    def write(self, stream: BinaryIO, rows: Iterable[str], last: int, columns: int) -> None:
        """Write the workbook with these rows (:meth:`RowWriter.row`); ``last``: the last of them, counted from 0."""
        before = _EXTENT.sub(f'<dimension ref="A1:{letters(max(columns - 1, 0))}{last + 1}"', self._before)
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
            for item in self._book.infolist():
                if item.filename != _SHEET:
                    book.writestr(item, self._book.read(item))
                    continue
                plain = zipfile.ZipInfo(item.filename, item.date_time)
                plain.compress_type, plain.external_attr = zipfile.ZIP_DEFLATED, item.external_attr
                with book.open(plain, "w", force_zip64=last * columns > _LARGE) as part:
                    _pour(part, chain([before], rows, [self._after]))


def _pour(part: IO[bytes], texts: Iterable[str]) -> None:
    """Write texts one after another, some at once."""
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size > _AT_ONCE:
            part.write("".join(held).encode())
            held, size = [], 0
    part.write("".join(held).encode())
