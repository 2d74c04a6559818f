"""HTML and XML that call themselves workbooks, as web systems and WPS export them."""

import datetime as dt

import pytest

from importers.workbook.opened import OpenSheet, ReadOptions
from importers.workbook.refusals import Refusal
from importers.workbook.sheet import SheetRow
from tests.aids.broken_files import opened, values

PAGE = (
    '<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body><table>'
    "<tr><th>姓名</th><th>电话</th></tr><tr><td>张&nbsp;三</td><td>1&lt;2</td></tr></table></body></html>"
)
PAGE_ROWS = [["姓名", "电话"], ["张 三", "1<2"]]


@pytest.mark.parametrize("name", ["导出.xls", "导出.html", "导出.xlsx"])
@pytest.mark.parametrize(
    ("declared", "really"),
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("nonsense", "utf-8"),
    ],
)
def test_a_page_is_read_in_the_charset_that_it_really_has(declared: str, really: str, name: str) -> None:
    assert values(PAGE.format(charset=declared).encode(really), name) == PAGE_ROWS


def table(inside: str) -> bytes:
    return f"<html><body><table>{inside}</table></body></html>".encode()


def test_spans_leave_the_other_cells_in_their_columns() -> None:
    data = table(
        "<tr><td rowspan=2>序号</td><td colspan=2>单位</td><td rowspan=2>电话</td></tr>"
        "<tr><td>名称</td><td>代码</td></tr><tr><td>1</td><td>甲厂</td><td>91</td><td>2</td></tr>"
    )
    [(sheet, rows)] = opened(data, "a.xls")
    assert [row.values for row in rows] == [
        ["序号", "单位", None, "电话"],
        [None, "名称", "代码"],
        ["1", "甲厂", "91", "2"],
    ]
    assert sheet.merged == ((1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 2, 3))


def test_line_breaks_inside_cells_are_kept_and_source_breaks_are_not() -> None:
    assert values(table("<tr><td>证件号码<br>（必填）</td><td>出生\n  日期</td></tr>")) == [["证件号码\n（必填）", "出生 日期"]]


def test_a_rounded_number_is_taken_from_excels_own_mark() -> None:
    [row] = values(table('<tr><td x:num="500112199001011000">5.00112E+17</td><td x:num="3">三</td></tr>'))
    assert row == [5.00112199001011e17, "三"]


def test_hidden_rows_of_a_page_are_marked_and_empty_ones_keep_their_number() -> None:
    [(_sheet, rows)] = opened(
        table("<tr><td>a</td></tr><tr><td>&nbsp;</td></tr><tr style='height:0;display:none'><td>b</td></tr>")
    )
    assert rows == [SheetRow(1, ["a"]), SheetRow(3, ["b"], hidden=True)]


def test_unclosed_cells_and_rows_are_understood() -> None:
    assert values(table("<tr><td>a<td>b<tr><td>c<td>d")) == [["a", "b"], ["c", "d"]]


def test_each_table_is_a_sheet_and_a_frame_is_none() -> None:
    inner = "<table><tr><td>{0}</td></tr><tr><td>{0}</td></tr></table>"
    page = f"<html><body><table><tr><td>{inner.format('a')}{inner.format('b')}</td></tr></table></body></html>"
    assert [[row.values for row in rows] for _sheet, rows in opened(page.encode())] == [[["a"], ["a"]], [["b"], ["b"]]]


def test_a_page_without_a_table_says_so() -> None:
    with pytest.raises(Refusal) as refusal:
        opened("<html><body>登录已过期，请重新登录</body></html>".encode(), "导出.xls")
    assert refusal.value.told[0] == "no-table"


def test_a_single_file_web_page_is_read() -> None:
    page = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    ) + PAGE.format(charset="utf-8").encode() + b"\r\n--x--\r\n"
    assert values(page, "导出.xls") == PAGE_ROWS


SPREADSHEETML = """<?xml version="1.0" encoding="{encoding}"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Styles>
<Style ss:ID="s50"><NumberFormat ss:Format="yyyy\\-m\\-d;@"/></Style>
<Style ss:ID="s51"><NumberFormat ss:Format="0.00&quot;day&quot;"/></Style></Styles>
<Worksheet ss:Name="名册"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">会员花名册</Data></Cell><Cell><Data ss:Type="String">后</Data></Cell></Row>
<Row ss:Index="4" ss:Hidden="1"><Cell ss:Index="2"><Data ss:Type="Number">25</Data></Cell>
<Cell><Data ss:Type="DateTime">2024-05-06T00:00:00.000</Data></Cell><Cell><Data ss:Type="Boolean">1</Data></Cell>
<Cell ss:StyleID="s50"><Data ss:Type="Number">45418</Data></Cell>
<Cell ss:StyleID="s51"><Data ss:Type="Number">45418</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row>
<Row ss:Span="2"/><Row><Cell><Data ss:Type="String">末</Data></Cell></Row>
</Table></Worksheet><Worksheet ss:Name="字典"><Table><Row><Cell><Data ss:Type="String">男</Data></Cell></Row></Table>
<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>
</Worksheet></Workbook>"""


@pytest.mark.parametrize("name", ["导出.xls", "导出.xml", "导出.xlsx"])
@pytest.mark.parametrize("encoding", ["UTF-8", "GB2312", "UTF-16"])
def test_spreadsheetml_is_read_whatever_its_encoding_and_name(encoding: str, name: str) -> None:
    data = SPREADSHEETML.format(encoding=encoding).encode("gb18030" if encoding == "GB2312" else encoding)
    (sheet, rows), (hidden, hidden_rows) = opened(data, name)
    day = dt.date(2024, 5, 6)
    assert [(row.number, row.values, row.hidden) for row in rows] == [
        (1, ["会员花名册", None, None, "后"], False),
        (4, [None, 25, day, True, day, 45418, "#N/A"], True),
        (8, ["末"], False),
    ]
    assert sheet.merged == ((1, 0, 1, 2),)
    assert (hidden.name, hidden.hidden, hidden_rows) == ("字典", True, [])


def test_hidden_spreadsheetml_sheets_are_read_when_asked_for() -> None:
    data = SPREADSHEETML.format(encoding="UTF-8").encode()
    assert [row.values for row in opened(data, options=ReadOptions(hidden_sheets=True))[1][1]] == [["男"]]


def test_spreadsheetml_that_defines_entities_or_stops_in_the_middle_is_refused() -> None:
    text = SPREADSHEETML.format(encoding="UTF-8")
    bomb = text.replace("<Workbook", '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Workbook', 1)
    for broken, code in ((bomb, "entities"), (text[:900], "damaged")):
        with pytest.raises(Refusal) as refusal:
            opened(broken.encode(), "导出.xls")
        assert refusal.value.told[0] == code


def codes(sheet: OpenSheet) -> set[str]:
    return {code for code, _facts in sheet.notes}


def test_rows_after_a_table_that_was_closed_too_early_are_a_sheet_of_their_own() -> None:
    sheets = opened(table("<tr><td>甲<td>1</tr></table><tr><td>乙<td>2</tr>"), "a.xls")
    assert [row.values for _sheet, rows in sheets for row in rows] == [["甲", "1"], ["乙", "2"]]


def test_cells_that_damaged_tags_have_displaced_are_told() -> None:
    [(sheet, _rows)] = opened(table("<tr><td>甲<td>1</tr><tr><td><R1</td><td>2</td><td>3</td></tr>"), "a.xls")
    assert "cells-astray" in codes(sheet)
    [(sheet, _rows)] = opened(table("<tr><td>甲<td>1</tr><p><td>乙</td><td>2</td>"), "a.xls")
    assert "cells-astray" in codes(sheet)


def test_a_form_between_a_row_and_its_cells_hides_nothing() -> None:
    [(sheet, rows)] = opened(table("<tr><form><td>甲</td><td>1</td></form></tr>"), "a.xls")
    assert (rows[0].values, sheet.notes) == (["甲", "1"], [])


def test_rows_of_a_table_around_tables_are_told_when_they_look_like_data() -> None:
    inner = "<table><tr><td>乙</td></tr><tr><td>丙</td></tr><tr><td>丁</td></tr></table>"
    frame = f"<tr><td>标题</td></tr><tr><td>{inner}</td></tr>"
    assert opened(table(frame), "a.xls")[0][0].notes == []
    data = f"<tr><td>甲</td><td>男</td><td>1</td></tr><tr><td>{inner}</td></tr>"
    assert opened(table(data), "a.xls")[0][0].notes == [("frame-left-out", {"count": 1})]


def test_a_page_whose_beginning_was_lost_is_still_a_page() -> None:
    assert values("tml><table><tr><td>姓名</td></tr><tr><td>张三</td></tr></table>".encode(), "a.xls") == [["姓名"], ["张三"]]
