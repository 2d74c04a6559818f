"""Closing the window: not in the middle of something, nor over something that was typed and is not saved."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from models.language import _
from ui.kit.jobs import Jobs
from ui.kit.notices import Action, Notices


class Leaving(QObject):
    """Asks in the banner about what closing would cut short or lose, and closes once that is answered."""

    def __init__(self, parent: QObject, jobs: Jobs, notices: Notices, unsaved: Callable[[], bool]) -> None:
        """``unsaved()`` tells whether something was typed that would be lost."""
        super().__init__(parent)
        self._jobs, self._notices, self._unsaved = jobs, notices, unsaved
        self._again: Callable[[], Any] | None = None
        self._waiting = self._dropping = False
        jobs.idle.connect(self._go_when_idle)

    def may(self, again: Callable[[], Any]) -> bool:
        """True when nothing stands against closing; else a person is asked, and ``again()`` closes after the answer."""
        self._again = again
        running = self._jobs.held_up
        if running:
            sentence = _("{what}，请等它结束，或者停下它再关闭。").format(what=running[0])
            self._notices.ask(sentence, Action(_("停下并关闭"), self._stop))
            return False
        if self._unsaved() and not self._dropping:
            sentence = _("有填好还没有保存、或者核对了还没有导入的内容，关闭以后就没有了。")
            self._notices.ask(sentence, Action(_("放弃并关闭"), self._drop))
            return False
        self._jobs.cancel_later()  # the index and what is counted beside go on at the next start: nobody waits for them
        return True

    def _stop(self) -> None:
        self._waiting = True
        self._jobs.cancel_all()
        if not self._jobs.busy:
            self._go_when_idle()

    def _go_when_idle(self) -> None:
        if self._waiting:
            self._waiting = False
            self._go()

    def _drop(self) -> None:
        self._drop_for(self._go)

    def _drop_for(self, call: Callable[[], Any]) -> None:
        self._dropping = True
        call()
        self._dropping = False

    def agreed(self, again: Callable[[], Any]) -> Callable[[], Any]:
        """``again``, for later: where a person has just said that what is typed may go, they are not asked once more."""
        return partial(self._drop_for, again) if self._dropping else again

    def _go(self) -> None:
        if self._again is not None:
            self._again()
