"""The trail: append-only, chained, found out wherever it is touched; kept whatever stands in the way of keeping it."""

import json
import os
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from peewee import IntegrityError

from models.backups.making import back_up
from models.backups.restoring import restore
from models.engine import database, marking
from models.errors import WrongPassphrase
from models.figures.figures import figures
from models.journal import undo
from models.journal.log import Batch
from models.journal.older_notes import trail
from models.journal.writer import Author, batch
from models.opening import opening
from models.records.employer import Employer
from models.register import register as room
from models.register import trailing
from models.register.register import Register
from models.trail import chain, keeping
from models.trail.entry import FIELDS, Act, TrailEntry, write
from models.trail.reading import EntryFilter
from models.trail.verifying import last_holds, verify
from models.uid import new_uid
from tests.aids import engines
from tests.aids.speaking import LI, PASSPHRASE, TODAY, WANG
from tests.aids.terminal import program
from tests.aids.trailed import acts, kept
from tests.register.test_register import named

#: How many entries the tampered trails have.
MANY = 5
OTHER = Author("other device", "别人")


@pytest.fixture
def entries(author: Author) -> None:
    """A trail of two devices in turn."""
    for number in range(MANY):
        write(Act("export", "会员与职工名册", rows=number, file=f"{number}.xlsx"), OTHER if number == 2 else author)


def bare() -> None:
    """Take away what refuses changes, as somebody with the key could."""
    engines.without_trigger("trail", "trail_no_update", "trail_no_delete", "trail_no_replace")


def changed(place: int) -> None:
    database.db.execute_sql("UPDATE trail SET person = person || '一' WHERE id = ?", [place])


def deleted(place: int) -> None:
    database.db.execute_sql("DELETE FROM trail WHERE id = ?", [place])


def deleted_and_closed_up(place: int) -> None:
    deleted(place)
    for later in range(place + 1, MANY + 1):
        database.db.execute_sql("UPDATE trail SET id = id - 1 WHERE id = ?", [later])


def inserted(place: int) -> None:
    """Put in an entry of a device of its own, whose hashes are right: all that come after move on by one."""
    before = TrailEntry.get_or_none(TrailEntry.id == place - 1)
    rows: Any = TrailEntry.select().where(TrailEntry.id == place).dicts()
    row = dict(rows.get())
    for later in range(MANY, place - 1, -1):
        database.db.execute_sql("UPDATE trail SET id = id + 1 WHERE id = ?", [later])
    row |= {"device": "forged", "number": 1, "previous": before.hash if before else ""}
    TrailEntry.insert(**row | {"hash": chain.fingerprint([row[name] for name in FIELDS])}).execute()


def exchanged(place: int) -> None:
    """Exchange an entry with the next one (the last with the one before)."""
    one, other = (place, place + 1) if place < MANY else (place - 1, place)
    for before, after in ((one, 99), (other, one), (99, other)):
        database.db.execute_sql("UPDATE trail SET id = ? WHERE id = ?", [after, before])


@pytest.mark.parametrize("place", range(1, MANY + 1))
@pytest.mark.parametrize("tamper", [changed, deleted, deleted_and_closed_up, inserted, exchanged])
@pytest.mark.usefixtures("entries")
def test_what_is_touched_is_found_from_its_number_on(tamper: Callable[[int], None], place: int) -> None:
    assert verify().wrong is None
    bare()
    tamper(place)
    found = place - 1 if tamper is exchanged and place == MANY else place
    assert verify().wrong == found
    assert f"从第 {found} 条起与原来不符" in verify().text


@pytest.mark.parametrize("name", [*FIELDS, "hash"])
@pytest.mark.usefixtures("entries")
def test_every_field_is_held(name: str) -> None:
    bare()
    number = name in ("place", "number", "rows", "batch", "full")
    database.db.execute_sql(f'UPDATE trail SET "{name}" = ? WHERE id = 3', [7 if number else "x"])
    assert verify().wrong == 3


@pytest.mark.usefixtures("entries")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail SET rows = 0",
        "UPDATE trail SET rows = rows WHERE id = 2",
        "DELETE FROM trail",
        "DELETE FROM trail WHERE id = 5",
        "INSERT OR REPLACE INTO trail SELECT * FROM trail WHERE id = 1",
        (
            "REPLACE INTO trail (id, place, device, number, at, person, act, what, full, recipient, purpose, file,"
            " sha256, records, waited, previous, hash)"
            " SELECT 100, 100, device, number, '', '', '', '', 0, '', '', '', '', '', '', '', '' FROM trail"
        ),
    ],
)
def test_the_register_refuses_to_change_it(statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"):
        database.db.execute_sql(statement)
    assert verify().entries == MANY


@pytest.mark.usefixtures("entries")
def test_opening_looks_at_the_last_link_alone(author: Author, register: Register) -> None:
    assert last_holds(author.device)
    bare()
    changed(1)
    assert trailing.opened(register.folder, "窗口") == ""
    changed(MANY + 1)
    assert "最后一条与原来不符" in trailing.opened(register.folder, "窗口")


def test_two_programs_append_to_one_chain(register: Register, author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANHUI_PASSPHRASE", PASSPHRASE)
    room.close_register()
    running = [program("list", "unions", "--json", "--data", register.folder) for _each in range(4)]
    assert [(each.communicate()[1], each.returncode) for each in running] == [("", 0)] * 4
    engines.opened(register)
    keeping.take_in(author)
    assert (acts(), verify().wrong) == (["open"] * 4, None)
    assert [row.number for row in kept()] == [1, 2, 3, 4]


def test_what_cannot_be_written_now_waits_and_comes_in_late(register: Register, author: Author) -> None:
    act = Act("unmask", "会员与职工名册", rows=3, full=True, records=("a", "b"))
    other = _another(register)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert keeping.keep(act, author) == ""
    finally:
        other.rollback()
        other.close()
    assert kept() == []
    assert len(list((register.folder / keeping.WAITING).iterdir())) == 1
    trailing.opened(register.folder, "list")
    late, opened = kept()
    assert (late.act, late.rows, late.full, late.records, bool(late.waited)) == ("unmask", 3, True, "a b", True)
    assert (opened.act, opened.waited, verify().wrong) == ("open", "", None)
    assert not (register.folder / keeping.WAITING).exists()


def _another(register: Register) -> sqlite3.Connection:
    from sqlcipher3 import dbapi2

    other: sqlite3.Connection = dbapi2.connect(str(register.file))
    other.execute(f"PRAGMA key = \"x'{register.key_hex}'\"")
    return other


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
def test_where_nothing_can_be_written_it_is_said(register: Register, author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    database.db.execute_sql("PRAGMA query_only = 1")
    (register.folder / keeping.WAITING).write_text("in the way of the folder")
    assert keeping.keep(Act("open", "list"), author) .startswith("这一步没有记入操作留痕：")
    assert kept() == []


def test_a_note_that_is_no_note_is_left_out(register: Register, author: Author) -> None:
    folder = register.folder / keeping.WAITING
    folder.mkdir()
    notes = {"a": "", "b": "[]", "c": '{"at": 1}', "d": '{"at": "x", "person": "y", "act": "open", "rows": "z"}'}
    for name, text in notes.items():
        (folder / f"{name}.json").write_text(text)
    keeping.take_in(author)
    assert [(row.act, row.person, row.rows) for row in kept()] == [("open", "y", None)]


def test_wrong_passphrases_secrets_and_backups_leave_one_entry_each(register: Register, author: Author) -> None:
    named(author, "甲公司")
    saved = back_up(register).path
    room.change_passphrase(register, "另一个口令 2026")
    room.change_recovery_code(register)
    room.close_register()
    for _each in range(2):
        with pytest.raises(WrongPassphrase):
            opening.open_register(register.folder, "不是这个口令")
    opening.open_register(register.folder, "另一个口令 2026")
    trailing.opened(register.folder, "list")
    assert acts() == ["backup", "passphrase", "recovery-code", "open-failed", "open-failed", "open"]
    assert (kept("backup")[0].file, len(kept("backup")[0].sha256)) == (saved.name, 64)
    room.close_register()
    with pytest.raises(WrongPassphrase):
        restore(register.folder, saved, "另一个口令 2026")
    restore(register.folder, saved, PASSPHRASE)
    opening.open_register(register.folder, PASSPHRASE)
    trailing.opened(register.folder, "list")
    assert [(row.act, row.what, row.file) for row in kept()] == [
        ("open-failed", "恢复备份", ""), ("restore", "", saved.name), ("open", "list", ""),
    ]  # fmt: skip
    assert verify().wrong is None


def test_imports_and_undoing_name_the_batch_and_undoing_leaves_the_trail(register: Register, author: Author) -> None:
    uid = new_uid()
    with batch("import", author, {"sheets": [{"file": "a.xlsx", "new": 1, "updated": 2, "same": 9}]}) as writer:
        writer.create(Employer, {"uid": uid, "name": "甲公司"})
    with batch("edit", author) as writer:
        writer.update(Employer, uid, {"name": ("甲公司", "乙公司")})
    done = undo.undo(2, author)
    undo.undo(1, author)
    found = [(row.act, row.batch, row.rows) for row in kept()]
    assert found[:2] == [("import", 1, 3), ("undo", done.batch, 1)]
    assert [act for act, _batch, _rows in found] == ["import", "undo", "undo"]
    assert Employer.select().count() == 0
    assert verify().wrong is None


def test_figures_do_not_see_it(author: Author) -> None:
    named(author, "甲公司")
    before = figures(TODAY.year, TODAY)
    write(Act("unmask", "一条记录", rows=1, full=True), author)
    assert figures(TODAY.year, TODAY) == before


def test_an_act_that_is_not_carried_out_is_not_kept(author: Author) -> None:
    def fails() -> None:
        with database.transaction():
            write(Act("erase", rows=1, records=["a"]), author)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    write(Act("erase", rows=1, records=["b"]), author)
    assert [(row.id, row.records) for row in kept()] == [(1, "b")]
    assert verify().wrong is None


def test_numbers_that_somebody_types_are_covered(author: Author) -> None:
    write(Act("export", file=f"{WANG}.xlsx", purpose=f"核对{LI}和19900000001", recipient="区总 2026年11月30日"), author)
    (row,) = kept()
    assert (row.file, row.recipient) == ("*" * 18 + ".xlsx", "区总 2026年11月30日")
    assert not any(each in row.purpose for each in (LI, "1990"))


def test_older_notes_stay_readable_and_stand_last(author: Author) -> None:
    source = {"verb": "export", "kind": "workers", "rows": 2, "masked": True, "file": "名单.xlsx", "recipient": "区总"}
    for number, told in enumerate(({"verb": "list", "kind": "workers", "rows": 3}, source)):
        Batch.insert(
            uid=new_uid(), device="d", person="旧人", kind="disclosure", at=f"2025-01-0{number + 1}T08:00:00+08:00",
            source=json.dumps(told),
        ).execute()  # fmt: skip
    write(Act("open", "list"), author)
    found = [(each.number, each.act, each.rows, each.full, each.file) for each in trail(EntryFilter())]
    assert found == [(1, "open", None, False, ""), (0, "export", 2, False, "名单.xlsx"), (0, "unmask", 3, True, "")]
    assert [each.act for each in trail(EntryFilter(text="区总"))] == ["export"]
    assert [each.act for each in trail(EntryFilter(until=TODAY.replace(year=2025), act="unmask", person="旧"))] == ["unmask"]
    assert verify().entries == 1


def test_an_older_register_gets_the_table(register: Register) -> None:
    database.db.execute_sql("DROP TABLE trail")
    database.db.execute_sql("DELETE FROM schema_migration WHERE name LIKE '0007%'")
    database.db.execute_sql("DELETE FROM site_kind")  # those came later than the trail
    marking.set_mark(5)
    room.close_register()
    opening.open_register(register.folder, PASSPHRASE)
    assert trailing.opened(register.folder, "list") == ""
    assert acts() == ["backup", "open"]  # the backup before could be noted only once there was a table
