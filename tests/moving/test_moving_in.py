"""A register that moves from a laptop's folder into an office, and out of it again: nothing is lost, all or nothing is there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from models.engine import database, marking
from models.engine.addresses import Address
from models.errors import DamagedRegister, Stopped, UserError
from models.moving import moving_in
from models.moving.carried import CARRIED, FOLLOWING
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.worker import Worker
from models.register.register import Register, close_register
from tests.aids.engines import ON_SERVER, PostgresServer, copied, folder_of, opened, programs
from tests.aids.speaking import PASSPHRASE
from tests.aids.state_model import contents, differences
from tests.aids.terminal import Commands

pytestmark = [
    pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql"),
    pytest.mark.skipif(ON_SERVER, reason="what moves in is a file"),
]


def test_what_is_carried_and_what_follows_are_all_tables(database_of: Callable[[str], Address], tmp_path: Path) -> None:
    folder = folder_of(database_of("a"), tmp_path / "office")
    prepare(folder, "")
    open_office(folder, "")
    held = {name for name in marking.tables() if not name.endswith("_search")}
    close_register()
    assert held == CARRIED.keys() | FOLLOWING


def test_a_register_moves_in_and_answers_as_before(
    terminal: Commands, database_of: Callable[[str], Address], sample_register: Register, tmp_path: Path
) -> None:
    held = copied(sample_register, tmp_path / "data")
    asked = (
        ("list", "workers"), ("list", "unions"), ("figures",), ("drive",), ("batches",), ("rules",), ("targets",), ("fields",),
        ("ledger",), ("worklists",), ("due",), ("exchange", "conflicts"),
    )  # fmt: skip
    before = [terminal.told(*each, "--data", held.folder) for each in asked]
    address = str(database_of("a"))
    made = terminal.told("office", "import", held.folder, "--data", address)
    assert made["people"] == made["rows"]["worker"] > 100
    assert made["rows"]["bundle"] + made["rows"]["change"] > 100
    assert [terminal.told(*each, "--data", address) for each in asked] == before
    checked = terminal.told("office", "check", "--data", address)
    assert checked["sound"], checked
    assert checked["compared"] >= made["people"]
    acts = [each["act"] for each in terminal.told("trail", "--data", address)["trail"]]
    assert "move-in" in acts
    assert acts.count("import") == sum(each["kind"] == "import" for each in before[4]["batches"])

    out = terminal.told("office", "export", "--out", tmp_path / "out", "--data", address)
    assert out["people"] == made["people"]
    assert out["sha256"]["worker"] == made["sha256"]["worker"]
    assert out["sha256"]["bundle"] == made["sha256"]["bundle"]
    assert terminal.told("check", "--data", tmp_path / "out")["sound"]
    assert [terminal.told(*each, "--data", tmp_path / "out") for each in asked] == before


def test_both_go_on_and_exchange_what_is_new(
    terminal: Commands, database_of: Callable[[str], Address], filled_register: Register, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("JIANHUI_EXCHANGE_PASSPHRASE", "交换用的 passphrase")
    address, laptop = str(database_of("a")), tmp_path / "out"
    terminal.told("office", "import", copied(filled_register, tmp_path / "data").folder, "--data", address)
    terminal.told("office", "export", "--out", laptop, "--data", address)
    work = ("ledger", "add", "--kind", "劳动争议调解", "--date")
    terminal.told(*work, "2026-05-06", "--data", laptop)
    given = terminal.told("exchange", "give", tmp_path / "a.jhx", "--data", laptop)
    assert given["entries"] == 1
    taken = terminal.told("exchange", "take", tmp_path / "a.jhx", "--data", address)
    assert (taken["new"], taken["conflicts"]) == (1, [])
    terminal.told(*work, "2026-05-07", "--data", address)
    given = terminal.told("exchange", "give", tmp_path / "b.jhx", "--data", address)
    taken = terminal.told("exchange", "take", tmp_path / "b.jhx", "--data", laptop)
    assert (taken["new"], taken["conflicts"]) == (1, [])
    days = [[row["date"] for row in terminal.told("ledger", "--data", each)["ledger"]] for each in (address, laptop)]
    assert days[0] == days[1]
    assert len(days[0]) == 2


def test_what_cannot_move_in_is_told_and_nothing_changes(
    terminal: Commands, server: PostgresServer, database_of: Callable[[str], Address], filled_register: Register, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    address = str(database_of("a"))
    held = copied(filled_register, tmp_path / "data")

    def refused(folder: Path | str, wanted: str) -> None:
        assert wanted in terminal.refused("office", "import", folder, "--data", address)
        assert server.say("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", database_name(address)) == []

    refused(tmp_path / "none", "没有登记册")
    monkeypatch.setenv("JIANHUI_PASSPHRASE", "不对的口令啊")
    refused(held.folder, "口令不对")
    monkeypatch.setenv("JIANHUI_PASSPHRASE", PASSPHRASE)
    database.connect(held.file, held.key_hex)
    database.db.execute_sql("UPDATE \"worker\" SET note = 'a' || char(0) WHERE id = 1")
    close_register()
    refused(held.folder, "服务器存不下的字符")
    assert "请写成：office import FOLDER" in terminal.refused("office", "import", "--data", address)
    assert "请写成：office check" in terminal.refused("office", "check", "x", "--data", address)
    assert "--town 只和" in terminal.refused("office", "check", "--town", "x", "--data", address)


def database_name(address: str) -> str:
    """The name of the database in an address."""
    return address.partition("?")[0].rpartition("/")[2]


def test_an_office_that_holds_anything_takes_no_register(
    terminal: Commands, database_of: Callable[[str], Address], filled_register: Register, tmp_path: Path
) -> None:
    address, held = str(database_of("a")), copied(filled_register, tmp_path / "data")
    terminal.told("office", "init", "--data", address)
    terminal.told("list", "workers", "--data", address)  # which leaves a line in the trail: nothing was entered yet
    terminal.told("office", "import", held.folder, "--data", address)
    before = terminal.told("batches", "--data", address)
    assert "里已经有内容" in terminal.refused("office", "import", held.folder, "--data", address)
    assert terminal.told("batches", "--data", address) == before


def test_a_move_that_is_stopped_leaves_nothing_and_can_be_begun_anew(
    database_of: Callable[[str], Address], filled_register: Register, tmp_path: Path
) -> None:
    held, folder = copied(filled_register, tmp_path / "data"), folder_of(database_of("a"), tmp_path / "office")

    def stop(done: int, _total: int) -> None:
        if done > 60:
            raise Stopped

    with pytest.raises(Stopped):
        moving_in.move_in(folder, "", held.folder, PASSPHRASE, stop)
    with pytest.raises(UserError, match="还没有登记册"):
        open_office(folder, "")
    moving_in.move_in(folder, "", held.folder, PASSPHRASE)
    opened(held)
    before = contents()
    close_register()
    open_office(folder, "")
    assert differences(before, contents()) == []
    assert Worker.select().count() > 0
    close_register()


def test_a_damaged_register_does_not_move(
    database_of: Callable[[str], Address], sample_register: Register, tmp_path: Path
) -> None:
    held, folder = copied(sample_register, tmp_path / "data"), folder_of(database_of("a"), tmp_path / "office")
    with held.file.open("r+b") as stream:
        stream.seek(held.file.stat().st_size // 2)
        stream.write(b"\0" * 4096)
    with pytest.raises((DamagedRegister, UserError), match="损坏"):
        moving_in.move_in(folder, "", held.folder, PASSPHRASE)
    with pytest.raises(UserError, match="还没有登记册"):
        open_office(folder, "")
