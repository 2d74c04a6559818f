"""Adding up the facts of indicators: in one scope as a whole, or in every region or union of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from peewee import OP, Case, Expression, Value, fn

from models.engine import database, sql
from models.figures.facts import Fact, IndicatorFacts, Level, Scope, level_of
from models.figures.organizers import Owners, owners
from models.values.region_index import DISTRICT_LEVELS, RegionIndex

#: Under this key stands what lies in none of the regions of a level, and what is not divided.
ELSEWHERE = ""
#: So many records are looked up one by one sooner than all facts are walked.
_FEW = 2_000


class Sums(NamedTuple):
    """What facts add up to: weights of those that count and of those that are known; how many are unknown and marked.

    ``undated``: how many of a flow carry no date; they are in none of the others.
    """

    part: int = 0
    whole: int = 0
    unknown: int = 0
    marked: int = 0
    undated: int = 0


_COLUMNS = len(Sums._fields)


class Divided(NamedTuple):
    """What facts add up to in each area, and in all of them: who stands in several areas is in each, and once in the whole."""

    areas: dict[str, Sums]
    whole: Sums


_NOTHING = Sums()

#: Leads from where a fact belongs (its region, or its union where unions are told apart) to the area it is counted in.
_AreaOf = Callable[[str | None], str]


def added_up(facts: Sequence[IndicatorFacts], scope: Scope, index: RegionIndex) -> list[Sums]:
    """What each of ``facts`` comes to in the scope."""
    return [each.whole for each in divided(facts, scope, index, None)]


def divided(
    facts: Sequence[IndicatorFacts], scope: Scope, index: RegionIndex, level: Level | None
) -> list[Divided]:
    """What each of ``facts`` comes to in every area of a level, and in all of them.

    Facts that share a query are asked together, for all areas at once.
    """
    found = [Divided({}, Sums()) for _each in facts]
    together: defaultdict[str | int, list[int]] = defaultdict(list)
    for place, each in enumerate(facts):
        together[each.shared or place].append(place)
    held = owners() if level == "person" else None
    areas = _Areas(level, index, held)
    for places in together.values():
        part = [facts[place] for place in places]
        area_of = areas.of(part[0])
        if part[0].query is None:
            answers = [_of_list(each, inside(each, scope, index), level, area_of, held) for each in part]
        else:
            answers = _of_query(part, scope, index, level, area_of)
        for place, answer in zip(places, answers, strict=True):
            found[place] = answer
    return found


class _Areas:
    """Where facts are counted when they are divided by a level."""

    def __init__(self, level: Level | None, index: RegionIndex, held: Owners | None) -> None:
        self._level, self._index, self._held = level, index, held

    def of(self, facts: IndicatorFacts) -> _AreaOf:
        """The way from where one of the facts belongs to its area."""
        held = self._held
        if self._level is None:
            return lambda _place: ELSEWHERE
        if self._level == "union" or (held and (facts.person or facts.query is None)):
            return lambda place: place or ELSEWHERE
        if held:
            return lambda union: held.unions.get(union or "", ELSEWHERE)
        return lambda place: self._regions.get(place or "", ELSEWHERE)

    @cached_property
    def _regions(self) -> dict[str, str]:
        index, level = self._index, self._level
        if level == "grade":
            return {uid: grade_of(uid, index) for uid in index.entries}
        areas: dict[str, str] = {}
        for uid in index.entries:
            line = (each for each in index.line(uid) if index.level(each) != "city" and level_of(each, index) == level)
            areas[uid] = next(line, ELSEWHERE)
        return areas


def grade_of(uid: str, index: RegionIndex) -> str:
    """What kind of place a region is: district (a zone too), town, community, park or building; ELSEWHERE for the city."""
    held = index.level(uid)
    return "district" if held in DISTRICT_LEVELS else ELSEWHERE if held == "city" else held


def _of_list(
    of: IndicatorFacts, listed: Iterable[Fact], level: Level | None, area_of: _AreaOf, held: Owners | None
) -> Divided:
    found: dict[str, Sums] = {}
    for fact in listed:
        if held:
            area = area_of(held.of(of.kind, fact.uid, fact.union))
        else:
            area = area_of(fact.union if level == "union" else fact.region)
        found[area] = _plus(found.get(area, _NOTHING), _one(of, fact.state, fact.weight, fact.marked))
    return Divided(found, _all_of(found))


def _all_of(areas: dict[str, Sums]) -> Sums:
    return Sums(*map(sum, zip(*areas.values(), strict=True))) if areas else _NOTHING


def inside(of: IndicatorFacts, scope: Scope, index: RegionIndex) -> list[Fact]:
    """Those of the listed facts that lie in the scope."""
    if scope.union:
        return [fact for fact in of.listed if fact.union == scope.union]
    if scope.person:
        held = owners()
        return [fact for fact in of.listed if held.of(of.kind, fact.uid, fact.union) == scope.person]
    if scope.region:
        below = index.below(scope.region)
        return [fact for fact in of.listed if fact.region in below]
    return list(of.listed)


def scoped(query: Any, inner: Any, scope: Scope, index: RegionIndex, of: IndicatorFacts) -> Any:
    """A query of the alias ``inner`` of facts, held to a scope."""
    if scope.union:
        return query.where(inner.c["union"] == scope.union)
    if scope.person and of.person:
        return query.where(inner.c[of.person] == scope.person)
    if scope.person:
        return query.where(inner.c["union"].in_(owners().unions_of(scope.person)))
    if scope.region:
        return query.where(inner.c.region.in_(sorted(index.below(scope.region))))
    return query


def _one(of: IndicatorFacts, state: int | None, weight: int, marked: int) -> Sums:
    if of.flow and marked:
        return Sums(undated=int(state != 0))
    if state is None:
        return Sums(unknown=1)
    return Sums(weight, weight, 0, marked) if state else Sums(whole=weight)


def _plus(one: Sums, other: Sequence[int]) -> Sums:
    return Sums(*map(sum, zip(one, other, strict=True)))


def _of_query(
    batch: Sequence[IndicatorFacts], scope: Scope, index: RegionIndex, level: Level | None, area_of: _AreaOf
) -> list[Divided]:
    """What facts with one query add up to, each in its areas."""
    often = _often(scope, index, batch[0]) if batch[0].repeated else []
    looked_at = _looked_at(batch, scope, level)
    inner = _asked_of(batch[0], looked_at, often).alias("facts")
    lean = batch[0].lean is not None
    told = inner.select_from(
        _held(batch[0], inner, level).alias("held"), inner.c.weight, inner.c.marked,
        (inner.c.times if lean else Value(1)).alias("times"),
        *(each.state_of(inner).alias(f"state_{number}") for number, each in enumerate(batch)),
    )  # fmt: skip
    told = scoped(told, inner, scope, index, batch[0])
    if often and batch[0].counted is None:
        told = told.where(inner.c.uid.not_in(sql.given(often)))
    # each state is made once for a row, and not for every sum that looks at it
    rows = (sql.in_order_first(told) if any(each.state for each in batch) else told).alias("told")
    where = rows.c.held if level else Value(ELSEWHERE)
    query = rows.select_from(where, *_all_totals(batch, rows))
    if level:
        query = query.group_by(where)
        # what was taken off for a day may leave nothing in a place
        query = query.having(fn.SUM(rows.c.times) > 0) if lean else query
    found: list[dict[str, Sums]] = [{} for _each in batch]
    for place, *sums in database.db.execute(query):
        area = area_of(place)
        for number, each in enumerate(found):
            part = sums[_COLUMNS * number : _COLUMNS * (number + 1)]
            each[area] = _plus(each[area], part) if area in each else Sums(*part)
    wholes = [_all_of(each) for each in found]
    if often:
        inner = (batch[0].lean(looked_at) if batch[0].lean else batch[0].query).alias("facts")
        states = [each.state_of(inner) for each in batch]
        held = _held(batch[0], inner, level)
        single = inner.select_from(held, inner.c.uid, inner.c.weight, inner.c.marked, *states)
        single = single.where(inner.c.uid.in_(sql.given(often)))
        wholes = _add_often(batch, found, wholes, scoped(single, inner, scope, index, batch[0]), area_of)
    return [Divided(*each) for each in zip(found, wholes, strict=True)]


def _all_totals(batch: Sequence[IndicatorFacts], rows: Any) -> list[Any]:
    """The columns of the sums of every one of the batch, one after the other."""
    return [part for number, each in enumerate(batch) for part in _totals(each.flow, rows, rows.c[f"state_{number}"])]


def _looked_at(batch: Sequence[IndicatorFacts], scope: Scope, level: Level | None) -> frozenset[str]:
    """Which records have to be looked at to place the facts of a batch and to make their states."""
    placed = _placed(scope) if level in (None, "union", "person") else frozenset({"union"})
    return placed.union(*(each.looks_at for each in batch))


def _asked_of(of: IndicatorFacts, looked_at: frozenset[str], often: Sequence[str]) -> Any:
    """The query that a batch shares, of no more records than it takes to add up; counted beforehand without ``often``."""
    if of.counted is not None:
        return of.counted(looked_at, often)
    return of.lean(looked_at) if of.lean is not None else of.query


def _placed(scope: Scope) -> frozenset[str]:
    """What has to be looked at to hold facts to a scope."""
    return frozenset({"union"}) if scope.region else frozenset()


def _held(of: IndicatorFacts, inner: Any, level: Level | None) -> Any:
    """The column that says where a fact belongs: its region, its union, or who did it."""
    if level is None:
        return Value(ELSEWHERE)
    if level == "person" and of.person:
        return inner.c[of.person]
    return inner.c["union"] if level in ("union", "person") else inner.c.region


def _often(scope: Scope, index: RegionIndex, of: IndicatorFacts) -> list[str]:
    """The records that stand in several facts."""
    inner = (of.lean(_placed(scope)) if of.lean else of.query).alias("facts")
    query = scoped(inner.select_from(inner.c.uid), inner, scope, index, of)
    if of.several is not None:
        few = [uid for (uid,) in of.several.limit(_FEW + 1).tuples()]
        # a few are looked up one by one; of many it is quicker to walk all facts
        those = (inner.c.uid, sql.given(few)) if len(few) <= _FEW else (sql.unindexed(inner.c.uid), of.several)
        query = query.where(Expression(those[0], OP.IN, those[1]))
    return [uid for (uid,) in query.group_by(inner.c.uid).having(fn.COUNT(inner.c.uid) > 1).tuples()]


def _totals(flow: bool, rows: Any, state: Any) -> list[Any]:
    """The columns of :class:`Sums`; ``times`` of a row: how many facts it stands for."""
    totals = [
        Case(None, ((state == 1, rows.c.weight),), 0),
        Case(None, ((state.is_null(False), rows.c.weight),), 0),
        sql.as_number(state.is_null()) * rows.c.times,
        Case(None, ((state == 1, rows.c.marked),), 0),
    ]
    if flow:
        totals = [Case(None, ((rows.c.marked == 0, each),), 0) for each in totals]
    undated = Case(None, ((state == 0, 0),), rows.c.marked) if flow else Value(0)
    return [sql.sum_of(each) for each in (*totals, undated)]


def _add_often(
    batch: Sequence[IndicatorFacts], found: list[dict[str, Sums]], wholes: list[Sums], query: Any, area_of: _AreaOf
) -> list[Sums]:
    """Add the records that stand in several facts: in every area, and in the whole, each counts once, as its best fact does.

    What counts is better than what does not, what is known than what is not, what carries a date than what does not.
    Returns the wholes.
    """
    best: list[dict[tuple[str | None, str], tuple[Any, ...]]] = [{} for _each in found]
    for place, uid, weight, marked, *states in query.tuples():
        for held, state in zip(best, states, strict=True):
            rank = (state or 0, state is not None, -marked, weight, marked, state)
            for area in (area_of(place), None):
                held[area, uid] = max(held.get((area, uid), rank), rank)
    for number, (of, each, held) in enumerate(zip(batch, found, best, strict=True)):
        for (area, _uid), (*_rank, weight, marked, state) in held.items():
            one = _one(of, state, weight, marked)
            if area is None:
                wholes[number] = _plus(wholes[number], one)
            else:
                each[area] = _plus(each.get(area, _NOTHING), one)
    return wholes
