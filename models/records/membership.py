"""Membership (会籍): the events of one person, and the state that follows from them.

A person has at most one membership at a time, and it moves with the job: 会籍管理办法 (2016) article 3.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from peewee import fn

from models.engine import database
from models.engine.record import Record
from models.records.worker import Worker
from models.uid import day_of
from models.values import codes
from models.values.columns import declare
from models.values.kinds import Choice, Day, Reference, Text

#: The state that an event of each type leaves a person in.
STATE_AFTER = {"申请": "申请中", "入会": "在册", "转入": "在册", "保留": "保留", "转出": "转出", "退会": "退会", "除名": "除名"}
#: The event by which somebody becomes a member; who only moves to another union does not join (转入).
JOINING = "入会"
#: The state of a member who counts, and of one whose membership is only kept.
ON_BOOKS, RETAINED = "在册", "保留"
#: States in which a person holds a membership at a union.
HOLDING = frozenset({ON_BOOKS, RETAINED})
#: The state after a death, and the reason that tells of it. The national list of types (总工办发〔2017〕14号) has none for it:
#: a death is written as a leaving (退会) for this reason, so that an exported sheet is taken by any other system.
DECEASED = "去世"
#: The worker's fields that follow from the events, in the order of :meth:`Standing.values`.
DERIVED = ("union", "membership_state", "join_date", "change_type", "change_date", "change_reason")
#: The fields of :class:`Event`, and the derived ones of a membership event.
PARTS = ("union", "type", "date", "reason")
SPAN = ("effective", "ended")

Facts = Sequence[tuple[type[Record], dict[str, Any]]]
#: Field → a value for each record.
Columns = Mapping[str, Sequence[Any]]


class MembershipEvent(Record):
    """One change of a person's membership. Without a union it is a wish to join that no union has taken up yet.

    It decides the person's state from the day ``effective`` on until the day ``ended``, which is the next event's; both
    follow from the dates. Whoever was a member on a day is told by them: see :func:`spans`.
    """

    worker = declare(Reference("worker"), "职工", references="worker", index=True)
    union = declare(Reference("union"), "工会", references="union", index=True)
    type = declare(Choice(codes.CHANGE_TYPE), "会籍变化类型")
    date = declare(Day(), "会籍变化日期")
    reason = declare(Text(), "会籍变化原因")
    effective = declare(Day(), "起算日", derived=True, begins_index=True)
    ended = declare(Day(), "止算日", derived=True)

    class Meta:
        """Whoever joined in a time is counted from one index alone."""

        indexes = ((("effective", "type", "union", "worker", "date"), False),)


# most events are a person's last: those that are not have an index of their own
_SAID = (MembershipEvent.type, MembershipEvent.union, MembershipEvent.worker, MembershipEvent.date)
MembershipEvent.add_index(MembershipEvent.index(MembershipEvent.ended, *_SAID, where=MembershipEvent.ended.is_null(False)))


class Event(NamedTuple):
    """The part of a membership event that decides the standing. ``date`` is an ISO text cut to its precision, or None."""

    union: str | None
    type: str
    date: str | None = None
    reason: str | None = None


def is_death(event: Event) -> bool:
    """True for the leaving of somebody who has died."""
    return event.type == "退会" and event.reason == DECEASED


def standing(events: Iterable[Event]) -> dict[str, str | None]:
    """The worker's derived fields after ``events``, given in the order in which the register learned them.

    Events count by their dates; an undated one, or one of the same day, counts after those learned before it.
    """
    ordered = _in_order(events)
    if not ordered:
        return dict.fromkeys(DERIVED) | {"membership_state": "未入会"}
    last = ordered[-1]
    opening = [event for event in ordered if event.type in (JOINING, "转入")]
    first = next((event for event in opening if event.type == JOINING), opening[-1]) if opening else None
    state = DECEASED if is_death(last) else STATE_AFTER[last.type]
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
    return [events[place] for place in _order([event.date for event in events])]


def _order(dates: Sequence[str | None]) -> list[int]:
    """The places of events in the order in which they count; an undated one comes after those learned before it."""
    placed: list[tuple[str, int]] = []
    latest = ""
    for number, date in enumerate(dates):
        when = _first_day(date) if date else latest
        latest = max(latest, when)
        placed.append((when, number))
    return [number for _when, number in sorted(placed)]


def _first_day(date: str) -> str:
    """A month or a year counts from its first day."""
    return (date + "-01-01")[:10]


def members_of(*unions: str) -> Any:
    """The condition that a worker is a member on the books of one of these unions (uids)."""
    return Worker.union.in_(unions) & (Worker.membership_state == ON_BOOKS)


def members_of_unions() -> dict[str, int]:
    """How many members are on the books of each union (uid)."""
    on_books = Worker.select(Worker.union, fn.COUNT(Worker.id)).where(Worker.membership_state == ON_BOOKS)
    return dict(on_books.group_by(Worker.union).tuples())  # type: ignore[arg-type]  # the stubs keep the model's type


def spans(events: Sequence[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """From when until when each event of one person decides the state: (first day, first day no more or None).

    ``events`` are (uid, date) as the register learned them; the answer is in the same order. A month or a year counts from
    its first day, an undated event from the day the register learned it, yet never later than what came after it.
    """
    return spans_learned([("" if date else day_of(uid), date) for uid, date in events])


def spans_learned(events: Sequence[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    """The same of (day on which the register learned it, date)."""
    days = [_first_day(date) if date else learned for learned, date in events]
    if len(days) == 1:
        return [(days[0], None)]
    ended: str | None = None
    found: dict[int, tuple[str, str | None]] = {}
    for place in reversed(_order([date for _learned, date in events])):
        day = days[place] if ended is None else min(days[place], ended)
        found[place] = (day, ended)
        ended = day
    return [found[place] for place in range(len(days))]


def with_derived(values: dict[str, Any], facts: Facts) -> tuple[dict[str, Any], Facts]:
    """A new worker's values and the facts created with it, the derived fields of both filled in."""
    events = [given for fact, given in facts if fact is MembershipEvent]
    values = values | standing(Event(each.get("union"), each["type"], each.get("date"), each.get("reason")) for each in events)
    if not events:
        return values, facts
    placed = iter(spans([(each["uid"], each.get("date")) for each in events]))
    return values, [
        (fact, given | dict(zip(SPAN, next(placed), strict=True)) if fact is MembershipEvent else given)
        for fact, given in facts
    ]


def derived_columns(count: int, events: Sequence[Mapping[str, Sequence[Any]]]) -> tuple[Columns, list[Columns]]:
    """What follows from the events of so many workers, as columns: the workers' derived fields, and those of each of the events.

    ``events``: the first ones of all of them as columns, the second ones, and so on. What follows from the same days is worked
    out once, whatever the unions are.
    """
    learned = [_learned(each["uid"], each["date"]) for each in events]
    said = [zip(each["type"], each["date"], each["reason"], each["union"], strict=True) for each in events]
    without = [[(kind, date, reason, union is None) for kind, date, reason, union in each] for each in said]
    told = list(zip(*without, *learned, strict=True)) if events else [()] * count
    found = [_following(each) for each in told]
    columns: dict[str, Sequence[Any]] = dict(zip(DERIVED, zip(*(person for person, _spans in found), strict=True), strict=True))
    columns["union"] = [turn and events[int(turn)]["union"][at] for at, turn in enumerate(columns["union"])]
    spans = [zip(*(spans[turn] for _person, spans in found), strict=True) for turn in range(len(events))]
    return columns, [dict(zip(SPAN, each, strict=True)) for each in spans]


@lru_cache(maxsize=20_000)
def _following(told: tuple[Any, ...]) -> tuple[tuple[str | None, ...], list[tuple[str, str | None]]]:
    """Of some (type, date, reason, at no union) and the days on which they were learned; unions are called by their turn."""
    parts, learned = told[: len(told) // 2], told[len(told) // 2 :]
    events = [Event(None if nowhere else str(turn), kind, date, why) for turn, (kind, date, why, nowhere) in enumerate(parts)]
    return tuple(standing(events).values()), spans_learned([(day, each.date) for day, each in zip(learned, events, strict=True)])


def _learned(uids: Sequence[str], dates: Sequence[str | None]) -> list[str]:
    """The days on which undated events were learned; "" for those with a date."""
    days: dict[str, str] = {}
    undated = [uid for uid, date in zip(uids, dates, strict=True) if not date]
    if undated:
        first, last = day_of(min(undated)), day_of(max(undated))
        days = dict.fromkeys(undated, first) if first == last else {uid: day_of(uid) for uid in undated}
    return ["" if date else days[uid] for uid, date in zip(uids, dates, strict=True)]


def refresh(workers: Iterable[str]) -> None:
    """Compute what follows from these workers' (uids) events anew and write it, at the workers and at the events.

    Not journaled. Who is gone is left out: an event may come from elsewhere behind its person's removal.
    """
    uids = [uid for (uid,) in database.fetch_in(Worker, "uid", list(dict.fromkeys(workers)), ("uid",))]
    found: dict[str, list[tuple[str, Event]]] = {uid: [] for uid in uids}
    # by uid, which tells the order in which the register learned them: one that an undo brought back has a new row id
    for uid, worker, *parts in sorted(
        database.fetch_in(MembershipEvent, "worker", uids, ("uid", "worker", *PARTS)), key=itemgetter(0)
    ):
        found[worker].append((uid, Event(*parts)))
    rows, dated = [], []
    for worker, events in found.items():
        derived = standing(event for _uid, event in events)
        rows.append([derived[name] for name in DERIVED] + [worker])
        days = spans([(uid, event.date) for uid, event in events])
        dated += [[*span, uid] for span, (uid, _event) in zip(days, events, strict=True)]
    database.update_rows(Worker, DERIVED, rows)
    database.update_rows(MembershipEvent, SPAN, dated)


def refresh_all() -> None:
    """Compute everything that follows from membership events anew."""
    refresh(worker.uid for worker in Worker.select(Worker.uid))
