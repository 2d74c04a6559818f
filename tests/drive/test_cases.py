"""Cases open and close by themselves as their employers come onto the drive's list and leave it; or by hand."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from models.drive.cases import opened_in_month, reconcile
from models.drive.list import drive
from models.drive.moves import close, move, reopen, take_back
from models.editing.endings import dissolve_union
from models.errors import UserError
from models.journal.undo import undo
from models.journal.writer import Author
from models.records.drive_case import DriveCase
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.region import load_index
from tests.aids.case_world import (
    COMPANY,
    case,
    case_of,
    count,
    cover,
    edit,
    employer,
    file,
    made,
    reconciled,
    steps,
    union,
    values,
)
from tests.aids.speaking import TODAY, imported_rows, last_batch

OTHER = "重庆松石虚构餐饮有限公司"


# --- opening and closing by themselves


@pytest.mark.parametrize(("staff", "opened"), [(24, 0), (25, 1), (26, 1), (0, 0), (None, 0)])
def test_a_case_opens_when_a_count_reaches_the_line(
    register: object, author: Author, staff: int | None, opened: int
) -> None:
    employer(author, staff=staff)
    done = reconciled(author)
    assert [len(done.opened), len(done.closed), len(done.reopened)] == [opened, 0, 0]
    assert DriveCase.select().count() == opened


def test_an_opened_case_knows_when_and_with_how_many_people(register: object, author: Author) -> None:
    uid = employer(author, staff=31, region="沙坪坝区小龙坎街道")
    done = reconciled(author)
    assert (done.text, done.batch) == ("建会台账：新增 1 家", last_batch())
    (told,) = done.opened
    assert (told.name, told.region, told.staff_count) == (COMPANY, "沙坪坝区小龙坎街道", 31)
    held = case_of(uid)
    assert (held["stage"], held["opened_on"], held["opened_with"]) == ("待筹建", "2026-11-22", 31)
    assert steps(held["uid"]) == [("待筹建", "2026-11-22", False)]
    assert opened_in_month(TODAY) == [held["uid"]]
    assert opened_in_month(dt.date(2026, 10, 31)) == []


def test_nothing_is_written_when_the_list_has_not_changed(register: object, author: Author) -> None:
    employer(author)
    employer(author, OTHER, 12)
    reconciled(author)
    before = last_batch()
    again = reconciled(author)
    assert (again.batch, again.text, last_batch()) == (None, "", before)


def test_a_range_counts_by_its_lower_bound(register: object, author: Author) -> None:
    wide = HeadCount.staff_count.declared.kind.parse("25-30")
    narrow = HeadCount.staff_count.declared.kind.parse("24-30")
    employer(author, staff=int(wide.value), name="甲虚构有限公司")
    employer(author, staff=int(narrow.value), name="乙虚构有限公司")
    assert [each.name for each in reconciled(author).opened] == ["甲虚构有限公司"]


def test_an_imported_stage_is_taken_over_as_the_case(register: object, author: Author) -> None:
    uid = employer(author)
    made(author, DriveCase, employer=uid, stage="筹建中")
    assert len(reconciled(author).opened) == 1
    assert (case_of(uid)["stage"], case_of(uid)["opened_on"]) == ("筹建中", "2026-11-22")
    move(case_of(uid)["uid"], "发展会员", "2026-11-22", author)
    assert steps(case_of(uid)["uid"]) == [("筹建中", None, False), ("发展会员", "2026-11-22", False)]
    assert take_back(case_of(uid)["uid"], author) == "筹建中"


def test_an_imported_case_of_an_employer_below_the_line_is_left_alone(register: object, author: Author) -> None:
    made(author, DriveCase, employer=employer(author, staff=24), stage="待筹建")
    assert reconciled(author).batch is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"staff": 24}, "不足人数"), ({"operating": 0}, "注销"), ({"closed_on": "2026-11-01", "operating": None}, "注销"),
        ({"non_public": 0}, "其他"), ({"union": True}, "已建会"),
    ],
)  # fmt: skip
def test_a_case_closes_with_the_reason_and_opens_again(
    register: object, author: Author, change: dict[str, Any], reason: str
) -> None:
    uid = employer(author)
    case(author, uid)
    if "staff" in change:
        back = count(author, uid, 24, "2026-09-30")
    elif "union" in change:
        back = cover(author, union(author), uid, "2026-11-02")
    else:
        back = ""
        edit(author, Employer, uid, **change)
    done = reconciled(author)
    assert [(each.name, each.reason) for each in done.closed] == [(COMPANY, reason)]
    held = case_of(uid)
    assert (held["closed_on"], held["closed_because"], done.text) == ("2026-11-22", reason, "建会台账：结案 1 家")
    if "staff" in change:
        edit(author, HeadCount, back, staff_count=25)
    elif "union" in change:
        edit(author, Coverage, back, until="2026-11-20")
    else:
        edit(author, Employer, uid, operating=1, non_public=1)
    again = reconciled(author)
    assert [each.drive_case for each in again.reopened] == [held["uid"]]
    assert (case_of(uid)["closed_on"], case_of(uid)["closed_because"], case_of(uid)["stage"]) == (None, None, "待筹建")


@pytest.mark.parametrize("fact", ["2026-11-10", "2026-11"])
def test_a_case_that_closes_by_itself_closes_on_the_day_of_the_fact(register: object, author: Author, fact: str) -> None:
    few, gone, built, public = (employer(author, f"{name}虚构有限公司") for name in "甲乙丙丁")
    reconcile(dt.date(2026, 11, 2), author, load_index(TODAY))
    count(author, few, 20, fact)
    edit(author, Employer, gone, operating=0, closed_on=fact)
    cover(author, union(author), built, fact)
    edit(author, Employer, public, non_public=0)
    reconciled(author)
    days = {case_of(uid)["closed_because"]: case_of(uid)["closed_on"] for uid in (few, gone, built, public)}
    assert days == {"不足人数": fact, "注销": fact, "已建会": fact, "其他": "2026-11-22"}, "no fact says when it became public"
    assert steps(case_of(built)["uid"])[-1] == ("已建会", fact, False)


def test_a_case_opens_again_on_the_day_the_union_was_dissolved(register: object, author: Author) -> None:
    uid = employer(author, founding_date="2020-01-02")
    reconcile(dt.date(2026, 3, 2), author, load_index(TODAY))
    own = union(author, founding_date="2026-04-01")
    cover(author, own, uid, "2026-04-01")
    reconciled(author)
    dissolve_union(own, "2026-08-31", author, TODAY)
    reconciled(author)
    assert steps(case_of(uid)["uid"])[1:] == [("已建会", "2026-04-01", False), ("待筹建", "2026-08-31", False)]
    stood = [drive(25, load_index(TODAY), as_of=dt.date(2026, 8, day)).rows[0] for day in (30, 31)]
    assert [(row.group, row.stage, row.suspected) for row in stood] == [
        ("own_union", "已建会", False), ("on_list", "待筹建", False),
    ]  # fmt: skip


def test_a_case_does_not_close_before_it_was_opened_or_last_moved(register: object, author: Author) -> None:
    uid, other = employer(author), employer(author, OTHER)
    reconcile(dt.date(2026, 11, 2), author, load_index(TODAY))
    move(case_of(other)["uid"], "已接触", "2026-11-20", author)
    count(author, uid, 20, "2026-09-30")
    count(author, other, 20, "2026-11-10")
    reconciled(author)
    assert [case_of(each)["closed_on"] for each in (uid, other)] == ["2026-11-22"] * 2


def test_a_union_found_in_another_list_moves_the_case_to_built(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    move(held, "已接触", "2026-11-22", author)
    cover(author, union(author), uid, "2021-05")
    reconciled(author)
    assert case_of(uid)["stage"] == "已建会"
    assert steps(held)[-1] == ("已建会", "2026-11-22", False)  # 2021-05 would lie before the case's other steps


def test_a_count_that_went_missing_closes_nothing(register: object, author: Author) -> None:
    uid = employer(author)
    case(author, uid)
    edit(author, HeadCount, HeadCount.get(HeadCount.subject == uid).uid, staff_count=None)
    assert reconciled(author).batch is None


def test_an_undone_import_takes_the_cases_it_opened_along(register: object, author: Author) -> None:
    uid = employer(author, staff=None)
    born = last_batch()
    counted = count(author, uid, 40)
    case(author, uid)
    undo(last_batch() - 1, author)
    assert values_there(HeadCount, counted) is False
    done = undo(born, author)
    assert (done.kept, Employer.select().count(), DriveCase.select().count()) == ([], 0, 0)
    undo(done.batch, author)
    assert steps(case_of(uid)["uid"]) == [("待筹建", "2026-11-22", False)]


def test_an_undone_import_keeps_an_employer_whose_case_was_worked_on(register: object, author: Author) -> None:
    uid = employer(author, staff=None)
    born = last_batch()
    count(author, uid, 40)
    held = case(author, uid)
    move(held, "已接触", "2026-11-22", author)
    with pytest.raises(UserError):
        undo(born, author)
    assert case_of(uid)["stage"] == "已接触"


def test_an_undone_import_of_stages_takes_the_opened_cases_along(
    register: object, author: Author, tmp_path: Path
) -> None:
    rows: list[list[Any]] = [
        ["企业名称", "单位性质", "员工人数", "建会阶段", "统计日期"],
        ["甲虚构有限公司", "私营企业", 30, "筹建中", "2026-06-30"],
        ["乙虚构有限公司", "私营企业", 30, None, "2026-06-30"],
    ]
    done = imported_rows(author, tmp_path, rows)
    assert len(reconciled(author).opened) == 2
    assert done.outcome.batch is not None
    undone = undo(done.outcome.batch, author)
    assert (undone.kept, Employer.select().count(), DriveCase.select().count()) == ([], 0, 0)
    undo(undone.batch, author)
    assert sorted(row.stage for row in DriveCase.select()) == ["待筹建", "筹建中"]
    assert reconciled(author).batch is None


def test_an_undone_list_of_unions_opens_the_cases_again(register: object, author: Author, tmp_path: Path) -> None:
    uid = employer(author)
    held = case(author, uid)
    rows = [
        ["工会名称", "单位名称", "基层工会类型", "建会日期"],
        [f"{COMPANY}工会", COMPANY, "单独基层工会", "2026-11-22"],
    ]
    done = imported_rows(author, tmp_path, rows)
    assert [each.reason for each in reconciled(author).closed] == ["已建会"]
    assert done.outcome.batch is not None
    undo(done.outcome.batch, author)
    assert [each.drive_case for each in reconciled(author).reopened] == [held]
    assert (case_of(uid)["stage"], case_of(uid)["closed_on"]) == ("待筹建", None)


def values_there(record: Any, uid: str) -> bool:
    """Whether a record is in the register."""
    return bool(record.select().where(record.uid == uid).exists())


# --- closing by hand


@pytest.mark.parametrize("reason", ["搬迁", "其他", "不足人数"])
def test_what_a_person_closed_stays_closed_and_is_off_the_list(register: object, author: Author, reason: str) -> None:
    uid = employer(author)
    close(case(author, uid), reason, "2026-11-22", author, TODAY, note="现场核实")
    assert reconciled(author).batch is None
    state = drive(25, load_index(TODAY))
    assert (state.on_list, state.summary["excluded"]) == ([], 1)
    assert (file(uid).group, file(uid).reason) == ("taken_off", "已结案，不再列入")


@pytest.mark.parametrize("day", ["2026-11-22", "2026-08-01"])
def test_only_a_count_learned_since_calls_a_case_back_that_was_closed_for_want_of_people(
    register: object, author: Author, day: str
) -> None:
    uid = employer(author)
    close(case(author, uid), "不足人数", day, author, TODAY)
    assert reconciled(author).batch is None, "whoever closed it knew the counts, whatever the day of the closing"
    count(author, uid, 40, "2026-10-31")
    assert len(reconciled(author).reopened) == 1
    assert case_of(uid)["stage"] == "待筹建"


def test_closing_as_deregistered_tells_the_employer_too(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    close(held, "注销", "2026-10-15", author, TODAY)
    assert (values(Employer, uid)["operating"], values(Employer, uid)["closed_on"]) == (0, "2026-10-15")
    undo(last_batch(), author)
    assert (values(Employer, uid)["operating"], case_of(uid)["closed_on"], case_of(uid)["stage"]) == (1, None, "待筹建")
    assert steps(held) == [("待筹建", "2026-11-22", False)]


def test_a_closed_case_is_opened_by_hand_where_it_was(register: object, author: Author) -> None:
    uid = employer(author)
    held = case(author, uid)
    move(held, "已接触", "2026-11-22", author)
    close(held, "搬迁", "2026-11-22", author, TODAY)
    with pytest.raises(UserError, match="已经结案"):
        move(held, "已请示", "2026-11-22", author)
    reopen(held, "2026-11-22", author)
    assert (case_of(uid)["stage"], case_of(uid)["closed_on"]) == ("已接触", None)
    with pytest.raises(UserError, match="没有结案"):
        reopen(held, "2026-11-22", author)


@pytest.mark.parametrize(
    ("reason", "date", "told"),
    [
        ("已建会", "2026-11-22", "成立工会"),
        ("搬迁", "", "日期和原因"),
        ("倒闭", "2026-11-22", "结案原因"),
        ("搬迁", "某天", "结案日期"),
        ("搬迁", "2026-11-23", "今天之后"),
    ],
)
def test_what_cannot_close_a_case_is_refused(
    register: object, author: Author, reason: str, date: str, told: str
) -> None:
    held = case(author, employer(author))
    with pytest.raises(UserError, match=told):
        close(held, reason, date, author, TODAY)
