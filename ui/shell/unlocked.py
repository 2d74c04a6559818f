"""The window over a register that is open: what its pages share, how it is made, and what comes after it."""

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QApplication

from models.engine import database
from models.errors import UserError
from models.language import N_, _
from models.records.region import load_index
from models.register import erased_list, laptop, register, trailing
from models.register.register import Register
from ui.kit.context import Changes, Context
from ui.kit.jobs import Jobs
from ui.kit.notices import Notices
from ui.kit.plain import warn
from ui.settings.restore_dialog import put_back
from ui.shell.application import dress
from ui.shell.closing import Closing
from ui.shell.crash import Failures
from ui.shell.place import restore_place
from ui.shell.rescuing import rescued
from ui.shell.window import Window


def make_context(opened: Register, today: dt.date) -> Context:
    """The parts that every page gets, for a register open in this thread."""
    return Context(opened, laptop.author(opened.folder), Jobs(), Notices(), load_index(today), today, Changes())


def open_window(opened: Register, failures: Failures, today: dt.date) -> Window:
    """The window over an open register, not shown yet."""
    context = make_context(opened, today)
    failures.tell = context.notices.error
    context.jobs.crashed.connect(failures.show)
    try:
        window = Window(context)
    except BaseException:
        context.jobs.close()
        raise
    window.dressed.connect(dress)
    if opened.told:
        context.notices.ask(opened.told)
    return window


def window_over(opened: Register, failures: Failures) -> Window:
    """The window, or no open register and DamagedRegister where what it needs cannot be read."""
    try:
        with database.damage_told():
            return open_window(opened, failures, dt.date.today())
    except BaseException:
        failures.tell = None
        register.close_register()
        register.forget(opened)
        raise


def work(app: QApplication, folder: Path, failures: Failures, opened: Register) -> str | None:
    """The window over the register that the door opened, until it has closed. Returns what to say at the door next, None to end.

    Raises DamagedRegister where no window can be shown over it.
    """
    window = window_over(opened, failures)
    window.closed.connect(app.quit)
    try:
        window.context.tell_kept(trailing.opened(folder, N_("窗口")))
        page = restore_place(window)
        if page in window.titles:
            window.open_page(page)
        window.ask_who()
        window.show()
        if opened.erased_again:
            window.context.notices.tell(erased_list.told(opened.erased_again))
        app.exec()
    finally:  # however it ended: nothing is left open behind a window that has gone
        window.end()
    failures.tell = None
    closing, locked = window.closing, window.locking.wanted
    told = " ".join(filter(None, [window.last_backup.told, *closing.told]))
    window.deleteLater()
    register.forget(opened)
    return _next(folder, closing, locked, told)


def _next(folder: Path, closing: Closing, locked: bool, told: str) -> str | None:
    """What comes after a window whose register is closed: a restore, a rescue, the door again with what it says, or the end."""
    try:
        if closing.restore_wish is not None:
            told = f"{put_back(folder, *closing.restore_wish)} {told}"
        elif closing.rescue_wish:
            told = f"{rescued(folder)} {told}"
        elif locked:
            told = f"{_('已锁定，输入口令继续。')} {told}"
        else:
            if told:
                warn(None, _("建会通"), told)  # no window is left to stand over
            return None
    except UserError as error:
        return str(error)
    return told.strip()
