"""The server that the tests start for themselves: of a run that is killed nothing stays."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.aids.engines import programs

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql")

_RUN = "import time; from tests.aids.engines import PostgresServer; print(PostgresServer().folder, flush=True); time.sleep(600)"


def lives(number: int) -> bool:
    """True while a process runs; one that has ended and that nobody has asked about yet is none."""
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_a_run_that_is_killed_takes_its_server_along() -> None:
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen([sys.executable, "-c", _RUN], cwd=root, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        folder = Path(run.stdout.readline().strip())
        main = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        assert lives(main)
        run.kill()
    for _try in range(600):
        if not folder.exists():
            break
        time.sleep(0.05)
    assert not folder.exists()
    assert not lives(main)
