"""Numbers in cells and lines: whole or ####, in the middle of a line never cut."""

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from tests.aids.numbers_seen import covered_numbers
from ui.kit.list_model import ListModel, ShownColumn
from ui.kit.tables import Table
from ui.kit.theme import font
from ui.kit.whole_numbers import elided, is_number


@pytest.mark.parametrize(
    ("text", "number"),
    [("6", True), ("1,234,567", True), ("约 35", True), ("20–30 人", True), ("62.4 %", True), ("2026-11-22", True),
     ("199****0001", True),
     ("91500106MA0EXAMP00", True), ("", False), ("甲公司", False), ("3 号楼小卖部工会", False), ("A", False),
     ("returned workbook, batch 1", False), ("12 days", True)],
)  # fmt: skip
def test_what_is_a_number(text: str, number: bool) -> None:
    assert is_number(text) is number


def test_a_column_that_takes_the_room_of_its_contents_has_room_for_its_numbers(qtbot: QtBot) -> None:
    model = ListModel([ShownColumn("n", "日", 1, "left", str, str)])
    model.show_items(["2026-03-01"])
    table = Table("表")
    qtbot.addWidget(table)
    table.setModel(model)
    table.resizeColumnsToContents()
    table.show()
    assert list(covered_numbers(table)) == []


@pytest.mark.parametrize("room", range(20, 260, 7))
def test_a_line_loses_whole_numbers_and_no_digits(qtbot: QtBot, room: int) -> None:
    text = "沙坪坝区 12,345 家　2026 年 6,789 人"
    shown = elided(QFontMetrics(font()), text, room)
    head, more, tail = shown.partition("…")
    assert text.startswith(head)
    assert text.endswith(tail)
    if more:
        cut = text[len(head) : len(text) - len(tail)]
        for before, after in ((head[-1:], cut[:1]), (cut[-1:], tail[:1])):
            assert not (before.isdigit() and (after.isdigit() or after == ","))


def test_a_narrow_cell_says_that_something_is_there_and_its_tip_what(qtbot: QtBot) -> None:
    model = ListModel([ShownColumn("n", "人数", 4, "right", lambda each: f"{each:,}", lambda each: each)])
    model.show_items([1234567])
    table = Table("表")
    qtbot.addWidget(table)
    table.setModel(model)
    table.show()
    for width, whole in ((200, True), (44, False)):
        table.setColumnWidth(0, width)
        narrow = table.grab().toImage()
        model.show_items([8888888])
        assert (table.grab().toImage() == narrow) is not whole  # #### looks alike whatever is behind it
        model.show_items([1234567])
    place = table.visualRect(model.index(0, 0)).center()
    event = QHelpEvent(QEvent.Type.ToolTip, place, table.viewport().mapToGlobal(QPoint(place)))
    QApplication.sendEvent(table.viewport(), event)
    assert QToolTip.text() == "1,234,567"
    QToolTip.hideText()
