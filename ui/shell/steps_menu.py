"""The steps of this session as a menu: each can be taken back, and each that was taken back be done again, on its own."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from models.language import _
from ui.kit.asked_once import asked_once
from ui.kit.plain import caption
from ui.kit.undoing import Undoing

#: The number of a batch and its name.
Step = tuple[int, str]


def ask_step(undoing: Undoing, below: QWidget, back: Sequence[Step], again: Sequence[Step]) -> None:
    """Show the menu ``below`` a widget, and do what is chosen in it."""
    with asked_once(steps_menu(back, again, undoing, below.window())) as menu:
        menu.exec(below.mapToGlobal(QPoint(0, below.height())))


def steps_menu(back: Sequence[Step], again: Sequence[Step], undoing: Undoing, parent: QWidget) -> QMenu:
    """The menu; where there is nothing at all it says so."""
    menu = QMenu(parent)
    for number, name in back:
        _add(menu, _("撤销：{name}").format(name=name)).triggered.connect(partial(_undo, undoing, number))
    if back and again:
        menu.addSeparator()
    for number, name in again:
        _add(menu, _("恢复：{name}").format(name=name)).triggered.connect(partial(_redo, undoing, number))
    if menu.isEmpty():
        _add(menu, _("这次打开以后还没有可以撤销的操作。")).setEnabled(False)
    else:
        menu.setActiveAction(menu.actions()[0])
    return menu


def _add(menu: QMenu, said: str) -> QAction:
    return menu.addAction(caption(said))


def _undo(undoing: Undoing, number: int) -> None:
    undoing.undo(number)


def _redo(undoing: Undoing, number: int) -> None:
    undoing.redo(number)
