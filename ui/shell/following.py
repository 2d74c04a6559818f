"""What is kept beside the records and follows them: the search index, and the tree of regions that all pages share."""

from PySide6.QtCore import QObject

from models.editing import regions
from models.following.table import follower
from models.language import _
from models.lists import search
from models.progress import OnProgress
from ui.kit.context import Context
from ui.kit.jobs import Turn

#: Entries of the log that are indexed in one go; what a person waits for has its turn in between.
STEP = 2_000
_PLACES = frozenset({"region", "region_parent"})


def index_next(progress: OnProgress) -> bool:
    """Bring the search index nearer to the log by one step; True when more is left. For the worker thread."""
    search.catch_up(progress, STEP)
    return search.behind()


class Following(QObject):
    """Made before the pages, so that they hear of a change when the regions are up to date already."""

    def __init__(self, context: Context, parent: QObject) -> None:
        """Begins with what was changed while no window was open."""
        super().__init__(parent)
        self._context = context
        self._running = self._again = False
        context.changes.changed.connect(self._on_changed)
        self._index()

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & _PLACES:
            regions.follow(self._context.index, self._context.today)
        if kinds & follower("search").kinds:
            self._index()

    def _index(self, title: str = "") -> None:
        if self._running:
            self._again = True
            return
        self._running, self._again = True, False
        self._context.jobs.run(index_next, done=self._stepped, failed=self._stopped, title=title, turn=Turn.LATER)

    def _stepped(self, more: bool) -> None:
        self._running = False
        if more or self._again:
            self._index(_("正在更新搜索用的索引") if more else "")

    def _stopped(self, error: Exception) -> None:
        """Cancelled, or another program is writing: the next change, or the next search, goes on."""
        self._running = False
