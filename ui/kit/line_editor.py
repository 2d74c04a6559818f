"""What all editors of values have, and the plainest of them: a line of text."""

from PySide6.QtCore import QEvent, QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget

from models.language import _
from ui.kit import theme
from ui.kit.commands import command
from ui.kit.icons import icon
from ui.kit.lines import across
from ui.kit.list_box import FindingCompleter
from ui.kit.plain import tip


class Editor(QWidget):
    """What all editors have. ``edited()`` when a person changed the text, ``left()`` when the field is done.

    ``chosen()`` when a person took one of the entries that it offers. ``uncovers()`` asks for the whole of a covered number.
    """

    edited = Signal()
    left = Signal()
    chosen = Signal()
    uncovers = Signal()

    def text(self) -> str:
        """The text that stands in the editor (of another record: its uid, where one was chosen)."""
        raise NotImplementedError

    def show_text(self, text: str, uid: str = "") -> None:
        """Show a text without telling; ``uid``: of the record that it names."""
        raise NotImplementedError

    def lock(self, locked: bool) -> None:
        """Show a number that is covered, without letting anything be typed, or let it."""
        raise NotImplementedError

    @property
    def locked(self) -> bool:
        """True while what is shown is covered."""
        return False

    def _hold(self, field: QWidget) -> None:
        across(field, on=self)
        self.setFocusProxy(field)


class _Line(QLineEdit):
    """While it is locked, a click and typing tell what has to be done first; else nothing at all would happen.

    ``uncovers()``: its eye was clicked, or F8 pressed in it.
    """

    uncovers = Signal()
    locked_tip = ""

    def __init__(self) -> None:
        super().__init__()
        self._eye: QAction | None = None

    def show_eye(self, shown: bool) -> None:
        """At its right end, the eye that a click on shows the number in full; or none."""
        if self._eye is not None:
            self.removeAction(self._eye)
            self._eye.deleteLater()
            self._eye = None
        if shown:
            given = command("record.full")
            self._eye = self.addAction(icon("eye", "muted"), QLineEdit.ActionPosition.TrailingPosition)
            self._eye.setText(given.label)
            self._eye.setToolTip(tip(self.locked_tip))
            self._eye.triggered.connect(self.uncovers)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._eye is not None:
            self._eye.setIcon(icon("eye", "muted"))

    def event(self, event: QEvent) -> bool:
        """F8 here is about this number alone, and not about all that are around it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_eye_key(event):
            event.accept()
            return True
        return super().event(event)

    def _is_eye_key(self, event: QKeyEvent) -> bool:
        return self._eye is not None and event.key() == Qt.Key.Key_F8 and event.modifiers() == Qt.KeyboardModifier.NoModifier

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._tell_lock()

    def _tell_lock(self) -> None:
        if self.isReadOnly() and self.locked_tip:
            QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), tip(self.locked_tip), self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_eye_key(event):
            self.uncovers.emit()
            return
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
        self._finder = FindingCompleter(offered, self) if offered is not None else None
        if self._finder is not None:
            self.line.setCompleter(self._finder)
            self.line.editingFinished.connect(self._settle)
        self.line.textEdited.connect(self.edited)
        self.line.editingFinished.connect(self.left)
        self.line.uncovers.connect(self.uncovers)
        self._hold(self.line)

    def text(self) -> str:
        """See :class:`Editor`."""
        return self._meant() or self.line.text().strip()

    def _meant(self) -> str:
        """The one region whose pinyin was typed, "" where nothing or more than that was; names are read elsewhere."""
        typed = self.line.text().strip()
        return self._finder.only(typed) if self._finder is not None and self.line.isModified() and typed.isascii() else ""

    def _settle(self) -> None:
        if meant := self._meant():
            self.line.setText(meant)

    def show_text(self, text: str, uid: str = "") -> None:
        """See :class:`Editor`."""
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def lock(self, locked: bool) -> None:
        """See :class:`Editor`."""
        if locked == self.locked:
            return
        told = _("号码打了星号，不能改；按 {key} 或点右边的眼睛（显示完整号码），看到完整的以后可以改，会记入操作留痕。")
        self.line.locked_tip = told.format(key=command("record.full").shortcut) if locked else ""
        self.line.setToolTip(tip(self.line.locked_tip))
        self.line.setReadOnly(locked)
        self.line.show_eye(locked)

    @property
    def locked(self) -> bool:
        """See :class:`Editor`."""
        return bool(self.line.locked_tip)
