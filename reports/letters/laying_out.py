"""A written paper laid out on A4: the same pages as lists have (``reports/layout.py``), for PDF, printer and preview."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from models.language import _, official
from reports.fitting import PADDING, POINT, Measure, in_company, pieces
from reports.flow import SMALL
from reports.layout import Layout
from reports.letters.letter import Letter, LetterCell, LetterParagraph, LetterTable
from reports.paper_page import LONG_SIDE, MM, SHORT_SIDE, PaperPage, TextLine
from reports.report import Align, printable

_LEFT, _TOP, _BOTTOM = 25 * MM, 25 * MM, 20 * MM
_BASELINE, _CELL_LEADING, _CELL_GAP = 0.38, 1.35, 0.35
_FOOT = 12 * MM
#: Between a line to be filled in and the table below it.
_ABOVE_TABLE = 1.5 * MM
#: From this size on, in points, a bold line in the middle is the title of the paper.
_TITLE_FROM = 16
#: A title of two lines is broken behind one of these, not within a name or a word (词意完整).
_WORDS = ("有限责任公司", "股份有限公司", "有限公司", "事务所", "合作社", "街道", "委员会", "工会", "关于成立", "关于同意筹建")
#: Spaces that stand before a text to move it, as wide as a character.
_WIDE_SPACE = "\u3000"


@dataclass
class _Pages:
    """The pages so far, and how far down the last one is filled."""

    pages: list[PaperPage] = field(default_factory=lambda: [PaperPage()])
    y: float = _TOP

    @property
    def page(self) -> PaperPage:
        return self.pages[-1]

    def room(self, height: float) -> None:
        """Turn the page where so much does not fit any more."""
        if self.y + height > LONG_SIDE - _BOTTOM and self.y > _TOP:
            self.pages.append(PaperPage())
            self.y = _TOP


@official()
def lay_out_letter(letter: Letter, measure: Measure) -> Layout:
    """Lay a paper out; lines at the right (who signs, and when) stay with one another and with what is before them."""
    pages = _Pages()
    parts = list(letter.parts)
    for place, part in enumerate(parts):
        if isinstance(part, LetterParagraph):
            pages.room(_needed(parts, place, measure))
            _set(pages, part, measure)
        else:
            _table(pages, part, measure)
    if len(pages.pages) > 1:
        for number, page in enumerate(pages.pages, 1):
            text = _("第 {number} 页 共 {count} 页").format(number=number, count=len(pages.pages))
            x = (SHORT_SIDE - measure(text, False) * SMALL) / 2
            page.texts.append(TextLine(x, LONG_SIDE - _FOOT, text, SMALL))
    return Layout(letter.title, False, letter.watermark, tuple(pages.pages))


def _needed(parts: Sequence[LetterParagraph | LetterTable], place: int, measure: Measure) -> float:
    """How much room a paragraph asks for before it begins: of one before a signature also the signature's."""
    height, here = 0.0, parts[place]
    assert isinstance(here, LetterParagraph)
    follows = place
    while isinstance(following := parts[follows], LetterParagraph):
        height += _height(following, measure)
        follows += 1
        if follows == len(parts):
            break
        after = parts[follows]
        if not (isinstance(after, LetterParagraph) and after.align == "right"):
            break
    whole = LONG_SIDE - _TOP - _BOTTOM
    return height if height < whole / 2 else here.size * POINT * here.leading * 2


def _height(part: LetterParagraph, measure: Measure) -> float:
    lines = len(_lines(part, measure))
    return (part.before + part.after) * POINT + lines * part.size * POINT * part.leading


def _lines(part: LetterParagraph, measure: Measure) -> list[tuple[float, str]]:
    width = (SHORT_SIDE - 2 * _LEFT) / (part.size * POINT)
    found = [line for text in part.text.split("\n") for line in broken(text, width, measure, part.bold, part.indent)]
    if part.align != "center" or len(found) < len(("one", "other")) or "\n" in part.text:
        return found
    if len(found) == len(("one", "other")) and (parted := _parted(part.text, width, measure, part.bold)):
        return parted
    # a title of several lines has lines of about one length, and not one character in the last
    while len(narrower := broken(part.text, width - 1, measure, part.bold)) == len(found):
        found, width = narrower, width - 1
    return found


def _parted(text: str, width: float, measure: Measure, bold: bool) -> list[tuple[float, str]]:
    """A title in two lines between words, as long as one another as can be; none where no such two lines are wide enough."""
    clean = printable(text).strip()
    places = {at + len(word) for word in _WORDS for at in range(len(clean)) if clean.startswith(word, at)}
    halves = [(clean[:at].rstrip(), clean[at:].lstrip()) for at in sorted(places) if 0 < at < len(clean)]
    lengths = {each: [measure(half, bold) for half in each] for each in halves}
    fitting = [each for each in halves if max(lengths[each]) <= width]
    if not fitting:
        return []
    best = min(fitting, key=lambda each: abs(lengths[each][0] - lengths[each][1]))
    return [(0.0, half) for half in best]


def broken(text: str, width: float, measure: Measure, bold: bool = False, indent: float = 0) -> list[tuple[float, str]]:
    """A text in lines no wider than ``width`` ems: where each begins, and what stands in it. At least one line.

    Spaces before the text move its first line, as ``indent`` does; a line that follows begins at the edge.
    """
    clean = printable(text).replace("\t", _WIDE_SPACE)
    bare = clean.lstrip(f" {_WIDE_SPACE}")
    start = indent + measure(clean[: len(clean) - len(bare)], bold)
    start = min(start, max(width - measure(bare, bold), 0.0)) if measure(bare, bold) <= width else start
    found: list[tuple[float, str]] = []
    line, used = "", start
    for piece in pieces(bare.rstrip()):
        for part in [piece] if measure(piece, bold) <= width else list(piece):
            wide = measure(part, bold)
            if line and used + wide > width + 1e-6:
                found.append((start, line.rstrip()))
                line, used, start = "", 0.0, 0.0
            if line or not part.isspace():
                line, used = line + part, used + wide
    if found and line:
        begin, before = found[-1]
        before, line = in_company(before, line, width, measure, bold)
        found[-1] = (begin, before)
    return [*found, (start, line)]


def _set(pages: _Pages, part: LetterParagraph, measure: Measure) -> None:
    size = round(part.size * POINT)
    high = size * part.leading
    pages.y += part.before * POINT
    width = SHORT_SIDE - 2 * _LEFT
    for start, line in _lines(part, measure):
        pages.room(high)
        x = _LEFT + _moved(part.align, width, start * size, measure(line, part.bold) * size)
        if line:
            title = part.bold and part.align == "center" and part.size >= _TITLE_FROM
            pages.page.texts.append(TextLine(x, pages.y + high / 2 + _BASELINE * size, line, size, part.bold, title=title))
        pages.y += high
    pages.y += part.after * POINT


def _moved(align: Align, width: float, start: float, wide: float) -> float:
    return start if align == "left" else (width - wide) / 2 if align == "center" else width - wide


def _table(pages: _Pages, table: LetterTable, measure: Measure) -> None:
    pages.y += _ABOVE_TABLE if pages.y > _TOP else 0
    width = SHORT_SIDE - 2 * _LEFT
    whole = sum(table.widths) or 1
    edges = [_LEFT + each * width / whole for each in accumulate(table.widths, initial=0.0)]
    for least, cells in table.rows:
        places = list(accumulate((cell.span for cell in cells), initial=0))
        boxes = [(edges[min(a, len(edges) - 1)], edges[min(b, len(edges) - 1)]) for a, b in pairwise(places)]
        texts = [_cell_lines(cell, box, measure) for cell, box in zip(cells, boxes, strict=True)]
        needed = [len(lines) * _CELL_LEADING * cell.size * POINT + 2 * _CELL_GAP * cell.size * POINT
            for cell, lines in zip(cells, texts, strict=True)]  # fmt: skip
        high = max([least * MM, *needed])
        pages.room(high)
        for cell, box, lines in zip(cells, boxes, texts, strict=True):
            _cell(pages, cell, box, lines, high, measure)
        pages.y += high
    pages.y += 2 * MM


def _cell_lines(cell: LetterCell, box: tuple[float, float], measure: Measure) -> list[tuple[float, str]]:
    width = (box[1] - box[0]) / (cell.size * POINT) - 2 * PADDING
    return [line for text in cell.lines for line in broken(text, width, measure)]


def _cell(
    pages: _Pages, cell: LetterCell, box: tuple[float, float], lines: Sequence[tuple[float, str]], high: float, measure: Measure
) -> None:
    left, right = box
    size = round(cell.size * POINT)
    page, y = pages.page, pages.y
    page.rules += [
        (left, y, right, y), (left, y + high, right, y + high), (left, y, left, y + high), (right, y, right, y + high),
    ]  # fmt: skip
    middle = y + high / 2 - (len(lines) - 1) * _CELL_LEADING * size / 2
    pad = PADDING * size
    for number, (start, line) in enumerate(lines):
        x = left + pad + _moved(cell.align, right - left - 2 * pad, start * size, measure(line, False) * size)
        if line:
            page.texts.append(TextLine(x, middle + (number * _CELL_LEADING + _BASELINE) * size, line, size))
