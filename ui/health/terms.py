"""Whose term is over or ends soon (换届)."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.language import _
from models.standing.terms import TERM_STATES, PresentTerm, term_counts
from ui.health.tables import terms_model
from ui.kit.counted_choice import CountedChoice
from ui.kit.empty import EmptyState
from ui.kit.frozen import FrozenTable
from ui.kit.lines import BELOW_TABS, down, one_shown
from ui.kit.list_model import let_sort
from ui.kit.plain import Label


class TermsView(QWidget):
    """``opens(str, str)``: "union" and the uid of the union to open; ``filled()`` after the list changed."""

    opens = Signal(str, str)
    filled = Signal()

    def __init__(self) -> None:
        """Empty until :meth:`show_terms`."""
        super().__init__()
        self._terms: list[PresentTerm] = []
        self._wanted = ""
        self.states = CountedChoice((state, _(words)) for state, words in TERM_STATES.items())
        self.states.chosen.connect(self._fill)
        self.model = terms_model(self)
        self.table = FrozenTable(_("换届"))
        let_sort(self.table, self.model)
        self.table.opened.connect(self._open_row)
        self.nothing = EmptyState("check", _("没有符合的工会，可以放宽上面的筛选。"), "")
        self._tables = one_shown(self.table, self.nothing)
        self.shown = Label(role="secondary")
        down(self.states, (self._tables, 1), self.shown, on=self, margins=BELOW_TABS)

    def show_terms(self, found: Sequence[PresentTerm]) -> None:
        """Show these terms, keeping the state that was chosen."""
        self._terms = list(found)
        self._fill()

    def choose_state(self, state: str) -> None:
        """List the terms of one state (of TERM_STATES), "" for all."""
        self.states.choose(state)
        self._fill()

    def search(self, text: str) -> None:
        """List only the unions in whose name or region ``text`` stands."""
        self._wanted = text.strip().casefold()
        self._fill()

    def _fill(self) -> None:
        wanted = self._wanted
        found = [each for each in self._terms if wanted in each.name.casefold() or wanted in each.region.casefold()]
        self.states.show_counts({str(state): count for state, count in term_counts(found).items()})
        part = self.states.name
        self.model.show_items([each for each in found if part in ("", each.state)])
        self._tables.setCurrentIndex(0 if self.model.items else 1)
        total = _("共 {total:,} 个工会").format(total=len(self.model.items))
        self.shown.setText(total + _("；届期从本届选举日期算起，没有填选举日期或任期年数的列为“届期不明”"))
        self.filled.emit()

    def _open_row(self, row: int) -> None:
        self.opens.emit("union", self.model.items[row].uid)
