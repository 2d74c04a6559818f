"""The backup that closing makes: on the worker thread, told in the window, which closes by itself once it is done."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from models.backups.due import due
from models.backups.making import MadeBackup, back_up
from models.backups.reasons import Reason
from models.engine import database
from models.errors import Stopped, UserError
from models.language import _
from ui.kit.context import Context
from ui.kit.empty import EmptyState
from ui.kit.jobs import Job
from ui.kit.notices import Action
from ui.kit.plain import inform

#: A backup that is done sooner is not told: a page that flashes up disturbs more than it tells.
_WAIT_MS = 300


class LastBackup(QObject):
    """Stands between the wish to close and closing; meanwhile the window shows ``cover`` and the status line alone.

    Whoever locked the window went away: then it never shows the register again, however the backup ends.
    """

    def __init__(self, window: QWidget, context: Context) -> None:
        """Nothing is under way."""
        super().__init__(window)
        self._window, self._context = window, context
        self._parts: tuple[QWidget, ...] = ()
        self._focus: QWidget | None = None
        self._job: Job | None = None
        self._again: Callable[[], Any] | None = None
        self._locks = self._goes_on = self._waived = self._settled = False
        #: What the backup says it was made for.
        self.reason = Reason.CLOSING
        #: Why there is no backup, for whoever comes to the door next.
        self.told = ""
        self.cover = EmptyState("lock", "", _("不备份，直接关闭"), wanted=False)
        self.cover.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cover.pressed.connect(self._waive)
        self.cover.hide()
        self._timer = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._timer.timeout.connect(self._cover)

    def hides(self, *parts: QWidget) -> None:
        """Say which parts of the window the cover takes the place of."""
        self._parts = parts

    @property
    def underway(self) -> bool:
        """True from the beginning of the backup until its end is told."""
        return self._job is not None

    def settled(self, again: Callable[[], Any], locks: bool, goes_on: bool) -> bool:
        """True when there is nothing to back up; else that begins, and ``again()`` closes after it. ``locks``: to be locked.

        ``goes_on``: a backup that cannot be made keeps nobody back. What may not be written is not backed up either: a copy of
        a damaged register would take the place of a good one.
        """
        done = self._settled or self._context.jobs.closed or database.refused()
        if done or not due(self._context.register, Reason.CLOSING):
            return True
        self._again, self._locks, self._goes_on, self._waived = again, locks, goes_on, False
        closing = _("正在备份，备份好就自动关闭。还要接着用，按“取消”。")
        self.cover.say(_("正在备份，备份好就自动锁定。") if locks else closing)
        self.cover.button.setText(_("不备份，直接锁定") if locks else _("不备份，直接关闭"))
        self.cover.button.setEnabled(True)
        run, opened = self._context.jobs.run, self._context.register
        self._job = run(back_up, opened, self.reason, done=self._done, failed=self._failed, title=_("正在备份"))
        self._timer.start()
        return False

    def _cover(self) -> None:
        self._context.notices.dismiss()
        self._focus = self._window.focusWidget()
        self._show_covered(covered=True)
        self.cover.setFocus()  # and not a button that a key pressed by chance would press

    def _show_covered(self, covered: bool) -> None:
        """Show the cover, or all again; what is hidden is not to be reached by keys or by dropping files either."""
        for part in self._parts:
            part.setVisible(not covered)
        self.cover.setVisible(covered)
        for action in self._window.actions():
            action.setEnabled(not covered)
        self._window.setAcceptDrops(not covered)

    def _waive(self) -> None:
        if self._job is not None:
            self._waived = True
            self.cover.button.setEnabled(False)
            self._job.cancel()

    def _done(self, made: MadeBackup) -> None:
        if made.note and not self._locks:
            inform(self._window, _("备份"), made.note)
        self._go()

    def _failed(self, error: Exception) -> None:
        self._timer.stop()
        told = _("没有备份：{why} 登记册本身已经保存好。").format(why=error) if isinstance(error, UserError) else ""
        if self._locks or self._waived or (told and self._goes_on):
            self.told = told
            self._go()
            return
        again = self._again or self._window.close
        self._stay()
        stopped = _("备份停下了，窗口没有关闭。登记册本身已经保存好，原有的备份也没有改动。")
        broken = _("备份出了错，窗口没有关闭。登记册本身已经保存好，原有的备份也没有改动。")
        said = stopped if isinstance(error, Stopped) else told or broken
        self.ask(said, again)

    def ask(self, told: str, again: Callable[[], Any]) -> None:
        """Say why the window did not close, and offer what can be done about it; ``again()`` closes for the same reason."""
        without = Action(_("不备份，直接关闭"), partial(self.close_without, self._window.close))
        self._context.notices.ask(told, without, Action(_("再试一次"), again), Action(_("先不关闭"), self._context.notices.dismiss))

    def _go(self) -> None:
        """Close now; when something else stands against it after all, the window is there again."""
        self._timer.stop()
        self._job, self._settled = None, True
        try:
            if self._again is not None:
                self._again()
        finally:
            self._settled = False
        if self._window.isVisible():
            self._stay()

    def close_without(self, again: Callable[[], Any]) -> None:
        """Close without a backup, some time later: what was typed since is asked about as ever."""
        self._again = again
        self._go()

    def _stay(self) -> None:
        self._job = None
        self._show_covered(covered=False)
        if self._focus is not None and isValid(self._focus):
            self._focus.setFocus()
        self._focus = None
