"""Counting the indicators: what a number comes to, in one scope or in all regions at once, and the rows behind it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from models.editing.regions import level_title
from models.engine import database
from models.errors import UserError
from models.figures.facts import Fact, FactRow, IndicatorFacts, Inquiry, Level, Number, Period, Scope, ScopeLevel
from models.figures.indicator import Indicator
from models.figures.indicators import find_indicator, indicators
from models.figures.sums import Sums, added_up, divided, inside, scoped
from models.language import _
from models.records.union import Union
from models.values.name_order import place_of
from models.values.region_index import RegionIndex

#: Of a rate: percent to one decimal.
_TENTHS = 1000


def count(indicator: Indicator | str, scope: Scope, period: Period) -> Number:
    """What an indicator (or its key) comes to. UserError when it cannot be asked for the scope; KeyError: unknown region."""
    return counts([indicator], scope, period)[0]


def counts(
    asked_for: Iterable[Indicator | str], scope: Scope, period: Period, asked: Inquiry | None = None
) -> list[Number]:
    """What several indicators come to in one scope and period. ``asked``: what was already looked up for the period."""
    asked = asked or Inquiry(period)
    wanted = _found(asked_for, asked)
    if not wanted:
        return []
    for each in wanted:
        check_scope(each, scope, asked.index)
    found = added_up([each.facts(asked) for each in wanted], scope, asked.index)
    return [_number(each, sums) for each, sums in zip(wanted, found, strict=True)]


def _found(asked_for: Iterable[Indicator | str], asked: Inquiry) -> list[Indicator]:
    """The indicators themselves, looked up by their keys where those are given."""
    return [
        find_indicator(each, asked.standing.once(indicators)) if isinstance(each, str) else each for each in asked_for
    ]


def check_scope(indicator: Indicator, scope: Scope, index: RegionIndex) -> None:
    """UserError when the indicator cannot be asked for such a scope."""
    _check_level(indicator, scope.level(index))


def _check_level(indicator: Indicator, level: ScopeLevel) -> None:
    if level not in indicator.scopes:
        said = _("“{name}”不能按负责人统计。") if level == "person" else _("“{name}”不能按工会统计。")
        raise UserError(said.format(name=indicator.name))


def by_region(indicator: Indicator | str, level: Level, scope: Scope, period: Period) -> dict[str, Number]:
    """What an indicator comes to in every region of a level (uid), or every union: those of which there is any fact.

    What lies in none of them stands under ELSEWHERE. UserError when it cannot be asked for the scope or the level.
    """
    return by_regions([indicator], level, scope, period)[0]


def by_regions(
    asked_for: Iterable[Indicator | str], level: Level, scope: Scope, period: Period, asked: Inquiry | None = None
) -> list[dict[str, Number]]:
    """The same for several indicators. ``asked``: what was already looked up for the period."""
    asked = asked or Inquiry(period)
    return by_levels(_found(asked_for, asked), (level,), scope, asked).levels[0]


@dataclass(frozen=True, slots=True)
class Levels:
    """What indicators come to: for each level each one in every place, and each one in the whole scope."""

    levels: list[list[dict[str, Number]]]
    whole: list[Number]


def by_levels(wanted: Sequence[Indicator], levels: Iterable[Level], scope: Scope, asked: Inquiry) -> Levels:
    """What indicators come to in the regions of each level (one at least), as in :func:`by_region`, and in the whole scope.

    The facts are looked up once for all of it.
    """
    for each in wanted:
        check_scope(each, scope, asked.index)
        for level in levels:
            _check_level(each, "community" if level == "grade" else level)
    facts = [each.facts(asked) for each in wanted]
    parts = [divided(facts, scope, asked.index, level) for level in levels]
    return Levels(
        [
            [
                {place: _number(each, sums) for place, sums in found.areas.items()}
                for each, found in zip(wanted, part, strict=True)
            ]
            for part in parts
        ],
        [_number(each, found.whole) for each, found in zip(wanted, parts[0], strict=True)],
    )


def names_of_places(level: Level, places: Iterable[str], index: RegionIndex) -> dict[str, str]:
    """What the parts of :func:`by_region` are called: a region's path, a union's or a person's name, "" for ELSEWHERE."""
    if level == "person":
        return {place: place for place in places}
    if level == "grade":
        return {place: level_title(place) if place else "" for place in places}
    if level != "union":
        return {place: index.path(place) if place else "" for place in places}
    found = dict(database.fetch_in(Union, "uid", [place for place in places if place], ("uid", "name")))
    return {place: found.get(place) or "" for place in places}


def rows(indicator: Indicator | str, scope: Scope, period: Period) -> list[FactRow]:
    """The rows behind a number; their weights add up to it (of a rate: to its parts, see ``Row.counted``).

    Of a flow, what it leaves out for want of a date comes after them, see ``Row.undated``; that adds nothing.
    """
    asked = Inquiry(period)
    (indicator,) = _found([indicator], asked)
    check_scope(indicator, scope, asked.index)
    facts = indicator.facts(asked)
    wanted = {1, 0, None} if indicator.kind == "rate" else {1}
    found = [
        row_of(fact, facts, asked.index)
        for fact in facts_in(facts, scope, asked.index)
        if fact.state in (wanted if not is_undated(fact, facts) else {1, None})
    ]
    listed = (row for row in found if row.weight or row.undated)
    return sorted(listed, key=lambda row: (row.undated, place_of(row.place), place_of(row.name), row.date or ""))


def is_undated(fact: Fact, facts: IndicatorFacts) -> bool:
    """True for one of a flow that says not when it happened: it is counted in none."""
    return facts.flow and bool(fact.marked)


def uids_behind(
    indicator: Indicator | str, scope: Scope, period: Period, undated: bool = False
) -> frozenset[str]:
    """The records that a number counts, for one that counts each record once. Cheaper than :func:`rows`: uids alone.

    ``undated``: those that a flow leaves out for want of a date.
    """
    if undated:
        return frozenset(row.uid for row in rows(indicator, scope, period) if row.undated)
    asked = Inquiry(period)
    (indicator,) = _found([indicator], asked)
    check_scope(indicator, scope, asked.index)
    facts = indicator.facts(asked)
    if facts.query is None:
        return frozenset(fact.uid for fact in inside(facts, scope, asked.index) if fact.state)
    inner = facts.query.alias("facts")
    query = scoped(inner.select_from(inner.c.uid), inner, scope, asked.index, facts)
    query = query.where(facts.state_of(inner) == 1)
    if facts.flow:
        query = query.where(inner.c.marked == 0)
    return frozenset(uid for (uid,) in query.tuples())


def row_of(fact: Fact, of: IndicatorFacts, index: RegionIndex) -> FactRow:
    """A fact as the row that a page shows."""
    place, undated = index.path(fact.region) if fact.region else "", is_undated(fact, of)
    counted = None if fact.state is None else bool(fact.state) and not undated
    name = fact.name or (_("（个人信息已删除）") if of.kind == "worker" else "")
    return FactRow(
        of.kind_of(fact) if of.kind_of else of.kind, fact.uid, name, fact.region, place, None if undated else fact.date,
        counted, fact.weight,
        bool(fact.marked), fact.why, undated,
    )  # fmt: skip


def facts_in(facts: IndicatorFacts, scope: Scope, index: RegionIndex, only: Callable[[Any], Any] | None = None) -> list[Fact]:
    """The facts of a scope; of a record that stands in several, the one that counts, and the newest of those.

    ``only``: makes a condition from the alias of the query, and those that meet it are looked at alone.
    """
    if facts.query is None:
        return inside(facts, scope, index)
    inner = facts.query.alias("facts")
    columns = [facts.state_of(inner) if name == "state" else inner.c[name] for name in Fact._fields]
    query = scoped(inner.select_from(*columns), inner, scope, index, facts)
    if only is not None:
        query = query.where(only(inner))
    found = [Fact(*row) for row in query.tuples()]
    if not facts.repeated:
        return found
    newest: dict[str, Fact] = {}
    for fact in sorted(found, key=lambda fact: (fact.state or 0, not fact.marked, fact.date or "")):
        newest[fact.uid] = fact
    return list(newest.values())


def _number(indicator: Indicator, sums: Sums) -> Number:
    value: int | float | None = sums.part
    if indicator.kind == "rate":
        value = sums.part * _TENTHS // sums.whole / 10 if sums.whole else None
    elif indicator.scale != 1:
        value = sums.part // indicator.scale if sums.part % indicator.scale == 0 else sums.part / indicator.scale
    return Number(value, sums.unknown, sums.marked, sums.part, sums.whole, sums.undated)
