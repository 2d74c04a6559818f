"""Sheets as people get them: real files, read back with another library."""

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.errors import Stopped, UserError
from reports.packed_rows import PackedRows
from reports.report import Report, ReportColumn, Section, roster_signatures
from reports.xlsx import Value, csv_note, write_csv, write_report, write_table

COLUMNS = [
    ReportColumn("序号", 3, "right"),
    ReportColumn("姓名", 5),
    ReportColumn("证件号码", 10, "center"),
    ReportColumn("名称", 12, group="单位"),
    ReportColumn("职工人数", 5, "right", group="单位"),
]
ROWS = [
    ["1", "王小明", "500101199003071234", "甲公司", "1,250"],
    ["2", "=1+1", "", "<r><t>甲</t></r>", "约30"],
    ["3", "龚䶮\x07", "@SUM(A1)", "http://例子", "012"],
]


def report(footnotes: tuple[str, ...] = ("一式两份。", "以证件为准。")) -> Report:
    return Report(
        "会员花名册/2026", "甲公司工会", "2026-11-22", COLUMNS, [Section("", ROWS)],
        totals="共 3 人，其中女 0 人", signatures=roster_signatures(), footnotes=footnotes, mark="完整信息",
    )  # fmt: skip


def sheet_of(path: Path) -> Worksheet:
    sheet = load_workbook(path).active
    assert isinstance(sheet, Worksheet)
    return sheet


def values(sheet: Worksheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.fixture
def written(tmp_path: Path) -> Worksheet:
    write_report(report(), tmp_path / "花名册.xlsx", "2026-11-22 16:00")
    return sheet_of(tmp_path / "花名册.xlsx")


def test_a_roster_has_the_shape_of_the_official_form(written: Worksheet) -> None:
    assert values(written) == [
        ["会员花名册/2026", None, None, None, None],
        ["填报单位：甲公司工会", None, "填报日期：2026-11-22　完整信息", None, None],
        ["填表单位（盖章）：", "单位负责人（签字）：", None, "信息采集人（签字）：", None],
        ["共 3 人，其中女 0 人", None, None, None, None],
        ["序号", "姓名", "证件号码", "单位", None],
        [None, None, None, "名称", "职工人数"],
        [1, "王小明", "500101199003071234", "甲公司", 1250],
        [2, "=1+1", None, "<r><t>甲</t></r> ", "约30"],
        [3, "龚䶮", "@SUM(A1)", "http://例子", "012"],
        ["填表说明：1. 一式两份。 2. 以证件为准。", None, None, None, None],
    ]


def test_nothing_becomes_a_formula_or_a_link(written: Worksheet) -> None:
    cells = [cell for row in written.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)


def test_id_numbers_are_text_to_the_spreadsheet_program(written: Worksheet) -> None:
    cell = written["C7"]
    assert (cell.value, cell.data_type, cell.number_format) == ("500101199003071234", "s", "@")


def test_no_cell_below_the_header_is_merged(written: Worksheet) -> None:
    assert max(area.max_row for area in written.merged_cells.ranges) == 6


def test_a_roster_prints_on_a4_with_its_header_on_every_page(written: Worksheet) -> None:
    assert (written.page_setup.paperSize, written.page_setup.orientation) == (9, "landscape")
    assert written.sheet_properties.pageSetUpPr.fitToPage
    assert (written.page_setup.fitToWidth or 1, written.page_setup.fitToHeight) == (1, 0)
    assert written.print_title_rows == "$5:$6"
    assert written.freeze_panes == "A7"
    foot = written.oddFooter
    assert [part.text for part in (foot.left, foot.center, foot.right)] == [
        "打印时间 2026-11-22 16:00", "第 &P 页 共 &N 页", "完整信息",
    ]  # fmt: skip
    assert "/" not in written.title


def test_each_union_of_a_town_has_its_line_above_its_rows(tmp_path: Path) -> None:
    columns = [ReportColumn("姓名", 5)]
    sections = [Section("甲工会", [["王小明"]], "共 1 人"), Section("乙工会", [["王小红"]], "共 1 人")]
    write_report(Report("名单", "", "", columns, sections), tmp_path / "名单.xlsx")
    assert values(sheet_of(tmp_path / "名单.xlsx")) == [
        ["名单"], ["姓名"], ["甲工会　共 1 人"], ["王小明"], ["乙工会　共 1 人"], ["王小红"],
    ]  # fmt: skip


def test_a_list_keeps_texts_as_texts_and_numbers_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "单位.xlsx"
    rows: list[list[Value]] = [["=甲公司", 1250, 13983001234], ["乙\x00公司", None, None], ["长" * 40000, 10**17, 1.5]]
    write_table(path, ["名称", "职工人数", "电话"], rows, text_columns=(2,), sheet_name="单位[1]:*?")
    sheet = sheet_of(path)
    assert values(sheet)[:3] == [["名称", "职工人数", "电话"], ["=甲公司", 1250, "13983001234"], ["乙公司", None, None]]
    assert values(sheet)[3] == ["长" * 32766 + "…", "1" + "0" * 17, "1.5"]
    assert sheet["A2"].data_type == "s"
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.title) == ("A2", "A1:C4", "单位 1")


def test_an_empty_list_is_a_sheet_with_a_header(tmp_path: Path) -> None:
    write_table(tmp_path / "空.xlsx", ["名称"], [])
    assert values(sheet_of(tmp_path / "空.xlsx")) == [["名称"]]


def test_a_list_too_long_for_a_sheet_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="放不下 1048577 行"):
        write_table(tmp_path / "长.xlsx", ["名称"], [[]] * 1_048_576)
    assert list(tmp_path.iterdir()) == []


def test_stopping_leaves_nothing_behind(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        assert (done, total) == (1000, 1500)
        raise Stopped

    with pytest.raises(Stopped):
        write_table(tmp_path / "名单.xlsx", ["名称"], [["甲"]] * 1500, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_csv_disarms_what_looks_like_a_formula_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    rows: list[list[Value]] = [
        ["=1+1", "-5", -5],
        ["+86", "@a", None],
        ["\t=1", "\x00=1", "＝1"],
        ["甲,乙\n丙", "A=1", 3],
    ]
    assert write_csv(path, ["名称", "乙", "丙"], rows) == 7
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 5
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) == [
        ["名称", "乙", "丙"], ["'=1+1", "'-5", "-5"], ["'+86", "'@a", ""], ["'\t=1", "'=1", "'＝1"], ["甲,乙\n丙", "A=1", "3"],
    ]  # fmt: skip
    assert "有 7 个" in csv_note(7)
    assert "单引号" not in csv_note(0)


@pytest.mark.parametrize("name", ["名单.xlsx", "名单.csv"])
def test_an_older_file_is_overwritten_only_when_asked(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("旧")
    write = write_csv if name.endswith("csv") else write_table
    with pytest.raises(UserError, match=f"已有同名文件《{name}》"):
        write(path, ["名称"], [["甲"]])
    assert path.read_text() == "旧"
    write(path, ["名称"], [["甲"]], overwrite=True)
    assert [entry.name for entry in tmp_path.iterdir()] == [name]
    assert path.stat().st_size > 3


def test_tables_of_different_columns_stand_below_one_another_each_with_its_titles(tmp_path: Path) -> None:
    facts = [ReportColumn("", 5, label=True), ReportColumn("", 20)]
    counts = [ReportColumn("来源", 6), ReportColumn("人数", 6, "right"), ReportColumn("结果", 9, blank=True)]
    sections = [
        Section("", [["单位名称", "甲公司"]], columns=facts),
        Section("人数", [["税务", "1,250", ""]], columns=counts),
        Section("联系", [], "没有记录", counts),
    ]
    write_report(Report("一企一档", "某工会", "", [], sections, scope="14 天以内", row_height=16), tmp_path / "档.xlsx")
    sheet = sheet_of(tmp_path / "档.xlsx")
    assert values(sheet) == [
        ["一企一档", None, None], ["填报单位：某工会　　14 天以内", None, None], ["单位名称", "甲公司", None], ["人数", None, None],
        ["来源", "人数", "结果"], ["税务", 1250, None], ["联系　没有记录", None, None],
    ]  # fmt: skip
    assert sheet.row_dimensions[3].height == pytest.approx(16 / 25.4 * 72, abs=1)
    assert sheet.column_dimensions["B"].width > 40


def test_a_roster_longer_than_a_block_is_packed_and_written_row_by_row(tmp_path: Path) -> None:
    people = [[str(number), "王" * (number % 3 + 1), "\ud800x"] for number in range(1, 2_502)]
    rows = PackedRows(iter(people))
    assert (len(rows), list(rows)) == (2_501, people)
    assert (rows[0], rows[-1], rows[1_000:1_002]) == (people[0], people[-1], people[1_000:1_002])
    with pytest.raises(IndexError):
        rows[2_501]
    columns = [ReportColumn("序号", 3, "right"), ReportColumn("姓名", 5), ReportColumn("备注", 5)]
    sections = [Section("甲工会", rows), Section("乙工会", PackedRows([]), "没有人")]
    report = Report("名册", "", "", columns, sections, footnotes=["说明"])
    write_report(report, tmp_path / "名册.xlsx")
    sheet = sheet_of(tmp_path / "名册.xlsx")
    found = values(sheet)
    assert found[:4] == [["名册", None, None], ["序号", "姓名", "备注"], ["甲工会", None, None], [1, "王王", "x"]]
    assert [row[0] for row in found[3:-2]] == list(range(1, 2_502))
    assert (found[-2][0], found[-1][0], sheet.dimensions) == ("乙工会　没有人", "填表说明：1. 说明", "A1:C2506")
