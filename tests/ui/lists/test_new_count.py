"""A head count entered from the list of head counts, for an employer or a union that is found by typing."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListView
from pytestqt.qtbot import QtBot

from models.records.headcount import HeadCount
from models.records.union import Union
from tests.aids.record_pages import UNION, column, page_of
from tests.aids.typing import type_text
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import Context
from ui.kit.line_editor import LineEditor
from ui.lists.new_count import NewCount
from ui.lists.page import RecordsPage

pytestmark = pytest.mark.usefixtures("filled")
_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> RecordsPage:
    return page_of(qtbot, context, "headcounts")


def opened(qtbot: QtBot, page: RecordsPage, *, by_key: bool = False) -> NewCount:
    if by_key:
        qtbot.keyClick(page.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    else:
        qtbot.mouseClick(page.bar.new, _LEFT)
    (dialog,) = [each for each in page.findChildren(NewCount) if each.isVisible()]
    dialog.activateWindow()
    return dialog


def number(dialog: NewCount) -> QLineEdit:
    editor = dialog.form.editors["member_count"]
    assert isinstance(editor, LineEditor)
    return editor.line


def find(qtbot: QtBot, dialog: NewCount, typed: str) -> None:
    """Type a part of a name, and take the first that is offered with the arrow and Enter."""
    dialog.picker.setFocus()
    type_text(qtbot, dialog.picker, typed)
    popup = dialog.picker.completer().popup()
    assert isinstance(popup, QListView)
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)


@pytest.mark.parametrize("by_key", [False, True])
def test_a_count_of_a_unit_is_entered_where_all_counts_are_listed(
    qtbot: QtBot, page: RecordsPage, context: Context, by_key: bool
) -> None:
    before = HeadCount.select().count()
    dialog = opened(qtbot, page, by_key=by_key)
    dialog.kind.setFocus()
    qtbot.keyClick(dialog.kind, Qt.Key.Key_Down)  # a union
    find(qtbot, dialog, UNION[:2])
    type_text(qtbot, number(dialog), "35")
    qtbot.mouseClick(dialog.enter, _LEFT)
    wait_for_jobs(qtbot, context)
    assert HeadCount.select().count() == before + 1
    entered = HeadCount.select().order_by(HeadCount.id.desc()).get()
    assert (entered.subject, entered.subject_kind, entered.member_count) == (Union.get(Union.name == UNION).uid, "工会", 35)
    assert UNION in column(page, "subject")
    assert [each for each in page.findChildren(NewCount) if each.isVisible()] == []
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert HeadCount.select().count() == before


def test_what_is_missing_is_told_and_the_keyboard_goes_there(qtbot: QtBot, page: RecordsPage, context: Context) -> None:
    before = HeadCount.select().count()
    dialog = opened(qtbot, page)
    type_text(qtbot, dialog.picker, "没有这家")
    qtbot.mouseClick(dialog.enter, _LEFT)
    assert dialog.wrong.isVisible()
    assert dialog.focusWidget() is dialog.picker
    dialog.picker.selectAll()
    qtbot.keyClick(dialog.picker, Qt.Key.Key_Delete)
    qtbot.keyClick(dialog.kind, Qt.Key.Key_Down)
    find(qtbot, dialog, UNION[:2])
    assert not dialog.wrong.isVisible()
    qtbot.mouseClick(dialog.enter, _LEFT)
    assert "请至少填一个人数" in dialog.form.wrong.text()
    type_text(qtbot, number(dialog), "几个")
    qtbot.mouseClick(dialog.enter, _LEFT)
    assert dialog.isVisible()
    assert HeadCount.select().count() == before
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_whom_the_selected_row_counts_is_proposed(qtbot: QtBot, page: RecordsPage, context: Context) -> None:
    dialog = opened(qtbot, page)
    qtbot.keyClick(dialog.kind, Qt.Key.Key_Down)
    find(qtbot, dialog, UNION[:2])
    type_text(qtbot, number(dialog), "35")
    qtbot.mouseClick(dialog.enter, _LEFT)
    wait_for_jobs(qtbot, context)
    page.table.selectRow(column(page, "subject").index(UNION))
    again = opened(qtbot, page)
    assert (again.kind.currentData(), again.picker.text()) == ("union", UNION)
