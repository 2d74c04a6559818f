"""Lists of key employers beside an employer's form: put on one, put right, taken off; what cannot be is said and stays typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from models.editing.key_lists import lists_of
from models.figures.counts import count
from models.figures.facts import Scope, year_until
from models.journal.writer import Author
from models.records.key_employer import KeyEmployer
from tests.aids.case_world import employer
from tests.aids.speaking import TODAY
from tests.aids.waiting import wait_for_jobs
from ui.kit.context import Context
from ui.record.acts import RecordActs, ShownRecord
from ui.record.key_lists import KeyListsView


@pytest.fixture
def firm(author: Author) -> str:
    """An employer on no list."""
    return employer(author, "甲示例公司", 60)


def view_of(qtbot: QtBot, context: Context, uid: str) -> KeyListsView:
    """The view of an employer's lists, wired as its page does it."""
    window = QWidget()
    qtbot.addWidget(window)
    acts = RecordActs(context, "employer", lambda: ShownRecord(uid, "甲示例公司"), window)
    view = KeyListsView(TODAY)
    qtbot.addWidget(view)
    view.entered.connect(acts.put_on_list)
    view.corrected.connect(acts.correct_list)
    view.removed.connect(acts.take_off_list)
    acts.list_failed.connect(view.failed)
    view.acts = acts  # type: ignore[attr-defined]  # kept as long as the view
    view.resize(470, 560)
    view.show()
    fill(view, uid)
    return view


def fill(view: KeyListsView, uid: str) -> None:
    view.show_lists(uid, lists_of(uid, TODAY))


def held() -> list[tuple[int | None, int | None, str | None]]:
    return [(row.year, row.last_year, row.source) for row in KeyEmployer.select().order_by(KeyEmployer.id)]


def press(qtbot: QtBot, context: Context, view: KeyListsView, uid: str) -> None:
    qtbot.mouseClick(view.enter, Qt.MouseButton.LeftButton)
    wait_for_jobs(qtbot, context)
    fill(view, uid)


def test_one_is_put_on_a_list_for_three_years_put_right_and_taken_off(qtbot: QtBot, context: Context, firm: str) -> None:
    view = view_of(qtbot, context, firm)
    assert view.nothing.isVisible()
    view.fields.editors["source"].show_text("市总工会名单")
    press(qtbot, context, view, firm)
    assert held() == [(2026, 2028, "市总工会名单")]
    assert count("key_employers", Scope(), year_until(2026, TODAY)).value == 1
    assert [view.model.index(0, place).data() for place in range(4)] == ["市总工会名单", "2026", "2028", "是"]
    view.table.selectRow(0)
    view.correct.click()
    view.fields.editors["last_year"].show_text("2027")
    press(qtbot, context, view, firm)
    assert held() == [(2026, 2027, "市总工会名单")]
    context.undoing.undo_last()
    wait_for_jobs(qtbot, context)
    assert held() == [(2026, 2028, "市总工会名单")]
    fill(view, firm)
    view.table.selectRow(0)
    view.remove.click()
    wait_for_jobs(qtbot, context)
    assert held() == []


def test_what_cannot_be_is_refused_and_stays_typed(qtbot: QtBot, context: Context, author: Author, firm: str) -> None:
    view = view_of(qtbot, context, firm)
    for texts in ({"year": "", "last_year": ""}, {"year": "2026", "last_year": "2025"}, {"year": "26", "last_year": ""}):
        for name, text in texts.items():
            view.fields.editors[name].show_text(text)
        press(qtbot, context, view, firm)
        assert held() == []
        assert view.fields.editors["year"].text() == texts["year"]
    other = employer(author, "乙示例公司", 30)
    fill(view, other)
    assert view.fields.editors["year"].text() == "2026", "what was typed was about another one"
