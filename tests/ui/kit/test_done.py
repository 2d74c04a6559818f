"""An edit costs what it is: the window hears of what the log has, and only what shows it asks again."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from models.engine import database
from models.register.register import Register
from tests.aids.engines import ON_SERVER
from tests.aids.record_pages import typed
from tests.aids.whole_window import closed, own_copy, shown_window, wait
from ui.kit.catching_up import CatchingUp
from ui.kit.commands import pages
from ui.lists.page import RecordsPage
from ui.shell.window import Window

#: Questions that an edit of one field asks of the records. Before: who else has the numbers (2) and where (1), what is held
#: (1), whether two laptops differ about it (1). The record: itself (1), its unit and union (2), who may be the same (6). Its
#: list: how many, in which order, the rows (3). Whether a past day has to be counted anew (3).
EDIT = 22
#: A server is asked besides whether what is changed is still as it was: others may have written.
ASKED_OF_SERVER = 1
#: An undo needs not ask who else has the numbers; it asks what is held (1), is kept in the trail (4), and says of whom it took
#: a change back (1); the rest as above.
UNDO = 24

#: What an office is asked besides by a write: whether this laptop imports there, where the log ends, to tell the others; by an
#: undo where the trail ends. And by whoever writes, as by the index: to be held, and how far it is.
_OF_OFFICE = ("pg_try_advisory", "log_last_of", "pg_notify", "trail_last", "office_parted")
_OF_BOTH = ("pg_advisory", "search_done", "SELECT log_newest")
OFFICE_EDIT, OFFICE_UNDO = 3, 4


class Heard:
    """What a window hears, which of its pages fill themselves, and what is asked of the register meanwhile."""

    def __init__(self, window: Window, patch: pytest.MonkeyPatch) -> None:
        self.kinds: list[set[str]] = []
        self.filled: list[str] = []
        self.asked: list[str] = []
        window.context.changes.changed.connect(self._hear)
        for page in pages():
            for each in window.pages[page.name].findChildren(CatchingUp):
                if each.parent() is window.pages[page.name]:
                    each._due.connect(lambda name=page.name: self.filled.append(name))
        inner = type(database.db.obj).execute_sql

        def noting(held: Any, sql: str, *args: Any, **named: Any) -> Any:
            if not sql.startswith(("PRAGMA", "BEGIN", "COMMIT")):
                self.asked.append(sql)
            return inner(held, sql, *args, **named)

        patch.setattr(type(database.db.obj), "execute_sql", noting)

    @property
    def of_office(self) -> list[str]:
        """What was asked of an office besides: nothing over a file."""
        return [sql for sql in self.asked if any(each in sql for each in _OF_OFFICE)]

    def _hear(self, kinds: frozenset[str]) -> None:
        self.kinds.append(set(kinds))

    def during(self, window: Window, act: Callable[[], Any]) -> tuple[list[set[str]], list[str]]:
        """The kinds that were told while something was done, and the pages that filled themselves."""
        for told in (self.kinds, self.filled, self.asked):
            told.clear()
        act()
        wait(window)
        return self.kinds[:], self.filled[:]

    @property
    def of_records(self) -> list[str]:
        """What was asked of the records: the log and the index, which the job that nobody waits for looks at, left out.

        As is what an office has besides: its lock, the ends of the log as they are asked for there, what is told to the others.
        """
        besides = ('"change"', '"bundle"', '"batch"', "search_progress", *_OF_OFFICE, *_OF_BOTH)
        return [sql for sql in self.asked if not any(each in sql for each in besides)]


def test_an_edit_and_its_undo_touch_the_list_the_record_and_the_log(
    qtbot: QtBot, sample_register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with own_copy(sample_register, tmp_path) as register:
        window = shown_window(register)
        for page in pages():
            window.open_page(page.name)
            wait(window)
        window.open_page("workers")
        workers = window.pages["workers"]
        assert isinstance(workers, RecordsPage)
        workers.open_record(next(iter(workers.model.uids([0]))))
        wait(window)
        pane = workers.pane
        assert pane is not None
        heard = Heard(window, monkeypatch)
        typed(pane, "education", "大专" if pane.form.editors["education"].text() != "大专" else "高中")
        assert heard.during(window, pane.save) == ([{"worker"}], ["workers"])
        assert len(heard.of_records) == EDIT + ASKED_OF_SERVER * ON_SERVER
        assert len(heard.of_office) == OFFICE_EDIT * ON_SERVER
        assert heard.during(window, window.context.undoing.undo_last) == ([{"worker"}], ["workers"])
        assert len(heard.of_records) == UNDO + ASKED_OF_SERVER * ON_SERVER
        assert len(heard.of_office) == OFFICE_UNDO * ON_SERVER
        assert heard.during(window, partial(window.open_page, "drive")) == ([], [])
        assert heard.during(window, partial(window.open_page, "home")) == ([], ["home"])
        closed(window)
