"""Finding the header of a sheet, and what the lines above it say."""

import datetime as dt
from collections.abc import Sequence

import pytest

from importers.columns import header
from importers.columns.header import Header
from importers.columns.header_lines import foot_day
from importers.columns.header_text import letter, normal, written
from importers.workbook.sheet import Merged, SheetRow
from models.values.columns import Plain

ID_A, ID_B, ID_C = "500106199001019014", "500106199202029024", "500106198503079012"


def sheet(*rows: Sequence[Plain]) -> list[SheetRow]:
    """The rows of a sheet, written as a person sees them from row 1 on; empty rows are left out as the reader does."""
    made = [SheetRow(number, list(values)) for number, values in enumerate(rows, start=1)]
    return [row for row in made if any(value is not None for value in row.values)]


def found(*rows: Sequence[Plain], merged: Sequence[Merged] = ()) -> Header:
    result = header.find(sheet(*rows), merged)
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("姓　　名", "姓名"),
        ("证件号码\n(填写18位身份证)", "证件号码"),
        ("出生日期（格式：yyyy/MM/dd）", "出生日期"),
        ('是否农民工会员\n填写"是"或"否"', "是否农民工会员"),
        ("★身份证号码（必填）：", "身份证号码"),
        ("月收入（元）", "月收入"),
        ("1、姓名", "姓名"),
        ("901 基层工会名称", "基层工会名称"),
        ("填写日期", "填写日期"),
        ("上级工会（企业）名称", "上级工会(企业)名称"),
        ("职工人数（女）", "职工人数(女)"),
        ("Ｎｏ．", "no."),
    ],
)
def test_a_header_text_loses_hints_and_marks_but_keeps_what_tells_columns_apart(text: str, expected: str) -> None:
    assert normal(text) == expected


def test_line_breaks_vanish_between_chinese_characters_and_separate_others() -> None:
    assert written("职工\n人数") == "职工人数"
    assert written("ID\ncard") == "ID card"
    assert written(2024.0) == "2024"


def test_letters_of_columns() -> None:
    assert [letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_the_provincial_member_form_has_its_header_below_title_and_stamp_line() -> None:
    head = found(
        ["附件四"],
        ["某省工会会员信息采集表"],
        ["填表单位（盖章）：重庆示例机械有限公司工会", None, None, None, "单位负责人(签字)：王示例"],
        ["序号", "姓名", "性别", "证件号码\n(填写18位身份证)", "移动电话"],
        [1, "张示例", "男", ID_A, "19900000001"],
    )
    assert head.rows == (4,)
    assert head.first_data == 5
    assert head.texts == ("序号", "姓名", "性别", "证件号码(填写18位身份证)", "移动电话")
    assert head.title == "某省工会会员信息采集表"
    assert head.organization == "重庆示例机械有限公司工会"
    assert head.day == ""
    assert head.sureness > 0.9


def test_a_header_in_the_first_row_needs_no_title() -> None:
    head = found(["姓名", "身份证号", "手机号码"], ["张示例", ID_A, "19900000001"])
    assert (head.rows, head.first_data, head.title) == ((1,), 2, "")


def test_a_table_may_begin_far_from_the_corner() -> None:
    head = found([], [], [None, None, "序号", "员工姓名", "性别"], [None, None, 1, "张示例", "男"])
    assert head.rows == (3,)
    assert head.texts == ("", "", "序号", "员工姓名", "性别")


UNION_GROUPS: list[Plain] = ["序号", "工会组织所在单位信息", None, None, "工会组织信息", None, None]
UNION_FIELDS = [None, "单位名称", "统一社会信用代码", "职工人数", "工会名称", "统一社会信用代码", "联系电话"]
UNION_ROW: list[Plain] = [1, "重庆示例有限公司", "91500106MA9007919E", 86, "重庆示例有限公司工会", "81500106MC0000001C", "19900000001"]


@pytest.mark.parametrize("merged", [(), ((1, 0, 2, 0), (1, 1, 1, 3), (1, 4, 1, 6))], ids=["blanks", "merged"])
def test_group_headers_reach_over_their_columns_and_a_tall_cell_is_a_text(merged: tuple[Merged, ...]) -> None:
    head = found(UNION_GROUPS, UNION_FIELDS, UNION_ROW, merged=merged)
    assert head.rows == (1, 2)
    assert head.first_data == 3
    assert head.texts == ("序号", *UNION_FIELDS[1:])
    assert head.groups == ("", *["工会组织所在单位信息"] * 3, *["工会组织信息"] * 3)


def test_most_fields_may_stand_in_the_upper_of_two_header_rows() -> None:
    head = found(
        ["序号", "姓名", "性别", "民族", "联系方式", None, "入会日期"],
        [None, None, None, None, "手机", "现住址", None],
        [1, "张示例", "男", "汉族", "19900000001", "示例路1号", "2024-05-06"],
    )
    assert head.rows == (1, 2)
    assert head.texts == ("序号", "姓名", "性别", "民族", "手机", "现住址", "入会日期")
    assert head.groups == ("", "", "", "", "联系方式", "联系方式", "")


def test_three_header_rows_and_a_row_that_numbers_the_columns() -> None:
    head = found(
        ["单位名称", "人数", None, None, None],
        [None, "职工", None, "会员", None],
        [None, "总数", "女", "总数", "女"],
        ["甲", "1", "2", "3", "4"],
        ["重庆示例有限公司", 86, 30, 80, 28],
        merged=((1, 0, 3, 0), (1, 1, 1, 4), (2, 1, 2, 2), (2, 3, 2, 4)),
    )
    assert head.rows == (1, 2, 3, 4)
    assert head.first_data == 5
    assert head.texts == ("单位名称", "总数", "女", "总数", "女")
    assert head.groups == ("", "人数 职工", "人数 职工", "人数 会员", "人数 会员")


def test_the_first_row_of_data_is_not_taken_for_a_second_header_row() -> None:
    head = found(["序号", "姓名", "证件类型", "户籍类型", "备注"], [None, "张示例", "身份证", "农业户口", "农民工"])
    assert head.rows == (1,)


def test_data_without_any_header_begins_at_its_first_identity_number() -> None:
    head = found(["张示例", "男", ID_A], ["李示例", "女", ID_B], ["王示例", "男", ID_C])
    assert head.rows == ()
    assert head.first_data == 1
    assert head.texts == ("", "", "")


def test_lines_above_data_without_header_are_still_read() -> None:
    head = found(["填报单位：重庆示例有限公司"], ["张示例", ID_A], ["李示例", ID_B])
    assert (head.rows, head.first_data, head.organization) == ((), 2, "重庆示例有限公司")


def test_a_form_that_is_no_table_has_no_header() -> None:
    form: list[list[Plain]] = [
        ["工会会员登记表"],
        ["姓名", "张示例", "性别", "男", "民族", "汉族"],
        ["身份证号码", ID_A, None, "联系电话", "19900000001"],
        ["学历", "大专", "政治面貌", "群众", "籍贯", "重庆"],
        ["工作单位", "重庆示例有限公司", None, "入会日期", "2024-05-06"],
    ]
    assert header.find(sheet(*form)) is None


def test_a_form_left_blank_has_no_header() -> None:
    form: list[list[Plain]] = [
        ["工会会员登记表"],
        ["姓名", None, "性别", None, "民族", None, "照片"],
        ["身份证号码", None, None, None, "联系电话"],
        ["学历", None, "政治面貌", None, "籍贯"],
        ["工作单位", None, None, None, "入会日期"],
    ]
    assert header.find(sheet(*form)) is None


def test_prose_and_emptiness_have_no_header() -> None:
    assert header.find([]) is None
    assert header.find(sheet(["关于做好会员信息采集工作的通知"], ["各基层工会："], ["请于月底前上报。"])) is None


def test_a_single_column_of_names_under_its_header_is_a_table() -> None:
    head = found(["未建会企业名单"], ["企业名称"], ["重庆示例甲有限公司"], ["重庆示例乙有限公司"])
    assert (head.rows, head.title) == ((2,), "未建会企业名单")


def test_the_first_of_repeated_headers_counts() -> None:
    head = found(["姓名", "手机"], ["张示例", "19900000001"], ["姓名", "手机"], ["李示例", "19900000002"])
    assert head.rows == (1,)


@pytest.mark.parametrize(
    ("line", "organization", "day"),
    [
        (["填报单位：重庆示例有限公司"], "重庆示例有限公司", ""),
        (["填报单位（盖章）： 重庆示例有限公司（公章）"], "重庆示例有限公司", ""),
        (["填报单位：", None, "重庆示例有限公司"], "重庆示例有限公司", ""),
        (["填报单位", "重庆示例有限公司"], "重庆示例有限公司", ""),
        (["填表单位(盖章)重庆示例有限公司"], "重庆示例有限公司", ""),
        (["单位名称：重庆示例（集团）有限公司"], "重庆示例（集团）有限公司", ""),
        (["填报单位：____________", None, "填报日期：   年  月  日"], "", ""),
        (["填报单位：重庆示例有限公司   填报日期：2024年5月6日"], "重庆示例有限公司", "2024-05-06"),
        (["填报单位：重庆示例有限公司填报日期：2024.5.6"], "重庆示例有限公司", "2024-05-06"),
        (["填报单位：重庆示例有限公司", "填报日期：", dt.date(2024, 5, 6)], "重庆示例有限公司", "2024-05-06"),
        (["填报单位：重庆示例有限公司", "统计时间：2024年6月"], "重庆示例有限公司", "2024-06"),
        (["填报单位：重庆示例有限公司", None, "2024年6月30日"], "重庆示例有限公司", "2024-06-30"),
        (["截至2024年6月30日，共36人"], "", "2024-06-30"),
        (["单位负责人(签字)：王示例", "联系电话：023-00000000"], "", ""),
        (["单位：人"], "", ""),
        (["单位：人、万元"], "", ""),
        (["（单位：人、万元）"], "", ""),
        (["单位：户、人次、%"], "", ""),
        (["单位：人元"], "", ""),
        (["单位：万家"], "万家", ""),
        (["有效期至：2022年1月"], "", ""),
    ],
)
def test_the_lines_above_say_who_filled_the_sheet_in_and_when(line: list[Plain], organization: str, day: str) -> None:
    head = found(["职工花名册"], line, ["序号", "姓名", "身份证号"], [1, "张示例", ID_A])
    assert (head.rows, head.title) == ((3,), "职工花名册")
    assert (head.organization, head.day) == (organization, day)


def test_who_filled_the_sheet_in_beats_whom_it_names_otherwise() -> None:
    head = found(["工会名称：示例工会"], ["填报单位：重庆示例有限公司"], ["姓名", "身份证号"], ["张示例", ID_A])
    assert head.organization == "重庆示例有限公司"


def test_a_title_tells_the_month_but_a_mere_year_is_no_day() -> None:
    assert found(["2024年6月工会人数月报表"], ["单位名称", "职工人数"], ["示例公司", 3]).day == "2024-06"
    assert found(["2024年度会员花名册"], ["姓名", "手机"], ["张示例", "19900000001"]).day == ""


def test_the_day_below_a_table_is_found_unless_it_was_left_blank() -> None:
    table = [["姓名", "入会日期"], ["张示例", "2024-01-01"]]
    assert foot_day(sheet(*table, ["单位负责人(签字)：", "填报日期：2024年5月6日"])) == "2024-05-06"
    assert foot_day(sheet(*table, ["单位负责人(签字)：", "填报日期：   年   月   日"])) == ""
    assert foot_day(sheet(*table)) == ""


def test_a_person_may_pick_other_header_rows() -> None:
    rows = sheet(["甲", "乙"], ["人", "号"], ["张示例", ID_A])
    head = header.at(rows, (2,))
    assert (head.rows, head.texts, head.first_data, head.sureness) == ((2,), ("人", "号"), 3, 1.0)
    assert header.at(rows, (1, 2)).groups == ("甲", "乙")
    assert header.at(rows, ()) == Header((), ("", ""), ("", ""), 1)


def test_a_wide_sheet_is_searched_quickly() -> None:
    import time

    fields = ["序号", "姓名", "性别", "民族", "身份证号", "手机号码", "入会日期", "备注"] * 8
    row: list[Plain] = [ID_A, "张示例", 3.5, "小龙坎街道示例路", None, "说明文字", 7, "x"]
    rows = sheet(["花名册"], fields, *[row * 8] * 38)
    header.find(rows)
    start = time.process_time()
    header.find(rows)
    assert time.process_time() - start < 0.1
