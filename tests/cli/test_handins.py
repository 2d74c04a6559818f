"""``handin`` at the command line: the templates, a sheet, only what differs, one for each union, their answers, own templates."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.aids.terminal import Commands


@pytest.mark.usefixtures("members")
def test_a_sheet_is_listed_written_and_answered(run: Commands, tmp_path: Path) -> None:
    listed = run.told("handin", "--list")["handins"]
    assert [each["name"] for each in listed][:3] == ["members-2017", "unions-2017", "members-24"]
    assert len(next(each["columns"] for each in listed if each["name"] == "members-2017")) == 20
    out = tmp_path / "报.xlsx"
    told = run.told("handin", "会员信息采集表", "--out", out)
    assert (told["rows"], told["refused_records"], told["since"], told["masked"]) == (0, 2, None, False)
    assert {each["column"] for each in told["refused"]} >= {"民族", "学历"}
    assert openpyxl.load_workbook(out).worksheets[0].max_row == 4
    told = run.told("handin", "members-2017", "--out", out, "--with-refused", "--to", "区总工会")
    assert (told["rows"], told["new"], bool(told["batch"])) == (2, 2, True)
    assert run.told("handin", "members-2017", "--out", out, "--since-last", "--with-refused")["rows"] == 0
    (trail,) = [each for each in run.told("trail", "--act", "export")["trail"] if each["rows"] == 2]
    assert (trail["full"], trail["recipient"]) == (True, "区总工会")
    assert [each["act"] for each in reversed(run.told("trail")["trail"])].count("export") == 3
    (past,) = run.told("handin", "past")["submissions"]
    assert (past["template"], past["rows"], past["file"]) == ("members-2017", 2, "报.xlsx")
    assert len(run.told("handin", "past", past["uid"])["rows"]) == 2


@pytest.mark.usefixtures("members")
def test_their_answer_is_read(run: Commands, tmp_path: Path) -> None:
    out, back = tmp_path / "报.xlsx", tmp_path / "结果.xlsx"
    run.told("handin", "members-24", "--out", out, "--with-refused")
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    for row, texts in ((2, ("是否成功", "错误原因")), (3, ("成功", "")), (4, ("失败", "重复"))):
        for place, text in enumerate(texts, start=25):
            sheet.cell(row, place, text)
    book.save(back)
    told = run.told("handin", "read", back)
    assert (told["handin"], told["taken"], [each["reason"] for each in told["failed"]]) == ("members-24", 1, ["重复"])
    assert run.told("handin", "members-24", "--out", out, "--with-refused", "--since-last")["rows"] == 1
    assert "没有“是否成功”这一栏" in run.refused("handin", "read", out)


@pytest.mark.usefixtures("members")
def test_a_file_for_each_union_and_a_masked_one_to_look_at(run: Commands, tmp_path: Path) -> None:
    told = run.told("handin", "members-24", "--out", tmp_path / "报.xlsx", "--split", "--with-refused")
    assert [Path(each["out"]).name for each in told["parts"]] == ["报_沙坪坝区小龙坎街道商贸服务业联合工会.xlsx"]
    before = len(run.told("handin", "past")["submissions"])
    told = run.told("handin", "members-24", "--out", tmp_path / "看.xlsx", "--masked", "--with-refused")
    assert (told["masked"], told["submission"]) == (True, None)
    assert len(run.told("handin", "past")["submissions"]) == before
    assert "--out" in run.refused("handin", "members-24")
    assert "没有上报模板“甲”" in run.refused("handin", "甲", "--out", tmp_path / "a.xlsx")


def test_an_own_template_comes_from_a_file(run: Commands, tmp_path: Path) -> None:
    given = run.told("handin", "show", "建会统计")
    given["template"]["title"] = ["本区建会统计"]
    path = tmp_path / "模板.json"
    path.write_text(json.dumps(given, ensure_ascii=False), "utf-8")
    assert run.told("handin", "keep", "本区建会统计", "--file", path)["batch"]
    assert run.told("handin", "--list")["handins"][-1]["kept"]
    assert run.told("handin", "本区建会统计", "--out", tmp_path / "a.xlsx")["rows"] == 0
    assert run.told("handin", "forget", "本区建会统计")["batch"]
    path.write_text("{", "utf-8")
    assert "不是 JSON" in run.refused("handin", "keep", "甲", "--file", path)
