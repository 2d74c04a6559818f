"""What moved between two days (自上次报告以来的变化): the numbers on both, and the rows that came and went."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from models.figures.facts import WHOLE_REGISTER, FactRow
from models.figures.movement import Movement, moved
from models.language import N_, _
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.day_editor import DayBox
from ui.kit.exporting import Exporting
from ui.kit.jobs import Turn
from ui.kit.lines import BELOW_TABS, REST, divided, down, wrapped
from ui.kit.list_model import current_item
from ui.kit.plain import Label
from ui.kit.sorted_table import sorted_table
from ui.targets.models import moved_model
from ui.targets.rows import RowsView


def last_report(today: dt.date) -> dt.date:
    """The end of the half year before ``today``: the day of the last report."""
    return dt.date(today.year, 6, 30) if today > dt.date(today.year, 6, 30) else dt.date(today.year - 1, 12, 31)


class MovedView(QWidget):
    """``opens(str, str)`` asks for a record by its kind and uid."""

    opens = Signal(str, str)

    def __init__(self, context: Context) -> None:
        """From the last report until today; counted when it is first asked for."""
        super().__init__()
        self._context, self.scope = context, WHOLE_REGISTER
        self._exporting = Exporting(context, self)
        self.since = DayBox(_("从"), last_report(context.today), context.today)
        self.until = DayBox(_("到"), context.today, context.today)
        self.count = push_button(_("统计变化"), self.refresh, primary=True)
        self.export = push_button(_("存为表格…"), self._export, "export")
        self.told = Label(role="secondary")
        self.model = moved_model(self)
        self.table = sorted_table(_("两天之间的变化"), self.model, whole=True)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.rows = RowsView(context)
        self.rows.opens.connect(self.opens)
        self._lay_out()

    def _lay_out(self) -> None:
        bar = wrapped(
            Label(_("从")), self.since, Label(_("当天结束，到")), self.until, Label(_("当天结束")), self.count, self.told,
            REST, self.export,
        )  # fmt: skip
        down(bar, (divided(self.table, self.rows, sizes=(660, 420)), 1), on=self, margins=BELOW_TABS)

    @property
    def counted(self) -> bool:
        """True when it was counted."""
        return bool(self.model.items)

    def refresh(self) -> None:
        """Count both days anew, on the worker thread."""
        days = self.since.date, self.until.date
        self._context.jobs.run(moved, *days, self.scope, done=self._show, title=_("正在统计变化"), turn=Turn.SOON)

    def _show(self, found: list[Movement]) -> None:
        self.model.show_items(found)
        self.rows.clear()
        changed = sum(1 for each in found if each.changed)
        self.told.setText(_("{count} 个数有变化").format(count=changed) if changed else _("没有变化"))
        if found:
            self.table.selectRow(next((row for row, each in enumerate(found) if each.changed), 0))

    def _choose(self) -> None:
        each: Movement | None = current_item(self.table)
        if each is not None:
            dated = [*_said(_("增加"), each.came), *_said(_("减少"), each.went)]
            undated = [*_said(_("增加"), each.undated), *_said(_("减少"), each.undated_went)]
            self.rows.show_rows(each.indicator.name, [*dated, *undated])

    def _export(self) -> None:
        name = _("变化_{since}_{until}")
        self._exporting.ask(name.format(since=self.since.date, until=self.until.date), self.export_to)

    def export_to(self, path: Path) -> None:
        """Write the numbers to a workbook, as they are shown."""
        self._exporting.write_list(path, N_("两天之间的变化"), self.model)


def _said(way: str, rows: tuple[FactRow, ...]) -> list[FactRow]:
    """Rows whose reason begins with whether they came or went."""
    return [
        replace(row, why=_("：").join(each for each in (way, row.why or "") if each))
        for row in rows
    ]
