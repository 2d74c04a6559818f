"""Where the window stood when it was last closed, kept in the laptop's own file."""

import base64

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget

from models.laptop import read_laptop, write_laptop


def restore_place(window: QWidget) -> None:
    """Put a window where it was when it was last closed, or give it its first size."""
    kept = read_laptop().get("window")
    place = str(kept.get("geometry", "")) if isinstance(kept, dict) else ""
    if not (place and window.restoreGeometry(QByteArray(base64.b64decode(place)))):
        window.resize(1280, 720)


def keep_place(window: QWidget) -> None:
    """Remember where a window stands. Raises UserError when the laptop's own file cannot be written."""
    place = base64.b64encode(window.saveGeometry().data()).decode()
    write_laptop(read_laptop() | {"window": {"geometry": place}})
