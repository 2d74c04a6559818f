"""Counting the indicators: what a number comes to, in one scope or in all regions at once, and the rows behind it."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from peewee import Case, fn

from models import database
from models.errors import UserError
from models.indicator_facts import Asked, Fact, Facts, Level, Number, Period, Row, Scope, level_of
from models.indicators import Indicator, find_indicator
from models.language import _
from models.region import RegionIndex
from models.union import Union

#: Under this key stands what lies in none of the regions of a level.
ELSEWHERE = ""
_TENTHS = 1000


class _Sums(NamedTuple):
    """What facts add up to: weights of those that count and of those that are known; how many are unknown and marked."""

    part: int
    whole: int
    unknown: int
    marked: int


_NOTHING = _Sums(0, 0, 0, 0)


def count(indicator: Indicator | str, scope: Scope, period: Period) -> Number:
    """What an indicator (or its key) comes to. UserError when it cannot be asked for the scope; KeyError: unknown region."""
    return counts([indicator], scope, period)[0]


def counts(
    asked_for: Iterable[Indicator | str], scope: Scope, period: Period, asked: Asked | None = None
) -> list[Number]:
    """What several indicators come to in one scope and period. ``asked``: what was already looked up for the period."""
    asked = asked or Asked(period)
    numbers = []
    for each in asked_for:
        indicator = find_indicator(each) if isinstance(each, str) else each
        check_scope(indicator, scope, asked.index)
        numbers.append(number_of(indicator, indicator.facts(asked), scope, asked.index))
    return numbers


def number_of(indicator: Indicator, facts: Facts, scope: Scope, index: RegionIndex) -> Number:
    """What the facts of an indicator come to in a scope."""
    return _number(indicator, _sums(facts, scope, index))


def check_scope(indicator: Indicator, scope: Scope, index: RegionIndex) -> None:
    """UserError when the indicator cannot be asked for such a scope."""
    if scope.level(index) not in indicator.scopes:
        raise UserError(_("“{name}”不能按工会统计。").format(name=indicator.name))


def by_region(
    indicator: Indicator | str, level: Level, scope: Scope, period: Period, asked: Asked | None = None
) -> dict[str, Number]:
    """What an indicator comes to in every region of a level (uid), or every union: those of which there is any fact.

    What lies in none of them stands under ELSEWHERE. One query for all of them.
    """
    asked = asked or Asked(period)
    indicator = find_indicator(indicator) if isinstance(indicator, str) else indicator
    check_scope(indicator, Scope(union="any") if level == "union" else scope, asked.index)
    facts = indicator.facts(asked)
    if facts.query is not None:
        found = _by_place(facts, level, scope, asked.index)
    else:
        areas = areas_of(level, asked.index)
        parts: defaultdict[str, list[Fact]] = defaultdict(list)
        for fact in _inside(facts.listed, scope, asked.index):
            parts[_area(fact.union if level == "union" else fact.region, level, areas)].append(fact)
        found = {place: _sums_of(each) for place, each in parts.items()}
    return {place: _number(indicator, sums) for place, sums in found.items()}


def areas_of(level: Level, index: RegionIndex) -> dict[str, str]:
    """Every region that is or lies in a region of the level → that region (uids)."""
    found: dict[str, str] = {}
    if level == "union":
        return found
    for uid in index.entries:
        line = (each for each in index.line(uid) if index.level(each) != "city" and level_of(each, index) == level)
        if place := next(line, None):
            found[uid] = place
    return found


def names_of_places(level: Level, places: Iterable[str], index: RegionIndex) -> dict[str, str]:
    """What the parts of :func:`by_region` are called: a region's path, a union's name, "" for ELSEWHERE."""
    if level != "union":
        return {place: index.path(place) if place else "" for place in places}
    found = dict(database.fetch_in(Union, "uid", [place for place in places if place], ("uid", "name")))
    return {place: found.get(place) or "" for place in places}


def rows(indicator: Indicator | str, scope: Scope, period: Period) -> list[Row]:
    """The rows behind a number; their weights add up to it (of a rate: to its parts, see ``Row.counted``)."""
    asked = Asked(period)
    indicator = find_indicator(indicator) if isinstance(indicator, str) else indicator
    check_scope(indicator, scope, asked.index)
    facts = indicator.facts(asked)
    wanted = {1, 0, None} if indicator.kind == "rate" else {1}
    found = (
        row_of(fact, facts.kind, asked.index) for fact in facts_in(facts, scope, asked.index) if fact.state in wanted
    )
    return sorted((row for row in found if row.weight), key=lambda row: (row.place, row.name, row.date or ""))


def row_of(fact: Fact, kind: str, index: RegionIndex) -> Row:
    """A fact as the row that a page shows."""
    place = index.path(fact.region) if fact.region else ""
    counted = None if fact.state is None else bool(fact.state)
    return Row(
        kind,
        fact.uid,
        fact.name or "",
        fact.region,
        place,
        fact.date,
        counted,
        fact.weight,
        bool(fact.marked),
        fact.why,
    )


def facts_in(
    facts: Facts, scope: Scope, index: RegionIndex, but: tuple[Facts, RegionIndex] | None = None
) -> list[Fact]:
    """The facts of a scope; of a record that stands in several, the one that counts, and the newest of those.

    ``but``: facts of another day, also a query, with the tree of that day: what counts among them is left out.
    """
    if facts.query is None:
        return _inside(facts.listed, scope, index)
    inner = facts.query.alias("facts")
    query = _scoped(inner.select_from(*(inner.c[name] for name in Fact._fields)), inner, scope, index)
    if but is not None:
        others = but[0].query.alias("others")
        counted = _scoped(others.select_from(others.c.uid), others, scope, but[1]).where(others.c.state == 1)
        query = query.where(inner.c.uid.not_in(counted))
    found = [Fact(*row) for row in query.tuples()]
    if not facts.repeated:
        return found
    newest: dict[str, Fact] = {}
    for fact in sorted(found, key=lambda fact: (fact.state or 0, fact.date or "")):
        newest[fact.uid] = fact
    return list(newest.values())


def _inside(facts: Iterable[Fact], scope: Scope, index: RegionIndex) -> list[Fact]:
    if scope.union:
        return [fact for fact in facts if fact.union == scope.union]
    if scope.region:
        below = index.below(scope.region)
        return [fact for fact in facts if fact.region in below]
    return list(facts)


def _scoped(query: Any, inner: Any, scope: Scope, index: RegionIndex) -> Any:
    if scope.union:
        return query.where(inner.c["union"] == scope.union)
    if scope.region:
        return query.where(inner.c.region.in_(sorted(index.below(scope.region))))
    return query


def _sums(facts: Facts, scope: Scope, index: RegionIndex) -> _Sums:
    if facts.query is None:
        return _sums_of(_inside(facts.listed, scope, index))
    inner = facts.query.alias("facts")
    if facts.repeated:
        once = inner.select_from(inner.c.uid, *_of_one(inner))
        inner = _scoped(once, inner, scope, index).group_by(inner.c.uid).alias("once")
        return _Sums(*inner.select_from(*_totals(inner)).tuples()[0])
    return _Sums(*_scoped(inner.select_from(*_totals(inner)), inner, scope, index).tuples()[0])


def _of_one(inner: Any) -> list[Any]:
    """The columns of one record that stands in several facts: marked only when none that counts carries a date."""
    found = [fn.MAX(inner.c.state).alias("state"), fn.MAX(inner.c.weight).alias("weight")]
    return [*found, fn.MIN(Case(None, ((inner.c.state == 1, inner.c.marked),))).alias("marked")]


def _totals(inner: Any) -> list[Any]:
    counted = inner.c.state == 1
    return [
        fn.COALESCE(fn.SUM(Case(None, ((counted, inner.c.weight),), 0)), 0),
        fn.COALESCE(fn.SUM(Case(None, ((inner.c.state.is_null(False), inner.c.weight),), 0)), 0),
        fn.COALESCE(fn.SUM(inner.c.state.is_null()), 0),
        fn.COALESCE(fn.SUM(Case(None, ((counted, inner.c.marked),), 0)), 0),
    ]


def _sums_of(facts: Iterable[Fact]) -> _Sums:
    part = whole = unknown = marked = 0
    for fact in facts:
        if fact.state is None:
            unknown += 1
            continue
        whole += fact.weight
        if fact.state:
            part += fact.weight
            marked += fact.marked
    return _Sums(part, whole, unknown, marked)


def _by_place(facts: Facts, level: Level, scope: Scope, index: RegionIndex) -> dict[str, _Sums]:
    """What the facts of a query add up to in each area of the level."""
    inner = facts.query.alias("facts")
    held = inner.c["union"] if level == "union" else inner.c.region
    areas = areas_of(level, index)
    if facts.repeated:
        return _once_by_place(_scoped(inner.select_from(held, *_parts(inner)), inner, scope, index), level, areas)
    totals = _scoped(inner.select_from(held, *_totals(inner)), inner, scope, index).group_by(held)
    found: dict[str, _Sums] = {}
    for place, *sums in totals.tuples():
        area = _area(place, level, areas)
        found[area] = _Sums(*map(sum, zip(found.get(area, _NOTHING), sums, strict=True)))
    return found


def _once_by_place(query: Any, level: Level, areas: dict[str, str]) -> dict[str, _Sums]:
    """The same where a record can stand in several facts: each counts once in every area."""
    found: defaultdict[str, dict[str, Fact]] = defaultdict(dict)
    for place, *parts in query.tuples():
        fact, area = Fact(parts[0], None, None, None, None, *parts[1:]), _area(place, level, areas)
        held = found[area].get(fact.uid, fact)
        # what counts stands before what does not, and what carries a date before what carries none
        found[area][fact.uid] = max(
            held, fact, key=lambda each: (each.state or 0, each.state is not None, -each.marked)
        )
    return {area: _sums_of(facts.values()) for area, facts in found.items()}


def _area(place: str | None, level: Level, areas: dict[str, str]) -> str:
    found = place if level == "union" else areas.get(place or "")
    return found or ELSEWHERE


def _parts(inner: Any) -> list[Any]:
    return [inner.c.uid, inner.c.marked, inner.c.state, inner.c.weight]


def _number(indicator: Indicator, sums: _Sums) -> Number:
    value: int | float | None = sums.part
    if indicator.kind == "rate":
        value = sums.part * _TENTHS // sums.whole / 10 if sums.whole else None
    elif indicator.scale != 1:
        value = sums.part // indicator.scale if sums.part % indicator.scale == 0 else sums.part / indicator.scale
    return Number(value, sums.unknown, sums.marked, sums.part, sums.whole)
