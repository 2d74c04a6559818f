"""Lists that drop down: with more than eight entries one types any part of an entry, its pinyin or its initials, to find it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    QSortFilterProxyModel,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QComboBox, QCompleter, QDialog, QLineEdit, QWidget

from models.values.pinyin import found_by

#: A list of more entries than this is looked through by typing.
FEW = 8
_SEEN = 16
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
#: Keys with which a person is done with a field.
_GO_ON = (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class FoundItems(QSortFilterProxyModel):
    """Those entries of a list that may be meant by what was typed."""

    def __init__(self, parent: QObject) -> None:
        """All of them at first."""
        super().__init__(parent)
        self._typed = ""

    def look_for(self, typed: str) -> None:
        """Let those through that are found by ``typed``."""
        if typed != self._typed:
            self._typed = typed
            self.invalidateFilter()

    def filterAcceptsRow(self, row: int, parent: QModelIndex | QPersistentModelIndex) -> bool:
        text = str(self.sourceModel().index(row, 0, parent).data() or "")
        return bool(text.strip()) and found_by(self._typed, text)


def put_in(box: QComboBox, choices: Iterable[tuple[str, Any]]) -> None:
    """Put (what is read, what ``currentData`` brings) at the end of a list, all at once: one by one, each is looked at anew."""
    model = box.model()
    assert isinstance(model, QStandardItemModel)  # what Qt gives a list that nobody gave another
    items = []
    for text, value in choices:
        item = QStandardItem(text)
        item.setData(value, Qt.ItemDataRole.UserRole)
        items.append(item)
    model.invisibleRootItem().appendRows(items)


def half_typed(box: QComboBox) -> bool:
    """True while something stands in a list that can be typed into which is not its chosen entry."""
    field = box.lineEdit()
    return field is not None and field.text() != box.itemText(box.currentIndex())


@contextmanager
def typing_kept(box: QComboBox) -> Iterator[None]:
    """Whatever is done with the entries of a list meanwhile: what somebody is typing there stays, the cursor where it was."""
    field = box.lineEdit()
    held = (field.text(), field.cursorPosition()) if field is not None and half_typed(box) else None
    yield
    field = box.lineEdit()
    if field is not None:
        if held is not None:
            field.setText(held[0])
        field.setCursorPosition(held[1] if held is not None else 0)


def put_anew(box: QComboBox, choices: Iterable[tuple[str, Any]]) -> None:
    """Let a list have other entries, as :func:`put_in` has them, without telling.

    What was chosen stays chosen where it is still among them, else the first one is; what is half typed stays.
    """
    held = box.currentData()
    with QSignalBlocker(box), typing_kept(box):
        box.clear()
        put_in(box, choices)
        box.setCurrentIndex(max(0, box.findData(held)))


def choose_value(box: QComboBox, value: Any) -> None:
    """Choose the entry that brings a value, the first one where there is none. If it is chosen already, what is typed stays."""
    place = max(0, box.findData(value))
    if place != box.currentIndex():
        box.setCurrentIndex(place)


class KeysPass(QObject):
    """Enter and Tab reach a field while entries are offered below it, as they do when none are.

    Qt lets them close what is offered and no more: whoever waits for them in the field would hear of the second press only.
    In a dialog Enter does not go on to its button: what was found is looked at before all of it is agreed to.
    """

    def __init__(self, completer: QCompleter) -> None:
        """For a field's completer; an entry that the arrow keys went to is chosen by them, as ever."""
        super().__init__(completer)
        self._completer, self._popup = completer, completer.popup()
        self._popup.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close what is offered, and let the field have the key."""
        line = self._completer.widget()
        if (
            isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _GO_ON
            and line is not None and not self._popup.selectionModel().hasSelection()
        ):  # fmt: skip
            self._popup.hide()
            if event.key() in _ENTER and isinstance(line.window(), QDialog):
                line.event(event)  # and no further: the dialog's button waits for the next press
            else:
                QApplication.postEvent(line.focusProxy() or line, event.clone())  # a list, where the line is its part
            return True
        return super().eventFilter(watched, event)


class FindingCompleter(QCompleter):
    """Offers the entries of a model that are found by what was typed."""

    def __init__(self, entries: QAbstractItemModel, parent: QWidget) -> None:
        """``entries``: a list of texts; none is looked at before something is typed."""
        super().__init__(parent)
        self._entries = entries
        self._found = FoundItems(self)
        self.setModel(self._found)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setMaxVisibleItems(_SEEN)
        self.popup().setProperty("offers", True)  # the same look whether a list is opened or found in
        KeysPass(self)

    def splitPath(self, path: str) -> list[str]:
        """What Qt asks with each letter that is typed."""
        self._look_for(path)
        return [path]

    def first(self, typed: str) -> str:
        """The first entry that is found by a text, "" for none."""
        self._look_for(typed)
        return str(self._found.index(0, 0).data() or "") if typed and self._found.rowCount() else ""

    def only(self, typed: str) -> str:
        """The one entry that is found by a text, "" for none or several."""
        first = self.first(typed)
        return first if self._found.rowCount() == 1 else ""

    def _look_for(self, typed: str) -> None:
        self._found.look_for(typed)
        if self._found.sourceModel() is not self._entries:
            self._found.setSourceModel(self._entries)


class ClickOpens(QObject):
    """A click into the text of a list that is typed into opens it, as a click on any list does: all entries, the text selected.

    What is typed then takes the place of the text and narrows the entries.
    """

    def __init__(self, box: QComboBox) -> None:
        """``box``: one that can be typed into, with a :class:`FindingCompleter`."""
        super().__init__(box)
        self._box = box
        field = box.lineEdit()
        assert field is not None  # the box is editable
        self._field = field
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nothing is kept from the field."""
        pressed = isinstance(event, QMouseEvent) and event.button() == Qt.MouseButton.LeftButton
        if pressed and event.type() == QEvent.Type.MouseButtonRelease and self._at_rest:
            QTimer.singleShot(0, self._field, self._open)
        return super().eventFilter(watched, event)

    @property
    def _at_rest(self) -> bool:
        """True while the text is the chosen entry, and nothing is being typed."""
        return self._box.isEnabled() and self._field.text() == self._box.itemText(self._box.currentIndex())

    def _open(self) -> None:
        completer = self._box.completer()
        if isinstance(completer, FindingCompleter) and self._box.isVisible():
            completer.splitPath("")
            completer.complete()
            self._field.selectAll()


class ListBox(QComboBox):
    """A list of which one entry is chosen. Once it has more than eight entries it can be typed into to find one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without entries."""
        super().__init__(parent)
        self.setMaxVisibleItems(_SEEN)
        self.model().rowsInserted.connect(self._grown)
        self.currentIndexChanged.connect(self._show_beginning)

    @property
    def finds(self) -> bool:
        """True when it can be typed into to find an entry."""
        return self.isEditable()

    def _grown(self) -> None:
        if self.count() <= FEW or self.isEditable():
            return
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setCompleter(FindingCompleter(self.model(), self))
        field = self._field()
        field.editingFinished.connect(self._settle)
        ClickOpens(self)
        self._show_beginning()

    def _field(self) -> QLineEdit:
        field = self.lineEdit()
        assert field is not None  # the box is editable
        return field

    def _settle(self) -> None:
        """What was typed becomes the entry that it names or finds first, else the one that was chosen before."""
        typed = self._field().text().strip()
        if typed == self.itemText(self.currentIndex()).strip():
            return
        completer = self.completer()
        found = completer.first(typed) if isinstance(completer, FindingCompleter) else ""
        place = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        place = place if place >= 0 else self.findText(found) if found else -1
        if place >= 0:
            self.setCurrentIndex(place)
            self.setEditText(self.itemText(place))
            self.activated.emit(place)
        else:
            self.setEditText(self.itemText(self.currentIndex()))

    def _show_beginning(self) -> None:
        if self.isEditable():
            self._field().setCursorPosition(0)
