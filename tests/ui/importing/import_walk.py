"""How tests walk through the import page: open files, press a button, look at a table."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.aids.speaking import LI, WANG
from ui.importing.page import ImportPage
from ui.kit.context import Context

HEADER = ["序号", "姓名", "证件号码", "手机号码", "入会日期", "爱好"]
ROSTER: list[list[Any]] = [
    ["重庆砚屿软件技术有限公司工会会员花名册"],
    ["填报单位：重庆砚屿软件技术有限公司工会"],
    HEADER,
    [1, "王五", WANG, "19900000001", "2024-05-06", "篮球"],
    [2, "李六", LI, "19900000002", "2024-05-06", ""],
    ["合计"],
]


def page_of(qtbot: QtBot, context: Context) -> ImportPage:
    page = ImportPage(context)
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show()
    return page


def settle(qtbot: QtBot, page: ImportPage) -> None:
    """Wait until nothing runs any more."""
    qtbot.waitUntil(lambda: not page._context.jobs.busy, timeout=60_000)


def opened(qtbot: QtBot, page: ImportPage, *paths: Path) -> None:
    """Open files on the page, wait, and stand at the columns: of a form that came before too."""
    page.open_files(list(paths))
    settle(qtbot, page)
    if page.alike.isVisible():
        press(qtbot, page, page.alike.columns)


def press(qtbot: QtBot, page: ImportPage, button: QPushButton) -> None:
    """Press a button and wait."""
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, page)


def tabs(page: ImportPage) -> list[str]:
    """The titles of the plan's tabs, those that are shown."""
    bar = page.checking.tabs
    return [bar.tabText(place) for place in range(bar.count()) if bar.isTabVisible(place)]


def shown(model: Any) -> list[list[str]]:
    """All texts of an item model."""
    return [[model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())]
