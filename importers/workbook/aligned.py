"""Tables without lines: rows of words that stand below each other, as a workbook is printed without its grid."""

from collections.abc import Iterator, Sequence

from importers.workbook.pdf_page import Char, PdfPage
from importers.workbook.ruled import line_text, lines_of
from importers.workbook.stacked import Cells

#: Between two words of a row is more room than this, in heights of the font.
_APART = 0.9
#: Of all rows so few may reach into the room between two columns.
_FEW = 0.03
_LEAST_ROWS = 3

Word = tuple[float, float, str]


def words_of(page: PdfPage) -> list[list[Word]]:
    """The lines of a page, each as its words: left end, right end, text."""
    return [list(_words(line)) for line in lines_of(page.chars)]


def _words(line: Sequence[Char]) -> Iterator[Word]:
    start = 0
    for place in range(1, len(line) + 1):
        if place == len(line) or line[place].left - line[place - 1].right > _APART * line[place].size:
            part = line[start:place]
            yield part[0].left, part[-1].right, line_text(part)
            start = place


def columns(lines: Sequence[Sequence[Word]]) -> list[tuple[float, float]]:
    """Where the columns lie, by the room that nearly no row of several words reaches into; empty where there is no table."""
    rows = [line for line in lines if len(line) > 2]
    if len(rows) < _LEAST_ROWS:
        return []
    ends = sorted(
        point for row in rows for left, right, _text in row for point in ((left, 1), (max(right, left + 0.1), -1))
    )
    most = max(int(_FEW * len(rows)), 0)
    found: list[tuple[float, float]] = []
    open_now, start = 0, None
    for at, change in ends:
        open_now += change
        if open_now > most and start is None:
            start = at
        elif open_now <= most and start is not None:
            found.append((start, at))
            start = None
    return found if len(found) > 1 else []


def cells_of(line: Sequence[Word], found: Sequence[tuple[float, float]]) -> Cells:
    """The words of a line in the columns where their middles lie, or which they are nearest to."""
    cells: Cells = [None] * len(found)
    for left, right, text in line:
        middle = (left + right) / 2
        place = min(range(len(found)), key=lambda each: max(found[each][0] - middle, middle - found[each][1], 0.0))
        held = cells[place]
        cells[place] = f"{held} {text}" if held else text
    return cells
