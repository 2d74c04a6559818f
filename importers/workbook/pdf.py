"""PDF documents with text: the tables on their pages, put together as if they had never been cut into pages.

A scan is a picture and is told as one. Which characters and lines stand on a page is PDFium's to say (``pdf_page.py``).
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence

from importers.workbook.aligned import Word, cells_of, columns, words_of
from importers.workbook.opened import OpenSheet, ReadOptions
from importers.workbook.pdf_page import PdfPage, pages
from importers.workbook.refusals import Refusal
from importers.workbook.ruled import Ruled, line_text, lines_of, ruled
from importers.workbook.stacked import TableBlock, sheets, worth_a_line

#: Pages that are read: more than the longest roster, less than what keeps a person waiting.
_MOST_PAGES = 2_000
#: What the streams of a document may unpack to; pictures are never unpacked.
_MOST_UNPACKED = 256 << 20
_STEP = 1 << 20
_STREAM = re.compile(rb"stream\r?\n")
_FLATE = re.compile(rb"/Fl(?:ateDecode)?\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
#: Characters of a page that a scan may have all the same: a number that was stamped on it.
_FEW_CHARS = 12
#: 第1页 共3页, - 1 -, 1/3, Page 1 of 3.
_PAGE_NUMBER = re.compile(
    r"^[-—－\s]*(?:第?\s*\d{1,4}\s*页?|第?\s*\d{1,4}\s*页?\s*[,，/／]?\s*[共of]*\s*\d{1,4}\s*页?)[-—－\s]*$"
    r"|^Page \d+( of \d+)?$"
)


def read_pdf(data: bytes, name: str, options: ReadOptions) -> Iterator[OpenSheet]:
    """The tables of a PDF document as sheets. Refusal when it is a scan, has no table, or is hostile."""
    _check_streams(data)
    held = list(pages(data, options.password, _MOST_PAGES))
    _check_text(held)
    tables = [ruled(page) for page in held]
    blocks, note = (_ruled_blocks(held, tables), "pdf-rows") if any(tables) else (_aligned_blocks(held), "pdf-aligned")
    if not blocks:
        raise Refusal("pdf-no-table")
    yield from sheets(blocks, name, (note, {}), options)


def _check_streams(data: bytes) -> None:
    """Refuse a document whose streams unpack to what no text is; pictures are left alone."""
    unpacked = 0
    for found in _STREAM.finditer(data):
        about = data[max(0, found.start() - 2_000) : found.start()]
        about = about[about.rfind(b" obj") + 1 :]
        filters = len(_FLATE.findall(about))
        if not filters or _PICTURE.search(about):
            continue
        if filters > 1 and b"/Filter" in about and about.count(b"/Filter") == 1:
            raise Refusal("zip-ratio")  # packed twice: nobody does it but to hide a size
        unpacker = zlib.decompressobj()
        packed = memoryview(data)[found.end() :]
        try:
            piece = unpacker.decompress(packed[:_STEP], _STEP)
            place = _STEP
            while piece or unpacker.unconsumed_tail:
                unpacked += len(piece)
                if unpacked > _MOST_UNPACKED:
                    raise Refusal("zip-size", limit=_MOST_UNPACKED >> 20)
                if unpacker.eof:
                    break
                more = unpacker.unconsumed_tail or packed[place : place + _STEP]
                place += 0 if unpacker.unconsumed_tail else _STEP
                piece = unpacker.decompress(more, _STEP)
        except zlib.error:
            continue  # PDFium reads on over what is broken, and stops by itself


def _check_text(held: Sequence[PdfPage]) -> None:
    """Refuse pictures of pages, and texts whose fonts do not say which characters they are."""
    chars, unreadable = sum(len(page.chars) for page in held), sum(page.unreadable for page in held)
    if unreadable > chars:
        raise Refusal("pdf-unreadable")
    if chars <= _FEW_CHARS * len(held):
        raise Refusal("pdf-scanned" if any(page.pictures for page in held) else "pdf-no-table")


def _ruled_blocks(held: Sequence[PdfPage], tables: Sequence[Sequence[Ruled]]) -> list[TableBlock]:
    blocks: list[TableBlock] = []
    lines: list[str] = []
    repeated = _repeated(_lines(page, found) for page, found in zip(held, tables, strict=True))
    for page, found in zip(held, tables, strict=True):
        outside = [(at, text) for at, text in _lines(page, found) if text not in repeated or not blocks]
        for table in found:
            lines += [text for at, text in outside if at < table.top]
            outside = [(at, text) for at, text in outside if at > table.top]
            blocks.append(TableBlock(lines, table.rows, table.merged))
            lines = []
        lines += [text for _at, text in outside]
    if blocks:
        blocks[-1].below = lines
    return blocks


def _lines(page: PdfPage, found: Sequence[Ruled]) -> list[tuple[float, str]]:
    """The lines of a page outside its tables: where each stands and what it says."""
    def inside(x: float, y: float) -> bool:
        return any(each.left <= x <= each.right and each.top <= y <= each.bottom for each in found)

    lines = lines_of(char for char in page.chars if not inside(*char.middle))
    told = [(line[0].middle[1], line_text(line)) for line in lines]
    return [(at, text) for at, text in told if worth_a_line(text) and not _PAGE_NUMBER.match(text)]


def _repeated(of_pages: Iterator[list[tuple[float, str]]]) -> set[str]:
    """The lines that stand on several pages: titles and feet that every page has."""
    counted = Counter(text for lines in of_pages for text in {text for _at, text in lines})
    return {text for text, count in counted.items() if count > 1}


def _aligned_blocks(held: Sequence[PdfPage]) -> list[TableBlock]:
    """All pages as one table, for without lines nothing tells where one ends.

    A single word in a line is a line above or between.
    """
    of_pages = [[line for line in words_of(page) if not _PAGE_NUMBER.match(" ".join(text for *_ends, text in line))]
        for page in held]
    lines = [line for page in of_pages for line in page]
    found = columns(lines)
    if not found:
        return []
    first = next(place for place, line in enumerate(lines) if len(line) > 2)
    above = [" ".join(text for *_ends, text in line) for line in lines[:first]]
    header: Sequence[Word] = lines[first]
    rows = [cells_of(header, found)]
    for line in lines[first + 1 :]:
        cells = cells_of(line, found)
        if cells != rows[0]:
            rows.append(cells if len(line) > 1 else [line[0][2], *[None] * (len(found) - 1)])
    return [TableBlock([line for line in above if worth_a_line(line)], rows)]
