"""The running application: its name, its icon, Qt's own texts in the language of the person, its look."""

import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from models.language import _, language
from models.register import laptop
from ui.kit import theme


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
