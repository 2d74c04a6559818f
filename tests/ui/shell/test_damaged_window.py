"""The window over a damaged register: what can be read is shown, what cannot is said in a sentence, and nothing crashes."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.engine import database
from models.register import register as room
from models.register import traces
from models.register.header import PAGE
from models.register.register import Register
from tests.aids.speaking import PASSPHRASE
from ui.shell.app import run as run_window
from ui.shell.crash import CrashSheet
from ui.shell.unlock_dialog import UnlockDialog
from ui.shell.window import Window


def spoil_tables(register: Register, folder: Path, *tables: str) -> None:
    """Copy a register to ``folder`` and change a byte of the first page of some of its tables."""
    shutil.copytree(register.folder, folder)
    database.connect(folder / traces.FILE, register.key_hex)
    first = dict(database.db.execute_sql("SELECT name, rootpage FROM sqlite_master").fetchall())
    room.close_register()
    content = bytearray((folder / traces.FILE).read_bytes())
    for table in tables:
        content[(first[table] - 1) * PAGE + 2000] ^= 1
    (folder / traces.FILE).write_bytes(content)


class Person:
    """Opens the register, looks at every page of its window and closes it; or gives up at a door that says it is damaged."""

    def __init__(self) -> None:
        self.at_door, self.told, self.pages, self.crashed = "", "", list[str](), list[str]()
        self.timer = QTimer(interval=20)
        self.timer.timeout.connect(self.act)
        self.timer.start()

    def act(self) -> None:
        for widget in filter(QWidget.isVisible, QApplication.topLevelWidgets()):
            if isinstance(widget, CrashSheet):
                self.crashed.append(widget.details.toPlainText())
                widget.close()
            elif isinstance(widget, UnlockDialog):
                self._at_door(widget)
            elif isinstance(widget, Window) and not widget.context.jobs.busy:
                self._in_window(widget)

    def _at_door(self, door: UnlockDialog) -> None:
        if door.damage.isVisible():
            self.at_door = door.damage.text()
            door.reject()
        else:
            door.secret.setText(PASSPHRASE)
            door.opening.click()

    def _in_window(self, window: Window) -> None:
        self.told = window.standing.label.text()
        left = [name for name in window.titles if name not in self.pages]
        if left:
            self.pages.append(left[0])
            window.open_page(left[0])
        else:
            window.close()


@pytest.mark.parametrize(
    "tables", [("employer", "union", "head_count"), ("worker", "change", "ledger_entry", "worker_search_data")]
)
def test_damaged_tables_are_told_and_the_other_pages_can_be_looked_at(
    qtbot: QtBot, sample_register: Register, tmp_path: Path, capfd: pytest.CaptureFixture[str], tables: tuple[str, ...]
) -> None:
    spoil_tables(sample_register, tmp_path / "data", *tables)
    person = Person()
    assert run_window(tmp_path / "data") == 0
    person.timer.stop()
    assert person.crashed == []
    assert "Traceback" not in capfd.readouterr().err
    assert "抢救" in person.told
    assert len(person.pages) > 12


def test_where_the_window_itself_cannot_be_shown_the_door_says_so_and_offers_rescue(
    qtbot: QtBot, sample_register: Register, tmp_path: Path
) -> None:
    spoil_tables(sample_register, tmp_path / "data", "region_parent")
    person = Person()
    assert run_window(tmp_path / "data") == 0
    person.timer.stop()
    assert (person.crashed, person.pages) == ([], [])
    assert "抢救" in person.at_door
