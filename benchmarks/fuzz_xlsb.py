"""A binary workbook (.xlsb) written record by record (MS-XLSB, 2.1.4): no library at hand writes one."""

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence

Value = str | float | dt.date | None

_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
_LINKS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
)
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINK = '<Relationship Id="{name}" Type="' + _KINDS + '/{kind}" Target="{target}"/>'
#: Record numbers: the book, its list of sheets, the shared texts, the formats, a sheet and its cells.
_BEGIN_BOOK, _END_BOOK, _BOOK_FACTS, _BEGIN_SHEETS, _SHEET, _END_SHEETS = 131, 132, 153, 143, 156, 144
_BEGIN_TEXTS, _TEXT, _END_TEXTS = 159, 19, 160
_BEGIN_STYLES, _END_STYLES, _BEGIN_FORMATS, _FORMAT, _END_FORMATS = 278, 279, 615, 44, 616
_BEGIN_XFS, _XF, _END_XFS = 617, 47, 618
_BEGIN_SHEET, _END_SHEET, _SIZE, _BEGIN_ROWS, _END_ROWS, _ROW, _REAL, _OWN_TEXT, _SHARED = 129, 130, 148, 145, 146, 0, 5, 6, 7
_DAY_FORMAT = 164
_FIRST_DAY = dt.date(1899, 12, 30)


def xlsb(sheets: Mapping[str, Sequence[Sequence[Value]]], hidden: Sequence[str] = ()) -> bytes:
    """A workbook of these sheets, rows from A1 on; every second text stands in its cell, the others are shared.

    ``hidden``: the names of sheets that are hidden.
    """
    texts: dict[str, int] = {}
    parts = {f"xl/worksheets/sheet{n}.bin": _sheet(rows, texts) for n, rows in enumerate(sheets.values(), 1)}
    links = [_LINK.format(name=f"rId{n}", kind="worksheet", target=f"worksheets/sheet{n}.bin") for n in range(1, len(sheets) + 1)]
    links += [_LINK.format(name=f"rId{kind}", kind=kind, target=f"{kind}.bin") for kind in ("styles", "sharedStrings")]
    listed = [
        _record(_SHEET, struct.pack("<II", name in hidden, n) + _wide(f"rId{n}") + _wide(name))
        for n, name in enumerate(sheets, 1)
    ]
    book = _record(_BEGIN_BOOK) + _record(_BOOK_FACTS, struct.pack("<III", 0, 0, 0))
    book += _record(_BEGIN_SHEETS) + b"".join(listed) + _record(_END_SHEETS) + _record(_END_BOOK)
    office = _LINK.format(name="rId1", kind="officeDocument", target="xl/workbook.bin")
    content = {
        "[Content_Types].xml": _TYPES.encode(), "_rels/.rels": _LINKS.format(links=office).encode(), "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": _LINKS.format(links="".join(links)).encode(), "xl/styles.bin": _styles(), **parts,
        "xl/sharedStrings.bin": _shared_texts(texts),
    }  # fmt: skip
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 5, 6, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _record(number: int, content: bytes = b"") -> bytes:
    kind = bytes([number]) if number < 0x80 else bytes([number & 0x7F | 0x80, number >> 7])
    length, size = b"", len(content)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return kind + length + content


def _wide(text: str) -> bytes:
    encoded = text.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def _sheet(rows: Sequence[Sequence[Value]], texts: dict[str, int]) -> bytes:
    width = max(map(len, rows), default=1)
    made = _record(_BEGIN_SHEET) + _record(_SIZE, struct.pack("<4I", 0, max(len(rows) - 1, 0), 0, width - 1))
    made += _record(_BEGIN_ROWS)
    for number, row in enumerate(rows):
        made += _record(_ROW, struct.pack("<IIHBBBI", number, 0, 300, 0, 0, 0, 0))
        made += b"".join(_cell(column, value, texts, number) for column, value in enumerate(row) if value is not None)
    return made + _record(_END_ROWS) + _record(_END_SHEET)


def _cell(column: int, value: Value, texts: dict[str, int], row: int) -> bytes:
    if isinstance(value, str):
        place = struct.pack("<II", column, 0)
        if (row + column) % 2:
            return _record(_OWN_TEXT, place + _wide(value))
        return _record(_SHARED, place + struct.pack("<I", texts.setdefault(value, len(texts))))
    if isinstance(value, dt.date):
        return _record(_REAL, struct.pack("<IId", column, 1, (value - _FIRST_DAY).days))
    return _record(_REAL, struct.pack("<IId", column, 0, value or 0))


def _shared_texts(texts: Sequence[str] | dict[str, int]) -> bytes:
    begin = _record(_BEGIN_TEXTS, struct.pack("<II", len(texts), len(texts)))
    return begin + b"".join(_record(_TEXT, b"\0" + _wide(text)) for text in texts) + _record(_END_TEXTS)


def _styles() -> bytes:
    formats = _record(_BEGIN_FORMATS, struct.pack("<I", 1))
    formats += _record(_FORMAT, struct.pack("<H", _DAY_FORMAT) + _wide("yyyy-mm-dd"))
    ways = _record(_BEGIN_XFS, struct.pack("<I", 2))
    for number in (0, _DAY_FORMAT):
        ways += _record(_XF, struct.pack("<HHHHHBBHH", 0, number, 0, 0, 0, 0, 0, 0, 0))
    return _record(_BEGIN_STYLES) + formats + _record(_END_FORMATS) + ways + _record(_END_XFS) + _record(_END_STYLES)
