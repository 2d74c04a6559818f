"""Statistics tables (统计表): one of the ready ones or one's own, for any period; on paper or as a sheet that goes on counting."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QWidget

from models.figures.facts import WHOLE_REGISTER, Period, Scope
from models.figures.indicator import Indicator
from models.figures.indicators import indicators
from models.figures.periods import key_of
from models.figures.table_columns import Figure, columns_of, folded
from models.figures.table_forms import ROWS, TableForm, forget_form, keep_form, rows_word, table_forms
from models.figures.tables import FigureTable, TableRow, make_table
from models.language import _, official
from models.trail.entry import Act
from models.values.region_index import RegionIndex
from reports import handout
from reports.choices import ReportChoices
from reports.figure_table import table_report
from reports.report import Report
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.empty import EmptyState
from ui.kit.exporting import Exporting
from ui.kit.jobs import Turn
from ui.kit.lines import BELOW_TABS, across, down, wrapped
from ui.kit.list_box import ListBox, put_anew
from ui.kit.list_model import ListModel, ShownColumn
from ui.kit.period_box import PeriodBox
from ui.kit.plain import Label
from ui.kit.sorted_table import SpreadTable, sorted_table
from ui.kit.tables import Index
from ui.kit.written import Written
from ui.targets.table_dialog import TableDialog

_NAME_WIDTH, _LEAST = 13, 4


class _Found(NamedTuple):
    """A counted table with what can be chosen."""

    table: FigureTable
    forms: list[TableForm]
    known: list[Indicator]


def count_table(form: TableForm, of: Period, today: dt.date, scope: Scope) -> _Found:
    """On the worker thread: the table, and what there is to choose."""
    return _Found(make_table(form, of, today, scope), table_forms(), list(indicators().values()))


class TableModel(ListModel):
    """The rows of a table; what the whole comes to stays last however they are sorted."""

    def __init__(self, columns: list[Figure], table: FigureTable, everything: bool, parent: QWidget | None = None) -> None:
        """The rows in which there is anything; ``everything``: all of them."""
        self._last = {id(each) for each in (table.repeated, table.total) if each is not None}
        super().__init__([_name_column(), *(_shown(each, columns) for each in columns)], parent)
        last = [each for each in (table.repeated, table.total) if each is not None]
        self.show_items([*(table.rows if everything else table.told), *last])

    def _ordered(self, items: Sequence[Any]) -> list[Any]:
        return sorted(super()._ordered(items), key=lambda row: id(row) in self._last)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.FontRole and index.isValid() and id(self.items[index.row()]) in self._last:
            font = QFont()
            font.setBold(True)
            return font
        return super().data(index, role)


def _name_column() -> ShownColumn:
    def text(row: TableRow) -> str:
        return "　" * row.depth + row.name

    return ShownColumn("name", _("名称"), _NAME_WIDTH, "left", text, lambda row: row.name)


def _shown(column: Figure, columns: list[Figure]) -> ShownColumn:
    first = next(each for each in columns if each.place == column.place) is column
    title = f"{column.group}\n{column.title}" if first else f"\n{column.title}"
    width = max(_LEAST, len(column.title), len(column.group) if first else 0)
    return ShownColumn(column.name, title, width, "right", column.text, column.value)


class TablesView(QWidget):
    """Counted when it is first asked for. ``scope`` is set by the page."""

    def __init__(self, context: Context) -> None:
        """The first of the ready tables, of the half-year that today lies in."""
        super().__init__()
        self._context, self.scope = context, WHOLE_REGISTER
        self._exporting, self._written = Exporting(context, self), Written(context, self)
        self._forms, self._known = table_forms(), list(indicators().values())
        self._found: FigureTable | None = None
        self._asked = 0
        self.forms, self.rows = ListBox(), ListBox()
        self.forms.setAccessibleName(_("统计表"))
        self.forms.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.rows.setAccessibleName(_("行"))
        for each in ROWS:
            self.rows.addItem(_("按{rows}").format(rows=rows_word(each)), each)
        self._offer("")
        self.rows.setCurrentIndex(self.rows.findData(self._forms[0].rows))
        self.periods = PeriodBox(context.today, "half")
        self.everything = QCheckBox(_("没有数字的也列出"))
        self.new, self.forget = push_button(_("自己的统计表…"), self._ask_new), push_button(_("删除"), self._forget)
        self.pdf = push_button(_("存为 PDF…"), partial(self._export, ".pdf"), "report")
        self.sheet = push_button(_("存为表格…"), partial(self._export, ".xlsx"), "export")
        self.told = Label(role="secondary", wrap=True)
        self.table: SpreadTable | None = None
        self.nothing = EmptyState("target", _("这个期间还没有数字。导入工会和会员名单，或者登记工作台账，这里就有。"), "")
        self._place = down(self.nothing)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        bar = wrapped(self.forms, self.rows, self.periods, self.everything)
        below = across((self.told, 1), self.new, self.forget, self.pdf, self.sheet)
        self.nothing.hide()
        down(bar, below, (self._place, 1), on=self, margins=BELOW_TABS)

    def _connect(self) -> None:
        self.forms.activated.connect(self._choose_form)
        self.rows.activated.connect(self.refresh)
        self.periods.chosen.connect(self.refresh)
        self.everything.clicked.connect(self._show_table)

    @property
    def counted(self) -> bool:
        """True once it was counted."""
        return self._found is not None

    @property
    def form(self) -> TableForm:
        """The table that is chosen, with the rows that are chosen."""
        return replace(self._forms[self.forms.currentIndex()], rows=self.rows.currentData())

    def _offer(self, name: str) -> None:
        """Offer the tables that there are; choose the one of this name."""
        put_anew(self.forms, [(each.title, each.name) for each in self._forms])
        if name != self.forms.currentData():
            with QSignalBlocker(self.forms):
                self.forms.setCurrentIndex(max(0, self.forms.findData(name)))

    def _choose_form(self) -> None:
        self.rows.setCurrentIndex(self.rows.findData(self._forms[self.forms.currentIndex()].rows))
        self.refresh()

    def refresh(self) -> None:
        """Count anew, on the worker thread."""
        self._asked += 1
        args = (self.form, self.periods.period, self._context.today, self.scope)
        self._context.jobs.run(
            self._count, self._asked, args, done=self._show, failed=self._refuse, title=_("正在统计"), turn=Turn.SOON
        )

    def _count(self, asked: int, args: tuple[TableForm, Period, dt.date, Scope]) -> tuple[int, _Found | None]:
        """On the worker thread; what nobody waits for any more is not counted."""
        return asked, count_table(*args) if asked == self._asked else None

    def _refuse(self, error: Exception) -> None:
        """What cannot be counted so is said where the table would be."""
        self._found = None
        self._clear()
        self.nothing.say(str(error))
        self.nothing.show()
        self.told.setText("")
        self._allow()

    def _show(self, found: tuple[int, _Found | None]) -> None:
        if found[1] is None:
            return
        self._found, self._forms, self._known = found[1]
        self._offer(self.forms.currentData())
        self._show_table()

    def _clear(self) -> None:
        if self.table is not None:
            self._place.removeWidget(self.table)
            self.table.deleteLater()
            self.table = None

    def _show_table(self) -> None:
        self._clear()
        if self._found is None:
            return
        everything = self.everything.isChecked()
        model = TableModel(columns_of(self._found), self._found, everything, self)
        held = bool(self._found.told) or everything
        self.nothing.setHidden(held)
        self.nothing.say(_("这个期间还没有数字。导入工会和会员名单，或者登记工作台账，这里就有。"))
        if held:
            self.table = sorted_table(_("统计表"), model, whole=True)
            self._place.addWidget(self.table)
        days = _("{since} 到 {until}。").format(since=self._found.passed.start, until=self._found.passed.end)
        self.told.setText(days + ("" if everything else folded(self._found)))
        self._allow()

    def _allow(self) -> None:
        for button in (self.pdf, self.sheet):
            button.setEnabled(self._found is not None)
        self.forget.setVisible(bool(self.form.uid))

    def _ask_new(self) -> None:
        dialog = TableDialog(self._known, self.form, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.keep(dialog.form)

    def keep(self, form: TableForm) -> None:
        """Keep a table of one's own and show it."""
        self._written.write(_("已保存统计表“{name}”。").format(name=form.name), keep_form, form, self._context.author)
        self._forms = [*(each for each in self._forms if each.name != form.name), form]
        self._offer(form.name)
        self._choose_form()

    def _forget(self) -> None:
        form = self.form
        self._written.write(_("已删除统计表“{name}”。").format(name=form.name), forget_form, form, self._context.author)
        self.forms.setCurrentIndex(0)
        self._choose_form()

    def _export(self, ending: str, _pressed: bool = False) -> None:
        if self._found is None:
            return
        path = self._exporting.ask_path(f"{self._found.form.name}_{key_of(self._found.of)}", ending)
        if path is not None:
            self.export_to(path)

    def export_to(self, path: Path) -> None:
        """Write the table as it is shown to a workbook, or onto paper."""
        assert self._found is not None
        report = self._report(self._found, self._context.index)
        self._exporting.write(Act("export", report.title, report.records), handout.write_as_named, report, path)

    def _report(self, table: FigureTable, index: RegionIndex) -> Report:
        region = table.scope.region if isinstance(table.scope.region, str) else ""
        everything = self.everything.isChecked()
        choices = ReportChoices(self._context.today, table.passed.end, region=region or "", everything=everything)
        with official():
            return table_report(table, index, choices)
