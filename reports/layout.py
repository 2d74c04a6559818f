"""Where each text, rule and tint stands on each page: pure data, the same for PDF, printer and preview.

Lengths are in twentieths of a point from the paper's upper left corner. Nothing here knows Qt.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from models.language import _, official
from reports.chart import Lettering, Room, bars, put_chart
from reports.fitting import BODY_SIZES, PADDING, POINT, Fitted, Measure, fit_columns, wrap
from reports.flow import (
    BAR_LABEL,
    GAP,
    LEADING,
    SMALL,
    Block,
    PagePart,
    blocks_of,
    condensed,
    heading,
    height_of,
    least_height,
    paginate,
    row_maker,
    titles,
)
from reports.paper_page import MM, SIDES, PagesWhenSeen, Paper, PaperPage, TextLine, Tint, in_turn
from reports.report import Align, Report, Section, group_runs

MARGIN = 15 * MM
TITLE_SIZE = 18 * POINT
HEADER_GREY, HEADING_GREY = 8, 3
#: From the middle of a line of Han characters to the baseline, in ems.
_BASELINE = 0.38
#: Distance of the page foot's line from the paper's edge; it stands inside the lower margin.
_FOOT = 9 * MM
#: Letters (in twentieths of a point) and heights of rows (in millimetres) to try for a paper that should stand on one page.
_TIGHTER = ((BODY_SIZES[0], 5.5), (BODY_SIZES[1], 5.0), (BODY_SIZES[2], 4.5))
#: What is filled in by hand is drawn with these.
_BY_HAND = "____"


@dataclass(frozen=True)
class Layout:
    """A report laid out: its pages and the sheets (A4, A3) they stand on."""

    title: str
    landscape: bool
    watermark: str
    pages: Sequence[PaperPage]
    sheet: Paper = "A4"

    @property
    def paper(self) -> tuple[float, float]:
        """Width and height of the paper."""
        short, long = SIDES[self.sheet]
        return (long, short) if self.landscape else (short, long)


@dataclass(frozen=True)
class _Frame:
    """What all pages of a report share."""

    report: Report
    measure: Measure
    fitted: Fitted
    right: float
    bottom: float
    header: tuple[float, float]

    @property
    def size(self) -> int:
        return self.fitted.size

    @property
    def left(self) -> float:
        return MARGIN

    def edges(self, section: int) -> tuple[float, ...]:
        """Where the columns of a section begin, and where the last one ends; -1 for the shared ones."""
        return tuple(accumulate(self.fitted.of(section), initial=MARGIN))


@official()
def lay_out(report: Report, printed: str, measure: Measure) -> Layout:
    """Lay the report out. ``printed`` is the time of printing as shown in the foot; empty leaves it out.

    Where the pages end is told at once; each is made when it is looked at. What is ``apart`` is numbered apart; copies follow
    one another. With ``duplex`` an empty page fills a sheet up.
    """
    if report.drawn is not None:
        drawn = report.drawn.pages(report, printed, measure)
        return Layout(report.title, report.landscape, report.watermark, drawn, report.paper)
    papers = [_one(each, printed, measure) for each in parts_of(report)]
    blank: Sequence[PaperPage] = (PaperPage(),)
    parts: list[Sequence[PaperPage]] = []
    for paper in papers:
        filled_up = report.duplex and len(paper.pages) % 2 and len(papers) * report.copies > 1
        parts += [paper.pages, *([blank] if filled_up else [])] * max(1, report.copies)
    if parts[-1] is blank:
        parts.pop()
    return replace(papers[0], pages=in_turn(parts))


def parts_of(report: Report) -> list[Report]:
    """The papers that a report is: one, or one for each section."""
    if not report.apart or len(report.sections) < 2:
        return [report]
    return [
        replace(report, sections=[replace(each, sums=())], sums=each.sums, totals="" if each.sums else each.totals)
        for each in report.sections
    ]


def _one(report: Report, printed: str, measure: Measure) -> Layout:
    """One paper; what should stand on one page in smaller letters and lower rows, if that is enough for it."""
    made = _laid_out(report, printed, measure)
    for size, height in _TIGHTER if report.one_page and len(made.pages) > 1 else ():
        tighter = _laid_out(replace(report, size=size, row_height=height), printed, measure)
        if len(tighter.pages) == 1:
            return tighter
    return made


def _laid_out(report: Report, printed: str, measure: Measure) -> Layout:
    empty = Layout(report.title, report.landscape, report.watermark, (), report.paper)
    width = empty.paper[0] - 2 * MARGIN
    fitted = fit_columns(report, width, measure)
    header = _header_heights(report, fitted.size, fitted.shared, measure)
    frame = _Frame(report, measure, fitted, MARGIN + width, empty.paper[1] - MARGIN, header)
    top = _title(PaperPage(), frame)
    table = frame.bottom - sum(frame.header)
    least = least_height(report)
    repeated = [_repeated(section, n, width, fitted, measure, least) for n, section in enumerate(report.sections)]
    cut = paginate(blocks_of(report, fitted, measure), table - top, table - MARGIN, repeated)
    pages = [condensed(page) for page in cut]

    @official()
    def draw(place: int) -> PaperPage:
        page = PaperPage()
        y = MARGIN
        if place:
            _running_head(page, frame)
        else:
            y = _title(page, frame)
        _body(page, list(_blocks(pages[place], frame)), frame, y)
        _foot(page, frame, printed, place + 1, len(pages))
        return page

    return replace(empty, pages=PagesWhenSeen(len(pages), draw))


def _blocks(parts: Iterable[PagePart], frame: _Frame) -> Iterator[Block]:
    """What stands on a page, its rows made again."""
    for part in parts:
        if isinstance(part, Block):
            yield part
            continue
        make = row_maker(frame.report, part.section, frame.fitted, frame.measure)
        rows = frame.report.sections[part.section].rows[part.start : part.end]
        yield from (make(cells, place) for place, cells in enumerate(rows, part.start))


def _repeated(section: Section, number: int, width: float, fitted: Fitted, measure: Measure, least: float) -> list[Block]:
    named = [heading(section, number, width, fitted.size, measure, again=True, least=least)] if section.heading else []
    return [*named, *titles(section, number, fitted, measure, least)]


def _put(
    page: PaperPage,
    lines: Iterable[str],
    box: tuple[float, float, float, float],
    align: Align,
    size: int,
    measure: Measure,
    bold: bool = False,
    title: bool = False,
) -> None:
    """Set lines in the middle of a box (left, top, right, bottom)."""
    lines = tuple(lines)
    left, top, right, bottom = box
    middle = (top + bottom) / 2 - (len(lines) - 1) * LEADING * size / 2
    for number, line in enumerate(lines):
        x = left
        if align != "left":
            spare = right - left - measure(line, bold) * size
            x += spare if align == "right" else spare / 2
        page.texts.append(TextLine(x, middle + (number * LEADING + _BASELINE) * size, line, size, bold, title=title))


def _title(page: PaperPage, frame: _Frame) -> float:
    """Draw the title and the line below it; returns where the table begins."""
    report, measure, left, right = frame.report, frame.measure, frame.left, frame.right
    lines = wrap(report.title, (right - left) / TITLE_SIZE, measure, bold=True, most=2)
    y = MARGIN + (len(lines) * LEADING + GAP) * TITLE_SIZE
    _put(page, lines, (left, MARGIN, right, y), "center", TITLE_SIZE, measure, bold=True, title=True)
    day = _("填报日期：{day}").format(day=report.day) if report.day else ""
    room = (right - left) / frame.size - measure(day, False) - 2
    name = _("填报单位：{name}").format(name=report.organization) if report.organization else ""
    told = wrap("　　".join(part for part in (name, report.scope) if part), room, measure, most=2)
    strips = [told]
    if len(told) > 1 and name and report.scope:
        # strips of their own: what is filled in by hand needs room above its line
        strips = [wrap(name, room, measure, most=2), wrap(report.scope, (right - left) / frame.size, measure)]
    for number, lines in enumerate(strips):
        top, y = y, y + height_of(len(lines), frame.size, 8 * MM)
        _put(page, lines, (left, top, right, y), "left", frame.size, measure)
        if number == 0:
            _put(page, wrap(day, room, measure), (left, top, right, y), "right", frame.size, measure)
    return y


def _running_head(page: PaperPage, frame: _Frame) -> None:
    """A loose page must say what it belongs to: title, organization and scope, small, in the upper margin.

    A line that is filled in by hand stands on the first page alone.
    """
    report = frame.report
    words = "　".join(part for part in (report.title, report.organization, report.scope) if part and _BY_HAND not in part)
    line = wrap(words, (frame.right - frame.left) / SMALL, frame.measure, most=1)
    _put(page, line, (frame.left, MARGIN - 6 * MM, frame.right, MARGIN - MM), "left", SMALL, frame.measure)


def _foot(page: PaperPage, frame: _Frame, printed: str, number: int, count: int) -> None:
    y = frame.bottom + MARGIN - _FOOT
    box = (frame.left, y - SMALL, frame.right, y + SMALL)
    when = _("打印时间 {time}").format(time=printed) if printed else ""
    pages = _("第 {number} 页 共 {count} 页").format(number=number, count=count)
    sides: tuple[tuple[str, Align], ...] = ((when, "left"), (pages, "center"), (frame.report.mark, "right"))
    for text, align in sides:
        _put(page, wrap(text, 60, frame.measure, most=1), box, align, SMALL, frame.measure)


def _body(page: PaperPage, blocks: Sequence[Block], frame: _Frame, y: float) -> None:
    """Draw a page's blocks from ``y`` down, the table among them below its header."""
    in_table = any(block.in_table for block in blocks)
    if in_table and frame.report.columns:
        y = _header(page, frame, y)
    elif in_table:
        page.rules.append((frame.left, y, frame.right, y))
    grid, edges = y, frame.edges(-1)
    for block in blocks:
        wanted = frame.edges(block.section) if block.in_columns else ()
        if wanted != edges:
            _verticals(page, edges, grid, y)
            grid, edges = y, wanted
        _block(page, block, frame, y)
        y += block.height
    _verticals(page, edges, grid, y)


def _verticals(page: PaperPage, edges: Sequence[float], top: float, bottom: float) -> None:
    if bottom > top:
        page.rules += [(x, top, x, bottom) for x in edges]


def _block(page: PaperPage, block: Block, frame: _Frame, y: float) -> None:
    left, right, bottom, pad = frame.left, frame.right, y + block.height, PADDING * frame.size
    if block.in_table:
        page.rules.append((left, bottom, right, bottom))
    if block.in_columns:
        _cells(page, block, frame, y)
    elif block.kind == "bar":
        _bar(page, block, frame, y)
    elif block.kind == "signatures":
        step = (right - left) / len(block.cells)
        for n, (label,) in enumerate(block.cells):
            _put(page, (label + _("："),), (left + n * step, y, right, y + 14 * MM), "left", frame.size, frame.measure)
    elif block.kind == "note":
        _put(page, block.cells[0], (left, y, right, bottom), "left", SMALL, frame.measure)
    else:
        if block.kind == "heading":
            page.tints.append(Tint(left, y, right - left, block.height, HEADING_GREY))
        page.rules += [(left, y, left, bottom), (right, y, right, bottom)]
        sides: tuple[Align, ...] = ("left", "right")
        for lines, align in zip(block.cells, sides, strict=False):
            _put(page, lines, (left + pad, y, right - pad, bottom), align, frame.size, frame.measure, bold=True)


def _bar(page: PaperPage, block: Block, frame: _Frame, y: float) -> None:
    """Draw a bar of a chart: its label at the left, the bar, what it comes to after it. Its neighbours go on with the scale."""
    left, right, bottom, size = frame.left, frame.right, y + block.height, frame.size
    page.rules += [(left, y, left, bottom), (right, y, right, bottom)]
    (label,), (text,) = (lines or ("",) for lines in block.cells)
    letters = Lettering(_BASELINE * 2 * size, 0, lambda told: frame.measure(told, False) * size, size)
    room = Room(left, y, right, bottom, PADDING * size, beside=(right - left) * BAR_LABEL)
    put_chart(page, bars([label], [block.part], [text], 0, rows=1), room, letters)


def _cells(page: PaperPage, block: Block, frame: _Frame, y: float) -> None:
    """Draw a row, or the titles above the rows of a section with columns of its own."""
    report, edges, bottom, pad = frame.report, frame.edges(block.section), y + block.height, PADDING * frame.size
    titles = block.kind == "titles"
    bold = titles or block.kind == "sums"
    columns = report.columns if block.section < 0 else report.columns_of(report.sections[block.section])
    for n, (lines, column) in enumerate(zip(block.cells, columns, strict=True)):
        if titles or column.label:
            page.tints.append(Tint(edges[n], y, edges[n + 1] - edges[n], block.height, HEADER_GREY))
        align = "center" if titles else column.align
        _put(page, lines, (edges[n] + pad, y, edges[n + 1] - pad, bottom), align, frame.size, frame.measure, bold)


def _header_heights(report: Report, size: int, widths: Sequence[float], measure: Measure) -> tuple[float, float]:
    """Heights of the two levels of the header; the upper one is 0 when no columns are grouped."""

    def lines(text: str, width: float) -> int:
        return len(wrap(text, width / size - 2 * PADDING, measure, bold=True, most=6))

    if not report.columns:
        return 0.0, 0.0
    runs = list(group_runs(report.columns))
    upper = max((lines(group, sum(widths[first:after])) for first, after, group in runs if group), default=0)
    below = max((lines(c.title, widths[n]) for n, c in enumerate(report.columns) if c.group), default=0)
    whole = max((lines(c.title, widths[n]) for n, c in enumerate(report.columns) if not c.group), default=1)
    top = height_of(upper, size) if upper else 0.0
    return top, max(height_of(below, size), height_of(whole, size) - top)


def _header(page: PaperPage, frame: _Frame, y: float) -> float:
    """Draw the table's header at ``y``; returns where the rows begin."""
    edges, columns, middle = frame.edges(-1), frame.report.columns, y + frame.header[0]
    bottom = middle + frame.header[1]
    page.tints.append(Tint(frame.left, y, frame.right - frame.left, bottom - y, HEADER_GREY))
    page.rules += [(frame.left, y, frame.right, y), (frame.left, bottom, frame.right, bottom)]
    page.rules.append((frame.right, y, frame.right, bottom))
    for first, after, group in group_runs(columns):
        page.rules.append((edges[first], y, edges[first], bottom))
        if group:
            page.rules.append((edges[first], middle, edges[after], middle))
            page.rules += [(x, middle, x, bottom) for x in edges[first + 1 : after]]
            _label(page, frame, group, (edges[first], y, edges[after], middle))
        for n in range(first, after):
            _label(page, frame, columns[n].title, (edges[n], middle if group else y, edges[n + 1], bottom))
    return bottom


def _label(page: PaperPage, frame: _Frame, text: str, box: tuple[float, float, float, float]) -> None:
    lines = wrap(text, (box[2] - box[0]) / frame.size - 2 * PADDING, frame.measure, bold=True, most=6)
    _put(page, lines, box, "center", frame.size, frame.measure, bold=True)
