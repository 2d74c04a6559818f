"""Adding up the facts of indicators: in one scope as a whole, or in every region or union of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from peewee import Case, Value, fn

from models.engine import sql
from models.figures.facts import Fact, IndicatorFacts, Level, Scope, level_of
from models.figures.organizers import Owners, owners
from models.values.region_index import DISTRICT_LEVELS, RegionIndex

#: Under this key stands what lies in none of the regions of a level, and what is not divided.
ELSEWHERE = ""


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


#: Leads from where a fact belongs (its region, or its union where unions are told apart) to the area it is counted in.
_AreaOf = Callable[[str | None], str]


def added_up(
    facts: Sequence[IndicatorFacts], scope: Scope, index: RegionIndex, level: Level | None = None
) -> list[dict[str, Sums]]:
    """For each of ``facts``: area → what it comes to there; undivided it is all under ELSEWHERE.

    Facts that share a query are asked together, for all areas at once.
    """
    found: list[dict[str, Sums]] = [{} for _each in facts]
    together: defaultdict[str | int, list[int]] = defaultdict(list)
    for place, each in enumerate(facts):
        together[each.shared or place].append(place)
    held = owners() if level == "person" else None
    for places in together.values():
        part = [facts[place] for place in places]
        area_of = _area_of(level, index, held, part[0])
        if part[0].query is None:
            answers = [_of_list(each, inside(each, scope, index), level, area_of, held) for each in part]
        else:
            answers = _of_query(part, scope, index, level, area_of)
        for place, answer in zip(places, answers, strict=True):
            found[place] = answer
    return found


def _area_of(level: Level | None, index: RegionIndex, held: Owners | None, of: IndicatorFacts) -> _AreaOf:
    if level is None:
        return lambda _place: ELSEWHERE
    if level == "union" or (held and (of.person or of.query is None)):
        return lambda place: place or ELSEWHERE
    if held:
        return lambda union: held.unions.get(union or "", ELSEWHERE)
    areas: dict[str, str] = {}
    if level == "grade":
        areas = {uid: grade_of(uid, index) for uid in index.entries}
        return lambda place: areas.get(place or "", ELSEWHERE)
    for uid in index.entries:
        line = (each for each in index.line(uid) if index.level(each) != "city" and level_of(each, index) == level)
        areas[uid] = next(line, ELSEWHERE)
    return lambda place: areas.get(place or "", ELSEWHERE)


def grade_of(uid: str, index: RegionIndex) -> str:
    """What kind of place a region is: district (a zone too), town, community, park or building; ELSEWHERE for the city."""
    held = index.level(uid)
    return "district" if held in DISTRICT_LEVELS else ELSEWHERE if held == "city" else held


def _of_list(
    of: IndicatorFacts, listed: Iterable[Fact], level: Level | None, area_of: _AreaOf, held: Owners | None
) -> dict[str, Sums]:
    found: dict[str, Sums] = {}
    for fact in listed:
        if held:
            area = area_of(held.of(of.kind, fact.uid, fact.union))
        else:
            area = area_of(fact.union if level == "union" else fact.region)
        found[area] = _plus(found.get(area, Sums()), _one(of, fact.state, fact.weight, fact.marked))
    return found


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
) -> list[dict[str, Sums]]:
    """What facts with one query add up to, each in its areas."""
    inner = _asked_of(batch, scope, level).alias("facts")
    lean = batch[0].lean is not None
    times = inner.c.times if lean else 1
    states = [each.state_of(inner) for each in batch]
    held = _held(batch[0], inner, level)
    totals = inner.select_from(held.alias("held"), *_all_totals(batch, inner, times))
    query = scoped(totals, inner, scope, index, batch[0])
    found: list[dict[str, Sums]] = [{} for _each in batch]
    if batch[0].repeated and (often := _often(inner, scope, index, batch[0])):
        those = sql.given(often)
        query = query.where(inner.c.uid.not_in(those))
        single = inner.select_from(held, inner.c.uid, inner.c.weight, inner.c.marked, *states)
        single = single.where(inner.c.uid.in_(those))
        _add_often(batch, found, scoped(single, inner, scope, index, batch[0]), area_of)
    if level:
        query = query.group_by(held)
        # what was taken off for a day may leave nothing in a place
        query = query.having(fn.SUM(times) > 0) if lean else query
    for place, *sums in query.tuples():
        area = area_of(place)
        for number, each in enumerate(found):
            each[area] = _plus(each.get(area, Sums()), sums[_COLUMNS * number : _COLUMNS * (number + 1)])
    return found


def _all_totals(batch: Sequence[IndicatorFacts], inner: Any, times: Any) -> list[Any]:
    """The columns of the sums of every one of the batch, one after the other."""
    return [part for each in batch for part in _totals(each, inner, times)]


def _asked_of(batch: Sequence[IndicatorFacts], scope: Scope, level: Level | None) -> Any:
    """The query that the batch shares, of no more records than it takes to add up."""
    if batch[0].lean is None:
        return batch[0].query
    placed = frozenset({"union"}) if scope.region or level not in (None, "union", "person") else frozenset()
    return batch[0].lean(placed.union(*(each.looks_at for each in batch)))


def _held(of: IndicatorFacts, inner: Any, level: Level | None) -> Any:
    """The column that says where a fact belongs: its region, its union, or who did it."""
    if level is None:
        return Value(ELSEWHERE)
    if level == "person" and of.person:
        return inner.c[of.person]
    return inner.c["union"] if level in ("union", "person") else inner.c.region


def _often(inner: Any, scope: Scope, index: RegionIndex, of: IndicatorFacts) -> list[str]:
    """The records that stand in several facts."""
    query = scoped(inner.select_from(inner.c.uid), inner, scope, index, of)
    return [uid for (uid,) in query.group_by(inner.c.uid).having(fn.COUNT(inner.c.uid) > 1).tuples()]


def _totals(of: IndicatorFacts, inner: Any, times: Any) -> list[Any]:
    """The columns of :class:`Sums`; ``times``: how many facts a row stands for."""
    state = of.state_of(inner)
    totals = [
        Case(None, ((state == 1, inner.c.weight),), 0),
        Case(None, ((state.is_null(False), inner.c.weight),), 0),
        sql.as_number(state.is_null()) * times,
        Case(None, ((state == 1, inner.c.marked),), 0),
    ]
    if of.flow:
        totals = [Case(None, ((inner.c.marked == 0, each),), 0) for each in totals]
    undated = Case(None, ((state == 0, 0),), inner.c.marked) if of.flow else Value(0)
    return [sql.sum_of(each) for each in (*totals, undated)]


def _add_often(batch: Sequence[IndicatorFacts], found: list[dict[str, Sums]], query: Any, area_of: _AreaOf) -> None:
    """Add the records that stand in several facts: in every area each counts once, as its best fact does.

    What counts is better than what does not, what is known than what is not, what carries a date than what does not.
    """
    best: list[dict[tuple[str, str], tuple[Any, ...]]] = [{} for _each in found]
    for place, uid, weight, marked, *states in query.tuples():
        key = (area_of(place), uid)
        for held, state in zip(best, states, strict=True):
            rank = (state or 0, state is not None, -marked, weight, marked, state)
            held[key] = max(held.get(key, rank), rank)
    for of, each, held in zip(batch, found, best, strict=True):
        for (area, _uid), (*_rank, weight, marked, state) in held.items():
            each[area] = _plus(each.get(area, Sums()), _one(of, state, weight, marked))
