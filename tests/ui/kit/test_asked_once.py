"""Dialogs and menus that ask one thing are gone once they were answered, however often they are opened."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QTimer
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from models.journal.writer import Author
from tests.aids.record_pages import fill, page_of
from ui.kit.asked_once import asked_once
from ui.kit.context import Context
from ui.lists.page import RecordsPage
from ui.settings.page import SettingsPage


@pytest.fixture
def people(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> RecordsPage:
    """The list of people, two of them, both selected."""
    fill(author, tmp_path)
    page = page_of(qtbot, context, "workers")
    page.table.selectAll()
    return page


def asked(ask: Callable[[], Any]) -> list[str]:
    """Ask three times, think better of it each time, and return what was seen."""
    seen: list[str] = []

    def leave() -> None:
        found = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        assert isinstance(found, QDialog | QMenu)
        seen.append(type(found).__name__)
        found.close()

    for _time in range(3):
        QTimer.singleShot(0, leave)
        ask()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return seen


def kept(page: QWidget) -> list[str]:
    """The dialogs below a page, and the menus below its table."""
    table = page.table if isinstance(page, RecordsPage) else page
    return [type(each).__name__ for each in (*page.findChildren(QDialog), *table.findChildren(QMenu))]


class HoldsItself(QDialog):
    """As most dialogs do: one of its own functions is among what it holds."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.done_with = self.reject


def test_a_dialog_that_refers_to_itself_is_gone_too(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)

    def ask() -> None:
        with asked_once(HoldsItself(page)) as dialog:
            dialog.exec()

    assert asked(ask) == ["HoldsItself"] * 3
    assert kept(page) == []


def test_a_list_keeps_no_dialog(people: RecordsPage) -> None:
    before = kept(people)  # the menu of the rows' height stands beside the list for good
    bulk = people.bulk
    assert bulk is not None
    assert asked(people._ask_columns) == ["ColumnsDialog"] * 3
    assert asked(people.handing.ask_export) == ["ExportDialog"] * 3
    assert asked(lambda: bulk.ask_event("转入")) == ["EventDialog"] * 3
    assert asked(lambda: bulk.ask_field("")) == ["FieldDialog"] * 3
    assert asked(bulk.ask_cover) == ["CoverDialog"] * 3
    assert kept(people) == before


def test_a_table_keeps_no_menu(people: RecordsPage) -> None:
    before, where = kept(people), QPoint(20, 20)
    right_click = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, people.table.mapToGlobal(where))
    assert asked(lambda: people.table.contextMenuEvent(right_click)) == ["QMenu"] * 3
    assert kept(people) == before


def test_the_settings_keep_no_passphrase_that_was_typed_for_a_backup(qtbot: QtBot, context: Context) -> None:
    page = SettingsPage(context)
    qtbot.addWidget(page)
    assert asked(page.backups._restore) == ["RestoreDialog"] * 3
    assert kept(page) == []
