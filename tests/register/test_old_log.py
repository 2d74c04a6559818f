"""The engine's log beside a register: what another program writes meanwhile is no damage."""

import subprocess
import sys

import pytest

from models.register import old_log
from models.register import register as room
from models.register.register import Register
from tests.aids.terminal import ROOT

#: Writes small changes one after the other, as programs do that keep in the trail that they have opened the register; after so
#: many of them it folds the log into the file, as the engine does by itself and whoever closes last.
WRITING = """
import sys
from pathlib import Path
from models.engine.single import single
from models.engine.ways import OpeningWay
with single(Path(sys.argv[1]), sys.argv[2], OpeningWay.WRITING) as held:
    held.execute("PRAGMA wal_autocheckpoint = 0")
    held.execute("PRAGMA synchronous = off")
    held.execute("CREATE TABLE meanwhile (number INTEGER UNIQUE)")
    print(flush=True)
    number = 0
    while number := number + 1:
        held.execute("INSERT INTO meanwhile VALUES (?)", (number * 7919 % 1_000_003,))
        if number % int(sys.argv[3]) == 0:
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
"""


@pytest.mark.parametrize("folded_after", [1_000_000, 1, 50])
def test_what_another_program_writes_while_the_log_is_looked_at_is_its_own(register: Register, folded_after: int) -> None:
    room.close_register()
    command = [sys.executable, "-c", WRITING, str(register.file), register.key_hex, str(folded_after)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        found = [old_log.settle(register.file, register.key_hex) for _time in range(20)]
        assert other.poll() is None
        other.kill()
    assert {(log.told, log.broken) for log in found} == {("", False)}
    assert list(register.folder.glob("set-aside-*")) == []
