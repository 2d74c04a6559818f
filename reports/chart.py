"""Charts as data: a line with its goal, standing columns, lying bars; and as what is drawn on a page, on paper and on the screen.

A drawing says where its scales begin and end, their marks, and what stands on them; :func:`put_chart` says where each line and
text of it lies, and ``reports/paper.py`` paints those, whatever they are painted on. Nothing here knows Qt.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from models.language import _
from reports.paper_page import ChartLine, PaperPage, TextLine, Tint

#: Of the boxes of a chart, in per cent of black.
BAR_GREY = 45
#: How much of its place a column or a bar fills; a bar is never thicker than if there were so many.
_FILLED, _ROWS = 0.6, 4
#: Above so many of a thing a scale names round numbers only; below, each: half a union means nothing.
_FEW = 10
#: About so many numbers stand on a long scale.
_MARKS = 5
_MORE = "…"

Mark = tuple[float, str]


@dataclass(frozen=True)
class Drawing:
    """What is drawn: both scales from their beginning to their end, their marks, and the things on them, in their units."""

    across: tuple[float, float] = (0, 1)
    up: tuple[float, float] = (0, 1)
    below: Sequence[Mark] = ()
    beside: Sequence[Mark] = ()
    line: Sequence[tuple[float, float]] = ()
    goal: Sequence[tuple[float, float]] = ()
    #: Left, right, bottom and top of each bar or column.
    boxes: Sequence[tuple[float, float, float, float]] = ()
    #: Where a text stands and the text: above the place of a column, right of that of a bar.
    texts: Sequence[tuple[float, float, str]] = ()
    texts_above: bool = False
    grid: bool = field(default=True)


class Lettering(NamedTuple):
    """How high letters stand above their baseline and reach below it, and how wide a text is; ``size``: what a page calls it."""

    above: float
    below: float
    measure: Callable[[str], float]
    size: int = 0

    @property
    def height(self) -> float:
        """Of a line of text."""
        return self.above + self.below


class Room(NamedTuple):
    """Where a chart stands, in the units of what it is drawn on; ``gap``: between a mark of a scale and the scale.

    ``edge``: what stays empty around it; ``beside``: how wide the marks at its left are, as wide as they need where it is None.
    """

    left: float
    top: float
    right: float
    bottom: float
    gap: float
    edge: float = 0
    beside: float | None = None


@dataclass(frozen=True)
class Scales:
    """The part of a chart between its scales, and what lies where in it."""

    drawing: Drawing
    left: float
    top: float
    right: float
    bottom: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the scales lies."""
        (begin, end), (low, high) = self.drawing.across, self.drawing.up
        across, up = (x - begin) / (end - begin), (y - low) / (high - low)
        return self.left + across * (self.right - self.left), self.bottom - up * (self.bottom - self.top)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The place of the scales at a point; the reverse of :meth:`point`."""
        (begin, end), (low, high) = self.drawing.across, self.drawing.up
        across, up = (x - self.left) / (self.right - self.left), (self.bottom - y) / (self.bottom - self.top)
        return begin + across * (end - begin), low + up * (high - low)

    def holds(self, x: float, y: float) -> bool:
        """True for a point between the scales."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def months() -> list[Mark]:
    """The marks of a scale of twelve months."""
    return [(month, _("{month}月").format(month=month)) for month in range(1, 13)]


def marks(most: float) -> list[Mark]:
    """The numbers on a scale from 0 to ``most``: each whole one where they are few, else round ones."""
    if most <= _FEW:
        return [(number, str(number)) for number in range(int(most) + 1)]
    rough = most / _MARKS
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough)
    return [(number, f"{number:,}") for number in range(0, int(most) + 1, int(step))]


def line(days: Sequence[float], reached: Sequence[int], target: int | None) -> Drawing:
    """What was reached at the ends of months, and the straight line to the target at the year's end."""
    most = max([1, *reached, target or 0])
    goal = [(0.0, 0.0), (12.0, float(target))] if target else []
    points = list(zip([0.0, *days], [0.0, *map(float, reached)], strict=True))
    return Drawing((0, 12.2), (0, most * 1.08), months(), marks(most), points, goal)


def columns(values: Sequence[int]) -> Drawing:
    """One column for each month, its number above it."""
    most = max([1, *values])
    half = _FILLED / 2
    boxes = [(month - half, month + half, 0.0, float(value)) for month, value in enumerate(values, 1) if value]
    texts = [(float(month), float(value), f"{value:,}") for month, value in enumerate(values, 1) if value]
    return Drawing((0.4, 12.6), (0, most * 1.2), months(), marks(most), boxes=boxes, texts=texts, texts_above=True)


def bars(names: Sequence[str], values: Sequence[float], texts: Sequence[str], whole: float, rows: int = _ROWS) -> Drawing:
    """One lying bar for each name, the first at the top, its text right of it; ``whole``: the end of the scale.

    There is room for so many ``rows`` at least.
    """
    most, half = max([whole, 1, *values]) * 1.25, _FILLED / 2
    boxes = [(0.0, value, -place - half, -place + half) for place, value in enumerate(values)]
    told = [(value, -float(place), text) for place, (value, text) in enumerate(zip(values, texts, strict=True))]
    beside = [(-float(place), name) for place, name in enumerate(names)]
    deep = max(len(names), rows)
    return Drawing((0, most), (0.4 - deep, 0.6) if deep > 1 else (-0.5, 0.5), (), beside, boxes=boxes, texts=told, grid=False)


def scales_of(drawing: Drawing, room: Room, letters: Lettering) -> Scales:
    """Where the scales of a chart lie in the room that it has."""
    beside = room.beside
    if beside is None:
        widest = max((letters.measure(text) for _at, text in drawing.beside), default=0.0)
        beside = min(widest, (room.right - room.left) / 2) + room.edge + room.gap
    below = letters.height + room.gap if drawing.below else 0.0
    left, top = room.left + beside, room.top + room.edge
    return Scales(
        drawing, left, top, max(left + 1.0, room.right - room.edge), max(top + 1.0, room.bottom - room.edge - below)
    )


def put_chart(page: PaperPage, drawing: Drawing, room: Room, letters: Lettering) -> None:
    """Put a chart on a page: its scales are rules, its boxes tints, its lines strokes."""
    scales = scales_of(drawing, room, letters)
    _put_scales(page, scales, room, letters)
    for left, right, bottom, top in drawing.boxes:
        (x, y), (end, foot) = scales.point(left, top), scales.point(right, bottom)
        if end > x and foot > y:
            page.tints.append(Tint(x, y, end - x, foot - y, BAR_GREY))
    if drawing.goal:
        page.strokes.append(ChartLine(tuple(scales.point(*each) for each in drawing.goal), dashed=True))
    if drawing.line:
        page.strokes.append(ChartLine(tuple(scales.point(*each) for each in drawing.line)))
    for across, up, text in drawing.texts:
        x, y = scales.point(across, up)
        if drawing.texts_above:
            _write(page, x - letters.measure(text) / 2, y - 1 - letters.below, text, letters)
        else:
            _write(page, x + room.gap, _middle(y, letters), text, letters)


def _put_scales(page: PaperPage, scales: Scales, room: Room, letters: Lettering) -> None:
    drawing = scales.drawing
    for at, text in drawing.beside:
        y = scales.point(0, at)[1]
        shown = _shortened(text, scales.left - room.gap - room.left, letters)
        _write(page, scales.left - room.gap - letters.measure(shown), _middle(y, letters), shown, letters)
        if drawing.grid:
            page.rules.append((scales.left, y, scales.right, y))
    page.rules.append((scales.left, scales.top, scales.left, scales.bottom))
    # on a narrow chart every second or third mark has room
    widest = max((letters.measure(text) for _at, text in drawing.below), default=0.0) + room.gap
    each = (scales.right - scales.left) / max(1, len(drawing.below))
    for at, text in drawing.below[:: max(1, math.ceil(widest / each))]:
        x = scales.point(at, 0)[0] - letters.measure(text) / 2
        _write(page, x, scales.bottom + room.gap + letters.above, text, letters)


def _middle(y: float, letters: Lettering) -> float:
    """The baseline of a text in the middle of which ``y`` lies."""
    return y + (letters.above - letters.below) / 2


def _write(page: PaperPage, x: float, baseline: float, text: str, letters: Lettering) -> None:
    if text:
        page.texts.append(TextLine(x, baseline, text, letters.size))


def _shortened(text: str, room: float, letters: Lettering) -> str:
    """A text with its end left out where it is wider than the room."""
    if letters.measure(text) <= room:
        return text
    while text and letters.measure(text + _MORE) > room:
        text = text[:-1]
    return text + _MORE
