"""Questions that name what they ask about, cells that say several things, and states of people who are no members."""

from pathlib import Path
from typing import Any

import pytest

from importers.rows.decided_json import from_json
from importers.rows.decisions import Decisions, to_json
from models.journal.writer import Author
from models.records.employer import Employer
from models.records.membership import MembershipEvent
from models.records.union import Union
from samples.invented import credit_code
from tests.aids.speaking import LI, WANG, ZHAO, Done, imported_rows, listed

KEY = ("表.xlsx", "Sheet1")
COMPANY = "重庆霁蓝虚构印务有限公司"
UNION = "重庆霁蓝虚构印务有限公司工会"
ONE, TWO = credit_code("91500106MA0000001"), credit_code("91500106MA0000002")
FIRST, SECOND = credit_code("81500106MC0000001"), credit_code("81500106MC0000002")
PHONES = ["19900000001", "19900000002", "19900000003"]


def asked(done: Done) -> dict[int, tuple[str, ...]]:
    """Row → the records among which it asks."""
    steps = [step for sheet in done.plan.sheets for step in sheet.steps]
    return {step.number: each.candidates for step in steps for each in step.problems if each.level == "question"}


def means(row: int, uid: str) -> Decisions:
    """The decision that a row means a record, as it comes back from a file of decisions."""
    return from_json(to_json(Decisions().with_rows(KEY, (row,), f"update:{uid}")))


def two_employers(author: Author, folder: Path) -> list[str]:
    """Two employers of the same name in the register: their uids."""
    rows = [["企业名称", "统一社会信用代码", "法定代表人"], [COMPANY, ONE, "王砚舟"], [COMPANY, TWO, "李芷汐"]]
    imported_rows(author, folder, rows, name="企业", decisions=Decisions().with_rows(("企业.xlsx", "Sheet1"), (3,), "new"))
    return [row.uid for row in Employer.select().order_by(Employer.credit_code)]


def two_unions(author: Author, folder: Path) -> list[str]:
    """Two unions of the same name in the register: their uids."""
    rows = [["工会名称", "工会统一社会信用代码", "工会主席"], [UNION, FIRST, "王砚舟"], [UNION, SECOND, "李芷汐"]]
    imported_rows(author, folder, rows, name="工会", decisions=Decisions().with_rows(("工会.xlsx", "Sheet1"), (3,), "new"))
    return [row.uid for row in Union.select().order_by(Union.credit_code)]


def test_a_row_that_may_mean_several_units_is_led_to_the_one_that_a_person_names(author: Author, tmp_path: Path) -> None:
    first, second = two_employers(author, tmp_path)
    rows = [["企业名称", "法定代表人", "职工人数"], [COMPANY, "赵嘉树", 30]]
    done = imported_rows(author, tmp_path, rows, apply=False)
    assert set(asked(done)[2]) == {first, second}
    assert imported_rows(author, tmp_path, rows, decisions=means(2, second)).counts == {"updated": 1}
    assert [(row.credit_code, row.legal_representative) for row in Employer.select().order_by(Employer.credit_code)] == [
        (ONE, "王砚舟"), (TWO, "赵嘉树"),
    ]  # fmt: skip


def test_a_person_of_a_union_with_a_namesake_is_put_into_the_one_that_is_named(author: Author, tmp_path: Path) -> None:
    first, second = two_unions(author, tmp_path)
    rows = [["姓名", "身份证号", "所属工会", "入会日期"], ["王五", WANG, UNION, "2024-05-06"]]
    done = imported_rows(author, tmp_path, rows, apply=False)
    assert (done.counts, set(asked(done)[2])) == ({"conflict": 1}, {first, second})
    assert imported_rows(author, tmp_path, rows, decisions=means(2, second)).counts == {"new": 1}
    assert [event.union for event in MembershipEvent.select()] == [second]


def test_a_parent_with_a_namesake_is_the_one_that_is_named_and_not_the_row_itself(
    author: Author, tmp_path: Path
) -> None:
    first, _second = two_unions(author, tmp_path)
    rows = [["工会名称", "工会主席", "上级工会"], ["重庆砚屿软件技术有限公司工会", "赵嘉树", UNION]]
    assert imported_rows(author, tmp_path, rows, apply=False).counts == {"conflict": 1}
    assert imported_rows(author, tmp_path, rows, decisions=means(2, first)).counts == {"new": 1}
    parents = {row.name: row.parent for row in Union.select()}
    assert parents["重庆砚屿软件技术有限公司工会"] == first
    assert Union.select().count() == 3


def test_a_count_of_one_of_several_units_goes_to_the_one_that_is_named(author: Author, tmp_path: Path) -> None:
    first, second = two_employers(author, tmp_path)
    rows = [["单位名称", "职工人数", "统计日期"], [COMPANY, 31, "2026-10-31"]]
    assert imported_rows(author, tmp_path, rows, kind="headcounts", apply=False).counts == {"conflict": 1}
    imported_rows(author, tmp_path, rows, kind="headcounts", decisions=means(2, second))
    counts = {row[0]: row[1] for row in listed("employers", "credit_code", "staff_count")}
    assert counts == {ONE: None, TWO: 31}
    assert first != second


def test_a_refused_row_stays_refused_when_its_answer_names_no_person(author: Author, tmp_path: Path) -> None:
    first, _second = two_unions(author, tmp_path)
    rows = [["姓名", "身份证号", "所属工会"], ["王五", WANG[:-1] + "3", UNION]]
    assert imported_rows(author, tmp_path, rows, decisions=means(2, first)).counts == {"refused": 1}


def test_a_union_that_names_itself_above_it_is_told_and_has_nobody_above(author: Author, tmp_path: Path) -> None:
    rows = [["工会名称", "工会主席", "上级工会"], [UNION, "王砚舟", UNION], ["甲工会", "李芷汐", "乙工会"], ["乙工会", "赵嘉树", "甲工会"]]
    done = imported_rows(author, tmp_path, rows, kind="unions")
    assert done.counts == {"new": 3}
    assert [each for each in done.codes if each[1] == "parent-circular"] == [(2, "parent-circular"), (4, "parent-circular")]
    above = dict(listed("unions", "name", "parent"))
    assert above == {UNION: None, "甲工会": "乙工会", "乙工会": None}
    assert set(imported_rows(author, tmp_path, rows, kind="unions").counts) == {"same"}


def test_one_of_several_phones_is_enough_to_know_somebody(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "手机号", "学历"]
    imported_rows(author, tmp_path, [head, ["王五", PHONES[1], ""]], kind="workers")
    both = imported_rows(author, tmp_path, [head, ["王五", f"{PHONES[0]}、{PHONES[1]}", "本科"]], kind="workers")
    assert both.counts == {"updated": 1}
    assert listed("workers", "phone", "education") == [(f"{PHONES[0]}、{PHONES[1]}", "本科")]
    one = imported_rows(author, tmp_path, [head, ["王五", PHONES[1], "硕士"], ["王五", PHONES[2], ""]], kind="workers")
    assert one.counts == {"updated": 1, "new": 1}
    assert sorted(listed("workers", "phone", "education"), key=str) == [
        (f"{PHONES[0]}、{PHONES[1]}", "硕士"), (PHONES[2], None),
    ]  # fmt: skip


STATES = ["姓名", "身份证号", "所属工会", "会籍状态", "申请时间"]


def roster(author: Author, folder: Path, *people: list[Any]) -> Done:
    """Import a roster of members with states of membership."""
    return imported_rows(author, folder, [["重庆砚屿软件技术有限公司工会会员花名册"], STATES, *people])


def test_whoever_applied_is_no_member_yet_and_becomes_one(author: Author, tmp_path: Path) -> None:
    applied = ["王五", WANG, UNION, "申请中", "2026-09-01"]
    assert roster(author, tmp_path, applied).counts == {"new": 1}
    assert listed("workers", "membership_state", "union", "join_date", "change_date") == [
        ("申请中", None, None, "2026-09-01")
    ]
    assert roster(author, tmp_path, applied).counts == {"same": 1}
    assert roster(author, tmp_path, ["王五", WANG, UNION, "在册", "2026-10-08"]).counts == {"updated": 1}
    assert listed("workers", "membership_state", "union", "join_date") == [("在册", UNION, "2026-10-08")]
    late = roster(author, tmp_path, applied)
    assert (late.counts, late.codes) == ({"same": 1}, [(3, "state-contradicts")])
    assert listed("workers", "membership_state") == [("在册",)]


@pytest.mark.parametrize("written", ["未入会", "非会员", "否"])
def test_whoever_has_not_joined_gets_no_membership(author: Author, tmp_path: Path, written: str) -> None:
    done = roster(author, tmp_path, ["王五", WANG, UNION, written, None], ["李六", LI, UNION, "在册", None])
    assert done.counts == {"new": 2}
    assert sorted(listed("workers", "name", "membership_state", "union"), key=str) == [
        ("李六", "在册", UNION), ("王五", "未入会", None),
    ]  # fmt: skip
    again = roster(author, tmp_path, ["李六", LI, UNION, written, None])
    assert (again.counts, again.codes) == ({"same": 1}, [(3, "state-contradicts")])
    assert MembershipEvent.select().count() == 1


def test_a_change_named_application_is_an_application(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "身份证号", "所属工会", "入会日期", "会籍变化类型", "会籍变化日期"]
    imported_rows(author, tmp_path, [head, ["赵七", ZHAO, UNION, "2026-09-01", "申请入会", "2026-09-02"]])
    assert [(event.type, event.date) for event in MembershipEvent.select()] == [("申请", "2026-09-02")]
    assert listed("workers", "membership_state") == [("申请中",)]
