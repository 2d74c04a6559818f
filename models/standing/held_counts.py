"""How many people are on the books of each union on a day, without looking at each of them.

A table beside the workers counts them as they stand now; triggers keep it (``migrations/0004_counts.py``), so that it changes
with every worker in the same transaction. Other tables have the ends of half-years past and what changed from day to day
(``past_counts.py``). Whatever the tables cannot say yet is counted from the membership events: it comes to the same.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from peewee import OP, CompositeKey, Expression, IntegerField, TextField, Value, fn

from models.engine import database, sql
from models.engine.record import Stored
from models.records.membership import STATE_AFTER, MembershipEvent
from models.records.worker import TRAITS, Worker
from models.standing.as_of import MEMBER_EVENTS, holding
from models.standing.past_counts import CountKey, PastChange, PastCount, PastHalf, PastStale, half_of

#: Events that are looked up one by one while the tables of a half-year are read, and while a million are read.
_FEW, _MANY = 500, 20_000
#: From where a day is counted: from how things are now, from the tables of the past, from nothing.
_NOW, _PAST, _NOTHING = "now", "past", "nothing"
#: From so many months of a half-year on its end is nearer than its beginning.
_LATE = 3


class HeldCount(Stored):
    """People of one union, membership state, occupation group ("" unknown) and answer to migrant worker (-1 unknown).

    ``women`` are those of whom it is known; ``undated`` those whose last membership event carries no date.
    """

    union = TextField()
    state = TextField()
    occupation_group = TextField()
    migrant_worker = IntegerField()
    people = IntegerField()
    women = IntegerField()
    undated = IntegerField()

    class Meta:
        """Where the counts are kept."""

        primary_key = CompositeKey("union", "state", "occupation_group", "migrant_worker")


class _Looks(NamedTuple):
    """What is wanted besides the people: what they are, and which are women."""

    traits: bool
    women: bool


def held_on(day: dt.date, types: Iterable[str] = MEMBER_EVENTS, traits: bool = True, women: bool = True) -> Any:
    """A query of (union, occupation_group, migrant_worker, people, women, undated) to be summed: who was held on ``day``.

    The same memberships as ``as_of.holding(day, types)`` holds. Some of the counts are negative: what changed in between is put
    on or taken off. Without ``traits`` what people are may be left open, without ``women`` who is one.
    """
    types, looks, until = list(types), _Looks(traits, women), day.isoformat()
    event = MembershipEvent
    since = _at_most(event.effective > until, _MANY)
    start = _start(since)
    if start == _PAST:
        marked = event.union.in_(PastStale.select(PastStale.union))
        return _past(day, types).union_all(_each([marked, holding(day, types)], 1, looks))
    if start == _NOTHING:
        return _each([holding(day, types)], 1, looks)
    query = _of_tables(HeldCount, HeldCount).where(HeldCount.state.in_(_states(types)))
    for field, by in ((event.effective, -1), (event.ended, 1)) if since else ():
        query = query.union_all(_each([field > until, *_at_a_union(types)], by, looks))
    return query


def faults() -> Iterator[str]:
    """The unions (uids) whose counts of now are not what the workers say."""
    group, migrant = fn.COALESCE(Worker.occupation_group, ""), fn.COALESCE(Worker.migrant_worker, -1)
    women = fn.COALESCE(fn.SUM(sql.as_number(Worker.sex == "女")), 0)
    keys = (Worker.union, Worker.membership_state, group, migrant)
    undated = fn.SUM(sql.as_number(Worker.change_date.is_null()))
    query = Worker.select(*keys, fn.COUNT(Worker.id), women, undated)
    query = query.where(Worker.union.is_null(False), Worker.membership_state.is_null(False)).group_by(*keys)
    told = set(database.db.execute(query))
    held = set(database.db.execute(HeldCount.select().where(HeldCount.people != 0)))
    yield from sorted({row[0] for row in told ^ held})


def _start(since: int) -> str:
    """From where the fewest events have to be looked at. ``since``: how many there are after the day, at most ``_MANY``."""
    if since < _FEW:
        return _NOW
    marked = _at_most(MembershipEvent.union.in_(PastStale.select(PastStale.union)), since)
    if marked < since:
        return _PAST
    return _NOW if since < _MANY else _NOTHING


def _at_most(condition: Any, most: int) -> int:
    """How many events there are of such, counted no further than ``most``."""
    return MembershipEvent.select(MembershipEvent.id).where(condition).limit(most).count()


def _past(day: dt.date, types: list[str]) -> Any:
    """What the tables of the past say of a day, of all unions that are not marked: the end of a half-year and the changes since.

    In the second part of a half-year it is its own end, and the changes after the day are taken off.
    """
    half, number = half_of(day.year, day.month), 100 * day.month + day.day
    late = (day.month - 1) % 6 >= _LATE
    kept: int | None = PastHalf.select(fn.MAX(PastHalf.half)).where(PastHalf.half < half + late).scalar()
    end, change = kept or 0, PastChange
    if end == half:
        by, between = -1, (change.half == half) & (change.day > number)
    else:
        by, between = 1, change.half.between(end + 1, half) & ((change.half < half) | (change.day <= number))
    ends = _of_tables(CountKey, PastCount).join(CountKey, on=(PastCount.count_key == CountKey.id)).where(PastCount.half == end)
    changes = _of_tables(CountKey, change, by).join(CountKey, on=(change.count_key == CountKey.id)).where(between)
    held = [CountKey.state.in_(_states(types))]
    marked = PastStale.select(PastStale.union)
    if marked.exists():
        held.append(CountKey.union.not_in(marked))
    return ends.where(*held).union_all(changes.where(*held))


def _of_tables(key: Any, counts: Any, by: int = 1) -> Any:
    return counts.select(
        key.union, fn.NULLIF(key.occupation_group, "").alias("occupation_group"),
        fn.NULLIF(key.migrant_worker, -1).alias("migrant_worker"),
        *((each * by if by != 1 else each) for each in (counts.people, counts.women, counts.undated)),
    )  # fmt: skip


def _states(types: list[str]) -> list[str]:
    return sorted({STATE_AFTER[each] for each in types})


def _at_a_union(types: list[str]) -> list[Any]:
    return [MembershipEvent.type.in_(types), Expression(sql.unindexed(MembershipEvent.union), OP.IS_NOT, None)]


def _each(conditions: list[Any], by: int, looks: _Looks) -> Any:
    """Events as counts of one each, added or taken off."""
    event, worker = MembershipEvent, Worker
    undated = sql.as_number(event.date.is_null())
    if not looks.traits and not looks.women:
        return event.select(event.union, *_named(Value(None), Value(None), by, Value(0), undated)).where(*conditions)
    picked = event.select(event.union, event.worker, undated.alias("undated")).where(*conditions)
    if not looks.women:
        worker, picked = sql.looked_up_in(Worker, TRAITS), sql.in_order_first(picked.order_by(sql.unindexed(event.worker)))
    events = picked.alias("events")
    women = fn.COALESCE(sql.as_number(Worker.sex == "女"), 0) if looks.women else Value(0)
    named = _named(worker.occupation_group, worker.migrant_worker, by, women, events.c.undated)
    return events.select_from(events.c.union, *named).join(worker, on=(events.c.worker == worker.uid))


def _named(group: Any, migrant: Any, by: int, women: Any, undated: Any) -> tuple[Any, ...]:
    return (
        group.alias("occupation_group"), migrant.alias("migrant_worker"), Value(by).alias("people"), (women * by).alias("women"),
        (undated * by).alias("undated"),
    )  # fmt: skip
