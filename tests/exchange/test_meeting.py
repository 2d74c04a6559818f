"""Two laptops that meet: what one has done the other has, nothing is lost, and where both wrote a person decides."""

from pathlib import Path
from typing import Any

import pytest

from models.editing import moving
from models.engine import database
from models.exchange.conflicts import decide, open_conflicts
from models.journal.undo import undo
from models.journal.writer import batch
from models.records.catalogue import RECORDS
from models.records.worker import Worker
from models.register.register import Register
from tests.aids import case_world
from tests.aids.speaking import WANG
from tests.exchange.laptops import Laptop


@pytest.fixture
def two(empty_register: Register, tmp_path: Path) -> tuple[Laptop, Laptop]:
    return Laptop(empty_register, tmp_path, "a" * 16, "王甲"), Laptop(empty_register, tmp_path, "b" * 16, "李乙")


def change(laptop: Laptop, kind: str, uid: str, name: str, value: Any) -> None:
    """Change a field by hand."""
    record = RECORDS[kind]
    with laptop.open() as author, batch("edit", author) as writer:
        ((before,),) = database.fetch_in(record, "uid", [uid], (name,))
        writer.update(record, uid, {name: (before, value)})


def member(laptop: Laptop) -> tuple[str, str]:
    """A member of a union: the worker and the union."""
    with laptop.open() as author:
        union = case_world.union(author)
        worker = case_world.made(author, Worker, name="王五", id_number=WANG)
        moving.enter("入会", [worker], "2026-01-02", author, union=union)
    return worker, union


def test_what_one_has_the_other_takes(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    member(one)
    package = one.give()
    seen = other.look(package)
    assert (seen.batch, seen.new, seen.changed, other.contents()["worker"]) == (None, 3, 0, {})
    taken = other.take(package)
    assert (taken.new, taken.changed, taken.same, taken.conflicts) == (3, 0, 0, [])
    assert other.contents() == one.contents()
    again = other.take(package)
    assert (again.batch, again.new, again.entries, again.same) == (None, 0, 0, 3)


def test_what_both_wrote_is_kept_and_decided(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    worker, _union = member(one)
    other.take(one.give())
    change(one, "worker", worker, "phone", "19900000001")
    change(other, "worker", worker, "phone", "19900000002")
    change(other, "worker", worker, "education", "本科")
    first, second = one.give(), other.give()
    here, there = one.take(second), other.take(first)
    assert [(each.field, each.mine.value, each.theirs[0].value) for each in here.conflicts] == [
        ("phone", "19900000001", "19900000002")
    ]
    assert [(each.field, each.mine.value, each.theirs[0].value) for each in there.conflicts] == [
        ("phone", "19900000002", "19900000001")
    ]
    assert one.contents() == other.contents()
    with one.open() as author:
        decide(worker, "phone", "theirs", author)
        assert open_conflicts(author.device) == []
    other.take(one.give())
    assert other.contents()["worker"][worker]["phone"] == "19900000002"
    assert one.contents() == other.contents()
    with other.open() as author:
        assert open_conflicts(author.device) == []


def test_a_removal_loses_against_an_edit_elsewhere(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        worker = case_world.made(author, Worker, name="王五")
    other.take(one.give())
    with one.open() as author:
        undo(1, author)
    change(other, "worker", worker, "phone", "19900000002")
    first, second = one.give(), other.give()
    one.take(second)
    other.take(first)
    assert one.contents() == other.contents()
    assert one.contents()["worker"][worker]["phone"] == "19900000002"
    with one.open() as author:
        assert [each.field for each in open_conflicts(author.device)] == ["*"]
        decide(worker, "*", "keep", author)
        assert open_conflicts(author.device) == []
    other.take(one.give())
    with other.open() as author:
        assert open_conflicts(author.device) == []


def test_what_was_taken_is_undone(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    worker, _union = member(one)
    other.take(one.give())
    before = other.contents()
    change(one, "worker", worker, "phone", "19900000001")
    with one.open() as author:
        case_world.union(author, "某虚构市场联合工会")
    taken = other.take(one.give())
    assert (taken.new, taken.changed) == (1, 1)
    assert taken.batch is not None
    with other.open() as author:
        undone = undo(taken.batch, author)
        assert undone.kept == []
    assert other.contents() == before
    with other.open() as author:
        undo(undone.batch, author)
    assert other.contents() == one.contents()
