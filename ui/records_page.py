"""A page that lists one kind of record: region filter, table, footer. The window's search box searches it."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from models import journal, selection
from models.forms import SheetKind
from models.language import _
from ui import theme
from ui.context import Context
from ui.empty import EmptyState
from ui.exporting import Exporting, write_listing
from ui.frozen import FrozenColumn
from ui.icons import dress
from ui.notices import Action
from ui.people_box import PeopleBox
from ui.region_box import RegionBox
from ui.tables import RecordsModel, Table


class Listing(NamedTuple):
    """What one kind's page says: form kind, title, the kinds of record it shows, the fields that come first.

    ``hint`` stands in the search box, ``empty`` on the page of an empty register.
    """

    kind: SheetKind
    title: str
    shows: frozenset[str]
    leading: tuple[str, ...]
    hint: str
    empty: str


class RecordsPage(QWidget):
    """The table of one kind. ``wants_import()`` is emitted from the empty page."""

    wants_import = Signal()

    def __init__(self, context: Context, listing: Listing, parent: QWidget | None = None) -> None:
        """A page that asks the register when it is first shown."""
        super().__init__(parent)
        self.listing, self.hint, self.search_text = listing, listing.hint, ""
        self._context = context
        self._stale = True
        self._exporting = Exporting(context, self)
        self.model = RecordsModel(listing.kind, context.index, listing.leading, self)
        self.table = Table(listing.title)
        self.table.setModel(self.model)
        self.table.fit([(column.title, column.width, column.private) for column in self.model.columns])
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        FrozenColumn(self.table)
        self.table.chosen.connect(self._tell_count)
        self.regions = RegionBox(context.index)
        self.regions.chosen.connect(self._choose_region)
        self.people = PeopleBox()
        self.people.setVisible(listing.kind == "workers")
        self.people.chosen.connect(self._choose_people)
        self.of_batch = QPushButton()
        dress(self.of_batch, "close")
        self.of_batch.setToolTip(_("点一下，重新显示全部记录"))
        self.of_batch.clicked.connect(self._leave_batch)
        self.of_batch.hide()
        self.full = QPushButton(_("显示完整证件号"))
        dress(self.full, "eye")
        self.full.setCheckable(True)
        self.full.setVisible(any(column.private for column in self.model.columns))
        self.full.clicked.connect(self._ask_full)
        self.template = QPushButton(_("空白模板…"))
        dress(self.template, "template")
        self.template.clicked.connect(self._ask_template)
        self.export = QPushButton(_("存为表格…"))
        dress(self.export, "export")
        self.export.clicked.connect(self._export)
        self.counted = QLabel()
        self.counted.setProperty("role", "secondary")
        self._lay_out()
        context.changes.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(theme.GAP)
        bar.addWidget(self.people)
        bar.addWidget(self.regions)
        bar.addWidget(self.of_batch)
        bar.addStretch(1)
        bar.addWidget(self.full)
        bar.addWidget(self.template)
        bar.addWidget(self.export)
        content = QWidget()
        rows = QVBoxLayout(content)
        rows.setContentsMargins(theme.WIDE, theme.GAP + 4, theme.WIDE, theme.GAP)
        rows.setSpacing(theme.GAP)
        rows.addLayout(bar)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.counted)
        self.nothing_found = EmptyState("search", "", "")
        self.nothing_here = EmptyState("import", self.listing.empty, _("去导入"))
        self.nothing_here.pressed.connect(self.wants_import)
        self._tables = QStackedLayout()
        rows.removeWidget(self.table)
        rows.insertLayout(1, self._tables, 1)
        self._tables.addWidget(self.table)
        self._tables.addWidget(self.nothing_found)
        self._whole = QStackedLayout(self)
        self._whole.addWidget(content)
        self._whole.addWidget(self.nothing_here)

    def search(self, text: str) -> None:
        """List the records in which ``text`` stands."""
        self.search_text = text
        self._load(search=text)

    def show_part(self, part: str) -> None:
        """List one part of all people (see ``ui.people_box``, "" for everybody) and nothing else narrowed."""
        self._show_only(part, 0)

    def _choose_people(self) -> None:
        self._load(states=self.people.part.states, new_form=self.people.part.new_form)

    def show_batch(self, number: int) -> None:
        """List only the records that a batch created or changed, and nothing else narrowed."""
        self.of_batch.setText(" " + _("批次 {number} 的记录").format(number=number))
        self._show_only("", number)

    def _show_only(self, part: str, batch: int) -> None:
        self.people.choose(part)
        self.regions.choose("")
        self.search_text = ""
        self.of_batch.setVisible(batch > 0)
        people = self.people.part
        self._load(search="", regions=frozenset(), batch=batch, states=people.states, new_form=people.new_form)

    def _leave_batch(self) -> None:
        self.of_batch.hide()
        self._load(batch=0)

    def refresh(self) -> None:
        """Ask the register anew."""
        self._load()

    def _load(self, **chosen: object) -> None:
        self._stale = False
        self.model.load(**chosen)
        found = self.model.rowCount() > 0
        held = found or selection.count(selection.Choice(self.listing.kind)) > 0
        self._whole.setCurrentIndex(0 if held else 1)
        self._tables.setCurrentIndex(0 if found else 1)
        if not found:
            wanted = self.search_text.strip() or self.regions.name.strip() or self.people.part.label
            said = _("没有找到“{text}”。换个词，或者放宽上面的筛选再看。").format(text=wanted)
            self.nothing_found.say(_("这次导入的记录都不在了，或者不在这一页。") if self.model.choice.batch else said)
        self.export.setEnabled(found)
        self._tell_count()

    def _choose_region(self, uid: str) -> None:
        self._load(regions=self._context.index.below(uid) if uid else frozenset())

    def _tell_count(self) -> None:
        total, chosen = self.model.rowCount(), self.table.selected_count
        text = _("共 {total:,} 条").format(total=total)
        if chosen:
            text = _("已选 {chosen:,} / 共 {total:,} 条").format(chosen=chosen, total=total)
        self.counted.setText(text)

    def _ask_full(self) -> None:
        if not self.full.isChecked():
            self.model.show_masked(True)
        elif self._context.full_numbers:
            self._show_full()
        else:
            self.full.setChecked(False)
            self._context.notices.ask(
                _("将显示完整的证件号和电话，并记入操作日志。请确认身边没有无关的人。"),
                Action(_("显示"), self._show_full),
            )

    def _show_full(self) -> None:
        self._context.full_numbers = True
        self.full.setChecked(True)
        self.model.show_masked(False)
        self._note("list")

    def _note(self, verb: str) -> None:
        source = {"verb": verb, "kind": self.listing.kind, "rows": self.model.rowCount()}
        self._context.jobs.run(journal.note, "disclosure", self._context.author, source)

    def _ask_template(self) -> None:
        self._exporting.ask_template(self.listing.kind)

    def _export(self) -> None:
        path = self._exporting.ask_path(f"{self.listing.title}_{self._context.today.isoformat()}")
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the listed rows to a workbook, masked as they are shown."""
        model, context = self.model, self._context
        self._exporting.write(
            write_listing, model.choice, model.columns, model.masked, context.index, context.author, path
        )

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & self.listing.shows:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()


def listings() -> dict[str, Listing]:
    """The pages of records, by form kind, in the order of the side bar."""
    told = (
        Listing(
            "unions", _("工会"), frozenset({"union", "coverage", "employer", "head_count"}),
            ("name", "union_type", "region", "member_count", "staff_count", "chair", "phone", "parent", "employer", "term_start"),
            _("搜索工会名称、代码、主席、上级工会"), _("还没有工会。先导入一份工会组织信息采集表或工会名单。"),
        ),
        Listing(
            "workers", _("会员与职工"), frozenset({"worker", "membership_event", "employer", "union"}),
            ("name", "sex", "id_number", "phone", "membership_state", "employer", "union", "join_date", "occupation_group"),
            _("搜索姓名、证件号、电话、单位、工会"), _("还没有会员。先导入一份会员或职工花名册，也可以把文件直接拖到窗口里。"),
        ),
        Listing(
            "employers", _("用人单位"), frozenset({"employer", "coverage", "union", "head_count", "drive_case"}),
            ("name", "staff_count", "region", "nature", "union", "stage", "contact", "phone", "credit_code"),
            _("搜索单位名称、信用代码、联系人、工会"), _("还没有用人单位。先导入一份企业名单，例如税务代收名单或摸排清单。"),
        ),
        Listing(
            "headcounts", _("人数台账"), frozenset({"head_count", "employer", "union"}), (),
            _("搜索单位或工会名称、数据来源"), _("还没有人数记录。先导入带“职工人数”的名单，或人数月报。"),
        ),
    )  # fmt: skip
    return {listing.kind: listing for listing in told}
