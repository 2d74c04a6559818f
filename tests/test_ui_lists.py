"""Lists on the screen: long ones, columns, saved filters, many records at once."""

import csv
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from models import placing, selection
from models.editing import named
from models.journal import Author, Batch
from models.laptop import read_laptop
from models.register import Register
from models.saved_filters import saved_filters
from models.union import Union
from models.worker import Worker
from tests.record_pages import OTHER, UNION, fill, many, page_of, wait
from tests.speaking import TODAY, imported_rows, listed
from ui.app import application, make_context
from ui.context import Context
from ui.lists.bulk import EventDialog, FieldDialog
from ui.lists.columns import ColumnsDialog
from ui.lists.export_dialog import ExportDialog
from ui.lists.kinds import new_form_listing
from ui.lists.model import RecordsModel
from ui.lists.page import RecordsPage
from ui.lists.placing import PlacingDialog
from ui.tables import LARGEST_COPY


@pytest.fixture
def context(qtbot: QtBot, register: Register) -> Iterator[Context]:
    application()
    made = make_context(register, TODAY)
    qtbot.addWidget(made.notices)
    yield made
    made.jobs.close()


@pytest.fixture
def filled(author: Author, tmp_path: Path) -> None:
    """Two unions, the first of which covers an employer and has two members."""
    fill(author, tmp_path)


def column(page: RecordsPage, name: str) -> list[str]:
    place = [each.name for each in page.model.columns].index(name)
    return [page.model.text(row, place) for row in range(page.model.rowCount())]


@pytest.mark.usefixtures("filled")
def test_many_are_moved_and_grouped_at_once(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.table.selectAll()
    assert page.more.isEnabled()
    assert page.bulk is not None
    dialog = EventDialog("转入", 2, "2026-11-22", page)
    dialog.form.union.choose(named("union", OTHER)[0][0], OTHER)
    dialog.form.enter.click()
    assert dialog.asked is not None
    page.bulk.enter(page.selected(), dialog.asked)
    wait(qtbot, context)
    assert context.notices.text == "已登记 2 人的会籍变动。"
    assert set(listed("workers", "union")) == {(OTHER,)}
    page.table.selectAll()
    field = FieldDialog("worker", 2, page._places, page)
    field.choose("occupation_group")
    field.editor.show_text("外卖配送员")
    field.buttons.accepted.emit()
    assert field.asked == ("occupation_group", "外卖配送员")
    page.bulk.set_field(page.selected(), *field.asked)
    wait(qtbot, context)
    assert set(listed("workers", "occupation_group")) == {("外卖配送员",)}
    context.undoing.undo_last()
    wait(qtbot, context)
    context.undoing.undo_last()
    wait(qtbot, context)
    assert set(listed("workers", "occupation_group", "union")) == {(None, UNION)}


@pytest.mark.usefixtures("filled")
def test_columns_are_chosen_ordered_and_remembered_on_the_laptop(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.choose_shown(["name", "union", "phone"])
    assert [column.name for column in page.shown_columns()] == ["name", "union", "phone"]
    page.table.selectRow(0)
    page.table.copy_selected()
    assert QGuiApplication.clipboard().text() == f"姓名\t所属工会\t移动电话\n王五\t{UNION}\t199****0001"
    assert read_laptop()["lists"]["workers"]["columns"] == ["name", "union", "phone"]
    again = page_of(qtbot, context, "workers")
    assert [column.name for column in again.shown_columns()] == ["name", "union", "phone"]
    dialog = ColumnsDialog(again.columns, again)
    assert dialog.list.item(0).text() == "姓名"
    dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    dialog.buttons.accepted.emit()
    assert dialog.names == ["name", "phone"]
    again.choose_shown(None)
    assert [column.name for column in again.shown_columns()] == list(again.listing.leading)


@pytest.mark.usefixtures("filled")
def test_a_filter_is_saved_and_chosen_again(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.filters.union.choose(named("union", UNION)[0][0], UNION)
    page.filters.union.picked.emit()
    assert page.model.rowCount() == 2
    page.kept.keep("甲工会的人")
    wait(qtbot, context)
    (saved,) = saved_filters("workers")
    page.filters.clear.click()
    assert page.filters.label() == ""
    page.show_parts(saved.parts)
    assert page.filters.union.text() == UNION
    assert page.model.choice.union == Union.get(Union.name == UNION).uid


@pytest.mark.usefixtures("filled")
def test_exactly_the_counted_records_are_listed(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.show_records(frozenset({Worker.get(Worker.name == "李四").uid}))
    assert [page.model.text(row, 0) for row in range(page.model.rowCount())] == ["李四"]
    assert page.of_batch.isVisible()
    page.of_batch.click()
    assert page.model.rowCount() == 2


@pytest.mark.usefixtures("filled")
def test_typing_above_the_list_filters_it(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.bar.go_to_find()
    qtbot.keyClicks(page.bar.finding, "0002")
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert page.search_text == "0002"


def test_a_long_list_shows_its_first_page_before_the_rest(qtbot: QtBot, context: Context) -> None:
    many(selection.LONG + 1)
    model = RecordsModel("workers", context.index, context.jobs)
    told: list[tuple[bool, int]] = []
    model.waiting.connect(lambda waits: told.append((waits, model.rowCount())))
    model.rowsInserted.connect(lambda: told.append((model.is_waiting, model.rowCount())))
    with qtbot.waitSignal(model.loaded):
        model.load()
    assert told == [(True, 0), (False, selection.LONG + 1), (False, selection.LONG + 1)]
    assert model.text(selection.LONG, 0) == f"职工{selection.LONG:06}"
    assert model.row_of(model.uids([12_345])[0]) == 12_345


def test_scrolling_anywhere_in_a_long_list_asks_once_for_each_page(
    qtbot: QtBot, context: Context, caplog: pytest.LogCaptureFixture
) -> None:
    many(selection.LONG + 1)
    page = page_of(qtbot, context, "workers")
    qtbot.waitUntil(lambda: page.model.rowCount() > selection.LONG)
    caplog.set_level(logging.DEBUG, "peewee")
    page.table.scrollTo(page.model.index(selection.LONG // 2, 0))
    page.table.viewport().repaint()
    page.table.viewport().repaint()
    assert len([record for record in caplog.records if record.name == "peewee"]) <= 2


def test_only_the_last_of_two_questions_is_answered(qtbot: QtBot, context: Context) -> None:
    many(selection.LONG + 1)
    page = page_of(qtbot, context, "workers")
    page.search("职工00000")
    page.search("职工000012")
    assert page.counted.text() == "正在查找…"
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert column(page, "name") == ["职工000012"]
    assert page.counted.text() == "共 1 条"
    page.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    page.search("")
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert page.model.text(0, 0) == f"职工{selection.LONG:06}"


def test_too_many_rows_are_not_put_on_the_clipboard(qtbot: QtBot, context: Context) -> None:
    many(LARGEST_COPY + 1)
    QGuiApplication.clipboard().setText("从前的")
    page = page_of(qtbot, context, "workers")
    page.table.selectAll()
    page.table.copy_selected()
    assert QGuiApplication.clipboard().text() == "从前的"
    assert "请用“存为表格”" in context.notices.text


@pytest.mark.usefixtures("filled")
def test_a_change_leaves_place_and_selection(qtbot: QtBot, context: Context, author: Author) -> None:
    page = page_of(qtbot, context, "workers")
    page.table.selectRow(1)
    chosen = page.selected()
    assert page.bulk is not None
    page.bulk.set_field(chosen, "education", "本科")
    wait(qtbot, context)
    assert page.selected() == chosen
    assert page.model.record(1)["education"] == "本科"


@pytest.mark.usefixtures("filled")
def test_what_many_are_set_to_must_be_readable(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.table.selectAll()
    assert page.bulk is not None
    page.bulk.set_field(page.selected(), "education", "没听说过")
    wait(qtbot, context)
    assert context.notices.text == "“学历”：“没听说过”不在“学历”的选项里，未采用。"
    assert set(listed("workers", "education")) == {(None,)}


def test_stopping_in_the_middle_changes_nobody(qtbot: QtBot, context: Context) -> None:
    many(selection.LONG + 1)
    page = page_of(qtbot, context, "workers")
    qtbot.waitUntil(lambda: not context.jobs.busy)
    page.table.selectAll()
    assert page.bulk is not None
    page.bulk.set_field(page.selected(), "education", "本科")
    context.jobs.cancel_all()
    wait(qtbot, context)
    assert context.notices.text == "已停下，什么都没有改。"
    assert page.model.record(0)["education"] is None


def test_the_page_of_new_employment_forms_begins_with_their_members(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    rows = [
        ["姓名", "移动电话", "所属工会", "职业类别", "入会日期"],
        ["王五", "19900000001", UNION, "外卖配送员", "2025-03-01"],
        ["李四", "19900000002", UNION, None, "2025-03-01"],
    ]
    imported_rows(author, tmp_path, rows)
    page = RecordsPage(context, new_form_listing())
    qtbot.addWidget(page)
    page.show()
    assert column(page, "name") == ["王五"]
    assert [each.name for each in page.shown_columns()][:2] == ["name", "occupation_group"]
    page.filters.clear.click()
    assert column(page, "name") == ["王五", "李四"]


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
    assert conditions.editor is not None
    qtbot.keyClicks(conditions.editor.fields[0], "40")
    qtbot.keyClick(conditions.editor.fields[0], Qt.Key.Key_Return)
    assert column(page, "name") == ["王五"]
    conditions.ask("sex")
    assert [tick.text() for tick in conditions.editor.ticks] == ["男", "女", "未填"]
    conditions.editor.enter.click()
    assert conditions.editor.told.text() == "请至少勾选一项。"
    conditions.editor.ticks[1].click()
    conditions.editor.enter.click()
    assert column(page, "name") == []
    assert [chip.text.text() for chip in conditions.chips.values()] == ["年龄 40 岁以上", "性别：女"]
    assert "年龄 40 岁以上、性别：女" in page.nothing_found.label.text()
    qtbot.keyClick(conditions.chips["age"], Qt.Key.Key_Delete)
    assert column(page, "name") == ["李四"]
    conditions.chips["sex"].text.click()
    assert [tick.isChecked() for tick in conditions.editor.ticks] == [False, True, False]
    qtbot.keyClick(conditions.editor, Qt.Key.Key_Escape)
    assert conditions.editor is None
    page.filters.clear.click()
    assert column(page, "name") == ["王五", "李四"]
    assert not conditions.isVisible()


@pytest.mark.usefixtures("filled")
def test_conditions_are_saved_by_name_renamed_forgotten_and_taken_back(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.filters.conditions.put("sex", "女")
    page.kept.keep("女会员")
    wait(qtbot, context)
    (saved,) = saved_filters("workers")
    assert saved.parts == {"where:sex": "女"}
    page.filters.clear.click()
    page.show_parts(saved.parts)
    assert column(page, "name") == ["李四"]
    page.kept.rename(saved.uid, "女职工")
    wait(qtbot, context)
    page.kept.fill()
    assert [action.text() for action in page.kept.menu().actions() if action.text()][-2:] == ["改名", "删去"]
    page.kept.findChildren(QMenu)[-1].actions()[0].trigger()
    wait(qtbot, context)
    assert saved_filters("workers") == []
    context.notices.buttons[0].click()
    wait(qtbot, context)
    assert [each.name for each in saved_filters("workers")] == ["女职工"]


@pytest.mark.usefixtures("filled")
def test_the_export_says_what_it_writes_and_asks_before_numbers_in_full(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    page = page_of(qtbot, context, "workers")
    page.choose_shown(["name", "phone"])
    page.filters.conditions.put("sex", "女")
    titles = [each.title for each in page.shown_columns()]
    many_people = ExportDialog(5_001, titles, people=True, private=True, narrowed="", parent=page)
    assert not many_people.many.isHidden()
    dialog = ExportDialog(page.model.rowCount(), titles, True, True, page.filters.label(), page)
    assert dialog.what.text() == "1 行，2 列：姓名、移动电话"
    assert dialog.narrowed.text() == "筛选：性别：女"
    assert dialog.many.isHidden()
    assert (dialog.ending, dialog.handover.masked) == (".xlsx", True)
    dialog.full.click()
    assert not dialog.go.isEnabled()
    dialog.sure.click()
    assert dialog.go.isEnabled()
    dialog.csv.click()
    dialog.recipient.setText("区总工会")
    page.handing.export_to(tmp_path / "女会员.csv", dialog.handover)
    wait(qtbot, context)
    with (tmp_path / "女会员.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert list(csv.reader(stream)) == [["姓名", "移动电话"], ["李四", "19900000002"]]
    noted = Batch.select().order_by(Batch.id.desc()).get()
    assert noted.kind == "disclosure"
    source = json.loads(noted.source)
    assert (source["rows"], source["masked"], source["recipient"]) == (1, False, "区总工会")


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
    page.table.copying_rows.trigger()
    assert QGuiApplication.clipboard().text() == "王五\t199****0001\n李四\t199****0002"
    offered = [action.text() for action in page.table.actions()]
    assert offered == ["打开", "复制", "复制（不带表头）", "全选", page.more.text().strip(), "列…", "存为表格…"]
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
    wait(qtbot, context)
    assert page.nothing_here.isVisible()
    imported_rows(author, tmp_path, rows)
    union = [["工会名称", "基层工会类型", "所属镇街", "工会状态", "建会日期"], ["街道工会", "乡镇（街道）工会", "沙坪坝区小龙坎街道", "正常", "2020"]]
    imported_rows(author, tmp_path, union, "工会", kind="unions")
    context.changes.changed.emit({"worker"})
    wait(qtbot, context)
    assert page.group_counts is not None
    assert [button.text() for button in page.group_counts.buttons.values()] == ["全部 3", "快递员 2", "外卖配送员 1"]
    page.group_counts.buttons["快递员"].click()
    wait(qtbot, context)
    assert column(page, "name") == ["骑二", "骑三"]
    assert page.filters.label() == "新就业形态会员、快递员"
    page.show_part("new_form_outside")
    wait(qtbot, context)
    page.table.selectAll()
    proposal = placing.propose(page.model.uids([0]), context.index, TODAY)
    dialog = PlacingDialog(proposal, "2026-11-22", page)
    assert dialog.go.text() == "为 1 人登记入会"
    page.placing.enter(dialog.placings, dialog.day.text())
    wait(qtbot, context)
    assert column(page, "name") == []
    assert context.notices.text == "已为 1 人登记入会。"
    dialog.table.item(0, 0).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.go.isEnabled()
    page.placing.ask()
    wait(qtbot, context)
    assert "没有可以登记的" in context.notices.text
