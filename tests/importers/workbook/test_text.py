"""Delimited text in every encoding and with every delimiter that exports come in."""

import pytest

from importers.workbook.opened import ReadOptions
from importers.workbook.refusals import Refusal
from importers.workbook.sheet import ReadLimits
from importers.workbook.text import delimiter_of
from tests.aids.broken_files import opened, values

TEXT = "序号,姓名,单位\r\n1,张三,重庆甲厂\r\n2,李四,重庆乙厂\r\n"
ROWS = [["序号", "姓名", "单位"], ["1", "张三", "重庆甲厂"], ["2", "李四", "重庆乙厂"]]


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.encode("gb18030"),
    ],
    ids=["utf-8", "utf-8 bom", "utf-16 le bom", "utf-16 be bom", "utf-16 le", "utf-16 be", "gb18030"],
)
def test_every_encoding_gives_the_same_rows(data: bytes) -> None:
    assert values(data, "a.csv") == ROWS


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_every_delimiter_gives_the_same_rows(delimiter: str) -> None:
    assert values(TEXT.replace(",", delimiter).encode(), "a.txt") == ROWS


def test_commas_inside_texts_and_full_width_commas_do_not_pass_for_the_delimiter() -> None:
    assert delimiter_of("姓名\t说明\n张三\t高,大\n李四\t矮,小,好\n王五\t无\n") == "\t"
    assert values("姓名;住址\n张三;甲，乙，丙\n李四;丁，戊，己\n".encode(), "a.csv")[1] == ["张三", "甲，乙，丙"]


def test_characters_that_gbk_does_not_have_are_kept() -> None:
    assert values("姓名,族\n䶮㼆,𠮷\n".encode("gb18030"), "a.csv")[1] == ["䶮㼆", "𠮷"]


def test_a_quoted_field_may_hold_line_breaks_and_the_numbers_are_those_of_the_records() -> None:
    sheet, rows = opened('"姓名\n(必填)",电话\n\n\n张三,1\n'.encode(), "名册.csv")[0]
    assert sheet.name == "名册"
    assert [(row.number, row.values) for row in rows] == [(1, ["姓名\n(必填)", "电话"]), (4, ["张三", "1"])]


def test_one_stray_quotation_mark_swallows_no_row() -> None:
    sheet, rows = opened('姓名,电话\n"张三,1\n李四,2\n王五,3\n'.encode(), "a.csv")[0]
    assert [row.values for row in rows][1:] == [['"张三', "1"], ["李四", "2"], ["王五", "3"]]
    assert sheet.notes == [("quotes-broken", {})]


def test_two_stray_quotation_marks_swallow_no_row() -> None:
    rows = values('姓名,电话\n"张三,1\n李四,2\n"王五,3\n赵六,4\n'.encode(), "a.csv")
    assert [row[1] for row in rows] == ["电话", "1", "2", "3", "4"]


def test_numbers_kept_as_text_by_an_export_lose_their_wrapping() -> None:
    assert values(b'name,code\nx,="001234"\n', "a.csv")[1] == ["x", "001234"]


def test_a_separator_line_is_obeyed_and_is_no_row() -> None:
    assert values(b"sep=;\r\na;b,c\r\n1;2\r\n", "a.csv") == [["a", "b,c"], ["1", "2"]]


def test_a_broken_character_loses_no_row_and_is_told() -> None:
    sheet, rows = opened(TEXT.encode().replace("李四".encode(), "李四".encode()[:-1]) * 3, "a.csv")[0]
    assert len(rows) == 9
    assert rows[1].values == ["1", "张三", "重庆甲厂"]
    assert sheet.notes == [("undecodable", {"count": 3})]


def test_a_text_with_too_many_columns_or_rows_is_refused() -> None:
    with pytest.raises(Refusal) as refusal:
        values(("a," * 300 + "b\n").encode(), "a.csv")
    assert refusal.value.told[0] == "too-wide"
    with pytest.raises(Refusal) as refusal:
        values(b"a,b\n" * 20, "a.csv", ReadOptions(ReadLimits(rows=10)))
    assert refusal.value.told[0] == "too-long"


def test_three_hundred_trailing_commas_are_no_columns() -> None:
    assert values(("a,b" + "," * 300 + "\n").encode(), "a.csv") == [["a", "b"]]


def test_a_zero_byte_is_no_sign_of_utf_16_and_is_told() -> None:
    text = TEXT.replace("李四", "李\0四") + "3,王五,重庆丙厂\r\n" * 5
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        [(sheet, rows)] = opened(text.encode(encoding), "a.csv")
        assert sheet.notes == [("undecodable", {"count": 1})]
        assert [row.values for row in rows[:3]] == [*ROWS[:2], ["2", "李�四", "重庆乙厂"]]


@pytest.mark.parametrize("row", ["2;李四;重庆乙厂", '"2,李四,重庆乙厂"', "2\t李四\t重庆乙厂"])
def test_a_row_that_did_not_come_apart_is_told(row: str) -> None:
    [(sheet, rows)] = opened(TEXT.replace("2,李四,重庆乙厂", row).encode(), "a.csv")
    assert sheet.notes == [("rows-unsplit", {"count": 1, "row": 3})]
    assert len(rows) == 3


@pytest.mark.parametrize(
    ("before", "after"),
    [("1,张三", '"1,张三'), ("张三,重庆甲厂\r\n2,李四", '"张三,重庆甲厂\r\n2,李四"')],
    ids=["a whole row inside a field", "the ends of two rows inside a field"],
)
def test_quotation_marks_that_pair_up_by_accident_swallow_no_row(before: str, after: str) -> None:
    text = (TEXT + '3,王五,重庆丙厂"\r\n' if before == "1,张三" else TEXT).replace(before, after)
    [(sheet, rows)] = opened(text.encode(), "a.csv")
    assert sheet.notes == [("quotes-broken", {})]
    assert len(rows) == len(text.splitlines())


def test_noise_in_one_place_does_not_turn_the_whole_text_into_another_encoding() -> None:
    text = TEXT * 5
    data = text.encode().replace("李四".encode(), bytes(range(0xA1, 0xB8)), 1)
    [(sheet, rows)] = opened(data, "a.csv")
    assert rows[0].values == ROWS[0]
    assert [code for code, _facts in sheet.notes] == ["undecodable"]
    assert sum(row.values == ROWS[2] for row in rows) == 4


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_quotation_mark_before_everything_hides_neither_the_delimiter_nor_a_row(delimiter: str) -> None:
    [(sheet, rows)] = opened(('"' + TEXT.replace(",", delimiter)).encode(), "a.csv")
    assert sheet.notes == [("quotes-broken", {})]
    assert [row.values[1:] for row in rows] == [row[1:] for row in ROWS]


def test_a_quotation_mark_before_the_second_row_does_not_hide_the_delimiter() -> None:
    text = TEXT.replace("1,张三", '"1,张三').replace("乙厂", "乙厂\t\t\t\t") + "3,王五,重庆丙厂\r\n"
    [(sheet, rows)] = opened(text.encode(), "a.csv")
    assert sheet.notes == [("quotes-broken", {})]
    assert [row.values[1] for row in rows] == ["姓名", "张三", "李四", "王五"]


def test_cells_of_several_lines_in_every_row_are_no_damage() -> None:
    text = "".join(f'{number},"渝中区\n解放碑",张三,"甲厂\n乙车间",转入\n' for number in range(50))
    [(sheet, rows)] = opened(text.encode(), "a.csv")
    assert (sheet.notes, len(rows)) == ([], 50)
    assert rows[0].values == ["0", "渝中区\n解放碑", "张三", "甲厂\n乙车间", "转入"]
