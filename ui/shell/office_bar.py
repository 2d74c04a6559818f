"""A bar that stays as long as the office's server is away: nothing is lost, it is being reached again, one can go on looking."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QSizePolicy

from models.language import _
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.lines import across
from ui.kit.plain import Label
from ui.shell.hearing import Hearing

_SECOND_MS = 1_000
#: So many seconds are not worth counting.
_SOON = 5


class OfficeBar(QFrame):
    """Hidden while the server is there, and over a file. ``hearing`` is what hears of the others from now on."""

    def __init__(self, context: Context) -> None:
        """Follows what is heard of the server."""
        super().__init__()
        self.setObjectName("standing")
        self._context, self._seconds = context, 0
        self.hearing = Hearing(context, self)
        self.label = Label(wrap=True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.again = push_button(_("现在就连"), self.hearing.try_now)
        across(self.label, self.again, on=self, gap=None, margins=(theme.WIDE, theme.GAP, theme.WIDE, theme.GAP))
        self._clock = QTimer(self, interval=_SECOND_MS)
        self._clock.timeout.connect(self._tick)
        self.hearing.lost.connect(self._lost)
        self.hearing.back.connect(self._back)
        self.hide()

    def _lost(self) -> None:
        self._seconds = 0
        self._say()
        self._clock.start()
        self.show()

    def _tick(self) -> None:
        self._seconds += 1
        self._say()

    def _say(self) -> None:
        said = _("与办公室服务器的连接断了，正在重新连接。已经保存的都在；填了一半的还在这里，连上以后再保存。")
        if self._seconds >= _SOON:
            said += _("已断开 {count} 秒。").format(count=self._seconds)
        self.label.setText(said)

    def _back(self) -> None:
        self._clock.stop()
        self.hide()
        self._context.notices.forget_error()
        self._context.notices.add(_("又连上了服务器，看到的都已重新读取。"))
