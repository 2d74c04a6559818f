"""The plan of an import: every row of every sheet judged against the register and against the rows before it."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from importers.columns.header import Header
from importers.columns.mapping import Mapping
from importers.plan import (
    answers,
    matching,
    missing,
    others_towns,
)
from importers.plan import (
    ledger as plan_ledger,
)
from importers.plan import (
    officers as plan_officers,
)
from importers.plan import (
    places as plan_places,
)
from importers.plan import (
    sites as plan_sites,
)
from importers.plan import (
    units as plan_units,
)
from importers.plan import (
    workers as plan_workers,
)
from importers.plan.by_column import ByColumn
from importers.plan.context import SheetContext
from importers.plan.count_day import CountDay, asked, count_day, tell
from importers.plan.handed import Handed
from importers.plan.impact import hold_back
from importers.plan.keyed import settled
from importers.plan.leaving import speaks_of_members
from importers.plan.newcomers import Newcomers
from importers.plan.organization import organization
from importers.plan.ours import of_ours
from importers.plan.settling import settle
from importers.plan.steps import Create, Plan, SheetPlan, Step
from importers.plan.unchanged import Unchanged
from importers.plan.world import World, look
from importers.rows.decisions import Decisions
from importers.rows.leaving import list_of_leavers
from importers.rows.rows import Row
from importers.rows.understanding import SheetView
from models.errors import UserError
from models.journal.writer import last_number
from models.language import _
from models.progress import OnProgress
from models.values.cleaning import normal_name
from models.values.problems import problem
from models.values.region_index import RegionIndex

#: Sheets that describe units come before those that only name them, so that fewer are created unverified.
ORDER = ("regions", "unions", "employers", "headcounts", "workers", "officers", "ledger", "sites")
STEPS: dict[str, Callable[[Row, World, SheetContext], Step]] = {
    "workers": plan_workers.step,
    "employers": plan_units.employer_step,
    "unions": plan_units.union_step,
    "headcounts": plan_units.headcount_step,
    "officers": plan_officers.step,
    "ledger": plan_ledger.step,
    "sites": plan_sites.step,
    "regions": plan_places.step,
}
#: Rows between two words about how far it is.
_TOLD = 500
#: Words of a header, a title or a name that say where counts come from.
SOURCES = (
    ("税务", "税务"),
    ("参保", "社保"),
    ("社保", "社保"),
    ("工会登记", "工会登记"),
    ("市场监管", "市场监管"),
    ("摸排", "街道摸排"),
    ("走访", "走访核实"),
    ("月报", "单位申报"),
)


def make(
    views: Sequence[SheetView],
    index: RegionIndex,
    home: str | None,
    today: dt.date,
    union: str = "",
    decisions: Decisions | None = None,
    progress: OnProgress | None = None,
) -> Plan:
    """Plan the rows of all views. ``union``: a union's name for rows that name none; UserError when nobody knows it.

    Writes nothing. ``progress(done, total)`` counts rows and may raise Stopped.
    """
    others_towns.refuse(views, index, home)
    based_on = last_number()
    decided = decisions or Decisions()
    keyed = {row.key for view in views for row in view.rows.loud() if row.key}
    world = look(index, home, [part for view in views for part in view.rows.parts], _named(decided) | keyed)
    given = _given_union(union, world)
    plans = {
        (view.file, view.sheet): SheetPlan(view.file, view.sheet, view.kind, view.because, view.header, view.mapping)
        for view in views
    }
    judging = _Judging(world, sum(len(view.rows) for view in views), progress)
    judging.seen = {} if len([view for view in views if view.kind]) > 1 else None
    closing: list[Create] = []
    for turn, view in enumerate(sorted(views, key=lambda each: ORDER.index(each.kind) if each.kind else -1)):
        target = plans[view.file, view.sheet]
        target.notes = list(view.notes)
        if view.kind is None:
            continue
        target.turn = turn
        context = _context(view, world, given, today, decided, target.notes)
        judging.rows(view, target, context)
        tell(target, CountDay(context.day, context.day_told), today)
        if view.kind == "workers" and view.key in decided.full:
            world.unpack()
            missing.answer(target, decided.full[view.key], world, context)
        closing += judging.handed.close(target, context, world)
    plan = Plan(list(plans.values()), world.founders, based_on, decided, handed=closing)
    # its entries lie scattered among the plan's objects: after the plan they would keep half of its memory
    normal_name.cache_clear()
    settle(plan)
    hold_back(plan, decided.confirmed)
    return plan


@dataclass
class _Judging:
    """The rows of one sheet after the other. ``seen``: who stood in an earlier sheet, None where there is one sheet only."""

    world: World
    total: int
    progress: OnProgress | None
    done: int = 0
    seen: dict[object, tuple[SheetView, int]] | None = None
    handed: Handed = field(default_factory=Handed)

    def rows(self, view: SheetView, target: SheetPlan, context: SheetContext) -> None:
        """Judge every row of a sheet that is planned."""
        kind = view.kind
        assert kind is not None
        self.world.begin_sheet()
        alone = partial(_step, kind, world=self.world, context=context)
        if kind != "workers":
            for row in view.rows:
                step = alone(row)
                target.steps.append(step)
                self._judged(kind, step, view)
            return
        by_column = ByColumn(self.world, context, alone, self.seen or {})
        for part in view.rows.parts:
            for each in by_column.judge(part, target.steps):
                if isinstance(each, Step):
                    self._judged(kind, each, view)
                else:
                    self._packed(each, view)

    def _judged(self, kind: str, step: Step, view: SheetView) -> None:
        if self.seen is not None:
            _seen_elsewhere(step, view, self.seen)
        self.handed.take(kind, step, self.world)
        self._tell(1)

    def _packed(self, found: Newcomers | Unchanged, view: SheetView) -> None:
        if self.seen is not None:
            self.seen.update((number, (view, row)) for number, row in zip(found.said("id_number"), found.numbers(), strict=True))
        unions = found.unions() if isinstance(found, Newcomers) else _unions(found, self.world)
        self.handed.take_many("workers", unions, self.world)
        self._tell(len(found))

    def _tell(self, count: int) -> None:
        before, self.done = self.done, self.done + count
        if self.progress is not None and before // _TOLD < self.done // _TOLD:
            self.progress(self.done - self.done % _TOLD, self.total)


def _unions(found: Unchanged, world: World) -> Counter[str]:
    """How many of the people are known at each union (uid)."""
    held = Counter(world.workers.columns(found.targets(), ["union"])["union"])
    return Counter({str(union): count for union, count in held.items() if union is not None})


def _step(kind: str, row: Row, *, world: World, context: SheetContext) -> Step:
    if context.answers.get(row.number) == "skip":
        return Step(row, "skipped", str(row.value("name") or row.value("subject") or ""))
    world.meant = answers.named(context.answers.get(row.number, "")) or ""
    row = settled(kind, row, world, row.number in context.answers)
    if question := asked(kind, row, context.day_told):
        row.problems += (question,)
    if matching.asked(row.problems):
        label = str(row.value("name") or row.value("subject") or "")
        return Step(row, "conflict", label, problems=list(row.problems))
    return STEPS[kind](row, world, context)


def _named(decisions: Decisions) -> set[str]:
    """The persons whom answers name: they must be known, whatever their rows say."""
    given = (answer for answers_of in decisions.rows.values() for answer in answers_of.values())
    return {uid for uid in map(answers.named, given) if uid is not None}


def _given_union(name: str, world: World) -> str:
    if not name:
        return ""
    uid, candidates = matching.find_union(name, None, world)
    if candidates:
        raise UserError(_("登记册里有几个工会都叫“{name}”，请在表里用一列写明所属工会。").format(name=name))
    if uid is None:
        raise UserError(_("登记册里没有工会“{name}”。请核对名称，或者先导入工会名单。").format(name=name))
    return uid


def _context(
    view: SheetView, world: World, union: str, today: dt.date, decided: Decisions, notes: list[str]
) -> SheetContext:
    header, mapping = view.header, view.mapping
    called = (header.title if header else "", view.sheet, view.file)
    leaving, joining = list_of_leavers(called)
    if header is None or mapping is None:
        raise ValueError("a sheet that is planned has a header and a mapping")
    found = count_day(view, header, today)
    return SheetContext(
        title=header.title,
        called=called,
        organization=organization(view, world, notes),
        union=union,
        day=found.day,
        day_told=found.told,
        members=_of_members(view, called),
        leaving=leaving,
        joining=joining,
        source=_source(view, header, mapping),
        today=today,
        answers=decided.rows.get(view.key, {}),
        blanks=decided.blanks.get(view.key, {}),
        fields=frozenset(match.field for match in mapping.matches if match.field),
        shared=_shared(view.rows) if view.kind == "unions" else frozenset(),
        values=decided.values.get(view.key, {}),
        ours=of_ours(view),
    )


def _shared(rows: Iterable[Row]) -> frozenset[str]:
    """The unions that several rows of a sheet name, each with another employer: theirs are the numbers of the rows."""
    employers: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.value("name") and row.value("employer"):
            employers[normal_name(str(row.value("name")))].add(normal_name(str(row.value("employer"))))
    return frozenset(name for name, held in employers.items() if len(held) > 1)


def _of_members(view: SheetView, called: tuple[str, ...]) -> bool:
    """True when a sheet is called a list of members; a form of one person is filled in before anybody is one."""
    form = view.source is not None and view.source.head.part == "form"
    return not form and speaks_of_members(called)


def _source(view: SheetView, header: Header, mapping: Mapping) -> str:
    """Where the counts of a sheet come from: its header says so, else its title or name does."""
    column = mapping.of("staff_count")
    told = (header.texts[column] if column is not None else "", header.title, view.sheet, view.file)
    return next((source for text in told for word, source in SOURCES if word in text), "导入")


def _seen_elsewhere(step: Step, view: SheetView, seen: dict[object, tuple[SheetView, int]]) -> None:
    """Tell when the same person stands in an earlier sheet of this import; the row is judged against that row's result."""
    number = step.row.value("id_number")
    if number is None or step.action == "refused":
        return
    other, row = seen.setdefault(number, (view, step.number))
    if other is not view:
        sheet = other.sheet if other.file == view.file else f"{other.file} › {other.sheet}"
        step.problems.append(problem("id-repeated-elsewhere", "id_number", sheet=sheet, row=row))
