"""Choosing one of many named things by typing a part of the name."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit

from models.language import _
from ui.kit.list_box import ClickOpens, FindingCompleter, half_typed, put_anew, typing_kept


class SearchCombo(QComboBox):
    """A list that can be typed into. ``chosen(str)`` brings the uid of the choice, "" for none."""

    chosen = Signal(str)

    def __init__(self, name: str, none: str) -> None:
        """``name`` is what a screen reader says; ``none`` is the text of the first entry, which chooses nothing."""
        super().__init__()
        self._none = none
        self._offered: list[tuple[str, str]] | None = None
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(name)
        self.setToolTip(_("可以输入名称的一部分或拼音首字母查找"))
        self.setMinimumContentsLength(14)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._finder = FindingCompleter(self.model(), self)
        self.setCompleter(self._finder)
        ClickOpens(self)
        self.offer([])
        self.currentIndexChanged.connect(self._tell)
        self._typed().editingFinished.connect(self._settle)

    @property
    def uid(self) -> str:
        """The uid of the choice, "" for none."""
        return str(self.currentData() or "")

    @property
    def name(self) -> str:
        """The name of the choice, "" for none."""
        return self.itemText(self.currentIndex()) if self.uid else ""

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer (uid, name) pairs, keeping the choice where it is still offered, and what is half typed.

        What is offered already stays: pages offer a thousand places anew whenever anything was written.
        """
        if self._offered == (wanted := list(choices)):
            return
        self._offered, before = wanted, self.uid
        put_anew(self, [(self._none, ""), *((name, uid) for uid, name in wanted)])
        if self.uid != before:
            self._tell()

    def say_none(self, text: str) -> None:
        """Call the first entry, which chooses nothing, by another name."""
        self._none = text
        with typing_kept(self):
            self.setItemText(0, text)

    def choose(self, uid: str) -> None:
        """Choose an entry by its uid, the first one when there is none such, without telling.

        What is half typed stays where that is chosen already.
        """
        if uid == self.uid and half_typed(self):
            return
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(uid)))
        self._show_beginning()

    def _typed(self) -> QLineEdit:
        field = self.lineEdit()
        assert field is not None  # the box is editable
        return field

    def _settle(self) -> None:
        """What was typed becomes the item that it names, or the choice that was there before."""
        typed = self._typed().text().strip()
        place = self.findText(typed, Qt.MatchFlag.MatchFixedString)
        if place < 0:
            place = self.findText(self._finder.first(typed))
        if not typed:
            self.setCurrentIndex(0)
        elif place >= 0:
            self.setCurrentIndex(place)
        self.setEditText(self.itemText(self.currentIndex()))
        self._show_beginning()

    def _show_beginning(self) -> None:
        self._typed().setCursorPosition(0)

    def _tell(self) -> None:
        self._show_beginning()
        self.chosen.emit(self.uid)
