"""Commands become actions: label, key and tip come from the one table, and a key does what its button does."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from models.language import _
from ui.kit.commands import Command, command
from ui.kit.plain import tip

_CONTEXT = Qt.ShortcutContext
#: Panes beside a list and single tables answer while the focus is in them; all else while it is seen.
_NEAR = dict.fromkeys(("record", "case", "visit", "entry"), _CONTEXT.WidgetWithChildrenShortcut) | {
    "table": _CONTEXT.WidgetShortcut, "cell": _CONTEXT.WidgetShortcut,
}


class CommandAction(QAction):
    """The action of a command for one widget. With buttons it presses the first of them that can be pressed."""

    def __init__(
        self, owner: QWidget, given: Command, call: Callable[[], Any] | None, buttons: tuple[QAbstractButton, ...]
    ) -> None:
        """Made by :func:`act` only."""
        super().__init__(given.label, owner)
        self.command, self._buttons, self._owner = given, buttons, owner
        self.setToolTip(tip(told(given)))
        self.setData(given.name)
        if given.shortcut:
            self.setShortcut(QKeySequence(given.shortcut))
            self.setShortcutContext(_NEAR.get(given.scope, _CONTEXT.WindowShortcut))
        self.triggered.connect(call or self._press)

    @property
    def possible(self) -> bool:
        """True when it could be done now."""
        seen = self._owner.isVisible() and self._owner.isEnabled() and self.isEnabled()
        return seen and (not self._buttons or self._pressable() is not None)

    def _pressable(self) -> QAbstractButton | None:
        return next((each for each in self._buttons if each.isVisible() and each.isEnabled()), None)

    def _press(self) -> None:
        button = self._pressable()
        if isinstance(button, QPushButton) and button.menu() is not None:
            button.showMenu()
        elif button is not None:
            button.click()


def act(owner: QWidget, name: str, call: Callable[[], Any] | None = None) -> CommandAction:
    """Give a widget the action of a command, which calls ``call``."""
    action = CommandAction(owner, command(name), call, ())
    owner.addAction(action)
    return action


def act_by(owner: QWidget, name: str, *buttons: QAbstractButton) -> CommandAction:
    """Give a widget the action of a command whose buttons do the work; they get its label, unless they have one, and tip."""
    given = command(name)
    for button in buttons:
        if not button.text() and not button.accessibleName():
            button.setText(f" {given.label}" if button.property("icon_name") else given.label)
        button.setToolTip(tip(told(given)))
    action = CommandAction(owner, given, None, buttons)
    owner.addAction(action)
    return action


def act_by_each(owner: QWidget, scope: str, **buttons: QAbstractButton) -> None:
    """Give a widget the actions of commands of one scope, each by its own button: ``save=`` is the button of "scope.save"."""
    for name, button in buttons.items():
        act_by(owner, f"{scope}.{name}", button)


def told(given: Command) -> str:
    """What a tool tip says of a command: its tip, and its key behind it."""
    return _("{tip}（{key}）").format(tip=given.tip, key=given.shortcut) if given.shortcut else given.tip
