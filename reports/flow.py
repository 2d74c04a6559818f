"""What stands on which page: a report as a stream of blocks, cut into pages. Pure; lengths in twentieths of a point."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

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
#: Height of a bar of a chart, and the shares of the width that its label and what is written after it take.
BAR_HEIGHT = 6 * MM
BAR_LABEL, BAR_TEXT = 0.24, 0.16
#: A chart of up to so many bars is not parted by a page's end.
_SHORT_CHART = 15
#: So many last rows stay with the totals and the signatures: a page of signatures alone could be put under any list.
_ROWS_WITH_SIGNATURES = 2
#: Footnotes of up to so many lines stay with the signatures; longer ones flow on.
_SHORT_NOTES = 8


@dataclass(frozen=True, slots=True)
class Block:
    """A strip of the page, as high as ``height``.

    ``cells`` hold the lines of each cell (one cell per column in a row, and in the titles of a table of its own; heading
    and totals in a heading);
    ``section`` is the section it belongs to, or -1; ``keep`` ties it to the next block; ``turn`` starts a new page.
    ``part``: of a bar, how much of the longest one it is, from 0 to 1.
    """

    kind: Literal["heading", "titles", "row", "sums", "bar", "span", "signatures", "note"]
    height: float
    cells: tuple[tuple[str, ...], ...]
    section: int = -1
    keep: bool = False
    turn: bool = False
    part: float = 0

    @property
    def in_table(self) -> bool:
        """True for what stands between the table's rules, below a repeated header."""
        return self.kind in ("heading", "titles", "row", "sums", "bar", "span")

    @property
    def in_columns(self) -> bool:
        """True for what is divided into the columns of its section."""
        return self.kind in ("titles", "row", "sums")


def height_of(lines: int, size: int, least: float = ROW_HEIGHT) -> float:
    """Height of a strip with so many lines of text of that size."""
    return max(least, (lines * LEADING + 2 * GAP) * size)


def blocks_of(report: Report, fitted: Fitted, measure: Measure) -> list[Block]:
    """The report as a stream of blocks, in order, each knowing what it must stay with."""
    size, whole = fitted.size, sum(fitted.shared)
    blocks: list[Block] = []
    for number, section in enumerate(report.sections):
        columns, inner = report.columns_of(section), [width / size - 2 * PADDING for width in fitted.of(number)]
        rows = [_row(cells, columns, inner, report.row_height * MM, size, measure, number) for cells in section.rows]
        rows += _bars(section, number, whole, size, measure)
        if section.sums:
            rows = _closed(rows, _row(section.sums, columns, inner, 0, size, measure, number, bold=True))
        opening: list[Block] = []
        if section.heading or section.totals:
            opening.append(replace(heading(section, number, whole, size, measure), keep=bool(rows)))
        if section.rows:
            opening += titles(section, number, fitted, measure)
        strip = [*opening, *rows]
        if strip and report.sections_start_pages and number > 0:
            strip[0] = replace(strip[0], turn=True)
        blocks += strip
    if not any(section.rows or section.bars for section in report.sections):
        blocks.append(Block("span", ROW_HEIGHT, ((_("没有符合条件的记录"),),)))
    if report.sums:
        inner = [width / size - 2 * PADDING for width in fitted.shared]
        blocks = _closed(blocks, _row(report.sums, report.columns, inner, 0, size, measure, -1, bold=True))
    return _with_tail(report, blocks, size, whole, measure)


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
    measure: Measure, section: int, bold: bool = False,
) -> Block:  # fmt: skip
    """A row, or where it is ``bold`` the sums that close one."""
    lines = tuple(
        wrap(text, width, measure, bold=bold, most=column.most)
        for text, width, column in zip(cells, inner, columns, strict=True)
    )
    height = height_of(max(map(len, lines), default=1), size, least or ROW_HEIGHT)
    return Block("sums" if bold else "row", height, lines, section)


def _closed(rows: list[Block], sums: Block) -> list[Block]:
    """Rows with their sums below, which never stand on a page alone."""
    return [*rows[:-1], *(replace(row, keep=True) for row in rows[-1:]), sums]


def titles(section: Section, number: int, fitted: Fitted, measure: Measure) -> list[Block]:
    """The header of a section with a table of its own; none where its columns have no titles, or are the shared ones."""
    if not any(column.title for column in section.columns):
        return []
    cells = tuple(
        wrap(column.title, width / fitted.size - 2 * PADDING, measure, bold=True)
        for column, width in zip(section.columns, fitted.of(number), strict=True)
    )
    return [Block("titles", height_of(max(map(len, cells)), fitted.size), cells, number, keep=True)]


def heading(section: Section, number: int, width: float, size: int, measure: Measure, again: bool = False) -> Block:
    """The line above a section's rows; ``again`` for its repetition on a later page, where its first line is enough."""
    title = section.heading.split("\n")[0] + _("（续）") if again and section.heading else section.heading
    totals = () if again else wrap(section.totals, width / size / 2, measure, bold=True)
    room = width / size - 3 * PADDING - max((measure(line, True) for line in totals), default=0)
    lines = wrap(title, room, measure, bold=True)
    return Block("heading", height_of(max(len(lines), len(totals)), size), (lines, totals), number, keep=True)


def _with_tail(report: Report, blocks: list[Block], size: int, width: float, measure: Measure) -> list[Block]:
    tail: list[Block] = []
    if report.totals:
        lines = wrap(report.totals, width / size - 2 * PADDING, measure, bold=True)
        tail.append(Block("span", height_of(len(lines), size), (lines,)))
    if report.signatures:
        tail.append(Block("signatures", _SIGNATURES_HEIGHT, tuple((label,) for label in report.signatures)))
    notes = list(_notes(report, width, measure))
    if sum(len(note.cells[0]) for note in notes) <= _SHORT_NOTES:
        tail, notes = tail + notes, []
    tied = len(blocks) - _ROWS_WITH_SIGNATURES if tail else len(blocks)
    blocks = [replace(block, keep=block.keep or number >= tied) for number, block in enumerate(blocks)]
    return blocks + [replace(block, keep=number < len(tail) - 1) for number, block in enumerate(tail)] + notes


def _notes(report: Report, width: float, measure: Measure) -> Iterator[Block]:
    for number, note in enumerate(report.footnotes, start=1):
        first = _("填表说明：") if number == 1 else ""
        ordinal = f"{number}. " if len(report.footnotes) > 1 else ""
        lines = wrap(first + ordinal + note, width / SMALL, measure, most=20)
        # the first one keeps away from the table; below signatures there is room enough
        away = 1 if number == 1 and not report.signatures else 0
        yield Block("note", (len(lines) * LEADING + GAP + away) * SMALL, (lines,))


def paginate(
    blocks: Sequence[Block], first_room: float, room: float, repeated: Sequence[Sequence[Block]]
) -> list[list[Block]]:
    """Cut the stream into pages. ``repeated`` holds, per section, what to set above rows that go on.

    Blocks tied together stay together unless they are more than a page.
    """
    pages: list[list[Block]] = [[]]
    left = first_room
    for chain in _chains(blocks):
        height = sum(block.height for block in chain)
        units = [chain] if height <= room else [[block] for block in chain]
        for unit in units:
            if pages[-1] and (unit[0].turn or sum(block.height for block in unit) > left):
                pages.append(_opening(unit[0], repeated))
                left = room - sum(block.height for block in pages[-1])
            pages[-1] += unit
            left -= sum(block.height for block in unit)
    return pages


def _chains(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    chain: list[Block] = []
    for block in blocks:
        if chain and block.turn:
            yield chain
            chain = []
        chain.append(block)
        if not block.keep:
            yield chain
            chain = []
    if chain:
        yield chain


def _opening(block: Block, repeated: Sequence[Sequence[Block]]) -> list[Block]:
    return [] if block.kind not in ("row", "bar") or block.turn else list(repeated[block.section])
