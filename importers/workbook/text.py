"""Delimited text: .csv, .txt, and the many .xls that are really tab-separated. Encoding and delimiter by content."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import PurePath
from typing import NamedTuple

from importers.workbook.loose_text import between, loose_rows
from importers.workbook.opened import OpenSheet, ReadOptions, settle_row
from importers.workbook.refusals import Refusal, Told
from importers.workbook.sheet import SheetRow

DELIMITERS = ",\t;|"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_STEP = 1 << 20
#: UTF-16 has a zero byte in each Latin letter, digit and delimiter; in other texts a zero is an accident
_FEW_ZEROS = 50
#: no honest cell is longer: Excel itself keeps 32,767 characters
MAX_CELL = 1_000_000
#: the trick by which exports keep an ID number as text: ="500112…"
_KEPT_AS_TEXT = re.compile(r'="(.*)"\s*', re.DOTALL)
_DIRECTIVE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)


class Encoding(NamedTuple):
    """A codec's name and the number of places that it cannot read."""

    name: str
    faults: int = 0


class _Survey(NamedTuple):
    """Whether the quotation marks pair up, and the numbers of records that are delimited otherwise than the rest."""

    sound: bool
    unsplit: list[int]


def encoding_of(data: bytes) -> Encoding:
    """The encoding of a text: BOM, UTF-16 by its zero bytes, UTF-8, GB18030. Refusal "unknown" when it is no text."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return Encoding(name, _faults(data, name) + (data.count(0) if name == "utf-8-sig" else 0))
    sample = data[:4096]
    if sample.count(0) * _FEW_ZEROS > len(sample):
        return _utf_16_without_mark(data)
    zeros = data.count(0)
    if _strict(data, "utf-8"):
        encoding = Encoding("utf-8", zeros)
    else:
        foreign = len(data) - len(data.translate(None, bytes(range(128, 256))))
        # GB18030 read as UTF-8 fails at nearly every character; a damaged UTF-8 text only where it is damaged
        unfit = len(data) - sum(len(text.encode()) for text in _decoded(data, "utf-8", "ignore"))
        name = "utf-8" if unfit * 2 < foreign else "gb18030"
        encoding = Encoding(name, _faults(data, name))
        if encoding.faults * 10 > foreign:
            raise Refusal("unknown")
        encoding = Encoding(encoding.name, encoding.faults + zeros)
    if _mostly_control(head_of(data, encoding.name, 4096)):
        raise Refusal("unknown")
    return encoding


def _utf_16_without_mark(data: bytes) -> Encoding:
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) * 10 > max(even, odd) or _mostly_control(head_of(data, name, 4096)) or not _strict(data, name):
        raise Refusal("unknown")
    return Encoding(name)


def _strict(data: bytes, name: str) -> bool:
    try:
        for _text in _decoded(data, name, "strict"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _faults(data: bytes, name: str) -> int:
    return sum(text.count("\ufffd") for text in _decoded(data, name, "replace"))


def _decoded(data: bytes, name: str, errors: str) -> Iterator[str]:
    """The text in pieces: a file of 200 MB must not stand in memory three times."""
    decoder = codecs.getincrementaldecoder(name)(errors)
    for start in range(0, len(data), _STEP):
        yield decoder.decode(data[start : start + _STEP], start + _STEP >= len(data))


def head_of(data: bytes, encoding: str, size: int) -> str:
    """The text at the beginning of a file, ``size`` bytes of it; a character cut at the end is left out."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(data[:size])


def _mostly_control(text: str) -> bool:
    strange = sum(char < " " and char not in "\t\r\n\f\v" for char in text)
    return strange * 50 > len(text)


def delimiter_of(head: str) -> str:
    """The delimiter that splits the most lines alike; comma when nothing splits. A full-width comma never splits."""
    return max(DELIMITERS, key=lambda delimiter: _consistency(head, delimiter))


def looks_tabular(head: str) -> bool:
    """True when at least two lines split into the same number of fields, more than one."""
    return _consistency(head, delimiter_of(head))[0] >= 2


def _consistency(head: str, delimiter: str) -> tuple[int, int]:
    """How many records are of the commonest width, and that width; (0, 0) when none has two fields."""
    lines = head.splitlines(keepends=True)
    if len(lines) > 1 and len(head) >= 1 << 15:
        lines.pop()
    lines = lines[:500]
    together = _alike([(len(record), used) for record, used in _with_lines(lines, delimiter)])
    if together[2] * 2 >= len(lines):
        return together[:2]
    # an open quotation mark makes one field of all that follows
    return _alike([(len(_one_line(line, delimiter)), 1) for line in lines])[:2]


def _alike(records: list[tuple[int, int]]) -> tuple[int, int, int]:
    """Of (width, lines) of records: how many have the commonest width, the width, and the lines that they take."""
    counted = Counter(width for width, _lines in records if width > 1)
    alike, common = max(((alike, width) for width, alike in counted.items()), default=(0, 0))
    return alike, common, sum(lines for width, lines in records if width == common)


def _with_lines(lines: list[str], delimiter: str) -> Iterator[tuple[list[str], int]]:
    """The records and the number of lines that each takes."""
    before = 0
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for record in reader:
            yield record, reader.line_num - before
            before = reader.line_num
    except csv.Error:
        return


def read_text(data: bytes, name: str, options: ReadOptions) -> Iterator[OpenSheet]:
    """One sheet named after the file; numbers are the record's, as a spreadsheet that opened the file would show."""
    csv.field_size_limit(MAX_CELL)
    encoding = encoding_of(data)
    if encoding.faults and not encoding.name.startswith("utf-16"):
        data = data.replace(b"\0", "\ufffd".encode(encoding.name.removesuffix("-sig")))
    head = head_of(data, encoding.name, 1 << 18).lstrip("\ufeff")
    notes: list[Told] = [("undecodable", {"count": encoding.faults})] if encoding.faults else []
    directive = _DIRECTIVE.match(head)
    delimiter = directive[1] if directive else delimiter_of(head)
    if not directive and _consistency(head, delimiter)[0] < 2 and (pattern := between(head)):
        lines = _stream(data, encoding.name)
        yield OpenSheet(PurePath(name).stem, 0, notes=notes, rows=loose_rows(islice(lines, options.limits.rows), pattern))
        return
    sound, unsplit = _survey(data, encoding.name, delimiter, _consistency(head, delimiter)[1])
    if not sound:
        notes.append(("quotes-broken", {}))
    if unsplit:
        notes.append(("rows-unsplit", {"count": len(unsplit), "row": unsplit[0]}))
    sheet = OpenSheet(PurePath(name).stem, 0, notes=notes)
    sheet.rows = _rows(_records(data, encoding.name, delimiter, sound), sheet.name, options, bool(directive))
    yield sheet


def _stream(data: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding, errors="replace", newline="")


def _survey(data: bytes, encoding: str, delimiter: str, width: int) -> _Survey:
    """Look before reading: one stray quotation mark would swallow every row up to the next one, in silence."""
    found = _Survey(True, [])
    lines = 0
    reader = csv.reader(_stream(data, encoding), delimiter=delimiter, strict=True)
    try:
        for number, record in enumerate(reader, 1):
            if reader.line_num - lines > 1 and width > 2 and _swallows(record, delimiter, width):
                raise csv.Error
            if _is_unsplit(record, delimiter, width):
                found.unsplit.append(number)
            lines = reader.line_num
    except csv.Error:
        records = enumerate(_records(data, encoding, delimiter, sound=False), 1)
        return _Survey(False, [number for number, record in records if _is_unsplit(record, delimiter, width)])
    return found


def _is_unsplit(record: list[str], delimiter: str, width: int) -> bool:
    """True when most of a row stands in its first field: other delimiters than the rest has, or quotes around it all."""
    if width < 3 or not record:
        return False
    inside = record[0].count(delimiter)
    return (inside > 1 and inside + len(record) >= width) or any(
        record[0].count(other) >= max(width // 2, 2) for other in DELIMITERS if other != delimiter
    )


def _swallows(record: list[str], delimiter: str, width: int) -> bool:
    """True for a record of several lines that is more than one: too many fields, or a whole row inside a field."""
    written = len(record) - next((at for at, field in enumerate(reversed(record)) if field.strip()), len(record))
    return written > width or any("\n" in field and field.count(delimiter) >= width - 1 for field in record)


def _records(data: bytes, encoding: str, delimiter: str, sound: bool) -> Iterator[list[str]]:
    stream = _stream(data, encoding)
    try:
        if sound:
            yield from csv.reader(stream, delimiter=delimiter)
            return
        for line in stream:
            yield _one_line(line, delimiter)
    except csv.Error as error:
        raise Refusal("cell-too-long") from error


def _one_line(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return next(csv.reader([line], delimiter=delimiter, quoting=csv.QUOTE_NONE), [])


def _rows(records: Iterator[list[str]], sheet: str, options: ReadOptions, skip_first: bool) -> Iterator[SheetRow]:
    if skip_first:
        next(records, None)
    for number, record in enumerate(records, 1):
        row = settle_row(map(unwrap, record))
        if not row:
            continue
        if number > options.limits.rows:
            raise Refusal("too-long", sheet=sheet, limit=options.limits.rows)
        if len(row) > options.limits.columns:
            raise Refusal("too-wide", sheet=sheet, limit=options.limits.columns)
        yield SheetRow(number, row)


def unwrap(text: str) -> str:
    """Undo ``="…"``, by which exports keep long numbers as text."""
    if text[:2] == '="' and (kept := _KEPT_AS_TEXT.fullmatch(text)):
        return kept[1].replace('""', '"')
    return text
