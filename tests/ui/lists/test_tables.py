"""Lists on the screen: pages of rows fetched as one scrolls, masked, sorted, searched, copied, exported."""

import logging
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.journal.writer import Author, batch
from models.records.employer import Employer
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.records.worker import Worker
from models.uid import new_uid
from tests.aids.record_pages import column
from tests.aids.speaking import LI, TODAY, WANG, ZHAO, imported_rows
from tests.aids.trailed import kept
from ui.drive.page import DrivePage
from ui.kit.context import Context
from ui.lists.kinds import listings
from ui.lists.model import PAGE_ROWS, RecordsModel
from ui.lists.page import RecordsPage

SHAPINGBA = "沙坪坝区"


def people(author: Author, *rows: tuple[str, str | None, str | None]) -> None:
    """Workers of name, identity number, phone."""
    with batch("edit", author) as writer:
        for name, number, phone in rows:
            writer.create(Worker, {"uid": new_uid(), "name": name, "id_number": number, "phone": phone})


def employer(author: Author, name: str, staff: int | None, region: str | None = None, **values: object) -> str:
    uid = new_uid()
    place = load_index(TODAY).resolve(region).uid if region else None
    with batch("edit", author) as writer:
        writer.create(Employer, {"uid": uid, "name": name, "region": place, "non_public": 1, "operating": 1, **values})
        if staff is not None:
            count = {"uid": new_uid(), "subject": uid, "subject_kind": "单位", "as_of": "2026-06", "staff_count": staff}
            writer.create(HeadCount, count)
    return uid


def page_of(qtbot: QtBot, context: Context, kind: str) -> RecordsPage:
    page = RecordsPage(context, listings()[kind])
    qtbot.addWidget(page)
    page.resize(1100, 600)
    page.show()
    return page


def test_the_model_of_a_listing_keeps_qts_rules(context: Context, author: Author, qtmodeltester: ModelTester) -> None:
    people(author, ("王五", WANG, "19900000001"), ("李六", LI, None))
    model = RecordsModel("workers", context.index, context.jobs)
    model.load()
    qtmodeltester.check(model)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    qtmodeltester.check(model)


def test_rows_are_asked_for_page_by_page(context: Context, author: Author, caplog: pytest.LogCaptureFixture) -> None:
    people(author, *((f"职工{number:05}", None, None) for number in range(3 * PAGE_ROWS)))
    model = RecordsModel("workers", context.index, context.jobs)
    model.load()
    caplog.set_level(logging.DEBUG, "peewee")
    assert model.rowCount() == 3 * PAGE_ROWS
    assert [model.text(row, 0) for row in (0, 20, 2 * PAGE_ROWS, 5)] == [
        "职工00000", "职工00020", f"职工{2 * PAGE_ROWS:05}", "职工00005",
    ]  # fmt: skip
    assert len([record for record in caplog.records if record.name == "peewee"]) == 2


def test_numbers_are_masked_on_the_screen_and_on_the_clipboard(qtbot: QtBot, context: Context, author: Author) -> None:
    people(author, ("王五", WANG, "19900000001"))
    page = page_of(qtbot, context, "workers")
    assert column(page, "phone") == ["199****0001"]
    page.table.selectAll()
    page.table.copy_selected()
    copied = QGuiApplication.clipboard().text()
    assert "王五" in copied
    assert "199****0001" in copied
    assert WANG not in copied
    assert page.counted.text() == "已选 1 / 共 1 条"


def test_full_numbers_need_a_yes_once_and_are_noted(qtbot: QtBot, context: Context, author: Author) -> None:
    people(author, ("王五", WANG, None))
    page = page_of(qtbot, context, "workers")
    page.full.click()
    assert not page.full.isChecked()
    assert WANG not in column(page, "id_number")
    with qtbot.waitSignal(context.jobs.idle):
        context.notices.buttons[0].click()
    assert column(page, "id_number") == [WANG]
    assert [(row.what, row.rows, row.full) for row in kept("unmask")] == [("会员与职工名册", 1, True)]
    page.full.click()
    assert WANG not in column(page, "id_number")
    page.full.click()
    assert column(page, "id_number") == [WANG]


def test_a_header_sorts_up_and_down(qtbot: QtBot, context: Context, author: Author) -> None:
    people(author, ("b", None, None), ("c", None, None), ("a", None, None))
    page = page_of(qtbot, context, "workers")
    assert column(page, "name") == ["b", "c", "a"]
    page.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert column(page, "name") == ["a", "b", "c"]
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert column(page, "name") == ["c", "b", "a"]


def test_search_and_region_narrow_the_list_and_nothing_found_is_said(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    employer(author, "重庆甲示例公司", 30, "沙坪坝区小龙坎街道")
    employer(author, "重庆乙示例公司", 30, "渝中区大坪街道")
    page = page_of(qtbot, context, "employers")
    page.search("乙")
    assert column(page, "name") == ["重庆乙示例公司"]
    page.search("丙")
    assert page.nothing_found.isVisible()
    assert "丙" in page.nothing_found.label.text()
    page.search("")
    page.regions.setCurrentIndex(page.regions.findText(SHAPINGBA))
    assert column(page, "name") == ["重庆甲示例公司"]
    assert column(page, "region") == ["沙坪坝区小龙坎街道"]
    assert column(page, "staff_count") == ["30"]


def test_the_workers_are_listed_by_their_membership(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    rows = [
        ["姓名", "移动电话", "所属工会", "职业类别", "会籍变化类型", "会籍变化日期"],
        ["王五", "19900000001", "重庆丙示例有限公司工会", "外卖配送员", "入会", "2025-03-01"],
        ["李六", "19900000002", "重庆丙示例有限公司工会", None, "保留会籍", "2025-03-01"],
        ["赵八", "19900000003", None, "外卖配送员", "入会", "2025-03-01"],
        ["孙七", "19900000004", None, None, None, None],
    ]
    imported_rows(author, tmp_path, rows)
    page = page_of(qtbot, context, "workers")
    shown = {}
    for place in range(page.people.count()):
        page.people.setCurrentIndex(place)
        page.people.activated.emit(place)
        shown[page.people.itemText(place)] = column(page, "name")
    assert shown == {
        "全部人员": ["王五", "李六", "赵八", "孙七"],
        "在册会员": ["王五"],
        "新就业形态会员": ["王五"],
        "新就业形态未入会": ["赵八"],
        "没有申请书的会员": ["王五"],
        "已离开的人": [],
        "保留会籍": ["李六"],
        "未入会和待落会籍": ["赵八", "孙七"],
    }


def test_only_the_workers_page_asks_for_membership(qtbot: QtBot, context: Context) -> None:
    assert not page_of(qtbot, context, "workers").people.isHidden()
    assert page_of(qtbot, context, "unions").people.isHidden()


def test_an_empty_page_says_what_to_do_first(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "unions")
    assert page.nothing_here.isVisible()
    with qtbot.waitSignal(page.wants_import):
        page.nothing_here.button.click()


def test_a_page_follows_what_changed_elsewhere(qtbot: QtBot, context: Context, author: Author) -> None:
    page = page_of(qtbot, context, "workers")
    people(author, ("王五", WANG, None))
    context.changes.changed.emit({"head_count"})
    assert page.model.rowCount() == 0
    context.changes.changed.emit({"worker"})
    assert column(page, "name") == ["王五"]


def test_a_list_is_exported_as_it_is_filtered_and_masked(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    people(author, ("王五", WANG, "19900000001"), ("赵八", ZHAO, None))
    page = page_of(qtbot, context, "workers")
    page.search("王")
    with qtbot.waitSignal(context.jobs.idle):
        page.export_to(tmp_path / "名单.xlsx")
    written = list(openpyxl.load_workbook(tmp_path / "名单.xlsx").active.values)
    assert written[0][0] == "姓名"
    assert [row[0] for row in written[1:]] == ["王五"]
    assert WANG not in {str(cell) for cell in written[1]}
    assert context.notices.text == "已存为《名单.xlsx》。"


def test_the_shown_columns_are_exported_in_their_order(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    people(author, ("王五", WANG, "19900000001"), ("赵八", ZHAO, None))
    page = page_of(qtbot, context, "workers")
    page.choose_shown(["name", "phone", "sex"])
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    with qtbot.waitSignal(context.jobs.idle):
        page.export_to(tmp_path / "名单.xlsx")
    written = list(openpyxl.load_workbook(tmp_path / "名单.xlsx").active.values)
    assert [row[:3] for row in written] == [
        ("姓名", "移动电话", "性别"), ("赵八", None, None), ("王五", "199****0001", None),
    ]  # fmt: skip


def test_the_first_column_is_pressed_and_opened_like_the_others(qtbot: QtBot, context: Context, author: Author) -> None:
    people(author, ("王五", WANG, None), ("李六", LI, None))
    page = page_of(qtbot, context, "workers")
    page.bar.finding.setFocus()
    place = page.table.visualRect(page.model.index(1, 0)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.focusWidget() is page.table
    assert page.table.selected_rows() == [1]
    with qtbot.waitSignal(page.table.opened) as opened:
        qtbot.mouseDClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [1]


def drive_page(qtbot: QtBot, context: Context) -> DrivePage:
    page = DrivePage(context)
    qtbot.addWidget(page)
    page.resize(1100, 600)
    with qtbot.waitSignal(context.jobs.idle):
        page.show()
    return page


def names(page: DrivePage) -> list[str]:
    return [row.name for row in page.model.items]


@pytest.fixture
def four(author: Author) -> None:
    """Four employers: two on the list, one below the line, one of unknown size."""
    employer(author, "重庆甲示例公司", 30, "沙坪坝区小龙坎街道")
    employer(author, "重庆乙示例公司", 126, "渝中区大坪街道")
    employer(author, "重庆丙示例公司", 8, "渝中区大坪街道")
    employer(author, "重庆丁示例公司", None, "渝中区大坪街道")


@pytest.mark.usefixtures("four")
def test_the_drive_lists_who_should_found_a_union(qtbot: QtBot, context: Context) -> None:
    page = drive_page(qtbot, context)
    assert sorted(names(page)) == ["重庆乙示例公司", "重庆甲示例公司"]
    staff = [each.name for each in page.model.columns].index("staff_count")
    page.table.sortByColumn(staff, Qt.SortOrder.DescendingOrder)
    assert names(page) == ["重庆乙示例公司", "重庆甲示例公司"]
    page.table.sortByColumn(staff, Qt.SortOrder.AscendingOrder)
    assert names(page) == ["重庆甲示例公司", "重庆乙示例公司"]
    page.search("甲")
    assert names(page) == ["重庆甲示例公司"]


@pytest.mark.usefixtures("four")
def test_a_segment_of_the_funnel_shows_its_employers(qtbot: QtBot, context: Context) -> None:
    page = drive_page(qtbot, context)
    assert {group: button.text().split()[-1] for group, button in page.funnel.buttons.items()} == {
        "on_list": "2", "own_union": "0", "joint_union": "0", "possible": "0", "below": "1", "unknown": "1",
    }  # fmt: skip
    page.funnel.buttons["unknown"].click()
    assert names(page) == ["重庆丁示例公司"]
    assert page.model.data(page.model.index(0, 1)) == "—"


@pytest.mark.usefixtures("four")
def test_a_region_narrows_funnel_and_list(qtbot: QtBot, context: Context) -> None:
    page = drive_page(qtbot, context)
    with qtbot.waitSignal(context.jobs.idle):
        page.regions.setCurrentIndex(page.regions.findText("渝中区"))
    assert names(page) == ["重庆乙示例公司"]
    district = page.coverage.index(0, 0)
    assert (page.coverage.rowCount(), district.data()) == (1, "渝中区")
    assert [page.coverage.index(row, 0, district).data() for row in range(page.coverage.rowCount(district))] == ["大坪街道"]


@pytest.mark.usefixtures("four")
def test_the_drives_list_is_exported(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    page = drive_page(qtbot, context)
    with qtbot.waitSignal(context.jobs.idle):
        page.export_to(tmp_path / "应建未建.xlsx")
    written = list(openpyxl.load_workbook(tmp_path / "应建未建.xlsx").active.values)
    assert written[0][:2] == ("单位名称", "职工人数")
    assert {row[:2] for row in written[1:]} == {("重庆甲示例公司", 30), ("重庆乙示例公司", 126)}


@pytest.mark.usefixtures("four")
def test_the_models_of_the_drive_keep_qts_rules(qtbot: QtBot, context: Context, qtmodeltester: ModelTester) -> None:
    page = drive_page(qtbot, context)
    for model in (page.model, page.coverage):
        qtmodeltester.check(model)
        model.sort(0)
        qtmodeltester.check(model)
