"""The plan, value by value: the old one stays or the new one is taken, by mouse and by keys, in a cell, in all rows, in all."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from importers.rows.decisions import EVERY_FIELD, EVERY_ROW
from models.journal.writer import Author
from tests.aids.speaking import LI, WANG, imported_rows, listed, workbook
from tests.ui.importing.import_walk import opened, press, settle, shown, tabs
from ui.importing.page import CHECK, ImportPage

HEAD = ["姓名", "身份证号", "手机", "学历", "所属工会", "入会日期"]
UNION = "甲公司工会"
HELD = [["王砚舟", WANG, "13900000001", "本科", UNION, "2024-05-06"], ["李柏青", LI, "13900000002", "大专", UNION, "2024-05-06"]]
SAID = [["王师傅", WANG, "13900000011", "硕士", UNION, "2024-05-06"], ["李柏青", LI, "13900000012", "大专", UNION, "2024-05-06"]]
KEY = ("新.xlsx", "Sheet1")


@pytest.fixture
def plan(qtbot: QtBot, page: ImportPage, author: Author, tmp_path: Path) -> ImportPage:
    """The page at a plan that says four values otherwise, one of them poorer."""
    imported_rows(author, tmp_path, [HEAD, *HELD])
    opened(qtbot, page, workbook(tmp_path / "新.xlsx", {"Sheet1": [HEAD, *SAID]}))
    press(qtbot, page, page.primary)
    assert page.steps.step == CHECK
    return page


def updated(page: ImportPage) -> None:
    """Look at the rows that change something."""
    page.checking.tabs.setCurrentIndex(1)


def fields(page: ImportPage) -> list[tuple[str, str]]:
    """Each field that the row says otherwise, and which value of it is struck out: 原, 新, or neither."""
    model = page.checking.row.fields
    return [(row[0], struck(model, place)) for place, row in enumerate(shown(model))]


def struck(model: Any, row: int) -> str:
    fonts = [model.index(row, column).data(Qt.ItemDataRole.FontRole) for column in (1, 2)]
    return "".join(name for name, font in zip("原新", fonts, strict=True) if isinstance(font, QFont) and font.strikeOut())


def double_click(qtbot: QtBot, page: ImportPage, row: int, column: int) -> None:
    """Double-click a value in the pane, as the mouse does."""
    view = page.checking.row.diff
    place: QPoint = view.visualRect(page.checking.row.fields.index(row, column)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle(qtbot, page)


def test_a_title_is_proposed_to_stay_and_says_why(plan: ImportPage) -> None:
    updated(plan)
    assert fields(plan) == [("姓名", "新"), ("移动电话", "原"), ("学历", "原")]
    assert "提醒：姓名：“王师傅”像是称呼，不是全名，保留了登记册里的姓名" in plan.checking.row.problems.text()
    assert "姓名 保留 1" in plan.checking.impact.counts
    assert plan.checking.open_questions == 0


def test_a_value_stays_by_double_click_and_is_taken_again_by_keys(qtbot: QtBot, plan: ImportPage, author: Author) -> None:
    updated(plan)
    double_click(qtbot, plan, 1, 1)
    assert fields(plan) == [("姓名", "新"), ("移动电话", "新"), ("学历", "原")]
    assert plan.decisions.values == {KEY: {"phone": {2: "old"}}}
    view = plan.checking.row.diff
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Right)
    assert view.currentIndex().column() == 2
    qtbot.keyClick(view, Qt.Key.Key_Return)
    settle(qtbot, plan)
    assert fields(plan)[1] == ("移动电话", "原")
    assert view.hasFocus()
    assert view.currentIndex().row() == 1


def test_the_keys_of_the_commands_work_on_the_field_that_is_looked_at(qtbot: QtBot, plan: ImportPage) -> None:
    updated(plan)
    plan.checking.row.diff.setFocus()
    assert plan.checking.row.choices.take.isEnabled()  # the name comes first, and is to stay
    qtbot.keyClick(plan.checking.row.diff, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, plan)
    assert fields(plan)[0] == ("姓名", "原")
    assert plan.decisions.values == {KEY: {"name": {2: "new"}}}
    qtbot.keyClick(plan.checking.row.diff, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, plan)
    assert fields(plan)[0] == ("姓名", "新")


def test_a_field_stays_in_all_rows_and_the_row_that_says_no_more_is_the_same(
    qtbot: QtBot, plan: ImportPage
) -> None:
    updated(plan)
    plan.checking.row.diff.setCurrentIndex(plan.checking.row.fields.index(1, 2))
    texts: list[str] = []

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        texts.extend(action.text() for action in menu.actions())
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[0]).center())

    QTimer.singleShot(100, choose)
    qtbot.mouseClick(plan.checking.row.choices.every, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(texts))
    settle(qtbot, plan)
    assert texts == [
        "“移动电话”各行都保留原值（2 处）", "“移动电话”各行都采用新值（2 处）", "全部字段、各行都保留原值（4 处）",
        "全部字段、各行都采用新值（4 处）",
    ]  # fmt: skip
    assert plan.decisions.values == {KEY: {"phone": {EVERY_ROW: "old"}}}
    assert tabs(plan)[1:3] == ["将更新 1", "不变 1"]
    press(qtbot, plan, plan.primary)
    assert listed("workers", "name", "phone", "education") == [("王砚舟", "13900000001", "硕士"), ("李柏青", "13900000002", "大专")]
    assert plan.result.counts.text() == "更新 1 行；1 行与登记册相同；3 个值保留了登记册里原来的"
    assert "批次" in plan.result.title.text()


def test_all_rows_that_are_selected_stay_by_one_button_and_the_answer_is_taken_back(
    qtbot: QtBot, plan: ImportPage
) -> None:
    updated(plan)
    plan.checking.table.setFocus()
    qtbot.keyClick(plan.checking.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    button = plan.checking.answers.buttons["hold"]
    assert button.text() == "整行保留原值（2 行）"
    press(qtbot, plan, button)
    assert plan.decisions.values == {KEY: {EVERY_FIELD: {2: "old", 3: "old"}}}
    assert tabs(plan)[1:3] == ["将更新 0", "不变 2"]
    assert not plan.primary.isEnabled()
    plan.checking.tabs.setCurrentIndex(2)
    plan.checking.table.selectAll()
    press(qtbot, plan, plan.checking.answers.buttons["back"])
    assert tabs(plan)[1:3] == ["将更新 2", "不变 0"]


def test_the_same_file_once_more_brings_back_what_was_chosen(
    qtbot: QtBot, plan: ImportPage, tmp_path: Path
) -> None:
    updated(plan)
    double_click(qtbot, plan, 1, 1)
    press(qtbot, plan, plan.primary)
    opened(qtbot, plan, tmp_path / "新.xlsx")
    press(qtbot, plan, plan.known.again)
    press(qtbot, plan, plan.primary)
    assert plan.decisions.values == {KEY: {"phone": {2: "old"}}}
    plan.checking.tabs.setCurrentIndex(2)
    assert fields(plan) == [("姓名", "新"), ("移动电话", "新")]


def test_undo_brings_back_what_was_taken(qtbot: QtBot, plan: ImportPage) -> None:
    updated(plan)
    double_click(qtbot, plan, 1, 1)
    press(qtbot, plan, plan.primary)
    assert listed("workers", "phone", "education") == [("13900000001", "硕士"), ("13900000012", "大专")]
    press(qtbot, plan, plan.result.undo)
    assert listed("workers", "phone", "education") == [("13900000001", "本科"), ("13900000002", "大专")]
