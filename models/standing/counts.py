"""Which head count of an employer or a union counts, and how days of different precision compare.

A count with a date comes before one without, the newer before the older; on equal days the source that stands higher in the
register's order of sources (the setting ``count_sources``); between equals the one learned later.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from peewee import Case, fn

from models.engine import database
from models.language import N_, _
from models.records.headcount import COUNTS, UPPER, HeadCount
from models.records.setting import DEFAULTS
from models.uid import last_of
from models.values.taught import taught


def first_day(day: Any) -> Any:
    """A stored day as the SQL text of a whole day: a month or a year counts from its first day."""
    return fn.SUBSTR(day.concat("-01-01"), 1, 10)


def ranks() -> dict[str, int]:
    """The place of each source in the register's order of sources, 0 for the one that is believed first."""
    return {source: place for place, source in enumerate(taught().count_sources or DEFAULTS["count_sources"])}


def rank_of(source: str | None, order: Mapping[str, int]) -> int:
    """The place of a source; one that the order does not name comes after all, a count without a source last."""
    return order.get(source, len(order)) if source else len(order) + 1


def believed(count: Mapping[str, Any], order: Mapping[str, int]) -> tuple[str, int, str]:
    """The key by which counts (with ``as_of``, ``source`` and ``uid``) are sorted: the greatest is the one that counts."""
    return ((count["as_of"] or "0000") + "-01-01")[:10], -rank_of(count["source"], order), count["uid"]


def newest(
    field: Any = HeadCount.staff_count, until: str | None = None, subjects: Iterable[str] | None = None
) -> Any:
    """A query of (subject, value, as_of, source, approximate, upper): for each subject the count of ``field`` that counts.

    ``until``: an ISO day, counts dated after it are left out, and undated ones that the register learned of later.
    ``subjects``: only these employers and unions (uids). ``upper``: the upper end of a range.
    """
    places = ranks()
    named = ((HeadCount.source == source, place) for source, place in places.items())
    nameless = (HeadCount.source.is_null(), len(places) + 1)
    rank = Case(None, (*named, nameless), len(places))
    order = fn.ROW_NUMBER().over(
        partition_by=[HeadCount.subject],
        order_by=[first_day(fn.COALESCE(HeadCount.as_of, "0000")).desc(), rank, HeadCount.uid.desc()],
    )
    ranked = HeadCount.select(
        HeadCount.subject,
        field.alias("value"),
        HeadCount.as_of,
        HeadCount.source,
        HeadCount.approximate,
        getattr(HeadCount, UPPER[field.name]).alias("upper"),
        order.alias("place"),
    ).where(field.is_null(False))
    if until is not None:
        learned = HeadCount.as_of.is_null() & (HeadCount.uid <= last_of(dt.date.fromisoformat(until)))
        ranked = ranked.where(learned | (first_day(HeadCount.as_of) <= until))
    if subjects is not None:
        ranked = ranked.where(HeadCount.subject.in_(list(subjects)))
    inner = ranked.alias("ranked")
    columns = [inner.c[name] for name in ("subject", "value", "as_of", "source", "approximate", "upper")]
    return inner.select_from(*columns).where(inner.c.place == 1)


def newest_counts(subjects: Iterable[str]) -> dict[str, dict[str, Any]]:
    """For each of these subjects (uids): of every count the value that counts, with its upper end where it is a range.

    Beside them the ``as_of`` and ``source`` of the count that is believed first; ``approximate`` is that of the staff, else of
    that one. A count of a day after today is none yet.
    """
    today, order = dt.date.today().isoformat(), ranks()
    names = ("subject", "as_of", "source", "approximate", *COUNTS, *UPPER.values())
    found: dict[str, list[dict[str, Any]]] = {}
    for values in database.fetch_in(HeadCount, "subject", subjects, ("uid", *names)):
        found.setdefault(values[1], []).append(dict(zip(("uid", *names), values, strict=True)))
    result: dict[str, dict[str, Any]] = {}
    for subject, rows in found.items():
        known = sorted((row for row in rows if (row["as_of"] or "") <= today), key=lambda row: believed(row, order))
        result[subject] = merged = dict[str, Any]()
        for row in known:
            merged |= {name: row[name] for name in ("subject", "as_of", "source") if row[name] is not None}
            told = [name for name in COUNTS if row[name] is not None]
            merged |= {each: row[each] for name in told for each in (name, UPPER[name])}
            if row["staff_count"] is not None or merged.get("staff_count") is None:
                merged["approximate"] = row["approximate"]
    return result


def straddles(count: int, upper: int | None, line: int) -> bool:
    """True for a range that begins below a line and ends at it or above: it may be reached, and nobody knows."""
    return upper is not None and count < line <= upper


#: Why a count counts beside the others of its field.
WHY = {
    "only": N_("只有这一个"), "dated": N_("写了日期，别的没有写"), "newer": N_("日期最新"), "source": N_("同一天，来源排在前面"),
    "later": N_("日期和来源都一样，登记得最晚"),
}  # fmt: skip


def why_counts(counts: Sequence[Mapping[str, Any]], order: Mapping[str, int]) -> str:
    """Why the first of these counts of one field, the best believed first, counts: the sentence of WHY."""
    if len(counts) == 1:
        return _(WHY["only"])
    best, next_best = (believed(count, order) for count in counts[:2])
    if best[0] != next_best[0]:
        return _(WHY["dated" if counts[0]["as_of"] and not counts[1]["as_of"] else "newer"])
    return _(WHY["source" if best[1] != next_best[1] else "later"])
