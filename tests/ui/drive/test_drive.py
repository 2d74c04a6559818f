"""The page of the drive: list and board over one model, filters, places, whom to see, sources."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.journal.writer import Author
from models.records.drive_case import DriveCase
from tests.aids.case_world import case_of, cover, edit, employer, reconciled, steps, union
from tests.aids.speaking import TODAY
from tests.aids.waiting import shown_page, wait_for_jobs
from ui.drive.page import DrivePage
from ui.kit.context import Context

MOON, STAR, SMALL = "重庆山示例公司", "重庆星示例公司", "重庆小示例公司"


@pytest.fixture
def three(author: Author) -> dict[str, str]:
    """Two employers on the list, each with a case, and one below the line; by name."""
    made = {
        MOON: employer(author, MOON, 126, "渝中区大坪街道"),
        STAR: employer(author, STAR, 30, "沙坪坝区小龙坎街道"),
        SMALL: employer(author, SMALL, 8, "沙坪坝区小龙坎街道"),
    }
    reconciled(author)
    return made


def page_of(qtbot: QtBot, context: Context) -> DrivePage:
    return shown_page(qtbot, context, DrivePage(context), (1180, 640))


def names(page: DrivePage) -> list[str]:
    return sorted(row.name for row in page.model.items)


def cards(page: DrivePage) -> dict[str, list[str]]:
    """What stands in each column of the board that has cards."""
    found = {
        stage: sorted(column.cards.item(column.cards.index(row, 0)).name for row in range(column.cards.rowCount()))
        for stage, column in page.board.columns.items()
    }
    return {stage: listed for stage, listed in found.items() if listed}


def drag(page: DrivePage, name: str, stage: str) -> None:
    """Carry a card to another column as the pointer does: the model's own data, dropped on the column."""
    row = next(row for row, item in enumerate(page.model.items) if item.name == name)
    carried = page.model.mimeData([page.model.index(row, 0)])
    column = page.board.columns[stage]
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.MoveAction, carried, buttons, keys)
    column.dragEnterEvent(enter)
    assert enter.isAccepted()
    column.dropEvent(QDropEvent(QPointF(9, 9), Qt.DropAction.MoveAction, carried, buttons, keys))


def test_the_board_shows_the_list_by_stage(
    qtbot: QtBot, context: Context, author: Author, three: dict[str, str]
) -> None:
    edit(author, DriveCase, case_of(three[STAR])["uid"], stage="筹建中")
    page = page_of(qtbot, context)
    assert cards(page) == {}
    page.tabs.setCurrentWidget(page.board)
    assert cards(page) == {"待筹建": [MOON], "筹建中": [STAR]}
    page.filters.finding.setText("星示例")
    page.filters.narrowed.emit()
    assert cards(page) == {"筹建中": [STAR]}


def test_a_dragged_card_moves_its_case_and_can_be_taken_back(
    qtbot: QtBot, context: Context, three: dict[str, str]
) -> None:
    page = page_of(qtbot, context)
    page.tabs.setCurrentWidget(page.board)
    drag(page, MOON, "已接触")
    wait_for_jobs(qtbot, context)
    assert case_of(three[MOON])["stage"] == "已接触"
    assert cards(page) == {"待筹建": [STAR], "已接触": [MOON]}
    assert context.notices.text == f"“{MOON}”已转到“已接触”。"
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert cards(page) == {"待筹建": [MOON, STAR]}


def test_a_stage_that_would_be_skipped_is_asked_about(qtbot: QtBot, context: Context, three: dict[str, str]) -> None:
    page = page_of(qtbot, context)
    page.tabs.setCurrentWidget(page.board)
    drag(page, MOON, "筹建中")
    wait_for_jobs(qtbot, context)
    assert "已接触、已请示" in context.notices.text
    assert case_of(three[MOON])["stage"] == "待筹建"
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    case = case_of(three[MOON])
    assert case["stage"] == "筹建中"
    assert [(stage, passed) for stage, _day, passed in steps(case["uid"])] == [
        ("待筹建", False), ("已接触", True), ("已请示", True), ("筹建中", False),
    ]  # fmt: skip


def test_a_card_dragged_to_the_union_opens_the_founding_form(
    qtbot: QtBot, context: Context, three: dict[str, str]
) -> None:
    page = page_of(qtbot, context)
    drag(page, MOON, "已建会")
    wait_for_jobs(qtbot, context)
    assert (page.pane.uid, page.pane.tabs.currentWidget()) == (three[MOON], page.pane.founding)
    assert case_of(three[MOON])["stage"] == "待筹建"


def test_a_card_dragged_off_the_list_asks_for_the_reason_and_the_day(
    qtbot: QtBot, context: Context, three: dict[str, str]
) -> None:
    page = page_of(qtbot, context)
    drag(page, MOON, "不再列入")
    asking = page._doing.asking
    assert (list(asking.reasons), asking.day.text()) == (["不足人数", "搬迁", "注销", "其他"], TODAY.isoformat())
    assert not asking.go.isEnabled(), "why is for a person to say"
    asking.reasons["搬迁"].click()
    asking.day.line.setText("2026-10-30")
    asking.go.click()
    wait_for_jobs(qtbot, context)
    case = case_of(three[MOON])
    assert (case["closed_on"], case["closed_because"]) == ("2026-10-30", "搬迁")
    assert names(page) == [STAR]


def test_filters_narrow_the_list_and_what_is_written(
    qtbot: QtBot, context: Context, author: Author, three: dict[str, str], tmp_path: Path
) -> None:
    edit(author, DriveCase, case_of(three[MOON])["uid"], organizer="陈示例", next_action_date="2026-11-02")
    page = page_of(qtbot, context)
    assert names(page) == [MOON, STAR]
    page.filters.organizer.setCurrentIndex(page.filters.organizer.findData("陈示例"))
    assert names(page) == [MOON]
    page.filters.organizer.setCurrentIndex(page.filters.organizer.findText("没有负责人"))
    assert names(page) == [STAR]
    page.filters.clear()
    page.filters.overdue.click()
    assert names(page) == [MOON]
    planned = [each.name for each in page.model.columns].index("next_action_date")
    assert page.model.index(0, planned).data() == "2026-11-02 逾期 20 天"
    page.filters.overdue.click()
    page.filters.size_box.setCurrentIndex(page.filters.size_box.findText("49 人以下"))
    assert names(page) == [STAR]
    page.export_to(tmp_path / "名单.xlsx")
    wait_for_jobs(qtbot, context)
    written = list(openpyxl.load_workbook(tmp_path / "名单.xlsx").active.values)
    assert [row[:2] for row in written[1:]] == [(STAR, 30)]


def test_what_was_added_this_month_is_told_and_listed(
    qtbot: QtBot, context: Context, author: Author, three: dict[str, str]
) -> None:
    edit(author, DriveCase, case_of(three[STAR])["uid"], opened_on="2026-10-08")
    page = page_of(qtbot, context)
    assert page.filters.month.text() == "本月新增 1 家"
    page.filters.month.click()
    assert names(page) == [MOON]


def test_several_employers_get_a_next_step_and_its_date_at_once(
    qtbot: QtBot, context: Context, three: dict[str, str]
) -> None:
    page = page_of(qtbot, context)
    page.table.selectAll()
    page.list.plan.click()
    assert page.list.next_action.hasFocus()
    page.list.next_action.setText("送宣传册")
    page.list.next_date.setText("2026-12-3")
    qtbot.keyClick(page.list.next_date, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    plans = [(case_of(three[name])["next_action"], case_of(three[name])["next_action_date"]) for name in (MOON, STAR)]
    assert plans == [("送宣传册", "2026-12-03")] * 2
    assert context.notices.text == "已给 2 家安排下一步。"
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert [case_of(three[name])["next_action"] for name in (MOON, STAR)] == [None, None]


def test_several_employers_get_an_organizer_at_once(qtbot: QtBot, context: Context, three: dict[str, str]) -> None:
    page = page_of(qtbot, context)
    assert not page.list.several.isVisible()
    page.table.selectAll()
    assert page.list.several.isVisible()
    page.list.organizer.setEditText("陈示例")
    page.list.assign.click()
    wait_for_jobs(qtbot, context)
    assert [case_of(three[name])["organizer"] for name in (MOON, STAR)] == ["陈示例", "陈示例"]
    assert context.notices.text == "2 家已指派给“陈示例”。"
    assert page.table.selected_count == 2


def test_a_number_of_a_place_opens_its_rows(qtbot: QtBot, context: Context, three: dict[str, str]) -> None:
    page = page_of(qtbot, context)
    tree = page.coverage
    shapingba = next(
        index for index in (tree.index(row, 0) for row in range(tree.rowCount())) if index.data() == "沙坪坝区"
    )
    titles = [tree.headerData(column, Qt.Orientation.Horizontal) for column in range(tree.columnCount())]
    counts = dict(zip(titles, (shapingba.siblingAtColumn(column).data() for column in range(len(titles))), strict=True))
    assert (counts["非公单位"], counts["应建未建"], counts["不足人数"]) == ("2", "1", "1")
    assert counts["建会覆盖率"] == "0.0 %"
    town = tree.index(0, titles.index("不足人数"), shapingba)
    page.places.doubleClicked.emit(town)
    assert (names(page), page.tabs.currentWidget()) == ([SMALL], page.list)
    page.of_place.click()
    assert names(page) == [SMALL]
    page.places.doubleClicked.emit(shapingba.siblingAtColumn(titles.index("非公单位")))
    assert names(page) == [SMALL, STAR]


def test_places_that_were_open_stay_open(qtbot: QtBot, context: Context, three: dict[str, str]) -> None:
    page = page_of(qtbot, context)
    first = page.coverage.index(0, 0)
    page.places.doubleClicked.emit(first)
    assert page.places.isExpanded(first)
    page.refresh()
    wait_for_jobs(qtbot, context)
    assert page.places.isExpanded(page.coverage.index(0, 0))


def test_this_week_lists_what_is_due_and_opens_the_file(
    qtbot: QtBot, context: Context, author: Author, three: dict[str, str]
) -> None:
    planned = {"next_action": "送达意见书", "next_action_date": "2026-11-20"}
    edit(author, DriveCase, case_of(three[STAR])["uid"], **planned)
    page = page_of(qtbot, context)
    page.tabs.setCurrentWidget(page.due)
    wait_for_jobs(qtbot, context)
    assert [(row.name, row.task, row.overdue) for row in page.due.model.items] == [(STAR, "送达意见书", 2)]
    model = page.due.model
    shown = [column.name for place, column in enumerate(model.columns)
             if model.index(0, place).data(Qt.ItemDataRole.ForegroundRole)]  # fmt: skip
    assert shown == ["date", "overdue"]  # they stand out as on the first page
    page.due.table.selectRow(0)
    QTest.keyClick(page.due.table, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert page.pane.title.text() == STAR


def test_the_list_and_the_file_are_asked_for_on_paper(
    qtbot: QtBot, context: Context, author: Author, three: dict[str, str]
) -> None:
    page = page_of(qtbot, context)
    page.tabs.setCurrentWidget(page.due)
    wait_for_jobs(qtbot, context)
    page.due.days.setCurrentIndex(1)
    page.due.mine.click()
    with qtbot.waitSignal(page.prints) as asked:
        qtbot.mouseClick(page.due.print, Qt.MouseButton.LeftButton)
    assert asked.args == ["visits", {"days": 14, "organizer": author.person, "region": ""}]
    page.open_case(three[STAR])
    wait_for_jobs(qtbot, context)
    with qtbot.waitSignal(page.prints) as asked:
        qtbot.mouseClick(page.pane.print, Qt.MouseButton.LeftButton)
    assert asked.args == ["case", {"employer": three[STAR]}]


def test_a_pair_of_sources_is_confirmed_or_rejected_for_ever(
    qtbot: QtBot, context: Context, author: Author, three: dict[str, str]
) -> None:
    union(author, f"{MOON}工会委员会")
    union(author, f"{STAR}工会")
    page = page_of(qtbot, context)
    page.tabs.setCurrentWidget(page.sources)
    wait_for_jobs(qtbot, context)
    pairs = [(row.left_name, row.right_name) for row in page.sources.model.items]
    assert sorted(pairs) == [(MOON, f"{MOON}工会委员会"), (STAR, f"{STAR}工会")]
    page.sources.table.selectRow([left for left, _right in pairs].index(STAR))
    page.sources.reject.click()
    wait_for_jobs(qtbot, context)
    assert [row.left_name for row in page.sources.model.items] == [MOON]
    page.sources.table.selectRow(0)
    page.sources.confirm.click()
    wait_for_jobs(qtbot, context)
    assert (page.sources.model.items, names(page)) == ([], [STAR])


def test_a_source_that_lacks_an_employer_is_seen(
    qtbot: QtBot, context: Context, author: Author, three: dict[str, str]
) -> None:
    cover(author, union(author), three[MOON])
    page = page_of(qtbot, context)
    page.tabs.setCurrentWidget(page.sources)
    wait_for_jobs(qtbot, context)
    assert (page.sources.present.currentText(), page.sources.absent.currentText()) == ("税务", "工会登记")
    assert [row.name for row in page.sources.missing_model.items] == [SMALL, STAR]


def test_the_models_of_the_page_keep_qts_rules(
    qtbot: QtBot, context: Context, three: dict[str, str], qtmodeltester: ModelTester
) -> None:
    page = page_of(qtbot, context)
    for part in (page.board, page.due, page.sources):
        page.tabs.setCurrentWidget(part)
        wait_for_jobs(qtbot, context)
    page.tabs.setCurrentWidget(page.board)
    board = page.board.columns["待筹建"].cards
    for model in (page.model, page.coverage, page.due.model, page.sources.model, page.sources.missing_model, board):
        qtmodeltester.check(model)
    assert page.coverage.index(0, 0, QModelIndex()).parent() == QModelIndex()
