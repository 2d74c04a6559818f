"""What stands on which page: a report as a stream of blocks, cut into pages. Pure; lengths in twentieths of a point.

The stream is never held: of rows that were cut into pages only their places stay, for a roster of a whole district is longer
than a laptop's memory. Whoever looks at a page makes its rows again.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Literal, NamedTuple

from models.language import _
from reports.fitting import PADDING, Fitted, Measure, wrap
from reports.paper_page import MM
from reports.report import Report, ReportColumn, Section

ROW_HEIGHT = 7 * MM
#: Height of a line of text, and the space above and below a cell's text, in ems.
LEADING = 1.25
GAP = 0.3
#: Notes and page feet: 八点, in twentieths of a point.
SMALL = 160
#: The space that a seal and a signature need.
_SIGNATURES_HEIGHT = 18 * MM
#: Height of a bar of a chart, and the share of the width that its label takes.
BAR_HEIGHT = 6 * MM
BAR_LABEL = 0.24
#: A chart of up to so many bars is not parted by a page's end, nor is a table with columns of its own of so many rows.
_SHORT_CHART = 15
#: So many last rows stay with the sums, the totals and the signatures: a page of signatures alone could be put under any list.
_ROWS_WITH_SIGNATURES = 2
#: Footnotes of up to so many lines stay with the signatures; longer ones flow on.
_SHORT_NOTES = 8


@dataclass(frozen=True, slots=True)
class Block:
    """A strip of the page, as high as ``height``.

    ``cells`` hold the lines of each cell (one cell per column in a row, and in the titles of a table of its own; heading
    and totals in a heading);
    ``section`` is the section it belongs to, or -1; ``keep`` ties it to the next block; ``turn`` starts a new page.
    ``part``: of a bar, how much of the longest one it is, from 0 to 1. ``row``: of a row, its place in its section, else -1.
    """

    kind: Literal["heading", "titles", "row", "sums", "bar", "span", "signatures", "note"]
    height: float
    cells: tuple[tuple[str, ...], ...]
    section: int = -1
    keep: bool = False
    turn: bool = False
    part: float = 0
    row: int = -1

    @property
    def in_table(self) -> bool:
        """True for what stands between the table's rules, below a repeated header."""
        return self.kind in ("heading", "titles", "row", "sums", "bar", "span")

    @property
    def in_columns(self) -> bool:
        """True for what is divided into the columns of its section."""
        return self.kind in ("titles", "row", "sums")


class RowRange(NamedTuple):
    """Rows of a section that stand below one another, from one place to before another."""

    section: int
    start: int
    end: int


#: What a page holds when its rows are not.
PagePart = Block | RowRange


def height_of(lines: int, size: int, least: float = ROW_HEIGHT) -> float:
    """Height of a strip with so many lines of text of that size."""
    return max(least, (lines * LEADING + 2 * GAP) * size)


def least_height(report: Report) -> float:
    """How low a line of titles or a heading may be: as low as the rows, where these are lower than usual."""
    return min(ROW_HEIGHT, report.row_height * MM)


def blocks_of(report: Report, fitted: Fitted, measure: Measure) -> Iterator[Block]:
    """The report as a stream of blocks, in order, each knowing what it must stay with."""
    size, whole = fitted.size, sum(fitted.shared)
    blocks = chain.from_iterable(_of_section(report, number, fitted, measure) for number in range(len(report.sections)))
    if not any(section.rows or section.bars for section in report.sections):
        blocks = chain(blocks, [Block("span", ROW_HEIGHT, ((_("没有符合条件的记录"),),))])
    stream: Iterator[Block] = blocks
    if report.sums:
        inner = [width / size - 2 * PADDING for width in fitted.shared]
        stream = _closed(stream, _row(report.sums, report.columns, inner, 0, size, measure, -1, bold=True))
    return _with_tail(report, stream, size, whole, measure)


def _of_section(report: Report, number: int, fitted: Fitted, measure: Measure) -> Iterator[Block]:
    """A section: its heading, the titles of its own columns, its rows and bars, the sums that close it."""
    section, size, whole, least = report.sections[number], fitted.size, sum(fitted.shared), least_height(report)
    make = row_maker(report, number, fitted, measure)
    bars = _bars(section, number, whole, size, measure)
    opening: list[Block] = []
    if section.heading or section.totals:
        more = bool(section.rows or bars or section.sums)
        opening.append(replace(heading(section, number, whole, size, measure, least=least), keep=more))
    if section.rows:
        opening += titles(section, number, fitted, measure, least)
    rows: Iterator[Block] = chain((make(cells, place) for place, cells in enumerate(section.rows)), bars)
    if section.sums:
        inner = [width / size - 2 * PADDING for width in fitted.of(number)]
        closing = _row(section.sums, report.columns_of(section), inner, 0, size, measure, number, bold=True)
        rows = _closed(rows, closing)
    strip: Iterator[Block] = chain(opening, rows)
    if section.columns and 0 < len(section.rows) <= _SHORT_CHART:
        strip = _in_one(strip)
    if report.sections_start_pages and number > 0:
        strip = chain([replace(each, turn=True) for each in islice(strip, 1)], strip)
    return strip


def row_maker(report: Report, number: int, fitted: Fitted, measure: Measure) -> Callable[[Sequence[str], int], Block]:
    """What makes a block of a row of a section (by its number) and its place there."""
    columns, size, least = report.columns_of(report.sections[number]), fitted.size, report.row_height * MM
    inner = [width / size - 2 * PADDING for width in fitted.of(number)]

    def make(cells: Sequence[str], place: int) -> Block:
        return _row(cells, columns, inner, least, size, measure, number, place)

    return make


def _bars(section: Section, number: int, width: float, size: int, measure: Measure) -> list[Block]:
    """A chart: one strip for each bar, those of a short chart together on a page."""
    longest = max((abs(bar.value) for bar in section.bars), default=0)
    labels = [wrap(bar.label, width * BAR_LABEL / size - PADDING, measure, most=1) for bar in section.bars]
    last = len(section.bars) - 1
    return [
        Block("bar", BAR_HEIGHT, (label, (bar.text,)), number, len(section.bars) <= _SHORT_CHART and place < last,
              part=max(0.0, bar.value) / longest if longest else 0)
        for place, (bar, label) in enumerate(zip(section.bars, labels, strict=True))
    ]  # fmt: skip


def _row(
    cells: Sequence[str], columns: Sequence[ReportColumn], inner: Sequence[float], least: float, size: int,
    measure: Measure, section: int, place: int = -1, bold: bool = False,
) -> Block:  # fmt: skip
    """A row, or where it is ``bold`` the sums that close one."""
    lines = tuple(
        wrap(text, width, measure, bold=bold, most=column.most)
        for text, width, column in zip(cells, inner, columns, strict=True)
    )
    height = height_of(max(map(len, lines), default=1), size, least or ROW_HEIGHT)
    return Block("sums" if bold else "row", height, lines, section, row=place)


def _closed(rows: Iterable[Block], sums: Block) -> Iterator[Block]:
    """Rows with their sums below, which never stand on a page alone, nor with a single row."""
    yield from _tied(rows, _ROWS_WITH_SIGNATURES)
    yield sums


def _in_one(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks as they come, each tied to the next."""
    *others, last = blocks
    yield from (replace(block, keep=True) for block in others)
    yield last


def _tied(blocks: Iterable[Block], last: int) -> Iterator[Block]:
    """The blocks as they come, so many last ones tied to what follows."""
    waiting: deque[Block] = deque()
    for block in blocks:
        waiting.append(block)
        if len(waiting) > last:
            yield waiting.popleft()
    yield from (replace(block, keep=True) for block in waiting)


def titles(section: Section, number: int, fitted: Fitted, measure: Measure, least: float = ROW_HEIGHT) -> list[Block]:
    """The header of a section with a table of its own; none where its columns have no titles, or are the shared ones."""
    if not any(column.title for column in section.columns):
        return []
    cells = tuple(
        wrap(column.title, width / fitted.size - 2 * PADDING, measure, bold=True)
        for column, width in zip(section.columns, fitted.of(number), strict=True)
    )
    return [Block("titles", height_of(max(map(len, cells)), fitted.size, least), cells, number, keep=True)]


def heading(
    section: Section, number: int, width: float, size: int, measure: Measure, again: bool = False, least: float = ROW_HEIGHT
) -> Block:
    """The line above a section's rows; ``again`` for its repetition on a later page, where its first line is enough."""
    title = section.heading.split("\n")[0] + _("（续）") if again and section.heading else section.heading
    totals = () if again else wrap(section.totals, width / size / 2, measure, bold=True)
    room = width / size - 3 * PADDING - max((measure(line, True) for line in totals), default=0)
    lines = wrap(title, room, measure, bold=True)
    return Block("heading", height_of(max(len(lines), len(totals)), size, least), (lines, totals), number, keep=True)


def _with_tail(
    report: Report, blocks: Iterator[Block], size: int, width: float, measure: Measure
) -> Iterator[Block]:
    tail: list[Block] = []
    if report.totals:
        lines = wrap(report.totals, width / size - 2 * PADDING, measure, bold=True)
        tail.append(Block("span", height_of(len(lines), size), (lines,)))
    if report.signatures:
        tail.append(Block("signatures", _SIGNATURES_HEIGHT, tuple((label,) for label in report.signatures)))
    notes = list(_notes(report, width, measure))
    if sum(len(note.cells[0]) for note in notes) <= _SHORT_NOTES:
        tail, notes = tail + notes, []
    yield from _tied(blocks, _ROWS_WITH_SIGNATURES + bool(report.sums)) if tail else blocks
    yield from (replace(block, keep=number < len(tail) - 1) for number, block in enumerate(tail))
    yield from notes


def _notes(report: Report, width: float, measure: Measure) -> Iterator[Block]:
    for number, note in enumerate(report.footnotes, start=1):
        first = _("填表说明：") if number == 1 else ""
        ordinal = f"{number}. " if len(report.footnotes) > 1 else ""
        lines = wrap(first + ordinal + note, width / SMALL, measure, most=20)
        # the first one keeps away from the table; below signatures there is room enough
        away = 1 if number == 1 and not report.signatures else 0
        yield Block("note", (len(lines) * LEADING + GAP + away) * SMALL, (lines,))


def paginate(
    blocks: Iterable[Block], first_room: float, room: float, repeated: Sequence[Sequence[Block]]
) -> Iterator[list[Block]]:
    """Cut the stream into pages. ``repeated`` holds, per section, what to set above rows that go on.

    Blocks tied together stay together unless they are more than a page. There is one page at least.
    """
    page: list[Block] = []
    left = first_room
    for tied in _chains(blocks):
        height = sum(block.height for block in tied)
        for unit in [tied] if height <= room else _loosened(tied):
            needed = sum(block.height for block in unit)
            if page and (unit[0].turn or needed > left):
                yield page
                page = _opening(unit[0], repeated)
                left = room - sum(block.height for block in page)
            page += unit
            left -= needed
    yield page


def _loosened(tied: Sequence[Block]) -> Iterator[list[Block]]:
    """What is tied together but higher than a page: its heading with the first row, and its last row with what closes it."""
    unit: list[Block] = []
    for place, block in enumerate(tied):
        unit.append(block)
        follows = tied[place + 1] if place + 1 < len(tied) else None
        if follows is None or not (block.kind in ("heading", "titles") or follows.kind == "sums"):
            yield unit
            unit = []


def condensed(page: Iterable[Block]) -> list[PagePart]:
    """A page without its rows: where they stand in their sections is enough to make them again."""
    parts: list[PagePart] = []
    for block in page:
        last = parts[-1] if parts else None
        if block.kind != "row":
            parts.append(block)
        elif isinstance(last, RowRange) and (last.section, last.end) == (block.section, block.row):
            parts[-1] = last._replace(end=block.row + 1)
        else:
            parts.append(RowRange(block.section, block.row, block.row + 1))
    return parts


def _chains(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    tied: list[Block] = []
    for block in blocks:
        if tied and block.turn:
            yield tied
            tied = []
        tied.append(block)
        if not block.keep:
            yield tied
            tied = []
    if tied:
        yield tied


def _opening(block: Block, repeated: Sequence[Sequence[Block]]) -> list[Block]:
    return [] if block.kind not in ("row", "bar") or block.turn else list(repeated[block.section])
