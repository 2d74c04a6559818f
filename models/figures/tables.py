"""Statistics tables (统计表): one number of each indicator for each place, union or organizer, and the whole beside them.

Every number is the one that :func:`models.figures.counts.counts` and ``by_regions`` give for the same question. The last
row is what the whole scope comes to, not the sum of the rows: who joined in two places is in both, and once in the whole;
how much that is stands in a row of its own. Rates are made of their parts and never averaged.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from models.editing.regions import level_title
from models.errors import UserError
from models.figures.counts import by_levels, names_of_places
from models.figures.facts import WHOLE_REGISTER, Inquiry, Level, Number, Period, Scope, level_of
from models.figures.indicator import Indicator
from models.figures.indicators import find_indicator, indicators
from models.figures.organizers import owners
from models.figures.periods import last_year_of, length_of, of_year, until
from models.figures.progress import own_targets
from models.figures.sums import ELSEWHERE
from models.figures.table_forms import Rows, TableForm
from models.figures.targets import targets
from models.language import _
from models.records.setting import setting
from models.standing.standing import Standing
from models.values.name_order import in_order
from models.values.region_index import DISTRICT_LEVELS, RegionIndex

#: The kinds of place from the widest to the narrowest; what lies in a building is in its row alone.
GRADES = ("district", "town", "community", "park", "building")
_NOTHING = Number(0)


@dataclass(frozen=True, slots=True)
class Cell:
    """One indicator in one row. ``before``: the same period a year earlier, None where it was not asked for.

    ``share``: percent of the plan, cut to one decimal. ``rank`` counts from the greatest share (without any plan from the
    greatest number), equal ones share it. ``change``: percent more than a year before, of a rate the points, cut.
    """

    number: Number
    plan: int | None = None
    share: float | None = None
    rank: int | None = None
    before: Number | None = None
    change: float | None = None


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: the uid of its region or union or the person's name ("" for none of them), and how deep it stands in a tree."""

    uid: str
    name: str
    cells: tuple[Cell, ...]
    depth: int = 0

    @property
    def empty(self) -> bool:
        """True when there is nothing to tell in it: it may be folded away."""
        return not any(each.plan is not None or _tells(each.number) or (each.before and _tells(each.before))
            for each in self.cells)


@dataclass(frozen=True, slots=True)
class TableColumn:
    """An indicator in a table. ``planned``: whose targets the plans are: of the period itself, of its year, or none.

    ``unknown``, ``undated``: some row has any.
    """

    indicator: Indicator
    planned: Literal["period", "year", ""]
    unknown: bool
    undated: bool


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A statistics table of the part ``passed`` of a period. ``repeated``: what the rows count more often than the whole does.

    The rows of depth 0, without ``repeated``, add up to ``total``.
    """

    form: TableForm
    of: Period
    passed: Period
    before: Period | None
    scope: Scope
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    total: TableRow
    repeated: TableRow | None = None

    @property
    def told(self) -> list[TableRow]:
        """The rows in which there is anything."""
        return [row for row in self.rows if not row.empty]


def make_table(form: TableForm, of: Period, today: dt.date, scope: Scope = WHOLE_REGISTER) -> FigureTable:
    """Count a table as of ``today``.

    UserError for a period that has not begun, an indicator that cannot be asked for such rows, or own towns where there are
    none.
    """
    passed = until(of, today)
    standing = Standing(passed.end)
    known = standing.once(indicators)
    wanted = [find_indicator(key, known) for key in form.indicators]
    scope = _own_scope(scope) if form.rows == "own" else scope
    if form.rows == "tree" and not _has_districts(scope, standing.index):
        form = replace(form, rows="town")
    then = last_year_of(passed, of) if "last_year" in form.parts else None
    now = _counted(wanted, form.rows, scope, Inquiry(passed, given=standing))
    earlier = _counted(wanted, form.rows, scope, Inquiry(then)) if then else None
    aims = _aims(form, of, scope, known)
    plans = [_plans(each, aims) for each in wanted]
    places = _places(form.rows, scope, now, [plan.rows for plan in plans])
    rows = [_row(place, wanted, now, earlier, plans) for place in places]
    total = _total(rows, wanted, now, earlier, plans)
    ranked = _ranked(rows, wanted) if "rank" in form.parts else rows
    columns = tuple(
        TableColumn(
            each, plans[number].of if any(row.cells[number].plan is not None for row in [*rows, total]) else "",
            any(row.cells[number].number.unknown for row in [*rows, total]),
            any(row.cells[number].number.undated for row in [*rows, total]),
        )
        for number, each in enumerate(wanted)
    )  # fmt: skip
    return FigureTable(form, of, passed, then, scope, columns, tuple(ranked), total, _repeated(rows, total, wanted))


def _has_districts(scope: Scope, index: RegionIndex) -> bool:
    if not scope.region:
        return True
    return any(index.level(each) in DISTRICT_LEVELS for each in index.below(scope.region))


def _own_scope(scope: Scope) -> Scope:
    if isinstance(scope.region, tuple):
        return scope
    towns = tuple(setting("my_towns"))
    if not towns:
        raise UserError(_("还没有设“我的镇街”，请先在设置里选，或者换一种行。"))
    return Scope(region=towns)


@dataclass(frozen=True, slots=True)
class _Counted:
    """What each indicator comes to in every place, by level where there are two, and in the whole scope."""

    index: RegionIndex
    levels: tuple[Level, ...]
    parts: Sequence[Sequence[dict[str, Number]]]
    whole: Sequence[Number]

    def at(self, number: int, level: int, place: str, kind: str) -> Number:
        """What an indicator comes to in a place of a level; where there is no fact of it that is nothing."""
        nothing = Number(None) if kind == "rate" else _NOTHING
        return self.parts[level][number].get(place, nothing)


_LEVELS: dict[Rows, tuple[Level, ...]] = {
    "district": ("district",), "town": ("town",), "community": ("community",), "tree": ("district", "town"),
    "own": ("town",), "grade": ("grade",), "union": ("union",), "person": ("person",),
}  # fmt: skip


def _counted(wanted: Sequence[Indicator], rows: Rows, scope: Scope, asked: Inquiry) -> _Counted:
    levels = _LEVELS[rows]
    found = by_levels(wanted, levels, scope, asked)
    return _Counted(asked.index, levels, found.levels, found.whole)


@dataclass(frozen=True, slots=True)
class _Place:
    uid: str
    name: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Plans:
    """The targets of an indicator: of what period they are, those of the rows, and the scope's own."""

    of: Literal["period", "year", ""]
    rows: Mapping[str, int]
    whole: int | None


@dataclass(frozen=True, slots=True)
class _Aims:
    """All targets of one period: of rows, by the indicator's key and the row, and the scope's own, by the key."""

    of: Literal["period", "year"]
    rows: Mapping[tuple[str, str], int]
    whole: Mapping[str, int]


def _aims(form: TableForm, of: Period, scope: Scope, known: Mapping[str, Indicator]) -> list[_Aims]:
    """The targets of the period itself, and those of the year in which it lies."""
    if "plan" not in form.parts:
        return []
    choices: list[tuple[Literal["period", "year"], Period]] = [("period", of)]
    if length_of(of) != "year" and of.start.year == of.end.year:
        choices.append(("year", of_year(of.start.year)))
    found = []
    for called, period in choices:
        held = targets(period, known=known)
        rows = {key: each.value for level in _LEVELS[form.rows] for key, each in own_targets(held, level).items()}
        found.append(_Aims(called, rows, {each.indicator: each.value for each in targets(period, scope, known)}))
    return found


def _plans(indicator: Indicator, aims: Iterable[_Aims]) -> _Plans:
    """The targets of an indicator: of the first period that has any."""
    for each in aims:
        rows = {place: value for (key, place), value in each.rows.items() if key == indicator.key}
        if rows or indicator.key in each.whole:
            return _Plans(each.of, rows, each.whole.get(indicator.key))
    return _Plans("", {}, None)


def _places(rows: Rows, scope: Scope, now: _Counted, plans: Iterable[Mapping[str, int]]) -> list[_Place]:
    """The rows of a table in their order.

    All regions of the level in the scope, or the unions or persons of whom there is any.
    """
    planned = [place for each in plans for place in each]
    found = [place for part in now.parts for each in part for place in each]
    elsewhere = [_Place(ELSEWHERE, _("（其他）"))] if ELSEWHERE in found else []
    if rows in ("union", "person"):
        if rows == "person":
            found += list(owners().employers.values())
        names = names_of_places(now.levels[0], dict.fromkeys([*found, *planned]), now.index)
        listed = in_order(((name, place) for place, name in names.items() if place), lambda each: each[0])
        return [_Place(place, name) for name, place in listed] + elsewhere
    if rows == "grade":
        return [_Place(each, level_title(each)) for each in GRADES] + elsewhere
    index = now.index
    below = index.below(scope.region) if scope.region else None
    inside = [uid for uid in index.entries if index.level(uid) != "city" and (below is None or uid in below)]
    if rows != "tree":
        return [_Place(uid, index.path(uid)) for uid in inside if level_of(uid, index) == now.levels[0]] + elsewhere
    listed_tree: list[_Place] = []
    towns: dict[str, list[_Place]] = {}
    for uid in inside:
        if level_of(uid, index) == "town":
            towns.setdefault(index.district_of(uid) or ELSEWHERE, []).append(_Place(uid, index.name(uid), 1))
    for uid in inside:
        if level_of(uid, index) == "district":
            listed_tree += [_Place(uid, index.name(uid)), *towns.pop(uid, ())]
    return listed_tree + elsewhere


def _row(
    place: _Place, wanted: Sequence[Indicator], now: _Counted, earlier: _Counted | None, plans: Sequence[_Plans]
) -> TableRow:
    cells = []
    for number, each in enumerate(wanted):
        before = earlier.at(number, place.level, place.uid, each.kind) if earlier else None
        plan = plans[number].rows.get(place.uid) if place.uid else None
        cells.append(cell_of(each, now.at(number, place.level, place.uid, each.kind), plan, before))
    return TableRow(place.uid, place.name, tuple(cells), place.level)


def cell_of(indicator: Indicator, number: Number, plan: int | None, before: Number | None) -> Cell:
    """A number beside its plan and the same of a year before, not yet in any order."""
    share = None
    if plan and (known := _parts(indicator, number)):
        share = _cut(100 * known[0], known[1] * plan)
    return Cell(number, plan, share, None, before, _change(indicator, number, before))


def _parts(indicator: Indicator, number: Number) -> tuple[int, int] | None:
    """What a number is, as numerator and denominator: a rate in percent, money in yuan; None for a rate of nothing."""
    if indicator.kind != "rate":
        return number.part, indicator.scale
    return (number.part * 100, number.whole) if number.whole else None


def cut(value: Fraction) -> float:
    """To one decimal, towards zero; whole where it is."""
    return _cut(value.numerator, value.denominator)


def _cut(numerator: int, denominator: int) -> float:
    tenths = abs(numerator) * 10 // denominator
    tenths = tenths if numerator >= 0 else -tenths
    return tenths // 10 if tenths % 10 == 0 else tenths / 10


def _change(indicator: Indicator, number: Number, before: Number | None) -> float | None:
    if before is None or number.value is None or before.value is None:
        return None
    if indicator.kind == "rate":
        tenths = round(number.value * 10) - round(before.value * 10)  # of what is seen
        return tenths // 10 if tenths % 10 == 0 else tenths / 10
    return _cut(100 * (number.part - before.part), before.part) if before.part > 0 else None


def _total(
    rows: Sequence[TableRow], wanted: Sequence[Indicator], now: _Counted, earlier: _Counted | None, plans: Sequence[_Plans]
) -> TableRow:
    """The whole scope. Its plan is its own target; without one the sum of the rows', where every row has one that should."""
    cells, told = [], [row for row in rows if row.depth == 0 and row.uid and not row.empty]
    for number, each in enumerate(wanted):
        plan = plans[number].whole
        outer = [row.cells[number].plan for row in told]
        known = [value for value in outer if value is not None]
        if plan is None and each.kind != "rate" and known and len(known) == len(outer):
            plan = sum(known)
        cells.append(cell_of(each, now.whole[number], plan, earlier.whole[number] if earlier else None))
    return TableRow("", _("合计"), tuple(cells))


def _ranked(rows: Sequence[TableRow], wanted: Sequence[Indicator]) -> list[TableRow]:
    """The rows with their places in the order, in a tree among those of the same depth."""
    ranks: list[dict[tuple[str, int], int]] = []
    for number, indicator in enumerate(wanted):
        planned = any(row.cells[number].share is not None for row in rows)
        ranks.append({})
        for depth in {row.depth for row in rows}:
            worth = {
                row.uid: known for row in rows
                if row.uid and row.depth == depth and (known := _worth(indicator, row.cells[number], planned)) is not None
            }  # fmt: skip
            ranks[-1] |= {(uid, depth): rank for uid, rank in _ranks(worth).items()}
    return [
        replace(row, cells=tuple([
            Cell(each.number, each.plan, each.share, held.get((row.uid, row.depth)), each.before, each.change)
            for each, held in zip(row.cells, ranks, strict=True)
        ]))
        for row in rows
    ]  # fmt: skip


def _ranks(worth: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    """The ranks of fractions, given as numerator and denominator."""
    # two that differ do so by more than one part in the square of the greatest denominator: as whole numbers they still differ
    finest = max((below for _above, below in worth.values()), default=1) ** 2
    whole = {uid: above * finest // below for uid, (above, below) in worth.items()}
    first: dict[int, int] = {}
    for place, value in enumerate(sorted(whole.values(), reverse=True), start=1):
        first.setdefault(value, place)
    return {uid: first[value] for uid, value in whole.items()}


def _worth(indicator: Indicator, cell: Cell, planned: bool) -> tuple[int, int] | None:
    known = _parts(indicator, cell.number)
    if not planned or known is None:
        return known
    return (known[0], known[1] * cell.plan) if cell.plan else None


def _tells(number: Number) -> bool:
    return bool(number.part or number.whole or number.unknown or number.undated)


def _repeated(rows: Sequence[TableRow], total: TableRow, wanted: Sequence[Indicator]) -> TableRow | None:
    """How much less the whole comes to than its rows together; None where they are the same."""
    outer = [row for row in rows if row.depth == 0]
    cells = []
    for number, each in enumerate(wanted):
        whole = total.cells[number]
        gap = _gap([row.cells[number].number for row in outer], whole.number, each)
        before = None
        if whole.before is not None:
            before = _gap([row.cells[number].before or _NOTHING for row in outer], whole.before, each)
        cells.append(Cell(gap, before=before))
    found = TableRow("", _("减：几处都算了的"), tuple(cells))
    return None if found.empty else found


def _gap(parts: Sequence[Number], whole: Number, indicator: Indicator) -> Number:
    part = whole.part - sum(each.part for each in parts)
    return Number(
        None if indicator.kind == "rate" else part // indicator.scale if part % indicator.scale == 0 else part / indicator.scale,
        whole.unknown - sum(each.unknown for each in parts), 0, part,
        whole.whole - sum(each.whole for each in parts), whole.undated - sum(each.undated for each in parts),
    )  # fmt: skip
