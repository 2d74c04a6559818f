"""How the fuzz run damages a sound file, and what it knows of the result.

A mutant "promises" its rows when a reader has no excuse: either the file still means the same, or a checksum stands over
what it holds. Then every row must come out as it was, or a complaint. Of the others ("holds") only those rows must come
out that an independent look at the mutant still finds.
"""

import random
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from benchmarks.fuzz_rewritten import REWRITINGS
from benchmarks.fuzz_samples import Sample, packed, unpacked

Promise = Literal["same", "holds"]

_TAG = re.compile(rb"</?[\w:.]+(?:\s[^<>]*)?/?>")
_ATTRIBUTE = re.compile(rb'(\s[\w:]+=")([^"]*)(")')
_ABSURD = (
    b"", b"0", b"-1", b"1", b"7", b"65536", b"1048577", b"4294967295", b"99999999999999999999", b"A0", b"XFE1", b"ZZZZ99",
    b"A1:XFD1048576", b"NaN", b"1e400", b"true", b"\xe5\xbc\xa0", b"s", b"str", b"e", b"d", b"../../x", b"&#x0;", b"<",
)  # fmt: skip
_BETWEEN = (b"<!-- -->", b"&", b"<", b"]]>", b"\0", b"<x>", b"</row>", b"<![CDATA[", b"&nbsp;", b'"', b"\xff\xfe", b"</table>")


@dataclass(frozen=True)
class Mutant:
    """A damaged file: its bytes, the damage's name, and the promise."""

    data: bytes
    damage: str
    promise: Promise


def mutant(sample: Sample, chance: random.Random) -> Mutant:
    """One mutant, the same for the same ``chance``."""
    damage = chance.choice(_DAMAGES[sample.family])
    made = damage(sample, chance)
    return made if made.data != sample.data else _bytes_damaged(sample, chance)


def _torn(data: bytes, chance: random.Random, unit: int = 1) -> bytes:
    """The bytes with one to four accidents: flips, noise, blanks, ranges removed, repeated or exchanged, an early end."""
    torn = bytearray(data)
    for _time in range(chance.choice((1, 1, 1, 2, 4))):
        start = chance.randrange(max(len(torn), 1))
        size = min(chance.choice((1, 1, 2, 4, 16, 100, 512)), max(len(torn) - start, 0))
        match chance.randrange(8):
            case 0 | 1 if torn:
                for _flip in range(chance.choice((1, 1, 3, 8))):
                    torn[chance.randrange(len(torn))] ^= 1 << chance.randrange(8)
            case 2:
                torn[start : start + size] = chance.randbytes(size)
            case 3:
                torn[start : start + size] = bytes([chance.choice((0, 255, 32))]) * size
            case 4:
                del torn[start : start + size]
            case 5:
                torn[start:start] = torn[start : start + size]
            case 6:
                other = chance.randrange(max(len(torn) - size, 0) + 1)
                torn[start : start + size], torn[other : other + size] = torn[other : other + size], torn[start : start + size]
            case _ if chance.random() < 0.5:
                del torn[start - start % unit :]
            case _:
                torn[start:start] = chance.randbytes(size)
    return bytes(torn)


def _bytes_damaged(sample: Sample, chance: random.Random) -> Mutant:
    """Checksums stand over every part of a zip, and over an encrypted one's inside."""
    promise: Promise = "same" if sample.family in ("zip", "locked") else "holds"
    return Mutant(_torn(sample.data, chance, sample.width), "bytes", promise)


def _parts_moved(sample: Sample, chance: random.Random) -> Mutant:
    """The same parts packed otherwise: order, compression, names, parts that nobody needs."""
    parts = list(unpacked(sample.data).items())
    if sample.name.endswith(".ods"):  # its first entry must stay the first
        return Mutant(packed(dict(parts), stored=True), "parts moved", "same")
    unneeded = ("docProps/app.xml", "docProps/core.xml", "xl/theme/theme1.xml")
    kept = [part for part in parts if part[0] not in unneeded or chance.random() < 0.5]
    chance.shuffle(kept)
    if chance.random() < 0.4:
        kept.append(("xl/media/image1.png", chance.randbytes(500)))
    if chance.random() < 0.3:
        kept = [(name.replace("/", "\\"), content) for name, content in kept]
    if chance.random() < 0.3:
        kept = [(name.replace("worksheets", "Worksheets").replace("sharedStrings", "SharedStrings"), c) for name, c in kept]
    return Mutant(packed(dict(kept), chance.random() < 0.4), "parts moved", "same")


def _part_lost(sample: Sample, chance: random.Random) -> Mutant:
    """A part left out, emptied, torn, or put in another's place, with sound checksums."""
    parts = unpacked(sample.data)
    name, other = chance.choice(list(parts)), chance.choice(list(parts))
    match chance.randrange(4):
        case 0:
            del parts[name]
        case 1:
            parts[name] = b""
        case 2:
            parts[name], parts[other] = parts[other], parts[name]
        case _:
            parts[name] = _torn(parts[name], chance)
    return Mutant(packed(parts), f"part lost: {name}", "holds")


def _rewritten(sample: Sample, chance: random.Random) -> Mutant:
    """The XML written otherwise, with the same meaning."""
    parts = unpacked(sample.data)
    names = []
    for name in [each for each in parts if re.search(r"sheet\d*\.xml$|sharedStrings\.xml|content\.xml", each)]:
        rewriting = chance.choice(REWRITINGS)
        parts[name] = rewriting(parts[name], chance)
        names.append(rewriting.__name__.strip("_"))
    return Mutant(packed(parts), f"rewritten: {', '.join(names)}", "same")


def _edited(text: bytes, chance: random.Random) -> bytes:
    """XML or HTML with some tags removed, doubled or exchanged, attributes made absurd, things put between."""
    for _time in range(chance.choice((1, 1, 2, 5))):
        tags = list(_TAG.finditer(text))
        attributes = list(_ATTRIBUTE.finditer(text))
        if not tags:
            return text
        tag, other = chance.choice(tags), chance.choice(tags)
        match chance.randrange(7):
            case 0:
                text = text[: tag.start()] + text[tag.end() :]
            case 1:
                text = text[: tag.end()] + tag[0] + text[tag.end() :]
            case 2:
                text = text[: tag.start()] + other[0] + text[tag.end() :]
            case 3 | 4 if attributes:
                found = chance.choice(attributes)
                text = text[: found.start()] + found[1] + chance.choice(_ABSURD) + found[3] + text[found.end() :]
            case 5:
                start, end = sorted((tag.start(), other.end()))
                text = text[:end] + text[start:end] + text[end:] if end - start < 20_000 else text
            case _:
                text = text[: tag.end()] + chance.choice(_BETWEEN) + text[tag.end() :]
    return text


def _markup_edited(sample: Sample, chance: random.Random) -> Mutant:
    if sample.family == "text":
        text = sample.data.decode(sample.encoding)
        edited = _edited(text.encode(), chance).decode("utf-8", "replace") if "<" in text else _rows_edited(text, chance)
        return Mutant(edited.encode(sample.encoding, "replace"), "markup", "holds")
    parts = unpacked(sample.data)
    sheets = [name for name in parts if "sheet" in name.lower() or name == "content.xml"]
    name = chance.choice(sheets if chance.random() < 0.7 else [each for each in parts if each.endswith((".xml", ".rels"))])
    parts[name] = _edited(parts[name], chance)
    return Mutant(packed(parts), f"markup: {name}", "holds")


def _row_renumbered(sample: Sample, chance: random.Random) -> Mutant:
    """Two rows of a sheet with one number, the cells' addresses agreeing."""
    parts = unpacked(sample.data)
    name = next((name for name in parts if name.endswith("sheet1.xml")), "content.xml")
    one, other = chance.sample(range(2, 26), 2)
    row = re.search(rb'<row r="%d".*?</row>' % one, parts.get(name, b""), re.DOTALL)
    if row is None:
        return _markup_edited(sample, chance)
    renumbered = re.sub(rb'( r="[A-Z]*)%d"' % one, rb'\g<1>%d"' % other, row[0])
    parts[name] = parts[name].replace(row[0], renumbered)
    return Mutant(packed(parts), "row renumbered", "holds")


def _rows_edited(text: str, chance: random.Random) -> str:
    """Delimited text with a stray quotation mark or two, other delimiters in some rows, or rows of other lengths."""
    lines = text.splitlines()
    for _time in range(chance.choice((1, 2, 4))):
        place = chance.randrange(len(lines))
        line = lines[place]
        at = chance.randrange(len(line) + 1)
        match chance.randrange(5):
            case 0:
                lines[place] = line[:at] + '"' + line[at:]
            case 1:
                lines[place] = '"' + line if chance.random() < 0.5 else line + '"'
            case 2:
                lines[place] = line + chance.choice((",", ";", "\t")) * chance.randrange(1, 30)
            case 3:
                lines[place] = line.replace(",", ";")
            case _:
                lines[place] = line[:at] + chance.choice(("\0", "\x1a", "\x0b", "\x0c", "\u2028", "\r")) + line[at:]
    return "\r\n".join(lines)


def _lines_ended_otherwise(sample: Sample, chance: random.Random) -> Mutant:
    """Text with other line ends, blanks or delimiters at the ends of its lines, without its last line end."""
    text = sample.data.decode(sample.encoding)
    if "<" in text:
        return _markup_edited(sample, chance)
    end = chance.choice(("\n", "\r", "\r\n"))
    delimiter = next(each for each in ",;\t" if each in text)
    lines = [line + chance.choice(("", "", delimiter, delimiter * 5)) for line in text.splitlines()]
    text = end.join(lines) + chance.choice(("", end, end * 3))
    return Mutant(text.encode(sample.encoding), "line ends", "same")


def _records_damaged(sample: Sample, chance: random.Random) -> Mutant:
    """Records of a BIFF stream (kind, size, body) damaged, left out, doubled or exchanged."""
    start = 512 if sample.data.startswith(b"\xd0\xcf") else 0
    records, place = [], start
    while place + 4 <= len(sample.data):
        kind, size = struct.unpack_from("<HH", sample.data, place)
        if kind == 0 or place + 4 + size > len(sample.data):
            break
        records.append(sample.data[place : place + 4 + size])
        place += 4 + size
    for _time in range(chance.choice((1, 1, 2, 6))):
        at = chance.randrange(len(records))
        record = bytearray(records[at])
        if not record:
            continue
        match chance.randrange(6):
            case 0:
                record[chance.randrange(4)] ^= 1 << chance.randrange(8)
            case 1 if len(record) > 4:
                record[chance.randrange(4, len(record))] = chance.choice((0, 1, 127, 128, 255))
            case 2:
                record[2:] = struct.pack("<H", max(len(record) - 5, 0)) + record[4:-1]
            case 3:
                record = bytearray()
            case 4:
                record *= 2
            case _:
                other = chance.randrange(len(records))
                records[at], record = records[other], bytearray(records[at])
                at = other
        records[at] = bytes(record)
    stream = b"".join(records)[: place - start].ljust(place - start, b"\0")
    return Mutant(sample.data[:start] + stream + sample.data[place:], "records", "holds")


Damage = Callable[[Sample, random.Random], Mutant]
_DAMAGES: dict[str, tuple[Damage, ...]] = {
    "zip": (_bytes_damaged, _parts_moved, _part_lost, _rewritten, _rewritten, _markup_edited, _markup_edited, _markup_edited,
            _row_renumbered),
    "ole": (_bytes_damaged, _records_damaged, _records_damaged),
    "text": (_bytes_damaged, _bytes_damaged, _markup_edited, _lines_ended_otherwise),
    "locked": (_bytes_damaged,),
}
