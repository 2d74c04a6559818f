"""The counts of today and of past days against the membership events themselves, and the course of a year against its months."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from peewee import fn

from models.engine import database
from models.figures import sums
from models.figures.counts import by_regions, count, counts
from models.figures.facts import Level, Period, Scope
from models.figures.indicators import indicators
from models.figures.year_course import course
from models.journal.undo import undo
from models.journal.writer import Author, Writer, batch
from models.opening import check_up
from models.records.catalogue import stored_names
from models.records.membership import MembershipEvent
from models.records.union import Union
from models.records.worker import Worker
from models.standing import held_counts, past_counts
from models.standing.as_of import MEMBER_EVENTS
from models.uid import new_uid
from tests.aids.held import TYPES, counted, joined, joined_by_events, kept, lean, of_unions
from tests.aids.speaking import last_batch
from tests.figures.made_register import FIRST, LAST, fill

DAYS = (dt.date(2018, 1, 1), dt.date(2020, 2, 29), dt.date(2024, 6, 30), dt.date(2025, 11, 6), dt.date(2026, 6, 30))
TODAY = dt.date(2026, 7, 2)
#: What is asked of who joined.
JOINED = ("new_members", "new_migrant_members", "new_new_form_members", "new_members_of_new_form_unions", "new_members:快递员")
LEVELS: tuple[Level, ...] = ("district", "town", "union")


@pytest.fixture
def filled(register: object, author: Author) -> None:
    """People of whom two thirds are women or men, with events of all precisions."""
    fill(author, part=100)
    database.db.execute_sql("UPDATE worker SET sex = CASE id % 3 WHEN 0 THEN '女' WHEN 1 THEN '男' END")


def days(seed: int) -> Iterator[dt.date]:
    chance = random.Random(seed)
    yield from (FIRST + dt.timedelta(days=chance.randrange((LAST - FIRST).days)) for _day in range(3))
    yield from (dt.date(2021, 3, 31), dt.date(1940, 1, 1), dt.date(2030, 1, 1), *DAYS)


def agree(seed: int = 0, some: int = 1) -> None:
    """Each day (every so manieth) by the tables is that day by the events."""
    for number, day in enumerate(list(days(seed))[::some]):
        for types in (TYPES[number % 3], TYPES[0]):
            whole = counted(day, types)
            assert kept(day, types) == whole
            assert lean(day, types) == of_unions(whole)
            assert lean(day, types, traits=True) == of_unions(whole, traits=True)
    agree_on_joining(sorted(days(seed))[::some])


def agree_on_joining(known: list[dt.date]) -> None:
    """Who joined from one of these days to another, or on it alone, is by the tables who did by the events; some left out."""
    again: Any = MembershipEvent.select(MembershipEvent.worker).where(MembershipEvent.type == "入会")
    again = again.group_by(MembershipEvent.worker).having(fn.COUNT(MembershipEvent.id) > 1)
    several = [uid for (uid,) in again.tuples()]
    for number, (first, last) in enumerate([*pairwise(known), (known[0], known[-1]), (known[2], known[2])]):
        but = several[: number % 3]
        assert joined(first, last, but=but) == joined_by_events(first, last, but=but)
        assert joined(first, last, traits=False) == joined_by_events(first, last, traits=False)


@pytest.mark.usefixtures("filled")
def test_what_is_kept_is_what_the_events_say_and_a_year_is_its_months() -> None:
    for day in DAYS:
        for types in TYPES:
            assert kept(day, types) == counted(day, types)
    assert counted(DAYS[-1], MEMBER_EVENTS)
    starts = [dt.date(2024, month, 1) for month in range(1, 7)]
    ends = [*(start - dt.timedelta(days=1) for start in starts[1:]), DAYS[2]]
    members = [count("new_members", Scope(), Period(starts[0], end)).part for end in ends]
    unions = [count("new_unions", Scope(), Period(*span)).part for span in zip(starts, ends, strict=True)]
    found = course(2024, DAYS[2]).months
    assert [(each.members, each.unions) for each in found] == list(zip(members, unions, strict=True))


@pytest.mark.usefixtures("filled")
def test_any_day_is_counted_exactly_before_the_past_is_counted_and_after_and_while_some_of_it_waits() -> None:
    agree(1)
    assert past_counts.behind(TODAY)
    unions = past_counts.catch_up(TODAY, most=7)
    assert unions == 7
    agree(2)
    while past_counts.behind(TODAY):
        past_counts.catch_up(TODAY)
    agree(3)
    assert list(past_counts.faults()) == []
    # half-years end, and the clock is put right again: the ends that are kept move on and back
    for later in (dt.date(2027, 1, 1), dt.date(2030, 6, 6), TODAY):
        assert past_counts.behind(later)
        past_counts.catch_up(later)
        assert not past_counts.behind(later)
        assert list(past_counts.faults()) == []
    agree(4)


@pytest.mark.usefixtures("filled")
def test_who_joined_is_the_same_number_by_the_events_and_by_the_tables_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    known = indicators()
    joined_keys = [known[key] for key in JOINED]
    town = Union.select(Union.region).where(Union.region.is_null(False)).limit(1).scalar()
    spans = [Period(dt.date(2024, 2, 9), dt.date(2024, 6, 30)), Period(dt.date(2019, 1, 1), DAYS[-1])]
    scopes = (Scope(), Scope(region=town))

    def told() -> list[object]:
        numbers = [counts(joined_keys, scope, span) for scope in scopes for span in spans]
        parts = [by_regions(joined_keys, level, Scope(), span) for level in LEVELS for span in spans]
        return [numbers, parts]

    by_events = told()
    past_counts.catch_up(TODAY, most=9)
    assert told() == by_events
    past_counts.catch_up(TODAY)
    assert told() == by_events
    monkeypatch.setattr(sums, "_FEW", 0)  # those who joined twice are looked for among all
    assert told() == by_events


def test_whatever_is_written_of_people_and_memberships_the_past_follows(filled: None, author: Author) -> None:
    past_counts.catch_up(TODAY)
    unions = [each.uid for each in Union.select(Union.uid).order_by(Union.id).limit(2)]
    people = list(Worker.select().where(Worker.union.is_null(False)).order_by(Worker.id).limit(4))
    event = MembershipEvent.get(MembershipEvent.worker == people[0].uid)
    names, new = stored_names(MembershipEvent), new_uid()
    joins = {"uid": new_uid(), "worker": new, "union": unions[0], "type": "入会"}
    moves = {"uid": new_uid(), "worker": people[3].uid, "union": unions[1], "type": "转入", "date": "1931-05"}
    acts: list[Callable[[Writer], None]] = [
        lambda work: work.update(Worker, people[0].uid, {"occupation_group": (people[0].occupation_group, "快递员")}),
        lambda work: work.update(Worker, people[1].uid, {"migrant_worker": (people[1].migrant_worker, 1)}),
        lambda work: work.update(Worker, people[2].uid, {"sex": (people[2].sex, "女")}),
        lambda work: work.create(Worker, {"uid": new, "name": "郑砚秋"}, [(MembershipEvent, joins)]),
        lambda work: work.create(MembershipEvent, moves),
        lambda work: work.remove([(MembershipEvent, {"uid": event.uid} | {each: getattr(event, each) for each in names})]),
        lambda work: work.update(MembershipEvent, joins["uid"], {"date": (None, "2020")}),
    ]
    for act in acts:
        with batch("edit", author) as work:
            act(work)
        followed()
    for number in range(last_batch(), last_batch() - len(acts), -1):
        undo(number, author)
        followed()


def followed() -> None:
    """The past agrees while unions are marked, and when they are counted anew."""
    assert past_counts.behind(TODAY)
    agree(some=3)
    past_counts.catch_up(TODAY)
    assert list(past_counts.faults()) == []
    agree(some=4)


def test_what_does_not_touch_memberships_marks_no_union(filled: None, author: Author) -> None:
    past_counts.catch_up(TODAY)
    person = Worker.get(Worker.union.is_null(False))
    with batch("edit", author) as work:
        work.update(Worker, person.uid, {"phone": (person.phone, "19900000001"), "sex": (person.sex, person.sex)})
    assert not past_counts.behind(TODAY)


@pytest.mark.usefixtures("filled")
def test_a_count_that_is_not_what_the_events_say_is_found() -> None:
    past_counts.catch_up(TODAY)
    count_, key = database.db.execute_sql("SELECT people, count_key FROM past_count ORDER BY half LIMIT 1").fetchone()
    database.db.execute_sql("UPDATE past_count SET people = ? WHERE count_key = ?", [count_ + 1, key])
    (union,) = database.db.execute_sql('SELECT "union" FROM count_key WHERE id = ?', [key]).fetchone()
    assert (list(past_counts.faults()), list(held_counts.faults())) == ([union], [])
    assert check_up.count_faults() == ["1 个工会以前的会员计数与会籍变动不符"]
    database.db.execute_sql("UPDATE past_count SET people = ? WHERE count_key = ?", [count_, key])
    database.db.execute_sql("UPDATE past_change SET joined = joined + 1 WHERE count_key = ?", [key])
    assert list(past_counts.faults()) == [union]
    database.db.execute_sql('UPDATE held_count SET people = people + 1 WHERE "union" = ?', [union])
    assert list(held_counts.faults()) == [union]
    assert len(check_up.count_faults()) == 2
