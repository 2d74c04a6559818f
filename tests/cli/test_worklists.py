"""``worklists`` at the command line: a list from making to reading it back, its kinds, what is refused."""

import json
from pathlib import Path

import openpyxl
import pypdf
import pytest

from tests.aids.terminal import Commands


@pytest.mark.usefixtures("members")
def test_a_list_is_made_filled_ticked_written_and_read_back(run: Commands, tmp_path: Path) -> None:
    made = run.told("worklists", "new", "春节慰问", "王五", "--kind", "慰问", "--date", "2027-01-20", "--note", "每户一份")
    assert (made["added"], made["kind"], made["of"], made["boxes"][1]) == (1, "慰问", "workers", {"name": "已领", "ticked": 0})
    added = run.told("worklists", "add", "春节慰问", "--all")
    assert (added["added"], added["there"]) == (1, 1)
    ticked = run.told("worklists", "tick", "春节慰问", "李四", "--box", "已领", "--day", "2027-01-21", "--note", "代领")
    assert (ticked["changed"], bool(ticked["batch"])) == (1, True)
    shown = run.told("worklists", "show", "春节慰问")["rows"]
    assert [(row["name"], row["ticked"], row["days"], row["list_note"]) for row in shown] == [
        ("王五", [], {}, None), ("李四", ["已领"], {"发放日期": "2027-01-21"}, "代领"),
    ]  # fmt: skip
    out = tmp_path / "名单.xlsx"
    assert run.told("worklists", "export", "春节慰问", "--out", out)["rows"] == 2
    book = openpyxl.load_workbook(out)
    sheet = book.worksheets[0]
    assert (sheet.title, [cell.value for cell in sheet[1]][-5:-1]) == ("春节慰问", ["已通知", "已领", "发放日期", "名单备注"])
    sheet.cell(2, 9, "√")
    sheet.cell(3, 9, "也许")
    book.save(out)
    planned = run.told("worklists", "read", out, "--plan")
    assert (planned["written"], planned["batch"], [each["name"] for each in planned["changes"]]) == (0, None, ["王五"])
    read = run.told("worklists", "read", out)
    assert (read["written"], [each["row"] for each in read["questions"]]) == (1, [3])
    (told,) = run.told("worklists", "--list")["worklists"]
    assert (told["entries"], [box["ticked"] for box in told["boxes"]]) == (2, [1, 1])
    run.told("undo", read["batch"])
    assert [box["ticked"] for box in run.told("worklists", "--list")["worklists"][0]["boxes"]] == [0, 1]


@pytest.mark.usefixtures("members")
def test_a_list_is_printed_masked_unless_asked_and_the_trail_says_so(run: Commands, tmp_path: Path) -> None:
    run.told("worklists", "new", "李四等人体检", "--kind", "体检", "--all")
    run.told("worklists", "export", "李四等人体检", "--out", tmp_path / "a.pdf")
    text = pypdf.PdfReader(tmp_path / "a.pdf").pages[0].extract_text().replace("\n", "")
    assert ("李四等人体检" in text, "报告已取" in text, "199****0001" in text) == (True, True, True)
    run.told("worklists", "export", "李四等人体检", "--out", tmp_path / "b.docx", "--layout", "通讯录", "--full")
    left = [(each["act"], each["what"], each["rows"], each["full"]) for each in run.told("trail", "--act", "export")["trail"]]
    assert left == [("export", "工作名单", 2, True), ("export", "工作名单", 2, False)]
    assert "李四" not in json.dumps(run.told("trail")["trail"], ensure_ascii=False)


@pytest.mark.usefixtures("members")
def test_a_list_is_changed_closed_emptied_and_removed(run: Commands) -> None:
    run.told("worklists", "new", "开会", "--kind", "开会通知", "--of", "unions", "--all")
    assert run.told("worklists", "change", "开会", "--rename", "换届会", "--boxes", "通知了、会来、来了")["name"] == "换届会"
    assert run.told("worklists", "tick", "换届会", "--all")["changed"] == 1
    assert run.told("worklists", "--list")["worklists"][0]["boxes"][2] == {"name": "来了", "ticked": 1}
    assert run.told("worklists", "tick", "换届会", "--all", "--off")["changed"] == 1
    assert run.told("worklists", "close", "换届会")["closed"]
    assert not run.told("worklists", "reopen", "换届会")["closed"]
    assert run.told("worklists", "drop", "换届会", "--all")["dropped"] == 1
    run.told("worklists", "remove", "换届会")
    assert run.told("worklists")["worklists"] == []
    kinds = run.told("worklists", "kinds")["kinds"]
    assert [each["name"] for each in kinds] == ["慰问", "体检", "活动报名", "开会通知", "其他"]
    run.told("worklists", "keep", "走访", "--boxes", "约好、去了")
    assert run.told("worklists", "kinds")["kinds"][-1] == {"name": "走访", "boxes": ["约好", "去了"], "days": [], "kept": True}
    run.told("worklists", "forget", "走访")
    for listed in (("worklists",), ("worklists", "kinds")):
        assert run(*listed)[0] == 0


@pytest.mark.usefixtures("members")
def test_what_is_not_understood_is_refused_in_a_sentence(run: Commands, tmp_path: Path) -> None:
    run.told("worklists", "new", "春节慰问", "--kind", "慰问")
    assert "没有工作名单“夏季”，现有：春节慰问" in run.refused("worklists", "show", "夏季")
    assert "登记册里没有“赵六”" in run.refused("worklists", "add", "春节慰问", "赵六")
    assert "请写明加哪些" in run.refused("worklists", "add", "春节慰问")
    assert "“王五”不在工作名单“春节慰问”上" in run.refused("worklists", "tick", "春节慰问", "王五")
    assert "没有“来过”一栏，有：已通知、已领" in run.refused("worklists", "tick", "春节慰问", "--all", "--box", "来过")
    assert "--out" in run.refused("worklists", "export", "春节慰问")
    assert "格式不支持" in run.refused("worklists", "export", "春节慰问", "--out", tmp_path / "a.txt")
    run.told("worklists", "export", "春节慰问", "--out", tmp_path / "a.xlsx")
    assert "行号=记录标识" in run.refused("worklists", "read", tmp_path / "a.xlsx", "--decide", "甲")
    assert "请写明是哪份工作名单" in run.refused("worklists", "show")
