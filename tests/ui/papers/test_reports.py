"""The reports page as a person uses it: choosing, looking at pages, and taking them away."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from models.drive.case_list import plan_case
from models.journal.writer import Author
from tests.aids.case_world import case, employer
from tests.aids.speaking import LI, WANG, ZHAO, imported_rows
from tests.aids.trailed import kept
from tests.aids.typing import type_day
from tests.aids.waiting import wait_for_jobs
from ui.drive.page import DrivePage
from ui.kit.context import EVERYTHING, Context
from ui.kit.whom import WhomDialog
from ui.papers.page import ReportsPage
from ui.shell.window import Window

HEADER = ["序号", "姓名", "性别", "证件号码", "手机号码", "入会日期"]
YANYU = "重庆砚屿软件技术有限公司工会"
HEJU = "重庆禾榉食品有限公司工会"


@pytest.fixture
def members(author: Author, tmp_path: Path) -> None:
    """Two unions: one of two members in 小龙坎街道, one of a single member."""
    unions: list[list[Any]] = [
        ["工会名称", "所在镇街", "建会日期"], [YANYU, "沙坪坝区小龙坎街道", "2020-01-02"],
        [HEJU, "沙坪坝区天星桥街道", "2020-01-02"],
    ]  # fmt: skip
    imported_rows(author, tmp_path, unions, name="工会组织名单", kind="unions")
    people = [HEADER, [1, "王五", "男", WANG, "19900000001", "2024-05-06"], [2, "李六", "女", LI, "19900000002", "2024-05-06"]]
    imported_rows(author, tmp_path, [["会员名册"], [f"填报单位：{YANYU}"], *people], name="甲")
    one = [HEADER, [1, "赵七", "男", ZHAO, "19900000003", "2024-05-06"]]
    imported_rows(author, tmp_path, [["会员名册"], [f"填报单位：{HEJU}"], *one], name="乙")


def shown_page(qtbot: QtBot, context: Context) -> ReportsPage:
    page = ReportsPage(context)
    qtbot.addWidget(page)
    page.resize(1150, 680)
    page.show()
    wait_for_jobs(qtbot, page._context)
    return page


def names(page: ReportsPage) -> list[list[str]]:
    assert page.report is not None
    return [[row[1] for row in section.rows] for section in page.report.sections]


def test_an_empty_register_says_what_to_do_first(qtbot: QtBot, context: Context) -> None:
    page = shown_page(qtbot, context)
    assert page.nothing_here.isVisible()
    assert "导入" in page.nothing_here.label.text()
    with qtbot.waitSignal(page.wants_import):
        page.nothing_here.button.click()


def test_the_largest_union_is_shown_first(qtbot: QtBot, context: Context, members: None) -> None:
    page = shown_page(qtbot, context)
    assert page.choices.union.name == YANYU
    assert names(page) == [["李六", "王五"]] or names(page) == [["王五", "李六"]]
    assert page.preview.count.text() == "/ 1 页"
    assert not page.preview.page.pixmap().isNull()
    assert page.report is not None
    assert page.report.mark == "已脱敏"
    assert WANG not in str([list(each.rows) for each in page.report.sections])


def test_another_union_is_found_by_a_part_of_its_name(qtbot: QtBot, context: Context, members: None) -> None:
    page = shown_page(qtbot, context)
    page.choices.union.setFocus()
    page.choices.union.setEditText("禾榉")
    qtbot.keyClick(page.choices.union, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, page._context)
    assert page.choices.union.name == HEJU
    assert names(page) == [["赵七"]]


def test_a_whole_district_is_grouped_by_union(qtbot: QtBot, context: Context, members: None) -> None:
    page = shown_page(qtbot, context)
    page.choices.region.setCurrentIndex(page.choices.region.findText("沙坪坝区"))
    wait_for_jobs(qtbot, page._context)
    assert page.choices.union.uid == "", "one or the other"
    assert page.report is not None
    assert sorted(section.heading for section in page.report.sections) == sorted([YANYU, HEJU])


def test_a_place_without_members_says_so(qtbot: QtBot, context: Context, author: Author, members: None, tmp_path: Path) -> None:
    unions = [["工会名称", "所在镇街"], ["重庆棠枝酒店管理有限公司工会", "渝中区解放碑街道"]]
    imported_rows(author, tmp_path, unions, name="丙", kind="unions")
    page = shown_page(qtbot, context)
    page.choices.region.setCurrentIndex(page.choices.region.findText("渝中区"))
    wait_for_jobs(qtbot, page._context)
    assert page.nothing.isVisible()
    assert "没有会员" in page.nothing.label.text()
    assert not page.print.isEnabled()


def test_full_numbers_are_asked_about_first_and_noted(
    qtbot: QtBot, context: Context, members: None, tmp_path: Path
) -> None:
    page = shown_page(qtbot, context)
    page.choices.full.click()
    assert page.choices.masked.isChecked()
    assert "完整的证件号" in context.notices.text
    qtbot.mouseClick(context.notices.buttons[0], Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, page._context)
    assert page.report is not None
    assert page.report.mark == "完整信息"
    assert WANG in str([list(each.rows) for each in page.report.sections])
    assert [(row.what, row.rows) for row in kept("unmask")] == [("工会会员花名册", len(page.report.sections[0].rows))]
    page.save_to(tmp_path / "花名册.pdf")
    wait_for_jobs(qtbot, page._context)
    assert [(row.file, row.full) for row in kept("export")] == [("花名册.pdf", True)]


def test_the_roster_is_saved_as_pdf_and_as_workbook(qtbot: QtBot, context: Context, members: None, tmp_path: Path) -> None:
    page = shown_page(qtbot, context)
    type_day(qtbot, page.choices.day, "2026-07-01")
    wait_for_jobs(qtbot, page._context)
    for name in ("花名册.pdf", "花名册.xlsx"):
        page.save_to(tmp_path / name)
        wait_for_jobs(qtbot, page._context)
        assert context.notices.text == f"已存为《{name}》。"
    text = PdfReader(tmp_path / "花名册.pdf").pages[0].extract_text()
    assert "王五" in text
    assert "2026-07-01" in text
    assert WANG not in text
    sheet = openpyxl.load_workbook(tmp_path / "花名册.xlsx").active
    assert sheet is not None
    assert any("王五" in row for row in sheet.iter_rows(values_only=True))


def test_pages_are_turned_and_enlarged(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> None:
    people = [[n, f"会员{'甲乙丙丁戊己庚辛壬癸'[n % 10]}", "女", "", f"1990000{n:04}", "2024-05-06"] for n in range(60)]
    imported_rows(author, tmp_path, [["会员名册"], [f"填报单位：{YANYU}"], HEADER, *people])
    page = shown_page(qtbot, context)
    pages = page.preview.number.maximum()
    assert pages > 1
    assert not page.preview.before.isEnabled()
    first = page.preview.page.pixmap().toImage()
    qtbot.mouseClick(page.preview.after, Qt.MouseButton.LeftButton)
    assert page.preview.number.value() == 2
    assert page.preview.page.pixmap().toImage() != first
    page.preview.number.setValue(pages)
    assert not page.preview.after.isEnabled()
    page.preview.zoom.setCurrentIndex(page.preview.zoom.findText("200%"))
    assert page.preview.page.width() == round(297 / 25.4 * 96 * 2)


def test_the_page_follows_what_is_imported(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> None:
    page = shown_page(qtbot, context)
    rows = [["会员名册"], [f"填报单位：{YANYU}"], HEADER, [1, "王五", "男", WANG, "19900000001", "2024-05-06"]]
    imported_rows(author, tmp_path, rows)
    context.changes.changed.emit({"worker", "union"})
    wait_for_jobs(qtbot, page._context)
    assert names(page) == [["王五"]]


def test_thinking_better_of_printing_prints_nothing(qtbot: QtBot, context: Context, members: None) -> None:
    page = shown_page(qtbot, context)
    seen: list[str] = []

    def refuse() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, WhomDialog):
            QTimer.singleShot(300, refuse)
            dialog.go.click()
        if isinstance(dialog, QPrintDialog):
            seen.append("dialog")
            dialog.reject()

    QTimer.singleShot(300, refuse)
    qtbot.mouseClick(page.print, Qt.MouseButton.LeftButton)
    assert seen == ["dialog"]
    assert context.notices.text == ""


def choose(qtbot: QtBot, page: ReportsPage, title: str) -> None:
    (item,) = page.kinds.findItems(title, Qt.MatchFlag.MatchExactly)
    page.kinds.setCurrentItem(item)
    wait_for_jobs(qtbot, page._context)


def offered(page: ReportsPage) -> set[str]:
    """The choices that can be seen."""
    return {name for name, parts in page.choices._parts.items() if parts[0].isVisible()}


def test_each_report_shows_its_own_choices_and_keeps_them(qtbot: QtBot, context: Context, members: None) -> None:
    page = shown_page(qtbot, context)
    assert offered(page) == {"union", "region", "day", "full"}
    choose(qtbot, page, "会议签到表")
    assert offered(page) == {"union", "blank"}
    assert page.choices.union.currentText() == "请选择工会"
    assert page.nothing.label.text() == "请先选择一个工会。"
    assert not page.pdf.isEnabled()
    page.choices.union.setCurrentIndex(page.choices.union.findText(HEJU))
    page.choices.blank.setValue(2)
    wait_for_jobs(qtbot, page._context)
    assert names(page) == [["赵七", "", ""]]
    choose(qtbot, page, "会员花名册")
    assert page.choices.union.name == YANYU
    choose(qtbot, page, "换届提醒")
    page.choices.everything.click()
    wait_for_jobs(qtbot, page._context)
    assert sorted(names(page)[0]) == sorted([YANYU, HEJU])
    choose(qtbot, page, "会议签到表")
    assert (page.choices.union.name, page.choices.blank.value(), names(page)) == (HEJU, 2, [["赵七", "", ""]])
    choose(qtbot, page, "换届提醒")
    assert page.choices.everything.isChecked()


def test_every_report_can_be_chosen_and_shows_a_page_or_says_why_not(qtbot: QtBot, context: Context, members: None) -> None:
    page = shown_page(qtbot, context)
    for row in range(page.kinds.count()):
        page.kinds.setCurrentRow(row)
        wait_for_jobs(qtbot, page._context)
        shown = page.report is not None
        assert page.preview.isVisible() == page.print.isEnabled() == shown
        assert shown or page.nothing.label.text().endswith("。"), page.kind.name
        assert offered(page) == set(page.kind.takes) - ({"year"} if "period" in page.kind.takes else set()), "one of the two"


def test_agreeing_to_full_numbers_in_one_report_is_not_agreeing_in_another(
    qtbot: QtBot, context: Context, author: Author, members: None
) -> None:
    uid = employer(author, "重庆月示例有限公司", 60, "渝中区大坪街道", phone="19900000077")
    plan_case(case(author, uid), {"next_action": "上门走访", "next_action_date": "2026-11-10"}, author)
    page = shown_page(qtbot, context)
    page.choices.full.click()
    ask = context.notices.buttons[0]
    choose(qtbot, page, "走访和电话清单")
    qtbot.mouseClick(ask, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, page._context)
    assert "199****0077" in str(page.report)
    page.choices.full.click()
    qtbot.mouseClick(context.notices.buttons[0], Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, page._context)
    assert "19900000077" in str(page.report)
    choose(qtbot, page, "会员花名册")
    choose(qtbot, page, "走访和电话清单")
    assert page.choices.masked.isChecked()
    assert "199****0077" in str(page.report)


def test_a_report_is_asked_for_from_elsewhere_with_its_choices(
    qtbot: QtBot, context: Context, author: Author, members: None, tmp_path: Path
) -> None:
    small = employer(author, "重庆小示例有限公司", 3, "渝中区大坪街道")
    large = employer(author, "重庆月示例有限公司", 60, "渝中区大坪街道")
    plan_case(case(author, large), {"next_action": "上门走访", "next_action_date": "2026-12-10"}, author)
    page = shown_page(qtbot, context)
    page.show_report("case", employer=small)
    wait_for_jobs(qtbot, page._context)
    assert page.kind.name == "case"
    assert page.choices.employer.name == "重庆小示例有限公司", "though it has no case"
    page.save_to(tmp_path / "一企一档.pdf")
    wait_for_jobs(qtbot, page._context)
    assert "重庆小示例有限公司" in PdfReader(tmp_path / "一企一档.pdf").pages[0].extract_text()
    page.show_report("visits", days=30, organizer="无此人")
    wait_for_jobs(qtbot, page._context)
    assert (page.choices.days.currentText(), page.choices.organizer.currentText()) == ("30 天以内", "无此人")
    assert names(page) == []
    page.show_report("visits", days=30)
    wait_for_jobs(qtbot, page._context)
    assert page.report is not None
    assert page.report.records == 1


def test_the_window_opens_the_reports_page_at_what_another_page_asks_for(qtbot: QtBot, context: Context, members: None) -> None:
    window = Window(context)
    qtbot.addWidget(window)
    window.show()
    drive, page = window.pages["drive"], window.pages["reports"]
    assert isinstance(drive, DrivePage)
    assert isinstance(page, ReportsPage)
    drive.prints.emit("visits", {"days": 14, "organizer": "", "region": ""})
    wait_for_jobs(qtbot, page._context)
    assert (window.page_name, page.kind.name, page.choices.days.currentData()) == ("reports", "visits", 14)
    assert page.report is not None


def test_what_is_half_typed_for_any_report_stays_when_others_write(qtbot: QtBot, context: Context, members: None) -> None:
    page, lost = shown_page(qtbot, context), []
    for row in range(page.kinds.count()):
        page.kinds.setCurrentRow(row)
        wait_for_jobs(qtbot, context)
        shown = [each for each in page.choices.findChildren(QLineEdit) if each.isVisible() and each.isEnabled()]
        before = {field: field.text() for field in shown}
        for field in shown:
            field.setText("20")
            field.textEdited.emit("20")
        kept = [field for field in shown if field.text() == "20"]
        context.changes.tell_of_others(EVERYTHING)
        wait_for_jobs(qtbot, context)
        lost += [f"{page.kind.title}: {type(each.parent()).__name__}" for each in kept if each.text() != "20"]
        for field, text in before.items():
            field.setText(text)
    assert lost == []


def test_a_report_that_is_made_anew_stays_at_the_page_that_is_looked_at(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path, members: None
) -> None:
    many = [[number, f"职工{number}", "男", None, None, "2024-05-06"] for number in range(1, 120)]
    imported_rows(author, tmp_path, [["会员名册"], [f"填报单位：{YANYU}"], HEADER, *many], name="丙")
    page = shown_page(qtbot, context)
    assert page.preview.number.maximum() > 2
    page.preview.after.click()
    context.changes.tell_of_others(EVERYTHING)
    wait_for_jobs(qtbot, context)
    assert page.preview.number.value() == 2
    page.choices.union.choose("")
    page.choices.changed.emit()
    wait_for_jobs(qtbot, context)
    page.choices.draft.setChecked(True)
    wait_for_jobs(qtbot, context)
    assert page.preview.number.value() == 1
