"""A page that lists one kind of record: filters, table, footer; the record that is opened stands beside the list."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent

from models.editing.count_entry import subject_of
from models.editing.entry import first_values
from models.errors import UserError
from models.journal.saved_filters import Parts
from models.language import _
from models.lists import selection
from models.lists.listings import Selection
from models.values.columns import Column
from ui.kit.acting import act, act_by
from ui.kit.asked_once import asked_once
from ui.kit.context import Context
from ui.kit.empty import EmptyState
from ui.kit.frozen import FrozenTable
from ui.kit.kept_split import KeptSplit
from ui.kit.lines import AROUND_PAGE, REST, across, down, one_shown
from ui.kit.page import Page
from ui.kit.plain import Label
from ui.kit.tables import shown_width
from ui.lists.as_tree import AsTree
from ui.lists.at_work import AtWork
from ui.lists.bar import ListBar
from ui.lists.beside import OpeningBeside
from ui.lists.bulk import Bulk
from ui.lists.cards_dialog import Carded, ask_cards
from ui.lists.columns import ColumnsDialog, ListColumns
from ui.lists.filters import Filters
from ui.lists.group_counts import GroupCounts
from ui.lists.handing import Handing
from ui.lists.kinds import CELLS, OPENS, Listing
from ui.lists.menu import fill_menu
from ui.lists.model import RecordsModel
from ui.lists.placing import PlacingPeople
from ui.lists.printing import Printable, ask_printing
from ui.lists.saved import SavedFilters
from ui.lists.worklist_dialog import PuttingOnLists
from ui.record.pane import RecordPane


class RecordsPage(Page):
    """The list of one kind. ``wants_import()`` comes from the empty page; ``opens(str, str)`` names a record of another kind."""

    wants_import = Signal()
    opens = Signal(str, str)

    def __init__(self, context: Context, listing: Listing) -> None:
        """A page that asks the register when it is first shown."""
        super().__init__(context)
        self.listing, self.hint, self.search_text = listing, listing.hint, ""
        self.model = RecordsModel(listing.kind, context.index, context.jobs, listing.leading, self)
        self.model.loaded.connect(self._loaded)
        self.model.waiting.connect(self._wait)
        self.filters = Filters(listing.kind, context.index, context.today, context.own, listing.part)
        self.model.choice = replace(self.model.choice, today=context.today, **self.filters.chosen())
        self.filters.changed.connect(self._narrow)
        self.people, self.regions, self.of_batch = self.filters.people, self.filters.regions, self.filters.of_batch
        self.kept = SavedFilters(context, listing.name, self.filters)
        self.kept.chosen.connect(self.show_parts)
        self._make_table()
        self.kind = OPENS.get(listing.kind)
        self.pane: RecordPane | None = None
        index = context.index
        self._places = QStringListModel([index.path(uid) for uid in index.entries], self)
        self.bulk = Bulk(context, self.kind, self._places, self.selected, self) if self.kind else None
        self._make_bar()
        conditions = self.filters.conditions
        self.work = AtWork(context, CELLS[listing.kind], self.table, self.model, self._places, conditions, listing.name, self)
        self.cells, self.pasting, self.groups = self.work.cells, self.work.pasting, self.work.groups
        many = self.more.menu() if self.bulk is not None else None
        doing = (self._open_current, self._ask_columns, self.handing.ask_export, self._ask_print)
        fill_menu(self.table, many, *doing, self.work.row_height, self.work.freezing)
        self._make_actions()
        self._lay_out()

    def _make_table(self) -> None:
        self.table = FrozenTable(self.listing.title)
        self.table.setModel(self.model)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        self._make_columns()
        self.table.chosen.connect(self._tell_count)
        self.table.opened.connect(self._open_row)
        self.table.crowded.connect(self._tell_crowded)

    def _make_columns(self) -> None:
        self.table.fit([(column.title, shown_width(column), column.private) for column in self.model.columns])
        self.columns = ListColumns(self.table, self.model, len(self.listing.leading), self.listing.name)
        self.columns.restore()

    def _take_own_fields(self) -> None:
        """The register has other own fields: the list has their columns, and a form that is open shows them."""
        self.columns.keep()
        self.model.list_anew()
        self._make_columns()
        self.filters.conditions.forget_gone()
        self.model.choice = replace(self.model.choice, where=self.filters.conditions.where)
        if self.pane is not None:
            self.pane.take_own_fields()

    def _make_bar(self) -> None:
        private = any(column.private for column in self.model.columns)
        self.bar = bar = ListBar(self.listing, private, self.kept)
        self.full, self.template, self.export, self.more = bar.full, bar.template, bar.export, bar.more
        bar.typed.connect(self._find)
        bar.new.clicked.connect(self.new_record)
        self.handing = Handing(
            self._context, self, self.listing, self.model, self.full, self.shown_columns, self.filters.label
        )
        bar.full.clicked.connect(self.handing.ask_full)
        bar.columns.clicked.connect(self._ask_columns)
        bar.template.clicked.connect(self.handing.ask_template)
        bar.export.clicked.connect(self.handing.ask_export)
        if self.bulk is not None:
            self.bulk.obey(bar)
        self.placing = PlacingPeople(self._context, self.selected, self)
        bar.wants_union.connect(self.placing.ask)
        self.putting = PuttingOnLists(self._context, self.listing.kind, self.selected, self)
        bar.wants_worklist.connect(self.putting.ask)
        bar.wants_cards.connect(self._ask_cards)
        self.group_counts = GroupCounts(self._context) if self.listing.part == "new_form" else None
        if self.group_counts is not None:
            self.group_counts.chosen.connect(self._choose_group)

    def _make_actions(self) -> None:
        act(self, "list.filter", self.filters.go_to_first)
        act(self, "list.print", self._ask_print)
        act_by(self, "list.clear", self.filters.clear)
        if self.kind is not None:
            self.beside = OpeningBeside(self.table, self._open_beside, self)
            self.table.insertAction(self.table.copying, self.beside.action)

    def _lay_out(self) -> None:
        self.counted = Label(role="secondary")
        self.nothing_found = EmptyState("search", "", "")
        self.nothing_here = EmptyState("import", self.listing.empty, _("去导入"))
        self.nothing_here.pressed.connect(self.wants_import)
        self._tables = one_shown(self.table, self.nothing_found, self.nothing_here)
        self.as_tree = AsTree(self._context, self._tables)
        self.as_tree.opened.connect(self.open_record)
        self.as_tree.switch.toggled.connect(self._tell_count)
        self.filters.add(self.as_tree.switch, self.kind == "union")
        self.split = KeptSplit(f"list {self.listing.name}", self._tables)
        rows = down(self.bar, on=self, margins=AROUND_PAGE)
        if self.group_counts is not None:
            rows.addWidget(self.group_counts)
        rows.addWidget(self.filters)
        rows.addWidget(self.groups)
        rows.addWidget(self.split, 1)
        rows.addLayout(across(self.counted, REST, self.work.summed))

    def search(self, text: str) -> None:
        """List the records in which ``text`` stands."""
        self.search_text = text
        self.bar.show_text(text)
        self._load(search=text)

    def _find(self, text: str) -> None:
        if text != self.search_text:
            self.search(text)

    def show_part(self, part: str) -> None:
        """List one part (see ``Filters.of_part``) of what the window looks at, and nothing else narrowed."""
        self._show_only(self.filters.of_part(part))

    def show_batch(self, number: int) -> None:
        """List only the records that a batch created or changed, and nothing else narrowed."""
        self._show_only({}, batch=number)

    def show_records(self, uids: frozenset[str], said: str = "") -> None:
        """List exactly these records: what a number on another page counted; ``said`` names them."""
        self._show_only({}, uids=uids, said=said)

    def show_parts(self, parts: Parts) -> None:
        """List what a saved filter names, and nothing else narrowed."""
        self._show_only(parts)

    def _show_only(self, parts: Parts, batch: int = 0, uids: frozenset[str] | None = None, said: str = "") -> None:
        self.filters.choose(parts, batch, uids, said)
        self.search_text = ""
        self.bar.show_text("")
        self._load(search="", **self.filters.chosen())

    def _choose_group(self, group: str) -> None:
        self.filters.choose_group(group)
        self._narrow()

    def _narrow(self) -> None:
        self._load(**self.filters.chosen())

    def refresh(self) -> None:
        """Ask the register anew."""
        self._load()

    def _load(self, **chosen: object) -> None:
        self._catching_up.behind = False
        if chosen:
            self.as_tree.leave()
        self.model.load(**chosen)

    def _wait(self, waiting: bool) -> None:
        self.table.setEnabled(not waiting or self.model.rowCount() > 0)
        if waiting:
            self.counted.setText(_("正在查找…"))
            self.as_tree.show_table(0)

    def _loaded(self) -> None:
        found = self.model.rowCount() > 0
        held = found or bool(selection.ids(Selection(self.listing.kind, limit=1)))
        # a part of all people that nobody is in yet is told as an empty page
        begins = bool(self.listing.part) and self.filters.parts() == {"part": self.listing.part} and not self.search_text
        self.as_tree.show_table(0 if found else 1 if held and not begins else 2)
        self.filters.setVisible(held)
        self.bar.finding.setEnabled(held)
        if not found:
            wanted = _("、").join(each for each in (self.search_text.strip(), self.filters.label()) if each)
            said = _("没有找到“{text}”。换个词，或者放宽上面的筛选再看。").format(text=wanted)
            self.nothing_found.say(_("这次导入的记录都不在了，或者不在这一页。") if self.model.choice.batch else said)
        self.export.setEnabled(found)
        if self.group_counts is not None:
            self.group_counts.load(self.model.choice)
        self._tell_count()

    def _tell_count(self) -> None:
        as_tree = self.as_tree.switch.isChecked()
        # rows and columns of the table that nobody sees now are not worked on
        total, chosen = self.model.rowCount(), 0 if as_tree else self.table.selected_count
        for button in (self.bar.columns, self.full):
            button.setEnabled(not as_tree)
        text = _("共 {total:,} 条").format(total=total)
        if chosen:
            text = _("已选 {chosen:,} / 共 {total:,} 条").format(chosen=chosen, total=total)
        self.counted.setText(_("正在查找…") if self.model.is_waiting else text)
        self.more.setEnabled(chosen > 0)

    def _tell_crowded(self, rows: int) -> None:
        self._context.notices.tell(_("选了 {count:,} 条，太多了，剪贴板放不下；请用“存为表格”。").format(count=rows))

    def _pane(self) -> RecordPane:
        """The pane beside the list, made when the first record is opened."""
        assert self.kind is not None  # counts are not opened
        if self.pane is None:
            self.pane = RecordPane(self._context, self.kind, self._places)
            self.pane.closed.connect(self._close_pane)
            self.pane.opens.connect(self.open_record)
            self.pane.views.opens_other.connect(self.opens)
            self.pane.created.connect(self._select)
            if self.bulk is not None:
                self.pane.merging.connect(self.bulk.merging)
            self.split.addWidget(self.pane)
            for name, by in (("record.next", 1), ("record.last", -1)):
                act(self.pane, name, partial(self._step, by))
            self.addActions(self.pane.actions())  # also while the list has the focus
            self.split.place([640, 480])
        self.pane.show()
        return self.pane

    def open_record(self, uid: str) -> None:
        """Open a record beside the list; a sentence tells when it is not there any more."""
        try:
            self._pane().open_record(uid)
        except UserError as error:
            self._close_pane()
            self._context.notices.error(str(error))
            return
        self._select(uid)

    def _select(self, uid: str) -> None:
        row = self.model.row_of(uid)
        if row >= 0 and not self.table.has_selected(row):
            self.table.selectRow(row)

    def _step(self, by: int) -> None:
        """Open the record below or above the one that is open."""
        assert self.pane is not None  # its own commands ask
        row = self.model.row_of(self.pane.uid) + by
        if self.pane.isVisible() and 0 <= row < self.model.rowCount():
            self._open_row(row)

    def new_record(self) -> None:
        """Open an empty form beside the list; of counts, which are shown where they belong, one of their own."""
        if self.kind is None:
            self.work.new_count()
        else:
            self._pane().new_record(first_values(self.kind, self._context.index, self.filters.parts()))

    def _open_current(self) -> None:
        for row in self.table.selected_rows()[:1]:
            self._open_row(row)

    def _open_row(self, row: int) -> None:
        for uid in self.model.uids([row]):
            if self.kind is not None:
                self.open_record(uid)
            else:
                self.opens.emit(*subject_of(uid))

    def _open_beside(self, row: int) -> None:
        """Open the record of a row in a tab of its own."""
        for uid in self.model.uids([row]):
            try:
                self._pane().open_beside(uid)
            except UserError as error:
                self._context.notices.error(str(error))
                return
            self._select(uid)

    def _close_pane(self) -> None:
        if self.pane is not None:
            self.pane.hide()
        self._tables.currentWidget().setFocus()

    def selected(self) -> list[int]:
        """The row numbers, in the register, of the selected records."""
        return self.model.numbers(self.table.selected_rows())

    def _ask_columns(self) -> None:
        with asked_once(ColumnsDialog(self.columns, self)) as dialog:
            if dialog.exec():
                self.choose_shown(dialog.names)

    def choose_shown(self, names: list[str] | None) -> None:
        """Show these columns, None for the usual ones, and remember them on this laptop."""
        self.columns.choose(names)

    def shown_columns(self) -> list[Column]:
        """The columns that are shown, from left to right."""
        return [self.model.columns[place] for place in self.table.shown_columns()]

    def _ask_print(self) -> None:
        """Open the dialog that prints what the list shows; of several selected records only those, unless told otherwise."""
        if self.as_tree.switch.isChecked() or not self.model.rowCount():
            return
        ask_printing(self._context, self.printable(), self)

    def _ask_cards(self) -> None:
        """Open the dialog that prints cards and labels of the selected records."""
        chosen = frozenset(selection.uids_of(self.listing.kind, self.selected()))
        given = Carded(self.listing.kind, self.listing.title, self.model.choice, self.model.masked, chosen)
        ask_cards(self._context, given, self)

    def printable(self) -> Printable:
        """What the list would print now."""
        chosen = selection.uids_of(self.listing.kind, self.selected()) if self.table.selected_count > 1 else []
        label = _("、").join(each for each in (self.search_text.strip(), self.filters.label()) if each)
        return Printable(
            self.listing.kind, self.listing.title, self.model.choice, self.shown_columns(), label, self.model.masked,
            frozenset(chosen),
        )  # fmt: skip

    def export_to(self, path: Path) -> None:
        """Write the listed rows as they are shown; see :meth:`ui.lists.handing.Handing.export_to`."""
        self.handing.export_to(path)

    def _on_changed(self, kinds: set[str]) -> None:
        if "region" in kinds:
            self.regions.offer_anew()
        if "own_field" in kinds and self.kind is not None:
            self._take_own_fields()
        if kinds & self.listing.shows:
            self._catching_up.fall_behind()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.work.row_height.follow()  # it may have been chosen in another list

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        try:
            self.columns.keep()
        except UserError as error:
            self._context.notices.error(str(error))
