"""Where rows go when the good ones are taken out of a sheet, and what that does to every reference to them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from html import unescape

from importers.returned.xml import escaped

LAST_ROW = 1_048_576
_CELL = r"\$?[A-Za-z]{1,3}\$?\d{1,7}"
#: What is read in a formula, in this order: texts, references to other sheets, references to this sheet.
_IN_FORMULA = re.compile(
    r"(?P<text>\"(?:[^\"]|\"\")*\")"
    rf"|(?P<other>(?:'(?:[^']|'')+'|[^\s'\"(),;:=<>+\-*/^&{{}}!\[\]]+|\[[^\]]*\][^\s'\"(),!]*)!(?:{_CELL}(?::{_CELL})?)?)"
    rf"|(?<![\w.$])(?P<area>{_CELL}(?::{_CELL})?)(?![\w(.!])"
    r"|(?<![\w.$:])(?P<rows>\$?\d{1,7}:\$?\d{1,7})(?![\w.])"
)
_PLACE = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d{1,7})")


class Moves:
    """Rows from ``first`` to ``last`` are taken out but for ``kept``; what lies below moves up. All rows count from 1."""

    def __init__(self, first: int, last: int, kept: Sequence[int]) -> None:
        """``kept`` are numbers in order, all from ``first`` to ``last``."""
        self.first, self.last, self.kept = first, last, kept
        self.removed = max(0, last - first + 1) - len(kept)

    def row(self, number: int) -> int | None:
        """Where a row goes; None for one that is taken out."""
        if number < self.first:
            return number
        if number > self.last:
            return number - self.removed
        at = bisect_left(self.kept, number)
        return self.first + at if at < len(self.kept) and self.kept[at] == number else None

    def rows(self, top: int, bottom: int) -> tuple[int, int] | None:
        """Where the rows that are left of a range go; None when none is left. A range to the sheet's end stays so."""
        upper, lower = self._from(top), LAST_ROW if bottom >= LAST_ROW else self._to(bottom)
        return (upper, lower) if upper <= lower else None

    def _from(self, number: int) -> int:
        if self.first <= number <= self.last:
            return self.first + bisect_left(self.kept, number)
        return number if number < self.first else number - self.removed

    def _to(self, number: int) -> int:
        if self.first <= number <= self.last:
            return self.first + bisect_right(self.kept, number) - 1
        return number if number < self.first else number - self.removed

    def area(self, text: str) -> str | None:
        """An area such as "$A$5:O154" after the move; None when nothing is left of it. Whole columns stay."""
        places = [_PLACE.fullmatch(each) for each in text.split(":")]
        if any(each is None for each in places):
            return text
        found = [each for each in places if each is not None]
        moved = self.rows(int(found[0][4]), int(found[-1][4]))
        if moved is None:
            return None
        ends = moved[: len(found)]
        return ":".join(f"{each[1]}{each[2]}{each[3]}{row}" for each, row in zip(found, ends, strict=True))

    def areas(self, text: str) -> str:
        """Areas with spaces between them. Where nothing is left they point at the sheet's last row, where nobody writes."""
        parts = text.split()
        left = [moved for each in parts if (moved := self.area(each))]
        if left or not parts:
            return " ".join(left)
        column = _PLACE.match(parts[0])
        return f"{column[2] if column else 'A'}{LAST_ROW}"

    def formula(self, raw: bytes, down: int = 0, near: bool = False) -> bytes | None:
        """A formula (raw XML text) after the move; None when something it speaks of is taken out, or cannot be told.

        ``down``: it is first filled down by so many rows, as a shared formula is. ``near``: a row that is taken out
        stands for the next one that is left, as it does in rules for whole ranges.
        """
        text, lost = unescape(raw.decode()), False

        def moved(found: re.Match[str]) -> str:
            nonlocal lost
            if found["rows"]:
                lost = True
            if not found["area"]:
                return found[0]
            area = _filled_down(found["area"], down) if down else found["area"]
            placed = self.area(area) if area else None
            if placed is None and near and area and ":" not in area:
                placed = _PLACE.sub(lambda place: f"{place[1]}{place[2]}{place[3]}{self._from(int(place[4]))}", area)
            lost = lost or placed is None
            return placed or found[0]

        result = _IN_FORMULA.sub(moved, text)
        return None if lost else escaped(result)

    def named(self, raw: bytes, sheet: str) -> bytes:
        """A defined name's references to ``sheet`` after the move; what is taken out becomes #REF!."""
        quoted = "'" + sheet.replace("'", "''") + "'"
        prefix = rf"((?:{re.escape(quoted)}|{re.escape(sheet)})!)({_CELL}(?::{_CELL})?)"
        return escaped(re.sub(prefix, lambda found: found[1] + (self.area(found[2]) or "#REF!"), unescape(raw.decode())))


def _filled_down(area: str, down: int) -> str | None:
    """An area with its relative rows moved by ``down``; None when that leaves the sheet."""
    places = [_PLACE.fullmatch(each) for each in area.split(":")]
    rows = [int(each[4]) if each[3] else int(each[4]) + down for each in places if each]
    if not all(1 <= row <= LAST_ROW for row in rows):
        return None
    return ":".join(f"{each[1]}{each[2]}{each[3]}{row}" for each, row in zip(places, rows, strict=True) if each)
