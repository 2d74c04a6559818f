"""How many people joined each union between two days, without looking at each of them.

Each day's joinings are kept beside what came and went on it (``past_counts.py``). Of unions that are marked there the
membership events are counted themselves: it comes to the same.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from peewee import OP, Expression, Value, fn

from models.engine import sql
from models.records.membership import JOINING, ON_BOOKS, MembershipEvent
from models.records.worker import TRAITS, Worker
from models.standing.past_counts import CountKey, PastChange, PastStale, half_of


def joining(first: dt.date, last: dt.date) -> Any:
    """That a membership event took somebody into a union (入会) between two days, both counted."""
    event = MembershipEvent
    between = event.effective.between(first.isoformat(), last.isoformat())
    return (event.type == JOINING) & event.union.is_null(False) & between


def joined_between(first: dt.date, last: dt.date, traits: bool = True, but: Sequence[str] = ()) -> Any:
    """A query of (union, occupation_group, migrant_worker, people, undated) to be summed: the joinings of :func:`joining`.

    Of the ``people`` of a row all carry no date, ``undated`` being as many, or none of them. Without ``traits`` what people
    are may be left open. ``but``: workers (uids) who are left out; some of the counts are negative then.
    """
    event, wanted, left_out = MembershipEvent, joining(first, last), sql.given(but)
    marked, union = PastStale.select(PastStale.union), sql.unindexed(MembershipEvent.union)
    waiting = marked.exists()
    query = _kept(first, last, waiting, undated=False).union_all(_kept(first, last, waiting, undated=True))
    if waiting:
        others = [event.worker.not_in(left_out)] if but else []
        query = query.union_all(_each([wanted, Expression(union, OP.IN, marked), *others], 1, traits))
    if but:
        taken_off = [wanted, event.worker.in_(left_out), Expression(union, OP.NOT_IN, marked)]
        query = query.union_all(_each(taken_off, -1, traits))
    return query


def _kept(first: dt.date, last: dt.date, waiting: bool, undated: bool) -> Any:
    """What the tables say of unions that are not marked: of the joinings with a date, or of those without."""
    change, key = PastChange, CountKey
    people = change.joined_undated if undated else change.joined - change.joined_undated
    start, end = half_of(first.year, first.month), half_of(last.year, last.month)
    held = [key.state == ON_BOOKS, people > 0, change.half.between(start, end)]
    held.append((change.half > start) | (change.day >= _number(first)))
    held.append((change.half < end) | (change.day <= _number(last)))
    if waiting:
        held.append(key.union.not_in(PastStale.select(PastStale.union)))
    query = change.select(
        key.union, fn.NULLIF(key.occupation_group, "").alias("occupation_group"),
        fn.NULLIF(key.migrant_worker, -1).alias("migrant_worker"), people.alias("people"),
        (people if undated else Value(0)).alias("undated"),
    )  # fmt: skip
    return query.join(key, on=(change.count_key == key.id)).where(*held)


def _number(day: dt.date) -> int:
    """A day as ``PastChange.day`` has it."""
    return 100 * day.month + day.day


def _each(conditions: list[Any], by: int, traits: bool) -> Any:
    """Events as counts of one each, added or taken off."""
    event = MembershipEvent
    undated = (sql.as_number(event.date.is_null()) * by).alias("undated")
    if not traits:
        open_ = (Value(None).alias("occupation_group"), Value(None).alias("migrant_worker"))
        return event.select(event.union, *open_, Value(by).alias("people"), undated).where(*conditions)
    picked = event.select(event.union, event.worker, undated).where(*conditions)
    # people are looked up in the order in which they lie in the register
    events = sql.in_order_first(picked.order_by(sql.unindexed(event.worker))).alias("events")
    worker = sql.looked_up_in(Worker, TRAITS)
    chosen = (events.c.union, worker.occupation_group, worker.migrant_worker, Value(by).alias("people"), events.c.undated)
    return events.select_from(*chosen).join(worker, on=(events.c.worker == worker.uid))
