"""Pages as they are shown, waiting for what runs beside them, and where the keys go."""

from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.context import Context
from ui.shell.window import Window

APage = TypeVar("APage", bound=QWidget)


def wait_for_jobs(qtbot: QtBot, where: Context | Window) -> None:
    """Wait until nothing runs any more and everything was shown."""
    jobs = (where if isinstance(where, Context) else where.context).jobs
    qtbot.waitUntil(lambda: not jobs.busy, timeout=20_000)


def focused() -> QWidget:
    """The widget that the keys go to; there must be one."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def shown_page(qtbot: QtBot, context: Context, page: APage, size: tuple[int, int]) -> APage:
    """A page as it stands in the window, once everything it asks for is there."""
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    wait_for_jobs(qtbot, context)
    return page
