"""Files for the reader's tests that no program would write for us: packages by hand, old formats, other documents."""

import hashlib
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import olefile
import openpyxl
import xlwt
from xlwt.CompoundDoc import XlsDoc

from importers.workbook.opened import OpenSheet, ReadOptions
from importers.workbook.reading import open_sheets
from importers.workbook.sheet import SheetRow
from tests.aids.speaking import Rows

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


def xlsx(rows: Rows, title: str = "花名册") -> bytes:
    """An .xlsx with one sheet that holds the rows from A1 on."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def xls(rows: Rows, title: str = "花名册") -> bytes:
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


def opened(data: bytes, name: str = "花名册.xlsx", options: ReadOptions | None = None) -> list[tuple[OpenSheet, list[SheetRow]]]:
    """The sheets of a file with their rows, read in this very process: for files that do no harm."""
    _container, sheets = open_sheets(data, name, options or ReadOptions())
    return [(sheet, list(sheet.rows)) for sheet in sheets]


def values(data: bytes, name: str = "花名册.xlsx", options: ReadOptions | None = None) -> list[list[Any]]:
    """The values of the first sheet's rows."""
    return [list(row.values) for row in opened(data, name, options)[0][1]]


def biff4(rows: Sequence[Sequence[str]]) -> bytes:
    """A worksheet of Excel 4: texts with a format each, still without any wrapping."""
    records = [struct.pack("<HHHHH", 0x0409, 6, 4, 0x10, 0), struct.pack("<HHH", 0x0042, 2, 936)]
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            text = value.encode("gbk")
            records.append(struct.pack("<HHHHHH", 0x0204, 8 + len(text), number, column, 0, len(text)) + text)
    return b"".join([*records, struct.pack("<HH", 0x000A, 0)])


def looping(data: bytes) -> bytes:
    """An OLE file whose second sector says that the first one follows it: who goes on reads for ever."""
    [table] = struct.unpack_from("<I", data, 0x4C)
    looped = bytearray(data)
    struct.pack_into("<I", looped, 512 * (table + 1) + 4, 0)
    return bytes(looped)


def locked_xls(data: bytes, password: str) -> bytes:
    """An .xls under a password as Excel 97 to 2003 wrote it: RC4 with 40 bits ([MS-OFFCRYPTO] 2.3.6).

    The heads of all records, the first record, the lock itself and the sheets' places stay readable.
    """
    salt, proof = bytes(range(16)), bytes(range(100, 116))
    short = hashlib.md5(password.encode("utf-16-le")).digest()[:5]
    key = hashlib.md5((short + salt) * 16).digest()[:5]
    checked = _mixed(proof + hashlib.md5(proof).digest(), _key_stream(key, 0, 32))
    lock = struct.pack("<HHHHH", 0x002F, 54, 1, 1, 1) + salt + checked
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        stream = ole.openstream("Workbook").read()
    begin = 4 + struct.unpack_from("<H", stream, 2)[0]
    plain = bytearray(stream[:begin] + lock + stream[begin : stream.rindex(b"\x0a\0\0\0") + 4])
    plain += struct.pack("<HH", 0, -len(plain) % 4) + bytes(-len(plain) % 4)  # what fills the last sector must be records
    secret = bytearray(b"".join(_key_stream(key, block, 1024) for block in range(len(plain) // 1024 + 1)))
    place = 0
    while place + 4 <= len(plain):
        kind, size = struct.unpack_from("<HH", plain, place)
        readable = 4 + (size if kind in (0x0809, 0x002F) else 0)
        if kind == 0x0085:
            readable = 8
            [offset] = struct.unpack_from("<I", plain, place + 4)
            struct.pack_into("<I", plain, place + 4, offset + len(lock))
        secret[place : place + readable] = bytes(readable)
        place += 4 + size
    out = io.BytesIO()
    XlsDoc().save(out, _mixed(bytes(plain), bytes(secret)))
    return out.getvalue()


def _mixed(text: bytes, secret: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(text, secret, strict=False))


def _key_stream(key: bytes, block: int, size: int) -> bytes:
    """What RC4 gives for one block of a workbook."""
    own = hashlib.md5(key + struct.pack("<I", block)).digest()
    state, other = list(range(256)), 0
    for at in range(256):
        other = (other + state[at] + own[at % len(own)]) % 256
        state[at], state[other] = state[other], state[at]
    found, at, other = bytearray(), 0, 0
    for _byte in range(size):
        at = (at + 1) % 256
        other = (other + state[at]) % 256
        state[at], state[other] = state[other], state[at]
        found.append(state[(state[at] + state[other]) % 256])
    return bytes(found)
