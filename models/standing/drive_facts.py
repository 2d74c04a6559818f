"""What the drive's list is made of: for each employer its count, the union that covers it, its case; now or as of a day.

History is derived from the facts' own dates. What carries no date counts from the day the register learned of it.
"""

import datetime as dt
from typing import Any

from peewee import JOIN, fn

from models.engine.rows import values_of
from models.law.stages import OFF
from models.records.drive_case import CaseStep, DriveCase
from models.records.employer import Coverage, Employer
from models.records.union import Union
from models.standing import as_of as held
from models.standing.counts import newest
from models.uid import day_of, last_of
from models.values import codes


def facts(day: dt.date | None = None, employer: str = "") -> list[dict[str, Any]]:
    """One dict per employer: its own facts, count, union, case; ``active``, ``joint`` and ``left_out``.

    ``left_out``: why it cannot be on the list, "public", "gone", or "taken_off" by a person; "" for none.
    ``day``: as it stood then; None is now: what is planned is told too, and no fact holds that is dated after today.
    ``employer``: only that one (uid).
    """
    today = dt.date.today()
    rows = _read(day or today, employer)
    if day is None:
        return _told(rows, today, {}, planned=True)
    return [row for row in _told(rows, day, _stages(), planned=False) if _existed(row, day)]


def on_day(day: dt.date) -> list[dict[str, Any]]:
    """The same of every employer that was there on ``day``: what the lists and the numbers of that day count.

    As of today what is planned is told too; who is founded in the future is not there yet, and no case has moved then.
    """
    planned = day == dt.date.today()
    rows = _told(_read(day), day, _stages(moved_after=day if planned else None), planned)
    return [row for row in rows if _existed(row, day, planned)]


def _read(day: dt.date, employer: str = "") -> list[dict[str, Any]]:
    query = _query(day)
    return list(values_of(query.where(Employer.uid == employer) if employer else query))


def _told(
    rows: list[dict[str, Any]], day: dt.date, stages: dict[str, list[tuple[str, str]]], planned: bool
) -> list[dict[str, Any]]:
    """The rows of the query as of the day. ``planned``: the cases are told as they are, but for those with ``stages``."""
    found: dict[str, dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: row["covered_since"] or ""):
        found[row["uid"]] = row
    for row in found.values():
        if row["non_public"] is None:
            row["non_public"] = codes.non_public_by_nature(row["nature"]) if row["nature"] else None
        _not_yet(row, day)
        _bring_back(row, day, stages, planned)
        row["active"] = row["union_uid"] is not None and bool(row["active"])
        row["joint"] = codes.is_joint(row["union_type"]) if row["union_type"] else (row["covered"] or 0) > 1
        row["left_out"] = _left_out(row)
    return list(found.values())


def _query(day: dt.date) -> Any:
    counts = newest(until=day.isoformat()).alias("counts")
    cover, union = Coverage.alias(), Union.alias()
    open_one, open_too = held.covering(day), held.covering(day, cover)
    active = held.in_being(day, union)
    others = cover.select(fn.COUNT(cover.id)).where((cover.union == Coverage.union) & open_too)
    return (
        Employer.select(
            Employer.uid, Employer.name, Employer.credit_code, Employer.region, Employer.nature, Employer.non_public,
            Employer.operating, Employer.closed_on, Employer.founding_date, counts.c.value.alias("staff_count"),
            counts.c.as_of, counts.c.source, counts.c.approximate, counts.c.upper.alias("staff_upper"), Coverage.since.alias(
            "covered_since"),
            union.uid.alias("union_uid"), union.name.alias("union"), union.union_type.alias("union_type"),
            active.alias("active"), others.alias("covered"), DriveCase.uid.alias("drive_case"), DriveCase.stage,
            DriveCase.attitude, DriveCase.organizer, DriveCase.next_action, DriveCase.next_action_date,
            DriveCase.opened_on.alias("opened_on"),
            DriveCase.closed_on.alias("case_closed_on"), DriveCase.closed_because,
        )
        .join(counts, JOIN.LEFT_OUTER, on=(counts.c.subject == Employer.uid))
        .switch(Employer)
        .join(Coverage, JOIN.LEFT_OUTER, on=((Coverage.employer == Employer.uid) & open_one))
        .join(union, JOIN.LEFT_OUTER, on=(Coverage.union == union.uid))
        .switch(Employer)
        .join(DriveCase, JOIN.LEFT_OUTER, on=(DriveCase.employer == Employer.uid))
        .order_by(Employer.id)
    )  # fmt: skip


def _existed(row: dict[str, Any], day: dt.date, now: bool = False) -> bool:
    """An employer is looked at from its founding, its first count, or the day the register learned of it."""
    if row["founding_date"]:
        return bool(_whole(row["founding_date"]) <= day.isoformat())
    return now or row["staff_count"] is not None or row["uid"] <= last_of(day)


def _bring_back(row: dict[str, Any], day: dt.date, stages: dict[str, list[tuple[str, str]]], planned: bool) -> None:
    """Bring what the query could not ask for back to the day: the case's stage, and what was planned."""
    case = row["drive_case"]
    if case in stages:
        known = [stage for date, stage in stages[case] if date <= day.isoformat()]
        row["stage"] = known[-1] if known else None
    elif case and not planned and case > last_of(day):
        row["stage"] = None
    if not planned:
        row["next_action"] = row["next_action_date"] = None  # what was planned then is not kept


def _not_yet(row: dict[str, Any], day: dt.date) -> None:
    """Take back the closing of a unit or of a case that is dated after the day."""
    if row["closed_on"] and _whole(row["closed_on"]) > day.isoformat():
        row["closed_on"], row["operating"] = None, 1
    if row["case_closed_on"] and _whole(row["case_closed_on"]) > day.isoformat():
        row["case_closed_on"] = row["closed_because"] = None


def _whole(day: str) -> str:
    return (day + "-01-01")[:10]


def _stages(moved_after: dt.date | None = None) -> dict[str, list[tuple[str, str]]]:
    """The stages that each case has been in: (whole day, stage), in the order in which they were entered.

    ``moved_after``: only of cases that have a step dated after that day.
    """
    steps = CaseStep.select(CaseStep.drive_case, CaseStep.date, CaseStep.uid, CaseStep.stage)
    steps = steps.where(CaseStep.skipped.is_null() | (CaseStep.skipped == 0)).order_by(CaseStep.uid)
    if moved_after is not None:
        later = CaseStep.alias()
        steps = steps.where(CaseStep.drive_case.in_(later.select(later.drive_case).where(later.date > moved_after.isoformat())))
    found: dict[str, list[tuple[str, str]]] = {}
    rows: list[tuple[str, str | None, str, str]] = list(steps.tuples())  # type: ignore[arg-type]  # the stubs keep the model
    for case, date, uid, stage in rows:
        found.setdefault(case, []).append((_whole(date) if date else day_of(uid), stage))
    return found


def _left_out(row: dict[str, Any]) -> str:
    if row["non_public"] == 0:
        return "public"
    if row["operating"] == 0 or (row["closed_on"] and row["operating"] != 1):
        return "gone"
    return "taken_off" if row["case_closed_on"] and row["stage"] == OFF else ""
