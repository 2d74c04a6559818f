"""What a row takes from those above it: the cell above a ditto mark, and what the heading of its section names."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from importers.columns.row_roles import Role, section
from importers.columns.sections import UNFILLED, SectionHeading
from importers.rows.ditto import DITTO
from importers.rows.leaving import left, line_of_leavers, speaks_of_above
from importers.workbook.sheet import SheetRow
from models.language import _
from models.values.columns import Plain
from models.values.problems import Problem, problem

#: The fields that a heading gives, for each form; a place is nobody's residence.
_GIVES = {
    "workers": ("union", "employer"), "employers": ("region", "union"), "unions": ("region",), "headcounts": ("region",),
    "sites": ("region",), "regions": ("region",),
}  # fmt: skip
#: Rows that a note names one by one.
_NAMED = 6


class Given(NamedTuple):
    """What a section gives to its rows: (field, text) pairs, and what it says of leaving."""

    texts: tuple[tuple[str, str], ...] = ()
    said: Problem | None = None


NOTHING = Given()


@dataclass
class Carried:
    """Walks through the rows of one sheet in their order. ``own``: columns in which a ditto mark means nothing.

    ``headings``: the rows that were headings: (row number, what they name, whether it is used). ``below``: records stand above
    the first of them, so that they may be the feet of what is above and give nothing to anybody.
    """

    kind: str
    own: frozenset[int]
    given: Given = NOTHING
    above: list[Plain] = field(default_factory=list)
    headings: list[tuple[int, str, bool]] = field(default_factory=list)
    below: bool = False
    #: rows that a line below them says to have left: (after which row, before which row, the word)
    left_above: list[tuple[int, int, str]] = field(default_factory=list)
    since: int = 0

    def records(self, rows: Iterable[tuple[SheetRow, Role]], main: int | None) -> Iterator[tuple[SheetRow, Given]]:
        """The rows that are records, with ditto marks filled in, each with what its section gives."""
        for row, role in rows:
            if role == "record":
                filled = row if DITTO.isdisjoint(row.values) else self._filled(row)
                self.above = filled.values
                yield filled, self.given
            elif role == "section" and (found := section(self.kind, row.values, main)) is not None:
                self._begin(row.number, found)
            elif self.kind == "workers" and role in ("note", "section"):
                self._line(row)

    def _line(self, row: SheetRow) -> None:
        """A line of general words that says of the rows below it, or above it, that they left."""
        text = "".join(str(value) for value in row.values if value is not None)
        word = line_of_leavers(text)
        if word is None:
            return
        if word and speaks_of_above(text):
            self.left_above.append((self.since, row.number, word))
        else:
            self.given = Given(self.given.texts, problem("says-left", written=word) if word else None)
        self.since = row.number

    def _filled(self, row: SheetRow) -> SheetRow:
        values = [
            self.above[at] if value in DITTO and at not in self.own and at < len(self.above) else value
            for at, value in enumerate(row.values)
        ]
        return replace(row, values=values)

    def _begin(self, number: int, found: SectionHeading) -> None:
        if self.above and not self.headings:
            self.below = True
        used = found.field in _GIVES.get(self.kind, ()) and not self.below
        said = left(found.name) or line_of_leavers(found.name)
        word = said if said and self.kind == "workers" and not found.field else ""
        kept = tuple(each for each in self.given.texts if found.field != "region" and each[0] == "region")
        if found.field == "region" and not used:
            kept = self.given.texts
        if found.field in ("union", "employer"):
            self.above = []  # a ditto mark right below it may mean the heading
        told = problem("says-left", written=word) if word else None
        self.given = Given((*kept, (found.field, found.name)) if used else kept, told)
        if UNFILLED.match(found.name):
            self.given = NOTHING
        self.headings.append((number, found.name, used or bool(word)))

    def notes(self) -> list[str]:
        """What the headings were taken for, in sentences."""
        sentences = (
            (True, _("第 {rows} 行是分段的标题，下面的行按它归入：{names}")),
            (False, _("第 {rows} 行是分段的标题或小计，没有当作单位或人：{names}")),
        )
        told = []
        for used, sentence in sentences:
            found = [each for each in self.headings if each[2] == used]
            if found:
                more = _("等 {count} 处").format(count=len(found)) if len(found) > _NAMED else ""
                numbers = _("、").join(str(number) for number, _name, _used in found[:_NAMED])
                names = _("、").join(dict.fromkeys(name for _number, name, _used in found[:_NAMED]))
                told.append(sentence.format(rows=numbers, names=names + more))
        return told
