"""How many people are on the books of each union on a day, without looking at each of them.

A table beside the workers counts them as they stand now; triggers keep it (``migrations/0004_counts.py``), so that it changes
with every worker in the same transaction. For an earlier day, whoever had a membership event since is counted anew.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from peewee import OP, CompositeKey, Expression, IntegerField, Model, TextField, Value, fn

from models.engine import database, sql
from models.records.membership import STATE_AFTER, MembershipEvent
from models.records.worker import Worker
from models.standing.as_of import MEMBER_EVENTS, holding

#: Events that are looked up one by one in the time in which a million are read.
_MANY = 20_000


class HeldCount(Model):
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

        database = database.db
        legacy_table_names = False
        primary_key = CompositeKey("union", "state", "occupation_group", "migrant_worker")


def much_changed_since(day: dt.date) -> bool:
    """True when so many membership events begin after ``day`` that looking each up takes longer than reading them all."""
    later = MembershipEvent.select(MembershipEvent.id).where(MembershipEvent.effective > day.isoformat())
    return bool(later.order_by(MembershipEvent.effective).offset(_MANY).limit(1).tuples())


def held_on(day: dt.date, types: Iterable[str] = MEMBER_EVENTS) -> Any:
    """A query of (union, occupation_group, migrant_worker, people, women, undated) to be summed: who was held on ``day``.

    The same memberships as ``as_of.holding(day, types)`` holds. Some of the counts are negative: what has changed since is
    taken off before what was so on the day is put on.
    """
    types = list(types)
    states = sorted({STATE_AFTER[each] for each in types})
    changed = MembershipEvent.select(MembershipEvent.worker).where(MembershipEvent.effective > day.isoformat())
    now = HeldCount.select(
        HeldCount.union, fn.NULLIF(HeldCount.occupation_group, "").alias("occupation_group"),
        fn.NULLIF(HeldCount.migrant_worker, -1).alias("migrant_worker"), HeldCount.people, HeldCount.women, HeldCount.undated,
    ).where(HeldCount.state.in_(states))  # fmt: skip
    changed_since = _each(Worker.union, Worker.change_date, -1).where(
        Worker.uid.in_(changed), Expression(sql.unindexed(Worker.membership_state), OP.IN, states), Worker.union.is_null(False)
    )
    event = MembershipEvent.alias("event")
    then = _each(event.union, event.date, 1).join(event, on=(event.worker == Worker.uid))
    return now.union_all(changed_since).union_all(then.where(event.worker.in_(changed), holding(day, types, event)))


def _each(union: Any, date: Any, by: int) -> Any:
    """Workers as counts of one each, added or taken off."""
    women = fn.COALESCE(sql.as_number(Worker.sex == "女"), 0) * by
    undated = fn.COALESCE(sql.as_number(date.is_null()), 0) * by
    return Worker.select(union, Worker.occupation_group, Worker.migrant_worker, Value(by), women, undated)
