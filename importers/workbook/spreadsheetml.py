"""SpreadsheetML 2003: the one-file XML workbook that WPS, Excel and many web systems write, often named .xls."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from importers.workbook import definitions
from importers.workbook.opened import OpenSheet, ReadOptions, settle_row, widest
from importers.workbook.refusals import Refusal, Told
from importers.workbook.sheet import Merged, ReadLimits, SheetRow
from importers.workbook.xml_text import decoded, raise_for_memory

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_PARTS = (f"{_SS}Worksheet", f"{_SS}Style", f"{_X}Date1904")
_NO_FORMAT_LETTERS = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_HIDDEN = ("SheetHidden", "SheetVeryHidden")
_MAX_COLUMN = 16_384


@dataclass
class Dates:
    """Which of a file's cell styles show a number as a day: WPS writes days as numbers with such a style."""

    styles: set[str] = field(default_factory=set)
    from_1904: bool = False

    def note_style(self, style: etree._Element) -> None:
        """Remember a style when its number format has a year or a day in it."""
        number_format = style.find(f"{_SS}NumberFormat")
        code = "" if number_format is None else number_format.get(f"{_SS}Format", "")
        letters = _NO_FORMAT_LETTERS.sub("", code).lower()
        if "date" in letters or ("general" not in letters and re.search("[yd]", letters)):
            self.styles.add(style.get(f"{_SS}ID", ""))

    def moment(self, serial: float) -> dt.datetime | float:
        """The moment of a serial number; a number that is no day of the calendar stays what it is."""
        if not 1 <= serial < 2_958_466:
            return serial
        return (dt.datetime(1904, 1, 1) if self.from_1904 else dt.datetime(1899, 12, 30)) + dt.timedelta(days=serial)


def read_spreadsheetml(data: bytes, options: ReadOptions) -> Iterator[OpenSheet]:
    """The worksheets of a SpreadsheetML file. Refusal when its XML is broken or defines entities."""
    text, notes = decoded(data)
    definitions.check(text)
    source = io.BytesIO(_DECLARATION.sub("", text, count=1).encode("utf-8", "replace"))
    try:
        index = 0
        dates = Dates()
        for _event, element in etree.iterparse(source, tag=_PARTS, resolve_entities=False, no_network=True):
            definitions.check_tree(element)
            if element.tag == f"{_SS}Worksheet":
                yield _sheet(element, index, notes, options, dates)
                index += 1
                element.clear()
            elif element.tag == f"{_SS}Style":
                dates.note_style(element)
            else:
                dates.from_1904 = True
    except etree.XMLSyntaxError as error:
        raise_for_memory(error)
        raise Refusal("damaged") from error


def _sheet(worksheet: etree._Element, index: int, notes: list[Told], options: ReadOptions, dates: Dates) -> OpenSheet:
    sheet = OpenSheet(worksheet.get(f"{_SS}Name", f"Sheet{index + 1}"), index, notes=list(notes))
    sheet.hidden = worksheet.findtext(f"{_X}WorksheetOptions/{_X}Visible") in _HIDDEN
    if sheet.hidden and not options.hidden_sheets:
        return sheet
    merged: list[Merged] = []
    rows = list(_rows(worksheet, merged, options.limits, dates, sheet.name))
    sheet.merged = tuple(merged)
    sheet.height = rows[-1].number if rows else 0
    hidden = sum(row.hidden for row in rows)
    if hidden:
        sheet.notes.append(("hidden-rows", {"count": hidden}))
    if widest(rows) > options.limits.columns:
        sheet.refused = ("too-wide", {"sheet": sheet.name, "limit": options.limits.columns})
    else:
        sheet.rows = rows
    return sheet


def _rows(
    worksheet: etree._Element, merged: list[Merged], limits: ReadLimits, dates: Dates, name: str
) -> Iterator[SheetRow]:
    number = 0
    for row in worksheet.iterfind(f"{_SS}Table/{_SS}Row"):
        number = _whole(row, "Index", number + 1)
        if number > limits.rows:
            raise Refusal("too-long", sheet=name, limit=limits.rows)
        values = settle_row(_cells(row, number, merged, dates))
        if values:
            yield SheetRow(number, values, row.get(f"{_SS}Hidden") == "1")
        # rows of the same look may be written as one
        number += _whole(row, "Span", 0)


def _cells(row: etree._Element, number: int, merged: list[Merged], dates: Dates) -> list[object]:
    values: list[object] = []
    for cell in row.iterfind(f"{_SS}Cell"):
        column = min(_whole(cell, "Index", len(values) + 1), _MAX_COLUMN) - 1
        values += [None] * (column - len(values))
        across, down = _whole(cell, "MergeAcross", 0), _whole(cell, "MergeDown", 0)
        if across or down:
            merged.append((number, len(values), number + down, len(values) + across))
        value = _value(cell.find(f"{_SS}Data"))
        if isinstance(value, float) and cell.get(f"{_SS}StyleID") in dates.styles:
            value = dates.moment(value)
        values.append(value)
        values += [None] * min(across, _MAX_COLUMN - len(values))
    return values


def _whole(element: etree._Element, name: str, default: int) -> int:
    written = element.get(f"{_SS}{name}", "")
    return int(written) if written.isdecimal() and len(written) < 9 else default


def _value(data: etree._Element | None) -> object:
    if data is None:
        return None
    text = "".join(part for part in data.itertext() if isinstance(part, str))
    kind = data.get(f"{_SS}Type", "String")
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            return _moment(text)
    except ValueError:
        return text
    return text == "1" if kind == "Boolean" else text


def _moment(text: str) -> dt.datetime | dt.time:
    """ISO text; Excel writes a time of day as a moment of its day 0, 1899-12-31."""
    moment = dt.datetime.fromisoformat(text)
    return moment.time() if moment.year < 1900 else moment
