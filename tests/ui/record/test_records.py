"""One record beside its list: opened, changed, saved, undone; entered by hand; its ties and its history; many at once."""


import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolTip
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from models.editing.dissolving import members_left
from models.editing.editing import held, named
from models.editing.moving import events_of
from models.journal.writer import Author, batch
from models.records.worker import Worker
from tests.aids.record_pages import EMPLOYER, OTHER, UNION, opened, page_of, typed
from tests.aids.speaking import WANG, listed
from tests.aids.trailed import kept
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import Context
from ui.kit.editors import ReferenceEditor
from ui.kit.line_editor import LineEditor


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
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait_for_jobs(qtbot, context)
    assert context.notices.text == "已保存“王五”的 1 处修改。"
    assert listed("workers", "name", "education")[0] == ("王五", "本科")
    assert page.model.record(0)["education"] == "本科"
    assert not pane.form.dirty
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
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
    qtbot.mouseClick(phone.line, Qt.MouseButton.LeftButton)
    assert "F8" in QToolTip.text()
    QToolTip.hideText()
    qtbot.keyClicks(phone.line, "5")
    assert "显示完整号码" in QToolTip.text()
    assert "F8" in phone.line.toolTip()
    QToolTip.hideText()
    pane.activateWindow()
    qtbot.waitUntil(pane.isActiveWindow)
    phone.line.setFocus()
    qtbot.keyClick(phone.line, Qt.Key.Key_F8)
    assert phone.text() == "199****0001"
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert (phone.text(), phone.line.isReadOnly()) == ("19900000001", False)
    assert [(row.rows, row.full, row.records) for row in kept("unmask")] == [(1, True, pane.uid)]
    typed(pane, "phone", "19900000009")
    pane.save()
    wait_for_jobs(qtbot, context)
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
    wait_for_jobs(qtbot, context)
    assert ("王武", OTHER, "2026-11-01") in listed("workers", "name", "union", "join_date")
    assert context.notices.text == "已登记“王武”。"
    assert page.model.rowCount() == 3


@pytest.mark.usefixtures("filled")
def test_pressing_save_twice_enters_somebody_once(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.new_record()
    assert page.pane is not None
    typed(page.pane, "name", "孙七")
    page.pane.save_button.click()
    page.pane.save_button.click()
    wait_for_jobs(qtbot, context)
    assert listed("workers", "name") == [("王五",), ("李四",), ("孙七",)]


@pytest.mark.usefixtures("filled")
def test_what_was_changed_elsewhere_is_told_and_not_overwritten(qtbot: QtBot, context: Context, author: Author) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    with batch("edit", author) as writer:
        writer.update(Worker, pane.uid, {"note": (None, "别人写的")})
    typed(pane, "note", "我写的")
    pane.save()
    wait_for_jobs(qtbot, context)
    assert context.notices.text == "没有保存：别人刚刚也改了。先定下保留谁的，再保存。"
    assert "备注：（空） → 别人写的，保留谁的？" in pane.whose.label.text()
    assert pane.form.editors["note"].text() == "我写的"
    assert held("worker", pane.uid)["note"] == "别人写的"


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
    wait_for_jobs(qtbot, context)
    page.filters.unverified.click()
    assert [page.model.text(row, 0) for row in range(page.model.rowCount())] == ["孙七"]


@pytest.mark.usefixtures("filled")
def test_a_transfer_is_entered_beside_the_events(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    assert pane.events is not None
    pane.tabs.setCurrentWidget(pane.events)
    assert [each.type for each in pane.events.events] == ["入会"]
    form = pane.events.form
    form.union.choose(named("union", OTHER)[0][0], OTHER)
    form.enter.click()
    wait_for_jobs(qtbot, context)
    assert [(each.type, each.date) for each in pane.events.events][:2] == [
        ("转入", "2026-11-22"),
        ("转出", "2026-11-22"),
    ]
    assert listed("workers", "union")[0] == (OTHER,)
    pane.events.list.selectRow(0)
    pane.events.remove.click()
    wait_for_jobs(qtbot, context)
    assert [each.type for each in events_of(pane.uid)] == ["转出", "入会"]


@pytest.mark.usefixtures("filled")
def test_what_works_on_a_selected_row_waits_for_one(qtbot: QtBot, context: Context) -> None:
    _page, worker = opened(qtbot, context, "workers", "王五")
    assert worker.events is not None
    worker.tabs.setCurrentWidget(worker.events)
    assert not worker.events.remove.isEnabled()
    worker.events.list.selectRow(0)
    assert worker.events.remove.isEnabled()
    _page, employer = opened(qtbot, context, "employers", EMPLOYER)
    covered = employer.covered
    assert covered is not None
    employer.tabs.setCurrentWidget(covered)
    assert not covered.end.isEnabled()
    covered.list.selectRow(0)
    assert covered.end.isEnabled()
    covered.end.click()
    wait_for_jobs(qtbot, context)
    assert [each.until for each in covered.coverages] == ["2026-11-22"]
    covered.list.selectRow(0)
    assert not covered.end.isEnabled()


@pytest.mark.usefixtures("filled")
def test_an_event_that_cannot_be_is_told(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    assert pane.events is not None
    pane.tabs.setCurrentWidget(pane.events)
    pane.events.form.choose("入会")
    pane.events.form.enter.click()
    wait_for_jobs(qtbot, context)
    assert [each.type for each in pane.events.events] == ["入会"]


@pytest.mark.usefixtures("filled")
def test_what_stands_behind_a_tab_is_of_the_record_that_is_shown(qtbot: QtBot, context: Context) -> None:
    page, pane = opened(qtbot, context, "workers", "王五")
    assert pane.events is not None
    pane.tabs.setCurrentWidget(pane.events)
    pane.tabs.setCurrentWidget(pane.form)
    page.open_record(page.model.record(1)["uid"])
    pane.tabs.setCurrentWidget(pane.past)
    assert {step.after for step in pane.past.steps if step.field == "name"} == {"李四"}
    pane.tabs.setCurrentWidget(pane.events)
    assert [each.date for each in pane.events.events] == ["2024-06"]
    page.open_record(page.model.record(0)["uid"])
    assert [each.date for each in pane.events.events] == ["2024-05-06"]
    pane.more.sources.setChecked(True)
    assert "导入《花名册.xlsx》" in pane.form.sources["name"].text()


@pytest.mark.usefixtures("filled")
def test_the_history_of_a_field_stands_beside_it(qtbot: QtBot, context: Context, qtmodeltester: ModelTester) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    typed(pane, "note", "核对过")
    pane.save()
    wait_for_jobs(qtbot, context)
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
    wait_for_jobs(qtbot, context)
    assert held("employer", pane.uid)["former_names"] == EMPLOYER
    assert pane.covered is not None
    pane.tabs.setCurrentWidget(pane.covered)
    pane.covered.picker.choose(named("union", OTHER)[0][0], OTHER)
    pane.covered.add.click()
    wait_for_jobs(qtbot, context)
    assert [(each.union_name, each.until) for each in pane.covered.coverages] == [(OTHER, None), (UNION, "2026-11-22")]
    pane.covered.list.setCurrentCell(0, 0)
    with qtbot.waitSignal(pane.views.opens_other) as led:
        qtbot.keyClick(pane.covered.list, Qt.Key.Key_Return)
    assert led.args == ["union", named("union", OTHER)[0][0]]
    pane.more.end.trigger()
    assert pane.acts.asking.day.text() == "2026-11-22"
    pane.acts.asking.day.line.setText("2026-12")
    pane.acts.asking.go.click()
    assert "在今天之后" in pane.acts.asking.wrong.text()
    pane.acts.asking.day.line.setText("2026年9月")
    pane.acts.asking.go.click()
    wait_for_jobs(qtbot, context)
    assert held("employer", pane.uid)["closed_on"] == "2026-09"
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert held("employer", pane.uid)["closed_on"] is None


@pytest.mark.usefixtures("filled")
def test_a_union_that_still_has_members_is_dissolved_only_when_it_is_said_where_they_go(
    qtbot: QtBot, context: Context
) -> None:
    _page, pane = opened(qtbot, context, "unions", UNION)
    context.jobs.refused.connect(lambda error: context.notices.error(str(error)))
    pane.more.end.trigger()
    asking = pane.acts.asking
    assert not asking.go.isEnabled()
    asking.reasons["转出"].click()
    asking.go.click()
    wait_for_jobs(qtbot, context)
    assert held("union", pane.uid)["dissolved_on"] is not None
    assert members_left(pane.uid) == 0


@pytest.mark.usefixtures("filled")
def test_a_record_that_an_undo_took_away_is_closed(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    page.new_record()
    pane = page.pane
    assert pane is not None
    typed(pane, "name", "孙七")
    pane.save()
    wait_for_jobs(qtbot, context)
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert pane.isHidden()
    assert page.model.rowCount() == 2


@pytest.mark.usefixtures("filled")
def test_a_record_is_found_by_a_part_of_its_name(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    editor = pane.form.editors["employer"]
    assert isinstance(editor, ReferenceEditor)
    editor.picker.clear()
    editor.picker.textEdited.emit("")
    editor.picker.setText("甲示例")
    editor.picker.look()
    assert editor.picker.completer().model().index(0, 0).data() == EMPLOYER
    editor.picker.completer().activated.emit(EMPLOYER)
    assert not pane.form.dirty
    typed(pane, "employer", "没有的公司")
    assert "没有的公司" in pane.form.told["employer"].text()
