"""What moved between two days: what each number of the register was and is, and which rows came and went.

Both days are counted anew from the dates of the facts; nothing is remembered and nothing guessed. What carries no date
counts from the day the register learned of it and is marked; what cannot be counted is told as unknown.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.engine import database
from models.errors import UserError
from models.figures.counts import counts, facts_in, row_of
from models.figures.facts import WHOLE_REGISTER, Asked, Fact, Facts, Number, Period, Row, Scope
from models.figures.indicators import Indicator, indicators
from models.language import _
from models.records.membership import MembershipEvent
from models.values.region_index import RegionIndex

#: What is compared; besides these every stage of the drive cases.
COMPARED = (
    "unions",
    "new_form_unions",
    "members",
    "new_form_members",
    "retained_members",
    "covered",
    "on_list",
    "terms_over",
)


@dataclass(frozen=True, slots=True)
class Moved:
    """One number on both days. ``came`` are the rows that count on the second day only, ``went`` on the first day only.

    ``why`` of a row says what happened: the membership event, the source of the count, the stage.
    """

    indicator: Indicator
    before: Number
    after: Number
    came: tuple[Row, ...]
    went: tuple[Row, ...]

    @property
    def delta(self) -> int:
        """How much more it is on the second day."""
        return self.after.part - self.before.part


def moved(since: dt.date, until: dt.date, scope: Scope = WHOLE_REGISTER, keys: Sequence[str] = ()) -> list[Moved]:
    """What moved from the end of ``since`` to the end of ``until``; ``keys``: only these stocks, otherwise all compared.

    UserError when ``until`` is before ``since``, or a key cannot be asked for the scope.
    """
    if until < since:
        raise UserError(_("结束日期 {until} 早于开始日期 {since}。").format(since=since, until=until))
    known = indicators()
    first, last = Asked(Period(since, since)), Asked(Period(until, until))
    level = scope.level(last.index)
    chosen = keys or [*COMPARED, *(key for key in known if key.startswith("stage:"))]
    wanted = [known[key] for key in chosen if keys or level in known[key].scopes]
    before, after = counts(wanted, scope, first.period, first), counts(wanted, scope, last.period, last)
    return [_moved(each, (old, new), scope, first, last) for each, old, new in zip(wanted, before, after, strict=True)]


def _moved(indicator: Indicator, numbers: tuple[Number, Number], scope: Scope, first: Asked, last: Asked) -> Moved:
    old, new = indicator.facts(first), indicator.facts(last)
    olds, news = _changed(old, new, scope, first, last)
    came, went = _but(news, olds), _but(olds, news)
    if new.kind == "worker":
        reasons = _reasons((fact.uid for fact in went), last.period.end)
        went = [fact._replace(date=reasons[fact.uid][0], why=reasons[fact.uid][1]) for fact in went]
    return Moved(indicator, *numbers, _rows(came, new.kind, last.index), _rows(went, old.kind, first.index))


def _rows(facts: Sequence[Fact], kind: str, index: RegionIndex) -> tuple[Row, ...]:
    found = (row_of(fact, kind, index) for fact in facts)
    return tuple(sorted(found, key=lambda row: (row.date or "", row.place, row.name)))


def _changed(old: Facts, new: Facts, scope: Scope, first: Asked, last: Asked) -> tuple[list[Fact], list[Fact]]:
    """The facts of both days, each with the tree of its day; of memberships only those that do not hold on both days."""
    began, ended = None, None
    if new.kind == "worker" and (not scope.region or _reach(scope, first) == _reach(scope, last)):
        since, until = first.period.end.isoformat(), last.period.end.isoformat()
        began, ended = (lambda events: events.c.date > since), (lambda events: events.c.ended <= until)
    return facts_in(old, scope, first.index, ended), facts_in(new, scope, last.index, began)


def _reach(scope: Scope, asked: Asked) -> frozenset[str]:
    return asked.index.below(scope.region) if scope.region else frozenset()


def _but(these: Sequence[Fact], those: Sequence[Fact]) -> list[Fact]:
    """The facts that count among these and not among those."""
    held = {fact.uid for fact in those if fact.state == 1}
    return [fact for fact in these if fact.state == 1 and fact.uid not in held]


def _reasons(workers: Any, day: dt.date) -> dict[str, tuple[str | None, str]]:
    """For each of these people the event that decides on a day: since when, and of which type."""
    asked = list(workers)
    found: dict[str, tuple[str | None, str]] = dict.fromkeys(asked, (None, ""))
    names = ("worker", "type", "effective", "ended")
    for worker, type_, effective, ended in database.fetch_in(MembershipEvent, "worker", asked, names):
        if effective <= day.isoformat() and (ended is None or ended > day.isoformat()):
            found[worker] = (effective, type_)
    return found
