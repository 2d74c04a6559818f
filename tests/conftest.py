"""What every test has: Qt without a screen, a laptop and a day of its own, and a log that stays silent."""

import datetime as dt
import gc
import inspect
import itertools
import logging
import os
import re
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
import shiboken6
import time_machine
from hypothesis import settings
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from importers.reader import process as reader_process
from importers.reader.process import ChildProcess
from models import uid
from models.engine import database, single, ways
from models.engine.ways import OpeningWay
from models.journal import bundles
from models.journal.writer import Author
from models.register import keys, laptop
from models.register import register as register_room
from models.register.register import Register
from models.values import name_order
from tests.aids import engines, record_pages
from tests.aids.quick_reader import Copies, possible
from tests.aids.speaking import PASSPHRASE, TODAY
from tests.aids.terminal import Commands, commands
from tests.aids.whole_window import fill, look_for_garbage, made_once, put_into
from ui.kit import garbage
from ui.kit.context import Context
from ui.shell.application import application
from ui.shell.crash import Failures
from ui.shell.unlocked import make_context, open_window
from ui.shell.window import Window

os.environ["QT_QPA_PLATFORM"] = "offscreen"

_DAY_MS = 24 * 3600 * 1000

#: What takes time: a register in an encrypted file, a window, files of a test's own.
_SLOW = {"qtbot", "empty_register", "sample_register"}
_FILES = {"tmp_path", "capfd"}

#: That a test failed, among what pytest keeps of it.
_FAILED = pytest.StashKey[bool]()

#: Numbers for folders of tests.
_FOLDERS = itertools.count()

#: How the program starts what reads a workbook.
STARTED = reader_process._start

settings.register_profile("jianhui", deadline=None)  # a busy machine is no failure
settings.load_profile("jianhui")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: every eighth second is waited, for another program, a lock, a moment to pass."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish() -> None:
    """At its end pytest looks twice through all there is for what nobody holds, which takes seconds behind so many tests.

    What tests leave is looked for while they run.
    """
    gc.freeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark as ``quick`` what asks for no register, no window and no files: tests of plain functions, and of the house.

    ``scripts/test --quick`` runs these. Nobody keeps a list: what a test asks for says it. Those in a folder or a file that is
    marked ``slow`` are none.
    """
    engines.keep_of_registers(config, items)
    for item in items:
        engines.skip_of_files(item)
        if isinstance(item, pytest.Function) and item.get_closest_marker("slow") is None:
            asked = set(inspect.signature(item.function).parameters)
            if not (_SLOW & set(item.fixturenames) or _FILES & asked):
                item.add_marker(pytest.mark.quick)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Where registers are on a server: how many of the tests that have one ran there, and why others did not."""
    for line in engines.told_of_run(terminalreporter.stats):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session", autouse=True)
def same_day() -> Iterator[None]:
    """Let the clock run from the morning of ``speaking.TODAY``: facts without a date count from the day of their batch."""
    with time_machine.travel(dt.datetime.combine(TODAY, dt.time(1), tzinfo=dt.UTC)):
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_keys() -> Iterator[None]:
    """Wrap keys with little work: some hundred registers are made and opened. What it costs a thief is seen in test_keys."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "COST", keys.COST | {"n": 2**10})
        yield


@pytest.fixture
def small_bundles(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two records of a kind are a bundle already, and four are two."""
    monkeypatch.setattr(bundles, "FEWEST", 2)
    monkeypatch.setattr(bundles, "SIZE", 3)


@pytest.fixture(scope="session", autouse=True)
def quick_disk() -> Iterator[None]:
    """Let no test wait until the disk has what was written: only ``tests/faults``, in its children, cuts the power."""

    def pragmas(way: OpeningWay, path: Path) -> list[tuple[str, str | int]]:
        return [*ways.pragmas(way, path), ("synchronous", "off")]  # the engine waits by itself

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _file: None)
        patch.setattr(database, "pragmas", pragmas)
        patch.setattr(single, "pragmas", pragmas)
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_reader(pytestconfig: pytest.Config) -> Iterator[None]:
    """Let workbooks be read by copies of one process (``aids/quick_reader.py``), unless what ran is to be measured."""
    if not possible() or pytestconfig.getoption("cov_source", None):
        yield
        return
    made: list[Copies] = []

    def start() -> ChildProcess:
        if not made:
            made.append(Copies())
        return made[0].start()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader_process, "_start", start)
        yield
    for copies in made:
        copies.close()


@pytest.fixture
def true_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each workbook be read by the program itself, started anew."""
    monkeypatch.setattr(reader_process, "_start", STARTED)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember of a test that it failed."""
    report = yield
    item.stash[_FAILED] = item.stash.get(_FAILED, False) or report.failed
    return report


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty folder of the test's own, which goes with the test unless it failed: all of them together are seven gigabytes.

    pytest's own looks through the folders of all tests before it for the next number and links the newest: several
    milliseconds of each test, of thousands.
    """
    name = re.sub(r"\W", "_", request.node.name)[:30]
    folder = tmp_path_factory.mktemp(f"{name}-{next(_FOLDERS)}", numbered=False)
    yield folder
    if not request.node.stash.get(_FAILED, False):
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def own_laptop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the tests away from the register, the settings and the language of whoever runs them.

    A test that asks for no folder gets none: where it would look nothing is.
    """
    wanted = "tmp_path" in request.fixturenames
    folder = request.getfixturevalue("tmp_path") if wanted else tmp_path_factory.getbasetemp() / f"none-{next(_FOLDERS)}"
    name_order.use("")
    monkeypatch.setenv("JIANHUI_DATA", str(folder / "data"))
    monkeypatch.setenv("JIANHUI_LAPTOP", str(folder / "laptop.json"))
    monkeypatch.delenv("JIANHUI_PASSPHRASE", raising=False)
    monkeypatch.delenv("LANGUAGE", raising=False)


@pytest.fixture(scope="session", autouse=engines.ON_SERVER)
def office_server() -> Iterator[None]:
    """A server of the run's own, where registers are on one."""
    yield
    engines.stop()


@pytest.fixture(autouse=engines.ON_SERVER)
def own_databases(office_server: None) -> Iterator[None]:
    """What a test put on the server goes with it."""
    yield from engines.of_each_test()


@pytest.fixture(scope="module")
def server() -> Iterator[engines.PostgresServer]:
    """A server of the file's own, on a socket: what it does to its databases and users concerns nobody else."""
    made = engines.PostgresServer()
    yield made
    made.remove()


@pytest.fixture(autouse=True)
def own_clock() -> Iterator[None]:
    """Let uids follow the clock again after a test or a module's register that set it forward: they carry their day."""
    uid._last = 0
    yield
    uid._last = 0  # and not what it was: the next module's register is made before its first test


@pytest.fixture(autouse=True)
def no_widgets_left() -> Iterator[None]:
    """Let Qt delete at once what a test has closed or dropped, and only then look for garbage.

    Whatever still lives is dressed, and looked at, in the tests that follow. A page that nobody holds any more while it still
    hears signals must not be freed by Python, so the timer that looks for garbage never comes due in a test.
    """
    before = QApplication.topLevelWidgets()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(garbage, "EVERY_MS", _DAY_MS)
        yield
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    for left in QApplication.topLevelWidgets():
        if left not in before and shiboken6.ownedByPython(left):
            shiboken6.delete(left)
    look_for_garbage()


@pytest.fixture(autouse=True)
def silent_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test during which a warning or worse was logged, unless it is marked ``logs`` and looks at the log itself."""
    yield
    if request.node.get_closest_marker("logs") is None:
        records = [*caplog.get_records("setup"), *caplog.get_records("call")]
        stray = [f"{record.name}: {record.getMessage()}" for record in records if record.levelno >= logging.WARNING]
        assert stray == []


@pytest.fixture(scope="session")
def empty_register(tmp_path_factory: pytest.TempPathFactory) -> Register:
    """One new register, made once."""
    folder = tmp_path_factory.mktemp("empty")
    return engines.new_register(folder, PASSPHRASE)


@pytest.fixture(scope="session")
def sample_register(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """A register with all samples in it, made once and closed; see ``whole_window.own_copy``."""
    return fill(empty_register, tmp_path_factory.mktemp("samples"))


@pytest.fixture(scope="session")
def filled_register(tmp_path_factory: pytest.TempPathFactory, empty_register: Register) -> Register:
    """A register with two unions, the first of which covers an employer and has two members; made once and closed."""
    return made_once(empty_register, tmp_path_factory.mktemp("filled"), record_pages.fill)


@pytest.fixture(scope="module")
def basis(empty_register: Register) -> Register:
    """What each test's ``register``, or what it has commands for, is a copy of: a file with another one in mind makes it once."""
    return empty_register


@pytest.fixture
def register(tmp_path: Path, basis: Register) -> Iterator[Register]:
    """A register of the test's own, empty unless the file says otherwise, open; its passphrase is ``speaking.PASSPHRASE``."""
    yield engines.opened(engines.copied(basis, tmp_path / "data"))
    register_room.close_register()


@pytest.fixture
def run(
    tmp_path: Path, basis: Register, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Commands:
    """Commands over a register of the test's own, empty unless the file says otherwise."""
    return commands(tmp_path / "data", basis, monkeypatch, capfd)


@pytest.fixture
def author(register: Register) -> Author:
    """Who writes in the test."""
    return laptop.author(register.folder)


@pytest.fixture
def filled(register: Register, filled_register: Register) -> None:
    """Two unions, the first of which covers an employer and has two members."""
    put_into(register, filled_register)


@pytest.fixture
def context(qtbot: QtBot, register: Register) -> Iterator[Context]:
    """What a page is given, over the test's register; there is no window."""
    application()
    made = make_context(register, TODAY)
    qtbot.addWidget(made.notices)
    yield made
    made.jobs.close()


@pytest.fixture
def failures() -> Failures:
    """What a window tells of its failures."""
    return Failures()


@pytest.fixture
def opened(qtbot: QtBot, register: Register, failures: Failures) -> Iterator[Callable[[], Window]]:
    """Opens the window over the test's register, once what it needs is in it."""
    made: list[Window] = []

    def open_it() -> Window:
        application()
        window = open_window(register, failures, TODAY)
        qtbot.addWidget(window)
        window.resize(1366, 768)
        with qtbot.waitSignal(window.context.jobs.idle, timeout=20_000):
            window.show()
        made.append(window)
        return window

    yield open_it
    for window in made:
        window.context.jobs.close()
