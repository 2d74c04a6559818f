"""The one way to wait: plain functions run one after another on one worker thread, and report back to the window.

The jobs are owned here and never by a dialog or a page: a page that goes takes no work with it. A function with a
parameter named ``progress`` is given one, ``progress(done, total)``; when the person cancels, it raises ``Stopped``.

What a person waits for goes before what only has to be done some time (``Turn``): a job whose turn is not ``NOW`` is broken
off where it reads as soon as a more urgent one comes, and begun anew after it.
"""

import inspect
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from enum import IntEnum
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from models.engine import database, reaching
from models.engine.breaking_off import breaking_off
from models.errors import DamagedRegister, Overtaken, Stopped, UserError
from models.journal.done import Done, collected, summed
from models.journal.news import speaking_as
from models.journal.seen import SeenUntil, having_seen
from ui.kit.garbage import collect_here

#: Seconds between two reports of progress: more often only keeps the window busy painting.
_REPORT_EVERY = 0.05
#: Seconds for which a server is waited for when the window closes: one that is not there, and one that is.
_GONE_WAIT, _LAST_WAIT = 2.0, 15.0


class Turn(IntEnum):
    """How urgent a job is. What is not ``NOW`` may be begun anew, so it reads only, or writes in one transaction at its end."""

    #: A person waits for it and can do nothing before.
    NOW = 0
    #: The page that is looked at fills with it: the numbers, a list of all rows.
    SOON = 1
    #: Nobody waits: what follows the records, what is worked out beside.
    LATER = 2


class Job:
    """One run of a function. ``title`` is what the status line says meanwhile, "" for work not worth telling."""

    def __init__(
        self, call: Callable[..., Any], title: str, turn: Turn, done: Callable[[Any], Any] | None,
        failed: Callable[[Exception], Any] | None, progress: Callable[[int, int], Any] | None,
    ) -> None:  # fmt: skip
        """Remember what to do and whom to call back; made by :class:`Jobs` only."""
        self.call, self.title, self.turn, self.writes = call, title, turn, False
        self.seen: SeenUntil | None = None
        self.done, self.failed, self.progress = done, failed, progress
        self.reports = "progress" in inspect.signature(call).parameters
        self.cancelled = False

    @property
    def stoppable(self) -> bool:
        """True when a person may be offered to stop it."""
        return self.reports or self.turn > Turn.NOW

    def cancel(self) -> None:
        """Ask the job to stop: it ends with ``Stopped`` before it begins, where it reads, or when it reports progress."""
        self.cancelled = True


class Jobs(QObject):
    """The worker thread and what waits for it. All signals and callbacks arrive in the window's thread.

    ``started(Job)``, ``progressed(Job, done, total)`` and ``ended(Job)`` are for the status line; ``idle()`` comes when
    nothing is left to do; ``refused(UserError)`` brings a sentence nobody else took; ``crashed(Exception)`` brings bugs.
    ``wrote(frozenset)`` says which kinds of record a job has changed, as the writer told, after whoever started the job was
    called back. ``closing()`` comes when nothing is run any more.

    ``name`` is the one under which the jobs write (``news.py``); ``seen``, over a server, what whoever types had seen
    (``seen.py``).
    """

    started = Signal(object)
    progressed = Signal(object, object, object)
    ended = Signal(object)
    idle = Signal()
    refused = Signal(object)
    crashed = Signal(object)
    wrote = Signal(object)
    closing = Signal()
    _reported = Signal(object, object, object)
    _finished = Signal(object, object, object)

    def __init__(self) -> None:
        """Nothing to do yet."""
        super().__init__()
        collect_here()
        self.name = uuid.uuid4().hex
        self.seen: SeenUntil | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="jianhui-jobs")
        self._waiting: list[Job] = []
        # what the thread takes next, by turn; the one thing that both threads touch
        self._queues: tuple[deque[Job], ...] = tuple(deque() for _turn in Turn)
        self._lock = threading.RLock()
        self._closed = False
        self._reported.connect(self._on_reported, Qt.ConnectionType.QueuedConnection)
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """True while any job runs or waits."""
        return bool(self._waiting)

    @property
    def closed(self) -> bool:
        """True after :meth:`close`: nothing can be run any more."""
        return self._closed

    @property
    def titles(self) -> list[str]:
        """The titles of the jobs that run or wait and are worth telling."""
        return [job.title for job in self._waiting if job.title]

    @property
    def held_up(self) -> list[str]:
        """The titles of the jobs that must not be cut short: those that somebody waits for, never what may be begun anew."""
        return [job.title for job in self._waiting if job.title and job.turn is Turn.NOW]

    def run(
        self,
        function: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], Any] | None = None,
        failed: Callable[[Exception], Any] | None = None,
        progress: Callable[[int, int], Any] | None = None,
        title: str = "",
        turn: Turn = Turn.NOW,
    ) -> Job:
        """Run ``function(*args)`` on the worker thread, after the jobs before it and those whose turn comes first.

        ``done(result)`` is called at its end. ``failed(error)`` is called with whatever else ended it: a UserError (show
        its sentence), ``Stopped`` (it was cancelled), or a bug (the crash sheet is already shown: only tidy up). Without
        ``failed`` a UserError goes to ``refused``. All three are bound methods; those of a deleted widget are not called.
        """
        job = Job(partial(function, *args), title, turn, done, failed, progress)
        self._waiting.append(job)
        with self._lock:
            self._queues[turn].append(job)
        self._thread.submit(self._work)
        self.started.emit(job)
        return job

    def write(self, function: Callable[..., Any], *args: Any, done: Callable[[Done[Any]], Any], **named: Any) -> Job:
        """Run a function that writes: as :meth:`run`, but ``done`` is told what it did, its result with it.

        ``named``: what :meth:`run` takes.
        """
        with self._lock:  # it does not begin before all of it is known
            job = self.run(function, *args, done=done, **named)
            job.writes, job.seen = True, self.seen
        return job

    def cancel_all(self) -> None:
        """Ask every job to stop; ``idle`` tells when they have."""
        for job in self._waiting:
            job.cancel()

    def cancel_later(self) -> None:
        """Ask what may be begun anew to stop: it goes on the next time."""
        for job in self._waiting:
            if job.turn is not Turn.NOW:
                job.cancel()

    def close(self) -> None:
        """Stop everything and wait for the thread; callbacks of what is still running are not called any more."""
        self.cancel_all()
        self._waiting.clear()
        with self._lock:
            before, self._closed = self._closed, True
            for queue in self._queues:
                queue.clear()
        if not before:
            self.closing.emit()
            left = self._thread.submit(database.leave)
            if not wait([left], timeout=_GONE_WAIT if reaching.is_away() else _LAST_WAIT).done:
                reaching.cut_off()  # over a file it does nothing, and its end is waited for
        self._thread.shutdown(wait=True)

    def _work(self) -> None:
        """The worker thread's side, for the most urgent job: nothing here touches a widget."""
        with self._lock:
            job = next((queue.popleft() for queue in self._queues if queue), None)
        if job is None:
            return  # closed meanwhile
        result, error = None, None
        with collected() as written, speaking_as(self.name), having_seen(job.seen):
            try:
                if job.cancelled:
                    raise Stopped
                extra = {"progress": partial(self._report, job, _Clock())} if job.reports else {}
                with database.damage_told(), breaking_off(partial(self._must_end, job)):
                    result = job.call(**extra)
            except Exception as caught:  # noqa: BLE001 — whatever ends a job is brought to the window
                error = caught
                if isinstance(caught, DamagedRegister):
                    database.leave()  # over a connection that met a bad page nothing is read any more, not even good ones
        if isinstance(error, Stopped) and job.turn and not job.cancelled:
            self._put_back(job)
        else:
            self._finished.emit(job, summed(written, result), error)

    def _must_end(self, job: Job) -> bool:
        """True when the job was cancelled, or another one's turn comes first."""
        return job.cancelled or any(self._queues[: job.turn])

    def _put_back(self, job: Job) -> None:
        """A job that was broken off comes first among its like."""
        with self._lock:
            if not self._closed:
                self._queues[job.turn].appendleft(job)
                self._thread.submit(self._work)

    def _report(self, job: Job, clock: "_Clock", done: int, total: int) -> None:
        # what is being written by a job that nobody waits for is soon done: it is not thrown away
        if job.cancelled or (self._must_end(job) and not database.in_transaction()):
            raise Stopped
        if done == total or clock.due():
            self._reported.emit(job, done, total)

    @Slot(object, object, object)
    def _on_reported(self, job: Job, done: int, total: int) -> None:
        if job in self._waiting:
            self.progressed.emit(job, done, total)
            _call(job.progress, done, total)

    @Slot(object, object, object)
    def _on_finished(self, job: Job, told: Done[Any], error: Exception | None) -> None:
        if job not in self._waiting:
            return  # closed meanwhile
        self._waiting.remove(job)
        self.ended.emit(job)
        if error is None:
            _call(job.done, told if job.writes else told.result)
        else:
            if isinstance(error, Overtaken) and self.seen is not None:  # whoever was told may write it all the same
                self.seen = replace(self.seen, told=self.seen.told | {(error.uid, error.field, error.now)})
            if not isinstance(error, UserError | Stopped):
                self.crashed.emit(error)
            elif isinstance(error, UserError) and job.failed is None:
                self.refused.emit(error)
            _call(job.failed, error)
        if told.kinds:  # also of what was written before an error
            self.wrote.emit(told.kinds)
        if not self._waiting:
            self.idle.emit()


class _Clock:
    """When progress was last reported."""

    def __init__(self) -> None:
        self.last = 0.0

    def due(self) -> bool:
        """True when it is time for another report, which is then taken as given."""
        now = time.monotonic()
        if now - self.last < _REPORT_EVERY:
            return False
        self.last = now
        return True


def _call(callback: Callable[..., Any] | None, *args: Any) -> None:
    """Call back, unless the widget whose method it is has been deleted meanwhile."""
    if callback is None:
        return
    owner = getattr(callback, "__self__", None)
    if isinstance(owner, QObject) and not isValid(owner):
        return
    callback(*args)
