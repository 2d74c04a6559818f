"""The membership roster and the drive's list as reports."""

from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from models.drive.case_list import plan_case
from models.drive.list import drive
from models.errors import UserError
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.records.region import load_index
from models.records.union import Union
from reports import drive_list, handout
from reports.choices import ReportChoices
from reports.report import Report
from reports.roster import compose
from tests.aids.case_world import case, employer
from tests.aids.speaking import LI, TODAY, WANG, ZHAO, imported, workbook

UNIONS = [
    ["工会名称", "基层工会类型", "上级工会名称", "所在镇街"],
    ["甲公司工会", "单独基层工会", None, "沙坪坝区小龙坎街道"],
    ["乙公司工会", "单独基层工会", None, "沙坪坝区小龙坎街道"],
    ["丙公司工会", "单独基层工会", None, "渝中区大坪街道"],
]
MEMBERS = [
    ["会员花名册"],
    ["姓名", "身份证号", "手机", "所属工会", "入会日期", "会籍变化类型", "会籍变化日期", "备注"],
    ["王五", WANG, "19900000001", "甲公司工会", "2024-05-06", None, None, "+1-1"],
    ["李四", LI, "19900000002", "甲公司工会", "2024-06", "保留", "2025-01-01", "上学"],
    ["赵六", ZHAO, "19900000003", "乙公司工会", "2024-07-01", None, None, None],
    ["钱七", None, "19900000005", "乙公司工会", "2024-07-01", None, None, None],
    ["离开的人", None, "19900000004", "乙公司工会", "2020-07-01", "退会", "2021-01-01", None],
]


@pytest.fixture
def members(author: Author, tmp_path: Path) -> None:
    imported(author, workbook(tmp_path / "a.xlsx", {"工会": UNIONS, "会员": MEMBERS}))


def of_union(name: str, masked: bool = True) -> Report:
    uid = Union.get(Union.name == name).uid
    return roster(union=uid, masked=masked)


def roster(**chosen: Any) -> Report:
    return compose(load_index(TODAY), ReportChoices(TODAY, TODAY, **chosen))


def names(report: Report) -> list[list[str]]:
    return [[row[1] for row in section.rows] for section in report.sections]


@pytest.mark.usefixtures("members")
def test_a_roster_holds_the_members_and_counts_the_women() -> None:
    report = of_union("甲公司工会")
    assert (report.title, report.organization, report.day) == ("工会会员花名册", "甲公司工会", "2026-11-22")
    assert names(report) == [["李四", "王五"]]
    assert report.totals == "共 2 人，其中女 1 人，含保留会籍 1 人"
    assert report.signatures[0] == "填表单位（盖章）"


@pytest.mark.usefixtures("members")
def test_retained_members_are_named_as_such_and_those_who_left_are_not_listed() -> None:
    assert of_union("甲公司工会").sections[0].rows[0][-2:] == ["保留", "上学"]
    assert names(of_union("乙公司工会")) == [["钱七", "赵六"]]


@pytest.mark.usefixtures("members")
def test_whose_sex_nobody_knows_is_not_silently_a_man() -> None:
    assert of_union("乙公司工会").totals == "共 2 人，其中女 0 人，性别不详 1 人"


@pytest.mark.usefixtures("members")
def test_a_town_is_grouped_by_union() -> None:
    index = load_index(TODAY)
    town = index.resolve("沙坪坝区小龙坎街道").uid
    report = roster(region=town)
    told = [(section.heading, len(section.rows), section.totals) for section in report.sections]
    assert told == [
        ("甲公司工会", 2, "共 2 人，其中女 1 人，含保留会籍 1 人"),
        ("乙公司工会", 2, "共 2 人，其中女 0 人，性别不详 1 人"),
    ]
    assert (report.organization, report.totals[:14]) == ("沙坪坝区小龙坎街道", "共 4 人，其中女 1 人，")


@pytest.mark.usefixtures("members")
def test_the_whole_register_is_grouped_by_union_too(author: Author) -> None:
    assert set(roster().organization) == {"_"}, "to be filled in by hand"
    change_setting("organization", "沙坪坝区总工会", author)
    report = roster()
    assert [section.heading for section in report.sections] == ["甲公司工会", "乙公司工会"]
    assert report.organization == "沙坪坝区总工会"


@pytest.mark.usefixtures("members")
def test_names_stand_in_the_order_of_their_pinyin(author: Author, tmp_path: Path) -> None:
    people = [
        [name, f"1990000{n:04}", "丙公司工会", "2024-01-01"] for n, name in enumerate(["周一", "安二", "𠮷三", "陈四"])
    ]
    rows = [["会员花名册"], ["姓名", "手机", "所属工会", "入会日期"], *people]
    imported(author, workbook(tmp_path / "b.xlsx", {"会员": rows}))
    assert names(of_union("丙公司工会")) == [["安二", "陈四", "周一", "𠮷三"]]


@pytest.mark.usefixtures("members")
def test_beside_the_birth_date_only_the_area_of_the_number_is_left() -> None:
    masked = " ".join(of_union("甲公司工会").sections[0].rows[1])
    assert "1985-03-07" in masked
    assert "500106************" in masked
    assert "199****0001" in masked
    assert WANG in " ".join(of_union("甲公司工会", masked=False).sections[0].rows[1])


@pytest.mark.usefixtures("members")
def test_an_empty_roster_is_a_sentence() -> None:
    with pytest.raises(UserError, match="还没有会员"):
        of_union("丙公司工会")


@pytest.mark.usefixtures("members")
def test_a_long_roster_repeats_its_header_and_counts_its_pages(author: Author, tmp_path: Path) -> None:
    people = [[f"职工{n:02}", f"1990000{n:04}", "丙公司工会", "2024-01-01"] for n in range(60)]
    rows = [["会员花名册"], ["姓名", "手机", "所属工会", "入会日期"], *people]
    imported(author, workbook(tmp_path / "b.xlsx", {"会员": rows}))
    handout.write(of_union("丙公司工会"), tmp_path / "r.pdf", "pdf")
    pages = [page.extract_text() for page in pypdf.PdfReader(tmp_path / "r.pdf").pages]
    assert len(pages) > 2
    for number, text in enumerate(pages, 1):
        assert f"第 {number} 页 共 {len(pages)} 页" in text
        assert "移动电话" in text
        assert "证件号码" not in text.replace("没有列出的栏", "").split("填表说明")[0]  # nobody has one
        assert "丙公司工会" in text
    assert [("共 60 人" in text, "（盖章）" in text) for text in pages] == [(False, False)] * (len(pages) - 1) + [
        (True, True)
    ]


@pytest.mark.usefixtures("members")
def test_the_pdf_can_be_searched_and_hides_the_numbers(tmp_path: Path) -> None:
    handout.write(of_union("甲公司工会"), tmp_path / "r.pdf", "pdf")
    text = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "r.pdf").pages)
    for word in (
        "工会会员花名册",
        "甲公司工会",
        "王五",
        "共 2 人，其中女 1 人",
        "填报日期：2026-11-22",
        "第 1 页 共 1 页",
        "已脱敏",
        "（盖章）",
    ):
        assert word in text
    assert WANG not in text


@pytest.mark.usefixtures("members")
def test_the_workbook_holds_numbers_as_text_and_formulas_as_words(tmp_path: Path) -> None:
    handout.write(of_union("甲公司工会", masked=False), tmp_path / "r.xlsx", "xlsx")
    cells = {cell.value: cell for row in openpyxl.load_workbook(tmp_path / "r.xlsx").active.iter_rows() for cell in row}
    assert (cells[WANG].data_type, cells[WANG].number_format) == ("s", "@")
    assert cells["+1-1"].data_type == "s"


def test_the_list_of_the_drive_says_why_an_employer_needs_a_look(author: Author, tmp_path: Path) -> None:
    units = [
        ["企业名称", "单位性质", "所在街道", "员工人数"],
        ["重庆甲示例有限公司", "私营企业", "沙坪坝区小龙坎街道", "约30"],
        ["重庆乙示例公司", None, "沙坪坝区小龙坎街道", 26],
    ]
    imported(author, workbook(tmp_path / "a.xlsx", {"单位": units}))
    report = drive_list.drive_report(drive(25, load_index(TODAY)), load_index(TODAY), "沙坪坝区", "2026-11-22")
    staff = [column.title for column in report.columns].index("职工人数")
    told = {row[1]: (row[staff], row[-1]) for section in report.sections for row in section.rows}
    assert told["重庆甲示例有限公司"][0] == "30"
    assert "人数为约数" in told["重庆甲示例有限公司"][1]
    assert "待核实" in told["重庆乙示例公司"][1]
    assert report.totals.startswith("共 2 家")


def test_the_roster_of_a_joint_union_says_where_each_works(author: Author, tmp_path: Path) -> None:
    head = ["姓名", "手机", "所属工会", "工作单位", "入会日期"]
    for union, firms in (("小龙坎商圈联合工会", ("甲公司", "乙公司")), ("丁公司工会", ("丁公司", "丁公司"))):
        people = [[f"职{firm}{n}", f"19900{len(union):03}00{n}", union, firm, "2024-01-01"] for n, firm in enumerate(firms)]
        imported(author, workbook(tmp_path / f"{union}.xlsx", {"会员": [["会员花名册"], head, *people]}))
    joint, own = of_union("小龙坎商圈联合工会"), of_union("丁公司工会")
    titles = [column.title for column in joint.columns]
    place = titles.index("工作单位")
    assert sorted(row[place] for row in joint.sections[0].rows) == ["乙公司", "甲公司"]
    assert "工作单位" not in [column.title for column in own.columns]


def test_columns_that_nobody_filled_are_folded_away_and_named(author: Author, tmp_path: Path) -> None:
    rows = [["会员花名册"], ["姓名", "民族", "所属工会", "入会日期"], ["职一", "苗族", "丙公司工会", "2024-01-01"], ["职二", None, "丙公司工会", None]]
    imported(author, workbook(tmp_path / "b.xlsx", {"会员": rows}))
    report = of_union("丙公司工会")
    assert [column.title for column in report.columns] == ["序号", "姓名", "民族", "入会日期"]
    assert all(len(row) == 4 for row in report.sections[0].rows)
    (note,) = report.footnotes
    assert note.startswith("一行也没有填、没有列出的栏：性别、")
    assert "民族" not in note


def test_the_drive_list_stands_by_town_with_what_a_visit_needs(author: Author) -> None:
    known = {"address": "示例路1号", "contact": "李示例", "phone": "19900000077", "industry": "餐饮业"}
    first = employer(author, "重庆甲示例有限公司", 60, "沙坪坝区小龙坎街道", **known)
    employer(author, "重庆乙示例有限公司", 40, "渝中区大坪街道")
    employer(author, "重庆丙示例有限公司", 30, "渝中区大坪街道")
    employer(author, "重庆丁示例有限公司", 26)
    plan_case(case(author, first), {"next_action": "上门", "next_action_date": "2026-12-10", "organizer": "陈示例"}, author)
    index = load_index(TODAY)
    report = drive_list.drive_report(drive(25, index), index, "", "2026-11-22")
    told = [(each.heading, [row[1][2] for row in each.rows], each.totals) for each in report.sections]
    assert told == [
        ("渝中区大坪街道", ["乙", "丙"], "2 家，职工 70 人"), ("沙坪坝区小龙坎街道", ["甲"], "1 家，职工 60 人"),
        ("（未填所在区划）", ["丁"], "1 家，职工 26 人"),
    ]  # fmt: skip
    assert report.totals.startswith("共 4 家，职工 156 人。")
    titles = [column.title for column in report.columns]
    (row,) = report.sections[1].rows
    shown = dict(zip(titles, row, strict=True))
    wanted = {"单位地址": "示例路1号", "联系人": "李示例", "联系电话": "199****0077", "所属行业": "餐饮业", "责任人": "陈示例", "计划日期": "2026-12-10"}
    assert {name: shown.get(name) for name in wanted} == wanted
    assert "统一社会信用代码" not in titles, "nobody has one"
    assert report.sheet is not None
    assert len(report.sheet.rows) == report.records == 4
    places = [column.title for column in report.sheet.columns].index("所在区划")
    assert [row[places] for row in report.sheet.rows] == ["渝中区大坪街道"] * 2 + ["沙坪坝区小龙坎街道", ""]
    assert [row[0] for each in report.sections for row in each.rows] == ["1", "2", "3", "4"]
