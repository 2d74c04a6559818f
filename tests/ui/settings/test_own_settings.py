"""Who works here, the groups and the regions in the settings: kept in the register, journaled, with a way back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.editing.groups import find_group
from models.journal.settings import change_setting
from models.journal.writer import Author
from models.records.region import load_index
from models.records.setting import setting
from models.register.laptop import read_laptop
from models.register.register import Register
from models.values import codes
from tests.aids.speaking import TODAY, imported_rows, listed
from tests.aids.waiting import wait_for_jobs
from ui.drive.page import DrivePage
from ui.kit.context import Context
from ui.kit.region_box import RegionBox
from ui.lists.page import RecordsPage
from ui.settings.own import TownList
from ui.settings.page import SettingsPage
from ui.shell.application import application
from ui.shell.crash import Failures
from ui.shell.unlocked import open_window
from ui.shell.window import Window
from ui.shell.window_pages import Placed

EMPLOYERS: list[list[Any]] = [
    ["单位名称", "单位性质", "所在区划", "职工人数"],
    ["重庆甲示例有限公司", "私营企业", "沙坪坝区小龙坎街道", 126],
    ["重庆乙示例有限公司", "私营企业", "沙坪坝区双碑街道", 12],
    ["重庆丙示例有限公司", "私营企业", "渝中区大坪街道", 12],
]


@pytest.fixture
def window(qtbot: QtBot, register: Register) -> Iterator[Window]:
    application()
    made = open_window(register, Failures(), TODAY)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.context.jobs.idle):
        made.show()
    yield made
    made.context.jobs.close()


@pytest.fixture
def context(window: Window) -> Context:
    return window.context


@pytest.fixture
def page(qtbot: QtBot, window: Window) -> SettingsPage:
    window.open_page("settings")
    wait_for_jobs(qtbot, window.context)
    made = window.pages["settings"]
    assert isinstance(made, SettingsPage)
    return made


def home(window: Window) -> QWidget:
    return window.pages["home"]


def undone(qtbot: QtBot, context: Context) -> None:
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)


def tick(qtbot: QtBot, towns: TownList, *names: str) -> None:
    """Click on the names, not on the boxes before them."""
    for row in range(towns.count()):
        if towns.item(row).text() in names:
            towns.scrollToItem(towns.item(row))
            place = towns.visualItemRect(towns.item(row)).center()
            qtbot.mouseClick(towns.viewport(), Qt.MouseButton.LeftButton, pos=place)


def placed(window: Window, name: str) -> RegionBox:
    page = window.pages[name]
    assert isinstance(page, Placed)
    return page.regions


def names_of(uids: list[str]) -> list[str]:
    index = load_index(TODAY)
    return [index.name(uid) for uid in uids]


def test_who_works_here_is_asked_once_and_kept_in_one_batch(qtbot: QtBot, window: Window, context: Context) -> None:
    window.ask_who()
    pane = window.who
    assert pane.isVisible()
    field = pane.home.lineEdit()
    assert field is not None
    field.setText("沙坪坝")
    field.editingFinished.emit()
    tick(qtbot, pane.towns, "小龙坎街道", "双碑街道")
    pane.keep.click()
    wait_for_jobs(qtbot, context)
    assert setting("home_district") == "沙坪坝区"
    assert sorted(names_of(setting("my_towns"))) == ["双碑街道", "小龙坎街道"]
    assert home(window).isVisible()
    window.ask_who()
    assert home(window).isVisible()
    undone(qtbot, context)
    assert (setting("home_district"), setting("my_towns")) == ("", [])


def test_the_settings_show_the_name_that_was_just_told_and_leave_it(qtbot: QtBot, window: Window) -> None:
    window.ask_who()
    window.who.person.setText("田小满")
    window.who.keep.click()
    wait_for_jobs(qtbot, window.context)
    window.open_page("settings")
    shown = window.pages["settings"]
    assert isinstance(shown, SettingsPage)
    assert shown.person.text() == "田小满"
    shown.person.editingFinished.emit()
    assert read_laptop()["person"] == "田小满"


def test_enter_goes_on_from_the_name_to_the_district(qtbot: QtBot, window: Window) -> None:
    window.ask_who()
    window.who.person.setText("田小满")
    qtbot.keyClick(window.who.person, Qt.Key.Key_Return)
    assert window.who.home.hasFocus()
    assert window.who.isVisible()


def test_what_is_put_off_is_not_asked_again(window: Window) -> None:
    window.ask_who()
    window.who.later.click()
    assert home(window).isVisible()
    window.ask_who()
    assert home(window).isVisible()
    assert setting("home_district") == ""


def test_my_towns_are_the_first_choice_of_a_lists_regions(
    qtbot: QtBot, page: SettingsPage, window: Window, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, EMPLOYERS, "单位")
    page.home.setCurrentIndex(page.home.findData("沙坪坝区"))
    wait_for_jobs(qtbot, window.context)
    for name in ("小龙坎街道", "双碑街道"):
        tick(qtbot, page.towns, name)
        wait_for_jobs(qtbot, window.context)
    window.open_page("employers")
    listing = window.pages["employers"]
    assert isinstance(listing, RecordsPage)
    wait_for_jobs(qtbot, window.context)
    assert (listing.regions.itemText(1), listing.regions.currentText()) == ("我的镇街（2）", "我的镇街（2）")
    mine = ["重庆甲示例有限公司", "重庆乙示例有限公司"]
    assert [listing.model.index(row, 0).data() for row in range(listing.model.rowCount())] == mine
    listing.regions.setCurrentIndex(0)
    wait_for_jobs(qtbot, window.context)
    assert listing.model.rowCount() == 3


def test_the_switch_holds_for_all_pages_and_a_page_may_look_elsewhere(
    qtbot: QtBot, window: Window, context: Context, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, EMPLOYERS, "单位")
    window.open_page("employers")
    wait_for_jobs(qtbot, context)
    assert not window.whose.isVisible()
    towns = [context.index.resolve(name).uid for name in ("沙坪坝区小龙坎街道", "沙坪坝区双碑街道")]
    change_setting("my_towns", towns, author)
    context.changes.changed.emit({"setting"})
    wait_for_jobs(qtbot, context)
    assert window.whose.mine.isChecked()
    counts = {}
    for name in ("employers", "drive", "health", "targets", "ledger", "headcounts"):
        window.open_page(name)
        wait_for_jobs(qtbot, context)
        assert window.whose.isVisible()
        counts[name] = placed(window, name).currentText()
    assert set(counts.values()) == {"我的镇街（2）"}
    drive = window.pages["drive"]
    assert isinstance(drive, DrivePage)
    window.open_page("drive")
    assert [row.name for row in drive.model.items] == ["重庆甲示例有限公司"]
    placed(window, "drive").setCurrentIndex(placed(window, "drive").findData(context.index.resolve("渝中区").uid))
    wait_for_jobs(qtbot, context)
    assert drive.model.items == []
    assert placed(window, "health").currentText() == "我的镇街（2）"
    window.whose.mine.click()
    wait_for_jobs(qtbot, context)
    assert [row.name for row in drive.model.items] == ["重庆甲示例有限公司"]
    window.whose.everything.click()
    wait_for_jobs(qtbot, context)
    window.open_page("employers")
    wait_for_jobs(qtbot, context)
    assert placed(window, "employers").currentText() == "全部区划"
    window.open_page("history")
    assert not window.whose.isVisible()
    change_setting("my_towns", [], author)
    context.changes.changed.emit({"setting"})
    window.open_page("employers")
    wait_for_jobs(qtbot, context)
    assert not window.whose.isVisible()


def test_another_district_forgets_the_towns_of_the_first(qtbot: QtBot, page: SettingsPage, context: Context) -> None:
    page.home.setCurrentIndex(page.home.findData("沙坪坝区"))
    wait_for_jobs(qtbot, context)
    tick(qtbot, page.towns, "小龙坎街道")
    wait_for_jobs(qtbot, context)
    assert names_of(setting("my_towns")) == ["小龙坎街道"]
    page.home.setCurrentIndex(page.home.findData("渝中区"))
    wait_for_jobs(qtbot, context)
    assert setting("my_towns") == []
    assert page.towns.item(0).text() in names_of(
        list(context.index.children(context.index.resolve("渝中区").uid or ""))
    )


def test_a_group_is_added_renamed_and_taken_back(
    qtbot: QtBot, page: SettingsPage, context: Context, author: Author, tmp_path: Path
) -> None:
    page.window().show()
    page.sections.open("群体")
    groups = page.groups
    groups.start_new()
    groups.name.setText("跑腿员")
    groups.aliases.setText("跑腿，跑腿小哥")
    groups.save.click()
    wait_for_jobs(qtbot, context)
    assert find_group("跑腿小哥").name == "跑腿员"
    assert groups.uid == find_group("跑腿员").uid
    imported_rows(author, tmp_path, [["姓名", "移动电话", "职业类别"], ["张三三", "19900000001", "跑腿"]])
    groups.refresh()
    wait_for_jobs(qtbot, context)
    row = next(row for row, each in enumerate(groups.model.items) if each.name == "跑腿员")
    groups.table.selectRow(row)
    groups.name.setText("同城跑腿员")
    groups.save.click()
    wait_for_jobs(qtbot, context)
    assert listed("workers", "occupation_group") == [("同城跑腿员",)]
    undone(qtbot, context)
    assert listed("workers", "occupation_group") == [("跑腿员",)]
    assert [each.name for each in groups.model.items if each.workers] == ["跑腿员"]


def test_a_group_out_of_use_is_no_longer_offered(qtbot: QtBot, page: SettingsPage, context: Context) -> None:
    row = next(row for row, each in enumerate(page.groups.model.items) if each.name == "护工护理员")
    page.groups.table.selectRow(row)
    page.groups.active.setChecked(False)
    page.groups.save.click()
    wait_for_jobs(qtbot, context)
    assert "护工护理员" not in codes.OCCUPATION_GROUP.labels
    assert context.notices.text == "已改好群体“护工护理员”。"


def test_a_wording_of_another_group_is_refused_with_a_sentence(
    qtbot: QtBot, page: SettingsPage, context: Context
) -> None:
    page.groups.start_new()
    page.groups.name.setText("骑手")
    page.groups.save.click()
    wait_for_jobs(qtbot, context)
    assert "一个叫法只能指一个群体" in context.notices.text


def region_named(qtbot: QtBot, page: SettingsPage, name: str) -> None:
    field = page.places.box.lineEdit()
    assert field is not None
    field.setText(name)
    field.editingFinished.emit()


def below(page: SettingsPage) -> list[str]:
    return [spot.name for spot in page.places.model.items]


def test_a_community_is_added_below_a_town_and_understood_at_once(
    qtbot: QtBot, page: SettingsPage, context: Context, author: Author, tmp_path: Path
) -> None:
    region_named(qtbot, page, "小龙坎街道")
    assert below(page) == ["小龙坎街道"]
    page.places.added.setText("砚台社区")
    page.places.add.click()
    wait_for_jobs(qtbot, context)
    assert below(page) == ["小龙坎街道", "砚台社区"]
    uid = context.index.resolve("沙坪坝区小龙坎街道砚台社区").uid
    assert uid is not None
    assert context.index.path(uid) == "沙坪坝区小龙坎街道砚台社区"
    undone(qtbot, context)
    assert below(page) == ["小龙坎街道"]
    assert context.index.resolve("沙坪坝区小龙坎街道砚台社区").uid is None


def test_a_renamed_town_is_still_understood_by_its_old_name(qtbot: QtBot, page: SettingsPage, context: Context) -> None:
    before = context.index.resolve("沙坪坝区小龙坎街道").uid
    region_named(qtbot, page, "小龙坎街道")
    page.places.name.setText("新龙坎街道")
    page.places.dense.setChecked(True)
    page.places.save.click()
    wait_for_jobs(qtbot, context)
    assert context.index.resolve("沙坪坝区新龙坎街道").uid == before
    assert context.index.resolve("沙坪坝区小龙坎街道").uid == before
    spot = page.places.model.items[0]
    assert (spot.name, spot.aliases, spot.dense) == ("新龙坎街道", ("小龙坎街道",), True)


@pytest.mark.parametrize(("name", "told"), [("  ", "不能是空的"), ("小龙坎街道", "已经有")])
def test_a_region_without_a_name_of_its_own_is_refused(
    qtbot: QtBot, page: SettingsPage, context: Context, name: str, told: str
) -> None:
    region_named(qtbot, page, "双碑街道")
    page.places.name.setText(name)
    page.places.save.click()
    wait_for_jobs(qtbot, context)
    assert told in context.notices.text
    assert below(page) == ["双碑街道"]


def test_nothing_can_be_added_below_a_district(qtbot: QtBot, page: SettingsPage) -> None:
    region_named(qtbot, page, "沙坪坝区")
    assert "小龙坎街道" in below(page)
    assert not page.places.add.isEnabled()
