"""Waiting: work on the one worker thread, its progress, its end, and the line that tells of it."""

import gc
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.engine import database
from models.errors import Stopped, UserError
from tests.aids.whole_window import look_for_garbage
from ui.kit.jobs import Job, Jobs, Turn
from ui.shell.status import StatusLine


@pytest.fixture
def jobs(qtbot: QtBot, register: object) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


class Told:
    """Remembers what it is called with, and in which thread."""

    def __init__(self) -> None:
        self.calls: list[Any] = []
        self.threads: set[threading.Thread] = set()

    def tell(self, *args: Any) -> None:
        self.calls.append(args[0] if len(args) == 1 else args)
        self.threads.add(threading.current_thread())


def double(number: int) -> int:
    return number * 2


def rest(seconds: float) -> None:
    time.sleep(seconds)


def count_to(total: int, progress: Callable[[int, int], None]) -> int:
    for done in range(total):
        progress(done, total)
        time.sleep(0.001)
    return total


def refuse() -> None:
    raise UserError("请先选择文件。")


def stumble() -> None:
    raise KeyError("bug")


#: Numbers that take long to find: every hundred-thousandth.
LONG = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?) SELECT x FROM n WHERE x % 100000 = 0"
)
ENDLESS, BRIEF, WHILE = 10**12, 200_000, 2_000_000


class Reading:
    """A job that reads long at its first time, and tells each time it begins.

    Between asking and reading it lets the window's thread look for garbage, which that may do at any moment.
    """

    def __init__(self) -> None:
        self.begun, self.asked, self.looked = (threading.Event() for _number in range(3))
        self.times = 0

    def read(self) -> list[int]:
        self.times += 1
        self.begun.set()
        asked = ENDLESS if self.times == 1 else BRIEF
        cursor = database.db.execute_sql(LONG, [asked])
        self.asked.set()
        assert self.looked.wait(5)
        return [int(found) for (found,) in cursor.fetchall()]

    def look(self) -> None:
        """The window's thread, now and then."""
        if self.asked.is_set() and not self.looked.is_set():
            gc.collect()
            self.looked.set()


def write_long(begun: threading.Event) -> int:
    with database.transaction():
        database.db.execute_sql("CREATE TABLE scratch (x INTEGER)")
        begun.set()
        *_earlier, (found,) = database.db.execute_sql(LONG, [WHILE]).fetchall()
        database.db.execute_sql("DROP TABLE scratch")
    return int(found)


def half_read() -> list[Any]:
    cursor = database.db.execute_sql("SELECT uid FROM region")
    return [cursor, cursor.fetchone()]


def settings_held() -> int:
    return int(database.db.execute_sql("SELECT COUNT(*) FROM setting").fetchone()[0])


class Page:
    """Something that a circle keeps alive, as a page's slots keep the page: tells in which thread it goes."""

    def __init__(self, told: "Told") -> None:
        self.itself = self
        self.told = told

    def __del__(self) -> None:
        self.told.tell("gone")


def make_much(pieces: int) -> list[list[int]]:
    return [[number] for number in range(pieces)]


def test_a_closed_page_is_never_freed_on_the_worker_thread(qtbot: QtBot, jobs: Jobs) -> None:
    told = Told()
    Page(told)
    kept: list[Any] = []  # what is let go again is not counted as made
    jobs.run(make_much, 300_000, done=kept.append)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert told.calls == []
    look_for_garbage()
    assert told.calls == ["gone"]


def test_results_come_back_in_order_and_in_the_windows_thread(qtbot: QtBot, jobs: Jobs) -> None:
    told = Told()
    with qtbot.waitSignal(jobs.idle):
        for number in range(5):
            jobs.run(double, number, done=told.tell)
    assert told.calls == [0, 2, 4, 6, 8]
    assert told.threads == {threading.main_thread()}
    assert not jobs.busy


def test_a_cancelled_job_stops_and_the_next_one_runs(qtbot: QtBot, jobs: Jobs) -> None:
    ended, done = Told(), Told()
    job = jobs.run(count_to, 1_000_000, failed=ended.tell)
    jobs.run(double, 4, done=done.tell)
    with qtbot.waitSignal(jobs.progressed):
        pass
    with qtbot.waitSignal(jobs.idle):
        job.cancel()
    assert [type(error) for error in ended.calls] == [Stopped]
    assert done.calls == [8]


def test_a_job_cancelled_before_it_began_never_runs(qtbot: QtBot, jobs: Jobs) -> None:
    ran, ended = Told(), Told()
    with qtbot.waitSignal(jobs.idle):
        jobs.run(rest, 0.05)
        jobs.run(ran.tell, 1, failed=ended.tell).cancel()
    assert ran.calls == []
    assert [type(error) for error in ended.calls] == [Stopped]


def test_a_sentence_nobody_takes_goes_to_the_window(qtbot: QtBot, jobs: Jobs) -> None:
    with qtbot.waitSignal(jobs.refused) as refused:
        jobs.run(refuse)
    assert str(refused.args[0]) == "请先选择文件。"


def test_a_sentence_that_a_page_takes_does_not_go_to_the_window(qtbot: QtBot, jobs: Jobs) -> None:
    told = Told()
    with qtbot.assertNotEmitted(jobs.refused), qtbot.waitSignal(jobs.idle):
        jobs.run(refuse, failed=told.tell)
    assert [str(error) for error in told.calls] == ["请先选择文件。"]


def test_a_bug_is_shown_and_the_page_may_tidy_up(qtbot: QtBot, jobs: Jobs) -> None:
    told = Told()
    with qtbot.waitSignal(jobs.crashed) as crashed, qtbot.waitSignal(jobs.idle):
        jobs.run(stumble, failed=told.tell)
    assert isinstance(crashed.args[0], KeyError)
    assert told.calls == [crashed.args[0]]


def test_the_work_goes_on_when_its_page_is_gone(qtbot: QtBot, jobs: Jobs) -> None:
    page, ran = QLabel(), Told()
    gate = threading.Event()

    def work() -> str:
        gate.wait()
        ran.tell("worked")
        return "done"

    with qtbot.waitSignal(jobs.idle):
        jobs.run(work, done=page.setText)
        page.deleteLater()
        qtbot.wait(20)
        gate.set()
    assert ran.calls == ["worked"]


def test_the_status_line_shows_long_work_with_its_progress_and_stops_it(qtbot: QtBot, jobs: Jobs) -> None:
    line, ended = StatusLine(jobs), Told()
    qtbot.addWidget(line)
    jobs.run(count_to, 1_000_000, failed=ended.tell, title="正在读取文件")
    qtbot.waitUntil(line.isVisible)
    qtbot.waitUntil(lambda: bool(line.share.text()))
    assert line.label.text() == "正在读取文件…"
    with qtbot.waitSignal(jobs.idle):
        line.cancel.click()
    assert [type(error) for error in ended.calls] == [Stopped]
    assert not line.isVisible()


def test_quick_work_shows_no_line_and_unnamed_work_only_when_it_makes_one_wait(qtbot: QtBot, jobs: Jobs) -> None:
    line = StatusLine(jobs)
    qtbot.addWidget(line)
    with qtbot.waitSignal(jobs.idle):
        jobs.run(double, 1, title="很快")
        jobs.run(rest, 0.1)
    assert not line.isVisible()
    with qtbot.waitSignal(jobs.idle):
        jobs.run(rest, 1.0)
        qtbot.waitUntil(line.isVisible, timeout=900)
        assert line.label.text() == "请稍候…"
    assert not line.isVisible()


def test_what_a_person_waits_for_goes_before_what_nobody_waits_for(qtbot: QtBot, jobs: Jobs) -> None:
    told = Told()
    with qtbot.waitSignal(jobs.idle):
        jobs.run(rest, 0.05)
        for number, turn in enumerate((Turn.LATER, Turn.SOON, Turn.LATER, Turn.NOW)):
            jobs.run(double, number, done=told.tell, turn=turn)
    assert told.calls == [6, 2, 0, 4]


@pytest.mark.parametrize(("reads", "comes"), [(Turn.LATER, Turn.SOON), (Turn.LATER, Turn.NOW), (Turn.SOON, Turn.NOW)])
def test_a_long_query_gives_way_and_is_asked_anew_afterwards(
    qtbot: QtBot, jobs: Jobs, reads: Turn, comes: Turn
) -> None:
    reading, told, ended = Reading(), Told(), Told()
    looks = QTimer(interval=2)
    looks.timeout.connect(reading.look)
    looks.start()
    with qtbot.waitSignal(jobs.idle):
        jobs.run(reading.read, done=told.tell, failed=ended.tell, turn=reads)
        assert reading.begun.wait(5)
        jobs.run(double, 4, done=told.tell, turn=comes)
    looks.stop()
    assert told.calls == [8, [100_000, BRIEF]]
    assert reading.times == 2
    assert ended.calls == []


def test_long_reckoning_gives_way_where_it_reports_progress(qtbot: QtBot, jobs: Jobs) -> None:
    told = Told()
    jobs.run(count_to, 1_000, done=told.tell, turn=Turn.LATER)
    with qtbot.waitSignal(jobs.progressed):
        pass
    with qtbot.waitSignal(jobs.idle):
        jobs.run(double, 4, done=told.tell)
    assert told.calls == [8, 1_000]


def test_what_is_being_written_is_not_broken_off(qtbot: QtBot, jobs: Jobs) -> None:
    told, begun = Told(), threading.Event()
    with qtbot.waitSignal(jobs.idle):
        jobs.run(write_long, begun, done=told.tell, turn=Turn.LATER)
        assert begun.wait(5)
        jobs.run(double, 4, done=told.tell)
    assert told.calls == [WHILE, 8]


@pytest.mark.parametrize("turn", Turn)
def test_a_cancelled_query_ends_at_once(qtbot: QtBot, jobs: Jobs, turn: Turn) -> None:
    reading, ended = Reading(), Told()
    with qtbot.waitSignal(jobs.idle):
        job = jobs.run(reading.read, failed=ended.tell, turn=turn)
        assert reading.begun.wait(5)
        job.cancel()
    assert [type(error) for error in ended.calls] == [Stopped]
    assert reading.times == 1


def test_a_job_sees_what_was_written_since_the_one_before_it(qtbot: QtBot, jobs: Jobs) -> None:
    told, kept = Told(), Told()
    with qtbot.waitSignal(jobs.idle):
        jobs.run(half_read, done=kept.tell)
    database.db.execute_sql("INSERT INTO setting (uid, key, value) VALUES ('1', 'x', '1')")
    with qtbot.waitSignal(jobs.idle):
        jobs.run(settings_held, done=told.tell)
    assert told.calls == [1]


def test_closing_stops_what_runs_and_calls_nobody(qtbot: QtBot, jobs: Jobs) -> None:
    told = Told()
    job: Job = jobs.run(count_to, 1_000_000, done=told.tell, failed=told.tell)
    with qtbot.waitSignal(jobs.progressed):
        pass
    jobs.close()
    qtbot.wait(20)
    assert job.cancelled
    assert told.calls == []
