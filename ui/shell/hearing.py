"""What others write into an office's register shows here too: a thread of its own hears of it, also after the connection was cut.

Pages hear of it as of an own write (``Changes.changed``), without a banner: nobody here did it. What has to follow a write, cases
and the index, follows where it was written. While the server is away nobody waits for it, and a bar says so; when it is back
everything that is shown is asked anew.
"""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from models.engine import reaching
from models.engine.running import Listening
from models.errors import UserError
from models.following.table import follower
from models.journal import learning, news
from models.journal.news import News
from models.journal.seen import SeenUntil
from models.journal.writer import newest_batch
from ui.kit.context import EVERYTHING, Context
from ui.kit.jobs import Turn
from ui.record.form import RecordForm

#: Seconds: between two looks whether the window still listens; and until the next try, the longer the more were in vain.
_LOOK_EVERY, _TRIES = 1.0, (0.2, 1.0, 2.0, 5.0)
#: Milliseconds: what was written in so short a time is shown together; while something runs it waits, but not longer than that.
TOGETHER_MS, LONGEST_MS = 200, 3_000


class Hearing(QObject):
    """``lost()`` comes when the server cannot be reached any more, ``back()`` when it can again."""

    lost = Signal()
    back = Signal()
    _told = Signal(object)
    _up = Signal(bool, int)
    _down = Signal()

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        """Over an office's register it listens until the window's jobs are closed; over a file there is nobody to be heard."""
        super().__init__(parent)
        self._context = context
        self._kinds: frozenset[str] = frozenset()
        self._waited = 0
        self.away = False
        self._over, self._again, self._lock = threading.Event(), threading.Event(), threading.Lock()
        self._ear: Listening | None = None
        self._timer = QTimer(self, singleShot=True, interval=TOGETHER_MS)
        self._timer.timeout.connect(self._show)
        if not context.register.on_server:
            return
        for signal, slot in ((self._told, self._on_told), (self._up, self._on_up), (self._down, self._on_down)):
            signal.connect(slot, Qt.ConnectionType.QueuedConnection)
        context.jobs.closing.connect(self.close)
        self.destroyed.connect(self._over.set)  # whoever takes a window away without closing it: the thread tells nobody then
        newest = self._newest = newest_batch()
        context.jobs.seen = SeenUntil(newest)
        context.jobs.idle.connect(self._settle)
        args = (context.jobs.name, newest)
        threading.Thread(target=self._listen, args=args, name="hearing", daemon=True).start()

    def close(self) -> None:
        """Hear no more; what is under way is not waited for."""
        with self._lock:
            self._over.set()
            self._again.set()
            if self._ear is not None:
                self._ear.cut()

    def try_now(self) -> None:
        """Do not wait for the next try."""
        self._again.set()

    # the thread's side: nothing here touches a widget

    def _listen(self, name: str, newest: int) -> None:
        tries = 0
        first = True
        while not self._over.is_set():
            try:
                with reaching.listen() as ear:
                    reaching.be_away(False)
                    now = news.newest(ear)
                    missed, first, tries = not first or now != newest, False, 0
                    self._tell(self._up.emit, missed, now)
                    self._hear(ear, name)
            except UserError:
                if not self._over.is_set():
                    reaching.be_away(True)
                    self._tell(self._down.emit)
                    self._again.wait(_TRIES[min(tries, len(_TRIES) - 1)])
                    self._again.clear()
                    tries += 1

    def _hear(self, ear: Listening, name: str) -> None:
        with self._lock:
            self._ear = ear
        try:
            while not self._over.is_set():
                for line in ear.lines(_LOOK_EVERY):
                    told = news.understood(line)
                    if told is not None and told.speaker != name:
                        self._tell(self._told.emit, told)
        finally:
            with self._lock:
                self._ear = None

    def _tell(self, emit: Callable[..., object], *said: object) -> None:
        """Tell the window, unless it has gone meanwhile."""
        with self._lock:
            if not self._over.is_set():
                emit(*said)

    # the window's side

    @Slot(object)
    def _on_told(self, told: News) -> None:
        self._newest = max(self._newest, told.batch)
        self._take(told.kinds)

    @Slot(bool, int)
    def _on_up(self, missed: bool, newest: int) -> None:
        was_away, self.away = self.away, False
        self._newest = max(self._newest, newest)
        if was_away:
            self.back.emit()
        if missed:
            self._take(EVERYTHING)

    @Slot()
    def _on_down(self) -> None:
        if not self.away:
            self.away = True
            self.lost.emit()

    def _settle(self) -> None:
        """What others wrote is shown: whoever begins to type now has seen it. What stands open to be typed in may be older."""
        seen, around = self._context.jobs.seen, self.parent()
        if self._kinds or seen is None or seen.batch == self._newest or not isinstance(around, QWidget):
            return
        typing = QApplication.focusWidget()
        if isinstance(typing, QLineEdit) and typing.isModified():
            return
        parts = around.window().findChildren(QWidget)
        # a record's form compares what it knew by itself
        if not any(hasattr(each, "dirty") and each.isVisible() and not isinstance(each, RecordForm) for each in parts):
            self._context.jobs.seen = SeenUntil(self._newest)

    def _take(self, kinds: frozenset[str]) -> None:
        self._kinds |= kinds
        if not self._timer.isActive():
            self._waited = 0
            self._timer.start()

    def _show(self) -> None:
        """Let the pages hear of it; a question that is being answered is not asked anew for each thing that others do."""
        self._waited += TOGETHER_MS
        if self._context.jobs.closed:
            return
        if self._context.jobs.busy and self._waited < LONGEST_MS:
            self._timer.start()
            return
        kinds, self._kinds = self._kinds, frozenset()
        if kinds & follower("learn").kinds:
            self._context.jobs.run(_learned, kinds, done=self._context.changes.tell_of_others, turn=Turn.SOON)
        else:
            self._context.changes.tell_of_others(kinds)


def _learned(kinds: frozenset[str]) -> frozenset[str]:
    """Take over what the register teaches now; the kinds that changed."""
    learning.learn()
    return kinds
