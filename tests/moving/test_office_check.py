"""What ``office check`` finds of what somebody with every right did past the program."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from models.engine.addresses import Address
from models.moving import moving_in
from models.register.register import Register
from tests.aids.engines import ON_SERVER, PostgresServer, copied, folder_of, programs
from tests.aids.speaking import PASSPHRASE
from tests.aids.terminal import Commands

pytestmark = [
    pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql"),
    pytest.mark.skipif(ON_SERVER, reason="it begins with a file that moves in"),
]


@pytest.fixture
def address(database_of: Callable[[str], Address], filled_register: Register, tmp_path: Path) -> Address:
    """An office with two unions and two members."""
    found = database_of("check")
    moving_in.move_in(folder_of(found, tmp_path / "o"), "", copied(filled_register, tmp_path / "file").folder, PASSPHRASE)
    return found


_LOOSE = """ALTER TABLE "worker" DROP CONSTRAINT "worker_employer_fkey";
 UPDATE "worker" SET employer = '01890a5d-ac96-774b-bcce-b302099a8057'"""
#: What is done, and by which key of the answer it is told with which words.
DONE = [
    ("UPDATE \"worker\" SET note = '改过' WHERE id = (SELECT min(id) FROM \"worker\")", "tables", "“note”和日志里的不一样"),
    ('DELETE FROM "membership_event" WHERE id = (SELECT min(id) FROM "membership_event")', "tables", "日志里有，表里没有"),
    ("INSERT INTO \"key_employer\" (uid) VALUES ('01890a5d-ac96-774b-bcce-b302099a8057')", "tables", "表里有，日志里没有"),
    ('UPDATE "held_count" SET people = people + 1', "counts", "会员计数与名单不符"),
    (_LOOSE, "references", "用到了没有的 employer"),
    ("UPDATE pg_index SET indisvalid = false WHERE indexrelid = '\"worker_name\"'::regclass", "indexes", "worker_name 没有建完"),
    ('DELETE FROM "batch"', "log", "个批次的记录不见了"),
    ("ALTER TABLE trail DISABLE TRIGGER USER; UPDATE trail SET what = '别的'", "trail", "内容被改过"),
]  # fmt: skip


@pytest.mark.parametrize(("done", "key", "wanted"), DONE, ids=[each[1] + str(place) for place, each in enumerate(DONE)])
def test_what_was_done_past_the_program_is_found(
    terminal: Commands, server: PostgresServer, address: Address, done: str, key: str, wanted: str
) -> None:
    assert terminal.told("office", "check", "--data", str(address))["sound"]
    for statement in done.split(";"):
        server.say(statement, address.database)
    code, out, _err = terminal("office", "check", "--json", "--data", str(address))
    told = json.loads(out)
    assert (code, told["sound"]) == (1, False)
    assert wanted in json.dumps(told[key], ensure_ascii=False)
