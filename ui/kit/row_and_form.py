"""A table and the form of its chosen row beside it: another row takes the form only when nothing typed would be lost."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from models.language import _
from ui.kit.context import Context
from ui.kit.list_model import ListModel
from ui.kit.tables import Table
from ui.kit.unsaved import Unsaved


class RowAndForm(QObject):
    """Keeps both together; the form says itself what it shows."""

    def __init__(
        self, context: Context, table: Table, model: ListModel, uid: Callable[[Any], str], show: Callable[[Any | None], Any],
        dirty: Callable[[], bool], named: Callable[[], str],
    ) -> None:  # fmt: skip
        """``uid`` of an item of the model; ``show(item)`` puts one into the form, None for a new one.

        ``dirty()``: something is typed there that is not kept; ``named()``: what the form is of, for the question.
        """
        super().__init__(table)
        self._table, self._model, self._uid, self._show, self._dirty, self._named = table, model, uid, show, dirty, named
        self._unsaved = Unsaved(context, self, dirty, self._drop)
        self._holding = False
        #: Of what is in the form; "" for a new one.
        self.uid = ""
        table.selectionModel().currentRowChanged.connect(self._choose)

    def _item(self, uid: str) -> Any | None:
        return next((each for each in self._model.items if uid and self._uid(each) == uid), None)

    def _point(self) -> None:
        """Let the table stand at what is in the form."""
        self._holding = True
        rows = [row for row, each in enumerate(self._model.items) if self.uid and self._uid(each) == self.uid]
        if rows:
            self._table.selectRow(rows[0])
        else:
            self._table.clearSelection()
            self._table.setCurrentIndex(self._model.index(-1, -1))
        self._holding = False

    def _choose(self) -> None:
        row = self._table.currentIndex().row()
        if not self._holding and 0 <= row < len(self._model.items):
            self.open(self._uid(self._model.items[row]))

    def open(self, uid: str) -> None:
        """Show what is called so by its uid, "" for a new one, after asking about what is not kept of another."""
        if uid == self.uid and self._dirty():
            return
        if uid != self.uid and self.asks_first(partial(self.open, uid)):
            QTimer.singleShot(0, self, self._point)  # what the table selects itself comes after this
            return
        self.put(uid)

    def asks_first(self, after: Callable[[], Any]) -> bool:
        """True when something typed would be lost: the banner asks, and ``after`` follows once it is dropped."""
        return self._unsaved.asks_first(_("“{name}”有没保存的修改。").format(name=self._named()), after)

    def put(self, uid: str) -> None:
        """Show it without asking."""
        item = self._item(uid)
        self.uid = uid if item is not None else ""
        self._point()
        self._show(item)

    def follow(self) -> bool:
        """The list was read anew: the form follows, unless something is typed into it. False where it stays as it is."""
        gone = bool(self.uid) and self._item(self.uid) is None
        if gone or (self.uid and not self._dirty()):
            self.put(self.uid)
            return True
        self._point()
        return False

    def _drop(self) -> None:
        self.put(self.uid)
