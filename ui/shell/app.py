"""The window from start to end: the door, the window, and back to the door after a restore or a lock."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

from models.errors import DamagedRegister
from models.register import known_offices
from ui.shell.ahead import LoadingAhead
from ui.shell.application import application, dress
from ui.shell.crash import Failures
from ui.shell.unlock_dialog import UnlockDialog


def run(folder: Path) -> int:
    """Unlock, work, close; returns the exit status. After a restore or a lock the door opens again."""
    app = application()
    app.styleHints().colorSchemeChanged.connect(dress)
    failures = Failures()
    failures.install()
    note: str | None = ""
    damage, place = "", Doorstep(folder)
    try:
        while note is not None:
            try:
                note, damage = _session(app, place, failures, note, damage), ""
            except DamagedRegister as error:  # it can be opened, but not what the window cannot do without
                note, damage = "", str(error)
    finally:
        failures.remove()
    return 0


@dataclass
class Doorstep:
    """Where the register lies that the door opens next, and whether it was open before in this run."""

    folder: Path
    again: bool = False


def _session(app: QApplication, place: Doorstep, failures: Failures, note: str, damage: str) -> str | None:
    """One time from the door to closing. Returns what to say at the door next, None to end.

    ``damage``: why the register can only be restored or rescued. Raises DamagedRegister where no window can be shown over it.
    """
    with ExitStack() as held:
        door = UnlockDialog(place.folder, held, note, damage, locked=place.again)
        ahead = LoadingAhead(door)
        answer, opened = door.exec(), door.register
        ahead.stop()
        door.deleteLater()
        if answer != QDialog.DialogCode.Accepted or opened is None:
            return None
        # with all pages; mostly loaded by now, while the passphrase was typed
        from ui.shell.unlocked import work

        place.folder, place.again = opened.folder, True
        if not opened.on_server:
            known_offices.note_opened(None)
        return work(app, opened.folder, failures, opened)
