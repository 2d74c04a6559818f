"""A plan as data: what each row would do to the register, computed once, writing nothing.

Preview, conflict choice, summary, apply, returned workbook and JSON are readers of these objects.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Literal

from importers.columns.header import Header
from importers.columns.mapping import Mapping
from importers.rows.decisions import Decisions
from importers.rows.packed import Packed, pack, unpack
from importers.rows.rows import Row
from models.engine.record import Record, Values
from models.records.forms import SheetKind
from models.values.problems import Problem

Action = Literal["new", "updated", "same", "conflict", "refused", "skipped"]
ACTIONS: tuple[Action, ...] = ("new", "updated", "same", "conflict", "refused", "skipped")


Facts = Sequence[tuple[type[Record], Values]]


@dataclass(slots=True)
class Create:
    """A record to create, with the facts that are created together with it. Values carry their ``uid``."""

    record: type[Record]
    kept: Values | Packed
    kept_facts: Sequence[tuple[type[Record], Values | Packed]] = ()

    @classmethod
    def packed(cls, record: type[Record], values: Values, facts: Facts) -> "Create":
        """The same in little room, for records of which a plan has very many: nothing of it can be changed any more."""
        return cls(record, pack(values), tuple((each, pack(given)) for each, given in facts))

    @property
    def values(self) -> Values:
        """The record's values by field name: of a packed creation a copy."""
        return self.kept if isinstance(self.kept, dict) else unpack(self.kept)

    @property
    def facts(self) -> Facts:
        """The facts, each as its record class and its values."""
        return [(each, given if isinstance(given, dict) else unpack(given)) for each, given in self.kept_facts]

    def refers_to(self) -> Iterator[Any]:
        """Every value of the record and of its facts, the uids of other records among them."""
        kept = (self.kept, *(given for _record, given in self.kept_facts))
        return chain.from_iterable(each.values() if isinstance(each, dict) else each[1] for each in kept)


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


@dataclass(frozen=True, slots=True)
class Missing:
    """A member on the books of a union whom its full roster does not name; or, with a ``state``, one who is named again.

    ``state``: what the person was before, for one who had left. ``employer`` is a uid, the others are stored values.
    """

    uid: str
    name: str
    union: str
    state: str = ""
    id_number: str | None = None
    phone: str | None = None
    employer: str | None = None
    join_date: str | None = None


@dataclass(slots=True)
class SheetPlan:
    """The plan of one sheet: how it was understood, and one step per row. ``kind`` is None for a sheet that is left out.

    ``turn``: the order in which the sheets were judged, and are to be applied. ``asked``: fields whose change on very many
    rows is held back until it is confirmed → how many rows. ``missing``: members whom a full roster does not name;
    ``again``: those whom it names although they had left.
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
    again: list[Missing] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many rows do what."""
        found = Counter[str](step.action for step in self.steps)
        return {action: found[action] for action in ACTIONS}


@dataclass(slots=True)
class Plan:
    """The whole plan: a list of sheets, and the employers and unions that rows named and nobody knew yet.

    ``founders``: uid → creation; one is applied when a row that uses it is. ``based_on``: the log's newest entry when
    the plan was made, with ``decisions``; ``person`` and ``at`` belong to the batch, not to the plan. ``handed``: what was
    due from unions, and has come with these sheets.
    """

    sheets: list[SheetPlan]
    founders: dict[str, Create]
    based_on: int
    decisions: Decisions = field(default_factory=Decisions)
    errors: dict[str, str] = field(default_factory=dict)
    handed: list[Create] = field(default_factory=list)

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
        return not self.handed and not any(step.writes for sheet in self.sheets for step in sheet.steps if step.applies)
