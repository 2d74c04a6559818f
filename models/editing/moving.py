"""Membership events entered by hand, for one person or for many at once: join, transfer, retain, leave.

A transfer is two events of one day, 转出 at the old union and 转入 at the new one: a person has one membership at a time,
and it moves with the job (会籍管理办法 2016, article 3).
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from models.engine import database
from models.engine.record import Values
from models.errors import UserError
from models.journal.stored import stored
from models.journal.typed import happened
from models.journal.writer import Author, Writer, batch, number_of
from models.language import _
from models.records.membership import DECEASED, HOLDING, Event, MembershipEvent, is_death
from models.records.union import Union
from models.records.worker import Worker
from models.uid import new_uid
from models.values import codes
from models.values.kinds import Day

#: Events that put a person on a union's books, and those that only somebody on its books can have.
TAKING_IN, LEAVING = ("入会", "转入"), ("保留", "转出", "退会", "除名")
#: What a person chooses from: the types, and a death, which is kept as a leaving (see ``models/records/membership.py``).
ENTERED = (*codes.CHANGE_TYPE.labels, DECEASED)


@dataclass(frozen=True)
class Moved:
    """What came of entering an event for people: the batch's number (None when nobody was moved), how many, and the others.

    ``left`` says of each person (uid) who was left alone why.
    """

    batch: int | None
    moved: int
    left: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToldEvent:
    """A membership event as it is shown: ``date`` as ISO text cut to its precision, or None; a death under its own name."""

    uid: str
    type: str
    date: str | None
    union: str | None
    union_name: str
    reason: str | None


def events_of(worker: str) -> list[ToldEvent]:
    """The membership events of a person (uid), the one that counts last first."""
    names = ("uid", "type", "date", "union", "reason", "effective")
    rows = list(database.fetch_in(MembershipEvent, "worker", [worker], names))
    unions = dict(database.fetch_in(Union, "uid", [row[3] for row in rows if row[3]], ("uid", "name")))
    rows.sort(key=lambda row: (row[5] or "", row[0]), reverse=True)
    return [_told(row, str(unions.get(row[3]) or "")) for row in rows]


def _told(row: tuple[Any, ...], union_name: str) -> ToldEvent:
    uid, type_, date, union, reason, _day = row
    if is_death(Event(None, type_, None, reason)):
        type_, reason = DECEASED, None
    return ToldEvent(uid, type_, date, union, union_name, reason)


def enter(
    type_: str, workers: Sequence[str], day: str, author: Author, union: str = "", reason: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> Moved:  # fmt: skip
    """Enter an event of one type for people (uids) on a day (as a person writes it, "" for unknown), as one batch.

    ``type_`` is one of :data:`ENTERED`; a death is kept as a leaving for that reason, and may be that of somebody who is
    no member. ``union`` is needed for those who join or come from elsewhere. Whoever cannot have the event is left, and told.
    UserError for an unknown type, a day that cannot be read or lies after today, or a union that is missing.
    """
    date, goal = _read(type_, day, union)
    kept, why_kept = ("退会", DECEASED) if type_ == DECEASED else (type_, reason or None)
    parts = ("uid", "name", "union", "membership_state")
    left: dict[str, str] = {}
    moved = 0
    people = list(database.fetch_in(Worker, "uid", workers, parts))
    with batch("edit", author, {"event": type_, "records": len(people)}) as writer:
        for done, (uid, name, held, state) in enumerate(people):
            if progress is not None:
                progress(done, len(people))
            why = _hindrance(type_, name, held, state, goal)
            if why:
                left[uid] = why
                continue
            moved += 1
            _write(writer, uid, kept, date, held if state in HOLDING else None, goal, why_kept)
    return Moved(number_of(writer), moved, left)


def remove_event(uid: str, author: Author) -> int:
    """Take back one membership event (uid) that was entered wrongly; returns the batch's number. UserError when it is gone."""
    held = stored(MembershipEvent, uid, _("这条会籍变动已经不在了。请刷新后再看。"))
    with batch("edit", author, {"event": uid, "removed": True}) as writer:
        writer.remove([(MembershipEvent, held)])
    number = number_of(writer)
    assert number is not None  # something was removed
    return number


def _read(type_: str, day: str, union: str) -> tuple[str | None, str | None]:
    if type_ not in ENTERED:
        types = _("、").join(_(each) for each in ENTERED)
        raise UserError(_("没有会籍变动“{type}”。可以写的有：{types}。").format(type=type_, types=types))
    parsed = Day().parse(day)
    if parsed.problem is not None:
        raise UserError(_("“会籍变化日期”：{problem}。").format(problem=parsed.problem.text.rstrip("。.")))
    happened(MembershipEvent, "date", parsed.value, dt.date.today())
    if type_ in TAKING_IN:
        if not list(database.fetch_in(Union, "uid", [union], ["uid"])):
            raise UserError(_("请选择转到或加入哪个工会。"))
        return str(parsed.value) if parsed.value else None, union
    return str(parsed.value) if parsed.value else None, None


def _hindrance(type_: str, name: str, held: str | None, state: str | None, goal: str | None) -> str:
    """Why a person cannot have an event, "" when nothing stands against it."""
    holding = state in HOLDING
    if state == DECEASED:
        return _("{name}已经登记去世，登错了请先删去那条变动").format(name=name)
    if type_ in LEAVING and not (holding and held):
        return _("{name}不在任何工会的册上").format(name=name)
    if type_ == "保留" and state == "保留":
        return _("{name}的会籍已经保留").format(name=name)
    if type_ == "入会" and holding and held:
        return _("{name}已经是会员，要换工会请办转会").format(name=name)
    if type_ == "转入" and state == "在册" and held == goal:
        return _("{name}已经在这个工会").format(name=name)
    if type_ == "申请" and state in {*HOLDING, "申请中"}:
        return _("{name}已经是会员或已经申请").format(name=name)
    return ""


def _write(
    writer: Writer, worker: str, type_: str, date: str | None, held: str | None, goal: str | None, reason: str | None
) -> None:
    if type_ == "转入" and held and held != goal:
        writer.create(MembershipEvent, _event(worker, held, "转出", date, reason))
    union = goal if type_ in TAKING_IN else held
    writer.create(MembershipEvent, _event(worker, union, type_, date, reason))


def _event(worker: str, union: str | None, type_: str, date: str | None, reason: str | None) -> Values:
    given = {"worker": worker, "union": union, "type": type_, "date": date, "reason": reason}
    return {"uid": new_uid()} | {name: value for name, value in given.items() if value is not None}
