"""Choosing a backup to go back to, and its passphrase; it is opened and checked before anything is closed."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QGridLayout, QWidget

from models.backups import archive, restoring
from models.backups.counting import SHOWN, Counts, text_of, title_of
from models.backups.listing import backups, newest_good, own_folder
from models.errors import DamagedRegister, UserError
from models.language import _
from ui.kit import theme
from ui.kit.agreeing import Agreeing
from ui.kit.buttons import push_button
from ui.kit.jobs import Job, Jobs
from ui.kit.lines import AROUND_DIALOG, across, down, on_paper, scrolled
from ui.kit.plain import Label
from ui.kit.plain_fields import line_field
from ui.kit.secret_fields import secret_field


def put_back(folder: Path, source: Path, secret: str) -> str:
    """Restore a backup into a folder whose register is closed and locked; returns the sentence that tells of it.

    Raises UserError, and then nothing has changed.
    """
    aside = restoring.restore(folder, source, secret)
    told = _("已恢复备份《{name}》。").format(name=source.name)
    return told + (_("原来的登记册移到了“{folder}”。").format(folder=aside.name) if aside else "")


class RestoreDialog(QDialog):
    """Accepted with ``path`` of a backup and ``secret``, its passphrase or recovery code, both tried: the backup is sound."""

    def __init__(
        self, folder: Path, parent: QWidget | None = None, chosen: Path | None = None, now: Counts | None = None,
        jobs: Jobs | None = None,
    ) -> None:  # fmt: skip
        """Offers the ``chosen`` backup of the register in ``folder``, else its newest good one.

        ``now``: what the open register holds; ``jobs``: where the backup is looked at, without one in this thread.
        """
        super().__init__(parent)
        self.setWindowTitle(_("恢复备份"))
        self.setMinimumWidth(480)
        self._register, self._folder, self._now, self._jobs = folder, own_folder(folder), now, jobs
        self._job: Job | None = None
        best = newest_good(backups(folder))
        offered = chosen or (best.path if best is not None else None)
        self.file = line_field(_("备份文件"), text=str(offered) if offered else "")
        self.choose = push_button(_("选择…"), self._choose)
        self.choose.setAutoDefault(False)
        self.about = Label(wrap=True)
        self.numbers: dict[str, tuple[Label, Label]] = {}
        self.field = secret_field()
        self.field.setAccessibleName(_("备份的口令或恢复码"))
        self.wrong = Label(role="wrong", wrap=True)
        self.buttons = Agreeing(_("恢复", "backup"), self)
        self.go = self.buttons.go
        self._lay_out()
        self.file.textChanged.connect(self._tell)
        for field in (self.file, self.field):
            field.textChanged.connect(self._weigh)
        self._tell()
        self._weigh()
        self.field.setFocus()

    def _lay_out(self) -> None:
        told = Label(_("现在的登记册会整个移到旁边保存，再放回备份里的登记册。备份之后的改动不在其中。"), wrap=True)
        about = on_paper(down(told, Label(_("备份文件")), across((self.file, 1), self.choose), self.about, self._grid()))
        down(
            (scrolled(about, sideways=False, by_tab=False), 1), Label(_("备份的口令或恢复码")), self.field, self.wrong, self.buttons,
            on=self, margins=AROUND_DIALOG,
        )  # fmt: skip

    def _grid(self) -> QGridLayout:
        """What the backup holds beside what the register holds now."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.PAGE)
        right = Qt.AlignmentFlag.AlignRight
        grid.addWidget(Label(_("备份时")), 0, 1, right)
        grid.addWidget(Label(_("现在")), 0, 2, right)
        for row, name in enumerate(SHOWN, start=1):
            then, now = Label(), Label(text_of(self._now, name))
            grid.addWidget(Label(title_of(name)), row, 0)
            grid.addWidget(then, row, 1, right)
            grid.addWidget(now, row, 2, right)
            self.numbers[name] = (then, now)
        grid.setColumnStretch(3, 1)
        return grid

    @property
    def path(self) -> Path:
        """The chosen backup."""
        return Path(self.file.text())

    @property
    def secret(self) -> str:
        """What opens it."""
        return self.field.text()

    def _tell(self) -> None:
        """Show what the chosen backup says of itself; that is not believed before it was opened."""
        about = archive.manifest_of(self.path) if self.file.text() else None
        for name, (then, _now) in self.numbers.items():
            then.setText(text_of(about.counts if about is not None else None, name))
        if about is None:
            self.about.setText(_("这个文件打不开，或者不是建会通的备份。") if self.file.text() else "")
            return
        reason = about.reason.label if about.reason is not None else ""
        said = [_("编号 {number}").format(number=about.number) if about.number else "", about.made[:16].replace("T", " "), reason]
        self.about.setText(" · ".join(part for part in said if part))

    def _weigh(self) -> None:
        self.go.setEnabled(bool(self.file.text() and self.field.text()) and self._job is None)

    def accept(self) -> None:
        """Open and check the backup first; a wrong passphrase or a rotten file is told here, and nothing has been closed."""
        if self._job is not None:
            return
        self.wrong.clear()
        args = (self._register, self.path, self.secret)
        if self._jobs is None:
            QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
            try:
                restoring.look(*args)
            except UserError as error:
                self._refused(error)
            else:
                super().accept()
            finally:
                QGuiApplication.restoreOverrideCursor()
            return
        title = _("正在核对备份")
        self._job = self._jobs.run(restoring.look, *args, done=self._sound, failed=self._refused, title=title)
        self.about.setText(_("正在核对备份…"))
        self._weigh()

    def reject(self) -> None:
        """Leave; a check that is under way is stopped."""
        if self._job is not None:
            self._job.cancel()
        super().reject()

    def _sound(self, _look: object) -> None:
        self._job = None
        super().accept()

    def _refused(self, error: Exception) -> None:
        """Say what is wrong; after a rotten backup the newest good one is offered."""
        self._job = None
        told = str(error) if isinstance(error, UserError) else ""
        if isinstance(error, archive.DamagedBackup | DamagedRegister):
            best = newest_good(backups(self._register))
            if best is not None and best.path != self.path:
                self.file.setText(str(best.path))
                told += _("已改选最近的一份完好的备份。")
        self._tell()
        self._weigh()
        self.wrong.setText(told)
        self.field.setFocus()
        self.field.selectAll()

    def _choose(self) -> None:
        kinds = _("建会通备份 (*{ending})").format(ending=archive.SUFFIX)
        start = self.file.text() or str(self._folder)
        path, _chosen = QFileDialog.getOpenFileName(self, _("选择备份文件"), start, kinds)
        if path:
            self.file.setText(path)
