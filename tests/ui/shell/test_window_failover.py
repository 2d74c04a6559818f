"""A window over servers that stand in for each other: the one that leads is killed, and the window goes on with another."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from models.journal.log import Batch
from models.journal.writer import Author
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.worker import Worker
from models.register import laptop, office
from models.register.register import close_register
from tests.aids import record_pages
from tests.aids.patroni import PASSWORD, Patroni, fails_over
from tests.aids.record_pages import typed
from tests.aids.speaking import TODAY
from tests.aids.whole_window import closed, wait
from tests.ui.shell.test_office_window import record
from ui.shell.application import application
from ui.shell.crash import Failures
from ui.shell.unlocked import open_window
from ui.shell.window import Window

pytestmark = fails_over


@pytest.fixture
def cluster() -> Iterator[Patroni]:
    """Three servers, one of which leads."""
    made = Patroni()
    yield made
    made.remove()


@pytest.fixture
def window(cluster: Patroni, tmp_path: Path, qtbot: QtBot) -> Iterator[Window]:
    """The window over an office's register with a few people, at the address that names all of the servers."""
    cluster.say("CREATE DATABASE office OWNER jianhui")
    folder = tmp_path / "office"
    folder.mkdir()
    office.note_address(folder, cluster.address("office"))
    prepare(folder, PASSWORD)
    application()
    failures = Failures()
    failures.install()
    opened = open_office(folder, PASSWORD)
    record_pages.fill(Author("f" * 16, "登记员"), folder)
    laptop.write_laptop(laptop.read_laptop() | {"person": "李四"})
    made = open_window(opened, failures, TODAY)
    made.resize(1366, 768)
    made.show()
    wait(made)
    yield made
    closed(made)
    close_register()
    failures.remove()
    assert failures.sheet is None, "nothing was a bug"


def test_the_window_goes_on_with_the_server_that_has_taken_over(qtbot: QtBot, cluster: Patroni, window: Window) -> None:
    pane = record(qtbot, window, "王五")
    typed(pane, "native_place", "重庆")
    leader, before = cluster.leader(), Batch.select().count()
    assert leader is not None
    cluster.kill(leader)
    qtbot.waitUntil(window.office.isVisible, timeout=20_000)
    pane.save()
    wait(window)
    assert "没有" in window.context.notices.text, "nothing is said to be stored"
    qtbot.waitUntil(window.office.isHidden, timeout=120_000)
    assert cluster.leader() not in (leader, None)
    assert pane.form.editors["native_place"].text() == "重庆", "what was typed is still there"
    wait(window)
    pane.save()
    wait(window)
    assert "已保存" in window.context.notices.text
    assert Worker.get(Worker.name == "王五").native_place == "重庆"
    assert Batch.select().count() == before + 1
