"""A picture of the window's first page, without a screen: for the demonstration."""

import datetime as dt
import os
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from models.language import N_
from models.opening import opening
from models.register import trailing
from reports.saving import save
from ui.kit.jobs import Jobs
from ui.shell.application import application
from ui.shell.crash import Failures
from ui.shell.unlocked import open_window

#: The size of the commonest laptop screen here.
_SCREEN = (1366, 768)
_LONGEST_WAIT_MS = 30_000


def screenshot_home(folder: Path, secret: str, out: Path) -> None:
    """Save a picture of the first page of the register in ``folder`` as PNG, 1366 × 768, without a screen.

    The register is opened with ``secret`` for this and closed again: call it when nothing else needs it open. Raises
    UserError when it cannot be opened or the picture cannot be saved.
    """
    if "DISPLAY" not in os.environ and "WAYLAND_DISPLAY" not in os.environ:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    before = qInstallMessageHandler(_without_plugin_complaints)
    try:
        picture = QBuffer()
        picture.open(QIODevice.OpenModeFlag.WriteOnly)
        _grab_home(folder, secret).save(picture, "PNG")
    finally:
        qInstallMessageHandler(before)
    save(out, bytes(picture.data().data()), overwrite=True)


def _grab_home(folder: Path, secret: str) -> QPixmap:
    application()
    opened = opening.open_register(folder, secret)
    window = open_window(opened, Failures(), dt.date.today())
    trailing.opened(folder, N_("窗口"))
    try:
        window.resize(*_SCREEN)
        window.show()
        _until_idle(window.context.jobs)
        return window.grab()
    finally:
        window.closing.end(window.hide)
        window.deleteLater()


def _without_plugin_complaints(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
    """Qt's messages on stderr, but for those about what a painting without a screen cannot do."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(text + "\n")


def _until_idle(jobs: Jobs) -> None:
    loop = QEventLoop()
    jobs.idle.connect(loop.quit)
    QTimer.singleShot(_LONGEST_WAIT_MS, loop.quit)
    QTimer.singleShot(0, lambda: None if jobs.busy else loop.quit())
    loop.exec()
    # what the last job showed still has to be laid out
    QApplication.processEvents()
