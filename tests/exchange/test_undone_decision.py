"""A decision that is undone: the conflict is open again on every laptop, and a person decides anew."""

from pathlib import Path
from typing import Any

import pytest

from models.editing import moving
from models.errors import UserError
from models.exchange.conflicts import decide, find_conflict, open_conflicts
from models.journal.undo import undo, way_back
from models.journal.writer import newest_batch
from models.people.erasing import erase
from models.records.employer import Employer
from models.records.worker import Worker
from models.register.register import Register
from tests.aids import case_world
from tests.aids.speaking import WANG
from tests.aids.state_model import contents, differences
from tests.exchange.laptops import Laptop, both_take
from tests.exchange.test_meeting import change, member
from tests.exchange.told_by_log import none, rebuilt


def sides(laptop: Laptop) -> list[tuple[str, set[Any]]]:
    """What is open on a laptop: the field and all that was written of it, "−" for a removal."""
    with laptop.open() as author:
        none(differences(rebuilt(), contents()))
        return [
            (each.field, {"−" if side.gone else side.value for side in (each.mine, *each.theirs)})
            for each in open_conflicts(author.device)
        ]


def phones(two: tuple[Laptop, Laptop]) -> str:
    """Two laptops that wrote different phones of one worker, and have met."""
    one, other = two
    worker, _union = member(one)
    other.take(one.give())
    change(one, "worker", worker, "phone", "19900000001")
    change(other, "worker", worker, "phone", "19900000002")
    both_take(one, other)
    return worker


PHONES = [("phone", {"19900000001", "19900000002"})]


@pytest.mark.parametrize("which", ["mine", "theirs"])
def test_a_decision_that_is_undone_is_open_again_everywhere_and_decided_anew(
    two: tuple[Laptop, Laptop], which: str
) -> None:
    one, other = two
    worker = phones(two)
    before = one.contents()
    with one.open() as author:
        decide(worker, "phone", which, author)
    other.take(one.give())
    assert sides(one) == sides(other) == []
    with one.open() as author:
        undone = undo(newest_batch(), author)
        assert undone.kept == []
    assert sides(one) == PHONES
    taken = other.take(one.give())
    assert [each.field for each in taken.conflicts] == ["phone"]
    assert sides(other) == PHONES
    assert differences(one.contents(), before) == differences(other.contents(), before) == []
    with other.open() as author:
        decide(worker, "phone", "mine", author)
    one.take(other.give())
    assert sides(one) == sides(other) == []
    assert one.contents()["worker"][worker]["phone"] == other.contents()["worker"][worker]["phone"] == "19900000002"


def test_undoing_the_undo_lets_the_decision_count_again_and_that_once_more(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    worker = phones(two)
    with one.open() as author:
        decide(worker, "phone", "theirs", author)
    after = one.contents()
    for _round in range(2):
        with one.open() as author:
            undo(newest_batch(), author)
        assert sides(one) == PHONES
        with one.open() as author:
            undo(newest_batch(), author)
        assert sides(one) == []
        assert differences(one.contents(), after) == []
        both_take(one, other)
        assert sides(other) == []


def test_an_undone_decision_cannot_be_undone_again_nor_one_that_was_written_over(two: tuple[Laptop, Laptop]) -> None:
    one, _other = two
    worker = phones(two)
    with one.open() as author:
        decided = decide(worker, "phone", "mine", author)
        undone = undo(decided, author).batch
        with pytest.raises(UserError, match="已经撤销过"):
            undo(decided, author)
        again = decide(worker, "phone", "theirs", author)
        with pytest.raises(UserError, match="之后都改过"):
            undo(undone, author)  # the first decision beside the second
        with pytest.raises(UserError, match="已经撤销过"):
            undo(decided, author)
    change(one, "worker", worker, "phone", "19900000003")
    with one.open() as author, pytest.raises(UserError, match="之后都改过"):
        undo(again, author)
    assert one.contents()["worker"][worker]["phone"] == "19900000003"


def test_whoever_wrote_on_after_the_decision_is_one_of_the_sides_again(empty_register: Register, tmp_path: Path) -> None:
    one, other, third = (Laptop(empty_register, tmp_path, each * 16) for each in "abc")
    worker = phones((one, other))
    with one.open() as author:
        decide(worker, "phone", "mine", author)
    third.take(one.give())
    change(third, "worker", worker, "phone", "19900000003")
    with one.open() as author:
        undo(newest_batch(), author)
    both_take(one, third)
    wanted = [("phone", {"19900000001", "19900000002", "19900000003"})]
    assert sides(one) == sides(third) == wanted
    both_take(one, other)
    assert sides(other) == wanted
    with other.open() as author:
        decide(worker, "phone", "mine", author)
    both_take(one, other)
    both_take(one, third)
    assert sides(one) == sides(other) == sides(third) == []


@pytest.mark.parametrize("which", ["keep", "remove"])
def test_to_keep_or_to_remove_is_open_again(two: tuple[Laptop, Laptop], which: str) -> None:
    one, other = two
    with one.open() as author:
        worker = case_world.made(author, Worker, name="王五", id_number=WANG)
    other.take(one.give())
    with one.open() as author:
        undo(1, author)
    change(other, "worker", worker, "phone", "19900000002")
    both_take(one, other)
    before = one.contents()
    assert [each for each, _sides in sides(one)] == ["*"]
    with one.open() as author:
        number = decide(worker, "*", which, author)
        assert open_conflicts(author.device) == []
    other.take(one.give())
    assert (worker in other.contents()["worker"]) == (which == "keep")
    with one.open() as author:
        assert way_back(number).reopened is not None
        undone = undo(number, author)
        assert find_conflict(worker, "*", author.device)
    both_take(one, other)
    assert differences(one.contents(), before) == []
    assert [each for each, _sides in sides(other)] == ["*"]
    with one.open() as author:
        undo(undone.batch, author)
    both_take(one, other)
    for laptop in two:
        assert sides(laptop) == []
        assert (worker in laptop.contents()["worker"]) == (which == "keep")


def test_what_refers_to_something_that_is_gone_meanwhile_does_not_come_back(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        first, second = (case_world.made(author, Employer, name=f"重庆{each}虚构印务有限公司") for each in "甲乙")
        worker = case_world.made(author, Worker, name="王五")
    other.take(one.give())
    change(one, "worker", worker, "employer", first)
    change(other, "worker", worker, "employer", second)
    both_take(one, other)
    shown = one.contents()["worker"][worker]["employer"]
    number = {first: 1, second: 2}[shown]
    with one.open() as author:
        chosen = find_conflict(worker, "employer", author.device)
        decided = decide(worker, "employer", "theirs" if chosen.mine.value == shown else "mine", author)
        undo(number, author)
        with pytest.raises(UserError, match="已经不在"):
            undo(decided, author)
    assert one.contents()["worker"][worker]["employer"] not in (None, shown)


def test_the_decision_about_somebody_who_is_erased_stays(two: tuple[Laptop, Laptop]) -> None:
    one, _other = two
    worker = phones(two)
    with one.open() as author:
        decided = decide(worker, "phone", "theirs", author)
        erase([worker], "本人书面申请", author, one.folder)
        with pytest.raises(UserError):
            undo(decided, author)
    assert one.contents()["worker"][worker]["phone"] is None


def test_an_event_whose_day_is_open_again_counts_by_the_day_that_is_shown(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    worker, union = member(one)
    other.take(one.give())
    (event,) = one.contents()["membership_event"]
    change(one, "membership_event", event, "date", "2025-03-04")
    change(other, "membership_event", event, "date", "2025-05-06")
    both_take(one, other)
    shown = one.contents()["worker"][worker]["join_date"]
    with one.open() as author:
        held = find_conflict(event, "date", author.device)
        decide(event, "date", "theirs" if held.mine.value == shown else "mine", author)
    assert one.contents()["worker"][worker]["join_date"] != shown
    with one.open() as author:
        undo(newest_batch(), author)
    assert one.contents()["worker"][worker]["join_date"] == shown
    both_take(one, other)
    with one.open() as author:
        moving.enter("退会", [worker], "2026-06-07", author)
    assert union not in [each["union"] for each in one.contents()["worker"].values()]
