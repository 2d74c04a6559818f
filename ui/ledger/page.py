"""The work ledger (工作台账): entries narrowed by kind, period, region and text, what they add up to, a form, the kinds."""

import datetime as dt
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QTabWidget, QWidget

from models.errors import UnreadField
from models.journal.writer import Author
from models.language import N_, _
from models.ledger import entries as ledger_entries
from models.ledger.contacts import ContactTotal, contact_totals
from models.ledger.entries import EntryChoice, WorkTotal
from models.ledger.kinds import Kinds, add_kind, load_kinds
from models.records.ledger import OWN_FIELDS
from models.records.region import home_district
from models.trail.entry import Act
from models.values.columns import Column
from models.values.region_index import RegionIndex
from ui.kit import theme
from ui.kit.acting import act, act_by
from ui.kit.buttons import push_button
from ui.kit.catching_up import CatchingUp
from ui.kit.commands import command
from ui.kit.context import Context
from ui.kit.editors import ChoiceEditor
from ui.kit.empty import EmptyState
from ui.kit.exporting import Exporting, write_items
from ui.kit.kept_split import KeptSplit
from ui.kit.lines import BELOW_TABS, across, down, stacked
from ui.kit.list_box import ListBox
from ui.kit.notices import Action
from ui.kit.plain import Label, tip
from ui.kit.region_box import RegionBox
from ui.kit.sorted_table import wide_table
from ui.kit.written import Written
from ui.ledger.form import LedgerForm
from ui.ledger.kinds_view import LedgerKindsView
from ui.ledger.tables import entries_model, totals_line
from ui.lists.cell_source import ItemsSource
from ui.lists.cell_work import CellWork
from ui.lists.freezing import Freezing

_TYPING_MS = 250
_SHOWS = frozenset({"ledger_entry", "ledger_kind", "union", "region", "worker", "contact", "drive_case", "employer"})


class FoundEntries(NamedTuple):
    """What the page shows: the entries, what they add up to, the kinds; the contacts that count beside the entries."""

    entries: list[dict[str, Any]]
    totals: list[WorkTotal]
    kinds: Kinds
    contacts: list[ContactTotal]


def look_up(chosen: EntryChoice, index: RegionIndex) -> FoundEntries:
    """Ask the register for the chosen entries."""
    found = ledger_entries.entries(chosen, index), ledger_entries.totals(chosen)
    return FoundEntries(*found, load_kinds(), contact_totals(chosen))


def keep_entry(uid: str, texts: Mapping[str, str], union: str, index: RegionIndex, author: Author) -> None:
    """Enter an entry ("" as ``uid``) or correct one, from what was typed; ``union``: the uid of one that was chosen."""
    read = {name: text for name, text in texts.items() if name != "union" or not union}
    values = ledger_entries.read(read, index, home_district(index))
    if union and "union" in texts:
        values["union"] = union
    if uid:
        ledger_entries.change(uid, values, author)
    else:
        ledger_entries.add(values, author)


def periods(today: dt.date) -> list[tuple[str, dt.date | None, dt.date | None]]:
    """The periods offered: what it is called, its first and its last day; None for no bound."""
    year, quarter = dt.date(today.year, 1, 1), dt.date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    last = dt.date(today.year - 1, 1, 1)
    return [
        (_("今年"), year, today), (_("本季度"), quarter, today), (_("本月"), today.replace(day=1), today),
        (_("去年"), last, year - dt.timedelta(days=1)), (_("全部时间"), None, None),
    ]  # fmt: skip


def _uid_of(entry: dict[str, Any]) -> str:
    return str(entry["uid"])


class LedgerPage(QWidget):
    """``wants_import()`` comes from the empty page."""

    wants_import = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """A page that asks for this year's entries when it is first shown."""
        super().__init__(parent)
        self.hint, self.search_text = _("搜索事项、类别、单位、工会、经办人"), ""
        self._context, self._saving, self._wanted = context, False, ""
        self.left_out: frozenset[str] = frozenset()
        self._offered: list[tuple[str, str]] = []
        self._names: dict[str, str] = {}  # pressed at once, the button finds no kinds yet
        self._exporting = Exporting(context, self)
        self._written = Written(context, self, self._not_saved, self._unread)
        self.model = entries_model(self)
        self.table = wide_table(_("工作台账"), self.model, 2)
        self.table.opened.connect(self._open_row)
        self.kinds_view = LedgerKindsView(context)
        self.form = LedgerForm(context.index, context.today.isoformat())
        self.form.saves.connect(self._save)
        self.form.removes.connect(self._remove)
        self.form.closed.connect(self._leave_form)
        self.form.adds_kind.connect(self._add_kind)
        self.form.hide()
        source = ItemsSource("ledger_entry", self.table, self.model, _uid_of, 2, {"ledger_kind": self._kind_editor})
        self.work = CellWork(context, source, self.table, self)
        self.table.addAction(Freezing(context, self.table, "ledger").menuAction())
        self._make_bar()
        self._lay_out()
        act(self, "ledger.find", self.finding.setFocus)
        act_by(self, "ledger.new", self.new)
        act_by(self, "ledger.export", self.export)
        self._catching_up = CatchingUp(self, self.refresh)
        context.changes.changed.connect(self._on_changed)

    def _make_bar(self) -> None:
        self.new = push_button("", self.new_entry, "plus")
        self.finding = QLineEdit()
        self.finding.setClearButtonEnabled(True)
        self.finding.setAccessibleName(command("ledger.find").label)
        self.finding.setPlaceholderText(self.hint)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._find)
        self.finding.textChanged.connect(self._begin)
        self.kinds = ListBox()
        self.kinds.setAccessibleName(_("台账类别"))
        self.kinds.setMaxVisibleItems(24)
        self.kinds.setMinimumContentsLength(9)
        self.kinds.addItem(_("全部类别"), "")
        self.kinds.activated.connect(self.refresh)
        self.periods = ListBox()
        self.periods.setAccessibleName(_("时间"))
        for label, since, until in periods(self._context.today):
            self.periods.addItem(label, (since, until))
        self.periods.activated.connect(self.refresh)
        self.regions = RegionBox(self._context.index, self._context.own)
        self.regions.chosen.connect(self.refresh)
        self.export = push_button("", self._export, "export")
        self.totals = Label(role="secondary", wrap=True)
        self.contacts = Label(role="secondary", wrap=True)
        self.contacts.setToolTip(tip(_("攻坚里记下的走访联系，指标里一并计数，不用再登记一遍")))

    def _lay_out(self) -> None:
        bar = across(self.new, (self.finding, 1), self.kinds, self.periods, self.regions, self.export)
        self.nothing = EmptyState("ledger", "", _("导入台账"))
        self.nothing.pressed.connect(self.wants_import)
        holder = QWidget()
        self._tables = stacked(self.table, self.nothing, on=holder)
        self.split = KeptSplit("ledger", holder, self.form)
        self.split.place([760, 400])
        listed = QWidget()
        down(bar, (self.split, 1), self.totals, self.contacts, on=listed, margins=BELOW_TABS)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(listed, _("台账"))
        self.tabs.addTab(self.kinds_view, _("类别"))
        down(self.tabs, on=self, margins=(theme.WIDE, 4, theme.WIDE, theme.GAP))

    def chosen(self) -> EntryChoice:
        """Which entries are listed."""
        since, until = self.periods.currentData()
        return EntryChoice(
            str(self.kinds.currentData() or ""), since, until, self.regions.below(), search=self.search_text,
        )  # fmt: skip

    def refresh(self) -> None:
        """Ask the register anew, on the worker thread."""
        self._catching_up.behind = False
        self._context.jobs.run(look_up, self.chosen(), self._context.index, done=self._show)

    def search(self, text: str) -> None:
        """List the entries in which ``text`` stands."""
        self.search_text = text
        blocked = self.finding.blockSignals(True)
        self.finding.setText(text)
        self.finding.blockSignals(blocked)
        self.refresh()

    def _begin(self) -> None:
        self._typing.start()

    def _find(self) -> None:
        self.search(self.finding.text())

    def show_all(self) -> None:
        """List every entry of all times."""
        self.kinds.setCurrentIndex(0)
        self.periods.setCurrentIndex(self.periods.count() - 1)
        self.regions.choose("")
        self.tabs.setCurrentIndex(0)
        self.search("")

    def open_record(self, uid: str) -> None:
        """Open an entry beside the list of all."""
        self._wanted = uid
        self.show_all()

    def _show(self, found: FoundEntries) -> None:
        self.model.show_items(found.entries)
        self.totals.setText(totals_line(found.totals) if found.entries else "")
        counted = _("由攻坚的走访联系计数，不在上面的台账里：")
        self.contacts.setText(counted + "　".join(each.text for each in found.contacts) if found.contacts else "")
        self.contacts.setVisible(bool(found.contacts))
        self.export.setEnabled(bool(found.entries))
        held = any(kind.entries for kind in found.kinds.kinds)
        first = _("还没有工作台账。点“登记一条”，或者导入台账表。")
        self.nothing.say(_("没有符合的台账。放宽上面的类别、时间或区划再看。") if held else first)
        self.nothing.button.setVisible(not held)
        self._tables.setCurrentIndex(0 if found.entries else 1)
        self._offer(found.kinds)
        self._follow_list()
        self.kinds_view.show_kinds(found.kinds)
        self._show_columns(found)
        if self._wanted:
            row = next((row for row, each in enumerate(self.model.items) if each["uid"] == self._wanted), -1)
            self._wanted = ""
            if row >= 0:
                self.table.selectRow(row)
                self._open_row(row)

    def _show_columns(self, found: FoundEntries) -> None:
        """Of the fields that only some kinds have: those of the listed kind, and those in which something stands."""
        kind = found.kinds.by_uid.get(str(self.kinds.currentData() or ""))
        own = set(kind.fields if kind else ())
        own |= {name for name in OWN_FIELDS if any(each[name] is not None for each in found.entries)}
        self.left_out = frozenset(OWN_FIELDS) - own
        for place, column in enumerate(self.model.columns):
            self.table.setColumnHidden(place, column.name in self.left_out)

    def _kind_editor(self, column: Column) -> ChoiceEditor:
        """What the kind of an entry is changed with in its cell: the kinds in use."""
        return ChoiceEditor(column, self._offered)

    def _follow_list(self) -> None:
        """The form shows its entry as the list has it now, unless something was typed into it."""
        entry = next((each for each in self.model.items if each["uid"] == self.form.uid), None)
        if entry is not None and not self.form.isHidden() and not self.form.dirty:
            self.form.show_entry(entry)

    def _offer(self, kinds: Kinds) -> None:
        before = self.kinds.currentData()
        self._offered = [(kind.name, _(kind.name)) for kind in kinds.kinds if kind.active]
        self.kinds.clear()
        self._names = {kind.uid: kind.name for kind in kinds.kinds}
        self.kinds.addItem(_("全部类别"), "")
        for kind in kinds.kinds:
            if kind.active or kind.entries:
                self.kinds.addItem(_(kind.name), kind.uid)
        self.kinds.setCurrentIndex(max(0, self.kinds.findData(before)))
        self.form.offer_kinds(kinds)
        if kinds.find(self.form.editors["ledger_kind"].text()) is not None:
            self.form.take_new_kind()

    def new_entry(self) -> None:
        """Open an empty form beside the list, the chosen kind in it."""
        if self._asks_first(self.new_entry):
            return
        chosen = self._names.get(self.kinds.currentData())
        self.form.show_entry({"ledger_kind": chosen} if chosen else {})
        self.form.show()
        self.form.go_to_first()

    def _open_row(self, row: int) -> None:
        entry = self.model.items[row]
        if not self._asks_first(partial(self._open_row, row)):
            self.form.show_entry(entry)
            self.form.show()

    def _asks_first(self, after: Any) -> bool:
        """True when something typed is not saved: then the banner asks, and ``after`` follows once it is dropped."""
        if self.form.isHidden() or not self.form.dirty:
            return False
        self._after = after
        self._context.notices.ask(_("这条台账有没保存的修改。"), Action(_("放弃修改"), self._drop_and_go))
        return True

    def _drop_and_go(self) -> None:
        self.form.show_entry({})
        self._after()

    def _leave_form(self) -> None:
        if not self._asks_first(self._leave_form):
            self.form.hide()
            self.table.setFocus()

    def _save(self, uid: str, texts: dict[str, str]) -> None:
        self._saving = True
        said = _("已改好一条台账。") if uid else _("已登记一条台账。")
        args = (uid, texts, self.form.chosen_union, self._context.index, self._context.author)
        self._written.write(said, keep_entry, *args)

    def _remove(self, uid: str) -> None:
        self._saving = True
        self._written.write(_("已删除一条台账。"), ledger_entries.remove, uid, self._context.author)

    def _add_kind(self, name: str) -> None:
        """Make a word a kind; what was typed stays, and is saved by the next press."""
        self._written.write(_("已添加{kind}“{name}”。").format(kind=_("台账类别"), name=name), add_kind, name, "", self._context.author)

    def _not_saved(self) -> None:
        self._saving = False
        self.form.go_to_lacking()

    def _unread(self, error: UnreadField) -> None:
        self._saving = False
        self.form.refuse(error.field, str(error))

    def _export(self) -> None:
        path = self._exporting.ask_path(_("工作台账_{day}").format(day=self._context.today.isoformat()))
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the listed entries to a workbook, as they are shown."""
        self._exporting.write(Act("export", N_("工作台账"), len(self.model.items)), write_items, path, self.model, self.left_out)

    def _on_changed(self, kinds: set[str]) -> None:
        if self._saving and "ledger_entry" in kinds:
            self._saving = False
            was_new = not self.form.uid
            self.form.show_entry({})
            self.form.setVisible(was_new)
        if kinds & _SHOWS:
            self._catching_up.fall_behind()
