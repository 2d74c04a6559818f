"""A case's way: stages and what they refuse, papers, contacts, and the week's list."""

import pytest

from models.drive.case_list import assign, due, organizers
from models.drive.contacts import add_contact, change_contact, contacts_of, remove_contact
from models.drive.moves import add_paper, change_paper, close, move, remove_paper, take_back
from models.errors import UserError
from models.journal.log import Batch
from models.journal.undo import undo
from models.journal.writer import Author
from models.law import stages
from models.records.drive_case import DriveCase
from models.records.employer import Employer
from models.records.region import load_index
from models.values.codes import STAGE
from tests.aids.case_world import case, case_of, edit, employer, file, reconciled, steps
from tests.aids.speaking import TODAY, last_batch

# --- stages


def test_every_stage_of_the_code_list_is_described_once() -> None:
    assert tuple(stage.label for stage in stages.STAGES) == STAGE.labels


def test_a_case_walks_the_way_step_by_step(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    for stage in ("已接触", "已请示"):
        move(held, stage, "2026-11-22", author)
    move(held, "筹建中", "2026-11-22", author, number="沙工发〔2026〕8号")
    found = case_of(uid)
    told = [found[name] for name in ("stage", "preparation_start", "preparation_number")]
    assert told == ["筹建中", "2026-11-22", "沙工发〔2026〕8号"]
    assert take_back(held, author) == "已请示"
    found = case_of(uid)
    assert [found[name] for name in ("stage", "preparation_start", "preparation_number")] == ["已请示", None, None]
    assert [stage for stage, _date, _skipped in steps(held)] == ["待筹建", "已接触", "已请示"]


def test_stages_are_passed_over_only_when_they_are_named(register: object, author: Author) -> None:
    held = case(author, employer(author))
    with pytest.raises(UserError, match="已接触、已请示"):
        move(held, "筹建中", "2026-11-22", author)
    with pytest.raises(UserError, match="“已接触”"):
        move(held, "筹建中", "2026-11-22", author, skip=["已请示"])
    move(held, "筹建中", "2026-11-22", author, skip=["已接触", "已请示"], note="直接报批")
    assert steps(held)[1:] == [
        ("已接触", "2026-11-22", True), ("已请示", "2026-11-22", True), ("筹建中", "2026-11-22", False),
    ]  # fmt: skip
    assert take_back(held, author) == "待筹建"
    assert steps(held) == [("待筹建", "2026-11-22", False)]


@pytest.mark.parametrize(
    ("stage", "date", "told"),
    [
        ("待筹建", "2026-11-22", "已经在"), ("已建会", "2026-11-22", "没有工会覆盖"), ("规范运行", "2026-11-22", "还没有建会"),
        ("已接触", "2026-11-21", "早于上一步"), ("已接触", "", "写明"), ("已接触", "明天", "日期"), ("开会", "2026-11-22", "建会阶段"),
    ],
)  # fmt: skip
def test_an_impossible_move_is_refused_with_a_sentence(
    register: object, author: Author, stage: str, date: str, told: str
) -> None:
    held = case(author, employer(author))
    before = last_batch()
    with pytest.raises(UserError, match=told):
        move(held, stage, date, author)
    assert (last_batch(), steps(held)) == (before, [("待筹建", "2026-11-22", False)])


def test_a_month_is_not_before_a_day_in_it(register: object, author: Author) -> None:
    held = case(author, employer(author))
    move(held, "已接触", "2026-11", author)
    assert steps(held)[-1] == ("已接触", "2026-11", False)


def test_a_case_may_rest_and_go_on_but_not_back(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    move(held, "已接触", "2026-11-22", author)
    move(held, "暂缓", "2026-11-22", author)
    with pytest.raises(UserError, match="退回上一步"):
        move(held, "待筹建", "2026-11-22", author)
    move(held, "已请示", "2026-11-22", author)
    assert case_of(uid)["stage"] == "已请示"
    line = [(each.stage.label, each.state) for each in file(uid).stages[:4]]
    assert line == [("待筹建", "done"), ("已接触", "done"), ("已请示", "present"), ("筹建中", "ahead")]


def test_the_first_step_cannot_be_taken_back(register: object, author: Author) -> None:
    held = case(author, employer(author))
    with pytest.raises(UserError, match="没有可以退回"):
        take_back(held, author)


def test_a_move_is_one_batch_and_undone_as_one(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    move(held, "筹建中", "2026-11-22", author, skip=["已接触", "已请示"])
    batch = Batch.get_by_id(last_batch())
    assert batch.kind == "case"
    undo(int(batch.id), author)
    assert (case_of(uid)["stage"], case_of(uid)["preparation_start"]) == ("待筹建", None)
    assert steps(held) == [("待筹建", "2026-11-22", False)]


def test_a_step_taken_back_is_there_again_after_the_undo(register: object, author: Author) -> None:
    held = case(author, employer(author))
    move(held, "已请示", "2026-11-22", author, skip=["已接触"])
    before = steps(held)
    take_back(held, author)
    undo(last_batch(), author)
    assert steps(held) == before


# --- papers


def test_papers_are_asked_for_by_the_stages_reached(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    assert [each.name for each in file(uid).missing_papers] == ["单位基本情况表"]
    move(held, "已请示", "2026-11-22", author, skip=["已接触"])
    assert [each.name for each in file(uid).missing_papers] == ["单位基本情况表", "关于成立工会的请示"]
    paper = add_paper(held, {"name": "关于成立工会的请示", "number": "霁蓝〔2026〕1号", "date": "2026-11-22"}, author)
    other = add_paper(held, {"stage": "待筹建", "name": "营业执照复印件"}, author)
    lines = [(each.stage, each.name, each.missing) for each in file(uid).papers]
    assert lines == [
        ("待筹建", "单位基本情况表", True), ("待筹建", "营业执照复印件", False), ("已请示", "关于成立工会的请示", False),
    ]  # fmt: skip
    change_paper(paper, {"place": "三号柜"}, author)
    assert [each.place for each in file(uid).papers if each.uid == paper] == ["三号柜"]
    remove_paper(other, author)
    assert len(file(uid).papers) == 2
    with pytest.raises(UserError, match="没有这份材料"):
        remove_paper(other, author)
    with pytest.raises(UserError, match="材料名称"):
        add_paper(held, {"number": "1"}, author)


# --- contacts


def test_a_contact_gives_the_case_its_attitude_and_next_step(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    given = {
        "date": "2026-11-20",
        "way": "上门",
        "person_met": "周示例",
        "attitude": "犹豫",
        "promise_date": "2026-11-30",
    }
    done = add_contact(
        held, given, author, {"next_action": "再次走访", "next_action_date": "2026-12-01", "organizer": "陈示例"}
    )
    found = case_of(uid)
    told = [found[name] for name in ("attitude", "next_action", "next_action_date", "organizer")]
    assert told == ["观望", "再次走访", "2026-12-01", "陈示例"]
    assert [(each.action, each.value) for each in done.suggestions] == [("move", "已接触")]
    (kept,) = contacts_of(held)
    assert (kept["way"], kept["attitude"]) == ("实地走访", "观望")


@pytest.mark.parametrize(("attitude", "reason"), [("注销", "注销"), ("搬走", "搬迁"), ("不足25人", "不足人数")])
def test_an_attitude_that_ends_a_case_is_only_proposed(
    register: object, author: Author, attitude: str, reason: str
) -> None:
    uid = employer(author)
    done = add_contact(case(author, uid), {"date": "2026-11-20", "attitude": attitude}, author)
    assert [(each.action, each.value) for each in done.suggestions] == [("close", reason)]
    assert case_of(uid)["closed_on"] is None


def test_the_newest_contact_with_an_attitude_counts(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    refused = add_contact(held, {"date": "2026-11-20", "attitude": "拒绝"}, author).uid
    add_contact(held, {"date": "2026-11-01", "attitude": "同意"}, author)
    assert case_of(uid)["attitude"] == "拒绝"
    add_contact(held, {"date": "2026-11-21"}, author)
    assert case_of(uid)["attitude"] == "拒绝"
    change_contact(refused, {"attitude": "观望"}, author)
    assert case_of(uid)["attitude"] == "观望"
    remove_contact(refused, author)
    assert case_of(uid)["attitude"] == "同意"
    assert [each["date"] for each in contacts_of(held)] == ["2026-11-21", "2026-11-01"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"way": "电话"}, "日期"),
        ({"date": "2026-11-20", "鞋码": "40"}, "没有“鞋码”"),
        ({"date": "2026-11-20", "way": "飞鸽"}, "方式"),
    ],
)
def test_a_contact_that_cannot_be_read_is_refused(
    register: object, author: Author, given: dict[str, str], told: str
) -> None:
    held = case(author, employer(author))
    with pytest.raises(UserError, match=told):
        add_contact(held, given, author)
    assert contacts_of(held) == []


# --- this week


def test_whom_to_see_this_week(register: object, author: Author) -> None:
    index = load_index(TODAY)
    names = {"甲": "2026-11-29", "乙": "2026-11-30", "丙": "2026-11-01", "丁": None, "戊": None, "己": None}
    for name in names:
        employer(author, f"{name}虚构有限公司", region="沙坪坝区" if name in "甲丙" else "万州区")
    reconciled(author)
    cases = {name: case_of(Employer.get(Employer.name == f"{name}虚构有限公司").uid)["uid"] for name in names}
    for name, day in names.items():
        if day:
            edit(author, DriveCase, cases[name], next_action="走访", next_action_date=day)
    add_contact(cases["丁"], {"date": "2026-11-02", "promise_date": "2026-11-21", "outcome": "月底前答复"}, author)
    add_contact(cases["戊"], {"date": "2026-11-02", "promise_date": "2026-11-22"}, author)
    add_contact(cases["己"], {"date": "2026-11-02", "promise_date": "2026-11-20"}, author)
    add_contact(cases["己"], {"date": "2026-11-21"}, author)
    listed = [(each.name[0], each.why, each.overdue) for each in due(TODAY, index)]
    assert listed == [("丙", "action", 21), ("丁", "promise", 1), ("甲", "action", 0)]
    assert [each.name[0] for each in due(TODAY, index, days=8)] == ["丙", "丁", "甲", "乙"]
    assert [each.name[0] for each in due(TODAY, index, region=index.resolve("沙坪坝区").uid)] == ["丙", "甲"]
    assert "月底前答复" in due(TODAY, index)[1].task
    close(cases["丙"], "搬迁", "2026-11-22", author, TODAY)
    assert assign([cases["甲"], cases["丁"], cases["甲"]], "陈 示例", author) == 2
    assert assign([cases["甲"]], "陈示例", author) == 0
    assert organizers() == ["陈示例"]
    assert [each.name[0] for each in due(TODAY, index, organizer="陈示例")] == ["丁", "甲"]
    undo(last_batch(), author)
    assert organizers() == []
