"""The window from start to end: the door, the window, and back to the door after a restore or a lock."""

from contextlib import ExitStack
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog

from models.errors import DamagedRegister
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
    damage = ""
    try:
        while note is not None:
            try:
                note, damage = _session(app, folder, failures, note, damage), ""
            except DamagedRegister as error:  # it can be opened, but not what the window cannot do without
                note, damage = "", str(error)
    finally:
        failures.remove()
    return 0


def _session(app: QApplication, folder: Path, failures: Failures, note: str, damage: str) -> str | None:
    """One time from the door to closing. Returns what to say at the door next, None to end.

    ``damage``: why the register can only be restored or rescued. Raises DamagedRegister where no window can be shown over it.
    """
    with ExitStack() as held:
        door = UnlockDialog(folder, held, note, damage)
        ahead = LoadingAhead(door)
        answer, opened = door.exec(), door.register
        ahead.stop()
        door.deleteLater()
        if answer != QDialog.DialogCode.Accepted or opened is None:
            return None
        # with all pages; mostly loaded by now, while the passphrase was typed
        from ui.shell.unlocked import work

        return work(app, folder, failures, opened)
