"""The membership roster and the drive's list as reports."""

from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

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
    assert of_union("甲公司工会").sections[0].rows[0][-1] == "保留会籍；上学"
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
        assert "证件号码" in text
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
    report = drive_list.drive_report(drive(25, load_index(TODAY)), "沙坪坝区", "2026-11-22")
    told = {row[1]: (row[4], row[-1]) for row in report.sections[0].rows}
    assert told["重庆甲示例有限公司"][0] == "30"
    assert "人数为约数" in told["重庆甲示例有限公司"][1]
    assert "待核实" in told["重庆乙示例公司"][1]
    assert report.totals.startswith("共 2 家")
