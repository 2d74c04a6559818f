"""Dialogs and menus that ask one thing: gone once the answer was read.

Else a page keeps every menu until it closes itself; and a dialog, which PySide gives back to Python after ``exec()``, stays
until Python happens to free it if anything in it refers to itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtWidgets import QWidget

_Asked = TypeVar("_Asked", bound=QWidget)


@contextmanager
def asked_once(asked: _Asked) -> Iterator[_Asked]:
    """Lend a dialog or a menu to a ``with`` block that executes it and reads the answer; then Qt deletes it."""
    try:
        yield asked
    finally:
        asked.deleteLater()
