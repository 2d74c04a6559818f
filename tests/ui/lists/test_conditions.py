"""Conditions of a list as chips, saved filters, the export, the menu, groups counted above new employment forms."""

import csv
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from models.editing import placing
from models.journal.saved_filters import saved_filters
from models.journal.writer import Author
from tests.aids.record_pages import UNION, column, page_of
from tests.aids.speaking import TODAY, imported_rows
from tests.aids.trailed import kept
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import Context
from ui.lists.condition_editor import ConditionEditor
from ui.lists.conditions import Conditions
from ui.lists.export_dialog import ExportDialog
from ui.lists.kinds import new_form_listing
from ui.lists.page import RecordsPage
from ui.lists.placing import PlacingDialog


def editor_of(conditions: Conditions) -> ConditionEditor:
    """The field in which a condition is typed; it must be open."""
    assert conditions.editor is not None
    return conditions.editor


@pytest.mark.usefixtures("filled")
def test_conditions_are_added_shown_as_chips_changed_and_taken_away_with_the_keyboard(
    qtbot: QtBot, context: Context
) -> None:
    page = page_of(qtbot, context, "workers")
    conditions = page.filters.conditions
    assert not conditions.isVisible()
    conditions.fill()
    offered = [action.text() for action in conditions.add.menu().actions()]
    assert offered[:2] == ["年龄", "今年入会"]
    assert offered[-1] == "其他项目"
    conditions.add.menu().actions()[0].trigger()
    qtbot.keyClicks(editor_of(conditions).fields[0], "40")
    qtbot.keyClick(editor_of(conditions).fields[0], Qt.Key.Key_Return)
    assert column(page, "name") == ["王五"]
    conditions.ask("sex")
    assert [tick.text() for tick in editor_of(conditions).ticks] == ["男", "女", "未填"]
    editor_of(conditions).enter.click()
    assert editor_of(conditions).told.text() == "请至少勾选一项。"
    editor_of(conditions).ticks[1].click()
    editor_of(conditions).enter.click()
    assert column(page, "name") == []
    assert [chip.text.text() for chip in conditions.chips.values()] == ["年龄 40 岁以上", "性别：女"]
    assert "年龄 40 岁以上、性别：女" in page.nothing_found.label.text()
    qtbot.keyClick(conditions.chips["age"], Qt.Key.Key_Delete)
    assert column(page, "name") == ["李四"]
    conditions.chips["sex"].text.click()
    assert [tick.isChecked() for tick in editor_of(conditions).ticks] == [False, True, False]
    qtbot.keyClick(editor_of(conditions), Qt.Key.Key_Escape)
    assert conditions.editor is None
    page.filters.clear.click()
    assert column(page, "name") == ["王五", "李四"]
    assert not conditions.isVisible()


@pytest.mark.usefixtures("filled")
def test_conditions_are_saved_by_name_renamed_forgotten_and_taken_back(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.filters.conditions.put("sex", "女")
    page.kept.keep("女会员")
    wait_for_jobs(qtbot, context)
    (saved,) = saved_filters("workers")
    assert saved.parts == {"where:sex": "女"}
    page.filters.clear.click()
    page.show_parts(saved.parts)
    assert column(page, "name") == ["李四"]
    page.kept.rename(saved.uid, "女职工")
    wait_for_jobs(qtbot, context)
    page.kept.fill()
    assert [action.text() for action in page.kept.menu().actions() if action.text()][-2:] == ["改名", "删去"]
    page.kept.findChildren(QMenu)[-1].actions()[0].trigger()
    wait_for_jobs(qtbot, context)
    assert saved_filters("workers") == []
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert [each.name for each in saved_filters("workers")] == ["女职工"]


@pytest.mark.usefixtures("filled")
def test_the_export_says_what_it_writes_and_asks_before_numbers_in_full(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    page = page_of(qtbot, context, "workers")
    page.choose_shown(["name", "phone"])
    page.filters.conditions.put("sex", "女")
    titles = [each.title for each in page.shown_columns()]
    many_people = ExportDialog(context, 5_001, titles, people=True, private=True, narrowed="", parent=page)
    assert not many_people.many.isHidden()
    dialog = ExportDialog(context, page.model.rowCount(), titles, True, True, page.filters.label(), page)
    assert dialog.what.text() == "1 行，2 列：姓名、移动电话"
    assert dialog.narrowed.text() == "筛选：性别：女"
    assert dialog.many.isHidden()
    assert (dialog.ending, dialog.handover.masked) == (".xlsx", True)
    dialog.full.click()
    assert not dialog.go.isEnabled()
    dialog.sure.click()
    dialog.whom.recipient.setText("区总工会")
    assert not dialog.go.isEnabled()  # what for is not said yet
    dialog.whom.purpose.setText("核对")
    assert dialog.go.isEnabled()
    dialog.csv.click()
    page.handing.export_to(tmp_path / "女会员.csv", dialog.handover)
    wait_for_jobs(qtbot, context)
    with (tmp_path / "女会员.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream)) == [["姓名", "移动电话"], ["李四", "19900000002"]]
    (noted,) = kept("export")
    assert (noted.rows, noted.full, noted.recipient, noted.purpose, noted.file) == (1, True, "区总工会", "核对", "女会员.csv")


@pytest.mark.usefixtures("filled")
def test_equal_rows_stay_in_the_order_that_was_chosen_before(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    places = {each.name: place for place, each in enumerate(page.model.columns)}
    page.table.sortByColumn(places["phone"], Qt.SortOrder.DescendingOrder)
    page.table.sortByColumn(places["union"], Qt.SortOrder.AscendingOrder)
    assert column(page, "name") == ["李四", "王五"]
    page.table.sortByColumn(places["phone"], Qt.SortOrder.AscendingOrder)
    page.table.sortByColumn(places["union"], Qt.SortOrder.DescendingOrder)
    assert column(page, "name") == ["王五", "李四"]


@pytest.mark.usefixtures("filled")
def test_rows_are_copied_without_titles_and_the_menu_offers_what_the_bar_does(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.choose_shown(["name", "phone"])
    page.table.selectAll()
    page.table.copying.trigger()
    assert QGuiApplication.clipboard().text() == "王五\t199****0001\n李四\t199****0002"
    offered = [action.text() for action in page.table.actions()]
    assert offered == [
        "打开", "在新标签里打开", "复制", "复制（带表头）", "全选", "粘贴", page.more.text().strip(), "列…", "存为表格…", "打印…", "行高",
        "冻结列",
    ]  # fmt: skip
    page.table.actions()[0].trigger()
    assert page.pane is not None


def test_groups_are_counted_above_the_new_employment_forms_and_narrow_the_list(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    rows = [
        ["姓名", "移动电话", "所属工会", "职业类别", "居住镇街", "入会日期"],
        ["骑一", "19900000001", UNION, "外卖配送员", None, "2026-01"],
        ["骑二", "19900000002", UNION, "快递员", None, "2026-01"],
        ["骑三", "19900000003", UNION, "快递员", None, "2026-01"],
        ["骑四", "19900000004", None, "快递员", "沙坪坝区小龙坎街道", None],
    ]
    page = RecordsPage(context, new_form_listing())
    qtbot.addWidget(page)
    page.show()
    wait_for_jobs(qtbot, context)
    assert page.nothing_here.isVisible()
    imported_rows(author, tmp_path, rows)
    union = [["工会名称", "基层工会类型", "所属镇街", "工会状态", "建会日期"], ["街道工会", "乡镇（街道）工会", "沙坪坝区小龙坎街道", "正常", "2020"]]
    imported_rows(author, tmp_path, union, "工会", kind="unions")
    context.changes.changed.emit({"worker"})
    wait_for_jobs(qtbot, context)
    assert page.group_counts is not None
    assert [button.text() for button in page.group_counts.buttons.values()] == ["全部 3", "快递员 2", "外卖配送员 1"]
    page.group_counts.buttons["快递员"].click()
    wait_for_jobs(qtbot, context)
    assert column(page, "name") == ["骑二", "骑三"]
    assert page.filters.label() == "新就业形态会员、快递员"
    page.show_part("new_form_outside")
    wait_for_jobs(qtbot, context)
    page.table.selectAll()
    proposal = placing.propose(page.model.uids([0]), context.index, TODAY)
    dialog = PlacingDialog(proposal, "2026-11-22", page)
    assert dialog.go.text() == "为 1 人登记入会"
    page.placing.enter(dialog.placings, dialog.day.text())
    wait_for_jobs(qtbot, context)
    assert column(page, "name") == []
    assert context.notices.text == "已为 1 人登记入会。"
    tick = dialog.table.item(0, 0)
    assert tick is not None
    tick.setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.go.isEnabled()
    page.placing.ask()
    wait_for_jobs(qtbot, context)
    assert "没有可以登记的" in context.notices.text
