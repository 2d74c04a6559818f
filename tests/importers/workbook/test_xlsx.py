"""Reading .xlsx: plain values, true row numbers, and what the native reader does not tell."""

import datetime as dt

import openpyxl
import pytest

from importers.workbook.opened import ReadOptions
from importers.workbook.refusals import Refusal
from importers.workbook.sheet import ReadLimits
from tests.aids.broken_files import opened, package, saved, values, xlsx, zipped

CAREFUL = ReadOptions(careful=True)
BOTH_WAYS = pytest.mark.parametrize("options", [ReadOptions(), CAREFUL], ids=["calamine", "openpyxl"])


@BOTH_WAYS
def test_a_table_that_does_not_start_at_a1_keeps_its_place(options: ReadOptions) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["C5"] = "姓名"
    book.worksheets[0]["D8"] = "张三"
    [(_sheet, rows)] = opened(saved(book), options=options)
    assert [(row.number, row.values) for row in rows] == [
        (5, [None, None, "姓名"]),
        (8, [None, None, None, "张三"]),
    ]


@BOTH_WAYS
def test_values_become_plain(options: ReadOptions) -> None:
    moment, night = dt.datetime(2024, 5, 6, 7, 8, 9), dt.datetime(2024, 5, 6)
    row = ["文", 3.0, 1985.7, True, night, moment, dt.time(10, 3), dt.timedelta(hours=30, minutes=5), 0.25]
    expected = ["文", 3, 1985.7, True, night.date(), moment, "10:03", "30:05:00", 0.25]
    [read] = values(xlsx([row]), options=options)
    assert read[:7] == expected[:7]
    assert type(read[1]) is int
    assert type(read[4]) is dt.date
    assert read[8] == 0.25


@BOTH_WAYS
def test_an_id_number_stored_as_a_number_stays_a_float(options: ReadOptions) -> None:
    [[read]] = values(package('<row r="1"><c r="A1"><v>5.00112199001011E+17</v></c></row>'), options=options)
    assert type(read) is float
    assert repr(read) == "5.00112199001011e+17"


@BOTH_WAYS
def test_whole_numbers_below_fifteen_digits_are_whole(options: ReadOptions) -> None:
    [read] = values(package('<row r="1"><c r="A1"><v>13800000001</v></c><c r="B1"><v>45418.0</v></c></row>'), options=options)
    assert read == [13800000001, 45418]
    assert [type(value) for value in read] == [int, int]


@BOTH_WAYS
def test_errors_are_texts_and_formulas_without_a_result_are_told(options: ReadOptions) -> None:
    rows = (
        '<row r="2"><c r="A2" t="s"/><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C2"><v>7</v></c></row>'
        '<row r="3"><c r="D3" t="e"><v>#N/A</v></c></row>'
        '<row r="4"><c r="A4"><f>B1&amp;C1</f></c><c r="B4" t="str"><f>""</f><v></v></c><c r="C4"><f>1+1</f><v>2</v></c></row>'
    )
    [(sheet, read)] = opened(package(rows.replace('<c r="A2" t="s"/>', "")), options=options)
    assert [(row.number, row.values) for row in read] == [
        (2, [None, "#DIV/0!", 7]),
        (3, [None, None, None, "#N/A"]),
        (4, [None, None, 2]),
    ]
    assert sheet.unsaved == ((4, 0),)
    assert ("unsaved-formulas", {"count": 1, "row": 4}) in sheet.notes


@BOTH_WAYS
def test_hidden_rows_are_read_and_marked(options: ReadOptions) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for name in ("姓名", "张三", "李四"):
        sheet.append([name])
    sheet.row_dimensions[3].hidden = True
    [(head, rows)] = opened(saved(book), options=options)
    assert [(row.values[0], row.hidden) for row in rows] == [("姓名", False), ("张三", False), ("李四", True)]
    assert head.notes == [("hidden-rows", {"count": 1})]


@BOTH_WAYS
def test_rows_without_numbers_are_counted(options: ReadOptions) -> None:
    [(_head, rows)] = opened(
        package("<row><c><v>1</v></c></row><row/><row hidden='1'><c><v>3</v></c></row>".replace("'", '"')), options=options
    )
    assert [(row.number, row.values, row.hidden) for row in rows] == [(1, [1], False), (3, [3], True)]


@BOTH_WAYS
def test_hidden_sheets_are_named_and_read_only_when_asked_for(options: ReadOptions) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["看得见"])
    hidden = book.create_sheet("下拉菜单")
    hidden.append(["男"])
    hidden.sheet_state = "hidden"
    data = saved(book)
    assert [(sheet.name, sheet.hidden, len(rows)) for sheet, rows in opened(data, options=options)] == [
        ("Sheet", False, 1),
        ("下拉菜单", True, 0),
    ]
    asked = ReadOptions(hidden_sheets=True, careful=options.careful)
    assert [len(rows) for _sheet, rows in opened(data, options=asked)] == [1, 1]


@BOTH_WAYS
def test_merged_ranges_count_rows_from_one_and_columns_from_zero(options: ReadOptions) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["B2"] = "单位"
    sheet.merge_cells("B2:D3")
    [(head, _rows)] = opened(saved(book), options=options)
    assert head.merged == ((2, 1, 3, 3),)


@BOTH_WAYS
@pytest.mark.parametrize("dimension", ["A1", "A1:XFD1048576", "A1:B2"])
def test_a_lying_dimension_loses_no_row(dimension: str, options: ReadOptions) -> None:
    rows = "".join(f'<row r="{number}"><c r="C{number}"><v>{number}</v></c></row>' for number in range(1, 58))
    read = values(package(rows, f'<dimension ref="{dimension}"/>'), options=options)
    assert [row[2] for row in read] == list(range(1, 58))


def test_the_built_in_formats_of_chinese_excel_are_days_and_times() -> None:
    styles = (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="4">'
        '<xf numFmtId="0"/><xf numFmtId="57"/><xf numFmtId="31"/><xf numFmtId="32"/></cellXfs></styleSheet>'
    )
    row = (
        '<row r="1"><c r="A1" s="0"><v>45418</v></c><c r="B1" s="1"><v>45418</v></c>'
        '<c r="C1" s="2"><v>45418</v></c><c r="D1" s="3"><v>0.5</v></c></row>'
    )
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Target="worksheets/sheet1.xml" Type="http://schemas.openxmlformats.org/'
        'officeDocument/2006/relationships/worksheet"/><Relationship Id="rId2" Target="styles.xml" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>'
    )
    data = package(row, parts={"xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": links})
    assert values(data) == [[45418, dt.date(2024, 5, 6), dt.date(2024, 5, 6), "12:00"]]


def test_the_1904_calendar_is_respected() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.worksheets[0]["A1"] = dt.datetime(2024, 5, 6)
    assert values(saved(book)) == [[dt.date(2024, 5, 6)]]


def test_far_columns_with_white_space_only_are_cut_and_with_values_refused() -> None:
    blank = [None] * 250
    assert values(xlsx([["姓名", *blank, "  "], ["张三"]])) == [["姓名"], ["张三"]]
    sheet, rows = opened(xlsx([["姓名", *blank, "x"], ["张三"]]))[0]
    assert (sheet.refused, rows) == (("too-wide", {"sheet": "花名册", "limit": 200}), [])


def test_a_sheet_refused_for_its_width_leaves_the_others_readable() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(list(range(300)))
    book.create_sheet("好的").append(["张三"])
    first, second = opened(saved(book))
    assert first[0].refused is not None
    assert [row.values for row in second[1]] == [["张三"]]


def test_a_sheet_too_large_to_be_held_is_read_row_by_row() -> None:
    data = package(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="B9"><v>2</v></c></row>',
        '<dimension ref="A1:XFD1048576"/>',
    )
    [(_sheet, rows)] = opened(data)
    assert [(row.number, row.values) for row in rows] == [(1, [1]), (9, [None, 2])]
    with pytest.raises(Refusal) as refusal:
        opened(data, options=ReadOptions(ReadLimits(rows=5)))
    assert refusal.value.told[0] == "too-long"


def test_backslashes_in_part_names_do_not_hide_the_sheet() -> None:
    plain = package('<row r="1"><c r="A1"><v>1</v></c></row>')
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        parts = {name.replace("/", "\\"): archive.read(name) for name in archive.namelist()}
    assert values(zipped(parts)) == [[1]]


def test_macros_are_told() -> None:
    sheet, _rows = opened(package('<row r="1"><c r="A1"><v>1</v></c></row>', parts={"xl/vbaProject.bin": b"x"}))[0]
    assert sheet.notes == [("macros", {})]


def texts(*cells: str) -> str:
    return "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in cells)


@BOTH_WAYS
def test_a_part_in_utf_16_or_in_another_declared_encoding_is_read(options: ReadOptions) -> None:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    for encoding in ("UTF-16", "GB18030"):
        sheet = (
            f'<?xml version="1.0" encoding="{encoding}"?><worksheet xmlns="{space}"><sheetData>'
            f'<row r="1" hidden="1">{texts("姓名", "张三")}</row></sheetData></worksheet>'
        ).encode(encoding)
        [(_sheet, rows)] = opened(package("", parts={"xl/worksheets/sheet1.xml": sheet}), options=options)
        assert [(row.values, row.hidden) for row in rows] == [(["姓名", "张三"], True)]


@BOTH_WAYS
def test_rows_and_cells_out_of_order_are_put_in_order(options: ReadOptions) -> None:
    def cell(name: str, value: int) -> str:
        return f'<c r="{name}"><v>{value}</v></c>'

    rows = f'<row r="3">{cell("B3", 6)}{cell("A3", 5)}</row><row r="1">{cell("A1", 1)}</row><row r="2">{cell("A2", 3)}</row>'
    [(_sheet, read)] = opened(package(rows), options=options)
    assert [(row.number, row.values) for row in read] == [(1, [1]), (2, [3]), (3, [5, 6])]


@BOTH_WAYS
def test_two_rows_of_one_number_refuse_the_sheet_instead_of_losing_one(options: ReadOptions) -> None:
    rows = '<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    [(sheet, read)] = opened(package(rows), options=options)
    assert (sheet.refused, read) == (("sheet-damaged", {"sheet": "花名册"}), [])


@BOTH_WAYS
def test_hidden_rows_and_errors_are_found_behind_single_quotes_too(options: ReadOptions) -> None:
    [(_sheet, [row])] = opened(package("<row r = '4' hidden = '1'><c r='B4' t='e'><v>#N/A</v></c></row>"), options=options)
    assert (row.number, row.values, row.hidden) == (4, [None, "#N/A"], True)


def test_a_sheet_that_the_workbook_does_not_list_is_told() -> None:
    data = package('<row r="1"><c r="A1"><v>1</v></c></row>', parts={"xl/worksheets/sheet2.xml": "<worksheet/>"})
    assert opened(data)[0][0].notes == [("sheets-unlisted", {"count": 1})]
