"""What happens when the program itself is wrong: a sheet that says so, the details to copy, and a line in the log."""

import datetime as dt
import platform
import re
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit

from models.errors import DamagedRegister, UserError
from models.files.private import private_folder
from models.files.replacing import append, write_whole
from models.language import _
from models.register.laptop import laptop_file
from ui.kit.buttons import push_button
from ui.kit.lines import AROUND_DIALOG, REST, across, down
from ui.kit.plain import Label

_LARGEST_LOG = 1_000_000
#: A traceback may quote a value: nobody's number must reach a log or a chat with those who mend the program.
_NUMBER = re.compile(r"\d{6,}[Xx]?")


def details_of(error: BaseException) -> str:
    """The traceback with what the mender must know, all long numbers starred."""
    told = "".join(traceback.format_exception(error))
    return _NUMBER.sub("******", f"{platform.platform()} · Python {platform.python_version()}\n{told}")


def log_file() -> Path:
    """Where failures of the program are written down: beside the laptop's own file."""
    return laptop_file().with_name("jianhui.log")


def write_log(details: str) -> None:
    """Append to the log; a long one begins anew. A disk that refuses is left alone: the sheet tells the same."""
    path = log_file()
    try:
        private_folder(path.parent)
        said = f"{dt.datetime.now():%Y-%m-%d %H:%M:%S}\n{details}\n"
        if path.exists() and path.stat().st_size > _LARGEST_LOG:
            write_whole(path, said)
        else:
            append(path, said)
    except OSError:
        return


def _as_sentence(error: BaseException) -> BaseException:
    """What the disk or a damaged file did, as its sentence; anything else as it is."""
    from models.engine import database

    trace = error.__traceback__
    try:
        with database.damage_told():
            raise error
    except DamagedRegister as told:
        database.leave()  # over a connection that met a bad page nothing is read any more, not even good ones
        return told
    except BaseException as told:  # noqa: BLE001  # it is looked at, not handled
        return told.with_traceback(trace) if told is error else told


class CrashSheet(QDialog):
    """Says that the fault is ours, that what was saved is safe, and offers the details."""

    def __init__(self, details: str) -> None:
        """``details`` come from :func:`details_of`."""
        super().__init__()
        self.setWindowTitle(_("程序出错"))
        self.resize(640, 420)
        title = Label(_("程序出了错，这不是你的问题"), "title")
        told = Label(
            _("刚才的操作没有完成，已经保存的内容不受影响。请复制详情，发给提供程序的人；里面没有证件号和电话。"),
            wrap=True,
        )
        self.details = QPlainTextEdit(details, readOnly=True)
        self.details.setAccessibleName(_("详情"))
        self.copy = push_button(_("复制详情"), self._copy)
        close = push_button(_("关闭"), primary=True)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        down(title, told, self.details, across(self.copy, REST, close), on=self, margins=AROUND_DIALOG)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copy.setText(_("已复制"))


class Failures(QObject):
    """Takes every failure nobody caught: a person's sentence to the banner, a bug to the sheet and the log."""

    def __init__(self) -> None:
        """Nothing is taken until :meth:`install`."""
        super().__init__()
        self.tell: Callable[[str], object] | None = None
        self.sheet: CrashSheet | None = None
        self._before = sys.excepthook

    def install(self) -> None:
        """Take what is raised inside slots and event handlers from now on."""
        self._before = sys.excepthook
        sys.excepthook = self._caught

    def remove(self) -> None:
        """Leave failures to whoever took them before."""
        sys.excepthook = self._before

    def show(self, error: BaseException) -> None:
        """Tell a sentence in the banner, or show the sheet of a bug; one sheet at a time is enough."""
        error = _as_sentence(error)
        if isinstance(error, UserError) and self.tell is not None:
            self.tell(str(error))
            return
        details = details_of(error)
        write_log(details)
        print(details, file=sys.stderr)  # noqa: T201 — whoever started us from a terminal sees it too
        if self.sheet is None or not self.sheet.isVisible():
            self.sheet = CrashSheet(details)
            self.sheet.show()

    def _caught(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            QGuiApplication.quit()
        else:
            self.show(error)
