"""What is on the clipboard as an import: a table of a spreadsheet or of a chat, or files that were copied."""

import datetime as dt
import re
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMimeData, QStandardPaths

from models.errors import UserError
from models.files.given import PASTED
from models.language import _
from models.register.laptop import read_laptop

_CELLS = re.compile(r"<t[dr]\b", re.IGNORECASE)


class Pasted(NamedTuple):
    """A table from the clipboard: its bytes (a page in HTML, or a text), and what its import is called and lies beside."""

    data: bytes
    path: Path
    name: str


def files_in(mime: QMimeData) -> list[Path]:
    """The files and folders that were copied in the desktop's own windows."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def pasted(mime: QMimeData, now: dt.datetime) -> Pasted:
    """The table on the clipboard. UserError when there is none.

    Spreadsheets give it as a page and as a text: the page tells which cells are merged, and keeps long numbers.
    """
    page = mime.html()
    if page and _CELLS.search(page):
        return _called(page.encode("utf-8", "replace"), now)
    text = mime.text().strip("\r\n")
    if text.strip():
        return _called(b"\xef\xbb\xbf" + text.encode("utf-8", "replace"), now)
    if mime.hasImage():
        raise UserError(_("剪贴板里是图片，读不出表格。请在 Excel、WPS 或聊天窗口里选中文字或单元格，复制以后再粘贴。"))
    raise UserError(_("剪贴板里没有表格。请先在 Excel、WPS、微信或腾讯文档里选中表格并复制，再回来粘贴。"))


def _called(data: bytes, now: dt.datetime) -> Pasted:
    """It is called after its moment, and its returned workbook lies where files were last chosen, else among the documents."""
    folder = Path(str(read_laptop().get("import_folder", "")) or ".")
    if not folder.is_absolute() or not folder.is_dir():
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    # a file's name has no colon
    return Pasted(data, folder / f"{PASTED} {now:%Y-%m-%d %H%M}.txt", f"{PASTED} {now:%Y-%m-%d %H:%M}")
