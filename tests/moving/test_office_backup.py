"""Backups of an office's register: encrypted, whole or not at all, put back into an empty office, by a later program as well."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from models.engine import database, marking
from models.engine.addresses import Address
from models.errors import Stopped, UserError
from models.exchange.sealed import Lock, Opener, SealingStream, lines
from models.moving import carried, moving_in, office_backup, office_check
from models.moving.office_backup import BACKUP
from models.opening.office import prepare
from models.opening.opening import open_office
from models.register import office
from models.register.register import Register, close_register, make_tables, schema_number
from tests.aids.engines import ON_SERVER, PostgresServer, copied, folder_of, programs
from tests.aids.speaking import PASSPHRASE
from tests.aids.state_model import Contents, contents, differences
from tests.aids.terminal import Commands

pytestmark = [
    pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql"),
    pytest.mark.skipif(ON_SERVER, reason="it begins with a file that moves in"),
]


@pytest.fixture
def held(database_of: Callable[[str], Address], filled_register: Register, tmp_path: Path) -> Path:
    """The folder of an office with two unions and two members."""
    folder = folder_of(database_of("held"), tmp_path / "held")
    moving_in.move_in(folder, "", copied(filled_register, tmp_path / "file").folder, PASSPHRASE)
    return folder


@pytest.fixture
def backup(held: Path, tmp_path: Path) -> Path:
    """Its backup."""
    return office_backup.back_up(held, "", tmp_path / "a", PASSPHRASE).path


@pytest.fixture
def empty(database_of: Callable[[str], Address], tmp_path: Path) -> Path:
    """The folder of an office in an empty database."""
    return folder_of(database_of("empty"), tmp_path / "empty")


def all_of(folder: Path) -> Contents:
    """What an office holds."""
    open_office(folder, "")
    try:
        return contents()
    finally:
        close_register()


def test_a_backup_holds_all_and_nothing_of_it_is_plain(held: Path, backup: Path, empty: Path) -> None:
    content = backup.read_bytes()
    for text in ("赵示例", "worker", "membership_event"):
        assert text.encode() not in content
    office_backup.restore(empty, "", backup, PASSPHRASE)
    assert differences(all_of(held), all_of(empty)) == []
    open_office(empty, "")
    found = office_check.check()
    close_register()
    assert found.sound, found


def test_the_server_knows_at_once_how_many_of_what_were_put_back(backup: Path, empty: Path) -> None:
    office_backup.restore(empty, "", backup, PASSPHRASE)
    open_office(empty, "")
    known = {str(name) for (name,) in database.db.execute_sql("SELECT tablename FROM pg_stats WHERE schemaname = 'public'")}
    close_register()
    assert {"worker", "membership_event", "count_key", "past_change", "worker_search"} <= known


def test_commands_back_up_and_restore(
    terminal: Commands, held: Path, empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = terminal.told("office", "backup", tmp_path / "b", "--data", held)
    assert made["backup"] == str(tmp_path / "b.jhoffice")
    assert made["bytes"] == (tmp_path / "b.jhoffice").stat().st_size
    told = terminal.told("office", "restore", made["backup"], "--data", empty)
    assert told["rows"] == made["rows"]
    assert told["sha256"] == made["sha256"]
    acts = [each["act"] for each in terminal.told("trail", "--data", empty)["trail"]]
    assert acts[:2] == ["open", "restore"]
    assert "backup" in [each["act"] for each in terminal.told("trail", "--data", held)["trail"]]
    assert "里已经有内容" in terminal.refused("office", "restore", made["backup"], "--data", empty)
    monkeypatch.setenv("JIANHUI_PASSPHRASE", "12345678")
    assert "好的口令" in terminal.refused("office", "backup", tmp_path / "c", "--data", held)
    assert not (tmp_path / "c.jhoffice").exists()


def test_a_file_that_is_no_whole_backup_is_refused_and_nothing_is_left(backup: Path, empty: Path, tmp_path: Path) -> None:
    content = backup.read_bytes()
    middle = len(content) // 2
    files = {
        "备份的口令不对": content, "不完整": content[:-20], "已损坏": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
        "这不是办公室登记册的备份": b"PK" + content, "更新版本": content.replace(b"backup-1", b"backup-2", 1),
    }  # fmt: skip
    for wanted, bad in files.items():
        path = tmp_path / "bad.jhoffice"
        path.write_bytes(bad)
        with pytest.raises(UserError, match=wanted):
            office_backup.restore(empty, "", path, "另一个 passphrase" if wanted == "备份的口令不对" else PASSPHRASE)
        with pytest.raises(UserError, match="还没有登记册"):
            open_office(empty, "")
    with pytest.raises(UserError, match="找不到备份文件"):
        office_backup.restore(empty, "", tmp_path / "none.jhoffice", PASSPHRASE)


def rewritten(path: Path, out: Path, change: Callable[[list[dict[str, object]]], None]) -> Path:
    """A backup with other lines, as somebody who knows the passphrase could write it; its sum is put right."""
    with path.open("rb") as stream:
        told = [json.loads(line) for line in lines(stream, Opener(PASSPHRASE), BACKUP)]
    change(told)
    with out.open("wb") as stream:
        sealing = SealingStream(stream, Lock(PASSPHRASE), BACKUP)
        for each in told:
            sealing.write(json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        sealing.close()
    return out


def _rows(told: list[dict[str, object]], table: str) -> list[list[object]]:
    place = next(place for place, each in enumerate(told) if each.get("table") == table)
    rows: list[list[object]] = told[place + 1]["rows"]  # type: ignore[assignment]  # JSON
    return rows


def _another_value(told: list[dict[str, object]]) -> None:
    _rows(told, "worker")[0][3] = "别人"


def _no_end(told: list[dict[str, object]]) -> None:
    told.pop()


def _foreign_table(told: list[dict[str, object]]) -> None:
    told[1]["table"] = "pg_authid"


def _short_row(told: list[dict[str, object]]) -> None:
    _rows(told, "worker")[0].pop()


def _no_numbers(told: list[dict[str, object]]) -> None:
    told[-1]["end"]["given"] = {"trail": "x"}  # type: ignore[index]  # JSON


def _nothing(told: list[dict[str, object]]) -> None:
    del told[1:]


def _newer(told: list[dict[str, object]]) -> None:
    told[0]["office"]["schema"] = 9_999  # type: ignore[index]  # JSON


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (_another_value, "已损坏"), (_no_end, "已损坏"), (_foreign_table, "已损坏"), (_short_row, "已损坏"), (_no_numbers, "已损坏"),
        (_nothing, "已损坏"), (_newer, "更新版本"),
    ],
)  # fmt: skip
def test_what_somebody_wrote_who_knows_the_passphrase_is_looked_at_too(
    change: Callable[[list[dict[str, object]]], None], wanted: str, backup: Path, empty: Path, tmp_path: Path
) -> None:
    path = rewritten(backup, tmp_path / "b.jhoffice", change)
    with pytest.raises(UserError, match=wanted):
        office_backup.restore(empty, "", path, PASSPHRASE)
    with pytest.raises(UserError, match="还没有登记册"):
        open_office(empty, "")


def test_a_restore_that_is_stopped_leaves_nothing(backup: Path, empty: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done > 40:
            raise Stopped

    with pytest.raises(Stopped):
        office_backup.restore(empty, "", backup, PASSPHRASE, stop)
    with pytest.raises(UserError, match="还没有登记册"):
        open_office(empty, "")
    prepare(empty, "")
    office_backup.restore(empty, "", backup, PASSPHRASE)


def test_a_backup_of_an_older_program_is_put_back_and_brought_up_to_date(backup: Path, empty: Path, tmp_path: Path) -> None:
    database.connect_server(_address(empty), empty, None)
    database.db.begin()
    make_tables(office_backup.FIRST_SCHEMA)
    known = set(marking.tables())
    database.db.rollback()  # its tables were looked at: the office stays empty
    close_register()
    assert carried.CARRIED.keys() <= known

    def without(told: list[dict[str, object]]) -> None:
        told[0]["office"]["schema"] = office_backup.FIRST_SCHEMA  # type: ignore[index]  # JSON
        told[-1]["end"]["sha256"] = _sum_of(told[:-1])  # type: ignore[index]  # JSON

    office_backup.restore(empty, "", rewritten(backup, tmp_path / "older.jhoffice", without), PASSPHRASE)
    open_office(empty, "")
    assert marking.mark()[1] == schema_number()
    assert office_check.check().sound
    close_register()


def _address(folder: Path) -> Address:
    found = office.address_in(folder)
    assert found is not None
    return found


def _sum_of(told: list[dict[str, object]]) -> str:
    text = "".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n" for each in told)
    return hashlib.sha256(text.encode()).hexdigest()


def test_carried_fields_are_those_of_the_tables(held: Path) -> None:
    open_office(held, "")
    columns = {table: {each.name for each in database.db.get_columns(table)} for table in carried.CARRIED}
    close_register()
    assert [table for table in columns if not set(carried.names_of(table)) <= columns[table]] == []
    assert schema_number() >= office_backup.FIRST_SCHEMA


def test_a_server_that_goes_away_in_mid_backup_leaves_no_file(
    server: PostgresServer, held: Path, tmp_path: Path
) -> None:
    def cut(done: int, _total: int) -> None:
        if done == 20:
            others = "pid <> pg_backend_pid() AND datname IS NOT NULL"
            server.say(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")

    with pytest.raises(UserError, match="连接断了"):
        office_backup.back_up(held, "", tmp_path / "b", PASSPHRASE, cut)
    assert list(tmp_path.glob("*.jhoffice")) == []
    assert list(tmp_path.glob("*.part")) == []
    office_backup.back_up(held, "", tmp_path / "b", PASSPHRASE)
