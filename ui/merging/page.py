"""The page of records that may be one and the same (查重合并): the surest first; the pair that is looked at at the right."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHeaderView, QPushButton, QWidget

from models.duplicates.find import REASONS, Likeness, duplicates, identities
from models.editing.editing import Kind
from models.language import _
from models.records.catalogue import RECORDS
from models.values.columns import column_of
from models.values.region_index import RegionIndex
from ui.kit.context import Context
from ui.kit.empty import EmptyState
from ui.kit.kept_split import KeptSplit
from ui.kit.lines import AROUND_PAGE, across, down, one_shown
from ui.kit.list_model import ListModel, ShownColumn, current_item, list_table, text_column
from ui.kit.page import Page
from ui.kit.plain import Label
from ui.kit.tables import UNKNOWN
from ui.merging.pane import MergePane

#: The kinds of record whose change may make two records alike, or no longer, or covers their numbers otherwise.
#: More pairs than this nobody looks through in a day; those that follow come when the first are settled.
LISTED = 2_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one, with what tells each of them from others, numbers masked."""

    likeness: Likeness
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of one kind that are listed, and how many there are."""

    kind: Kind
    listed: list[Pair]
    total: int


def find_pairs(kind: Kind, index: RegionIndex, asked: Likeness | None = None) -> Pairs:
    """Look for records of one kind that may be the same; the first :data:`LISTED` with their names.

    ``asked``: a pair that a person takes for one stands before all others.
    """
    found = duplicates(kind, index)
    if asked is not None:
        both = {asked.left, asked.right}
        found = [asked, *(each for each in found if {each.left, each.right} != both)]
    first = found[:LISTED]
    known = identities(kind, {uid for each in first for uid in (each.left, each.right)}, index)
    listed = [Pair(each, _line(kind, known[each.left]), _line(kind, known[each.right])) for each in first]
    return Pairs(kind, listed, len(found))


def find_first(kinds: Sequence[Kind], index: RegionIndex) -> Pairs:
    """The pairs of the first of these kinds that has any; of the first one where none has."""
    found = (find_pairs(kind, index) for kind in kinds)
    first = next(found)
    return first if first.listed else next((each for each in found if each.listed), first)


def _line(kind: Kind, values: dict[str, Any]) -> str:
    shown = []
    for name, value in values.items():
        if name == "uid" or value is None:
            continue
        named = name in ("employer", "region")  # they come by name already
        text = str(value) if named else column_of(RECORDS[kind], name).kind.show(value, beside_birth=True)
        shown.append(text)
    return " · ".join(shown) or UNKNOWN


class MergePage(Page):
    """Pairs of people, employers or unions that may be one."""

    SHOWS = frozenset({"worker", "employer", "union", "distinct_pair", "setting"})

    def __init__(self, context: Context) -> None:
        """A page that looks for likenesses when it is first shown."""
        super().__init__(context)
        self.kind: Kind = "worker"
        self._chosen = False
        self._total = 0
        self._asked: Likeness | None = None
        self.model = _pairs_model(self)
        self.table = list_table(_("可能重复的记录"), self.model, one=True)
        self.table.setTextElideMode(Qt.TextElideMode.ElideRight)
        for column in (1, 2):
            self.table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(self._open_current)
        self.table.opened.connect(self._go_to_pane)
        self.pane = MergePane(context)
        self.pane.merged.connect(self._merged)
        self.pane.parted.connect(self._parted)
        self.pane.passed.connect(self._next)
        self.told = Label(role="secondary")
        self._lay_out()

    def _lay_out(self) -> None:
        self.kinds: dict[Kind, QPushButton] = {
            "worker": QPushButton(_("会员与职工")), "employer": QPushButton(_("用人单位")), "union": QPushButton(_("工会")),
        }  # fmt: skip
        group = QButtonGroup(self)
        bar = across()
        for kind, button in self.kinds.items():
            button.setCheckable(True)
            button.setChecked(kind == self.kind)
            button.setProperty("kind", kind)
            group.addButton(button)
            bar.addWidget(button)
        group.buttonClicked.connect(self._choose_kind)
        bar.addWidget(self.told, 1)
        self.nothing = EmptyState("check", "", "")
        self.split = KeptSplit("duplicates", self.table, self.pane)
        self.split.place([420, 640])
        self._stack = one_shown(self.split, self.nothing)
        down(bar, (self._stack, 1), on=self, margins=AROUND_PAGE)

    def refresh(self) -> None:
        """Look for likenesses anew, on the worker thread."""
        self.told.setText(_("正在查重…"))
        if self._chosen:
            args = (self.kind, self._context.index, self._asked)
            self.ask(find_pairs, *args, done=self._show, title=_("正在查重"))
        else:
            self.ask(find_first, list(self.kinds), self._context.index, done=self._show_first, title=_("正在查重"))

    def show_kind(self, kind: Kind) -> None:
        """List the pairs of one kind."""
        self.kind, self._chosen = kind, True
        self.kinds[kind].setChecked(True)
        self._asking.drop()  # of another kind
        self._catching_up.fall_behind()

    def show_part(self, part: str) -> None:
        """List the pairs of a kind that is named."""
        self._asked = None
        self.show_kind(next(kind for kind in self.kinds if kind == part))

    def show_pair(self, kind: Kind, left: str, right: str) -> None:
        """Compare two records (uids) that a person takes for one, whether they are listed or not."""
        self._asked = Likeness(kind, left, right, "")
        self.show_kind(kind)

    def _choose_kind(self, button: QPushButton) -> None:
        self._asked = None
        self.show_kind(button.property("kind"))

    def _show_first(self, found: Pairs) -> None:
        """Nobody chose a kind yet: that of which there is something to look at is shown."""
        self.kind = found.kind
        self.kinds[found.kind].setChecked(True)
        self._show(found)

    def _show(self, found: Pairs) -> None:
        self._total = found.total
        self._list(found.listed, 0)

    def _list(self, pairs: list[Pair], row: int) -> None:
        settled = self.pane.hasFocus()
        self.model.show_items(pairs)
        self._stack.setCurrentIndex(0 if pairs else 1)
        name = self.kinds[self.kind].text()
        self.nothing.say(_("“{kind}”里没有可能重复的记录。导入新的表格以后再来看。").format(kind=name))
        said = _("{total:,} 对可能重复，最有把握的在前").format(total=self._total)
        if self._total > len(pairs):
            said += _("；先列出 {count:,} 对").format(count=len(pairs))
        self.told.setText(said if pairs else "")
        if pairs:
            self.table.selectRow(min(row, len(pairs) - 1))
        if settled:  # on to the next
            (self.table if pairs else self.kinds[self.kind]).setFocus()

    def _open_current(self) -> None:
        if (pair := current_item(self.table)) is not None:
            likeness = pair.likeness
            self.pane.open(likeness.kind, likeness.left, likeness.right, likeness.code)

    def _go_to_pane(self, _row: int) -> None:
        self.pane.merge_button.setFocus()

    def _next(self) -> None:
        """Leave this pair and look at the next one; after the last the first again."""
        rows = self.model.rowCount()
        if rows:
            self.table.selectRow((self.table.currentIndex().row() + 1) % rows)

    def _merged(self, keep: str, drop: str) -> None:
        """The pairs of the record that is gone are now those of the one that took it in."""
        found: dict[frozenset[str], Pair] = {}
        for pair in self.model.items:
            left, right = (keep if uid == drop else uid for uid in (pair.likeness.left, pair.likeness.right))
            if left != right:
                moved = replace(pair, likeness=replace(pair.likeness, left=left, right=right))
                found.setdefault(frozenset((left, right)), moved)
        self._settled(list(found.values()))

    def _parted(self, one: str, other: str) -> None:
        self._settled([pair for pair in self.model.items if {pair.likeness.left, pair.likeness.right} != {one, other}])

    def _settled(self, pairs: list[Pair]) -> None:
        self._asked = None
        row = self.table.currentIndex().row()
        self._total -= len(self.model.items) - len(pairs)
        self._list(pairs, row)

    def _on_changed(self, kinds: set[str]) -> None:
        # what was settled here needs no new search, unless nothing of a longer list is left
        settled = self.pane.settling and (self.model.items or self._total <= 0)
        self.pane.settling = False
        if not settled:
            super()._on_changed(kinds)


def _pairs_model(parent: QWidget) -> ListModel:
    return ListModel(
        [
            ShownColumn("reason", _("为什么"), 7, "left", _reason, _sureness),
            text_column("left", _("一条"), 10, lambda pair: pair.left),
            text_column("right", _("另一条"), 10, lambda pair: pair.right),
        ],
        parent,
    )


def _reason(pair: Pair) -> str:
    return pair.likeness.reason if pair.likeness.code else _("选中的两条")


def _sureness(pair: Pair) -> int:
    return REASONS.index(pair.likeness.code) if pair.likeness.code else -1
