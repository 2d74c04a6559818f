"""Choosing a backup to go back to, and its passphrase."""

from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from models.language import _
from models.register import backup
from ui.kit import theme
from ui.kit.plain import Label


def put_back(folder: Path, source: Path, secret: str) -> str:
    """Restore a backup into a folder whose register is closed and locked; returns the sentence that tells of it.

    Raises UserError, and then nothing has changed.
    """
    aside = backup.restore(folder, source, secret)
    told = _("已恢复备份《{name}》。").format(name=source.name)
    return told + (_("原来的登记册移到了“{folder}”。").format(folder=aside.name) if aside else "")


class RestoreDialog(QDialog):
    """Accepted with ``path`` of a backup and ``secret``, its passphrase or recovery code."""

    def __init__(self, folder: Path, parent: QWidget | None = None, chosen: Path | None = None) -> None:
        """Offers the ``chosen`` backup of the register in ``folder``, else its newest."""
        super().__init__(parent)
        self.setWindowTitle(_("恢复备份"))
        self.setMinimumWidth(460)
        self._folder = folder / "backups"
        kept = sorted(self._folder.glob("*" + backup.SUFFIX), key=lambda path: path.stat().st_mtime)
        told = Label(
            _("现在的登记册会整个移到旁边保存，再放回备份里的登记册。备份之后的改动不在其中。"), wrap=True
        )
        offered = chosen or (kept[-1] if kept else None)
        self.file = QLineEdit(str(offered) if offered else "")
        self.file.setAccessibleName(_("备份文件"))
        choose = QPushButton(_("选择…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(_("备份的口令或恢复码"))
        buttons = QDialogButtonBox()
        self.go = QPushButton(_("恢复"))
        self.go.setProperty("primary", True)
        buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(_("取消"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(self.file, 1)
        row.addWidget(choose)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.PAGE, theme.PAGE, theme.PAGE, theme.WIDE)
        rows.setSpacing(theme.GAP)
        rows.addWidget(told)
        rows.addWidget(Label(_("备份文件")))
        rows.addLayout(row)
        rows.addWidget(Label(_("备份的口令或恢复码")))
        rows.addWidget(self.field)
        rows.addWidget(buttons)
        for field in (self.file, self.field):
            field.textChanged.connect(self._weigh)
        self._weigh()

    @property
    def path(self) -> Path:
        """The chosen backup."""
        return Path(self.file.text())

    @property
    def secret(self) -> str:
        """What opens it."""
        return self.field.text()

    def _weigh(self) -> None:
        self.go.setEnabled(bool(self.file.text() and self.field.text()))

    def _choose(self) -> None:
        kinds = _("建会通备份 (*{ending})").format(ending=backup.SUFFIX)
        start = self.file.text() or str(self._folder)
        path, _chosen = QFileDialog.getOpenFileName(self, _("选择备份文件"), start, kinds)
        if path:
            self.file.setText(path)
