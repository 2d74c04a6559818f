"""One record beside its list: opened, changed, saved, undone; entered by hand; its ties and its history; many at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.editing import held, named
from models.journal import Author, Batch
from models.laptop import read_laptop
from models.moving import events_of
from models.register import Register
from models.saved_filters import saved_filters
from models.union import Union
from models.worker import Worker
from tests.speaking import LI, TODAY, WANG, imported_rows, listed
from ui.app import application, make_context
from ui.context import Context
from ui.list_bulk import EventDialog, FieldDialog
from ui.list_columns import ColumnsDialog
from ui.record_editors import ChoiceEditor, LineEditor, ReferenceEditor
from ui.record_pane import RecordPane
from ui.records_page import RecordsPage, listings

UNION, OTHER, EMPLOYER = "重庆甲示例有限公司工会", "重庆乙示例有限公司工会", "重庆甲示例有限公司"
PEOPLE = [
    ["姓名", "身份证号", "手机", "所属工会", "工作单位", "入会日期"],
    ["王五", WANG, "19900000001", UNION, EMPLOYER, "2024-05-06"],
    ["李四", LI, "19900000002", UNION, EMPLOYER, "2024-06"],
]


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
    unions = [["工会名称", "单位名称", "所在镇街"], [UNION, EMPLOYER, "沙坪坝区"], [OTHER, None, "渝中区"]]
    imported_rows(author, tmp_path, unions, "工会")
    imported_rows(author, tmp_path, PEOPLE, "花名册")


def page_of(qtbot: QtBot, context: Context, kind: str) -> RecordsPage:
    page = RecordsPage(context, listings()[kind])
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    return page


def opened(qtbot: QtBot, context: Context, kind: str, name: str) -> tuple[RecordsPage, RecordPane]:
    page = page_of(qtbot, context, kind)
    row = next(row for row in range(page.model.rowCount()) if page.model.text(row, 0) == name)
    page.table.selectRow(row)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.pane is not None
    return page, page.pane


def typed(pane: RecordPane, name: str, text: str) -> None:
    """Replace what stands in a field, as a person does, and leave it."""
    editor = pane.form.editors[name]
    if isinstance(editor, LineEditor):
        editor.line.setText(text)
        editor.line.textEdited.emit(text)
        editor.line.editingFinished.emit()
    elif isinstance(editor, ChoiceEditor):
        editor.combo.setEditText(text)
        editor.left.emit()
    else:
        assert isinstance(editor, ReferenceEditor)
        editor.picker.setText(text)
        editor.picker.textEdited.emit(text)
        editor.picker.editingFinished.emit()


def wait(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy)


@pytest.mark.usefixtures("filled")
def test_enter_opens_a_person_with_masked_numbers(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    assert pane.title.text() == "王五"
    assert pane.form.editors["phone"].text() == "199****0001"
    assert pane.form.editors["employer"].text() == named("employer", EMPLOYER)[0][0]
    assert not pane.save_button.isEnabled()
    assert not pane.form.dirty


@pytest.mark.usefixtures("filled")
def test_a_change_is_saved_told_and_undone_from_the_banner(qtbot: QtBot, context: Context) -> None:
    page, pane = opened(qtbot, context, "workers", "王五")
    typed(pane, "education", "大学本科")
    assert pane.save_button.isEnabled()
    qtbot.keyClick(pane, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait(qtbot, context)
    assert context.notices.text == "已保存“王五”的 1 处修改。"
    assert listed("workers", "name", "education")[0] == ("王五", "本科")
    assert page.model.record(0)["education"] == "本科"
    assert not pane.form.dirty
    context.notices.buttons[0].click()
    wait(qtbot, context)
    assert listed("workers", "name", "education")[0] == ("王五", None)
    assert pane.form.editors["education"].text() == ""


@pytest.mark.usefixtures("filled")
def test_a_problem_stands_at_its_field_and_forbids_saving(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    typed(pane, "residence_region", "没有的街道")
    assert pane.form.told["residence_region"].text() == "找不到区划“没有的街道”，未采用"
    typed(pane, "residence_region", "")
    assert pane.form.told["residence_region"].isHidden()
    typed(pane, "name", "")
    assert pane.form.told["name"].text() == "没有姓名"
    pane.save()
    assert context.notices.text == "还不能保存：没有姓名。"
    assert listed("workers", "name")[0] == ("王五",)


@pytest.mark.usefixtures("filled")
def test_full_numbers_are_shown_after_a_yes_noted_and_can_then_be_changed(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    phone = pane.form.editors["phone"]
    assert isinstance(phone, LineEditor)
    assert phone.line.isReadOnly()
    pane.unmask.click()
    assert phone.text() == "199****0001"
    context.notices.buttons[0].click()
    wait(qtbot, context)
    assert (phone.text(), phone.line.isReadOnly()) == ("19900000001", False)
    assert Batch.select().order_by(Batch.id.desc()).get().kind == "disclosure"
    typed(pane, "phone", "19900000009")
    pane.save()
    wait(qtbot, context)
    assert listed("workers", "phone")[0] == ("19900000009",)


@pytest.mark.usefixtures("filled")
def test_leaving_asks_only_when_something_was_typed(qtbot: QtBot, context: Context) -> None:
    page, pane = opened(qtbot, context, "workers", "王五")
    pane.leave()
    assert pane.isHidden()
    page.open_record(page.model.uids([0])[0])
    typed(pane, "note", "改了一半")
    pane.leave()
    assert not pane.isHidden()
    assert context.notices.text == "“王五”有没保存的修改。"
    context.notices.buttons[1].click()
    assert pane.isHidden()
    assert listed("workers", "note")[0] == (None,)


@pytest.mark.usefixtures("filled")
def test_opening_another_record_asks_first_and_then_goes_on(qtbot: QtBot, context: Context) -> None:
    page, pane = opened(qtbot, context, "workers", "王五")
    typed(pane, "note", "改了一半")
    page.open_record(page.model.uids([1])[0])
    assert pane.title.text() == "王五"
    context.notices.buttons[1].click()
    assert pane.title.text() == "李四"


@pytest.mark.usefixtures("filled")
def test_somebody_new_is_entered_by_hand_and_a_double_is_told(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.new_record()
    pane = page.pane
    assert pane is not None
    typed(pane, "name", "王武")
    typed(pane, "id_number", WANG)
    assert pane.form.editors["birth_date"].text() == "1985-03-07"
    assert "王五" in pane.known_already.text()
    assert WANG not in pane.known_already.text()
    typed(pane, "id_number", "")
    assert pane.known_already.isHidden()
    typed(pane, "union", OTHER)
    typed(pane, "join_date", "2026.11.1")
    pane.save()
    wait(qtbot, context)
    assert ("王武", OTHER, "2026-11-01") in listed("workers", "name", "union", "join_date")
    assert context.notices.text == "已登记“王武”。"
    assert page.model.rowCount() == 3


@pytest.mark.usefixtures("filled")
def test_a_wrong_number_may_be_kept_as_doubtful(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.new_record()
    assert page.pane is not None
    typed(page.pane, "name", "孙七")
    typed(page.pane, "id_number", WANG[:-1] + "3")
    page.pane.save()
    assert "校验位" in context.notices.text
    context.notices.buttons[0].click()
    wait(qtbot, context)
    page.filters.unverified.click()
    assert [page.model.text(row, 0) for row in range(page.model.rowCount())] == ["孙七"]


@pytest.mark.usefixtures("filled")
def test_a_transfer_is_entered_beside_the_events(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    assert pane.events is not None
    assert [each.type for each in pane.events.events] == ["入会"]
    form = pane.events.form
    form.union.choose(named("union", OTHER)[0][0], OTHER)
    form.enter.click()
    wait(qtbot, context)
    assert [(each.type, each.date) for each in pane.events.events][:2] == [
        ("转入", "2026-11-22"),
        ("转出", "2026-11-22"),
    ]
    assert listed("workers", "union")[0] == (OTHER,)
    pane.events.list.selectRow(0)
    pane.events.remove.click()
    wait(qtbot, context)
    assert [each.type for each in events_of(pane.uid)] == ["转出", "入会"]


@pytest.mark.usefixtures("filled")
def test_an_event_that_cannot_be_is_told(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    assert pane.events is not None
    pane.events.form.choose("入会")
    pane.events.form.enter.click()
    wait(qtbot, context)
    assert [each.type for each in pane.events.events] == ["入会"]


@pytest.mark.usefixtures("filled")
def test_the_history_of_a_field_stands_beside_it(qtbot: QtBot, context: Context, qtmodeltester: ModelTester) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    typed(pane, "note", "核对过")
    pane.save()
    wait(qtbot, context)
    pane.show_past("note")
    model = pane.past.model
    qtmodeltester.check(model)
    shown = [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]
    assert shown == [["备注", "— → 核对过", "手工修改"]]
    pane.show_past("name")
    assert model.index(0, 2).data() == "导入《花名册.xlsx》"
    pane.show_past("ethnicity")
    assert pane.past.none.isVisibleTo(pane.past)


@pytest.mark.usefixtures("filled")
def test_a_unit_is_renamed_covered_by_another_union_and_closed(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "employers", EMPLOYER)
    typed(pane, "name", "重庆新示例有限公司")
    pane.save()
    wait(qtbot, context)
    assert held("employer", pane.uid)["former_names"] == EMPLOYER
    assert pane.covered is not None
    pane.covered.picker.choose(named("union", OTHER)[0][0], OTHER)
    pane.covered.add.click()
    wait(qtbot, context)
    assert [(each.union_name, each.until) for each in pane.covered.coverages] == [(OTHER, None), (UNION, "2026-11-22")]
    pane.end.trigger()
    context.notices.buttons[0].click()
    wait(qtbot, context)
    assert held("employer", pane.uid)["closed_on"] == "2026-11-22"


@pytest.mark.usefixtures("filled")
def test_a_union_that_still_has_members_is_not_dissolved(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "unions", UNION)
    context.jobs.refused.connect(lambda error: context.notices.error(str(error)))
    pane.end.trigger()
    context.notices.buttons[0].click()
    wait(qtbot, context)
    assert "还有 2 名在册会员" in context.notices.text


@pytest.mark.usefixtures("filled")
def test_a_record_that_an_undo_took_away_is_closed(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.new_record()
    pane = page.pane
    assert pane is not None
    typed(pane, "name", "孙七")
    pane.save()
    wait(qtbot, context)
    context.undoing.undo_last()
    wait(qtbot, context)
    assert pane.isHidden()
    assert page.model.rowCount() == 2


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


@pytest.mark.usefixtures("filled")
def test_a_record_is_found_by_a_part_of_its_name(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    editor = pane.form.editors["employer"]
    assert isinstance(editor, ReferenceEditor)
    editor.picker.clear()
    editor.picker.textEdited.emit("")
    qtbot.keyClicks(editor.picker, "甲示例")
    editor.picker.look()
    assert editor.picker.completer().model().index(0, 0).data() == EMPLOYER
    editor.picker.completer().activated.emit(EMPLOYER)
    assert not pane.form.dirty
    typed(pane, "employer", "没有的公司")
    assert "没有的公司" in pane.form.told["employer"].text()
