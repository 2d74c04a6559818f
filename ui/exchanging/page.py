"""The page of exchange (交换): what is to be decided, who gave what and when; packages are given and taken from here."""

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QTabWidget

from models.exchange.conflicts import Conflict
from models.language import N_, _
from models.records.catalogue import RECORDS
from models.values.columns import columns_of
from ui.exchanging.arrival_view import ArrivalView
from ui.exchanging.conflict_pane import ConflictPane
from ui.exchanging.give_view import GiveView, folder_kept, keep_folder
from ui.exchanging.jobs import FoundExchange, PastPackage, PublicKey, hand_out_key, look_up
from ui.exchanging.tables import conflicts_model, laptops_model, packages_model
from ui.kit.acting import act_by, act_by_each
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.empty import EmptyState
from ui.kit.lines import AROUND_PAGE, BELOW_TABS, REST, across, divided, down, holding, one_shown, tabbed
from ui.kit.list_model import current_item
from ui.kit.notices import Action
from ui.kit.page import Page
from ui.kit.plain import Label
from ui.kit.sorted_table import sorted_table

_LISTS, _GIVING, _ARRIVING = range(3)


class ExchangePage(Page):
    """``opens(str, str)`` asks for a record, ``merges(str, str, str)`` for two records of a kind to be compared."""

    opens = Signal(str, str)
    merges = Signal(str, str, str)

    def __init__(self, context: Context) -> None:
        """A page that asks what is open when it is first shown."""
        super().__init__(context)
        self._found = FoundExchange([], [], [])
        self._masked, self._told_of = True, set[tuple[str, str]]()
        self._make_bar()
        self._make_tables()
        self._lay_out()
        act_by_each(self, "exchange", give=self.give, key=self.key, undo=self.undo_it)
        act_by(self, "exchange.take", self.take, self.arriving.another)

    def _make_bar(self) -> None:
        self.give = push_button("", self._start_giving, primary=True)
        self.take = push_button("", self._ask_package, "import")
        self.key = push_button("", self._ask_key, "lock")
        self.shown = Label(role="secondary", wrap=True)
        self.giving, self.arriving = GiveView(self._context), ArrivalView(self._context)
        self.giving.left.connect(self._show_lists)
        self.arriving.left.connect(self._show_lists)
        self.arriving.opens.connect(self.opens)
        self.arriving.merges.connect(self.merges)
        self.arriving.decides.connect(self._go_deciding)
        self.arriving.wants_another.connect(self._ask_package)

    def _make_tables(self) -> None:
        self.conflicts, self.laptops, self.packages = conflicts_model(self), laptops_model(self), packages_model(self)
        self.conflicts_table = sorted_table(_("要决定的"), self.conflicts, 3, whole=True)
        self.conflicts_table.setSelectionMode(self.conflicts_table.SelectionMode.SingleSelection)
        self.laptops_table = sorted_table(_("别的电脑"), self.laptops, 1)
        self.packages_table = sorted_table(_("交出和收下的"), self.packages, 4)
        self.packages_table.setSelectionMode(self.packages_table.SelectionMode.SingleSelection)
        self.pane = ConflictPane(self._context)
        self.pane.opens.connect(self.opens)
        self.pane.unmasks.connect(self._ask_full)
        self.conflicts_table.selectionModel().currentRowChanged.connect(self._show_conflict)
        self.conflicts_table.opened.connect(self._go_to_pane)
        self.packages_table.chosen.connect(self._fit)
        self.undo_it = push_button("", self._undo, "undo")

    def _lay_out(self) -> None:
        none = _("还没有收下过别人的交换包。在另一台电脑上“交出”，拿 U 盘带过来，在这里“收下”，也可以把 .jhx 文件拖到窗口里。")
        past = _("还没有交换过。先“交出”一个交换包给别人，或者“收下”别人交来的。")
        self.no_conflicts, self.no_laptops = EmptyState("exchange", past, ""), EmptyState("exchange", none, "")
        self.no_packages = EmptyState("exchange", past, "")
        self.split = divided(self.conflicts_table, self.pane, sizes=(560, 420))
        self._conflicts = one_shown(self.split, self.no_conflicts)
        self._laptops = one_shown(self.laptops_table, self.no_laptops)
        listed = holding(down((self.packages_table, 1), across(self.undo_it, REST)))
        self._packages = one_shown(listed, self.no_packages)
        pages = []
        for title, part in ((_("要决定的"), self._conflicts), (_("别的电脑"), self._laptops), (_("交出和收下的"), self._packages)):
            page = holding(down((part, 1), margins=BELOW_TABS))
            pages.append((title, page))
        self.tabs: QTabWidget = tabbed(*pages)
        lists = holding(down(across(self.give, self.take, REST, self.key), (self.tabs, 1), self.shown))
        self._views = one_shown(lists, self.giving, self.arriving)
        down((self._views, 1), on=self, margins=AROUND_PAGE)

    # what is shown

    def refresh(self) -> None:
        """Ask anew what is open and what was given and taken, on the worker thread."""
        self.ask(look_up, self._context.author, self._context.index, self._masked, done=self._show)

    def _show(self, found: FoundExchange) -> None:
        self._found = found
        self._note_full(found)
        row = max(0, self.conflicts_table.currentIndex().row())
        self.conflicts.show_items(found.conflicts)
        self.laptops.show_items(found.laptops)
        self.packages.show_items(found.packages)
        for place, (title, count) in enumerate((
            (_("要决定的"), len(found.conflicts)), (_("别的电脑"), len(found.laptops)), (_("交出和收下的"), len(found.packages)),
        )):  # fmt: skip
            self.tabs.setTabText(place, f"{title} {count:,}")
        begin = self.no_packages.label.text()
        self.no_conflicts.say(_("没有要决定的。两台电脑把同一项写得不一样时，会列在这里，由人来选。") if found.packages else begin)
        self._conflicts.setCurrentIndex(0 if found.conflicts else 1)
        self._laptops.setCurrentIndex(0 if found.laptops else 1)
        self._packages.setCurrentIndex(0 if found.packages else 1)
        author = self._context.author
        self.shown.setText(_("本机：{person}，设备 {device}。").format(person=author.person, device=author.device))
        if found.conflicts:
            self.conflicts_table.selectRow(min(row, len(found.conflicts) - 1))
        self._fit()

    def _show_conflict(self, *_row: object) -> None:
        chosen = current_item(self.conflicts_table)
        if chosen is not None:
            self.pane.show_conflict(chosen, not (self._masked and covers(chosen.conflict)))

    def _go_to_pane(self, _row: int) -> None:
        self.pane.go()

    def _ask_full(self) -> None:
        if self._context.may_unmask():
            said = _("将显示完整的证件号和电话，并记入操作留痕。请确认身边没有无关的人。")
            self._context.notices.ask(said, Action(_("显示"), self._show_full))

    def _show_full(self) -> None:
        self._masked = False
        self.refresh()

    def _note_full(self, found: FoundExchange) -> None:
        """Keep in the trail whose numbers came onto the screen in full: each once, those that came with a later package too."""
        shown = {(each.conflict.uid, each.conflict.field) for each in found.conflicts if covers(each.conflict)}
        if not self._masked and (new := shown - self._told_of):
            self._told_of |= new
            uids = sorted({uid for uid, _field in new})
            self._context.unmasked(N_("交换"), len(uids), uids)

    def _fit(self, *_row: object) -> None:
        chosen: PastPackage | None = current_item(self.packages_table)
        self.undo_it.setEnabled(chosen is not None and chosen.batch is not None)

    def show_part(self, part: str) -> None:
        """Show a tab: conflicts, laptops or packages."""
        self._show_lists()
        self.tabs.setCurrentIndex(("conflicts", "laptops", "packages").index(part))

    def _show_lists(self) -> None:
        self._views.setCurrentIndex(_LISTS)
        self.refresh()
        self.give.setFocus()

    def _go_deciding(self) -> None:
        self.arriving.leave()
        self.tabs.setCurrentIndex(0)
        self.conflicts_table.setFocus()

    # giving and taking

    def _start_giving(self) -> None:
        if self._context.may_write():
            self._views.setCurrentIndex(_GIVING)
            self.giving.start(self._found.laptops)

    def _ask_package(self) -> None:
        if not self._context.may_write():
            return
        kinds = _("交换包 (*.jhx)") + ";;" + _("所有文件 (*)")
        asked, _kind = QFileDialog.getOpenFileName(self, _("选交换包"), folder_kept(), kinds)
        if asked:
            keep_folder(Path(asked))
            self.open_package(Path(asked))

    def open_package(self, path: Path) -> None:
        """Look into a package, chosen or dropped."""
        if self._context.may_write():
            self._views.setCurrentIndex(_ARRIVING)
            self.arriving.open_package(path)

    def _undo(self) -> None:
        chosen: PastPackage | None = current_item(self.packages_table)
        if chosen is not None and chosen.batch is not None:
            self._context.undoing.undo(chosen.batch)

    def _ask_key(self) -> None:
        if not self._context.may_write():
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        proposed = str(Path(folder) / (_("办公室") + ".jhkey"))
        asked, _kind = QFileDialog.getSaveFileName(self, _("存公钥文件"), proposed, _("办公室的公钥 (*.jhkey)"))
        if asked:
            self.hand_out(Path(asked))

    def hand_out(self, path: Path) -> None:
        """Write the register's public key to a file."""
        self._context.jobs.run(hand_out_key, path, done=self._handed_out)

    def _handed_out(self, key: PublicKey) -> None:
        said = _("已存为《{name}》，指纹 {mark}。用它封的交换包，只有本登记册打得开；指纹请当面或电话里告诉对方。")
        self._context.notices.tell(said.format(name=key.path.name, mark=key.mark))


def covers(conflict: Conflict) -> bool:
    """True where one of the values is a number, or holds one, that is covered."""
    column = next((each for each in columns_of(RECORDS[conflict.kind]) if each.name == conflict.field), None)
    sides = (conflict.mine, *conflict.theirs)
    return column is not None and any(column.kind.covers(side.value) for side in sides)
