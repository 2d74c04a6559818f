"""What a union that covers several employers has: the sums over those it covers on a day, whatever it declares itself."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from peewee import fn

from models.engine import database
from models.records.employer import Coverage, Employer
from models.records.headcount import COUNTS, HeadCount
from models.records.union import Union
from models.standing.as_of import covering
from models.standing.counts import newest, newest_counts
from models.values import codes
from models.values.name_order import place_of


@dataclass(frozen=True)
class CoveredCounts:
    """The employers (name by uid, in the order of their names) of a union; what each count adds up to over those that have it.

    ``joint``: by its type, or because there are several of them.
    """

    joint: bool
    employers: dict[str, str]
    sums: dict[str, int] = field(default_factory=dict)
    counted: dict[str, int] = field(default_factory=dict)


def covered_counts(unions: Iterable[str], day: dt.date) -> dict[str, CoveredCounts]:
    """For each of these unions (uids) that covers anybody on ``day``, or is joint by its type."""
    uids = list(unions)
    types = dict(database.fetch_in(Union, "uid", uids, ("uid", "union_type")))
    held: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for part in _parts(uids):
        query: Any = Coverage.select(Coverage.union, Employer.uid, Employer.name)
        query = query.join(Employer, on=(Coverage.employer == Employer.uid)).where(Coverage.union.in_(part), covering(day))
        for union, employer, name in query.tuples():
            held[union][employer] = name
    counts = newest_counts({uid for each in held.values() for uid in each})
    found = {}
    for uid in uids:
        joint = codes.is_joint(types.get(uid)) or len(held[uid]) > 1
        if joint or held[uid]:
            found[uid] = _added(joint, dict(sorted(held[uid].items(), key=lambda each: place_of(each[1]))), counts)
    return found


def _added(joint: bool, employers: dict[str, str], counts: dict[str, dict[str, Any]]) -> CoveredCounts:
    sums, counted = dict[str, int](), dict[str, int]()
    for uid in employers:
        for name in COUNTS:
            value = counts.get(uid, {}).get(name)
            if value is not None:
                sums[name] = sums.get(name, 0) + value
                counted[name] = counted.get(name, 0) + 1
    return CoveredCounts(joint, employers, sums, counted)


def _parts(uids: list[str]) -> Iterable[list[str]]:
    return (uids[start : start + database.CHUNK] for start in range(0, len(uids), database.CHUNK))


def members_of_employers(day: dt.date) -> Any:
    """A query of (union, members): what the employers that each union covers on ``day`` declared as members, added up."""
    counts = newest(HeadCount.member_count, day.isoformat()).alias("of_employers")
    query = Coverage.select(Coverage.union, fn.SUM(counts.c.value).alias("members"))
    query = query.join(counts, on=(counts.c.subject == Coverage.employer)).where(covering(day))
    return query.group_by(Coverage.union)
