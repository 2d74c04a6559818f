"""What the indicators count of the work ledger. Each function gives the facts of a period.

An entry belongs to its own region, else to its union's; one without a date is told apart in the period of its entry. What a
thing came to after the last day is not known on it.
"""

from typing import Any

from peewee import JOIN, Case, Value, fn

from models.engine import sql
from models.figures.facts import Fact, IndicatorFacts, Inquiry
from models.figures.queries import begun_since, selected
from models.language import _
from models.ledger.contacts import counted_contacts, kinds_of_ways
from models.ledger.kinds import WorkKind
from models.ledger.measures import LOST, WON, later, weight
from models.records.drive_case import Contact
from models.records.employer import Employer
from models.records.ledger import LedgerEntry, LedgerKind
from models.records.union import Union
from models.records.worker import Worker
from models.standing import as_of
from models.standing.counts import first_day
from models.values import codes

#: The grades of skill from the lowest to the highest (新八级工).
GRADES = ("无", "学徒工", *reversed(codes.SKILL_LEVEL.labels[1:6]), "特级技师", "首席技师")


def nothing(_asked: Inquiry) -> IndicatorFacts:
    """What a kind without any entry comes to: there is nothing to ask, and most kinds have none."""
    return IndicatorFacts("ledger_entry", flow=True)


def measured(asked: Inquiry, kind: WorkKind, measure: str) -> IndicatorFacts:
    """The entries of a kind in the period, each weighing its measure, see ``models.ledger.measures``.

    Contacts of the drive that are work of the kind count with their quantity, see ``models.ledger.contacts``.
    """
    with_outcome = [kind.uid] if "outcome" in kind.fields else []
    query = _entries(asked, kind, weight=weight(measure, with_outcome, asked.period.end))
    contacts = _contacts(asked, kind) if measure == "quantity" else None
    if contacts is None:
        return IndicatorFacts("ledger_entry", query, flow=True, person="person")
    return IndicatorFacts("ledger_entry", query.union_all(contacts), flow=True, person="person", kind_of=_kind_of_work)


def _contact_of(kind: str) -> str:
    return _("{kind}（走访联系）").format(kind=_(kind))


def _kind_of_work(fact: Fact) -> str:
    """A contact is opened in the file of its employer, whose uid its fact carries."""
    return "case" if fact.why is not None and fact.why.endswith(_contact_of("")) else "ledger_entry"


def _contacts(asked: Inquiry, kind: WorkKind) -> Any | None:
    """The contacts of the drive that are work of the kind, as facts about their employers; None where no way of contact is."""
    counted, period = counted_contacts(kind.uid, asked.standing.once(kinds_of_ways)), asked.period
    if counted is None:
        return None
    chosen = selected(
        Employer.uid, Employer.name, Employer.region, Value(None), date=Contact.date,
        marked=sql.as_number(Contact.date.is_null()), why=Value(_contact_of(kind.name)),
    )  # fmt: skip
    held = counted.where(as_of.begun(Contact, Contact.date, period.end), begun_since(Contact, Contact.date, period))
    return held.select(*chosen, Contact.organizer.alias("person"))


def _entries(asked: Inquiry, kind: WorkKind, **columns: Any) -> Any:
    """The entries of a kind that are dated in the period, or were entered in it without a date, as facts."""
    entry, period = LedgerEntry, asked.period
    name = fn.COALESCE(entry.title, entry.organization, entry.recipient, Worker.name, LedgerKind.name)
    given = {"date": entry.date, "marked": sql.as_number(entry.date.is_null()), "why": Value(kind.name)} | columns
    uid = given.pop("uid", entry.uid)
    chosen = selected(uid, given.pop("name", name), fn.COALESCE(entry.region, Union.region), entry.union, **given)
    return (
        entry.select(*chosen, entry.person)
        .join(LedgerKind, on=(entry.ledger_kind == LedgerKind.uid))
        .switch(entry)
        .join(Union, JOIN.LEFT_OUTER, on=(entry.union == Union.uid))
        .switch(entry)
        .join(Worker, JOIN.LEFT_OUTER, on=(entry.worker == Worker.uid))
        .where(entry.ledger_kind == kind.uid, as_of.begun(entry, entry.date, period.end))
        .where(begun_since(entry, entry.date, period))
    )


def _weight() -> Any:
    return fn.COALESCE(LedgerEntry.quantity, 1)


def succeeded(asked: Inquiry, kind: WorkKind) -> IndicatorFacts:
    """Disputes that were decided: by agreement, or not. Withdrawn ones are left out; whose outcome is not known is unknown.

    An entry of several disputes, without an outcome of its own, counts its done ones as agreed and the others as not.
    """
    entry, end = LedgerEntry, asked.period.end
    outcome = Case(None, ((later(end), None),), entry.outcome)
    known = Case(None, ((outcome == WON, 1), (outcome.in_(LOST), 0)), None)
    summed = outcome.is_null() & entry.done.is_null(False)
    decided = _entries(asked, kind, state=known, weight=_weight()).where(outcome.is_null() | (outcome != "撤回"), ~summed)
    agreed = _entries(asked, kind, state=Value(1), weight=entry.done).where(summed)
    rest = _entries(asked, kind, state=Value(0), weight=_weight() - entry.done).where(summed, _weight() > entry.done)
    return IndicatorFacts("ledger_entry", decided.union_all(agreed).union_all(rest), flow=True, person="person")


def in_time(asked: Inquiry, kind: WorkKind) -> IndicatorFacts:
    """Entries with a day by which they were due: closed by then, or not; those that are not due yet are left out.

    Without such a day it is unknown, as it is where of the closing only the month is known, in which it was due. A month by
    which it was due has its last day for that.
    """
    entry, end = LedgerEntry, asked.period.end.isoformat()
    due, closed = entry.due.concat("-99"), first_day(entry.closed_on)
    doubtful = (fn.LENGTH(entry.closed_on) < fn.LENGTH(entry.due)) & (
        fn.SUBSTR(entry.due, 1, fn.LENGTH(entry.closed_on)) == entry.closed_on
    )
    state = Case(
        None,
        (
            (entry.due.is_null(), None),
            (entry.closed_on.is_null() | (closed > end), 0),
            (doubtful, None),
            (closed <= due, 1),
        ),
        0,
    )
    waiting = entry.due.is_null(False) & (entry.closed_on.is_null() | (closed > end)) & (due >= end)
    counted = _entries(asked, kind, state=state, weight=_weight()).where(~waiting)
    return IndicatorFacts("ledger_entry", counted, flow=True, person="person")


def answered_yes(asked: Inquiry, kind: WorkKind, field: str) -> IndicatorFacts:
    """Entries with a yes-or-no field of theirs; no answer is unknown."""
    return IndicatorFacts("ledger_entry", _entries(asked, kind, state=getattr(LedgerEntry, field), weight=_weight()), flow=True,
        person="person")


def persons(asked: Inquiry, kind: WorkKind) -> IndicatorFacts:
    """The people of the register whom entries name, each once; entries that name nobody of it are unknown."""
    entry = LedgerEntry
    query = _entries(
        asked, kind, uid=fn.COALESCE(entry.worker, entry.uid), name=fn.COALESCE(Worker.name, entry.title),
        state=Case(None, ((entry.worker.is_null(False), 1),), None),
    )  # fmt: skip
    return IndicatorFacts("worker", query, repeated=True, flow=True, person="person")


def risen(asked: Inquiry, kind: WorkKind) -> IndicatorFacts:
    """Entries whose later grade of skill is higher than the one before; where one of them is not known it is unknown."""
    entry = LedgerEntry

    def rank(field: Any) -> Any:
        return Case(field, tuple((grade, place) for place, grade in enumerate(GRADES)), None)

    before, after = rank(entry.level_before), rank(entry.level_after)
    state = Case(None, ((before.is_null() | after.is_null(), None), (after > before, 1)), 0)
    return IndicatorFacts("ledger_entry", _entries(asked, kind, state=state, weight=_weight()), flow=True, person="person")
