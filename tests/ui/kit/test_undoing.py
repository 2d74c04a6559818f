"""Taking back and doing again: Ctrl+Z, Ctrl+Y and the list of steps; what the log says of it afterwards."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from models.editing.editing import held, save, understand
from models.editing.record_history import history_of
from models.journal.done import did as done_of
from models.journal.history import history
from models.journal.writer import Author
from models.lists.step_names import step_names
from models.records.region import load_index
from models.records.worker import Worker
from models.register.register import Register
from tests.aids.speaking import TODAY, imported_rows, listed
from tests.aids.whole_window import closed, shown_window
from tests.ui.importing.import_walk import ROSTER
from ui.kit.field_undo import FieldUndo
from ui.kit.written import did
from ui.shell.window import Window


@pytest.fixture
def window(register: Register, author: Author, tmp_path: Path) -> Iterator[Window]:
    imported_rows(author, tmp_path, ROSTER, "花名册")
    made = shown_window(register)
    yield made
    closed(made)


def settle(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: not window.context.jobs.busy)


def change(window: Window, name: str, **texts: str) -> int:
    """Change a person as a form does, and return the batch's number."""
    known = held("worker", Worker.get(Worker.name == name).uid)
    assert known is not None
    understood = understand("worker", texts, known, TODAY, load_index(TODAY))
    done = done_of(save, "worker", known, understood, window.context.author)
    did(window.context, done, "已保存。")
    assert done.batch is not None
    return done.batch


def phones() -> list[str]:
    return sorted(phone for (phone,) in listed("workers", "phone"))


def key(qtbot: QtBot, window: QWidget, key: Qt.Key, alt: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, key, held | Qt.KeyboardModifier.AltModifier if alt else held)
    top = window.window()
    assert isinstance(top, Window)
    settle(qtbot, top)


def test_what_was_taken_back_is_done_again_and_taken_back_once_more(qtbot: QtBot, window: Window) -> None:
    before = phones()
    change(window, "王五", phone="19900000055")
    after = phones()
    assert before != after
    for expected in (before, after, before, after):
        key(qtbot, window, Qt.Key.Key_Z if expected == before else Qt.Key.Key_Y)
        assert phones() == expected
    assert history()[0].restores is not None


def test_states_follow_the_log(qtbot: QtBot, window: Window) -> None:
    number = change(window, "王五", phone="19900000055")

    def state() -> int | None:
        return next(past.undone_by for past in history() if past.number == number)

    assert state() is None
    key(qtbot, window, Qt.Key.Key_Z)
    assert state() == history()[0].number
    key(qtbot, window, Qt.Key.Key_Y)
    assert state() is None
    assert history()[0].restores == number
    person = Worker.get(Worker.name == "王五")
    newest = history_of("worker", person.uid, load_index(TODAY), name="phone")[0]
    assert (newest.batch, newest.how) == (number, "edit")


def test_the_origin_of_what_an_import_brought_is_its_file_after_undo_and_redo(
    qtbot: QtBot, window: Window
) -> None:
    [past] = history("import")
    window.context.undoing.remember(past.number)
    key(qtbot, window, Qt.Key.Key_Z)
    assert listed("workers", "name") == []
    key(qtbot, window, Qt.Key.Key_Y)
    person = Worker.get(Worker.name == "王五")
    newest = history_of("worker", person.uid, load_index(TODAY), name="phone")[0]
    assert (newest.batch, newest.how, newest.files) == (past.number, "import", ("花名册.xlsx",))


def test_a_new_step_leaves_nothing_to_be_done_again(qtbot: QtBot, window: Window) -> None:
    change(window, "王五", phone="19900000055")
    key(qtbot, window, Qt.Key.Key_Z)
    change(window, "李六", phone="19900000066")
    key(qtbot, window, Qt.Key.Key_Y)
    assert window.context.notices.text == "没有撤销了还可以恢复的操作。"
    assert "19900000066" in phones()


def test_each_step_has_a_name_and_is_taken_back_on_its_own(qtbot: QtBot, window: Window) -> None:
    first = change(window, "王五", phone="19900000055", note="班长")
    change(window, "李六", phone="19900000066")
    texts: list[str] = []

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        texts.extend(action.text() for action in menu.actions())
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Return)

    QTimer.singleShot(600, choose)
    key(qtbot, window, Qt.Key.Key_Z, alt=True)
    settle(qtbot, window)
    assert texts == ["撤销：改移动电话 · 李六", "撤销：改移动电话、备注 · 王五"]
    assert "19900000055" not in phones()
    assert "19900000066" in phones()
    assert [each.number for each in window.context.undoing.taken] == [first]


def test_what_cannot_be_taken_back_stays_to_be_tried_again(qtbot: QtBot, window: Window) -> None:
    window.context.undoing.remember(999)
    key(qtbot, window, Qt.Key.Key_Z)
    assert window.context.undoing.batches == [999]
    assert "999" in window.context.notices.text


def test_names_of_steps(window: Window) -> None:
    [past] = history("import")
    assert step_names([past.number, 999]) == {past.number: "导入《花名册.xlsx》 2 行"}


def test_in_a_field_the_keys_are_its_own_while_it_has_something_to_undo(qtbot: QtBot, window: Window) -> None:
    """After a save the field has the keyboard still, and nothing of its own to take back."""
    before = phones()
    change(window, "王五", phone="19900000055")
    field = QLineEdit(window)
    field.show()
    field.setFocus()
    qtbot.keyClicks(field, "abc")
    key(qtbot, field, Qt.Key.Key_Z)
    assert (field.text(), "19900000055" in phones()) == ("", True)
    key(qtbot, field, Qt.Key.Key_Z)
    assert phones() == before
    field.setText("")  # as a form does that shows what was brought back
    key(qtbot, field, Qt.Key.Key_Y)
    assert "19900000055" in phones()


class KeepingLine(QLineEdit):
    """A field that keeps whatever key it is asked about: on Linux Qt's keeps Ctrl with several letters, without a screen none."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


def test_with_ctrl_a_field_keeps_the_keys_of_the_clipboard_and_leaves_the_others_to_the_window(qtbot: QtBot) -> None:
    field = KeepingLine("示例")
    qtbot.addWidget(field)
    FieldUndo(field)
    field.show()
    field.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    kept = []
    for letter in "ACEKPUVX":
        key = QKeyEvent(QEvent.Type.ShortcutOverride, ord(letter), Qt.KeyboardModifier.ControlModifier)
        key.ignore()
        QApplication.sendEvent(field, key)
        kept += [letter] if key.isAccepted() else []
    assert "".join(kept) == "ACVX"
