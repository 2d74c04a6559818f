"""The page of working lists with real keys: ticking, dating, narrowing; lists are made, changed, printed, read back."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from importers.worklist_sheet import read_worklist
from models.journal.log import Batch
from models.journal.writer import Author
from models.records.region import load_index
from models.records.worker import Worker
from models.register.register import Register
from models.worklists.lists import find_worklist, make_worklist, worklists
from reports.listing.worklists import write_worklist
from tests.aids.speaking import TODAY
from tests.aids.whole_window import made_once
from tests.worklists.test_worklists import NAME, fill, shown
from ui.kit.context import Context
from ui.lists.worklist_dialog import WorklistDialog
from ui.worklists.change_dialog import ChangeDialog
from ui.worklists.page import WorklistsPage
from ui.worklists.reading_dialog import ReadingDialog


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    return made_once(empty_register, tmp_path_factory.mktemp("filled"), fill)


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> WorklistsPage:
    made = WorklistsPage(context)
    qtbot.addWidget(made)
    made.resize(1190, 700)
    with qtbot.waitSignal(context.jobs.idle):
        made.show()
    return made


def rows(page: WorklistsPage) -> list[list[str]]:
    """What the table shows of each: the name, the boxes, the day, the note."""
    return [[row[0], *row[3:]] for row in page.model.cells()[1]]  # type: ignore[list-item]  # names and texts


def press(page: WorklistsPage, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(page._context.jobs.idle, timeout=5_000):
        qtbot.keyClick(page.table, key)
    qtbot.waitUntil(lambda: not page._context.jobs.busy)


def test_the_space_bar_ticks_the_last_box_and_goes_on_and_digits_tick_each(page: WorklistsPage, qtbot: QtBot) -> None:
    assert [page.model.headerData(place, Qt.Orientation.Horizontal) for place in range(3, 7)] == ["已通知", "已领", "发放日期", "名单备注"]
    page.table.setFocus()
    page.table.selectRow(0)
    press(page, qtbot, Qt.Key.Key_Space)
    assert page.table.selected_rows() == [1]
    press(page, qtbot, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: shown() == [("王五", {"已领": "√"}), ("李四", {"已通知": "√"})])
    page.table.selectAll()
    press(page, qtbot, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: [row[2] for row in rows(page)] in (["√", "√"], [1, 1]))
    press(page, qtbot, Qt.Key.Key_2)
    assert shown() == [("王五",), ("李四", {"已通知": "√"})], "all were ticked: then it takes the ticks away"
    page._context.undoing.undo_last()
    qtbot.waitUntil(lambda: len(shown()[0]) == 2)


def test_days_and_notes_are_written_on_all_that_are_selected(page: WorklistsPage, qtbot: QtBot) -> None:
    page.table.selectAll()
    assert page.shown.text() == "已选 2，共 2 条"
    page.days[0][0].show_text("2027-01-21")
    with qtbot.waitSignal(page._context.jobs.idle):
        page.days[0][1].click()
    page.note.setText("送到家")
    with qtbot.waitSignal(page._context.jobs.idle):
        qtbot.keyClick(page.note, Qt.Key.Key_Return)
    assert shown() == [(name, {"发放日期": "2027-01-21", "名单备注": "送到家"}) for name in ("王五", "李四")]
    qtbot.waitUntil(lambda: page.note.text() == "")
    assert len(page.selected()) == 2, "the same ones stay selected"


def test_who_is_not_done_and_who_is_looked_for_are_listed(page: WorklistsPage, qtbot: QtBot) -> None:
    page.table.selectRow(0)
    with qtbot.waitSignal(page._context.jobs.idle):
        page.boxes[1].click()
    qtbot.waitUntil(lambda: page.lists.item(0).text().endswith("1/2"))
    page.open_only.setChecked(True)
    assert ([row[0] for row in rows(page)], page.shown.text()) == (["李四"], "列出 1 / 共 2 条")
    page.open_only.setChecked(False)
    page.finding.setText("王")
    assert [row[0] for row in rows(page)] == ["王五"]


def test_lists_are_made_changed_closed_and_removed(page: WorklistsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page._context.jobs.idle):
        page.make("冬季体检", "体检", "workers", date="", note="", boxes=["已检"], days=[""])
    qtbot.waitUntil(lambda: page.head is not None and page.head.name == "冬季体检")
    assert page.head is not None
    assert (page.head.boxes, page.lists.count(), page.boxes[1].isHidden()) == (("已检",), 2, True)
    dialog = ChangeDialog(page.head)
    qtbot.addWidget(dialog)
    dialog.name.setText("春季体检")
    assert dialog.given == {"name": "春季体检", "date": "", "note": "", "boxes": ["已检"], "days": [""]}
    for call in (page._close, page._remove):
        with qtbot.waitSignal(page._context.jobs.idle):
            call()
        qtbot.waitUntil(lambda: not page._context.jobs.busy)
    assert [each.name for each in worklists()] == [NAME]
    qtbot.waitUntil(lambda: page.lists.count() == 1)


def test_the_dialog_of_a_new_list_begins_with_the_boxes_of_what_it_is_for(register: Register, qtbot: QtBot) -> None:
    from models.worklists.kinds import worklist_kinds

    dialog = WorklistDialog(worklists("workers"), worklist_kinds(), "workers", 3)
    qtbot.addWidget(dialog)
    assert dialog.go.text() == "加入（3 条）"
    dialog.list.setCurrentIndex(dialog.list.count() - 1)
    dialog._fit()
    assert (dialog.go.text(), dialog.boxes.text()) == ("列出（3 条）", "已通知、已领")
    dialog._take()
    assert not dialog.lacking.isHidden()
    dialog.name.setText("冬季体检")
    dialog.kind.setCurrentIndex(1)
    dialog._fill_labels()
    dialog._take()
    assert dialog.wished is not None
    assert (dialog.wished.uid, dialog.wished.kind, dialog.wished.given["boxes"]) == ("", "体检", ["已通知、已检、报告已取"])


def test_a_sheet_that_came_back_is_shown_before_it_is_written(
    page: WorklistsPage, author: Author, qtbot: QtBot, tmp_path: Path
) -> None:
    head, path = find_worklist(NAME), tmp_path / "名单.xlsx"
    write_worklist(head, True, load_index(TODAY), path)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(2, 10, "√")
    sheet.append(["𫖯𬭊", *[None] * 8, "√"])
    book.save(path)
    reading = read_worklist(path, head.uid)
    dialog = ReadingDialog(reading)
    qtbot.addWidget(dialog)
    assert (dialog.go.text(), dialog.questions.rowCount()) == ("写下 1 条", 1)
    dialog.answer(4, str(Worker.get(Worker.name == "𫖯𬭊").uid))
    assert dialog.go.text() == "写下 2 条"
    before = Batch.select().count()
    with qtbot.waitSignal(page._context.jobs.idle):
        page.keep_reading(reading, dialog.answers)
    assert shown() == [("王五", {"已领": "√"}), ("李四",), ("𫖯𬭊", {"已领": "√"})]
    assert Batch.select().count() == before + 1, "one step back takes all of it"


def test_what_is_printed_begins_with_the_layout_of_what_the_list_is_for(page: WorklistsPage, author: Author) -> None:
    printable = page.printable()
    assert printable.form is not None
    assert [column.name for column in printable.form.columns][-5:] == ["ticked_1", "ticked_2", "day_1", "签名", "list_note"]
    assert (printable.what, printable.label, printable.chosen) == ("工作名单", "2027-01-20　每户一份", frozenset())


def test_an_empty_register_says_what_to_do_first(context: Context, author: Author, qtbot: QtBot) -> None:
    for each in worklists():
        from models.worklists.lists import remove_worklist

        remove_worklist(each.uid, author)
    page = WorklistsPage(context)
    qtbot.addWidget(page)
    with qtbot.waitSignal(context.jobs.idle):
        page.show()
    assert "列一份" in page.nothing.label.text()
    make_worklist("空的", "其他", "unions", author)
    page.refresh()
    qtbot.waitUntil(lambda: page.head is not None)
