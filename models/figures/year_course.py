"""The course of a year, for its charts: members and unions by month, the new-form groups, coverage by district."""

import datetime as dt
from calendar import monthrange
from collections import Counter
from dataclasses import dataclass

from peewee import fn

from models.figures.counts import by_regions, counts, names_of_places
from models.figures.facts import WHOLE_REGISTER, IndicatorFacts, Inquiry, Number, Period, Scope, year_until
from models.figures.indicator import Indicator
from models.figures.indicators import indicators
from models.figures.sums import scoped
from models.figures.targets import targets
from models.values.name_order import place_of
from models.values.region_index import RegionIndex

_COVERAGE = "coverage_employers"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the year: its last day that has passed, new members from the year's start to it, new unions in it."""

    month: int
    until: dt.date
    members: int
    unions: int


@dataclass(frozen=True, slots=True)
class Course:
    """A year up to a day. ``target``: the new members that the year is to bring, None without one.

    ``groups``: (key of the indicator, name, members) of each new-form group that has any. ``districts``: (uid, name, share)
    of each district with employers at the threshold.
    """

    year: int
    day: dt.date
    months: tuple[Month, ...]
    target: int | None
    groups: tuple[tuple[str, str, int], ...]
    districts: tuple[tuple[str, str, Number], ...]


def course(year: int, today: dt.date, scope: Scope = WHOLE_REGISTER) -> Course:
    """How a year went until ``today``. UserError for a year that has not begun."""
    whole = year_until(year, today)
    asked = Inquiry(whole)
    known = asked.standing.once(indicators)
    joined = _joined_by_month(known["new_members"].facts(asked), scope, asked.index)
    months = [
        _month(Period(dt.date(year, month, 1), whole.end), scope, joined, known["new_unions"], asked.index)
        for month in range(1, whole.end.month + 1)
    ]
    aim = [each.value for each in targets(year, scope, known) if each.indicator == "new_members"]
    grouped = [each for key, each in known.items() if key.startswith("members:")]
    numbers = counts(grouped, scope, whole, asked)
    groups = [
        (each.key, each.key.removeprefix("members:"), number.part)
        for each, number in zip(grouped, numbers, strict=True)
        if number.part
    ]
    found = {uid: number for uid, number in by_regions([_COVERAGE], "district", scope, whole, asked)[0].items() if number.whole}
    names = names_of_places("district", found, asked.index)
    districts = [(uid, names[uid], number) for uid, number in found.items()]
    return Course(
        year, whole.end, tuple(months), aim[0] if aim else None,
        tuple(sorted(groups, key=lambda each: -each[2])),
        tuple(sorted(districts, key=lambda each: (each[0] == "", place_of(each[1])))),
    )  # fmt: skip


def _joined_by_month(facts: IndicatorFacts, scope: Scope, index: RegionIndex) -> Counter[int]:
    """How many people joined for the first time in the year, in each of its months."""
    assert facts.lean is not None
    joins = facts.lean(frozenset({"union"}) if scope.region else frozenset()).alias("facts")
    dated = joins.select_from(joins.c.uid, fn.MIN(joins.c.date).alias("day")).where(joins.c.marked == 0)
    firsts = scoped(dated, joins, scope, index, facts)
    firsts = firsts.group_by(joins.c.uid).alias("firsts")
    month = fn.SUBSTR(firsts.c.day, 6, 2)
    counted = firsts.select_from(month, fn.COUNT(firsts.c.uid)).group_by(month)
    return Counter({int(each): count for each, count in counted.tuples()})


def _month(rest: Period, scope: Scope, joined: Counter[int], founded: Indicator, index: RegionIndex) -> Month:
    """The month that ``rest`` of the year begins with."""
    start = rest.start
    end = min(rest.end, start.replace(day=monthrange(start.year, start.month)[1]))
    period = Period(start, end)
    # without a region the tree of the month does not matter
    (unions,) = counts([founded], scope, period, Inquiry(period, None if scope.region else index))
    members = sum(count for month, count in joined.items() if month <= start.month)
    return Month(start.month, end, members, unions.part)
