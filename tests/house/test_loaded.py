"""What is loaded before it is needed: exactly what the help, a list and the door have to wait for, and nothing else.

A module that comes in here makes every start slower; whoever adds one to these sets says so by that.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from models.register import register as room
from tests.aids.speaking import PASSPHRASE

ROOT = Path(__file__).resolve().parent.parent.parent
#: Runs the command line and tells what is loaded at its end.
VERB = """
import sys, main
try:
    main.main(sys.argv[1:])
except SystemExit:
    pass
print('loaded', *sorted(name for name, each in sys.modules.items() if each))
"""
#: Runs the window until the door has been painted.
DOOR = """
import os, sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog
import main

class Painted(QObject):
    def eventFilter(self, on, event):
        if isinstance(on, QDialog) and event.type() == QEvent.Type.Paint:
            print('loaded', *sorted(name for name, each in sys.modules.items() if each), flush=True)
            os._exit(0)
        return False

app, seen = QApplication(sys.argv[:1]), Painted()
app.installEventFilter(seen)
main.main(sys.argv[1:])
"""

#: Runs the window until what stands behind the door is there, while nobody types; a window of its own then opens at once.
WAITING = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import main

def look():
    if 'ui.shell.unlocked' in sys.modules:
        print('loaded', *sorted(name for name, each in sys.modules.items() if each), flush=True)
        os._exit(0)

app, again = QApplication(sys.argv[:1]), QTimer(interval=20)
again.timeout.connect(look)
again.start()
main.main(sys.argv[1:])
"""


def loaded(code: str, folder: Path, *arguments: str) -> tuple[set[str], set[str]]:
    """The packages of the rooms, and the libraries, that a program has loaded when it tells of it."""
    given = {"JIANHUI_DATA": str(folder), "JIANHUI_PASSPHRASE": PASSPHRASE, "QT_QPA_PLATFORM": "offscreen"}
    kept = {name: value for name, value in os.environ.items() if name not in ("COV_CORE_SOURCE", "PYTHONSTARTUP")}
    command = [sys.executable, "-X", "utf8", "-c", code, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=kept | given, capture_output=True, text=True, encoding="utf-8", check=False)
    told = [line for line in done.stdout.splitlines() if line.startswith("loaded ")]
    assert told, done.stderr
    names = told[0].split()[1:]
    ours = {"main", "cli", "ui", "importers", "reports", "models"}
    packages = {".".join(name.split(".")[:2]) for name in names if name.split(".")[0] in ours - {"main", "cli"}}
    above = {name.split(".")[0] for name in names} - set(sys.stdlib_module_names) - ours
    return packages - ours, {name for name in above if name[0] != "_"} - {"sitecustomize", "signature_bootstrap"}


#: What the start itself takes: who uses this laptop, in which language, and what is told when it fails.
START = {
    "models.errors", "models.files", "models.language", "models.patterns", "models.register", "models.roles", "models.secrecy",
}  # fmt: skip
#: All kinds of record with their fields: the command line names them.
RECORDS = START | {
    "models.duplicates", "models.engine", "models.journal", "models.own_names", "models.records", "models.trail",
    "models.uid", "models.values", "reports.catalogue", "reports.choices",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small register, closed."""
    room.create(tmp_path, PASSPHRASE)
    room.close_register()
    return tmp_path


def test_the_help_loads_what_it_names(tmp_path: Path) -> None:
    assert loaded(VERB, tmp_path, "--help") == (RECORDS, {"peewee", "platformdirs", "playhouse", "sqlcipher3"})


def test_a_list_loads_the_engine_and_the_lists_and_no_importer(folder: Path) -> None:
    lists = {"models.ledger", "models.lists", "models.opening", "models.progress", "models.sites", "models.standing"}
    engine = {"cryptography", "filelock", "peewee", "platformdirs", "playhouse", "rich", "sqlcipher3"}
    assert loaded(VERB, folder, "list", "workers") == (RECORDS | lists, engine)


def test_the_door_is_painted_before_anything_behind_it_is_loaded(folder: Path) -> None:
    shown = {"models.engine", "models.own_names", "models.values", "ui.kit", "ui.shell"}
    window = {"PySide6", "shiboken6", "shibokensupport"}
    assert loaded(DOOR, folder) == (START | shown, {"cryptography", "filelock", "peewee", "platformdirs"} | window)


def test_what_is_loaded_behind_the_door_is_there_and_is_all_that_the_window_takes(folder: Path) -> None:
    ahead = "from importlib import import_module; from ui.shell.ahead import PARTS; list(map(import_module, PARTS))"
    told = "import sys; print('loaded', *sorted(name for name, each in sys.modules.items() if each))"
    assert loaded(f"{ahead}; {told}", folder) == loaded(f"import ui.shell.unlocked, ui.shell.app; {told}", folder)


def test_the_window_is_loaded_while_the_door_waits(folder: Path) -> None:
    packages, _libraries = loaded(WAITING, folder)
    assert {"importers.session", "ui.drive", "ui.home", "ui.importing", "ui.lists", "models.opening"} <= packages
