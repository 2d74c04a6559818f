"""The command line as people and other tools use it: one JSON object or lines to read, exit codes, files where wanted."""

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from rich.cells import cell_len

from cli.arguments import parser
from models.lists.selection import listed_columns
from models.records.forms import FORMS
from reports.catalogue import report_kinds
from tests.aids.speaking import LI, WANG, ZHAO, workbook
from tests.aids.terminal import Commands

ROSTER: list[list[Any]] = [
    ["甲公司工会会员花名册"],
    ["姓名", "身份证号", "手机", "出生日期", "所属工会", "入会日期"],
    ["王五", WANG, "19900000001", "1985-03-07", "甲公司工会", "2024-05-06"],
    ["李四", LI, "19900000002", "1990-02-28", "甲公司工会", "2024-06"],
]
FAULTY: list[list[Any]] = [*ROSTER, [None, None, "19900000003", None, None, None]]
UNITS: list[list[Any]] = [
    ["企业名称", "统一社会信用代码", "单位性质", "所在街道", "员工人数"],
    ["重庆甲示例有限公司", None, "私营企业", "沙坪坝区小龙坎街道", 25],
    ["重庆乙示例有限公司", None, "私营企业", "沙坪坝区小龙坎街道", 24],
]


def verbs() -> dict[str, Any]:
    """Every verb with its parser."""
    return next(action.choices for action in parser()._actions if isinstance(action.choices, dict))


def test_an_import_says_what_it_did_as_one_object(run: Commands, tmp_path: Path) -> None:
    answer = run.told("import", workbook(tmp_path / "花名册.xlsx", {"名单": FAULTY}))
    (file,) = answer["files"]
    (sheet,) = file["sheets"]
    assert (answer["batch"], file["file"], file["returned"]) == (1, "花名册.xlsx", "花名册_退回.xlsx")
    assert (sheet["sheet"], sheet["kind"], sheet["header_rows"], sheet["rows"]) == ("名单", "workers", [2], 3)
    counts = [sheet[action] for action in ("new", "updated", "same", "conflict", "refused")]
    assert (counts, sheet["unmapped"]) == ([2, 0, 0, 0, 1], [])
    assert sheet["mapping"][1] == {"column": "B", "group": "", "header": "身份证号", "field": "id_number"}
    problem = next(each for each in sheet["problems"] if each["level"] == "error")
    assert (problem["row"], problem["code"], problem["text"]) == (5, "name-missing", "没有姓名")
    assert (tmp_path / "花名册_退回.xlsx").exists()


def test_an_import_says_the_same_to_a_person(run: Commands, tmp_path: Path) -> None:
    rows = [[*row, note] for row, note in zip(FAULTY, [None, "鞋码", "40", "38", None], strict=True)]
    code, out, err = run("import", workbook(tmp_path / "花名册.xlsx", {"名单": rows}))
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "花名册.xlsx › 名单：共 3 行，新增 2，退回 1",
        "    第 5 行：没有姓名",
        f"退回的表：{tmp_path / '花名册_退回.xlsx'}",
        "已写入，批次 1。撤销：undo 1",
    ]


def test_a_column_that_nobody_knows_is_named(run: Commands, tmp_path: Path) -> None:
    rows = [[*row, note] for row, note in zip(ROSTER, [None, "鞋码", "40", "38"], strict=True)]
    (file,) = run.told("import", workbook(tmp_path / "a.xlsx", {"名单": rows}))["files"]
    assert file["sheets"][0]["unmapped"] == ["鞋码"]


def test_a_preview_writes_nothing_and_has_no_batch(run: Commands, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"名单": FAULTY})
    answer = run.told("import", path, "--plan", "--returned", tmp_path / "out")
    assert (answer["batch"], answer["files"][0]["returned"]) == (None, None)
    assert run.told("list", "workers") == {"workers": []}
    assert run.told("batches") == {"batches": []}
    assert not (tmp_path / "a_退回.xlsx").exists()
    assert not (tmp_path / "out").exists()
    assert "什么都没有写入" in run("import", path, "--plan")[1]


def test_the_same_file_again_changes_nothing_and_says_so(run: Commands, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"名单": ROSTER})
    run.told("import", path)
    assert run.told("import", path)["batch"] is None
    assert "登记册没有变化" in run("import", path)[1]


def test_the_kind_and_the_union_of_a_sheet_that_names_none_can_be_given(run: Commands, tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"名单": [["姓名", "身份证号"], ["赵六", ZHAO]]})
    run.told("import", workbook(tmp_path / "b.xlsx", {"名单": ROSTER}))
    sheet = run.told("import", path, "--as", "workers", "--union", "甲公司工会")["files"][0]["sheets"][0]
    assert (sheet["kind"], sheet["new"]) == ("workers", 1)
    assert run.told("import", path, "--as", "employers", "--plan")["files"][0]["sheets"][0]["kind"] == "employers"
    assert "没有" in run.refused("import", path, "--union", "没有这样的工会")


def test_an_unreadable_file_is_told_and_the_others_are_applied(run: Commands, tmp_path: Path) -> None:
    good = workbook(tmp_path / "a.xlsx", {"名单": ROSTER})
    bad = tmp_path / "b.xlsx"
    bad.write_text("not a workbook at all", "utf-8")
    code, out, err = run("import", good, bad, tmp_path / "c.xlsx", "--json")
    answer = json.loads(out)
    assert (code, answer["batch"]) == (1, 1)
    assert [each["file"] for each in answer["files"]] == ["a.xlsx", "b.xlsx", "c.xlsx"]
    for file, name in zip(answer["files"][1:], ("b.xlsx", "c.xlsx"), strict=True):
        assert name in file["error"]
        assert file["error"] in err
    assert len(run.told("list", "workers")["workers"]) == 2


def test_returned_workbooks_go_where_they_are_wanted_and_never_over_another(run: Commands, tmp_path: Path) -> None:
    path, out = workbook(tmp_path / "a.xlsx", {"名单": FAULTY}), tmp_path / "退回" / "九月"
    names = [run.told("import", path, "--returned", out)["files"][0]["returned"] for _number in range(2)]
    assert names == ["a_退回.xlsx", "a_退回(2).xlsx"]
    assert sorted(each.name for each in out.iterdir()) == ["a_退回(2).xlsx", "a_退回.xlsx"]


def test_nothing_is_imported_when_the_returned_workbook_has_no_place(run: Commands, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    path = workbook(tmp_path / "a.xlsx", {"名单": FAULTY})
    assert "什么都没有导入" in run.refused("import", path, "--returned", tmp_path / "file")
    assert run.told("list", "workers") == {"workers": []}


def test_decisions_come_from_a_file_and_columns_are_remembered(run: Commands, tmp_path: Path) -> None:
    rows = [["会员名单"], ["姓名", "身份证号", "小号"], ["王五", WANG, "19900000001"]]
    path = workbook(tmp_path / "a.xlsx", {"名单": rows})
    decided = {"sheets": [{"file": "a.xlsx", "sheet": "名单", "mappings": {"2": "phone"}, "rows": {"3": "skip"}}]}
    (tmp_path / "d.json").write_text(json.dumps(decided), "utf-8")
    sheet = run.told("import", path, "--decisions", tmp_path / "d.json")["files"][0]["sheets"][0]
    assert (sheet["new"], sheet["skipped"]) == (0, 1)
    again = run.told("import", path)["files"][0]["sheets"][0]
    assert (again["new"], again["mapping"][2]["field"]) == (1, "phone")
    assert "nothing.json" in run.refused("import", path, "--decisions", tmp_path / "nothing.json")


def test_batches_say_who_did_what_and_what_was_undone(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER}))
    run.told("undo", 1)
    first, second = run.told("batches")["batches"]
    assert (first["batch"], first["kind"], first["undone_by"], first["sheets"][0]["file"]) == (1, "import", 2, "a.xlsx")
    assert (second["batch"], second["kind"], second["undoes"]) == (2, "undo", 1)
    text = run("batches")[1]
    for words in ("导入 a.xlsx", "撤销批次 1", "已被批次 2 撤销"):
        assert words in text


def test_an_undo_says_what_went_and_what_stayed(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER}))
    corrected = [*ROSTER[:2], ["王五", WANG, "19900000009", None, None, None]]
    run.told("import", workbook(tmp_path / "b.xlsx", {"名单": corrected}))
    answer = run.told("undo", 1)
    assert (answer["batch"], answer["undone"], answer["restored"], answer["removed"]) == (3, 1, 0, 1)
    assert {each["field"] for each in answer["kept"]} == {"*"}
    assert all(each["uid"] and each["reason"] for each in answer["kept"])
    assert {each["name"] for each in answer["kept"]} >= {"王五"}
    assert [row["name"] for row in run.told("list", "workers")["workers"]] == ["王五"]


def test_an_undone_update_brings_the_old_value_back(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER}))
    corrected = [*ROSTER[:2], ["王五", WANG, "19900000009", None, None, None]]
    run.told("import", workbook(tmp_path / "b.xlsx", {"名单": corrected}))
    assert "恢复 1 处，移除 0 条，保留 0 处" in run("undo", 2)[1]
    assert run.told("list", "workers", "--search", "19900000001")["workers"][0]["name"] == "王五"
    assert "没有批次 99" in run.refused("undo", 99)


def test_the_keys_of_a_list_are_the_declared_fields(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER, "单位": UNITS}))
    for kind in FORMS:
        for row in run.told("list", kind)[kind]:
            assert list(row) == ["uid", *(column.name for column in listed_columns(kind))]
    row = run.told("list", "workers", "--search", "李四")["workers"][0]
    assert (row["union"], row["membership_state"], row["join_date"]) == ("甲公司工会", "在册", "2024-06")


def test_a_list_is_ordered_by_a_column_names_by_pinyin_or_strokes(run: Commands, tmp_path: Path) -> None:
    people = [["姓名", "手机"], *([name, f"1990000{place:04}"] for place, name in enumerate(["王五", "曾一", "单一", "安一"]))]
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": people}))

    def names(*more: str) -> list[str]:
        out = tmp_path / "a.csv"
        told = [row["name"] for row in run.told("list", "workers", *more)["workers"]]
        run.told("list", "workers", *more, "--out", out)
        assert [line.split(",")[0] for line in out.read_text("utf-8-sig").splitlines()[1:]] == told
        return told

    assert names() == ["王五", "曾一", "单一", "安一"]
    assert names("--order", "name") == names("--names", "pinyin") == ["安一", "单一", "王五", "曾一"]
    assert names("--order", "姓名", "--descending") == ["曾一", "王五", "单一", "安一"]
    assert names("--names", "strokes") == ["王五", "安一", "单一", "曾一"]
    assert "没有“身高”一栏" in run.refused("list", "workers", "--order", "身高")
    out = tmp_path / "b.xlsx"
    run.told("report", "list", "--columns", "name", "--names", "strokes", "--out", out)
    cells = [row[1] for row in openpyxl.load_workbook(out).active.iter_rows(values_only=True) if row[1] in set(names())]
    assert cells == ["王五", "安一", "单一", "曾一"]


def test_a_list_is_a_table_of_straight_columns_to_a_person(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": UNITS}))
    title, rule, *rows, count = run("list", "employers")[1].splitlines()
    assert (set(rule), count, len(rows)) == ({"─"}, "共 2 行", 2)
    assert title.split()[0] == "单位名称"
    assert {cell_len(row[: row.index("沙坪坝区")]) for row in rows} == {cell_len(title[: title.index("所在区划")])}


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_list_is_written_to_a_file_and_said_as_one_object(run: Commands, tmp_path: Path, ending: str) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER}))
    out = tmp_path / f"名单.{ending}"
    assert run.told("list", "workers", "--out", out) == {"list": "workers", "out": str(out), "rows": 2, "masked": True}
    if ending == "xlsx":
        titles, first, *_more = openpyxl.load_workbook(out).active.values
    else:
        titles, first, *_more = csv.reader(out.read_text("utf-8-sig").splitlines())
    assert dict(zip(titles, first, strict=True))["证件号码"] == "500106************"


def test_a_file_of_an_unknown_kind_is_refused_before_anything_is_done(run: Commands, tmp_path: Path) -> None:
    for command in (("list", "workers"), ("drive",), ("report", "roster"), ("template", "workers")):
        path = tmp_path / "a.odt"
        said = run.refused(*command, path) if command[0] == "template" else run.refused(*command, "--out", path)
        assert "“a.odt”的格式不支持" in said
        assert ".xlsx" in said


def test_the_drive_lists_from_twenty_five_on(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": UNITS}))
    answer = run.told("drive")
    assert (answer["threshold"], answer["summary"]["on_list"], answer["summary"]["below"]) == (25, 1, 1)
    (employer,) = answer["employers"]
    told = (employer["name"], employer["credit_code"], employer["staff_count"], employer["region"], employer["stage"])
    assert told == ("重庆甲示例有限公司", None, 25, "沙坪坝区小龙坎街道", "待筹建")
    assert run.told("drive", "--region", "渝中区")["employers"] == []
    assert "找不到区划“火星区”" in run.refused("drive", "--region", "火星区")
    code, out, _err = run("drive")
    assert (code, "重庆甲示例有限公司" in out, "重庆乙示例有限公司" in out) == (0, True, False)
    assert "应建未建（25 人以上，未建会）：1 家" in out


@pytest.mark.parametrize("ending", ["pdf", "xlsx", "docx"])
def test_papers_are_written_over_what_was_there(run: Commands, tmp_path: Path, ending: str) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER, "单位": UNITS}))
    for arguments in (("report", "roster", "--union", "甲公司工会"), ("drive",)):
        for _number in range(2):
            out = tmp_path / f"{arguments[0]}.{ending}"
            assert run.told(*arguments, "--out", out)["out"] == str(out)
            assert out.stat().st_size > 2000


def test_a_roster_is_of_one_union_or_of_all(run: Commands, tmp_path: Path) -> None:
    other = [*ROSTER[:2], ["王五", WANG, "19900000001", "1985-03-07", "甲公司西永工会", "2024-05-06"], ROSTER[3]]
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": other}))
    for union, people in (("甲公司工会", 1), ("西永", 1), (None, 2)):
        chosen = ["--union", union] if union else []
        assert run.told("report", "roster", *chosen, "--out", tmp_path / "r.xlsx")["rows"] == people
    assert "甲公司工会、甲公司西永工会" in run.refused("report", "roster", "--union", "甲公司", "--out", "r.pdf")
    assert "没有工会“丙工会”" in run.refused("report", "roster", "--union", "丙工会", "--out", "r.pdf")
    assert "还没有会员" in run.refused("report", "roster", "--region", "渝中区", "--out", "r.pdf")


def test_every_report_is_written_with_the_options_that_it_takes(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER, "单位": UNITS}))
    run.told("drive", "--reconcile")
    chosen: dict[str, list[str]] = {
        "roster": ["--union", "甲公司工会"], "attendance": ["--union", "甲公司工会", "--blank", "0"],
        "visits": ["--all", "--stage", "待筹建", "--days", "30", "--region", "沙坪坝区"], "case": ["--employer", "甲示例"],
        "drive": [], "terms": ["--all"], "findings": [], "ledger": ["--since", "2026-01-01"], "laptop": [],
        "table": ["--table", "会员发展", "--period", "2026-H1"], "half_year": ["--period", "2026-H1"], "chase": ["--all"],
        "annual": [], "cards": ["--union", "甲公司工会"], "labels": ["--union", "甲公司工会"], "tree": [],
        "town": ["--region", "沙坪坝区"],
    }  # fmt: skip
    assert {*chosen, "targets", "sites", "list"} == {*report_kinds()}
    rows = {name: run.told("report", name, *words, "--out", tmp_path / f"{name}.xlsx")["rows"] for name, words in chosen.items()}
    assert [rows[name] for name in ("roster", "attendance", "visits", "case", "drive", "ledger")] == [2, 2, 1, 1, 1, 0]
    _code, out, _err = run("report", "--help")
    assert "visits 走访和电话清单（--region --organizer --stage --until --day --days --all --full）" in " ".join(out.split())
    assert "“换届提醒”不用 --union，可以用 --region、--until、--day、--all。" in run.refused(
        "report", "terms", "--union", "甲公司工会", "--out", "a.pdf"
    )
    assert "请先选择一个单位" in run.refused("report", "case", "--out", "a.pdf")
    assert run.told("report", "targets", "--out", tmp_path / "t.pdf")["rows"] > 0
    assert run.told("report", "visits", "--all", "--full", "--out", tmp_path / "v.pdf")["masked"] is False


def test_the_figures_are_those_of_the_year(run: Commands, tmp_path: Path) -> None:
    run.told("import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER}))
    figures = run.told("figures", "--year", 2024)
    assert (figures["members"], figures["new_members"], figures["unions"]) == (2, 2, 0)
    assert run.told("figures", "--year", 2023)["new_members"] == 0
    assert "2024 年新入会  " in run("figures", "--year", 2024)[1]


def test_a_template_is_written_once_and_never_over_a_filled_one(run: Commands, tmp_path: Path) -> None:
    for kind in FORMS:
        path = tmp_path / f"{kind}.xlsx"
        assert run.told("template", kind, path) == {"template": kind, "out": str(path)}
        assert openpyxl.load_workbook(path).active["A2"].value.startswith("填报单位")
        assert f"{kind}.xlsx" in run.refused("template", kind, path)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("bogus",), "VERB 不能是 bogus，可以是 import、"),
        (("undo", "x"), "BATCH：要写 1 到 999999999 的整数，不能是“x”"),
        (("list", "people"), "KIND 不能是 people，可以是 workers、"),
        (("report", "roster"), "缺少 --out"),
        (("report", "roster", "--out", "a.pdf", "--masked", "--full"), "--full 不能与 --masked 一起用"),
        (("list", "workers", "--sear", "王"), "不认识 --sear"),
        (("figures", "--year"), "--year 后面要写内容"),
    ],
)
def test_a_mistyped_command_is_a_sentence_and_no_bug(run: Commands, arguments: tuple[str, ...], why: str) -> None:
    said = run.refused(*arguments)
    assert f"命令写得不对：{why}" in said
    assert said.startswith("用法：main.py")


def test_every_verb_takes_a_folder_and_answers_as_json_and_explains_itself_in_chinese(run: Commands) -> None:
    for verb in verbs():
        code, out, err = run(verb, "--help")
        assert (code, err, "--data DIR" in out, "--json" in out, "选项:" in out) == (0, "", True, True, True)
        assert "show this help" not in out


def test_the_folder_may_stand_before_the_verb_or_after_it(run: Commands, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    assert "恢复码" in run("--data", elsewhere, "import", workbook(tmp_path / "a.xlsx", {"名单": ROSTER}))[2]
    assert len(run.told("list", "workers", "--data", elsewhere)["workers"]) == 2
    assert run.told("list", "workers") == {"workers": []}
