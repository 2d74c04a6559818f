"""While a passphrase is typed at the door, the window behind it is loaded, a part at a time: the door itself waits for none."""

from importlib import import_module

from PySide6.QtCore import QEvent, QObject, QTimer

#: What is loaded ahead, in this order: opening first, then the rooms of the pages from the ground up, the whole window last.
#: Each takes some hundredths of a second, in which no key that is pressed waits for long.
PARTS = (
    "models.opening.opening", "models.following.table", "models.lists.filters", "models.figures.counts", "models.rules.rules",
    "importers.plan.making", "reports.xlsx", "importers.session", "ui.kit.context", "ui.lists.page", "ui.record.pane",
    "ui.drive.page", "ui.importing.page", "ui.home.page", "ui.health.page", "ui.targets.page", "ui.ledger.page",
    "ui.sites.page", "ui.merging.page", "ui.papers.page", "ui.settings.page", "ui.shell.unlocked",
)  # fmt: skip


class LoadingAhead(QObject):
    """Loads one of :data:`PARTS` whenever there is nothing else to do, from the first painting of the door on."""

    def __init__(self, door: QObject) -> None:
        """``door`` is about to be shown; it ends this with itself."""
        super().__init__(door)
        self._left = list(reversed(PARTS))
        self._idle = QTimer(self, interval=0)
        self._idle.timeout.connect(self._load)
        door.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._idle.start()
        return False

    def stop(self) -> None:
        """What is still left is loaded by whoever needs it."""
        self._idle.stop()

    def _load(self) -> None:
        if self._left:
            import_module(self._left.pop())
        else:
            self._idle.stop()
