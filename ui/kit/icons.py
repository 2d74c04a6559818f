"""The line icons: drawn once on a 24 × 24 grid, tinted by the theme's colours."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.kit.theme import colour

_SHAPES = {
    "home": '<path d="M4 11 12 4l8 7v9h-5.5v-6h-5v6H4z"/>',
    "drive": '<path d="M5 21V4h11l-2.5 4L16 12H5"/>',
    "union": '<circle cx="12" cy="7" r="3"/><path d="M6 20c0-4 2.5-6 6-6s6 2 6 6"/><path d="M3 12h3M18 12h3M12 1v1"/>',
    "people": '<circle cx="9" cy="8" r="3.2"/><path d="M3 20c0-4 2.4-6.3 6-6.3s6 2.3 6 6.3"/>'
    '<path d="M15.5 5.2a3.2 3.2 0 0 1 0 5.8M17.5 14.4c2.2.9 3.5 2.8 3.5 5.6"/>',
    "rider": '<circle cx="6" cy="17" r="3.2"/><circle cx="18" cy="17" r="3.2"/>'
    '<path d="M6 17l4-7h5l3 7M10 10 8.5 6.5H6M15 10l-1-3h3"/>',
    "employer": '<path d="M4 21V5h9v16M13 10h7v11M2.5 21h19M7.5 9h2M7.5 13h2M7.5 17h2M16 14h1.5M16 17.5h1.5"/>',
    "count": '<path d="M5 20v-7M10 20V9M15 20v-9M20 20V4M3 20h19"/>',
    "import": '<path d="M12 3v12M7 10.5l5 5 5-5M4 16v5h16v-5"/>',
    "report": '<path d="M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7"/>',
    "settings": '<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>',
    "help": '<circle cx="12" cy="12" r="9"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.7v.3"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5.5 5.5"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "health": '<path d="M2.5 12.5h4L9 6l5 13 2.7-6.5h4.8"/>',
    "check": '<circle cx="12" cy="12" r="9"/><path d="m8 12.3 2.8 2.8 5.4-5.8"/>',
    "alert": '<path d="M12 3.5 22 20.5H2zM12 10v4.5M12 17.3v.3"/>',
    "export": '<path d="M12 16V4M7 8.5l5-5 5 5M4 14v6h16v-6"/>',
    "eye": '<path d="M2.5 12C5 7.7 8.2 5.5 12 5.5s7 2.2 9.5 6.5c-2.5 4.3-5.7 6.5-9.5 6.5S5 16.3 2.5 12z"/>'
    '<circle cx="12" cy="12" r="2.8"/>',
    "lock": '<path d="M5 11h14v10H5zM8 11V8a4 4 0 0 1 8 0v3M12 15v2.5"/>',
    "calendar": '<path d="M4 6h16v15H4zM4 10.5h16M8.5 3v5M15.5 3v5"/>',
    "copy": '<path d="M9 9h11v12H9zM15 9V4H4v12h5"/>',
    "template": '<path d="M4 4h16v16H4zM4 9.5h16M4 14.7h16M9.5 9.5V20"/>',
    "sample": '<path d="M9 3h6M10 3v6L4.5 19a1.5 1.5 0 0 0 1.3 2h12.4a1.5 1.5 0 0 0 1.3-2L14 9V3M7.5 15h9"/>',
    "history": '<path d="M4.5 12a8 8 0 1 0 2.6-5.9L4 9M4 4v5h5M12.5 8v4.5l3.2 2"/>',
    "merge": '<path d="M5 3v4c0 4 7 4 7 9v5M19 3v4c0 4-7 4-7 9M9 18.5l3 3 3-3"/>',
    "plus": '<path d="M12 4v16M4 12h16"/>',
    "columns": '<path d="M4 4h16v16H4zM9.3 4v16M14.7 4v16"/>',
    "target": '<circle cx="12" cy="12" r="9"/><circle cx="12" cy="12" r="4.5"/><path d="M12 12v.3"/>',
    "sites": '<path d="M4 20h16M6 20V9.5L12 5l6 4.5V20M10 20v-5h4v5"/>',
    "ledger": '<path d="M6 3h13v18H6zM6 3C4.5 3 4 4 4 5v13.5C4 20 4.7 21 6 21M9.5 8h6M9.5 12h6M9.5 16h4"/>',
    "worklist": '<path d="M9.5 6H20M9.5 12H20M9.5 18H20M3.5 6l1.3 1.3L7.3 4.8M3.5 12l1.3 1.3 2.5-2.5M3.5 18l1.3 1.3 2.5-2.5"/>',
    "send": '<path d="M3 11.5 21 4l-6 17-4-7.5zM11 13.5 21 4"/>',
    "exchange": '<path d="M4 8.5h14M14 4.5l4 4-4 4M20 15.5H6M10 11.5l-4 4 4 4"/>',
    "bell": '<path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21.5h4"/>',
    "undo": '<path d="M8.5 5 4 9.5 8.5 14M4 9.5h10a5.5 5.5 0 0 1 0 11h-4"/>',
}

_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="{colour}" stroke-width="1.7" '
    'stroke-linecap="round" stroke-linejoin="round">{shape}</svg>'
)
#: Sizes rendered beforehand, so that the icon stays sharp at 100, 150, 200 and 300 %.
_SIZES = (16, 20, 24, 32, 40, 48, 64)


def icon(name: str, tint: str = "ink") -> QIcon:
    """The icon ``name`` in the theme's colour ``tint``, as the theme stands now. KeyError for an unknown name."""
    return _drawn(name, colour(tint))


@cache
def _drawn(name: str, tint: str) -> QIcon:
    made = QIcon()
    renderer = QSvgRenderer(QByteArray(_SVG.format(colour=tint, shape=_SHAPES[name]).encode()))
    for size in _SIZES:
        picture = QPixmap(QSize(size, size))
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(picture)
    return made


def dress(button: QAbstractButton, name: str, tint: str = "muted") -> None:
    """Give a button an icon that follows the theme, see :func:`redress`, and its text some room beside it."""
    if button.text() and not button.text().startswith(" "):
        button.setText(" " + button.text())
    button.setProperty("icon_name", name)
    button.setProperty("icon_tint", tint)
    button.setIcon(icon(name, tint))


def redress(root: QWidget) -> None:
    """Tint every icon below ``root`` anew, after the theme has changed."""
    for button in root.findChildren(QAbstractButton):
        if name := button.property("icon_name"):
            button.setIcon(icon(str(name), str(button.property("icon_tint"))))
