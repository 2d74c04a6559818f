"""How many people each union held at the ends of half-years past, and how many came, went and joined on each day.

The tables hold no more than the membership events and the workers say, and nothing of any single person. Triggers mark a union
as soon as an event of it or of its people changes (``migrations/0015_past_counts.py``), whoever writes; :func:`catch_up`
counts marked unions anew. Until then nobody asks the tables about them: ``held_counts`` counts their events themselves.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from operator import add, sub
from typing import Any, NamedTuple

from peewee import AutoField, CompositeKey, IntegerField, TextField, Value, fn

from models import roles
from models.engine import database, sql
from models.engine.record import Stored
from models.journal import followers
from models.journal.followers import Follower, When
from models.journal.here import Here
from models.records.membership import JOINING, ON_BOOKS, RETAINED, STATE_AFTER, MembershipEvent
from models.records.worker import Worker

#: Events after which a union holds a person, with the state in which it does.
_STATES = {type_: state for type_, state in STATE_AFTER.items() if state in (ON_BOOKS, RETAINED)}
#: The ends of no more half-years than these are counted.
_MOST = 160
#: Unions that are counted at a time.
_CHUNK = 300
#: After all days.
_LAST_DAY = "9999-12-31"
#: The fields of :class:`PastCount`.
_COUNT = ("half", "count_key", "people", "women", "undated")


class CountKey(Stored):
    """Whom a count is of: people of one union, state, occupation group ("" unknown), answer to migrant worker (-1 unknown)."""

    id = AutoField()
    union = TextField()
    state = TextField()
    occupation_group = TextField()
    migrant_worker = IntegerField()


class PastHalf(Stored):
    """A half-year at whose end is counted, as :func:`half_of` numbers them."""

    half = IntegerField(primary_key=True)


class PastCount(Stored):
    """The people of a :class:`CountKey` at the end of a half-year; ``women``, ``undated``: as in ``HeldCount``."""

    half = IntegerField()
    count_key = IntegerField()
    people = IntegerField()
    women = IntegerField()
    undated = IntegerField()

    class Meta:
        """Where it is kept."""

        primary_key = CompositeKey("half", "count_key")


class PastChange(Stored):
    """How many people came to a :class:`CountKey` on a day of a half-year, less those who went. ``day``: 630 for June 30.

    ``joined``: how many joinings (入会) began on the day, whether they ended on it or not; of them ``joined_undated`` without a
    date, which count from the day the register learned of them.
    """

    half = IntegerField()
    count_key = IntegerField()
    day = IntegerField()
    people = IntegerField()
    women = IntegerField()
    undated = IntegerField()
    joined = IntegerField()
    joined_undated = IntegerField()

    class Meta:
        """Where it is kept."""

        primary_key = CompositeKey("half", "count_key", "day")


class PastStale(Stored):
    """A union of which an event, or one of whose people, has changed since it was counted."""

    union = TextField(primary_key=True)


class _Key(NamedTuple):
    union: str
    state: str
    occupation_group: str
    migrant_worker: int


class _Counts(NamedTuple):
    """What changed on a day: people, women and undated that came, less those that went; who joined, and who without a date."""

    people: int = 0
    women: int = 0
    undated: int = 0
    joined: int = 0
    joined_undated: int = 0


_NO_CHANGE = _Counts()
#: For each key the days (ISO) on which something changed.
_Changes = dict[_Key, dict[str, _Counts]]


class _Change(NamedTuple):
    """A row of :class:`PastChange` or, with no day, of :class:`PastCount`."""

    half: int
    count_key: int
    day: int
    people: int
    women: int
    undated: int
    joined: int = 0
    joined_undated: int = 0


def half_of(year: int, month: int) -> int:
    """The number of the half-year in which a month lies; they are numbered without gaps."""
    return 2 * year + (month > 6)


def behind(today: dt.date) -> bool:
    """True when a union waits to be counted, or a half-year, and it can be written by somebody who sees all of its people."""
    return not database.refused() and roles.sees_all() and (_stale(1) != [] or _halves_held() != _halves_wanted(today))


def catch_up(today: dt.date, most: int | None = None) -> int:
    """Count the marked unions anew, and the half-years that have passed since the last time; returns how many unions.

    ``most``: only so many of them, for whoever has other things to do in between.
    """
    if not behind(today):
        return 0
    with database.transaction(again=True):
        halves = _halves_wanted(today)
        _turn_to(halves)
        stale = _stale(most)
        for start in range(0, len(stale), _CHUNK):
            _count_anew(stale[start : start + _CHUNK], halves)
    return len(stale)


def faults() -> Iterator[str]:
    """The unions (uids) of which a past day is not what the events say, of those that are not marked."""
    halves = _halves_held()
    query: Any = CountKey.select(CountKey.union).union(_events().select(MembershipEvent.union))
    unions = sorted({uid for (uid,) in query.tuples()} - set(_stale()))
    for start in range(0, len(unions), _CHUNK):
        part = unions[start : start + _CHUNK]
        ids = _ids(part)
        numbers = {number: key.union for key, number in ids.items()}
        changes = _changes(part)
        yield from {key.union for key in changes if key not in ids}
        wanted = set(_rows({key: each for key, each in changes.items() if key in ids}, ids, halves))
        yield from sorted({numbers[row.count_key] for row in wanted ^ set(_held(list(numbers)))})


def _stale(most: int | None = None) -> list[str]:
    query: Any = PastStale.select(PastStale.union).order_by(PastStale.union).limit(most)
    return [uid for (uid,) in query.tuples()]


def _halves_held() -> list[int]:
    query: Any = PastHalf.select(PastHalf.half).order_by(PastHalf.half)
    return [half for (half,) in query.tuples()]


def _halves_wanted(today: dt.date) -> list[int]:
    """The half-years that have passed since the first event of a membership."""
    first: str | None = MembershipEvent.select(fn.MIN(MembershipEvent.effective)).scalar()
    now = half_of(today.year, today.month)
    return list(range(max(_half(first), now - _MOST), now)) if first else []


def _half(day: str) -> int:
    return half_of(int(day[:4]), int(day[5:7]))


def _turn_to(wanted: Sequence[int]) -> None:
    """Count at the ends of these half-years: new ones for all unions that are not marked, the others are forgotten."""
    held = _halves_held()
    gone = [half for half in held if half not in wanted]
    PastCount.delete().where(PastCount.half.in_(gone)).execute()
    PastHalf.delete().where(PastHalf.half.in_(gone)).execute()
    sums = [fn.SUM(each) for each in (PastChange.people, PastChange.women, PastChange.undated)]
    for half in (each for each in wanted if each not in held):
        changes = PastChange.select(Value(half), PastChange.count_key, *sums).where(PastChange.half <= half)
        counted = changes.group_by(PastChange.count_key).having(sums[0] > 0)
        PastCount.insert_from(counted, [getattr(PastCount, name) for name in _COUNT]).execute()
        PastHalf.insert(half=half).execute()


def _events() -> Any:
    """The events after which a union held somebody, with who that is."""
    event = MembershipEvent
    query = event.select().join(Worker, on=(event.worker == Worker.uid))
    return query.where(event.type.in_(list(_STATES)), event.union.is_null(False), event.effective.is_null(False))


def _changes(unions: Sequence[str]) -> _Changes:
    """What the events say of these unions."""
    event = MembershipEvent
    sex, undated = sql.as_number(Worker.sex == "女"), sql.as_number(event.date.is_null())
    chosen = (event.union, event.type, Worker.occupation_group, Worker.migrant_worker, sex, undated, event.effective, event.ended)
    found: _Changes = {}
    query = _events().select(*chosen).where(event.union.in_(list(unions)))
    for union, type_, group, migrant, woman, no_date, begun, ended in database.db.execute(query):
        days = found.setdefault(_Key(union, _STATES[type_], group or "", -1 if migrant is None else migrant), {})
        one = (1, 1 if woman else 0, no_date)
        joined = (1, no_date) if type_ == JOINING else (0, 0)
        days[begun] = _Counts(*map(add, days.get(begun, _NO_CHANGE), one + joined))
        if ended:
            days[ended] = _Counts(*map(sub, days.get(ended, _NO_CHANGE), (*one, 0, 0)))
    return found


def _rows(changes: _Changes, ids: dict[_Key, int], halves: Sequence[int]) -> Iterator[_Change]:
    """The rows of these changes: of each day on which there are any, and of the end of each half-year with anybody."""
    for key, days in changes.items():
        number = ids[key]
        held, waiting = (0, 0, 0), list(halves)[::-1]
        for day in [*sorted(days), _LAST_DAY]:
            half = _half(day)
            while waiting and waiting[-1] < half:
                end = waiting.pop()
                if held[0]:
                    yield _Change(end, number, 0, *held)
            counts = days.get(day, _NO_CHANGE)
            if any(counts):
                held = (held[0] + counts.people, held[1] + counts.women, held[2] + counts.undated)
                yield _Change(half, number, int(day[5:7] + day[8:]), *counts)


def _ids(unions: Sequence[str]) -> dict[_Key, int]:
    query: Any = CountKey.select().where(CountKey.union.in_(list(unions))).tuples()
    return {_Key(*parts): number for number, *parts in query}


def _held(numbers: Sequence[int]) -> Iterator[_Change]:
    """What the tables say of these keys; of half-halves that are not kept too."""
    for half, number, *counts in database.db.execute(_of(PastCount, numbers, PastCount.select())):
        yield _Change(half, number, 0, *counts)
    yield from map(_Change._make, database.db.execute(_of(PastChange, numbers, PastChange.select())))


def _of(record: Any, numbers: Sequence[int], query: Any) -> Any:
    """A query or a deletion held to these keys; their rows are found half-year by half-year."""
    first, last = record.select(fn.MIN(record.half), fn.MAX(record.half)).tuples().get()
    halves = list(range(first, last + 1)) if first is not None else []
    return query.where(record.half.in_(halves), record.count_key.in_(list(numbers)))


def _count_anew(unions: Sequence[str], halves: Sequence[int]) -> None:
    """Put what these unions held in the place of what was said of them, and take their marks off."""
    changes, ids = _changes(unions), _ids(unions)
    if ids:
        for record in (PastCount, PastChange):
            _of(record, list(ids.values()), record.delete()).execute()
    CountKey.delete().where(CountKey.id.in_([number for key, number in ids.items() if key not in changes])).execute()
    database.insert_tuples(CountKey, _Key._fields, [key for key in changes if key not in ids])
    rows = sorted(_rows(changes, _ids(unions), halves))
    ends = [(row.half, row.count_key, row.people, row.women, row.undated) for row in rows if not row.day]
    database.insert_tuples(PastCount, _COUNT, ends)
    database.insert_tuples(PastChange, _Change._fields, [row for row in rows if row.day])
    PastStale.delete().where(PastStale.union.in_(list(unions))).execute()


def _follow(here: Here) -> int:
    return catch_up(here.today)


followers.add(Follower("past_counts", frozenset({"worker", "membership_event"}), _follow, When.AFTERWARDS))
