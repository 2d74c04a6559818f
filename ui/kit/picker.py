"""Choosing one of very many people, employers or unions: as one types, those are offered whose name or pinyin has it."""

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from models.language import _
from models.lists.offering import offered_by_reading
from ui.kit.list_box import KeysPass

_TYPING_MS = 150


class RecordPicker(QLineEdit):
    """A field for a record's name. ``uid`` is the chosen one, "" for none; ``picked()`` when a person chose or emptied it.

    ``left_out`` is the uid of a record that is not offered: a record is not merged with itself, nor its own parent.
    What was typed and names nobody stays as text: whoever reads the field tells that.
    """

    picked = Signal()

    def __init__(self, record: str, name: str, parent: QWidget | None = None) -> None:
        """``record`` is "worker", "employer" or "union"; ``name`` is what a screen reader says."""
        super().__init__(parent)
        self._record = record
        self._found: dict[str, str] = {}
        self.uid = self.left_out = ""
        self.setAccessibleName(name)
        self.setPlaceholderText(_("输入名称的一部分或拼音首字母"))
        self.setClearButtonEnabled(True)
        self._names = QStringListModel(self)
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(self._take)
        KeysPass(completer)
        self.setCompleter(completer)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.look)
        self.textEdited.connect(self._edited)
        self.returnPressed.connect(self._take_only)
        self.editingFinished.connect(self._settle)

    def choose(self, uid: str, name: str) -> None:
        """Show a record without telling."""
        self.uid = uid
        self.setText(name)
        self.setCursorPosition(0)

    @property
    def written(self) -> str:
        """The uid of the chosen record, else the text as it was typed."""
        return self.uid or self.text().strip()

    def look(self) -> None:
        """Offer the records in whose name, its pinyin or its initials the typed text stands."""
        self._find()
        if self._found and self.hasFocus():
            self.completer().complete()

    def _find(self) -> None:
        found = offered_by_reading(self._record, self.text().strip())
        self._found = {name: uid for uid, name in found if uid != self.left_out}
        self._names.setStringList(list(self._found))

    def _edited(self, text: str) -> None:
        self.uid = ""
        if text.strip():
            self._typing.start()
        else:
            self._typing.stop()
            self.picked.emit()

    def _take(self, name: str) -> None:
        self._typing.stop()
        self.choose(self._found.get(name, ""), name)
        self.picked.emit()

    def _find_now(self) -> None:
        """Whoever leaves the field before anything was offered: nothing is offered any more, over what comes next."""
        if self._typing.isActive():
            self._typing.stop()
            self._find()

    def _take_only(self) -> None:
        """Enter takes what alone is offered."""
        self._find_now()
        if not self.uid and self.text().strip() and len(self._found) == 1:
            self._take(next(iter(self._found)))

    def _settle(self) -> None:
        """A name that was typed in full is as good as one that was chosen."""
        self._find_now()
        if not self.uid and self.text().strip() in self._found:
            self._take(self.text().strip())
