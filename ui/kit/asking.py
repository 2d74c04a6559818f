"""One question after the other to the register: what was asked before and is answered too late is dropped."""

from collections.abc import Callable
from typing import Any

from ui.kit.jobs import Job, Jobs, Turn


class Asking:
    """Asks on the worker thread; only the answer to the newest question arrives."""

    def __init__(self, jobs: Jobs) -> None:
        """Nothing was asked yet."""
        self._jobs = jobs
        self._job: Job | None = None

    def ask(
        self, function: Callable[..., Any], *args: Any, done: Callable[[Any], Any],
        failed: Callable[[Exception], Any] | None = None, title: str = "", turn: Turn = Turn.NOW,
    ) -> None:  # fmt: skip
        """Ask what ``function(*args)`` reads, in place of what was asked before; all else as in :meth:`Jobs.run`."""
        self.drop()
        self._job = self._jobs.run(function, *args, done=done, failed=failed, title=title, turn=turn)

    def drop(self) -> None:
        """Want no answer any more: what is being read for it is broken off."""
        if self._job is not None:
            self._job.done = self._job.failed = None  # how it ends concerns nobody any more
            self._job.cancel()
            self._job = None
