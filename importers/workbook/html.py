"""HTML tables, which many systems export under the name .xls, and the single-file web pages (MHTML) of Excel."""

import email
import email.policy
import re
from collections.abc import Iterator

from lxml import html
from lxml.etree import LxmlError

from importers.workbook.opened import OpenSheet, ReadOptions, trim, widest
from importers.workbook.refusals import Refusal, Told
from importers.workbook.sheet import Merged, SheetRow
from importers.workbook.text import unwrap
from importers.workbook.xml_text import decoded, raise_for_memory

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_SHEET_NAME = re.compile(r"<x:ExcelWorksheet>\s*<x:Name>([^<]+)</x:Name>", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_ROUNDED = re.compile(r"\d(?:\.\d+)?E\+\d\d", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\r\n\f]+")
#: cells outside of any row, or inside another cell without a table between them
_ASTRAY = (
    "//*[self::td or self::th]"
    "[not(ancestor::tr) or ancestor::*[self::td or self::th or self::table][1][not(self::table)]]"
)
#: stands for <br> while the source's own line breaks become spaces
_BREAK = "\u2028"
_MAX_SPAN = 1_000
_MAX_ROW_SPAN = 65_536


def read_html(data: bytes, options: ReadOptions) -> Iterator[OpenSheet]:
    """Each table of a page as a sheet. Refusal "no-table" when there is none."""
    text, notes = decoded(data)
    yield from _sheets([text], notes, options)


def read_mhtml(data: bytes, options: ReadOptions) -> Iterator[OpenSheet]:
    """The tables of all pages inside a single-file web page."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    pages = [part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "text/html"]
    yield from _sheets([decoded(page)[0] for page in pages if isinstance(page, bytes)], [], options)


def _sheets(texts: list[str], notes: list[Told], options: ReadOptions) -> Iterator[OpenSheet]:
    notes = list(notes)
    tables = [table for text in texts if text.strip() for table in _tables(_page(text), notes)]
    if not tables:
        raise Refusal("no-table")
    names = [name for text in texts for name in _SHEET_NAME.findall(text)]
    for index, table in enumerate(tables):
        name = names[index] if len(names) == len(tables) else f"Sheet{index + 1}"
        yield _sheet(table, OpenSheet(name, index, notes=list(notes)), options)


def _page(text: str) -> html.HtmlElement:
    try:
        # bytes, because lxml refuses a text that declares an encoding
        page = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    except (LxmlError, ValueError) as error:
        raise_for_memory(error)
        raise Refusal("damaged") from error
    if len(_ROW.findall(_COMMENT.sub("", text))) > len(list(page.iter("tr"))):
        raise Refusal("damaged")  # the parser gave up in the middle: rows would be lost in silence
    return page


def _tables(page: html.HtmlElement, notes: list[Told]) -> list[html.HtmlElement]:
    """The tables that hold data; what is left out is told in the notes."""
    tables = list(page.iter("table"))
    # after a table that was closed too early its rows go on without one
    homeless = page.xpath("//tr[not(ancestor::table)]")
    if homeless:
        tables.append(html.Element("table"))
        tables[-1].extend(homeless)
    if astray := page.xpath(_ASTRAY):
        notes.append(("cells-astray", {"count": len(astray)}))
    outermost = [table for table in tables if next(table.iterancestors("table"), None) is None]
    kept = [inner for table in outermost for inner in _without_frame(table)]
    lost = sum(_is_data(row) for table in tables if table not in kept for row in _own_rows(table))
    if lost:
        notes.append(("frame-left-out", {"count": lost}))
    return kept


def _is_data(row: html.HtmlElement) -> bool:
    """At least three cells with something of their own, not counting tables inside them."""
    return sum(1 for cell in _cells(row) if cell.find(".//table") is None and _value(cell)) >= 3


def _without_frame(table: html.HtmlElement) -> list[html.HtmlElement]:
    """A table that only lays out the page is left aside for the tables inside it."""
    inside = [inner for inner in table.iter("table") if inner is not table]
    if inside and len(_own_rows(table)) < sum(len(_own_rows(inner)) for inner in inside):
        return [inner for inner in inside if inner.find(".//table") is None]
    return [table, *(inner for inner in inside if len(_own_rows(inner)) > 1)]


def _own_rows(table: html.HtmlElement) -> list[html.HtmlElement]:
    return [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]


def _sheet(table: html.HtmlElement, sheet: OpenSheet, options: ReadOptions) -> OpenSheet:
    merged: list[Merged] = []
    rows = list(_rows(table, merged))
    sheet.merged = tuple(merged)
    sheet.height = rows[-1].number if rows else 0
    if widest(rows) > options.limits.columns:
        sheet.refused = ("too-wide", {"sheet": sheet.name, "limit": options.limits.columns})
    else:
        sheet.rows = rows
    return sheet


def _rows(table: html.HtmlElement, merged: list[Merged]) -> Iterator[SheetRow]:
    #: column → rows that a cell from above still reaches down
    reaching: dict[int, int] = {}
    for number, element in enumerate(_own_rows(table), 1):
        values: list[str | float | None] = []
        below = {column: left - 1 for column, left in reaching.items() if left > 1}
        for cell in _cells(element):
            while len(values) in reaching:
                values.append(None)
            across, down = _span(cell, "colspan", _MAX_SPAN), _span(cell, "rowspan", _MAX_ROW_SPAN)
            if across > 1 or down > 1:
                merged.append((number, len(values), number + down - 1, len(values) + across - 1))
            if down > 1:
                below.update(dict.fromkeys(range(len(values), len(values) + across), down - 1))
            values += [_value(cell), *[None] * (across - 1)]
        reaching = below
        if row := trim(list(values)):
            yield SheetRow(number, row, bool(_HIDDEN.search(element.get("style", ""))))


def _cells(row: html.HtmlElement) -> list[html.HtmlElement]:
    """A row's cells; some pages put a form between the row and its cells."""
    cells = list(row.iterchildren("td", "th"))
    if len(cells) == len(row):
        return cells
    return [cell for cell in row.iter("td", "th") if next(cell.iterancestors("tr"), None) is row]


def _span(cell: html.HtmlElement, name: str, most: int) -> int:
    written = cell.get(name, "1").strip()
    return min(max(int(written), 1), most) if written.isdecimal() and len(written) < 8 else 1


def _value(cell: html.HtmlElement) -> str | float | None:
    """The text as a browser shows it; a number that Excel rounded for showing is taken from Excel's own mark."""
    for line_break in cell.iter("br"):
        line_break.tail = _BREAK + (line_break.tail or "")
    text = "\n".join(_WHITE.sub(" ", line).strip() for line in cell.text_content().split(_BREAK))
    text = unwrap(text.replace("\xa0", " ").strip())
    exact = cell.get("x:num", "")
    if exact and _ROUNDED.fullmatch(text):
        try:
            return float(exact)
        except ValueError:
            return text
    return text or None
