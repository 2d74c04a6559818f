"""Where the window stood when it was last closed, and on which page; kept in the laptop's own file, for each screen."""

import base64
from typing import Any

from PySide6.QtCore import QByteArray, QRect, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from models.register.laptop import read_laptop, write_laptop
from ui.kit.kept_split import KEPT, KeptSplit

#: So much of the window must lie on a screen for a hand to take hold of it.
_HOLD = 120
#: The window's first size, in pixels.
_USUAL = (1280, 720)


def _screen_name(screen: QScreen) -> str:
    size = screen.size()
    return f"{size.width()}x{size.height()}"


def _kept() -> dict[str, Any]:
    kept = read_laptop().get("window")
    return kept if isinstance(kept, dict) else {}


def restore_place(window: QWidget) -> str:
    """Put a window where it was when it was last closed on this screen, or give it its first size.

    Returns the name of the page that was shown, "" when none is known. A place that no screen shows any more is mended.
    """
    kept = _kept()
    places = kept.get("places")
    screen = QGuiApplication.primaryScreen()
    place = str((places if isinstance(places, dict) else {}).get(_screen_name(screen), ""))
    if not (place and window.restoreGeometry(QByteArray(base64.b64decode(place)))):
        _first_size(window, screen)
        return str(kept.get("page", ""))
    held = window.frameGeometry()
    on_screens = [each.availableGeometry() for each in QGuiApplication.screens()]
    if not any(_holds(each, held) for each in on_screens):
        room = screen.availableGeometry()
        window.resize(window.size().boundedTo(room.size()))
        window.move(room.center() - window.rect().center())
    return str(kept.get("page", ""))


def _first_size(window: QWidget, screen: QScreen) -> None:
    """As large as is usual; on a small laptop's screen, where hardly anything would be left beside it, the whole screen."""
    window.resize(*_USUAL)
    room = screen.availableSize()
    if room.width() < _USUAL[0] + _HOLD or room.height() < _USUAL[1] + _HOLD:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def _holds(screen: QRect, window: QRect) -> bool:
    shared = screen.intersected(window)
    return shared.width() >= min(_HOLD, window.width()) and screen.top() <= window.top() <= screen.bottom() - _HOLD // 2


def keep_place(window: QWidget, page: str) -> None:
    """Remember where a window stands, its page, and how its parts were divided.

    Raises UserError when the laptop's own file cannot be written.
    """
    place = base64.b64encode(window.saveGeometry().data()).decode()
    places = _kept().get("places")
    known = places if isinstance(places, dict) else {}
    wanted = {"page": page, "places": known | {_screen_name(window.screen()): place}}
    laptop = read_laptop()
    splits = laptop.get(KEPT)
    moved = {each.name: each.moved for each in window.findChildren(KeptSplit) if each.moved}
    write_laptop(laptop | {"window": wanted, KEPT: {**(splits if isinstance(splits, dict) else {}), **moved}})
