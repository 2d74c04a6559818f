"""The newest head count of each employer and union, and how days of different precision compare."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from peewee import fn

from models.engine import database
from models.records.headcount import COUNTS, HeadCount
from models.uid import last_of


def first_day(day: Any) -> Any:
    """A stored day as the SQL text of a whole day: a month or a year counts from its first day."""
    return fn.SUBSTR(day.concat("-01-01"), 1, 10)


def newest(
    field: Any = HeadCount.staff_count, until: str | None = None, subjects: Iterable[str] | None = None
) -> Any:
    """A query of (subject, value, as_of, source, approximate): for each subject its newest count that knows ``field``.

    The newest by date counts; on equal days, and among undated ones, the one learned later. ``until``: an ISO day, counts
    dated after it are left out, and undated ones that the register learned of later. ``subjects``: only these employers
    and unions (uids).
    """
    order = fn.ROW_NUMBER().over(
        partition_by=[HeadCount.subject],
        order_by=[first_day(fn.COALESCE(HeadCount.as_of, "0000")).desc(), HeadCount.uid.desc()],
    )
    ranked = HeadCount.select(
        HeadCount.subject,
        field.alias("value"),
        HeadCount.as_of,
        HeadCount.source,
        HeadCount.approximate,
        order.alias("place"),
    ).where(field.is_null(False))
    if until is not None:
        learned = HeadCount.as_of.is_null() & (HeadCount.uid <= last_of(dt.date.fromisoformat(until)))
        ranked = ranked.where(learned | (first_day(HeadCount.as_of) <= until))
    if subjects is not None:
        ranked = ranked.where(HeadCount.subject.in_(list(subjects)))
    inner = ranked.alias("ranked")
    columns = [inner.c[name] for name in ("subject", "value", "as_of", "source", "approximate")]
    return inner.select_from(*columns).where(inner.c.place == 1)


def newest_counts(subjects: Iterable[str]) -> dict[str, dict[str, Any]]:
    """For each of these subjects (uids): every count's newest known value, and the newest ``as_of`` and ``source``.

    A count of a day after today is none yet.
    """
    today = dt.date.today().isoformat()
    names = ("subject", "as_of", "source", "approximate", *COUNTS)
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in database.fetch_in(HeadCount, "subject", subjects, ("uid", *names)):
        found.setdefault(row[1], []).append(row)
    result: dict[str, dict[str, Any]] = {}
    for subject, rows in found.items():
        known = [row for row in rows if (row[2] or "") <= today]
        known.sort(key=lambda row: (((row[2] or "0000") + "-01-01")[:10], row[0]))
        merged: dict[str, Any] = {}
        for row in known:
            merged |= {name: value for name, value in zip(names, row[1:], strict=True) if value is not None}
        result[subject] = merged
    return result
