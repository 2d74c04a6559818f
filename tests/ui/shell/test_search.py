"""The one search box as a person uses it: typing, choosing with the arrows, opening with Enter."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.journal.writer import Author
from models.lists import search
from models.records.employer import Employer
from models.records.worker import Worker
from tests.aids.speaking import LI, WANG, imported_rows
from ui.kit.context import Context
from ui.shell import following
from ui.shell.search_box import SearchBox

FIRM = "重庆砚屿软件技术有限公司"


@pytest.fixture
def box(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> SearchBox:
    people: list[list[Any]] = [
        ["姓名", "身份证号", "手机号码", "工作单位", "所属工会", "入会日期"],
        ["张伟强", WANG, "19900001234", FIRM, FIRM + "工会", "2024-05-06"],
        ["张砚", LI, "19900005678", FIRM, FIRM + "工会", "2024-05-06"],
    ]
    imported_rows(author, tmp_path, people)
    made = SearchBox(context, list)
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    return made


def shown(box: SearchBox) -> list[str]:
    return [box.results.item(row).text() for row in range(box.results.count())] if box.results.isVisible() else []


def typed(qtbot: QtBot, box: SearchBox, text: str) -> list[str]:
    box.clear()
    qtbot.keyClicks(box, text)
    qtbot.waitUntil(lambda: box.results.isVisible() and not box._context.jobs.busy and not box._typing.isActive())
    return shown(box)


def test_results_come_as_one_types_grouped_by_what_they_are(qtbot: QtBot, box: SearchBox) -> None:
    assert typed(qtbot, box, "zhangw") == ["会员与职工", "张伟强"]
    assert typed(qtbot, box, "5678") == ["会员与职工", "张砚"]
    box.setText("")
    qtbot.keyClicks(box, "y")
    box.setText("砚")
    box.textEdited.emit("砚")
    qtbot.waitUntil(lambda: "用人单位" in shown(box))
    assert shown(box) == ["会员与职工", "张砚", "用人单位", FIRM, "工会", FIRM + "工会"]


def test_arrows_pass_over_headings_and_enter_opens_the_record(qtbot: QtBot, box: SearchBox) -> None:
    box.setText("砚")
    box.textEdited.emit("砚")
    qtbot.waitUntil(box.results.isVisible)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.opened) as heard:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert heard.args == ["employer", Employer.get(Employer.name == FIRM).uid]
    assert not box.results.isVisible()


def test_a_click_opens_too(qtbot: QtBot, box: SearchBox) -> None:
    typed(qtbot, box, "zhangwei")
    place = box.results.visualItemRect(box.results.item(1)).center()
    with qtbot.waitSignal(box.opened) as heard:
        qtbot.mouseClick(box.results.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert heard.args == ["worker", Worker.get(Worker.name == "张伟强").uid]


def test_nothing_found_is_said_and_escape_closes_then_empties(qtbot: QtBot, box: SearchBox) -> None:
    assert typed(qtbot, box, "qqq") == ["没有找到“qqq”"]
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert not box.results.isVisible()
    assert box.text() == "qqq"
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == ""


def test_the_full_numbers_are_never_shown(qtbot: QtBot, box: SearchBox) -> None:
    typed(qtbot, box, "zhang")
    details = [str(box.results.item(row).data(Qt.ItemDataRole.UserRole + 1)) for row in range(box.results.count())]
    assert any("199****" in detail for detail in details)
    assert WANG not in str(details)


def test_the_index_follows_the_log_step_by_step_and_from_the_start(
    qtbot: QtBot, context: Context, author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "STEP", 2)
    people: list[list[Any]] = [["姓名", "手机号码"], *([f"张{place:02}", f"199000000{place:02}"] for place in range(9))]
    imported_rows(author, tmp_path, people)
    follower = following.Following(context, context.jobs)
    qtbot.waitUntil(lambda: not search.behind() and not context.jobs.busy)
    assert len(search.found("worker", "zhang")) == 9
    imported_rows(author, tmp_path, [["姓名", "手机号码"], ["章十", "19900000010"]], "新")
    context.changes.changed.emit({"worker"})
    qtbot.waitUntil(lambda: not search.behind() and not context.jobs.busy)
    assert len(search.found("worker", "zhang")) == 10
    assert follower.parent() is context.jobs


def test_a_page_that_can_be_narrowed_is_offered_last_and_widened_when_the_box_is_emptied(
    qtbot: QtBot, box: SearchBox
) -> None:
    box.start("建会攻坚", "")
    assert typed(qtbot, box, "zhangw") == ["会员与职工", "张伟强", "只在“建会攻坚”这一页里找"]
    qtbot.keyClick(box, Qt.Key.Key_Up)
    with qtbot.waitSignal(box.narrowed) as heard:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert heard.args == ["zhangw"]
    with qtbot.waitSignal(box.narrowed) as heard:
        box.clear()
    assert heard.args == [""]
