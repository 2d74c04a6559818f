"""What a sheet's rows have to tell, each thing once: one note on many rows is one note with its rows.

Errors and questions stay by the row, for each is to be answered there; so do warnings, until very many rows bear the same.
A question that a column or the whole sheet raises is answered once for all of its rows, and told once.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from importers.plan.steps import Step
from models.values.problems import Problem

#: Rows that bear one warning from which on it is told once.
MANY = 1_000


#: Questions that are answered for a column or for the whole sheet.
OF_COLUMNS = frozenset(
    "column-unsure change-unsaid union-not-used mass-change count-day-contradicts list-of-leavers list-of-closed".split()
)


@dataclass(slots=True)
class ToldOnce:
    """A problem, and the rows that bear it, in ranges (first, last) of the spreadsheet's own numbers, ends included."""

    problem: Problem
    ranges: list[list[int]] = field(default_factory=list)

    @property
    def row(self) -> int:
        """The first row."""
        return self.ranges[0][0]

    @property
    def count(self) -> int:
        """How many rows bear it."""
        return sum(last - first + 1 for first, last in self.ranges)

    @property
    def rows(self) -> str:
        """All rows, as a person writes them: "2-40,55"."""
        return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in self.ranges)

    def numbers(self) -> Iterator[int]:
        """Every one of the rows."""
        return chain.from_iterable(range(first, last + 1) for first, last in self.ranges)

    def add(self, row: int) -> None:
        """One more row bears it."""
        if self.ranges and self.ranges[-1][1] == row - 1:
            self.ranges[-1][1] = row
        elif not self.ranges or self.ranges[-1][1] != row:
            self.ranges.append([row, row])


def told(steps: Sequence[Step]) -> list[ToldOnce]:
    """The problems of the steps in the order of their rows; what many rows bear stands at the first of them."""
    found: list[ToldOnce] = []
    gathered: dict[Problem, ToldOnce] = {}
    often = _often(steps)
    for number, each in _problems(steps):
        once = each.level == "note" or each.code in OF_COLUMNS or each in often
        one = gathered.get(each) if once else None
        if one is None:
            one = ToldOnce(each)
            found.append(one)
            if once:
                gathered[each] = one
        one.add(number)
    return found


def _problems(steps: Sequence[Step]) -> Iterator[tuple[int, Problem]]:
    return ((step.number, each) for step in steps for each in step.problems)


def _often(steps: Sequence[Step]) -> frozenset[Problem]:
    """The warnings that very many rows bear."""
    counts = Counter(each for _number, each in _problems(steps) if each.level == "warning")
    return frozenset(each for each, count in counts.items() if count >= MANY)
