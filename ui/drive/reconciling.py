"""Keeping the drive's cases in line with its list: quietly after whatever may have changed it, and told when it did."""

from PySide6.QtCore import QObject

from models.drive.cases import Reconciled
from models.following.table import follower
from models.language import _
from ui.kit.context import Context
from ui.kit.jobs import Turn
from ui.kit.notices import Action


class Reconciling(QObject):
    """Runs after every change of what decides, one run at a time; what it writes itself decides nothing.

    Its batches are not remembered for Ctrl+Z: that takes back what a person did, and the cases follow.
    """

    def __init__(self, context: Context, parent: QObject) -> None:
        """Begins with a first run: the register may have been changed while no window was open."""
        super().__init__(parent)
        self._context, self._follower = context, follower("cases")
        self._running = self._again = False
        self._number = 0
        context.changes.changed.connect(self._on_changed)
        self.run()

    def run(self) -> None:
        """Bring the cases in line on the worker thread; once more afterwards when something changes meanwhile."""
        if self._running:
            self._again = True
            return
        self._running = True
        context = self._context
        context.jobs.run(self._follower.call, context, done=self._done, failed=self._failed, turn=Turn.LATER)

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & self._follower.kinds and not self._context.changes.of_others:
            self.run()

    def _done(self, done: Reconciled) -> None:
        self._running = False
        if done.batch is not None:
            self._number = done.batch
            self._context.notices.add(_("{changes}。").format(changes=done.text), Action(_("撤销台账变动"), self._undo))
        if self._again:
            self._again = False
            self.run()

    def _failed(self, error: Exception) -> None:
        """Another program may be writing: the next change tries again."""
        self._running = self._again = False

    def _undo(self) -> None:
        self._context.undoing.undo(self._number)
