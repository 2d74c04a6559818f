"""A joint union has what the employers have that it covers; its own declared number stands beside it."""

from pathlib import Path

import pytest

from models.figures.counts import count
from models.figures.facts import Period, Scope
from models.journal.writer import Author
from models.records.headcount import HeadCount
from models.records.union import Union
from models.rules.facts import RuleScope, rule_facts
from models.unions.sheet import union_sheet
from tests.aids.case_world import count as head_count
from tests.aids.case_world import cover, edit, employer
from tests.aids.case_world import union as made_union
from tests.aids.speaking import TODAY, imported_rows, listed
from tests.figures.test_indicators import made
from ui.record.organization import _covered_text, members_text

NAMES = ("某火锅店", "某理发店", "某网吧", "某药房")
HEAD = ["工会名称", "工会类型", "单位名称", "职工人数", "会员人数"]
ROWS = [["小龙坎联合工会", "联合基层工会", name, staff, staff - 2] for name, staff in zip(NAMES, (40, 30, 19, 9), strict=True)]


def union_uid() -> str:
    return str(Union.get().uid)


@pytest.mark.parametrize("type_", ["联合基层工会", None])
def test_the_last_row_is_not_the_whole_union(author: Author, tmp_path: Path, type_: str | None) -> None:
    imported_rows(author, tmp_path, [HEAD, *([row[0], type_, *row[2:]] for row in ROWS)])
    ((name, employers, staff, members),) = listed("unions", "name", "employer", "staff_count", "member_count")
    assert (name, employers.split("、"), staff, members) == ("小龙坎联合工会", sorted(NAMES), 98, 90)
    assert sorted(listed("employers", "name", "staff_count")) == sorted(zip(NAMES, (40, 30, 19, 9), strict=True))
    assert count("members_declared", Scope(), Period(TODAY, TODAY)).value == 90
    (facts,) = rule_facts(TODAY, RuleScope()).unions
    assert (facts.staff, facts.declared) == (None, 90)


def test_the_list_of_unions_can_come_back_as_it_went(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [HEAD, *([row[0], None, *row[2:]] for row in ROWS)])
    ((name, employers),) = listed("unions", "name", "employer")
    done = imported_rows(author, tmp_path, [["工会名称", "单位名称"], [name, employers]], "再来", kind="unions")
    assert (done.counts, len(listed("employers", "name"))) == ({"same": 1}, 4)


def test_its_own_declared_number_stands_beside_the_sum(register: object, author: Author) -> None:
    uid = made_union(author, "小龙坎联合工会", union_type="联合基层工会")
    for name, staff in (("甲店", 30), ("乙店", 12), ("丙店", None)):
        cover(author, uid, employer(author, name, staff))
    made(author, HeadCount, subject=uid, subject_kind="工会", as_of="2026-05-31", source="工会登记", staff_count=9, member_count=33)
    sheet = union_sheet(uid, TODAY)
    assert sheet is not None
    assert (sheet.staff, sheet.counted, sheet.employers, sheet.own_staff) == (42, 2, 3, 9)
    assert _covered_text(sheet) == "3 个，职工人数 42（1 个不知道人数）；工会自己报的是 9"
    assert "申报 33 人" in members_text(sheet)
    assert count("members_declared", Scope(), Period(TODAY, TODAY)).value == 33


def test_who_is_covered_no_more_is_not_in_the_sum(register: object, author: Author) -> None:
    uid = made_union(author, "小龙坎联合工会", union_type="联合基层工会")
    cover(author, uid, employer(author, "甲店", 30))
    cover(author, uid, employer(author, "乙店", 12), until="2026-01-01")
    assert listed("unions", "employer", "staff_count") == [("甲店", 30)]


def test_a_union_of_one_employer_keeps_its_own_number(register: object, author: Author) -> None:
    uid = made_union(author, "甲公司工会")
    firm = employer(author, "甲公司", 30)
    cover(author, uid, firm)
    head_count(author, uid, 28, subject_kind="工会")
    edit(author, Union, uid, union_type="单独基层工会")
    assert listed("unions", "employer", "staff_count") == [("甲公司", 28)]
