"""A server that another one takes the place of: Patroni and etcd on the loopback, the leader killed in the middle of writing.

What was said to be stored is there, an import is whole or absent, and whoever writes goes on within half a minute. How long it
takes, at more moments: ``benchmarks/failover.py``.
"""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from importers import session
from models.errors import Unanswered, Unwritable, UserError
from models.journal.log import Batch
from models.journal.writer import Author
from models.moving import office_check
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.union import Union
from models.records.worker import Worker
from models.register.register import close_register
from tests.aids import office_rosters
from tests.aids.engines import folder_of
from tests.aids.office_rosters import PEOPLE, UNION
from tests.aids.patroni import PASSWORD, Patroni, fails_over
from tests.aids.speaking import made
from tests.aids.steady_writers import SteadyWriters

pytestmark = fails_over

LI = Author("a" * 16, "李四")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Patroni]:
    """Three servers, one of which leads."""
    made = Patroni()
    yield made
    made.remove()


@pytest.fixture
def shared(cluster: Patroni, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The folder of an office's register of the test's own, open."""
    name = f"office{abs(hash(request.node.name))}"
    cluster.say(f"CREATE DATABASE {name} OWNER jianhui")
    folder = folder_of(cluster.address(name), tmp_path / "office")
    prepare(folder, PASSWORD)
    open_office(folder, PASSWORD)
    yield folder
    close_register()
    for each in cluster.nodes:
        if not cluster.runs(each):
            cluster.start(each)
    cluster.whole()


def kill(cluster: Patroni) -> None:
    """Kill whoever leads."""
    leader = cluster.leader()
    assert leader is not None
    cluster.kill(leader)


def test_edits_go_on_after_a_kill_and_a_planned_change_and_none_is_lost(cluster: Patroni, shared: Path) -> None:
    writers = SteadyWriters(3)
    writers.start()
    for change in (cluster.switch_over, lambda: kill(cluster)):
        before = len(writers.stored)
        while len(writers.stored) < before + 30:
            time.sleep(0.02)
        before = len(writers.stored)
        change()
        cluster.until(lambda enough=before + 30: len(writers.stored) > enough, "they go on")  # type: ignore[misc]
        for each in cluster.nodes:
            if not cluster.runs(each):
                cluster.start(each)
        cluster.whole()
    writers.end()
    assert writers.lost() == []
    assert writers.twice() == []
    assert office_check.check().sound


def test_an_import_in_whose_middle_the_leader_is_killed_is_absent_and_succeeds_afterwards(
    cluster: Patroni, shared: Path, tmp_path: Path
) -> None:
    made(LI, Union, name=UNION)
    plan, files = office_rosters.planned(tmp_path)

    killed = threading.Event()

    def at_half(done: int, _total: int) -> None:
        if done >= PEOPLE // 2 and not killed.is_set():
            killed.set()
            kill(cluster)

    with pytest.raises(UserError, match="连接断了"):
        session.apply(plan, files, LI, shared, at_half)
    cluster.led()
    close_register()
    open_office(shared, PASSWORD)
    assert Worker.select().count() == 0
    assert [batch.kind for batch in Batch.select()] == ["edit"]
    assert session.apply(plan, files, LI, shared).batch == 2
    assert Worker.select().count() == PEOPLE
    assert office_check.check().sound


def test_a_commit_that_waits_as_the_leader_is_killed_is_found_out_from_its_successor(cluster: Patroni, shared: Path) -> None:
    before = Union.select().count()
    failed, stored = list[Exception](), threading.Event()
    followers = [name for name in cluster.nodes if name != cluster.leader()]
    for name in followers:
        cluster.pause(name)  # nobody acknowledges what the leader has

    def write() -> None:
        try:
            made(LI, Union, name="甲工会")
            stored.set()
        except UserError as error:
            failed.append(error)

    writing = threading.Thread(target=write)
    writing.start()
    assert not stored.wait(1), "it is not said to be stored while one server alone has it"
    kill(cluster)
    for name in followers:
        cluster.resume(name)
    cluster.led()
    writing.join(120)
    there = Union.select().count() - before
    assert not any(isinstance(each, Unanswered) for each in failed), "it is known"
    assert there == int(stored.is_set()) == 1 - len(failed)
    assert all("没有写进去" in str(each) for each in failed)


def test_a_standby_by_itself_is_told_to_be_only_readable(cluster: Patroni, shared: Path, tmp_path: Path) -> None:
    standby = next(name for name in cluster.nodes if name != cluster.leader())
    folder = folder_of(cluster.alone("postgres", standby), tmp_path / "standby")
    close_register()
    with pytest.raises(Unwritable, match="现在只能读：它是备用的"):
        open_office(folder, PASSWORD)
