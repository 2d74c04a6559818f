"""The window over a register that cannot be written: it says why as long as it is so, and everything can still be read."""

import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from models.engine import database
from models.errors import Unwritable
from models.journal.writer import Author, batch
from models.records.union import Union
from models.register import register as room
from models.register import soundness, traces
from models.register.header import PAGE
from models.register.register import Register
from models.uid import new_uid
from tests.aids.small_disk import read_only
from tests.aids.speaking import PASSPHRASE, TODAY, listed
from ui.shell.crash import Failures
from ui.shell.unlock_dialog import UnlockDialog
from ui.shell.unlocked import open_window
from ui.shell.window import Window


def opened(qtbot: QtBot, folder: Path, held: ExitStack) -> Window:
    """The window over the register in a folder, as the door opens it."""
    door = UnlockDialog(folder, held)
    qtbot.addWidget(door)
    door.show()
    door.secret.setText(PASSPHRASE)
    qtbot.mouseClick(door.opening, Qt.MouseButton.LeftButton)
    assert door.register is not None, door.wrong.text()
    window = open_window(door.register, Failures(), TODAY)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.context.jobs.idle, timeout=20_000):
        window.show()
    return window


@pytest.fixture
def closed(register: Register, filled: None, tmp_path: Path) -> Path:
    """The folder of a closed register with a few records, on what may become a disk of its own."""
    room.close_register()
    folder = tmp_path / "disk" / "data"
    shutil.copytree(register.folder, folder)
    return folder


def test_a_read_only_register_is_read_in_the_window(qtbot: QtBot, closed: Path) -> None:
    with read_only(closed.parent), ExitStack() as held:
        window = opened(qtbot, closed, held)
        assert window.standing.isVisible()
        assert "只能读" in window.standing.label.text()
        assert not window.standing.rescue.isVisible()
        window.open_page("unions")
        assert len(listed("unions", "name")) == 2
        with pytest.raises(Unwritable, match="只能读"), batch("edit", window.context.author) as writer:
            writer.create(Union, {"uid": new_uid(), "name": "新的"})
        with qtbot.waitSignal(window.closed):
            window.close()
        assert not database.is_open()


def test_a_laptop_that_cannot_keep_who_it_is_works_all_the_same(
    qtbot: QtBot, closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("JIANHUI_LAPTOP", str(tmp_path / "file" / "laptop.json"))
    with ExitStack() as held:
        window = opened(qtbot, closed, held)
        assert not window.standing.isVisible()
        assert window.context.author.device
        with qtbot.waitSignal(window.closed):
            window.close()


def test_a_very_large_register_is_looked_through_behind_the_window(
    qtbot: QtBot, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soundness, "AT_ONCE", 1000)
    content = bytearray((closed / traces.FILE).read_bytes())
    content[-PAGE // 2] ^= 1
    (closed / traces.FILE).write_bytes(content)
    with ExitStack() as held:
        window = opened(qtbot, closed, held)
        qtbot.waitUntil(window.standing.isVisible)
        assert "不再写入" in window.standing.label.text()
        assert window.standing.rescue.isVisible()
        with qtbot.waitSignal(window.closed):
            window.close()
    assert (closed / traces.FILE).read_bytes() == bytes(content)
    assert not (closed / "backups").exists()


def test_a_sound_register_shows_no_bar(qtbot: QtBot, closed: Path) -> None:
    with ExitStack() as held:
        window = opened(qtbot, closed, held)
        assert not window.standing.isVisible()
        assert isinstance(window.context.author, Author)
        assert window.context.author.device
        with qtbot.waitSignal(window.closed):
            window.close()
