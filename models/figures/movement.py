"""What moved between two days: what each number of the register was and is, and which rows came and went.

Both days are counted anew from the dates of the facts; nothing is remembered and nothing guessed. What carries no date
is in the stock of a day from its entry on, but nobody knows that it came then: it is told apart as undated. What cannot be
counted is told as unknown.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.engine import database
from models.errors import UserError
from models.figures.counts import counts, facts_in, row_of
from models.figures.facts import WHOLE_REGISTER, Fact, FactRow, IndicatorFacts, Inquiry, Number, Period, Scope
from models.figures.indicator import Indicator
from models.figures.indicators import indicators
from models.language import _
from models.records.membership import MembershipEvent
from models.values.name_order import place_of
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
class Movement:
    """One number on both days. ``came`` are the rows that count on the second day only, ``went`` on the first day only.

    ``undated`` and ``undated_went`` are those of them of which the register learned in between without being told when it
    happened. ``why`` of a row says what happened: the membership event, the source of the count, the stage.
    """

    indicator: Indicator
    before: Number
    after: Number
    came: tuple[FactRow, ...]
    went: tuple[FactRow, ...]
    undated: tuple[FactRow, ...] = ()
    undated_went: tuple[FactRow, ...] = ()

    @property
    def changed(self) -> bool:
        """True when anything came or went, with a date or without."""
        return bool(self.came or self.went or self.undated or self.undated_went)

    @property
    def delta(self) -> int:
        """How much more it is on the second day."""
        return self.after.part - self.before.part


def moved(since: dt.date, until: dt.date, scope: Scope = WHOLE_REGISTER, keys: Sequence[str] = ()) -> list[Movement]:
    """What moved from the end of ``since`` to the end of ``until``; ``keys``: only these stocks, otherwise all compared.

    UserError when ``until`` is before ``since``, or a key cannot be asked for the scope.
    """
    if until < since:
        raise UserError(_("结束日期 {until} 早于开始日期 {since}。").format(since=since, until=until))
    first, last = Inquiry(Period(since, since)), Inquiry(Period(until, until))
    known = last.standing.once(indicators)
    level = scope.level(last.index)
    chosen = keys or [*COMPARED, *(key for key in known if key.startswith("stage:"))]
    wanted = [known[key] for key in chosen if keys or level in known[key].scopes]
    before, after = counts(wanted, scope, first.period, first), counts(wanted, scope, last.period, last)
    return [_moved(each, (old, new), scope, first, last) for each, old, new in zip(wanted, before, after, strict=True)]


def _moved(indicator: Indicator, numbers: tuple[Number, Number], scope: Scope, first: Inquiry, last: Inquiry) -> Movement:
    old, new = indicator.facts(first), indicator.facts(last)
    olds, news = _changed(old, new, scope, first, last)
    came, went = _but(news, olds), _but(olds, news)
    if new.kind == "worker":
        reasons = _reasons((fact.uid for fact in went), last.period.end)
        went = [fact._replace(**reasons[fact.uid]) for fact in went]
    else:
        went = [fact._replace(marked=0) for fact in went]  # that it began without a date does not say when it ended
    came_rows, went_rows = _rows(came, new, last.index), _rows(went, old, first.index)
    return Movement(
        indicator, *numbers, _dated(came_rows), _dated(went_rows), _undated(came_rows), _undated(went_rows)
    )


def _rows(facts: Sequence[Fact], of: IndicatorFacts, index: RegionIndex) -> list[FactRow]:
    found = [row_of(fact, of, index) for fact in facts]
    found = [replace(row, undated=True, date=None) if row.marked else row for row in found]
    return sorted(found, key=lambda row: (row.date or "", place_of(row.place), place_of(row.name)))


def _dated(found: Iterable[FactRow]) -> tuple[FactRow, ...]:
    return tuple(row for row in found if not row.undated)


def _undated(found: Iterable[FactRow]) -> tuple[FactRow, ...]:
    return tuple(row for row in found if row.undated)


def _changed(
    old: IndicatorFacts, new: IndicatorFacts, scope: Scope, first: Inquiry, last: Inquiry
) -> tuple[list[Fact], list[Fact]]:
    """The facts of both days, each with the tree of its day; of memberships only those that do not hold on both days."""
    began, ended = None, None
    if new.kind == "worker" and (not scope.region or _reach(scope, first) == _reach(scope, last)):
        since, until = first.period.end.isoformat(), last.period.end.isoformat()
        began, ended = (lambda events: events.c.date > since), (lambda events: events.c.ended <= until)
    return facts_in(old, scope, first.index, ended), facts_in(new, scope, last.index, began)


def _reach(scope: Scope, asked: Inquiry) -> frozenset[str]:
    return asked.index.below(scope.region) if scope.region else frozenset()


def _but(these: Sequence[Fact], those: Sequence[Fact]) -> list[Fact]:
    """The facts that count among these and not among those."""
    held = {fact.uid for fact in those if fact.state == 1}
    return [fact for fact in these if fact.state == 1 and fact.uid not in held]


def _reasons(workers: Any, day: dt.date) -> dict[str, dict[str, Any]]:
    """For each of these people the event that decides on a day: since when, of which type, whether it says so itself."""
    asked = list(workers)
    found: dict[str, dict[str, Any]] = {uid: {"date": None, "why": "", "marked": 0} for uid in asked}
    names = ("worker", "type", "date", "effective", "ended")
    for worker, type_, date, effective, ended in database.fetch_in(MembershipEvent, "worker", asked, names):
        if effective <= day.isoformat() and (ended is None or ended > day.isoformat()):
            found[worker] = {"date": effective, "why": type_, "marked": int(date is None)}
    return found
