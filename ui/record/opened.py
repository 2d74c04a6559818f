"""The records that stand open beside a list: one tab each, one of them shown. A single one has no tab to be seen."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QTabBar

from models.language import _
from ui.kit.plain import caption, tip

#: So many may stand open; of more, the one that was opened first goes.
MOST = 8
#: Pixels: of the narrowest tab, and of the pane's edges.
_LEAST, _AROUND = 84, 32


class OpenedRecords(QTabBar):
    """``chosen(str)`` brings the record (uid) whose tab a person turned to, ``leaves(str)`` the one whose tab is to close.

    It never turns by itself: what is shown may not be saved yet. Whoever shows a record tells it with :meth:`follow`.
    """

    chosen = Signal(str)
    leaves = Signal(str)

    def __init__(self) -> None:
        """Nothing stands open."""
        super().__init__()
        self.setAccessibleName(_("打开的记录"))
        self.setDocumentMode(True)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideRight)
        self.setTabsClosable(True)
        self._shown = 0
        self.currentChanged.connect(self._ask)
        self.tabCloseRequested.connect(self._leave)
        self.hide()

    @property
    def uids(self) -> list[str]:
        """The records that stand open, from left to right; "" is a new one."""
        return [str(self.tabData(at) or "") for at in range(self.count())]

    def follow(self, uid: str, title: str) -> None:
        """This record is shown now: in its own tab if it has one, else in place of the one that was shown."""
        with QSignalBlocker(self):
            if not self.count():
                self.addTab("")
            at = self.uids.index(uid) if uid and uid in self.uids else self._shown
            if at != self._shown and not self.tabData(self._shown):
                self.removeTab(self._shown)  # a new one that was not entered, or the tab that was begun for this one
                at -= at > self._shown
            self.setTabData(at, uid)
            self.setTabText(at, caption(title))
            self.setTabToolTip(at, tip(title))
            self.setCurrentIndex(at)
            self._shown = at
        self.setVisible(self.count() > 1)

    def begin(self) -> None:
        """Begin a tab for the record that is shown next."""
        with QSignalBlocker(self):
            if self.count() >= MOST:
                self.removeTab(0 if self._shown else 1)
                self._shown -= self._shown > 0
            self._shown = self.insertTab(self._shown + 1, "")

    def give_up(self) -> None:
        """Close the tab that was begun: its record is not there."""
        with QSignalBlocker(self):
            self.removeTab(self._shown)
            self._shown = max(0, self._shown - 1)
            self.setCurrentIndex(self._shown)
        self.setVisible(self.count() > 1)

    def close_shown(self) -> str:
        """Close the tab that is shown; the record (uid) that is to be shown instead, "" when it was the last."""
        if self.count() < 2:
            return ""
        with QSignalBlocker(self):
            self.removeTab(self._shown)
            self._shown = min(self._shown, self.count() - 1)
            self.setCurrentIndex(self._shown)
        self.setVisible(self.count() > 1)
        return self.uids[self._shown]

    def turn(self, by: int) -> None:
        """Ask for the tab so many further on, round and round."""
        if self.count() > 1:
            self.setCurrentIndex((self._shown + by) % self.count())

    def tabSizeHint(self, index: int) -> QSize:
        """As wide as its name, unless all of them would not fit; a tab of which next to nothing is read is none."""
        wanted, around = super().tabSizeHint(index), self.parentWidget()
        room = around.width() - _AROUND if around is not None else wanted.width()
        return QSize(min(wanted.width(), max(_LEAST, room // max(1, self.count()))), wanted.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self.tabAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton and at >= 0:
            self._leave(at)
        else:
            super().mouseReleaseEvent(event)

    def _ask(self, at: int) -> None:
        uid = str(self.tabData(at) or "")
        with QSignalBlocker(self):
            self.setCurrentIndex(self._shown)
        if uid:
            self.chosen.emit(uid)

    def _leave(self, at: int) -> None:
        if at == self._shown:
            self.leaves.emit(self.uids[at])
            return
        with QSignalBlocker(self):
            self.removeTab(at)
            self._shown -= at < self._shown
            self.setCurrentIndex(self._shown)
        self.setVisible(self.count() > 1)
