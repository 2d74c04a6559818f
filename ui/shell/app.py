"""The window from start to end: fonts and theme, the door, the window, and back to the door after a restore or a lock."""

import datetime as dt
import os
import sys
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QEventLoop,
    QIODevice,
    QLibraryInfo,
    QLocale,
    QMessageLogContext,
    QTimer,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QDialog

from models.engine import database
from models.errors import DamagedRegister, UserError
from models.language import N_, _, language
from models.opening import opening
from models.records.region import load_index
from models.register import erased_list, laptop, register, trailing
from models.register.register import Register
from reports.saving import save
from ui.kit import theme
from ui.kit.context import Changes, Context
from ui.kit.jobs import Jobs
from ui.kit.notices import Notices
from ui.kit.plain import warn
from ui.settings.restore_dialog import put_back
from ui.shell.closing import Closing
from ui.shell.crash import Failures
from ui.shell.place import restore_place
from ui.shell.rescuing import rescued
from ui.shell.unlock_dialog import UnlockDialog
from ui.shell.window import Window

#: The size of the commonest laptop screen here.
_SCREEN = (1366, 768)
_LONGEST_WAIT_MS = 30_000


def application() -> QApplication:
    """The running application, or a new one, dressed as this laptop's settings say."""
    app = QApplication.instance() or QApplication([sys.argv[0] or "jianhui"])
    assert isinstance(app, QApplication)
    app.setApplicationName("jianhui")
    app.setApplicationDisplayName(_("建会通"))
    app.setWindowIcon(QIcon(str(theme.PICTURES / "jianhui.svg")))
    app.setQuitOnLastWindowClosed(False)
    _speak(app)
    dress()
    return app


def _speak(app: QApplication) -> None:
    """Qt's own texts (file dialogs, field menus, calendars) in the language of the program."""
    if app.property("speaks") == language():
        return
    app.setProperty("speaks", language())
    for former in app.findChildren(QTranslator):
        app.removeTranslator(former)
    locale = QLocale("zh_CN" if language() == "zh" else language())
    QLocale.setDefault(locale)
    translator = QTranslator(app)
    if translator.load(locale, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)


def dress() -> None:
    """Put the look on that the laptop's own file asks for."""
    app, kept = QApplication.instance(), laptop.read_laptop()
    if isinstance(app, QApplication):
        theme.use_theme(app, kept.get("theme", "auto"), kept.get("font", "standard"))


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


def run(folder: Path) -> int:
    """Unlock, work, close; returns the exit status. After a restore or a lock the door opens again."""
    app = application()
    app.styleHints().colorSchemeChanged.connect(dress)
    failures = Failures()
    failures.install()
    note: str | None = ""
    damage = ""
    try:
        while note is not None:
            try:
                note, damage = _session(app, folder, failures, note, damage), ""
            except DamagedRegister as error:  # it can be opened, but not what the window cannot do without
                note, damage = "", str(error)
    finally:
        failures.remove()
    return 0


def _session(app: QApplication, folder: Path, failures: Failures, note: str, damage: str) -> str | None:
    """One time from the door to closing. Returns what to say at the door next, None to end.

    ``damage``: why the register can only be restored or rescued. Raises DamagedRegister where no window can be shown over it.
    """
    with ExitStack() as held:
        door = UnlockDialog(folder, held, note, damage)
        answer, opened = door.exec(), door.register
        door.deleteLater()
        if answer != QDialog.DialogCode.Accepted or opened is None:
            return None
        window = _window_over(opened, failures)
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


def _window_over(opened: Register, failures: Failures) -> Window:
    """The window, or no open register and DamagedRegister where what it needs cannot be read."""
    try:
        with database.damage_told():
            return open_window(opened, failures, dt.date.today())
    except BaseException:
        failures.tell = None
        register.close_register()
        register.forget(opened)
        raise


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
