"""What the rules look at: unions with their members and the employers they cover, employers, and memberships that clash.

A few queries for the whole register, the same ones for a single record. Everything that carries a date is taken as of the
day; a union's or employer's own fields have no dates and count as they stand.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from peewee import fn

from models.engine import sql
from models.engine.again import numbers_of_several
from models.engine.rows import read_only
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.membership import STATE_AFTER, MembershipEvent
from models.records.union import Union
from models.records.worker import Worker, is_said
from models.standing import as_of, counts
from models.standing.covered_counts import members_of_employers
from models.standing.held_counts import held_on
from models.standing.officers import DELEGATES, UnionOfficers, officers_on
from models.standing.standing import Standing
from models.values import codes

#: Of a union of whose officers the register knows none.
NOBODY = UnionOfficers()
#: So many people are found sooner by an index, one by one, than by reading a whole table.
_FEW = 5_000


@dataclass(frozen=True, slots=True)
class RuleScope:
    """Whom to look at: sets of uids, nothing at all for everyone. Either workers, or unions with their members and employers."""

    unions: frozenset[str] | None = None
    employers: frozenset[str] | None = None
    workers: frozenset[str] | None = None

    @property
    def everyone(self) -> bool:
        """True when the whole register is looked at."""
        return self.unions is None and self.employers is None and self.workers is None

    def has(self, held: "HeldMembership") -> bool:
        """True for a membership of a wanted worker, or at a wanted union."""
        return self.everyone or held.worker in (self.workers or ()) or held.union in (self.unions or ())


class StaffCount(NamedTuple):
    """How many people are employed, as of which day (ISO, cut to its precision) and by which source."""

    value: int
    as_of: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class EmployerFacts:
    """An employer on the day, as the drive sees it. ``covered``: by a union in being; ``left_out``: of the drive's list.

    ``gone``: it has no business any more, or a person took it off the list for good. ``unsure``: it is not known whether it
    is non-public, or whether it operates.
    """

    uid: str
    name: str
    region: str | None
    founding_date: str | None
    staff: StaffCount | None
    covered: bool
    left_out: bool
    gone: bool
    unsure: bool


@dataclass(frozen=True, slots=True)
class HeldCoverage:
    """An employer that a union covers."""

    name: str
    legal_representative: str | None
    staff: StaffCount | None


@dataclass(frozen=True, slots=True)
class UnionFacts:
    """A union in being on the day: the members listed by name and those declared, and the employers that it covers.

    ``staff`` is that of a single-unit union's employer, None for a joint one. ``officers``: as far as the register knows any.
    """

    union: Union
    employers: tuple[HeldCoverage, ...]
    joint: bool
    staff: StaffCount | None
    listed: int
    listed_women: int
    declared: int | None
    declared_women: int | None
    officers: UnionOfficers = NOBODY

    @property
    def members(self) -> int:
        """The larger of the two numbers of members: a list may be unfinished, a declaration out of date."""
        return max(self.listed, self.declared or 0)

    @property
    def women(self) -> int:
        """The larger of the two numbers of women members."""
        return max(self.listed_women, self.declared_women or 0)


@dataclass(frozen=True, slots=True)
class HeldMembership:
    """A membership of one worker (uid) at one union on the day; ``state`` 在册 or 保留."""

    worker: str
    name: str
    union: str
    union_name: str
    region: str | None
    state: str


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """All that the rules look at. ``doubles``: the memberships of each identity number that stands in several unions."""

    unions: list[UnionFacts]
    employers: list[EmployerFacts]
    doubles: list[list[HeldMembership]]
    retained_delegates: list[HeldMembership]
    gone: list["Gone"]


@dataclass(frozen=True, slots=True)
class Gone:
    """A union that is no more on the day, and how many people's membership is still there, kept ones among them."""

    uid: str
    name: str
    region: str | None
    members: int


def rule_facts(day: dt.date, wanted: RuleScope, standing: Standing | None = None) -> RuleFacts:
    """The facts on ``day`` of whom is wanted. ``standing``: what stands on the day, if it is at hand."""
    return RuleFacts(
        _unions(day, wanted), _employers(standing or Standing(day), wanted), _doubles(day, wanted),
        _retained_delegates(day, wanted), _gone(day, wanted),
    )  # fmt: skip


def _gone(day: dt.date, wanted: RuleScope) -> list[Gone]:
    if not Union.select(Union.id).where(as_of.dissolved(day)).exists():
        return []
    held = held_on(day, (*as_of.MEMBER_EVENTS, *as_of.RETAINED_EVENTS), traits=False, women=False).alias("held")
    members = fn.SUM(held.c.people)
    query = held.select_from(Union.uid, Union.name, Union.region, members).join(Union, on=(held.c.union == Union.uid))
    query = query.where(as_of.dissolved(day)).group_by(Union.uid, Union.name, Union.region).having(members > 0)
    if not wanted.everyone:
        query = query.where(Union.uid.in_(list(wanted.unions or ())))
    return [Gone(*row) for row in query.tuples()]


def _employers(standing: Standing, wanted: RuleScope) -> list[EmployerFacts]:
    if not wanted.everyone and not wanted.employers:
        return []
    return [
        EmployerFacts(
            row["uid"], row["name"], row["region"], row["founding_date"], _staff_of(row), row["active"],
            left_out=bool(row["left_out"]), gone=row["left_out"] == "taken_off" or _has_closed(row),
            unsure=row["non_public"] is None or row["operating"] is None,
        )
        for row in standing.employers
        if wanted.everyone or row["uid"] in (wanted.employers or ())
    ]  # fmt: skip


def _has_closed(row: dict[str, Any]) -> bool:
    """True also for a public employer, which the drive leaves out for being public."""
    return row["operating"] == 0 or bool(row["closed_on"] and row["operating"] is None)


def _staff_of(row: dict[str, Any]) -> StaffCount | None:
    return None if row["staff_count"] is None else StaffCount(row["staff_count"], row["as_of"], row["source"])


def _newest(field: Any, day: dt.date, subjects: Iterable[str] | None) -> dict[str, StaffCount]:
    rows = counts.newest(field, day.isoformat(), subjects).tuples()
    return {subject: StaffCount(value, when, source) for subject, value, when, source, *_exact in rows}


def _covered(
    day: dt.date, unions: list[str] | None, known: dict[str, StaffCount]
) -> dict[str, list[HeldCoverage]]:
    """For each union (uid) the employers that it covered on the day. ``known``: everybody's staff, where all are asked for."""
    query = Coverage.select(Coverage.union, Employer.uid, Employer.name, Employer.legal_representative)
    query = (
        query.join(Employer, on=(Coverage.employer == Employer.uid)).where(as_of.covering(day)).order_by(Employer.id)
    )
    if unions is not None:
        query = query.where(Coverage.union.in_(unions))
    pairs: Any = query.tuples()
    rows: list[Any] = list(dict.fromkeys(pairs))  # two coverages of one pair say one thing
    staff = known
    if unions is not None:
        staff = _newest(HeadCount.staff_count, day, {uid for _union, uid, *_names in rows})
    found: defaultdict[str, list[HeldCoverage]] = defaultdict(list)
    for union, uid, name, leader in rows:
        found[union].append(HeldCoverage(name, leader, staff.get(uid)))
    return found


def _unions(day: dt.date, wanted: RuleScope) -> list[UnionFacts]:
    uids = None if wanted.everyone else list(wanted.unions or ())
    query = Union.select().where(as_of.in_being(day))
    if uids is not None:
        query = query.where(Union.uid.in_(uids))
    staff, declared, women = (
        _newest(field, day, uids)
        for field in (HeadCount.staff_count, HeadCount.member_count, HeadCount.women_member_count)
    )
    listed, employers = _listed(day, uids), _covered(day, uids, staff)
    below, officers = dict(members_of_employers(day).tuples()), officers_on(day, uids)
    found = []
    for union in read_only(Union, query):
        covered = tuple(employers.get(union.uid, ()))
        joint = codes.is_joint(union.union_type) or len(covered) > 1
        staffs = [each.staff for each in covered] + [staff.get(union.uid)]
        members, women_members = listed.get(union.uid, (0, 0))
        of_union, of_women = declared.get(union.uid), women.get(union.uid)
        found.append(
            UnionFacts(
                union, covered, joint, None if joint else _latest(staffs), members, women_members,
                of_union.value if of_union else below.get(union.uid), of_women and of_women.value,
                officers.get(union.uid, NOBODY),
            )
        )  # fmt: skip
    return found


def _latest(staffs: Iterable[StaffCount | None]) -> StaffCount | None:
    """The one that is believed first (``models.standing.counts``); between equals the later one of the list."""
    order = counts.ranks()
    known = [count for count in staffs if count is not None]
    known.sort(key=lambda count: counts.believed(count._asdict() | {"uid": ""}, order))
    return known[-1] if known else None


def _listed(day: dt.date, uids: list[str] | None) -> dict[str, tuple[int, int]]:
    """For each union: how many members it had on the day by name, and how many of them are women."""
    held = held_on(day, traits=False).alias("held")
    query = held.select_from(held.c.union, fn.SUM(held.c.people), fn.SUM(held.c.women)).group_by(held.c.union)
    if uids is not None:
        query = query.where(held.c.union.in_(uids))
    return {union: (members, women) for union, members, women in query.tuples() if members}


def _held(day: dt.date, types: Iterable[str]) -> Any:
    """Query of identity numbers with the fields of HeldMembership, the last of them still the event's type."""
    fields = (
        Worker.id_number, Worker.uid, Worker.name, Union.uid.alias("of"), Union.name.alias("of_name"), Union.region,
        MembershipEvent.type,
    )  # fmt: skip
    query = MembershipEvent.select(*fields).join(Worker, on=(MembershipEvent.worker == Worker.uid))
    query = query.switch(MembershipEvent).join(Union, on=(MembershipEvent.union == Union.uid))
    return query.where(as_of.holding(day, types)).order_by(Worker.id)


def _of_people(query: Any, wanted: RuleScope) -> Any:
    """The query of membership events narrowed to the wanted unions and workers, so that one record is found by its index."""
    if wanted.everyone:
        return query
    if wanted.workers:
        return query.where(MembershipEvent.worker.in_(list(wanted.workers)))
    return query.where(MembershipEvent.union.in_(list(wanted.unions or ())))


def _retained_delegates(day: dt.date, wanted: RuleScope) -> list[HeldMembership]:
    """Whose membership is kept and who is a delegate: as the person's own record says, or by a post in office."""
    by_post = {
        each.worker
        for officers in officers_on(day).values()
        for each in officers.held
        if each.of_body == DELEGATES and each.worker
    }
    among = Worker.uid.in_(sql.given(sorted(by_post)))
    query = _of_people(_held(day, as_of.RETAINED_EVENTS).where(among), wanted) if by_post else None
    found = {held.worker: held for _number, held in map(_as_held, query.tuples())} if query is not None else {}
    return list(({held.worker: held for held in _said_delegates(day, wanted)} | found).values())


def _said_delegates(day: dt.date, wanted: RuleScope) -> list[HeldMembership]:
    # of a few delegates the events are looked up one by one; of many it is quicker to walk all events
    few = Worker.select().where(is_said(Worker.delegate)).count() <= _FEW
    delegate = is_said(Worker.delegate) if few else sql.unindexed(Worker.delegate) == 1
    query = _of_people(_held(day, as_of.RETAINED_EVENTS).where(delegate), wanted)
    return [held for _number, held in map(_as_held, query.tuples())]


def _as_held(row: tuple[Any, ...]) -> tuple[str, HeldMembership]:
    number, worker, name, union, union_name, region, change = row
    return number, HeldMembership(worker, name, union, union_name, region, STATE_AFTER[change])


def _doubles(day: dt.date, wanted: RuleScope) -> list[list[HeldMembership]]:
    """The memberships of identity numbers that several records carry, where they are at different unions."""
    types = as_of.MEMBER_EVENTS + as_of.RETAINED_EVENTS
    numbers = numbers_of_several(Worker)
    if not wanted.everyone:
        own = Worker.alias()
        people = _of_people(MembershipEvent.select(MembershipEvent.worker).where(as_of.holding(day, types)), wanted)
        numbers = numbers.where(Worker.id_number.in_(own.select(own.id_number).where(own.uid.in_(people))))
    query = _held(day, types).where(Worker.id_number.in_(numbers))
    groups: defaultdict[str, list[HeldMembership]] = defaultdict(list)
    for number, held in map(_as_held, query.tuples()):
        groups[number.upper()].append(held)
    several = (group for group in groups.values() if len({each.union for each in group}) > 1)
    return [group for group in several if any(wanted.has(each) for each in group)]
