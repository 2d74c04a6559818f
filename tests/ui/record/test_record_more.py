"""Beside a record: likely doubles, merging and unmerging, ends, mistakes, the next one, all of it by keyboard."""


import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.editing.coverages import coverages_of
from models.editing.editing import held, named
from models.editing.entry import first_values
from models.journal.settings import change_settings
from models.journal.writer import Author
from models.lists import search
from models.records.employer import Employer
from models.records.worker import Worker
from tests.aids.merge_cases import merged, place
from tests.aids.record_pages import EMPLOYER, OTHER, opened, page_of, typed
from tests.aids.speaking import LI, WANG, listed, made
from tests.aids.waiting import focused, wait_for_jobs
from ui.kit.context import Context
from ui.lists.bulk import CoverDialog
from ui.lists.page import RecordsPage
from ui.record.pane import RecordPane


def committed(text: str) -> QInputMethodEvent:
    """What an input method sends when a person has chosen the characters."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


def new_pane(page: RecordsPage) -> RecordPane:
    page.new_record()
    assert page.pane is not None
    return page.pane


@pytest.mark.usefixtures("filled")
def test_a_likely_double_is_told_with_what_to_do(qtbot: QtBot, context: Context, author: Author) -> None:
    twin = made(author, Worker, name="王五", phone="19900000001")
    page, pane = opened(qtbot, context, "workers", "王五")
    wait_for_jobs(qtbot, context)
    box = pane.views.likely
    assert box.isVisible()
    assert "王五" in box.lines[0].text()
    assert "19900000001" not in box.lines[0].text()
    assert page.bulk is not None
    with qtbot.waitSignal(page.bulk.merging) as asked:
        box.buttons[0].click()
    assert asked.args == ["worker", pane.uid, twin]
    box.buttons[1].click()
    wait_for_jobs(qtbot, context)
    assert not box.isVisible()
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert box.isVisible()
    pane.more.merge.trigger()
    pane.merge_to.picker.setText("李四")
    pane.merge_to.picker.look()
    offered = pane.merge_to.picker.completer().model().index(0, 0).data()
    assert offered.startswith("李四　500103************")
    assert LI not in offered
    pane.merge_to.picker.completer().activated.emit(offered)
    with qtbot.waitSignal(page.bulk.merging) as asked:
        pane.merge_to.go.click()
    assert asked.args == ["worker", pane.uid, Worker.get(Worker.name == "李四").uid]


@pytest.mark.usefixtures("filled")
def test_a_merge_is_taken_apart_from_the_history_after_telling_what_comes_back(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    keep, drop = Employer.get(Employer.name == EMPLOYER).uid, made(author, Employer, name="甲单位")
    merged(author, keep, drop)
    _page, pane = opened(qtbot, context, "employers", EMPLOYER)
    pane.tabs.setCurrentWidget(pane.past)
    wait_for_jobs(qtbot, context)
    box = pane.past.taken_in
    assert "把“甲单位”并了进来" in "".join(merge.name for merge in box.merges).join(("把“", "”并了进来"))
    box.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert "甲单位" in box.told.text()
    box.confirm.click()
    wait_for_jobs(qtbot, context)
    assert not box.isVisible()
    assert {name for (name,) in listed("employers", "name")} == {EMPLOYER, "甲单位"}


@pytest.mark.usefixtures("filled")
def test_a_death_and_a_mistake_are_entered_from_the_menu(qtbot: QtBot, context: Context) -> None:
    page, pane = opened(qtbot, context, "workers", "王五")
    pane.more.leaving["去世"].trigger()
    assert pane.tabs.currentWidget() is pane.events
    assert pane.events is not None
    assert pane.events.form.union.isHidden()
    pane.events.form.enter.click()
    wait_for_jobs(qtbot, context)
    assert listed("workers", "name", "membership_state")[0] == ("王五", "去世")
    pane.more.remove.trigger()
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert pane.isHidden()
    assert page.model.rowCount() == 1
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert page.model.rowCount() == 2


@pytest.mark.usefixtures("filled")
def test_what_is_used_elsewhere_is_no_mistake(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "employers", EMPLOYER)
    pane.more.remove.trigger()
    context.notices.buttons[0].click()
    wait_for_jobs(qtbot, context)
    assert context.notices.text.startswith(f"“{EMPLOYER}”不能删除：还有 2 条别的记录用到它。")


@pytest.mark.usefixtures("filled")
def test_a_new_person_begins_with_what_is_known_and_the_next_one_with_what_stays(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    town = place("沙坪坝区小龙坎街道")
    change_settings({"my_towns": [town]}, author)
    assert first_values("employer", context.index) == {"region": town}
    page = page_of(qtbot, context, "workers")
    page.filters.union.choose(named("union", OTHER)[0][0], OTHER)
    pane = new_pane(page)
    assert pane.form.editors["residence_region"].text() == context.index.path(town)
    assert not pane.form.dirty
    typed(pane, "name", "孙七")
    typed(pane, "employer", "重庆丙示例有限公司")
    maker = pane.form.makers["employer"]
    assert maker.text() == "登记“重庆丙示例有限公司”（待核实）"
    maker.click()
    wait_for_jobs(qtbot, context)
    assert maker.isHidden()
    assert pane.form.told["employer"].isHidden()
    typed(pane, "join_date", "2026-11-01")
    pane.save()
    wait_for_jobs(qtbot, context)
    assert listed("workers", "name", "employer", "union")[2] == ("孙七", "重庆丙示例有限公司", OTHER)
    assert listed("workers", "residence_region")[2] == (context.index.path(town),)
    assert Employer.get(Employer.name == "重庆丙示例有限公司").verified == 0
    assert context.notices.buttons[1].text() == "再登记一个"
    pane.next_button.click()
    typed(pane, "name", "周八")
    pane.save()
    wait_for_jobs(qtbot, context)
    shown = listed("workers", "name", "employer", "union", "join_date", "id_number")
    assert shown[3] == ("周八", "重庆丙示例有限公司", OTHER, "2026-11-01", None)


@pytest.mark.usefixtures("filled")
def test_each_field_tells_on_demand_where_it_comes_from(qtbot: QtBot, context: Context, author: Author) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    typed(pane, "education", "本科")
    pane.save()
    wait_for_jobs(qtbot, context)
    source = pane.form.sources["education"]
    assert source.isHidden()
    pane.more.sources.setChecked(True)
    assert source.text().endswith(f"手工修改 · {author.person}")
    assert "导入《花名册.xlsx》" in pane.form.sources["phone"].text()
    assert pane.form.sources["note"].isHidden()
    pane.more.sources.setChecked(False)
    assert source.isHidden()


@pytest.mark.usefixtures("filled")
def test_a_whole_form_is_filled_by_keyboard(qtbot: QtBot, context: Context) -> None:
    page = page_of(qtbot, context, "workers")
    context.notices.setParent(page)  # as in the window: it takes no focus there
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    qtbot.keyClick(page.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    pane = page.pane
    assert pane is not None
    order = list(pane.form.editors)
    passed = []
    for text in ("孙七", "", WANG):
        field = focused()
        passed.append(next(name for name, each in pane.form.editors.items() if each.isAncestorOf(field)))
        QApplication.sendEvent(field, committed(text))
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    while (field := focused()) is not pane.save_button:
        name = next(name for name, each in pane.form.editors.items() if each.isAncestorOf(field))
        passed.append(name)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert passed == [*dict.fromkeys(passed)]
    assert set(passed) == set(order)
    assert passed[:3] == ["name", "id_type", "id_number"]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    wait_for_jobs(qtbot, context)
    assert "王五" in {name for (name,) in listed("workers", "name")}
    assert ("孙七",) in listed("workers", "name")
    assert QApplication.focusWidget() is pane.next_button
    qtbot.keyClick(pane.next_button, Qt.Key.Key_Escape)
    assert pane.isHidden()


@pytest.mark.usefixtures("filled")
def test_a_renamed_unit_is_found_by_its_former_name_and_covered_with_many_others(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    page, pane = opened(qtbot, context, "employers", EMPLOYER)
    typed(pane, "name", "重庆新示例有限公司")
    pane.save()
    wait_for_jobs(qtbot, context)
    assert pane.form.editors["former_names"].text() == EMPLOYER
    search.catch_up()
    assert search.found("employer", "甲示例") == {pane.uid}
    assert named("employer", EMPLOYER) == [(pane.uid, "重庆新示例有限公司")]
    page.search("甲示例")
    assert page.model.rowCount() == 1
    page.search("")
    made(author, Employer, name="重庆丁示例有限公司")
    page.refresh()
    page.table.selectAll()
    dialog = CoverDialog(2, "2026-11-22", page)
    assert not dialog.buttons.go.isEnabled()
    dialog.union.choose(named("union", OTHER)[0][0], OTHER)
    dialog.union.picked.emit()
    dialog.day.show_text("2026年9月")
    dialog.buttons.accepted.emit()
    assert page.bulk is not None
    assert dialog.asked is not None
    page.bulk.cover(page.selected(), dialog.asked)
    wait_for_jobs(qtbot, context)
    assert context.notices.text == "已登记 2 个单位的覆盖。"
    assert set(listed("employers", "union")) == {(OTHER,)}
    assert [each.since for each in coverages_of(pane.uid) if each.until is None] == ["2026-09"]
    assert held("employer", pane.uid)["name"] == "重庆新示例有限公司"
