"""The parts of an .xlsx package that are looked at before a library reads it: sheet list, styles, shared strings."""

import io
import re
import zipfile
from pathlib import PurePosixPath

from defusedxml import DefusedXmlException, ElementTree

from importers.workbook.zip_gate import pieces, plain_name

_MAIN = "xl/workbook.xml"
_UNIQUE = re.compile(rb'\buniqueCount="(\d+)"')
_OWN_FORMAT = re.compile(rb'<(?:\w+:)?numFmt\b[^>]*\bnumFmtId="(\d+)"')
_CHINESE_FORMAT = re.compile(rb'(<(?:\w+:)?xf\b[^>]*\bnumFmtId=")(2[7-9]|3[0-6]|5[0-8])"')
#: built-in formats of Chinese Excel that stand for a time of day; the others from 27 to 36 and 50 to 58 are days
_CHINESE_TIMES = frozenset({b"32", b"33", b"34", b"35", b"55", b"56"})
_BUILT_IN_DAY, _BUILT_IN_TIME = b"14", b"21"


def entry_of(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo | None:
    """The entry that a format calls ``name`` (lower case, forward slashes), however the archive spells it."""
    return next((entry for entry in archive.infolist() if plain_name(entry.filename) == name), None)


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Sheet name → its XML part; empty when the package is too odd to tell (the library then has the last word)."""
    main, links = entry_of(archive, _MAIN), entry_of(archive, "xl/_rels/workbook.xml.rels")
    if main is None or links is None:
        return {}
    try:
        targets = {link.get("Id"): link.get("Target", "") for link in ElementTree.fromstring(archive.read(links))}
        sheets = [node for node in ElementTree.fromstring(archive.read(main)).iter() if _local(node.tag) == "sheet"]
    except (ElementTree.ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError):
        return {}
    found: dict[str, zipfile.ZipInfo] = {}
    for node in sheets:
        link = next((value for key, value in node.attrib.items() if _local(key) == "id"), "")
        entry = entry_of(archive, _place(targets.get(link, "")))
        if entry is not None:
            found[node.get("name", "")] = entry
    return found


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _place(target: str) -> str:
    """A link's target as an entry name: absolute from the package's root, else relative to xl/."""
    target = plain_name(target)
    return target[1:] if target.startswith("/") else str(PurePosixPath("xl", target))


def shared_strings_plausible(archive: zipfile.ZipFile) -> bool:
    """False when the number of shared strings announced cannot stand in the part: the native reader would die of it."""
    entry = entry_of(archive, "xl/sharedstrings.xml")
    if entry is None:
        return True
    parts = pieces(archive, entry, 1 << 20)
    announced = _UNIQUE.search(next(parts, b"")[:4096])
    for _part in parts:  # to the end, for its checksum
        pass
    return announced is None or int(announced[1]) * len("<si/>") <= entry.file_size


def with_chinese_dates(data: bytes, archive: zipfile.ZipFile) -> bytes:
    """The package with Chinese Excel's own built-in date formats (such as 57, 2024年5月) replaced by universal ones.

    Libraries know the formats 14–22 only and would give 45418 for a day. Returns ``data`` itself when nothing is
    to be done, which is nearly always.
    """
    entry = entry_of(archive, "xl/styles.xml")
    if entry is None:
        return data
    styles = archive.read(entry)
    own = set(_OWN_FORMAT.findall(styles))

    def universal(found: re.Match[bytes]) -> bytes:
        if found[2] in own:
            return found[0]
        return found[1] + (_BUILT_IN_TIME if found[2] in _CHINESE_TIMES else _BUILT_IN_DAY) + b'"'

    changed = _CHINESE_FORMAT.sub(universal, styles)
    if changed == styles:
        return data
    return _with_part(data, entry.filename, changed)


def _with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The archive with one part replaced: the new part is appended and the directory forgets the old one."""
    package = io.BytesIO()
    package.write(data)
    with zipfile.ZipFile(package, "a") as archive:
        archive.filelist.remove(archive.NameToInfo.pop(name))
        archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return package.getvalue()
