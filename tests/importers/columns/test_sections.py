"""Ditto marks, and rows that head those below them."""

from pathlib import Path
from typing import Any

import pytest

from importers.columns.sections import is_region, section_of
from models.journal.writer import Author
from tests.aids.speaking import LI, WANG, ZHAO, imported_rows, listed

COMPANY, UNION, OTHER = "重庆砚屿机械有限公司", "重庆砚屿机械有限公司工会", "重庆禾榉食品有限公司工会"
HEAD = ["序号", "姓名", "身份证号", "工作单位", "所属工会", "入会时间"]


@pytest.mark.parametrize("mark", ["同上", "〃", '"', "同前", "如上", "″", " 同上 ", "↑"])
def test_a_ditto_mark_means_the_cell_above(author: Author, tmp_path: Path, mark: str) -> None:
    rows = [
        HEAD,
        [1, "王五", WANG, COMPANY, UNION, "2024-05-01"],
        [2, "李四", LI, mark, mark, mark],
        [3, "赵七", ZHAO, mark, mark, mark],
    ]
    imported_rows(author, tmp_path, rows)
    assert set(listed("workers", "employer", "union", "join_date")) == {(COMPANY, UNION, "2024-05-01")}
    assert listed("employers", "name") == [(COMPANY,)]


@pytest.mark.parametrize("mark", ["……", "…", "..", "。", "↓", "同下"])
def test_a_mark_that_may_mean_anything_is_asked_and_makes_no_unit(author: Author, tmp_path: Path, mark: str) -> None:
    rows = [HEAD, [1, "王五", WANG, COMPANY, UNION, "2024-05-01"], [2, "李四", LI, mark, mark, mark]]
    done = imported_rows(author, tmp_path, rows)
    assert done.counts == {"new": 1, "conflict": 1}
    assert (3, "ditto-unclear") in done.codes
    assert (listed("employers", "name"), listed("unions", "name")) == ([(COMPANY,)], [(UNION,)])


def test_a_ditto_mark_without_anything_above_and_in_a_name_is_asked(author: Author, tmp_path: Path) -> None:
    rows = [HEAD, [1, "王五", WANG, "同上", None, None], [2, "同上", LI, COMPANY, None, None]]
    assert imported_rows(author, tmp_path, rows).counts == {"conflict": 2}


def test_a_ditto_mark_right_below_a_heading_may_mean_the_heading(author: Author, tmp_path: Path) -> None:
    rows = [["会员名册"], HEAD, [1, "王五", WANG, COMPANY, UNION, None], [f"二、{OTHER}"], [1, "李四", LI, "同上", "同上", None]]
    assert (5, "ditto-unclear") in imported_rows(author, tmp_path, rows).codes
    assert dict(listed("workers", "name", "union")) == {"王五": UNION}


def test_headings_name_the_union_of_the_rows_below(author: Author, tmp_path: Path) -> None:
    rows = [
        ["小龙坎街道企业工会会员花名册"], ["序号", "姓名", "身份证号"],
        [f"一、{UNION}（2人）"], [1, "王五", WANG], [2, "李四", LI], [f"二、{OTHER}（1人）"], [1, "赵七", ZHAO],
    ]  # fmt: skip
    done = imported_rows(author, tmp_path, rows)
    assert dict(listed("workers", "name", "union")) == {"王五": UNION, "李四": UNION, "赵七": OTHER}
    assert len(done.plan.sheets[0].notes) == 1


def test_a_union_of_its_own_beats_the_headings(author: Author, tmp_path: Path) -> None:
    rows = [
        ["会员花名册"],
        ["序号", "姓名", "身份证号", "所属工会"],
        [f"一、{UNION}"],
        [1, "王五", WANG, None],
        [2, "李四", LI, OTHER],
    ]
    imported_rows(author, tmp_path, rows)
    assert dict(listed("workers", "name", "union")) == {"王五": UNION, "李四": OTHER}


def test_a_heading_of_leavers_asks_about_those_below(author: Author, tmp_path: Path) -> None:
    rows = [
        ["会员花名册"], [f"填报单位：{UNION}"], ["序号", "姓名", "身份证号"],
        ["一、在册会员（1人）"], [1, "王五", WANG], ["二、退会会员（1人）"], [1, "李四", LI],
    ]  # fmt: skip
    done = imported_rows(author, tmp_path, rows)
    assert done.counts == {"new": 1, "conflict": 1}
    assert listed("workers", "name", "membership_state") == [("王五", "在册")]


def test_a_town_in_the_column_of_names_heads_its_rows(author: Author, tmp_path: Path) -> None:
    rows = [
        ["序号", "企业名称", "职工人数"], ["一", "沙坪坝区小龙坎街道", 61], [1, "重庆砚屿峻岭有限公司", 30], [2, "重庆砚屿渝生有限公司", 31],
        ["二", "沙坪坝区石井坡街道", 32], [3, "重庆砚屿柏青有限公司", 32],
    ]  # fmt: skip
    done = imported_rows(author, tmp_path, rows, kind="employers")
    assert done.counts == {"new": 3}
    assert dict(listed("employers", "name", "region")) == {
        "重庆砚屿峻岭有限公司": "沙坪坝区小龙坎街道", "重庆砚屿渝生有限公司": "沙坪坝区小龙坎街道",
        "重庆砚屿柏青有限公司": "沙坪坝区石井坡街道",
    }  # fmt: skip


def test_towns_below_their_rows_are_subtotals_and_give_nothing(author: Author, tmp_path: Path) -> None:
    rows = [
        ["企业名称", "职工人数", "法定代表人"], ["重庆砚屿峻岭有限公司", 30, "孙渝生"], ["沙坪坝区小龙坎街道", 30],
        ["重庆砚屿柏青有限公司", 32, "李柏青"], ["沙坪坝区石井坡街道", 32],
    ]  # fmt: skip
    done = imported_rows(author, tmp_path, rows)
    assert dict(listed("employers", "name", "region")) == {"重庆砚屿峻岭有限公司": None, "重庆砚屿柏青有限公司": None}
    assert any("小龙坎街道" in note for note in done.plan.sheets[0].notes)


def test_a_table_of_towns_makes_no_employers_and_says_so(author: Author, tmp_path: Path) -> None:
    rows = [["单位名称", "职工人数", "会员人数"], ["小龙坎街道", 610, 500], ["石井坡街道", 320, 300]]
    done = imported_rows(author, tmp_path, rows, kind="headcounts")
    assert (listed("employers", "name"), done.plan.sheets[0].steps) == ([], [])
    assert any("石井坡街道" in note for note in done.plan.sheets[0].notes)


@pytest.mark.parametrize("name", ["小龙坎街道", "沙坪坝区", "沙坪坝区小龙坎街道", "白沙镇", "红岩社区", "大学城园区"])
def test_bare_names_of_places(name: str) -> None:
    assert is_region(name)


@pytest.mark.parametrize(
    "name",
    ["小龙坎街道办事处", "某某度假村", "阳光小区", "重庆砚屿机械有限公司", "老街道火锅店", "沙坪坝区总工会"],
)
def test_names_of_units_that_are_no_places(name: str) -> None:
    assert not is_region(name)


@pytest.mark.parametrize(
    "cells",
    [
        [(0, 1), (1, "王五"), (2, 30)], [(1, "王五")], [(0, "合计"), (2, 61)], [(0, "小龙坎街道小计"), (2, 61)],
        [(0, "一"), (1, "王五"), (2, WANG)],
        [(1, "李镇")], [(0, "注：以上人员均已入会")],
    ],
)  # fmt: skip
def test_rows_that_head_nothing(cells: list[tuple[int, Any]]) -> None:
    assert section_of("workers", cells, 1) is None
