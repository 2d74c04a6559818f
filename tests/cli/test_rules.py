"""``rules`` and ``terms`` at the terminal, as one object and as a sheet."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models.register.register import Register
from tests.aids.terminal import Commands, stocked

UNIONS: list[list[Any]] = [
    ["工会名称", "基层工会类型", "所在区划", "建会日期", "批复文号", "工会主席", "本届选举日期", "任期年数", "是否建立经审委", "会员人数", "会员大会"],
    ["重庆甲示例有限公司工会", "单独基层工会", "沙坪坝区小龙坎街道", "2020-01-02", None, "赵示例", "2020-01-02", 5, "是", 30, None],
    ["万州乙示例有限公司工会", "单独基层工会", "万州区", "2024-01-02", "万工发〔2024〕1号", "钱示例", "2024-01-02", 5, "否", 12, None],
    ["万州丙示例有限公司工会", "单独基层工会", "万州区", "2024-01-02", "万工发〔2024〕2号", "孙示例", None, 4, None, None, None],
]  # fmt: skip
DAY = ("--as-of", "2026-11-22")


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """Three unions."""
    return stocked(empty_register, tmp_path_factory.mktemp("stock"), {"工会": {"工会": UNIONS}})


def spoken(answer: dict[str, Any]) -> list[tuple[str, str, bool]]:
    """(rule, name, whether an entry is missing) of each finding."""
    return [(each["rule"], each["name"], each["unknown"]) for each in answer["findings"]]


def test_the_rules_answer_as_one_object(run: Commands) -> None:
    answer = run.told("rules", *DAY, "--region", "万州区")
    assert spoken(answer) == [
        ("R07", "万州丙示例有限公司工会", True), ("R07", "万州乙示例有限公司工会", False), ("R08", "万州丙示例有限公司工会", False),
        ("R09", "万州丙示例有限公司工会", True), ("R18", "万州乙示例有限公司工会", True),
    ]  # fmt: skip
    assert (answer["as_of"], len(answer["rules"])) == ("2026-11-22", 19)
    seventh = answer["rules"][6]
    assert (seventh["id"], seventh["count"], seventh["unknown"], seventh["aside"]) == ("R07", 1, 1, 0)
    assert (seventh["severity"], seventh["basis"], seventh["subject"]) == ("warning", "《工会法》第四十五条", "union")


def test_one_rule_is_asked_alone(run: Commands) -> None:
    answer = run.told("rules", *DAY, "--rule", "r14")
    assert ([each["id"] for each in answer["rules"]], spoken(answer)) == (
        ["R14"],
        [("R14", "重庆甲示例有限公司工会", False)],
    )
    assert run.refused("rules", "--rule", "R99") == "没有规则“R99”，可以是 R01 到 R19。\n"


def test_a_person_reads_what_is_wrong_and_on_request_what_is_missing(run: Commands) -> None:
    code, out, err = run("rules", *DAY, "--rule", "R07")
    assert (code, err) == (0, "")
    assert out.splitlines()[2].split() == ["R07", "需要处理", "1", "1", "0", "应当有经费审查委员会或经审委员"]
    assert ("没有经费审查委员会，也没有经审委员" in out, "未填有没有经费审查委员会" in out) == (True, False)
    assert "未填有没有经费审查委员会" in run("rules", *DAY, "--rule", "R07", "--all")[1]


def test_nothing_found_is_said(run: Commands) -> None:
    assert run("rules", *DAY, "--rule", "R01") == (0, "没有发现问题。\n", "")


def test_the_findings_are_written_to_a_sheet(run: Commands, tmp_path: Path) -> None:
    path = tmp_path / "体检.xlsx"
    assert run("rules", *DAY, "--rule", "R14", "--out", path)[1] == f"已写入 {path}，共 1 行。\n"
    rows = list(openpyxl.load_workbook(path).active.values)
    assert rows[0][:7] == ("规则", "内容", "轻重", "对象", "名称", "区划", "情况")
    assert rows[1][2:7] == ("需要处理", "工会", "重庆甲示例有限公司工会", "沙坪坝区小龙坎街道", "已建会，没有批复文号")
    assert "pdf" in run.refused("rules", "--out", tmp_path / "体检.pdf")


def test_a_finding_is_put_aside_with_a_reason_and_taken_up_again(run: Commands) -> None:
    ((about,), asked) = (run.told("rules", "--rule", "R14")["findings"], ("rules", "--rule", "R14"))
    assert "原因" in run.refused(*asked, "--set-aside", about["uid"])
    answer = run.told(*asked, "--set-aside", about["uid"], "--reason", "正在补办")
    assert answer == {"rule": "R14", "uid": about["uid"], "aside": "正在补办"}
    assert [each["aside"] for each in run.told(*asked)["findings"]] == ["正在补办"]
    assert "（已搁置：正在补办）" in run(*asked, "--all")[1]
    assert run(*asked, "--take-up", about["uid"]) == (0, "R14 “重庆甲示例有限公司工会”：不再搁置。\n", "")
    assert [each["aside"] for each in run.told(*asked)["findings"]] == [""]


def test_what_nobody_found_cannot_be_put_aside(run: Commands) -> None:
    assert "没有这条发现" in run.refused("rules", "--rule", "R14", "--set-aside", "x", "--reason", "y")
    assert "--rule" in run.refused("rules", "--set-aside", "x", "--reason", "y")


def test_the_terms_answer_as_one_object(run: Commands) -> None:
    answer = run.told("terms", *DAY)
    assert answer["counts"] == {"overdue": 1, "due30": 0, "due90": 0, "due180": 0, "running": 1, "unknown": 1}
    first = answer["terms"][0]
    assert (first["name"], first["end"], first["days_left"], first["state"], first["approved_extension"]) == (
        "重庆甲示例有限公司工会", "2025-01-02", -689, "overdue", False,
    )  # fmt: skip
    assert [each["name"] for each in run.told("terms", *DAY, "--region", "沙坪坝区")["terms"]] == [
        "重庆甲示例有限公司工会"
    ]


def test_a_person_reads_the_pressing_terms_and_on_request_all(run: Commands) -> None:
    code, out, err = run("terms", *DAY)
    assert (code, err) == (0, "")
    assert ("已届满" in out, "重庆甲示例有限公司工会" in out, "万州乙示例有限公司工会" in out) == (True, True, False)
    assert "万州乙示例有限公司工会" in run("terms", *DAY, "--all")[1]


def test_the_day_is_a_whole_day(run: Commands) -> None:
    assert "--as-of：“2026-11”不是日期，请写成 2026-06-30，年份从 1901 到 2100。" in run.refused("terms", "--as-of", "2026-11")
    assert run.told("terms", "--as-of", "2025-01-02")["counts"]["due30"] == 1
