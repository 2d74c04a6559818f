"""The editor of days: what is typed, what it says of it, the calendar. Today is the day of the tests, Sunday 22 November 2026."""

import datetime as dt

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.aids.speaking import TODAY
from tests.aids.typing import type_day, type_text
from ui.kit.day_editor import DayBox, DayEditor, DayPopup


def shown(qtbot: QtBot, editor: DayEditor) -> DayEditor:
    qtbot.addWidget(editor)
    editor.resize(360, 34)
    with qtbot.waitExposed(editor):
        editor.show()
    editor.activateWindow()
    editor.line.setFocus()
    return editor


@pytest.fixture
def editor(qtbot: QtBot) -> DayEditor:
    return shown(qtbot, DayEditor("入会日期", TODAY))


def popup(editor: DayEditor) -> DayPopup:
    assert editor.calendar is not None
    assert editor.calendar.isVisible()
    return editor.calendar


@pytest.mark.parametrize(
    ("typed", "said", "stands"),
    [
        ("12.7", "= 2025-12-07 周日", "2025-12-07"),
        ("20250630", "= 2025-06-30 周一", "2025-06-30"),
        ("25年6月", "= 2025-06，日不明", "2025-06"),
        ("2025年", "= 2025 年，月日不明", "2025"),
        ("昨天", "= 2026-11-21 周六", "2026-11-21"),
        ("上周五", "= 2026-11-13 周五", "2026-11-13"),
        ("不详的", "看不出是哪一天", "不详的"),
    ],
)
def test_it_says_while_one_types_what_it_understood_and_writes_it_out(
    qtbot: QtBot, editor: DayEditor, typed: str, said: str, stands: str
) -> None:
    type_text(qtbot, editor.line, typed)
    assert editor.understood.isVisible()
    assert editor.understood.text() == said
    with qtbot.waitSignal(editor.left):
        qtbot.keyClick(editor.line, Qt.Key.Key_Return)
    assert (editor.line.text(), editor.text()) == (stands, stands)
    assert not editor.understood.isVisible()


def test_typing_over_a_day_gives_the_day_that_was_typed(qtbot: QtBot, editor: DayEditor) -> None:
    editor.show_text("2026-06-30")
    type_day(qtbot, editor, "2025-06-30")
    assert editor.text() == "2025-06-30"


def test_of_a_day_that_is_written_out_nothing_is_said(qtbot: QtBot, editor: DayEditor) -> None:
    type_text(qtbot, editor.line, "2025-06-30")
    assert not editor.understood.isVisible()


@pytest.mark.parametrize("key", [(Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)])
def test_the_calendar_opens_by_key_and_a_day_is_taken_with_enter(
    qtbot: QtBot, editor: DayEditor, key: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    editor.show_text("2026-05-06")
    qtbot.keyClick(editor.line, key[0], key[1])
    calendar = popup(editor)
    assert calendar.month.selectedDate() == QDate(2026, 5, 6)
    view = QApplication.focusWidget()
    assert view is not None
    assert calendar.isAncestorOf(view)
    with qtbot.waitSignals([editor.edited, editor.left]):
        qtbot.keyClick(view, Qt.Key.Key_Right)
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert editor.text() == "2026-05-07"


@pytest.mark.parametrize(
    ("said", "stands"), [("今天", TODAY.isoformat()), ("只到月", "2026-05"), ("只到年", "2026"), ("清空", "")]
)
def test_the_calendar_gives_today_a_month_a_year_or_nothing(qtbot: QtBot, editor: DayEditor, said: str, stands: str) -> None:
    editor.show_text("2026-05-06")
    qtbot.mouseClick(editor.button, Qt.MouseButton.LeftButton)
    button = next(each for each in popup(editor).findChildren(QPushButton) if each.text() == said)
    with qtbot.waitSignal(editor.left):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert editor.text() == stands


def test_the_calendar_closes_with_escape_and_nothing_is_changed(qtbot: QtBot, editor: DayEditor) -> None:
    editor.show_text("2026-05-06")
    qtbot.keyClick(editor.line, Qt.Key.Key_F4)
    calendar = popup(editor)
    qtbot.keyClick(calendar, Qt.Key.Key_Escape)
    assert not calendar.isVisible()
    assert editor.text() == "2026-05-06"


def test_a_locked_day_opens_no_calendar(qtbot: QtBot, editor: DayEditor) -> None:
    editor.lock(True)
    qtbot.keyClick(editor.line, Qt.Key.Key_F4)
    assert editor.calendar is None
    assert not editor.button.isEnabled()


def test_of_what_is_planned_the_next_such_day_is_meant(qtbot: QtBot) -> None:
    editor = shown(qtbot, DayEditor("下一步日期", TODAY, ahead=True))
    type_day(qtbot, editor, "12.7")
    assert editor.text() == "2026-12-07"


@pytest.mark.parametrize(
    ("typed", "day", "told"),
    [("2026-05-06", dt.date(2026, 5, 6), 1), ("昨天", dt.date(2026, 11, 21), 1), ("2026-05", TODAY, 0), ("x", TODAY, 0), ("", TODAY, 0)],
)
def test_the_day_of_a_period_is_always_a_whole_day(qtbot: QtBot, typed: str, day: dt.date, told: int) -> None:
    box = DayBox("从", TODAY, TODAY)
    shown(qtbot, box)
    heard: list[dt.date] = []
    box.chosen.connect(lambda: heard.append(box.date))
    box.line.selectAll()
    qtbot.keyClick(box.line, Qt.Key.Key_Delete)
    type_text(qtbot, box.line, typed)
    qtbot.keyClick(box.line, Qt.Key.Key_Return)
    assert (box.date, box.line.text()) == (day, day.isoformat())
    assert heard == [day] * told


def test_where_there_is_no_room_the_tool_tip_says_it(qtbot: QtBot) -> None:
    editor = shown(qtbot, DayEditor("日期", TODAY))
    editor.resize(130, 34)
    type_text(qtbot, editor.line, "昨天")
    assert not editor.understood.isVisible()
    assert editor.line.toolTip() == "= 2026-11-21 周六"
