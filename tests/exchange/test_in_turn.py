"""What counts in the order in which it was learned counts so on every laptop, however wrong the clocks are."""

import datetime as dt
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from models import uid
from models.drive import contacts, moves
from models.editing import moving
from models.engine import database
from models.journal.undo import undo
from models.journal.writer import batch, newest_batch
from models.records.drive_case import CaseStep
from models.records.headcount import HeadCount
from models.records.membership import MembershipEvent
from models.records.worker import Worker
from models.register.register import Register
from models.standing.counts import newest_counts
from models.uid import new_uid, uid_after, uid_beside
from tests.aids import case_world
from tests.aids.speaking import WANG, imported_rows
from tests.aids.state_model import differences
from tests.exchange.laptops import Laptop, both_take
from tests.exchange.test_made_twice import with_case

DAY, LISTED = "2026-05-06", "2026-11-22"
HEAD = ["姓名", "证件号码", "所属工会", "会籍变化类型", "会籍变化日期"]


def moved(laptop: Laptop, days: int) -> None:
    """Somebody sets the clock of a laptop, where the program is started anew."""
    uid._last = 0  # begins anew in each process, and would go on from the latest moment in one
    laptop.clock += dt.timedelta(days=days)


def joined(laptop: Laptop) -> tuple[str, str]:
    """Somebody who joined a union on the day."""
    with laptop.open() as author:
        union = case_world.union(author)
        worker = case_world.made(author, Worker, name="王五", id_number=WANG)
        moving.enter("入会", [worker], DAY, author, union=union)
    return worker, union


def state(laptop: Laptop, worker: str) -> str:
    return str(laptop.contents()["worker"][worker]["membership_state"])


def test_a_clock_that_was_set_back_does_not_put_a_leaving_before_the_joining(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    moved(one, 365)
    worker, union = joined(one)
    moved(one, -365)
    with one.open() as author:
        moving.enter("退会", [worker], DAY, author)
    assert state(one, worker) == "退会"
    with one.open() as author:
        moving.enter("入会", [worker], DAY, author, union=union)
    assert state(one, worker) == "在册"
    other.take(one.give())
    assert state(other, worker) == "在册"


def test_who_saw_the_joining_of_a_laptop_a_year_ahead_writes_behind_it_everywhere(
    empty_register: Register, tmp_path: Path
) -> None:
    for order in permutations("abc"):
        folder = tmp_path / "".join(order)
        laptops = {each: Laptop(empty_register, folder, each * 16) for each in "abc"}
        moved(laptops["a"], 365)
        moved(laptops["b"], -100)
        worker, _union = joined(laptops["a"])
        laptops["b"].take(laptops["a"].give())
        with laptops["b"].open() as author:
            moving.enter("退会", [worker], DAY, author)
        for giver in order:
            for taker in order:
                if giver != taker:
                    laptops[taker].take(laptops[giver].give())
        for one, other in permutations(laptops.values(), 2):
            both_take(one, other)
        assert {state(each, worker) for each in laptops.values()} == {"退会"}


def test_what_two_wrote_without_knowing_of_each_other_stands_in_one_order_everywhere(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    worker, _union = joined(one)
    other.take(one.give())
    for laptop, type_ in zip(two, ("退会", "转出"), strict=True):
        with laptop.open() as author:
            moving.enter(type_, [worker], DAY, author)
    both_take(one, other)
    assert state(one, worker) == state(other, worker)


def test_an_event_that_was_taken_back_and_comes_again_stands_where_it_stood(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    worker, _union = joined(one)
    with one.open() as author:
        moving.enter("退会", [worker], DAY, author)
    before = one.contents()
    moved(one, -365)
    for _turn in range(2):
        with one.open() as author:
            undo(newest_batch(), author)
    assert differences(one.contents(), before) == []
    other.take(one.give())
    assert state(other, worker) == "退会"


def test_of_two_counts_of_one_day_and_source_the_one_learned_later_counts(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    moved(one, 365)
    with one.open() as author:
        employer = case_world.employer(author, staff=40)
    moved(one, -365)
    with one.open() as author:
        case_world.count(author, employer, 55)
        assert newest_counts([employer])[employer]["staff_count"] == 55
    other.take(one.give())
    moved(other, -100)
    with other.open() as author:
        assert newest_counts([employer])[employer]["staff_count"] == 55
        case_world.count(author, employer, 60)
    both_take(one, other)
    for laptop in two:
        with laptop.open():
            assert newest_counts([employer])[employer]["staff_count"] == 60


def test_steps_and_visits_of_a_case_stand_in_the_order_in_which_they_were_written(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    moved(one, 365)
    with one.open() as author:
        _employer, case = with_case(author)
        contacts.add_contact(case, {"date": DAY, "way": "实地走访", "attitude": "同意"}, author)
        moves.move(case, "已接触", LISTED, author)
    moved(one, -365)
    with one.open() as author:
        contacts.add_contact(case, {"date": DAY, "way": "电话", "attitude": "观望"}, author)
        moves.move(case, "已请示", LISTED, author)
    other.take(one.give())
    for laptop in two:
        with laptop.open():
            assert [each["attitude"] for each in contacts.contacts_of(case)] == ["观望", "同意"]
            steps = sorted(database.fetch_in(CaseStep, "drive_case", [case], ("uid", "stage")))
            assert [stage for _of, stage in steps] == ["待筹建", "已接触", "已请示"]
        assert laptop.contents()["drive_case"][case]["attitude"] == "观望"


def test_what_a_sheet_tells_stands_behind_what_was_there_also_with_a_clock_set_back(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    moved(one, 365)
    worker, _union = joined(one)
    moved(one, -365)
    with one.open() as author:
        imported_rows(author, one.folder, [HEAD, ["王五", WANG, "某市场联合工会", "退会", DAY]])
    told = [each["type"] for _of, each in sorted(one.contents()["membership_event"].items())]
    assert told == ["入会", "退会"]
    other.take(one.give())
    assert state(one, worker) == state(other, worker) == "退会"


def test_what_is_changed_in_the_batch_that_moved_it_is_found(two: tuple[Laptop, Laptop]) -> None:
    one, _other = two
    moved(one, 365)
    worker, union = joined(one)
    moved(one, -365)
    event = new_uid()
    with one.open() as author, batch("edit", author) as writer:
        writer.create(MembershipEvent, {"uid": event, "worker": worker, "union": union, "type": "退会", "date": DAY})
        writer.update(MembershipEvent, event, {"reason": (None, "辞职")})
    assert [each["reason"] for _of, each in sorted(one.contents()["membership_event"].items())] == [None, "辞职"]


@pytest.mark.parametrize("other", [lambda: "w12", lambda: "", lambda: uid_beside(new_uid(), "step")])
def test_a_uid_sorts_behind_every_other_of_ours(other: Callable[[], str]) -> None:
    before = new_uid()
    told = other()
    assert uid_after(before, told) == before or uid_after(before, told) > told
    late = "ffffffff-ffff-7ffe-bfff-ffffffffffff"
    assert late < uid_after(before, late) <= "ffffffff-ffff-7fff-c"
    assert uid_after(late, before) == late


def test_counts_are_told_by_the_writer(two: tuple[Laptop, Laptop]) -> None:
    one, _other = two
    moved(one, 365)
    with one.open() as author:
        employer = case_world.employer(author, staff=40)
    moved(one, -365)
    with one.open() as author, batch("edit", author) as writer:
        for staff in (50, 51):
            values = {"subject": employer, "subject_kind": "单位", "as_of": "2026-06-30", "source": "税务", "staff_count": staff}
            writer.create(HeadCount, {"uid": new_uid(), **values})
    with one.open():
        assert newest_counts([employer])[employer]["staff_count"] == 51
