"""Closing and locking over a register that has to be backed up first: told, waited for, put off; never lost silently."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.backups.archive import check
from models.backups.listing import backups
from models.backups.making import back_up
from models.backups.reasons import Reason
from models.engine import database
from models.journal.writer import batch
from models.records.employer import Employer
from models.register.register import Register
from models.uid import new_uid
from tests.aids.small_disk import fill_up, small_disk
from tests.aids.whole_window import closed, own_copy, shown_window, wait
from ui.ledger.page import LedgerPage
from ui.shell import last_backup
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
    [kept] = backups(window.context.register.folder)
    check(kept.path)


def test_a_short_backup_shows_no_page_of_its_own(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.closed):
        assert not window.close()
        assert window.stack.isVisible()
        window.last_backup._timer.setInterval(60_000)
    assert files(window) == ["00001.jhbak"]


def test_a_backup_that_was_stopped_leaves_the_window_open_and_the_older_ones_whole(qtbot: QtBot, window: Window) -> None:
    page, older = window.page_name, back_up(window.context.register).path
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
    check(older)
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


def in_the_way(window: Window) -> Path:
    """A file where the backups belong: none can be made."""
    path = window.context.register.folder / "backups"
    path.write_text("in the way", "utf-8")
    return path


def press(qtbot: QtBot, window: Window, label: str) -> None:
    (button,) = [each for each in window.context.notices.buttons if each.text() == label]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_backup_that_fails_leaves_the_window_open_with_what_can_be_done(qtbot: QtBot, window: Window) -> None:
    path = in_the_way(window)
    window.close()
    wait(window)
    assert window.isVisible()
    assert window.stack.isVisible()
    assert "原有的备份没有改动" in window.context.notices.text
    assert "登记册本身已经保存好" in window.context.notices.text
    press(qtbot, window, "先不关闭")
    assert (window.isVisible(), window.context.notices.text) == (True, "")
    window.close()
    wait(window)
    path.unlink()
    with qtbot.waitSignal(window.closed):
        press(qtbot, window, "再试一次")
    assert files(window) == ["00001.jhbak"]


def test_whoever_cannot_back_up_may_close_all_the_same(qtbot: QtBot, window: Window) -> None:
    in_the_way(window)
    window.close()
    wait(window)
    with qtbot.waitSignal(window.closed):
        press(qtbot, window, "不备份，直接关闭")
    assert not database.is_open()
    assert not window.isVisible()


def test_a_window_that_is_locked_does_not_wait_for_a_backup_that_fails(qtbot: QtBot, window: Window) -> None:
    in_the_way(window)
    with qtbot.waitSignal(window.closed):
        qtbot.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert window.locking.wanted
    assert not database.is_open()
    assert "没有备份" in window.last_backup.told


@pytest.mark.parametrize("locks", [False, True])
def test_a_failure_of_the_program_while_it_closes_never_hides_an_open_window(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch, locks: bool
) -> None:
    def broken(_register: Register, _reason: Reason) -> bool:
        raise RuntimeError("a bug of ours")

    monkeypatch.setattr(last_backup, "due", broken)
    if locks:
        with qtbot.waitSignal(window.closed):
            window.locking.lock()
        assert not database.is_open()
        return
    assert not window.close()
    assert window.isVisible()
    assert "窗口没有关闭" in window.context.notices.text
    assert database.is_open()
    with qtbot.waitSignal(window.closed):
        press(qtbot, window, "不备份，直接关闭")
    assert not database.is_open()


def test_what_fails_after_the_last_question_still_ends_in_a_closed_register(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIANHUI_LAPTOP", str(window.context.register.file / "laptop.json"))  # below a file: never writable
    with qtbot.waitSignal(window.closed):
        window.close()
    assert not database.is_open()
    assert not window.isVisible()
    assert len(window.closing.told) == 1
    assert "laptop.json" in window.closing.told[0]


def test_on_a_full_disk_the_window_closes_or_says_why_not(qtbot: QtBot, sample_register: Register, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", megabytes=24) as disk, own_copy(sample_register, disk) as register:
        shown = shown_window(register)
        with batch("edit", shown.context.author) as writer:
            writer.create(Employer, {"uid": new_uid(), "name": "重庆新示例有限公司"})
        ballast = fill_up(disk)
        shown.close()
        wait(shown)
        assert shown.isVisible()
        assert "登记册本身已经保存好" in shown.context.notices.text
        with qtbot.waitSignal(shown.closed):
            press(qtbot, shown, "不备份，直接关闭")
        assert not database.is_open()
        ballast.unlink()
        database.connect(register.file, register.key_hex)
        assert Employer.select().where(Employer.name == "重庆新示例有限公司").count() == 1
        assert database.damage() == []


class Session:
    """A session manager that ends the session; ``asks``: whether there is time to ask a person."""

    def __init__(self, asks: bool) -> None:
        self.asks, self.said = asks, list[str]()

    def allowsInteraction(self) -> bool:  # noqa: N802  # Qt's name
        return self.asks

    def cancel(self) -> None:
        self.said.append("cancel")

    def release(self) -> None:
        self.said.append("release")

    def setRestartHint(self, _hint: object) -> None:  # noqa: N802
        self.said.append("hint")


@pytest.mark.parametrize(("asks", "typed", "closes"), [(True, False, True), (True, True, False), (False, True, True)])
def test_the_end_of_the_session_closes_the_register_at_once(
    qtbot: QtBot, window: Window, asks: bool, typed: bool, closes: bool
) -> None:
    if typed:
        window.open_page("ledger")
        page = window.pages["ledger"]
        assert isinstance(page, LedgerPage)
        page.new_entry()
        page.form.editors["note"].show_text("一件")
    session = Session(asks)
    window.closing.commit(session)  # type: ignore[arg-type]  # nobody can make a real one
    assert (session.said == ["hint"]) is closes
    assert database.is_open() is not closes
    assert window.isVisible() is not closes
    if not closes:
        assert session.said == ["cancel", "release"]
        assert "还没有保存" in window.context.notices.text


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
