"""How often lists ask the register: a number of times that does not grow with what is in it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from models.engine import database
from models.register.register import Register
from tests.aids.engines import ON_SERVER
from tests.aids.record_pages import many
from tests.aids.whole_window import closed, own_copy, shown_window, wait
from ui.kit.commands import pages
from ui.kit.tables import Table
from ui.lists.model import PAGE_ROWS
from ui.lists.page import RecordsPage
from ui.shell.window import Window

#: What opening any page may ask, the regions and the settings with it; the targets count every indicator there is. Over a file
#: answers are kept until somebody writes (``models/engine/kept_reads.py``).
MOST = {"targets": 130 if ON_SERVER else 128}
USUAL = 60
#: What opening a record from its list may ask: the record itself, its place in the list, who may be the same.
OPENING = 12


class Asked:
    """Counts what is asked of the register, in either thread."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.count = 0
        inner = type(database.db.obj).execute_sql

        def counting(held: Any, sql: str, *args: Any, **named: Any) -> Any:
            self.count += not sql.startswith(("PRAGMA", "BEGIN", "COMMIT"))
            return inner(held, sql, *args, **named)

        patch.setattr(type(database.db.obj), "execute_sql", counting)

    def during(self, call: Callable[..., Any], *args: Any) -> int:
        """How many questions a call asks."""
        before = self.count
        call(*args)
        return self.count - before


def opened(window: Window, name: str) -> None:
    window.open_page(name)
    wait(window)


def scrolled(page: RecordsPage, row: int) -> None:
    page.table.scrollTo(page.model.index(row, 0), Table.ScrollHint.PositionAtTop)
    page.table.grab()


def opened_record(window: Window, page: RecordsPage, row: int) -> None:
    page.open_record(page.model.record(row)["uid"])
    wait(window)


def test_a_record_is_opened_by_as_few_questions_in_a_large_register_as_in_a_small_one(
    qtbot: QtBot, sample_register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch)
    counts = []
    for size in (PAGE_ROWS, PAGE_ROWS * 15):
        folder = tmp_path / str(size)
        folder.mkdir()
        with own_copy(sample_register, folder) as register:
            many(size)
            window = shown_window(register)
            opened(window, "workers")
            workers = window.pages["workers"]
            assert isinstance(workers, RecordsPage)
            opened_record(window, workers, 0)
            scrolled(workers, size - 1)
            counts.append(asked.during(opened_record, window, workers, size - 1))
            closed(window)
    assert counts[0] == counts[1]
    assert counts[0] <= OPENING


def test_opening_and_scrolling_ask_as_often_in_a_large_register_as_in_a_small_one(
    qtbot: QtBot, sample_register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch)
    opening: list[dict[str, int]] = []
    scrolling: list[list[int]] = []
    for size in (PAGE_ROWS * 4, PAGE_ROWS * 15):
        folder = tmp_path / str(size)
        folder.mkdir()
        with own_copy(sample_register, folder) as register:
            many(size)
            window = shown_window(register)
            opening.append({page.name: asked.during(opened, window, page.name) for page in pages()})
            workers = window.pages["workers"]
            assert isinstance(workers, RecordsPage)
            opened(window, "workers")
            scrolling.append([asked.during(scrolled, workers, row) for row in (PAGE_ROWS * 2, size - 1)])
            closed(window)
    assert opening[0] == opening[1]
    assert {name: count for name, count in opening[0].items() if count > MOST.get(name, USUAL)} == {}
    assert scrolling[0] == scrolling[1]
    assert max(scrolling[0]) <= 4
