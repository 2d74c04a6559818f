"""``figures``, ``targets`` and ``moved`` at a terminal and for other tools."""

from typing import Any

import pytest

from models.register.register import Register
from tests.aids.speaking import LI, WANG
from tests.aids.terminal import Commands, stocked

ROSTER: list[list[Any]] = [
    ["姓名", "身份证号", "手机", "所属工会", "入会日期"],
    ["王五", WANG, "19900000001", "甲公司工会", "2024-05-06"],
    ["李四", LI, "19900000002", "乙公司工会", "2024-07"],
]
UNIONS: list[list[Any]] = [
    ["工会名称", "建会日期", "所在区划", "工会状态"],
    ["甲公司工会", "2024-03-01", "沙坪坝区小龙坎街道", "正常"],
    ["乙公司工会", "2019-03-01", "渝中区", "正常"],
]


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """Two unions and a member in each."""
    return stocked(empty_register, tmp_path_factory.mktemp("stock"), {"u": {"工会": UNIONS}, "m": {"名单": ROSTER}})


def values(answer: dict[str, Any]) -> dict[str, Any]:
    """The values of the answered indicators."""
    return {each["key"]: each["value"] for each in answer["indicators"]}


def test_the_figures_of_a_day_and_a_region(run: Commands) -> None:
    half = run.told("figures", "--as-of", "2024-06-30")
    assert (half["since"], half["as_of"], half["region"]) == ("2024-01-01", "2024-06-30", None)
    assert (half["members"], half["new_members"], half["unions"], half["new_unions"]) == (1, 1, 2, 1)
    assert {key: values(half)[key] for key in ("members", "new_unions")} == {"members": 1, "new_unions": 1}
    there = run.told("figures", "--year", 2024, "--region", "渝中区")
    assert (there["as_of"], there["region"], there["members"], there["unions"]) == ("2024-12-31", "渝中区", 1, 1)
    assert "找不到区划“火星”" in run.refused("figures", "--region", "火星")
    assert "2099 年还没有开始" in run.refused("figures", "--year", "2099")


def test_the_figures_by_district_and_by_union(run: Commands) -> None:
    parts = run.told("figures", "--year", 2024, "--by", "district")["parts"]
    assert [(each["name"], each["unions"], each["new_members"]) for each in parts] == [
        ("沙坪坝区", 1, 1),
        ("渝中区", 1, 1),
    ]
    unions = run.told("figures", "--year", 2024, "--by", "union")["parts"]
    assert {each["name"]: each["members"] for each in unions} == {"甲公司工会": 1, "乙公司工会": 1}
    assert "on_list" not in unions[0]
    out = run("figures", "--year", 2024, "--by", "town")[1]
    assert "沙坪坝区小龙坎街道" in out
    assert "（其他）" in out


def test_the_rows_behind_a_figure_carry_no_numbers_of_persons(run: Commands) -> None:
    answer = run.told("figures", "--year", 2024, "--rows", "new_members")
    assert [(row["name"], row["place"], row["date"]) for row in answer["rows"]] == [
        ("王五", "沙坪坝区小龙坎街道", "2024-05-06"), ("李四", "渝中区", "2024-07-01"),
    ]  # fmt: skip
    out = run("figures", "--year", 2024, "--rows", "新入会")[1]
    assert out.startswith("新入会：2 人\n")
    assert WANG not in out
    assert "没有指标“天气”" in run.refused("figures", "--rows", "天气")


def test_a_target_is_set_shown_and_removed(run: Commands) -> None:
    assert run.told("targets", "set", "新入会", "1,000", "--year", 2024, "--source", "年度要点")["value"] == 1000
    run.told("targets", "set", "new_unions", "2", "--year", 2024, "--region", "沙坪坝区")
    (target,) = run.told("targets", "--year", 2024)["targets"]
    assert (target["indicator"], target["target"], target["actual"]["value"], target["gap"]) == (
        "new_members",
        1000,
        2,
        998,
    )
    assert (target["state"], target["source"]) == ("behind", "年度要点")
    out = run("targets", "--year", 2024, "--as-of", "2024-06-30")[1]
    assert "2024 年，截至 2024-06-30" in out
    assert "落后" in out
    parts = run.told("targets", "--year", 2024, "--by", "district")["parts"]
    assert [(part["name"], [each["target"] for each in part["targets"]]) for part in parts] == [
        ("沙坪坝区", [2, None]), ("渝中区", [None, None]),
    ]  # fmt: skip
    assert "沙坪坝区" in run("targets", "--year", 2024, "--by", "district")[1]
    assert "目标已删除" in run("targets", "remove", "new_members", "--year", 2024)[1]
    assert run.told("targets", "--year", 2024)["targets"] == []
    assert "还没有任务指标" in run("targets", "--year", 2024)[1]
    assert "没有这个指标的目标" in run.refused("targets", "remove", "new_members", "--year", 2024)
    assert "不是数值" in run.refused("targets", "set", "new_members", "很多")
    assert "请写 targets set" in run.refused("targets", "set", "new_members")


def test_what_moved_is_told_with_the_rows(run: Commands) -> None:
    answer = run.told("moved", "--since", "2024-06-30", "--until", "2024-12-31")
    found = {each["key"]: each for each in answer["moved"]}
    assert (answer["since"], answer["until"], found["members"]["delta"], found["unions"]["delta"]) == (
        "2024-06-30", "2024-12-31", 1, 0,
    )  # fmt: skip
    assert [row["name"] for row in found["members"]["came"]] == ["李四"]
    out = run("moved", "--since", "2024-01-31", "--until", "2024-12-31", "--region", "沙坪坝区")[1]
    assert "会员（在册） · 增加" in out
    assert "王五" in out
    assert "李四" not in out
    assert "早于开始日期" in run.refused("moved", "--since", "2024-06-30", "--until", "2024-01-01")
    half = run.told("moved", "--period", "2024-H2")
    assert (half["since"], half["until"], half["moved"]) == ("2024-06-30", "2024-12-31", answer["moved"])
    assert "只写一种" in run.refused("moved")
    assert "只写一种" in run.refused("moved", "--period", "2024", "--since", "2024-01-01")


def test_the_figures_of_a_period_beside_the_same_one_of_the_year_before(run: Commands) -> None:
    half = run.told("figures", "--period", "2024-H1", "--last-year")
    assert (half["period"], half["period_name"], half["since"], half["as_of"]) == ("2024-H1", "2024 年上半年", "2024-01-01",
        "2024-06-30")
    assert (half["new_unions"], half["new_members"], half["last_year"]) == (1, 1, {"since": "2023-01-01", "until": "2023-06-30"})
    assert {each["key"]: each["last_year"]["value"] for each in half["indicators"]}["unions"] == 1
    may = run.told("figures", "--since", "2024-05-01", "--until", "2024-05-31")
    assert (may["period"], may["new_unions"], may["new_members"]) == ("2024-05", 0, 1)
    years = run.told("figures", "--period", "2019-2024")
    assert (years["new_unions"], years["new_members"], years["year"]) == (2, 2, 2024)
    out = run("figures", "--period", "2024年第一季度", "--last-year")[1]
    assert "2024 年第一季度新建工会" in out
    assert "上年同期" in out
    assert "不是期间" in run.refused("figures", "--period", "明年")
    assert "只能用一种" in run.refused("figures", "--period", "2024", "--year", "2024")
    assert "早于开始日期" in run.refused("figures", "--since", "2024-05-02", "--until", "2024-05-01")


def test_the_figures_of_one_union_and_of_one_person(run: Commands) -> None:
    one = run.told("figures", "--year", 2024, "--union", "甲公司工会")
    assert (values(one)["unions"], values(one)["members"], one["union"] is None) == (1, 1, False)
    assert "甲公司" not in run("figures", "--year", 2024, "--union", "甲公司工会")[1]
    nobody = run.told("figures", "--year", 2024, "--person", "陈示例")
    assert (nobody["unions"], nobody["members"], nobody["person"]) == (0, 0, "陈示例")
    parts = run.told("figures", "--year", 2024, "--by", "person")["parts"]
    assert [(each["name"], each["unions"]) for each in parts] == [("（其他）", 2)]
    assert "只能写一个" in run.refused("figures", "--person", "陈示例", "--union", "甲公司工会")


def test_targets_of_a_half_year_of_three_years_and_of_a_person(run: Commands) -> None:
    assert run.told("targets", "set", "新建工会", "4", "--period", "2024-H1")["period"] == "2024-H1"
    run.told("targets", "set", "新建工会", "9", "--period", "2024-2026")
    run.told("targets", "set", "新建工会", "1", "--period", "2024-H1", "--person", "陈示例")
    half = run.told("targets", "--period", "2024-H1", "--as-of", "2024-06-30")
    assert [(each["target"], each["actual"]["value"]) for each in half["targets"]] == [(4, 1)]
    assert [each["text"] for each in half["sums"]] == ["“新建工会”全区的目标是 4，下面 1 个负责人的目标合计 1，相差 3。"]
    (three,) = run.told("targets", "--period", "2024-2026", "--as-of", "2024-12-31")["targets"]
    assert (three["target"], three["actual"]["value"], three["plan"]) == (9, 1, 3)
    assert run.told("targets", "--year", 2024)["targets"] == []
    by = run.told("targets", "--period", "2024-H1", "--by", "person")["parts"]
    assert [(each["name"], [part["target"] for part in each["targets"]]) for each in by] == [("（其他）", [None]), ("陈示例", [1])]
    assert "预计期末" in run("targets", "--period", "2024-H1")[1]
    assert run.told("targets", "remove", "新建工会", "--period", "2024-H1", "--person", "陈示例")["person"] == "陈示例"
