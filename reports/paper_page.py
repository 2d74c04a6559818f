"""What is drawn on a page: texts, tints, rules; and the sheets of paper. Plain data in twentieths of a point, without Qt.

Lists are laid out by ``reports/layout.py``; what is no list of rows (cards, trees, tiles) makes its pages itself.
"""

from dataclasses import dataclass, field
from typing import Literal

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


@dataclass
class PaperPage:
    """What is drawn on one page; a rule is (x1, y1, x2, y2)."""

    texts: list[TextLine] = field(default_factory=list)
    tints: list[Tint] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
