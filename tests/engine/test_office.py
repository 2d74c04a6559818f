"""An office's register on a server of the tests' own: made, opened, written to; what keeps a program out is a sentence each."""

import threading
from pathlib import Path
from typing import Any

import pytest

from models.engine import database, marking
from models.engine.addresses import Address
from models.errors import UserError
from models.journal.writer import Author, batch
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.union import Union
from models.records.worker import Worker
from models.register import laptop, office, register
from models.register.register import Register, close_register, schema_number
from models.uid import new_uid
from tests.aids.engines import PostgresServer, programs
from tests.aids.speaking import made
from tests.aids.terminal import Commands

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql")


@pytest.fixture
def place(server: PostgresServer, request: pytest.FixtureRequest) -> Address:
    """An empty database."""
    name = f"own_{abs(hash(request.node.name))}"
    server.say(f'CREATE DATABASE "{name}"')
    return server.address(name)


@pytest.fixture
def terminal(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Commands:
    """Commands over whatever --data names."""
    return Commands(tmp_path, capfd)


def opened(folder: Path, place: Address) -> Register:
    """The office's register at an address, made and open."""
    folder.mkdir()
    office.note_address(folder, place)
    prepare(folder, "")
    return open_office(folder, "")


def test_commands_answer_over_a_server_as_over_a_file(terminal: Commands, place: Address) -> None:
    assert "还没有登记册" in terminal.refused("list", "workers", "--data", str(place))
    made = terminal.told("office", "init", "--data", str(place))
    assert made == {"address": str(place), "schema": schema_number(), "before": 0}
    assert terminal.told("office", "init", "--data", str(place))["before"] == schema_number()
    terminal.told("ledger", "add", "--kind", "劳动争议调解", "--date", "2026-05-06", "--data", str(place))
    assert [row["date"] for row in terminal.told("ledger", "--data", str(place))["ledger"]] == ["2026-05-06"]
    assert terminal.told("check", "--data", str(place))["sound"]
    assert terminal.told("batches", "--data", str(place))["batches"][0]["batch"] == 1
    for verb in (("backup",), ("restore", "x"), ("passphrase",), ("init",), ("rescue", "x")):
        assert "在服务器上" in terminal.refused(*verb, "--data", str(place))


def test_what_keeps_a_program_out_is_told(terminal: Commands, server: PostgresServer, place: Address, tmp_path: Path) -> None:
    said = terminal.refused("list", "workers", "--data", "postgresql://li@127.0.0.1:1/a")
    assert "连不上服务器" in said
    assert "没有这个数据库" in terminal.refused("list", "workers", "--data", str(server.address("none")))
    assert "用户名或口令不对" in terminal.refused("list", "workers", "--data", str(server.address("postgres", "stranger")))
    assert "不能写口令" in terminal.refused("list", "workers", "--data", "postgresql://li:secret@h/a")
    opened(tmp_path / "a", place)
    database.db.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('9999_later', now())")
    close_register()
    assert "更新版本" in terminal.refused("list", "workers", "--data", str(place))
    assert "更新版本" in terminal.refused("office", "init", "--data", str(place))
    server.say("DELETE FROM schema_migration WHERE name >= '0019'", place.database)
    assert "请管理员用这个版本的程序运行 office init" in terminal.refused("list", "workers", "--data", str(place))


def test_a_database_with_tables_of_others_is_left_alone(terminal: Commands, server: PostgresServer, place: Address) -> None:
    server.say("CREATE TABLE theirs (a INTEGER)", place.database)
    assert "别的表" in terminal.refused("office", "init", "--data", str(place))
    assert server.say("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", place.database) == [("theirs",)]


def test_office_asks_for_an_address(terminal: Commands, tmp_path: Path) -> None:
    assert "要写办公室登记册的地址" in terminal.refused("office", "init", "--data", tmp_path)


def test_the_schema_has_the_tables_and_columns_of_a_file(place: Address, empty_register: Register, tmp_path: Path) -> None:
    opened(tmp_path / "a", place)
    held = {(table, each.name) for table in marking.tables() for each in database.db.get_columns(table)}
    close_register()
    database.connect(empty_register.file, empty_register.key_hex)
    try:
        names = [name for name in marking.tables() if "_search" not in name and not name.startswith("sqlite_")]
        wanted = {(table, each.name) for table in names for each in database.db.get_columns(table)}
    finally:
        close_register()
    besides = {name for name, _column in held} - set(names)
    assert wanted - held == {("same_number", "worker")}, "a server is asked for all numbers"
    own = {"given_number", "office_user", "office_town", "office_place", "office_device", "office_batch", "office_uncounted"}
    assert {name for name in besides if not name.endswith("_search")} == own
    assert {column for name, column in held - wanted if name in names} == {"town", "login", "whole"}


def test_a_text_that_no_server_holds_is_refused_in_a_sentence(place: Address, tmp_path: Path) -> None:
    opened(tmp_path / "office", place)
    author = Author("a" * 16, "李四")
    union = made(author, Union, name="甲工会")
    with pytest.raises(UserError, match="服务器存不下"):
        made(author, Union, name="乙\0工会")
    with pytest.raises(UserError, match="服务器存不下"), batch("edit", author) as writer:
        writer.update(Union, union, {"name": ("甲工会", "甲\0工会")})
    assert [each.name for each in Union.select()] == ["甲工会"]
    close_register()


def test_a_cut_connection_is_told_and_the_next_one_works(server: PostgresServer, place: Address, tmp_path: Path) -> None:
    made = opened(tmp_path / "a", place)
    author = laptop.author(made.folder)
    others = "pid <> pg_backend_pid() AND datname IS NOT NULL"

    def cut_off() -> None:
        with batch("edit", author) as writer:
            writer.create(Worker, {"uid": new_uid(), "name": "王示例"})
            server.say(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")

    with pytest.raises(UserError, match="连接断了"):
        cut_off()
    assert Worker.select().count() == 0
    with batch("edit", author) as writer:
        writer.create(Worker, {"uid": new_uid(), "name": "王示例"})
    assert Worker.select().count() == 1
    close_register()


def test_of_a_server_that_another_register_takes_the_place_of_no_connection_stays(
    server: PostgresServer, place: Address, tmp_path: Path
) -> None:
    opened(tmp_path / "a", place)
    held, asked, over = list[Any](), threading.Event(), threading.Event()

    def look() -> None:
        database.db.connect(reuse_if_open=True)
        held.append(database.db.connection())
        asked.set()
        over.wait()

    reader = threading.Thread(target=look)
    reader.start()
    asked.wait()
    assert not held[0].closed
    register.create(tmp_path / "file", "长亭外古道边芳草天")
    assert held[0].closed
    close_register()
    over.set()
    reader.join()
