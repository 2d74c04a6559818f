"""The engine's log beside a register: what another program writes meanwhile is no damage."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from models.engine import database
from models.errors import RegisterBusy
from models.register import old_log, reading_only
from models.register import register as room
from models.register.register import Register
from tests.aids.terminal import ROOT

#: Writes small changes one after the other, as programs do that keep in the trail that they have opened the register; after so
#: many of them it folds the log into the file, as the engine does by itself and whoever closes last.
WRITING = """
import sys
import time
from pathlib import Path
from models.engine.single import single
from models.engine.ways import OpeningWay
with single(Path(sys.argv[1]), sys.argv[2], OpeningWay.WRITING) as held:
    held.execute("PRAGMA wal_autocheckpoint = 0")
    held.execute("PRAGMA synchronous = off")
    held.execute("CREATE TABLE meanwhile (number INTEGER UNIQUE, filling BLOB)")
    held.execute("BEGIN")
    held.executemany("INSERT INTO meanwhile VALUES (?, zeroblob(4000))", ((-each,) for each in range(int(sys.argv[5]))))
    held.execute("COMMIT")
    print(flush=True)
    number = 0
    while number := number + 1:
        held.execute("INSERT INTO meanwhile VALUES (?, NULL)", (number * 7919 % 1_000_003,))
        if number % int(sys.argv[3]) == 0:
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        time.sleep(float(sys.argv[4]))
"""


@contextmanager
def written_meanwhile(register: Register, folded_after: int, pause: float, pages: int) -> Iterator[None]:
    """Inside, another program writes into the register, which is closed here and so large, with so many seconds between."""
    room.close_register()
    command = [sys.executable, "-c", WRITING, str(register.file), register.key_hex, str(folded_after)]
    command += [str(pause), str(pages)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        try:
            yield
            assert other.poll() is None
        finally:
            other.kill()


@pytest.mark.parametrize("folded_after", [1_000_000, 1, 50])
def test_what_another_program_writes_while_the_log_is_looked_at_is_its_own(register: Register, folded_after: int) -> None:
    with written_meanwhile(register, folded_after, pause=0, pages=0):
        found = [old_log.settle(register.file, register.key_hex) for _time in range(20)]
    assert {(log.told, log.broken) for log in found} == {("", False)}
    assert list(register.folder.glob("set-aside-*")) == []


@pytest.mark.parametrize("pause", [0, 0.05])
def test_a_copy_to_be_read_is_of_one_moment_or_none(register: Register, pause: float) -> None:
    numbers: list[int] = []
    with written_meanwhile(register, folded_after=3, pause=pause, pages=3_000):
        for _time in range(50 if pause else 5):  # on a busy machine some pauses are missed
            if len(numbers) == 5:
                break
            try:
                reading_only.connect_to_copy(register.file, register.key_hex)
            except RegisterBusy:
                continue
            assert database.damage(deep=True) == []
            numbers += database.db.execute_sql("SELECT count(*) FROM meanwhile").fetchone()
            database.leave()
            reading_only.leave_copy()
    assert numbers == sorted(numbers)
    assert len(numbers) == 5 or not pause
