"""The first column of a wide list stays in sight while the others scroll: what is painted in a row is always one record's."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QHelpEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolTip
from pytestqt.qtbot import QtBot

from models.journal.writer import Author, batch
from models.records.union import Union
from models.records.worker import Worker
from models.uid import new_uid
from tests.aids.sound_union import SOUND
from tests.aids.waiting import shown_page
from tests.aids.whole_window import list_page, wait
from tests.ui.kit.mouse import dragged, turned
from tests.ui.kit.painted_rows import assert_halves_agree, first_column, in_row, in_title, picture, strip, whole_rows
from ui.health.page import HealthPage
from ui.kit import theme
from ui.kit.context import Context
from ui.kit.frozen import FrozenTable
from ui.kit.tables import Index, Table
from ui.kit.theme import Mode
from ui.lists.kinds import listings
from ui.lists.model import RecordsModel
from ui.lists.page import RecordsPage
from ui.shell.window import Window

#: More than are in sight at once.
ROWS = 60
CONTROL, NO_KEY = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
SELECT = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows


@pytest.fixture(autouse=True)
def sixty(author: Author) -> None:
    """Sixty workers and sixty unions, whose every row is like no other on the left and on the right."""
    with batch("edit", author) as writer:
        for number in range(ROWS):
            phone = f"199{number:04}{number:04}"
            writer.create(Worker, {"uid": new_uid(), "name": f"示例员{number:02}", "phone": phone, "sex": "男"})
            start = f"{2000 + number % 20}-{1 + number // 20:02}-06"
            values = SOUND | {"term_start": start, "chair": f"主席{number:02}", "phone": f"138{number:04}1234"}
            writer.create(Union, {"uid": new_uid(), "name": f"重庆第{number:02}示例公司工会", **values})


@pytest.fixture
def table(qtbot: QtBot, context: Context) -> Iterator[FrozenTable]:
    """The table of the workers' page, too narrow for its columns and with no row selected."""
    page = shown_page(qtbot, context, RecordsPage(context, listings()["workers"]), (744, 540))
    page.activateWindow()
    assert page.table.horizontalScrollBar().maximum() > 200
    page.table.setFocus()
    yield page.table
    page.hide()  # held until here: a table alone does not keep its page


def test_a_person_found_in_the_search_box_stands_beside_their_own_number(
    qtbot: QtBot, opened: Callable[[], Window]
) -> None:
    window = opened()
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(window.search, "0047")
    qtbot.waitUntil(lambda: window.search.results.isVisible() and window.search.results.count() == 2)
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    wait(window)
    page = list_page(window, "workers")
    assert page.pane is not None
    assert page.pane.title.text() == "示例员47"
    assert page.table.selected_rows() == [47]
    assert 47 in whole_rows(page.table)
    assert_halves_agree(qtbot, page.table)


def test_a_union_opened_from_the_terms_stands_beside_its_own_numbers(
    qtbot: QtBot, opened: Callable[[], Window]
) -> None:
    window = opened()
    window.open_page("health")
    wait(window)
    health = window.pages["health"]
    assert isinstance(health, HealthPage)
    health.show_part("terms")
    table = health.terms.table
    last = ROWS - 1
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_End, CONTROL)
    qtbot.waitUntil(lambda: last in whole_rows(table))
    assert_halves_agree(qtbot, table)
    name = table.model().index(last, 0).data()
    qtbot.mouseClick(in_row(table, last)[0], LEFT, pos=in_row(table, last)[1])
    qtbot.mouseDClick(in_row(table, last)[0], LEFT, pos=in_row(table, last)[1])
    wait(window)
    page = list_page(window, "unions")
    page.table.horizontalScrollBar().setValue(page.table.horizontalScrollBar().maximum())
    (row,) = page.table.selected_rows()
    assert window.page_name == "unions"
    assert page.model.text(row, 0) == name
    assert_halves_agree(qtbot, page.table)


@pytest.mark.parametrize("across", [0, 150])
def test_scrolling_moves_both_halves_alike(qtbot: QtBot, table: FrozenTable, across: int) -> None:
    table.horizontalScrollBar().setValue(across)
    bar = table.verticalScrollBar()
    assert_halves_agree(qtbot, table)
    turned(table, -4)
    assert bar.value() > 0
    assert_halves_agree(qtbot, table)
    at = bar.value()
    qtbot.mouseClick(bar, LEFT, pos=QPoint(bar.width() // 2, bar.height() - 4))
    assert bar.value() > at
    assert_halves_agree(qtbot, table)
    for key in (Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_PageDown):
        qtbot.keyClick(table, key, CONTROL if key == Qt.Key.Key_End else NO_KEY)
        table.horizontalScrollBar().setValue(across)
        assert_halves_agree(qtbot, table)


@pytest.mark.parametrize("across", [0, 150])
def test_a_click_on_any_title_sorts_both_halves(qtbot: QtBot, table: FrozenTable, across: int) -> None:
    table.horizontalScrollBar().setValue(across)
    head = table.horizontalHeader()
    for x, first in ((20, "示例员00"), (20, "示例员59")):
        qtbot.mouseClick(in_title(table, x)[0], LEFT, pos=in_title(table, x)[1])
        assert head.sortIndicatorSection() == 0
        assert table.model().index(0, 0).data() == first
        assert_halves_agree(qtbot, table)
    phone = [table.model().headerData(at, Qt.Orientation.Horizontal) for at in range(head.count())].index("移动电话")
    x = head.sectionViewportPosition(phone) + head.sectionSize(phone) // 2
    qtbot.mouseClick(in_title(table, x)[0], LEFT, pos=in_title(table, x)[1])
    assert head.sortIndicatorSection() == phone
    assert table.model().index(0, 0).data() == "示例员00"
    assert_halves_agree(qtbot, table)


def drawn_to(qtbot: QtBot, table: Table, x: int) -> None:
    """Take hold of the first column's right edge in the header and draw it to an x of the viewport."""
    head = table.horizontalHeader().viewport()
    y = head.height() // 2
    qtbot.mouseMove(head, QPoint(5, y))
    assert table.horizontalHeader().cursor().shape() == Qt.CursorShape.ArrowCursor
    qtbot.mouseMove(head, QPoint(table.visualRect(table.indexAt(QPoint(1, 1))).right(), y))
    assert table.horizontalHeader().cursor().shape() == Qt.CursorShape.SplitHCursor
    qtbot.mousePress(head, LEFT, pos=QPoint(table.visualRect(table.indexAt(QPoint(1, 1))).right() + 1, y))
    dragged(head, QPoint(x + 30, y), QPoint(x, y))
    qtbot.mouseRelease(head, LEFT, pos=QPoint(x, y))


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_first_column_looks_alike_however_far_the_others_are_scrolled(
    qtbot: QtBot, table: FrozenTable, mode: Mode
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.use_theme(app, mode)
    table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    table.selectRow(3)
    table.selectionModel().select(table.model().index(6, 0), SELECT)
    before = first_column(table)
    for across in (150, 10, 180, 60):
        table.horizontalScrollBar().setValue(across)
        assert first_column(table) == before
    theme.use_theme(app)


def test_what_changes_is_painted_anew_where_other_columns_are_scrolled(
    qtbot: QtBot, table: FrozenTable
) -> None:
    table.horizontalScrollBar().setValue(150)
    first = picture(table, strip(table, 2, 0, 80))
    table.selectRow(2)
    assert picture(table, strip(table, 2, 0, 80)) != first
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert picture(table, strip(table, 2, 0, 80)) == first
    model, index = table.model(), table.model().index(2, 0)
    assert isinstance(model, RecordsModel)
    model._page(2)[1][2][0] = "改过的名"
    model.dataChanged.emit(index, index)
    assert picture(table, strip(table, 2, 0, 80)) != first


def test_the_first_column_is_pressed_and_opened_where_others_are_scrolled(
    qtbot: QtBot, table: FrozenTable
) -> None:
    table.horizontalScrollBar().setValue(150)
    qtbot.mouseClick(in_row(table, 4)[0], LEFT, pos=in_row(table, 4)[1])
    assert (table.selected_rows(), table.currentIndex().column()) == ([4], 0)
    qtbot.mouseClick(in_row(table, 8)[0], LEFT, Qt.KeyboardModifier.ShiftModifier, in_row(table, 8)[1])
    assert table.selected_rows() == [4, 5, 6, 7, 8]
    with qtbot.waitSignal(table.opened) as opens:
        qtbot.mouseDClick(in_row(table, 8)[0], LEFT, pos=in_row(table, 8)[1])
    assert opens.args == [8]
    assert table.horizontalScrollBar().value() == 150


def test_selecting_with_the_mouse_by_the_names_does_not_scroll_sideways(
    qtbot: QtBot, table: FrozenTable
) -> None:
    table.horizontalScrollBar().setValue(150)
    view, (_widget, at) = table.viewport(), in_row(table, 2, 6)
    qtbot.mousePress(view, LEFT, pos=at)
    dragged(view, *(at + QPoint(-3, down) for down in (30, 60, 90)))
    qtbot.wait(200)  # Qt scrolls every 50 ms while the mouse is held near an edge
    qtbot.mouseRelease(view, LEFT, pos=at + QPoint(-3, 90))
    assert table.selected_rows() == [2, 3, 4, 5]
    assert table.horizontalScrollBar().value() == 150


def test_the_current_cell_never_lies_beneath_the_first_column(qtbot: QtBot, table: FrozenTable) -> None:
    table.selectRow(0)
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left):
        for _step in range(len(table.shown_columns()) - 1):
            qtbot.keyClick(table, key)
            place = table.visualRect(table.currentIndex())
            seen.append(table.currentIndex().column())
            if seen[-1]:
                assert place.left() >= table.frozen_rect().width()
                assert place.right() < table.viewport().width() or place.left() == table.frozen_rect().width()
    assert seen[-1] == 0
    assert max(seen) == table.shown_columns()[-1]


def test_going_from_record_to_record_does_not_scroll_sideways(table: FrozenTable) -> None:
    table.horizontalScrollBar().setValue(150)
    for row in (30, 31, 32, 0):
        table.selectRow(row)
        assert table.selected_rows() == [row]
        assert row in whole_rows(table)
        assert table.horizontalScrollBar().value() == 150


@pytest.mark.parametrize("across", [0, 150])
def test_the_first_columns_edge_is_drawn_and_fitted(qtbot: QtBot, table: FrozenTable, across: int) -> None:
    table.horizontalScrollBar().setValue(across)
    drawn_to(qtbot, table, 200)
    assert table.columnWidth(0) in (199, 200, 201)
    assert table.horizontalHeader().sortIndicatorSection() == -1
    assert_halves_agree(qtbot, table)
    head = table.horizontalHeader().viewport()
    place = QPoint(table.columnWidth(0), head.height() // 2)
    qtbot.mouseDClick(head, LEFT, pos=place)
    qtbot.mouseRelease(head, LEFT, pos=place)
    assert table.columnWidth(0) < 150
    assert_halves_agree(qtbot, table)


def test_tool_tips_of_the_first_column_are_its_own(qtbot: QtBot, table: FrozenTable) -> None:
    table.horizontalScrollBar().setValue(150)
    for (widget, at), said in ((in_row(table, 5), "示例员05"), (in_title(table, 20), "姓名")):
        QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
        assert QToolTip.text() == said
    QToolTip.hideText()


def test_a_first_column_wider_than_the_table_leaves_room_for_the_others(
    qtbot: QtBot, opened: Callable[[], Window]
) -> None:
    window = opened()
    window.open_page("workers")
    window.resize(800, 600)
    wait(window)
    table = list_page(window, "workers").table
    table.setFocus()
    room = table.viewport().width()
    for at in (room // 2, room - 10, room - 4):  # as far as the mouse goes, and on from there
        drawn_to(qtbot, table, at)
    assert table.columnWidth(0) == table.frozen_rect().width() == round(0.6 * room)
    following = next(each for each in table.shown_columns() if each)
    assert table.visualRect(table.model().index(0, following)).left() == round(0.6 * room)
    table.setColumnWidth(0, 3 * room)
    assert table.columnWidth(0) == round(0.6 * room)
    window.resize(1200, 600)  # where there is more room it is as wide as it was wished to be
    wait(window)
    assert table.columnWidth(0) == round(0.6 * table.viewport().width()) > round(0.6 * room)
    window.resize(800, 600)
    wait(window)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    for _step in range(3):
        qtbot.keyClick(table, Qt.Key.Key_Right)
        assert table.visualRect(table.currentIndex()).left() >= table.frozen_rect().width()
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    qtbot.keyClick(table, Qt.Key.Key_Left)
    assert table.visualRect(table.currentIndex()).left() == table.frozen_rect().width()


def test_only_rows_in_sight_are_asked_for(table: FrozenTable, monkeypatch: pytest.MonkeyPatch) -> None:
    table.horizontalScrollBar().setValue(150)
    table.verticalScrollBar().setValue(20)
    picture(table, table.rect())
    asked: set[int] = set()
    data = RecordsModel.data

    def told(model: RecordsModel, index: Index, role: int = 0) -> object:
        asked.add(index.row())
        return data(model, index, role)

    monkeypatch.setattr(RecordsModel, "data", told)
    table.viewport().repaint()
    assert asked == set(range(20, 20 + len(whole_rows(table)) + 1))


def test_the_menu_over_the_first_column_is_the_tables(qtbot: QtBot, table: FrozenTable) -> None:
    table.horizontalScrollBar().setValue(150)
    widget, at = in_row(table, 5)
    shown: list[list[str]] = []

    def leave() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        shown.append([each.text() for each in menu.actions()])
        menu.close()

    qtbot.mouseClick(widget, Qt.MouseButton.RightButton, pos=at)
    QTimer.singleShot(0, leave)
    QApplication.sendEvent(widget, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, widget.mapToGlobal(at)))
    assert table.selected_rows() == [5]
    assert shown == [[each.text() for each in table.actions()]]


@pytest.mark.parametrize(("page", "titles"), [
    ("workers", {"会员与职工"}), ("drive", {"应建未建单位"}), ("health", {"发现", "换届", "保存期限"}),
])  # fmt: skip
def test_every_wide_list_keeps_its_first_column(opened: Callable[[], Window], page: str, titles: set[str]) -> None:
    window = opened()
    window.open_page(page)
    wait(window)
    assert {each.accessibleName() for each in window.pages[page].findChildren(FrozenTable)} == titles
