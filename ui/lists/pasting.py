"""A block that was copied in Excel or WPS goes into a list: first it is shown what would change, then it is one batch."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from models.editing.blocks import BlockPlace, CellBlock, read_block, rows_of_text
from models.editing.cell_kinds import rules_of
from models.editing.cells import MOST, CellPlan, plan_cells, write_cells
from models.editing.editing import names_of
from models.errors import UserError
from models.journal.done import Done
from models.journal.writer import Author
from models.language import _
from models.values.columns import Column
from models.values.region_index import RegionIndex
from ui.kit.acting import act
from ui.kit.agreeing import Agreeing
from ui.kit.asked_once import asked_once
from ui.kit.context import Context
from ui.kit.lines import AROUND_DIALOG, down
from ui.kit.list_model import ListModel, ShownColumn, list_table, text_column
from ui.kit.plain import Label
from ui.kit.tables import UNKNOWN, Table
from ui.kit.written import did
from ui.lists.cell_problem import said_of_refused
from ui.lists.cell_source import CellSource

_NAMED = 4


class PlannedCell(NamedTuple):
    """A line of the plan: of which record, which field, what is held, what it would become, and why not."""

    record: str
    title: str
    before: str
    after: str
    why: str


def planned_cells(plan: CellPlan, index: RegionIndex) -> list[PlannedCell]:
    """What a plan would do, cell by cell, refused ones first; numbers are covered."""
    columns = rules_of(plan.kind).columns()
    lines = [
        PlannedCell(each.record, columns[each.name].title if each.name in columns else "", "", "", each.why)
        for each in plan.refused
    ]
    for record in plan.records:
        for name, (before, after) in record.changes.items():
            if column := columns.get(name):
                held, given = _shown(column, before, index), _shown(column, after, index)
                lines.append(PlannedCell(record.record, column.title, held, given, ""))
    return lines


def _shown(column: Column, value: Any, index: RegionIndex) -> str:
    named = names_of({column.name: value}, [column], index)
    return named.get(column.name) or column.kind.show(value) or UNKNOWN


class PasteDialog(QDialog):
    """Shows what pasting would change; accepted when it is to be written."""

    def __init__(self, block: CellBlock, plan: CellPlan, lines: Sequence[PlannedCell], parent: QWidget | None = None) -> None:
        """``lines``: the plan, cell by cell."""
        super().__init__(parent)
        self.setWindowTitle(_("粘贴到名单"))
        how = _("按表头对应列，按号码或名称认记录。") if block.by_header else _("没有表头：从选中的那一格起，按位置对应。")
        said = _("{how}会改 {records:,} 条记录的 {cells:,} 格；{same:,} 格和现在一样。").format(
            how=how, records=len(plan.records), cells=plan.cells, same=plan.same
        )
        self.told = Label(said, wrap=True)
        self.left = Label(_left_out(block, plan), "secondary", wrap=True)
        self.left.setVisible(bool(self.left.text()))
        titled = (_("记录"), 9), (_("项目"), 6), (_("现在"), 8), (_("改为"), 8), (_("不改，因为"), 12)
        self.model = ListModel([_column(at, title, width) for at, (title, width) in enumerate(titled)], self)
        self.table = list_table(_("会改的格子"), self.model)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.model.show_items(lines)
        self.buttons = Agreeing(_("写入 {count:,} 格").format(count=plan.cells), self)
        self.buttons.go.setEnabled(plan.cells > 0)
        down(self.told, self.left, (self.table, 1), self.buttons, on=self, margins=AROUND_DIALOG)
        self.resize(860, 480)


def _column(at: int, title: str, width: int) -> ShownColumn:
    def text(each: PlannedCell) -> str:
        return each[at]

    return text_column(PlannedCell._fields[at], title, width, text)


def _left_out(block: CellBlock, plan: CellPlan) -> str:
    """What of the block goes nowhere, in words."""
    parts = []
    if block.unknown:
        parts.append(_("没有这些列，不贴：{names}。").format(names=_("、").join(block.unknown[:_NAMED])))
    if block.locked:
        parts.append(_("这些列不在格子里改，不贴：{names}。").format(names=_("、").join(block.locked[:_NAMED])))
    if block.covered:
        parts.append(_("{count:,} 格是打了星号的号码，不贴。").format(count=block.covered))
    if block.lost:
        parts.append(_("{count:,} 行不贴：{why}。").format(count=len(block.lost), why=_("；").join(block.lost[:_NAMED])))
    if plan.refused:
        parts.append(_("{count:,} 格不能写，列在最前面。").format(count=len(plan.refused)))
    return "".join(parts)


class Pasting(QObject):
    """Serves one list's table."""

    def __init__(self, context: Context, source: CellSource, table: Table, parent: QWidget) -> None:
        """``source``: what the rows are."""
        super().__init__(parent)
        self._context, self._source, self._table, self._window = context, source, table, parent
        self._block = CellBlock()
        self.dialog: PasteDialog | None = None
        self.action = act(table, "cell.paste", self.ask)

    def ask(self) -> None:
        """Read the clipboard and work out on the worker thread what it would change; then show that."""
        if not self._context.may_write():
            return
        mime = QGuiApplication.clipboard().mimeData()
        text = mime.text() if mime is not None else ""
        try:
            rows = rows_of_text(text)
        except UserError as error:
            self._context.notices.error(str(error))
            return
        if not rows:
            self._context.notices.tell(_("剪贴板里没有表格。请先在 Excel、WPS 里选中一块并复制。"))
            return
        self._block = read_block(self._source.kind, rows, self._source.header(), self._place(len(rows)))
        context = self._context
        args = (self._source.kind, self._block.cells, context.today, context.index)
        context.jobs.run(plan_cells, *args, done=self._show, title=_("正在核对剪贴板里的表格"))

    def _place(self, rows: int) -> BlockPlace:
        """From the current cell to the right and down, as it is seen."""
        index, shown = self._table.currentIndex(), self._table.shown_columns()
        if not index.isValid():
            return BlockPlace((), ())
        below = range(index.row(), min(self._source.model.rowCount(), index.row() + min(rows, MOST)))
        beside = shown[shown.index(index.column()) :] if index.column() in shown else shown
        return BlockPlace(self._source.uids(below), self._source.placed(beside))

    def _show(self, plan: CellPlan) -> None:
        with asked_once(PasteDialog(self._block, plan, planned_cells(plan, self._context.index), self._window)) as dialog:
            self.dialog = dialog
            agreed = bool(dialog.exec())
        self.dialog = None
        if agreed:
            jobs = self._context.jobs
            jobs.write(_write, plan, self._context.author, done=self._written, failed=self._context.tell_failure, title=_("正在写入"))

    def _written(self, done: Done[CellPlan]) -> None:
        plan = done.result
        said = _("已贴入 {records:,} 条记录的 {cells:,} 格。").format(records=len(plan.records), cells=plan.cells)
        did(self._context, done, said + said_of_refused(plan))


def _write(plan: CellPlan, author: Author) -> CellPlan:
    write_cells(plan, author)
    return plan
