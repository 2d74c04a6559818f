"""To whom and what for: asked once before something is printed or written, offered again, seen in the print log and printed."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from models.journal.writer import Author
from models.trail.entry import Act, HandedTo, write
from models.trail.reading import said_before
from tests.aids.agreeing import agreeing
from tests.aids.case_world import union
from tests.aids.sound_union import member
from tests.aids.speaking import WANG
from tests.aids.trailed import kept
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import Context
from ui.kit.whom import WhomDialog, ask_whom
from ui.papers.page import ReportsPage
from ui.papers.print_log import PrintLogDialog

OFFICE = HandedTo("区总工会组织部", "年度会籍核对")


@pytest.fixture
def page(qtbot: QtBot, context: Context, author: Author) -> ReportsPage:
    of = union(author, "甲公司工会")
    member(author, "王五", ("入会", "2024-05-06", of), phone="19900000001", id_number=WANG)
    made = ReportsPage(context)
    qtbot.addWidget(made)
    made.resize(1150, 680)
    made.show()
    wait_for_jobs(qtbot, context)
    return made


@pytest.fixture
def printed(printer_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the dialogs of the system let everything be printed, and saved: a PDF."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_told: (str(tmp_path / "saved.pdf"), ""))
    return printer_file


def type_office(dialog: WhomDialog) -> None:
    dialog.fields.recipient.setText(OFFICE.recipient)
    dialog.fields.purpose.setText(OFFICE.purpose)


def test_what_is_printed_and_saved_says_to_whom_and_what_for(
    qtbot: QtBot, context: Context, page: ReportsPage, printed: Path
) -> None:
    with agreeing(WhomDialog, type_office) as asked:
        qtbot.mouseClick(page.print, Qt.MouseButton.LeftButton)
        wait_for_jobs(qtbot, context)
        qtbot.mouseClick(page.pdf, Qt.MouseButton.LeftButton)
        wait_for_jobs(qtbot, context)
    assert asked == ["《工会会员花名册》，1 行，已脱敏"] * 2
    assert printed.exists()
    assert [(row.act, row.rows, row.full, HandedTo(row.recipient, row.purpose)) for row in kept("print", "export")] == [
        ("print", 1, False, OFFICE), ("export", 1, False, OFFICE),
    ]  # fmt: skip


def test_what_was_written_once_is_not_said_of_the_next_file(
    qtbot: QtBot, context: Context, page: ReportsPage, printed: Path, tmp_path: Path
) -> None:
    with agreeing(WhomDialog, type_office):
        qtbot.mouseClick(page.pdf, Qt.MouseButton.LeftButton)
        wait_for_jobs(qtbot, context)
    page.save_to(tmp_path / "next.pdf")
    wait_for_jobs(qtbot, context)
    assert [row.recipient for row in kept("export")] == [OFFICE.recipient, ""]


@pytest.mark.parametrize(("full", "said", "may"), [
    (False, HandedTo(), True), (True, HandedTo(), False), (True, HandedTo("区总工会"), False), (True, OFFICE, True),
])  # fmt: skip
def test_numbers_in_full_go_out_only_where_both_are_said(
    qtbot: QtBot, context: Context, full: bool, said: HandedTo, may: bool
) -> None:
    dialog = WhomDialog(context, Act("print", "会员花名册", 3, full=full), "选打印机…")
    qtbot.addWidget(dialog)
    dialog.fields.recipient.setText(said.recipient)
    dialog.fields.purpose.setText(said.purpose)
    assert dialog.go.isEnabled() == may
    wait_for_jobs(qtbot, context)


def test_what_was_said_before_is_offered_the_newest_first_and_each_once(
    qtbot: QtBot, context: Context, author: Author
) -> None:
    for said in (OFFICE, HandedTo("市总"), HandedTo(), OFFICE._replace(purpose="年报"), HandedTo("", "慰问")):
        write(Act("print", "花名册", 3).given_to(said), author)
    assert said_before() == ((OFFICE.recipient, "市总"), ("慰问", "年报", OFFICE.purpose))
    seen: list[list[str]] = []

    def look(dialog: WhomDialog) -> None:
        wait_for_jobs(qtbot, context)
        qtbot.keyClicks(dialog.fields.recipient, "qz")  # initials of 区总…
        completer = dialog.fields.recipient.completer()
        seen.append([completer.model().index(row, 0).data() for row in range(completer.model().rowCount())])

    with agreeing(WhomDialog, look):
        assert ask_whom(context, Act("print", "花名册", 3), "选打印机…", context.notices) == HandedTo("qz")
    assert seen == [[OFFICE.recipient]]


def test_the_print_log_is_seen_narrowed_and_printed(
    qtbot: QtBot, context: Context, author: Author, page: ReportsPage, printed: Path
) -> None:
    write(Act("open", "窗口"), author)
    write(Act("export", "会员与职工名册", 12, full=True, file="甲.xlsx").given_to(OFFICE), author)
    write(Act("print", "花名册", 3), author)
    page.log.click()
    log = page.findChild(PrintLogDialog)
    assert isinstance(log, PrintLogDialog)
    wait_for_jobs(qtbot, context)
    assert [(each.about, each.rows, each.recipient) for each in log.model.items] == [
        ("花名册", 3, ""), ("会员与职工名册", 12, OFFICE.recipient),
    ]  # fmt: skip
    assert log.totals.text() == "共 2 次，15 行；完整号码 1 次；没有写明交给谁 1 次"
    log.text.insert("年度")
    wait_for_jobs(qtbot, context)
    assert [each.file for each in log.model.items] == ["甲.xlsx"]
    with agreeing(WhomDialog):
        qtbot.mouseClick(log.print, Qt.MouseButton.LeftButton)
        wait_for_jobs(qtbot, context)
    text = PdfReader(printed).pages[0].extract_text().replace("\n", "")
    assert all(word in text for word in ("打印记录", OFFICE.recipient, OFFICE.purpose, "甲.xlsx", "逐条核对无误"))
    assert [(row.act, row.what, row.rows) for row in kept("print")][-1] == ("print", "打印记录", 1)
    log.close()


def test_the_log_shows_only_full_numbers_when_asked(qtbot: QtBot, context: Context, author: Author) -> None:
    write(Act("export", "名册", 12, full=True, file="甲.xlsx"), author)
    write(Act("print", "花名册", 3), author)
    log = PrintLogDialog(context)
    qtbot.addWidget(log)
    log.numbers.setCurrentIndex(log.numbers.findData(True))
    log.numbers.activated.emit(1)
    wait_for_jobs(qtbot, context)
    assert [each.about for each in log.model.items] == ["名册"]
