"""The window says how many carry no date beside what is new this year, lists them, and offers days for them."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.editing.dating import undated_facts
from models.figures.counts import count, rows
from models.figures.facts import Period, Scope
from models.journal.writer import Author
from tests.aids.speaking import TODAY, imported_rows
from tests.figures.test_undated import UNIONS
from ui.home.page import HomePage
from ui.kit.context import Context
from ui.targets.dating import DatingDialog
from ui.targets.rows import RowsView

YEAR = Period(TODAY.replace(month=1, day=1), TODAY)


def test_the_first_page_counts_and_opens_them(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, UNIONS)
    page = HomePage(context)
    qtbot.addWidget(page)
    page.refresh()
    qtbot.waitUntil(lambda: page.unions.undated.text() == "日期不明 2")
    assert page.unions.change.text() == "今年新增 1"
    page.resize(1200, 800)
    page.show()
    qtbot.waitUntil(page.unions.undated.isVisible)
    with qtbot.waitSignal(page.opens_rows) as opened:
        qtbot.mouseClick(page.unions.undated, Qt.MouseButton.LeftButton)
    assert (opened.args[0], len(opened.args[1]), opened.args[2]) == ("unions", 2, "新建工会：日期不明")
    assert page.members.undated.isHidden()


def test_the_rows_tell_them_and_their_days_are_chosen(qtbot: QtBot, context: Context, author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, UNIONS)
    view = RowsView(context)
    qtbot.addWidget(view)
    view.show_rows("新建工会", rows("new_unions", Scope(), YEAR))
    assert view.title.text() == "新建工会：1 行，另有 2 行日期不明。回车打开。"
    view.resize(900, 400)
    view.show()

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, DatingDialog)
        assert dialog.buttons.go.text() == "给 2 条写上日期"  # the approval numbers tell both
        qtbot.mouseClick(dialog.buttons.go, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, choose)
    qtbot.mouseClick(view.date, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: count("new_unions", Scope(), YEAR).undated == 0)


def test_by_hand_needs_a_day(qtbot: QtBot, author: Author, tmp_path: Path) -> None:
    imported_rows(author, tmp_path, UNIONS)
    dialog = DatingDialog(undated_facts("union", TODAY))
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.ways.setCurrentIndex(dialog.ways.count() - 1)
    assert not dialog.buttons.go.isEnabled()
    qtbot.keyClicks(dialog.day.line, "2015")
    qtbot.mouseClick(dialog.buttons.go, Qt.MouseButton.LeftButton)
    assert dialog.asked == (None, "2015")
