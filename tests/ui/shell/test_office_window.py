"""Windows over an office's register: two that see each other's edits, a connection that is cut, what both of two people wrote."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.engine import database
from models.engine.addresses import Address
from models.journal.writer import Author
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.worker import Worker
from models.register import laptop, office
from models.register.register import Register, close_register
from tests.aids import record_pages
from tests.aids.engines import PostgresServer, programs
from tests.aids.record_pages import column, typed
from tests.aids.speaking import TODAY
from tests.aids.waiting import wait_for_jobs
from tests.aids.whole_window import closed, list_page, wait
from ui.record.pane import RecordPane
from ui.shell.application import application
from ui.shell.crash import Failures
from ui.shell.unlocked import open_window
from ui.shell.window import Window

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql")


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server of this file's own, with one register to copy."""
    running = PostgresServer()
    yield running
    running.remove()


@pytest.fixture(scope="module")
def basis(server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The database of a register with two unions, an employer and two members, which nobody has open."""
    folder = tmp_path_factory.mktemp("basis")
    server.say('CREATE DATABASE "basis"')
    office.note_address(folder, server.address("basis"))
    prepare(folder, "")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIANHUI_LAPTOP", str(folder / "laptop.json"))
        open_office(folder, "")
        record_pages.fill(Author("f" * 16, "登记员"), folder)
        close_register()
    return "basis"


@pytest.fixture
def place(server: PostgresServer, basis: str, request: pytest.FixtureRequest) -> Address:
    """An office's register of the test's own."""
    name = f"own_{abs(hash(request.node.name))}"
    server.say(f'CREATE DATABASE "{name}" TEMPLATE "{basis}"')
    return server.address(name)


@pytest.fixture
def sit(place: Address, tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[str], Window]]:
    """Somebody sits down at a computer of their own and opens the window over the office's register."""
    windows: list[Window] = []
    application()

    def down(person: str) -> Window:
        folder = tmp_path / person
        folder.mkdir()
        office.note_address(folder, place)
        # one process has one connection for each thread, whoever sits at the window
        opened = Register(folder, "") if windows else open_office(folder, "")
        laptop.write_laptop(laptop.read_laptop() | {"person": person})
        window = open_window(opened, Failures(), TODAY)
        window.resize(1366, 768)
        window.show()
        wait(window)
        windows.append(window)
        return window

    yield down
    for window in windows:
        closed(window)
    close_register()


def record(qtbot: QtBot, window: Window, name: str) -> RecordPane:
    """A person's record, open beside the list."""
    window.open_page("workers")
    wait(window)
    page = list_page(window, "workers")
    page.table.selectRow(column(page, "name").index(name))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.pane is not None
    wait(window)
    return page.pane


def test_two_windows_see_each_others_edits(qtbot: QtBot, sit: Callable[[str], Window]) -> None:
    li, wang = sit("李四"), sit("王五")
    pane, seen = record(qtbot, li, "王五"), record(qtbot, wang, "王五")
    typed(pane, "education", "大学本科")
    pane.save_button.click()
    wait(li)
    assert "已保存" in li.context.notices.text
    qtbot.waitUntil(lambda: seen.form.editors["education"].text() == "本科", timeout=5_000)
    qtbot.waitUntil(lambda: "本科" in column(list_page(wang, "workers"), "education"), timeout=5_000)
    assert wang.context.notices.text == "", "nobody there did it"
    assert wang.context.undoing.batches == []
    li.context.undoing.undo_last()
    wait(li)
    qtbot.waitUntil(lambda: seen.form.editors["education"].text() == "", timeout=5_000)
