"""Unions founded from cases: the union, its coverage, its parent and the case's end in one batch; joint unions."""

import datetime as dt
from typing import Any

import pytest

from models.drive.case_file import case_file
from models.drive.cases import reconcile
from models.drive.founding import covered, found_joint, found_union, join_existing, proposed
from models.drive.list import drive
from models.drive.moves import move
from models.errors import UserError
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.employer import Coverage
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.records.union import Union
from models.values.name_order import in_order
from tests.aids.case_world import COMPANY, case, case_of, cover, employer, made, reconciled, steps, union, values
from tests.aids.speaking import TODAY, last_batch

NAME = f"{COMPANY}工会委员会"
GIVEN: dict[str, Any] = {
    "name": NAME,
    "founding_date": "2026-11-20",
    "approval_number": "沙工发〔2026〕9号",
    "chair": "赵示例",
}


def group(name: str = COMPANY) -> str:
    """Where an employer stands in the funnel."""
    return next(row.group for row in drive(25, load_index(TODAY)).rows if row.name == name)


def coverages(employer_uid: str) -> list[tuple[str, str | None, str | None]]:
    """The coverages of an employer by their beginning: union, since, until."""
    rows = Coverage.select().where(Coverage.employer == employer_uid)
    return sorted((Union.get(Union.uid == row.union).name, row.since, row.until) for row in rows)


def test_founding_makes_union_coverage_and_parent_and_closes_the_case(register: object, author: Author) -> None:
    parent = union(author, "小龙坎街道总工会", union_type="乡镇（街道）工会")
    uid = employer(author, region="沙坪坝区小龙坎街道")
    held = case(author, uid)
    done = found_union(held, GIVEN | {"parent": parent, "term_years": "5"}, author, TODAY)
    assert (done.warnings, done.batch) == ([], last_batch())
    made_union = values(Union, done.union)
    told = [
        made_union[name]
        for name in ("name", "union_type", "founding_date", "term_start", "term_years", "state", "verified")
    ]
    assert told == [NAME, "单独基层工会", "2026-11-20", "2026-11-20", 5, "正常", 1]
    assert (made_union["parent"], made_union["region"]) == (parent, load_index(TODAY).resolve("沙坪坝区小龙坎街道").uid)
    assert coverages(uid) == [(NAME, "2026-11-20", None)]
    found = case_of(uid)
    assert [found[name] for name in ("stage", "closed_on", "closed_because")] == ["已建会", "2026-11-22", "已建会"]
    passed = [stage for stage, _date, skipped in steps(held) if skipped]
    assert passed == ["已接触", "已请示", "筹建中", "发展会员", "召开大会", "待批复"]
    assert steps(held)[-1] == ("已建会", "2026-11-20", False)
    assert group() == "own_union"
    assert reconciled(author).batch is None


def test_a_founding_entered_later_closes_the_case_on_its_own_day(register: object, author: Author) -> None:
    uid = employer(author)
    reconcile(dt.date(2026, 11, 2), author, load_index(TODAY))
    found_union(case_of(uid)["uid"], GIVEN, author, TODAY)
    assert (case_of(uid)["closed_on"], case_of(uid)["closed_because"]) == ("2026-11-20", "已建会")


def test_founding_is_undone_in_one_step(register: object, author: Author) -> None:
    uid = employer(author)
    joint = union(author, union_type="联合基层工会", verified=1)
    held = case(author, uid)
    cover(author, joint, uid, "2024-01-02")
    move(held, "已接触", "2026-11-22", author)
    before = (case_of(uid), steps(held), coverages(uid))
    done = found_union(held, GIVEN, author, TODAY)
    assert coverages(uid) == [("某市场联合工会", "2024-01-02", "2026-11-20"), (NAME, "2026-11-20", None)]
    undone = undo(done.batch, author)
    assert (undone.kept, Union.select().where(Union.name == NAME).count()) == ([], 0)
    assert (case_of(uid), steps(held), coverages(uid)) == before
    undo(undone.batch, author)
    assert (group(), case_of(uid)["closed_because"], len(coverages(uid))) == ("own_union", "已建会", 2)


def test_an_approval_number_that_is_missing_is_a_warning(register: object, author: Author) -> None:
    done = found_union(case(author, employer(author)), {"name": NAME, "founding_date": "2026-11"}, author, TODAY)
    assert len(done.warnings) == 3
    assert "工会法第十二条" in done.warnings[0]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": ""}, "工会名称"), ({"founding_date": None}, "建会日期"), ({"founding_date": "2026-11-23"}, "今天之后"),
        ({"parent": "nobody"}, "上级工会"), ({"term_years": "很多"}, "任期"), ({"state": "撤销"}, "没有“state”"),
        ({"name": "某市场联合 工会"}, "加入已有工会"),
    ],
)  # fmt: skip
def test_a_founding_that_cannot_be_is_refused_and_writes_nothing(
    register: object, author: Author, given: dict[str, Any], told: str
) -> None:
    union(author)
    uid = employer(author)
    held = case(author, uid)
    before = last_batch()
    with pytest.raises(UserError, match=told):
        found_union(held, GIVEN | given, author, TODAY)
    assert (last_batch(), group(), case_of(uid)["stage"]) == (before, "on_list", "待筹建")


def test_an_employer_with_its_own_union_founds_no_other(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    found_union(held, GIVEN, author, TODAY)
    with pytest.raises(UserError, match="已经有自己的工会"):
        found_union(held, GIVEN | {"name": "另一个工会"}, author, TODAY)


@pytest.mark.parametrize("old", [{"verified": 0}, {"state": "撤销"}, {"union_type": "联合基层工会"}])
def test_a_mere_mention_a_dissolved_and_a_joint_union_give_way(
    register: object, author: Author, old: dict[str, Any]
) -> None:
    uid = employer(author)
    held = case(author, uid)
    cover(author, union(author, "旧工会", **old), uid, "2026-11-21")
    found_union(held, GIVEN, author, TODAY)
    assert coverages(uid) == [("旧工会", "2026-11-21", "2026-11-22"), (NAME, "2026-11-20", None)]
    assert group() == "own_union"


def test_what_a_founding_form_begins_with(register: object, author: Author) -> None:
    index = load_index(TODAY)
    town, district = index.resolve("沙坪坝区小龙坎街道").uid, index.resolve("沙坪坝区").uid
    above = union(author, "沙坪坝区总工会", union_type="总工会", region=district)
    near = union(author, "小龙坎街道总工会", union_type="乡镇（街道）工会", region=town)
    union(author, "沙坪坝区某公司工会", region=town)
    one = case(author, employer(author, region="沙坪坝区小龙坎街道"))
    two = case(author, employer(author, "重庆松石虚构餐饮有限公司", region="沙坪坝区磁器口街道"))
    assert proposed([one], index) == {"name": NAME, "union_type": "单独基层工会", "region": town, "parent": near}
    assert proposed([two], index)["parent"] == above
    assert proposed([one, two], index) == {"union_type": "联合基层工会", "region": None, "parent": None}


def test_a_joint_union_covers_all_of_them(register: object, author: Author) -> None:
    names = ["丙虚构有限公司", "乙虚构有限公司", "甲虚构有限公司"]
    uids = [employer(author, name, region="沙坪坝区") for name in names]
    reconciled(author)
    cases = [case_of(uid)["uid"] for uid in uids]
    with pytest.raises(UserError, match="至少要覆盖两个"):
        found_joint([cases[0], cases[0]], GIVEN | {"name": "商圈联合工会"}, author, TODAY)
    done = found_joint(cases, GIVEN | {"name": "商圈联合工会"}, author, TODAY)
    index = load_index(TODAY)
    told = covered(done.union, TODAY, index)
    assert [(each.name, each.region, each.since, each.until) for each in told] == [
        (name, "沙坪坝区", "2026-11-20", None) for name in in_order(names, str)
    ]
    assert {each.drive_case for each in told} == set(cases)
    assert covered(done.union, dt.date(2026, 11, 19), index) == []
    assert {case_of(uid)["closed_because"] for uid in uids} == {"已建会"}
    assert group(names[0]) == "joint_union"
    found_union(cases[0], GIVEN, author, TODAY)
    assert [each.name for each in covered(done.union, TODAY, index)] == ["甲虚构有限公司", "乙虚构有限公司"]
    assert [each.name for each in covered(done.union, dt.date(2026, 11, 19), index)] == []


def test_one_employer_with_its_own_union_stops_a_joint_one(register: object, author: Author) -> None:
    one, two = employer(author, "甲虚构有限公司"), employer(author, "乙虚构有限公司")
    reconciled(author)
    cases = [case_of(uid)["uid"] for uid in (one, two)]
    cover(author, union(author, "乙工会"), two)
    with pytest.raises(UserError, match="“乙虚构有限公司”已经有自己的工会"):
        found_joint(cases, GIVEN, author, TODAY)
    assert case_of(one)["stage"] == "待筹建"


def test_an_employer_joins_a_union_that_exists(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    joint = union(author, union_type="联合基层工会", verified=0, founding_date="2021-05-01")
    with pytest.raises(UserError, match="早于"):
        join_existing(held, joint, "2021-04-30", author, TODAY)
    with pytest.raises(UserError, match="今天之后"):
        join_existing(held, joint, "2026-11-23", author, TODAY)
    with pytest.raises(UserError, match="写明加入"):
        join_existing(held, joint, "", author, TODAY)
    done = join_existing(held, joint, "2026-11-01", author, TODAY)
    assert (values(Union, joint)["verified"], coverages(uid)) == (1, [("某市场联合工会", "2026-11-01", None)])
    assert (group(), case_of(uid)["closed_because"]) == ("joint_union", "已建会")
    with pytest.raises(UserError, match="已经覆盖"):
        join_existing(held, joint, "2026-11-02", author, TODAY)
    undo(done.batch, author)
    assert (values(Union, joint)["verified"], group(), case_of(uid)["stage"]) == (0, "on_list", "待筹建")


def test_a_union_that_is_only_mentioned_as_covering_is_confirmed_by_joining(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    mentioned = union(author, NAME, verified=0)
    made(author, Coverage, union=mentioned, employer=uid)
    with pytest.raises(UserError, match="加入已有工会"):
        found_union(held, GIVEN, author, TODAY)
    join_existing(held, mentioned, "2026-11-01", author, TODAY)
    assert (coverages(uid), group()) == ([(NAME, "2026-11-01", None)], "own_union")


@pytest.mark.parametrize("gone", [{"state": "撤销"}, {"state": "筹备"}, {"dissolved_on": "2026-01-01"}])
def test_nobody_joins_a_union_that_is_not_in_being(register: object, author: Author, gone: dict[str, Any]) -> None:
    held = case(author, employer(author))
    with pytest.raises(UserError, match="不能加入"):
        join_existing(held, union(author, **gone), "2026-11-01", author, TODAY)
    with pytest.raises(UserError, match="没有这个工会"):
        join_existing(held, "nobody", "2026-11-01", author, TODAY)


def test_an_orderly_union_may_follow_a_founded_one(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    found_union(held, GIVEN, author, TODAY)
    move(held, "规范运行", "2026-11-22", author)
    assert (case_of(uid)["stage"], case_of(uid)["closed_because"]) == ("规范运行", "已建会")
    assert reconciled(author).batch is None
    line = {each.stage.label: each.state for each in case_file(uid, TODAY, load_index(TODAY)).stages}
    assert (line["待筹建"], line["已接触"], line["已建会"], line["规范运行"]) == ("done", "skipped", "done", "present")


def test_members_counted_do_not_open_a_case(register: object, author: Author) -> None:
    uid = employer(author, staff=24)
    made(author, HeadCount, subject=uid, subject_kind="单位", as_of="2026-07-01", source="单位申报", member_count=40)
    assert reconciled(author).opened == []  # members are not people employed: two numbers, never mixed
