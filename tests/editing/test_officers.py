"""Officers kept by hand: entered, put right, ended, taken back; merged, found, told to the person, and erased with him."""

from pathlib import Path
from typing import Any

import pytest

from models.editing.officers import (
    correct_officer,
    end_officer,
    enter_officer,
    officers_of,
    people_called,
    remove_officer,
)
from models.errors import UserError
from models.journal.undo import undo
from models.journal.writer import Author
from models.lists import search
from models.people.erasing import erase
from models.people.held_data import held_data
from models.records.officer import Officer
from models.records.region import load_index
from models.records.union import Union
from models.register.register import Register
from models.unions.sheet import union_sheet
from tests.aids.merge_cases import member, merged
from tests.aids.speaking import TODAY, last_batch, listed, made
from tests.aids.state_model import contents, differences, told_again
from tests.people.erased_person import pages
from ui.record.organization import officers_text

CHAIR = {"name": "欧阳砚舟", "body": "工会委员会", "post": "主席", "since": "2024-05", "phone": "19900000071", "note": "左手有疤"}


@pytest.fixture
def union(register: Register, author: Author) -> str:
    return made(author, Union, name="甲公司工会", state="正常", verified=1)


def enter(author: Author, union: str, worker: str = "", **values: str) -> str:
    enter_officer(union, CHAIR | values, author, TODAY, worker)
    return str(Officer.select().order_by(Officer.id.desc()).get().uid)


def told(union: str) -> list[tuple[str, str | None, bool]]:
    return [(each.values["name"], each.values["until"], each.in_office) for each in officers_of(union, TODAY)]


def test_a_post_is_entered_put_right_ended_and_taken_back(author: Author, union: str) -> None:
    chair = enter(author, union)
    enter(author, union, name="钱示例", body="", post="经审委员", phone="")
    assert listed("officers", "name", "body", "post", "since") == [
        ("欧阳砚舟", "工会委员会", "主席", "2024-05"), ("钱示例", "经费审查委员会", "经审委员", "2024-05"),
    ]  # fmt: skip
    correct_officer(chair, {"name": "欧阳砚舟", "body": "工会委员会", "post": "主席", "since": "2024-05-06"}, author, TODAY)
    assert Officer.get(Officer.uid == chair).since == "2024-05-06"
    end_officer(chair, "2026-03-01", author, TODAY, "调离")
    assert told(union) == [("钱示例", None, True), ("欧阳砚舟", "2026-03-01", False)]
    with pytest.raises(UserError, match="已经在 2026-03-01 离任"):
        end_officer(chair, "2026-04-01", author, TODAY)
    undo(last_batch(), author)
    assert [name for name, _until, here in told(union) if here] == ["欧阳砚舟", "钱示例"]
    remove_officer(chair, author)
    assert [name for name, *_rest in told(union)] == ["钱示例"]
    undo(last_batch(), author)
    assert len(told(union)) == 2
    assert differences(contents(), told_again()) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": ""}, "请写明姓名"), ({"since": "2030-01-01"}, "在今天之后"), ({"body": "", "post": ""}, "任职机构或者职务"),
        ({"since": "不知道"}, "任职日期"), ({"until": "2020-01-01"}, "早于任职日期"), ({"鞋码": "40"}, "没有“鞋码”"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(author: Author, union: str, values: dict[str, str], said: str) -> None:
    with pytest.raises(UserError, match=said):
        enter(author, union, **values)
    assert told(union) == []


def test_the_same_post_twice_is_refused(author: Author, union: str) -> None:
    enter(author, union)
    with pytest.raises(UserError, match="已经在任这个职务"):
        enter(author, union)
    enter(author, union, body="女职工委员会", post="女职工主任")
    assert len(told(union)) == 2


def test_a_person_of_the_register_is_offered_by_name(author: Author, union: str) -> None:
    here = member(author, union, "欧阳砚舟", "2020-01-02")
    member(author, made(author, Union, name="别的工会"), "欧阳砚舟")
    assert people_called(union, "欧阳砚舟") == [(here, "2020-01-02 入会")]
    assert people_called(union, "") == []


def test_the_unions_page_says_who_and_that_the_chair_is_vacant(author: Author, union: str) -> None:
    chair = enter(author, union)
    sheet = union_sheet(union, TODAY)
    assert sheet is not None
    assert officers_text("committee", sheet) == "；登记在任 1 人：欧阳砚舟（主席）"
    assert officers_text("audit", sheet) == ""
    end_officer(chair, "2026-03-01", author, TODAY)
    sheet = union_sheet(union, TODAY)
    assert sheet is not None
    assert officers_text("committee", sheet) == "；登记在任 0 人；主席空缺（2026-03-01 起）"


def test_an_officer_is_found_and_leads_to_the_union(author: Author, union: str) -> None:
    enter(author, union)
    search.catch_up()
    for text in ("欧阳", "ouyang", "0071"):
        (group,) = [each for each in search.find(text, load_index(TODAY)) if each.kind == "officer"]
        assert [(hit.kind, hit.uid, hit.title, hit.detail) for hit in group.hits] == [("union", union, "欧阳砚舟", "甲公司工会 · 主席")]
    assert listed("officers", "phone") == [("19900000071",)]


def test_posts_go_with_a_person_and_a_union_that_are_merged(author: Author, union: str) -> None:
    one, other = member(author, union, "欧阳砚舟"), member(author, union, "欧阳砚舟")
    enter(author, union, other)
    number = merged(author, one, other)
    assert [row.worker for row in Officer.select()] == [one]
    undo(number, author)
    assert [row.worker for row in Officer.select()] == [other]
    second = made(author, Union, name="甲公司工会委员会")
    merged(author, second, union)
    assert [row.union for row in Officer.select()] == [second]


def test_a_person_is_told_of_the_posts(author: Author, union: str) -> None:
    person = member(author, union, "欧阳砚舟")
    enter(author, union, person)
    held = held_data(person, load_index(TODAY))
    assert [(each.post, each.body, each.union, each.since) for each in held.posts] == [("主席", "工会委员会", "甲公司工会", "2024-05")]
    assert [each for each in held.mentions if each.kind == "officer"] == []


def test_posts_are_erased_with_the_person(register: Register, author: Author, union: str) -> None:
    person = member(author, union, "欧阳砚舟")
    chair = enter(author, union, person)
    correct_officer(chair, CHAIR | {"phone": "19900000072"}, author, TODAY)
    search.catch_up()
    texts = ("欧阳砚舟", "19900000071", "19900000072", "左手有疤", "ouyang")
    assert all(text.encode() in pages(register) for text in texts[:4])
    erase([person], "本人书面申请，登记第 12 号", author, register.folder)
    assert [text for text in texts if text.encode() in pages(register)] == []
    (row,) = Officer.select()
    kept = {name: value for name, value in row.__data__.items() if value is not None and name not in ("id", "uid")}
    assert kept == {"union": union, "worker": person, "body": "工会委员会", "since": "2024-05"}
    assert listed("officers", "name") == []
    shown: list[Any] = told(union)
    assert shown == [(None, None, True)]
    assert differences(contents(), told_again()) == []
    with pytest.raises(UserError, match="已经依申请删除"):
        enter(author, union, person)


def test_a_name_alone_is_a_mention_that_can_be_taken_out(register: Register, author: Author, union: str, tmp_path: Path) -> None:
    person = member(author, union, "欧阳砚舟")
    chair = enter(author, union)
    erase([person], "本人书面申请，登记第 12 号", author, register.folder, [chair])
    assert "欧阳砚舟".encode() not in pages(register)
