"""The window's end: it closes with its register, or stays and says why not. Nothing that fails on the way leaves it half gone."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QSessionManager
from PySide6.QtWidgets import QApplication, QWidget

from models.backups.reasons import Reason
from models.errors import UserError
from models.language import _
from models.register import register
from ui.kit.context import Context
from ui.shell.last_backup import LastBackup
from ui.shell.leaving import Leaving
from ui.shell.locking import Locking


class Closing(QObject):
    """Asks what stands against closing, then ends it all. ``told``: what did not work at the end, for whoever comes next.

    ``restore_wish``: a backup to go back to, and its secret, once the register is closed; ``rescue_wish``: to rescue it then.
    """

    def __init__(
        self, window: QWidget, end: Callable[[], Any], context: Context, leaving: Leaving, locking: Locking, last: LastBackup
    ) -> None:  # fmt: skip
        """The window is open; ``end()`` closes it without asking anything."""
        super().__init__(window)
        self._window, self._end, self._context = window, end, context
        self._leaving, self._locking, self._last = leaving, locking, last
        self.restore_wish: tuple[Path, str] | None = None
        self.rescue_wish = self.ended = False
        self.told: list[str] = []
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.commitDataRequest.connect(self.commit)

    def restore(self, source: Path, secret: str) -> None:
        """Close in order to go back to a backup."""
        self.restore_wish = (source, secret)
        if not self._window.close():
            self.restore_wish = None

    def rescue(self) -> None:
        """Close in order to rescue the register."""
        self.rescue_wish = True
        if not self._window.close():
            self.rescue_wish = False

    def may(self) -> bool:
        """True when the window may close now; else a person is asked, or told why not. Never raises."""
        again, locks = self._again(), self._locking.wanted
        goes_on = locks or self.rescue_wish or self.restore_wish is not None
        self._last.reason = Reason.CLOSING if self.restore_wish is None else Reason.RESTORE
        try:
            may = not self._last.underway and self._leaving.may(again)
            may = may and self._last.settled(self._leaving.agreed(again), locks, goes_on)
        except Exception as error:  # noqa: BLE001 — whatever it is, the window must not vanish with the register open
            may = self._fails(error, again, locks)
        if not may:
            self._locking.wanted = False
        return may

    def _again(self) -> Callable[[], Any]:
        """What closes the window once more for the reason for which it is closing now."""
        if self.restore_wish is not None:
            return partial(self.restore, *self.restore_wish)
        if self.rescue_wish:
            return self.rescue
        return self._locking.lock if self._locking.wanted else self._window.close

    def _fails(self, error: Exception, again: Callable[[], Any], locks: bool) -> bool:
        """Tell why it does not close, with what can be done; whoever locked it has gone, and it is locked all the same."""
        why = str(error) if isinstance(error, UserError) else _("程序出了错")
        if not isinstance(error, UserError):
            self._context.jobs.crashed.emit(error)
        if locks:
            self.told.append(_("锁定前没有备份：{why}").format(why=why))
            return True
        sentence = _("窗口没有关闭：{why} 登记册本身已经保存好。").format(why=why)
        self._last.ask(sentence, again)
        return False

    def end(self, *steps: Callable[[], Any]) -> None:
        """Stop all work, do ``steps`` and close the register, each whatever became of the one before. Never raises."""
        if self.ended:
            return
        self.ended = True
        kept: Callable[[], Any] = partial(self._locking.keep_end, self._context.register.folder)
        for step in (self._context.jobs.close, *steps, kept, register.close_register):
            try:
                step()
            except UserError as error:
                self.told.append(str(error))
            except Exception as error:  # noqa: BLE001 — the register is closed first, then it is told
                self._context.jobs.crashed.emit(error)

    def commit(self, session: QSessionManager) -> None:
        """The computer is being shut down or logged off: close at once, unless something would be lost and may be asked about.

        There is no time for a backup; the next closing makes it.
        """
        pressing = bool(self._context.jobs.held_up) or self._locking.unsaved
        if pressing and session.allowsInteraction():
            session.cancel()
            session.release()
            self._leaving.may(self._window.close)
            return
        session.setRestartHint(QSessionManager.RestartHint.RestartNever)
        self._end()
        self._window.hide()

