"""The status line: shown only while something runs that makes one wait; what it is, how far it is, a way to stop it."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from models.language import _
from ui.kit.buttons import push_button
from ui.kit.jobs import Job, Jobs
from ui.kit.lines import across
from ui.kit.plain import Label

#: What ends sooner is not told: a line that flashes up disturbs more than it tells.
_WAIT_MS = 300
#: Work that nobody named, such as reading a page, is told only when it makes a person wait.
_UNNAMED_WAIT_MS = 500


class StatusLine(QFrame):
    """Follows the jobs of the window."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        """A hidden line that appears when a job has run for a moment."""
        super().__init__(parent)
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
