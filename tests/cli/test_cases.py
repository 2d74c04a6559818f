"""The drive at a terminal: who is on the list and why, one employer's file, whom to see, which lists agree."""

from pathlib import Path
from typing import Any

import pytest

from models.register.register import Register
from tests.aids.speaking import workbook
from tests.aids.terminal import Commands, stocked

UNITS: list[list[Any]] = [
    ["企业名称", "统一社会信用代码", "单位性质", "所在街道", "员工人数", "联系电话", "统计日期"],
    ["重庆霁蓝虚构印务有限公司", None, "私营企业", "沙坪坝区小龙坎街道", 25, "19900000001", "2026-06-30"],
    ["重庆松石虚构餐饮有限公司", None, "私营企业", "万州区", 40, None, "2026-06-30"],
    ["重庆墨玉虚构物流有限公司", None, "私营企业", "沙坪坝区小龙坎街道", 24, None, "2026-06-30"],
]
UNION = [
    ["工会名称", "基层工会类型", "建会日期", "所在镇街"],
    ["小龙坎街道总工会", "街道总工会", "2019-05-01", "沙坪坝区小龙坎街道"],
]


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """Three employers and the union of their town."""
    return stocked(empty_register, tmp_path_factory.mktemp("stock"), {"单位": {"名单": UNITS}, "工会": {"名单": UNION}})


def test_the_list_says_why_each_employer_is_on_it(run: Commands) -> None:
    answer = run.told("drive", "--region", "沙坪坝区")
    (employer,) = answer["employers"]
    assert employer["why"] == "导入 2026-06-30：25 人，达到 25 人，没有工会覆盖"
    assert (employer["name"], bool(employer["drive_case"])) == ("重庆霁蓝虚构印务有限公司", True)
    assert run.told("drive", "--as-of", "2026-06-29")["employers"] == []
    assert len(run.told("drive", "--as-of", "2026-06-30")["employers"]) == 2


def test_reconciling_opens_the_cases_once(run: Commands) -> None:
    cases = [each["batch"] for each in run.told("batches")["batches"] if each["kind"] == "cases"]
    for number in cases:
        run.told("undo", number)
    code, out, _err = run("drive", "--reconcile")
    assert (code, out.splitlines()[0]) == (0, "建会台账：新增 2 家")
    assert "建会台账" not in run("drive", "--reconcile")[1]
    answer = run.told("drive", "--region", "沙坪坝区")
    assert ([bool(each["drive_case"]) for each in answer["employers"]], answer["opened_this_month"]) == ([True], 1)
    assert "本月新增 2 家" in run("drive")[1]
    assert run.told("drive", "--as-of", "2026-06-30")["opened_this_month"] == 0


def test_a_case_is_shown_moved_and_taken_back(run: Commands) -> None:
    shown = run.told("case", "霁蓝")
    assert (shown["case"]["stage"], shown["group"], shown["employer"]["phone"]) == ("待筹建", "on_list", "199****0001")
    moved = run.told(
        "case", "霁蓝", "--move", "筹建中", "--date", "2026-11-22", "--skip", "--number", "沙工发〔2026〕1号"
    )
    assert (moved["case"]["stage"], moved["case"]["preparation_number"]) == ("筹建中", "沙工发〔2026〕1号")
    assert [each["state"] for each in moved["stages"][:5]] == ["done", "skipped", "skipped", "present", "ahead"]
    assert run.told("case", "霁蓝", "--take-back")["case"]["stage"] == "待筹建"
    assert "中间还有" in run.refused("case", "霁蓝", "--move", "筹建中", "--date", "2026-11-22")
    assert "没有建会台账" in run.refused("case", "墨玉", "--move", "已接触")


def test_a_contact_with_its_next_step_comes_up_in_this_weeks_list(run: Commands) -> None:
    contact = "date=2026-11-02,way=电话,person_met=周示例,attitude=拒绝,outcome=说人手不够，以后再说"
    following = "next_action=再去一次,next_action_date=2026-11-03"
    told = run.told("case", "霁蓝", "--contact", contact, "--next", following, "--organizer", "陈示例")
    assert [each["value"] for each in told["suggestions"]] == ["已接触"]
    assert (told["case"]["attitude"], told["contacts"][0]["outcome"]) == ("拒绝", "说人手不够，以后再说")
    assert told["ladder"]["next"] == "letter"
    (due,) = run.told("due", "--as-of", "2026-11-05", "--organizer", "陈示例")["due"]
    assert (due["name"], due["task"], due["overdue"], due["organizer"]) == (
        "重庆霁蓝虚构印务有限公司",
        "再去一次",
        2,
        "陈示例",
    )
    assert run.told("due", "--as-of", "2026-10-01", "--days", "7")["due"] == []
    assert "陈示例" in run("due", "--as-of", "2026-11-05")[1]
    assert "要写成 字段=内容" in run.refused("case", "霁蓝", "--contact", "电话")


def test_a_union_is_founded_from_a_case(run: Commands) -> None:
    given = ("--found", "霁蓝虚构印务工会", "--date", "2026-11-01", "--set", "chair=赵示例")
    told = run.told("case", "霁蓝", *given)
    assert (told["union"], told["group"], told["case"]["closed_because"]) == ("霁蓝虚构印务工会", "own_union", "已建会")
    assert [each[:6] for each in told["warnings"]] == ["没有批复文号"]
    unions = {each["name"]: each for each in run.told("list", "unions")["unions"]}
    assert unions["霁蓝虚构印务工会"]["parent"] == "小龙坎街道总工会"
    assert run.told("undo", told["batch"])["kept"] == []
    assert run.told("case", "霁蓝")["group"] == "on_list"


def test_several_employers_found_a_joint_union_and_one_joins_an_existing_one(run: Commands) -> None:
    told = run.told("case", "霁蓝", "--found", "商圈联合工会", "--date", "2026-11-01", "--together", "松石")
    assert told["group"] == "joint_union"
    assert run.told("case", "松石")["union"] == "商圈联合工会"
    run.told("undo", told["batch"])
    joined = run.told("case", "松石", "--join", "小龙坎街道", "--date", "2026-11-01")
    assert (joined["union"], joined["group"]) == ("小龙坎街道总工会", "joint_union")


def test_a_case_is_closed_and_reopened_by_hand(run: Commands) -> None:
    assert "在今天之后" in run.refused("case", "霁蓝", "--close", "搬迁", "--date", "2099-01-01")
    assert run.told("case", "霁蓝", "--close", "搬迁", "--date", "2026-11-01")["group"] == "taken_off"
    assert len(run.told("drive")["employers"]) == 1
    assert run.told("case", "霁蓝", "--reopen")["group"] == "on_list"
    paper = run.told("case", "霁蓝", "--paper", "name=单位基本情况表,number=1")["papers"]
    assert [(each["name"], each["missing"]) for each in paper] == [("单位基本情况表", False)]


def test_a_name_that_means_several_employers_or_none_is_told(run: Commands) -> None:
    assert "重庆霁蓝虚构印务有限公司、重庆墨玉虚构物流有限公司、重庆松石虚构餐饮有限公司" in run.refused("case", "虚构")
    assert "没有单位“青瓷”" in run.refused("case", "青瓷")


def test_the_file_is_readable_at_a_terminal(run: Commands) -> None:
    run.told("case", "霁蓝", "--contact", "date=2026-11-02,attitude=拒绝")
    code, out, err = run("case", "霁蓝")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "重庆霁蓝虚构印务有限公司（沙坪坝区小龙坎街道）"
    assert "  联系电话：199****0001" in lines
    assert "还缺的材料：单位基本情况表（待筹建）" in lines
    assert any(line.startswith("建议下一步：建会宣传函") for line in lines)
    assert "没有规定对单纯没有建会的单位罚款" in lines[-1]


def test_sources_are_matched_and_a_pair_is_rejected(run: Commands, tmp_path: Path) -> None:
    rows = [UNION[0], ["重庆市松石虚构餐饮有限公司工会", "单独基层工会", "2020-01-02", "万州区"]]
    run.told("import", workbook(tmp_path / "又一个.xlsx", {"名单": rows}))
    answer = run.told("sources", "--present", "导入")
    assert (answer["sources"], len(answer["missing"]["employers"])) == ({"导入": 3}, 3)
    (match,) = answer["matches"]
    assert (match["left_name"], match["right_name"]) == ("重庆松石虚构餐饮有限公司", "重庆市松石虚构餐饮有限公司工会")
    assert "待比对的：1 对" in run("sources")[1]
    assert "没有这样一对" in run.refused("sources", "--reject", match["left"], match["left"])
    run.told("sources", "--reject", match["left"], match["right"])
    assert run.told("sources")["matches"] == []
    run.told("undo", run.told("batches")["batches"][-1]["batch"])
    run.told("sources", "--confirm", match["left"], match["right"])
    assert run.told("case", "松石")["group"] == "own_union"
