"""A transaction whose end was not answered: it is found out whether it was stored, and neither is said without knowing."""

import threading
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from models.engine import database, reaching
from models.engine.breaking_off import breaking_off
from models.errors import Unanswered, Unwritable
from models.journal.done import did
from models.journal.log import Batch
from models.journal.writer import Author
from models.lists import search
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.union import Union
from models.register.register import close_register
from models.trail import entry as trail
from models.trail.entry import Act, TrailEntry
from tests.aids.between import Between
from tests.aids.engines import PostgresServer, folder_of, programs
from tests.aids.office_world import HERE, make_office, region
from tests.aids.speaking import made

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql")

LI = Author("a" * 16, "李四")
COMMIT = b"COMMIT"


@pytest.fixture
def between(server: PostgresServer, tmp_path: Path) -> Iterator[Between]:
    """Whoever passes on what an open office's register says to its server."""
    server.say('CREATE DATABASE "unanswered"')
    there = server.address("unanswered")
    line = Between(there.host, there.port)
    folder = folder_of(replace(there, host="127.0.0.1", port=line.port), tmp_path / "office")
    prepare(folder, "")
    open_office(folder, "")
    yield line
    close_register()
    line.close()
    server.say('DROP DATABASE "unanswered" WITH (FORCE)')


def test_what_was_stored_without_an_answer_is_stored_and_nothing_is_done_twice(between: Between) -> None:
    between.cut_at(COMMIT, passed_on=True)
    told = did(made, LI, Union, name="甲工会")
    assert told.batch == 1, "it is told as any other"
    assert [union.name for union in Union.select()] == ["甲工会"]
    made(LI, Union, name="乙工会")
    assert [batch.id for batch in Batch.select()] == [1, 2]


def test_what_did_not_reach_the_server_is_said_not_to_be_stored(between: Between) -> None:
    between.cut_at(COMMIT, passed_on=False)
    with pytest.raises(Unwritable, match="查过，这一次没有写进去") as refused:
        made(LI, Union, name="甲工会")
    assert not isinstance(refused.value, Unanswered)
    assert Union.select().count() == Batch.select().count() == 0
    made(LI, Union, name="甲工会")
    assert Union.select().count() == 1


def test_what_cannot_be_found_out_is_said_to_be_unknown(between: Between) -> None:
    between.cut_at(COMMIT, passed_on=True, closed=True)
    failed = list[Exception]()

    def write() -> None:
        try:
            with database.connection():
                made(LI, Union, name="甲工会")
        except Unanswered as error:
            failed.append(error)

    writing = threading.Thread(target=write)
    writing.start()
    writing.join(2)
    assert writing.is_alive(), "it is tried for a while"
    reaching.cut_off()  # the window is closed
    writing.join(20)
    assert [str(each) for each in failed if "不知道写进去没有" in str(each)], failed


def test_an_outer_transaction_is_known_by_what_was_written_within_it(between: Between) -> None:
    between.cut_at(COMMIT, passed_on=True)
    with database.transaction():
        made(LI, Union, name="甲工会")
        made(LI, Union, name="乙工会")
    assert Union.select().count() == Batch.select().count() == 2


def test_a_line_that_is_cut_within_an_inner_transaction_is_told_as_any_other(between: Between) -> None:
    def write() -> None:
        with database.transaction():
            made(LI, Union, name="甲工会")
            between.cut()
            trail.write(Act("export", rows=1, file="a.xlsx"), LI)

    with pytest.raises(Unwritable, match="连接断了"):
        write()
    assert Union.select().count() == TrailEntry.select().count() == 0
    made(LI, Union, name="乙工会")


def test_an_entry_of_the_trail_by_itself_is_known_too(between: Between) -> None:
    between.cut_at(COMMIT, passed_on=True)
    trail.write(Act("export", rows=1, file="a.xlsx"), LI)
    assert TrailEntry.select().count() == 1
    between.cut_at(COMMIT, passed_on=False)
    with pytest.raises(Unwritable, match="没有写进去"):
        trail.write(Act("export", rows=1, file="b.xlsx"), LI)
    assert TrailEntry.select().count() == 1


def test_of_what_is_done_again_by_itself_nobody_is_asked_whether_it_was_stored(between: Between) -> None:
    made(LI, Union, name="甲工会")
    between.cut_at(COMMIT, passed_on=True)
    with pytest.raises(Unwritable, match="连接断了") as told:
        search.catch_up()
    assert not isinstance(told.value, Unanswered)
    assert search.catch_up() == 0, "it was stored"


def test_whoever_writes_for_one_town_finds_it_out_too(server: PostgresServer, tmp_path: Path) -> None:
    office = make_office(server, "towns", tmp_path / "towns")
    there = office.address("li")
    line = Between(there.host, there.port)
    open_office(folder_of(replace(there, host="127.0.0.1", port=line.port), tmp_path / "li"), "")
    try:
        for passed_on in (True, False):
            line.cut_at(COMMIT, passed_on=passed_on)
            before = Batch.select().count()
            with nullcontext() if passed_on else pytest.raises(Unwritable, match="没有写进去"):
                made(LI, Union, name="甲工会", region=region(HERE))
            assert Batch.select().count() == before + passed_on
    finally:
        close_register()
        line.close()


def test_a_line_that_was_cut_between_two_writings_is_made_anew(between: Between) -> None:
    made(LI, Union, name="甲工会")
    between.cut()
    made(LI, Union, name="乙工会")
    assert Union.select().count() == 2


def test_a_commit_that_waits_for_its_standby_is_not_cut_short_by_whoever_stops_the_job(tmp_path: Path) -> None:
    strict = PostgresServer("synchronous_commit=on")
    try:
        strict.say("CREATE DATABASE office")
        folder = folder_of(strict.address("office"), tmp_path / "office")
        prepare(folder, "")
        open_office(folder, "")
        strict.say("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        strict.say("SELECT pg_reload_conf()")
        done = threading.Event()

        def write() -> None:
            with database.connection(), breaking_off(lambda: True):
                made(LI, Union, name="甲工会")
                done.set()

        writing = threading.Thread(target=write)
        writing.start()
        assert not done.wait(2), "no standby has it, so it is not said to be stored"
        strict.say("ALTER SYSTEM RESET synchronous_standby_names")
        strict.say("SELECT pg_reload_conf()")
        assert done.wait(20)
        writing.join()
        assert Union.select().count() == 1
        close_register()
    finally:
        strict.remove()
