"""The banner at the foot of the window: what was done, with its way back; what went wrong, with what to do.

A banner instead of a box to click away. Only the newest is shown: a done one for eight seconds, an error until closed.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QSizePolicy, QToolButton, QWidget

from models.errors import UserError
from models.language import _
from ui.kit.icons import icon
from ui.kit.lines import across
from ui.kit.parts import holds_focus, takes_focus
from ui.kit.plain import Label, caption

SHOWN_FOR_MS = 8000


class Action(NamedTuple):
    """A button in the banner: its verb, and the bound method it calls (without arguments)."""

    label: str
    call: Callable[[], Any]


class Notices(QFrame):
    """The banner itself; hidden while there is nothing to tell."""

    def __init__(self) -> None:
        """An empty, hidden banner."""
        super().__init__()
        self.setObjectName("notices")
        self._sign = Label()
        self.label = Label(wrap=True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.buttons: list[QPushButton] = []
        self._actions: tuple[Action, ...] = ()
        self._remaining = False
        self._close = QToolButton(autoRaise=True)
        self._close.setToolTip(_("关闭提示"))
        self._close.setAccessibleName(_("关闭提示"))
        self._close.clicked.connect(self.dismiss)
        self._row = across(self._sign, self.label, self._close, on=self, gap=8, margins=(16, 2, 8, 2))
        self._came_from: QWidget | None = None
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._remember)
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_FOR_MS)
        self._timer.timeout.connect(self.dismiss)
        self.hide()

    @property
    def text(self) -> str:
        """What is told now, "" when nothing is."""
        return self.label.text() if not self.isHidden() else ""

    def tell(self, text: str, *actions: Action) -> None:
        """Tell for eight seconds that something was done; a pointer on the banner keeps it."""
        self._show(text, actions, "done")
        self._timer.start()

    def ask(self, text: str, *actions: Action) -> None:
        """Ask something that need not be answered at once; stays until answered, closed or replaced."""
        self._show(text, actions, "ask")
        self._timer.stop()

    def error(self, text: str, *actions: Action) -> None:
        """Tell the sentence of a failure; stays until closed or replaced."""
        self._show(text, actions, "error")
        self._timer.stop()

    def refuse(self, error: UserError) -> None:
        """Tell the sentence of an error that a person can do something about."""
        self.error(str(error))

    def add(self, text: str, *actions: Action) -> None:
        """Tell one thing more beside what is told now, which stays with its actions; alone it is like :meth:`tell`."""
        if self.isHidden():
            self.tell(text, *actions)
            return
        kind = self.property("kind")
        self._show(f"{self.label.text()} {text}", (*self._actions, *actions), kind)
        if kind == "done":
            self._timer.start()

    def forget_error(self) -> None:
        """Take the sentence of a failure away, because what is done now goes past it."""
        if self.property("kind") == "error":
            self.dismiss()

    def withdraw(self, text: str) -> None:
        """Take a question away that still stands, because what it was about is not shown any more."""
        if text and self.text == text:
            self.dismiss()

    def dismiss(self) -> None:
        """Take the banner away; the keyboard goes back to where it came from."""
        self._timer.stop()
        if holds_focus(self) and self._came_from is not None and takes_focus(self._came_from):
            self._came_from.setFocus()
        self.hide()

    def _remember(self, before: QWidget | None, now: QWidget | None) -> None:
        """Where the keyboard was before it came to the banner."""
        if now is not None and self.isAncestorOf(now) and before is not None and not self.isAncestorOf(before):
            self._came_from = before
            before.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._came_from = None

    def _show(self, text: str, actions: tuple[Action, ...], kind: str) -> None:
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self._actions = actions
        self.buttons = [self._button(action) for action in actions]
        self.label.setText(text)
        self.setProperty("kind", kind)
        self._dress()
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def _button(self, action: Action) -> QPushButton:
        button = QPushButton(caption(action.label), self)
        button.setProperty("flat", True)
        button.clicked.connect(self._act)
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def _act(self) -> None:
        action = self._actions[self.buttons.index(self.sender())]  # type: ignore[arg-type]  # only buttons send here
        self.dismiss()  # first: what the action does may tell something itself
        action.call()

    def _dress(self) -> None:
        kind = self.property("kind") or "done"
        name, colour = {"done": ("check", "good"), "ask": ("help", "muted"), "error": ("alert", "accent")}[kind]
        self._sign.setPixmap(icon(name, colour).pixmap(QSize(20, 20)))
        self._close.setIcon(icon("close", "muted"))

    def changeEvent(self, event: QEvent) -> None:
        """Tint the signs anew when the theme changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_timer"):
            self._dress()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Somebody is reading: wait."""
        self._remaining = self._timer.isActive()
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Read: go on counting."""
        if self._remaining and not self.isHidden():
            self._timer.start()
        super().leaveEvent(event)
