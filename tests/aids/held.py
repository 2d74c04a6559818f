"""Who was held on a day and who joined, twice: as the program counts it from its tables, and from the events alone."""

import datetime as dt
from typing import Any

from peewee import fn

from models.engine import sql
from models.records.membership import MembershipEvent
from models.records.worker import Worker
from models.standing.as_of import MEMBER_EVENTS, RETAINED_EVENTS, holding
from models.standing.held_counts import held_on
from models.standing.joined_counts import joined_between

#: What is asked of each day.
TYPES = (MEMBER_EVENTS, RETAINED_EVENTS, (*MEMBER_EVENTS, *RETAINED_EVENTS))
Held = set[tuple[Any, ...]]


def kept(day: dt.date, types: tuple[str, ...] = MEMBER_EVENTS) -> Held:
    """(union, group, migrant worker, people, women, undated) as the program counts them."""
    held = held_on(day, types).alias("held")
    keys = (held.c.union, held.c.occupation_group, held.c.migrant_worker)
    sums = (fn.SUM(each) for each in (held.c.people, held.c.women, held.c.undated))
    return {row for row in held.select_from(*keys, *sums).group_by(*keys).tuples() if row[3]}


def counted(day: dt.date, types: tuple[str, ...] = MEMBER_EVENTS) -> Held:
    """The same from the events."""
    event = MembershipEvent
    keys = (event.union, Worker.occupation_group, Worker.migrant_worker)
    women, undated = sql.as_number(Worker.sex == "女"), sql.as_number(event.date.is_null())
    sums = (fn.COUNT(event.id), sql.sum_of(women), sql.sum_of(undated))
    query = event.select(*keys, *sums).join(Worker, on=(event.worker == Worker.uid))
    rows: Any = query.where(holding(day, types)).group_by(*keys).tuples()
    return set(rows)


def lean(day: dt.date, types: tuple[str, ...] = MEMBER_EVENTS, traits: bool = False) -> Held:
    """(union, people, undated), and with ``traits`` (union, group, migrant worker, ...), where nothing else is looked at."""
    held = held_on(day, types, traits=traits, women=False).alias("held")
    keys = (held.c.union, held.c.occupation_group, held.c.migrant_worker) if traits else (held.c.union,)
    query = held.select_from(*keys, fn.SUM(held.c.people), fn.SUM(held.c.undated)).group_by(*keys)
    return {row for row in query.tuples() if row[-2]}


def of_unions(full: Held, traits: bool = False) -> Held:
    """What :func:`lean` has to give, made of the whole."""
    sums: dict[tuple[Any, ...], list[int]] = {}
    for union, group, migrant, people, _women, undated in full:
        held = sums.setdefault((union, group, migrant) if traits else (union,), [0, 0])
        held[0] += people
        held[1] += undated
    return {(*key, *counts) for key, counts in sums.items()}


def joined(first: dt.date, last: dt.date, traits: bool = True, but: list[str] | None = None) -> Held:
    """(union, group, migrant worker, people, undated) of those who joined, both days counted, as the program counts them.

    Without ``traits``: (union, people, undated). ``but``: workers (uids) who are left out.
    """
    query = joined_between(first, last, traits, but or []).alias("joined")
    keys = (query.c.union, query.c.occupation_group, query.c.migrant_worker) if traits else (query.c.union,)
    summed = query.select_from(*keys, fn.SUM(query.c.people), fn.SUM(query.c.undated)).group_by(*keys)
    return {row for row in summed.tuples() if row[-2]}


def joined_by_events(first: dt.date, last: dt.date, traits: bool = True, but: list[str] | None = None) -> Held:
    """The same from the events."""
    event = MembershipEvent
    keys = (event.union, Worker.occupation_group, Worker.migrant_worker) if traits else (event.union,)
    query: Any = event.select(*keys, fn.COUNT(event.id), sql.sum_of(sql.as_number(event.date.is_null())))
    between = event.effective.between(first.isoformat(), last.isoformat())
    query = query.join(Worker, on=(event.worker == Worker.uid)).where(between, event.type == "入会")
    query = query.where(event.union.is_null(False), event.worker.not_in(but or []))
    return set(query.group_by(*keys).tuples())
