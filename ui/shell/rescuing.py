"""Rescuing a damaged register in the window: its passphrase, where to, how far it is, what is missing, and going on with it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QWidget,
)

from models.backups.archive import SUFFIX
from models.backups.making import back_up
from models.backups.reasons import Reason
from models.errors import Stopped, UserError
from models.language import _
from models.opening import opening
from models.register import register
from models.rescue.rescuing import RescueReport, rescue
from models.rescue.words import kind_title, told
from ui.kit import theme
from ui.kit.asked_once import asked_once
from ui.kit.buttons import push_button
from ui.kit.lines import AROUND_DIALOG, REST, across, down
from ui.kit.plain import Label
from ui.kit.secret_fields import again, secret_field
from ui.settings.restore_dialog import put_back

#: The height of what a rescue says at its end: one line for each kind of record.
_REPORT = 10 * theme.ROW_HEIGHT


def rescued(folder: Path, parent: QWidget | None = None) -> str:
    """Rescue the register in ``folder``, which nobody has open, and put the new one in its place if a person wants to.

    Returns the sentence that tells of it, "" when nothing was done. Raises UserError when it cannot take its place.
    """
    with asked_once(RescueDialog(folder, parent)) as asked:
        if asked.exec() != QDialog.DialogCode.Accepted or asked.backup is None:
            return ""
        return put_back(folder, asked.backup, asked.field.text())


class RescueDialog(QDialog):
    """Accepted with ``backup``, a backup of the rescued register that is to take the damaged one's place."""

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        """Nothing is done before the passphrase is given."""
        super().__init__(parent)
        self.setWindowTitle(_("抢救登记册"))
        self.setMinimumWidth(560)
        self._folder, self.out = folder, _new_folder(folder)
        self.backup: Path | None = None
        self._stopped = False
        about = _("把还读得出的记录写进一本新的登记册：{out}\n原来的登记册一个字节也不动。口令和恢复码不变。").format(out=self.out)
        self.about = Label(about, wrap=True)
        asked = Label(_("口令或恢复码"))
        self.field = secret_field(asked)
        self.wrong = Label(role="wrong", wrap=True)
        self.bar = QProgressBar(textVisible=False)
        self.bar.hide()
        self.report = QPlainTextEdit(readOnly=True)
        self.report.setAccessibleName(_("抢救的结果"))
        self.report.setMinimumHeight(_REPORT)
        self.report.hide()
        down(
            self.about, asked, self.field, self.wrong, self.bar, self.report, self._buttons(), on=self,
            margins=AROUND_DIALOG,
        )  # fmt: skip

    def _buttons(self) -> QHBoxLayout:
        self.leave = push_button(_("关闭"), self._leave)
        self.leave.setAutoDefault(False)
        self.use = push_button(_("用它接着工作"), self.accept)
        self.use.hide()
        self.go = push_button(_("抢救", "button"), self._go)
        for button in (self.go, self.use):
            button.setProperty("primary", True)
        self.go.setDefault(True)
        return across(REST, self.leave, self.go, self.use, gap=None)

    def _go(self) -> None:
        """Rescue here and now: no register is open that other work could wait for."""
        if not self.field.text():
            self.wrong.setText(_("请输入口令。"))
            return
        self._set_working(working=True)
        try:
            report = rescue(self._folder, self.field.text(), self.out, self._progress)
            self.backup = _backed_up(self._folder, self.out, self.field.text(), self._progress)
        except UserError as error:
            self.wrong.setText(str(error))
        except Stopped:
            self.wrong.setText(_("已停止，什么都没有留下。"))
        else:
            self._show(report)
        finally:
            self._set_working(working=False)
        if self.backup is None:
            again(self.field)

    def _set_working(self, working: bool) -> None:
        self._stopped = False
        self.bar.setVisible(working)
        self.bar.setRange(0, 0)
        if working:
            self.wrong.clear()
        for part in (self.field, self.go):
            part.setEnabled(not working)
        self.leave.setText(_("停下") if working else _("关闭"))
        QApplication.processEvents()

    def _progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        QApplication.processEvents()
        if self._stopped:
            raise Stopped

    def _show(self, report: RescueReport) -> None:
        lines = [told(report), ""]
        for kind, each in report.kinds.items():
            if each.rescued or each.from_log or each.lost:
                counts = _("{kind}：原样读出 {rescued}，从日志补回 {log}，丢失 {lost}").format(
                    kind=kind_title(kind), rescued=each.rescued, log=each.from_log, lost=each.lost
                )
                named = _("、").join(each.names)
                lines.append(counts + (_("（{names}）").format(names=named) if named else ""))
        self.wrong.clear()
        self.report.setPlainText("\n".join(lines))
        self.report.show()
        self.go.hide()
        self.use.show()
        self.use.setDefault(True)
        self.use.setFocus()

    def _leave(self) -> None:
        if self.bar.isVisible():
            self._stopped = True
        else:
            self.reject()

    def reject(self) -> None:
        """Leave, but not in the middle of the work: that is stopped first."""
        if self.bar.isVisible():
            self._stopped = True
        else:
            super().reject()


def _new_folder(folder: Path) -> Path:
    number = 1
    while (out := folder.with_name(f"{folder.name}-rescued-{number}")).exists():
        number += 1
    return out


def _backed_up(folder: Path, out: Path, secret: str, progress: Callable[[int, int], None]) -> Path:
    """A backup of the rescued register beside the damaged one's backups, from which it can take its place."""
    opened = opening.open_register(out, secret)
    try:
        return back_up(opened, Reason.HAND, folder / "backups" / f"{out.name}{SUFFIX}", progress).path
    finally:
        register.close_register()
