"""One editor for each kind of value: all of them show a text and say which text stands in them now.

Reading the text is the matter of the kinds in ``models/``; an editor only helps to write it.
"""

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

from models.language import _
from models.values.columns import Column
from models.values.kinds import Choice, Day, Place, Reference, Text, YesNo
from ui.kit.day_editor import DayEditor
from ui.kit.line_editor import Editor, LineEditor
from ui.kit.list_box import FindingCompleter, put_anew
from ui.kit.picker import RecordPicker

#: Lines of a long text that are seen at once.
_LINES = 3


class LongEditor(Editor):
    """A text of several lines."""

    def __init__(self, column: Column) -> None:
        """For a declared column."""
        super().__init__()
        self.box = QPlainTextEdit()
        self.box.setAccessibleName(column.title)
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * _LINES + 16)
        self.box.textChanged.connect(self.edited)
        self._hold(self.box)

    def text(self) -> str:
        """See :class:`Editor`."""
        return self.box.toPlainText().strip()

    def show_text(self, text: str, uid: str = "") -> None:
        """See :class:`Editor`."""
        before = self.box.blockSignals(True)
        self.box.setPlainText(text)
        self.box.blockSignals(before)

    def lock(self, locked: bool) -> None:
        """See :class:`Editor`."""
        self.box.setReadOnly(locked)


class _StillCombo(QComboBox):
    """A wheel that scrolls the form does not change what stands in it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceEditor(Editor):
    """A list that can be typed into: labels of a code list, or yes and no; any other text is kept, and told by the form."""

    def __init__(self, column: Column, labels: list[tuple[str, str]]) -> None:
        """``labels``: what is written, and how it is shown."""
        super().__init__()
        self.combo = _StillCombo()
        self.combo.setAccessibleName(column.title)
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.combo.setMaxVisibleItems(16)
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(8)
        self.offer(labels)
        self._finder = FindingCompleter(self.combo.model(), self)
        self.combo.setCompleter(self._finder)
        self.combo.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.combo.editTextChanged.connect(self._edited)
        self.combo.activated.connect(self._chosen)
        field = self._field()
        field.editingFinished.connect(self._settle)
        field.editingFinished.connect(self.left)
        self._quiet = False
        self._hold(self.combo)

    def offer(self, labels: list[tuple[str, str]]) -> None:
        """Offer other labels, as at first; whatever stands in the field stays, and the cursor in it."""
        held = self.text()
        put_anew(self.combo, [("", ""), *((shown, written) for written, shown in labels)])
        if self.text() != held:  # no longer offered
            self.show_text(held)

    def text(self) -> str:
        """See :class:`Editor`."""
        place = self._place()
        return str(self.combo.itemData(place)) if place >= 0 else self.combo.currentText().strip()

    def show_text(self, text: str, uid: str = "") -> None:
        """See :class:`Editor`."""
        self._quiet = True
        place = self.combo.findData(text)
        self.combo.setCurrentIndex(place)
        self.combo.setEditText(self.combo.itemText(place) if place >= 0 else text)
        self._field().setCursorPosition(0)
        self._quiet = False

    def lock(self, locked: bool) -> None:
        """See :class:`Editor`."""
        self.combo.setEnabled(not locked)

    def _field(self) -> QLineEdit:
        field = self.combo.lineEdit()
        assert field is not None  # the box is editable
        return field

    def _place(self) -> int:
        """Of the entry that is written there in full, or that what was typed finds alone; -1 for none.

        A text that nobody touched is what was stored, and names nothing but itself.
        """
        written = self.combo.currentText().strip()
        place = self.combo.findText(written, Qt.MatchFlag.MatchFixedString)
        if place < 0 and self._field().isModified() and (found := self._finder.only(written)):
            place = self.combo.findText(found)
        return place

    def _settle(self) -> None:
        """Show the entry that is meant."""
        if self._field().isModified() and (place := self._place()) >= 0:
            self.combo.setCurrentIndex(place)
            self.combo.setEditText(self.combo.itemText(place))

    def _edited(self) -> None:
        if not self._quiet:
            self.edited.emit()

    def _chosen(self) -> None:
        self.left.emit()
        self.chosen.emit()


class ReferenceEditor(Editor):
    """Another record, found by a part of its name."""

    def __init__(self, column: Column, record: str) -> None:
        """``record`` is "employer" or "union"."""
        super().__init__()
        self.picker = RecordPicker(record, column.title)
        self.picker.textEdited.connect(self.edited)
        self.picker.picked.connect(self._picked)
        self.picker.editingFinished.connect(self.left)
        self._hold(self.picker)

    def text(self) -> str:
        """See :class:`Editor`."""
        return self.picker.written

    def show_text(self, text: str, uid: str = "") -> None:
        """See :class:`Editor`."""
        self.picker.choose(uid, text)

    def lock(self, locked: bool) -> None:
        """See :class:`Editor`."""
        self.picker.setReadOnly(locked)

    def _picked(self) -> None:
        self.edited.emit()
        self.left.emit()


def editor_for(column: Column, places: QStringListModel) -> Editor:
    """The editor that suits a column's kind; ``places`` are the regions' names."""
    kind = column.kind
    if isinstance(kind, Place):
        return LineEditor(column.title, places)
    if isinstance(kind, Day):
        return DayEditor(column.title, ahead=kind.ahead)
    if isinstance(kind, Reference):
        return ReferenceEditor(column, kind.record)
    if isinstance(kind, YesNo):
        return ChoiceEditor(column, [("是", _("是")), ("否", _("否"))])
    if isinstance(kind, Choice):
        return ChoiceEditor(column, [(label, _(label)) for label in kind.codes.labels])
    if isinstance(kind, Text) and kind.long:
        return LongEditor(column)
    return LineEditor(column.title, mono=column.private)
