"""The hands: nothing moves beneath them, Enter presses what they are on, and the keyboard comes back after each interruption."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from models.register.register import Register
from tests.aids.whole_window import closed, list_page, own_copy, shown_window, wait
from ui.kit.acting import CommandAction
from ui.kit.notices import Action
from ui.shell.window import Window


@pytest.fixture(scope="module")
def window(sample_register: Register, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Window]:
    """The window over the samples."""
    with own_copy(sample_register, tmp_path_factory.mktemp("hands")) as register:
        shown = shown_window(register)
        yield shown
        closed(shown)


def places(window: Window) -> dict[str, tuple[QPoint, int, int]]:
    """Where each part of the page that is seen stands, and how large it is."""
    page = window.stack.currentWidget()
    parts = [page, *(each for each in page.findChildren(QWidget) if each.isVisible())]
    return {
        f"{place} {type(each).__name__}": (each.mapTo(window, QPoint()), each.width(), each.height())
        for place, each in enumerate(parts)
    }


@pytest.mark.parametrize("width", [1366, 1100, 820])
def test_a_banner_comes_and_goes_and_nothing_on_the_page_moves(qtbot: QtBot, window: Window, width: int) -> None:
    window.resize(width, 650)
    window.open_page("workers")
    wait(window)
    before = places(window)
    notices = window.context.notices
    notices.tell("已导入 2 行（批次 1）。", Action("撤销", notices.dismiss), Action("查看", notices.dismiss))
    wait(window)
    assert places(window) == before
    assert notices.geometry().bottom() < window.stack.mapTo(window, QPoint()).y()
    assert notices.label.height() >= notices.label.heightForWidth(notices.label.width())
    notices.error("一句很长的话，说明什么没有做成、为什么、该怎么办，" * 6)
    wait(window)
    assert places(window) == before
    assert notices.label.height() >= notices.label.heightForWidth(notices.label.width())
    notices.dismiss()
    wait(window)
    assert places(window) == before


def test_enter_presses_the_button_that_has_the_keyboard_once(qtbot: QtBot, window: Window) -> None:
    window.open_page("workers")
    wait(window)
    pressed: list[str] = []
    window.context.notices.ask("真的吗？", Action("是", lambda: pressed.append("是")))
    wait(window)
    button = window.context.notices.buttons[0]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert pressed == ["是"]


def test_the_keyboard_goes_back_to_the_list_after_the_banner_was_answered_or_closed(qtbot: QtBot, window: Window) -> None:
    window.open_page("workers")
    wait(window)
    page, notices = list_page(window, "workers"), window.context.notices
    page.table.setFocus()
    for answer in (Qt.Key.Key_Return, Qt.Key.Key_Space):
        notices.ask("真的吗？", Action("是", str))
        wait(window)
        notices.buttons[0].setFocus()
        qtbot.keyClick(notices.buttons[0], answer)
        wait(window)
        assert page.table.hasFocus()


@pytest.mark.parametrize("opened_by", ["list.columns", "list.export", "list.print"])
def test_the_keyboard_goes_back_to_the_page_after_a_dialog(qtbot: QtBot, window: Window, opened_by: str) -> None:
    window.open_page("workers")
    wait(window)
    window.activateWindow()
    page = list_page(window, "workers")
    page.table.selectRow(0)
    page.table.setFocus()
    seen: list[str] = []

    def leave() -> None:
        dialog = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if dialog is None:
            QTimer.singleShot(50, leave)
            return
        seen.append(type(dialog).__name__)
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        if isinstance(dialog, QDialog) and dialog.isVisible():
            dialog.reject()

    QTimer.singleShot(50, leave)
    action = next(each for each in page.findChildren(CommandAction) if each.data() == opened_by)
    assert action.possible
    action.trigger()
    qtbot.waitUntil(lambda: bool(seen))
    wait(window)
    focus = window.focusWidget()
    assert focus is not None
    assert page.isAncestorOf(focus)
