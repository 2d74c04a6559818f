"""Writing rows of cells into .xlsx, BIFF8 (.xls and .et) and text files, the same bytes on every run.

What stands in the cells is decided elsewhere; here are only the containers.
"""

import datetime as dt
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import xlwt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

#: What one cell of a sample holds; a str is written as text, never as a formula or a number.
Value = str | int | float | dt.date | None
Rows = list[list[Value]]

#: The moment that every made file bears, so that making it again gives the same bytes.
MADE_AT = dt.datetime(2026, 7, 6, 9, 0, 0)


@dataclass
class Sheet:
    """A sheet to be made: ``rows`` start at row 1, column A; ``header`` counts the rows (from 1) drawn as headers."""

    name: str
    rows: Rows
    header: tuple[int, ...] = ()
    merged: tuple[str, ...] = ()
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    #: cell range → the range on another sheet that its drop-down offers
    choices: dict[str, str] = field(default_factory=dict)


def write_xlsx(path: Path, sheets: list[Sheet]) -> Path:
    """Write ``sheets`` into a new .xlsx at ``path`` and return it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        made = book.create_sheet(sheet.name)
        _fill(made, sheet)
    book.properties.creator = "示例"
    book.properties.created = MADE_AT
    stream = BytesIO()
    book.save(stream)
    path.write_bytes(_without_the_clock(stream.getvalue()))
    return path


def _fill(made: Worksheet, sheet: Sheet) -> None:
    """Put values and the look of an ordinary office sheet into an openpyxl worksheet."""
    line = Side(style="thin", color="999999")
    for at, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is None:
                continue
            cell = made.cell(at, column, value)
            cell.alignment = Alignment(vertical="center", wrap_text=at in sheet.header)
            if isinstance(value, str):
                cell.number_format = "@"
            elif isinstance(value, dt.date):
                cell.number_format = "yyyy/m/d"
            if sheet.header and at >= min(sheet.header):
                cell.border = Border(line, line, line, line)
            if at in sheet.header:
                cell.font = Font(bold=True)
                cell.fill = PatternFill("solid", fgColor="DDEBF7")
                cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
                made.column_dimensions[get_column_letter(column)].width = 16
    for area in sheet.merged:
        made.merge_cells(area)
    for row_number in sheet.hidden_rows:
        made.row_dimensions[row_number].hidden = True
    for area, source in sheet.choices.items():
        offer = DataValidation(type="list", formula1=source, allow_blank=True)
        offer.add(area)
        made.add_data_validation(offer)
    made.sheet_state = "hidden" if sheet.hidden else "visible"


def _without_the_clock(package: bytes) -> bytes:
    """The same .xlsx package with MADE_AT in place of every moment of writing."""
    stamp = MADE_AT.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            content = old.read(name)
            if name == "docProps/core.xml":
                head, tail = content.split(b"<dcterms:modified", 1)
                opening, rest = tail.split(b">", 1)
                content = head + b"<dcterms:modified" + opening + b">" + stamp + rest[rest.index(b"<") :]
            entry = zipfile.ZipInfo(name, MADE_AT.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, content)
    return out.getvalue()


def write_biff(path: Path, sheets: list[Sheet]) -> Path:
    """Write ``sheets`` as BIFF8, the content of .xls and of WPS's .et alike, and return ``path``."""
    book = xlwt.Workbook(encoding="utf-8")
    plain = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin")
    text = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin", num_format_str="@")
    day = xlwt.easyxf("borders: left thin, right thin, top thin, bottom thin", num_format_str="yyyy/m/d")
    head = xlwt.easyxf("font: bold on; alignment: wrap on, horizontal center, vertical center")
    for sheet in sheets:
        made = book.add_sheet(sheet.name)
        spans = {bounds[:2]: bounds for bounds in map(_bounds, sheet.merged)}
        for at, row in enumerate(sheet.rows):
            for column, value in enumerate(row):
                if value is None:
                    continue
                style = text if isinstance(value, str) else day if isinstance(value, dt.date) else plain
                style = head if at + 1 in sheet.header else style
                if (at, column) in spans:
                    made.write_merge(at, spans[at, column][2], column, spans[at, column][3], value, style)
                else:
                    made.write(at, column, value, style)
    book.save(str(path))
    return path


def _bounds(area: str) -> tuple[int, int, int, int]:
    """First row, first column, last row, last column of "A1:C2", counted from 0."""
    left, top, right, bottom = range_boundaries(area)
    return top - 1, left - 1, bottom - 1, right - 1


def write_text(path: Path, rows: list[list[str]], separator: str) -> Path:
    """Write ``rows`` as GB18030 text with CRLF line ends, quoting a cell that holds the separator; return ``path``."""

    def cell(value: str) -> str:
        return f'"{value}"' if separator in value else value

    lines = [separator.join(cell(value) for value in row) for row in rows]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("gb18030"))
    return path
