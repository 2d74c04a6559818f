"""The records that were opened last, and the window over the whole screen."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.aids.waiting import wait_for_jobs
from ui.lists.page import RecordsPage
from ui.shell.window import Window

pytestmark = pytest.mark.usefixtures("filled")


def test_records_that_were_opened_are_listed_newest_first_and_opened_again(
    qtbot: QtBot, opened: Callable[[], Window]
) -> None:
    window = opened()
    window.open_page("workers")
    page = window.pages["workers"]
    assert isinstance(page, RecordsPage)
    wait_for_jobs(qtbot, window)
    uids = page.model.uids([0, 1])
    for uid in uids:
        page.open_record(uid)
    window.open_page("home")
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    wait_for_jobs(qtbot, window)
    results = window.search.results
    assert [results.item(row).text() for row in range(results.count())] == ["最近打开的", "李四", "王五"]
    qtbot.keyClick(window.search, Qt.Key.Key_Down)
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert window.page_name == "workers"
    assert page.pane is not None
    assert page.pane.title.text() == "王五"


def test_f11_takes_the_whole_screen_and_gives_it_back(qtbot: QtBot, opened: Callable[[], Window]) -> None:
    window = opened()
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    qtbot.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: not window.isFullScreen())
