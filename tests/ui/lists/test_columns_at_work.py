"""Columns of a list as a spreadsheet's: filtered at their titles, grouped, added up; the height of rows."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from models.editing.bulk import set_field
from models.editing.count_entry import enter_count
from models.journal.writer import Author, batch
from models.lists import selection
from models.records.employer import Employer
from models.records.union import Union
from models.records.worker import Worker
from models.register.laptop import read_laptop
from models.uid import new_uid
from tests.aids.record_pages import EMPLOYER, OTHER, UNION, column, page_of
from tests.aids.speaking import TODAY
from tests.aids.typing import type_text
from tests.aids.waiting import wait_for_jobs
from tests.ui.lists.test_cells import stand
from ui.kit.context import Context
from ui.lists.header_filter import HeaderPopup
from ui.lists.page import RecordsPage

pytestmark = pytest.mark.usefixtures("filled")
_LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, context: Context, author: Author) -> RecordsPage:
    """王五 with an education, 李四 without."""
    set_field("worker", [Worker.get(Worker.name == "王五").uid], "education", "本科", author, TODAY, context.index)
    return page_of(qtbot, context, "workers")


def at_title(qtbot: QtBot, page: RecordsPage, name: str) -> HeaderPopup:
    """Press the right button on a column's title."""
    stand(page, 0, name)
    place = [each.name for each in page.model.columns].index(name)
    head = page.table.horizontalHeader()
    where = QPoint(head.sectionViewportPosition(place) + 10, head.height() // 2)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, head.viewport().mapToGlobal(where))
    QApplication.sendEvent(head.viewport(), event)
    wait_for_jobs(qtbot, page._context)
    popup = page.work.header_filter.popup
    assert popup is not None
    return popup


def ticks(popup: HeaderPopup) -> dict[str, str]:
    """What can be ticked: by label, what is read."""
    assert popup.editor is not None
    return {str(tick.property("label")): tick.text() for tick in popup.editor.ticks}


def choose(qtbot: QtBot, page: RecordsPage, popup: HeaderPopup, label: str) -> None:
    assert popup.editor is not None
    tick = next(tick for tick in popup.editor.ticks if tick.property("label") == label)
    tick.setFocus()
    qtbot.keyClick(tick, Qt.Key.Key_Space)
    qtbot.mouseClick(popup.editor.enter, _LEFT)
    wait_for_jobs(qtbot, page._context)


def test_the_values_of_a_column_stand_with_their_counts_at_its_title(qtbot: QtBot, page: RecordsPage) -> None:
    popup = at_title(qtbot, page, "education")
    told = ticks(popup)
    assert (told["本科"], told["硕士"], told["未填"]) == ("本科 1", "硕士 0", "未填 1")
    choose(qtbot, page, popup, "本科")
    assert column(page, "name") == ["王五"]
    assert page.filters.conditions.texts() == ["学历：本科"]
    popup = at_title(qtbot, page, "education")
    assert ticks(popup)["未填"] == "未填 1"  # its own filter is left aside
    qtbot.mouseClick(popup.clear, _LEFT)
    wait_for_jobs(qtbot, page._context)
    assert column(page, "name") == ["王五", "李四"]


def test_a_text_is_ticked_or_typed_and_the_empty_ones_are_found(qtbot: QtBot, page: RecordsPage, context: Context) -> None:
    popup = at_title(qtbot, page, "employer")
    assert ticks(popup) == {EMPLOYER: f"{EMPLOYER} 2"}
    choose(qtbot, page, popup, EMPLOYER)
    assert page.filters.conditions.texts() == [f"工作单位：{EMPLOYER}"]
    assert page.model.rowCount() == 2
    popup = at_title(qtbot, page, "name")
    assert popup.editor is not None
    type_text(qtbot, popup.editor.fields[0], "李")
    qtbot.keyClick(popup.editor.fields[0], Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert column(page, "name") == ["李四"]
    page.filters.clear.click()
    choose(qtbot, page, at_title(qtbot, page, "native_place"), "未填")
    assert page.model.rowCount() == 2


def test_days_are_narrowed_to_a_range_with_alt_down(qtbot: QtBot, page: RecordsPage, context: Context) -> None:
    stand(page, 0, "join_date")
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    wait_for_jobs(qtbot, context)
    popup = page.work.header_filter.popup
    assert popup is not None
    assert popup.editor is not None
    type_text(qtbot, popup.editor.fields[0], "2024-06")
    qtbot.keyClick(popup.editor.fields[0], Qt.Key.Key_Return)
    wait_for_jobs(qtbot, context)
    assert column(page, "name") == ["李四"]


def test_a_column_is_sorted_in_its_menu_and_a_covered_one_tells_what_is_shown(
    qtbot: QtBot, page: RecordsPage, context: Context
) -> None:
    qtbot.mouseClick(at_title(qtbot, page, "join_date").down, _LEFT)
    wait_for_jobs(qtbot, context)
    assert column(page, "name") == ["李四", "王五"]
    popup = at_title(qtbot, page, "phone")
    assert ticks(popup) == {"199****0001": "199****0001 1", "199****0002": "199****0002 1"}
    choose(qtbot, page, popup, "199****0002")
    assert column(page, "name") == ["李四"]
    assert page.filters.conditions.texts() == ["移动电话：199****0002"]


def test_a_place_is_ticked_by_its_whole_name(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "unions")
    popup = at_title(qtbot, page, "region")
    assert ticks(popup) == {"沙坪坝区": "沙坪坝区 1", "渝中区": "渝中区 1"}
    choose(qtbot, page, popup, "渝中区")
    assert column(page, "name") == [OTHER]


def test_a_list_is_grouped_by_a_column_and_one_click_lists_a_group(qtbot: QtBot, page: RecordsPage, context: Context) -> None:
    qtbot.mouseClick(at_title(qtbot, page, "education").group, _LEFT)
    wait_for_jobs(qtbot, context)
    assert page.groups.isVisible()
    assert {name: button.text() for name, button in page.groups.buttons.items()} == {
        "": "全部 2", "未填": "未填 1", "本科": "本科 1",
    }  # fmt: skip
    qtbot.mouseClick(page.groups.buttons["本科"], _LEFT)
    wait_for_jobs(qtbot, context)
    assert column(page, "name") == ["王五"]
    assert page.groups.buttons["本科"].isChecked()
    qtbot.mouseClick(page.groups.leave, _LEFT)
    wait_for_jobs(qtbot, context)
    assert column(page, "name") == ["王五", "李四"]
    assert not page.groups.isVisible()


def test_the_selected_rows_are_added_up_below_the_list(qtbot: QtBot, context: Context, author: Author) -> None:
    uid = Employer.get(Employer.name == EMPLOYER).uid
    enter_count("employer", uid, {"staff_count": "98"}, author, TODAY)
    enter_count("union", Union.get(Union.name == UNION).uid, {"member_count": "40"}, author, TODAY)
    enter_count("union", Union.get(Union.name == OTHER).uid, {"member_count": "20"}, author, TODAY)
    page = page_of(qtbot, context, "unions")
    stand(page, 0, "member_count")
    assert page.work.summed.text() == ""
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    stand_in = [each.name for each in page.model.columns].index("member_count")
    page.table.selectionModel().setCurrentIndex(
        page.model.index(0, stand_in), page.table.selectionModel().SelectionFlag.NoUpdate
    )
    wait_for_jobs(qtbot, context)
    assert page.work.summed.text() == "会员人数：2 个，求和 60，平均 30.0"
    for _step in range(len(page.table.shown_columns())):
        qtbot.keyClick(page.table, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    wait_for_jobs(qtbot, context)


def test_what_nobody_knows_is_counted_apart(qtbot: QtBot, page: RecordsPage, context: Context) -> None:
    stand(page, 0, "education")
    qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    wait_for_jobs(qtbot, context)
    assert page.work.summed.text() == "学历：1 个，空 1 个"


def test_the_height_of_rows_is_chosen_for_all_lists_and_kept(qtbot: QtBot, page: RecordsPage, context: Context) -> None:
    usual = page.table.verticalHeader().defaultSectionSize()
    menu: QMenu = page.work.row_height
    menu.popup(page.mapToGlobal(QPoint(10, 10)))
    action = menu.actions()[2]
    qtbot.mouseClick(menu, _LEFT, pos=menu.actionGeometry(action).center())
    assert page.table.verticalHeader().defaultSectionSize() > usual
    assert read_laptop()["row_height"] == "wide"
    again = page_of(qtbot, context, "employers")
    assert again.table.verticalHeader().defaultSectionSize() == page.table.verticalHeader().defaultSectionSize()


def test_names_stand_by_pinyin_and_by_strokes_from_the_title(qtbot: QtBot, page: RecordsPage, author: Author) -> None:
    by_pinyin, by_strokes = ["安一", "李四", "单一", "王五", "曾一"], ["王五", "安一", "李四", "单一", "曾一"]
    for name in ("曾一", "单一", "安一"):
        with batch("edit", author) as writer:
            writer.create(Worker, {"uid": new_uid(), "name": name})
    page.refresh()
    wait_for_jobs(qtbot, page._context)
    for button, expected in (("pinyin", by_pinyin), ("strokes", by_strokes), ("down", by_strokes[::-1]), ("up", by_strokes)):
        popup = at_title(qtbot, page, "name")
        qtbot.mouseClick(getattr(popup, button), _LEFT)
        wait_for_jobs(qtbot, page._context)
        assert column(page, "name") == expected, button
    assert [row["name"] for row in selection.rows(page.printable().choice, page._context.index)] == by_strokes
    popup = at_title(qtbot, page, "birth_date")
    assert not popup.pinyin.isVisible()
    assert not popup.strokes.isVisible()


def test_groups_and_titles_of_two_hundred_characters_do_not_push_the_window(
    qtbot: QtBot, page: RecordsPage, author: Author, context: Context
) -> None:
    long = "沙坪坝区小龙坎街道外卖配送第一站点" * 12
    set_field("worker", [row.uid for row in Worker.select()], "union_group", long, author, TODAY, context.index)
    wait_for_jobs(qtbot, context)
    page.resize(1100, 650)
    popup = at_title(qtbot, page, "union_group")
    qtbot.mouseClick(popup.group, _LEFT)
    wait_for_jobs(qtbot, context)
    (button,) = [button for value, button in page.groups.buttons.items() if value]
    assert button.text() == long[:23] + "… 2"
    assert long in button.toolTip()
    assert page.minimumSizeHint().width() <= 1100
    assert button.geometry().right() < page.width()
