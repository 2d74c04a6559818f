"""Every form with what is no value typed into it: it is told at the field, which has the keyboard, and nothing is written."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from models.drive.contacts import add_contact, contacts_of
from models.editing import bulk
from models.editing.count_entry import counts_of
from models.editing.editing import CLASSES
from models.journal.log import Batch
from models.journal.writer import Author
from models.ledger import entries as ledger_entries
from models.records.drive_case import CasePaper, DriveCase
from models.records.ledger import LedgerEntry
from models.records.region import load_index
from models.records.union import Union
from tests.aids.case_world import case_of, count, employer, made, reconciled, union, values
from tests.aids.record_pages import opened
from tests.aids.speaking import TODAY, WANG
from tests.aids.waiting import shown_page, wait_for_jobs
from ui.drive.page import DrivePage
from ui.kit.context import Context
from ui.kit.line_editor import Editor
from ui.ledger.page import LedgerPage
from ui.lists.bulk import FieldDialog

FIRM, PHONE = "重庆山示例公司", "19900000001"


def type_over(qtbot: QtBot, editor: Editor, text: str) -> None:
    """Put the cursor into a field, and type over what stands there."""
    field = editor.focusProxy()
    assert field is not None
    editor.setFocus()
    inner: Any = getattr(field, "lineEdit", lambda: field)() or field
    inner.selectAll()
    qtbot.keyClick(inner, Qt.Key.Key_Delete)
    write(inner, text)


def write(field: QWidget, text: str) -> None:
    """Type as an input method does: a key that carries the text."""
    for sign in text:
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, sign)
        QApplication.sendEvent(field, event)


def assert_told_at(editor: Editor, part: QWidget, text: str) -> None:
    """A label just below or beside the field tells it, and the field has the keyboard."""
    told = [each for each in part.findChildren(QLabel) if each.isVisible() and text in each.text()]
    assert told, [each.text() for each in part.findChildren(QLabel) if each.isVisible()]
    below = told[0].mapTo(part, told[0].rect().topLeft()).y() - editor.mapTo(part, editor.rect().bottomLeft()).y()
    assert 0 <= below < 60, below
    focus = part.window().focusWidget()
    assert focus is not None
    assert editor is focus or editor.isAncestorOf(focus)


RECORDS: list[tuple[str, str, str, Any, str, str]] = [
    ("workers", "worker", "phone", PHONE, "12345", "11 位手机号"),
    ("workers", "worker", "id_number", WANG, "5001061985********", "星号"),
    ("workers", "worker", "application_date", "2024-05-06", "说不清哪天", "看不懂的日期"),
    ("workers", "worker", "migrant_worker", 1, "好像是", "好像是"),
    ("workers", "worker", "education", "大专", "没听说过", "没听说过"),
    ("workers", "worker", "residence_region", "渝中区大坪街道", "没有这个镇", "找不到区划"),
    ("workers", "worker", "employer", FIRM, "没有这家公司", "没有这家公司"),
    ("employers", "employer", "credit_code", "91500106MA5U00001U", "9150", "18 位"),
    ("unions", "union", "term_years", 5, "好几年", "好几年"),
]  # fmt: skip


@pytest.mark.parametrize(("page", "kind", "name", "known", "text", "said"), RECORDS)
def test_a_record_keeps_what_it_holds(
    qtbot: QtBot, context: Context, author: Author, page: str, kind: Any, name: str, known: Any, text: str, said: str
) -> None:
    if name == "residence_region":
        known = load_index(TODAY).resolve(known).uid
    elif name == "employer":
        known = employer(author, FIRM)
    uid = made(author, CLASSES[kind], name="甲示例", **{name: known})
    list_page, pane = opened(qtbot, context, page, "甲示例")
    pane.form.show_record(pane.form.known, masked=False)
    batches = Batch.select().count()
    type_over(qtbot, pane.form.editors[name], text)
    type_over(qtbot, pane.form.editors["note"], "别的字")
    qtbot.mouseClick(pane.save_button, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert_told_at(pane.form.editors[name], list_page, said)
    assert "还不能保存" in context.notices.text
    assert (values(CLASSES[kind], uid)[name], Batch.select().count()) == (known, batches)
    type_over(qtbot, pane.form.editors[name], "")
    pane.save()
    wait_for_jobs(qtbot, context)
    assert "已保存" in context.notices.text  # an emptied field is no value that was refused


@pytest.fixture
def firm(author: Author) -> str:
    """An employer on the list, with its case."""
    uid = employer(author, FIRM, 126, "渝中区大坪街道")
    reconciled(author)
    return uid


@pytest.fixture
def drive(qtbot: QtBot, context: Context, firm: str) -> DrivePage:
    return shown_page(qtbot, context, DrivePage(context), (1180, 700))


def case_part(qtbot: QtBot, drive: DrivePage, firm: str, part: str) -> Any:
    drive.open_case(firm, part)
    wait_for_jobs(qtbot, drive._context)
    return getattr(drive.pane, part or "facts")


def test_a_contact_is_corrected_whole_or_not_at_all(qtbot: QtBot, drive: DrivePage, author: Author, firm: str) -> None:
    case = case_of(firm)["uid"]
    add_contact(case, {"date": "2026-10-08", "attitude": "观望", "promise_date": "2026-12-01"}, author)
    view = case_part(qtbot, drive, firm, "contacts")
    view.list.setCurrentRow(0)
    qtbot.mouseClick(view.correct, Qt.MouseButton.LeftButton)
    type_over(qtbot, view.fields.editors["promise_date"], "过几天")
    type_over(qtbot, view.fields.editors["outcome"], "再说")
    qtbot.mouseClick(view.keep, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, drive._context)
    assert_told_at(view.fields.editors["promise_date"], drive, "看不懂的日期")
    (held,) = contacts_of(case)
    assert (held["promise_date"], held["outcome"]) == ("2026-12-01", None)
    write(view.fields.editors["promise_date"].focusProxy(), "1")
    assert view.fields.wrong.isHidden()  # it is being put right


def test_a_plan_keeps_what_it_holds(qtbot: QtBot, drive: DrivePage, author: Author, firm: str) -> None:
    facts = case_part(qtbot, drive, firm, "")
    type_over(qtbot, facts.plan.editors["next_action_date"], "下周三吧")
    qtbot.mouseClick(facts.save, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, drive._context)
    assert_told_at(facts.plan.editors["next_action_date"], drive, "看不懂的日期")
    assert values(DriveCase, case_of(firm)["uid"])["next_action_date"] is None


def test_a_paper_and_a_union_are_not_made_of_half_the_fields(qtbot: QtBot, drive: DrivePage, firm: str) -> None:
    papers = case_part(qtbot, drive, firm, "papers")
    type_over(qtbot, papers.fields.editors["name"], "走访记录")
    type_over(qtbot, papers.fields.editors["date"], "某天")
    qtbot.mouseClick(papers.keep, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, drive._context)
    assert_told_at(papers.fields.editors["date"], drive, "看不懂的日期")
    founding = case_part(qtbot, drive, firm, "founding")
    type_over(qtbot, founding.fields.editors["founding_date"], "某天")
    qtbot.mouseClick(founding.found, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, drive._context)
    assert_told_at(founding.fields.editors["founding_date"], drive, "看不懂的日期")
    type_over(qtbot, founding.fields.editors["region"], "没有这个镇")
    qtbot.mouseClick(founding.found, Qt.MouseButton.LeftButton)
    assert_told_at(founding.fields.editors["region"], drive, "找不到区划")
    assert (CasePaper.select().count(), Union.select().count()) == (0, 0)


def test_an_entry_of_the_ledger_keeps_what_it_holds(qtbot: QtBot, context: Context, author: Author) -> None:
    texts = {
        "ledger_kind": "劳动争议调解",
        "date": "2026-07-08",
        "title": "工资争议",
        "amount": "12.50",
        "quantity": "2",
    }
    uid = ledger_entries.add(ledger_entries.read(texts, load_index(TODAY)), author)
    page = LedgerPage(context)
    qtbot.addWidget(page)
    page.resize(1198, 700)
    page.show()
    wait_for_jobs(qtbot, context)
    page.table.opened.emit(0)
    for name, text, said in [
        ("amount", "很多钱", "看不懂的金额"),
        ("quantity", "若干", "看不懂的数量"),
        ("region", "没有这个镇", "找不到区划"),
    ]:
        type_over(qtbot, page.form.editors[name], text)
        type_over(qtbot, page.form.editors["title"], "别的事")
        qtbot.mouseClick(page.form.save, Qt.MouseButton.LeftButton)
        wait_for_jobs(qtbot, context)
        assert_told_at(page.form.editors[name], page, said)
        type_over(qtbot, page.form.editors[name], texts.get(name, ""))
    held = values(LedgerEntry, uid)
    assert [held[name] for name in ("amount", "quantity", "region", "title")] == [1250, 2, None, "工资争议"]


def test_a_count_keeps_what_it_holds(qtbot: QtBot, context: Context, author: Author) -> None:
    uid = employer(author, FIRM, None)
    count(author, uid, 60)
    _page, pane = opened(qtbot, context, "employers", FIRM)
    view = pane.views.counts
    assert view is not None
    pane.tabs.setCurrentWidget(view)
    view.table.opened.emit(0)
    type_over(qtbot, view.editors["staff_count"], "若干")
    qtbot.mouseClick(view.enter, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    assert "看不懂的人数" in view.wrong.text()
    assert view.editors["staff_count"].isAncestorOf(view.window().focusWidget())
    assert counts_of(uid)[0].values["staff_count"] == 60


def test_what_many_are_set_to_is_told_where_it_is_typed(qtbot: QtBot, context: Context, author: Author) -> None:
    union(author, "甲工会", term_years=5)
    page, _pane = opened(qtbot, context, "unions", "甲工会")

    def read(name: str, text: str) -> None:
        bulk.read_field("union", name, text, TODAY, load_index(TODAY))

    dialog = FieldDialog("union", 1, page._places, page, read)
    dialog.choose("term_years")
    dialog.show()
    type_over(qtbot, dialog.editor, "好几年")
    qtbot.mouseClick(dialog.buttons.go, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    assert "好几年" in dialog.wrong.text()
    assert dialog.editor.isAncestorOf(dialog.focusWidget())
    type_over(qtbot, dialog.editor, "3")
    assert dialog.wrong.isHidden()
    qtbot.mouseClick(dialog.buttons.go, Qt.MouseButton.LeftButton)
    assert dialog.asked == ("term_years", "3")
