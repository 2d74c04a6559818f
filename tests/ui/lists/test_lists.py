"""Lists on the screen: long ones, columns, saved filters, many records at once."""

import logging
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea
from pytestqt.qtbot import QtBot

from models.editing.editing import named
from models.errors import UserError
from models.journal.saved_filters import saved_filters
from models.journal.writer import Author
from models.lists import selection
from models.records.union import Union
from models.records.worker import Worker
from models.register.laptop import read_laptop
from tests.aids.record_pages import OTHER, UNION, column, many, page_of
from tests.aids.speaking import imported_rows, listed
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import Context
from ui.kit.editors import ChoiceEditor
from ui.kit.line_editor import LineEditor
from ui.kit.tables import LARGEST_COPY
from ui.lists.bulk import EventDialog, FieldDialog
from ui.lists.columns import ColumnsDialog
from ui.lists.kinds import new_form_listing
from ui.lists.model import RecordsModel
from ui.lists.page import RecordsPage


def asked_of(dialog: EventDialog | FieldDialog) -> object:
    """What a person has settled in a dialog, None before."""
    return dialog.asked


@pytest.mark.usefixtures("filled")
def test_many_are_moved_and_grouped_at_once(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.table.selectAll()
    assert page.more.isEnabled()
    assert page.bulk is not None
    dialog = EventDialog("转入", 2, "2026-11-22", page)
    dialog.show()
    qtbot.keyClick(dialog.form.type, Qt.Key.Key_Return)
    assert asked_of(dialog) is None
    assert dialog.lacking.text() == "请选择转到或加入哪个工会。"
    assert dialog.lacking.isVisible()
    dialog.form.union.choose(named("union", OTHER)[0][0], OTHER)
    dialog.buttons.go.click()
    assert dialog.asked is not None
    page.bulk.enter(page.selected(), dialog.asked)
    wait_for_jobs(qtbot, context)
    assert context.notices.text == "已登记 2 人的会籍变动。"
    assert set(listed("workers", "union")) == {(OTHER,)}
    page.table.selectAll()
    field = FieldDialog("worker", 2, page._places, page)
    field.choose("occupation_group")
    assert field.buttons.go.text() == "清空 2 条记录的这一项"
    field.show()
    qtbot.keyClick(field.fields, Qt.Key.Key_Return)
    assert field.isVisible()
    assert asked_of(field) is None
    assert isinstance(field.editor, ChoiceEditor)
    field.editor.combo.setEditText("外卖配送员")
    assert field.buttons.go.text() == "改 2 条记录"
    field.buttons.go.click()
    assert field.asked == ("occupation_group", "外卖配送员")
    page.bulk.set_field(page.selected(), *field.asked)
    wait_for_jobs(qtbot, context)
    assert set(listed("workers", "occupation_group")) == {("外卖配送员",)}
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert set(listed("workers", "occupation_group", "union")) == {(None, UNION)}


@pytest.mark.usefixtures("filled")
def test_columns_are_chosen_ordered_and_remembered_on_the_laptop(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.choose_shown(["name", "union", "phone"])
    assert [column.name for column in page.shown_columns()] == ["name", "union", "phone"]
    page.table.selectRow(0)
    page.table.copy_titled()
    assert QGuiApplication.clipboard().text() == f"姓名\t所属工会\t移动电话\n王五\t{UNION}\t199****0001"
    assert read_laptop()["lists"]["workers"]["columns"] == ["name", "union", "phone"]
    again = page_of(qtbot, context, "workers")
    assert [column.name for column in again.shown_columns()] == ["name", "union", "phone"]
    dialog = ColumnsDialog(again.columns, again)
    assert dialog.list.item(0).text() == "姓名"
    dialog.list.item(1).setCheckState(Qt.CheckState.Unchecked)
    dialog.buttons.accepted.emit()
    assert dialog.names == ["name", "phone"]
    dialog = ColumnsDialog(again.columns, again)
    dialog.list.setCurrentRow(1)
    assert (dialog.up.isEnabled(), dialog.down.isEnabled()) == (False, True)
    dialog.down.click()
    dialog.buttons.go.click()
    assert dialog.names == ["name", "phone", "union"]
    again.choose_shown(None)
    assert [column.name for column in again.shown_columns()] == list(again.listing.leading)


@pytest.mark.usefixtures("filled")
def test_a_filter_is_saved_and_chosen_again(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.filters.union.choose(named("union", UNION)[0][0], UNION)
    page.filters.union.picked.emit()
    assert page.model.rowCount() == 2
    page.kept.keep("甲工会的人")
    wait_for_jobs(qtbot, context)
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


@pytest.mark.parametrize(("order", "descending"), [("", False), ("name", False), ("name", True)])
def test_a_record_is_found_in_its_list_in_any_order(context: Context, order: str, descending: bool) -> None:
    many(1_000)
    model = RecordsModel("workers", context.index, context.jobs)
    model.load(order=order, descending=descending)
    uids = model.uids(range(model.rowCount()))
    for row in (0, 1, 555, 999):
        assert model.row_of(uids[row]) == row  # not read yet
        model.text(row, 0)
        assert model.row_of(uids[row]) == row
    model.load(search="职工00055")
    assert [model.row_of(uid) for uid in model.uids(range(10))] == list(range(10))
    gone = [uid for uid in uids if uid not in set(model.uids(range(10)))]
    assert {model.row_of(gone[0]), model.row_of(gone[-1]), model.row_of("nobody")} == {-1}


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


def test_all_of_a_long_list_are_selected_at_once(
    qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    many(selection.LONG + 1)
    page = page_of(qtbot, context, "workers")
    qtbot.waitUntil(lambda: not context.jobs.busy)
    asked: list[int] = []
    flags = RecordsModel.flags

    def counted(model: RecordsModel, index: QModelIndex) -> Qt.ItemFlag:
        asked.append(index.row())
        return flags(model, index)

    monkeypatch.setattr(RecordsModel, "flags", counted)
    page.table.selectAll()
    page.table.horizontalHeader().repaint()
    assert page.counted.text() == f"已选 {selection.LONG + 1:,} / 共 {selection.LONG + 1:,} 条"
    assert len(asked) < 2_000  # those that are seen, not those that there are


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
    wait_for_jobs(qtbot, context)
    assert page.selected() == chosen
    assert page.model.record(1)["education"] == "本科"


@pytest.mark.usefixtures("filled")
def test_what_many_are_set_to_must_be_readable(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.table.selectAll()
    assert page.bulk is not None
    page.bulk.set_field(page.selected(), "education", "没听说过")
    wait_for_jobs(qtbot, context)
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
    wait_for_jobs(qtbot, context)
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
    assert not page.filters.clear.isVisible()
    page.filters.people.choose("")
    page.filters.people.activated.emit(0)
    assert column(page, "name") == ["王五", "李四"]


def test_clearing_the_filters_of_a_page_goes_back_to_whom_the_page_is_about(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path
) -> None:
    rows = [
        ["姓名", "移动电话", "所属工会", "职业类别", "入会日期"],
        ["王五", "19900000001", UNION, "外卖配送员", "2025-03-01"],
        ["赵六", "19900000003", UNION, "快递员", "2025-03-01"],
        ["李四", "19900000002", UNION, None, "2025-03-01"],
    ]
    imported_rows(author, tmp_path, rows)
    page = RecordsPage(context, new_form_listing())
    qtbot.addWidget(page)
    page.show()
    wait_for_jobs(qtbot, context)
    assert page.group_counts is not None
    page.group_counts.buttons["快递员"].click()
    wait_for_jobs(qtbot, context)
    assert column(page, "name") == ["赵六"]
    page.filters.clear.click()
    wait_for_jobs(qtbot, context)
    assert column(page, "name") == ["王五", "赵六"]


@pytest.mark.usefixtures("filled")
def test_what_a_bulk_change_refuses_is_said_below_the_field_and_hides_none_of_it(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")

    def check(_name: str, text: str) -> None:
        raise UserError(f"看不懂的日期“{text}”，未采用，请写成 2024-05-06，或者留空。" * 2)

    dialog = FieldDialog("worker", 2, page._places, page, check)
    dialog.choose("application_date")
    dialog.show()
    assert isinstance(dialog.editor, LineEditor)
    qtbot.keyClicks(dialog.editor.line, "2026-13-45")
    before = dialog.editor.height()
    qtbot.keyClick(dialog.editor.line, Qt.Key.Key_Return)
    assert dialog.wrong.isVisible()
    qtbot.waitUntil(lambda: dialog.wrong.height() >= dialog.wrong.heightForWidth(dialog.wrong.width()))
    assert dialog.editor.height() == before
    assert not dialog.wrong.geometry().intersects(dialog.editor.geometry())


@pytest.mark.usefixtures("filled")
def test_where_there_is_no_room_buttons_keep_their_icons(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    around = QScrollArea()  # it lets the bar be narrower than the page's other rows
    qtbot.addWidget(around)
    around.setWidgetResizable(True)
    bar = page.bar
    around.setWidget(bar)
    for width, export in ((1200, "存为表格…"), (700, ""), (1200, "存为表格…")):
        around.resize(width, 80)
        around.show()
        wait_for_jobs(qtbot, context)
        QGuiApplication.processEvents()
        assert bar.export.text().strip() == export
        assert bar.export.accessibleName() == "存为表格…"
        assert bar.new.text().strip() == "新增"
        assert bar.width() <= width
