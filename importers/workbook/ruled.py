"""Tables between drawn lines: which cells the lines make, and which characters stand in each. Knows no format of files."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from importers.workbook.pdf_page import Char, PdfPage, Stroke
from importers.workbook.sheet import Merged
from importers.workbook.stacked import Cells

#: Lines that lie closer than this, in points, are one: borders are drawn twice, as thin boxes, in dashes.
_NEAR = 3.0
#: So much of a cell's side is drawn, or there is no wall.
_MOST_OF = 0.6
#: A table of more lines than this is a drawing.
_MOST_LINES = 400


@dataclass(slots=True)
class Ruled:
    """A table on a page: its box, its rows of one width, its merged cells (rows from 0)."""

    top: float
    bottom: float
    left: float
    right: float
    rows: list[Cells] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    edges: tuple[float, ...] = ()


def ruled(page: PdfPage) -> list[Ruled]:
    """The tables between the lines of a page, from the top down; two columns and two rows at least."""
    level, upright = _joined(page.level), _joined(page.upright)
    found = []
    for rows, columns in _together(level, upright):
        ys, xs = _places(rows, columns), _places(columns, rows)
        if 3 <= len(ys) <= _MOST_LINES and 3 <= len(xs) <= _MOST_LINES:
            found.append(_table(ys, xs, rows, columns, page.chars))
    return sorted((each for each in found if any(any(row) for row in each.rows)), key=lambda each: each.top)


def _joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    """The strokes with those joined that lie in one line and touch each other."""
    rows: list[list[Stroke]] = []
    for stroke in sorted(strokes, key=lambda each: each.at):
        if rows and stroke.at - rows[-1][-1].at <= _NEAR and stroke.at - rows[-1][0].at <= 2 * _NEAR:
            rows[-1].append(stroke)
        else:
            rows.append([stroke])
    return [each for row in rows for each in _in_line(row)]


def _in_line(row: Sequence[Stroke]) -> list[Stroke]:
    at = sum(each.at for each in row) / len(row)
    found: list[Stroke] = []
    for stroke in sorted(row, key=lambda each: each.start):
        if found and stroke.start <= found[-1].end + _NEAR:
            found[-1] = Stroke(at, found[-1].start, max(found[-1].end, stroke.end))
        else:
            found.append(Stroke(at, stroke.start, stroke.end))
    return found


def _together(level: Sequence[Stroke], upright: Sequence[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """The strokes that hang together because they cross or meet: those of one table."""
    if len(level) * len(upright) > _MOST_LINES * _MOST_LINES * 4:
        return []
    strokes = [*level, *upright]
    home = list(range(len(strokes)))

    def root(place: int) -> int:
        while home[place] != place:
            home[place] = home[home[place]]
            place = home[place]
        return place

    for one, row in enumerate(level):
        for other, column in enumerate(upright, len(level)):
            across = row.start - _NEAR <= column.at <= row.end + _NEAR
            if across and column.start - _NEAR <= row.at <= column.end + _NEAR:
                home[root(other)] = root(one)
    groups: defaultdict[int, tuple[list[Stroke], list[Stroke]]] = defaultdict(lambda: ([], []))
    for place, stroke in enumerate(strokes):
        groups[root(place)][place >= len(level)].append(stroke)
    return list(groups.values())


def _places(strokes: Sequence[Stroke], others: Sequence[Stroke]) -> list[float]:
    """Where the lines of one direction lie; where the others end without one, the table is open there and ends too."""
    if not strokes or not others:
        return []
    ends = [min(each.start for each in others), max(each.end for each in others)]
    found: list[float] = []
    for at in sorted([*(each.at for each in strokes), *ends]):
        if not found or at - found[-1] > 2 * _NEAR:
            found.append(at)
    return found


def _table(
    ys: Sequence[float], xs: Sequence[float], level: Sequence[Stroke], upright: Sequence[Stroke], chars: Iterable[Char]
) -> Ruled:
    table = Ruled(ys[0], ys[-1], xs[0], xs[-1], edges=tuple(xs))
    height, width = len(ys) - 1, len(xs) - 1
    home = _regions(ys, xs, level, upright)
    held: defaultdict[int, list[Char]] = defaultdict(list)
    for char in chars:
        x, y = char.middle
        if table.left <= x <= table.right and table.top <= y <= table.bottom:
            row = next(place for place in range(height) if y <= ys[place + 1])
            column = next(place for place in range(width) if x <= xs[place + 1])
            held[home[row * width + column]].append(char)
    cells: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for place, where in enumerate(home):
        cells[where].append(divmod(place, width))
    table.rows = [[None] * width for _row in range(height)]
    for where, members in cells.items():
        (top, left), (bottom, right) = members[0], (max(each[0] for each in members), max(each[1] for each in members))
        left = min(each[1] for each in members)
        table.rows[top][left] = text_of(held[where], xs[right + 1]) or None
        if bottom > top or right > left:
            table.merged.append((top, left, bottom, right))
    _drop_blank(table)
    return table


def _regions(ys: Sequence[float], xs: Sequence[float], level: Sequence[Stroke], upright: Sequence[Stroke]) -> list[int]:
    """For each place of the grid, row by row, the first place of the cell that it belongs to: places without a wall between."""
    height, width = len(ys) - 1, len(xs) - 1
    home = list(range(height * width))

    def root(place: int) -> int:
        while home[place] != place:
            home[place] = home[home[place]]
            place = home[place]
        return place

    def join(one: int, other: int) -> None:
        one, other = sorted((root(one), root(other)))
        home[other] = one

    for row in range(height):
        for column in range(width):
            place = row * width + column
            if column + 1 < width and not _wall(upright, xs[column + 1], ys[row], ys[row + 1]):
                join(place, place + 1)
            if row + 1 < height and not _wall(level, ys[row + 1], xs[column], xs[column + 1]):
                join(place, place + width)
    return [root(place) for place in range(height * width)]


def _wall(strokes: Iterable[Stroke], at: float, start: float, end: float) -> bool:
    drawn = (min(each.end, end) - max(each.start, start) for each in strokes if abs(each.at - at) <= 2 * _NEAR)
    return sum(part for part in drawn if part > 0) >= _MOST_OF * (end - start)


def _drop_blank(table: Ruled) -> None:
    """Take out rows and columns of the grid that hold nothing of their own and are only the thickness of a line."""
    while table.rows and not any(table.rows[-1]):
        table.rows.pop()
    last = len(table.rows) - 1
    table.merged = [(top, left, min(bottom, last), right) for top, left, bottom, right in table.merged if top <= last]
    table.merged = [each for each in table.merged if each[2] > each[0] or each[3] > each[1]]


def text_of(chars: Sequence[Char], right: float) -> str:
    """The text of characters as lines. A line that reaches ``right`` was only broken there, and goes on without a break."""
    text = ""
    full = True
    for line in lines_of(chars):
        said = line_text(line)
        text = f"{text}{said}" if full or not text else f"{text}\n{said}"
        full = right - line[-1].right < 1.3 * max(each.size for each in line)
    return text


def lines_of(chars: Iterable[Char]) -> list[list[Char]]:
    """Characters as lines from the top down, each from left to right; what was printed twice for boldness stands once."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda each: (each.middle[1], each.left)):
        if lines and abs(char.middle[1] - lines[-1][0].middle[1]) < 0.5 * min(char.size, lines[-1][0].size) + 0.5:
            lines[-1].append(char)
        else:
            lines.append([char])
    return [_once(sorted(line, key=lambda each: each.left)) for line in lines]


def _once(line: Sequence[Char]) -> list[Char]:
    found: list[Char] = []
    for char in line:
        if found and found[-1].text == char.text and char.left - found[-1].left < 0.3 * (found[-1].right - found[-1].left):
            continue
        found.append(char)
    return found


def line_text(line: Sequence[Char]) -> str:
    """The text of one line; a gap of half a character is a space."""
    text = ""
    end = line[0].left
    for char in line:
        if text and char.left - end > 0.45 * char.size:
            text += " "
        text += char.text
        end = char.right
    return text
