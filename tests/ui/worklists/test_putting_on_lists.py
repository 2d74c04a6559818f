"""What is selected in a list goes on a working list, or onto cards: from the page of people, and from that of the drive."""

from pathlib import Path

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from models.journal.writer import Author
from models.lists.listings import Selection
from models.records.worker import Worker
from models.register.laptop import read_laptop
from models.register.register import Register
from models.worklists.lists import find_worklist, worklists
from tests.aids.case_world import employer, reconciled
from tests.aids.speaking import TODAY
from tests.aids.whole_window import made_once
from tests.worklists.test_worklists import NAME, fill, shown
from ui.drive.page import DrivePage
from ui.kit.context import Context
from ui.lists.cards_dialog import Carded, CardsDialog
from ui.lists.kinds import listings
from ui.lists.page import RecordsPage
from ui.lists.worklist_dialog import WishedList


@pytest.fixture(scope="module")
def basis(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    return made_once(empty_register, tmp_path_factory.mktemp("filled"), fill)


def test_selected_people_go_on_a_list_and_who_is_on_it_already_is_told(context: Context, qtbot: QtBot) -> None:
    page = RecordsPage(context, listings()["workers"])
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)
    page.table.selectAll()
    uid = find_worklist(NAME).uid
    with qtbot.waitSignal(context.jobs.idle, timeout=20_000):
        page.putting.put(WishedList(uid, NAME, "", "workers", {}), page.selected())
    assert context.notices.text.startswith(f"已加入“{NAME}” 1 条。另有 2 条已经在名单上。")
    assert [name for (name, *_rest) in shown()] == ["王五", "李四", "𫖯𬭊"]
    with qtbot.waitSignal(context.jobs.idle, timeout=20_000):
        page.putting.put(WishedList("", "冬季体检", "体检", "workers", {"boxes": ["已检"], "days": [""]}), page.selected())
    assert (find_worklist("冬季体检").count, find_worklist("冬季体检").boxes) == (3, ("已检",))


def test_employers_of_the_drive_go_on_a_list(context: Context, author: Author, qtbot: QtBot) -> None:
    employer(author, "重庆月示例有限公司", 60, "渝中区大坪街道")
    reconciled(author)
    page = DrivePage(context)
    qtbot.addWidget(page)
    with qtbot.waitSignal(context.jobs.idle, timeout=20_000):
        page.show()
    assert [action.text() for action in page.table.actions()].count("加入工作名单…") == 1
    page.table.selectRow(0)
    with qtbot.waitSignal(context.jobs.idle, timeout=20_000):
        page.putting.put(WishedList("", "上门", "其他", "employers", {}), page._selected_uids())
    assert shown("上门") == [("重庆月示例有限公司",)]
    assert len(worklists("employers")) == 1


def test_cards_of_the_selected_are_seen_moved_and_saved(context: Context, qtbot: QtBot, tmp_path: Path) -> None:
    chosen = frozenset([str(Worker.get(Worker.name == "王五").uid)])
    with qtbot.waitSignal(context.jobs.idle, timeout=20_000):
        dialog = CardsDialog(context, Carded("workers", "会员与职工", Selection("workers", today=TODAY), True, chosen))
    qtbot.addWidget(dialog)
    assert dialog.told.text() == "1 张，1 页；1 张没有会员号，没有印二维码"
    dialog.right.setValue(1.5)
    with qtbot.waitSignal(context.jobs.idle, timeout=20_000):
        dialog.compose()
    assert read_laptop()["print_offset"] == [1.5, 0.0]
    with qtbot.waitSignal(context.jobs.idle, timeout=20_000):
        dialog.save_to(tmp_path / "卡.pdf")
    assert "王五" in PdfReader(tmp_path / "卡.pdf").pages[0].extract_text()
    with qtbot.waitSignal(context.jobs.idle, timeout=20_000):
        dialog.test.setChecked(True)
    assert dialog.report is not None
    assert dialog.report.title == "打印位置测试页"
