"""Cells of a list changed in place, with the keyboard and the mouse."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models.editing.bulk import set_field
from models.journal.history import history
from models.journal.writer import Author
from models.records.union import Union
from models.records.worker import Worker
from tests.aids.record_pages import EMPLOYER, OTHER, UNION, column, page_of
from tests.aids.speaking import TODAY, WANG, listed
from tests.aids.trailed import kept
from tests.aids.typing import strike, type_text
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import Context
from ui.lists.page import RecordsPage

pytestmark = pytest.mark.usefixtures("filled")

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> RecordsPage:
    return page_of(qtbot, context, "workers")


def stand(page: RecordsPage, row: int, name: str) -> QPoint:
    """Put the cursor into a cell, with its column in sight; where it is."""
    place = [each.name for each in page.model.columns].index(name)
    page.table.setColumnHidden(place, False)
    index = page.model.index(row, place)
    page.table.scrollTo(index)
    page.table.selectRow(row)
    page.table.selectionModel().setCurrentIndex(index, page.table.selectionModel().SelectionFlag.NoUpdate)
    page.table.setFocus()
    return page.table.visualRect(index).center()


def line(page: RecordsPage) -> QLineEdit:
    """The field of the open cell."""
    assert page.cells is not None
    assert page.cells.cell is not None
    found = page.cells.cell.editor.findChild(QLineEdit)
    assert found is not None
    return found


def press(qtbot: QtBot, page: RecordsPage, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is: in the open cell, or else in the table."""
    assert page.cells is not None
    field: QWidget = page.table
    if page.cells.cell is not None:
        field = page.cells.cell.editor.focusProxy() or page.cells.cell.editor
    qtbot.keyClick(field, key, held)


def at(page: RecordsPage) -> tuple[int, str]:
    """The cell where the cursor is."""
    index = page.table.currentIndex()
    return index.row(), page.model.columns[index.column()].name


def test_f2_opens_the_cell_enter_writes_one_batch_and_ctrl_z_takes_it_back(
    qtbot: QtBot, page: RecordsPage, context: Context
) -> None:
    before = len(history())
    stand(page, 0, "note")
    press(qtbot, page, Qt.Key.Key_F2)
    type_text(qtbot, line(page), "积极分子")
    press(qtbot, page, Qt.Key.Key_Return)
    assert at(page) == (1, "note")
    wait_for_jobs(qtbot, context)
    assert column(page, "note") == ["积极分子", ""]
    assert len(history()) == before + 1
    assert context.notices.text == "已改“王五”的备注。"
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert column(page, "note") == ["", ""]


def test_typing_takes_the_place_of_what_stood_there_and_escape_gives_up(
    qtbot: QtBot, page: RecordsPage, context: Context
) -> None:
    before = len(history())
    stand(page, 0, "native_place")
    qtbot.keyClicks(page.table, "x")
    assert line(page).text() == "x"
    press(qtbot, page, Qt.Key.Key_Escape)
    assert not is_open(page)
    assert page.table.hasFocus()
    wait_for_jobs(qtbot, context)
    assert len(history()) == before


def is_open(page: RecordsPage) -> bool:
    return page.cells is not None and page.cells.cell is not None


def test_an_input_method_writes_into_the_cell(qtbot: QtBot, page: RecordsPage, context: Context) -> None:
    stand(page, 0, "native_place")
    for preedit, commit in (("chong", ""), ("chongq", ""), ("", "重庆")):
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QApplication.sendEvent(line(page) if has_keyboard(page) else page.table, event)
    assert line(page).text() == "重庆"
    press(qtbot, page, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert column(page, "native_place")[0] == "重庆"


def has_keyboard(page: RecordsPage) -> bool:
    return page.cells is not None and page.cells.cell is not None and page.cells.cell.editor.hasFocus()


def test_a_double_click_opens_a_cell_and_on_the_name_the_record(qtbot: QtBot, page: RecordsPage) -> None:
    place, view = stand(page, 1, "sex"), page.table.viewport()
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert page.cells is not None
    assert page.cells.cell is not None
    assert page.cells.cell.column.name == "sex"
    press(qtbot, page, Qt.Key.Key_Escape)
    place = stand(page, 1, "name")
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=place)
    assert not is_open(page)
    assert page.pane is not None
    assert page.pane.title.text() == "李四"


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        ("education", "本科", "本科"),
        ("application_date", "25年6月", "2025-06"),
        ("migrant_worker", "是", "是"),
        ("ethnicity", "tujia", "土家族"),
        ("residence_region", "渝中区", "渝中区"),
        ("employer", EMPLOYER, EMPLOYER),
    ],
)
def test_each_kind_has_its_own_editor(
    qtbot: QtBot, page: RecordsPage, context: Context, name: str, typed: str, shown: str
) -> None:
    stand(page, 0, name)
    press(qtbot, page, Qt.Key.Key_F2)
    field = line(page)
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    type_text(qtbot, field, typed)
    strike(page, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: page.cells is not None and page.cells.cell is None)
    wait_for_jobs(qtbot, context)
    assert column(page, name)[0].endswith(shown)


def test_what_is_refused_stays_open_with_its_reason_and_keeps_the_old_value(
    qtbot: QtBot, page: RecordsPage, context: Context, author: Author
) -> None:
    set_field("worker", [Worker.get(Worker.name == "王五").uid], "application_date", "2024-05-01", author, TODAY, context.index)
    page.refresh()
    stand(page, 0, "application_date")
    press(qtbot, page, Qt.Key.Key_F2)
    type_text(qtbot, line(page), "某天")
    press(qtbot, page, Qt.Key.Key_Return)
    assert page.cells is not None
    assert page.cells.problem.isVisible()
    assert page.cells.problem.label.text().endswith("按 Esc 放弃。")
    assert at(page) == (0, "application_date")
    page.bar.finding.setFocus()  # clicked elsewhere: it does not go away unsaid
    assert is_open(page)
    press(qtbot, page, Qt.Key.Key_Escape)
    wait_for_jobs(qtbot, context)
    assert Worker.get(Worker.name == "王五").application_date == "2024-05-01"


def test_what_the_identity_number_says_otherwise_is_told_and_nothing_is_written(
    qtbot: QtBot, page: RecordsPage, context: Context
) -> None:
    stand(page, 0, "birth_date")
    qtbot.keyClicks(page.table, "1")
    type_text(qtbot, line(page), "990-01-01")
    press(qtbot, page, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert context.notices.text == "没有改：出生日期与证件号码不一致，以证件号码为准。"


def test_tab_goes_to_the_next_cell_that_can_be_changed_and_over_the_end_of_the_row(qtbot: QtBot, page: RecordsPage) -> None:
    page.choose_shown(["name", "sex", "membership_state", "note"])
    stand(page, 0, "sex")
    seen = []
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        press(qtbot, page, Qt.Key.Key_F2)
        press(qtbot, page, key)
        seen.append(at(page))
    assert seen == [(0, "note"), (1, "name"), (0, "note")]


def test_ctrl_enter_fills_the_selection_as_one_batch(qtbot: QtBot, page: RecordsPage, context: Context) -> None:
    before = len(history())
    stand(page, 0, "education")
    page.table.selectAll()
    press(qtbot, page, Qt.Key.Key_F2)
    type_text(qtbot, line(page), "大专")
    press(qtbot, page, Qt.Key.Key_Return, CTRL)
    wait_for_jobs(qtbot, context)
    assert column(page, "education") == ["大专", "大专"]
    assert context.notices.text == "已填 2 条的学历。"
    assert len(history()) == before + 1


def test_ctrl_d_fills_down_and_delete_empties(qtbot: QtBot, page: RecordsPage, context: Context, author: Author) -> None:
    first = Worker.get(Worker.name == "王五").uid
    set_field("worker", [first], "education", "硕士", author, TODAY, context.index)
    page.refresh()
    stand(page, 1, "education")
    press(qtbot, page, Qt.Key.Key_D, CTRL)
    wait_for_jobs(qtbot, context)
    assert column(page, "education") == ["硕士", "硕士"]
    page.table.selectAll()
    press(qtbot, page, Qt.Key.Key_Delete)
    wait_for_jobs(qtbot, context)
    assert column(page, "education") == ["", ""]
    assert context.notices.text == "已清空 2 条的学历。"


def test_another_record_and_a_place_are_filled_down_by_what_they_are(
    qtbot: QtBot, page: RecordsPage, context: Context
) -> None:
    stand(page, 0, "employer")
    press(qtbot, page, Qt.Key.Key_Delete)
    wait_for_jobs(qtbot, context)
    assert column(page, "employer") == ["", EMPLOYER]
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    stand(page, 1, "employer")
    press(qtbot, page, Qt.Key.Key_D, CTRL)
    wait_for_jobs(qtbot, context)
    assert listed("workers", "employer") == [(EMPLOYER,), (EMPLOYER,)]


@pytest.mark.parametrize(
    ("name", "key", "said"),
    [
        ("membership_state", Qt.Key.Key_F2, "会籍变动"),
        ("union", Qt.Key.Key_F2, "会籍变动"),
        ("name", Qt.Key.Key_D, "各不相同"),
        ("name", Qt.Key.Key_Delete, "不能清空"),
    ],
)
def test_a_cell_that_cannot_be_changed_says_why(
    qtbot: QtBot, page: RecordsPage, context: Context, name: str, key: Qt.Key, said: str
) -> None:
    stand(page, 1, name)
    press(qtbot, page, key, CTRL if key == Qt.Key.Key_D else Qt.KeyboardModifier.NoModifier)
    assert said in context.notices.text
    assert not is_open(page)


def test_a_covered_number_is_shown_with_one_click_or_f8_and_then_changed(
    qtbot: QtBot, page: RecordsPage, context: Context
) -> None:
    stand(page, 0, "phone")
    qtbot.keyClicks(page.table, "1")
    assert not is_open(page)
    assert "打着星号" in context.notices.text
    qtbot.mouseClick(context.notices.buttons[0], Qt.MouseButton.LeftButton)
    assert line(page).text() == "19900000001"
    type_text(qtbot, line(page), "19900000009")
    press(qtbot, page, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert listed("workers", "phone")[0] == ("19900000009",)
    stand(page, 1, "phone")
    press(qtbot, page, Qt.Key.Key_F8)
    assert line(page).text() == "19900000002"
    wait_for_jobs(qtbot, context)
    assert [(row.rows, row.full) for row in kept("unmask")] == [(1, True), (1, True)]
    press(qtbot, page, Qt.Key.Key_Escape)
    assert WANG not in column(page, "id_number")


def test_the_question_about_a_covered_number_goes_with_its_list(qtbot: QtBot, page: RecordsPage, context: Context) -> None:
    stand(page, 0, "phone")
    qtbot.keyClicks(page.table, "1")
    assert "打着星号" in context.notices.text
    page.hide()
    assert context.notices.text == ""
    page.show()
    context.notices.ask("别的问题")
    page.hide()
    assert context.notices.text == "别的问题"


def test_an_open_cell_goes_with_its_record_when_the_list_is_sorted(
    qtbot: QtBot, page: RecordsPage, context: Context
) -> None:
    stand(page, 0, "note")
    press(qtbot, page, Qt.Key.Key_F2)
    type_text(qtbot, line(page), "随行")
    page.model.sort(0, Qt.SortOrder.AscendingOrder)
    press(qtbot, page, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert Worker.get(Worker.name == "王五").note == "随行"
    assert Worker.get(Worker.name == "李四").note is None


def test_a_union_that_is_renamed_keeps_its_old_name_and_one_with_members_does_not_end_in_a_fill(
    qtbot: QtBot, context: Context
) -> None:
    page = page_of(qtbot, context, "unions")
    stand(page, 0, "name")
    press(qtbot, page, Qt.Key.Key_F2)
    type_text(qtbot, line(page), "重庆新名工会")
    press(qtbot, page, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert Union.get(Union.name == "重庆新名工会").former_names == UNION
    stand(page, 0, "state")
    page.table.selectAll()
    press(qtbot, page, Qt.Key.Key_F2)
    line(page).selectAll()
    type_text(qtbot, line(page), "撤销")
    press(qtbot, page, Qt.Key.Key_Return, CTRL)
    wait_for_jobs(qtbot, context)
    assert "撤销工会要先问会员的会籍" in context.notices.text
    assert {row.state for row in Union.select()} <= {None, "正常"}
    assert OTHER in column(page, "name")
