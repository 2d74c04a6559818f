"""Texts in boxes, as on cards, trees and tiles: as large as wished, or as much smaller as it takes for all to stand there."""

from dataclasses import dataclass

from reports.fitting import POINT, Measure, wrap
from reports.paper_page import TextLine
from reports.report import Align, printable

#: Height of a line, and from the middle of a line of Han characters to the baseline, in ems.
_LEADING, _BASELINE = 1.22, 0.38
#: Letters of this size in points are still read; below it a text is cut. Sizes are tried in steps.
_LEAST, _STEP = 5.0, 0.5
_MANY = 99

#: Left, top, right and bottom, in twentieths of a point.
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class BoxedText:
    """How a text stands in its box: ``size`` in points at most, in so many ``lines`` unless the letters become small.

    ``turned``: on its head; ``upright``: its characters one below the other, columns from the right to the left.
    """

    size: float
    lines: int = 1
    bold: bool = False
    align: Align = "left"
    turned: bool = False
    upright: bool = False


def text_lines(text: str, box: Box, how: BoxedText, measure: Measure) -> list[TextLine]:
    """The lines of a text in the middle of a box from top to bottom; none for nothing."""
    text = printable(text).strip()
    if not text:
        return []
    if how.upright:
        return _upright(text, box, how)
    left, top, right, bottom = box
    size, lines = _fitted(text, box, how, measure)
    middle = (top + bottom) / 2 - (len(lines) - 1) * _LEADING * size / 2
    found = []
    for number, line in enumerate(lines):
        spare = right - left - measure(line, how.bold) * size
        x = left + {"left": 0, "center": spare / 2, "right": spare}[how.align]
        found.append(TextLine(x, middle + (number * _LEADING + _BASELINE) * size, line, round(size), how.bold))
    return [_turned(each, box) for each in found] if how.turned else found


def _turned(line: TextLine, box: Box) -> TextLine:
    left, top, right, bottom = box
    return TextLine(left + right - line.x, top + bottom - line.baseline, line.text, line.size, line.bold, turned=True)


def _fitted(text: str, box: Box, how: BoxedText, measure: Measure) -> tuple[float, tuple[str, ...]]:
    """The size in twentieths of a point and the lines; small letters may take more lines than were wished."""
    left, top, right, bottom = box
    points = how.size
    while True:
        size = points * POINT
        lines = wrap(text, (right - left) / size, measure, how.bold, _MANY)
        most = max(1, int((bottom - top) / (_LEADING * size)))
        wished = max(how.lines, text.count("\n") + 1) if points > 2 * _LEAST else _MANY
        if len(lines) <= min(most, wished):
            return size, lines
        if points <= _LEAST:
            return size, wrap(text, (right - left) / size, measure, how.bold, most)
        points = max(_LEAST, points - _STEP)


def _upright(text: str, box: Box, how: BoxedText) -> list[TextLine]:
    letters = [each for each in text if not each.isspace()]
    left, top, right, bottom = box
    points = how.size
    while True:
        size = points * POINT
        down = max(1, int((bottom - top) / (size * _LEADING)))
        across = max(1, int((right - left) / (size * _LEADING)))
        needed = -(-len(letters) // down)
        if needed <= across or points <= _LEAST:
            break
        points = max(_LEAST, points - _STEP)
    needed, step = min(needed, across), size * _LEADING
    begin = (left + right + (needed - 1) * step) / 2 - size / 2
    return [
        TextLine(
            begin - (place // down) * step, top + (place % down + 0.5) * step + _BASELINE * size, letter, round(size), how.bold
        )
        for place, letter in enumerate(letters[: down * needed])
    ]
