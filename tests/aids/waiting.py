"""Pages as they are shown, waiting for what runs beside them, and where the keys go."""

from functools import partial
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


def _held_until(page: QWidget, closed: QWidget) -> None:
    """What is called when the test ends; what it is called with holds the page until then."""
    assert page is closed


def hold(qtbot: QtBot, page: QWidget) -> None:
    """Let a page live as long as the test does.

    A test may go on with a part of it alone: nobody would hold the page then, and the first search for garbage take both.
    """
    qtbot.addWidget(page, before_close_func=partial(_held_until, page))


def shown_page(qtbot: QtBot, context: Context, page: APage, size: tuple[int, int]) -> APage:
    """A page as it stands in the window, once everything it asks for is there; it lives as long as the test does."""
    hold(qtbot, page)
    page.resize(*size)
    page.show()
    wait_for_jobs(qtbot, context)
    return page
