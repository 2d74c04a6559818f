"""What a union's page says at a glance: how many members by name and by declaration, its term, its committees, whom it covers."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from peewee import fn

from models.engine import sql
from models.records.headcount import HeadCount
from models.records.membership import RETAINED, members_of
from models.records.union import Union
from models.records.worker import Worker
from models.standing.counts import newest, newest_counts
from models.standing.covered_counts import CoveredCounts, covered_counts
from models.standing.new_form import NewForm, new_form_unions
from models.standing.officers import UnionOfficers, officers_on
from models.standing.terms import TermState, elects, end_of_term, later_election, state_of_term
from models.unions.structure import above


@dataclass(frozen=True, slots=True)
class Declared:
    """A member count that was handed in, with its day and its source (None: not said)."""

    members: int
    as_of: str | None
    source: str | None
    approximate: bool
    upper: int | None = None


@dataclass(frozen=True, slots=True)
class UnionSheet:
    """The facts of one union. ``gap``: declared members less those by name, None when nothing was declared.

    ``path``: the unions above it, the highest first. ``elects``: it has a committee with a term. ``term_end``: a whole day,
    None when it cannot be told, and ``days_left`` is negative after it. ``staff``: what the covered employers' newest counts
    of staff add up to, of those ``counted`` of them that have one; ``own_staff``: what the union itself declares, if anything.
    ``members_below``: what the employers of a joint union declare as members, added up, None where none does. ``new_form``:
    whether it is a union of new employment forms, and on what that rests. ``officers``: who is in office today.
    """

    uid: str
    path: tuple[tuple[str, str], ...]
    listed: int
    women: int
    retained: int
    declared: Declared | None
    declared_women: int | None
    elects: bool
    term_end: dt.date | None
    days_left: int | None
    term_state: TermState
    employers: int
    counted: int
    staff: int
    own_staff: int | None = None
    members_below: int | None = None
    new_form: NewForm | None = None
    officers: UnionOfficers = field(default_factory=UnionOfficers)

    @property
    def gap(self) -> int | None:
        """How many more members are declared than listed by name; negative when there are fewer."""
        return None if self.declared is None else self.declared.members - self.listed


def union_sheet(uid: str, today: dt.date) -> UnionSheet | None:
    """The facts of a union (uid) as of ``today``; None when it is not in the register."""
    union = Union.get_or_none(Union.uid == uid)
    if union is None:
        return None
    listed, women, retained = _people(uid)
    officers = officers_on(today, [uid]).get(uid, UnionOfficers())
    end = end_of_term(later_election(union.term_start, officers.elected), union.term_years)
    left = (end - today).days if end else None
    covered = covered_counts([uid], today).get(uid, CoveredCounts(joint=False, employers={}))
    own = newest_counts([uid]).get(uid, {})
    return UnionSheet(
        uid, tuple(above(uid)), listed, women, retained, _declared(uid), own.get("women_member_count"),
        elects(union), end, left, state_of_term(left), len(covered.employers), covered.counted.get("staff_count", 0),
        covered.sums.get("staff_count", 0), own.get("staff_count"), covered.sums.get("member_count") if covered.joint else None,
        new_form_unions([uid])[uid], officers,
    )  # fmt: skip


def _people(uid: str) -> tuple[int, int, int]:
    women = fn.COALESCE(fn.SUM(sql.as_number(Worker.sex == "女")), 0)
    counted: Any = Worker.select(fn.COUNT(Worker.id), women).where(members_of(uid)).tuples()
    ((listed, women_listed),) = counted
    retained: Any = Worker.select().where(Worker.union == uid, Worker.membership_state == RETAINED).count()
    return int(listed), int(women_listed), int(retained)


def _declared(uid: str) -> Declared | None:
    rows = list(newest(HeadCount.member_count, subjects=[uid]).tuples())
    if not rows:
        return None
    _subject, members, as_of, source, approximate, upper = rows[0]
    return Declared(int(members), as_of, source, bool(approximate), upper)

