"""Rows of a roster that say of people just what the register holds: packed, a part of the sheet at a time."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from importers.plan.steps import Action, Step
from importers.rows.parts import RowPart
from models.engine.record import Record
from models.journal.stretch import Stretch
from models.values.columns import Stored
from models.values.problems import Problem


@dataclass
class Unchanged:
    """``places``: of the rows in their part; ``uids``: of the people whom they speak of."""

    part: RowPart
    places: "array[int]" = field(default_factory=lambda: array("L"))
    uids: list[str] = field(default_factory=list)
    alone: dict[int, Step] = field(default_factory=dict)

    action: ClassVar[Action] = "same"

    def add(self, place: int, uid: str) -> None:
        """One more row, and whom it speaks of."""
        self.places.append(place)
        self.uids.append(uid)

    def __len__(self) -> int:
        """How many they are."""
        return len(self.places)

    def targets(self) -> list[str]:
        """The uids of the people."""
        return self.uids

    def step(self, place: int) -> Step:
        """What one of the rows does: nothing."""
        row = self.part.row(self.places[place])
        return Step(row, "same", str(row.value("name") or ""), self.uids[place])

    def notes(self, _place: int) -> Sequence[Problem]:
        """Nothing is told of them."""
        return ()

    def noted(self) -> bool:
        """Nothing is told of them."""
        return False

    def numbers(self) -> list[int]:
        """The spreadsheet's own numbers of the rows."""
        return [self.part.numbers[place] for place in self.places]

    def said(self, name: str) -> list[Stored]:
        """What they say in a field."""
        column = self.part.column(name)
        return [column[place] for place in self.places]

    def creates(self, _start: int, _end: int) -> Counter[type[Record]]:
        """They create nothing."""
        return Counter()

    def refers_to(self) -> frozenset[str | None]:
        """They write nothing."""
        return frozenset()

    def stretches(self, _start: int, _end: int) -> Iterator[Stretch]:
        """They write nothing."""
        return iter(())

    def forget(self) -> None:
        """Keep nothing unpacked."""
        self.part.forget()
