"""Each kind of trap that received files have held: containers, names, packages, passwords; read and understood."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile

from benchmarks.fuzz_rewritten import REWRITINGS
from benchmarks.fuzz_samples import biff5, packed, unpacked
from cli.arguments import parser
from importers.workbook.sheet import ReadLimits
from tests.aids.broken_files import biff4, locked_xls, looping, package, saved, xls, xlsx, zipped
from tests.aids.speaking import LI, WANG, ZHAO
from tests.importers.workbook.trap_files import (
    HEADER,
    JOINED,
    PEOPLE,
    ROSTER,
    Understood,
    days,
    names,
    refusal,
)


def html(charset: str) -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in ROSTER)
    return f'<html><meta charset="{charset}"><table>{rows}</table></html>'.encode(charset)


def spreadsheetml() -> bytes:
    rows = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{text}</Data></Cell>' for text in row) + "</Row>" for row in ROSTER
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="名册"><Table>{rows}</Table>'
        "</Worksheet></Workbook>"
    ).encode()


def ods() -> bytes:
    cells = "".join(
        "<table:table-row>"
        + "".join(f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in row)
        + "</table:table-row>"
        for row in ROSTER
    )
    space = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
        f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table table:name="名册">{cells}'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def with_backslashes(data: bytes) -> bytes:
    return packed({name.replace("/", "\\"): part for name, part in unpacked(data).items()})


def without_addresses(data: bytes) -> bytes:
    parts = unpacked(data)
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb' r="[A-Z]*\d+"', b"", parts[sheet])
    return packed(parts)


def with_size(data: bytes, size: bytes) -> bytes:
    parts = unpacked(data)
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + size + b'"', parts[sheet])
    return packed(parts)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("报送.et", xls(ROSTER)),
        ("报送.xlsx", xls(ROSTER)),
        ("报送.xls", xlsx(ROSTER)),
        ("报送.xls", spreadsheetml()),
        ("报送.xls", html("utf-8")),
        ("报送.xls", html("gb18030")),
        ("报送.csv", "".join(",".join(row) + "\r\n" for row in ROSTER).encode("utf-16")),
        ("报送.xls", "".join("\t".join(row) + "\r\n" for row in ROSTER).encode("gb18030")),
        ("报送.xls", biff4(ROSTER)),
        ("报送.xls", biff5(ROSTER)),
        ("报送.ods", ods()),
        ("报送.xlsx", with_backslashes(xlsx(ROSTER))),
        ("报送.xlsx", without_addresses(xlsx(ROSTER))),
        ("报送.xlsx", with_size(xlsx(ROSTER), b"A1:B2")),
        ("报送.xlsx", with_size(xlsx(ROSTER), b"A1:XFD1048576")),
    ],
    ids=[
        "biff8.et", "biff8.xlsx", "xlsx.xls", "spreadsheetml.xls", "html.xls", "html-gb18030.xls", "utf16.csv", "tabs.xls",
        "biff4.xls", "biff5.xls", "ods", "backslashes", "no-addresses", "size-too-small", "size-absurd",
    ],
)  # fmt: skip
def test_the_same_roster_is_understood_from_every_container_and_name(understood: Understood, name: str, data: bytes) -> None:
    [view] = understood(data, name)
    assert names(view) == PEOPLE
    assert [row.values["id_number"] for row in view.rows] == [WANG, LI, ZHAO]
    assert [str(row.values["phone"]) for row in view.rows] == ["19900000001", "19900000002", "19900000003"]
    assert days(view) == JOINED
    assert [row.number for row in view.rows] == [2, 3, 4]


@pytest.mark.parametrize("rewriting", REWRITINGS, ids=lambda rewriting: rewriting.__name__.strip("_"))
def test_the_same_sheet_written_otherwise_is_understood_alike(
    understood: Understood, rewriting: Callable[..., bytes]
) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(ROSTER):
            sheet.write_row(number, 0, row)
    parts = unpacked(out.getvalue())
    for name in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
        parts[name] = rewriting(parts[name], random.Random(7))
    [view] = understood(packed(parts))
    assert names(view) == PEOPLE
    assert days(view) == JOINED


def test_rows_without_numbers_and_hidden_ones_are_people_too(understood: Understood) -> None:
    def row(values: list[str], more: str = "") -> str:
        return f"<row{more}>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in values) + "</row>"

    [view] = understood(package(row(HEADER) + row(ROSTER[1]) + row(ROSTER[2], ' hidden="1"') + row(ROSTER[3])))
    assert names(view) == PEOPLE
    assert [row.hidden for row in view.rows] == [False, True, False]
    assert "有 1 个隐藏行，也读取了" in view.notes


def test_filtered_rows_of_an_old_workbook_are_people_too(understood: Understood) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("名册")
    for number, values in enumerate(ROSTER):
        for column, value in enumerate(values):
            sheet.write(number, column, value)
    sheet.row(2).hidden = True
    [view] = understood(saved(book), "名册.xls")
    assert names(view) == PEOPLE
    assert [row.hidden for row in view.rows] == [False, True, False]


def test_nested_subtotals_are_nobody(understood: Understood) -> None:
    rows: list[list[Any]] = [
        ["单位", "姓名", "证件号码", "手机号码"],
        ["甲车间", "王砚舟", WANG, "19900000001"],
        ["甲车间 小计", None, None, 1],
        ["乙车间", "李芷汐", LI, "19900000002"],
        ["乙车间", "赵岩泽", ZHAO, "19900000003"],
        ["乙车间 小计", None, None, 2],
        ["总计", None, None, 3],
    ]
    [view] = understood(xls(rows), "名册.xls")
    assert names(view) == PEOPLE


@pytest.mark.parametrize("form", ["ooxml", "rc4"])
def test_a_workbook_under_a_password_is_read_with_it_and_asked_for_without(
    understood: Understood, tmp_path: Path, form: str
) -> None:
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(xlsx(ROSTER))).encrypt("会员2024", out)
    data = out.getvalue() if form == "ooxml" else locked_xls(xls(ROSTER), "会员2024")
    assert "请输入密码" in refusal(data, tmp_path / "密.xls")
    assert "密码不对" in refusal(data, tmp_path / "密.xls", password="猜的")
    [view] = understood(data, "密.xls", password="会员2024")
    assert names(view) == PEOPLE


def test_hidden_sheets_are_named_and_left_out_unless_asked_for(understood: Understood) -> None:
    book = openpyxl.Workbook()
    shown, hidden = book.worksheets[0], book.create_sheet("去年的名册")
    for row in ROSTER[:2]:
        shown.append(row)
    for row in (ROSTER[0], *ROSTER[2:]):
        hidden.append(row)
    hidden.sheet_state = "veryHidden"
    first, second = understood(saved(book))
    assert (names(first), second.kind, list(second.rows)) == (PEOPLE[:1], None, [])
    assert "工作表“去年的名册”是隐藏的，没有导入。" in second.notes
    assert [names(view) for view in understood(saved(book), hidden_sheets=True)] == [PEOPLE[:1], PEOPLE[1:]]


def test_the_command_line_asks_for_hidden_sheets() -> None:
    assert parser().parse_args(["import", "a.xlsx", "--hidden-sheets"]).hidden_sheets
    assert not parser().parse_args(["import", "a.xlsx"]).hidden_sheets


def test_a_chain_of_sectors_that_goes_in_circles_is_refused(tmp_path: Path) -> None:
    assert "文件损坏或恶意" in refusal(looping(xls(ROSTER * 80)), tmp_path / "圈.xls")


def test_an_entity_bomb_is_refused_within_little_memory(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "哈">{levels}]>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'{bomb}<worksheet xmlns="{space}"><sheetData><row><c t="str"><v>&e11;</v></c></row></sheetData></worksheet>'
    small = ReadLimits(memory_bytes=160 << 20)
    data = package("", parts={"xl/worksheets/sheet1.xml": sheet})
    assert "不允许的 XML 定义" in refusal(data, tmp_path / "弹.xlsx", limits=small)
    flat = spreadsheetml().decode().replace('<?xml version="1.0"?>', bomb).encode()
    assert "不允许的 XML 定义" in refusal(flat, tmp_path / "弹.xls", limits=small)


def test_a_part_that_the_archive_names_in_two_ways_is_refused(tmp_path: Path) -> None:
    data = bytearray(xlsx(ROSTER))
    place = data.rindex(b"xl/styles.xml")
    data[place + 12] = ord("x") ^ 1
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        assert "xl/styles.xml" not in archive.namelist()
    assert "文件损坏或恶意" in refusal(bytes(data), tmp_path / "a.xlsx")
