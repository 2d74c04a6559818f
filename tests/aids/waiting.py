"""Waiting for what runs beside the window, and where its keys go."""

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.context import Context
from ui.shell.window import Window


def wait_for_jobs(qtbot: QtBot, where: Context | Window) -> None:
    """Wait until nothing runs any more and everything was shown."""
    jobs = (where if isinstance(where, Context) else where.context).jobs
    qtbot.waitUntil(lambda: not jobs.busy, timeout=20_000)


def focused() -> QWidget:
    """The widget that the keys go to; there must be one."""
    found = QApplication.focusWidget()
    assert found is not None
    return found
