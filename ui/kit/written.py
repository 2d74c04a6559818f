"""A small write from a page: on the worker thread, told in the banner with its way back, remembered for Ctrl+Z."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from models.errors import UnreadField
from models.journal.done import Done
from models.language import _
from ui.kit.context import Context
from ui.kit.notices import Action


def did(context: Context, done: Done[Any], said: str, *more: Action) -> None:
    """Something was done from here (``jobs.write``): the banner tells, Ctrl+Z takes it back. Not when nothing changed.

    ``more`` are buttons beside the one that undoes it. The pages that show what changed hear of it from the jobs.
    """
    if done.batch is None:
        return
    context.undoing.remember(done.batch)
    context.notices.tell(said, Action(_("撤销"), partial(context.undoing.undo, done.batch)), *more)


Then = Callable[[], Any]


class Written(QObject):
    """Writes one thing after the other for its page and tells of each."""

    def __init__(
        self, context: Context, parent: QObject, failed: Callable[[], Any] | None = None,
        unread: Callable[[UnreadField], Any] | None = None, tell: Callable[[Done[Any], str], Any] | None = None,
    ) -> None:  # fmt: skip
        """``failed()`` is called when something could not be written, after its sentence is shown.

        ``unread(error)``, where it is given, is called in its place when something stands in a field that is no value of it.
        ``tell(done, said)``, where it is given, tells what was written in place of :func:`did`.
        """
        super().__init__(parent)
        self._context, self._failed, self._unread = context, failed, unread
        self._tell = tell or partial(did, context)
        self._under_way: list[tuple[str, Then | None, tuple[Any, ...]]] = []

    def write(
        self, said: str, function: Callable[..., Any], *args: Any, then: Then | None = None, **named: Any
    ) -> None:
        """Call ``function``, which journals one batch; then say so. A second press while the very same is being written is none.

        ``then()`` is called when it was written, before anything else hears of it; ``named`` is the function's.
        """
        same = (function, args, named)
        if any(each[2] == same for each in self._under_way):
            return
        self._under_way.append((said, then, same))
        self._context.jobs.write(partial(function, *args, **named), done=self._done, failed=self._refused)

    def _done(self, done: Done[Any]) -> None:
        said, then, _same = self._under_way.pop(0)
        if then is not None:
            then()
        self._tell(done, said)

    def _refused(self, error: Exception) -> None:
        self._under_way.pop(0)
        self._context.tell_failure(error)
        if self._unread is not None and isinstance(error, UnreadField):
            self._unread(error)
        elif self._failed is not None:
            self._failed()
