"""The backups in the window: what each holds, checked, taken to a stick, gone back to; with what is there now beside it."""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from models.backups import archive, listing
from models.backups.listing import backups
from models.backups.making import back_up
from models.backups.reasons import Reason
from models.errors import UserError
from models.journal.writer import Author
from models.records.employer import Employer
from models.register import register as room
from models.register.register import Register
from models.register.swapping import INCOMING, JOURNAL
from tests.aids.speaking import PASSPHRASE, TODAY, imported_rows, made
from tests.aids.waiting import hold, wait_for_jobs
from tests.backups.test_backups import harmed
from tests.register.test_register import NAME, named, names
from ui.history.page import HistoryPage
from ui.kit.context import Context
from ui.merging.pane import MergePane
from ui.settings.backups import BackupsSettings
from ui.settings.page import SettingsPage
from ui.settings.restore_dialog import RestoreDialog
from ui.shell.application import application
from ui.shell.unlock_dialog import UnlockDialog

LEFT = Qt.MouseButton.LeftButton
#: Seconds after which a dialog that nobody can get through is left.
_PATIENCE = 60


@pytest.fixture
def shown(qtbot: QtBot, context: Context) -> BackupsSettings:
    """The settings' section of backups."""
    page = SettingsPage(context)
    hold(qtbot, page)
    page.resize(1198, 700)
    page.show()
    page.sections.open("备份")
    return page.backups


def row(shown: BackupsSettings, place: int) -> list[str]:
    return [str(shown.model.index(place, column).data()) for column in range(shown.model.columnCount())]


@contextmanager
def person(act: Callable[[RestoreDialog], None]) -> Iterator[list[RestoreDialog]]:
    """While inside, somebody sits before the dialog: ``act`` is called now and then while it is seen, and not for ever."""
    seen: list[RestoreDialog] = []
    end = time.monotonic() + _PATIENCE

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, RestoreDialog):
            if dialog not in seen:
                seen.append(dialog)
            if time.monotonic() > end:
                dialog.done(QDialog.DialogCode.Rejected)
                pytest.fail(f"the dialog stays: {dialog.wrong.text()!r}, {dialog.about.text()!r}, {dialog.go.isEnabled()}")
            act(dialog)

    timer = QTimer(interval=20)
    timer.timeout.connect(look)
    timer.start()
    yield seen
    timer.stop()


def test_each_backup_shows_its_number_day_reason_counts_and_state(
    qtbot: QtBot, context: Context, author: Author, shown: BackupsSettings
) -> None:
    named(author, NAME)
    back_up(context.register, Reason.IMPORT)
    named(author, "乙公司")
    qtbot.mouseClick(shown.back_up, LEFT)
    wait_for_jobs(qtbot, context)
    assert [shown.model.index(0, column).data() for column in (0, 2, 3, 5, 6)] == ["2", "手动备份", "0", "0", "2"]
    assert row(shown, 0)[1].startswith(TODAY.isoformat())
    assert (row(shown, 0)[8], row(shown, 1)[2], row(shown, 1)[6]) == ("备份时核对过", "导入前", "1")
    assert shown.table.currentIndex().row() == 0


def test_backups_are_checked_and_deleted_but_never_the_only_good_one(
    qtbot: QtBot, context: Context, shown: BackupsSettings
) -> None:
    for count in (1, 2):
        qtbot.mouseClick(shown.back_up, LEFT)
        wait_for_jobs(qtbot, context)
        assert len(shown.model.items) == count
        assert shown.remove.isEnabled() == (count > 1)
    qtbot.mouseClick(shown.check, LEFT)
    wait_for_jobs(qtbot, context)
    assert row(shown, 0)[8] == f"完好，{TODAY.isoformat()} 核对"
    oldest = shown.model.items[1].path
    harmed(oldest)
    shown.table.selectRow(1)
    qtbot.mouseClick(shown.check, LEFT)
    wait_for_jobs(qtbot, context)
    assert row(shown, 1)[8] == "已损坏"
    assert shown.table.currentIndex().row() == 1, "the one that was looked at is still looked at"
    qtbot.mouseClick(shown.check_all, LEFT)
    wait_for_jobs(qtbot, context)
    assert oldest.name in context.notices.text
    qtbot.mouseClick(shown.remove, LEFT)
    qtbot.mouseClick(context.notices.buttons[0], LEFT)
    assert [each.path.exists() for each in shown.model.items] == [True]
    assert not oldest.exists()
    with pytest.raises(UserError, match="唯一完好的一份"):
        listing.remove(context.register.folder, shown.model.items[0].path)


def test_then_and_now_stand_side_by_side_and_a_wrong_passphrase_closes_nothing(
    qtbot: QtBot, context: Context, author: Author, shown: BackupsSettings
) -> None:
    named(author, NAME)
    back_up(context.register)
    named(author, "乙公司", "丙公司")
    shown.refresh()
    tried: list[str] = []
    numbers: list[tuple[str, str]] = []
    wished: list[tuple[object, str]] = []
    shown.restoring.connect(lambda *wish: wished.append(wish))

    def act(dialog: RestoreDialog) -> None:
        then, now = dialog.numbers["employers"]
        if not tried:
            numbers.append((then.text(), now.text()))
            assert not dialog.go.isEnabled()
            qtbot.keyClicks(dialog.field, "wrong passphrase")
            tried.append("")
            qtbot.mouseClick(dialog.go, LEFT)
        elif dialog.wrong.text() and len(tried) == 1:
            tried.append(dialog.wrong.text())
            assert dialog.field.selectedText(), "it is typed over"
            dialog.field.setText(PASSPHRASE)
            qtbot.keyClick(dialog.field, Qt.Key.Key_Return)

    with person(act):
        qtbot.mouseClick(shown.restore, LEFT)
    assert numbers == [("1", "3")]
    assert tried[1].startswith("口令不对")
    assert wished == [], "it is asked once more"
    qtbot.mouseClick(context.notices.buttons[0], LEFT)
    assert wished == [(shown.model.items[0].path, PASSPHRASE)]
    assert list(context.register.folder.glob("restoring*")) == []


def test_a_rotten_backup_is_told_before_anything_is_closed_and_the_newest_good_one_offered(
    qtbot: QtBot, context: Context, author: Author, shown: BackupsSettings
) -> None:
    named(author, NAME)
    good = back_up(context.register).path
    named(author, "乙公司")
    rotten = back_up(context.register).path
    harmed(rotten)
    shown.refresh()
    offered: list[Path] = []

    def act(dialog: RestoreDialog) -> None:
        if not offered:
            offered.append(dialog.path)
            dialog.field.setText(PASSPHRASE)
            qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
        elif dialog.wrong.text():
            assert "改选" in dialog.wrong.text()
            offered.append(dialog.path)
            dialog.reject()

    with person(act):
        qtbot.mouseClick(shown.restore, LEFT)
    assert offered == [rotten, good]
    assert row(shown, 0)[8] == "已损坏"
    assert RestoreDialog(context.register.folder).path == good, "from now on it is offered first"


def test_the_dialog_says_when_a_file_is_no_backup(qtbot: QtBot, register: Register, tmp_path: Path) -> None:
    application()
    (tmp_path / "x.jhbak").write_text("hello")
    dialog = RestoreDialog(register.folder)
    qtbot.addWidget(dialog)
    assert (dialog.path, dialog.about.text()) == (Path(), "")
    qtbot.keyClicks(dialog.file, str(tmp_path / "x.jhbak"))
    assert "打不开" in dialog.about.text()
    dialog.field.setText(PASSPHRASE)
    qtbot.mouseClick(dialog.go, LEFT)
    assert "不是建会通的备份" in dialog.wrong.text()


def test_without_a_backup_nothing_is_undone_and_it_can_be_tried_again(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, [["单位名称"], ["重庆甲示例有限公司"]], "单位")
    page = HistoryPage(context)
    qtbot.addWidget(page)
    page.show()
    wait_for_jobs(qtbot, context)
    own = context.register.folder / "backups"
    own.write_text("in the way")
    for _time in range(2):
        qtbot.mouseClick(page.undo_button, LEFT)
        wait_for_jobs(qtbot, context)
        qtbot.mouseClick(page.confirm, LEFT)
        wait_for_jobs(qtbot, context)
        assert Employer.select().count() == (1 if own.is_file() else 0)
        if own.is_file():
            assert "什么都没有改动" in context.notices.text
            own.unlink()
    assert [each.reason for each in backups(context.register.folder)] == [Reason.UNDO]


def test_before_a_merge_there_is_a_backup(qtbot: QtBot, context: Context, author: Author) -> None:
    one, other = (made(author, Employer, name="重庆甲示例有限公司") for _time in range(2))
    pane = MergePane(context)
    qtbot.addWidget(pane)
    pane.show()
    pane.open("employer", one, other)
    wait_for_jobs(qtbot, context)
    qtbot.mouseClick(pane.merge_button, LEFT)
    wait_for_jobs(qtbot, context)
    [before] = backups(context.register.folder)
    assert before.counts is not None
    assert (before.reason, before.counts.employers, Employer.select().count()) == (Reason.MERGE, 2, 1)


def test_the_door_ends_a_restore_that_was_cut_off(qtbot: QtBot, register: Register, author: Author, tmp_path: Path) -> None:
    application()
    named(author, NAME)
    saved = back_up(register, target=tmp_path).path
    named(author, "乙公司")
    room.close_register()
    (register.folder / INCOMING).mkdir()
    archive.unpack(saved, register.folder / INCOMING)
    shutil.move(register.file, tmp_path)  # as if it had been on its way
    (register.folder / JOURNAL).write_text('{"aside": "before-restore-1"}')
    with ExitStack() as held:
        dialog = UnlockDialog(register.folder, held)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.secret.setText(PASSPHRASE)
        qtbot.keyClick(dialog.secret, Qt.Key.Key_Return)
        assert dialog.register is not None
        assert names() == [NAME]


def test_a_stick_is_named_told_whether_it_is_there_and_given_up(
    qtbot: QtBot, context: Context, shown: BackupsSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "优盘"
    stick.mkdir()
    second = shown.second
    assert not second.forget.isVisible()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(stick))
    qtbot.mouseClick(second.choose, LEFT)
    wait_for_jobs(qtbot, context)
    assert "插着" in second.told.text()
    qtbot.mouseClick(shown.back_up, LEFT)
    wait_for_jobs(qtbot, context)
    assert len(list(stick.glob("*/*.jhbak"))) == 1
    shutil.rmtree(stick)
    second.refresh()
    assert "没有插" in second.told.text()
    qtbot.mouseClick(second.forget, LEFT)
    assert not second.forget.isVisible()
    qtbot.mouseClick(shown.back_up, LEFT)
    wait_for_jobs(qtbot, context)
    assert not stick.exists()
    assert len(backups(context.register.folder)) == 2
