"""The window as a whole: pages, search, dropped files, undo, closing, and what is told when something fails."""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.errors import UserError
from models.journal.writer import Author
from models.opening import opening
from tests.aids.speaking import LI, PASSPHRASE, WANG, ZHAO, imported_rows, listed, workbook
from tests.aids.waiting import wait_for_jobs
from tests.aids.whole_window import list_page
from tests.exchange import foreign
from ui.drive.page import DrivePage
from ui.exchanging.page import ExchangePage
from ui.home.page import HomePage, sample_files
from ui.kit.commands import pages
from ui.lists.new_count import NewCount
from ui.lists.page import RecordsPage
from ui.shell.application import application
from ui.shell.crash import Failures, details_of, log_file
from ui.shell.window import NARROW, Window

EMPLOYERS = [
    ["单位名称", "统一社会信用代码", "单位性质", "所在区划", "职工人数", "是否经营"],
    ["重庆甲示例有限公司", None, "私营企业", "沙坪坝区小龙坎街道", 126, "是"],
    ["重庆乙示例有限公司", None, "私营企业", "渝中区大坪街道", 12, "是"],
]
MEMBERS = [
    ["会员花名册"],
    ["姓名", "性别", "证件号码", "移动电话", "工作单位", "所属工会", "入会日期"],
    ["王五", "男", WANG, "19900000001", "重庆丙示例有限公司", "重庆丙示例有限公司工会", "2026-03-01"],
    ["李六", "女", LI, "19900000002", "重庆丙示例有限公司", "重庆丙示例有限公司工会", "2025-03-01"],
]


def home(window: Window) -> HomePage:
    page = window.pages["home"]
    assert isinstance(page, HomePage)
    return page


def dropped(window: Window, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(400, 400), action, data, button, none)
    QApplication.sendEvent(window.windowHandle(), entering)
    assert entering.isAccepted()
    QApplication.sendEvent(window.windowHandle(), QDropEvent(QPointF(400, 400), action, data, button, none))


def test_an_empty_register_shows_the_first_steps(qtbot: QtBot, opened: Callable[[], Window]) -> None:
    page = home(opened())
    assert page.import_first.isVisible()
    assert page.template.isVisible()
    assert page.show_samples.isVisible()
    assert not page.unions.isVisible()


def test_the_sample_workbooks_go_through_the_import_page(qtbot: QtBot, opened: Callable[[], Window]) -> None:
    window = opened()
    home(window).show_samples.click()
    wait_for_jobs(qtbot, window)
    assert window.page_name == "import"
    assert len(window.pages.importing.files) == len(sample_files()) >= 8


def test_an_exchange_package_that_is_dropped_is_looked_into(qtbot: QtBot, opened: Callable[[], Window], tmp_path: Path) -> None:
    window = opened()
    path = foreign.package(tmp_path / "乙.jhx", [])
    dropped(window, path, tmp_path / "丙.jhx")
    wait_for_jobs(qtbot, window)
    page = window.pages["exchange"]
    assert isinstance(page, ExchangePage)
    assert (window.page_name, page.arriving.title.text()) == ("exchange", "收下《乙.jhx》")
    assert page.arriving.secret.isVisible()
    assert "其余 1 个收完再拖进来" in window.context.notices.text


def test_the_four_numbers_open_their_pages(
    qtbot: QtBot, opened: Callable[[], Window], author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, EMPLOYERS, "单位")
    imported_rows(author, tmp_path, MEMBERS, "会员")
    window = opened()
    page = home(window)
    numbers = (page.unions, page.members, page.new_form, page.on_list)
    assert [each.number.text() for each in numbers] == ["0", "2", "0", "1"]
    assert page.members.change.text() == "今年新增 1"
    assert window.side.buttons["drive"].badge == "1"
    for button, name in ((page.on_list, "drive"), (page.members, "workers"), (page.unions, "unions")):
        window.open_page("home")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        wait_for_jobs(qtbot, window)
        assert window.page_name == name


MIXED = [
    ["会员花名册"],
    ["姓名", "证件号码", "移动电话", "所属工会", "职业类别", "入会日期", "会籍变化类型", "会籍变化日期"],
    ["王五", WANG, "19900000001", "重庆丙示例有限公司工会", "外卖配送员", "2026-03-01", None, None],
    ["李六", LI, "19900000002", "重庆丙示例有限公司工会", None, "2025-03-01", None, None],
    ["赵八", ZHAO, "19900000003", "重庆丙示例有限公司工会", "外卖配送员", "2025-03-01", "保留会籍", "2026-05-01"],
]


def test_each_number_of_members_opens_exactly_the_people_it_counts(
    qtbot: QtBot, opened: Callable[[], Window], author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, MIXED, "会员")
    window = opened()
    first, page = home(window), list_page(window, "workers")
    window.open_page("workers")
    assert page.model.rowCount() == 3
    page.search("没有这个人")
    for button, number, part in ((first.members, 2, "members"), (first.new_form, 1, "new_form")):
        window.open_page("home")
        wait_for_jobs(qtbot, window)
        assert button.number.text() == str(number)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        wait_for_jobs(qtbot, window)
        assert page.model.rowCount() == number
        assert page.people.currentData() == part
        assert window.search.text() == ""


def test_a_group_of_the_first_pages_funnel_opens_its_employers(
    qtbot: QtBot, opened: Callable[[], Window], author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, EMPLOYERS, "单位")
    window = opened()
    qtbot.mouseClick(home(window).funnel.buttons["below"], Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, window)
    page = window.pages["drive"]
    assert isinstance(page, DrivePage)
    assert window.page_name == "drive"
    assert [row.name for row in page.model.items] == ["重庆乙示例有限公司"]


def test_a_dropped_workbook_is_imported_and_taken_back_with_ctrl_z(
    qtbot: QtBot, opened: Callable[[], Window], tmp_path: Path
) -> None:
    window = opened()
    dropped(window, workbook(tmp_path / "花名册.xlsx", {"Sheet1": MEMBERS}))
    assert window.page_name == "import"
    for _step in ("columns", "plan"):
        qtbot.waitUntil(window.pages.importing.primary.isEnabled, timeout=20_000)
        wait_for_jobs(qtbot, window)
        window.pages.importing.primary.click()
        wait_for_jobs(qtbot, window)
    assert listed("workers", "name") == [("王五",), ("李六",)]
    assert len(window.context.undoing.batches) == 1
    window.open_page("workers")
    assert list_page(window, "workers").model.rowCount() == 2
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for_jobs(qtbot, window)
    assert listed("workers", "name") == []
    assert list_page(window, "workers").model.rowCount() == 0
    assert window.context.notices.text == "已撤销：导入《花名册.xlsx》 2 行（批次 1）。"
    window.context.notices.buttons[0].click()
    wait_for_jobs(qtbot, window)
    assert listed("workers", "name") == [("王五",), ("李六",)]


def test_ctrl_z_without_anything_done_says_so(qtbot: QtBot, opened: Callable[[], Window]) -> None:
    window = opened()
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.context.notices.text == "这次打开以后还没有可以撤销的操作。"


def test_ctrl_z_while_typing_takes_back_the_typing(qtbot: QtBot, opened: Callable[[], Window]) -> None:
    window = opened()
    window.activateWindow()
    window.open_page("workers")
    window.go_to_search()
    qtbot.keyClicks(window.search, "abc")
    qtbot.keyClick(window.search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.search.text() == ""
    assert window.context.notices.text == ""


def test_every_page_opens_by_its_key_and_help_opens(qtbot: QtBot, opened: Callable[[], Window]) -> None:
    window = opened()
    for number, page in enumerate(pages(), start=1):
        shifted = Qt.KeyboardModifier.ShiftModifier if number > 10 else Qt.KeyboardModifier.NoModifier
        key = getattr(Qt.Key, f"Key_{number % 10}")
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier | shifted)
        assert window.page_name == page.name
    wait_for_jobs(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window._help is not None
    assert window._help.isVisible()


def test_a_narrow_window_shows_icons_alone(qtbot: QtBot, opened: Callable[[], Window]) -> None:
    window = opened()
    assert "会员与职工" in window.side.buttons["workers"].text()
    window.resize(NARROW - 100, 600)
    qtbot.waitUntil(lambda: window.side.buttons["workers"].text() == "")
    assert window.side.buttons["workers"].toolTip() == "会员与职工"
    window.open_page("workers")
    hint = window.search.placeholderText()
    assert hint == "搜索"
    assert window.search.fontMetrics().horizontalAdvance(hint) < window.search.width() - 40


def test_closing_backs_up_and_remembers_the_place(
    qtbot: QtBot, opened: Callable[[], Window], author: Author, tmp_path: Path
) -> None:
    imported_rows(author, tmp_path, MEMBERS, "会员")
    window = opened()
    folder = window.context.register.folder
    with qtbot.waitSignal(window.closed):
        window.close()
    assert len(list((folder / "backups").glob("*.jhbak"))) == 1
    kept = json.loads(Path(os.environ["JIANHUI_LAPTOP"]).read_text("utf-8"))
    assert kept["window"]["page"] == "home"
    assert all(kept["window"]["places"].values())
    opening.open_register(folder, PASSPHRASE)


def test_the_window_does_not_close_in_the_middle_of_something(qtbot: QtBot, opened: Callable[[], Window]) -> None:
    def count(progress: Callable[[int, int], None]) -> None:
        for number in range(1_000_000):
            progress(number, 1_000_000)
            time.sleep(0.001)

    window = opened()
    window.context.jobs.run(count, title="正在导入")
    assert not window.close()
    assert window.context.notices.text.startswith("正在导入，请等它结束")
    with qtbot.waitSignal(window.closed):
        window.context.notices.buttons[0].click()
    assert not window.isVisible()


def test_a_sentence_from_work_stands_in_the_banner(qtbot: QtBot, opened: Callable[[], Window]) -> None:
    def refuse() -> None:
        raise UserError("《花名册.xlsx》被别的程序占用，请关闭后再试。")

    window = opened()
    window.context.jobs.run(refuse)
    wait_for_jobs(qtbot, window)
    assert window.context.notices.text == "《花名册.xlsx》被别的程序占用，请关闭后再试。"


def test_a_bug_shows_the_sheet_and_is_written_down_without_numbers(
    qtbot: QtBot, opened: Callable[[], Window], failures: Failures
) -> None:
    def stumble() -> None:
        raise KeyError(WANG)

    window = opened()
    window.context.jobs.run(stumble)
    wait_for_jobs(qtbot, window)
    assert failures.sheet is not None
    qtbot.addWidget(failures.sheet)
    failures.sheet.copy.click()
    copied = QApplication.clipboard().text()
    assert "KeyError" in copied
    assert "KeyError" in log_file().read_text("utf-8")
    assert WANG not in copied + log_file().read_text("utf-8")


def test_details_star_long_numbers_only() -> None:
    assert details_of(ValueError(f"row 17 of {LI}")).strip().endswith("ValueError: row 17 of ******")


def test_a_wish_to_restore_closes_the_window_first(qtbot: QtBot, opened: Callable[[], Window], tmp_path: Path) -> None:
    window = opened()
    with qtbot.waitSignal(window.closed):
        window._restore(tmp_path / "a.jhbak", "secret")
    assert window.closing.restore_wish == (tmp_path / "a.jhbak", "secret")


class Opened(QObject):
    """Remembers every window that is opened, the smallest one too."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 — Qt spells it so
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(watched)
        return False


def test_no_other_window_flashes_up_while_the_window_and_its_pages_open(opened: Callable[[], Window]) -> None:
    seen = Opened()
    application().installEventFilter(seen)
    window = opened()
    for page in pages():
        window.open_page(page.name)
        shown = window.pages[page.name]
        if isinstance(shown, RecordsPage):
            shown.new_record()
    application().removeEventFilter(seen)
    # a new head count is asked for in a dialog
    assert [each for each in seen.windows if not isinstance(each, NewCount)] == [window]
