"""What the window's search box found is opened on its page, listed on it, or narrows the page that is shown."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.journal.writer import Author
from tests.aids.speaking import LI, WANG, imported_rows
from tests.aids.waiting import wait_for_jobs
from tests.aids.whole_window import list_page
from ui.shell.searchable import Searchable
from ui.shell.window import Window

EMPLOYERS = [
    ["单位名称", "单位性质", "所在区划", "职工人数"],
    ["重庆甲示例有限公司", "私营企业", "沙坪坝区小龙坎街道", 126],
]
MEMBERS = [
    ["姓名", "证件号码", "移动电话", "所属工会", "入会日期"],
    ["王五", WANG, "19900000001", "重庆丙示例有限公司工会", "2026-03-01"],
    ["李六", LI, "19900000002", "重庆丙示例有限公司工会", "2025-03-01"],
]


def found(window: Window) -> list[str]:
    results = window.search.results
    return [results.item(row).text() for row in range(results.count())] if results.isVisible() else []


def searched(qtbot: QtBot, window: Window, text: str) -> list[str]:
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(window.search, text)
    qtbot.waitUntil(window.search.results.isVisible)
    return found(window)


def test_what_is_found_opens_beside_its_list(
    qtbot: QtBot, opened: Callable[[], Window], author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, MEMBERS, "会员")
    window = opened()
    assert searched(qtbot, window, "wangw") == ["会员与职工", "王五"]
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    page = list_page(window, "workers")
    assert window.page_name == "workers"
    assert page.pane is not None
    assert page.pane.title.text() == "王五"


@pytest.mark.parametrize(("text", "listed_names"), [("zhang", ["张甲", "张乙"]), ("1990000", ["张甲", "张乙", "李甲"])])
def test_all_that_was_found_is_listed_by_pinyin_as_by_numbers(
    qtbot: QtBot, opened: Callable[[], Window], author: Author, tmp_path: Path, text: str, listed_names: list[str]
) -> None:
    rows = [[f"{name}{'甲乙'[place - 1]}", f"199000000{place:02}", "甲联合工会"] for name in ("张", "李") for place in (1, 2)]
    rows[3][1] = "13800000002"
    imported_rows(author, tmp_path, [["姓名", "移动电话", "所属工会"], *rows])
    window = opened()
    window.search.listed.emit("worker", text)
    page = list_page(window, "workers")
    assert window.page_name == "workers"
    names = [page.model.index(row, 0).data() for row in range(page.model.rowCount())]
    assert names == listed_names


def test_the_page_that_is_shown_can_be_filtered_from_the_search_box(
    qtbot: QtBot, opened: Callable[[], Window], author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, EMPLOYERS, "单位")
    window = opened()
    window.open_page("health")
    wait_for_jobs(qtbot, window)
    page = window.pages["health"]
    assert isinstance(page, Searchable)
    assert searched(qtbot, window, "qqq") == ["没有找到“qqq”", "只在“体检”这一页里找"]
    qtbot.keyClick(window.search, Qt.Key.Key_Return)
    assert page.search_text == "qqq"
    window.open_page("home")
    assert window.search.text() == ""
    window.open_page("health")
    assert window.search.text() == "qqq"
    window.search.clear()
    assert page.search_text == ""
