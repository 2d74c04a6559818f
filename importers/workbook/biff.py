"""The records of an .xls that no fast reader tells of: encryption, hidden rows, error cells, Chinese date formats.

Record numbers and layouts: [MS-XLS], Excel Binary File Format.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

import olefile

from importers.workbook.sheet_part import SheetPart

_FORMULA, _EOF, _FILEPASS, _BOUNDSHEET, _XF = 0x0006, 0x000A, 0x002F, 0x0085, 0x00E0
_BOOL_OR_ERROR, _ROW, _BOF, _FORMAT = 0x0205, 0x0208, 0x0809, 0x041E
_ZERO_HEIGHT = 0x20
_BIFF8 = 0x0600
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
#: built-in formats of Chinese Excel for days and times, which calamine takes for plain numbers
_CHINESE_DATES = frozenset((*range(27, 37), *range(50, 59)))

Record = tuple[int, bytes]


@dataclass(slots=True)
class Globals:
    """Findings about a whole workbook; ``parts`` are the sheets' findings in workbook order."""

    chinese_dates: bool = False
    #: Excel 5 and 95: texts in a code page instead of Unicode
    code_page: bool = False
    parts: list[SheetPart] = field(default_factory=list)


def root_names(data: bytes) -> set[str]:
    """The names at the root of an OLE file, in lower case; empty when its directory is damaged."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            return {path[0].lower() for path in ole.listdir()}
    except Exception:  # olefile raises many kinds for damaged files
        return set()


def workbook_stream(data: bytes) -> bytes:
    """The workbook's stream out of its OLE file; empty when the directory or the chain of its sectors is damaged."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            name = next((name for name in ("Workbook", "Book") if ole.exists(name)), "")
            return bytes(ole.openstream(name).read()) if name and not _goes_in_circles(ole, name) else b""
    except Exception:  # olefile raises many kinds for damaged files; the readers have the last word
        return b""


def encryption_xml(data: bytes) -> bytes:
    """The XML in which an OLE file says how the workbook inside is encrypted ([MS-OFFCRYPTO] 2.3.4.10); empty without one."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            name = "EncryptionInfo"
            return bytes(ole.openstream(name).read())[8:] if ole.exists(name) and not _goes_in_circles(ole, name) else b""
    except Exception:  # olefile raises many kinds for damaged files; the library has the last word
        return b""


def _goes_in_circles(ole: olefile.OleFileIO, name: str) -> bool:
    """True when the chain of a stream's sectors comes back to one that it had: libraries read on, and lose the rest."""
    entry = ole.direntries[ole._find(name)]
    small = entry.size < ole.minisectorcutoff
    if small:
        ole.loadminifat()
    table = ole.minifat if small else ole.fat
    sector, seen = entry.isectStart, set[int]()
    while 0 <= sector < len(table) and sector not in seen:
        seen.add(sector)
        sector = table[sector]
    return sector in seen


def is_encrypted(stream: bytes) -> bool:
    """True when the workbook has a password."""
    return any(kind == _FILEPASS for kind, _body in _records(stream, 0))


def scan(stream: bytes) -> Globals:
    """Look through a workbook's stream; stops in silence where it is damaged."""
    found = Globals()
    found.code_page = len(stream) >= 6 and struct.unpack_from("<H", stream, 4)[0] < _BIFF8
    own_formats: set[int] = set()
    used_formats: set[int] = set()
    starts: list[int] = []
    for kind, body in _records(stream, 0):
        if kind == _BOUNDSHEET and len(body) >= 6 and body[5] == 0:
            starts.append(struct.unpack_from("<I", body)[0])
        elif kind == _FORMAT and len(body) >= 2:
            own_formats.add(struct.unpack_from("<H", body)[0])
        elif kind == _XF and len(body) >= 4:
            used_formats.add(struct.unpack_from("<H", body, 2)[0])
    found.chinese_dates = bool((used_formats & _CHINESE_DATES) - own_formats)
    found.parts = [_scan_sheet(stream, start) for start in starts]
    return found


def _records(stream: bytes, start: int) -> Iterator[Record]:
    """The records of one substream, its end included, without those of the charts inside it; none where it is none."""
    depth = 0
    end = len(stream) - 4
    while 0 <= start <= end:
        kind, size = struct.unpack_from("<HH", stream, start)
        start += 4 + size
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            if kind == _EOF:
                yield kind, b""
            return
        if depth == 1:
            yield kind, stream[start - size : start]


def _scan_sheet(stream: bytes, start: int) -> SheetPart:
    part = SheetPart()
    kind = 0
    for kind, body in _records(stream, start):
        if kind == _ROW and len(body) >= 14:
            if body[12] & _ZERO_HEIGHT:
                part.hidden_rows.add(struct.unpack_from("<H", body)[0] + 1)
        elif kind == _BOOL_OR_ERROR and len(body) >= 8 and body[7] == 1:
            _note_error(part, body, body[6])
        elif kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
            _note_error(part, body, body[8])
    part.whole = kind == _EOF
    return part


def _note_error(part: SheetPart, body: bytes, code: int) -> None:
    row, column = struct.unpack_from("<HH", body)
    part.errors.setdefault(row + 1, {})[column] = _ERRORS.get(code, "#N/A")
