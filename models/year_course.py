"""The course of a year, for its charts: members and unions by month, the new-form groups, coverage by district."""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

from models.indicator_counts import by_region, counts, names_of_places
from models.indicator_facts import WHOLE_REGISTER, Asked, Number, Period, Scope, year_until
from models.indicators import indicators
from models.targets import targets

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
    months = [_month(Period(dt.date(year, month, 1), whole.end), scope) for month in range(1, whole.end.month + 1)]
    aim = [each.value for each in targets(year, scope) if each.indicator == "new_members"]
    asked = Asked(whole)
    grouped = [each for key, each in indicators().items() if key.startswith("members:")]
    numbers = counts(grouped, scope, whole, asked)
    groups = [
        (each.key, each.key.removeprefix("members:"), number.part)
        for each, number in zip(grouped, numbers, strict=True)
        if number.part
    ]
    found = {uid: number for uid, number in by_region(_COVERAGE, "district", scope, whole).items() if number.whole}
    names = names_of_places("district", found, asked.index)
    districts = [(uid, names[uid], number) for uid, number in found.items()]
    return Course(
        year, whole.end, tuple(months), aim[0] if aim else None,
        tuple(sorted(groups, key=lambda each: -each[2])),
        tuple(sorted(districts, key=lambda each: (each[0] == "", each[1]))),
    )  # fmt: skip


def _month(rest: Period, scope: Scope) -> Month:
    """The month that ``rest`` of the year begins with."""
    start = rest.start
    end = min(rest.end, start.replace(day=monthrange(start.year, start.month)[1]))
    (members,) = counts(["new_members"], scope, Period(start.replace(month=1), end))
    (unions,) = counts(["new_unions"], scope, Period(start, end))
    return Month(start.month, end, members.part, unions.part)
