"""Manners: composed input, locking, a clipboard that forgets, files dropped anywhere, the place that is remembered."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import PySide6
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from models.register.laptop import write_laptop
from models.register.register import Register
from tests.aids.composing import COMPOSED, composed, composing
from tests.aids.speaking import LI, workbook
from tests.aids.whole_window import closed, own_copy, shown_window, wait
from ui.kit.idle import Clipboard, Idle, lock_minutes
from ui.kit.kept_split import KeptSplit
from ui.ledger.page import LedgerPage
from ui.lists.page import RecordsPage
from ui.shell.application import application
from ui.shell.place import keep_place, restore_place
from ui.shell.window import Window
from ui.targets.page import TargetsPage


@pytest.fixture(scope="module")
def window(sample_register: Register, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Iterator[Window]:
    with own_copy(sample_register, tmp_path_factory.mktemp("manners")) as register:
        shown = shown_window(register)
        yield shown
        closed(shown)


def test_a_cell_of_a_table_takes_composed_input(window: Window) -> None:
    window.open_page("targets")
    wait(window)
    page = window.pages["targets"]
    assert isinstance(page, TargetsPage)
    model = page.table.model()
    first_row = [model.index(0, column) for column in range(model.columnCount())]
    index = next(each for each in first_row if model.flags(each) & Qt.ItemFlag.ItemIsEditable)
    page.table.edit(index)
    editor = page.table.findChild(QLineEdit)
    assert editor is not None
    composed(editor, COMPOSED)
    assert editor.text().endswith(COMPOSED)
    page.table.closeEditor(editor, page.table.itemDelegate().EndEditHint.RevertModelCache)


def test_nothing_is_searched_and_nothing_submitted_while_text_is_composed(qtbot: QtBot, window: Window) -> None:
    window.activateWindow()
    window.open_page("workers")
    workers = window.pages["workers"]
    assert isinstance(workers, RecordsPage)
    for field, timer in ((window.search, window.search._typing), (workers.bar.finding, workers.bar._typing)):
        field.setFocus()
        composing(field, "wang")
        assert not timer.isActive()
        assert field.text() == ""
        done = QInputMethodEvent("", [])
        done.setCommitString("王")
        QApplication.sendEvent(field, done)
        assert timer.isActive()
        field.clear()
    wait(window)


def test_the_program_leaves_the_input_method_to_the_person() -> None:
    plugins = Path(str(PySide6.__file__)).parent / "Qt" / "plugins" / "platforminputcontexts"
    assert any("ibus" in each.name for each in plugins.iterdir())
    assert "QT_IM_MODULE" not in Path(application.__code__.co_filename).read_text("utf-8")


def sent(part: QWidget, *paths: Path) -> bool:
    """Drag files over a part of a window, and let go; whether they may be dropped there."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place, handle = part.mapTo(part.window(), QPoint(4, 4)), part.window().windowHandle()
    entering = QDragEnterEvent(place, action, data, button, none)
    QApplication.sendEvent(handle, entering)
    QApplication.sendEvent(handle, QDropEvent(QPointF(place), action, data, button, none))
    return entering.isAccepted()


def test_files_may_be_dropped_on_a_field_a_dialog_or_as_a_folder(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    rows = [["姓名", "身份证号"], ["王五", None]]
    one, two = workbook(tmp_path / "a" / "一.xlsx", {"表": rows}), workbook(tmp_path / "a" / "二.xlsx", {"表": rows})
    (tmp_path / "a" / "~$一.xlsx").write_bytes(b"x")
    window.open_page("workers")
    window.show_help()
    assert window._help is not None
    for target in (window.search, window._help.guide.finding, window._help):
        window.open_page("workers")
        assert sent(target, tmp_path / "a")
        assert window.page_name == "import"
        wait(window)
        assert [each.path for each in window.pages.importing.files] == [one, two]
        window.pages.importing.start_again()
    assert window.search.text() == ""
    window._help.close()


def test_a_file_that_is_no_workbook_is_named_and_the_others_are_read(window: Window, tmp_path: Path) -> None:
    (tmp_path / "通知.pptx").write_bytes(b"x")
    one = workbook(tmp_path / "一.xlsx", {"表": [["姓名"], ["王五"]]})
    window.open_page("home")
    assert sent(window, tmp_path / "通知.pptx")
    assert window.page_name == "home"
    assert window.context.notices.text.startswith("《通知.pptx》不是能导入的表格")
    assert sent(window, tmp_path / "通知.pptx", one)
    assert window.page_name == "import"
    wait(window)
    assert [each.path for each in window.pages.importing.files] == [one]
    assert "《通知.pptx》" in window.context.notices.text
    window.pages.importing.start_again()


def test_a_copied_number_is_forgotten_and_anything_else_is_kept(qtbot: QtBot, qapp: QApplication) -> None:
    board = QApplication.clipboard()
    shown = QLineEdit()
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWindow() is not None)
    forgetting = Clipboard(qapp, after_ms=20)
    for number in (f"李六\t{LI}", "19900000001"):
        board.setText(number)
        qtbot.waitUntil(lambda: board.text() == "", timeout=2_000)
    for text in ("王五", "2026-11-22", "共 12345678 条", "500103********9025"):
        board.setText(text)
        qtbot.wait(40)
        assert board.text() == text
    board.setText(LI)
    board.setText("别的")
    qtbot.wait(40)
    assert board.text() == "别的"
    forgetting.deleteLater()


def test_input_puts_the_lock_off_and_zero_means_never(qtbot: QtBot) -> None:
    assert lock_minutes() == 10
    watched = QLineEdit()
    qtbot.addWidget(watched)
    idle = Idle(watched)
    watched.show()
    watched.activateWindow()
    qtbot.waitUntil(watched.hasFocus)
    assert idle._timer.interval() == 600_000
    idle._timer.setTimerType(Qt.TimerType.PreciseTimer)  # the others are put together by the second
    idle._timer.setInterval(60_000)
    qtbot.wait(40)
    for typed in ("", "wang"):
        left = idle._timer.remainingTime()
        if typed:
            composing(watched, typed)
        else:
            qtbot.keyClick(watched.windowHandle(), Qt.Key.Key_A)
        assert left < idle._timer.remainingTime() <= 60_000
        qtbot.wait(40)
    idle._timer.setInterval(120)
    with qtbot.waitSignal(idle.idle, timeout=2_000):
        pass
    write_laptop({"lock_minutes": 0})
    idle.begin()
    assert not idle._timer.isActive()


def test_what_is_typed_holds_the_lock_off_and_closing_asks(qtbot: QtBot, window: Window) -> None:
    window.open_page("ledger")
    wait(window)
    page = window.pages["ledger"]
    assert isinstance(page, LedgerPage)
    before = window.locking.unsaved
    page.new_entry()
    page.form.editors["note"].show_text("一件")
    assert (before, window.locking.unsaved) == (False, True)
    window.locking.idle.idle.emit()
    assert not window.closing.ended
    # nor is it closed by a person without being asked
    assert not window.close()
    assert window.context.notices.label.text().startswith("有填好还没有保存")
    assert [button.text() for button in window.context.notices.buttons] == ["放弃并关闭"]
    page.form.show_entry({})
    page.form.hide()
    assert not window.locking.unsaved


def test_the_first_window_fills_a_small_screen(qtbot: QtBot) -> None:
    fresh = QWidget()
    qtbot.addWidget(fresh)
    assert fresh.screen().availableSize().width() < 1366
    restore_place(fresh)
    assert fresh.isMaximized()


def test_the_place_is_kept_for_each_screen_and_one_off_screen_is_mended(qtbot: QtBot) -> None:
    shown = QWidget()
    qtbot.addWidget(shown)
    shown.setGeometry(40, 50, 700, 500)
    keep_place(shown, "drive")
    again = QWidget()
    qtbot.addWidget(again)
    assert restore_place(again) == "drive"
    assert again.size() == shown.size()
    kept = json.loads(Path(os.environ["JIANHUI_LAPTOP"]).read_text("utf-8"))
    (screen,) = kept["window"]["places"]
    shown.move(-5_000, -5_000)
    keep_place(shown, "drive")
    restore_place(again)
    room = again.screen().availableGeometry()
    assert room.contains(again.frameGeometry().center())
    assert screen == f"{again.screen().size().width()}x{again.screen().size().height()}"


def test_the_border_between_two_parts_stays_where_it_was_moved(qtbot: QtBot) -> None:
    def shown() -> tuple[QWidget, KeptSplit]:
        window = QWidget()
        qtbot.addWidget(window)
        split = KeptSplit("drive", QLineEdit(), QLineEdit())
        QHBoxLayout(window).addWidget(split)
        window.resize(820, 300)
        split.place([600, 200])
        window.show()
        return window, split

    window, split = shown()
    usual = split.sizes()[1]
    split.handle(1).setFocus()
    split.moveSplitter(300, 1)
    assert split.sizes()[1] > usual + 100
    keep_place(window, "drive")
    _other, again = shown()
    assert again.sizes() == split.sizes()


def test_ctrl_l_closes_the_register_once_what_is_typed_may_go(
    qtbot: QtBot, sample_register: Register, tmp_path: Path
) -> None:
    with own_copy(sample_register, tmp_path) as register:
        shown = shown_window(register)
        shown.open_page("ledger")
        page = shown.pages["ledger"]
        assert isinstance(page, LedgerPage)
        page.new_entry()
        page.form.editors["note"].show_text("一件")
        qtbot.keyClick(shown, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
        assert not shown.closing.ended
        with qtbot.waitSignal(shown.closed):
            shown.context.notices.buttons[0].click()
        assert shown.locking.wanted
        shown.deleteLater()
