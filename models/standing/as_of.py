"""What held on a day, as conditions of queries: unions in being, open coverages, memberships.

A month or a year counts from its first day; what carries no date counts from the day on which the register learned of it.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from peewee import OP, Expression

from models.engine import sql
from models.records.employer import Coverage
from models.records.membership import MembershipEvent
from models.records.union import Union
from models.standing.counts import first_day
from models.uid import last_of

#: Events after which a person is on a union's books.
MEMBER_EVENTS = ("入会", "转入")
#: Events after which a person's membership is kept at a union.
RETAINED_EVENTS = ("保留",)


def begun(record: Any, field: Any, day: dt.date) -> Any:
    """That the fact dated by ``field`` of ``record`` (a class or its alias) had begun on ``day``."""
    undated = field.is_null() & (record.uid <= last_of(day))
    return undated | (first_day(field) <= day.isoformat())


def in_being(day: dt.date, union: Any = Union) -> Any:
    """That a union was founded by ``day``, not dissolved by then, and is no mere mention in another list.

    The day of its dissolution says more than its state, which knows only how things are now.
    """
    working = union.dissolved_on.is_null() & (union.state.is_null() | (union.state == "正常"))
    kept = working | (first_day(union.dissolved_on) > day.isoformat())
    confirmed = union.verified.is_null() | (union.verified != 0)
    return begun(union, union.founding_date, day) & kept & confirmed


def dissolved(day: dt.date, union: Any = Union) -> Any:
    """That a union was no more on ``day``; one whose dissolution carries no date is no more since the register knows it."""
    return (first_day(union.dissolved_on) <= day.isoformat()) | (union.dissolved_on.is_null() & (union.state == "撤销"))


def covering(day: dt.date, coverage: Any = Coverage) -> Any:
    """That a coverage was open on ``day``."""
    lasts = coverage.until.is_null() | (first_day(coverage.until) > day.isoformat())
    return begun(coverage, coverage.since, day) & lasts


def holding(day: dt.date, types: Iterable[str] = MEMBER_EVENTS, event: Any = MembershipEvent) -> Any:
    """That a membership event of one of ``types`` at a union decided the person's state on ``day``."""
    lasts = event.ended.is_null() | (event.ended > day.isoformat())
    begins = sql.unindexed(event.effective) <= day.isoformat()
    at_union = Expression(sql.unindexed(event.union), OP.IS_NOT, None)
    return event.type.in_(list(types)) & at_union & begins & lasts
