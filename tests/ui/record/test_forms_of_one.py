"""Each form beside a list belongs to its record; numbers are shown for one use; what is too many is said while it is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from models.editing.count_entry import enter_count, remove_count
from models.editing.moving import enter, events_of
from models.journal.writer import Author
from models.records.employer import Employer
from models.records.union import Union
from models.records.worker import Worker
from tests.aids.case_world import made
from tests.aids.record_pages import EMPLOYER, UNION, opened
from tests.aids.speaking import LI, TODAY, WANG
from tests.aids.typing import type_day, type_text
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import EVERYTHING, Context
from ui.kit.line_editor import LineEditor
from ui.papers.page import ReportsPage
from ui.record.counts import CountsView

pytestmark = pytest.mark.usefixtures("filled")


def shown(tabs: QTabWidget, view: QWidget) -> QWidget:
    """Go to a view of the record with its tab's own key."""
    tabs.setCurrentWidget(view)
    return view


def line(view: CountsView, name: str) -> QWidget:
    editor = view.editors[name]
    assert isinstance(editor, LineEditor)
    return editor.line


def test_an_event_that_was_half_filled_stays_with_its_person(qtbot: QtBot, context: Context) -> None:
    page, pane = opened(qtbot, context, "workers", "王五")
    assert pane.events is not None
    shown(pane.tabs, pane.events)
    form = pane.events.form
    form.type.setFocus()
    while form.type.currentText() != "退会":
        qtbot.keyClick(form.type, Qt.Key.Key_Down)
    type_day(qtbot, form.day, "2026-10-01")
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert pane.title.text() == "王五"
    assert context.notices.text == "“王五”有没保存的修改。"
    qtbot.mouseClick(context.notices.buttons[0], Qt.MouseButton.LeftButton)
    assert pane.title.text() == "李四"
    assert (form.type.currentText(), form.day.text(), form.half_filled) == ("转入", TODAY.isoformat(), False)
    qtbot.mouseClick(form.enter, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert [each.type for each in events_of(pane.uid)] == ["入会"]


def test_the_day_of_an_event_is_typed_as_in_any_field_of_days(qtbot: QtBot, context: Context) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    assert pane.events is not None
    shown(pane.tabs, pane.events)
    type_day(qtbot, pane.events.form.day, "25年6月")
    assert pane.events.form.day.text() == "2025-06"


def test_a_count_that_was_half_filled_stays_with_its_unit(qtbot: QtBot, context: Context) -> None:
    page, pane = opened(qtbot, context, "unions", UNION)
    view = pane.views.counts
    assert view is not None
    shown(pane.tabs, view)
    type_text(qtbot, line(view, "member_count"), "12")
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.mouseClick(context.notices.buttons[0], Qt.MouseButton.LeftButton)
    assert pane.title.text() != UNION
    assert view.written()["member_count"] == ""


def test_more_members_than_there_are_staff_is_said_while_it_is_typed(qtbot: QtBot, context: Context, author: Author) -> None:
    enter_count("employer", Employer.get(Employer.name == EMPLOYER).uid, {"staff_count": "98"}, author, TODAY)
    _page, pane = opened(qtbot, context, "unions", UNION)
    view = pane.views.counts
    assert view is not None
    shown(pane.tabs, view)
    type_text(qtbot, line(view, "member_count"), "50")
    assert not view.wrong.isVisible()
    type_text(qtbot, line(view, "member_count"), "0")
    assert view.wrong.text() == "会员 500 人，比登记的职工 98 人还多，请核对"
    assert view.wrong.isVisible()


def test_a_new_union_with_more_members_than_its_unit_has_staff_is_told(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    enter_count("employer", Employer.get(Employer.name == EMPLOYER).uid, {"staff_count": "98"}, author, TODAY)
    page, pane = opened(qtbot, context, "unions", UNION)
    qtbot.mouseClick(page.bar.new, Qt.MouseButton.LeftButton)
    form = pane.form
    form.editors["employer"].setFocus()
    form.editors["employer"].show_text(EMPLOYER, Employer.get(Employer.name == EMPLOYER).uid)
    editor = form.editors["member_count"]
    assert isinstance(editor, LineEditor)
    type_text(qtbot, editor.line, "500")
    qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert "比登记的职工 98 人还多" in form.told["member_count"].text()
    assert Union.select().count() == 2


def test_one_person_shown_in_full_opens_neither_a_list_nor_a_paper(qtbot: QtBot, context: Context) -> None:
    page, pane = opened(qtbot, context, "workers", "王五")
    qtbot.mouseClick(pane.unmask, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(context.notices.buttons[0], Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert pane.form.editors["id_number"].text() == WANG
    qtbot.mouseClick(page.full, Qt.MouseButton.LeftButton)
    assert not page.full.isChecked()
    assert LI not in str(page.model.text(1, 2))
    papers = ReportsPage(context)
    qtbot.addWidget(papers)
    papers.show()
    wait_for_jobs(qtbot, context)
    papers.choices.full.click()
    wait_for_jobs(qtbot, context)
    assert papers.choices.masked.isChecked()
    assert Worker.get(Worker.name == "李四").id_number == LI
    assert papers.report is not None
    assert LI not in str([list(each.rows) for each in papers.report.sections])


def test_an_event_that_is_half_filled_stays_when_others_enter_one_and_goes_once_it_is_entered(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    _page, pane = opened(qtbot, context, "workers", "王五")
    assert pane.events is not None
    shown(pane.tabs, pane.events)
    form = pane.events.form
    form.type.setCurrentIndex(form.type.findText("退会"))
    type_day(qtbot, form.day, "2026-10-01")
    enter("转入", [pane.uid], "2026-09-01", author, str(Union.get(Union.name == UNION).uid))
    context.changes.tell_of_others(EVERYTHING)
    wait_for_jobs(qtbot, context)
    assert (form.type.currentText(), form.day.text()) == ("退会", "2026-10-01")
    qtbot.mouseClick(form.enter, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert "退会" in {each.type for each in events_of(pane.uid)}
    assert not form.half_filled


def test_an_employer_half_typed_in_the_coverage_stays_with_its_union_until_it_is_covered(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    _page, pane = opened(qtbot, context, "unions", UNION)
    view = pane.views.covered
    assert view is not None
    shown(pane.tabs, view)
    type_text(qtbot, view.picker, EMPLOYER[:4])
    context.changes.tell_of_others(EVERYTHING)
    wait_for_jobs(qtbot, context)
    assert (view.picker.text(), pane.views.half_filled) == (EMPLOYER[:4], True)
    view.picker.choose(made(author, Employer, name="重庆霁蓝虚构印务有限公司"), "重庆霁蓝虚构印务有限公司")
    qtbot.mouseClick(view.add, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert (view.picker.text(), pane.views.half_filled) == ("", False)


def test_a_count_that_is_refused_stays_in_its_form(qtbot: QtBot, context: Context, author: Author) -> None:
    uid = str(Union.get(Union.name == UNION).uid)
    enter_count("union", uid, {"as_of": "2026-10-31", "source": "走访核实", "member_count": "10"}, author, TODAY)
    page, pane = opened(qtbot, context, "unions", UNION)
    view = pane.views.counts
    assert view is not None
    shown(pane.tabs, view)
    view.table.opened.emit(0)
    type_text(qtbot, line(view, "member_count"), "12")
    remove_count(view.model.items[0].uid, author)  # by somebody else, of whom the window has not heard yet
    qtbot.mouseClick(view.enter, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert context.notices.text
    assert view.half_filled
    page.refresh()
