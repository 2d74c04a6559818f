"""A bar that stays as long as nothing can be written into the register: why, and what can be done about it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy

from models.engine import database
from models.language import _
from models.register import soundness
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.jobs import Turn
from ui.kit.lines import across
from ui.kit.plain import Label


class StandingBar(QFrame):
    """Hidden while the register can be written. ``rescuing()`` asks to rescue a damaged one."""

    rescuing = Signal()

    def __init__(self, context: Context) -> None:
        """Says what is known already, and lets a very large register be looked through in the background."""
        super().__init__()
        self.setObjectName("standing")
        self.label = Label(wrap=True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.rescue = push_button(_("抢救…"), self.rescuing)
        across(self.label, self.rescue, on=self, gap=None, margins=(theme.WIDE, theme.GAP, theme.WIDE, theme.GAP))
        self.hide()
        context.jobs.ended.connect(self._look)  # any of them may come upon damage
        opened = context.register
        if not opened.on_server and opened.file.stat().st_size > soundness.AT_ONCE and not database.refused():
            context.jobs.run(soundness.examine, context.register, failed=self._look, turn=Turn.LATER)
        self._look()

    def _look(self, _what: object = None) -> None:
        self.label.setText(database.refused())
        self.rescue.setVisible(database.damaged())
        self.setVisible(bool(database.refused()))
