"""The settings: of the laptop, put on at once; of the register, journaled and followed by the pages that use them."""

import os
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from models.errors import WrongPassphrase
from models.journal.log import Batch
from models.journal.settings import change_setting
from models.journal.writer import Author, batch
from models.opening import opening
from models.records.employer import Employer
from models.records.setting import setting
from models.register import keys
from models.register import register as room
from models.register.laptop import read_laptop
from models.register.traces import KEY
from models.uid import new_uid
from models.values import drive_codes
from reports import drive_list
from reports.choices import ReportChoices
from tests.aids.record_pages import column, page_of
from tests.aids.speaking import PASSPHRASE, TODAY, WANG, imported, imported_rows
from tests.aids.waiting import wait_for_jobs
from ui.home.page import HomePage
from ui.kit import theme
from ui.kit.context import Context
from ui.lists.kinds import listings
from ui.lists.page import RecordsPage
from ui.settings.page import SettingsPage
from ui.shell.application import application, dress

EMPLOYERS = [
    ["单位名称", "单位性质", "所在区划", "职工人数", "是否经营"],
    ["重庆甲示例有限公司", "私营企业", "沙坪坝区小龙坎街道", 126, "是"],
    ["重庆乙示例有限公司", "私营企业", "渝中区大坪街道", 12, "是"],
]


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> SettingsPage:
    made = SettingsPage(context)
    qtbot.addWidget(made)
    made.show()
    return made


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
    assert first.on_list.about.text() == "12 人以上非公企业"


def test_the_name_that_all_reports_carry_is_written_here(
    qtbot: QtBot, context: Context, page: SettingsPage, author: Author
) -> None:
    page.organization.setText(" 某区总工会 ")
    page.organization.editingFinished.emit()
    wait_for_jobs(qtbot, context)
    assert setting("organization") == "某区总工会"
    assert drive_list.compose(context.index, ReportChoices(TODAY, TODAY)).organization == "某区总工会"
    page.organization.editingFinished.emit()
    wait_for_jobs(qtbot, context)
    assert kinds_of_batches() == ["setting"]
    change_setting("organization", "", author)
    context.changes.changed.emit({"setting"})
    assert page.organization.text() == ""


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
    before, light = application().font().pointSizeF(), theme.colour("ink")
    try:
        page.mode.setCurrentIndex(page.mode.findData("dark"))
        page.points.setCurrentIndex(page.points.findData("large"))
        page.mode.activated.emit(2)
        assert theme.colour("ink") != light
        assert application().font().pointSizeF() > before
    finally:
        Path(os.environ["JIANHUI_LAPTOP"]).write_text("{}", "utf-8")
        dress()
    assert theme.colour("ink") == light


def test_the_passphrase_is_changed_only_with_the_old_one(qtbot: QtBot, context: Context, page: SettingsPage) -> None:
    secrets = page.secrets
    fields = (secrets.old, secrets.first, secrets.second)
    for old, told in (("不对的口令", "口令不对"), (PASSPHRASE, "")):
        for field, text in zip(fields, (old, "new passphrase", "new passphrase"), strict=True):
            field.setText(text)
        secrets.change.click()
        wait_for_jobs(qtbot, context)
        assert secrets.told.text().startswith(told)
    assert context.notices.text.startswith("口令已修改")
    folder = context.register.folder
    room.close_register()
    opening.open_register(folder, "new passphrase")


def test_a_new_recovery_code_is_shown_once_and_the_old_one_opens_nothing(
    qtbot: QtBot, context: Context, page: SettingsPage
) -> None:
    page.sections.open("口令")
    secrets = page.secrets
    secrets.renew.click()
    assert secrets.told.text() == "请先填现在的口令。"
    codes = []
    for _time in range(2):
        secrets.old.setText(PASSPHRASE)
        secrets.renew.click()
        wait_for_jobs(qtbot, context)
        codes.append(secrets.code.text())
    assert len(set(codes)) == 2
    secrets.copy.click()
    assert QGuiApplication.clipboard().text() == codes[1]
    secrets.noted.click()
    assert secrets.code.text() == ""
    text = keys.read_side_file(context.register.folder / KEY)
    assert keys.unwrap(text, codes[1]).hex() == context.register.key_hex
    with pytest.raises(WrongPassphrase):
        keys.unwrap(text, codes[0])


def test_a_name_counts_at_once_and_later_batches_carry_it(qtbot: QtBot, context: Context, page: SettingsPage) -> None:
    page.person.setText("王干事")
    page.person.editingFinished.emit()
    typed(qtbot, page, "12")
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert [row.person for row in Batch.select().order_by(Batch.id)] == ["王干事", "王干事"]


def test_every_section_is_reached_with_the_keyboard_and_none_is_clipped(qtbot: QtBot, page: SettingsPage) -> None:
    page.resize(1198, 700)
    names = page.sections.names
    titles = [names.item(row).text() for row in range(names.count())]
    assert titles == [
        "我", "外观", "登记册", "脱敏", "个人信息", "体检和进度", "人数来源", "群体", "区划", "自有字段", "选项", "备份", "口令", "查看口令",
        "操作留痕",
    ]  # fmt: skip
    names.setFocus()
    for row in range(names.count()):
        assert page.sections.stack.currentIndex() == row
        section = page.sections.stack.widget(row)
        assert isinstance(section, QScrollArea)
        assert section.horizontalScrollBar().maximum() == 0, titles[row]
        qtbot.keyClick(names, Qt.Key.Key_Down)


def covered_in(path: Path) -> object:
    """The first person's number in an exported sheet."""
    rows = [row for row in openpyxl.load_workbook(path).active.values if WANG[:3] in str(row)]
    return next(value for value in rows[0] if str(value).startswith(WANG[:3]))


def test_how_numbers_are_covered_is_followed_by_lists_and_files_that_come_back(
    qtbot: QtBot, context: Context, page: SettingsPage, author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, [["姓名", "身份证号", "手机"], ["王五", WANG, "19900000001"]], "会员")
    listing = RecordsPage(context, listings()["workers"])
    qtbot.addWidget(listing)
    listing.show()
    listing.choose_shown(["name", "id_number", "phone"])
    with qtbot.waitSignal(context.jobs.idle):
        listing.export_to(tmp_path / "旧的.xlsx")
    assert covered_in(tmp_path / "旧的.xlsx") == "500***********9012"
    for box, key in ((page.covering.number, "6+4"), (page.covering.phone, "0+4")):
        box.setCurrentIndex(box.findData(key))
        box.activated.emit(box.currentIndex())
        wait_for_jobs(qtbot, context)
    shown = dict(zip([column.name for column in listing.model.columns], range(99), strict=False))
    # the record beside the list shows the date of birth: both together must not be the number
    assert listing.model.text(0, shown["id_number"]) == "500106************"
    assert listing.model.text(0, shown["phone"]) == "*******0001"
    with qtbot.waitSignal(context.jobs.idle):
        listing.export_to(tmp_path / "新的.xlsx")
    assert covered_in(tmp_path / "新的.xlsx") == "500106********9012"
    listing.choose_shown(["name", "id_number", "birth_date"])
    with qtbot.waitSignal(context.jobs.idle):
        listing.export_to(tmp_path / "生日.xlsx")
    assert covered_in(tmp_path / "生日.xlsx") == "500106************"
    assert imported(author, tmp_path / "旧的.xlsx").counts == {"same": 1}
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert listing.model.text(0, shown["phone"]) == "199****0001"


def test_a_label_of_ones_own_is_added_changed_and_taken_back(qtbot: QtBot, context: Context, page: SettingsPage) -> None:
    labels = page.labels
    page.sections.open("选项")
    labels.field.setCurrentIndex(labels.field.findText("联系方式"))
    labels.new.click()
    labels.name.setText("院坝会")
    labels.aliases.setText("坝坝会，板凳会")
    labels.save.click()
    wait_for_jobs(qtbot, context)
    assert drive_codes.CONTACT_WAY.find("板凳会") == "院坝会"
    assert (labels.uid, labels.table.currentIndex().row()) == ("院坝会", len(labels.model.items) - 1)
    labels.name.setText("院坝座谈")
    labels.active.setChecked(False)
    labels.save.click()
    wait_for_jobs(qtbot, context)
    assert drive_codes.CONTACT_WAY.find("院坝会") == "院坝座谈"
    assert "院坝座谈" not in drive_codes.CONTACT_WAY.labels
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert "院坝会" in drive_codes.CONTACT_WAY.labels
    labels.field.setCurrentIndex(labels.field.findText("单位性质"))
    assert not labels.new.isVisible()
    assert not labels.name.isEnabled()
    assert not labels.active.isEnabled()
    assert "私营企业" in [label.name for label in labels.model.items]


def test_the_order_of_names_is_this_laptops_and_holds_at_once_in_every_list(
    qtbot: QtBot, context: Context, page: SettingsPage, author: Author
) -> None:
    for name in ("卜一", "安一"):
        with batch("edit", author) as writer:
            writer.create(Employer, {"uid": new_uid(), "name": name})
    listed = page_of(qtbot, context, "employers")
    listed.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    wait_for_jobs(qtbot, context)
    assert column(listed, "name") == ["安一", "卜一"]
    listed.hide()
    page.sections.open("外观")
    page.names.setFocus()
    qtbot.keyClick(page.names, Qt.Key.Key_Down)
    listed.show()
    wait_for_jobs(qtbot, context)
    qtbot.waitUntil(lambda: column(listed, "name") == ["卜一", "安一"])
    assert read_laptop()["name_order"] == "strokes"
