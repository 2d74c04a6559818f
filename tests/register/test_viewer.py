"""The passphrase for looking (查看口令): read-only and covered, in the register, at the command line and in the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models import roles
from models.backups import listing, second_place
from models.backups.making import back_up
from models.backups.reasons import Reason
from models.errors import UserError
from models.journal.writer import Author, batch, last_number
from models.lists import search
from models.opening import opening
from models.records.employer import Employer
from models.records.worker import Worker
from models.register import laptop
from models.register import register as room
from models.register.register import Register
from models.roles import Role
from models.uid import new_uid
from models.values.columns import column_of
from tests.aids import record_pages
from tests.aids.record_pages import opened, page_of, typed
from tests.aids.speaking import PASSPHRASE, TODAY, WANG, imported_rows, listed
from tests.aids.terminal import Commands
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import Context
from ui.lists.export_dialog import ExportDialog
from ui.settings.page import SettingsPage
from ui.shell.application import application
from ui.shell.unlocked import make_context
from ui.shell.window import Window

VIEWER = "只看一看 2026"
PHONE = "19900000001"


@pytest.fixture
def looking(register: Register, tmp_path: Path) -> Iterator[Register]:
    """The register with two members in it, opened with the passphrase for looking."""
    record_pages.fill(laptop.author(register.folder), tmp_path)
    room.change_viewer(register, VIEWER)
    room.close_register()
    yield opening.open_register(register.folder, VIEWER)
    room.close_register()


@pytest.fixture
def seen(qtbot: QtBot, looking: Register) -> Iterator[Context]:
    """What a page is given."""
    application()
    made = make_context(looking, TODAY)
    qtbot.addWidget(made.notices)
    yield made
    made.jobs.close()


def test_nothing_is_written_and_the_next_owner_writes_again(looking: Register) -> None:
    assert looking.role is Role.VIEWER
    before, author = last_number(), laptop.author(looking.folder)
    with pytest.raises(UserError, match="只能看，什么都没有改动"), batch("edit", author) as writer:
        writer.create(Employer, {"uid": new_uid(), "name": "重庆砚屿虚构有限公司"})
    assert last_number() == before
    room.close_register()
    opening.open_register(looking.folder, PASSPHRASE)
    with batch("edit", author) as writer:
        writer.create(Employer, {"uid": new_uid(), "name": "重庆砚屿虚构有限公司"})
    assert last_number() == before + 1


@pytest.mark.parametrize(("name", "value"), [("id_number", WANG), ("phone", PHONE)])
def test_numbers_are_covered_whatever_is_asked_for(looking: Register, name: str, value: str) -> None:
    kind = column_of(Worker, name).kind
    for text in (kind.show(value, masked=False), str(kind.export(value, masked=False))):
        assert "****" in text
        assert value not in text


def test_what_was_changed_since_is_found_all_the_same(looking: Register) -> None:
    search.catch_up()
    assert listed("workers", "name") == [("王五",), ("李四",)]
    assert not search.behind()


def test_an_older_register_waits_for_its_owner(looking: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    room.close_register()
    monkeypatch.setattr(opening, "schema_number", lambda: 99)
    with pytest.raises(UserError, match="只能看"):
        opening.open_register(looking.folder, VIEWER)
    assert roles.may_unmask(), "what did not open is nobody's"


def test_at_the_command_line_it_is_set_used_and_taken_away(
    run: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "一起用" in run.refused("passphrase", "--remove")
    monkeypatch.setenv("JIANHUI_NEW_PASSPHRASE", "12345678")
    assert "太常见" in run.refused("passphrase", "--viewer")
    monkeypatch.setenv("JIANHUI_NEW_PASSPHRASE", VIEWER)
    assert run.told("passphrase", "--viewer") == {"viewer": "set"}
    monkeypatch.setenv("JIANHUI_PASSPHRASE", VIEWER)
    monkeypatch.setenv("JIANHUI_NEW_PASSPHRASE", "雨伞 拖拉机 42")
    out = tmp_path / "名单.xlsx"
    assert run.told("list", "workers") == {"workers": []}
    for asks in (("list", "workers", "--full"), ("report", "roster", "--full", "--out", str(out))):
        assert "号码总是打星号" in run.refused(*asks)
    for verb in (("passphrase",), ("passphrase", "--viewer"), ("ledger", "kinds", "--new", "慰问困难职工家庭", "--unit", "户")):
        assert "只能看" in run.refused(*verb)
    assert not out.exists()
    monkeypatch.setenv("JIANHUI_PASSPHRASE", PASSPHRASE)
    assert run.told("passphrase", "--viewer", "--remove") == {"viewer": "removed"}
    monkeypatch.setenv("JIANHUI_PASSPHRASE", VIEWER)
    assert "口令不对" in run.refused("list", "workers")


def test_the_window_says_that_it_only_shows(qtbot: QtBot, seen: Context) -> None:
    window = Window(seen)
    qtbot.addWidget(window)
    assert "只读查看" in window.windowTitle()
    assert window.side.name.text() == "只读查看"


def test_a_record_shows_no_number_in_full_and_takes_no_change(qtbot: QtBot, seen: Context) -> None:
    _page, pane = opened(qtbot, seen, "workers", "王五")
    qtbot.mouseClick(pane.unmask, Qt.MouseButton.LeftButton)
    assert "号码总是打星号" in seen.notices.text
    assert pane.form.editors["phone"].text() == "199****0001"
    typed(pane, "education", "大学本科")
    pane.save()
    wait_for_jobs(qtbot, seen)
    assert "只能看" in seen.notices.text
    assert listed("workers", "education")[0] == (None,)


@pytest.mark.parametrize("asking", ["ask_correction", "ask_erase"])
def test_who_may_only_look_is_told_so_before_being_asked_for_reasons(qtbot: QtBot, seen: Context, asking: str) -> None:
    _page, pane = opened(qtbot, seen, "workers", "王五")
    getattr(pane.rights, asking)()
    wait_for_jobs(qtbot, seen)
    assert "只能看" in seen.notices.text
    assert QApplication.activeModalWidget() is None


def test_a_list_stays_covered_and_leaves_covered(qtbot: QtBot, seen: Context, tmp_path: Path) -> None:
    page = page_of(qtbot, seen, "workers")
    page.full.click()
    assert not page.full.isChecked()
    assert "号码总是打星号" in seen.notices.text
    asked = ExportDialog(seen, 2, ["证件号"], True, True, "", page)
    qtbot.addWidget(asked)
    assert not asked.full.isEnabled()
    page.handing.export_to(tmp_path / "名单.csv")
    wait_for_jobs(qtbot, seen)
    assert WANG not in (tmp_path / "名单.csv").read_text("utf-8-sig")


def test_it_is_set_and_taken_away_in_the_settings(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, [["单位名称", "统一社会信用代码", "职工人数"], ["重庆甲示例有限公司", None, 30]])
    page = SettingsPage(context)
    qtbot.addWidget(page)
    viewer = page.viewer
    assert (viewer.state.text(), viewer.remove.isHidden()) == ("没有设置", True)
    for old, first, second, told in (
        ("", VIEWER, VIEWER, "请先填现在的口令"), (PASSPHRASE, VIEWER, VIEWER[:-1], "不一样"), (PASSPHRASE, "12345678", "12345678", "太常见"),
        (PASSPHRASE, PASSPHRASE, PASSPHRASE, "不能和口令一样"), ("不对的口令", VIEWER, VIEWER, "口令不对"),
        (PASSPHRASE, VIEWER, VIEWER, ""),
    ):  # fmt: skip
        for field, text in ((viewer.old, old), (viewer.first, first), (viewer.second, second)):
            field.setText(text)
        qtbot.keyClick(viewer.second, Qt.Key.Key_Return)
        wait_for_jobs(qtbot, context)
        assert told in viewer.told.text()
    assert (viewer.state.text(), viewer.remove.isHidden()) == ("已设置", False)
    assert context.notices.text == "查看口令已设置。"
    viewer.old.setText(PASSPHRASE)
    viewer.remove.click()
    wait_for_jobs(qtbot, context)
    assert context.notices.text == "查看口令已取消。"
    assert viewer.state.text() == "没有设置"


def test_who_may_only_look_neither_removes_backups_nor_says_where_they_go(looking: Register, tmp_path: Path) -> None:
    for _number in range(2):
        made = back_up(looking, Reason.HAND).path
    (tmp_path / "stick").mkdir()
    for refused in (
        lambda: listing.remove(looking.folder, made),
        lambda: second_place.name_second_place(looking, tmp_path / "stick"),
        lambda: second_place.forget_second_place(looking.folder),
    ):
        with pytest.raises(UserError, match="查看口令"):
            refused()
    assert len(listing.backups(looking.folder)) == 2
    assert list((tmp_path / "stick").iterdir()) == []
