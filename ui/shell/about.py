"""About the program: its version, what it is made with, where everything lies, all to be copied for whoever helps."""

import platform
import tomllib
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from models.language import _
from models.register import office
from models.register.laptop import laptop_file
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.lines import ALL_AROUND, down
from ui.kit.plain import Label
from ui.shell.crash import log_file

_PROJECT = Path(__file__).resolve().parent.parent.parent / "pyproject.toml"
#: What the program is made with, as these call themselves.
LIBRARIES = (
    "PySide6-Essentials", "peewee", "sqlcipher3", "openpyxl", "python-calamine", "xlrd", "msoffcrypto-tool", "lxml",
    "pypinyin", "rapidfuzz", "platformdirs", "filelock",
)  # fmt: skip


def version() -> str:
    """The program's version: from the project's file where that is beside the rooms, else from the package made by it."""
    try:
        return str(tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["version"])
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return _installed("jianhui")


def _installed(name: str) -> str:
    """The version of an installed package; "" when there is none."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _libraries() -> str:
    return _("、").join(f"{name} {found}" for name in LIBRARIES if (found := _installed(name)))


def _place(folder: Path) -> str:
    address = office.address_in(folder)
    if address is not None:
        return _("登记册：办公室的服务器 {address}").format(address=str(address).removeprefix("postgresql://"))
    return _("登记册：{folder}（已加密，备份在其中的 backups 文件夹）").format(folder=folder)


def about_text(folder: Path) -> str:
    """What is told about the program; ``folder`` is where the register lies. Nothing of any person."""
    lines = (
        _("建会通 {version}").format(version=version()),
        _("Python {python} · {system}").format(python=platform.python_version(), system=platform.platform()),
        _("用到的软件：{libraries}").format(libraries=_libraries()),
        _place(folder),
        _("程序日志：{log}").format(log=log_file()),
        _("本机设置：{file}").format(file=laptop_file()),
    )
    return "\n".join(lines)


class AboutView(QWidget):
    """The text, and a button that copies it."""

    def __init__(self, folder: Path) -> None:
        """``folder`` is where the register lies."""
        super().__init__()
        self.text = Label(about_text(folder), wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        told = Label(_("所有数据只在这台电脑上，除非你自己导出。"), "secondary", wrap=True)
        self.copy = push_button(_("复制信息"), self._copy)
        rows = down(self.text, told, on=self, gap=theme.WIDE, margins=ALL_AROUND)
        rows.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addStretch(1)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.text())
        self.copy.setText(_("已复制"))
