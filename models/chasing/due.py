"""Who has handed in what was due, and who has not, since when: worked out of what the register holds, as of any day.

A count came when a count of the union is dated inside the period, a work ledger when an entry of the union is; of other
sheets, and where a person said something, a :class:`HandIn` tells. Nothing is ticked: what is derived cannot be said twice.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from peewee import fn

from models.chasing.rules import SheetRule, load_rules
from models.figures.facts import Period
from models.figures.periods import beside, key_of, name_of, of_length
from models.records.chasing import HandIn
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.ledger import LedgerEntry
from models.records.region import load_index
from models.records.union import Union
from models.standing import as_of
from models.standing.union_class import class_column
from models.uid import day_of
from models.values.days import first_day, last_day
from models.values.name_order import place_of
from models.values.region_index import RegionIndex

#: What became of a sheet: it came, it need not come, its day is over, or there is still time.
State = Literal["handed", "excused", "overdue", "awaited"]
STATES: tuple[State, ...] = ("overdue", "awaited", "handed", "excused")
#: How it is known that a sheet came: dated counts, dated entries, an imported sheet, a person's word.
How = Literal["count", "entry", "import", "hand", ""]
#: Of each rule so many past periods are looked at: nobody chases what was due years ago.
MOST_PERIODS = 36


class Owing(NamedTuple):
    """A union that hands in sheets: where it is, whom to call. Where it says neither, its only employer's contact stands in."""

    uid: str
    name: str
    region: str | None
    contact: str
    phone: str


@dataclass(frozen=True, slots=True)
class Item:
    """One sheet that was due from one union: of which period, until when; ``came`` (ISO) and how it is known.

    ``reason`` is a person's; ``rows`` of an imported sheet. ``undated``: a count without a day came since, which closes nothing.
    """

    rule: SheetRule
    union: Owing
    period: Period
    due: dt.date
    state: State
    days: int = 0
    came: str = ""
    how: How = ""
    reason: str = ""
    rows: int = 0
    undated: bool = False

    @property
    def open(self) -> bool:
        """True for what is still to come."""
        return self.state in ("overdue", "awaited")

    @property
    def key(self) -> tuple[str, str, str]:
        """Rule, union and period, by uid and key: what a person's word about it is kept under."""
        return self.rule.uid, self.union.uid, key_of(self.period)

    @property
    def called(self) -> str:
        """The period in words."""
        return name_of(self.period)


class Tally(NamedTuple):
    """How many sheets there are: those whose day is over (``due``) are ``handed``, ``excused`` or ``overdue`` (of ``unions``).

    Of those that there is still time for (``not_due``), ``early`` came already or need not come.
    """

    due: int
    handed: int
    excused: int
    overdue: int
    unions: int
    not_due: int
    early: int


def tally(found: Iterable[Item], day: dt.date) -> Tally:
    """Count the sheets of a day."""
    over: list[Item] = []
    still: list[Item] = []
    for each in found:
        (over if each.due < day else still).append(each)
    states = Counter(each.state for each in over)
    late = {each.union.uid for each in over if each.state == "overdue"}
    early = sum(1 for each in still if not each.open)
    return Tally(len(over), states["handed"], states["excused"], states["overdue"], len(late), len(still), early)


class Came(NamedTuple):
    """That a sheet came, or need not: when, how it is known, what a person said of it."""

    day: str
    how: How
    excused: bool = False
    reason: str = ""
    rows: int = 0


def items(
    day: dt.date, index: RegionIndex | None = None, rules: Collection[SheetRule] | None = None, regions: Collection[str] = (),
    unions: Collection[str] | None = None,
) -> list[Item]:  # fmt: skip
    """What was due until ``day`` of every rule in use, the longest overdue first; what was learned later does not count.

    ``rules``: only these; ``regions`` (uids, with all below) and ``unions`` (uids): only theirs. Periods that are not over yet
    are not asked for, and of past ones the last :data:`MOST_PERIODS`.
    """
    index = index or load_index(day)
    wanted = load_rules(active=True) if rules is None else list(rules)
    if not wanted:
        return []
    known = Known(day, index, regions, unions)
    found: list[Item] = []
    for rule in wanted:
        for period in periods(rule, day):
            found += of_period(rule, period, known)
    return sorted(
        found, key=lambda each: (STATES.index(each.state), each.due, place_of(each.union.name), place_of(each.rule.name))
    )


def overdue(day: dt.date, index: RegionIndex | None = None, regions: Collection[str] = ()) -> int:
    """How many sheets are overdue on ``day``."""
    return sum(1 for each in items(day, index, regions=regions) if each.state == "overdue")


def periods(rule: SheetRule, day: dt.date) -> list[Period]:
    """The periods that are over on ``day`` and that a rule asks for, the oldest first."""
    found: list[Period] = []
    period = of_length(rule.length, day)
    if period.end > day:
        period = beside(period, -1)
    while len(found) < MOST_PERIODS and period.end.isoformat() >= (rule.since or "0000"):
        found.append(period)
        period = beside(period, -1)
    return found[::-1]


def of_period(rule: SheetRule, period: Period, known: "Known") -> list[Item]:
    """What is due of one period from each union that the rule asks for it."""
    due = rule.due_on(period)
    late = (known.day - due).days
    found = []
    for union in known.asked(rule, period):
        came = known.came(rule, union.uid, period)
        if came is not None:
            state: State = "excused" if came.excused else "handed"
            said = (came.day, came.how, came.reason, came.rows)
            found.append(Item(rule, union, period, due, state, 0, *said))
            continue
        undated = rule.sheet == "人数" and any(each > period.end.isoformat() for each in known.undated.get(union.uid, ()))
        found.append(Item(rule, union, period, due, "overdue" if late > 0 else "awaited", max(0, late), undated=undated))
    return found


class Known:
    """What the register holds on a day of what may have been handed in; each part is read when the first rule asks for it."""

    def __init__(self, day: dt.date, index: RegionIndex, regions: Collection[str], unions: Collection[str] | None) -> None:
        """``regions`` (uids) and ``unions`` (uids): only theirs; empty or None for all."""
        self.day, self.index, self._regions, self._only = day, index, frozenset(regions), unions
        self._told = _hand_ins(day)
        self.standing = cache(self._standing)
        self._counts: dict[str, dict[str, str]] | None = None
        self._entries: dict[tuple[str, str], dict[str, str]] | None = None
        self.undated: dict[str, list[str]] = defaultdict(list)
        self._now = {uid for (uid,) in _uids(as_of.in_being(day))}
        self._unions = _owing(day)

    def _standing(self, day: dt.date) -> dict[str, str | None]:
        """The class of each union that was there on ``day`` and still is, so far as it is known."""
        rows: Any = Union.select(Union.uid, class_column()).where(as_of.in_being(day)).tuples()
        return {uid: each for uid, each in rows if uid in self._now}

    def asked(self, rule: SheetRule, period: Period) -> Iterable[Owing]:
        """The unions that a rule asks for a period: there at its end and now, of its classes and places, or named."""
        below = self.index.below(rule.region) if rule.region in self.index.entries else None
        for uid, of_class in self.standing(period.end).items():
            union = self._unions[uid]
            if (self._only is not None and uid not in self._only) or (self._regions and union.region not in self._regions):
                continue
            if uid in rule.unions or (of_class in rule.classes and (below is None or union.region in below)):
                yield union

    def came(self, rule: SheetRule, union: str, period: Period) -> Came | None:
        """What tells that the sheet of a period came; what the register holds comes before what a person said."""
        if rule.sheet == "人数":
            dated: dict[str, str] = self._counted().get(union, {})
        elif rule.sheet == "工作台账":
            dated = self._worked().get((union, rule.ledger_kind or ""), {})
        else:
            dated = {}
        days = [learned for day, learned in dated.items() if within(day, period)]
        if days:
            return Came(min(days), "count" if rule.sheet == "人数" else "entry")
        return self._told.get((rule.uid, union, key_of(period)))

    def _counted(self) -> dict[str, dict[str, str]]:
        """Of each union the days of its counts, and when the register learned of the first count of that day."""
        if self._counts is None:
            self._counts = defaultdict(dict)
            query: Any = HeadCount.select(HeadCount.subject, HeadCount.as_of, fn.MIN(HeadCount.uid))
            for union, day, uid in query.where(HeadCount.subject_kind == "工会").group_by(*query.selected_columns[:2]).tuples():
                learned = day_of(uid)
                if learned > self.day.isoformat():
                    continue
                if day:
                    self._counts[union][day] = learned
                else:
                    self.undated[union].append(learned)
        return self._counts

    def _worked(self) -> dict[tuple[str, str], dict[str, str]]:
        """Of each union and kind of work ("" for any) the days of its entries, and when the first was learned of."""
        if self._entries is None:
            self._entries = defaultdict(dict)
            query: Any = LedgerEntry.select(LedgerEntry.union, LedgerEntry.date, LedgerEntry.ledger_kind, fn.MIN(LedgerEntry.uid))
            grouped = query.where(LedgerEntry.union.is_null(False)).group_by(*query.selected_columns[:3])
            for union, day, kind, uid in grouped.tuples():
                learned = day_of(uid)
                if day and learned <= self.day.isoformat():
                    for key in ((union, ""), (union, kind)):
                        held = self._entries[key]
                        held[day] = min(learned, held.get(day, learned))
        return self._entries


def within(day: str, period: Period) -> bool:
    """True when a stored day lies in a period, all of it: a year alone lies in no month."""
    return period.start <= first_day(day) and last_day(day) <= period.end


def _hand_ins(day: dt.date) -> dict[tuple[str, str, str], Came]:
    """What is kept of sheets that were due, by rule, union and period; the first that was told where two unions became one."""
    found: dict[tuple[str, str, str], Came] = {}
    for row in HandIn.select().where(HandIn.date <= day.isoformat()).order_by(HandIn.uid):
        how: How = "hand" if row.rows is None else "import"
        came = Came(row.date, how, row.state == "免交", row.reason or "", row.rows or 0)
        found.setdefault((row.due_rule, row.union, row.period), came)
    return found


def _uids(condition: Any) -> Any:
    return Union.select(Union.uid).where(condition).tuples()


def _owing(day: dt.date) -> dict[str, Owing]:
    """Every union with whom to call."""
    rows: Any = Union.select(Union.uid, Union.name, Union.region, Union.chair, Union.phone).tuples()
    others = _contacts(day)
    found = {}
    for uid, name, region, *own in rows:
        contact, phone = own if any(own) else others(uid)
        found[uid] = Owing(uid, name or "", region, contact or "", phone or "")
    return found


def _contacts(day: dt.date) -> Callable[[str], tuple[str, str]]:
    """Whom to call at the only employer that a union covers."""
    held: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows: Any = Coverage.select(Coverage.union, Employer.contact, Employer.phone).join(
        Employer, on=(Coverage.employer == Employer.uid)
    )
    for union, contact, phone in rows.where(as_of.covering(day)).tuples():
        held[union].append((contact or "", phone or ""))
    return lambda uid: held[uid][0] if len(held.get(uid, ())) == 1 else ("", "")
