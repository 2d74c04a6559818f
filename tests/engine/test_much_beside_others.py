"""An import into an office's register keeps nobody else waiting, and is whole or absent whatever others do meanwhile."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from peewee import Model, fn

from importers import session
from importers.plan.steps import Plan
from importers.session import SourceFile
from models.engine import aside, database
from models.errors import RegisterBusy, StalePlan, UserError
from models.journal import bundles, entries
from models.journal.log import Batch, Bundle
from models.journal.writer import Author, batch
from models.lists import search
from models.opening.check_up import count_faults, log_faults
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.membership import MembershipEvent
from models.records.region import Region
from models.records.union import Union
from models.records.worker import Worker
from models.register.register import close_register
from models.standing.held_counts import HeldCount
from models.uid import new_uid
from tests.aids import office_rosters
from tests.aids.engines import PostgresServer, folder_of, programs
from tests.aids.office_rosters import UNION
from tests.aids.speaking import WANG, made

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql")

LI, WANG_WU = Author("a" * 16, "李四"), Author("b" * 16, "王五")


@pytest.fixture
def shared(server: PostgresServer, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The folder of an office's register of the test's own, open; who waits for another one is told soon."""
    name = f"much_{abs(hash(request.node.name))}"
    server.say(f'CREATE DATABASE "{name}"')
    folder = folder_of(server.address(name), tmp_path / "office")
    prepare(folder, "")
    open_office(folder, "")
    yield folder
    close_register()


@pytest.fixture
def planned(shared: Path, tmp_path: Path) -> tuple[Plan, list[SourceFile]]:
    """A roster of 602 people, read and planned."""
    made(LI, Union, name=UNION)
    return office_rosters.planned(tmp_path)


def elsewhere(deed: Callable[[], object]) -> None:
    """Do something over another connection, which waits for half a second and no longer; what it raises is raised here."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            with database.connection():
                database.db.execute_sql("SET lock_timeout = 500")
                deed()
        except BaseException as error:  # noqa: BLE001  # it is raised where it is waited for
            raised.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


def carried_out(planned: tuple[Plan, list[SourceFile]], folder: Path, meanwhile: Callable[[], object]) -> int | None:
    """Write the plan while ``meanwhile`` is done over another connection, once, after the first rows."""
    waiting = [meanwhile]

    def tell(_done: int, _total: int) -> None:
        if waiting:
            elsewhere(waiting.pop())

    plan, files = planned
    return session.apply(plan, files, LI, folder, tell).batch


def test_others_write_and_read_while_an_import_is_under_way(
    shared: Path, planned: tuple[Plan, list[SourceFile]]
) -> None:
    def meanwhile() -> None:
        union = Union.get(Union.name == UNION).uid
        assert Worker.select().count() == 0  # nothing of the import is there
        with batch("edit", WANG_WU) as writer:
            writer.update(Union, union, {"note": (None, "改过")})
        made(WANG_WU, Worker, name="赵示例")
        search.catch_up()

    assert carried_out(planned, shared, meanwhile) == 4
    assert Worker.select().count() == 603
    assert [row.device for row in Batch.select().order_by(Batch.id)] == [LI.device, WANG_WU.device, WANG_WU.device, LI.device]
    assert {device: last for device, _count, last in entries.numbered()}[WANG_WU.device] == 2
    assert log_faults() == []
    assert count_faults() == []
    assert list(bundles.faults()) == []
    assert Bundle.select().count() > 1
    search.catch_up()
    assert len(search.found("worker", office_rosters.name_of(599))) == 1
    assert Union.get(Union.name == UNION).note == "改过"


@pytest.mark.parametrize(
    "values", [{"name": "别人", "id_number": WANG}, {"name": office_rosters.name_of(1)}, {"name": "别人", "phone": "19900000002"}]
)
def test_a_plan_that_others_have_overtaken_is_made_again(
    shared: Path, planned: tuple[Plan, list[SourceFile]], values: dict[str, str]
) -> None:
    with pytest.raises(StalePlan, match="别人刚刚改了与这次导入有关的内容"):
        carried_out(planned, shared, lambda: made(WANG_WU, Worker, [], **values))
    assert Worker.select().count() == 1
    assert Batch.select().count() == 2
    assert log_faults() == []


def test_one_of_a_device_imports_at_a_time(shared: Path, planned: tuple[Plan, list[SourceFile]]) -> None:
    def meanwhile() -> None:
        with pytest.raises(RegisterBusy, match="正在往办公室里导入"):
            made(LI, Worker, name="赵示例")

    assert carried_out(planned, shared, meanwhile) == 2
    assert Worker.select().count() == 602
    made(LI, Worker, name="赵示例")
    assert log_faults() == []


def test_an_import_whose_connection_is_cut_is_absent(
    server: PostgresServer, shared: Path, planned: tuple[Plan, list[SourceFile]]
) -> None:
    others = "pid <> pg_backend_pid() AND datname IS NOT NULL AND state <> 'idle'"
    plan, files = planned

    def cut(_done: int, _total: int) -> None:
        server.say(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")

    with pytest.raises(UserError, match="连接断了"):
        session.apply(plan, files, LI, shared, cut)
    assert Worker.select().count() == 0
    assert session.apply(plan, files, LI, shared).batch == 2
    assert Worker.select().count() == 602


def while_it_is_held_up(
    monkeypatch: pytest.MonkeyPatch, shared: Path, planned: tuple[Plan, list[SourceFile]], meanwhile: Callable[[], object]
) -> int | None:
    """Write the plan; ``meanwhile`` is done by somebody else when all rows are in their tables, before the office is held."""
    holds, waiting = aside.hold, [meanwhile]

    def hold() -> None:
        if waiting:
            elsewhere(waiting.pop())
        holds()

    monkeypatch.setattr(aside, "hold", hold)
    plan, files = planned
    return session.apply(plan, files, LI, shared).batch


def test_nobody_waits_for_rows_that_are_in_and_not_yet_said(
    monkeypatch: pytest.MonkeyPatch, shared: Path, planned: tuple[Plan, list[SourceFile]]
) -> None:
    def meanwhile() -> None:
        assert Worker.select().count() == 0
        union = Union.get(Union.name == UNION).uid
        with batch("edit", WANG_WU) as writer:  # the same rows of counts are written
            person, event = new_uid(), new_uid()
            writer.create(
                Worker, {"uid": person, "name": "赵示例", "union": union, "sex": "女"},
                [(MembershipEvent, {"uid": event, "worker": person, "union": union, "type": "入会", "date": "2024-05-06"})],
            )  # fmt: skip
            writer.update(Union, union, {"note": (None, "改过")})

    assert while_it_is_held_up(monkeypatch, shared, planned, meanwhile) == 3
    assert Worker.select().count() == 603
    assert count_faults() == []
    assert log_faults() == []
    held: Any = HeldCount.select(fn.SUM(HeldCount.people))
    members: Any = Worker.select().where(Worker.union.is_null(False), Worker.membership_state.is_null(False))
    assert held.scalar() == members.count()
    assert database.db.execute_sql("SELECT count(*) FROM office_uncounted").fetchone()[0] == 0


def test_where_rows_belong_is_asked_again_when_their_union_has_moved(
    monkeypatch: pytest.MonkeyPatch, shared: Path, planned: tuple[Plan, list[SourceFile]]
) -> None:
    first, second = (str(each.uid) for each in Region.select().where(Region.level == "town").limit(2))
    union = Union.get(Union.name == UNION).uid
    with batch("edit", LI) as writer:
        writer.update(Union, union, {"region": (None, first)})
    plan, files = office_rosters.planned(shared.parent)

    def meanwhile() -> None:
        with batch("edit", WANG_WU) as writer:
            writer.update(Union, union, {"region": (first, second)})

    with pytest.raises(StalePlan, match="别人刚刚改了与这次导入有关的内容"):
        while_it_is_held_up(monkeypatch, shared, (plan, files), meanwhile)
    assert Worker.select().count() == 0
    assert session.apply(office_rosters.planned(shared.parent)[0], files, LI, shared).batch == 4
    towns = database.db.execute_sql("SELECT DISTINCT town FROM worker UNION SELECT DISTINCT town FROM membership_event")
    assert towns.fetchall() == [(second,)]
    assert count_faults() == []


def test_what_rows_refer_to_and_others_have_removed_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, shared: Path, planned: tuple[Plan, list[SourceFile]]
) -> None:
    ahead = aside.move_ahead

    def removed() -> None:
        union = Union.get(Union.name == UNION)
        with batch("edit", WANG_WU) as writer:
            writer.remove([(Union, {"uid": union.uid, "name": UNION})])

    def move_ahead(besides: Iterable[type[Model]]) -> None:
        elsewhere(removed)
        ahead(besides)

    monkeypatch.setattr(aside, "move_ahead", move_ahead)
    plan, files = planned
    with pytest.raises(StalePlan, match="别人刚刚改了与这次导入有关的内容"):
        session.apply(plan, files, LI, shared)
    assert Worker.select().count() == 0
    assert count_faults() == []


def test_who_removes_what_rows_refer_to_does_not_wait_for_ever(
    monkeypatch: pytest.MonkeyPatch, server: PostgresServer, shared: Path, planned: tuple[Plan, list[SourceFile]]
) -> None:
    union, told, holds = Union.get(Union.name == UNION).uid, list[BaseException](), aside.hold
    waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"

    def remove() -> None:
        try:
            with database.connection(), batch("edit", WANG_WU) as writer:
                writer.remove([(Union, {"uid": union, "name": UNION})])
        except RegisterBusy as busy:
            told.append(busy)

    other = threading.Thread(target=remove)

    def hold() -> None:
        other.start()
        for _try in range(400):  # until it holds the office, and waits for the union
            if server.say(waits) != [(0,)]:
                break
            time.sleep(0.05)
        holds()

    monkeypatch.setattr(aside, "hold", hold)
    plan, files = planned
    try:
        session.apply(plan, files, LI, shared)
    except RegisterBusy as busy:
        told.append(busy)
    other.join()
    assert len(told) == 1  # the server lets one of them go on, and says so to the other
    assert (Worker.select().count(), Union.select().count()) in ((602, 1), (0, 0))
    assert count_faults() == []
    assert log_faults() == []
