import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from importers import returned
from models.errors import UserError
from models.journal.writer import Author
from tests.aids.speaking import LI, WANG, ZHAO, Done, Rows, imported, imported_rows, listed, workbook

HEADER = ["姓名", "身份证号", "手机号", "出生日期", "单位名称"]
COMPANY = "重庆示例甲有限公司"
WRONG = WANG[:-1] + "8"
RED, AMBER = "FFFFC7CE", "FFFFE699"


def came_back(done: Done) -> Path:
    """The only returned workbook of an import."""
    (path,) = done.outcome.returned.values()
    return path


def opened(path: Path, sheet: str = "Sheet1") -> Worksheet:
    return openpyxl.load_workbook(path)[sheet]


def rows(sheet: Worksheet) -> list[list[Any]]:
    return [list(values) for values in sheet.iter_rows(values_only=True)]


def fill(sheet: Worksheet, cell: str) -> str:
    style = sheet[cell].fill
    return str(style.fgColor.rgb) if style.fill_type else ""


def corrected(path: Path, cells: dict[str, Any], to: Path) -> Path:
    """What a person does: open, type over some cells, save under another name."""
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book.active[cell].value = value
    to.parent.mkdir(parents=True, exist_ok=True)
    book.save(to)
    return to


def old_workbook(path: Path, rows: Rows) -> Path:
    """An .xls, which cannot come back as it is: a new .xlsx is written."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Sheet1")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            style = xlwt.easyxf(num_format_str="yyyy-mm-dd") if isinstance(value, dt.date) else xlwt.Style.default_style
            sheet.write(number, column, value, style)
    book.save(str(path))
    return path


def test_only_rows_that_were_refused_or_warned_come_back_each_with_our_answer(author: Author, tmp_path: Path) -> None:
    done = imported_rows(
        author, tmp_path,
        [
            ["职工花名册"],
            HEADER,
            ["王示例", WANG, "19900000003", None, COMPANY],
            ["李示例", LI[:-1] + "1", "19900000004", None, COMPANY],
            ["赵示例", ZHAO, "12", None, COMPANY],
        ],
        name="花名册",
    )  # fmt: skip
    path = came_back(done)
    assert path == tmp_path / "花名册_退回.xlsx"
    title, header, *answers = rows(opened(path))
    assert title[0] == "职工花名册"
    assert header == [*HEADER, "处理结果", "问题说明", "原行号"]
    assert [(each[0], each[1], *each[5:]) for each in answers] == [
        ("李示例", LI[:-1] + "1", "未导入", "身份证号：证件号码的校验位不对，请核对是否抄错一位", 4),
        ("赵示例", ZHAO, "已导入，请核对", "手机号：电话不是 11 位手机号，也不是固定电话，未采用", 5),
    ]


def test_a_file_without_anything_to_tell_does_not_come_back(author: Author, tmp_path: Path) -> None:
    done = imported_rows(author, tmp_path, [HEADER, ["王示例", WANG, "19900000003", None, COMPANY]])
    assert done.codes == [(2, "employer-created")], "told in the plan, but only noted"
    assert done.outcome.returned == {}
    assert [each.name for each in tmp_path.glob("*退回*")] == []


def test_what_a_person_must_decide_is_said_so(author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path / "1", [HEADER, ["王示例", WANG, "19900000003", None, COMPANY]])
    done = imported_rows(author, tmp_path / "2", [HEADER, ["王示例", None, "19900000009", "1985-03-07", COMPANY]])
    assert done.counts == {"conflict": 1}
    assert rows(opened(came_back(done)))[1][5] == "需要决定"


def test_faulty_cells_are_red_or_amber_and_carry_the_sentence(author: Author, tmp_path: Path) -> None:
    done = imported_rows(
        author, tmp_path, [HEADER, [None, WRONG, "12", None, COMPANY], ["赵示例", ZHAO, "12", None, COMPANY]]
    )
    sheet = opened(came_back(done))
    assert [fill(sheet, cell) for cell in ("A2", "B2", "C2", "D2", "E2", "F2")] == [RED, RED, AMBER, "", "", RED]
    assert [fill(sheet, cell) for cell in ("A3", "B3", "C3", "F3")] == ["", "", AMBER, AMBER]
    assert sheet["A2"].comment.text == "没有姓名"
    assert sheet["C3"].comment.text == "电话不是 11 位手机号，也不是固定电话，未采用"
    assert sheet["B3"].comment is None


def test_numbers_come_back_as_texts_with_the_digits_that_are_left_and_days_as_days(
    author: Author, tmp_path: Path
) -> None:
    rows = [[*HEADER, "人员编号", "工资"], ["王示例", 5.00106198503079e17, 12, dt.date(1985, 3, 7), COMPANY, 6.2e15, 4321.5]]
    sheet = opened(came_back(imported(author, old_workbook(tmp_path / "表.xls", rows))))
    assert [sheet[cell].value for cell in ("B2", "C2", "F2", "G2")] == [
        "500106198503079000",
        "12",
        "6200000000000000",
        4321.5,
    ]
    assert [sheet[cell].number_format for cell in ("B2", "C2", "F2")] == ["@", "@", "@"]
    assert sheet["D2"].value == dt.datetime(1985, 3, 7)
    assert sheet["D2"].number_format == "yyyy-mm-dd"


def test_a_correction_typed_below_the_rows_stays_text_in_columns_of_numbers(author: Author, tmp_path: Path) -> None:
    path = old_workbook(tmp_path / "表.xls", [HEADER, ["王示例", WRONG, None, None, COMPANY]])
    sheet = opened(came_back(imported(author, path)))
    formats = {name: sheet.column_dimensions[name] for name in "ABC"}
    assert formats["B"].number_format == formats["C"].number_format == "@"
    assert formats["A"].number_format == "General"


def test_nothing_that_was_sent_becomes_a_formula_or_breaks_the_file(author: Author, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    lines = [
        "姓名,身份证号,备注,单位名称", f'王示例,{WRONG},"=HYPERLINK(""x"")",+1+1',
        f"李示例,{WRONG},\x01\x02控制<r>&,@sum", f"赵示例,{WRONG},<r>生</r>,-1",
    ]  # fmt: skip
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    sheet = openpyxl.load_workbook(came_back(imported(author, path))).worksheets[0]
    assert [[cell.value for cell in line[2:4]] for line in sheet.iter_rows(min_row=2)] == [
        ['=HYPERLINK("x")', "+1+1"], ["控制<r>&", "@sum"], ["<r>生</r> ", "-1"],
    ]  # fmt: skip
    assert {cell.data_type for line in sheet.iter_rows(min_row=2, max_col=5) for cell in line} == {"s"}


def test_the_lines_and_the_merged_groups_above_stay_as_they_were(author: Author, tmp_path: Path) -> None:
    path = union_form(tmp_path / "工会.xlsx")
    sheet = opened(came_back(imported(author, path)), "工会名单")
    assert sheet["A1"].value == "基层工会组织信息表"
    assert sheet["A2"].value == "填报单位：沙坪坝区示例街道总工会"
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A1:H1", "A3:A4", "B3:E3", "F3:H3"}
    assert [sheet[cell].value for cell in ("I4", "J4", "K4", "I3")] == ["处理结果", "问题说明", "原行号", None]
    assert sheet["K5"].value == 5


def union_form(path: Path, code: str = "81500106MC0000000A") -> Path:
    """A form with groups above its header, in which two columns have the same text."""
    rows = [
        ["基层工会组织信息表"],
        ["填报单位：沙坪坝区示例街道总工会"],
        ["序号", "工会组织信息", None, None, None, "工会组织所在单位信息", None, None],
        [None, "工会名称", "统一社会信用代码", "上级工会名称", "联系电话", "单位名称", "统一社会信用代码", "职工人数"],
        [1, "重庆示例甲有限公司工会", code, "沙坪坝区示例街道总工会", "19900000002", COMPANY, None, "八十几"],
    ]
    book = openpyxl.load_workbook(workbook(path, {"工会名单": rows}))
    for area in ("A1:H1", "A3:A4", "B3:E3", "F3:H3"):
        book["工会名单"].merge_cells(area)
    book.save(path)
    return path


def test_a_returned_form_with_groups_is_understood_as_before_once_corrected(author: Author, tmp_path: Path) -> None:
    first = imported(author, union_form(tmp_path / "工会.xlsx"))
    back = corrected(came_back(first), {"C5": None, "H5": "80"}, tmp_path / "2" / "工会_退回.xlsx")
    second = imported(author, back)
    before, after = first.plan.sheets[0], second.plan.sheets[0]
    assert before.mapping
    assert after.mapping
    assert [(each.index, each.field) for each in after.mapping.matches if each.field] == [
        (each.index, each.field) for each in before.mapping.matches if each.field
    ]
    assert [each.code for each in after.steps[0].problems if each.level != "note"] == []
    assert second.outcome.returned == {}


def test_a_corrected_workbook_imports_cleanly_and_what_was_not_corrected_changes_nothing(
    author: Author, tmp_path: Path
) -> None:
    first = imported_rows(
        author,
        tmp_path / "1",
        [HEADER, ["王示例", WRONG, "19900000003", None, COMPANY], ["赵示例", ZHAO, "12", None, COMPANY]],
    )
    assert first.counts == {"refused": 1, "new": 1}
    second = imported(author, corrected(came_back(first), {"B2": WANG, "C3": None}, tmp_path / "2" / "表_退回.xlsx"))
    assert second.counts == {"new": 1, "same": 1}
    assert second.outcome.returned == {}
    assert sorted(listed("workers", "name", "id_number")) == [("王示例", WANG), ("赵示例", ZHAO)]


def test_a_narrow_table_is_still_recognised_beside_our_columns(author: Author, tmp_path: Path) -> None:
    first = imported_rows(author, tmp_path / "1", [["姓名", "身份证号", "手机号"], ["王示例", WRONG, None]])
    second = imported(author, corrected(came_back(first), {"B2": WANG}, tmp_path / "2" / "表_退回.xlsx"))
    assert second.counts == {"new": 1}
    mapping = second.plan.sheets[0].mapping
    assert mapping
    assert [each.field for each in mapping.matches] == ["name", "id_number", "phone", None, None, None]


def test_a_table_without_a_header_gets_one(author: Author, tmp_path: Path) -> None:
    people = [["王示例", WANG, "19900000003"], ["李示例", LI, "19900000004"], ["赵示例", WRONG, "19900000005"]]
    first = imported_rows(author, tmp_path / "1", people)
    sheet = rows(opened(came_back(first)))
    assert sheet[0] == ["姓名", "证件号码", "移动电话", "处理结果", "问题说明", "原行号"]
    assert sheet[1][:4] == ["赵示例", WRONG, "19900000005", "未导入"]
    second = imported(author, corrected(came_back(first), {"B2": ZHAO}, tmp_path / "2" / "表_退回.xlsx"))
    assert second.counts == {"new": 1}
    assert ("赵示例", ZHAO) in listed("workers", "name", "id_number")


def test_what_comes_back_still_wrong_goes_back_with_one_set_of_answers(author: Author, tmp_path: Path) -> None:
    first = imported_rows(author, tmp_path, [HEADER, ["王示例", WRONG, None, None, COMPANY]], name="名册")
    again = came_back(imported(author, came_back(first)))
    assert again == tmp_path / "名册_退回(2).xlsx"
    sheet = rows(opened(again))
    assert sheet[0] == [*HEADER, "处理结果", "问题说明", "原行号"]
    assert sheet[1][5] == "未导入"
    assert came_back(imported(author, again)).name == "名册_退回(3).xlsx"


def test_a_sheet_without_anything_to_tell_comes_back_empty_and_hidden(author: Author, tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "表.xlsx",
        {
            "甲公司": [HEADER, ["王示例", WRONG, None, None, COMPANY]],
            "乙公司": [HEADER, ["赵示例", ZHAO, "19900000003", None, COMPANY]],
            "丙公司": [HEADER, ["李示例", LI, "12", None, COMPANY]],
        },
    )
    book = openpyxl.load_workbook(came_back(imported(author, path)))
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("甲公司", "visible"), ("乙公司", "hidden"), ("丙公司", "visible"),
    ]  # fmt: skip
    assert rows(book["乙公司"]) == [HEADER]


def test_rows_keep_their_numbers_across_blank_rows_and_columns(author: Author, tmp_path: Path) -> None:
    table = [
        [],
        [],
        [None, *HEADER],
        [],
        [None, "王示例", WANG, "12", None, COMPANY],
        [],
        [None, "赵示例", ZHAO, "12", None, COMPANY],
    ]
    sheet = opened(came_back(imported_rows(author, tmp_path, table)))
    assert [cell.value for cell in sheet[3]][:3] == [None, "姓名", "身份证号"]
    assert [(line[1], line[-1]) for line in rows(sheet)[3:]] == [("王示例", 5), ("赵示例", 7)]


def test_comments_stop_where_they_would_make_the_workbook_slow(author: Author, tmp_path: Path) -> None:
    wrong = [["王示例", WRONG, None, None, COMPANY]] * (returned.COMMENTS + 20)
    sheet = opened(came_back(imported_rows(author, tmp_path, [HEADER, *wrong])))
    assert sheet.max_row == returned.COMMENTS + 21, "every faulty row is there"
    assert sum(cell.comment is not None for cell in sheet["B"]) == returned.COMMENTS
    assert fill(sheet, f"B{sheet.max_row}") == RED


def test_a_folder_that_cannot_be_written_to_is_a_sentence_and_leaves_nothing(author: Author, tmp_path: Path) -> None:
    done = imported_rows(author, tmp_path, [HEADER, ["王示例", WRONG, None, None, COMPANY]], apply=False)
    with pytest.raises(UserError) as told:
        returned.write(tmp_path / "表.xlsx", [], [], tmp_path / "没有" / "这里")
    assert str(told.value) == (
        f"《表_退回.xlsx》没有写成，它要放在“{tmp_path / '没有' / '这里'}”：文件或文件夹不在了。请检查位置，U 盘要先插好。"
    )
    (tmp_path / "文件").write_text("", "utf-8")
    with pytest.raises(UserError, match="没有写成"):
        returned.write(tmp_path / "表.xlsx", [], done.plan.sheets, tmp_path / "文件")
    assert {each.name for each in tmp_path.iterdir()} == {"文件", "表.xlsx", "data", "laptop.json"}


def test_a_name_as_long_as_the_disk_allows_can_come_back(author: Author, tmp_path: Path) -> None:
    done = imported_rows(author, tmp_path, [HEADER, ["王示例", WRONG, None, None, COMPANY]], name="长" * 83)
    assert came_back(done).name == "长" * 66 + "_退回.xlsx"
