"""The numbers of a period (任务指标): each target with what is reached, by region, the rows behind; statistics tables; what moved."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QPushButton, QTableView

from models.errors import UserError
from models.figures.facts import FactRow, Level, Period, Scope
from models.figures.periods import key_of, name_of, of_length
from models.figures.progress import Progress
from models.figures.sums import ELSEWHERE
from models.figures.targets import read_target, remove_target, set_source, set_target
from models.language import N_, _
from models.lists.selection import LONG
from ui.kit.acting import act_by
from ui.kit.asking import Asking
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.context import EVERYTHING, Context
from ui.kit.jobs import Turn
from ui.kit.kept_split import KeptSplit
from ui.kit.lines import AROUND_PAGE, BELOW_TABS, across, down, holding, tabbed, wrapped
from ui.kit.list_model import current_item
from ui.kit.page import Page
from ui.kit.period_box import PeriodBox
from ui.kit.plain import Label
from ui.kit.region_box import RegionBox
from ui.kit.sorted_table import sorted_table
from ui.kit.written import Written
from ui.targets.facts import Part, parts_of, period_table, rows_of, sums_told
from ui.targets.models import WHOLE, TargetsModel, parts_model
from ui.targets.moved_view import MovedView
from ui.targets.places_view import PlaceCoverageView
from ui.targets.rows import RowsView
from ui.targets.tables_view import TablesView

#: The kinds of record that no number of the year depends on.
_UNCOUNTED = frozenset(
    {"saved_filter", "remembered_mapping", "remembered_value", "distinct_pair", "case_paper"}
)
#: The tabs in their order.
_NUMBERS, _TABLES, _PLACES, _MOVED = range(4)
#: Less makes a column of single words of a sentence.
_TOLD_WIDTH = 200


class TargetsPage(Page):
    """``opens(str, str)`` asks for a record behind a number by its kind and uid."""

    SHOWS = EVERYTHING - _UNCOUNTED
    opens = Signal(str, str)

    def __init__(self, context: Context) -> None:
        """A page that counts when it is first shown."""
        super().__init__(context)
        self._wanted, self._rows_wanted = "", False
        self._dividing, self._adding = Asking(context.jobs), Asking(context.jobs)
        self._written = Written(context, self)
        self.model = TargetsModel(self)
        self.model.aimed.connect(self._aim)
        self.model.sourced.connect(self._source)
        # what the numbers leave over goes to the last column: the indicator's name must stay readable beside them
        self.table = sorted_table(_("任务指标"), self.model, self.model.columnCount() - 1)
        self.table.setEditTriggers(QTableView.EditTrigger.EditKeyPressed)
        self.table.opened.connect(self._open_row)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.parts = parts_model(self)
        self.places = sorted_table(_("分区划"), self.parts)
        self.places.opened.connect(self._open_part)
        self.rows = RowsView(context)
        self.rows.opens.connect(self.opens)
        self.moved = MovedView(context)
        self.moved.opens.connect(self.opens)
        self.tables = TablesView(context)
        self.by_place = PlaceCoverageView(context)
        self.by_place.opens.connect(self.opens)
        self._make_bar()
        self.moved.scope = self.tables.scope = self.by_place.scope = self.scope
        self._lay_out()

    def _make_bar(self) -> None:
        self.periods = PeriodBox(self._context.today)
        self.periods.chosen.connect(self.refresh)
        self.regions = RegionBox(self._context.index, self._context.own)
        self.regions.chosen.connect(self._choose_region)
        self.everything = QCheckBox(_("显示全部指标"))
        self.everything.setToolTip(_("没有目标的也列出来；在“目标”一列填数就是这个期间新的目标"))
        self.everything.clicked.connect(self.refresh)
        levels = (
            (_("按区县"), "district"), (_("按镇街"), "town"), (_("按村社区"), "community"), (_("按工会"), "union"),
            (_("按负责人"), "person"),
        )  # fmt: skip
        self.levels = choice_box(_("分到哪里"), levels, self._choose, first=1)
        self.divided = Label()
        self.export, self.export_parts = self._button(self._export), self._button(self._export_parts)
        act_by(self, "targets.export", self.export)
        self.export_parts.setText(self.export.text())
        self.told = Label(role="secondary", wrap=True)
        self.sums = Label(role="wrong", wrap=True)
        self.sums.hide()

    def _button(self, call: Callable[[], None]) -> QPushButton:
        return push_button("", call, "export")

    def _lay_out(self) -> None:
        self.told.setMinimumWidth(_TOLD_WIDTH)
        bar = wrapped(self.periods, self.regions, self.everything, (self.told, 1), self.export)
        by_region = holding(down(across((self.divided, 1), self.levels, self.export_parts), (self.places, 1)))
        below = KeptSplit("targets below", by_region, self.rows)
        below.place([540, 600])
        split = KeptSplit("targets", self.table, below, orientation=Qt.Orientation.Vertical)
        split.place([330, 260])
        numbers = holding(down(split, margins=BELOW_TABS))
        titles = (_("任务指标"), _("统计表"), _("小三级"), _("自上次报告以来的变化"))
        self.tabs = tabbed(*zip(titles, (numbers, self.tables, self.by_place, self.moved), strict=True))
        self.tabs.currentChanged.connect(self._turn)
        down(bar, self.sums, (self.tabs, 1), on=self, margins=AROUND_PAGE)

    @property
    def period(self) -> Period:
        """The whole period that is looked at."""
        return self.periods.period

    @property
    def _begun(self) -> bool:
        return self.period.start <= self._context.today

    @property
    def scope(self) -> Scope:
        """Whose numbers are looked at."""
        return Scope(region=self.regions.area or None)

    @property
    def current(self) -> Progress | None:
        """The indicator that is chosen."""
        found: Progress | None = current_item(self.table)
        return found

    def show_part(self, part: str) -> None:
        """Choose an indicator of this year's targets by its key and list its rows, of what the window looks at.

        With WHOLE before the key: of the whole register.
        """
        self._wanted, self._rows_wanted = part.removeprefix(WHOLE), bool(part.removeprefix(WHOLE))
        self.tabs.setCurrentIndex(_NUMBERS)
        self.periods.choose(of_length("year", self._context.today))
        self.regions.choose_usual()
        if part.startswith(WHOLE):
            self.regions.choose("")
        self._choose_region()

    def refresh(self) -> None:
        """Count anew, on the worker thread."""
        args = (self.period, self._context.today, self.scope, self.everything.isChecked())
        self.ask(period_table, *args, done=self._show, title=_("正在统计任务指标"), turn=Turn.SOON)
        self._adding.ask(sums_told, self.period, self.scope, self._context.index, done=self._show_sums, turn=Turn.SOON)
        for view in (self.moved, self.tables, self.by_place):
            if view.counted:
                view.refresh()

    def _show_sums(self, told: str) -> None:
        self.sums.setText(told)
        self.sums.setVisible(bool(told))

    def _show(self, found: list[Progress]) -> None:
        lacking = bool(self._wanted) and all(each.indicator.key != self._wanted for each in found)
        if (not found or lacking) and not self.everything.isChecked():
            self.everything.setChecked(True)
            self.refresh()
            return
        kept = self._wanted or (self.current.indicator.key if self.current else "")
        self._wanted = ""
        self.model.show_items(found)
        self.rows.clear()
        aims = [each for each in found if each.target is not None]
        behind = sum(1 for each in aims if each.state == "behind")
        told = _("{count} 个目标，{behind} 个落后。选中“目标”或“依据”一格，按 F2、回车或双击修改。")
        none = _("还没有目标：在“目标”一列双击，填上 {period}要完成的数。").format(period=name_of(self.period))
        self.told.setText(told.format(count=len(aims), behind=behind) if aims else none)
        places = [row for row, each in enumerate(self.model.items) if each.indicator.key == kept]
        if found:
            column = max(0, self.table.currentIndex().column())
            self.table.setCurrentIndex(self.model.index(places[0] if places else 0, column))
        self._list_wanted([self.model.items[place] for place in places])

    def _list_wanted(self, chosen: list[Progress]) -> None:
        """List the rows of what was asked for from elsewhere; so many that it takes long only on a double click."""
        if self._rows_wanted and chosen and chosen[0].actual.part <= LONG:
            self._ask_rows(chosen[0], self.scope, "", None)
        self._rows_wanted = False

    def _choose_region(self) -> None:
        self.moved.scope = self.tables.scope = self.by_place.scope = self.scope
        self.refresh()

    def _choose(self) -> None:
        chosen = self.current
        if chosen is None or not self._begun:
            self.parts.show_items([])
            return
        level: Level = self.levels.currentData()
        self._dividing.drop()
        self.divided.setText(chosen.indicator.name)
        if level not in chosen.indicator.scopes:
            self.parts.show_items([])
            return
        args = (chosen.indicator.key, self.period, self._context.today, level, self.scope)
        self._dividing.ask(parts_of, *args, done=self._show_parts, turn=Turn.SOON)

    def _show_parts(self, found: list[Part]) -> None:
        self.parts.show_items(found)
        aimed = any(part.progress.target is not None for part in found)
        for place, column in enumerate(self.parts.columns):
            self.places.setColumnHidden(place, not aimed and column.name in {"target", "share", "state"})
        self.places.spread()

    def _aim(self, each: Progress, typed: str) -> None:
        """Write a target as it was typed; an empty one removes it."""
        name, author, called = each.indicator.name, self._context.author, name_of(self.period)
        if not typed:
            if each.uid is not None:
                said = _("{period}“{name}”的目标已删除。").format(period=called, name=name)
                self._written.write(said, remove_target, each.uid, author)
            return
        try:
            value = read_target(typed, each.indicator)
        except UserError as error:
            self._context.notices.error(str(error))
            return
        said = _("{period}“{name}”的目标是 {value:,} {unit}。")
        said = said.format(period=called, name=name, value=value, unit=each.indicator.unit)
        args = (self.period, each.indicator.key, value, author, self._context.index, self.scope)
        self._written.write(said, set_target, *args)

    def _source(self, each: Progress, typed: str) -> None:
        """Write where a target is written, as it was typed."""
        said = _("已改好“{name}”目标的依据。").format(name=each.indicator.name)
        self._written.write(said, set_source, each.uid, typed, self._context.author)

    def _open_row(self, row: int) -> None:
        if self.table.state() == QTableView.State.EditingState:
            return  # the key that ends typing comes on to the table
        if self.model.flags(self.table.currentIndex()) & Qt.ItemFlag.ItemIsEditable:
            self.table.edit(self.table.currentIndex())
            return
        self._ask_rows(self.model.items[row], self.scope, "", None)

    def _open_part(self, row: int) -> None:
        part: Part = self.parts.items[row]
        level: Level = self.levels.currentData()
        if level in ("union", "person"):
            if part.uid:
                scope = Scope(union=part.uid) if level == "union" else Scope(person=part.uid)
                self._ask_rows(part.progress, scope, part.name, None)
            return
        elsewhere = level if part.uid == ELSEWHERE else None
        self._ask_rows(part.progress, Scope(region=part.uid) if part.uid else self.scope, part.name, elsewhere)

    def _ask_rows(self, each: Progress, scope: Scope, place: str, elsewhere: Level | None) -> None:
        if not self._begun:
            return
        self._rows_name = " · ".join(part for part in (each.indicator.name, place) if part)
        args = (each.indicator.key, self.period, self._context.today, scope, elsewhere)
        self._context.jobs.run(rows_of, *args, done=self._show_rows, title=_("正在查找记录"))

    def _show_rows(self, found: list[FactRow]) -> None:
        self.rows.show_rows(self._rows_name, found)
        if found:
            self.rows.table.selectRow(0)
        self.rows.table.setFocus()

    def _turn(self, place: int) -> None:
        for part in (self.everything, self.told, self.export, self.periods):
            part.setVisible(place == _NUMBERS)
        for tab, view in ((_TABLES, self.tables), (_PLACES, self.by_place), (_MOVED, self.moved)):
            if place == tab and not view.counted:
                view.refresh()

    def _export(self) -> None:
        self._exporting.ask(_("任务指标_{period}").format(period=key_of(self.period)), self.export_to)

    def export_to(self, path: Path) -> None:
        """Write the targets to a workbook, as they are shown."""
        self._exporting.write_list(path, N_("任务指标"), self.model)

    def _export_parts(self) -> None:
        name = f"{self.divided.text()}_{self.levels.currentText()}_{key_of(self.period)}"
        self._exporting.ask(name, self._write_parts)

    def _write_parts(self, path: Path) -> None:
        self._exporting.write_list(path, N_("任务指标"), self.parts)

    def _on_changed(self, kinds: set[str]) -> None:
        super()._on_changed(kinds)
        if not kinds & self.SHOWS and "saved_filter" in kinds and self.tables.counted:
            self.tables.refresh()  # a table of one's own, kept or taken back
