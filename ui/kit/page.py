"""What pages that show something of the register have in common."""

from collections.abc import Callable
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from ui.kit.asking import Asking
from ui.kit.catching_up import CatchingUp
from ui.kit.context import EVERYTHING, Context
from ui.kit.exporting import Exporting
from ui.kit.jobs import Turn
from ui.kit.region_box import RegionBox


class Page(QWidget):
    """A page that asks the register when it is first seen, and again after a change of what it shows.

    It says in ``SHOWS`` what that is and in :meth:`refresh` what is asked, with :meth:`ask`. A page that has to look closer at
    what changed answers :meth:`_on_changed` itself.
    """

    #: The kinds of record whose change may change what is shown.
    SHOWS: ClassVar[frozenset[str]] = EVERYTHING

    def __init__(self, context: Context) -> None:
        """Nothing is asked before the page is seen."""
        super().__init__()
        self._context = context
        self._exporting = Exporting(context, self)
        self._asking = Asking(context.jobs)
        self._catching_up = CatchingUp(self, self.refresh)
        context.changes.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Ask the register anew, on the worker thread."""
        raise NotImplementedError

    def ask(
        self, function: Callable[..., Any], *args: Any, done: Callable[[Any], Any], title: str = "", turn: Turn = Turn.NOW
    ) -> None:
        """Ask for all that is shown; an answer to what was asked before is dropped."""
        self._catching_up.behind = False
        self._asking.ask(function, *args, done=done, title=title, turn=turn)

    def region_box(self) -> RegionBox:
        """A choice of regions, which begins with what the window looks at; another choice is asked for at once."""
        box = RegionBox(self._context.index, self._context.own)
        box.chosen.connect(self.refresh)
        return box

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & self.SHOWS:
            self._catching_up.fall_behind()
