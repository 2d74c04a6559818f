"""The tables of one sheet: beside each other, below each other, upright, by month; each row of them is read."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from models.journal.writer import Author
from tests.aids.speaking import imported, listed, workbook
from tests.importers.sheets import (
    FIRMS,
    IDS,
    PEOPLE,
    codes,
    fields,
    one,
    planned,
    unused,
    values,
    views,
    written,
)

pytestmark = pytest.mark.usefixtures("register")
HEAD = ["序号", "姓名", "身份证号码"]
UNION = "重庆砚屿峻岭有限公司工会"


def test_two_tables_side_by_side_are_two_tables() -> None:
    left, right = views(
        [*HEAD, None, *HEAD],
        [1, PEOPLE[0], IDS[0], None, 1, PEOPLE[2], IDS[2]],
        [2, PEOPLE[1], IDS[1], None, 2, PEOPLE[3], IDS[3]],
    )
    assert (values(left, "name"), values(right, "name")) == ([PEOPLE[0], PEOPLE[1]], [PEOPLE[2], PEOPLE[3]])
    assert (left.sheet, right.sheet) == ("Sheet1", "Sheet1（E1:G3）")
    assert left.notes == ["这张工作表里并排有 2 张表，各按一张表读取。"]


def test_three_blocks_without_a_gap_are_three_tables() -> None:
    row = [cell for place in range(3) for cell in (place + 1, PEOPLE[place], IDS[place])]
    assert [values(each, "id_number") for each in views(HEAD * 3, row)] == [[number] for number in IDS[:3]]


def test_different_lists_side_by_side_are_of_their_own_kinds() -> None:
    people, firms = views(
        [*HEAD, None, "序号", "企业名称", "职工人数"], [1, PEOPLE[0], IDS[0], None, 1, FIRMS[0], 30]
    )
    assert (people.kind, firms.kind) == ("workers", "employers")
    assert values(firms, "name", "staff_count") == [(FIRMS[0], 30)]


def test_a_second_pair_of_name_and_phone_without_a_number_is_no_second_table() -> None:
    assert values(one(["姓名", "身份证号", "电话", "姓名", "电话"], [PEOPLE[0], IDS[0], "19900000001", "赵岩", "19900000009"]), "name") == [
        PEOPLE[0]
    ]


def test_the_phone_beside_a_second_name_is_not_the_first_persons() -> None:
    seen = one(["姓名", "身份证号", "电话", "姓名", "电话"], [PEOPLE[0], IDS[0], "19900000001", "赵岩", "19900000009"])
    assert values(seen, "phone") == ["19900000001"]
    assert unused(seen) == ["姓名", "电话"]


@pytest.mark.parametrize(
    ("head", "rows"),
    [
        (["姓名", "联系电话"], [[PEOPLE[0], "19900000001"], [PEOPLE[1], "19900000002"]]),
        (["姓名"], [[PEOPLE[0]], [PEOPLE[1]]]),
        (["姓名", "性别", "手机"], [[PEOPLE[0], "男", "19900000001"], [PEOPLE[1], "女", "19900000002"]]),
    ],
)
def test_a_header_that_is_the_same_again_from_end_to_end_is_of_tables_side_by_side(
    head: list[str], rows: list[list[str]]
) -> None:
    blocks = views(["重庆砚屿峻岭有限公司工会会员名单"], [*head, *head], [*rows[0], *rows[1]], [*rows[1], *rows[0]])
    assert [values(each, "name") for each in blocks] == [[PEOPLE[0], PEOPLE[1]], [PEOPLE[1], PEOPLE[0]]]


def test_blocks_under_groups_are_tables_but_not_those_of_relatives() -> None:
    rows = [["姓名", "电话", "姓名", "电话"], [PEOPLE[0], "19900000001", PEOPLE[1], "19900000002"]]
    across = ((1, 0, 1, 1), (1, 2, 1, 3))
    assert [values(each, "name") for each in views(["一组", None, "二组"], *rows, merged=across)] == [[PEOPLE[0]], [PEOPLE[1]]]
    assert [values(each, "name") for each in views(["本人", None, "配偶"], *rows, merged=across)] == [[PEOPLE[0]]]


def test_the_title_above_tables_of_one_header_is_that_of_each() -> None:
    head = ["序号", "姓名", "性别"]
    left, right = views(["会员花名册"], [*head, *head], [1, PEOPLE[0], "男", 2, PEOPLE[1], "女"])
    assert [each.header.title if each.header else "" for each in (left, right)] == ["会员花名册", "会员花名册"]


def test_a_table_behind_a_gap_in_another_order_keeps_its_columns() -> None:
    left, right = views(
        ["姓名", "身份证号", "手机号", None, "手机号", "姓名", "身份证号"],
        [PEOPLE[0], IDS[0], "19900000001", None, "19900000002", PEOPLE[1], IDS[1]],
    )
    assert [values(each, "name", "phone") for each in (left, right)] == [
        [(PEOPLE[0], "19900000001")], [(PEOPLE[1], "19900000002")],
    ]  # fmt: skip


def test_a_table_below_in_another_order_has_a_header_of_its_own() -> None:
    upper, lower = views(
        ["姓名", "身份证号", "联系电话"],
        [PEOPLE[0], IDS[0], "19900000001"],
        [],
        ["退休职工名单"],
        ["身份证号", "姓名"],
        [IDS[1], PEOPLE[1]],
    )
    assert (values(upper, "name"), values(lower, "name", "id_number")) == ([PEOPLE[0]], [(PEOPLE[1], IDS[1])])
    assert lower.header is not None
    assert (lower.header.title, lower.header.rows, lower.sheet) == ("退休职工名单", (5,), "Sheet1（A4:B6）")


def test_a_header_that_printed_pages_repeat_begins_no_table() -> None:
    seen = one(HEAD, [1, PEOPLE[0], IDS[0]], ["第1页 共2页"], ["会员花名册"], HEAD, [2, PEOPLE[1], IDS[1]])
    assert values(seen, "name") == [PEOPLE[0], PEOPLE[1]]


def test_a_form_of_one_person_is_one_record_and_makes_no_member() -> None:
    form = (
        ["工会会员登记表"],
        ["姓名", PEOPLE[0], "性别", "男", "民族", "汉族"],
        ["身份证号", IDS[0], None, "联系电话", "19900000001"],
        ["工作单位", FIRMS[0], None, "学历", "大专"],
        ["本人申请", "我自愿加入中国工会"],
        ["基层工会意见", "同意", None, "年  月  日"],
    )
    seen = one(*form)
    assert values(seen, "name", "ethnicity", "phone", "employer", "union") == [(PEOPLE[0], "汉族", "19900000001", FIRMS[0], None)]
    assert seen.notes[1:] == ["登记表里没有用到的：本人申请、基层工会意见"]
    [step] = planned(*form).sheets[0].steps
    assert [kind for kind, _values in written(step)] == ["Worker"]


def test_forms_below_each_other_are_records_of_their_own() -> None:
    forms = [line for who in range(2) for line in (["姓名", PEOPLE[who], "性别", "男"], ["身份证号", IDS[who], "学历", "大专"])]
    assert values(one(*forms), "id_number") == [IDS[0], IDS[1]]


def test_a_table_on_its_side_is_read_by_columns() -> None:
    seen = one(["姓名", *PEOPLE[:3]], ["身份证号", *IDS[:3]], ["联系电话", "19900000001", None, "19900000003"], ["爱好", "棋", "", ""])
    assert values(seen, "name", "id_number", "phone") == [
        (PEOPLE[0], IDS[0], "19900000001"), (PEOPLE[1], IDS[1], None), (PEOPLE[2], IDS[2], "19900000003"),
    ]  # fmt: skip
    assert [row.number for row in seen.rows] == [2, 3, 4]
    assert unused(seen) == ["爱好"]


MONTHS = (["序号", "工会名称", "1月会员数", "2月会员数"], [1, UNION, 91, 96])


def test_counts_by_month_are_counts_of_their_months() -> None:
    january, february = views(["2026年基层工会会员人数统计表"], *MONTHS)
    assert [(each.header.day if each.header else "", values(each, "member_count")) for each in (january, february)] == [
        ("2026-01", [91]), ("2026-02", [96]),
    ]  # fmt: skip


def test_counts_by_month_of_an_unknown_year_are_told_and_not_read() -> None:
    seen = one(*MONTHS)
    assert unused(seen) == ["1月会员数", "2月会员数"]
    assert seen.notes == ["“1月会员数、2月会员数”按月写，表上没有写是哪一年，没有读取；请在标题里写上年份再导入。"]


@pytest.mark.parametrize("names", [("第一季度", "第二季度"), ("1季度", "2季度"), ("一季度末", "二季度末"), ("Q1", "Q2"), ("2026年Q1", "2026年Q2")])
def test_counts_by_quarter_are_counts_of_their_last_months(names: tuple[str, str]) -> None:
    heads = [f"{name}会员数" for name in names]
    first, second = views(["2026年基层工会会员人数统计表"], ["序号", "工会名称", *heads], [1, UNION, 91, 96])
    assert [(each.sheet, each.header.day if each.header else "", values(each, "member_count")) for each in (first, second)] == [
        ("Sheet1（2026年第一季度）", "2026-03", [91]), ("Sheet1（2026年第二季度）", "2026-06", [96]),
    ]  # fmt: skip


#: The rows of a sheet, and the merged ranges of its header → (time, counts of members) of each sheet that it becomes.
TIMED: list[tuple[list[list[Any]], list[tuple[int, int, int, int]], list[tuple[str, list[Any]]]]] = [
    ([["工会名称", "会员人数", None], [None, "2024年", "2025年"], [UNION, 91, 96]], [(1, 0, 2, 0), (1, 1, 1, 2)],
     [("2024", [91]), ("2025", [96])]),
    ([["工会名称", "会员人数", None], [None, 2024, 2025], [UNION, 91, 96]], [], [("2024", [91]), ("2025", [96])]),
    ([["工会名称", "2024年会员数", "2025年会员数", "增减"], [UNION, 91, 96, 5]], [], [("2024", [91]), ("2025", [96])]),
    ([["工会名称", "会员人数（2024年底）", "会员人数（2025年底）"], [UNION, 91, 96]], [], [("2024", [91]), ("2025", [96])]),
    ([["工会名称", "24年会员数", "25年会员数"], [UNION, 91, 96]], [], [("2024", [91]), ("2025", [96])]),
    ([["历年会员人数统计表"], ["工会名称", "2024年", "2025年"], [UNION, 91, 96]], [], [("2024", [91]), ("2025", [96])]),
    ([["历年会员人数统计表"], ["工会名称", 2024, 2025], [UNION, 91, 96]], [], [("2024", [91]), ("2025", [96])]),
    ([["工会名称", "2024年", None, "2025年", None], [None, "职工人数", "会员人数", "职工人数", "会员人数"], [UNION, 99, 91, 99, 96]],
     [(1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 1, 4)], [("2024", [91]), ("2025", [96])]),
    ([["2026年会员统计"], ["工会名称", "会员人数", None], [None, "1月", "2月"], [UNION, 91, 96]], [], [("2026-01", [91]), ("2026-02", [96])]),
    ([["2026年会员人数月报"], ["工会名称", "1月", "2月"], [UNION, 91, 96]], [], [("2026-01", [91]), ("2026-02", [96])]),
    ([["2026年会员人数统计"], ["工会名称", dt.date(2026, 1, 1), dt.date(2026, 2, 1)], [UNION, 91, 96]], [],
     [("2026-01", [91]), ("2026-02", [96])]),
    ([["工会名称", "2026.1会员数", "2026.2会员数"], [UNION, 91, 96]], [], [("2026-01", [91]), ("2026-02", [96])]),
    ([["工会名称", "2025年12月31日会员人数", "2026年6月30日会员人数"], [UNION, 91, 96]], [], [("2025-12-31", [91]), ("2026-06-30", [96])]),
    ([["2025年"], ["工会名称", "上半年会员数", "下半年会员数"], [UNION, 91, 96]], [], [("2025-06", [91]), ("2025-12", [96])]),
    ([["工会名称", "2025年", None, "2026年", None], [None, "11月会员数", "12月会员数", "1月会员数", "2月会员数"], [UNION, 91, 92, 93, 96]], [],
     [("2025-11", [91]), ("2025-12", [92]), ("2026-01", [93]), ("2026-02", [96])]),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "merged", "expected"), TIMED)
def test_counts_under_times_are_counts_of_these_times(
    rows: list[list[Any]], merged: list[tuple[int, int, int, int]], expected: list[tuple[str, list[Any]]]
) -> None:
    found = views(*rows, merged=merged)
    assert [(each.header.day if each.header else "", values(each, "member_count")) for each in found] == expected


def test_a_count_without_a_time_beside_counts_of_times_is_of_none_of_them() -> None:
    plain, dated = views(["工会名称", "职工人数", "2025年12月会员人数"], [UNION, 99, 91])
    assert (plain.sheet, fields(plain)) == ("Sheet1", {"工会名称": "name", "职工人数": "staff_count"})
    assert plain.header is not None
    assert plain.header.day == ""
    assert (dated.sheet, fields(dated)) == ("Sheet1（2025年12月）", {"工会名称": "name", "会员人数": "member_count"})


def test_the_women_among_a_count_are_of_its_time() -> None:
    head = [["工会名称", "2024年", None, "2025年", None], [None, "会员人数", "其中：女", "会员人数", "其中：女"]]
    found = views(*head, [UNION, 91, 40, 96, 45], merged=[(1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 1, 4)])
    assert [values(each, "member_count", "women_member_count") for each in found] == [[(91, 40)], [(96, 45)]]


def test_counts_by_quarter_of_an_unknown_year_are_told_and_beside_months_they_are_not_read() -> None:
    seen = one(["序号", "工会名称", "一季度会员数", "二季度会员数"], [1, UNION, 91, 96])
    assert seen.notes == ["“一季度会员数、二季度会员数”按季度写，表上没有写是哪一年，没有读取；请在标题里写上年份再导入。"]
    both = views(["2026年会员人数统计表"], ["工会名称", "2月会员数", "3月会员数", "一季度会员数"], [UNION, 91, 96, 96])
    assert [each.sheet for each in both] == ["Sheet1（2026年2月）", "Sheet1（2026年3月）"]


def test_two_counts_in_one_cell_are_two_counts() -> None:
    seen = one(["工会名称", "职工/会员人数", "统计日期"], [UNION, "40/30", "2026-05"], ["乙厂工会", "50/20", "2026-05"])
    assert values(seen, "staff_count", "member_count") == [(40, 30), (50, 20)]


CHATS = {
    "spaces": f"姓名 性别 身份证号\n{PEOPLE[0]} 男 {IDS[0]}\n{PEOPLE[1]} 女 {IDS[1]}\n",
    "bars": f"姓名|性别|身份证号\n{PEOPLE[0]}|男|{IDS[0]}\n{PEOPLE[1]}|女|{IDS[1]}\n",
    "numbered": f"#接龙\n骑手入会\n\n1. {PEOPLE[0]} {IDS[0]}\n2. {PEOPLE[1]} {IDS[1]}\n3. 张砚 {IDS[2]}\n",
    "full-width commas": f"姓名，性别，身份证号\n{PEOPLE[0]}，男，{IDS[0]}\n{PEOPLE[1]}，女，{IDS[1]}\n",
    "labels": f"姓名：{PEOPLE[0]}\n身份证号：{IDS[0]}\n电话：19900000001\n\n姓名：{PEOPLE[1]}\n身份证号：{IDS[1]}\n电话：19900000002\n",
    "labels in a line": f"姓名：{PEOPLE[0]}，身份证号：{IDS[0]}，性别：男\n姓名：{PEOPLE[1]}，身份证号：{IDS[1]}，性别：女\n",
}


@pytest.mark.parametrize("chat", CHATS)
def test_lists_pasted_from_a_chat_are_read(author: Author, tmp_path: Path, chat: str) -> None:
    path = tmp_path / "接龙.txt"
    path.write_text(CHATS[chat], encoding="utf-8")
    imported(author, path)
    assert {(PEOPLE[0], IDS[0]), (PEOPLE[1], IDS[1])} <= set(listed("workers", "name", "id_number"))


def test_what_is_wrong_in_a_table_beside_another_comes_back(author: Author, tmp_path: Path) -> None:
    wrong = IDS[2][:-1] + "0"
    rows = [[*HEAD, None, *HEAD], [1, PEOPLE[0], IDS[0], None, 1, PEOPLE[2], wrong]]
    done = imported(author, workbook(tmp_path / "名册.xlsx", {"Sheet1": rows}))
    [path] = done.outcome.returned.values()
    rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    cells = [[cell for cell in row if cell is not None] for row in rows]
    assert any(PEOPLE[2] in row and "未导入" in row for row in cells)
    assert not any(PEOPLE[0] in row for row in cells)


def test_two_counts_whose_header_ends_with_what_both_count_are_two_counts() -> None:
    seen = one(["单位名称", "职工（会员）人数", "统计日期"], [FIRMS[0], "40（30）", "2026-05"], [FIRMS[1], "41(31)", "2026-05"])
    assert values(seen, "staff_count", "member_count") == [(40, 30), (41, 31)]


def test_two_short_forms_below_each_other_are_two_records() -> None:
    form = [["入会申请表"], ["姓名", "王砚", "性别", "男"], ["身份证号", IDS[0], "电话", "19900000001"]]
    again = [["入会申请表"], ["姓名", "李峻", "性别", "女"], ["身份证号", IDS[1], "电话", "19900000002"]]
    assert values(one(*form, *again), "name", "id_number") == [("王砚", IDS[0]), ("李峻", IDS[1])]


def test_a_form_that_ends_with_remarks_is_a_form() -> None:
    seen = one(
        ["工会组织登记表"], ["工会名称", UNION, "成立日期", "2013-05-01"], ["工会主席", "王砚", "联系电话", "19900000001"],
        ["职工人数", 30, "会员人数", 20], ["备注"],
    )  # fmt: skip
    assert values(seen, "name", "chair", "member_count") == [(UNION, "王砚", 20)]


def test_the_field_that_a_row_lacks_is_named() -> None:
    assert codes(one(["姓名", "身份证号"], [None, IDS[0]])) == [(2, "name", "name-missing")]
    assert codes(one(["企业名称", "统一社会信用代码", "职工人数"], [None, "91500106MA00000017", 3]))[0][1:] == ("name", "employer-name-missing")


def test_a_line_that_is_nobodys_name_right_above_a_second_header_is_its_title() -> None:
    first, second = views(
        ["会员花名册"], ["姓名", "身份证号"], [PEOPLE[0], IDS[0]], ["外卖骑手（非会员）"], ["身份证号", "姓名", "手机号"], [IDS[1], PEOPLE[1], "19900000001"]
    )
    assert (values(first, "name"), values(second, "name")) == ([PEOPLE[0]], [PEOPLE[1]])
    assert second.header is not None
    assert second.header.title == "外卖骑手（非会员）"


def test_a_plain_sheet_stays_one_table() -> None:
    seen = one(HEAD, [1, PEOPLE[0], IDS[0]])
    assert (seen.sheet, seen.notes, fields(seen)) == ("Sheet1", [], {"姓名": "name", "身份证号码": "id_number"})
