"""Every report that is offered, over a register whose rows are known: on paper as it comes out, and as a sheet."""

import datetime as dt
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from models.chasing.rules import add_rule
from models.chasing.rules import read as read_rule
from models.drive.case_list import plan_case
from models.drive.contacts import add_contact
from models.drive.moves import add_paper, move
from models.errors import UserError
from models.figures import targets
from models.figures.facts import Scope
from models.figures.periods import read_period
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.ledger import entries as ledger_entries
from models.records.drive_case import DriveCase
from models.records.employer import Employer
from models.records.region import load_index
from models.records.union import Union
from models.register.register import Register
from reports import handout
from reports.catalogue import OPTIONS, report_kinds
from reports.choices import ReportChoices, choice_titles
from reports.fitting import fit_columns
from reports.layout import MARGIN, lay_out
from reports.paper_page import MM
from reports.report import Report
from tests.aids.case_world import case, count, edit, employer, reconciled, union
from tests.aids.speaking import LI, TODAY, WANG, ZHAO, imported, workbook
from tests.aids.whole_window import made_once

MOON, STAR, FIRE = "重庆月示例有限公司", "重庆星示例有限公司", "重庆火示例有限公司"
PHONE = "19900000077"
#: Names, towns, what is planned for when, who looks after it.
CASES: list[list[Any]] = [
    [MOON, "渝中区大坪街道", "上门走访", "2026-11-10", "陈示例"],
    [STAR, "沙坪坝区小龙坎街道", "打电话约时间", "2026-11-25", "周示例"],
    [FIRE, "沙坪坝区小龙坎街道", None, None, "陈示例"],
]
MEMBERS = [
    ["会员花名册"],
    ["姓名", "身份证号", "手机", "所属工会", "工作单位", "入会日期", "会籍变化类型", "会籍变化日期"],
    ["王五", WANG, "19900000001", "甲公司工会", "甲公司", "2026-05-06", None, None],
    ["李四", LI, "19900000002", "甲公司工会", "甲公司", "2026-06-01", "保留", "2026-07-01"],
    ["赵六", ZHAO, "19900000003", "甲公司工会", "甲公司", "2026-07-01", None, None],
]


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """A register with something for each report, filled once."""
    return made_once(empty_register, tmp_path_factory.mktemp("filled"), fill)


@pytest.fixture
def uids(register: Register) -> dict[str, str]:
    """The employers and unions by name."""
    return {str(row.name): str(row.uid) for record in (Employer, Union) for row in record.select()}


def fill(author: Author, tmp_path: Path) -> None:
    """Write the rows that the tests look for."""
    change_setting("organization", "某区总工会", author)
    imported(author, workbook(tmp_path / "会员.xlsx", {"会员": MEMBERS}))
    found = {"甲公司工会": str(Union.get(Union.name == "甲公司工会").uid)}
    for name, town, task, day, organizer in CASES:
        found[name] = employer(author, name, 60, town, address="示例路1号", contact="李示例", phone=PHONE)
        uid = case(author, found[name])
        plan_case(uid, {"next_action": task, "next_action_date": day, "organizer": organizer}, author)
    count(author, found[MOON], 58, "2026-03", "社保", women_staff_count=20)
    moon = case(author, found[MOON])
    add_contact(moon, {"date": "2026-10-08", "way": "电话", "person_met": "周示例", "attitude": "观望", "outcome": "下月再来"}, author)
    move(moon, "已接触", "2026-11-22", author)
    add_paper(moon, {"stage": "已接触", "name": "走访记录", "number": "走〔2026〕1号", "date": "2026-10-09"}, author)
    index = load_index(TODAY)
    targets.set_target(2026, "new_members", 200, author, index)
    targets.set_target(2026, "new_members", 80, author, index, Scope(region=index.resolve("渝中区大坪街道").uid))
    union(author, "到期工会", term_start="2021-11-01", term_years=5, founding_date="2010-01-01")
    for title, day, people in (("劳动合同", "2026-02-03", "12"), ("工资争议", "2026-03-04", "30")):
        texts = {"ledger_kind": "劳动争议调解", "date": day, "title": title, "people": people, "quantity": "2"}
        ledger_entries.add(ledger_entries.read(texts, index), author)
    add_rule(read_rule({"sheet": "人数", "every": "每月", "days": "10", "since": "2026-10"}, index), author, TODAY)


def made(name: str, **chosen: Any) -> Report:
    return report_kinds()[name].compose(load_index(TODAY), ReportChoices(**({"today": TODAY, "day": TODAY} | chosen)))


def pages(report: Report, path: Path) -> list[str]:
    handout.write(report, path, "pdf")
    return [page.extract_text() for page in PdfReader(path).pages]


def names(report: Report) -> list[tuple[str, list[str]]]:
    """The headings, each with what begins the second column."""
    return [(section.heading, [row[1].split("\n")[0] for row in section.rows]) for section in report.sections]


def test_every_report_is_offered_by_its_title_and_says_what_it_takes() -> None:
    kinds = report_kinds()
    titles = ["会员花名册", "会议签到表", "走访和电话清单", "一企一档", "应建未建单位清单", "任务进度表", "统计表", "半年工作情况"]
    titles += ["换届提醒", "体检清单", "工作台账", "阵地名单", "催报清单", "名单"]
    titles += ["会员证和桌签", "地址和档案标签", "工会组织树", "镇街建会覆盖", "年报取数表", "电脑丢失处置单"]
    assert [kind.title for kind in kinds.values()] == titles
    assert {name for kind in kinds.values() for name in kind.takes} == set(OPTIONS) == set(choice_titles())
    assert all(set(kind.needs) <= set(kind.takes) and bool(kind.needs) == bool(kind.asks) for kind in kinds.values())
    assert all(bool(kind.more) == ("everything" in kind.takes) for kind in kinds.values())


#: What stands on each paper, and what must not.
PAPERS: list[tuple[str, dict[str, Any], list[str], list[str]]] = [
    ("roster", {"union": "甲公司工会"}, ["工会会员花名册", "王五", "填表单位（盖章）", "已脱敏"], [WANG]),
    ("attendance", {"union": "甲公司工会", "blank": 3}, ["会议签到表", "签名", "王五", "应到会员：共 2 人", "另有保留会籍 1 人"], ["李四"]),
    ("visits", {}, ["走访和电话清单", "某区总工会", "见到谁", "逾期 12 天", "199****0077", "下月再来", "示例路1号"], [PHONE, FIRE]),
    ("case", {"employer": MOON}, ["一企一档", MOON, "199****0077", "社保", "下月再来", "走〔2026〕1号", "负责人（签字）"], [PHONE]),
    ("drive", {}, ["应建未建工会单位清单", MOON, STAR, FIRE, "共 3 家"], []),
    ("targets", {"level": "town"}, ["2026 年任务进度表", "截至 2026-11-22", "渝中区大坪街道", "200", "落后"], []),
    ("table", {"table": "会员发展", "period": "2026"}, ["2026 年会员发展统计表", "合计", "位次从大到小排"], ["王五"]),
    ("half_year", {"period": "2026"}, ["2026 年工作情况", "一、工会组建和会员发展", "劳动争议调解", "未登记"], ["王五"]),
    ("terms", {}, ["工会换届提醒", "到期工会", "2026-11-01", "已届满"], ["甲公司工会"]),
    ("findings", {}, ["工会体检清单", MOON, "依据：", "怎么办：", "处理情况"], []),
    ("ledger", {}, ["工作台账", "2026-01-01 至 2026-11-22", "工资争议", "劳动争议调解", "2 条，数量 4 件", "人次 42"], []),
    ("sites", {}, ["阵地名单"], ["王五"]),
    ("chase", {}, ["催报清单", "到期工会", "2026-11-10", "逾期 12 天", "催报人（签字）"], ["王五"]),
    ("list", {}, ["会员与职工名册", "王五", "199****0001", "3 人", "已脱敏"], [WANG, "19900000001"]),
    ("cards", {"union": "甲公司工会"}, ["中国工会会员证", "王五", "甲公司工会", "入会 2026-05-06", "某区总工会"], [WANG]),
    ("labels", {"union": "甲公司工会"}, ["王五 收", "199****0001"], ["19900000001"]),
    ("tree", {}, ["工会组织树（小三级）", "甲公司工会", "名册 2 人", "到期工会", "没有登记上级的"], ["王五"]),
    ("town", {}, ["渝中区大坪街道 · 社区（村）建会覆盖", "没有写明社区的", "0/1", "80%–100%"], ["王五"]),
    ("annual", {}, ["工会统计年报取数表", "基层工会", "其中女会员", "未登记", "在册会员的性别"], ["王五"]),
    ("laptop", {}, ["电脑丢失处置单", "3 人（到打印这天）", "换恢复码", "第五十七条", "某区总工会"], ["王五", WANG]),
]  # fmt: skip


def test_each_report_says_on_paper_and_sheet_what_the_register_knows(uids: dict[str, str], tmp_path: Path) -> None:
    assert [name for name, *_rest in PAPERS] == list(report_kinds())
    for name, chosen, words, absent in PAPERS:
        report = made(name, **{field: uids.get(value, value) for field, value in chosen.items()})
        told = pages(report, tmp_path / f"{name}.pdf")
        assert name in ("cards", "labels") or f"第 1 页 共 {len(told)} 页" in told[0]
        written = "".join(told).replace("\n", "")
        assert [word for word in words if word not in written] == [], name
        assert [word for word in absent if word in written] == [], name
        handout.write(report, tmp_path / f"{name}.xlsx", "xlsx")
        sheet = openpyxl.load_workbook(tmp_path / f"{name}.xlsx").active
        cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None}
        assert report.title in cells
        assert not any(PHONE in cell or WANG in cell for cell in cells)


def test_visits_go_by_town_and_what_is_overdue_comes_first(author: Author, uids: dict[str, str]) -> None:
    employer_uid = employer(author, "重庆木示例有限公司", 40, "渝中区大坪街道")
    plan_case(case(author, employer_uid), {"next_action": "送材料", "next_action_date": "2026-11-01"}, author)
    report = made("visits")
    towns = {"渝中区大坪街道": ["重庆木示例有限公司", MOON], "沙坪坝区小龙坎街道": [STAR]}
    assert dict(names(report)) == towns
    assert [row[0] for section in report.sections for row in section.rows] == ["1", "2", "3"]
    assert report.totals == "共 3 家，其中逾期 2 家"
    assert [tuple(row[-3:]) for section in report.sections for row in section.rows] == [("", "", "")] * 3


def test_visits_are_narrowed_by_day_organizer_stage_and_region(uids: dict[str, str]) -> None:
    def found(**chosen: Any) -> set[str]:
        return {name for _town, rows in names(made("visits", **chosen)) for name in rows}

    assert found(days=0) == {MOON}
    assert found(day=dt.date(2026, 11, 25), days=0) == {MOON, STAR}
    assert found(organizer="周示例") == {STAR}
    assert found(everything=True) == {MOON, STAR, FIRE}
    assert found(everything=True, organizer="陈示例") == {MOON, FIRE}
    assert found(everything=True, stage="已接触") == {MOON}
    assert found(everything=True, region=load_index(TODAY).resolve("沙坪坝区").uid) == {STAR, FIRE}
    assert found(organizer="无此人") == set()


def test_whoever_has_a_union_is_visited_only_by_appointment_or_by_choosing_the_stage(
    author: Author, uids: dict[str, str]
) -> None:
    for name in (MOON, FIRE):
        edit(author, DriveCase, case(author, uids[name]), stage="已建会")
    report = made("visits", everything=True)
    assert {name for _town, rows in names(report) for name in rows} == {MOON, STAR}, "with MOON there is an appointment"
    assert "全部在办（已建会的除外）" in report.scope
    chosen = made("visits", everything=True, stage="已建会")
    assert {name for _town, rows in names(chosen) for name in rows} == {MOON, FIRE}
    assert chosen.scope.endswith("全部在办")


def test_a_long_visit_list_repeats_its_header_and_leaves_room_to_write(author: Author, tmp_path: Path) -> None:
    for number in range(20):
        employer(author, f"重庆第{number}示例有限公司", 30, "渝中区大坪街道", phone="19900001234")
    reconciled(author)
    report = made("visits", everything=True)
    told = pages(report, tmp_path / "v.pdf")
    assert len(told) > 2
    assert all("见到谁" in text and "态度" in text and "结果" in text for text in told)
    assert "渝中区大坪街道（续）" in "".join(told)
    layout = lay_out(report, "", lambda text, _bold: sum(0.5 if ord(each) < 128 else 1.0 for each in text))
    widths = fit_columns(report, layout.paper[0] - 2 * MARGIN, lambda text, _bold: len(text)).shared
    assert [width / MM >= least for width, least in zip(widths[-3:], (19, 15, 40), strict=True)] == [True] * 3


def test_full_phones_stand_only_where_they_are_wanted(uids: dict[str, str], tmp_path: Path) -> None:
    for name, chosen in (("visits", {}), ("case", {"employer": uids[MOON]})):
        report = made(name, masked=False, **chosen)
        told = "".join(pages(report, tmp_path / "full.pdf"))
        assert PHONE in told
        assert "完整信息" in told


def test_a_file_is_told_as_it_stood_on_a_day_that_is_over(uids: dict[str, str]) -> None:
    def rows(day: str) -> dict[str, list[str]]:
        report = made("case", employer=uids[MOON], day=dt.date.fromisoformat(day))
        return {section.heading: [" ".join(row) for row in section.rows] for section in report.sections}

    now, then = rows("2026-11-22"), rows("2026-05-31")
    assert any("下月再来" in row for row in now["走访联系"])
    assert any("已接触 现在 2026-11-22" in row for row in now["建会阶段"])
    assert "走访联系" not in then, "there was no case yet"
    counts = "人数（每个来源最新的一次）"
    assert (len(now[counts]), len(then[counts])) == (2, 1)


def test_a_report_is_named_after_the_one_it_is_about_else_after_whose_it_is(uids: dict[str, str]) -> None:
    assert made("case", employer=uids[MOON]).subject == MOON
    assert made("terms").subject == "某区总工会"


def test_a_file_of_many_contacts_names_each_table_again(author: Author, uids: dict[str, str], tmp_path: Path) -> None:
    uid = case(author, uids[STAR])
    for number in range(28):
        add_contact(uid, {"date": f"2026-09-{number + 1:02}", "way": "电话", "outcome": f"第{number}次，" + "说了很多" * 30}, author)
    told = pages(made("case", employer=uids[STAR]), tmp_path / "c.pdf")
    assert len(told) > 2
    assert "走访联系（续）" in told[1]
    assert f"一企一档　某区总工会　{STAR}" in told[1]
    assert "见到的人" in told[1]
    assert "说了很多" * 3 in told[1].replace("\n", "")
    assert "…" not in "".join(told)


def test_an_attendance_sheet_without_members_needs_blank_lines(author: Author) -> None:
    uid = union(author, "新工会")
    assert [row[0] for row in made("attendance", union=uid, blank=2).sections[0].rows] == ["1", "2"]
    with pytest.raises(UserError, match="还没有在册会员"):
        made("attendance", union=uid, blank=0)


def test_what_must_be_chosen_is_asked_for_in_a_sentence(author: Author) -> None:
    for name, sentence in (("attendance", "选择一个工会"), ("case", "选择一个单位")):
        with pytest.raises(UserError, match=sentence):
            made(name)
    without = made("targets", year=2025)
    assert without.footnotes[0].startswith("2025 年还没有定目标")
    assert [column.title for column in without.columns] == ["指标", "单位", "实际", "日期不明"], "nothing stands in the others"
    assert report_kinds()["roster"].missing(ReportChoices(TODAY, TODAY))


def test_targets_of_any_period_have_their_paper(author: Author) -> None:
    index = load_index(TODAY)
    union(author, "春天工会", founding_date="2026-02-01", state="正常")
    union(author, "秋天工会", founding_date="2026-09-01", state="正常")
    for period, value in (("2026-Q1", 4), ("2026-H2", 2), ("2026-01-05..2026-09-09", 5)):
        targets.set_target(read_period(period), "new_unions", value, author, index)
        report = made("targets", period=period)
        (row,) = (row for row in report.sections[0].rows if row[0] == "新建工会")
        assert (row[2], row[3]) == (str(value), {"2026-Q1": "1", "2026-H2": "1"}.get(period, "2"))
        assert [column.title for column in report.columns][-2] == "预计期末"
    assert made("targets", period="2026-H2").title == "2026 年下半年任务进度表"
    assert made("targets", period="2026-Q4").footnotes[0].startswith("2026 年第四季度还没有定目标")


def test_what_is_calm_or_put_aside_is_listed_where_it_is_asked_for(author: Author, uids: dict[str, str]) -> None:
    union(author, "平静工会", term_start="2025-01-01", term_years=5, founding_date="2010-01-01")
    assert [row[1] for section in made("terms").sections for row in section.rows] == ["到期工会"]
    listed = made("terms", everything=True)
    assert names(listed) == [("已届满", ["到期工会"]), ("任期内", ["平静工会"])]
    few, all_of_them = made("findings"), made("findings", everything=True)
    assert few.records < all_of_them.records
    assert few.footnotes
    assert not all_of_them.footnotes


def test_the_ledger_of_a_period_and_a_kind_leaves_out_columns_without_a_value(uids: dict[str, str]) -> None:
    report = made("ledger", since=dt.date(2026, 3, 1))
    assert [column.title for column in report.columns] == ["序号", "日期", "事项", "数量", "人次"]
    assert [row[2] for section in report.sections for row in section.rows] == ["工资争议"]
    assert made("ledger", day=dt.date(2026, 1, 31)).sections == []
