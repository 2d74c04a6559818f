"""Contacts of the drive as work of the ledger: a visit that was kept with a case counts without being entered a second time.

A contact counts for the kind of work that its way is called by (走访, 蹲点, 三服务, and any kind that a way of one's own is named
after), once, and for no people: how many were met is not kept. Where an entry of the same kind and day names the same employer,
the visit was entered already, and the contact is not counted beside it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from peewee import Case, Value, fn

from models.engine import sql
from models.language import _
from models.ledger.entries import EntryChoice
from models.ledger.kinds import Kinds, load_kinds
from models.records.drive_case import Contact, DriveCase
from models.records.employer import Employer
from models.records.ledger import LedgerEntry
from models.standing.counts import first_day
from models.values.cleaning import normal_name
from models.values.drive_codes import CONTACT_WAY

#: Ways that are called otherwise than the kind of work that they are.
_CALLED = {"实地走访": "走访"}


@dataclass(frozen=True, slots=True)
class ContactTotal:
    """The contacts that count for one kind of work (uid).

    ``counted``: how many count; ``repeated``: how many do not, because an entry names the same visit; ``doubtful``: of the
    counted ones, those of a day on which an entry of the kind names nobody: it may be the same visit.
    """

    kind: str
    name: str
    unit: str
    counted: int
    repeated: int
    doubtful: int

    @property
    def text(self) -> str:
        """What a person is told."""
        told = _("{kind}：走访联系 {count:,} {unit}").format(kind=_(self.name), count=self.counted, unit=_(self.unit))
        parts = []
        if self.repeated:
            parts.append(_("另有 {count:,} 次台账里已登记，不重复计").format(count=self.repeated))
        if self.doubtful:
            parts.append(_("其中 {count:,} 次同一天有没写单位的台账，请核对是否重复").format(count=self.doubtful))
        return told + (_("（{parts}）").format(parts=_("；").join(parts)) if parts else "")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A contact with its kind of work and its employer."""

    uid: str
    kind: str
    date: str
    employer: str
    place: str | None
    told: tuple[str | None, ...]


def kinds_of_ways(kinds: Kinds | None = None) -> dict[str, str]:
    """The kind of work (uid) that a contact of each way counts for; ways that are no kind of work are left out."""
    known = kinds or load_kinds()
    found = {way: known.find(_CALLED.get(way, way)) for way in CONTACT_WAY.labels}
    return {way: kind.uid for way, kind in found.items() if kind is not None}


def contact_totals(chosen: EntryChoice) -> list[ContactTotal]:
    """What the contacts of a choice come to by kind, in the kinds' order; kinds without any are left out.

    A contact lies where its employer does and belongs to no union.
    """
    known = load_kinds()
    seen = [each for each in _seen(kinds_of_ways(known)) if _fits(each, chosen)]
    repeated, doubtful = _beside_entries(seen)
    of_kind: defaultdict[str, list[str]] = defaultdict(list)
    for each in seen:
        of_kind[each.kind].append(each.uid)
    return [
        ContactTotal(
            kind.uid, kind.name, kind.unit, sum(uid not in repeated for uid in of_kind[kind.uid]),
            sum(uid in repeated for uid in of_kind[kind.uid]), sum(uid in doubtful for uid in of_kind[kind.uid]),
        )
        for kind in known.kinds
        if kind.uid in of_kind
    ]  # fmt: skip


def counted_contacts(kind: str, of_ways: dict[str, str]) -> Any | None:
    """The contacts that count for a kind (uid): a query of Contact with its DriveCase and Employer; None for no such way.

    ``of_ways``: what :func:`kinds_of_ways` gives.
    """
    ways = [way for way, uid in of_ways.items() if uid == kind]
    if not ways:
        return None
    repeated, _doubtful = _beside_entries(list(_seen(dict.fromkeys(ways, kind))))
    query: Any = Contact.select().join(DriveCase, on=(Contact.drive_case == DriveCase.uid))
    query = query.join(Employer, on=(DriveCase.employer == Employer.uid))
    return query.where(Contact.way.in_(ways), Contact.uid.not_in(sql.given(sorted(repeated))))


def _seen(ways: dict[str, str]) -> Iterator[_Seen]:
    kind = Case(Contact.way, tuple((way, Value(uid)) for way, uid in ways.items()))
    query: Any = Contact.select(
        Contact.uid, kind, fn.COALESCE(Contact.date, ""), Employer.name, Employer.region, Contact.organizer, Contact.outcome
    ).join(DriveCase, on=(Contact.drive_case == DriveCase.uid))
    query = query.join(Employer, on=(DriveCase.employer == Employer.uid)).where(Contact.way.in_(list(ways)))
    for uid, of, date, name, region, *told in query.order_by(Contact.uid).tuples() if ways else ():
        yield _Seen(uid, of, date, name or "", region, (name, *told))


def _fits(each: _Seen, chosen: EntryChoice) -> bool:
    day = (each.date + "-01-01")[:10] if each.date else ""
    today = dt.date.today().isoformat()
    if chosen.union or (chosen.kind and each.kind != chosen.kind) or day > (chosen.until or dt.date.max).isoformat():
        return False
    if not day or day > today or (chosen.since is not None and day < chosen.since.isoformat()):
        return False
    if chosen.regions and each.place not in chosen.regions:
        return False
    text = chosen.search.strip()
    return not text or any(text in (part or "") for part in each.told)


def _beside_entries(seen: list[_Seen]) -> tuple[set[str], set[str]]:
    """The contacts (uids) that an entry of the ledger names too, and those that one may mean without naming anybody.

    An entry of several visits stands for so many contacts.
    """
    left: defaultdict[tuple[str, str, str], int] = defaultdict(int)
    titled: defaultdict[tuple[str, str], list[list[Any]]] = defaultdict(list)
    nameless: set[tuple[str, str]] = set()
    for kind, date, organization, title, quantity in _entries({each.kind for each in seen}):
        if organization:
            left[kind, date, normal_name(organization)] += quantity or 1
        elif title:
            titled[kind, date].append([normal_name(title), quantity or 1, False])
        else:
            nameless.add((kind, date))
    repeated, doubtful = set[str](), set[str]()
    for each in seen:
        name = normal_name(each.employer)
        if left[each.kind, each.date, name] > 0:
            left[each.kind, each.date, name] -= 1
            repeated.add(each.uid)
            continue
        entry = next((held for held in titled[each.kind, each.date] if name and name in held[0] and held[1] > 0), None)
        if entry is not None:
            entry[1] -= 1
            entry[2] = True
            repeated.add(each.uid)
        elif _may_mean(each, titled, nameless):
            doubtful.add(each.uid)
    return repeated, doubtful


def _may_mean(each: _Seen, titled: dict[tuple[str, str], list[list[Any]]], nameless: set[tuple[str, str]]) -> bool:
    """True where an entry of the day, or of its month or year, names no employer."""
    for day in {each.date, each.date[:7], each.date[:4]}:
        if (each.kind, day) in nameless or any(not named for _title, _left, named in titled.get((each.kind, day), ())):
            return True
    return False


def _entries(kinds: Iterable[str]) -> Iterator[tuple[str, str, str, str, int | None]]:
    entry = LedgerEntry
    query: Any = entry.select(
        entry.ledger_kind, fn.COALESCE(entry.date, ""), fn.COALESCE(entry.organization, ""), fn.COALESCE(entry.title, ""),
        entry.quantity,
    )  # fmt: skip
    yield from query.where(entry.ledger_kind.in_(sorted(kinds))).order_by(first_day(entry.date), entry.uid).tuples()
