"""Closing and locking over a register that has to be backed up first: told, waited for, put off; never lost silently."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from models.journal.writer import batch
from models.records.employer import Employer
from models.register import backup
from models.register.register import Register
from models.uid import new_uid
from tests.whole_window import closed, own_copy, shown_window, wait
from ui.ledger.page import LedgerPage
from ui.shell.window import Window


@pytest.fixture
def window(qtbot: QtBot, sample_register: Register, tmp_path: Path) -> Iterator[Window]:
    """The window over a register that was never backed up."""
    with own_copy(sample_register, tmp_path) as register:
        shown = shown_window(register)
        yield shown
        closed(shown)


@contextmanager
def slow(window: Window) -> Iterator[None]:
    """While inside, the worker thread does not get to the backup, as if the register were very large."""
    gate = threading.Event()
    window.context.jobs.run(gate.wait)
    try:
        yield
    finally:
        gate.set()


def covered(window: Window) -> bool:
    hidden = not (window.stack.isVisible() or window.side.isVisible() or window.search.isVisible())
    return hidden and window.last_backup.cover.isVisible()


def files(window: Window) -> list[str]:
    folder = window.context.register.folder / "backups"
    return sorted(path.name.rsplit("-", 1)[-1] for path in folder.iterdir()) if folder.exists() else []


def test_the_window_tells_that_it_backs_up_and_then_closes_by_itself(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.closed), slow(window):
        assert not window.close()
        qtbot.waitUntil(lambda: covered(window))
        assert "正在备份" in window.last_backup.cover.label.text()
        qtbot.waitUntil(window.status.isVisible)
        assert window.status.label.text() == "正在备份…"
        assert window.status.cancel.isVisible()
        assert not window.close()  # pressed a second time, the backup goes on
        qtbot.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
        assert window.isVisible()
        assert covered(window)
        assert files(window) == []
    assert not window.isVisible()
    assert files(window) == ["00001.jhbak"]
    [kept] = backup.backups(window.context.register)
    backup.check(kept.path)


def test_a_short_backup_shows_no_page_of_its_own(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.closed):
        assert not window.close()
        assert window.stack.isVisible()
        window.last_backup._timer.setInterval(60_000)
    assert files(window) == ["00001.jhbak"]


def test_a_backup_that_was_stopped_leaves_the_window_open_and_the_older_ones_whole(qtbot: QtBot, window: Window) -> None:
    page, older = window.page_name, backup.back_up(window.context.register)
    window.go_to_search()
    with batch("edit", window.context.author) as writer:
        writer.create(Employer, {"uid": new_uid(), "name": "重庆新示例有限公司"})
    with slow(window):
        window.close()
        qtbot.waitUntil(lambda: covered(window) and window.status.isVisible())
        window.status.cancel.click()
    wait(window)
    assert not covered(window)
    assert window.stack.isVisible()
    assert window.page_name == page
    assert window.focusWidget() is window.search
    assert "窗口没有关闭" in window.context.notices.text
    assert files(window) == ["00001.jhbak"]
    backup.check(older)
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.page_name != page
    with qtbot.waitSignal(window.closed):
        window.context.notices.buttons[0].click()
    assert files(window) == ["00001.jhbak"]


def test_whoever_does_not_want_to_wait_closes_without_a_backup(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.closed), slow(window):
        window.close()
        qtbot.waitUntil(lambda: covered(window))
        window.last_backup.cover.button.click()
    assert files(window) == []


def test_a_window_that_is_locked_never_shows_the_register_again(qtbot: QtBot, window: Window) -> None:
    seen: list[bool] = []
    with qtbot.waitSignal(window.closed):
        with slow(window):
            qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
            qtbot.waitUntil(lambda: covered(window) and window.status.isVisible())
            assert "锁定" in window.last_backup.cover.label.text()
            window.closed.connect(lambda: seen.append(window.stack.isVisible()))
            window.status.cancel.click()
        qtbot.waitUntil(lambda: not window.context.jobs.busy)
    assert window.locking.wanted
    assert seen == [False]
    assert files(window) == []


def test_a_locked_window_is_backed_up(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.closed):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.locking.wanted
    assert files(window) == ["00001.jhbak"]


def test_what_is_typed_before_the_backup_is_done_is_asked_about(qtbot: QtBot, window: Window) -> None:
    window.open_page("ledger")
    page = window.pages["ledger"]
    assert isinstance(page, LedgerPage)
    with slow(window):
        window.close()
        page.new_entry()
        page.form.editors["note"].show_text("一件")
    wait(window)
    assert window.stack.isVisible()
    assert "还没有保存" in window.context.notices.text
    with qtbot.waitSignal(window.closed):
        window.context.notices.buttons[0].click()
    assert files(window) == ["00001.jhbak"]


def test_a_backup_that_fails_is_told_and_the_window_closes(qtbot: QtBot, window: Window) -> None:
    told: list[str] = []

    def read() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            told.append(box.text())
            box.accept()

    timer = QTimer(interval=20)
    timer.timeout.connect(read)
    timer.start()
    (window.context.register.folder / "backups").write_text("in the way", "utf-8")
    with qtbot.waitSignal(window.closed):
        window.close()
    assert len(told) == 1
    assert "原有的备份没有改动" in told[0]
    assert "登记册本身已经保存好" in told[0]


def test_what_was_given_up_is_asked_about_only_once(qtbot: QtBot, window: Window) -> None:
    window.open_page("ledger")
    page = window.pages["ledger"]
    assert isinstance(page, LedgerPage)
    page.new_entry()
    page.form.editors["note"].show_text("一件")
    window.close()
    with qtbot.waitSignal(window.closed), slow(window):
        window.context.notices.buttons[0].click()
        assert window.isVisible()
    assert files(window) == ["00001.jhbak"]
