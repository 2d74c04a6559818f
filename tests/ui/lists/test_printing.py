"""Printing what a list shows: the dialog with its pages, layouts that are kept, and what leaves it as a file."""

from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.journal.writer import Author, batch
from models.lists.print_forms import own_forms
from models.records.worker import Worker
from models.trail.reading import EntryFilter, entries
from models.uid import new_uid
from tests.aids.record_pages import many, page_of
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import Context
from ui.lists.page import RecordsPage
from ui.lists.printing import ListPrinting


def opened(qtbot: QtBot, context: Context, page: RecordsPage) -> ListPrinting:
    """The dialog that the command opens, its pages composed."""
    next(action for action in page.actions() if action.data() == "list.print").trigger()
    dialog = page.findChildren(ListPrinting)[-1]
    wait_for_jobs(qtbot, context)
    assert dialog.isVisible()
    return dialog


def pdf(qtbot: QtBot, context: Context, dialog: ListPrinting, path: Path) -> str:
    """The text of the PDF that the dialog writes."""
    dialog.save_to(path)
    wait_for_jobs(qtbot, context)
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path))


@pytest.mark.usefixtures("filled")
def test_what_the_list_shows_is_printed_with_its_columns_and_filter(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    page = page_of(qtbot, context, "workers")
    page.choose_shown(["name", "phone"])
    page.search("王五")
    wait_for_jobs(qtbot, context)
    dialog = opened(qtbot, context, page)
    assert dialog.made is not None
    assert [column.title for column in dialog.made.report.columns] == ["序号", "姓名", "移动电话"]
    assert dialog.told.text() == "1 行，1 页"
    text = pdf(qtbot, context, dialog, tmp_path / "a.pdf")
    assert ("王五" in text, "李四" in text, "199****0001" in text, "19900000001" in text) == (True, False, True, False)
    (last,) = [each for each in entries(EntryFilter()) if each.file == "a.pdf"]
    assert (last.act, last.rows, last.full) == ("export", 1, False)


@pytest.mark.usefixtures("filled")
def test_columns_are_ticked_moved_widened_and_left_empty(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    dialog = opened(qtbot, context, page_of(qtbot, context, "workers"))
    columns = dialog.columns
    for row in range(columns.list.count()):
        if columns.list.item(row).text() not in ("姓名", "性别"):
            columns.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    columns.blank.setText("签名")
    columns.add.click()
    columns.width_of.setValue(12)
    assert [each.text for each in columns.chosen()] == ["name", "sex", "=签名:12"]
    columns.list.setCurrentRow(1)
    columns.up.click()
    dialog.landscape.setCurrentIndex(dialog.landscape.findData(False))
    dialog.title.setText("签到表")
    dialog.signatures.setPlainText("负责人（签字）")
    dialog.title.editingFinished.emit()
    wait_for_jobs(qtbot, context)
    assert dialog.made is not None
    assert [column.title for column in dialog.made.report.columns] == ["序号", "性别", "姓名", "签名"]
    assert not dialog.made.layout.landscape
    assert "签到表" in pdf(qtbot, context, dialog, tmp_path / "a.pdf")
    for row in range(columns.list.count()):
        columns.list.item(row).setCheckState(Qt.CheckState.Unchecked)
    wait_for_jobs(qtbot, context)
    assert (dialog.told.text(), dialog.pdf.isEnabled()) == ("请至少勾选一栏。", False)


@pytest.mark.usefixtures("filled")
def test_a_layout_is_chosen_kept_and_deleted(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    dialog = opened(qtbot, context, page_of(qtbot, context, "workers"))
    dialog.form.setCurrentIndex(dialog.form.findText("公示名单"))
    wait_for_jobs(qtbot, context)
    assert dialog.made is not None
    assert {row[1] for section in dialog.made.report.sections for row in section.rows} == {"王*", "李*"}
    dialog.group.setCurrentIndex(dialog.group.findData("union"))
    dialog.keep_as("公示（分工会）")
    wait_for_jobs(qtbot, context)
    assert [each.group_by for each in own_forms("workers")] == ["union"]
    assert (dialog.form.currentText(), dialog.forget.isEnabled()) == ("公示（分工会）", True)
    dialog.save_to(tmp_path / "a.xlsx")
    dialog.save_to(tmp_path / "a.docx")
    wait_for_jobs(qtbot, context)
    values = [row[0] for row in openpyxl.load_workbook(tmp_path / "a.xlsx").active.iter_rows(values_only=True)]
    assert "小计" in values
    assert docx.Document(str(tmp_path / "a.docx")).paragraphs[0].text == "公示名单"
    dialog.forget.click()
    wait_for_jobs(qtbot, context)
    assert own_forms("workers") == []
    assert dialog.form.currentIndex() == 0
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert [each.name for each in own_forms("workers")] == ["公示（分工会）"]


@pytest.mark.usefixtures("filled")
def test_of_several_selected_records_only_those_are_printed(qtbot: QtBot, context: Context) -> None:
    many(30)
    page = page_of(qtbot, context, "workers")
    page.table.selectRow(0)
    for _row in range(2):
        qtbot.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    dialog = opened(qtbot, context, page)
    assert dialog.made is not None
    assert (dialog.whom.currentText(), dialog.made.report.records) == ("选中的 3 条", 3)
    dialog.whom.setCurrentIndex(1)
    wait_for_jobs(qtbot, context)
    assert dialog.made.report.records == page.model.rowCount()


@pytest.mark.usefixtures("filled")
def test_a_layout_has_its_own_order_of_names(qtbot: QtBot, context: Context, author: Author) -> None:
    for name in ("曾一", "单一", "安一"):
        with batch("edit", author) as writer:
            writer.create(Worker, {"uid": new_uid(), "name": name})
    page = page_of(qtbot, context, "workers")
    page.choose_shown(["name"])
    dialog = opened(qtbot, context, page)

    def names() -> list[str]:
        wait_for_jobs(qtbot, context)
        assert dialog.made is not None
        return [row[1] for section in dialog.made.report.sections for row in section.rows]

    assert names() == ["王五", "李四", "曾一", "单一", "安一"]  # as the list came
    dialog.names_by.setFocus()
    qtbot.keyClick(dialog.names_by, Qt.Key.Key_Down)
    assert names() == ["安一", "李四", "单一", "王五", "曾一"]
    qtbot.keyClick(dialog.names_by, Qt.Key.Key_Down)
    assert names() == ["王五", "安一", "李四", "单一", "曾一"]
    assert dialog.chosen_form().names == "strokes"
    dialog.form.setCurrentIndex(dialog.form.findText("选民名单"))
    assert dialog.chosen_form().names == "strokes"


@pytest.mark.usefixtures("filled")
def test_a_list_of_many_columns_is_one_page_wide_until_the_box_is_cleared(
    qtbot: QtBot, context: Context, tmp_path: Path
) -> None:
    dialog = opened(qtbot, context, page_of(qtbot, context, "workers"))
    columns = dialog.columns
    for row in range(columns.list.count()):
        columns.list.item(row).setCheckState(Qt.CheckState.Checked)
    wait_for_jobs(qtbot, context)
    assert dialog.made is not None
    wide = [column.title for column in dialog.made.report.columns]
    assert (len(wide) > 20, dialog.one_wide.isChecked(), len(dialog.made.report.sections)) == (True, True, 1)
    layout = dialog.made.layout
    for page in layout.pages:
        assert all(0 <= text.x <= layout.paper[0] for text in page.texts)
    assert "王五" in pdf(qtbot, context, dialog, tmp_path / "一页宽.pdf")
    qtbot.keyClick(dialog.one_wide, Qt.Key.Key_Space)
    wait_for_jobs(qtbot, context)
    parts = dialog.made.report.sections
    assert len(parts) > 2
    assert [each.heading for each in parts][:2] == ["第 1 部分", "第 2 部分"]
    assert [column.title for part in parts for column in part.columns[2:]] == wide[2:], "each column once, in its order"
    qtbot.keyClick(dialog.one_wide, Qt.Key.Key_Space)
    wait_for_jobs(qtbot, context)
    assert [column.title for column in dialog.made.report.columns] == wide
