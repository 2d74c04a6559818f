"""The counts that triggers keep against the membership events themselves, and the course of a year against its months."""

import datetime as dt
from typing import Any

from peewee import fn

from models.engine import database
from models.figures.counts import count
from models.figures.facts import Period, Scope
from models.figures.year_course import course
from models.journal.writer import Author
from models.records.membership import MembershipEvent
from models.records.worker import Worker
from models.standing.as_of import MEMBER_EVENTS, RETAINED_EVENTS, holding
from models.standing.held_counts import held_on
from tests.figures.made_register import fill

DAYS = (dt.date(2020, 2, 29), dt.date(2024, 6, 30), dt.date(2025, 11, 6), dt.date(2026, 6, 30))


def kept(day: dt.date, types: tuple[str, ...]) -> set[tuple[object, ...]]:
    held = held_on(day, types).alias("held")
    keys = (held.c.union, held.c.occupation_group, held.c.migrant_worker)
    sums = (fn.SUM(each) for each in (held.c.people, held.c.women, held.c.undated))
    return {row for row in held.select_from(*keys, *sums).group_by(*keys).tuples() if row[3]}


def counted(day: dt.date, types: tuple[str, ...]) -> set[tuple[object, ...]]:
    event = MembershipEvent
    keys = (event.union, Worker.occupation_group, Worker.migrant_worker)
    sums = (fn.COUNT(event.id), fn.TOTAL(Worker.sex == "女"), fn.TOTAL(event.date.is_null()))
    query = event.select(*keys, *sums).join(Worker, on=(event.worker == Worker.uid))
    rows: Any = query.where(holding(day, types)).group_by(*keys).tuples()
    return set(rows)


def test_what_is_kept_is_what_the_events_say_and_a_year_is_its_months(register: object, author: Author) -> None:
    fill(author, part=50)
    database.db.execute_sql("UPDATE worker SET sex = CASE id % 3 WHEN 0 THEN '女' WHEN 1 THEN '男' END")
    for day in DAYS:
        for types in (MEMBER_EVENTS, RETAINED_EVENTS):
            assert kept(day, types) == counted(day, types)
    assert counted(DAYS[-1], MEMBER_EVENTS)
    starts = [dt.date(2024, month, 1) for month in range(1, 7)]
    ends = [*(start - dt.timedelta(days=1) for start in starts[1:]), DAYS[1]]
    members = [count("new_members", Scope(), Period(starts[0], end)).part for end in ends]
    unions = [count("new_unions", Scope(), Period(*span)).part for span in zip(starts, ends, strict=True)]
    found = course(2024, DAYS[1]).months
    assert [(each.members, each.unions) for each in found] == list(zip(members, unions, strict=True))
