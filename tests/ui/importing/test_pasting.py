"""A table from the clipboard: with the button and with Ctrl+V, from Excel, WPS, a chat, and what is no table."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QClipboard, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from models.journal.history import history
from tests.aids.archives import locked_zip
from tests.aids.speaking import listed, workbook
from tests.ui.importing.import_walk import ROSTER, opened, page_of, press, settle
from ui.importing.page import COLUMNS, DONE, FILES, ImportPage
from ui.kit.context import Context

TEXT = "\n".join("\t".join(map(str, row)) for row in ROSTER)
#: What Excel puts on the clipboard beside the text: a page of its own, with a number that it shows rounded.
EXCEL = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table><!--StartFragment-->'
    + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROSTER)
    + "<!--EndFragment--></table></body></html>"
)


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ImportPage:
    return page_of(qtbot, context)


@pytest.fixture
def board(qtbot: QtBot) -> Iterator[QClipboard]:
    found = QGuiApplication.clipboard()
    yield found
    found.clear()


def holding(board: QClipboard, text: str = "", html: str = "") -> None:
    mime = QMimeData()
    if text:
        mime.setText(text)
    if html:
        mime.setHtml(html)
    board.setMimeData(mime)


@pytest.mark.parametrize(("text", "html"), [(TEXT, ""), (TEXT, EXCEL), ("", EXCEL)])
def test_a_pasted_table_is_imported_like_a_file(
    qtbot: QtBot, page: ImportPage, board: QClipboard, text: str, html: str
) -> None:
    holding(board, text, html)
    press(qtbot, page, page.choosing.paste)
    assert page.steps.step == COLUMNS
    assert page.steps.about.text().startswith("《剪贴板 ")
    press(qtbot, page, page.primary)
    press(qtbot, page, page.primary)
    assert page.steps.step == DONE
    assert len(listed("workers", "name")) == 2
    assert history()[0].files[0].startswith("剪贴板 20")


def test_ctrl_v_pastes_where_files_are_chosen_and_nowhere_later(qtbot: QtBot, page: ImportPage, board: QClipboard) -> None:
    holding(board, TEXT)
    page.setFocus()
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page)
    assert page.steps.step == COLUMNS
    views = page.views
    qtbot.keyClick(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, page)
    assert page.views is views


def test_what_is_no_table_is_told(page: ImportPage, board: QClipboard, context: Context) -> None:
    board.clear()
    page.paste()
    assert context.notices.text.startswith("剪贴板里没有表格")
    picture = QImage(4, 4, QImage.Format.Format_RGB32)
    picture.fill(0)
    board.setImage(picture)
    page.paste()
    assert context.notices.text.startswith("剪贴板里是图片")
    assert page.steps.step == FILES


def test_copied_files_are_imported_as_files(qtbot: QtBot, page: ImportPage, board: QClipboard, tmp_path: Path) -> None:
    path = workbook(tmp_path / "会员.xlsx", {"花名册": ROSTER})
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    board.setMimeData(mime)
    page.paste()
    settle(qtbot, page)
    assert [source.path for source in page.files] == [path]


def test_a_zip_under_a_password_asks_once_for_it(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    one = workbook(tmp_path / "甲.xlsx", {"花名册": [ROSTER[2], ROSTER[3]]})
    two = workbook(tmp_path / "乙.xlsx", {"花名册": [ROSTER[2], ROSTER[4]]})
    path = tmp_path / "密.zip"
    path.write_bytes(locked_zip({each.name: each.read_bytes() for each in (one, two)}, "解压123"))
    opened(qtbot, page, path)
    assert page.steps.step == FILES
    [field] = page.choosing.passwords.values()
    field.setText("解压123")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, page)
    assert page.steps.step == COLUMNS
    assert [source.name for source in page.files] == ["密.zip › 乙.xlsx", "密.zip › 甲.xlsx"]
