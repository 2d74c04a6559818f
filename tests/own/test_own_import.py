"""Own fields on their way in and out: mapped by name, made by a decision, in the template, the export and the returned
workbook."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from importers import template
from importers.columns.own_kind import Likely, likely
from importers.reader import process as reader_process
from importers.rows.decided_json import from_json
from importers.rows.decisions import Decisions, to_json
from importers.rows.understanding import view
from models.editing.own_fields import NewField, add_own_fields, change_own_field, own_fields
from models.errors import UserError
from models.journal.writer import Author
from models.lists import selection
from models.lists.listings import Selection
from models.records.forms import FORMS
from models.records.region import load_index
from models.register.register import Register
from reports.list_file import write_listing
from tests.aids.speaking import LI, TODAY, WANG, Rows, imported, workbook
from tests.aids.terminal import Commands, commands

_UID = "019a0000-0000-7000-8000-00000000000{}"
HEADER = ["姓名", "身份证号", "入党时间", "工号", "困难档次"]
ROWS = [
    ["王五", WANG, "2001-07-01", "A0012", "一档"], ["李四", LI, "2010年6月", "A0013", "二档"],
]  # fmt: skip


@pytest.fixture
def fields(author: Author) -> dict[str, str]:
    """Own fields of workers: name → field."""
    wanted = [
        NewField("worker", "入党时间", "day", uid=_UID.format(1)),
        NewField("worker", "工号", uid=_UID.format(2)),
        NewField("worker", "困难档次", "choice", ("一档", "二档"), _UID.format(3)),
    ]  # fmt: skip
    add_own_fields(wanted, author)
    return {each.name: each.field for each in own_fields()}


def listed(fields: dict[str, str], *names: str) -> list[tuple[Any, ...]]:
    rows = selection.rows(Selection("workers"), load_index(TODAY))
    return [tuple(row[fields.get(name, name)] for name in names) for row in rows]


def test_a_column_of_the_name_goes_to_it_although_it_is_known_as_not_kept(
    fields: dict[str, str], author: Author, tmp_path: Path
) -> None:
    imported(author, workbook(tmp_path / "名册.xlsx", {"花名册": [HEADER, *ROWS]}))
    assert listed(fields, "name", "入党时间", "工号", "困难档次") == [
        ("王五", "2001-07-01", "A0012", "一档"), ("李四", "2010-06", "A0013", "二档"),
    ]  # fmt: skip


def test_what_cannot_be_read_is_told_and_left_out(fields: dict[str, str], author: Author, tmp_path: Path) -> None:
    done = imported(author, workbook(tmp_path / "名册.xlsx", {"花名册": [HEADER, ["王五", WANG, "很早", "A1", "九档"]]}))
    [step] = done.plan.sheets[0].steps
    assert [(each.column, each.code) for each in step.problems] == [
        (fields["入党时间"], "day-unreadable"), (fields["困难档次"], "choice-unknown"),
    ]  # fmt: skip
    assert listed(fields, "name", "工号") == [("王五", "A1")]


def test_one_that_is_only_spelled_nearly_so_is_not_it(fields: dict[str, str], author: Author, tmp_path: Path) -> None:
    path = workbook(tmp_path / "名册.xlsx", {"花名册": [["姓名", "身份证号", "困难档位"], ["王五", WANG, "一档"]]})
    [seen] = [view(sheet, Decisions(), None, TODAY) for sheet in reader_process.read_all(path)]
    assert seen.mapping is not None
    assert seen.mapping.unmapped == ("困难档位",)


def test_one_out_of_use_takes_no_column(fields: dict[str, str], author: Author, tmp_path: Path) -> None:
    change_own_field(_UID.format(2), author, active=False)
    path = workbook(tmp_path / "名册.xlsx", {"花名册": [HEADER, *ROWS]})
    [seen] = [view(sheet, Decisions(), None, TODAY) for sheet in reader_process.read_all(path)]
    assert seen.mapping is not None
    assert seen.mapping.unmapped == ("工号",)


def test_a_later_list_updates_and_blank_cells_leave_what_is_held(
    fields: dict[str, str], author: Author, tmp_path: Path
) -> None:
    imported(author, workbook(tmp_path / "名册.xlsx", {"花名册": [HEADER, *ROWS]}))
    later = [["王五", WANG, None, "B0012", None], ["李四", LI, "2010", None, "一档"]]
    imported(author, workbook(tmp_path / "更正.xlsx", {"花名册": [HEADER, *later]}))
    assert listed(fields, "name", "入党时间", "工号", "困难档次") == [
        ("王五", "2001-07-01", "B0012", "一档"), ("李四", "2010-06", "A0013", "一档"),
    ]  # fmt: skip


@pytest.mark.parametrize("masked", [True, False])
def test_an_export_comes_back_without_a_change(
    fields: dict[str, str], author: Author, tmp_path: Path, masked: bool
) -> None:
    imported(author, workbook(tmp_path / "名册.xlsx", {"花名册": [HEADER, *ROWS]}))
    path = tmp_path / "导出.xlsx"
    columns = selection.listed_columns("workers")
    write_listing(Selection("workers"), columns, masked, load_index(TODAY), path)
    titles = [cell.value for cell in openpyxl.load_workbook(path).worksheets[0][1]]
    assert titles[-4:-1] == ["入党时间", "工号", "困难档次"]
    done = imported(author, path)
    assert done.plan.counts()["same"] == 2


def test_the_template_asks_for_them(fields: dict[str, str], tmp_path: Path) -> None:
    template.write("workers", tmp_path / "表.xlsx")
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    assert [cell.value for cell in book.worksheets[0][3]][-3:] == ["入党时间", "工号", "困难档次"]
    assert ["困难档次", "一档", "二档"] in [[cell.value for cell in column][:3] for column in book["下拉选项"].iter_cols()]
    template.write("employers", tmp_path / "单位.xlsx")
    assert "工号" not in [cell.value for cell in openpyxl.load_workbook(tmp_path / "单位.xlsx").worksheets[0][3]]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["是", "否", "是"], Likely("yes-no")),
        (["√", "×"], Likely("yes-no")),
        ([3, 12.5, "1,200"], Likely("number")),
        (["2024-05-06", "2024年5月"], Likely("day")),
        (["0012", "0013"], Likely("text")),
        (["一档"] * 4 + ["二档"] * 3, Likely("choice", ("一档", "二档"))),
        (["一档", "二档", "三档"], Likely("text")),
        (["书法", "乒乓球", "没有"], Likely("text")),
        ([], Likely("text")),
    ],
)
def test_the_kind_that_a_column_would_be(cells: list[Any], kind: Likely) -> None:
    assert likely(cells) == kind


@pytest.fixture
def run(
    tmp_path: Path, empty_register: Register, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Commands:
    return commands(tmp_path / "data", empty_register, monkeypatch, capfd)


def decided(folder: Path, **sheet: Any) -> Path:
    path = folder / "决定.json"
    path.write_text(json.dumps({"sheets": [{"file": "名册.xlsx", "sheet": "花名册"} | sheet]}, ensure_ascii=False), "utf-8")
    return path


def test_a_decision_makes_columns_own_fields_and_they_are_listed_and_filtered(run: Commands, tmp_path: Path) -> None:
    book = workbook(tmp_path / "名册.xlsx", {"花名册": [HEADER, *ROWS]})
    wish = decided(tmp_path, own={"2": {"name": "入党时间"}, "4": {"name": "档次", "kind": "choice"}})
    argv = ("import", book, "--decisions", wish, "--data", run.folder)
    planned = run.told(*argv, "--plan")
    assert [(each["name"], each["kind"], each["batch"]) for each in planned["own_fields"]] == [
        ("入党时间", "day", None), ("档次", "choice", None),
    ]  # fmt: skip
    assert planned["files"][0]["sheets"][0]["unmapped"] == ["工号"]
    assert "own" not in (run.told("list", "workers", "--data", run.folder)["workers"] or [{}])[0]
    done = run.told(*argv)
    assert [(each["name"], each["batch"]) for each in done["own_fields"]] == [("入党时间", 1), ("档次", 1)]
    rows = run.told("list", "workers", "--where", "档次=一档", "--data", run.folder)["workers"]
    assert [(row["name"], row["own"]) for row in rows] == [("王五", {"入党时间": "2001-07-01", "档次": "一档"})]
    again = run.told(*argv)
    assert "own_fields" not in again
    assert again["files"][0]["sheets"][0]["same"] == 2


def test_what_a_decision_says_wrongly_is_refused_before_anything_is_written(run: Commands, tmp_path: Path) -> None:
    book = workbook(tmp_path / "名册.xlsx", {"花名册": [HEADER, *ROWS]})
    for own, said in (
        ({"2": {"name": "姓名"}}, "就是已有的"),
        ({"2": {"kind": "day"}}, "决定文件看不懂"),
        ({"2": {"name": "入党", "kind": "colour"}}, "决定文件看不懂"),
        ({"2": {"name": "入党", "colour": "red"}}, "决定文件看不懂"),
    ):
        assert said in run.refused("import", book, "--decisions", decided(tmp_path, own=own), "--data", run.folder)
    assert run.told("batches", "--data", run.folder)["batches"] == []


def test_decisions_with_own_fields_are_written_and_read_again() -> None:
    key = ("名册.xlsx", "花名册")
    own = {key: {2: {"name": "档次", "kind": "choice", "options": ("一档", "二档")}}}
    decisions = Decisions(own=own, mappings={key: {3: "own:" + _UID.format(1)}})
    assert from_json(to_json(decisions)) == decisions


def test_a_column_cannot_go_to_an_own_field_that_is_not_there(author: Author, tmp_path: Path) -> None:
    path = workbook(tmp_path / "名册.xlsx", {"花名册": [HEADER, *ROWS]})
    sheets = list(reader_process.read_all(path))
    key = (sheets[0].head.file, sheets[0].head.sheet)
    with pytest.raises(UserError, match="没有这一项"):
        view(sheets[0], Decisions(mappings={key: {3: "own:" + _UID.format(1)}}), None, TODAY)


def test_employers_and_unions_have_them_as_well(author: Author, tmp_path: Path) -> None:
    wanted = [NewField("employer", "年产值", "number", uid=_UID.format(4)), NewField("union", "是否建家", "yes-no", uid=_UID.format(5))]
    add_own_fields(wanted, author)
    book: dict[str, Rows] = {
        "企业名单": [["单位名称", "职工人数", "年产值"], ["重庆甲示例有限公司", 30, 1200.5]],
        "工会名单": [["工会名称", "工会主席", "是否建家"], ["重庆甲示例有限公司工会", "赵示例", "是"]],
    }
    imported(author, workbook(tmp_path / "两表.xlsx", book))
    index = load_index(TODAY)
    assert [row[wanted[0].field] for row in selection.rows(Selection("employers", order=wanted[0].field), index)] == [12_005_000]
    assert [row[wanted[1].field] for row in selection.rows(Selection("unions", search="甲示例"), index)] == [1]
    assert [each.name for each in FORMS["unions"].fields][-1] == wanted[1].field


def test_numbers_and_answers_of_units_come_back_without_a_change(author: Author, tmp_path: Path) -> None:
    numbers, answers = ("工位数", "number"), ("有食堂", "yes-no")
    wanted = [NewField("employer", *each, uid=_UID.format(place)) for place, each in enumerate((numbers, answers))]
    add_own_fields(wanted, author)
    rows = [
        ["单位名称", "统一社会信用代码", "工位数", "有食堂"], ["重庆甲示例有限公司", None, 120, "是"], ["重庆乙示例有限公司", None, 0, "否"],
    ]  # fmt: skip
    path = workbook(tmp_path / "单位.xlsx", {"单位": rows})
    assert imported(author, path).counts == {"new": 2}
    assert imported(author, path).counts == {"same": 2}
