"""Things that stand (阵地): narrowed by kind, region and text, standing today or all, how many there are, a form, the kinds."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedLayout,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from models.errors import UnreadField
from models.journal.writer import Author
from models.language import N_, _
from models.ledger.kinds import Kinds
from models.records.region import home_district
from models.records.site import Site
from models.sites import sites as site_records
from models.sites.kinds import add_kind, change_kind, load_kinds, remove_kind
from models.sites.sites import SiteChoice, SiteTotal
from models.trail.entry import Act
from models.values.columns import Column
from models.values.region_index import RegionIndex
from ui.kit import theme
from ui.kit.acting import act, act_by
from ui.kit.catching_up import CatchingUp
from ui.kit.commands import command
from ui.kit.context import Context
from ui.kit.editors import ChoiceEditor
from ui.kit.empty import EmptyState
from ui.kit.exporting import Exporting, write_items
from ui.kit.icons import dress
from ui.kit.kept_split import KeptSplit
from ui.kit.list_box import ListBox
from ui.kit.notices import Action
from ui.kit.plain import Label
from ui.kit.region_box import RegionBox
from ui.kit.sorted_table import wide_table
from ui.kit.written import Written
from ui.ledger.form import FormOf, LedgerForm
from ui.ledger.kinds_view import KindsOf, LedgerKindsView
from ui.lists.cell_source import ItemsSource
from ui.lists.cell_work import CellWork
from ui.lists.freezing import Freezing
from ui.sites.tables import sites_model, totals_line

_TYPING_MS = 250
_SHOWS = frozenset({"site", "site_kind", "union", "region"})


class FoundSites(NamedTuple):
    """What the page shows: the things, how many of each kind, the kinds."""

    sites: list[dict[str, Any]]
    totals: list[SiteTotal]
    kinds: Kinds


def look_up(chosen: SiteChoice, index: RegionIndex) -> FoundSites:
    """Ask the register for the chosen things."""
    return FoundSites(site_records.sites(chosen, index), site_records.totals(chosen), load_kinds())


def keep_site(uid: str, texts: Mapping[str, str], union: str, index: RegionIndex, author: Author) -> None:
    """Enter a thing ("" as ``uid``) or correct one, from what was typed; ``union``: the uid of one that was chosen."""
    read = {name: text for name, text in texts.items() if name != "union" or not union}
    values = site_records.read(read, index, home_district(index))
    if union and "union" in texts:
        values["union"] = union
    if uid:
        site_records.change(uid, values, author)
    else:
        site_records.add(values, author)


def _uid_of(site: dict[str, Any]) -> str:
    return str(site["uid"])


class SitesPage(QWidget):
    """``wants_import()`` comes from the empty page."""

    wants_import = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """A page that asks for what stands today when it is first shown."""
        super().__init__(parent)
        self.hint, self.search_text = _("搜索名称、类别、地址、工会、联系人"), ""
        self._context, self._saving, self._wanted = context, False, ""
        self._names: dict[str, str] = {}
        self._offered: list[tuple[str, str]] = []
        self._exporting = Exporting(context, self)
        self._written = Written(context, self, self._not_saved, self._unread)
        self.model = sites_model(self)
        self.table = wide_table(_("阵地"), self.model, 1)
        self.table.opened.connect(self._open_row)
        self.kinds_view = LedgerKindsView(context, of=KindsOf(_("阵地类别"), add_kind, change_kind, remove_kind))
        form = FormOf(Site, "site_kind", "", (), _("登记一个阵地"), _("改一个阵地"))
        self.form = LedgerForm(context.index, context.today.isoformat(), of=form)
        self.form.saves.connect(self._save)
        self.form.removes.connect(self._remove)
        self.form.closed.connect(self._leave_form)
        self.form.adds_kind.connect(self._add_kind)
        self.form.hide()
        source = ItemsSource("site", self.table, self.model, _uid_of, 1, {"site_kind": self._kind_editor})
        self.work = CellWork(context, source, self.table, self)
        self.table.addAction(Freezing(context, self.table, "sites").menuAction())
        self._make_bar()
        self._lay_out()
        act(self, "sites.find", self.finding.setFocus)
        for name, button in (("new", self.new), ("template", self.template), ("export", self.export)):
            act_by(self, f"sites.{name}", button)
        self._catching_up = CatchingUp(self, self.refresh)
        context.changes.changed.connect(self._on_changed)

    def _make_bar(self) -> None:
        self.new = QPushButton()
        dress(self.new, "plus")
        self.new.clicked.connect(self.new_site)
        self.finding = QLineEdit()
        self.finding.setClearButtonEnabled(True)
        self.finding.setAccessibleName(command("sites.find").label)
        self.finding.setPlaceholderText(self.hint)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._find)
        self.finding.textChanged.connect(self._begin)
        self.kinds = ListBox()
        self.kinds.setAccessibleName(_("阵地类别"))
        self.kinds.setMaxVisibleItems(24)
        self.kinds.setMinimumContentsLength(8)
        self.kinds.addItem(_("全部类别"), "")
        self.kinds.activated.connect(self.refresh)
        self.states = ListBox()
        self.states.setAccessibleName(_("状态"))
        self.states.addItem(_("现有的"), True)
        self.states.addItem(_("停用的也列出"), False)
        self.states.activated.connect(self.refresh)
        self.regions = RegionBox(self._context.index, self._context.own)
        self.regions.chosen.connect(self.refresh)
        self.template, self.export = QPushButton(), QPushButton()
        dress(self.template, "template")
        self.template.clicked.connect(self._ask_template)
        dress(self.export, "export")
        self.export.clicked.connect(self._export)
        self.totals = Label(role="secondary", wrap=True)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(theme.GAP)
        bar.addWidget(self.new)
        bar.addWidget(self.finding, 1)
        for part in (self.kinds, self.states, self.regions, self.template, self.export):
            bar.addWidget(part)
        self.nothing = EmptyState("sites", "", _("导入名单"))
        self.nothing.pressed.connect(self.wants_import)
        holder = QWidget()
        self._tables = QStackedLayout(holder)
        self._tables.addWidget(self.table)
        self._tables.addWidget(self.nothing)
        self.split = KeptSplit("sites", holder, self.form)
        self.split.place([760, 400])
        listed = QWidget()
        below = QVBoxLayout(listed)
        below.setContentsMargins(0, theme.GAP, 0, 0)
        below.setSpacing(theme.GAP)
        below.addLayout(bar)
        below.addWidget(self.split, 1)
        below.addWidget(self.totals)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(listed, _("阵地"))
        self.tabs.addTab(self.kinds_view, _("类别"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.WIDE, 4, theme.WIDE, theme.GAP)
        rows.addWidget(self.tabs)

    def chosen(self) -> SiteChoice:
        """Which things are listed."""
        day = self._context.today if self.states.currentData() else None
        return SiteChoice(str(self.kinds.currentData() or ""), day, self.regions.below(), search=self.search_text)

    def refresh(self) -> None:
        """Ask the register anew, on the worker thread."""
        self._catching_up.behind = False
        self._context.jobs.run(look_up, self.chosen(), self._context.index, done=self._show)

    def search(self, text: str) -> None:
        """List the things in which ``text`` stands."""
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
        """List everything, gone things too."""
        self.kinds.setCurrentIndex(0)
        self.states.setCurrentIndex(1)
        self.regions.choose("")
        self.tabs.setCurrentIndex(0)
        self.search("")

    def open_record(self, uid: str) -> None:
        """Open a thing beside the list of all."""
        self._wanted = uid
        self.show_all()

    def _show(self, found: FoundSites) -> None:
        self.model.show_items(found.sites)
        self.totals.setText(totals_line(found.totals))
        self.export.setEnabled(bool(found.sites))
        held = any(kind.entries for kind in found.kinds.kinds)
        first = _("还没有阵地。点“登记一个”，或者导入驿站、工作室等名单；还没有逐个列名的，一个镇街写一行数量。")
        self.nothing.say(_("没有符合的阵地。放宽上面的类别、状态或区划再看。") if held else first)
        self.nothing.button.setVisible(not held)
        self._tables.setCurrentIndex(0 if found.sites else 1)
        self._offer(found.kinds)
        self._follow_list()
        self.kinds_view.show_kinds(found.kinds)
        if self._wanted:
            row = next((row for row, each in enumerate(self.model.items) if each["uid"] == self._wanted), -1)
            self._wanted = ""
            if row >= 0:
                self.table.selectRow(row)
                self._open_row(row)

    def _kind_editor(self, column: Column) -> ChoiceEditor:
        """What the kind of a thing is changed with in its cell: the kinds in use."""
        return ChoiceEditor(column, self._offered)

    def _follow_list(self) -> None:
        """The form shows its thing as the list has it now, unless something was typed into it."""
        site = next((each for each in self.model.items if each["uid"] == self.form.uid), None)
        if site is not None and not self.form.isHidden() and not self.form.dirty:
            self.form.show_entry(site)

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
        if kinds.find(self.form.editors["site_kind"].text()) is not None:
            self.form.take_new_kind()

    def new_site(self) -> None:
        """Open an empty form beside the list, the chosen kind in it."""
        if self._asks_first(self.new_site):
            return
        chosen = self._names.get(self.kinds.currentData())
        self.form.show_entry({"site_kind": chosen} if chosen else {})
        self.form.show()
        self.form.go_to_first()

    def _open_row(self, row: int) -> None:
        site = self.model.items[row]
        if not self._asks_first(partial(self._open_row, row)):
            self.form.show_entry(site)
            self.form.show()

    def _asks_first(self, after: Any) -> bool:
        """True when something typed is not saved: then the banner asks, and ``after`` follows once it is dropped."""
        if self.form.isHidden() or not self.form.dirty:
            return False
        self._after = after
        self._context.notices.ask(_("这个阵地有没保存的修改。"), Action(_("放弃修改"), self._drop_and_go))
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
        said = _("已改好一个阵地。") if uid else _("已登记一个阵地。")
        args = (uid, texts, self.form.chosen_union, self._context.index, self._context.author)
        self._written.write(said, keep_site, *args)

    def _remove(self, uid: str) -> None:
        self._saving = True
        self._written.write(_("已删除一个阵地。"), site_records.remove, uid, self._context.author)

    def _add_kind(self, name: str) -> None:
        """Make a word a kind; what was typed stays, and is saved by the next press."""
        said = _("已添加{kind}“{name}”。").format(kind=_("阵地类别"), name=name)
        self._written.write(said, add_kind, name, "", self._context.author)

    def _not_saved(self) -> None:
        self._saving = False
        self.form.go_to_lacking()

    def _unread(self, error: UnreadField) -> None:
        self._saving = False
        self.form.refuse(error.field, str(error))

    def _ask_template(self) -> None:
        self._exporting.ask_template("sites")

    def _export(self) -> None:
        path = self._exporting.ask_path(_("阵地_{day}").format(day=self._context.today.isoformat()))
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the listed things to a workbook, as they are shown."""
        self._exporting.write(Act("export", N_("阵地名单"), len(self.model.items)), write_items, path, self.model)

    def _on_changed(self, kinds: set[str]) -> None:
        if self._saving and "site" in kinds:
            self._saving = False
            was_new = not self.form.uid
            self.form.show_entry({})
            self.form.setVisible(was_new)
        if kinds & _SHOWS:
            self._catching_up.fall_behind()
