"""The checks of a zip before any library may look into it: sizes, names, and XML that defines entities.

The declared sizes are judged; a file that lies about them is stopped by the reading child's memory and time limits.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator

from importers.workbook import definitions
from importers.workbook.refusals import Refusal

MAX_FILE = 200 << 20
MAX_UNPACKED = 1 << 30
MAX_RATIO = 200
RATIO_FROM = 8 << 20
MAX_ENTRIES = 5_000
_HEAD = 8_192
_XML_SUFFIXES = (".xml", ".rels", ".vml")


def open_zip(data: bytes) -> zipfile.ZipFile:
    """Open a zip held in memory; Refusal "damaged" when its directory cannot be read."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Refusal("damaged") from error


def names_of(archive: zipfile.ZipFile) -> set[str]:
    """The entry names with forward slashes and in lower case, as the formats mean them."""
    return {plain_name(name) for name in archive.namelist()}


def plain_name(name: str) -> str:
    """An entry's name as the formats mean it: some Windows programs write backslashes or another case."""
    return name.replace("\\", "/").lower()


def check(archive: zipfile.ZipFile, size: int) -> None:
    """Refuse what no honest workbook is. ``size`` is the zip's own size in bytes."""
    check_sizes(archive, size)
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refusal("zip-encrypted")
    for entry in entries:
        _check_head(archive, entry)


def check_sizes(archive: zipfile.ZipFile, size: int) -> None:
    """Refuse a zip whose directory promises too much, or whose names are no honest ones. ``size``: its own, in bytes."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES:
        raise Refusal("zip-entries")
    if unpacked > MAX_UNPACKED:
        raise Refusal("zip-size", limit=MAX_UNPACKED >> 20)
    if unpacked > RATIO_FROM and unpacked > MAX_RATIO * size:
        raise Refusal("zip-ratio")
    _check_names(entries)


def _check_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = plain_name(entry.filename)
        if name in seen or leads_out(name):
            raise Refusal("zip-names")
        seen.add(name)


def leads_out(name: str) -> bool:
    """True for a name, with forward slashes, that would lead out of the folder into which it is unpacked."""
    return name.startswith("/") or ".." in name.split("/") or name[1:2] == ":"


def _check_head(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """A part of XML has no document type (``definitions.py``).

    The other parts are opened too: a name that is not the same at both of its places would be a part that goes missing.
    """
    head = read_head(archive, entry, _HEAD)
    if entry.filename.lower().endswith(_XML_SUFFIXES) and not definitions.begun(head):
        head = read_head(archive, entry, definitions.HEAD)
        definitions.check(head, whole=len(head) < definitions.HEAD)


def read_head(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, size: int) -> bytes:
    """The first bytes of an entry; Refusal "damaged" when they cannot be unpacked."""
    return next(pieces(archive, entry, size), b"")


def pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, size: int) -> Iterator[bytes]:
    """An entry in pieces of at most ``size`` bytes; Refusal "damaged" where it cannot be unpacked.

    Read to its end its checksum is compared, which the fast reader does not do: a flipped bit would be a wrong digit.
    """
    try:
        with archive.open(entry) as part:
            while piece := part.read(size):
                yield piece
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise Refusal("damaged") from error
