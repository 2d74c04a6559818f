"""This week's list: whom to see, because a next step is due or a promise has run out; and who looks after which case."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from models.drive.moves import case_values, change
from models.engine import database
from models.errors import UserError
from models.journal.typed import typed
from models.journal.writer import Author, batch
from models.language import _
from models.records.catalogue import stored_names
from models.records.drive_case import Contact, DriveCase
from models.records.employer import Employer
from models.values.columns import Plain
from models.values.days import first_day
from models.values.name_order import in_order, place_of
from models.values.region_index import Area, RegionIndex


@dataclass(frozen=True, slots=True)
class DueCase:
    """An employer to be seen: ``date`` is when the next step was planned or the promise ends; ``overdue`` in days."""

    drive_case: str
    employer: str
    name: str
    region: str
    stage: str | None
    attitude: str | None
    organizer: str | None
    why: Literal["action", "promise"]
    task: str
    date: str
    overdue: int
    person_met: str | None
    last_contact: str | None


def due(
    today: dt.date, index: RegionIndex, days: int = 7, organizer: str | None = None, region: Area | None = None
) -> list[DueCase]:
    """Whom to see within ``days`` from today, what is overdue first. ``organizer``: only one's own; ``region``: uids.

    A case is there once: by its next step if that is due, else by a promise that has passed with no contact since.
    """
    below = index.below(region) if region else None
    until = (today + dt.timedelta(days=days)).isoformat()
    cases = [each for each in open_cases() if organizer is None or each["organizer"] == organizer]
    held = {
        row[0]: row[1:]
        for row in database.fetch_in(Employer, "uid", (each["employer"] for each in cases), ("uid", "name", "region"))
    }
    contacts = newest_contacts(each["uid"] for each in cases)
    found = []
    for case in cases:
        name, place = held[case["employer"]]
        last = contacts.get(case["uid"])
        told = _why(case, last, today, until)
        if told is not None and (below is None or place in below):
            why, task, date = told
            found.append(
                DueCase(
                    case["uid"], case["employer"], name, index.path(place) if place else "", case["stage"],
                    case["attitude"], case["organizer"], why, task, date, max(0, (today - first_day(date)).days),
                    last["person_met"] if last else None, last["date"] if last else None,
                )
            )  # fmt: skip
    return sorted(found, key=lambda each: (first_day(each.date), place_of(each.region), place_of(each.name)))


def open_cases() -> list[dict[str, Any]]:
    """Every case that is not closed, by its fields and ``uid``."""
    names = ("uid", *stored_names(DriveCase))
    query = DriveCase.select(*(getattr(DriveCase, name) for name in names)).where(DriveCase.closed_on.is_null())
    return list(query.dicts())  # type: ignore[arg-type]  # the stubs keep the model's type


def newest_contacts(cases: Iterable[str]) -> dict[str, dict[str, Any]]:
    """The newest contact of each of these cases (uids), by the case."""
    names = ("uid", "drive_case", "date", "promise_date", "person_met", "way", "attitude", "outcome")
    found: dict[str, dict[str, Any]] = {}
    for row in database.fetch_in(Contact, "drive_case", cases, names):
        contact = dict(zip(names, row, strict=True))
        known = found.get(contact["drive_case"])
        if known is None or (known["date"] or "", known["uid"]) < (contact["date"] or "", contact["uid"]):
            found[contact["drive_case"]] = contact
    return found


def _why(
    case: dict[str, Any], last: dict[str, Any] | None, today: dt.date, until: str
) -> tuple[Literal["action", "promise"], str, str] | None:
    planned = case["next_action_date"]
    if planned and first_day(planned).isoformat() <= until:
        return "action", case["next_action"] or _("联系单位"), str(planned)
    promised = last["promise_date"] if last else None
    if promised and first_day(promised) < today:
        return (
            "promise",
            _("承诺的日期已过：{outcome}").format(outcome=(last or {})["outcome"] or _("没有写明内容")),
            str(promised),
        )
    return None


def days_overdue(planned: str | None, today: dt.date) -> int:
    """By how many days a planned date has passed; 0 without one, and until it has. A month counts from its first day."""
    return max(0, (today - first_day(planned)).days) if planned else 0


def assign(case_uids: Iterable[str], organizer: str | None, author: Author) -> int:
    """Give cases to an organizer (None: to nobody) in one batch; returns how many changed. UserError if one is not there."""
    return plan_cases(case_uids, {"organizer": organizer}, author)


def plan_cases(case_uids: Iterable[str], given: Mapping[str, Plain], author: Author) -> int:
    """Plan the same (by PLAN_FIELDS) for several cases in one batch; returns how many changed.

    UserError when one of them is not there, for another field and for a value that cannot be read.
    """
    wanted = typed(DriveCase, given, PLAN_FIELDS)
    uids = list(dict.fromkeys(case_uids))
    names = ("uid", *stored_names(DriveCase))
    cases = [dict(zip(names, row, strict=True)) for row in database.fetch_in(DriveCase, "uid", uids, names)]
    if len(cases) < len(uids):
        raise UserError(_("有的建会台账已经不在登记册里。请刷新后重新选择。"))
    changing = [each for each in cases if any(each[name] != value for name, value in wanted.items())]
    with batch("case", author, {"planned": len(changing)}) as writer:
        for case in changing:
            change(writer, case, wanted)
    return len(changing)


#: What a person decides about a case at any time, without a contact.
PLAN_FIELDS = ("attitude", "organizer", "model", "next_action", "next_action_date", "note")


def plan_case(case_uid: str, given: Mapping[str, Plain], author: Author) -> None:
    """Change what is planned about a case, by PLAN_FIELDS, in one batch.

    UserError when the case is not there, for another field and for a value that cannot be read.
    """
    case = case_values(case_uid)
    values = typed(DriveCase, given, PLAN_FIELDS)
    with batch("case", author, {"case": case_uid}) as writer:
        change(writer, case, values)


def organizers() -> list[str]:
    """Everybody who looks after an open case, by name."""
    known = DriveCase.select(DriveCase.organizer).where(
        DriveCase.closed_on.is_null(), DriveCase.organizer.is_null(False)
    )
    return in_order((row.organizer for row in known.distinct()), str, person=True)


def employers_with_cases() -> list[tuple[str, str]]:
    """The employers (uid, name) that have a case, open or closed, by name."""
    query = Employer.select(Employer.uid, Employer.name).join(DriveCase, on=(DriveCase.employer == Employer.uid))
    return in_order(((row.uid, row.name) for row in query.order_by(Employer.id)), lambda each: each[1])


def regions_of_cases() -> set[str]:
    """The regions (uids) in which employers with a case lie."""
    query = Employer.select(Employer.region).join(DriveCase, on=(DriveCase.employer == Employer.uid))
    return {row.region for row in query.where(Employer.region.is_null(False)).distinct()}
