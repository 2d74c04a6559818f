"""What the indicators count of the work ledger. Each function gives the facts of a period.

An entry belongs to its own region, else to its union's; one without a date is told apart in the period of its entry. What a
thing came to after the last day is not known on it.
"""

from typing import Any

from peewee import JOIN, Case, Value, fn

from models.engine import sql
from models.figures.facts import Asked, Facts
from models.figures.queries import begun_since, selected
from models.ledger.kinds import Kind
from models.ledger.measures import LOST, WON, later, weight
from models.records.ledger import LedgerEntry, LedgerKind
from models.records.union import Union
from models.records.worker import Worker
from models.standing import as_of
from models.standing.counts import first_day
from models.values import codes

#: The grades of skill from the lowest to the highest (新八级工).
GRADES = ("无", "学徒工", *reversed(codes.SKILL_LEVEL.labels[1:6]), "特级技师", "首席技师")


def measured(asked: Asked, kind: Kind, measure: str) -> Facts:
    """The entries of a kind in the period, each weighing its measure, see ``models.ledger.measures``."""
    with_outcome = [kind.uid] if "outcome" in kind.fields else []
    return Facts("ledger_entry", _entries(asked, kind, weight=weight(measure, with_outcome, asked.period.end)), flow=True,
        person="person")


def _entries(asked: Asked, kind: Kind, **columns: Any) -> Any:
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


def succeeded(asked: Asked, kind: Kind) -> Facts:
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
    return Facts("ledger_entry", decided.union_all(agreed).union_all(rest), flow=True, person="person")


def in_time(asked: Asked, kind: Kind) -> Facts:
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
    return Facts("ledger_entry", _entries(asked, kind, state=state, weight=_weight()).where(~waiting), flow=True, person="person")


def answered_yes(asked: Asked, kind: Kind, field: str) -> Facts:
    """Entries with a yes-or-no field of theirs; no answer is unknown."""
    return Facts("ledger_entry", _entries(asked, kind, state=getattr(LedgerEntry, field), weight=_weight()), flow=True,
        person="person")


def persons(asked: Asked, kind: Kind) -> Facts:
    """The people of the register whom entries name, each once; entries that name nobody of it are unknown."""
    entry = LedgerEntry
    query = _entries(
        asked, kind, uid=fn.COALESCE(entry.worker, entry.uid), name=fn.COALESCE(Worker.name, entry.title),
        state=Case(None, ((entry.worker.is_null(False), 1),), None),
    )  # fmt: skip
    return Facts("worker", query, repeated=True, flow=True, person="person")


def risen(asked: Asked, kind: Kind) -> Facts:
    """Entries whose later grade of skill is higher than the one before; where one of them is not known it is unknown."""
    entry = LedgerEntry

    def rank(field: Any) -> Any:
        return Case(field, tuple((grade, place) for place, grade in enumerate(GRADES)), None)

    before, after = rank(entry.level_before), rank(entry.level_after)
    state = Case(None, ((before.is_null() | after.is_null(), None), (after > before, 1)), 0)
    return Facts("ledger_entry", _entries(asked, kind, state=state, weight=_weight()), flow=True, person="person")
