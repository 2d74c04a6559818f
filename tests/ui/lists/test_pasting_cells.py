"""A block copied in Excel or WPS goes into a list after its plan was seen; a copied block is what Excel takes back."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from pytestqt.qtbot import QtBot

from models.journal.history import history
from models.records.worker import Worker
from tests.aids.record_pages import column, page_of
from tests.aids.speaking import LI, WANG, listed
from tests.aids.waiting import wait_for_jobs
from tests.ui.lists.test_cells import press, stand
from ui.kit.context import Context
from ui.lists.page import RecordsPage
from ui.lists.pasting import PasteDialog

pytestmark = pytest.mark.usefixtures("filled")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> RecordsPage:
    return page_of(qtbot, context, "workers")


@pytest.fixture
def board(qtbot: QtBot) -> Iterator[QClipboard]:
    found = QGuiApplication.clipboard()
    yield found
    found.clear()


def block(*rows: tuple[str, ...]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def pasted(
    qtbot: QtBot, page: RecordsPage, answer: Callable[[PasteDialog], object]
) -> tuple[list[list[str]], list[str]]:
    """Press Ctrl+V, answer the dialog; the lines of the plan and what was said above them."""
    seen: list[list[str]] = []
    said: list[str] = []

    def look() -> None:
        assert page.pasting is not None
        dialog = page.pasting.dialog
        if dialog is None or not dialog.isVisible():
            QTimer.singleShot(5, look)
            return
        model = dialog.model
        seen.extend([model.index(row, at).data() for at in range(5)] for row in range(model.rowCount()))
        said.extend((dialog.told.text(), dialog.left.text()))
        answer(dialog)

    QTimer.singleShot(0, look)
    qtbot.keyClick(page.table, Qt.Key.Key_V, CTRL)
    wait_for_jobs(qtbot, page._context)
    qtbot.waitUntil(lambda: bool(said))
    wait_for_jobs(qtbot, page._context)
    return seen, said


def agree(qtbot: QtBot) -> Callable[[PasteDialog], object]:
    return lambda dialog: qtbot.mouseClick(dialog.buttons.go, Qt.MouseButton.LeftButton)


def test_a_block_with_a_header_goes_by_column_and_by_person_after_its_plan_was_seen(
    qtbot: QtBot, page: RecordsPage, board: QClipboard, context: Context
) -> None:
    before = len(history())
    header = ("姓名", "最高学历", "籍贯", "会籍状态", "爱好")
    board.setText(block(header, ("李四", "本科", "重庆", "在册", "篮球"), ("王五", "", "江津", "退会", ""), ("赵六", "大专", "", "", "")))
    stand(page, 0, "name")
    seen, said = pasted(qtbot, page, agree(qtbot))
    assert seen == [
        ["李四", "学历", "—", "本科", ""], ["李四", "籍贯", "—", "重庆", ""], ["王五", "籍贯", "—", "江津", ""],
    ]  # fmt: skip
    assert said[0] == "按表头对应列，按号码或名称认记录。会改 2 条记录的 3 格；2 格和现在一样。"
    assert "没有这些列，不贴：爱好。" in said[1]
    assert "这些列不在格子里改，不贴：会籍状态。" in said[1]
    assert "登记册里没有“赵六”" in said[1]
    assert sorted(listed("workers", "name", "education", "native_place"), key=str) == [
        ("李四", "本科", "重庆"), ("王五", None, "江津"),
    ]  # fmt: skip
    assert len(history()) == before + 1
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert set(listed("workers", "education", "native_place")) == {(None, None)}


def test_a_block_without_a_header_goes_by_place_from_the_current_cell_on(
    qtbot: QtBot, page: RecordsPage, board: QClipboard
) -> None:
    page.choose_shown(["name", "education", "native_place"])
    board.setText(block(("本科", "重庆"), ("大专", "江津"), ("硕士", "永川")))
    stand(page, 0, "education")
    _seen, said = pasted(qtbot, page, agree(qtbot))
    assert said[0].startswith("没有表头")
    assert "最后 1 行在名单下面" in said[1]
    assert listed("workers", "name", "education", "native_place") == [("王五", "本科", "重庆"), ("李四", "大专", "江津")]


def test_covered_numbers_overwrite_nothing_and_what_is_no_value_is_shown_first(
    qtbot: QtBot, page: RecordsPage, board: QClipboard
) -> None:
    board.setText(block(("姓名", "移动电话", "学历"), ("王五", "199****0009", "没听说过"), ("李四", "123", "本科")))
    stand(page, 0, "name")
    seen, said = pasted(qtbot, page, agree(qtbot))
    assert [row[:2] for row in seen] == [["王五", "学历"], ["李四", "移动电话"], ["李四", "学历"]]
    assert seen[0][4]
    assert seen[1][4]
    assert "1 格是打了星号的号码，不贴。" in said[1]
    assert listed("workers", "name", "phone", "education") == [
        ("王五", "19900000001", None), ("李四", "19900000002", "本科"),
    ]  # fmt: skip


def test_a_person_is_known_by_the_identity_number_first(qtbot: QtBot, page: RecordsPage, board: QClipboard) -> None:
    board.setText(block(("身份证号", "姓名"), (WANG, "王伍"), (LI, "李四")))
    stand(page, 1, "name")
    seen, _said = pasted(qtbot, page, agree(qtbot))
    assert seen == [["王五", "姓名", "王五", "王伍", ""]]
    assert Worker.get(Worker.id_number == WANG).name == "王伍"


def test_nothing_is_written_before_it_is_agreed_to(qtbot: QtBot, page: RecordsPage, board: QClipboard) -> None:
    before = len(history())
    board.setText(block(("姓名", "学历"), ("王五", "本科")))
    stand(page, 0, "name")
    pasted(qtbot, page, lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert len(history()) == before


def test_what_was_copied_from_a_list_changes_nothing_when_it_comes_back(
    qtbot: QtBot, page: RecordsPage, board: QClipboard
) -> None:
    for place in range(len(page.model.columns)):
        page.table.setColumnHidden(place, False)
    page.table.selectAll()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    mime = board.mimeData()
    assert isinstance(mime, QMimeData)
    assert mime.text().startswith("姓名\t")
    assert mime.html().count("<tr>") == 3
    assert "mso-number-format" in mime.html()
    stand(page, 0, "name")
    _seen, said = pasted(qtbot, page, lambda dialog: qtbot.keyClick(dialog, Qt.Key.Key_Escape))
    assert "会改 0 条记录的 0 格" in said[0]


def test_an_empty_clipboard_says_what_to_do(qtbot: QtBot, page: RecordsPage, board: QClipboard, context: Context) -> None:
    board.clear()
    stand(page, 0, "name")
    press(qtbot, page, Qt.Key.Key_V, CTRL)
    assert context.notices.text.startswith("剪贴板里没有表格")
    assert column(page, "education") == ["", ""]
