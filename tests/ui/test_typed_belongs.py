"""What is typed, chosen or asked belongs to what is shown: it neither follows to the next thing nor goes without a word."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from models.chasing.rules import add_rule, read
from models.editing import own_labels
from models.journal.writer import Author
from models.lists.listings import Selection
from models.papers.issuing import issued
from models.records.ledger import LedgerEntry
from models.records.region import load_index
from models.records.site import Site
from models.records.union import Union
from models.records.worker import Worker
from models.register.register import Register
from models.sites.kinds import seed_uid
from tests.aids.case_world import made
from tests.aids.record_pages import fill
from tests.aids.speaking import TODAY
from tests.aids.trailed import kept
from tests.aids.typing import type_text
from tests.aids.waiting import shown_page, wait_for_jobs
from tests.aids.whole_window import closed, list_page, own_copy, shown_window, wait
from tests.papers.test_papers import world
from ui.chasing.page import ChasePage
from ui.handins.page import HandInsPage
from ui.issuing.dialog import IssuingDialog
from ui.kit.context import Context
from ui.kit.whom import WhomDialog
from ui.ledger.page import LedgerPage
from ui.lists.cards_dialog import Carded, CardsDialog
from ui.papers.page import ReportsPage
from ui.settings.label_lists import LabelLists
from ui.sites.page import SitesPage

LEFT = Qt.MouseButton.LeftButton
SIZE = (1198, 700)


def two_rules(author: Author) -> None:
    for sheet in ("人数", "工作台账"):
        add_rule(read({"sheet": sheet, "every": "每月", "days": "10", "since": "2026-10"}, load_index(TODAY)), author, TODAY)


def rules(qtbot: QtBot, context: Context, author: Author) -> tuple[Any, Any, Callable[[], Any]]:
    two_rules(author)
    page = shown_page(qtbot, context, ChasePage(context), SIZE)
    page.show_part("rules")
    view = page.rules_view
    editor: Any = view.fields.editors["name"]
    return page, view, lambda: editor.line


def kinds(qtbot: QtBot, context: Context, author: Author) -> tuple[Any, Any, Callable[[], Any]]:
    page = shown_page(qtbot, context, SitesPage(context), SIZE)
    page.tabs.setCurrentIndex(1)
    return page, page.kinds_view, lambda: page.kinds_view.name


@pytest.mark.parametrize("view_of", [rules, kinds])
class TestARowAndItsForm:
    """A table and the form of its chosen row."""

    def test_another_row_takes_the_form_only_after_a_question(
        self, qtbot: QtBot, context: Context, author: Author, view_of: Any
    ) -> None:
        _page, view, field = view_of(qtbot, context, author)
        view.table.selectRow(0)
        first = view.uid
        field().selectAll()
        type_text(qtbot, field(), "另外一个名字")
        assert view.dirty
        view.table.setFocus()
        qtbot.keyClick(view.table, Qt.Key.Key_Down)
        qtbot.waitUntil(lambda: view.table.selected_rows() == [0])
        assert (view.uid, field().text()) == (first, "另外一个名字")
        assert "有没保存的修改" in context.notices.text
        qtbot.mouseClick(context.notices.buttons[-1], LEFT)
        assert view.table.selected_rows() == [1]
        assert view.uid != first
        assert field().text() != "另外一个名字"
        assert not view.dirty

    def test_what_is_typed_outlives_a_change_of_something_else(
        self, qtbot: QtBot, context: Context, author: Author, view_of: Any
    ) -> None:
        page, view, field = view_of(qtbot, context, author)
        for row in (0, None):
            if row is None:
                qtbot.mouseClick(view.new, LEFT)
            else:
                view.table.selectRow(row)
            type_text(qtbot, field(), "写了一半")
            written = field().text()
            page.refresh()
            wait_for_jobs(qtbot, context)
            assert field().text() == written
            if row is not None:
                qtbot.mouseClick(view.retire, LEFT)  # what the button says is done, what is typed stays
                wait_for_jobs(qtbot, context)
                page.refresh()
                wait_for_jobs(qtbot, context)
                assert (field().text(), view.retire.text()) == (written, "重新使用")
                view.rows.put("")

    def test_what_is_saved_is_not_asked_about(self, qtbot: QtBot, context: Context, author: Author, view_of: Any) -> None:
        _page, view, field = view_of(qtbot, context, author)
        view.table.selectRow(0)
        type_text(qtbot, field(), "改")
        qtbot.mouseClick(view.save, LEFT)
        wait_for_jobs(qtbot, context)
        assert not view.dirty
        view.table.setFocus()
        qtbot.keyClick(view.table, Qt.Key.Key_Down)
        assert view.table.selected_rows() == [1]


def test_a_reason_is_of_the_rows_it_was_typed_for(qtbot: QtBot, context: Context, author: Author) -> None:
    for name in ("甲公司工会", "乙公司工会", "丙公司工会"):
        made(author, Union, name=name, union_type="单独基层工会", founding_date="2020")
    two_rules(author)
    page = shown_page(qtbot, context, ChasePage(context), SIZE)
    page.table.selectRow(0)
    type_text(qtbot, page.reason, "纸质交来")
    picked = page.table.selectionModel()
    picked.select(page.model.index(1, 0), picked.SelectionFlag.Select | picked.SelectionFlag.Rows)
    assert page.reason.text() == "纸质交来", "a row that comes to it belongs to it too"
    page.table.selectRow(2)
    assert page.reason.text() == ""


def test_a_label_whose_new_name_was_refused_stays_the_one_that_is_changed(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    view = shown_page(qtbot, context, LabelLists(context), SIZE)
    view.field.setCurrentIndex(next(at for at in range(view.field.count()) if view._lists[at].open))
    for name in ("甲选项", "乙选项"):
        own_labels.add_label(view.list.name, name, [], author)
    view.refresh()
    names = [each.name for each in view.list.labels]
    view.table.selectRow(names.index("甲选项"))
    view.name.setText("乙选项")
    view.aliases.setText("甲的叫法")
    for _press in range(2):
        qtbot.mouseClick(view.save, LEFT)
        wait_for_jobs(qtbot, context)
    assert [each.aliases for each in own_labels.label_lists()[view.field.currentIndex()].labels if each.name == "乙选项"] == [()]


# handing out what was asked for last


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Path]:
    """Where the next file goes (without its ending); the question to whom it goes is agreed to as it comes."""

    def answer() -> None:
        asked = QApplication.activeModalWidget()
        if isinstance(asked, WhomDialog):
            asked.accept()

    answering = QTimer(qapp, interval=30)
    answering.timeout.connect(answer)
    answering.start()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_named: (str(tmp_path / "out"), ""))
    yield tmp_path / "out"
    answering.stop()


def test_a_report_that_is_saved_at_once_is_the_one_that_was_chosen_last(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path, file: Path
) -> None:
    fill(author, tmp_path)
    page = shown_page(qtbot, context, ReportsPage(context), SIZE)
    first = page.report
    assert first is not None
    places = list(page._known)
    page.kinds.setCurrentRow(places.index("terms"))
    qtbot.mouseClick(page.pdf, LEFT)
    wait_for_jobs(qtbot, context)
    (told,) = kept("export")
    assert page.report is not None
    assert (told.what, told.what != first.title) == (page.report.title, True)
    assert page.report.title in PdfReader(file.with_suffix(".pdf")).pages[0].extract_text()


def test_cards_that_are_saved_at_once_are_kept_in_the_trail_as_what_they_are(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path, file: Path
) -> None:
    fill(author, tmp_path)
    uid = str(Worker.get(Worker.name == "王五").uid)
    given = Carded("workers", "会员与职工", Selection("workers", today=TODAY), True, frozenset([uid]))
    dialog = shown_page(qtbot, context, CardsDialog(context, given), SIZE)
    dialog.test.setChecked(True)
    qtbot.mouseClick(dialog.pdf, LEFT)
    wait_for_jobs(qtbot, context)
    assert kept("export") == []
    assert "王五" not in PdfReader(file.with_suffix(".pdf")).pages[0].extract_text()
    dialog.test.setChecked(False)
    qtbot.mouseClick(dialog.pdf, LEFT)
    wait_for_jobs(qtbot, context)
    assert len(kept("export")) == 1
    assert "王五" in PdfReader(file.with_suffix(".pdf")).pages[0].extract_text()


def test_a_paper_that_is_saved_at_once_is_the_one_that_was_chosen_last(
    qtbot: QtBot, context: Context, author: Author, file: Path
) -> None:
    uids = world(author)
    dialog = shown_page(qtbot, context, IssuingDialog(context, "employer", uids["employer"], "甲"), SIZE)
    places = [dialog.papers.itemData(place).key for place in range(dialog.papers.count())]
    dialog.papers.setCurrentIndex(places.index("opinion"))
    dialog.papers.activated.emit(places.index("opinion"))
    qtbot.mouseClick(dialog.docx, LEFT)
    wait_for_jobs(qtbot, context)
    assert [each.paper for each in issued("employer", uids["employer"])] == ["opinion"]
    assert Document(str(file.with_suffix(".docx"))).paragraphs


def test_a_paper_in_full_is_kept_in_the_trail_once_it_is_seen(qtbot: QtBot, context: Context, author: Author) -> None:
    uids = world(author)
    dialog = shown_page(qtbot, context, IssuingDialog(context, "employer", uids["employer"], "甲"), SIZE)
    assert kept("unmask") == []
    for _again in range(2):
        dialog.full.click()
        wait_for_jobs(qtbot, context)
    assert [(each.records, each.full) for each in kept("unmask")] == [(uids["employer"], True)]


def test_a_question_about_full_numbers_goes_with_what_it_was_about(qtbot: QtBot, context: Context, author: Author) -> None:
    page = shown_page(qtbot, context, HandInsPage(context), SIZE)
    page.recipient.setText("市总工会")
    page._ask_write()
    assert "会记入操作留痕" in context.notices.text
    page.kinds.setCurrentRow(1)
    assert context.notices.text == ""


# entries


def test_pressed_twice_an_entry_is_kept_once(qtbot: QtBot, context: Context) -> None:
    page = shown_page(qtbot, context, LedgerPage(context), SIZE)
    page.new_entry()
    page.form.editors["ledger_kind"].show_text("送温暖送清凉")
    page.form.editors["quantity"].show_text("2")
    for _press in range(2):
        qtbot.mouseClick(page.form.save, LEFT)
    wait_for_jobs(qtbot, context)
    assert LedgerEntry.select().count() == 1


def test_a_form_outlives_a_change_of_another_entry(qtbot: QtBot, context: Context, author: Author) -> None:
    for name in ("甲站", "乙站"):
        made(author, Site, name=name, site_kind=seed_uid("工会驿站"))
    page = shown_page(qtbot, context, SitesPage(context), SIZE)
    row = [each["name"] for each in page.model.items].index("甲站")
    page.table.selectRow(row)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    page.form.editors["since"].show_text("看不懂的日期")
    page.form.editors["note"].show_text("写了一半")
    other = next(str(each["uid"]) for each in page.model.items if each["name"] == "乙站")
    context.jobs.write(page._of.keeping.change, other, {"note": "别的"}, author, done=lambda _done: None)
    qtbot.mouseClick(page.form.save, LEFT)  # refused: after the other one was written
    wait_for_jobs(qtbot, context)
    assert not page.form.isHidden()
    assert page.form.editors["note"].text() == "写了一半"
    assert page.form.wrong.isVisible()


def test_closing_asks_about_what_stands_in_the_forms_around_a_record(
    qtbot: QtBot, sample_register: Register, tmp_path: Path
) -> None:
    with own_copy(sample_register, tmp_path) as register:
        window = shown_window(register)
        page = list_page(window, "unions")
        window.open_page("unions")
        wait(window)
        page.open_record(page.model.uids([0])[0])
        assert page.pane is not None
        pane = page.pane
        for view in (pane.views.officers, pane.views.counts):
            assert view is not None
            before = window.locking.unsaved
            pane.tabs.setCurrentWidget(view)
            field = view.editors["note" if view is pane.views.officers else "source"]
            type_text(qtbot, field.focusProxy() or field, "写了一半")
            assert (before, window.locking.unsaved) == (False, True)
            assert not window.close()
            assert "有填好还没有保存" in window.context.notices.text
            window.context.notices.dismiss()
            view.clear()
        closed(window)
