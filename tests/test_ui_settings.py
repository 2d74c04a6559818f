"""The settings: of the laptop, put on at once; of the register, journaled and followed by the pages that use them."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models import register as room
from models.journal import Author, Batch
from models.register import Register
from models.setting import change_setting, setting
from tests.speaking import PASSPHRASE, TODAY, imported_rows
from ui import theme
from ui.app import application, dress, make_context
from ui.context import Context
from ui.home.page import HomePage
from ui.settings.page import SettingsPage

EMPLOYERS = [
    ["单位名称", "单位性质", "所在区划", "职工人数", "是否经营"],
    ["重庆甲示例有限公司", "私营企业", "沙坪坝区小龙坎街道", 126, "是"],
    ["重庆乙示例有限公司", "私营企业", "渝中区大坪街道", 12, "是"],
]


@pytest.fixture
def context(qtbot: QtBot, register: Register) -> Iterator[Context]:
    application()
    made = make_context(register, TODAY)
    qtbot.addWidget(made.notices)
    yield made
    made.jobs.close()


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> SettingsPage:
    made = SettingsPage(context)
    qtbot.addWidget(made)
    made.show()
    return made


def wait_for_jobs(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=20_000)


def typed(qtbot: QtBot, page: SettingsPage, number: str) -> None:
    page.threshold.selectAll()
    qtbot.keyClicks(page.threshold, number)
    qtbot.keyClick(page.threshold, Qt.Key.Key_Return)
    wait_for_jobs(qtbot, page._context)


def kinds_of_batches() -> list[str]:
    return [row.kind for row in Batch.select().order_by(Batch.id)]


def test_another_threshold_changes_the_first_page_at_once_and_is_journaled(
    qtbot: QtBot, context: Context, page: SettingsPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, EMPLOYERS, "单位")
    first = HomePage(context)
    qtbot.addWidget(first)
    first.show()
    wait_for_jobs(qtbot, context)
    assert (page.threshold.value(), first.on_list.number.text()) == (25, "1")
    typed(qtbot, page, "12")
    assert setting("threshold") == 12
    assert kinds_of_batches()[-1] == "setting"
    assert first.on_list.number.text() == "2"
    assert first.on_list.change.text() == "12 人以上非公企业"


def test_a_threshold_that_is_held_already_writes_nothing(qtbot: QtBot, page: SettingsPage) -> None:
    typed(qtbot, page, "25")
    assert kinds_of_batches() == []


def test_the_home_district_is_found_by_typing_and_may_be_none(qtbot: QtBot, page: SettingsPage) -> None:
    field = page.home.lineEdit()
    assert field is not None
    for written, kept in (("沙坪", "沙坪坝区"), ("", "")):
        field.setText(written)
        field.editingFinished.emit()
        wait_for_jobs(qtbot, page._context)
        assert setting("home_district") == kept


def test_every_district_that_can_be_the_home_is_one_that_a_sheet_can_name(context: Context, page: SettingsPage) -> None:
    names = [page.home.itemText(place) for place in range(1, page.home.count())]
    assert len(names) > 30
    assert [name for name in names if context.index.resolve(name).uid is None] == []


def test_the_page_follows_settings_that_changed_elsewhere(context: Context, page: SettingsPage, author: Author) -> None:
    change_setting("threshold", 30, author)
    change_setting("home_district", "渝中区", author)
    context.changes.changed.emit({"setting"})
    assert (page.threshold.value(), page.home.name) == (30, "渝中区")


def test_a_wheel_over_a_setting_does_not_turn_it(page: SettingsPage) -> None:
    place, none = QPointF(5, 5), Qt.MouseButton.NoButton
    phase, no_key = Qt.ScrollPhase.NoScrollPhase, Qt.KeyboardModifier.NoModifier
    page.points.setCurrentIndex(1)
    for field in (page.threshold, page.points):
        field.clearFocus()
        QApplication.sendEvent(field, QWheelEvent(place, place, QPoint(), QPoint(0, 120), none, no_key, phase, False))
    assert page.threshold.value() == 25
    assert page.points.currentIndex() == 1


def test_dark_and_large_are_put_on_at_once_and_kept(page: SettingsPage) -> None:
    page.dressed.connect(dress)
    before = application().font().pointSizeF()
    try:
        page.mode.setCurrentIndex(page.mode.findData("dark"))
        page.points.setCurrentIndex(page.points.findData("large"))
        page.mode.activated.emit(2)
        assert theme.is_dark()
        assert application().font().pointSizeF() > before
    finally:
        Path(os.environ["JIANHUI_LAPTOP"]).write_text("{}", "utf-8")
        dress()
    assert not theme.is_dark()


def test_the_passphrase_is_changed_only_with_the_old_one(qtbot: QtBot, context: Context, page: SettingsPage) -> None:
    fields = (page.old, page.first, page.second)
    for old, told in (("不对的口令", "口令不对"), (PASSPHRASE, "")):
        for field, text in zip(fields, (old, "new passphrase", "new passphrase"), strict=True):
            field.setText(text)
        page.change.click()
        wait_for_jobs(qtbot, context)
        assert page.told.text().startswith(told)
    assert context.notices.text.startswith("口令已修改")
    folder = context.register.folder
    room.close_register()
    room.open_register(folder, "new passphrase")
