"""What counts as a basic union: not its groups and branches, and not what leads; a missing type is asked about."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from models.editing.union_types import confirm_types, type_guesses
from models.figures.counts import count, counts, rows
from models.figures.facts import Period, Scope
from models.journal.writer import Author
from models.records.headcount import HeadCount
from models.records.union import Union
from models.standing.union_class import class_column
from models.values.union_kinds import CLASS_OF_TYPE, class_of, guessed_type
from tests.aids.speaking import TODAY, imported_rows
from tests.figures.test_indicators import made, union

YEAR = Period(dt.date(2026, 1, 1), TODAY)
HEAD = ["工会名称", "工会类型", "建会日期"]
EIGHT = [
    ("沙坪坝区总工会", "总工会"), ("某公司第一车间工会小组", "工会小组"), ("某公司运输分工会", "分工会"), ("某镇工会办事处", "工会办事处"),
    ("某区工会工作委员会", "工会工作委员会"), ("小龙坎街道总工会", "乡镇（街道）工会"), ("沙坪坝区教育产业工会", "产业（系统）工会"),
    ("重庆霁蓝虚构印务有限公司工会", "单独基层工会"),
]  # fmt: skip


def number(key: str) -> tuple[object, int]:
    """An indicator this year, and how many it does not know."""
    found = count(key, Scope(), YEAR)
    return found.value, found.unknown


def test_of_eight_rows_one_is_a_basic_union(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [HEAD, *([name, kind, "2026-03-01"] for name, kind in EIGHT)])
    assert [number(key) for key in ("unions", "new_unions")] == [(1, 0), (1, 0)]
    assert [number(key)[0] for key in ("unions_single", "unions_joint", "union_units", "union_leading")] == [1, 0, 2, 5]
    assert [row.name for row in rows("unions", Scope(), YEAR)] == ["重庆霁蓝虚构印务有限公司工会"]


def test_without_a_type_the_name_is_asked_about_and_nothing_filled_in(author: Author, tmp_path: Path) -> None:
    done = imported_rows(author, tmp_path, [["工会名称", "建会日期"], *([name, "2026-03-01"] for name, _type in EIGHT)])
    assert [code for _row, code in done.codes].count("union-type-guessed") == 7
    assert number("unions") == (1, 7)
    assert {(each.name, each.union_type) for each in type_guesses()} == set(EIGHT[:-1])
    assert all(each.uncounted for each in type_guesses())
    confirmed = confirm_types([each.uid for each in type_guesses()], author)
    assert (confirmed.changed, number("unions"), number("union_leading")) == (7, (1, 0), (5, 0))


def test_an_ordinary_name_without_a_type_is_a_basic_union(register: object, author: Author) -> None:
    union(author, "重庆霁蓝虚构印务有限公司工会")
    assert number("unions") == (1, 0)
    assert number("unions_single") == (0, 0)


def test_the_sum_that_a_leading_body_declares_is_not_added(register: object, author: Author) -> None:
    for name, kind, members in (("沙坪坝区总工会", "总工会", 500), ("甲公司工会", "单独基层工会", 60)):
        uid = union(author, name, union_type=kind, congress=1)
        made(author, HeadCount, subject=uid, subject_kind="工会", as_of="2026-03-31", member_count=members)
    assert [each.part for each in counts(["members_declared", "member_gap", "congress"], Scope(), YEAR)] == [60, 60, 1]


def test_the_query_and_the_code_say_the_same_class(register: object, author: Author) -> None:
    names = ("甲公司工会", "某园区总工会", "某街道工会联合会", "某小组", "某分工会", "某街道总工会", "某联合工会")
    for name in names:
        for kind in (None, "其他", *CLASS_OF_TYPE):
            union(author, name, union_type=kind)
    found: Any = Union.select(Union.union_type, Union.name, class_column()).tuples()
    assert [row for row in found if row[2] != class_of(row[0], row[1])] == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [("小龙坎街道总工会", "乡镇（街道）工会"), ("重庆市沙坪坝区总工会", "总工会"), ("小龙坎联合工会", "联合基层工会"),
     ("某社区工会联合会", "村（社区）工会"), ("沙坪坝区快递行业工会联合会", "行业性工会联合会"), ("某公司工会工作委员会", "工会工作委员会"),
     ("某商圈区域工会", "区域性工会联合会"), ("某公司工会委员会", None), ("小龙坎街道办事处工会", None)],
)  # fmt: skip
def test_a_name_suggests_a_type(name: str, kind: str | None) -> None:
    assert guessed_type(name) == kind
