"""What a person does in the table of a list itself: changing cells, pasting, filtering and grouping by a column, adding up."""

from PySide6.QtCore import QObject, QStringListModel
from PySide6.QtWidgets import QWidget

from models.editing.cell_rules import CellKind
from models.values.columns import Column
from ui.kit.context import Context
from ui.kit.frozen import FrozenTable
from ui.kit.plain import Label
from ui.lists.cell_source import RecordSource
from ui.lists.cell_work import CellWork
from ui.lists.conditions import Conditions
from ui.lists.freezing import Freezing
from ui.lists.grouping import ColumnGroups
from ui.lists.header_filter import HeaderFilter
from ui.lists.model import RecordsModel
from ui.lists.new_count import ask_new_count
from ui.lists.row_height import RowHeight
from ui.lists.selection_totals import SelectionTotals


class AtWork(QObject):
    """Serves one list's table: ``cells`` changes them, ``pasting`` takes blocks, both by the rules of the list's kind.

    ``groups`` stands above the table, ``summed`` below it, ``row_height`` and ``freezing`` in its menu.
    """

    def __init__(
        self, context: Context, kind: CellKind, table: FrozenTable, model: RecordsModel, places: QStringListModel,
        conditions: Conditions, name: str, page: QWidget,
    ) -> None:  # fmt: skip
        """``kind``: of what the rows are; ``name``: of the list; ``conditions``: what the list is narrowed by."""
        super().__init__(page)
        self._context, self._table, self._page = context, table, page
        self._model, self._conditions = model, conditions
        work = CellWork(context, RecordSource(kind, model), table, page, places)
        self.cells, self.pasting = work.cells, work.pasting
        self.row_height, self.freezing = RowHeight(context, table), Freezing(context, table, name)
        self.groups = ColumnGroups(context)
        self.groups.chosen.connect(self._narrow)
        self.header_filter = HeaderFilter(
            context, table, model, conditions, self._group_by, self.freezing.freeze_to, self
        )
        self.summed = Label(role="secondary")
        self.totals = SelectionTotals(context.jobs, context.index, table, model, self)
        self.totals.told.connect(self.summed.setText)
        model.loaded.connect(self._count_groups)

    def new_count(self) -> None:
        """Ask for a new head count, of whom the selected row counts where one is selected."""
        uids = self._model.uids(self._table.selected_rows()[:1])
        ask_new_count(self._context, uids[0] if uids else "", self._page)

    def _group_by(self, column: Column) -> None:
        self.groups.group_by(column, self._model.choice)

    def _count_groups(self) -> None:
        self.groups.load(self._model.choice)

    def _narrow(self, name: str, value: str) -> None:
        if value:
            self._conditions.put(name, value)
        else:
            self._conditions.remove(name)
