"""Whose a count is, what is a part of what, and from when to when a term lasts."""

from typing import Any

import pytest

from models.values.terms import TermYears, read_term
from tests.aids.reading import read
from tests.importers.sheets import FIRMS, codes, one, planned, unused, values, written

pytestmark = pytest.mark.usefixtures("register")
UNION = FIRMS[0] + "工会"


def test_migrants_beside_staff_are_no_members() -> None:
    seen = one(["序号", "工会名称", "职工人数", "农民工数", "会员人数"], [1, UNION, 201, 151, 21])
    assert values(seen, "staff_count", "member_count", "migrant_member_count") == [(201, 21, None)]
    assert unused(seen) == ["农民工数"]


def test_migrants_beside_members_are_members() -> None:
    seen = one(["工会名称", "职工人数", "会员人数", "农民工数"], [UNION, 201, 151, 21])
    assert values(seen, "migrant_member_count") == [21]


def test_a_part_that_is_greater_than_its_whole_is_told() -> None:
    head = ["工会名称", "会员人数", "女会员人数", "农民工会员人数", "新就业形态会员人数"]
    assert [code for _row, _field, code in codes(one(["人数统计表"], head, [UNION, 20, 21, 22, 23]))] == [
        "women-above-all", "migrants-above-all", "new-form-above-all",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "start", "years"),
    [
        ("2023-2028", "2023", 5), ("2021年-2026年", "2021", 5), ("2023.5-2028.5", "2023-05", 5), ("2023年5月至2028年5月", "2023-05", 5),
        ("2023-05-01至2026-04-30", "2023-05-01", 3),
    ],
)  # fmt: skip
def test_a_term_written_by_its_ends_has_a_start_and_a_length(text: str, start: str, years: int) -> None:
    assert read_term(text) == (start, years)
    seen = one(["工会名称", "上级工会", "工会主席", "任期"], [UNION, "小龙坎街道总工会", "孙渝生", text])
    assert values(seen, "term_start", "term_years") == [(start, years)]
    assert codes(seen) == [(2, "term_years", "term-range")]


@pytest.mark.parametrize("text", ["2023", 2023, "6", "2020-2030", "2028-2023", "长期"])
def test_a_term_above_five_years_is_no_term(text: object) -> None:
    assert read(TermYears(), text) == (None, "term-unreadable")  # type: ignore[arg-type]


def test_the_members_of_a_units_row_belong_to_the_union_that_it_names() -> None:
    head = ["序号", "单位名称", "工会名称", "职工人数", "会员人数", "统计时间"]
    [step] = planned(head, [1, FIRMS[0], UNION, 101, 91, "2026-05-31"]).sheets[0].steps
    counts = ("subject_kind", "staff_count", "member_count")
    assert [(kind, *map(each.get, counts)) for kind, each in written(step)] == [
        ("Coverage", None, None, None), ("HeadCount", "工会", None, 91), ("HeadCount", "单位", 101, None),
    ]  # fmt: skip


def test_the_members_of_an_enterprise_list_are_kept() -> None:
    rows: list[list[Any]] = [["企业名称", "所属工会", "职工人数", "会员人数"], [FIRMS[0], UNION, 40, 30], [FIRMS[1], None, 50, 20]]
    [named, alone] = planned(*rows).sheets[0].steps
    assert [(each["subject_kind"], each.get("member_count")) for kind, each in written(named) if kind == "HeadCount"] == [
        ("工会", 30), ("单位", None),
    ]  # fmt: skip
    [count] = [each for kind, each in written(alone) if kind == "HeadCount"]
    assert (count["subject_kind"], count.get("member_count")) == ("单位", 20)
