"""A small write from a page: on the worker thread, told in the banner with its way back, remembered for Ctrl+Z."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from models.errors import Stopped, UnreadField, UserError
from models.journal.history import newest_number
from models.language import _
from ui.kit.context import Context
from ui.kit.notices import Action


def numbered(write: Callable[[], Any]) -> int | None:
    """Call ``write`` and return the number of the batch that it made, None when it made none. For the worker thread."""
    before = newest_number()
    write()
    after = newest_number()
    return after if after != before else None


def tell_written(context: Context, number: int, said: str, kinds: set[str], *more: Action) -> None:
    """A batch was written from here: Ctrl+Z takes it back, the pages hear which ``kinds`` of record changed, the banner tells.

    ``more`` are buttons beside the one that undoes it.
    """
    context.undoing.remember(number)
    context.changes.changed.emit(kinds)
    context.notices.tell(said, Action(_("撤销"), partial(context.undoing.undo, number)), *more)


class Written(QObject):
    """Writes one thing after the other for its page and tells of each."""

    def __init__(
        self, context: Context, parent: QObject, failed: Callable[[], Any] | None = None,
        unread: Callable[[UnreadField], Any] | None = None,
    ) -> None:  # fmt: skip
        """``failed()`` is called when something could not be written, after its sentence is shown.

        ``unread(error)``, where it is given, is called in its place when something stands in a field that is no value of it.
        """
        super().__init__(parent)
        self._context, self._failed, self._unread = context, failed, unread
        self._under_way: list[tuple[set[str], str]] = []

    def write(self, kinds: set[str], said: str, function: Callable[..., Any], *args: Any, **named: Any) -> None:
        """Call ``function``, which journals one batch; then say so, and that records of these ``kinds`` changed."""
        self._under_way.append((kinds, said))
        self._context.jobs.run(numbered, partial(function, *args, **named), done=self._done, failed=self._refused)

    def _done(self, number: int | None) -> None:
        kinds, said = self._under_way.pop(0)
        if number is not None:
            tell_written(self._context, number, said, kinds)

    def _refused(self, error: Exception) -> None:
        self._under_way.pop(0)
        if isinstance(error, UserError) and not isinstance(error, Stopped):
            self._context.notices.error(str(error))
        if self._unread is not None and isinstance(error, UnreadField):
            self._unread(error)
        elif self._failed is not None:
            self._failed()
