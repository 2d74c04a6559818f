"""The drive (建会攻坚): the funnel, the employers that should found a union and have none, and the state of each place."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from models.drive import Drive, DriveRow, drive
from models.language import _
from models.region import RegionIndex
from models.setting import setting
from reports import handout, xlsx
from reports.drive_list import GROUP_LABELS, drive_report
from reports.report import Report
from ui import theme
from ui.context import Context
from ui.drive_tables import coverage_model, employers_model, fit_list
from ui.empty import EmptyState
from ui.exporting import Exporting
from ui.frozen import FrozenColumn
from ui.funnel import Funnel
from ui.icons import dress
from ui.region_box import RegionBox
from ui.tables import Table

#: The kinds of record that the drive is worked out from.
SHOWS = frozenset({"employer", "union", "coverage", "head_count", "drive_case", "setting", "region", "region_parent"})


def current_drive(index: RegionIndex, region: str) -> tuple[Drive, str]:
    """The drive with the register's threshold below a region (uid, "" for all), and the name of the place or office."""
    state = drive(setting("threshold"), index, region or None)
    return state, index.path(region) if region else str(setting("organization"))


def write_shown(path: Path, titles: Sequence[str], rows: Sequence[Sequence[Any]]) -> Path:
    """Write a shown list as .xlsx and return its path."""
    xlsx.write_table(path, titles, rows, overwrite=True)
    return path


def write_list(path: Path, report: Report) -> Path:
    """Write the list of employers as a PDF and return its path."""
    handout.write(report, path, "pdf")
    return path


class DrivePage(QWidget):
    """``wants_import()`` comes from the empty page."""

    wants_import = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """A page that works the drive out when it is first shown."""
        super().__init__(parent)
        self.hint, self.search_text = _("搜索单位名称、信用代码、区划"), ""
        self._context, self._stale, self._where = context, True, ""
        self._drive: Drive | None = None
        self._group = "on_list"
        self._exporting = Exporting(context, self)
        self.funnel = Funnel(keeps_choice=True)
        self.funnel.chosen.connect(self._choose_group)
        self.regions = RegionBox(context.index)
        self.regions.chosen.connect(self.refresh)
        self.model = employers_model(self)
        self.table = Table(_("应建未建单位"))
        self.table.setModel(self.model)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        self.table.chosen.connect(self._tell_count)
        fit_list(self.table, self.model)
        FrozenColumn(self.table)
        self.coverage = coverage_model(self)
        self.places = Table(_("按区县镇街"))
        self.places.setModel(self.coverage)
        fit_list(self.places, self.coverage)
        self.shown = QLabel()
        self.shown.setProperty("role", "secondary")
        self.export = QPushButton(_("存为表格…"))
        dress(self.export, "export")
        self.export.clicked.connect(self._export)
        self.paper = QPushButton(_("清单存为 PDF…"))
        dress(self.paper, "report")
        self.paper.clicked.connect(self._export_paper)
        self._lay_out()
        context.changes.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(theme.GAP)
        for part in (self.regions, self.export, self.paper):
            bar.addWidget(part)
        bar.insertStretch(1, 1)
        listed = QWidget()
        rows = QVBoxLayout(listed)
        rows.setContentsMargins(0, theme.GAP, 0, 0)
        rows.addWidget(self.table, 1)
        rows.addWidget(self.shown)
        places = QWidget()
        below = QVBoxLayout(places)
        below.setContentsMargins(0, theme.GAP, 0, 0)
        below.addWidget(self.places)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(listed, _("名单"))
        self.tabs.addTab(places, _("按区县镇街"))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(theme.WIDE, theme.GAP + 4, theme.WIDE, theme.GAP)
        column.setSpacing(theme.GAP + 4)
        column.addLayout(bar)
        column.addWidget(self.funnel)
        column.addWidget(self.tabs, 1)
        nothing = EmptyState(
            "drive",
            _("还没有用人单位。导入税务代收名单或企业摸排清单后，这里列出应建会而没有建会的单位。"),
            _("去导入"),
        )
        nothing.pressed.connect(self.wants_import)
        self._whole = QStackedLayout(self)
        self._whole.addWidget(content)
        self._whole.addWidget(nothing)

    def refresh(self) -> None:
        """Work the drive out anew, on the worker thread."""
        self._stale = False
        self._context.jobs.run(current_drive, self._context.index, self.regions.uid, done=self._show)

    def search(self, text: str) -> None:
        """List the employers in whose name, code or region ``text`` stands."""
        self.search_text = text
        self._fill()

    def show_part(self, part: str) -> None:
        """List one group of the funnel (see ``models.drive.GROUPS``) and nothing else narrowed."""
        self.search_text = ""
        if self.regions.uid:
            self.regions.choose("")
            self.refresh()
        self.funnel.choose(part)

    def _show(self, found: tuple[Drive, str]) -> None:
        self._drive, self._where = found
        self.funnel.show_counts(self._drive.summary)
        self.coverage.show_items(self._drive.by_region)
        if not self.regions.uid:
            self._whole.setCurrentIndex(0 if self._drive.rows or self._drive.excluded else 1)
        self._fill()

    def _choose_group(self, group: str) -> None:
        self._group = group
        self.tabs.setCurrentIndex(0)
        self._fill()

    def _fill(self) -> None:
        if self._drive is not None:
            wanted = self.search_text.strip().casefold()
            self.model.show_items([row for row in self._drive.rows if row.group == self._group and _found(row, wanted)])
        self.export.setEnabled(bool(self.model.items))
        self.paper.setEnabled(self._drive is not None and bool(self._drive.on_list))
        self._tell_count()

    def _tell_count(self) -> None:
        chosen, total = self.table.selected_count, len(self.model.items)
        name = GROUP_LABELS[self._group]
        if chosen:
            text = _("{group}：已选 {chosen:,} / 共 {total:,} 家").format(group=name, chosen=chosen, total=total)
        else:
            text = _("{group}：共 {total:,} 家").format(group=name, total=total)
        if self._drive is not None and self._drive.excluded:
            text += _("（另有 {count:,} 家已知为公有或不在营，未列入）").format(count=self._drive.excluded)
        self.shown.setText(text)

    def _export(self) -> None:
        path = self._exporting.ask_path(f"{GROUP_LABELS[self._group]}_{self._context.today.isoformat()}")
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the listed employers to a workbook, as they are shown."""
        columns = self.model.columns
        rows = [[_cell(column.key(item), column.text(item)) for column in columns] for item in self.model.items]
        self._exporting.write(write_shown, path, [column.title for column in columns], rows)

    def _export_paper(self) -> None:
        path = self._exporting.ask_path(f"{GROUP_LABELS['on_list']}_{self._context.today.isoformat()}", ".pdf")
        if path is not None and self._drive is not None:
            report = drive_report(self._drive, self._where, self._context.today.isoformat())
            self._exporting.write(partial(write_list, path, report))

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & SHOWS:
            self._stale = True
            if self.isVisible():
                self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()


def _found(row: DriveRow, wanted: str) -> bool:
    return not wanted or any(
        wanted in (text or "").casefold() for text in (row.name, row.credit_code, row.region, row.union)
    )


def _cell(value: Any, text: str) -> str | int:
    return value if isinstance(value, int) else text
