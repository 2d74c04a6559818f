"""The officers of a union beside its form: entered, corrected, ended; who is meant is seen before it is kept."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.editing.officers import enter_officer, officers_of
from models.journal.writer import Author
from models.records.officer import Officer
from tests.aids.case_world import union
from tests.aids.speaking import TODAY
from tests.aids.waiting import wait_for_jobs
from tests.figures.test_indicators import person
from ui.kit.context import Context
from ui.record.acts import RecordActs, ShownRecord
from ui.record.officers import OfficersView


def view_of(qtbot: QtBot, context: Context, uid: str) -> OfficersView:
    """The view of a union's officers, wired as its page does it."""
    window = QWidget()
    qtbot.addWidget(window)
    acts = RecordActs(context, "union", lambda: ShownRecord(uid, "甲公司工会"), window)
    view = OfficersView(TODAY)
    qtbot.addWidget(view)
    view.entered.connect(acts.enter_officer)
    view.corrected.connect(acts.correct_officer)
    view.ends.connect(acts.ask_end_officer)
    view.removed.connect(acts.remove_officer)
    acts.officer_failed.connect(view.failed)
    view.acts = acts  # type: ignore[attr-defined]  # kept as long as the view
    view.resize(470, 640)
    view.show()
    fill(view, uid)
    return view


def fill(view: OfficersView, uid: str) -> None:
    view.show_officers(uid, officers_of(uid, TODAY))


def typed(view: OfficersView, **values: str) -> None:
    for name, text in values.items():
        view.editors[name].show_text(text)
        view.editors[name].left.emit()


def cells(view: OfficersView) -> list[list[str]]:
    model = view.model
    return [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]


def test_a_post_is_kept_with_the_person_that_is_seen(qtbot: QtBot, context: Context, author: Author) -> None:
    uid = union(author, "甲公司工会")
    member = person(author, ("入会", uid, "2021-01-02"), name="赵示例")
    view = view_of(qtbot, context, uid)
    assert view.nothing.isVisible()
    typed(view, name="赵示例", body="工会委员会", post="主席", since="2024-05-01", phone="19900000003")
    assert view.person.currentText() == "会员名单里的赵示例（2021-01-02 入会）"
    qtbot.mouseClick(view.enter, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    fill(view, uid)
    assert [(row.name, row.worker, row.post) for row in Officer.select()] == [("赵示例", member, "主席")]
    assert (cells(view), view.editors["name"].text()) == ([["赵示例", "主席", "工会委员会"]], "")
    assert view.model.index(0, len(view.model.columns) - 1).data() == "199****0003"


def test_what_cannot_be_stays_in_the_form_with_a_sentence(qtbot: QtBot, context: Context, author: Author) -> None:
    uid = union(author, "甲公司工会")
    view = view_of(qtbot, context, uid)
    typed(view, name="赵示例", post="主席", since="2030-01-01")
    qtbot.mouseClick(view.enter, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    fill(view, uid)
    assert (cells(view), view.editors["name"].text()) == ([], "赵示例")
    assert "在今天之后" in context.notices.text


def test_one_is_put_right_without_its_number_being_touched_and_ended(qtbot: QtBot, context: Context, author: Author) -> None:
    uid = union(author, "甲公司工会")
    given = {"name": "赵示例", "body": "工会委员会", "post": "主席", "since": "2024-05-01", "phone": "19900000003"}
    enter_officer(uid, given, author, TODAY)
    view = view_of(qtbot, context, uid)
    view.table.selectRow(0)
    qtbot.mouseClick(view.correct, Qt.MouseButton.LeftButton)
    assert (view.editors["phone"].text(), view.editors["until"].isVisible()) == ("199****0003", True)
    typed(view, since="2024-05-06")
    qtbot.mouseClick(view.enter, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    fill(view, uid)
    row = Officer.get()
    assert (row.since, row.phone, view.editors["until"].isVisible()) == ("2024-05-06", "19900000003", False)
    view.table.selectRow(0)
    qtbot.mouseClick(view.end, Qt.MouseButton.LeftButton)
    asking = view.acts.asking  # type: ignore[attr-defined]
    asking.day.show_text("2026-03-01")
    qtbot.mouseClick(asking.go, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    fill(view, uid)
    assert Officer.get().until == "2026-03-01"
    view.table.selectRow(0)
    assert not view.end.isEnabled()
    qtbot.mouseClick(view.remove, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert Officer.select().count() == 0
