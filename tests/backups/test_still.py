"""A backup takes the register's file as it lies: one state of it, whoever goes on writing, and no lock of anybody is lost."""

import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from models.backups import archive
from models.backups.making import back_up, verify
from models.engine import database
from models.engine.one_state import one_state
from models.engine.still import still_file
from models.errors import DamagedRegister
from models.journal.writer import Author
from models.records.employer import Employer
from models.register import register as room
from models.register.register import Register
from tests.register.test_register import named


def elsewhere(author: Author, *names: str, fold: bool = True) -> None:
    """What another thread writes, and folds into the file if it may."""

    def write() -> None:
        with database.connection():
            named(author, *names)
            if fold:
                database.db.execute_sql("PRAGMA busy_timeout = 0").fetchall()
                database.fold()

    other = threading.Thread(target=write)
    other.start()
    other.join()


def test_the_bytes_stand_still_while_others_write_and_fold(register: Register, author: Author, tmp_path: Path) -> None:
    named(author, *(f"甲{number}" for number in range(500)))
    with still_file() as source:
        assert source is not None
        first = source.read(8_192)
        elsewhere(author, *(f"乙{number}" for number in range(500)))
        rest = source.read()
        assert Employer.select().count() == 500
    (tmp_path / "copy.db").write_bytes(first + rest)
    counts, _schema = verify(tmp_path / "copy.db", register.key_hex)
    assert (counts.employers, Employer.select().count()) == (500, 1_000)


def test_what_is_written_between_folding_and_reading_is_not_lost(register: Register, author: Author) -> None:
    named(author, "甲公司")
    with still_file() as source:
        assert source is not None
    elsewhere(author, "乙公司", fold=False)
    made = back_up(register).path
    counts = archive.check(made).counts
    assert counts is not None
    assert counts.employers == 2


def test_where_others_read_for_long_the_engine_copies(register: Register, author: Author) -> None:
    named(author, "甲公司")
    begun, done = threading.Event(), threading.Event()

    def read() -> None:
        with database.connection(), one_state():
            Employer.select().count()
            begun.set()
            done.wait(60)

    other = threading.Thread(target=read)
    other.start()
    begun.wait(60)
    try:
        named(author, "乙公司")  # it waits in the log, which cannot be folded in to its end
        with still_file() as source:
            assert source is None
        made = back_up(register).path
    finally:
        done.set()
        other.join()
    counts = archive.check(made).counts
    assert counts is not None
    assert counts.employers == 2


def test_inside_a_transaction_nothing_stands_still(register: Register) -> None:
    with database.transaction(), still_file() as source:
        assert source is None


@pytest.mark.skipif(os.name == "nt", reason="closing a file drops no locks there")
def test_a_backup_drops_no_lock_of_the_open_register(register: Register, author: Author) -> None:
    named(author, "甲公司")
    back_up(register)
    # what an engine that has the file open holds, for others to see, at 1 GB and two bytes
    script = "import fcntl, sys; fcntl.lockf(open(sys.argv[1], 'r+b'), fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)"
    taken = subprocess.run([sys.executable, "-c", script, str(register.file)], capture_output=True, text=True, check=False)
    assert "BlockingIOError" in taken.stderr
    room.close_register()
    subprocess.run([sys.executable, "-c", script, str(register.file)], check=True)


def test_a_page_that_is_not_as_it_was_written_is_never_backed_up(register: Register, author: Author) -> None:
    named(author, *(f"甲{number}" for number in range(2_000)))
    older = back_up(register).path
    room.close_register()
    content = bytearray(register.file.read_bytes())
    content[-2_000] ^= 1
    register.file.write_bytes(content)
    database.connect(register.file, register.key_hex)
    with pytest.raises(DamagedRegister, match="已损坏"):
        back_up(register)
    assert [path.name for path in (register.folder / "backups").iterdir()] == [older.name]
    with zipfile.ZipFile(older) as kept:
        assert kept.testzip() is None
