"""The buttons below a question: the one that does it says what it will do, and beside it one leaves everything as it is."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton

from models.language import _


class Agreeing(QDialogButtonBox):
    """``go`` does what the dialog asks about; Enter presses it, unless :meth:`let_enter` says otherwise."""

    def __init__(self, text: str, dialog: QDialog, agreed: Callable[[], Any] | None = None) -> None:
        """``text``: what pressing it will do: ``agreed()``, or else the dialog is accepted. The other button rejects it."""
        super().__init__()  # laid out last, it comes last in the order of the Tab key
        # a button of the box's own would be painted before it is known to be the primary one, and on some desktops bear a sign
        self.go, leave = QPushButton(text), QPushButton(_("取消"))
        self.go.setProperty("primary", True)
        # Qt has Enter press it when it is shown; said before it is in the dialog, that would hold for one press alone
        self._allowed = True
        leave.setAutoDefault(False)
        self.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.addButton(leave, QDialogButtonBox.ButtonRole.RejectRole)
        self.accepted.connect(agreed or dialog.accept)
        self.rejected.connect(dialog.reject)

    def let_enter(self, allowed: bool) -> None:
        """Let the Enter key press ``go``, or not, where that would do what nobody wrote."""
        self._allowed = allowed
        self.go.setAutoDefault(allowed)
        self.go.setDefault(allowed)

    def event(self, event: QEvent) -> bool:
        """When it is shown, Qt lets Enter press the first button that agrees; whether it may was decided before."""
        done = super().event(event)
        if event.type() == QEvent.Type.Show:
            self.let_enter(self._allowed)
        return done
