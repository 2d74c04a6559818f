"""Reading .xls through both libraries, BIFF2 through the one that knows it, and .ods."""

import datetime as dt

import pytest
import xlwt

from benchmarks.fuzz_samples import biff5
from importers.workbook.opened import ReadOptions
from importers.workbook.refusals import Refusal
from tests.aids.broken_files import biff2, opened, saved, values, xls, zipped

BOTH_WAYS = pytest.mark.parametrize("options", [ReadOptions(), ReadOptions(careful=True)], ids=["calamine", "xlrd"])


def dated(value: object, pattern: str) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    sheet.write(0, 0, value, xlwt.easyxf(num_format_str=pattern))
    return saved(book)


@BOTH_WAYS
def test_values_become_plain_and_keep_their_place(options: ReadOptions) -> None:
    data = xls([[], [None, "姓名", 3.0, 1985.7, True], [], [None, "张三", 5.00112199001011e17]])
    [(_sheet, rows)] = opened(data, "a.xls", options)
    assert [(row.number, row.values) for row in rows] == [
        (2, [None, "姓名", 3, 1985.7, True]),
        (4, [None, "张三", 5.00112199001011e17]),
    ]
    assert type(rows[0].values[2]) is int


@BOTH_WAYS
def test_days_moments_and_times_are_told_apart(options: ReadOptions) -> None:
    moment = dt.datetime(2024, 5, 6, 7, 8, 9)
    assert values(dated(dt.date(2024, 5, 6), "yyyy-mm-dd"), options=options) == [[dt.date(2024, 5, 6)]]
    assert values(dated(moment, "yyyy-mm-dd hh:mm:ss"), options=options) == [[moment]]
    assert values(dated(dt.time(10, 3), "hh:mm"), options=options) == [["10:03"]]


@BOTH_WAYS
def test_hidden_rows_and_sheets_and_merged_ranges_are_told(options: ReadOptions) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名册")
    sheet.write_merge(0, 0, 0, 2, "会员花名册")
    sheet.write(1, 0, "张三")
    sheet.row(1).hidden = True
    hidden = book.add_sheet("字典")
    hidden.write(0, 0, "男")
    hidden.visibility = 1
    (head, rows), (second, second_rows) = opened(saved(book), "a.xls", options)
    assert [row.hidden for row in rows] == [False, True]
    assert head.notes == [("hidden-rows", {"count": 1})]
    assert (second.name, second.hidden, second_rows) == ("字典", True, [])
    if not options.careful:
        assert head.merged == ((1, 0, 1, 2),)


@BOTH_WAYS
def test_error_cells_are_texts(options: ReadOptions) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("S")
    sheet.row(0).set_cell_error(1, 0x2A)
    sheet.write(0, 2, "x")
    assert values(saved(book), "a.xls", options) == [[None, "#N/A", "x"]]


def test_the_built_in_formats_of_chinese_excel_are_days() -> None:
    data = dated(dt.date(2024, 5, 6), "yyyy/m")
    own, built_in = (b"\xe0\x00\x14\x00\x06\x00" + bytes([number, 0]) for number in (164, 57))
    assert own in data
    assert values(data.replace(own, built_in), "a.xls") == [[dt.date(2024, 5, 6)]]


def test_the_oldest_format_is_read() -> None:
    assert values(biff2([["姓名", "人数"], ["甲厂", 25.0]]), "a.xls") == [["姓名", "人数"], ["甲厂", 25]]


def test_an_xls_that_nobody_can_read_is_damaged() -> None:
    data = xls([["姓名"]] * 50)
    with pytest.raises(Refusal) as refusal:
        opened(data[:2_000], "a.xls", ReadOptions(careful=True))
    assert refusal.value.told[0] == "damaged"


def ods(table: str) -> bytes:
    names = "urn:oasis:names:tc:opendocument:xmlns"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{names}:manifest:1.0"/>',
            "content.xml": f'<o:document-content xmlns:o="{names}:office:1.0" xmlns:table="{names}:table:1.0" '
            f'xmlns:text="{names}:text:1.0" xmlns:office="{names}:office:1.0"><o:body><o:spreadsheet>{table}'
            "</o:spreadsheet></o:body></o:document-content>",
        }
    )


def test_an_open_document_sheet_is_read() -> None:
    table = (
        '<table:table table:name="名册"><table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell/><table:table-cell office:value-type="string"><text:p>张三</text:p>'
        '</table:table-cell><table:table-cell office:value-type="date" office:date-value="2024-05-06"/>'
        '<table:table-cell office:value-type="float" office:value="25"/></table:table-row></table:table>'
    )
    [(sheet, rows)] = opened(ods(table), "a.ods")
    assert sheet.name == "名册"
    assert [(row.number, row.values) for row in rows] == [(3, [None, "张三", dt.date(2024, 5, 6), 25])]


def row_of(cells: str, attributes: str = "") -> str:
    return f"<table:table-row{attributes}>{cells}</table:table-row>"


def text_cell(inside: str, attributes: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{attributes}><text:p>{inside}</text:p></table:table-cell>'


def test_open_document_texts_keep_their_blanks_and_lose_their_comments() -> None:
    written = (
        "张<text:s text:c='2'/>三<text:line-break/>"
        "<text:span>四</text:span><office:annotation><text:p>批注</text:p></office:annotation>"
    )
    table = f'<table:table table:name="S">{row_of(text_cell(written) + text_cell("<![CDATA[五<六]]>"))}</table:table>'
    assert values(ods(table), "a.ods") == [["张  三\n四", "五<六"]]


def test_open_document_rows_are_repeated_merged_and_hidden() -> None:
    repeated = row_of(text_cell("甲", ' table:number-columns-repeated="2"'), ' table:number-rows-repeated="2"')
    merged = row_of(text_cell("乙", ' table:number-columns-spanned="2" table:number-rows-spanned="3"'))
    hidden = row_of(text_cell("丙"), ' table:visibility="filter"')
    rest = row_of("<table:table-cell/>", ' table:number-rows-repeated="1048572"')
    [(sheet, rows)] = opened(ods(f'<table:table table:name="S">{repeated}{merged}{hidden}{rest}</table:table>'), "a.ods")
    assert [(row.number, row.values, row.hidden) for row in rows] == [
        (1, ["甲", "甲"], False), (2, ["甲", "甲"], False), (3, ["乙"], False), (4, ["丙"], True),
    ]  # fmt: skip
    assert sheet.merged == ((3, 0, 5, 1),)
    assert sheet.notes == [("hidden-rows", {"count": 1})]


def test_open_document_values_that_are_no_text() -> None:
    cells = "".join(
        f"<table:table-cell office:value-type={kind}><text:p>看</text:p></table:table-cell>"
        for kind in (
            '"percentage" office:value="0.5"',
            '"date" office:date-value="2024-05-06T07:08:09"',
            '"boolean" office:boolean-value="true"',
            '"time" office:time-value="PT10H03M00S"',
            '"float" office:value="坏"',
        )
    )
    table = f'<table:table table:name="S">{row_of(cells)}</table:table>'
    assert values(ods(table), "a.ods") == [[0.5, dt.datetime(2024, 5, 6, 7, 8, 9), True, "10:03:00", "看"]]


def test_an_open_document_that_repeats_a_row_beyond_all_limits_is_refused_and_one_that_is_cut_is_damaged() -> None:
    endless = row_of(text_cell("甲"), ' table:number-rows-repeated="9999999"')
    [(sheet, rows)] = opened(ods(f'<table:table table:name="S">{endless}</table:table>'), "a.ods")
    assert (sheet.refused, list(rows)) == (("too-long", {"sheet": "S", "limit": 1_048_576}), [])
    with pytest.raises(Refusal):
        opened(ods("<table:table>"), "a.ods")


def test_texts_of_excel_95_are_chinese() -> None:
    assert values(biff5([["姓名", "单位"], ["张三", "甲厂"]]), "a.xls") == [["姓名", "单位"], ["张三", "甲厂"]]
