"""Files for the reader's tests that no program would write for us: packages by hand, old formats, other documents."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

import openpyxl
import xlwt
from xlwt.CompoundDoc import XlsDoc

from importers.sheet import SheetRow
from importers.workbook.opened import OpenSheet, Options
from importers.workbook.reading import open_sheets

_NS = "http://schemas.openxmlformats.org"
_TYPES = (
    f'<Types xmlns="{_NS}/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_ROOT_LINKS = (
    f'<Relationships xmlns="{_NS}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_NS}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_LINKS = (
    f'<Relationships xmlns="{_NS}/package/2006/relationships"><Relationship Id="rId1" '
    f'Type="{_NS}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
)
_WORKBOOK = (
    f'<workbook xmlns="{_NS}/spreadsheetml/2006/main" xmlns:r="{_NS}/officeDocument/2006/relationships">'
    '<sheets><sheet name="花名册" sheetId="1" r:id="rId1"/></sheets></workbook>'
)


def package(
    rows: str, before: str = "", parts: Mapping[str, str | bytes] | None = None, stored: bool = False
) -> bytes:
    """An .xlsx whose only sheet holds the given row XML; ``parts`` adds or replaces parts; ``stored``: not compressed."""
    content: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _ROOT_LINKS,
        "xl/workbook.xml": _WORKBOOK,
        "xl/_rels/workbook.xml.rels": _LINKS,
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{_NS}/spreadsheetml/2006/main">{before}<sheetData>{rows}</sheetData></worksheet>'
        ),
    }
    return zipped({**content, **(parts or {})}, stored)


def zipped(parts: Mapping[str, str | bytes], stored: bool = False) -> bytes:
    """A zip of the given entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def saved(book: openpyxl.Workbook | xlwt.Workbook) -> bytes:
    """A workbook of either library as bytes."""
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx(rows: Sequence[Sequence[object]], title: str = "花名册") -> bytes:
    """An .xlsx with one sheet that holds the rows from A1 on."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def xls(rows: Sequence[Sequence[object]], title: str = "花名册") -> bytes:
    """A BIFF8 .xls with one sheet that holds the rows from A1 on."""
    book = xlwt.Workbook()
    sheet = book.add_sheet(title)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    return saved(book)


def ole(stream: str) -> bytes:
    """A minimal OLE file whose only stream has the given name, such as WordDocument."""
    out = io.BytesIO()
    XlsDoc().save(out, b"\0" * 5_000)
    named = "Workbook".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 18)
    renamed = stream.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(stream) + 2)
    return out.getvalue().replace(named, renamed)


def biff2(rows: Sequence[Sequence[str | float]]) -> bytes:
    """A worksheet of Excel 2, as some accounting programs still write: records without any wrapping."""
    records = [struct.pack("<HHHH", 0x0009, 4, 2, 0x10), struct.pack("<HHH", 0x0042, 2, 936)]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HH3x", number, column)
            if isinstance(value, str):
                text = value.encode("gbk")
                records.append(struct.pack("<HH", 0x0004, 8 + len(text)) + place + bytes([len(text)]) + text)
            else:
                records.append(struct.pack("<HH", 0x0003, 15) + place + struct.pack("<d", value))
    return b"".join([*records, struct.pack("<HH", 0x000A, 0)])


def opened(data: bytes, name: str = "花名册.xlsx", options: Options | None = None) -> list[tuple[OpenSheet, list[SheetRow]]]:
    """The sheets of a file with their rows, read in this very process: for files that do no harm."""
    _container, sheets = open_sheets(data, name, options or Options())
    return [(sheet, list(sheet.rows)) for sheet in sheets]


def values(data: bytes, name: str = "花名册.xlsx", options: Options | None = None) -> list[list[object]]:
    """The values of the first sheet's rows."""
    return [list(row.values) for row in opened(data, name, options)[0][1]]
