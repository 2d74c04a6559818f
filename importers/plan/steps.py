"""A plan as data: what each row would do to the register, computed once, writing nothing.

Preview, conflict choice, summary, apply, returned workbook and JSON are readers of these objects.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Dictionary
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import chain
from operator import eq
from types import MappingProxyType
from typing import Any, ClassVar, Literal, NamedTuple, Protocol, overload

from importers.columns.header import Header
from importers.columns.mapping import Mapping
from importers.rows.decisions import Decisions
from importers.rows.packed import Packed, pack, unpack
from importers.rows.rows import Row
from models.engine.record import Record, Values
from models.journal.stretch import Stretch
from models.records.forms import SheetKind
from models.values.columns import Stored
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


#: Fields of a record that stand in the sheet under the same name.
SAME: Dictionary[str, str] = MappingProxyType({})


@dataclass(slots=True)
class Update:
    """Fields of a record to change: field name → (value before, value after).

    ``cells``: field of the record → field of the sheet that says it, where the two are called differently.
    """

    record: type[Record]
    uid: str
    changes: dict[str, tuple[Any, Any]]
    cells: Dictionary[str, str] = field(default_factory=lambda: SAME)


class KeptValue(NamedTuple):
    """A value of a record that stays although the row says another one (``offered``). ``cell``: the field of the sheet.

    ``because``: the code of the problem that tells why this was proposed; "" where a person chose it.
    """

    record: type[Record]
    uid: str
    name: str
    cell: str
    held: Any
    offered: Any
    because: str


Write = Create | Update


@dataclass(slots=True)
class Step:
    """What one row does. ``target``: uid of its main record; ``label``: what a person knows it by; ``row``: its source.

    ``suggestion``: uid of the person that a row with a faulty number probably means. ``kept``: what stays as it is held.
    """

    row: Row
    action: Action
    label: str
    target: str = ""
    writes: list[Write] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    suggestion: str | None = None
    kept: tuple[KeptValue, ...] = ()

    @property
    def number(self) -> int:
        """The spreadsheet's own number of the row."""
        return self.row.number

    @property
    def applies(self) -> bool:
        """True when applying the plan writes something for this row."""
        return self.action in ("new", "updated")


class PackedSteps(Protocol):
    """Steps that do the same, kept packed; ``alone`` are those of them that have been looked at and stay."""

    action: ClassVar[Action]
    alone: dict[int, Step]

    def __len__(self) -> int:
        """How many they are."""

    def step(self, place: int) -> Step:
        """One of them, made anew each time unless it stands alone."""

    def notes(self, place: int) -> Sequence[Problem]:
        """What is told of one of them."""

    def numbers(self) -> Sequence[int]:
        """The spreadsheet's own numbers of their rows."""

    def said(self, name: str) -> Sequence[Stored]:
        """What their rows say in a field."""

    def noted(self) -> bool:
        """True when something is told of any of them."""

    def creates(self, start: int, end: int) -> Counter[type[Record]]:
        """How many records of each kind those from one place to before another create."""

    def refers_to(self) -> AbstractSet[str | None]:
        """The uids of the records that what they create names."""

    def stretches(self, start: int, end: int) -> Iterator[Stretch]:
        """What those from one place to before another create, by column."""

    def forget(self) -> None:
        """Keep nothing unpacked."""


class PackedRun(NamedTuple):
    """Those of some packed steps that follow each other: from one place to before another."""

    packed: PackedSteps
    start: int
    end: int


#: Steps that follow each other: packed, or such as stand by themselves.
Run = PackedRun | list[Step]


class Steps(Sequence[Step]):
    """The steps of a sheet in the order of its rows. Where nothing is to be decided they are packed, and made when looked at."""

    def __init__(self, steps: Iterable[Step] = ()) -> None:
        """Take steps that stand by themselves."""
        self._runs: list[Run] = []
        self._starts = [0]
        for each in steps:
            self.append(each)

    def append(self, step: Step) -> None:
        """One more, by itself."""
        if self._runs and isinstance(self._runs[-1], list):
            self._runs[-1].append(step)
            self._starts[-1] += 1
        else:
            self._runs.append([step])
            self._starts.append(self._starts[-1] + 1)

    def take(self, packed: PackedSteps, start: int, end: int) -> None:
        """Some of those that are packed together."""
        self._runs.append(PackedRun(packed, start, end))
        self._starts.append(self._starts[-1] + end - start)

    def __len__(self) -> int:
        """How many there are."""
        return self._starts[-1]

    def __iter__(self) -> Iterator[Step]:
        """All of them, one after the other."""
        for run in self._runs:
            if isinstance(run, list):
                yield from run
            else:
                packed, start, end = run
                yield from map(packed.step, range(start, end))
                packed.forget()

    @overload
    def __getitem__(self, place: int) -> Step: ...
    @overload
    def __getitem__(self, place: slice) -> list[Step]: ...
    def __getitem__(self, place: int | slice) -> Step | list[Step]:
        """One of them, or a list of some."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        wanted = range(len(self))[place]
        number = bisect_right(self._starts, wanted) - 1
        run, within = self._runs[number], wanted - self._starts[number]
        return run[within] if isinstance(run, list) else run[0].step(run[1] + within)

    def __eq__(self, other: object) -> bool:
        """True for the same steps, also those of a list."""
        return isinstance(other, Sequence) and len(other) == len(self) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]  # steps are told something

    def numbers(self) -> Iterator[int]:
        """The spreadsheet's own numbers of their rows."""
        for run in self._runs:
            yield from [step.number for step in run] if isinstance(run, list) else run.packed.numbers()[run.start : run.end]

    def decided(self) -> Iterator[Step]:
        """Those that stand by themselves: every one that changes what is known, and every one with more than a note."""
        for run in self._runs:
            if isinstance(run, list):
                yield from run
            elif run[0].alone:
                yield from (run[0].alone[place] for place in range(run[1], run[2]) if place in run[0].alone)

    def runs(self) -> Iterator[Run]:
        """All of them, in the order of the rows, as they are kept."""
        return iter(self._runs)

    def counts(self) -> Counter[str]:
        """How many do what."""
        found = Counter[str](step.action for run in self._runs if isinstance(run, list) for step in run)
        for run in self._runs:
            if not isinstance(run, list):
                found[run[0].action] += run[2] - run[1]
        return found

    def problems(self) -> Iterator[tuple[int, Problem]]:
        """(row, what is told of it), in the order of the rows."""
        for run in self._runs:
            if isinstance(run, list):
                yield from ((step.number, each) for step in run for each in step.problems)
            elif run[0].noted():
                packed, start, end = run
                numbers = packed.numbers()
                yield from ((numbers[place], each) for place in range(start, end) for each in packed.notes(place))


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
    steps: Steps = field(default_factory=Steps)
    notes: list[str] = field(default_factory=list)
    turn: int = 0
    asked: dict[str, int] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    again: list[Missing] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many rows do what."""
        found = self.steps.counts()
        return {action: found[action] for action in ACTIONS}

    def kept(self) -> int:
        """How many values of known records stay as they are held although a row says another one."""
        return sum(len(step.kept) for step in self.steps.decided() if step.action in ("updated", "same"))


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

    def founding(self) -> list[Create]:
        """The named but unknown units that applied rows use."""
        unknown, used = self.founders.keys(), set[str]()
        for run in (run for sheet in self.sheets for run in sheet.steps.runs()) if unknown else ():
            if isinstance(run, PackedRun):
                used |= unknown & run.packed.refers_to()
                continue
            for write in (write for step in run if step.applies for write in step.writes):
                if isinstance(write, Update):
                    used |= unknown & {after for _before, after in write.changes.values()}
                else:
                    used.update(filter(unknown.__contains__, write.refers_to()))
        return [founder for uid, founder in self.founders.items() if uid in used]

    def kept(self) -> int:
        """How many values stay as they are held although a row says another one."""
        return sum(sheet.kept() for sheet in self.sheets)

    @property
    def changes_nothing(self) -> bool:
        """True when applying would write nothing."""
        counts = self.counts()
        if self.handed or counts["new"]:
            return False
        return not counts["updated"] or not any(
            step.writes for sheet in self.sheets for step in sheet.steps.decided() if step.applies
        )
