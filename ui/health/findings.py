"""The findings: the rules with their counts at the left; at the right what the chosen one found, and what to do."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from models.language import _
from models.rules.rules import Finding, rule, set_aside, summary, take_up
from models.rules.weights import STANDINGS, heaviest_first, standing
from ui.health.detail import FindingDetail
from ui.health.tables import findings_model, rule_rows, rules_model
from ui.kit.context import Context
from ui.kit.counted_choice import CountedChoice
from ui.kit.empty import EmptyState
from ui.kit.frozen import FrozenTable
from ui.kit.kept_split import KeptSplit
from ui.kit.lines import BELOW_TABS, BESIDE_LIST, across, down, holding, one_shown
from ui.kit.list_model import let_sort, list_table
from ui.kit.plain import Label
from ui.kit.written import Written

#: Below this width the rules spare two of their counts, so that their titles can be read.
_NARROW = 900


class FindingsView(QWidget):
    """``opens(str, str)``: the kind (a rule's subject) and uid of a record to open; ``filled()`` after the list changed."""

    opens = Signal(str, str)
    filled = Signal()

    def __init__(self, context: Context) -> None:
        """Empty until :meth:`show_findings`."""
        super().__init__()
        self._context = context
        self._found: list[Finding] = []
        self._wanted, self._rule = "", ""
        self._written = Written(context, self)
        self.rules = rules_model(self)
        self.choice = list_table(_("规则"), self.rules, one=True)
        self.choice.chosen.connect(self._choose_rule)
        self._fit_choice()
        self.standings = CountedChoice((name, _(words)) for name, words in STANDINGS.items())
        self.standings.chosen.connect(self._fill)
        self.model = findings_model(self)
        self.table = FrozenTable(_("发现"))
        let_sort(self.table, self.model)
        self.table.chosen.connect(self._tell_chosen)
        self.table.opened.connect(self._open_row)
        self.detail = FindingDetail()
        self.detail.opens.connect(self._open_chosen)
        self.detail.aside.connect(self._put_aside)
        self.detail.taken_up.connect(self._take_up)
        self.shown = Label(role="secondary")
        self._lay_out()

    def _fit_choice(self) -> None:
        """Spare the rules' titles all the width that two-character columns do not need."""
        head = self.choice.horizontalHeader()
        self.choice.setTextElideMode(Qt.TextElideMode.ElideRight)
        for place, column in enumerate(self.rules.columns):
            if column.name == "title":
                head.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
            else:
                wide = self.choice.fontMetrics().horizontalAdvance(column.title) + 20
                self.choice.setColumnWidth(place, max(wide, head.sectionSizeHint(place)))

    def _lay_out(self) -> None:
        self.nothing = EmptyState("check", "", "")
        self._tables = one_shown(self.table, self.nothing)
        right = holding(down(self.standings, (self._tables, 1), self.detail, self.shown, margins=BESIDE_LIST))
        split = KeptSplit("health", self.choice, right)
        split.setStretchFactor(1, 1)
        split.place([460, 700])
        across(split, on=self, margins=BELOW_TABS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for place, column in enumerate(self.rules.columns):
            if column.name in ("unknown", "aside"):
                self.choice.setColumnHidden(place, event.size().width() < _NARROW)

    def show_findings(self, found: Sequence[Finding]) -> None:
        """Show what was found, keeping the rule and the filters that were chosen."""
        self._found = list(found)
        self.rules.show_items(rule_rows(summary(found)))
        self.choice.selectRow(next(at for at, row in enumerate(self.rules.items) if row.id == self._rule))
        self._fill()

    def search(self, text: str) -> None:
        """List only those in whose name, region or facts ``text`` stands."""
        self._wanted = text.strip().casefold()
        self._fill()

    def choose_rule(self, rule_id: str, standing_name: str = "") -> None:
        """Show what one rule found, "" for all of them: what stands in one way (of STANDINGS), or however it stands."""
        self._rule = rule_id
        self.standings.choose(standing_name)
        self.show_findings(self._found)

    def _choose_rule(self, _count: int) -> None:
        for row in self.choice.selected_rows():
            if self._rule != self.rules.items[row].id:
                self._rule = self.rules.items[row].id
                self._fill()

    def _fill(self) -> None:
        of_rule = [each for each in self._found if self._rule in ("", each.rule) and _stands_in(each, self._wanted)]
        self.standings.show_counts(Counter(map(standing, of_rule)))
        part = self.standings.name
        listed = heaviest_first(each for each in of_rule if part in ("", standing(each)))
        before = self._keys(self.table.selected_rows())
        self.model.show_items(listed)
        self._select(before)
        self._tables.setCurrentIndex(0 if listed else 1)
        narrowed = bool(part or self._wanted)
        self.nothing.say(_("没有符合的发现，可以放宽上面的筛选。") if narrowed else _("没有发现问题。"))
        self._tell_chosen()
        self.filled.emit()

    def _keys(self, rows: Sequence[int]) -> set[tuple[str, str]]:
        """By what the findings in these rows are known again after another look."""
        return {(self.model.items[row].rule, self.model.items[row].uid) for row in rows}

    def _select(self, keys: set[tuple[str, str]]) -> None:
        if len(keys) == 1:
            for row, each in enumerate(self.model.items):
                if (each.rule, each.uid) in keys:
                    self.table.selectRow(row)

    def chosen(self) -> Finding | None:
        """The finding that is selected, None when it is not exactly one."""
        rows = self.table.selected_rows()
        return self.model.items[rows[0]] if len(rows) == 1 else None

    def _tell_chosen(self, _count: int = 0) -> None:
        found = self.chosen()
        about = found.rule if found else self._rule
        self.detail.show_chosen(rule(about) if about else None, found)
        total, chosen = len(self.model.items), self.table.selected_count
        text = _("共 {total:,} 条").format(total=total)
        if chosen:
            text = _("已选 {chosen:,} / 共 {total:,} 条").format(chosen=chosen, total=total)
        elif total:
            text += _("；选一条看怎么办，双击打开记录")
        self.shown.setText(text)

    def _open_row(self, row: int) -> None:
        self.opens.emit(self.model.items[row].kind, self.model.items[row].uid)

    def _open_chosen(self) -> None:
        if (found := self.chosen()) is not None:
            self.opens.emit(found.kind, found.uid)

    def _put_aside(self, reason: str) -> None:
        if (found := self.chosen()) is not None:
            said = _("已搁置“{name}”的这一条。").format(name=found.name)
            self._written.write(said, set_aside, found.rule, found.uid, reason, self._context.author)

    def _take_up(self) -> None:
        if (found := self.chosen()) is not None:
            said = _("“{name}”的这一条不再搁置。").format(name=found.name)
            self._written.write(said, take_up, found.rule, found.uid, self._context.author)


def _stands_in(each: Finding, wanted: str) -> bool:
    return not wanted or any(wanted in text.casefold() for text in (each.name, each.region, each.text))
