"""The visit and call list (走访和电话清单): whom to see or call, where they are, and what was said last, by town."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.drive.case_list import days_overdue, due, newest_contacts, open_cases
from models.drive.list import BUILT
from models.drive.list import listed as on_list
from models.engine import database
from models.records.employer import Employer
from models.standing.counts import newest_counts
from models.standing.standing import Standing
from models.values.days import first_day
from models.values.name_order import place_of
from models.values.region_index import RegionIndex

_ADDRESS = ("name", "region", "address", "contact", "phone")


@dataclass(frozen=True, slots=True)
class Visit:
    """An employer to be seen or called. ``place``: the town (uid), else the district it lies in, None without a region.

    ``task`` and ``date``: what to do next and when, None where nothing is planned; ``overdue`` in days. ``last``: the newest
    contact by its fields, None without one.
    """

    employer: str
    name: str
    place: str | None
    address: str | None
    contact: str | None
    phone: str | None
    staff_count: int | None
    staff_upper: int | None
    approximate: bool
    stage: str | None
    attitude: str | None
    organizer: str | None
    task: str | None
    date: str | None
    overdue: int
    last: Mapping[str, Any] | None


def visits(
    today: dt.date, index: RegionIndex, days: int = 7, organizer: str | None = None, region: str | None = None,
    stage: str | None = None, everything: bool = False,
) -> list[Visit]:  # fmt: skip
    """Whom to see or call within ``days`` from today: by town in the order of the regions, in a town the overdue first.

    ``everything``: all open cases on the drive's list, also those for which nothing is planned by then, or ever; they come
    after the others. Nobody needs to be won there where a union is said to be founded, nor where the list has nobody any
    more: without an appointment these are listed only with their ``stage``. ``organizer``: only one's own; ``region``: a
    uid; ``stage``: only cases at this stage.
    """
    below = index.below(region) if region else None
    pressing = {each.drive_case: each for each in due(today, index, days, organizer, region)}
    listed = frozenset(row["uid"] for row in on_list(Standing(dt.date.today(), index))) if everything else frozenset[str]()
    cases = [
        case
        for case in open_cases()
        if (case["uid"] in pressing or (everything and (stage or _to_be_won(case, listed))))
        and (organizer is None or case["organizer"] == organizer)
        and (stage is None or case["stage"] == stage)
    ]
    uids = [case["employer"] for case in cases]
    held = {row[0]: dict(zip(_ADDRESS, row[1:], strict=True)) for row in _employers(uids)}
    counts, contacts = newest_counts(uids), newest_contacts(case["uid"] for case in cases)
    found = []
    for case in cases:
        employer, count, planned = held[case["employer"]], counts.get(case["employer"], {}), pressing.get(case["uid"])
        if below is not None and employer["region"] not in below:
            continue
        date = planned.date if planned else case["next_action_date"]
        found.append(
            Visit(
                case["employer"], employer["name"], _place(employer["region"], index), employer["address"],
                employer["contact"], employer["phone"], count.get("staff_count"), count.get("staff_count_upper"),
                bool(count.get("approximate")),
                case["stage"], case["attitude"], case["organizer"], planned.task if planned else case["next_action"],
                date, days_overdue(date, today), contacts.get(case["uid"]),
            )
        )  # fmt: skip
    order: dict[str | None, int] = {uid: number for number, uid in enumerate(index.entries)}
    return sorted(found, key=lambda each: (order.get(each.place, len(order)), _when(each.date), place_of(each.name)))


def _to_be_won(case: Mapping[str, Any], listed: frozenset[str]) -> bool:
    return case["stage"] not in BUILT and case["employer"] in listed


def _employers(uids: list[str]) -> list[tuple[Any, ...]]:
    return list(database.fetch_in(Employer, "uid", uids, ("uid", *_ADDRESS)))


def _place(region: str | None, index: RegionIndex) -> str | None:
    return (index.town_of(region) or index.district_of(region)) if region else None


def _when(date: str | None) -> dt.date:
    return first_day(date) if date else dt.date.max
