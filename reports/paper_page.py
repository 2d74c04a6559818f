"""What is drawn on a page: texts, tints, rules; and the sheets of paper. Plain data in twentieths of a point, without Qt.

Lists are laid out by ``reports/layout.py``; what is no list of rows (cards, trees, tiles) makes its pages itself.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal, overload

from reports.faces import Face

#: The sheets of paper that a printer takes.
Paper = Literal["A4", "A3"]
MM = 1440 / 25.4
LONG_SIDE, SHORT_SIDE = 297 * MM, 210 * MM
#: The sides of the sheets of paper, the shorter one first.
SIDES: dict[Paper, tuple[float, float]] = {"A4": (SHORT_SIDE, LONG_SIDE), "A3": (LONG_SIDE, 2 * SHORT_SIDE)}


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text: where its baseline begins, its size, its weight; ``turned``: it stands on its head.

    A ``title`` stands in the middle of the paper, wherever its ``x`` is: it has a face of its own, which the painter measures.
    """

    x: float
    baseline: float
    text: str
    size: int
    bold: bool = False
    turned: bool = False
    title: bool = False

    @property
    def face(self) -> Face:
        """The face it is set in."""
        return "title" if self.title else "heading" if self.bold else "text"


@dataclass(frozen=True, slots=True)
class Tint:
    """A filled rectangle; ``grey`` in per cent of black. ``colour``: an RGB value (#rrggbb) that is as light as the grey."""

    x: float
    y: float
    width: float
    height: float
    grey: int
    colour: str = ""


@dataclass(frozen=True, slots=True)
class ChartLine:
    """A line through points, each of them marked by a dot; ``dashed``: a plain one that is no measured course."""

    points: tuple[tuple[float, float], ...]
    dashed: bool = False


@dataclass
class PaperPage:
    """What is drawn on one page; a rule is (x1, y1, x2, y2)."""

    texts: list[TextLine] = field(default_factory=list)
    tints: list[Tint] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    strokes: list[ChartLine] = field(default_factory=list)


class PagesWhenSeen(Sequence[PaperPage]):
    """Pages, each made anew whenever it is looked at; none is held, so that ten thousand of them need no memory."""

    def __init__(self, count: int, draw: Callable[[int], PaperPage]) -> None:
        """``draw`` makes the page at a place, counted from 0."""
        self._count, self._draw = count, draw

    def __len__(self) -> int:
        """How many pages."""
        return self._count

    def __eq__(self, other: object) -> bool:
        """Equal to the same pages, held or not."""
        return isinstance(other, Sequence) and len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]

    @overload
    def __getitem__(self, place: int) -> PaperPage: ...
    @overload
    def __getitem__(self, place: slice) -> list[PaperPage]: ...

    def __getitem__(self, place: int | slice) -> PaperPage | list[PaperPage]:
        """A page, or some. IndexError for one that there is not."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(self._count))]
        at = place + self._count if place < 0 else place
        if not 0 <= at < self._count:
            raise IndexError(place)
        return self._draw(at)


def in_turn(parts: Sequence[Sequence[PaperPage]]) -> Sequence[PaperPage]:
    """The pages of several papers one after another; one of them may come more than once."""
    if len(parts) == 1:
        return parts[0]
    starts = [0, *accumulate(map(len, parts))]

    def draw(place: int) -> PaperPage:
        part = bisect_right(starts, place) - 1
        return parts[part][place - starts[part]]

    return PagesWhenSeen(starts[-1], draw)
