"""What all editors of values have, and the plainest of them: a line of text."""

from PySide6.QtCore import QStringListModel, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from models.language import _
from ui.kit import theme
from ui.kit.commands import command
from ui.kit.lines import across
from ui.kit.list_box import FindingCompleter
from ui.kit.plain import tip


class Editor(QWidget):
    """What all editors have. ``edited()`` when a person changed the text, ``left()`` when the field is done."""

    edited = Signal()
    left = Signal()

    def text(self) -> str:
        """The text that stands in the editor (of another record: its uid, where one was chosen)."""
        raise NotImplementedError

    def show_text(self, text: str, uid: str = "") -> None:
        """Show a text without telling; ``uid``: of the record that it names."""
        raise NotImplementedError

    def lock(self, locked: bool) -> None:
        """Show without letting anything be typed, or let it."""
        raise NotImplementedError

    def _hold(self, field: QWidget) -> None:
        across(field, on=self)
        self.setFocusProxy(field)


class _Line(QLineEdit):
    """While it is locked, a click and typing tell what has to be done first; else nothing at all would happen."""

    locked_tip = ""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._tell_lock()

    def _tell_lock(self) -> None:
        if self.isReadOnly() and self.locked_tip:
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), tip(self.locked_tip), self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.text().isprintable() and event.text():
            self._tell_lock()


class LineEditor(Editor):
    """A line of text: names, numbers, counts; regions with those that fit offered."""

    def __init__(self, title: str, offered: QStringListModel | None = None, mono: bool = False) -> None:
        """``offered``: texts that complete what is typed; ``mono``: for numbers that are read digit by digit."""
        super().__init__()
        self.line = _Line()
        self.line.setAccessibleName(title)
        if mono:
            self.line.setFont(theme.mono_font())
        if offered is not None:
            self.line.setCompleter(FindingCompleter(offered, self))
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(self.left)
        self._hold(self.line)

    def text(self) -> str:
        """See :class:`Editor`."""
        return self.line.text().strip()

    def show_text(self, text: str, uid: str = "") -> None:
        """See :class:`Editor`."""
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def lock(self, locked: bool) -> None:
        """See :class:`Editor`."""
        self.line.setReadOnly(locked)
        told = _("号码打了星号，不能改；按 {key}（或点“显示完整号码”）看到完整的以后可以改。")
        self.line.locked_tip = told.format(key=command("record.full").shortcut) if locked else ""
        self.line.setToolTip(tip(self.line.locked_tip))
