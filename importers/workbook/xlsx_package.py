"""The parts of a package that are looked at, and put right, before a library reads it: sheet list, styles, texts."""

import codecs
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException, ElementTree

from importers.workbook import definitions
from importers.workbook.refusals import Refusal
from importers.workbook.zip_gate import pieces, plain_name, read_head
from models.own_files import PART, MadeAs, made_as

_MAIN = "xl/workbook.xml"
#: The properties of a file are a few lines.
_PROPERTIES = 8_192
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_OTHER_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*\bencoding\s*=\s*["'](?!utf-?8["'])([\w.:-]+)""", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_UNIQUE = re.compile(rb'\buniqueCount="(\d+)"')
_OWN_FORMAT = re.compile(rb'<(?:\w+:)?numFmt\b[^>]*\bnumFmtId="(\d+)"')
_CHINESE_FORMAT = re.compile(rb'(<(?:\w+:)?xf\b[^>]*\bnumFmtId=")(2[7-9]|3[0-6]|5[0-8])"')
#: built-in formats of Chinese Excel that stand for a time of day; the others from 27 to 36 and 50 to 58 are days
_CHINESE_TIMES = frozenset({b"32", b"33", b"34", b"35", b"55", b"56"})
_BUILT_IN_DAY, _BUILT_IN_TIME = b"14", b"21"


def entry_of(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo | None:
    """The entry that a format calls ``name`` (lower case, forward slashes), however the archive spells it."""
    return next((entry for entry in archive.infolist() if plain_name(entry.filename) == name), None)


def made_of(archive: zipfile.ZipFile) -> MadeAs:
    """What a package says that this program made it as; "" for anybody's."""
    entry = entry_of(archive, PART.lower())
    return made_as(read_head(archive, entry, _PROPERTIES).decode("utf-8", "ignore")) if entry is not None else ""


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Sheet name → its XML part; empty when the package is too odd to tell (the library then has the last word)."""
    main, links = entry_of(archive, _MAIN), entry_of(archive, "xl/_rels/workbook.xml.rels")
    if main is None or links is None:
        return {}
    try:
        targets = {link.get("Id"): link.get("Target", "") for link in _tree(archive, links)}
        sheets = [node for node in _tree(archive, main).iter() if _local(node.tag) == "sheet"]
    except (ElementTree.ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError):
        return {}
    found: dict[str, zipfile.ZipInfo] = {}
    for node in sheets:
        link = next((value for key, value in node.attrib.items() if _local(key) == "id"), "")
        entry = entry_of(archive, _place(targets.get(link, "")))
        if entry is not None:
            found[node.get("name", "")] = entry
    return found


def _tree(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Element:
    found: Element = ElementTree.fromstring(archive.read(entry), forbid_dtd=True)
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


def readable(data: bytes, archive: zipfile.ZipFile) -> bytes:
    """The package in the way that the native reader expects; ``data`` itself when nothing is to be done, nearly always.

    Two things are put right: XML in another encoding than UTF-8 (UTF-16 is allowed), and Chinese Excel's own built-in
    date formats (such as 57, 2024年5月), in place of which libraries that know the formats 14–22 only give 45418 for a
    day. Refusal "damaged" where a part cannot be unpacked.
    """
    changed: dict[str, bytes] = {}
    for entry in archive.infolist():
        if entry.filename.lower().endswith((".xml", ".rels")):
            head = read_head(archive, entry, 200)
            if head.startswith(_WIDE) or (_OTHER_ENCODING.search(head) and not head.startswith(codecs.BOM_UTF8)):
                changed[entry.filename] = _in_utf_8(b"".join(pieces(archive, entry, 1 << 20)))
    if looks := entry_of(archive, "xl/styles.xml"):
        styles = changed.get(looks.filename) or b"".join(pieces(archive, looks, 1 << 20))
        if (universal := _with_universal_dates(styles)) != styles:
            changed[looks.filename] = universal
    return with_parts(data, changed) if changed else data


def _in_utf_8(part: bytes) -> bytes:
    """XML text in UTF-8, without the line that declares something else. Refusal "damaged" when it is not what it says."""
    declared = _OTHER_ENCODING.search(part[:200])
    try:
        text = part.decode("utf-16" if part.startswith(_WIDE) or declared is None else declared[1].decode("ascii"))
    except (UnicodeDecodeError, LookupError) as error:
        raise Refusal("damaged") from error
    # only now it is to be seen what the part says: its encoding may be one in which nothing looks as it is
    definitions.check(text)
    return _DECLARATION.sub("", text, count=1).encode()


def _with_universal_dates(styles: bytes) -> bytes:
    own = set(_OWN_FORMAT.findall(styles))

    def universal(found: re.Match[bytes]) -> bytes:
        if found[2] in own:
            return found[0]
        return found[1] + (_BUILT_IN_TIME if found[2] in _CHINESE_TIMES else _BUILT_IN_DAY) + b'"'

    return _CHINESE_FORMAT.sub(universal, styles)


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The archive with some parts replaced: new parts are appended and the directory forgets the old ones."""
    package = io.BytesIO()
    package.write(data)
    with zipfile.ZipFile(package, "a") as archive:
        for name, content in parts.items():
            archive.filelist.remove(archive.NameToInfo.pop(name))
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return package.getvalue()


def unlisted_sheets(archive: zipfile.ZipFile, listed: Mapping[str, zipfile.ZipInfo], count: int) -> int:
    """How many worksheet parts the workbook does not list; where its list cannot be read, how many beyond ``count``."""
    names = {plain_name(entry.filename) for entry in listed.values()}
    parts = [name for name in map(plain_name, archive.namelist()) if _SHEET_PART.fullmatch(name)]
    return sum(name not in names for name in parts) if listed else max(len(parts) - count, 0)
