"""Secrets typed in the window, with real clicks and keys: what Enter does, what is told, what is left behind."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.backups.making import back_up
from models.language import use_language
from models.register import keys
from models.register import register as room
from models.register.register import Register
from tests.aids.speaking import PASSPHRASE
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import Context
from ui.kit.secret_fields import forget
from ui.settings.page import SettingsPage
from ui.settings.restore_dialog import RestoreDialog
from ui.shell.unlock_dialog import UnlockDialog
from ui.shell.window import Window

LEFT = Qt.MouseButton.LeftButton
NEW = "雨伞 拖拉机 42"


def shown(qtbot: QtBot, dialog: UnlockDialog | RestoreDialog) -> None:
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)


def type_in(qtbot: QtBot, field: QWidget, text: str) -> None:
    """Type over what stands in the field that has the focus, as somebody does who was just refused."""
    assert field.window().focusWidget() is field
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    written(qtbot, field, text)


def written(qtbot: QtBot, field: QWidget, text: str) -> None:
    """Key by key; Chinese as it comes from an input method."""
    if text.isascii():
        qtbot.keyClicks(field, text)
    else:
        typed = QInputMethodEvent()
        typed.setCommitString(text)
        QApplication.sendEvent(field, typed)


def enter(qtbot: QtBot, dialog: QWidget) -> None:
    field = dialog.focusWidget()
    assert field is not None
    qtbot.keyClick(field, Qt.Key.Key_Return)


@pytest.fixture
def door(qtbot: QtBot, register: Register, held: ExitStack) -> UnlockDialog:
    room.close_register()
    dialog = UnlockDialog(register.folder, held)
    shown(qtbot, dialog)
    return dialog


@pytest.mark.parametrize("first", ["clicked", "entered"])
def test_after_a_wrong_passphrase_the_right_one_opens_with_enter(qtbot: QtBot, door: UnlockDialog, first: str) -> None:
    type_in(qtbot, door.secret, "不对的口令")
    if first == "clicked":
        qtbot.mouseClick(door.opening, LEFT)
    else:
        enter(qtbot, door)
    assert door.wrong.text().startswith("口令不对")
    type_in(qtbot, door.secret, PASSPHRASE)
    assert door.wrong.text() == "", "what was said of the last one does not stand beside the next"
    enter(qtbot, door)
    assert door.register is not None
    assert door.secret.text() == ""


def test_after_any_other_button_enter_opens(qtbot: QtBot, door: UnlockDialog) -> None:
    for _back_and_forth in range(2):
        qtbot.mouseClick(door.by_code, LEFT)
    qtbot.mouseClick(door.shown, LEFT)
    door.secret.setFocus()
    type_in(qtbot, door.secret, PASSPHRASE)
    enter(qtbot, door)
    assert door.register is not None


@pytest.mark.parametrize(("one", "other", "told"), [
    ("短", "短", "至少要 8 个字符"), ("12345678", "12345678", "太常见"), (NEW, NEW[:-1], "两次输入的口令不一样"),
])  # fmt: skip
def test_after_a_refused_passphrase_a_good_one_is_taken_with_enter(
    qtbot: QtBot, tmp_path: Path, held: ExitStack, one: str, other: str, told: str
) -> None:
    dialog = UnlockDialog(tmp_path / "新", held)
    shown(qtbot, dialog)
    type_in(qtbot, dialog.first, one)
    dialog.second.setFocus()
    type_in(qtbot, dialog.second, other)
    qtbot.mouseClick(dialog.creating, LEFT)
    assert told in dialog.refusal.text()
    for field in (dialog.first, dialog.second):
        field.setFocus()
        type_in(qtbot, field, NEW)
    assert dialog.refusal.text() == ""
    enter(qtbot, dialog)
    assert len(dialog.code.text().replace("-", "")) == 24
    assert (dialog.first.text(), dialog.second.text()) == ("", "")
    enter(qtbot, dialog)
    assert dialog.isVisible(), "before the code is noted Enter begins nothing"
    qtbot.keyClick(dialog.noted, Qt.Key.Key_Space)
    enter(qtbot, dialog)
    assert dialog.result() == UnlockDialog.DialogCode.Accepted
    room.close_register()


def test_the_strength_is_told_while_typing(qtbot: QtBot, tmp_path: Path, held: ExitStack) -> None:
    dialog = UnlockDialog(tmp_path / "新", held)
    shown(qtbot, dialog)
    for typed, told in (("雨伞", "还太短"), ("shapingba2026", "地名"), (NEW, "强度：好"), ("", "")):
        dialog.first.setFocus()
        dialog.first.clear()
        written(qtbot, dialog.first, typed)
        assert told in dialog.strength.text()
    assert dialog.strength.text() == ""


@pytest.mark.parametrize(("language", "said"), [("zh", "恢复"), ("en", "Restore")])
def test_putting_a_backup_back_is_not_called_redo(qtbot: QtBot, register: Register, language: str, said: str) -> None:
    use_language(language)
    dialog = RestoreDialog(register.folder)
    qtbot.addWidget(dialog)
    use_language("zh")
    assert dialog.go.text() == said


def test_a_backup_is_put_back_with_enter(qtbot: QtBot, register: Register) -> None:
    back_up(register)
    dialog = RestoreDialog(register.folder)
    shown(qtbot, dialog)
    dialog.field.setFocus()
    enter(qtbot, dialog)
    assert dialog.isVisible(), "without a passphrase there is nothing to do, and nothing is cancelled"
    type_in(qtbot, dialog.field, PASSPHRASE)
    enter(qtbot, dialog)
    assert dialog.result() == RestoreDialog.DialogCode.Accepted


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> SettingsPage:
    made = SettingsPage(context)
    qtbot.addWidget(made)
    made.show()
    made.sections.open("口令")
    return made


@pytest.mark.parametrize("last", ["old", "first", "second"])
def test_enter_changes_the_passphrase_from_any_of_the_fields(
    qtbot: QtBot, context: Context, page: SettingsPage, last: str
) -> None:
    secrets = page.secrets
    for field, text in ((secrets.old, "不对的口令"), (secrets.first, NEW), (secrets.second, NEW)):
        field.setText(text)
    qtbot.mouseClick(secrets.change, LEFT)
    wait_for_jobs(qtbot, context)
    assert secrets.told.text().startswith("口令不对")
    assert page.focusWidget() is secrets.old
    written(qtbot, secrets.old, PASSPHRASE)
    assert secrets.told.text() == ""
    qtbot.keyClick(getattr(secrets, last), Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert context.notices.text.startswith("口令已修改")
    assert [field.text() for field in (secrets.old, secrets.first, secrets.second)] == ["", "", ""]


def test_no_button_of_a_door_takes_enter_but_the_one_of_its_page(door: UnlockDialog) -> None:
    takers = [each for each in door.findChildren(QPushButton) if each.autoDefault()]
    assert takers == []
    assert [each for each in door.findChildren(QPushButton) if each.isDefault()] == [door.opening]


def test_undo_brings_no_secret_back(qtbot: QtBot, door: UnlockDialog) -> None:
    qtbot.mouseClick(door.shown, LEFT)  # what is shown can be undone
    door.secret.setFocus()
    type_in(qtbot, door.secret, PASSPHRASE)
    forget(door.secret)
    qtbot.keyClick(door.secret, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (door.secret.text(), door.secret.isUndoAvailable()) == ("", False)


def test_a_recovery_code_goes_from_the_clipboard_when_the_window_closes(qtbot: QtBot, context: Context) -> None:
    door = QLineEdit()  # what is copied while one of our windows has the focus is ours
    qtbot.addWidget(door)
    door.show()
    door.activateWindow()
    qtbot.waitUntil(door.isActiveWindow)
    QGuiApplication.clipboard().setText(keys.new_recovery_code())
    window = Window(context)
    qtbot.addWidget(window)
    window.show()
    wait_for_jobs(qtbot, window)
    window.close()
    qtbot.waitUntil(lambda: window.closing.ended, timeout=20_000)
    assert QGuiApplication.clipboard().text() == ""
