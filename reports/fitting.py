"""Fitting texts into columns: where lines break, and how wide columns are. Pure: widths come from a ``Measure``.

Lengths here are in twentieths of a point, as everywhere in the layout; a ``Measure`` answers in ems.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from reports.report import Report, ReportColumn, Section, printable

#: Width of a text, plain or bold, in ems.
Measure = Callable[[str, bool], float]

POINT = 20
#: Body sizes to try: 小五 first, then 六号, 小六 and 七号 for tables with very many columns.
BODY_SIZES = (9 * POINT, 150, 130, 110)
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
#: One Han character, which a last line should not be (单字不成行).
_LONELY = re.compile(rf"[\u3400-\u9fff][{_CLOSING}]*")
#: What is left of the line from which a lonely one gets company.
_LEFT_BEHIND = 2
#: Widths that were fitted to a text must hold it after the arithmetic, too.
_ROUNDING = 1e-6
#: Texts up to this many characters (names, 中共党员, 居民身份证) are kept on one line when columns are fitted.
_SHORT = 5
#: So many texts of a column are known to have been measured; a roster has as many numbers as people.
_REMEMBERED = 1_000


class Fitted(NamedTuple):
    """The size of the body's letters and the widths of the columns: the shared ones, and of sections with their own."""

    size: int
    shared: tuple[float, ...]
    own: Mapping[int, tuple[float, ...]] = {}

    def of(self, section: int) -> tuple[float, ...]:
        """The widths of the columns of a section, by its number."""
        return self.own.get(section, self.shared)


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
    if line and lines:
        lines[-1], line = in_company(lines[-1], line, width, measure, bold)
    return [*lines, line.rstrip()] if line else lines


def in_company(before: str, last: str, width: float, measure: Measure, bold: bool = False) -> tuple[str, str]:
    """The two last lines of a paragraph: where the last one is a single Han character, another one comes down to it."""
    if not _LONELY.fullmatch(last.strip()):
        return before, last
    *others, moved = pieces(before.rstrip())
    fuller = moved + last.lstrip()
    if len(others) < _LEFT_BEHIND or measure(fuller, bold) > width:
        return before, last
    return "".join(others).rstrip(), fuller


def _elide(line: str, width: float, measure: Measure, bold: bool) -> str:
    while line and measure(line + "…", bold) > width:
        line = line[:-1]
    return line + "…"


def fit_columns(report: Report, width: float, measure: Measure) -> Fitted:
    """The body size and the width of each column, those of a table together exactly ``width``.

    Columns share the paper in proportion to their wished widths, but a number, a date or a short word that would have
    to be broken widens its column at the cost of the others; if all cannot have that, the letters become smaller.
    """
    closing = [Section("", [], sums=report.sums)]
    shared = _least_widths(report.columns, [*(each for each in report.sections if not each.columns), *closing], measure)
    own = {
        number: _least_widths(section.columns, (section,), measure)
        for number, section in enumerate(report.sections)
        if section.columns
    }
    widest = max(sum(shared), *map(sum, own.values()), 0)
    size = report.size or next((size for size in BODY_SIZES if widest * size <= width), BODY_SIZES[-1])
    return Fitted(
        size,
        _share(width, report.columns, [need * size for need in shared]),
        {
            number: _share(width, report.sections[number].columns, [need * size for need in least])
            for number, least in own.items()
        },
    )


def _least_widths(columns: Sequence[ReportColumn], sections: Iterable[Section], measure: Measure) -> list[float]:
    """Width in ems, padding included, below which a column would break what should stay whole. Rows are read one by one."""
    widest = [max(measure(column.title[:2], True), column.width if column.blank else 0) for column in columns]
    most = [max(column.width, 20) for column in columns]
    seen: list[set[str]] = [set() for _column in columns]
    for section in sections:
        for place, text in enumerate(section.sums):  # bold, and never broken: half a sum is another one
            widest[place] = max(widest[place], min(measure(printable(text).strip(), True), most[place]))
        for row in section.rows:
            for place, text in enumerate(row):
                known = seen[place]
                if text in known or widest[place] >= most[place]:
                    continue
                if len(known) >= _REMEMBERED:
                    known.clear()
                known.add(text)
                widest[place] = max(widest[place], *(measure(part, False) for part in _unbroken(text)))
    return [min(wide, limit) + 2 * PADDING for wide, limit in zip(widest, most, strict=True)]


def _unbroken(text: str) -> list[str]:
    text = printable(text).strip()
    return [text] if len(text) <= _SHORT else pieces(text)


def _share(width: float, columns: Sequence[ReportColumn], least: list[float]) -> tuple[float, ...]:
    if not columns:
        return (width,)
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
