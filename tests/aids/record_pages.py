"""Lists and the records beside them, as tests use them: a register with a few people, a page, a field that is typed into."""

from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.engine import database
from models.journal.writer import Author
from models.records.worker import Worker
from models.uid import new_uid
from tests.aids.speaking import LI, WANG, imported_rows
from ui.kit.context import Context
from ui.kit.editors import ChoiceEditor, ReferenceEditor
from ui.kit.line_editor import LineEditor
from ui.lists.kinds import listings
from ui.lists.page import RecordsPage
from ui.record.pane import RecordPane

UNION, OTHER, EMPLOYER = "重庆甲示例有限公司工会", "重庆乙示例有限公司工会", "重庆甲示例有限公司"
PEOPLE = [
    ["姓名", "身份证号", "手机", "所属工会", "工作单位", "入会日期"],
    ["王五", WANG, "19900000001", UNION, EMPLOYER, "2024-05-06"],
    ["李四", LI, "19900000002", UNION, EMPLOYER, "2024-06"],
]


def fill(author: Author, folder: Path) -> None:
    """Two unions, the first of which covers an employer and has two members."""
    unions = [["工会名称", "单位名称", "所在镇街"], [UNION, EMPLOYER, "沙坪坝区"], [OTHER, None, "渝中区"]]
    imported_rows(author, folder, unions, "工会")
    imported_rows(author, folder, PEOPLE, "花名册")


def page_of(qtbot: QtBot, context: Context, kind: str) -> RecordsPage:
    page = RecordsPage(context, listings()[kind])
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    return page


def column(page: RecordsPage, name: str) -> list[str]:
    """What the list shows of a field, row by row."""
    place = [each.name for each in page.model.columns].index(name)
    return [page.model.text(row, place) for row in range(page.model.rowCount())]


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


def many(number: int) -> None:
    """Workers straight in their table: more than a list is asked for at once."""
    rows = ((new_uid(), f"职工{place:06}", "在册" if place % 2 else None) for place in range(number))
    with database.transaction():
        database.insert_tuples(Worker, ("uid", "name", "membership_state"), rows)
