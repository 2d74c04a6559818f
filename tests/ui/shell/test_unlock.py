"""The door: creating a register with its recovery code, opening it, and what keeps it closed."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from models.backups.listing import backups
from models.backups.making import back_up
from models.backups.reasons import Reason
from models.engine import database
from models.journal.writer import Author
from models.opening import opening
from models.register import register as room
from models.register import traces
from models.register.lock import writing
from models.register.register import Register
from tests.aids.speaking import PASSPHRASE, imported_rows, listed
from tests.aids.trailed import acts
from ui.settings.restore_dialog import RestoreDialog, put_back
from ui.shell.app import run
from ui.shell.unlock_dialog import UnlockDialog
from ui.shell.window import Window


def door(qtbot: QtBot, folder: Path, held: ExitStack, note: str = "") -> UnlockDialog:
    dialog = UnlockDialog(folder, held, note)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def page(dialog: UnlockDialog) -> int:
    return dialog._pages.currentIndex()


@pytest.fixture
def closed(register: Register) -> Path:
    """The folder of a register that is there and closed."""
    room.close_register()
    return register.folder


def test_a_new_register_is_made_and_its_code_must_be_noted(qtbot: QtBot, tmp_path: Path, held: ExitStack) -> None:
    dialog = door(qtbot, tmp_path / "新", held)
    qtbot.keyClicks(dialog.first, "kitchen lamp 7")
    qtbot.keyClicks(dialog.second, "kitchen lamp 8")
    qtbot.mouseClick(dialog.creating, Qt.MouseButton.LeftButton)
    assert dialog.refusal.text() == "两次输入的口令不一样，请重新输入。"
    assert dialog.focusWidget() is dialog.second
    qtbot.keyClicks(dialog.second, "kitchen lamp 7")  # what stood there was selected
    qtbot.mouseClick(dialog.creating, Qt.MouseButton.LeftButton)
    code = dialog.code.text()
    assert len(code.replace("-", "")) == 24
    assert dialog.focusWidget() is dialog.noted
    dialog.reject()
    assert dialog.isVisible()
    assert "抄好，勾上“我已抄下恢复码”" in dialog.waits.text()
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == code
    assert not dialog.start.isEnabled()
    dialog.noted.setChecked(True)
    dialog.start.click()
    assert dialog.result() == UnlockDialog.DialogCode.Accepted
    room.close_register()
    held.close()
    assert opening.open_register(tmp_path / "新", code).folder == tmp_path / "新"
    room.close_register()


def test_a_short_passphrase_is_refused_with_a_sentence(qtbot: QtBot, tmp_path: Path, held: ExitStack) -> None:
    dialog = door(qtbot, tmp_path / "新", held)
    for field in (dialog.first, dialog.second):
        qtbot.keyClicks(field, "abc")
    dialog.creating.click()
    assert "至少要 8 个字符" in dialog.refusal.text()
    assert dialog.focusWidget() is dialog.first
    assert not traces.exists(tmp_path / "新")


def test_a_wrong_passphrase_is_told_and_a_right_one_opens(qtbot: QtBot, closed: Path, held: ExitStack) -> None:
    dialog = door(qtbot, closed, held, "已恢复备份。")
    assert dialog.note.text() == "已恢复备份。"
    dialog.opening.click()
    assert dialog.wrong.text() == "请输入口令。"
    dialog.secret.setText("不对的口令")
    qtbot.keyClick(dialog.secret, Qt.Key.Key_Return)
    assert dialog.wrong.text().startswith("口令不对")
    dialog.secret.setText(PASSPHRASE)
    qtbot.keyClick(dialog.secret, Qt.Key.Key_Return)
    assert dialog.register is not None
    assert dialog.result() == UnlockDialog.DialogCode.Accepted
    held.close()


def test_the_passphrase_is_hidden_until_it_is_shown(qtbot: QtBot, closed: Path, held: ExitStack) -> None:
    dialog = door(qtbot, closed, held)
    assert dialog.secret.echoMode() == QLineEdit.EchoMode.Password
    dialog.shown.setChecked(True)
    assert dialog.secret.echoMode() == QLineEdit.EchoMode.Normal


def test_the_recovery_code_opens_too(qtbot: QtBot, tmp_path: Path, held: ExitStack) -> None:
    _made, code = room.create(tmp_path / "新", PASSPHRASE)
    room.close_register()
    dialog = door(qtbot, tmp_path / "新", held)
    dialog.by_code.click()
    assert dialog.asked.text() == "恢复码"
    qtbot.keyClicks(dialog.secret, code.lower())
    dialog.opening.click()
    assert dialog.register is not None
    room.close_register()
    held.close()


def test_a_second_window_is_told_who_has_the_register(qtbot: QtBot, closed: Path, held: ExitStack) -> None:
    dialog = door(qtbot, closed, held)
    dialog.secret.setText(PASSPHRASE)
    with writing(closed, "导入"):
        dialog.opening.click()
    assert "登记册正被" in dialog.wrong.text()
    assert "导入" in dialog.wrong.text()
    assert dialog.register is None


def test_a_wrong_passphrase_does_not_keep_the_lock(qtbot: QtBot, closed: Path, held: ExitStack) -> None:
    dialog = door(qtbot, closed, held)
    dialog.secret.setText("不对的口令")
    dialog.opening.click()
    with writing(closed, "导入", wait=0):
        pass


def test_a_lost_register_is_put_back_from_its_backup(qtbot: QtBot, register: Register, held: ExitStack) -> None:
    back_up(register)
    room.close_register()
    register.file.write_bytes(b"")
    dialog = door(qtbot, register.folder, held)
    assert "恢复备份" in dialog.damage.text()
    asked = RestoreDialog(register.folder, dialog)
    assert asked.path.parent.name == "backups"
    assert not asked.go.isEnabled()
    asked.field.setText(PASSPHRASE)
    assert asked.go.isEnabled()
    told = put_back(register.folder, asked.path, asked.secret)
    assert "已恢复备份" in told
    assert "before-restore-1" in told
    dialog._choose_page()
    assert page(dialog) == 0


class Person:
    """Sits at the program while ``ui.shell.app.run`` runs: unlocks, restores a backup in the window, unlocks again, leaves."""

    def __init__(self, source: Path) -> None:
        self.source = source
        self.seen: list[str] = []
        self.timer = QTimer(interval=30)
        self.timer.timeout.connect(self.act)
        self.timer.start()

    def act(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, UnlockDialog) and widget.isVisible():
                self.seen.append(widget.note.text())
                widget.secret.setText(PASSPHRASE)
                widget.opening.click()
            elif isinstance(widget, Window) and widget.isVisible() and not widget.context.jobs.busy:
                self.seen.append(str(len(listed("employers", "name"))))
                if len(self.seen) == 2:
                    widget._restore(self.source, PASSPHRASE)
                else:
                    widget.close()


def test_from_the_door_to_a_restore_and_to_the_door_again(register: Register, author: Author, tmp_path: Path) -> None:
    kept = back_up(register, target=tmp_path / "空的.jhbak").path
    imported_rows(author, tmp_path, [["单位名称", "统一社会信用代码", "职工人数"], ["重庆甲示例有限公司", None, 30]])
    room.close_register()
    person = Person(kept)
    assert run(register.folder) == 0
    person.timer.stop()
    database.connect(register.file, register.key_hex)
    assert acts() == ["restore", "open", "backup", "close"]
    assert person.seen == ["", "1", "已恢复备份《空的.jhbak》。原来的登记册移到了“before-restore-1”。", "0"]
    assert [each.reason for each in backups(register.folder)] == [Reason.CLOSING, Reason.RESTORE]


def test_before_the_code_was_noted_the_enter_key_tells_what_it_waits_for(qtbot: QtBot, tmp_path: Path, held: ExitStack) -> None:
    dialog = door(qtbot, tmp_path / "新", held)
    for field in (dialog.first, dialog.second):
        qtbot.keyClicks(field, "kitchen lamp 7")
    qtbot.keyClick(dialog.second, Qt.Key.Key_Return)
    qtbot.keyClick(dialog.noted, Qt.Key.Key_Return)
    assert "抄好" in dialog.waits.text()
    qtbot.keyClick(dialog.noted, Qt.Key.Key_Space)
    qtbot.keyClick(dialog.noted, Qt.Key.Key_Return)
    assert dialog.result() == UnlockDialog.DialogCode.Accepted
    room.close_register()


def test_why_a_passphrase_is_refused_is_said_once(qtbot: QtBot, tmp_path: Path, held: ExitStack) -> None:
    dialog = door(qtbot, tmp_path / "新", held)
    for field in (dialog.first, dialog.second):
        qtbot.keyClicks(field, "12345678")
    assert dialog.strength.isVisible()
    qtbot.keyClick(dialog.second, Qt.Key.Key_Return)
    assert "太常见" in dialog.refusal.text()
    assert not dialog.strength.isVisible()
    qtbot.keyClicks(dialog.first, "kitchen")
    assert dialog.strength.isVisible()


def spoil(path: Path) -> None:
    path.write_bytes(b"x" * path.stat().st_size)


@pytest.mark.parametrize(
    ("names", "spoiled", "offered"),
    [
        (["register.key", "register.key.copy"], Path.unlink, False),
        (["register.key", "register.key.copy"], spoil, False),
        (["register.db"], lambda path: path.write_bytes(b""), False),
        (["register.db", "register.key"], spoil, True),
    ],
)
def test_a_rescue_is_offered_only_where_there_is_something_to_rescue(
    qtbot: QtBot, closed: Path, held: ExitStack, names: list[str], spoiled: Callable[[Path], object], offered: bool
) -> None:
    for name in names:
        spoiled(closed / name)
    dialog = door(qtbot, closed, held)
    if dialog.secret.isVisible():
        dialog.secret.setText(PASSPHRASE)  # there are no keys for Chinese
        qtbot.keyClick(dialog.secret, Qt.Key.Key_Return)
    assert dialog.damage.isVisible()
    assert dialog.secret.text() == "", "what opens the register does not stay in a field that nobody sees"
    assert dialog.rescue.isVisible() is offered
    assert dialog.focusWidget() is dialog.restore
