"""What the window tells around its page: the status line while something runs, and where the banner stands."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from models.language import _
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.jobs import Job, Jobs
from ui.kit.lines import across
from ui.kit.notices import Notices
from ui.kit.plain import Label

#: What ends sooner is not told: a line that flashes up disturbs more than it tells.
_WAIT_MS = 300
#: Work that nobody named, such as reading a page, is told only when it makes a person wait.
_UNNAMED_WAIT_MS = 500
#: The narrowest banner that can be read, and the widest; where the header leaves less, it lies over its tools.
_NARROWEST, _WIDEST = 420, 860


class StatusLine(QFrame):
    """Follows the jobs of the window."""

    def __init__(self, jobs: Jobs) -> None:
        """A hidden line that appears when a job has run for a moment."""
        super().__init__()
        self.setObjectName("status")
        self._job: Job | None = None
        self.label = Label()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(240)
        self.share = Label(role="secondary")
        self.cancel = push_button(_("取消"), self._cancel)
        row = across(self.label, self.bar, self.share, self.cancel, on=self, gap=12, margins=(16, 6, 16, 6))
        row.insertStretch(3, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self.hide()
        jobs.started.connect(self._on_started)
        jobs.progressed.connect(self._on_progressed)
        jobs.ended.connect(self._on_ended)

    def _on_started(self, job: Job) -> None:
        if self._job is not None and (self._job.title or not job.title):
            return
        self._job = job
        self.label.setText((job.title or _("请稍候")) + "…")
        self.bar.setRange(0, 0)
        self.share.clear()
        self.cancel.setVisible(job.stoppable)
        self.cancel.setEnabled(True)
        self._timer.start(_WAIT_MS if job.title else _UNNAMED_WAIT_MS)

    def _on_progressed(self, job: Job, done: int, total: int) -> None:
        if job is not self._job:
            return
        if total > 0:
            self.bar.setRange(0, 1000)
            self.bar.setValue(min(1000, done * 1000 // total))
            self.share.setText(f"{done:,} / {total:,}")
        else:
            self.share.setText(f"{done:,}")

    def _on_ended(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._timer.stop()
            self.hide()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self.cancel.setEnabled(False)
            self.label.setText(_("正在停下…"))


class NoticePlace(QObject):
    """Keeps the banner over the header, between the page's title and the search box, so that no page moves for it.

    A long sentence grows downwards over the page, which stays where it is.
    """

    def __init__(self, notices: Notices, title: QWidget, tools: Sequence[QWidget], content: QWidget) -> None:
        """``title``: at the left of the header; ``tools``: what stands at its right; ``content``: below both."""
        super().__init__(content)
        self._notices, self._title, self._tools, self._content = notices, title, tools, content
        notices.setParent(content)
        notices.hide()
        notices.setProperty("over", True)
        for each in (notices, content, *tools):
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whatever changes the room, or what is told, moves the banner."""
        wanted = event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest, QEvent.Type.Move)
        if wanted and not self._notices.isHidden():
            self._put()
        return super().eventFilter(watched, event)

    def _put(self) -> None:
        left = self._title.mapTo(self._content, self._title.rect().topLeft()).x()
        left += self._title.fontMetrics().horizontalAdvance(self._title.property("text") or "") + theme.PAGE
        tools = [each for each in self._tools if not each.isHidden()]
        right = min(each.mapTo(self._content, each.rect().topLeft()).x() for each in tools) - theme.WIDE
        wide = min(max(right - left, _NARROWEST), _WIDEST, self._content.width() - 2 * theme.GAP)
        left = max(theme.GAP, min(left, self._content.width() - wide - theme.GAP))
        header = self._title.parentWidget()
        room = header.height() if header is not None else 0
        high = max(self._notices.heightForWidth(wide), self._notices.minimumSizeHint().height())
        place = (left, max(1, (room - high) // 2), wide, high)
        if self._notices.geometry().getRect() != place:
            self._notices.setGeometry(*place)
        self._notices.raise_()
