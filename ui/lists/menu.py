"""The menu of a list's own table: it offers what the bar above the list does."""

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from models.language import _
from ui.kit.tables import Table


def fill_menu(
    table: Table, many: QMenu | None, opening: Callable[[], Any], columns: Callable[[], Any], export: Callable[[], Any],
    printing: Callable[[], Any], *views: QMenu,
) -> None:  # fmt: skip
    """Put the bar's actions around the table's own; ``many`` is the menu of what is done with many records, if there is one.

    ``views``: menus of how the table looks.
    """
    told = ((_("打开"), opening), (_("列…"), columns), (_("存为表格…"), export), (_("打印…"), printing))
    first, *last = (QAction(label, table) for label, _call in told)
    for action, (_label, call) in zip((first, *last), told, strict=True):
        action.triggered.connect(call)
    table.insertAction(table.actions()[0], first)
    if many is not None:
        many.setTitle(_("批量"))
        table.addAction(many.menuAction())
    table.addActions(last)
    table.addActions([menu.menuAction() for menu in views])
