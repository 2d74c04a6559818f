"""More columns than one stay in sight while the others scroll: painted, clicked, dragged and filtered as they are seen."""

import importlib
import pkgutil
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import ui
from models.engine import database
from models.records.worker import Worker
from models.register.laptop import read_laptop
from models.uid import new_uid
from tests.aids.record_pages import page_of
from tests.ui.kit.mouse import dragged
from tests.ui.kit.painted_rows import picture
from ui.kit.context import Context
from ui.kit.frozen import FrozenHeader, FrozenTable
from ui.lists.page import RecordsPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> RecordsPage:
    """Thirty people, each of another sex, phone and place of birth, in a list that is too narrow for its columns."""
    rows = ((new_uid(), f"示例员{number:02}", "男女"[number % 2], f"籍贯{number:02}") for number in range(30))
    with database.transaction():
        database.insert_tuples(Worker, ("uid", "name", "sex", "native_place"), rows)
    shown = page_of(qtbot, context, "workers")
    shown.resize(760, 560)
    shown.choose_shown(["name", "native_place", "sex", "id_number", "phone", "education", "employer", "union", "note"])
    return shown


def place_of(page: RecordsPage, name: str) -> int:
    return [column.name for column in page.model.columns].index(name)


def stand(page: RecordsPage, name: str) -> None:
    index = page.model.index(0, place_of(page, name))
    page.table.selectionModel().setCurrentIndex(index, page.table.selectionModel().SelectionFlag.NoUpdate)


def head_of(table: FrozenTable) -> FrozenHeader:
    head = table.horizontalHeader()
    assert isinstance(head, FrozenHeader)
    return head


def freeze_at(page: RecordsPage, name: str) -> None:
    """Choose it in the table's menu, at the cell where the cursor is."""
    stand(page, name)
    page.work.freezing.here.trigger()


def cell_picture(page: RecordsPage, row: int, name: str) -> bytes:
    """What is painted in a cell, its last pixels aside, where a line may stand."""
    rect = page.table.visualRect(page.model.index(row, place_of(page, name))).adjusted(1, 0, -2, 0)
    return picture(page.table.viewport(), rect)


def test_columns_up_to_the_cursor_stay_and_the_others_scroll_beneath_them(qtbot: QtBot, page: RecordsPage) -> None:
    freeze_at(page, "sex")
    table, bar = page.table, page.table.horizontalScrollBar()
    assert table.frozen_count == 3
    before = [cell_picture(page, row, name) for name in ("name", "native_place", "sex") for row in (0, 3)]
    table.clearFocus()
    wide = table.frozen_rect().width()
    bar.setValue(bar.maximum())
    qtbot.wait(10)
    after = [cell_picture(page, row, name) for name in ("name", "native_place", "sex") for row in (0, 3)]
    assert table.frozen_rect().width() == wide
    assert after == before
    assert before[2] != before[3], "each row has a place of its own"
    # the mouse meets what is seen
    sex = table.visualRect(page.model.index(2, place_of(page, "sex"))).center()
    assert table.indexAt(sex) == page.model.index(2, place_of(page, "sex"))
    qtbot.mouseClick(table.viewport(), LEFT, pos=sex)
    assert table.currentIndex().column() == place_of(page, "sex")
    assert bar.value() == bar.maximum()


def test_going_to_a_column_brings_it_beside_those_that_stay(qtbot: QtBot, page: RecordsPage) -> None:
    freeze_at(page, "native_place")
    table = page.table
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    table.scrollTo(page.model.index(0, place_of(page, "sex")))
    assert table.visualRect(page.model.index(0, place_of(page, "sex"))).left() >= table.frozen_rect().width()
    at = table.horizontalScrollBar().value()
    table.scrollTo(page.model.index(0, place_of(page, "native_place")))
    assert table.horizontalScrollBar().value() == at


def test_an_edge_between_two_that_stay_is_dragged_where_it_is_seen(qtbot: QtBot, page: RecordsPage) -> None:
    freeze_at(page, "sex")
    table, head = page.table, head_of(page.table)
    table.horizontalScrollBar().setValue(120)
    name, left, width = head.spans()[1]
    before = [head.sectionSize(each) for each in head.pinned()]
    there = QPoint(left + width - 20, 8)
    qtbot.mousePress(head.viewport(), LEFT, pos=QPoint(left + width, 8))
    dragged(head.viewport(), there)
    qtbot.mouseRelease(head.viewport(), LEFT, pos=there)
    assert head.sectionSize(name) == before[1] - 20
    assert [head.sectionSize(each) for each in head.pinned()][::2] == before[::2]


def test_only_as_many_stay_as_leave_the_others_room_and_that_is_said(page: RecordsPage, context: Context) -> None:
    freeze_at(page, "note")
    assert 1 < page.table.frozen_count < 6
    assert context.notices.text.startswith(f"列太宽，只能冻结前 {page.table.frozen_count} 列")
    assert page.table.frozen_rect().width() <= 0.6 * page.table.viewport().width() + 1
    page.resize(2400, 560)
    assert page.table.frozen_count == 9


def test_what_was_chosen_is_kept_on_this_laptop_and_taken_back(qtbot: QtBot, context: Context, page: RecordsPage) -> None:
    freeze_at(page, "native_place")
    assert read_laptop()["frozen"] == {"workers": 2}
    again = page_of(qtbot, context, "workers")
    assert again.table.frozen_count == 2
    assert page_of(qtbot, context, "unions").table.frozen_count == 1
    again.work.freezing.first.trigger()
    assert again.table.frozen_count == 1


def test_the_right_button_on_a_title_that_stays_opens_its_own_menu(
    qtbot: QtBot, page: RecordsPage, wait_for: Callable[[], None]
) -> None:
    freeze_at(page, "sex")
    table, head = page.table, head_of(page.table)
    table.horizontalScrollBar().setValue(table.horizontalScrollBar().maximum())
    _column, left, width = head.spans()[2]
    place = QPoint(left + width // 2, 8)
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, head.viewport().mapToGlobal(place))
    QApplication.sendEvent(head.viewport(), asked)
    wait_for()
    popup = page.work.header_filter.popup
    assert popup is not None
    assert "性别" in popup.accessibleName()
    stand(page, "name")
    qtbot.mouseClick(popup.freeze, LEFT)
    assert table.frozen_count == 3
    popup.close()


@pytest.fixture
def wait_for(qtbot: QtBot, context: Context) -> Callable[[], None]:
    return lambda: qtbot.waitUntil(lambda: not context.jobs.busy)


def test_no_class_of_the_window_has_two_python_bases_of_one_qt_class() -> None:
    """PySide then looks for Qt's second base in the wrong place, and the program dies when a screen asks for it."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)
    waiting, twice = [QObject], []
    for kind in waiting:
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("ui.") and sum(issubclass(base, QObject) for base in kind.__bases__) > 1:
            twice.append(kind.__name__)
    assert twice == []
