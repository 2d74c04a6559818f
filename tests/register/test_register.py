"""A register on the disk: creation, passphrases, damage, backups, one writer at a time."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from peewee import IntegerField, Model, TextField
from playhouse.migrations import Runner

from models.backups.listing import backups
from models.backups.making import back_up
from models.backups.reasons import Reason
from models.editing.groups import groups
from models.engine import database, marking
from models.errors import DamagedRegister, RegisterBusy, UserError, WrongPassphrase
from models.journal.log import Batch, Bundle, Change
from models.journal.writer import Author, batch
from models.ledger.kinds import load_kinds
from models.opening import opening
from models.records.catalogue import RECORDS
from models.records.employer import Employer
from models.records.membership import MembershipEvent
from models.records.worker import Worker
from models.register import key_file, keys, laptop, lock, traces
from models.register import register as room
from models.register.register import Register
from models.register.traces import KEY
from models.uid import new_uid
from tests.aids.speaking import PASSPHRASE

NAME = "重庆霁蓝虚构印务有限公司"


def named(author: Author, *names: str) -> None:
    with batch("edit", author) as writer:
        for name in names:
            writer.create(Employer, {"uid": new_uid(), "name": name})


def names() -> list[str]:
    return [row.name for row in Employer.select().order_by(Employer.id)]


def test_a_new_register_opens_with_its_passphrase_and_with_its_recovery_code(tmp_path: Path) -> None:
    _made, code = room.create(tmp_path, PASSPHRASE)
    room.close_register()
    for secret in (PASSPHRASE, code, code.lower().replace("-", " ")):
        opening.open_register(tmp_path, secret)
        room.close_register()
    with pytest.raises(WrongPassphrase):
        opening.open_register(tmp_path, "别的口令 2026")


def test_a_passphrase_typed_in_full_width_is_the_same(tmp_path: Path) -> None:
    room.create(tmp_path, "kitchen lamp 7")
    room.close_register()
    opening.open_register(tmp_path, "ｋｉｔｃｈｅｎ　ｌａｍｐ　７")
    room.close_register()


@pytest.mark.parametrize("short", ["", "1234567", "　　　　　　　　　"])
def test_a_short_passphrase_is_refused_and_leaves_nothing(tmp_path: Path, short: str) -> None:
    with pytest.raises(UserError, match="8"):
        room.create(tmp_path / "new", short)
    assert not (tmp_path / "new").exists()


def test_the_passphrase_changes_and_the_recovery_code_stays(tmp_path: Path) -> None:
    made, code = room.create(tmp_path, PASSPHRASE)
    room.change_passphrase(made, "新的口令 2027")
    room.close_register()
    with pytest.raises(WrongPassphrase):
        opening.open_register(tmp_path, PASSPHRASE)
    for secret in ("新的口令 2027", code):
        opening.open_register(tmp_path, secret)
        room.close_register()


def test_no_name_is_readable_in_the_files(register: Register, author: Author) -> None:
    named(author, NAME)
    files = [path for path in register.folder.rglob("*") if path.is_file()]
    assert any(path.name.endswith("-wal") for path in files)
    for path in files:
        content = path.read_bytes()
        assert NAME.encode() not in content
        assert NAME.encode("utf-16-le") not in content
        assert not content.startswith(b"SQLite format 3")


def test_an_interrupted_creation_is_replaced(tmp_path: Path) -> None:
    (tmp_path / KEY).write_text("half")
    (tmp_path / (traces.FILE + ".part")).write_bytes(b"half")
    room.create(tmp_path, PASSPHRASE)
    assert database.damage() == []
    room.close_register()


def test_a_register_without_its_key_is_never_written_over(register: Register) -> None:
    room.close_register()
    for name in key_file.NAMES:
        (register.folder / name).unlink(missing_ok=True)
    with pytest.raises(DamagedRegister, match="密钥"):
        room.create(register.folder, PASSPHRASE)


def test_an_empty_file_is_not_taken_for_a_new_register(register: Register) -> None:
    room.close_register()
    register.file.write_bytes(b"")
    with pytest.raises(DamagedRegister, match="0 字节"):
        opening.open_register(register.folder, PASSPHRASE)


@pytest.mark.parametrize("content", [b"not a database at all" * 500, b"SQLite format 3\0" + bytes(4000)])
def test_another_file_in_its_place_is_told(register: Register, content: bytes) -> None:
    room.close_register()
    register.file.write_bytes(content)
    with pytest.raises(DamagedRegister, match="恢复备份"):
        opening.open_register(register.folder, PASSPHRASE)


def test_a_flipped_bit_is_found(register: Register, author: Author) -> None:
    named(author, NAME)
    room.close_register()
    content = bytearray(register.file.read_bytes())
    content[-2000] ^= 1  # on the last page, which holds no part of the schema: the file still opens
    register.file.write_bytes(content)
    database.connect(register.file, register.key_hex)
    assert database.damage() != []


def test_a_register_of_a_newer_program_is_refused(register: Register) -> None:
    marking.set_mark(room.schema_number() + 1)
    room.close_register()
    before = register.file.read_bytes()
    with pytest.raises(UserError, match="升级程序"):
        opening.open_register(register.folder, PASSPHRASE)
    assert register.file.read_bytes() == before


def test_an_older_register_is_copied_and_brought_up_to_date(
    register: Register, author: Author, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(author, NAME)
    room.close_register()
    newer = tmp_path / "migrations"
    shutil.copytree(room.MIGRATIONS, newer)
    (newer / "0099_colour.py").write_text(
        "from peewee import TextField\n\n\ndef up(migrator, db):\n"
        "    migrator.migrate(migrator.add_column('employer', 'colour', TextField(null=True)))\n"
    )
    monkeypatch.setattr(room, "MIGRATIONS", newer)
    opening.open_register(register.folder, PASSPHRASE)
    assert marking.mark()[1] == 99
    assert "colour" in {column.name for column in database.db.get_columns("employer")}
    [before] = backups(register.folder)
    assert before.reason is Reason.MIGRATION
    assert before.counts is not None
    assert before.counts.employers == 1
    assert names() == [NAME]


def test_a_register_of_the_first_version_gets_the_days_of_its_memberships(tmp_path: Path) -> None:
    first = tmp_path / "migrations"
    first.mkdir()
    shutil.copy(room.MIGRATIONS / "0001_first.py", first)
    key = keys.new_key()
    (tmp_path / KEY).write_text(keys.wrap(key, PASSPHRASE, keys.new_recovery_code()), "utf-8")
    database.connect(tmp_path / traces.FILE, key.hex())
    Runner(database.db.obj, str(first)).up()
    marking.set_mark(1)
    database.db.execute_sql("INSERT INTO worker (uid, name) VALUES ('w', '王五')")
    database.db.execute_sql("INSERT INTO membership_event (uid, worker, type, date) VALUES ('e', 'w', '入会', '2020-05')")
    room.close_register()
    opening.open_register(tmp_path, PASSPHRASE)
    assert marking.mark()[1] == room.schema_number()
    assert MembershipEvent.get().effective == "2020-05-01"
    assert Worker.get().membership_state == "待落会籍"
    assert (groups()[0].name, load_kinds().kinds[0].name) == ("货车司机", "劳动争议调解"), "the tables of later versions"
    room.close_register()


def schema(models: list[type[Model]]) -> dict[str, Any]:
    """What each table is made of, whatever the order of its columns."""
    found = {}
    for model in models:
        table = model._meta.table_name
        columns = {row[1:4] for row in database.db.execute_sql(f'PRAGMA table_info("{table}")')}
        referred = {row[2:5] for row in database.db.execute_sql(f'PRAGMA foreign_key_list("{table}")')}
        indexes = {}
        for _place, name, unique, *_rest in database.db.execute_sql(f'PRAGMA index_list("{table}")').fetchall():
            parts = [row[2:5] for row in database.db.execute_sql(f'PRAGMA index_xinfo("{name}")') if row[5]]
            of = "SELECT substr(sql, instr(sql, ' WHERE ')) FROM sqlite_master WHERE name = ? AND instr(sql, ' WHERE ') > 0"
            indexes[name] = (unique, parts, database.db.execute_sql(of, [name]).fetchall())
        found[table] = (columns, referred, indexes)
    return found


def test_the_migrations_make_what_the_declarations_say(register: Register) -> None:
    models: list[type[Model]] = [*RECORDS.values(), Batch, Change, Bundle]
    made = schema(models)
    database.db.execute_sql("PRAGMA foreign_keys = 0")
    for model in models:
        database.db.execute_sql(f'DROP TABLE "{model._meta.table_name}"')
    database.db.create_tables(models)
    assert schema(models) == made


def test_a_lost_register_with_backups_is_not_silently_made_anew(register: Register, author: Author) -> None:
    named(author, NAME)
    back_up(register)
    room.close_register()
    register.file.unlink()
    with pytest.raises(DamagedRegister, match="备份还在"):
        room.create(register.folder, PASSPHRASE)


def test_the_second_writer_is_told_who_holds_the_register(register: Register) -> None:
    laptop.write_laptop({"person": "裴霁"})
    script = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from pathlib import Path; from models.register import lock\n"
        "with lock.writing(Path(sys.argv[1]), '导入'):\n    print('held', flush=True); sys.stdin.read()\n"
    )
    root = str(Path(__file__).resolve().parent.parent.parent)
    command = [sys.executable, "-c", script, str(register.folder), root]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with (
            pytest.raises(RegisterBusy, match=f"正被 裴霁 在.*导入，进程 {holder.pid}"),
            lock.writing(register.folder, "撤销", wait=0.2),
        ):
            pass
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        with lock.writing(register.folder, "撤销", wait=0.2):
            pass


def test_a_full_disk_is_a_sentence_and_nothing_is_written(register: Register, author: Author) -> None:
    named(author, NAME)
    pages = database.db.execute_sql("PRAGMA page_count").fetchone()[0]
    database.db.execute_sql(f"PRAGMA max_page_count = {pages + 20}")
    with pytest.raises(UserError, match="磁盘空间不足"):
        named(author, *(f"{NAME}{number}" for number in range(5000)))
    assert names() == [NAME]


def test_every_record_kind_has_text_or_whole_numbers_only(register: Register) -> None:
    for record in RECORDS.values():
        for field in record._meta.sorted_fields:
            assert isinstance(field, IntegerField | TextField) or field.field_type in ("TEXT", "INTEGER")
