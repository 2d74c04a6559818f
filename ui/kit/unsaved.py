"""Nothing that was typed goes without a word: whoever leaves a form with something in it is asked first."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject

from models.language import _
from ui.kit.context import Context
from ui.kit.notices import Action


class Unsaved(QObject):
    """Guards one form."""

    def __init__(
        self, context: Context, parent: QObject, dirty: Callable[[], bool], drop: Callable[[], Any], verb: str = ""
    ) -> None:
        """``dirty()``: something was typed that is not kept; ``drop()`` forgets it.

        ``verb``: the words of the button for that.
        """
        super().__init__(parent)
        self._context, self._dirty, self._drop = context, dirty, drop
        self._verb = verb or _("放弃修改")
        self._after: Callable[[], Any] | None = None

    def asks_first(self, said: str, after: Callable[[], Any], *more: Action) -> bool:
        """True when something would be lost: the banner says so (``said``), and ``after`` follows once it is dropped.

        ``more``: buttons before the one that drops it.
        """
        if not self._dirty():
            return False
        self._after = after
        self._context.notices.ask(said, *more, Action(self._verb, self._drop_and_go))
        return True

    def _drop_and_go(self) -> None:
        after, self._after = self._after, None
        self._drop()
        if after is not None:
            after()
