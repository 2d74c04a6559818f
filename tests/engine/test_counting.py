"""The counts beside the records while very many rows come in: the same as one by one, whatever happens."""

import datetime as dt
from typing import Any

import pytest

from models.engine import counting, database
from models.errors import UserError
from models.journal import writer as journal
from models.journal.undo import undo
from models.journal.writer import Author, Writer, batch
from models.opening import check_up
from models.records.membership import MembershipEvent
from models.records.union import Union
from models.records.worker import Worker
from models.standing import past_counts
from models.standing.held_counts import HeldCount
from models.standing.past_counts import PastStale
from models.uid import new_uid
from tests.aids.speaking import last_batch

pytestmark = pytest.mark.usefixtures("register")

TODAY = dt.date(2026, 7, 2)
#: (sex, occupation group, migrant worker, day of joining), at the first or the second union; at none: a wish to join.
PEOPLE = (
    ("男", None, None, "2024-05-06"),
    ("女", "快递员", 1, None),
    ("女", "快递员", 1, "2024-05-07"),
    (None, None, 0, "2024"),
)


def unions(author: Author) -> list[str]:
    uids = [new_uid(), new_uid()]
    with batch("edit", author) as writer:
        for place, uid in enumerate(uids):
            writer.create(Union, {"uid": uid, "name": f"砚溪示例{place}厂工会"})
    return uids


def join(writer: Writer, people: int, at: list[str]) -> list[str]:
    uids = [new_uid() for _place in range(people)]
    for place, uid in enumerate(uids):
        sex, group, migrant, day = PEOPLE[place % len(PEOPLE)]
        person = {"uid": uid, "name": "王示例", "sex": sex, "occupation_group": group, "migrant_worker": migrant}
        union = [*at, None][place % 3]
        event = {"uid": new_uid(), "worker": uid, "union": union, "type": "入会" if union else "申请", "date": day}
        writer.create(Worker, person, [(MembershipEvent, event | {"reason": None})])
    return uids


def put_off(writer: Writer) -> None:
    """As :meth:`Writer.expect` does it for very many."""
    writer.uncounted += [*counting.stand_down(Worker), *counting.stand_down(MembershipEvent)]


def held() -> list[tuple[object, ...]]:
    query: Any = HeldCount.select().where(HeldCount.people != 0)
    return sorted(query.tuples())


def stale() -> set[str]:
    return {row.union for row in PastStale.select()}


def triggers() -> list[tuple[str, str]]:
    return list(database.db.execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name"))


def test_many_are_counted_at_once_as_they_are_one_by_one(author: Author) -> None:
    at, before = unions(author), triggers()
    with batch("import", author) as writer:
        join(writer, 40, at)
    one_by_one, marked = held(), stale()
    assert one_by_one
    assert marked == set(at)
    undo(last_batch(), author)
    past_counts.catch_up(TODAY)
    assert held() == []
    assert stale() == set()
    with batch("import", author) as writer:
        put_off(writer)
        join(writer, 40, at)
    assert held() == one_by_one
    assert stale() == marked
    assert triggers() == before
    assert check_up.count_faults() == []


def test_those_who_were_there_are_not_counted_twice_and_later_ones_one_by_one(author: Author) -> None:
    at = unions(author)
    with batch("import", author) as writer:
        join(writer, 8, at)
    with batch("import", author) as writer:
        put_off(writer)
        join(writer, 13, at)
    with batch("edit", author) as writer:
        join(writer, 5, at)
    assert check_up.count_faults() == []
    past_counts.catch_up(TODAY)
    assert check_up.count_faults() == []


def test_whoever_comes_in_and_is_changed_by_the_same_batch_counts_as_they_are_then(author: Author) -> None:
    at = unions(author)
    with batch("import", author) as writer:
        put_off(writer)
        uids = join(writer, 12, at)
        for place, uid in enumerate(uids[:6]):
            writer.update(Worker, uid, {"occupation_group": (PEOPLE[place % len(PEOPLE)][1], "网约车司机")})
    assert check_up.count_faults() == []
    assert HeldCount.select().where(HeldCount.occupation_group == "网约车司机").count() > 0


def stopped(author: Author, at: list[str]) -> None:
    with batch("import", author) as writer:
        put_off(writer)
        join(writer, journal.CHUNK + 1, at)
        raise UserError("停")


def test_an_import_that_is_stopped_leaves_the_triggers_and_the_counts(author: Author) -> None:
    at = unions(author)
    with batch("import", author) as writer:
        join(writer, 8, at)
    before, there = held(), triggers()
    with pytest.raises(UserError):
        stopped(author, at)
    assert held() == before
    assert triggers() == there
    with batch("edit", author) as writer:
        join(writer, 3, at)
    assert check_up.count_faults() == []


def test_nothing_is_put_off_twice(author: Author) -> None:
    at = unions(author)
    with batch("import", author) as writer:
        put_off(writer)
        put_off(writer)
        assert [each.table for each in writer.uncounted] == ["worker", "membership_event"]
        join(writer, 4, at)
    assert check_up.count_faults() == []
