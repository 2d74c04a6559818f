"""Closing while the search index follows a large import: it closes at once, and the index goes on at the next start."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.journal.writer import batch
from models.lists import search
from models.records.worker import Worker
from models.register import register as room
from models.register.register import Register
from models.uid import new_uid
from tests.aids import engines
from tests.aids.whole_window import closed, own_copy, shown_window, wait
from ui.shell.following import STEP
from ui.shell.window import Window

#: So many that the index takes several steps, of which the second and later are told in the status line.
ROWS = 3 * STEP
LAST = "王末一"


@pytest.fixture
def window(sample_register: Register, tmp_path: Path) -> Iterator[Window]:
    """The window over a register into which a large roster has just been written, its index begun."""
    with own_copy(sample_register, tmp_path) as register:
        shown = shown_window(register)
        names = [*(f"职工{place:06}" for place in range(ROWS - 1)), LAST]
        with batch("import", shown.context.author) as writer:
            for name in names:
                writer.create(Worker, {"uid": new_uid(), "name": name})
        shown.context.changes.changed.emit(frozenset({"worker"}))
        yield shown
        closed(shown)


def test_the_index_keeps_nobody_from_closing_and_goes_on_at_the_next_start(qtbot: QtBot, window: Window) -> None:
    jobs, register = window.context.jobs, window.context.register
    qtbot.waitUntil(lambda: "正在更新搜索用的索引" in jobs.titles, timeout=20_000)
    assert search.behind()
    began = time.monotonic()
    with qtbot.waitSignal(window.closed, timeout=20_000):
        window.close()
    took = time.monotonic() - began
    assert "索引" not in window.context.notices.text
    assert took < 10, "a backup is made and read back; on a machine that is not loaded the whole takes less than two seconds"
    room.close_register()
    engines.opened(register)
    assert search.behind()
    assert Worker.select().where(Worker.name == LAST).count() == 1
    again = shown_window(register)
    wait(again)
    assert not search.behind()
    assert len(search.found("worker", LAST)) == 1
    closed(again)
