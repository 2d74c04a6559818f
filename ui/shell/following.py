"""What is kept beside the records and follows them: the search index, the counts of past days, the pages' tree of regions."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject

from models.editing import regions
from models.following.table import follower
from models.language import N_, _
from models.lists import search
from models.progress import OnProgress
from models.standing import past_counts
from ui.kit.context import Context
from ui.kit.jobs import Turn

#: Entries of the log that are indexed, and unions that are counted, in one go; what a person waits for has its turn in between.
STEP, UNIONS = 2_000, 100
_PLACES = frozenset({"region", "region_parent"})
_INDEX, _PAST = N_("正在更新搜索用的索引"), N_("正在补算以前各半年末的会员数")


def index_next(progress: OnProgress) -> bool:
    """Bring the search index nearer to the log by one step; True when more is left. For the worker thread."""
    search.catch_up(progress, STEP)
    return search.behind()


def count_next(today: dt.date) -> bool:
    """Count the next unions' past anew; True when more are left. For the worker thread."""
    return past_counts.catch_up(today, UNIONS) > 0 and past_counts.behind(today)


class _Steps:
    """A function that is run step by step while it says that more is left, and once more when something changed meanwhile."""

    def __init__(self, context: Context, step: Callable[..., bool], title: str) -> None:
        self._context, self._step, self._title = context, step, title
        self._running = self._again = False

    def run(self, title: str = "") -> None:
        """The first step; ``title``: what the status line says meanwhile, nothing for what is soon done."""
        if self._running:
            self._again = True
            return
        self._running, self._again = True, False
        self._context.jobs.run(self._step, done=self._stepped, failed=self._stopped, title=title, turn=Turn.LATER)

    def _stepped(self, more: bool) -> None:
        self._running = False
        if more or self._again:
            self.run(_(self._title) if more else "")

    def _stopped(self, error: Exception) -> None:
        """Cancelled, or another program is writing: the next change, or the next question, goes on."""
        self._running = False


class Following(QObject):
    """Made before the pages, so that they hear of a change when the regions are up to date already."""

    def __init__(self, context: Context, parent: QObject) -> None:
        """Begins with what was changed while no window was open."""
        super().__init__(parent)
        self._context = context
        self._index = _Steps(context, index_next, _INDEX)
        self._past = _Steps(context, lambda: count_next(context.today), _PAST)
        context.changes.changed.connect(self._on_changed)
        self._index.run()
        self._past.run()

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _PLACES:
            regions.follow(self._context.index, self._context.today)
        if self._context.changes.of_others:
            return  # their program brings up to date what is kept on the server
        if kinds & follower("search").kinds:
            self._index.run()
        if kinds & follower("past_counts").kinds:
            self._past.run()
