"""The log of a damaged register, page by page: what is found even where the tables that lead to it cannot be walked.

The engine reads a table from its root; a destroyed page above hides hundreds of sound ones below it. The log's entries are
never deleted and tell what they are, so each page is deciphered by itself and whatever entry stands on it is taken.
"""

import hashlib
import hmac
import struct
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from models.records.catalogue import RECORDS

PAGE, _SALT, _IV, _SIGNED = 4096, 16, 16, 64
_USABLE = PAGE - _IV - _SIGNED
#: The first byte of a page that holds rows of a table.
_LEAF = 13
#: So many pages are asked whether the signatures can be trusted at all.
_ASKED = 64
_UID = 36

Row = tuple[Any, ...]


class FilePages:
    """The deciphered pages of a file; each is looked up by its number, from 1 on."""

    def __init__(self, file: Path, key: bytes) -> None:
        """Nothing is read yet. May raise OSError, as the reading may."""
        self.count = file.stat().st_size // PAGE
        self._stream, self._key = file.open("rb"), key
        salt = self._stream.read(_SALT)
        self._signing = hashlib.pbkdf2_hmac("sha512", key, bytes(each ^ 0x3A for each in salt), 2, 32)
        #: The first page holds the salt of the signatures: where it is destroyed no page can be told from its signature.
        self._signs = any(self._signed(number, self._page(number)) for number in range(1, min(self.count, _ASKED) + 1))

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def read(self, number: int) -> bytes | None:
        """A page in clear, without what the cipher keeps at its end; None when it is not what was written."""
        start, page = _start(number), self._page(number)
        if len(page) < PAGE or (self._signs and not self._signed(number, page)):
            return None
        cipher = Cipher(algorithms.AES(self._key), modes.CBC(page[_USABLE : _USABLE + _IV])).decryptor()
        return bytes(start) + cipher.update(page[start:_USABLE]) + cipher.finalize()

    def _page(self, number: int) -> bytes:
        self._stream.seek((number - 1) * PAGE)
        return self._stream.read(PAGE)

    def _signed(self, number: int, page: bytes) -> bool:
        content = page[_start(number) : _USABLE + _IV] + struct.pack("<I", number)
        return hmac.new(self._signing, content, hashlib.sha512).digest() == page[-_SIGNED:]


def _start(number: int) -> int:
    return _SALT if number == 1 else 0


def log_rows(pages: FilePages, progress: Callable[[int, int], None]) -> Iterator[tuple[str, Row]]:
    """Every entry of the log and every batch on any page that is whole: the table's name and the row, its number first."""
    free = _free(pages)
    for number in range(1, pages.count + 1):
        if number % 256 == 0:
            progress(number, pages.count)
        page = pages.read(number) if number not in free else None
        if page is None or page[100 if number == 1 else 0] != _LEAF:
            continue
        for row, values in _rows(page, 100 if number == 1 else 0, pages):
            table = _table(values)
            if table:
                yield table, (row, *values[1:])


def _free(pages: FilePages) -> set[int]:
    """The pages that the file knows to be free: what is left on them was taken away on purpose."""
    first, found = pages.read(1), set[int]()
    trunk = struct.unpack(">I", first[32:36])[0] if first else 0
    while trunk and trunk not in found and trunk <= pages.count:
        found.add(trunk)
        page = pages.read(trunk)
        if page is None:
            break
        trunk, count = struct.unpack(">II", page[:8])
        found.update(struct.unpack(f">{min(count, 1000)}I", page[8 : 8 + 4 * min(count, 1000)]))
    return found


def _table(values: list[Any]) -> str:
    """Which of the two tables a row is of, by what stands in it; "" for any other."""
    if len(values) == 10 and _texts(values, 1, 2, 4, 5, 6, 9) and len(values[1]) == _UID and isinstance(values[3], int):
        return "change" if values[4] in RECORDS and values[9].startswith("[") else ""
    if len(values) == 8 and _texts(values, 1, 2, 3, 4, 5, 6) and len(values[1]) == _UID and values[5][4:5] == "-":
        return "batch"
    return ""


def _texts(values: list[Any], *places: int) -> bool:
    return values[0] is None and all(isinstance(values[place], str) for place in places)


def _rows(page: bytes, header: int, pages: FilePages) -> Iterator[tuple[int, list[Any]]]:
    (count,) = struct.unpack(">H", page[header + 3 : header + 5])
    for place in range(count):
        at = header + 8 + 2 * place
        try:
            (cell,) = struct.unpack(">H", page[at : at + 2])
            size, cell = _number(page, cell)
            row, cell = _number(page, cell)
            payload = _payload(page, cell, size, pages)
            yield row, _values(payload)
        except (struct.error, IndexError, ValueError):
            continue  # a row that goes on over a page which is not whole


def _payload(page: bytes, start: int, size: int, pages: FilePages) -> bytes:
    """A row's bytes, followed over the pages that it goes on on. ValueError when one of them is not whole."""
    least = (_USABLE - 12) * 32 // 255 - 23
    here = size
    if size > _USABLE - 35:
        here = least + (size - least) % (_USABLE - 4)
        here = here if here <= _USABLE - 35 else least
    found = page[start : start + here]
    following = struct.unpack(">I", page[start + here : start + here + 4])[0] if here < size else 0
    while len(found) < size:
        more = pages.read(following) if 0 < following <= pages.count else None
        if more is None:
            raise ValueError(following)
        following = struct.unpack(">I", more[:4])[0]
        found += more[4 : 4 + size - len(found)]
    return found


def _values(payload: bytes) -> list[Any]:
    """The values of a row, as the engine's file format lays them down."""
    end, at = _number(payload, 0)
    kinds = []
    while at < end:
        kind, at = _number(payload, at)
        kinds.append(kind)
    found, at = [], end
    for kind in kinds:
        size = _size(kind)
        if at + size > len(payload):
            raise ValueError(kind)
        found.append(_value(kind, payload[at : at + size]))
        at += size
    return found


def _size(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)[kind]


def _value(kind: int, content: bytes) -> Any:
    if kind >= 12:
        return content.decode() if kind % 2 else content
    if kind == 7:
        return struct.unpack(">d", content)[0]
    if kind in (8, 9):
        return kind - 8
    return int.from_bytes(content, "big", signed=True) if content else None


def _number(content: bytes, at: int) -> tuple[int, int]:
    """One of the format's numbers of varying length, and where it ends."""
    found = 0
    for place in range(9):
        byte = content[at + place]
        if place == 8:
            return found << 8 | byte, at + 9
        found = found << 7 | byte & 0x7F
        if byte < 0x80:
            return found, at + place + 1
    raise ValueError(at)
