"""A change of the passphrase, killed at each thing that it asks of the disk: one key opens afterwards, and it says which."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from models.errors import WrongPassphrase
from models.opening import opening
from models.register import register as room
from models.register.key_file import COPY, NAMES
from models.register.register import Register
from models.register.traces import KEY
from tests.aids.sizes import every
from tests.aids.speaking import PASSPHRASE

ROOT = Path(__file__).resolve().parent.parent.parent
NEW = "新的口令 2027"


def opened_by(folder: Path, secret: str = PASSPHRASE) -> Register:
    """The register, opened and closed again."""
    found = opening.open_register(folder, secret)
    room.close_register()
    return found


def opens_with(folder: str | Path, secret: str) -> bool:
    try:
        opened_by(Path(folder), secret)
    except WrongPassphrase:
        return False
    return True


#: Changes the passphrase in a process of its own, which is killed at the n-th thing that it asks of the disk; n counts up,
#: by so many, until nothing is left to be killed at. Prints a line for each: n, and whether the change came to its end.
KILLED = """
import os, shutil, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from models.opening import opening
from models.register import keys, register, strength
keys.COST = keys.COST | {"n": 2**10}
strength.weakness_of("loaded once for all children")
source, place, old, new, change, every = Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:8]
number = 0
while True:
    folder = place / str(number)
    shutil.copytree(source, folder)
    child = os.fork()
    if not child:
        opened = opening.open_register(folder, old)
        seen = 0
        def look(event, given, number=number):
            global seen
            asked = event in ("open", "os.rename", "os.remove", "os.truncate")
            if asked and any("register.key" in str(each) or ".part" in str(each) for each in given):
                if seen == number:
                    os._exit(9)
                seen += 1
        sys.addaudithook(look)
        if change == "code":
            register.change_recovery_code(opened)
        else:
            register.change_passphrase(opened, new)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    print(number, os.waitstatus_to_exitcode(status), flush=True)
    if not status:
        break
    number += int(every)
"""


def killed(register: Register, place: Path, change: str) -> list[tuple[Path, int]]:
    """Folders in which a change was killed, one for each step, with its exit code: 9, and 0 for the last."""
    room.close_register()
    command = [sys.executable, "-c", KILLED, str(ROOT), str(register.folder), str(place), PASSPHRASE, NEW, change, str(every(2))]
    said = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
    return [(place / number, int(code)) for number, code in map(str.split, said.splitlines())]


@pytest.mark.skipif(sys.platform == "win32", reason="kills a forked process")
def test_a_change_killed_at_any_step_leaves_a_key_that_opens_and_says_which(register: Register, tmp_path: Path) -> None:
    steps = killed(register, tmp_path / "steps", "passphrase")
    assert [code for _folder, code in steps] == [9] * (len(steps) - 1) + [0]
    ways = set()
    for folder, _code in steps:
        opens = [secret for secret in (NEW, PASSPHRASE) if opens_with(shutil.copytree(folder, f"{folder}-{secret}"), secret)]
        assert opens, folder
        told = opened_by(folder, opens[0]).told
        again = {secret for secret in (NEW, PASSPHRASE) if opens_with(folder, secret)}
        assert again == {opens[0]}, "what is sorted out opens with one passphrase alone"
        assert ("没有改成" in told, "已经改好" in told) in {(False, False), (opens[0] == PASSPHRASE, opens[0] == NEW)}
        assert {name for name in NAMES if (folder / name).exists()} == {KEY, COPY}
        ways.add(tuple(opens))
    assert ways == {(PASSPHRASE,), (NEW, PASSPHRASE), (NEW,)}


@pytest.mark.skipif(sys.platform == "win32", reason="kills a forked process")
def test_a_new_recovery_code_killed_at_any_step_leaves_the_passphrase(register: Register, tmp_path: Path) -> None:
    for folder, _code in killed(register, tmp_path / "steps", "code"):
        opened_by(folder)
        assert {name for name in NAMES if (folder / name).exists()} == {KEY, COPY}
