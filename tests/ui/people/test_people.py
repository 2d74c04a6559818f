"""People's rights in the window: the paper, a correction with its reason, erasing by dialog, and whose data is due."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from models.backups.listing import backups
from models.backups.making import back_up
from models.editing import moving
from models.editing.record_history import history_of
from models.journal.writer import Author
from models.people import retention
from models.people.held_data import held_data
from models.records import erasure
from models.records.setting import setting
from models.records.union import Union
from models.records.worker import Worker
from tests.aids.merge_cases import edited
from tests.aids.record_pages import UNION, opened, typed
from tests.aids.speaking import WANG
from tests.aids.waiting import wait_for_jobs
from ui.health.page import HealthPage
from ui.kit.context import Context
from ui.kit.exporting import Exporting
from ui.people.erase_dialog import EraseDialog
from ui.people.paper_dialog import PaperDialog
from ui.record.rights import ReasonDialog
from ui.settings.page import SettingsPage

pytestmark = pytest.mark.usefixtures("filled")


def uid_of(name: str) -> str:
    return str(Worker.get(Worker.name == name).uid)


def said(field: QLineEdit, text: str) -> None:
    """What an input method commits into a field."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def erase_button(dialog: EraseDialog) -> bool:
    return dialog.buttons.go.isEnabled()


def test_erasing_says_what_goes_and_waits_for_the_name_to_be_typed(qtbot: QtBot, context: Context, author: Author) -> None:
    uid = uid_of("王五")
    union = str(Union.get(Union.name == UNION).uid)
    edited(author, Union, union, chair="王五")
    back_up(context.register)
    _page, pane = opened(qtbot, context, "workers", "王五")
    pane.more.erase.trigger()
    wait_for_jobs(qtbot, context)
    dialog = pane.rights.erasing.asking
    told = "\n".join(label.text() for label in dialog.told)
    assert [text for text in ("王五", "证件号码", "不能撤销", "现在还是在册", "各天的会员数不变") if text not in told] == []
    assert WANG not in told
    assert dialog.mentions.item(0).text().startswith("工会 " + UNION)
    for reason, word, able in (("", "王五", False), ("书面申请", "", False), ("书面申请", "王", False), ("书面申请", "王五", True)):
        dialog.reason.clear()
        dialog.typed.clear()
        said(dialog.reason, reason)
        said(dialog.typed, word)
        assert (reason, word, erase_button(dialog)) == (reason, word, able)
    qtbot.keyClick(dialog.typed, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert erasure.sealed() == set()
    dialog.mentions.item(0).setCheckState(Qt.CheckState.Checked)
    dialog.backups.setChecked(True)
    with qtbot.waitSignal(pane.closed, timeout=10_000):
        qtbot.mouseClick(dialog.buttons.go, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert erasure.sealed() == {uid}
    assert (Worker.get(Worker.uid == uid).name, Union.get(Union.uid == union).chair) == (None, "（已删除）")
    assert "不能撤销" in context.notices.text
    assert len(backups(context.register.folder)) == 1


def test_cancelling_leaves_everything(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    pane.more.erase.trigger()
    wait_for_jobs(qtbot, context)
    qtbot.keyClick(pane.rights.erasing.asking, Qt.Key.Key_Escape)
    wait_for_jobs(qtbot, context)
    assert (erasure.sealed(), uid_of("王五") == pane.uid) == (set(), True)


def test_a_correction_keeps_its_reason_in_the_history(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ReasonDialog)
        assert not dialog.buttons.go.isEnabled()
        said(dialog.reason, "本人 11 月 20 日申请")
        qtbot.mouseClick(dialog.buttons.go, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, answer)
    pane.more.correct.trigger()
    for phone in ("19900000009", "19900000008"):
        typed(pane, "phone", phone)
        qtbot.mouseClick(pane.save_button, Qt.MouseButton.LeftButton)
        wait_for_jobs(qtbot, context)
    steps = history_of("worker", pane.uid, context.index, name="phone")
    assert [(each.after, each.reason) for each in steps[:2]] == [("199****0008", ""), ("199****0009", "本人 11 月 20 日申请")]
    pane.tabs.setCurrentWidget(pane.past)
    wait_for_jobs(qtbot, context)
    assert "手工修改（本人 11 月 20 日申请）" in {pane.past.model.index(row, 2).data() for row in range(pane.past.model.rowCount())}


@pytest.mark.parametrize("full", [False, True])
def test_all_that_is_held_is_written_as_a_workbook(
    full: bool, qtbot: QtBot, context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    path = tmp_path / "本人.xlsx"

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PaperDialog)
        dialog.ways[".xlsx"].click()
        if full:
            dialog.full.click()
            assert not dialog.buttons.go.isEnabled()
            dialog.sure.click()
        qtbot.mouseClick(dialog.buttons.go, Qt.MouseButton.LeftButton)

    monkeypatch.setattr(Exporting, "ask_path", lambda _self, _name, _ending, _act: path)  # Qt's own file dialog
    QTimer.singleShot(0, answer)
    pane.more.paper.trigger()
    wait_for_jobs(qtbot, context)
    cells = [str(cell.value) for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row if cell.value]
    assert (WANG in cells, "王五" in cells, "完整信息" in " ".join(cells)) == (full, True, full)
    named = [each.named for each in held_data(pane.uid, context.index).disclosures]
    assert named == [True] * full


def test_units_have_no_such_rights(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "unions", UNION)
    texts = [action.text() for action in pane.more.menu().actions()]
    assert not [text for text in texts if "个人信息" in text or "更正" in text]


def test_whose_data_is_due_is_listed_opened_and_erased_together(qtbot: QtBot, context: Context, author: Author) -> None:
    people = [uid_of("王五"), uid_of("李四")]
    retention.change_years({"退会": 1}, author)
    moving.enter("退会", people[:1], "2025-03-05", author)
    moving.enter("退会", people[1:], "", author)
    page = HealthPage(context)
    qtbot.addWidget(page)
    page.show()
    wait_for_jobs(qtbot, context)
    page.tabs.setCurrentWidget(page.kept)
    view = page.kept
    assert [(each.name, each.due_on) for each in view.model.items] == [("王五", "2026-03-05"), ("李四", "")]
    with qtbot.waitSignal(page.opens) as asked:
        view.table.opened.emit(0)
    assert asked.args == ["worker", people[0]]
    assert not view.erase.isEnabled()
    view.table.selectAll()
    qtbot.mouseClick(view.erase, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    dialog = view.erasing.asking
    said(dialog.reason, "保存期限已到")
    said(dialog.typed, "删除 2 人")
    qtbot.mouseClick(dialog.buttons.go, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert erasure.sealed() == set(people)
    assert view.model.items == []


def test_the_years_of_a_state_are_set_in_the_settings(qtbot: QtBot, context: Context) -> None:
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.show()
    page.sections.open("个人信息")
    wait_for_jobs(qtbot, context)
    field = page.retention.fields["退会"]
    assert (field.value(), page.retention.fields["在册"].text(), page.retention.duty.isVisible()) == (3, "不设期限", False)
    field.selectAll()
    qtbot.keyClicks(field, "5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert setting("retention_years")["退会"] == 5
