"""Two laptops that meet: what one has done the other has, nothing is lost, and where both wrote a person decides."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from models.duplicates.merge import merge
from models.editing import moving
from models.editing.groups import add_group
from models.editing.regions import add_region
from models.engine import database
from models.errors import UserError
from models.exchange.conflicts import decide, find_conflict, open_conflicts
from models.journal import bundles, entries
from models.journal.history import history
from models.journal.settings import change_settings
from models.journal.undo import undo
from models.journal.writer import batch
from models.lists import search
from models.people.erasing import erase
from models.records.catalogue import RECORDS
from models.records.employer import Employer
from models.records.group import OccupationGroup
from models.records.headcount import HeadCount
from models.records.region import Region, load_index
from models.records.setting import setting, uid_of
from models.records.worker import Worker
from models.register.register import Register
from models.rules.rules import set_aside, take_up
from models.uid import new_uid
from tests.aids import case_world, engines
from tests.aids.speaking import TODAY, WANG
from tests.aids.state_model import differences
from tests.exchange.laptops import Laptop, both_take


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


def test_a_removal_stays_open_on_all_laptops_though_the_edit_against_it_was_undone(
    empty_register: Register, tmp_path: Path
) -> None:
    one, other, third = (Laptop(empty_register, tmp_path, each * 16) for each in "abc")
    with one.open() as author:
        worker = case_world.made(author, Worker, name="王五")
    other.take(one.give())
    with one.open() as author:
        undo(1, author)
    change(other, "worker", worker, "phone", "19900000002")
    taken = one.take(other.give())
    assert [each.field for each in taken.conflicts] == ["*"]
    with one.open() as author:
        edit = next(each.number for each in history() if each.kind == "edit" and each.number > 1)
        undo(edit, author)  # of the phone: who is to go, or to stay, is not decided by that
        assert [each.field for each in open_conflicts(author.device)] == ["*"]
    assert [each.field for each in third.take(one.give()).conflicts] == ["*"]
    with third.open() as author:
        decide(worker, "*", "remove", author)
    one.take(third.give())
    assert one.contents()["worker"] == third.contents()["worker"] == {}
    with one.open() as author:
        assert open_conflicts(author.device) == []


def test_what_an_edit_elsewhere_brought_back_is_found_again(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        union = case_world.union(author)
    other.take(one.give())
    change(other, "union", union, "chair", "周示例")
    with one.open() as author:
        undo(1, author)
        search.catch_up()
        assert search.found("union", "某市场联合工会") == frozenset()
    one.take(other.give())
    with one.open():
        search.catch_up()
        assert search.found("union", "某市场联合工会") == {union}


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


def test_a_reference_keeps_what_was_removed_elsewhere(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        employer, counted = new_uid(), {"subject_kind": "单位", "as_of": "2026-06-30", "staff_count": 30}
        with batch("import", author) as writer:
            facts = [(HeadCount, {"uid": new_uid(), "subject": employer, **counted})]
            writer.create(Employer, {"uid": employer, "name": "重庆霁蓝虚构印务有限公司"}, facts)
        worker = case_world.made(author, Worker, name="王五")
    other.take(one.give())
    change(other, "worker", worker, "employer", employer)
    with one.open() as author:
        undo(1, author)
    assert employer not in one.contents()["employer"]
    here, there = both_take(one, other)
    assert [each.uid for each in (*here.refused, *there.refused)].count(employer) == 2
    assert one.contents()["worker"][worker]["employer"] == employer
    assert [each["staff_count"] for each in one.contents()["head_count"].values()] == [30]


def test_a_reference_follows_a_merge_elsewhere(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        keep, drop = (case_world.made(author, Employer, name="重庆霁蓝虚构印务有限公司") for _each in range(2))
        worker = case_world.made(author, Worker, name="王五")
    other.take(one.give())
    with one.open() as author:
        merge(keep, drop, {}, author, load_index(TODAY), TODAY)
    change(other, "worker", worker, "employer", drop)
    _here, there = both_take(one, other)
    assert (there.moved, there.refused) == (1, [])
    assert other.contents()["worker"][worker]["employer"] == keep
    assert list(other.contents()["employer"]) == [keep]


def test_who_was_removed_and_is_kept_by_a_reference_that_follows_a_merge_is_told(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        worker = case_world.made(author, Worker, name="王五")
        keep, drop = (case_world.made(author, Employer, name="重庆霁蓝虚构印务有限公司") for _each in range(2))
    other.take(one.give())
    change(other, "worker", worker, "employer", drop)
    with one.open() as author:
        merge(keep, drop, {}, author, load_index(TODAY), TODAY)
        undo(1, author)
    taken = one.take(other.give())  # which writes itself that he is at the merged one
    assert (taken.moved, [each.field for each in taken.conflicts]) == (1, ["*"])
    assert {(each.person, each.gone) for each in (taken.conflicts[0].mine, *taken.conflicts[0].theirs)} == {
        ("王甲", True), ("王甲", False)
    }
    assert one.contents()["worker"][worker]["employer"] == keep
    both_take(one, other)


def test_the_same_person_entered_twice_is_a_candidate_and_the_merge_goes_along(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        mine = case_world.made(author, Worker, name="王五", id_number=WANG, phone="19900000001")
    with other.open() as author:
        theirs = case_world.made(author, Worker, name="王五", id_number=WANG, education="本科")
    taken = one.take(other.give())
    assert [(each.kind, each.left, each.right, each.code) for each in taken.perhaps_same] == [
        ("worker", theirs, mine, "id-number")
    ]
    with one.open() as author:
        merge(mine, theirs, {}, author, load_index(TODAY), TODAY)
    both_take(one, other)
    (person,) = other.contents()["worker"].values()
    assert (person["uid"], person["phone"], person["education"]) == (mine, "19900000001", "本科")


def test_findings_put_aside_on_both_sides_are_no_conflict(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        first, second = (case_world.made(author, Worker, name=name) for name in ("王五", "李四"))
        set_aside("R01", first, "一起的", author)
    other.take(one.give())
    with one.open() as author:
        set_aside("R02", first, "甲", author)
        take_up("R01", first, author)
    with other.open() as author:
        set_aside("R03", second, "乙", author)
    here, there = both_take(one, other)
    assert here.conflicts == there.conflicts == []
    with other.open():
        assert setting("set_aside") == {f"R02 {first}": "甲", f"R03 {second}": "乙"}


def test_a_setting_that_both_changed_is_a_conflict_and_own_towns_are_nobody_elses(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    for laptop, value in ((one, 30), (other, 40)):
        with laptop.open() as author:
            change_settings({"threshold": value, "my_towns": [f"town-{value}"]}, author)
    here, there = one.take(other.give()), other.take(one.give())
    assert [each.field for each in here.conflicts] == ["value"] == [each.field for each in there.conflicts]
    with one.open():
        assert setting("my_towns") == ["town-30"]
    with other.open() as author:
        assert setting("my_towns") == ["town-40"]
        decide(uid_of("threshold"), "value", "mine", author)
    one.take(other.give())
    with one.open() as author:
        assert (setting("threshold"), open_conflicts(author.device)) == (40, [])


def test_what_both_add_by_name_is_one(two: tuple[Laptop, Laptop]) -> None:
    for laptop in two:
        with laptop.open() as author:
            index = load_index(TODAY)
            add_group("宠物美容师", author)
            add_region("虚构社区", "community", str(index.resolve("沙坪坝区小龙坎街道").uid), author, index)
    here, there = two[0].take(two[1].give()), two[1].take(two[0].give())
    assert (here.new, here.conflicts, here.perhaps_same, there.new) == (0, [], [], 0)
    for laptop in two:
        with laptop.open():
            assert [row.name for row in Region.select().where(Region.name == "虚构社区")] == ["虚构社区"]
            assert OccupationGroup.select().where(OccupationGroup.name == "宠物美容师").count() == 1


def test_the_case_of_an_employer_opens_once_on_all_laptops(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    with one.open() as author:
        employer = case_world.employer(author, "重庆霁蓝虚构印务有限公司", 40)
    other.take(one.give())
    for laptop in two:
        with laptop.open() as author:
            case_world.reconciled(author)
    here, there = both_take(one, other)
    assert here.conflicts == there.conflicts == []
    assert [each["employer"] for each in one.contents()["drive_case"].values()] == [employer]
    assert len(one.contents()["case_step"]) == 1


def test_who_was_erased_on_one_laptop_is_erased_on_the_other(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    worker, _union = member(one)
    other.take(one.give())
    change(other, "worker", worker, "phone", "19900000002")
    with one.open() as author:
        erase([worker], "本人书面申请", author, one.folder)
    other.take(one.give())
    one.take(other.give())
    for laptop in two:
        with laptop.open():
            assert list(entries.holding([WANG, "19900000002", "王五"], ("record",))) == []
            assert list(bundles.faults()) == []
            assert list(database.fetch_in(Worker, "uid", [worker], ("name", "phone"))) == [(None, None)]
    assert differences(one.contents(), other.contents()) == []


def test_what_came_may_be_undone_but_not_that_somebody_was_erased(empty_register: Register, tmp_path: Path) -> None:
    one, other, third = (Laptop(empty_register, tmp_path, each * 16) for each in "abc")
    worker, union = member(one)
    for laptop in (other, third):
        laptop.take(one.give())
    with one.open() as author:
        erase([worker], "本人书面申请", author, one.folder)
    change(one, "union", union, "chair", "赵示例")
    taken = other.take(one.give())
    with other.open() as author:
        undone = undo(taken.batch or 0, author)
    assert {each.reason for each in undone.kept if each.kind == "erasure"} == {"已经依申请删除个人信息，只留计数"}
    assert other.contents()["union"][union]["chair"] is None
    third.take(other.give())
    for laptop in (other, third):
        with laptop.open():
            assert list(entries.holding([WANG, "王五"], ("record",))) == []
            assert list(database.fetch_in(Worker, "uid", [worker], ("name", "id_number"))) == [(None, None)]


def test_an_undone_taking_that_removed_brings_back_what_was_there(two: tuple[Laptop, Laptop]) -> None:
    one, other = two
    worker, _union = member(one)
    other.take(one.give())
    before = other.contents()
    with one.open() as author:
        for number in (3, 2):
            undo(number, author)
    taken = other.take(one.give())
    assert (taken.gone, worker in other.contents()["worker"], taken.batch is not None) == (2, False, True)
    with other.open() as author:
        undo(taken.batch or 0, author)
    assert differences(other.contents(), before) == []
    both_take(one, other)
    assert differences(one.contents(), before) == []


def test_three_laptops_one_value_each(empty_register: Register, tmp_path: Path) -> None:
    laptops = [Laptop(empty_register, tmp_path, each * 16) for each in "abc"]
    worker, _union = member(laptops[0])
    for each in laptops[1:]:
        each.take(laptops[0].give())
    for number, each in enumerate(laptops):
        change(each, "worker", worker, "phone", f"1990000000{number}")
    for each in laptops[1:]:
        laptops[0].take(each.give())
    change(laptops[0], "worker", worker, "phone", "19900000009")
    with laptops[0].open() as author:
        (conflict,) = open_conflicts(author.device)
        assert conflict.mine.value == "19900000009"
        assert len(conflict.theirs) in (1, 2)
        assert find_conflict(worker, "phone", author.device) == conflict
        decide(worker, "phone", "mine", author)
    for each in laptops[1:]:
        assert each.take(laptops[0].give()).conflicts == []
        assert each.contents()["worker"][worker]["phone"] == "19900000009"


def test_a_folder_that_was_copied_by_hand_is_told(two: tuple[Laptop, Laptop], tmp_path: Path, empty_register: Register) -> None:
    one, other = two
    member(one)
    twin = Laptop(empty_register, tmp_path / "copy", one.author.device)
    shutil.rmtree(twin.folder)
    twin.register = engines.copied(one.register, twin.folder)
    other.take(one.give())
    for laptop in (one, twin):
        with laptop.open() as author:
            case_world.union(author, "某虚构市场联合工会")
    other.take(one.give())
    with pytest.raises(UserError, match="两边不一样"):
        other.take(twin.give())
