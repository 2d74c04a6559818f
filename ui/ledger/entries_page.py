"""A page of entries of some kinds: narrowed by kind, by one thing more, by region and text; a form beside them, their kinds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QWidget

from models.editing.cell_rules import CellKind
from models.errors import UnreadField
from models.journal.writer import Author
from models.language import _
from models.ledger.kinds import Kinds
from models.records.forms import SheetKind
from models.records.region import home_district
from models.trail.entry import Act
from models.values.columns import Column
from models.values.region_index import RegionIndex
from ui.kit import theme
from ui.kit.acting import act, act_by
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.commands import command
from ui.kit.context import Context
from ui.kit.editors import ChoiceEditor
from ui.kit.empty import EmptyState
from ui.kit.exporting import write_items
from ui.kit.finding import FindField
from ui.kit.kept_split import KeptSplit
from ui.kit.lines import BELOW_TABS, down, holding, one_shown, tabbed, wrapped
from ui.kit.list_box import put_anew
from ui.kit.list_model import ListModel
from ui.kit.page import Page
from ui.kit.plain import Label
from ui.kit.sorted_table import wide_table
from ui.kit.uncovering import Uncovering
from ui.kit.unsaved import Unsaved
from ui.kit.written import Written
from ui.ledger.form import FormOf, LedgerForm
from ui.ledger.kinds_view import KindsOf, LedgerKindsView
from ui.lists.cell_source import ItemsSource
from ui.lists.cell_work import CellWork
from ui.lists.freezing import Freezing

_TYPING_MS = 250


class Keeping(NamedTuple):
    """What reads the texts of an entry, and what adds, changes and removes one; as in ``models.ledger.entries``."""

    read: Callable[[Mapping[str, Any], RegionIndex, str | None], dict[str, Any]]
    add: Callable[[dict[str, Any], Author], str]
    change: Callable[[str, dict[str, Any], Author], None]
    remove: Callable[[str, Author], None]


def keep(keeping: Keeping, uid: str, texts: Mapping[str, str], union: str, index: RegionIndex, author: Author) -> None:
    """Enter an entry ("" as ``uid``) or correct one, from what was typed; ``union``: the uid of one that was chosen."""
    read = {name: text for name, text in texts.items() if name != "union" or not union}
    values = keeping.read(read, index, home_district(index))
    if union and "union" in texts:
        values["union"] = union
    if uid:
        keeping.change(uid, values, author)
    else:
        keeping.add(values, author)


class FoundEntries(NamedTuple):
    """What is shown: the entries, what they add up to in words, the kinds; what is counted beside the entries, in words."""

    entries: list[dict[str, Any]]
    totals: str
    kinds: Kinds
    beside: str = ""


class Said(NamedTuple):
    """The sentences of a page: after a write, before something typed is lost, where nothing is listed.

    ``first``: while there is no entry at all; ``none``: when none is left by what was chosen.
    """

    added: str
    changed: str
    removed: str
    unsaved: str
    first: str
    none: str


@dataclass(frozen=True)
class EntriesOf:
    """Of what a page is: its name among the commands, the kind of record, how they are shown, entered and kept.

    ``title`` is the table's name, ``tab`` that of its tab; ``hint`` says where a text is looked for, ``imports`` what the empty
    page leads to; ``exported``: a file's name, with ``{day}``, and what the trail calls it. ``narrowing`` is the name of the
    second choice and what it offers; the last of it leaves nothing out. ``spread`` is the column that takes the room left over.
    """

    name: str
    record: CellKind
    title: str
    tab: str
    hint: str
    imports: str
    exported: tuple[str, str]
    model: Callable[[QWidget], ListModel]
    spread: int
    form: FormOf
    kinds: KindsOf
    kinds_width: int
    narrowing: tuple[str, Sequence[tuple[str, Any]]]
    look_up: Callable[[Any, RegionIndex], FoundEntries]
    keeping: Keeping
    said: Said
    template: SheetKind | None = None


def _uid_of(entry: dict[str, Any]) -> str:
    return str(entry["uid"])


class EntriesPage(Page):
    """``wants_import()`` comes from the empty page."""

    wants_import = Signal()

    def __init__(self, context: Context, of: EntriesOf) -> None:
        """A page that asks for the first of its ``narrowing`` when it is first shown."""
        super().__init__(context)
        self._of = of
        self.hint, self.search_text = of.hint, ""
        self._wanted = ""
        self.left_out: frozenset[str] = frozenset()
        self._offered: list[tuple[str, str]] = []
        self._names: dict[str, str] = {}  # pressed at once, the button finds no kinds yet
        self._written = Written(context, self, self._not_saved, self._unread)
        self.model = of.model(self)
        self.table = wide_table(of.title, self.model, of.spread)
        self.table.opened.connect(self._open_row)
        self.kinds_view = LedgerKindsView(context, of=of.kinds)
        self.form = LedgerForm(context.index, context.today.isoformat(), of=of.form)
        self.form.saves.connect(self._save)
        self.form.removes.connect(self._remove)
        self.form.closed.connect(self._leave_form)
        self.form.adds_kind.connect(self._add_kind)
        self.form.wants_full.connect(self._ask_number)
        self.form.hide()
        source = ItemsSource(of.record, self.table, self.model, _uid_of, of.spread, {of.form.kind: self._kind_editor})
        self.work = CellWork(context, source, self.table, self)
        self.table.addAction(Freezing(context, self.table, of.name).menuAction())
        self._unsaved = Unsaved(context, self, self._is_typed, self._empty_form)
        self._uncovering = Uncovering(context, self)
        self._make_bar()
        self._lay_out()
        act(self, f"{of.name}.find", self.finding.setFocus)
        for name, button in (("new", self.new), ("template", self.template), ("export", self.export)):
            if button is not None:
                act_by(self, f"{of.name}.{name}", button)

    def _make_bar(self) -> None:
        of = self._of
        self.new = push_button("", self.new_entry, "plus")
        self.finding = FindField(self.hint, command(f"{of.name}.find").label)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._find)
        self.finding.textChanged.connect(self._begin)
        self.kinds = choice_box(of.kinds.title, [(_("全部类别"), "")], self.refresh)
        self.kinds.setMaxVisibleItems(24)
        self.kinds.setMinimumContentsLength(of.kinds_width)
        self.narrowing = choice_box(*of.narrowing, self.refresh)
        self.regions = self.region_box()
        self.template = push_button("", self._ask_template, "template") if of.template else None
        self.export = push_button("", self._export, "export")
        self.totals, self.beside = Label(role="secondary", wrap=True), Label(role="secondary", wrap=True)
        self.beside.hide()

    def _lay_out(self) -> None:
        asked = (self.template,) if self.template is not None else ()
        bar = wrapped(self.new, (self.finding, 1), self.kinds, self.narrowing, self.regions, *asked, self.export)
        self.nothing = EmptyState(self._of.name, "", self._of.imports)
        self.nothing.pressed.connect(self.wants_import)
        self._tables = one_shown(self.table, self.nothing)
        self.split = KeptSplit(self._of.name, self._tables, self.form)
        self.split.place([760, 400])
        listed = holding(down(bar, (self.split, 1), self.totals, self.beside, margins=BELOW_TABS))
        self.tabs = tabbed((self._of.tab, listed), (_("类别"), self.kinds_view))
        down(self.tabs, on=self, margins=(theme.WIDE, 4, theme.WIDE, theme.GAP))

    @property
    def kind(self) -> str:
        """The uid of the kind that is listed, "" for all."""
        return str(self.kinds.currentData() or "")

    def chosen(self) -> Any:
        """Which entries are listed, as ``look_up`` takes it."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Ask the register anew, on the worker thread."""
        self.ask(self._of.look_up, self.chosen(), self._context.index, done=self._show)

    def search(self, text: str) -> None:
        """List the entries in which ``text`` stands."""
        self.search_text = text
        with QSignalBlocker(self.finding):
            self.finding.setText(text)
        self.refresh()

    def _begin(self) -> None:
        self._typing.start()

    def _find(self) -> None:
        self.search(self.finding.text())

    def show_all(self) -> None:
        """List every entry that there is."""
        self.kinds.setCurrentIndex(0)
        self.narrowing.setCurrentIndex(self.narrowing.count() - 1)
        self.regions.choose("")
        self.tabs.setCurrentIndex(0)
        self.search("")

    def open_record(self, uid: str) -> None:
        """Open an entry beside the list of all."""
        self._wanted = uid
        self.show_all()

    def _show(self, found: FoundEntries) -> None:
        self.model.show_items(found.entries)
        self.totals.setText(found.totals)
        self.beside.setText(found.beside)
        self.beside.setVisible(bool(found.beside))
        self.export.setEnabled(bool(found.entries))
        held = any(kind.entries for kind in found.kinds.kinds)
        self.nothing.say(self._of.said.none if held else self._of.said.first)
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
        kind = found.kinds.by_uid.get(self.kind)
        own = set(kind.fields if kind else ())
        own |= {name for name in self._of.form.own if any(each[name] is not None for each in found.entries)}
        self.left_out = frozenset(self._of.form.own) - own
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
        self._offered = [(kind.name, _(kind.name)) for kind in kinds.kinds if kind.active]
        self._names = {kind.uid: kind.name for kind in kinds.kinds}
        found = [(_(kind.name), kind.uid) for kind in kinds.kinds if kind.active or kind.entries]
        put_anew(self.kinds, [(_("全部类别"), ""), *found])
        self.form.offer_kinds(kinds)
        if kinds.find(self.form.editors[self._of.form.kind].text()) is not None:
            self.form.take_new_kind()

    def new_entry(self) -> None:
        """Open an empty form beside the list, the chosen kind in it."""
        if self._asks_first(self.new_entry):
            return
        chosen = self._names.get(self.kind)
        self.form.show_entry({self._of.form.kind: chosen} if chosen else {})
        self.form.show()
        self.form.go_to_first()

    def _open_row(self, row: int) -> None:
        entry = self.model.items[row]
        if not self._asks_first(partial(self._open_row, row)):
            self.form.show_entry(entry)
            self.form.show()

    def _asks_first(self, after: Callable[[], Any]) -> bool:
        return self._unsaved.asks_first(self._of.said.unsaved, after)

    def _ask_number(self, name: str) -> None:
        """One number of the entry in the form is to be seen in full."""
        self._uncovering.ask([self.form.uid], partial(self.form.uncover, name, self.form.uid))

    def _is_typed(self) -> bool:
        return not self.form.isHidden() and self.form.dirty

    def _empty_form(self) -> None:
        self.form.show_entry({})

    def _leave_form(self) -> None:
        if not self._asks_first(self._leave_form):
            self.form.hide()
            self.table.setFocus()

    def _save(self, uid: str, texts: dict[str, str]) -> None:
        args = (self._of.keeping, uid, texts, self.form.chosen_union, self._context.index, self._context.author)
        said = self._of.said.changed if uid else self._of.said.added
        self._written.write(said, keep, *args, then=partial(self._kept, uid, texts))

    def _remove(self, uid: str) -> None:
        remove, then = self._of.keeping.remove, partial(self._gone, uid)
        self._written.write(self._of.said.removed, remove, uid, self._context.author, then=then)

    def _kept(self, uid: str, texts: dict[str, str]) -> None:
        """What was sent stands in the register: the form is done with it, unless something else was typed meanwhile."""
        if self.form.uid == uid and self.form.written() == texts:
            self.form.show_entry({})
            self.form.setVisible(not uid)

    def _gone(self, uid: str) -> None:
        if self.form.uid == uid:
            self.form.show_entry({})
            self.form.hide()

    def _add_kind(self, name: str) -> None:
        """Make a word a kind; what was typed stays, and is saved by the next press."""
        said = _("已添加{kind}“{name}”。").format(kind=self._of.kinds.title, name=name)
        self._written.write(said, self._of.kinds.add, name, "", self._context.author)

    def _not_saved(self) -> None:
        self.form.go_to_lacking()

    def _unread(self, error: UnreadField) -> None:
        self.form.refuse(error.field, str(error))

    def _ask_template(self) -> None:
        if self._of.template is not None:
            self._exporting.ask_template(self._of.template)

    def _export(self) -> None:
        name = self._of.exported[0].format(day=self._context.today.isoformat())
        self._exporting.ask(name, self.export_to, act=self._act())

    def export_to(self, path: Path) -> None:
        """Write the listed entries to a workbook, as they are shown."""
        self._exporting.write(self._act(), write_items, path, self.model, self.left_out)

    def _act(self) -> Act:
        return Act("export", self._of.exported[1], len(self.model.items))
