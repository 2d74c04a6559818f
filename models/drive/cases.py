"""Cases that open and close by themselves: one for every employer on the drive's list, closed when it leaves the list.

:func:`follow` follows every write that may have changed the list: an import, an undo, a merge, a head count or a coverage
written by hand, another threshold (``models/journal/followers.py``). :func:`reconcile` reads the list once and writes only
where something changed.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from models.drive.list import group_of
from models.drive.moves import change, steps_of, turned_on, write_move, write_reopening
from models.engine import database, sql
from models.engine.record import Values
from models.journal import followers
from models.journal.followers import Follower, When
from models.journal.here import Here
from models.journal.log import Batch
from models.journal.named import uid_for
from models.journal.writer import Author, Writer, batch, last_number, number_of
from models.language import _
from models.law import stages
from models.records.catalogue import stored_names
from models.records.drive_case import CaseStep, DriveCase
from models.records.employer import Coverage
from models.records.headcount import HeadCount
from models.standing.standing import Standing
from models.values.region_index import RegionIndex


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case that opened, closed or opened again: the employer, its people, and why a closed one was closed."""

    drive_case: str
    employer: str
    name: str
    region: str
    staff_count: int | None
    reason: str = ""


@dataclass(frozen=True)
class Reconciled:
    """What :func:`reconcile` did; ``batch`` is its number, None when nothing changed."""

    batch: int | None = None
    opened: list[CaseChange] = field(default_factory=list)
    closed: list[CaseChange] = field(default_factory=list)
    reopened: list[CaseChange] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What a person is told, "" when nothing changed."""
        parts = []
        if self.opened:
            parts.append(_("新增 {count} 家").format(count=len(self.opened)))
        if self.reopened:
            parts.append(_("重新列入 {count} 家").format(count=len(self.reopened)))
        if self.closed:
            parts.append(_("结案 {count} 家").format(count=len(self.closed)))
        return _("建会台账：{changes}").format(changes=_("，").join(parts)) if parts else ""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is to be done with an employer's case: "open", "close", "reopen" or "" for nothing; why, and the fact's day."""

    action: str
    reason: str = ""
    fact: str | None = None


_NOTHING = _Wanted("")


def reconcile(today: dt.date, author: Author, index: RegionIndex) -> Reconciled:
    """Open, close and reopen cases so that they agree with the drive's list, in one batch of kind "cases".

    A case is opened with the day and the count; closed as 已建会, 不足人数, 注销 or 其他 (turned out to be public), on the day
    of the fact where that is known; opened again, by the same rule, when its employer is back on the list. What a person
    closed stays closed, until a newer count calls it back.
    """
    seen, due = last_number(), _due(index)
    if not due:
        return Reconciled()
    found: dict[str, list[CaseChange]] = {"open": [], "close": [], "reopen": []}
    with batch("cases", author) as writer:
        if writer.place != seen:  # somebody else has written in between, perhaps the same
            due = _due(index)
        cases = _cases(row["drive_case"] for row, _wanted in due if row["drive_case"])
        steps = steps_of(cases)
        for row, wanted in due:
            case = cases.get(row["drive_case"])
            uid = _write(writer, row, case, steps.get(row["drive_case"], []), wanted, today)
            place = index.path(row["region"]) if row["region"] else ""
            told = CaseChange(uid, row["uid"], row["name"], place, row["staff_count"], wanted.reason)
            found[wanted.action].append(told)
    return Reconciled(number_of(writer), found["open"], found["close"], found["reopen"])


def _due(index: RegionIndex) -> list[tuple[dict[str, Any], _Wanted]]:
    """The employers of which a case is to be opened, closed or reopened, each with what is to be done and why."""
    standing = Standing(dt.date.today(), index)
    threshold, rows = int(standing.setting("threshold")), standing.employers
    recounted, lost = _recounted(rows), _lost(rows)
    return [(row, wanted) for row in rows if (wanted := _wanted(row, threshold, recounted, lost)).action]


def taken_back() -> bool:
    """True when the last thing that happened is that a person undid what :func:`reconcile` had done.

    :func:`follow` leaves it be then: it would only do again what the person did not want.
    """
    newest = Batch.select().order_by(Batch.id.desc()).first()
    if newest is None or not newest.undoes:
        return False
    return bool(Batch.select().where(Batch.uid == newest.undoes, Batch.kind == "cases").exists())


def follow(here: Here) -> Reconciled:
    """Bring the cases in line, unless a person has just taken that back."""
    return Reconciled() if taken_back() else reconcile(here.today, here.author, here.index)


#: The kinds of record whose change may bring an employer onto the list or take it off.
DECIDES = frozenset({"employer", "head_count", "coverage", "union", "setting"})
followers.add(Follower("cases", DECIDES, follow, When.AFTERWARDS))


def _wanted(row: dict[str, Any], threshold: int, recounted: set[str], lost: dict[str, str]) -> _Wanted:
    listed = row["left_out"] in ("", "taken_off") and group_of(row, threshold) == "on_list"
    if row["case_closed_on"]:
        # what a person closed as deregistered is listed only after somebody wrote that it operates again
        by_hand = row["stage"] == stages.OFF and row["closed_because"] != "注销"
        back = listed and (not by_hand or row["uid"] in recounted)
        return _Wanted("reopen", fact=lost.get(row["uid"])) if back else _NOTHING
    if listed:
        return _NOTHING if row["opened_on"] else _Wanted("open")
    if not row["opened_on"]:
        return _NOTHING
    reason = _reason(row, threshold)
    return _Wanted("close", reason, _day_of_fact(row, reason)) if reason else _NOTHING


def _reason(row: dict[str, Any], threshold: int) -> str:
    """Why an open case ends; "" while nothing is known against it (a count that went missing says nothing)."""
    if row["left_out"] == "gone":
        return "注销"
    if row["left_out"] == "public":
        return "其他"
    if row["active"]:
        return stages.BUILT
    return "不足人数" if group_of(row, threshold) == "below" else ""


def _recounted(rows: Iterable[dict[str, Any]]) -> set[str]:
    """Employers whose case a person closed for want of people, and whose people were counted anew since."""
    cases = {
        row["drive_case"]: row["uid"]
        for row in rows
        if row["case_closed_on"] and row["stage"] == stages.OFF and row["closed_because"] == "不足人数"
    }
    # the step was made when the case was closed, whatever the day of the closing: uids are in the order of their making
    closed = {cases[case]: made[-1]["uid"] for case, made in steps_of(cases).items() if made}
    counts = database.fetch_in(HeadCount, "subject", closed, ("subject", "uid", "staff_count"))
    return {subject for subject, uid, staff in counts if staff is not None and uid > closed[subject]}


def _lost(rows: Iterable[dict[str, Any]]) -> dict[str, str]:
    """When employers whose case is closed as built were covered no longer, by their uid; those of whom it is known."""
    built = [row["uid"] for row in rows if row["closed_because"] == stages.BUILT and not row["active"]]
    found: dict[str, str] = {}
    for employer, until in database.fetch_in(Coverage, "employer", built, ("employer", "until")):
        if until is not None:
            found[employer] = max(until, found.get(employer, ""))
    return found


def _cases(uids: Iterable[str]) -> dict[str, Values]:
    names = ("uid", *stored_names(DriveCase))
    return {row[0]: dict(zip(names, row, strict=True)) for row in database.fetch_in(DriveCase, "uid", uids, names)}


def _write(
    writer: Writer, row: dict[str, Any], case: Values | None, steps: list[Values], wanted: _Wanted, today: dt.date
) -> str:
    day = today.isoformat()
    opening = {"opened_on": day, "opened_with": row["staff_count"]}
    if case is None:
        uid = uid_for(row["uid"], "drive_case")
        first = {"uid": uid_for(uid, "case_step"), "drive_case": uid, "stage": stages.FIRST, "date": day}
        values = {"uid": uid, "employer": row["uid"], "stage": stages.FIRST, **opening}
        writer.create(DriveCase, values, [(CaseStep, first)])
        return uid
    turned = turned_on(case, steps, wanted.fact, day)
    if wanted.action == "open":
        change(writer, case, opening | ({} if case["stage"] else {"stage": stages.FIRST}))
    elif wanted.action == "reopen":
        write_reopening(writer, case, steps, turned)
        if not case["opened_on"]:
            change(writer, case, opening)
    else:
        if wanted.reason == stages.BUILT and case["stage"] not in (stages.BUILT, stages.ORDERLY):
            write_move(writer, case, steps, stages.BUILT, turned)
        change(writer, case, {"closed_on": turned, "closed_because": wanted.reason})
    return str(case["uid"])


def _day_of_fact(row: dict[str, Any], reason: str) -> str | None:
    """When what ends a case came to be: the coverage, the unit's closing, the count below the line; None where unknown."""
    names = {stages.BUILT: "covered_since", "注销": "closed_on", "不足人数": "as_of"}
    return row[names[reason]] if reason in names else None


def opened_in_month(day: dt.date) -> list[str]:
    """The cases (uids) that were opened in the month of ``day``: 本月新增."""
    month = sql.begins(DriveCase.opened_on, f"{day:%Y-%m}")
    return [row.uid for row in DriveCase.select(DriveCase.uid).where(month).order_by(DriveCase.id)]
