"""Word documents (.docx, .docm, and the .wps that are one inside): their tables and lists, and what the lines around them say.

Read from their XML behind the same gate as a workbook: a table is a few elements, and no library of documents reads less than
all of a document (docs/decisions/0044).
"""

from collections.abc import Iterator, Sequence

from lxml import etree

from importers.workbook import definitions, zip_gate
from importers.workbook.listed import with_lists
from importers.workbook.opened import OpenSheet, ReadOptions
from importers.workbook.refusals import Refusal
from importers.workbook.sheet import Merged
from importers.workbook.stacked import Cells, TableBlock, sheets, worth_a_line
from importers.workbook.xlsx_package import entry_of, made_of
from importers.workbook.xml_text import raise_for_memory

_PART = "word/document.xml"
#: Wrappers around what they hold: content controls, smart tags, insertions that were tracked.
_THROUGH = frozenset(("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"))
#: What is written and does not stand there: deleted, moved away, fields' code, the reading above a character, the other
#: way to show a thing.
_UNSEEN = frozenset(("del", "moveFrom", "instrText", "rt", "Fallback", "pPr", "rPr", "tcPr", "trPr", "tblPr", "sdtPr"))
#: Ticks and boxes are characters of fonts of signs: what they show there.
_SIGNS = {
    ("wingdings", "fc"): "✓", ("wingdings", "fb"): "✗", ("wingdings", "fe"): "☑", ("wingdings", "fd"): "☒",
    ("wingdings", "a8"): "□", ("wingdings", "6f"): "□", ("wingdings 2", "50"): "✓", ("wingdings 2", "52"): "☑",
    ("wingdings 2", "4f"): "✗", ("wingdings 2", "53"): "☒", ("wingdings 2", "a3"): "□", ("wingdings 2", "2a"): "□",
}  # fmt: skip
_ALONE = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
#: Columns that Word itself allows in a table.
_MOST_COLUMNS = 63


def read_docx(data: bytes, name: str, options: ReadOptions) -> Iterator[OpenSheet]:
    """The tables and lists of a Word document as sheets.

    Refusal "no-word-table" when it has none, "damaged" when its XML is broken.
    """
    with zip_gate.open_zip(data) as archive:
        zip_gate.check(archive, len(data))
        entry = entry_of(archive, _PART)
        if entry is None:
            raise Refusal("damaged")
        text, made = b"".join(zip_gate.pieces(archive, entry, 1 << 20)), made_of(archive)
    try:
        root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise_for_memory(error)
        raise Refusal("damaged") from error
    definitions.check_tree(root)
    blocks = list(_blocks(root))
    if not blocks:
        raise Refusal("no-word-table")
    for sheet in sheets(blocks, name, ("word-rows", {}), options):
        sheet.made = made
        yield sheet


def _local(element: etree._Element) -> str:
    """The name of an element without its namespace, of which there are two (transitional and strict)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _inside(element: etree._Element, *wanted: str) -> Iterator[etree._Element]:
    """The wanted children, through whatever only wraps them."""
    for child in element:
        local = _local(child)
        if local in wanted:
            yield child
        elif local in _THROUGH:
            yield from _inside(child, *wanted)


def _blocks(root: etree._Element) -> Iterator[TableBlock]:
    """The tables and lists of the body in their order, each with the lines between it and the one before."""
    lines: list[str] = []
    last: TableBlock | None = None
    for body in _inside(root, "body"):
        for part in _inside(body, "p", "tbl"):
            if _local(part) == "p":
                lines += [line for line in _said(part).split("\n") if line.strip()]
                continue
            listed, lines = with_lists(lines)
            yield from listed
            for block in _tables(part):
                block.lines[:0] = lines
                lines, last = [], block
                yield block
    listed, lines = with_lists(lines)
    yield from listed
    if last is not None and not listed:
        last.below += lines


def _tables(table: etree._Element) -> Iterator[TableBlock]:
    """A table, and those inside its cells; one that only lays out the page is left aside for the tables inside it."""
    rows = [(row, list(_inside(row, "tc"))) for row in _inside(table, "tr") if not _is_deleted(row)]
    inner = [each for _row, cells in rows for cell in cells for each in _inside(cell, "tbl") if _is_table(each)]
    own = [text for _row, cells in rows for cell in cells if (text := _text(cell))]
    if inner and len(own) < 2 * len(inner) + 2:
        found = [block for each in inner for block in _tables(each)]
        if found:
            found[0].lines[:0] = [line for text in own for line in text.split("\n") if worth_a_line(line)]
        yield from found
        return
    block = _block(rows)
    if inner:
        block.notes.append(("tables-inside", {"count": len(inner)}))
    yield block
    for each in inner:
        yield from _tables(each)


def _is_table(inner: etree._Element) -> bool:
    """True for a table inside a cell that has rows and columns; another one is only a way to write the cell."""
    widths = [len(list(_inside(row, "tc"))) for row in _inside(inner, "tr")]
    return len(widths) > 1 and max(widths) > 1


def _is_deleted(row: etree._Element) -> bool:
    return any(_local(mark) == "del" for about in _inside(row, "trPr") for mark in about)


def _block(rows: Sequence[tuple[etree._Element, list[etree._Element]]]) -> TableBlock:
    found: list[Cells] = []
    merged: list[Merged] = []
    #: column → the cell from which a merged one reaches down: its row, its last column, the last row so far
    reaching: dict[int, tuple[int, int, int]] = {}
    for number, (row, cells) in enumerate(rows):
        values: Cells = [None] * min(_skipped(row), _MOST_COLUMNS)
        for cell in cells:
            start, span, down = len(values), *_span(cell)
            if start + span > _MOST_COLUMNS:
                break
            above = reaching.pop(start, None)
            goes_on = down == "continue" and above is not None and above[2] == number - 1
            if above is not None and not goes_on:
                _close(merged, start, above)
            if goes_on and above is not None:
                reaching[start] = above[0], above[1], number
            elif down or span > 1:
                reaching[start] = number, start + span - 1, number
            values += [None if goes_on else _text(cell) or None, *[None] * (span - 1)]
        found.append(values)
    for start, cell_above in reaching.items():
        _close(merged, start, cell_above)
    width = max(map(len, found), default=0)
    return TableBlock([], [cells + [None] * (width - len(cells)) for cells in found], sorted(merged))


def _close(merged: list[Merged], left: int, cell: tuple[int, int, int]) -> None:
    """Keep the range of a cell that reaches no further down, when it is more than one cell."""
    top, right, bottom = cell
    if bottom > top or right > left:
        merged.append((top, left, bottom, right))


def _skipped(row: etree._Element) -> int:
    """The columns that a row leaves free before its first cell."""
    return next((_whole(mark) for about in _inside(row, "trPr") for mark in about if _local(mark) == "gridBefore"), 0)


def _span(cell: etree._Element) -> tuple[int, str]:
    """How many columns a cell has, and how it takes part in a merge downwards: "", "restart" or "continue"."""
    across, down = 1, ""
    for about in _inside(cell, "tcPr"):
        for mark in about:
            local = _local(mark)
            if local == "gridSpan":
                across = max(_whole(mark), 1)
            elif local == "vMerge":
                down = _value(mark) or "continue"
    return min(across, _MOST_COLUMNS), down


def _value(mark: etree._Element) -> str:
    """What a mark says, its only attribute of that name in either namespace."""
    return next((str(value) for name, value in mark.attrib.items() if str(name).rpartition("}")[2] == "val"), "")


def _whole(mark: etree._Element) -> int:
    written = _value(mark)
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 4 else 0


def _text(element: etree._Element) -> str:
    """What stands in a paragraph or a cell, a line for each paragraph.

    Without the tables inside it, which are read by themselves.
    """
    lines = _said(element).replace("\t", " ").split("\n")
    return "\n".join(line for each in lines if (line := each.strip()))


def _said(element: etree._Element) -> str:
    """The same as it stands there, with its tabs."""
    return "".join(_pieces(element)).replace("\xa0", " ")


def _pieces(element: etree._Element) -> Iterator[str]:
    for child in element:
        local = _local(child)
        if local == "t":
            yield child.text or ""
        elif local in _ALONE:
            yield _ALONE[local]
        elif local == "sym":
            yield _sign(child)
        elif local and local not in _UNSEEN and not (local == "tbl" and _is_table(child)):
            yield from _pieces(child)
            if local == "p":
                yield "\n"


def _sign(mark: etree._Element) -> str:
    said = {str(name).rpartition("}")[2]: str(value).lower() for name, value in mark.attrib.items()}
    return _SIGNS.get((said.get("font", ""), said.get("char", "")[-2:]), "")
