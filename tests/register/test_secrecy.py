"""What is left of secrets: in the memory of a locked window, in a core file, in the environment of what is started."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from models import secrecy
from models.register import register as room
from models.register.register import Register
from tests.aids.speaking import PASSPHRASE

ROOT = Path(__file__).resolve().parent.parent.parent
#: Such as keys can be pressed for, one by one.
TYPED = "kitchen lamp 7 zebra"


def memory(pid: int) -> list[bytes]:
    """All that a process of ours has in its memory and may be read."""
    found = []
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", 0) as held:
        for line in maps:
            place, rights, *_rest = line.split()
            start, end = (int(each, 16) for each in place.split("-"))
            if "r" in rights and "[v" not in line:
                try:
                    held.seek(start)
                    found.append(held.read(end - start))
                except OSError:
                    continue
    return found


def left_behind(folder: Path, state: str, wanted: dict[str, bytes]) -> set[str]:
    """Which of the secrets stand in the memory of a window that was opened and then is in ``state``."""
    command = [sys.executable, str(ROOT / "tests" / "register" / "locked_window.py"), str(folder), state]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **pipes) as window:  # type: ignore[call-overload]
        try:
            window.stdin.write(" ".join(str(ord(letter)) for letter in TYPED) + "\n")
            window.stdin.flush()
            assert window.stdout.readline().strip() == state
            pieces = memory(window.pid)
        finally:
            window.kill()
    return {name for name, secret in wanted.items() if any(re.search(re.escape(secret), piece) for piece in pieces)}


@pytest.mark.skipif(sys.platform != "linux", reason="reads another process's memory as Linux shows it")
def test_a_locked_window_has_neither_the_passphrase_nor_the_key_in_its_memory(tmp_path: Path) -> None:
    made, _code = room.create(tmp_path / "data", TYPED)
    room.close_register()
    wanted = {
        "passphrase": TYPED.encode(), "passphrase as Qt has it": TYPED.encode("utf-16-le"),
        "key": bytes.fromhex(made.key_hex), "key in hexadecimal": made.key_hex.encode(),
    }  # fmt: skip
    try:
        assert left_behind(made.folder, "open", wanted) == {"key in hexadecimal"}, "an open register needs its key"
        assert left_behind(made.folder, "locked", wanted) == set()
    except PermissionError:
        pytest.skip("this machine shows no process another one's memory")


CRASH = """
import os, resource, sys
sys.path.insert(0, sys.argv[1])
if not (child := os.fork()):
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    if sys.argv[3] == "kept":
        from models.secrecy import keep_memory
        keep_memory()
    os.kill(os.getpid(), int(sys.argv[2]))
_pid, status = os.waitpid(child, 0)
print(os.WTERMSIG(status), os.WCOREDUMP(status))
"""


def dumped(number: int, kept: str, folder: Path) -> bool:
    """True when the kernel made a core file of a program that died of a signal."""
    command = [sys.executable, "-c", CRASH, str(ROOT), str(number), kept]
    said = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=True).stdout.split()
    assert said[0] == str(number)
    return said[1] == "True"


@pytest.mark.skipif(sys.platform == "win32", reason="signals and core files are the other systems'")
@pytest.mark.parametrize("number", [6, 11])
def test_a_crash_leaves_no_picture_of_the_memory(tmp_path: Path, number: int) -> None:
    assert not dumped(number, "kept", tmp_path)
    assert list(tmp_path.iterdir()) == []
    if not dumped(number, "as it is", tmp_path):
        pytest.skip("this machine makes no core files anyway")


WINDOW_OR_VERB = """
import os, sys
sys.path.insert(0, sys.argv[1])
import main
status = main.main(["check"])
import ctypes, resource
print(os.environ.get("JIANHUI_PASSPHRASE"), resource.getrlimit(resource.RLIMIT_CORE)[0], ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux")
def test_the_program_hides_its_memory_and_takes_the_passphrase_out_of_its_environment(register: Register) -> None:
    room.close_register()
    given = os.environ | {"JIANHUI_PASSPHRASE": PASSPHRASE, "JIANHUI_DATA": str(register.folder)}
    said = subprocess.run(
        [sys.executable, "-c", WINDOW_OR_VERB, str(ROOT)], env=given, capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert said.splitlines()[-1] == "None 0 0"


@pytest.mark.parametrize("secret", ["a secret of many letters", b"a secret of many letters"])
def test_a_text_is_written_over_where_it_stands(secret: str | bytes) -> None:
    own = secret + secret[:1]  # type: ignore[operator]  # made here, shared by nobody
    secrecy.wipe(own)
    assert set(own) in ({"\0"}, {0})
    assert len(own) == len(secret) + 1
