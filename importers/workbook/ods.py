"""OpenDocument spreadsheets (.ods): LibreOffice writes them, and WPS can.

Read from their XML: the native reader takes texts in CDATA for empty, gives up on white space between rows, and knows
neither hidden rows nor errors.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from importers.workbook import definitions, zip_gate
from importers.workbook.opened import OpenSheet, ReadOptions, settle_row, widest
from importers.workbook.refusals import Refusal
from importers.workbook.sheet import Merged, ReadLimits, SheetRow
from importers.workbook.xlsx_package import entry_of
from importers.workbook.xml_text import raise_for_memory

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_OFFICE, _STYLE = f"{{{_NAMES}:office:1.0}}", f"{{{_NAMES}:style:1.0}}"
_TABLE, _TEXT = f"{{{_NAMES}:table:1.0}}", f"{{{_NAMES}:text:1.0}}"
_ERROR = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_TAGS = (f"{_TABLE}table", f"{_TABLE}table-row", f"{_STYLE}style")
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_DURATION = re.compile(r"(-?)PT?(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:[.,]\d*)?S)?")
_MAX_COLUMN = 16_384
#: Bytes of the manifest that are looked at for a password.
_MANIFEST = 1 << 16


@dataclass
class _Table:
    """The table that is being read: its rows so far, and the number of the next."""

    rows: list[SheetRow] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    number: int = 1
    refused: Refusal | None = None


def read_ods(data: bytes, options: ReadOptions) -> Iterator[OpenSheet]:
    """The sheets of an OpenDocument file, each when it is complete. Refusal when the package or its XML is broken."""
    with zip_gate.open_zip(data) as archive:
        manifest = entry_of(archive, "meta-inf/manifest.xml")
        if manifest is not None and b"encryption-data" in zip_gate.read_head(archive, manifest, _MANIFEST):
            raise Refusal("ods-password")  # its parts look damaged
        zip_gate.check(archive, len(data))
        entry = entry_of(archive, "content.xml")
        if entry is None:
            raise Refusal("damaged")
        source = _Unpacked(zip_gate.pieces(archive, entry, 1 << 20))
        try:
            yield from _sheets(source, options)
            source.finish()
        except etree.XMLSyntaxError as error:
            raise_for_memory(error)
            raise Refusal("damaged") from error


class _Unpacked:
    """A part of the package as a file that can only be read on."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def read(self, _size: int = -1) -> bytes:
        """The next piece, whatever its size; empty at the end."""
        return next(self._pieces, b"")

    def finish(self) -> None:
        """Read to the end, for the part's checksum."""
        for _piece in self._pieces:
            pass


def _sheets(source: _Unpacked, options: ReadOptions) -> Iterator[OpenSheet]:
    index = 0
    table = _Table()
    hidden_styles: set[str] = set()
    for _event, element in etree.iterparse(source, tag=_TAGS, resolve_entities=False, no_network=True):
        definitions.check_tree(element)
        if element.tag == f"{_STYLE}style":
            properties = element.find(f"{_STYLE}table-properties")
            if properties is not None and properties.get(f"{_TABLE}display") == "false":
                hidden_styles.add(element.get(f"{_STYLE}name", ""))
        elif element.tag == f"{_TABLE}table-row":
            _add_row(table, element, options.limits)
            element.clear()
        else:
            hidden = element.get(f"{_TABLE}style-name") in hidden_styles
            yield _sheet(OpenSheet(element.get(f"{_TABLE}name", f"Sheet{index + 1}"), index, hidden), table, options)
            element.clear()
            index += 1
            table = _Table()


def _sheet(sheet: OpenSheet, table: _Table, options: ReadOptions) -> OpenSheet:
    if sheet.hidden and not options.hidden_sheets:
        return sheet
    if table.refused is not None:
        code, facts = table.refused.told
        sheet.refused = (code, {"sheet": sheet.name, **facts})
        return sheet
    if widest(table.rows) > options.limits.columns:
        sheet.refused = ("too-wide", {"sheet": sheet.name, "limit": options.limits.columns})
        return sheet
    sheet.rows, sheet.merged = table.rows, tuple(table.merged)
    sheet.height = table.rows[-1].number if table.rows else 0
    if hidden := sum(row.hidden for row in table.rows):
        sheet.notes.append(("hidden-rows", {"count": hidden}))
    return sheet


def _add_row(table: _Table, element: etree._Element, limits: ReadLimits) -> None:
    """A row as often as it is repeated; one that is repeated beyond all limits is empty, or the sheet is refused."""
    times = _whole(element, "number-rows-repeated", 1)
    values = settle_row(_cells(element, table))
    hidden = element.get(f"{_TABLE}visibility") in ("collapse", "filter")
    if values and table.refused is None:
        if table.number + times - 1 > limits.rows:
            table.refused = Refusal("too-long", limit=limits.rows)
        else:
            table.rows += [SheetRow(table.number + more, list(values), hidden) for more in range(times)]
    table.number += times


def _cells(row: etree._Element, table: _Table) -> list[object]:
    values: list[object] = []
    for cell in row.iterchildren(*_CELLS):
        value = _value(cell)
        across = _whole(cell, "number-columns-spanned", 1)
        down = _whole(cell, "number-rows-spanned", 1)
        if across > 1 or down > 1:
            corner = table.number + down - 1, len(values) + across - 1
            table.merged.append((table.number, len(values), *corner))
        values += [value] * min(_whole(cell, "number-columns-repeated", 1), _MAX_COLUMN - len(values))
    return values


def _whole(element: etree._Element, name: str, default: int) -> int:
    written = element.get(f"{_TABLE}{name}", "")
    return max(int(written), 1) if written.isdecimal() and len(written) < 8 else default


def _value(cell: etree._Element) -> object:
    """What a cell holds: its typed value where it has one, else its text."""
    kind = cell.get(f"{_OFFICE}value-type")
    if kind is None and len(cell) == 0:
        return None
    text = "\n".join(_written(paragraph) for paragraph in cell.iterchildren(f"{_TEXT}p"))
    if cell.get(_ERROR) == "error":
        return text
    try:
        match kind:
            case "float" | "percentage" | "currency":
                return float(cell.get(f"{_OFFICE}value", ""))
            case "date":
                return dt.datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", ""))
            case "boolean":
                return cell.get(f"{_OFFICE}boolean-value") == "true"
            case "time":
                return _duration(cell.get(f"{_OFFICE}time-value", "")) or text
            case _:
                return text or cell.get(f"{_OFFICE}string-value") or _written(cell)
    except ValueError:
        return text


def _duration(written: str) -> dt.timedelta | None:
    found = _DURATION.fullmatch(written)
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    length = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] else length


def _written(element: etree._Element) -> str:
    """A paragraph's text; blanks, tabs and line breaks are elements of their own."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            count = child.get(f"{_TEXT}c", "1")
            parts.append(" " * min(int(count), 1_000) if count.isdecimal() and len(count) < 8 else " ")
        elif child.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif child.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif isinstance(child.tag, str) and child.tag not in (f"{_OFFICE}annotation", f"{_TEXT}ruby-text"):
            parts.append(_written(child))
        parts.append(child.tail or "")
    return "".join(parts)
