"""Fitting texts into columns: where lines break, and how wide columns are. Pure: widths come from a ``Measure``.

Lengths here are in twentieths of a point, as everywhere in the layout; a ``Measure`` answers in ems.
"""

import re
from collections.abc import Callable, Sequence

from reports.report import Report, ReportColumn, printable

#: Width of a text, plain or bold, in ems.
Measure = Callable[[str, bool], float]

POINT = 20
#: Body sizes to try: 小五 first, then 六号 and 小六 for tables with very many columns.
BODY_SIZES = (9 * POINT, 150, 130)
#: Space at the left and right of a cell's text, in ems.
PADDING = 0.4
#: Lines of a cell before it is cut with an ellipsis.
MOST_LINES = 3

_OPENING = "（《〈【“‘(\\["
# Variation selectors and combining marks belong to the character before them, as closing punctuation does.
_CLOSING = "·，。、；：！？）》〉】”’,;!?)\\]\u0300-\u036f\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef"
#: What stays on one line if it can: a number, a word, or one Han character, each with its clinging punctuation.
_PIECE = re.compile(
    rf"[{_OPENING}]*(?:[0-9A-Za-z*.@/:_+%\-]+|\S)[{_CLOSING}]*|\s",
)
#: Widths that were fitted to a text must hold it after the arithmetic, too.
_ROUNDING = 1e-6
#: Texts up to this many characters (names, 中共党员, 居民身份证) are kept on one line when columns are fitted.
_SHORT = 5


def pieces(text: str) -> list[str]:
    """The parts of ``text`` between which a line may break; together they are the text."""
    return _PIECE.findall(text)


def wrap(text: str, width: float, measure: Measure, bold: bool = False, most: int = MOST_LINES) -> tuple[str, ...]:
    """Break ``text`` into at most ``most`` lines no wider than ``width`` ems; what does not fit ends in "…".

    Line feeds in the text break lines too. A single character wider than ``width`` stands alone on its line.
    """
    width += _ROUNDING
    text = printable(text).replace("\t", " ").strip()
    if "\n" not in text and measure(text, bold) <= width:
        return (text,) if text else ()
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _break(paragraph, width, measure, bold)
    if len(lines) <= most:
        return tuple(lines)
    return (*lines[: most - 1], _elide(lines[most - 1], width, measure, bold))


def _break(text: str, width: float, measure: Measure, bold: bool) -> list[str]:
    lines, line, used = [], "", 0.0
    for piece in pieces(text):
        long = measure(piece, bold)
        parts = [piece] if long <= width else list(piece)
        for part in parts:
            long = measure(part, bold)
            if line and used + long > width:
                lines.append(line.rstrip())
                line, used = "", 0.0
            if line or not part.isspace():
                line, used = line + part, used + long
    return [*lines, line.rstrip()] if line else lines


def _elide(line: str, width: float, measure: Measure, bold: bool) -> str:
    while line and measure(line + "…", bold) > width:
        line = line[:-1]
    return line + "…"


def fit_columns(report: Report, width: float, measure: Measure) -> tuple[int, tuple[float, ...]]:
    """The body size and the width of each column, together exactly ``width``.

    Columns share the paper in proportion to their wished widths, but a number, a date or a short word that would have
    to be broken widens its column at the cost of the others; if all cannot have that, the letters become smaller.
    """
    least = _least_widths(report, measure)
    size = next((size for size in BODY_SIZES if sum(least) * size <= width), BODY_SIZES[-1])
    return size, _share(width, report.columns, [need * size for need in least])


def _least_widths(report: Report, measure: Measure) -> list[float]:
    """Width in ems, padding included, below which a column would break what should stay whole."""
    needs = []
    for number, column in enumerate(report.columns):
        texts = {row[number] for section in report.sections for row in section.rows}
        widest = measure(column.title[:2], True)
        for text in texts:
            widest = max(widest, *(measure(part, False) for part in _unbroken(text)))
        needs.append(min(widest, max(column.width, 20)) + 2 * PADDING)
    return needs


def _unbroken(text: str) -> list[str]:
    text = printable(text).strip()
    return [text] if len(text) <= _SHORT else pieces(text)


def _share(width: float, columns: Sequence[ReportColumn], least: list[float]) -> tuple[float, ...]:
    if sum(least) >= width:
        return tuple(need * width / sum(least) for need in least)
    fixed: set[int] = set()
    while True:
        free = [n for n in range(len(columns)) if n not in fixed]
        left = width - sum(least[n] for n in fixed)
        wished = sum(columns[n].width + 2 * PADDING for n in free)
        scaled = {n: (columns[n].width + 2 * PADDING) * left / wished for n in free}
        tight = {n for n in free if scaled[n] < least[n]}
        if not tight:
            return tuple(least[n] if n in fixed else scaled[n] for n in range(len(columns)))
        fixed |= tight
