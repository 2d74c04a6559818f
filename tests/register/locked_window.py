"""A program for ``test_secrecy``: the window over a register, opened by keys typed one by one, then perhaps locked.

Arguments: the folder, and "open" or "locked". The characters' numbers come on stdin, so that the passphrase stands nowhere but
where the program itself puts it. Says the state on stdout and waits to be ended.
"""

import gc
import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from models.register import keys
from ui.shell.app import run
from ui.shell.application import application
from ui.shell.unlock_dialog import UnlockDialog
from ui.shell.window import Window

keys.COST = keys.COST | {"n": 2**10}


class Person:
    """Opens the register, and locks it when told to."""

    def __init__(self, state: str, letters: list[int]) -> None:
        self.state, self.letters = state, letters
        self.timer = QTimer(interval=30)
        self.timer.timeout.connect(self.act)
        self.timer.start()

    def act(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, UnlockDialog) and widget.isVisible():
                if widget.note.text():  # locked
                    self.stay()
                for letter in self.letters:
                    QTest.keyClicks(widget.secret, chr(letter))
                widget.opening.click()
            elif isinstance(widget, Window) and widget.isVisible() and not widget.context.jobs.busy:
                if self.state == "open":
                    self.stay()
                widget.locking.lock()

    def stay(self) -> None:
        self.timer.stop()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        print(self.state, flush=True)
        sys.stdin.read()
        os._exit(0)


if __name__ == "__main__":
    application()
    person = Person(sys.argv[2], [int(number) for number in sys.stdin.readline().split()])
    run(Path(sys.argv[1]))
