"""Paper at the whole window, with a mouse and keys: a print that is stopped, what was printed last, a list that came back."""

import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.records.region import load_index
from models.register.register import Register
from models.worklists.lists import find_worklist
from reports.listing.worklists import write_worklist
from tests.aids.agreeing import agreeing
from tests.aids.speaking import TODAY
from tests.aids.trailed import kept
from tests.aids.waiting import wait_for_jobs
from tests.aids.whole_window import made_once
from tests.worklists.test_worklists import NAME, fill, shown
from ui.kit.whom import WhomDialog
from ui.papers.page import ReportsPage
from ui.shell.window import Window
from ui.worklists.reading_dialog import ReadingDialog

UNION = "甲公司工会"


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    return made_once(empty_register, tmp_path_factory.mktemp("filled"), fill)


def reports(qtbot: QtBot, window: Window) -> ReportsPage:
    window.open_page("reports")
    wait_for_jobs(qtbot, window)
    page = window.pages["reports"]
    assert isinstance(page, ReportsPage)
    return page


def press(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def long_pause() -> None:
    """Keep the worker thread from what comes next, longer than it takes to press a button."""
    time.sleep(1.5)


def test_a_print_is_stopped_by_the_button_of_the_status_line(
    qtbot: QtBot, opened: Callable[[], Window], printer_file: Path
) -> None:
    window = opened()
    page = reports(qtbot, window)
    before = len(kept())
    with agreeing(WhomDialog, lambda _dialog: window.context.jobs.run(long_pause)):
        press(qtbot, page.print)
    qtbot.waitUntil(lambda: window.status.cancel.isVisible() and "正在打印" in window.status.label.text(), timeout=10_000)
    press(qtbot, window.status.cancel)
    wait_for_jobs(qtbot, window)
    assert [each.act for each in kept()[before:]].count("print") == 0
    assert not window.status.isVisible()
    assert page.print.isEnabled(), "it can be printed again"
    with agreeing(WhomDialog):
        press(qtbot, page.print)
    wait_for_jobs(qtbot, window)
    assert [each.act for each in kept()[before:]].count("print") == 1
    assert printer_file.stat().st_size > 1000


def test_what_was_printed_last_is_chosen_again_with_the_keys(
    qtbot: QtBot, opened: Callable[[], Window], printer_file: Path
) -> None:
    window = opened()
    page = reports(qtbot, window)
    with agreeing(WhomDialog):
        press(qtbot, page.print)
    wait_for_jobs(qtbot, window)
    (item,) = page.kinds.findItems("换届提醒", Qt.MatchFlag.MatchExactly)
    press_at = page.kinds.visualItemRect(item).center()
    qtbot.mouseClick(page.kinds.viewport(), Qt.MouseButton.LeftButton, pos=press_at)
    wait_for_jobs(qtbot, window)
    assert page.kind.name == "terms"
    menu = page.last.menu()
    press(qtbot, page.last)
    qtbot.waitUntil(menu.isVisible)
    assert [action.text().split("　")[0] for action in menu.actions()] == ["会员花名册"]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, window)
    assert page.kind.name == "roster"
    assert page.report is not None
    assert page.report.organization == UNION


def test_a_working_list_that_comes_back_is_read_where_its_ticks_belong_by_one_press(
    qtbot: QtBot, opened: Callable[[], Window], tmp_path: Path
) -> None:
    path = tmp_path / "勾好的.xlsx"
    write_worklist(find_worklist(NAME), True, load_index(TODAY), path)
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(2, 10, "√")
    book.save(path)
    window = opened()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window.windowHandle(), QDragEnterEvent(QPoint(400, 400), action, data, button, none))
    QApplication.sendEvent(window.windowHandle(), QDropEvent(QPointF(400, 400), action, data, button, none))
    line = window.pages.importing.other
    qtbot.waitUntil(line.isVisible, timeout=20_000)
    wait_for_jobs(qtbot, window)
    assert "工作名单" in line.said.text()
    assert line.go.text() == "到工作名单读回"
    asked: list[str] = []

    def agree() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, ReadingDialog):
            timer.stop()
            asked.append(dialog.go.text())
            press(qtbot, dialog.go)

    timer = QTimer(interval=100)
    timer.timeout.connect(agree)
    timer.start()
    press(qtbot, line.go)
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    wait_for_jobs(qtbot, window)
    assert asked == ["写下 1 条"]
    assert window.pages["worklists"].isVisible()
    assert not line.isVisible(), "nothing of the import is left"
    assert shown() == [("王五", {"已领": "√"}), ("李四",)]
