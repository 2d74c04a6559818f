"""``import --keep`` and ``--take``: what the plan says of each value, what stays, what is taken, what is refused."""

import json
from pathlib import Path

import pytest

from tests.aids.speaking import LI, WANG, workbook
from tests.aids.terminal import Commands
from tests.cli.test_decisions import decisions, only_sheet

UNION = "重庆霁蓝虚构印务有限公司工会"
HEAD = ["姓名", "身份证号", "手机", "学历", "所属工会", "入会日期"]
HELD = [["王砚舟", WANG, "13900000001", "本科", UNION, "2024-05-06"], ["李柏青", LI, "13900000002", "大专", UNION, "2024-06-01"]]
SAID = [["王师傅", WANG, "13900000011", "硕士", UNION, "2024-05-06"], ["李柏青", LI, "63630000", "大专", UNION, "2024-06-01"]]


@pytest.fixture
def path(run: Commands, tmp_path: Path) -> Path:
    run.told("import", workbook(tmp_path / "九月.xlsx", {"名单": [HEAD, *HELD]}))
    return workbook(tmp_path / "十月.xlsx", {"名单": [HEAD, *SAID]})


def people(run: Commands) -> list[tuple[str, str, str]]:
    return [(row["name"], row["phone"], row["education"]) for row in run.told("list", "workers", "--full")["workers"]]


def test_a_plan_tells_old_new_and_choice_of_each_value_with_numbers_covered(run: Commands, path: Path) -> None:
    sheet = only_sheet(run.told("import", path, "--plan"))
    assert sheet["kept"] == 2
    assert [(each["row"], each["field"], each["choice"], each.get("because")) for each in sheet["differences"]] == [
        (2, "phone", "new", None), (2, "education", "new", None), (2, "name", "old", "kept-title"),
        (3, "phone", "old", "kept-digits"),
    ]  # fmt: skip
    told = {(each["row"], each["field"]): (each["old"], each["new"]) for each in sheet["differences"]}
    assert told[2, "name"] == ("王砚舟", "王师傅")
    assert told[2, "phone"] == ("139****0001", "139****0011")
    assert {each["record"] for each in sheet["differences"]} == {"worker"}
    assert "13900000001" not in json.dumps(sheet)


def test_a_field_is_kept_by_its_label_and_another_taken_by_its_name(run: Commands, path: Path) -> None:
    sheet = only_sheet(run.told("import", path, "--keep", "移动电话", "--take", "name"))
    assert (sheet["updated"], sheet["same"], sheet["kept"]) == (1, 1, 2)
    assert "differences" not in sheet
    assert people(run) == [("王师傅", "13900000001", "硕士"), ("李柏青", "13900000002", "大专")]


def test_all_is_kept_but_for_one_field_and_a_file_of_decisions_goes_before(run: Commands, path: Path, tmp_path: Path) -> None:
    decided = decisions(tmp_path / "决定.json", "十月.xlsx", values={"phone": {"3": "new"}})
    run.told("import", path, "--keep", "all", "--take", "education", "--decisions", decided)
    assert people(run) == [("王砚舟", "13900000001", "硕士"), ("李柏青", "63630000", "大专")]


def test_what_stays_is_said_at_the_terminal(run: Commands, path: Path) -> None:
    _code, out, _err = run("import", path, "--plan")
    assert "保留了 2 个原值：移动电话 1、姓名 1；要采用表里写的，加 --take 字段" in out


def test_an_unknown_field_and_one_said_twice_are_refused(run: Commands, path: Path) -> None:
    assert "这些表里没有字段“职业病”。可以写：name、id_number、phone" in run.refused("import", path, "--keep", "职业病")
    assert "“phone”不能又保留原值又采用新值" in run.refused("import", path, "--keep", "phone", "--take", "phone")
    assert people(run)[0] == ("王砚舟", "13900000001", "本科")
