"""Each kind of trap that received files have held, from the file through reading to what is understood of its rows."""

import datetime as dt
import io
import random
import re
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from benchmarks.fuzz_rewritten import REWRITINGS
from benchmarks.fuzz_samples import biff5, packed, unpacked
from cli.arguments import parser
from importers import session
from importers.decisions import Decisions
from importers.reader_process import Limits, read_all
from importers.session import Options
from importers.understanding import SheetView
from models.errors import UserError
from models.register import Register
from tests.broken_files import biff4, locked_xls, looping, package, saved, xls, xlsx, zipped
from tests.speaking import LI, TODAY, WANG, ZHAO

HEADER = ["姓名", "证件号码", "手机号码", "入会日期"]
ROSTER = [
    HEADER,
    ["王砚舟", WANG, "19900000001", "2024-05-06"],
    ["李芷汐", LI, "19900000002", "2024-05-07"],
    ["赵岩泽", ZHAO, "19900000003", "2024-05-08"],
]
PEOPLE = ["王砚舟", "李芷汐", "赵岩泽"]
JOINED = ["2024-05-06", "2024-05-07", "2024-05-08"]

Understood = Callable[..., list[SheetView]]


@pytest.fixture
def understood(register: Register, tmp_path: Path) -> Understood:
    """Bytes and a file name → the sheets as understood."""

    def read(data: bytes, name: str = "名册.xlsx", **options: Any) -> list[SheetView]:
        path = tmp_path / name
        path.write_bytes(data)
        chosen = Options(**options)
        files = session.read([path], chosen)
        assert files[0].error == ""
        return session.understand(files, chosen, Decisions(), TODAY)

    return read


def names(view: SheetView) -> list[object]:
    assert view.kind == "workers"
    return [row.values.get("name") for row in view.rows]


def days(view: SheetView, field: str = "join_date") -> list[object]:
    return [row.values.get(field) for row in view.rows]


def refusal(data: bytes, path: Path, **options: Any) -> str:
    path.write_bytes(data)
    with pytest.raises(UserError) as error:
        read_all(path, **options)
    return str(error.value)


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
    assert (names(first), second.kind, second.rows) == (PEOPLE[:1], None, [])
    assert "工作表“去年的名册”是隐藏的，没有导入。" in second.notes
    assert [names(view) for view in understood(saved(book), hidden_sheets=True)] == [PEOPLE[:1], PEOPLE[1:]]


def test_the_command_line_asks_for_hidden_sheets() -> None:
    assert parser().parse_args(["import", "a.xlsx", "--hidden-sheets"]).hidden_sheets
    assert not parser().parse_args(["import", "a.xlsx"]).hidden_sheets


@pytest.mark.parametrize("container", ["xlsx", "xls"])
def test_days_counted_from_1904_are_the_right_days(understood: Understood, container: str) -> None:
    day = dt.date(1985, 3, 7)
    row = ["王砚舟", "19900000001", day]
    if container == "xlsx":
        book = openpyxl.Workbook()
        book.epoch = CALENDAR_MAC_1904
        for values in (["姓名", "手机号码", "出生日期"], row):
            book.worksheets[0].append(values)
        data = saved(book)
    else:
        old = xlwt.Workbook()
        old.dates_1904 = True
        sheet = old.add_sheet("名册")
        for column, title in enumerate(["姓名", "手机号码", "出生日期"]):
            sheet.write(0, column, title)
            sheet.write(1, column, row[column], xlwt.easyxf(num_format_str="yyyy-mm-dd") if column == 2 else xlwt.easyxf())
        data = saved(old)
    [view] = understood(data, f"名册.{container}")
    assert days(view, "birth_date") == ["1985-03-07"]


def test_days_in_the_formats_of_chinese_excel_are_days(understood: Understood) -> None:
    serial = (dt.date(2024, 5, 6) - dt.date(1899, 12, 30)).days
    formats = (14, 27, 31, 57, 58, 200, 201)
    looks = "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in formats)
    own = "".join(
        f'<numFmt numFmtId="{number}" formatCode="{code}"/>'
        for number, code in ((200, "yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"), (201, "[DBNum1]yyyy年m月d日;@"))
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    styles = f'<styleSheet xmlns="{space}"><numFmts count="2">{own}</numFmts><cellXfs count="7">{looks}</cellXfs></styleSheet>'
    people = "".join(
        f'<row r="{at + 2}"><c r="A{at + 2}" t="inlineStr"><is><t>王{"甲乙丙丁戊己庚"[at]}</t></is></c>'
        f'<c r="B{at + 2}"><v>1990000000{at}</v></c><c r="C{at + 2}" s="{at}"><v>{serial}</v></c></row>'
        for at in range(len(formats))
    )
    head = "".join(
        f'<c r="{"ABC"[at]}1" t="inlineStr"><is><t>{text}</t></is></c>'
        for at, text in enumerate(("姓名", "手机号码", "入会日期"))
    )
    kinds = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
        'Target="styles.xml"/></Relationships>'
    )
    data = package(
        f'<row r="1">{head}</row>{people}', parts={"xl/styles.xml": styles, "xl/_rels/workbook.xml.rels": kinds}
    )
    [view] = understood(data)
    assert days(view) == ["2024-05-06"] * len(formats)


def test_a_chain_of_sectors_that_goes_in_circles_is_refused(tmp_path: Path) -> None:
    assert "文件损坏或恶意" in refusal(looping(xls(ROSTER * 80)), tmp_path / "圈.xls")


def test_an_entity_bomb_is_refused_within_little_memory(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e0 "哈">{levels}]>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = f'{bomb}<worksheet xmlns="{space}"><sheetData><row><c t="str"><v>&e11;</v></c></row></sheetData></worksheet>'
    small = Limits(memory_bytes=160 << 20)
    data = package("", parts={"xl/worksheets/sheet1.xml": sheet})
    assert "不允许的 XML 定义" in refusal(data, tmp_path / "弹.xlsx", limits=small)
    flat = spreadsheetml().decode().replace('<?xml version="1.0"?>', bomb).encode()
    assert "不允许的 XML 定义" in refusal(flat, tmp_path / "弹.xls", limits=small)


def test_a_dictionary_an_empty_template_a_form_and_an_example_are_no_lists(understood: Understood) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    sheets: dict[str, list[list[Any]]] = {
        "名册": ROSTER,
        "下拉菜单": [["性别", "学历"], ["男", "博士"], ["女", "硕士"], [None, "本科"]],
        "空白表": [["工会会员花名册"], HEADER],
        "申请书": [
            ["中华全国总工会入会申请书"],
            ["姓名", "王砚舟", "性别", "男", "民族", "汉族"],
            ["出生日期", "1985年3月", "学历", "本科", "政治面貌", "群众"],
            ["工作单位", "重庆砚屿软件技术有限公司", None, None, "联系电话", "19900000001"],
            ["身份证号", WANG],
            ["我自愿加入中国工会，遵守工会章程，执行工会决议，积极参加工会活动。"],
            [None, None, None, "申请人签名："],
            [None, None, None, "年  月  日"],
        ],
        "填写示例": ROSTER,
    }
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    views = understood(saved(book))
    assert names(views[0]) == PEOPLE
    assert [(view.kind, view.because) for view in views[1:]] == [
        (None, "dictionary"), (None, "empty"), (None, "no-table"), (None, "example"),
    ]  # fmt: skip
    assert all("没有" in view.notes[-1] for view in views[1:])


def test_the_field_s_own_roster_with_all_its_habits_is_understood(understood: Understood) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    rows: list[list[Any]] = [
        ["附件2"],
        ["工会会员花名册（2026年）"],
        ["填报单位（盖章）：", "重庆砚屿软件技术有限公司工会"],
        ["序号", "基本信息", None, None, "会籍信息", None, "工作单位"],
        [None, "姓 名\n（必填）", "证件号码\n(填写18位身份证)", "移动电话", "会籍变化类型", "会籍变化日期", None],
        [1, "王　五", " ".join(WANG), 19900000001.0, "入会", "2024.05.06", "重庆砚屿软件技术有限公司"],
        [],
        [2, "阿依·古丽", LI, "１９９００００００２２", "入会", "2024年5月7日", None],
        [3, "刘䶮", ZHAO[:6] + ZHAO[8:17], "199-0000-0003", "入会", 20240508, None],
        ["填表说明：1.本表由基层工会填写。"],
        ["填表人：", None, None, "审核人："],
    ]
    for row in rows:
        sheet.append(row)
    for area in ("A2:G2", "A4:A5", "B4:D4", "E4:F4", "G4:G5", "G6:G9"):
        sheet.merge_cells(area)
    [view] = understood(saved(book))
    assert names(view) == ["王五", "阿依·古丽", "刘䶮"]
    assert [row.number for row in view.rows] == [6, 8, 9]
    assert [row.values["id_number"] for row in view.rows] == [WANG, LI, ZHAO]
    assert [str(row.values["phone"]) for row in view.rows] == ["19900000001", "19900000022", "19900000003"]
    assert [row.values["employer"] for row in view.rows] == ["重庆砚屿软件技术有限公司"] * 3
    assert days(view, "change_date") == JOINED


def test_ids_that_a_spreadsheet_took_for_numbers_are_told_and_never_guessed(understood: Understood) -> None:
    rows = [HEADER, ["王砚舟", float(WANG), "19900000001", "1985.7"], ["李芷汐", LI, "19900000002", 1985.1]]
    [view] = understood(xlsx(rows))
    first, second = view.rows
    assert WANG not in map(str, first.values.values())
    assert any(each.column == "id_number" for each in first.problems)
    assert second.values["id_number"] == LI
    assert any(each.column == "join_date" for each in second.problems)


def test_formulas_that_were_never_calculated_are_told(understood: Understood) -> None:
    head = "".join(
        f'<c r="{"ABC"[at]}1" t="inlineStr"><is><t>{text}</t></is></c>'
        for at, text in enumerate(("姓名", "手机号码", "证件号码"))
    )
    person = (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>王砚舟</t></is></c><c r="B2"><v>19900000001</v></c>'
        '<c r="C2"><f>Sheet2!A1</f></c></row>'
    )
    [view] = understood(package(f'<row r="1">{head}</row>{person}'))
    assert names(view) == ["王砚舟"]
    assert any("公式没有保存结果" in note for note in view.notes)


def test_a_part_that_the_archive_names_in_two_ways_is_refused(tmp_path: Path) -> None:
    data = bytearray(xlsx(ROSTER))
    place = data.rindex(b"xl/styles.xml")
    data[place + 12] = ord("x") ^ 1
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        assert "xl/styles.xml" not in archive.namelist()
    assert "文件损坏或恶意" in refusal(bytes(data), tmp_path / "a.xlsx")


def test_a_sheet_of_an_old_workbook_that_ends_too_early_is_told(understood: Understood) -> None:
    data = xls(ROSTER * 3)
    end = struct.pack("<HH", 0x000A, 0)
    cut = data[: data.rindex(end)] + struct.pack("<HH", 0x0000, 0) + data[data.rindex(end) + 4 :]
    [view] = understood(cut, "名册.xls")
    assert any("末尾已损坏" in note for note in view.notes)
