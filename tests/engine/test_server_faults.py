"""A server that is killed, full, or brought up to date by two at once: nothing that was stored is lost, nothing is half."""

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from importers import session
from models.engine import database
from models.engine.addresses import Address, Host
from models.engine.postgres import PostgresEngine
from models.errors import Unwritable, UserError
from models.journal import entries
from models.journal.log import Batch
from models.journal.writer import Author
from models.opening.check_up import count_faults, log_faults
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.region import Region
from models.records.union import Union
from models.records.worker import Worker
from models.register.register import close_register, make_tables, schema_number
from tests.aids import office_rosters
from tests.aids.engines import PostgresServer, folder_of, free_port, programs
from tests.aids.office_rosters import PEOPLE, UNION
from tests.aids.small_disk import fill_up, small_disk
from tests.aids.speaking import made
from tests.aids.terminal import program

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql")

LI = Author("a" * 16, "李四")


@pytest.fixture
def server() -> Iterator[PostgresServer]:
    """A server of the test's own, which may be killed; unlike others it waits for its log."""
    running = PostgresServer("fsync=on", "synchronous_commit=on", "full_page_writes=on")
    yield running
    running.remove()


@pytest.fixture
def shared(server: PostgresServer, tmp_path: Path) -> Iterator[Path]:
    """The folder of an office's register, open."""
    server.say("CREATE DATABASE office")
    folder = folder_of(server.address("office"), tmp_path / "office")
    prepare(folder, "")
    open_office(folder, "")
    yield folder
    close_register()


def sound() -> bool:
    """True when the log has no gap, and counts are what the records say."""
    return log_faults() == [] and count_faults() == []


def test_a_server_that_is_killed_in_mid_import_holds_nothing_of_it(
    server: PostgresServer, shared: Path, tmp_path: Path
) -> None:
    made(LI, Union, name=UNION)
    plan, files = office_rosters.planned(tmp_path)

    def kill(done: int, _total: int) -> None:
        if done:
            server.kill()

    with pytest.raises(UserError, match="连接断了"):
        session.apply(plan, files, LI, shared, kill)
    close_register()
    with pytest.raises(Unwritable, match="连不上服务器"):
        open_office(shared, "")
    server.start()
    open_office(shared, "")
    assert Worker.select().count() == 0
    assert Union.select().count() == 1
    assert sound()
    assert session.apply(plan, files, LI, shared).batch == 2
    assert Worker.select().count() == PEOPLE


def test_what_was_said_to_be_stored_is_there_after_the_server_was_killed(server: PostgresServer, shared: Path) -> None:
    stored, failed, enough = list[str](), list[BaseException](), threading.Event()

    def write(number: int) -> Callable[[], None]:
        author = Author(f"{number:016x}", "王五")

        def work() -> None:
            with database.connection():
                for turn in range(10_000):
                    try:
                        stored.append(made(author, Worker, name=f"赵示例{turn}"))
                    except UserError as error:
                        failed.append(error)
                        return
                    if len(stored) > 40:
                        enough.set()

        return work

    threads = [threading.Thread(target=write(number)) for number in range(3)]
    for each in threads:
        each.start()
    assert enough.wait(120)
    server.kill()
    for each in threads:
        each.join()
    assert len(failed) == 3
    assert all("连接断了" in str(each) or "连不上" in str(each) for each in failed)
    close_register()
    server.start()
    open_office(shared, "")
    held = {row.uid for row in Worker.select(Worker.uid)}
    assert set(stored) <= held
    assert len(held) == Batch.select().count() == sum(count for _device, count, _last in entries.numbered())
    assert sound()


def test_a_full_disk_on_the_server_is_told_and_nothing_is_half_written(server: PostgresServer, tmp_path: Path) -> None:
    with small_disk(server.folder / "small", 64) as disk:
        inside = disk / "space"
        inside.mkdir()
        shutil.chown(inside, "postgres")
        server.say(f"CREATE TABLESPACE small LOCATION '{inside}'")
        server.say("CREATE DATABASE office TABLESPACE small")
        folder = folder_of(server.address("office"), tmp_path / "office")
        prepare(folder, "")
        open_office(folder, "")
        made(LI, Union, name=UNION)
        plan, files = office_rosters.planned(tmp_path)
        ballast = fill_up(disk)
        with pytest.raises(Unwritable, match="服务器的磁盘满了"):
            session.apply(plan, files, LI, folder)
        assert Worker.select().count() == 0
        assert sound()
        ballast.unlink()
        assert session.apply(plan, files, LI, folder).batch == 2
        assert Worker.select().count() == PEOPLE
        assert sound()
        close_register()
        server.say("DROP DATABASE office WITH (FORCE)")
        server.say("DROP TABLESPACE small")


@pytest.mark.parametrize("before", [0, 19])
def test_of_two_who_bring_it_up_to_date_at_once_one_does_and_both_are_told(
    server: PostgresServer, tmp_path: Path, before: int
) -> None:
    server.say("CREATE DATABASE office")
    folder = folder_of(server.address("office"), tmp_path / "office")
    if before:
        database.connect_server(server.address("office"), folder, None)
        with database.transaction():
            make_tables(before)
        close_register()
    asked = ("office", "init", "--json", "--data", str(server.address("office")))
    running = [program(*asked) for _each in range(2)]
    answers = [each.communicate(timeout=240) for each in running]
    assert [each.returncode for each in running] == [0, 0], answers
    told = sorted((json.loads(out)["before"], json.loads(out)["schema"]) for out, _err in answers)
    assert told == [(before, schema_number()), (schema_number(), schema_number())]
    open_office(folder, "")
    assert (Region.select().count() > 0) is not bool(before)  # what a register begins with is put into a new one, once
    close_register()


def test_servers_that_change_places_are_not_told_as_a_wrong_password(tmp_path: Path) -> None:
    leaving, standing = (PostgresServer("listen_addresses=127.0.0.1", port=free_port()) for _each in range(2))
    try:
        for each in (leaving, standing):
            each.say("CREATE ROLE li LOGIN PASSWORD 'lamp-kitchen-7'")
            each.say("CREATE DATABASE office OWNER li")
            rules = "local all all trust\nhost all li 127.0.0.1/32 scram-sha-256\n"
            (each.folder / "data" / "pg_hba.conf").write_text(rules)
            each.say("SELECT pg_reload_conf()")
        standing.say("ALTER DATABASE office SET default_transaction_read_only = on")
        other = Host("127.0.0.1", standing.port)
        both = Address("li", "127.0.0.1", leaving.port, "office", {"sslmode": "disable"}, others=(other,))
        folder = folder_of(both, tmp_path / "both")
        with closing(PostgresEngine(leaving.address("postgres"), None).handle) as keeps_it_up:
            keeps_it_up.connect()
            leaving.begin_to_stop()
            with pytest.raises(Unwritable, match="现在只能读：它是备用的"):
                open_office(folder, "lamp-kitchen-7")
            folder = folder_of(replace(both, others=()), tmp_path / "one")
            with pytest.raises(Unwritable, match="正在启动，或者正在换到另一台"):
                open_office(folder, "lamp-kitchen-7")
    finally:
        for each in (leaving, standing):
            each.remove()
