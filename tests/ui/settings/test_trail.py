"""What the window leaves in the trail: each export and print one entry, masked or not; and the trail in the settings."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.engine import database
from models.records.worker import Worker
from models.register.register import Register
from models.trail.entry import Act, write
from models.trail.verifying import verify
from tests.aids import engines
from tests.aids.trailed import kept
from tests.aids.typing import type_day
from tests.aids.waiting import wait_for_jobs
from tests.aids.whole_window import closed, own_copy, shown_window, wait, walk
from ui.kit.context import Context
from ui.kit.whom import WhomDialog
from ui.lists.export_dialog import ExportDialog
from ui.lists.page import RecordsPage
from ui.lists.printing import ListPrinting
from ui.merging.page import MergePage
from ui.settings.page import SettingsPage
from ui.shell.window import Window

#: What the button of something that leaves the register says.
_LEAVING = ("存为表格…", "清单存为 PDF…", "存 PDF…", "存表格…", "打印…")


@pytest.fixture
def window(qtbot: QtBot, sample_register: Register, tmp_path: Path) -> Iterator[Window]:
    """The window over a register with all samples in it."""
    with own_copy(sample_register, tmp_path, theme="light") as register:
        shown = shown_window(register)
        yield shown
        closed(shown)


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder into which whoever sits at the window puts and prints everything; the dialogs of the system answer so."""
    folder = tmp_path / "files"
    folder.mkdir()

    def asked(_window: QWidget, _title: str, path: str, _kinds: str) -> tuple[str, str]:
        return str(folder / f"{len(list(folder.iterdir()))}{Path(path).suffix}"), ""

    def printed(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(folder / "printed.pdf"))
        return int(QDialog.DialogCode.Accepted)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", asked)
    monkeypatch.setattr(QPrintDialog, "exec", printed)
    return folder


def agree() -> None:
    """Press the button of the dialog that asks how a list is to leave."""
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, ExportDialog | WhomDialog):
        dialog.go.click()


def pick() -> None:
    """Take the first of the menu that is open."""
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)


def leaving(part: QWidget) -> list[QPushButton]:
    found = [each for each in part.findChildren(QPushButton) if each.text().replace("&", "").strip() in _LEAVING]
    return [each for each in found if each.isVisible() and each.isEnabled()]


def test_whatever_is_exported_or_printed_leaves_one_entry(qtbot: QtBot, window: Window, files: Path, tmp_path: Path) -> None:
    pressed, wrong, left = set(), [], []
    for name, part in walk(window, tmp_path):
        for button in leaving(part):
            if id(button) in pressed:
                continue
            pressed.add(id(button))
            before = len(kept("export", "print"))
            QTimer.singleShot(200, agree)
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            asking = QApplication.activeModalWidget()
            if isinstance(asking, ListPrinting):  # what is printed is chosen there, and printed from there
                asking.reject()
                wait(window)
                continue
            wait(window)
            new = kept("export", "print")[before:]
            left += [(each.what, each.rows) for each in new]
            if len(new) != 1 or new[0].full or not new[0].rows:
                wrong.append((name, button.text(), [(each.act, each.what, each.rows) for each in new]))
    assert wrong == []
    printed = ["工会会员花名册", "选举办法", "会员与职工名册", "打印记录", "会员证卡片"]
    assert [each.what for each in kept("print")] == printed
    assert {"会员与职工名册", "用人单位名单", "工会组织名单", "建会攻坚", "体检", "任务指标", "工作台账"} <= {what for what, _rows in left}
    assert ("会员与职工名册", Worker.select().count()) in left
    assert verify().wrong is None
    told = json.dumps([list(row.__data__.values()) for row in kept()], ensure_ascii=False)
    people: Any = Worker.select(Worker.name, Worker.id_number, Worker.phone).tuples()
    assert [each for person in people for each in person if each and len(each) > 1 and each in told] == []


def test_full_numbers_leave_an_entry_for_each_choice_that_is_seen(qtbot: QtBot, window: Window) -> None:
    window.open_page("workers")
    page = window.pages["workers"]
    assert isinstance(page, RecordsPage)
    wait(window)
    qtbot.mouseClick(page.full, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.context.notices.buttons[0], Qt.MouseButton.LeftButton)
    wait(window)
    page.model.load(search="王")
    wait(window)
    page.model.load(order="name")
    wait(window)
    seen = page.model.rowCount()
    assert [row.rows for row in kept("unmask")] == [Worker.select().count(), seen]
    qtbot.mouseClick(page.full, Qt.MouseButton.LeftButton)
    page.model.load(search="")
    wait(window)
    assert len(kept("unmask")) == 2


def test_pairs_that_are_compared_in_full_leave_their_uids(qtbot: QtBot, window: Window) -> None:
    window.open_page("duplicates")
    page = window.pages["duplicates"]
    assert isinstance(page, MergePage)
    wait(window)
    uids = [row.uid for row in Worker.select().limit(2)]
    page.pane.open("worker", *uids)
    wait(window)
    qtbot.mouseClick(page.pane.unmask, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(window.context.notices.buttons[0], Qt.MouseButton.LeftButton)
    wait(window)
    assert [sorted(row.records.split()) for row in kept("unmask")][-1] == sorted(uids)


@pytest.mark.parametrize(("command", "act"), [("close", "close"), ("lock", "lock")])
def test_closing_and_locking_leave_an_entry(qtbot: QtBot, window: Window, command: str, act: str) -> None:
    with qtbot.waitSignal(window.closed, timeout=30_000):
        window.close() if command == "close" else window.locking.lock()
    opened = window.context.register
    engines.opened(opened)
    assert [row.act for row in kept()][-2:] == ["backup", act]


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> SettingsPage:
    """The settings, at the trail, with three entries."""
    author = context.author
    exported = Act("export", "会员与职工名册", rows=12, full=True, file="甲.xlsx", recipient="区总")
    for act in (Act("open", "窗口"), exported, Act("print", "花名册", 3)):
        write(act, author)
    shown = SettingsPage(context)
    qtbot.addWidget(shown)
    shown.resize(1198, 700)
    shown.show()
    shown.sections.open("操作留痕")
    wait_for_jobs(qtbot, context)
    return shown


def listed(page: SettingsPage) -> list[str]:
    return [each.act for each in page.trail.model.items]


def test_the_trail_is_narrowed_verified_and_exported(
    qtbot: QtBot, context: Context, page: SettingsPage, files: Path
) -> None:
    trail = page.trail
    assert listed(page) == ["print", "export", "open"]
    trail.acts.setCurrentIndex(trail.acts.findData("export"))
    trail.acts.activated.emit(trail.acts.currentIndex())
    wait_for_jobs(qtbot, context)
    assert listed(page) == ["export"]
    trail.acts.setCurrentIndex(0)
    trail.text.insert("区总")
    qtbot.keyClick(trail.text, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert [(each.file, each.numbers) for each in trail.model.items] == [("甲.xlsx", "完整")]
    trail.text.clear()
    type_day(qtbot, trail.until, "2020-01-01")
    wait_for_jobs(qtbot, context)
    assert listed(page) == []
    type_day(qtbot, trail.until, "2030-01-01")
    wait_for_jobs(qtbot, context)
    QTimer.singleShot(100, pick)
    qtbot.mouseClick(trail.export, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    (path,) = files.iterdir()
    assert [row[3] for row in openpyxl.load_workbook(path).active.values] == ["做了什么", "打印", "导出", "打开登记册"]
    assert (kept()[-1].what, kept()[-1].rows) == ("操作留痕", 3)
    qtbot.mouseClick(trail.verify, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert trail.verdict.text() == "操作留痕 4 条，逐条核对无误。"


def test_what_was_changed_is_told(qtbot: QtBot, context: Context, page: SettingsPage) -> None:
    engines.without_trigger("trail", "trail_no_update", "trail_no_delete")
    database.db.execute_sql("DELETE FROM trail WHERE id = 2")
    qtbot.mouseClick(page.trail.verify, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert context.notices.text == "操作留痕从第 2 条起与原来不符：这一条不见了。"


def test_what_cannot_be_kept_is_told_and_done_all_the_same(
    qtbot: QtBot, context: Context, page: SettingsPage, files: Path
) -> None:
    (context.register.folder / "waiting").write_text("in the way")
    with qtbot.waitSignal(context.jobs.idle):
        context.jobs.run(database.db.execute_sql, "PRAGMA query_only = 1")
    QTimer.singleShot(100, pick)
    qtbot.mouseClick(page.trail.export, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert len(list(files.iterdir())) == 1
    assert "没有记入操作留痕" in context.notices.text
