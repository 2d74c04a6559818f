import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from importers import template
from importers.reader import process as reader_process
from importers.rows.decisions import Decisions
from importers.rows.understanding import SheetView, view
from models.errors import UserError
from models.journal.writer import Author
from models.ledger import kinds as ledger_kinds
from models.records.forms import FORMS
from models.sites import kinds as site_kinds
from models.values.kinds import Choice
from tests.aids.speaking import LI, TODAY, WANG, imported, listed

KINDS = list(FORMS)


def filled_in(path: Path, kind: Any, rows: list[dict[str, Any]], organization: str = "") -> Path:
    """What a person does with a template: fill in rows by the header's texts, below the header."""
    template.write(kind, path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    if organization:
        sheet["A2"] = f"填报单位：{organization}"
    places = {str(cell.value).rstrip("*"): cell.column for cell in sheet[3]}
    for number, row in enumerate(rows, start=4):
        for label, value in row.items():
            sheet.cell(number, places[label], value)
    book.save(path)
    return path


def understood(path: Path, wanted: Any = None) -> list[SheetView]:
    return [view(sheet, Decisions(), wanted, TODAY) for sheet in reader_process.read_all(path)]


def examples(kind: str) -> dict[str, str]:
    return {each.column.label: each.column.example for each in template.fields(FORMS[kind]) if each.column.example}


@pytest.mark.usefixtures("register")
@pytest.mark.parametrize("kind", KINDS)
def test_a_filled_in_template_is_understood_without_any_mapping(kind: Any, tmp_path: Path) -> None:
    path = filled_in(tmp_path / "表.xlsx", kind, [examples(kind), examples(kind)])
    form, *others = understood(path)
    assert (form.kind, form.because) == (kind, "fields")
    assert form.mapping
    assert form.mapping.unmapped == form.mapping.missing == ()
    assert [each.field for each in form.mapping.matches] == [each.name for each in template.fields(FORMS[kind])]
    assert [row.number for row in form.rows] == [4, 5], "the 填表说明 is no record"
    assert [each.code for each in form.rows[0].problems if each.level != "note"] == []
    assert [each.kind for each in others] == [None, None], "examples and choices are no records"


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_template_holds_no_records_even_when_its_kind_is_given(kind: Any, tmp_path: Path) -> None:
    template.write(kind, tmp_path / "表.xlsx")
    assert [each.rows for each in understood(tmp_path / "表.xlsx", wanted=kind)] == [[], [], []]


def test_people_of_a_template_are_members_where_their_union_and_day_are_written(author: Author, tmp_path: Path) -> None:
    path = filled_in(
        tmp_path / "职工.xlsx", "workers",
        [
            {"姓名": "王示例", "证件号码": WANG, "所属工会": "重庆示例甲有限公司工会", "入会日期": "2024-07"},
            {"姓名": "李示例", "证件号码": LI, "移动电话": "19900000004", "是否农民工": "是"},
        ],
        organization="重庆示例甲有限公司",
    )  # fmt: skip
    assert imported(author, path).counts == {"new": 2}
    assert sorted(listed("workers", "name", "employer", "membership_state")) == [
        ("李示例", "重庆示例甲有限公司", "未入会"), ("王示例", "重庆示例甲有限公司", "在册"),
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_stricter_importers_accept_a_template(kind: Any, tmp_path: Path) -> None:
    template.write(kind, tmp_path / "表.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx").worksheets[0]
    assert all(area.max_row < 3 for area in sheet.merged_cells.ranges), (
        "nothing is merged below the lines above the header"
    )
    last = [cell.value for cell in sheet[sheet.max_row] if cell.value is not None]
    assert len(last) == 1
    assert str(last[0]).startswith("填表说明：")
    assert sheet.max_row == 3 + template.ROWS + 1


def test_numbers_of_people_are_typed_as_text_and_required_columns_have_a_star(tmp_path: Path) -> None:
    template.write("workers", tmp_path / "表.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "表.xlsx").worksheets[0]
    header = {cell.value: cell.column_letter for cell in sheet[3]}
    assert [label for label in header if label.endswith("*")] == ["姓名*"]
    for label in ("证件号码", "移动电话", "统一社会信用代码", "会员号"):
        assert {sheet[f"{header[label]}{row}"].number_format for row in (4, 203)} == {"@"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_choice_has_a_drop_down_of_all_its_labels(kind: Any, tmp_path: Path) -> None:
    template.write(kind, tmp_path / "表.xlsx")
    book = openpyxl.load_workbook(tmp_path / "表.xlsx")
    sheet, lists = book.worksheets[0], book["下拉选项"]
    assert lists.sheet_state == "visible"
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        column = sheet.cell(3, next(iter(rule.cells.ranges)).min_col).value
        if rule.formula1.startswith("'"):
            offered[column] = [row[0].value for row in lists[rule.formula1.split("!")[1].replace("$", "")]]
        else:
            assert rule.formula1 == '"是,否"'
    asked = [(each.column.label, each.column.kind) for each in template.fields(FORMS[kind])]
    wanted = {label: list(values.codes.labels) for label, values in asked if isinstance(values, Choice)}
    if kind == "ledger":  # a table of the register, not a code list
        wanted["台账类别"] = list(ledger_kinds.offered().labels)
        assert wanted["台账类别"][0] == "劳动争议调解"
    if kind == "sites":
        wanted["阵地类别"] = list(site_kinds.offered().labels)
        assert wanted["阵地类别"][0] == "工会驿站"
    assert offered == wanted


def test_what_only_the_register_knows_is_not_asked() -> None:
    names = [each.name for each in template.fields(FORMS["workers"])]
    assert "membership_state" not in names
    assert {"join_date", "union", "change_type", "change_date", "change_reason"} <= set(names)


def test_an_existing_file_is_not_written_over_unless_asked(tmp_path: Path) -> None:
    path = filled_in(tmp_path / "表.xlsx", "workers", [{"姓名": "王示例", "出生日期": dt.date(1985, 3, 7)}])
    before = path.read_bytes()
    with pytest.raises(UserError) as told:
        template.write("workers", path)
    assert str(told.value) == "已有同名文件《表.xlsx》，请换一个名字。"
    assert path.read_bytes() == before
    template.write("workers", path, overwrite=True)
    assert path.read_bytes() != before
