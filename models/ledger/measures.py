"""What an entry of the work ledger adds to each measure, as columns of queries; the same for lists, sums and indicators.

What is written counts. Where it is not, the entry's own fields tell: a dispute that was mediated, a call that was answered
is one done; an entry that names a person served one.
"""

import datetime as dt
from collections.abc import Collection
from typing import Any

from peewee import Case, fn

from models.records.ledger import LedgerEntry
from models.standing.counts import first_day

#: The outcomes of a mediation that are told as a part of all that were decided; what was withdrawn was not.
WON, LOST = "调解成功", ("调解不成", "转仲裁")


def closed_by(day: dt.date | None, entry: Any = LedgerEntry) -> Any:
    """1 for an entry that was closed, by ``day`` if one is given, else 0."""
    closed = entry.closed_on.is_null(False)
    if day is not None:
        closed = closed & (first_day(entry.closed_on) <= day.isoformat())
    return Case(None, ((closed, 1),), 0)


def later(day: dt.date, entry: Any = LedgerEntry) -> Any:
    """That an entry was closed after ``day``: on that day nothing was known of how it ended."""
    return entry.closed_on.is_null(False) & (first_day(entry.closed_on) > day.isoformat())


def weight(measure: str, with_outcome: Collection[str], day: dt.date | None = None, entry: Any = LedgerEntry) -> Any:
    """What an entry adds to a measure: "quantity", or one of MEASURES. ``amount`` is in fen.

    ``with_outcome``: the kinds (uids) whose entries have an outcome; of these a success is done, of others whatever is closed.
    ``day``: what was closed later was not done yet.
    """
    quantity = fn.COALESCE(entry.quantity, 1)
    if measure == "quantity":
        return quantity
    if measure == "people":
        named = entry.worker.is_null(False) | entry.recipient.is_null(False)
        return fn.COALESCE(entry.people, Case(None, ((named, 1),), 0))
    if measure == "done":
        closed = closed_by(day, entry)
        won = Case(None, ((entry.outcome == WON, quantity),), 0)
        if day is not None:
            won = Case(None, ((later(day, entry), 0),), won)
        implied = Case(None, ((entry.ledger_kind.in_(sorted(with_outcome)), won),), closed * quantity)
        return fn.COALESCE(entry.done, implied)
    return fn.COALESCE(getattr(entry, measure), 0)
