"""Several records open beside a list, one tab each."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from tests.aids.record_pages import page_of, typed
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import Context
from ui.lists.page import RecordsPage
from ui.record.pane import RecordPane

pytestmark = pytest.mark.usefixtures("filled")
_MIDDLE, _LEFT = Qt.MouseButton.MiddleButton, Qt.MouseButton.LeftButton
_BESIDE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> RecordsPage:
    """Both people, of whom 王五 is open."""
    shown = page_of(qtbot, context, "workers")
    shown.table.selectRow(0)
    qtbot.keyClick(shown.table, Qt.Key.Key_Return)
    return shown


def pane_of(page: RecordsPage) -> RecordPane:
    assert page.pane is not None
    return page.pane


def tabs(page: RecordsPage) -> tuple[list[str], str, str]:
    """The titles of the tabs, the one that is marked, and whose form is seen."""
    pane = pane_of(page)
    bar = pane.opened
    titles = [bar.tabText(at) for at in range(bar.count())] if bar.isVisible() else []
    return titles, bar.tabText(bar.currentIndex()), pane.form.editors["name"].text()


def press_middle(qtbot: QtBot, page: RecordsPage, row: int) -> None:
    place = page.table.visualRect(page.model.index(row, 0)).center()
    qtbot.mouseClick(page.table.viewport(), _MIDDLE, pos=place)


def press_tab(qtbot: QtBot, page: RecordsPage, at: int) -> None:
    bar = pane_of(page).opened
    qtbot.mouseClick(bar, _LEFT, pos=bar.tabRect(at).topLeft() + QPoint(12, 8))


def test_the_middle_button_opens_a_row_beside_and_each_tab_leads_back(qtbot: QtBot, page: RecordsPage) -> None:
    assert tabs(page)[0] == []
    press_middle(qtbot, page, 1)
    assert tabs(page) == (["王五", "李四"], "李四", "李四")
    assert page.table.selected_rows() == [1]
    press_tab(qtbot, page, 0)
    assert tabs(page) == (["王五", "李四"], "王五", "王五")
    qtbot.keyClick(pane_of(page).form.editors["name"], Qt.Key.Key_PageDown, Qt.KeyboardModifier.AltModifier)
    assert tabs(page)[1:] == ("李四", "李四")
    press_middle(qtbot, page, 0)  # it is open already
    assert tabs(page) == (["王五", "李四"], "王五", "王五")


def test_the_selected_ones_open_each_in_a_tab_and_escape_closes_one_after_another(qtbot: QtBot, page: RecordsPage) -> None:
    pane_of(page).leave()
    page.table.selectAll()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_Return, _BESIDE)
    assert tabs(page) == (["王五", "李四"], "李四", "李四")
    qtbot.keyClick(pane_of(page).form.editors["name"], Qt.Key.Key_Escape)
    assert tabs(page) == ([], "王五", "王五")
    qtbot.keyClick(pane_of(page).form.editors["name"], Qt.Key.Key_Escape)
    assert pane_of(page).isHidden()


def test_what_is_not_saved_is_asked_about_before_another_tab_shows(
    qtbot: QtBot, page: RecordsPage, context: Context
) -> None:
    press_middle(qtbot, page, 1)
    typed(pane_of(page), "note", "半句")
    press_tab(qtbot, page, 0)
    assert tabs(page)[1:] == ("李四", "李四")
    assert context.notices.text.startswith("“李四”有没保存的修改")
    qtbot.mouseClick(context.notices.buttons[-1], _LEFT)
    assert tabs(page)[1:] == ("王五", "王五")
    press_tab(qtbot, page, 1)
    assert pane_of(page).form.editors["note"].text() == ""


def test_a_tab_has_the_new_name_and_the_one_before_is_shown_when_it_is_left(
    qtbot: QtBot, page: RecordsPage, context: Context
) -> None:
    press_middle(qtbot, page, 1)
    typed(pane_of(page), "name", "李肆")
    pane_of(page).save()
    wait_for_jobs(qtbot, context)
    assert tabs(page)[0] == ["王五", "李肆"]
    pane_of(page).leave()
    assert tabs(page) == ([], "王五", "王五")
    assert pane_of(page).isVisible()


def test_a_tab_is_closed_by_its_sign_and_no_more_than_eight_stand_open(qtbot: QtBot, page: RecordsPage) -> None:
    bar = pane_of(page).opened
    press_middle(qtbot, page, 1)
    press_tab(qtbot, page, 0)
    sign = bar.tabButton(1, QTabBar.ButtonPosition.RightSide) or bar.tabButton(1, QTabBar.ButtonPosition.LeftSide)
    qtbot.mouseClick(sign, _LEFT)
    assert tabs(page) == ([], "王五", "王五")
    for number in range(12):
        bar.begin()
        bar.follow(f"{number}", f"第{number}人")
    assert bar.count() == 8
    assert bar.tabText(bar.currentIndex()) == "第11人"
