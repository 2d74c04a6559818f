"""Each kind of trap that received sheets have held: days, forms, habits of the field; read and understood."""

import datetime as dt
import struct
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.aids.broken_files import package, saved, xls, xlsx
from tests.aids.speaking import LI, WANG, ZHAO
from tests.importers.workbook.trap_files import HEADER, JOINED, PEOPLE, ROSTER, Understood, days, names


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


def test_a_dictionary_an_empty_template_and_an_example_are_no_lists_and_a_form_is_one_record(understood: Understood) -> None:
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
        (None, "dictionary"), (None, "empty"), ("workers", "fields"), (None, "example"),
    ]  # fmt: skip
    # a form of one person used to be left out as no table
    [applicant] = views[3].rows
    assert (applicant.value("name"), applicant.value("id_number"), applicant.value("phone")) == ("王砚舟", WANG, "19900000001")
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


def test_a_sheet_of_an_old_workbook_that_ends_too_early_is_told(understood: Understood) -> None:
    data = xls(ROSTER * 3)
    end = struct.pack("<HH", 0x000A, 0)
    cut = data[: data.rindex(end)] + struct.pack("<HH", 0x0000, 0) + data[data.rindex(end) + 4 :]
    [view] = understood(cut, "名册.xls")
    assert any("末尾已损坏" in note for note in view.notes)
