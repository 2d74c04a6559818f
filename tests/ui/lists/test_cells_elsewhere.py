"""Cells of head counts, of the work ledger, of things that stand, of the drive's list and of own fields: as in any other list."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from models.editing.own_fields import NewField, add_own_fields
from models.journal.history import history
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.ledger.entries import EntryChoice
from models.ledger.entries import entries as ledger_entries
from models.records.drive_case import DriveCase
from models.records.employer import Employer
from models.records.headcount import HeadCount
from models.records.region import load_index
from models.records.site import Site
from tests.aids.case_world import case_of, count, edit, employer, reconciled
from tests.aids.record_pages import page_of
from tests.aids.speaking import TODAY, imported_rows
from tests.aids.typing import type_text
from tests.aids.waiting import shown_page, wait_for_jobs
from tests.figures.test_indicators import TOWN
from tests.sites.test_sites import LIST
from ui.drive.page import DrivePage
from ui.kit.context import Context
from ui.kit.tables import Table
from ui.ledger.page import LedgerPage
from ui.lists.cell_editing import CellEditing
from ui.lists.pasting import PasteDialog, Pasting
from ui.sites.page import SitesPage

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
MOON, STAR, SMALL = "重庆山示例公司", "重庆星示例公司", "重庆小示例公司"
WORK = [
    ["劳动争议调解台账"],
    ["日期", "事项", "数量", "其中办结", "人次", "金额", "所在镇街"],
    ["2026-11-02", "工伤争议", None, None, None, None, "渝中区大坪街道"],
    ["2026-07-08", "工资争议", 3, 2, None, None, TOWN],
]


class Hands:
    """What a person does in one table, with the keyboard."""

    def __init__(self, qtbot: QtBot, context: Context, table: Table, cells: CellEditing, pasting: Pasting) -> None:
        self.qtbot, self.context, self.table, self.cells, self.pasting = qtbot, context, table, cells, pasting

    def stand(self, row: int, name: str) -> None:
        """Put the cursor into a cell; the banner, which is a window of its own here, has taken the keyboard."""
        self.table.window().activateWindow()
        place = self.cells._source.names.index(name)
        self.table.setColumnHidden(place, False)
        self.table.selectRow(row)
        chosen = self.table.selectionModel()
        chosen.setCurrentIndex(self.table.model().index(row, place), chosen.SelectionFlag.NoUpdate)
        self.table.scrollTo(self.table.currentIndex())
        self.table.setFocus()
        self.qtbot.waitUntil(self.table.hasFocus)

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the keyboard is."""
        open_cell = self.cells.cell
        self.qtbot.keyClick(self.table if open_cell is None else open_cell.editor.focusProxy() or open_cell.editor, key, held)

    def write(self, row: int, name: str, text: str) -> None:
        """Type a text over what stands in a cell, and leave it with Enter."""
        self.stand(row, name)
        self.press(Qt.Key.Key_F2)
        assert self.cells.cell is not None, self.context.notices.text
        field = self.cells.cell.editor.findChild(QLineEdit)
        assert field is not None
        field.selectAll()
        type_text(self.qtbot, field, text)
        self.press(Qt.Key.Key_Return)
        wait_for_jobs(self.qtbot, self.context)

    def open_text(self) -> str | None:
        """What stands in the open cell, None while none is open."""
        return None if self.cells.cell is None else self.cells.cell.editor.text()

    def at(self) -> tuple[int, str]:
        """Where the cursor is."""
        index = self.table.currentIndex()
        return index.row(), self.cells._source.names[index.column()]

    def shown(self, name: str) -> list[str]:
        """What the list shows of a field, from the top."""
        model, place = self.table.model(), self.cells._source.names.index(name)
        return [str(model.index(row, place).data() or "") for row in range(model.rowCount())]

    def paste(self, *rows: tuple[str, ...]) -> tuple[list[list[str]], str]:
        """Paste a block and agree to its plan; its lines, and what was said above and of what is left out."""
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))
        seen: list[list[str]] = []
        said: list[str] = []

        def look() -> None:
            dialog = self.pasting.dialog
            if dialog is None or not dialog.isVisible():
                QTimer.singleShot(5, look)
                return
            model = dialog.model
            seen.extend([str(model.index(row, at).data()) for at in range(5)] for row in range(model.rowCount()))
            said.append(dialog.told.text() + dialog.left.text())
            self._agree(dialog)

        QTimer.singleShot(0, look)
        self.qtbot.keyClick(self.table, Qt.Key.Key_V, CTRL)
        self.qtbot.waitUntil(lambda: bool(said))
        wait_for_jobs(self.qtbot, self.context)
        QGuiApplication.clipboard().clear()
        return seen, said[0]

    def _agree(self, dialog: PasteDialog) -> None:
        if dialog.buttons.go.isEnabled():
            self.qtbot.mouseClick(dialog.buttons.go, Qt.MouseButton.LeftButton)
        else:
            dialog.reject()


@pytest.fixture
def counts(qtbot: QtBot, context: Context, author: Author) -> Hands:
    """Two counts of one employer, of which the older one is a range, and one of another."""
    moon, star = employer(author, MOON, None), employer(author, STAR, None)
    count(author, moon, 126)
    count(author, moon, 20, "2025-12-31", staff_count_upper=30, approximate=1, women_staff_count=7)
    count(author, star, 40)
    page = page_of(qtbot, context, "headcounts")
    return Hands(qtbot, context, page.table, page.cells, page.pasting)


@pytest.fixture
def ledger(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> Hands:
    change_setting("home_district", "沙坪坝区", author)
    imported_rows(author, tmp_path, WORK)
    page = shown_page(qtbot, context, LedgerPage(context), (1198, 700))
    return Hands(qtbot, context, page.table, page.work.cells, page.work.pasting)


@pytest.fixture
def sites(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> Hands:
    change_setting("home_district", "沙坪坝区", author)
    imported_rows(author, tmp_path, LIST)
    page = shown_page(qtbot, context, SitesPage(context), (1198, 700))
    return Hands(qtbot, context, page.table, page.work.cells, page.work.pasting)


@pytest.fixture
def drive(qtbot: QtBot, context: Context, author: Author) -> Hands:
    """Two employers on the list, each with a case, and one below the line, all of them listed."""
    for name, staff in ((MOON, 126), (STAR, 30), (SMALL, 8)):
        employer(author, name, staff, "沙坪坝区小龙坎街道")
    reconciled(author)
    page = shown_page(qtbot, context, DrivePage(context), (1180, 640))
    page.funnel.chosen.emit("")
    page.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    return Hands(qtbot, context, page.table, page.list.work.cells, page.list.work.pasting)


def held_count(staff: int) -> HeadCount:
    found: HeadCount = HeadCount.get(HeadCount.staff_count == staff)
    return found


def test_a_count_is_put_right_in_its_cell_and_the_range_beside_it_stays(counts: Hands) -> None:
    row = counts.shown("staff_count").index("20–30")
    before = len(history())
    counts.write(row, "women_staff_count", "9")
    older = held_count(20)
    assert (older.women_staff_count, older.staff_count_upper, older.approximate) == (9, 30, 1)
    counts.write(row, "staff_count", "35")
    assert held_count(35).staff_count_upper is None
    assert len(history()) == before + 2
    assert counts.context.notices.text == f"已改“{MOON} 2025-12-31”的职工人数。"
    counts.context.undoing.undo_last()
    wait_for_jobs(counts.qtbot, counts.context)
    assert held_count(20).staff_count_upper == 30


def test_a_count_keeps_whom_it_counts_and_one_number_at_least(counts: Hands) -> None:
    row = counts.shown("staff_count").index("40")
    counts.stand(row, "subject")
    counts.press(Qt.Key.Key_F2)
    assert "不在格子里改" in counts.context.notices.text
    counts.stand(row, "staff_count")
    counts.press(Qt.Key.Key_Delete)
    wait_for_jobs(counts.qtbot, counts.context)
    assert "请至少留一个人数" in counts.context.notices.text
    assert held_count(40)
    counts.stand(row, "as_of")
    counts.press(Qt.Key.Key_F2)
    counts.qtbot.keyClicks(counts.cells._field, "x")
    counts.press(Qt.Key.Key_Return)
    assert counts.cells.problem.isVisible()
    counts.press(Qt.Key.Key_Escape)
    assert held_count(40).as_of == "2026-06-30"


def test_pasted_counts_are_known_by_unit_day_and_source(counts: Hands) -> None:
    counts.stand(0, "subject")
    header = ("单位名称", "统计日期", "职工人数", "女职工人数")
    seen, said = counts.paste(header, (MOON, "2026-06-30", "130", "60"), (MOON, "", "1", ""), ("没有的公司", "", "2", ""))
    assert [row[1:4] for row in seen] == [["职工人数", "126", "130"], ["女职工人数", "—", "60"]]
    assert f"“{MOON}”有 2 条，不知道是哪一条" in said
    assert "登记册里没有“没有的公司”" in said
    assert "这些列不在格子里改，不贴：单位名称。" in said
    assert held_count(130).women_staff_count == 60


def test_an_entry_of_the_ledger_is_changed_filled_and_taken_back(ledger: Hands) -> None:
    before = len(history())
    ledger.write(0, "people", "12")
    assert ledger.shown("people")[0] == "12"
    assert ledger.at() == (1, "people")
    assert [row["people"] for row in ledger_entries(EntryChoice(), load_index(TODAY))] == [12, None]
    ledger.stand(1, "people")
    ledger.press(Qt.Key.Key_D, CTRL)
    wait_for_jobs(ledger.qtbot, ledger.context)
    ledger.stand(1, "region")
    ledger.press(Qt.Key.Key_D, CTRL)
    wait_for_jobs(ledger.qtbot, ledger.context)
    held = ledger_entries(EntryChoice(), load_index(TODAY))
    assert [row["people"] for row in held] == [12, 12]
    assert {row["region"] for row in held} == {"渝中区大坪街道"}
    assert len(history()) == before + 3
    ledger.context.undoing.undo_last()
    wait_for_jobs(ledger.qtbot, ledger.context)
    assert ledger.shown("region")[1].endswith(TOWN.removeprefix("沙坪坝区"))


def test_an_entry_that_gets_another_day_moves_in_the_list_and_the_cursor_stays_with_it(ledger: Hands) -> None:
    ledger.stand(0, "date")
    ledger.write(0, "date", "2026-03-01")
    assert ledger.shown("title") == ["工资争议", "工伤争议"]
    assert ledger.at() == (0, "date")  # Enter had gone to the next entry, which stands first now
    ledger.write(1, "ledger_kind", "走访")
    assert sorted(ledger.shown("ledger_kind")) == ["劳动争议调解", "走访"]


def test_a_field_that_its_kind_does_not_have_says_so_and_a_wrong_value_stays_open(ledger: Hands) -> None:
    ledger.stand(0, "goods")
    ledger.press(Qt.Key.Key_F2)
    assert ledger.context.notices.text.startswith("“劳动争议调解”没有“物资”这一栏。")
    ledger.write(0, "date", "2030-01-01")
    assert "在今天之后" in ledger.cells.problem.label.text()
    ledger.press(Qt.Key.Key_Escape)
    ledger.stand(0, "date")
    ledger.press(Qt.Key.Key_Delete)
    assert "不能清空" in ledger.context.notices.text
    assert ledger.shown("date") == ["2026-11-02", "2026-07-08"]


def test_a_double_click_on_the_matter_opens_the_entry_and_on_another_cell_the_cell(ledger: Hands) -> None:
    for name, opens in (("quantity", True), ("title", False)):
        ledger.stand(0, name)
        place = ledger.table.visualRect(ledger.table.currentIndex()).center()
        view = ledger.table.viewport()
        ledger.qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
        ledger.qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=place)
        assert (ledger.cells.cell is not None) is opens
        ledger.press(Qt.Key.Key_Escape)


def test_a_block_without_a_header_goes_into_the_ledger_by_place(ledger: Hands) -> None:
    ledger.stand(0, "quantity")
    seen, said = ledger.paste(("5", "4"), ("6", "x"))
    assert said.startswith("没有表头")
    assert [row[1:4] for row in seen if not row[4]] == [["数量", "—", "5"], ["其中办结", "—", "4"], ["数量", "3", "6"]]
    assert [row[1] for row in seen if row[4]] == ["其中办结"]
    assert ledger.shown("quantity") == ["5", "6"]


def test_a_thing_that_stands_is_changed_by_cell_and_by_block(sites: Hands) -> None:
    row = sites.shown("name").index("西永园区驿站")
    sites.write(row, "address", "西永大道3号")
    assert Site.get(Site.name == "西永园区驿站").address == "西永大道3号"
    assert sites.at()[1] == "address"
    sites.write(sites.shown("name").index("西永园区驿站"), "until", "2020-01")
    assert "停用日期早于启用日期" in sites.cells.problem.label.text()
    sites.press(Qt.Key.Key_Escape)
    sites.stand(0, "name")
    _seen, said = sites.paste(("站点名称", "联系人", "电话"), ("三峡广场驿站", "李示例", "19900000005"), ("小龙坎商圈驿站", "", "199****0021"))
    assert "1 格是打了星号的号码，不贴。" in said
    site = Site.get(Site.name == "三峡广场驿站")
    assert (site.contact, site.phone) == ("李示例", "19900000005")


def test_a_covered_number_of_a_thing_is_seen_before_it_is_changed(sites: Hands) -> None:
    row = sites.shown("name").index("小龙坎商圈驿站")
    sites.stand(row, "phone")
    sites.press(Qt.Key.Key_F2)
    assert sites.open_text() is None
    assert "打着星号" in sites.context.notices.text
    sites.qtbot.mouseClick(sites.context.notices.buttons[0], Qt.MouseButton.LeftButton)
    assert sites.open_text() == "19900000021"
    sites.press(Qt.Key.Key_Escape)


def test_the_plan_of_a_case_is_changed_in_the_drives_list(drive: Hands) -> None:
    before = len(history())
    drive.write(0, "next_action", "上门")
    drive.write(0, "next_action_date", "2026-12-05")
    case = DriveCase.get(DriveCase.next_action == "上门")
    assert case.next_action_date == "2026-12-05"
    assert drive.shown("next_action")[0] == "上门"
    assert [past.kind for past in history()[: len(history()) - before]] == ["case", "case"]
    drive.stand(0, "next_action")
    drive.table.selectAll()
    drive.press(Qt.Key.Key_D, CTRL)
    wait_for_jobs(drive.qtbot, drive.context)
    assert {each.next_action for each in DriveCase.select()} == {"上门"}
    assert len(drive.table.selected_rows()) == 3


@pytest.mark.parametrize(("name", "said"), [("stage", "一企一档"), ("staff_count", "人数"), ("region", "用人单位"), ("remarks", "算出来")])
def test_what_the_drives_list_only_shows_says_where_it_is_changed(drive: Hands, name: str, said: str) -> None:
    drive.stand(0, name)
    drive.press(Qt.Key.Key_F2)
    assert drive.cells.cell is None
    assert said in drive.context.notices.text


def test_an_employer_without_a_case_has_nothing_to_plan(drive: Hands) -> None:
    drive.stand(drive.shown("name").index(SMALL), "next_action")
    drive.press(Qt.Key.Key_F2)
    assert drive.cells.cell is None
    assert "还没有建会台账" in drive.context.notices.text


def test_a_block_goes_to_the_cases_of_the_employers_that_it_names(drive: Hands, author: Author) -> None:
    edit(author, DriveCase, case_of(_uid(STAR))["uid"], organizer="旧的")
    drive.stand(0, "name")
    seen, said = drive.paste(("单位名称", "负责人", "下一步"), (STAR, "陈示例", "电话"), (SMALL, "陈示例", ""))
    assert {row[0] for row in seen} == {STAR}
    assert f"登记册里没有“{SMALL}”" in said
    assert DriveCase.get(DriveCase.organizer == "陈示例").next_action == "电话"


def _uid(name: str) -> str:
    return str(Employer.get(Employer.name == name).uid)


@pytest.mark.usefixtures("filled")
def test_an_own_field_is_typed_filled_and_pasted_like_any_other(qtbot: QtBot, context: Context, author: Author) -> None:
    own = NewField("worker", "爱好")
    add_own_fields([own], author)
    page = page_of(qtbot, context, "workers")
    hands = Hands(qtbot, context, page.table, page.cells, page.pasting)
    hands.write(0, own.field, "篮球")
    hands.stand(1, own.field)
    hands.press(Qt.Key.Key_D, CTRL)
    wait_for_jobs(qtbot, context)
    assert hands.shown(own.field) == ["篮球", "篮球"]
    hands.stand(0, "name")
    seen, _said = hands.paste(("姓名", "爱好"), ("李四", "象棋"))
    assert seen == [["李四", "爱好", "篮球", "象棋", ""]]
    assert sorted(hands.shown(own.field)) == ["篮球", "象棋"]
