"""Membership (会籍): the events of one person, and the state that follows from them.

A person has at most one membership at a time, and it moves with the job: 会籍管理办法 (2016) article 3.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from peewee import fn

from models import codes, database
from models.columns import declare
from models.kinds import Choice, Day, Reference, Text
from models.record import Record
from models.worker import Worker

#: The state that an event of each type leaves a person in.
STATE_AFTER = {"入会": "在册", "转入": "在册", "保留": "保留", "转出": "转出", "退会": "退会", "除名": "除名"}
#: States in which a person holds a membership at a union.
HOLDING = frozenset({"在册", "保留"})
#: The worker's fields that follow from the events, in the order of :meth:`Standing.values`.
DERIVED = ("union", "membership_state", "join_date", "change_type", "change_date", "change_reason")


class MembershipEvent(Record):
    """One change of a person's membership. Without a union it is a wish to join that no union has taken up yet."""

    worker = declare(Reference("worker"), "职工", references="worker", index=True)
    union = declare(Reference("union"), "工会", references="union", index=True)
    type = declare(Choice(codes.CHANGE_TYPE), "会籍变化类型")
    date = declare(Day(), "会籍变化日期")
    reason = declare(Text(), "会籍变化原因")


@dataclass(frozen=True, slots=True)
class Event:
    """The part of a membership event that decides the standing. ``date`` is an ISO text cut to its precision, or None."""

    union: str | None
    type: str
    date: str | None = None
    reason: str | None = None


def standing(events: Iterable[Event]) -> dict[str, str | None]:
    """The worker's derived fields after ``events``, given in the order in which the register learned them.

    Events count by their dates; an undated one, or one of the same day, counts after those learned before it.
    """
    ordered = _in_order(events)
    if not ordered:
        return dict.fromkeys(DERIVED) | {"membership_state": "未入会"}
    last = ordered[-1]
    joined = next((event for event in reversed(ordered) if event.type in ("入会", "转入")), None)
    first = next((event for event in ordered if event.type == "入会"), joined)
    state = STATE_AFTER[last.type]
    if state in HOLDING and last.union is None:
        state = "待落会籍"
    return {
        "union": last.union if state in HOLDING else None,
        "membership_state": state,
        "join_date": first.date if first else None,
        "change_type": last.type,
        "change_date": last.date,
        "change_reason": last.reason,
    }


def _in_order(events: Iterable[Event]) -> list[Event]:
    events = list(events)
    if len(events) < 2:
        return events
    placed: list[tuple[str, int, Event]] = []
    latest = ""
    for number, event in enumerate(events):
        when = event.date or latest
        latest = max(latest, when)
        placed.append((when, number, event))
    return [event for _when, _number, event in sorted(placed, key=lambda item: item[:2])]


def members_of_unions() -> dict[str, int]:
    """How many members are on the books of each union (uid)."""
    on_books = Worker.select(Worker.union, fn.COUNT(Worker.id)).where(Worker.membership_state == "在册")
    return dict(on_books.group_by(Worker.union).tuples())  # type: ignore[arg-type]  # the stubs keep the model's type


def refresh(workers: Iterable[str]) -> None:
    """Compute the derived fields of these workers (uids) anew from their events and write them. Not journaled."""
    uids = list(dict.fromkeys(workers))
    found: dict[str, list[Event]] = {uid: [] for uid in uids}
    names = ("uid", "worker", "union", "type", "date", "reason")
    # by uid, which tells the order in which the register learned them: one that an undo brought back has a new row id
    for _uid, worker, union, type_, date, reason in sorted(
        database.fetch_in(MembershipEvent, "worker", uids, names), key=itemgetter(0)
    ):
        found[worker].append(Event(union, type_, date, reason))
    rows = []
    for uid, events in found.items():
        derived = standing(events)
        rows.append([derived[name] for name in DERIVED] + [uid])
    database.update_rows(Worker, DERIVED, rows)
