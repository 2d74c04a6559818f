"""A plan as data: what each row would do to the register, computed once, writing nothing.

Preview, conflict choice, summary, apply, returned workbook and JSON are readers of these objects.
"""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

from importers.decisions import Decisions
from importers.header import Header
from importers.mapping import Mapping
from importers.rows import Row
from models.forms import SheetKind
from models.problems import Problem
from models.record import Record

Action = Literal["new", "updated", "same", "conflict", "refused", "skipped"]
ACTIONS: tuple[Action, ...] = ("new", "updated", "same", "conflict", "refused", "skipped")
Values = dict[str, Any]


@dataclass(slots=True)
class Create:
    """A record to create, with the facts that are created together with it. Values carry their ``uid``."""

    record: type[Record]
    values: Values
    facts: list[tuple[type[Record], Values]] = field(default_factory=list)


@dataclass(slots=True)
class Update:
    """Fields of a record to change: field name → (value before, value after)."""

    record: type[Record]
    uid: str
    changes: dict[str, tuple[Any, Any]]


Write = Create | Update


@dataclass(slots=True)
class Step:
    """What one row does. ``target``: uid of its main record; ``label``: what a person knows it by; ``row``: its source.

    ``suggestion``: uid of the person that a row with a faulty number probably means.
    """

    row: Row
    action: Action
    label: str
    target: str = ""
    writes: list[Write] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    suggestion: str | None = None

    @property
    def number(self) -> int:
        """The spreadsheet's own number of the row."""
        return self.row.number

    @property
    def applies(self) -> bool:
        """True when applying the plan writes something for this row."""
        return self.action in ("new", "updated")

    def main_changes(self) -> dict[str, tuple[Any, Any]]:
        """Field → (before, after) of everything this row writes, for showing; before is None for what is new."""
        shown: dict[str, tuple[Any, Any]] = {}
        for write in self.writes:
            if isinstance(write, Update):
                shown |= write.changes
            else:
                shown |= {name: (None, value) for name, value in write.values.items() if name != "uid"}
        return shown


@dataclass(frozen=True, slots=True)
class Missing:
    """A member on the books of a union whom its full roster does not name."""

    uid: str
    name: str
    union: str


@dataclass(slots=True)
class SheetPlan:
    """The plan of one sheet: how it was understood, and one step per row. ``kind`` is None for a sheet that is left out.

    ``turn``: the order in which the sheets were judged, and are to be applied. ``asked``: fields whose change on very many
    rows is held back until it is confirmed → how many rows. ``missing``: members whom a full roster does not name.
    """

    file: str
    sheet: str
    kind: SheetKind | None
    because: str = ""
    header: Header | None = None
    mapping: Mapping | None = None
    steps: list[Step] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    turn: int = 0
    asked: dict[str, int] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many rows do what."""
        found = Counter[str](step.action for step in self.steps)
        return {action: found[action] for action in ACTIONS}


@dataclass(slots=True)
class Plan:
    """The whole plan: a list of sheets, and the employers and unions that rows named and nobody knew yet.

    ``founders``: uid → creation; one is applied when a row that uses it is. ``based_on``: the log's newest entry when
    the plan was made, with ``decisions``; ``person`` and ``at`` belong to the batch, not to the plan.
    """

    sheets: list[SheetPlan]
    founders: dict[str, Create]
    based_on: int
    decisions: Decisions = field(default_factory=Decisions)
    errors: dict[str, str] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """How many rows of all sheets do what."""
        found: Counter[str] = Counter()
        for sheet in self.sheets:
            found.update(sheet.counts())
        return {action: found[action] for action in ACTIONS}

    def in_turn(self) -> list[SheetPlan]:
        """The sheets in the order in which they were judged; each row counts on what earlier ones do."""
        return sorted(self.sheets, key=lambda sheet: sheet.turn)

    @property
    def changes_nothing(self) -> bool:
        """True when applying would write nothing."""
        return not any(step.writes for sheet in self.sheets for step in sheet.steps if step.applies)
