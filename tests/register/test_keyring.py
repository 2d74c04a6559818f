"""The system's own keyring, for real: a Secret Service in a session of its own keeps the password of an office's user."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from models.engine.addresses import Address
from models.opening.office import prepare
from models.register import office
from tests.aids.engines import PostgresServer, programs
from tests.aids.terminal import ROOT, program

_NEEDED = ("dbus-run-session", "gnome-keyring-daemon")
pytestmark = [
    pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql"),
    pytest.mark.skipif(
        not all(map(shutil.which, _NEEDED)), reason="no Secret Service: apt install gnome-keyring dbus-x11"
    ),
]

SECRET = "lamp-kitchen-7"
_SERVICE = (
    "printf opens | gnome-keyring-daemon --unlock --foreground --components=secrets >/dev/null & "
    "echo $DBUS_SESSION_BUS_ADDRESS; read _end; kill $!"
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of somebody who has logged in: a bus, and a keyring on it which their login has unlocked."""
    home = tmp_path / "home"
    (home / "run").mkdir(parents=True, mode=0o700)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "DBUS", "XDG", "DISPLAY"))}
    inside = kept | {
        "HOME": str(home), "XDG_RUNTIME_DIR": str(home / "run"), "JIANHUI_LAPTOP": str(home / "laptop.json"),
        "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip
    with subprocess.Popen(
        ["dbus-run-session", "--", "sh", "-c", _SERVICE], env=inside, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        yield inside | {"DBUS_SESSION_BUS_ADDRESS": running.stdout.readline().strip()}
        running.communicate("\n")


@pytest.fixture
def place(server: PostgresServer, tmp_path: Path) -> Address:
    """An office's register whose user has to say a password."""
    server.say(f"CREATE ROLE li LOGIN PASSWORD '{SECRET}'")
    (server.folder / "data" / "pg_hba.conf").write_text("local all jianhui trust\nlocal all li scram-sha-256\n")
    server.say("SELECT pg_reload_conf()")
    server.say("CREATE DATABASE office OWNER li")
    folder = tmp_path / "prepared"
    folder.mkdir()
    address = server.address("office", "li")
    office.note_address(folder, address)
    prepare(folder, SECRET)
    return address


def run(code: str, session: Mapping[str, str]) -> str:
    """What a program of its own prints in that session."""
    told = subprocess.run([sys.executable, "-c", code], env=dict(session), cwd=ROOT, text=True, capture_output=True, check=False)
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


def asked(place: Address, session: Mapping[str, str]) -> tuple[int, str]:
    """A command over the office that is given no password: its exit code, and what it says."""
    with program("office", "users", "list", "--json", "--data", str(place), env=dict(session)) as running:
        out, err = running.communicate(timeout=120)
        return running.returncode, out + err


_WINDOW = """
from contextlib import ExitStack
from pathlib import Path
from PySide6.QtWidgets import QApplication
app = QApplication([])
from models.register import known_offices
from ui.shell.office_page import OfficePage
with ExitStack() as held:
    page = OfficePage(held)
    page.host.setText({address!r})
    if {secret!r}:
        page.secret.setText({secret!r})
        page.keep.setChecked(True)
    print(page.keep.isVisibleTo(page), page.secret.placeholderText())
    opened = []
    page.opened.connect(opened.append)
    page.open_it()
    print(len(opened), page.wrong.text())
"""


def test_a_password_is_kept_by_the_system_and_found_by_window_and_command_until_it_is_forgotten(
    session: dict[str, str], place: Address
) -> None:
    assert asked(place, session)[0] != 0, "nobody knows it"
    told = run(_WINDOW.format(address=str(place), secret=SECRET), session)
    assert [line.strip() for line in told.splitlines()] == ["True", "1"], told
    code, said = asked(place, session)
    assert code == 0, said
    told = run(_WINDOW.format(address=str(place), secret=""), session)
    assert [line.strip() for line in told.splitlines()] == ["True 用系统钥匙串里的口令", "1"], told
    home = Path(session["HOME"])
    files = [each for each in home.rglob("*") if each.is_file()]
    assert any("keyring" in each.name for each in files)
    assert not [each for each in files if SECRET.encode() in each.read_bytes()]
    assert json.loads((home / "laptop.json").read_text("utf-8"))["last_was_office"]
    run(
        "from models.engine.addresses import read_address; from models.register import known_offices;"
        f"known_offices.forget_password(read_address({str(place)!r}))",
        session,
    )
    assert asked(place, session)[0] != 0, "it is forgotten"
