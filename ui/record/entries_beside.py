"""What is held of the shown record as a list, and below it a form: for another one, or for one that is put right."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.language import _
from ui.kit.buttons import push_button
from ui.kit.list_model import ListModel
from ui.kit.plain import Label
from ui.kit.tables import Table


class EntriesBeside(QWidget):
    """What head counts, officers and lists of key employers have in common. ``removed(str)`` names one that was a mistake.

    Each view says of its form how it is emptied and how one is put into it (:meth:`_empty`, :meth:`_put`, both of which call
    :meth:`_begin`), whether something was typed (:meth:`_is_changed`), and tells what was typed (:meth:`_enter`).
    """

    removed = Signal(str)

    def __init__(self, remove: str) -> None:
        """``remove``: the words of the button that takes one away."""
        super().__init__()
        self._of, self._corrects, self._sent = "", "", False
        self.correct, self.remove = push_button(_("改正选中的"), self._correct_current), push_button(remove, self._remove)
        self.heading = Label(role="heading")
        self.enter, self.leave = push_button("", self._enter), push_button(_("不改了"), self.clear)

    def _list(self, table: Table, model: ListModel) -> None:
        """What is held stands in this table."""
        self.table, self.model = table, model
        table.opened.connect(self._correct)
        table.chosen.connect(self._fit)

    def _show(self, of: str, entries: Sequence[Any]) -> None:
        """Show what is held of a record (uid); one that is being put right stays in the form while it is there."""
        changed, self._of = of != self._of, of
        self.model.show_items(entries)
        if changed or self._sent or (self._corrects and self._corrects not in {each.uid for each in entries}):
            self.clear()
        self._fit()

    def clear(self) -> None:
        """Empty the form for another one."""
        self._sent = False
        self._empty()

    def failed(self) -> None:
        """What was sent could not be written: it stays in the form."""
        self._sent = False

    @property
    def half_filled(self) -> bool:
        """True when something was typed that was not entered yet."""
        return not self._sent and self._is_changed()

    def _begin(self, uid: str, heading: str, verb: str) -> None:
        """From now on the form is of one (uid) that is put right, "" for another one."""
        self._corrects = uid
        self.heading.setText(heading)
        self.enter.setText(verb)
        self.leave.setVisible(bool(uid))

    def _current(self) -> Any:
        """The one that is chosen in the list, None while none is."""
        rows = self.table.selected_rows()
        return self.model.items[rows[0]] if len(rows) == 1 and rows[0] < len(self.model.items) else None

    def _fit(self) -> None:
        for button in (self.correct, self.remove):
            button.setEnabled(self._current() is not None)

    def _correct_current(self) -> None:
        for row in self.table.selected_rows()[:1]:
            self._correct(row)

    def _correct(self, row: int) -> None:
        self._put(self.model.items[row])

    def _remove(self) -> None:
        if (held := self._current()) is not None:
            self.removed.emit(held.uid)

    def _empty(self) -> None:
        """Empty the form; it begins with what is proposed of another one."""
        raise NotImplementedError

    def _put(self, held: Any) -> None:
        """Put one into the form."""
        raise NotImplementedError

    def _is_changed(self) -> bool:
        """True when something else stands in the form than what it began with."""
        raise NotImplementedError

    def _enter(self) -> None:
        """Tell what was typed."""
        raise NotImplementedError
