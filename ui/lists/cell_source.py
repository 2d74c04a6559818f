"""What a table whose cells are changed in place says of its rows: which record each is, what stands in it, what covers it.

One for the lists of records, which read the register page by page, one for lists in memory.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QItemSelection, QItemSelectionModel, QObject, QStringListModel, Qt

from models.editing.cell_kinds import rules_of
from models.editing.cell_rules import CellKind, CellRules
from models.language import _
from models.values.columns import Column
from models.values.kinds import Text
from ui.kit.editors import editor_for
from ui.kit.line_editor import Editor, LineEditor
from ui.kit.list_model import ListModel
from ui.kit.tables import Table
from ui.lists.model import RecordsModel

#: More rows than this are not selected again after a list was read anew.
_KEPT = 500


class CellSource(QObject):
    """The rows of one table. ``handle`` is the column on which a double click opens the record, as it does anywhere else."""

    def __init__(self, kind: CellKind, model: QAbstractTableModel, handle: int = 0) -> None:
        """Of which kind the rows are; it lives as long as their model, whose signals it hears."""
        super().__init__(model)
        self.kind, self.model, self.handle = kind, model, handle

    @property
    def rules(self) -> CellRules:
        """What may be changed, and how; made anew, so that it knows the register as it is now."""
        return rules_of(self.kind)

    @property
    def names(self) -> list[str]:
        """The fields of the columns, from left to right as the model has them."""
        raise NotImplementedError

    def header(self) -> list[Column]:
        """The columns by which the header of a pasted block is known."""
        raise NotImplementedError

    def placed(self, columns: Sequence[int]) -> list[Column]:
        """These columns of the table (numbers) as a block without a header meets them."""
        raise NotImplementedError

    def uids(self, rows: Sequence[int]) -> list[str]:
        """The records of these rows, "" for a row that is none."""
        raise NotImplementedError

    def row_of(self, uid: str) -> int:
        """The row of a record, -1 where it is not listed."""
        raise NotImplementedError

    def covered(self, row: int, name: str) -> bool:
        """True for a number that the list shows with stars."""
        raise NotImplementedError

    def title(self, column: int) -> str:
        """What stands above a column."""
        return str(self.model.headerData(column, Qt.Orientation.Horizontal) or "")

    def why_nothing(self) -> str:
        """Why a row that is no record has no cells to change."""
        return _("这条记录已经不在了。请刷新后再看。")

    def editor(self, column: Column, places: QStringListModel) -> Editor:
        """What a cell is written in; ``places``: the names of the regions."""
        long = isinstance(column.kind, Text) and column.kind.long
        return LineEditor(column.title) if long else editor_for(column, places)


class RecordSource(CellSource):
    """The rows of a list of records."""

    def __init__(self, kind: CellKind, model: RecordsModel) -> None:
        """Of a list's model."""
        super().__init__(kind, model)
        self._records = model

    @property
    def names(self) -> list[str]:
        """See :class:`CellSource`."""
        return [column.name for column in self._records.columns]

    def header(self) -> list[Column]:
        """See :class:`CellSource`."""
        return self._records.columns

    def placed(self, columns: Sequence[int]) -> list[Column]:
        """See :class:`CellSource`."""
        return [self._records.columns[at] for at in columns]

    def uids(self, rows: Sequence[int]) -> list[str]:
        """See :class:`CellSource`."""
        return self._records.uids(rows)

    def row_of(self, uid: str) -> int:
        """See :class:`CellSource`."""
        return self._records.row_of(uid)

    def covered(self, row: int, name: str) -> bool:
        """See :class:`CellSource`."""
        column = self._records.columns[self.names.index(name)]
        if not self._records.masked or row >= self._records.rowCount():
            return False
        return column.kind.covers(self._records.record(row).get(name))


class ItemsSource(CellSource):
    """The rows of a list in memory. The cursor and the selection stay at their records when it is read anew."""

    def __init__(
        self, kind: CellKind, table: Table, model: ListModel, uid: Callable[[Any], str], handle: int = 0,
        editors: Mapping[str, Callable[[Column], Editor]] | None = None, nothing: str = "",
    ) -> None:  # fmt: skip
        """``uid`` of an item; ``editors``: of fields whose values the page offers; ``nothing``: why one without a uid stays."""
        super().__init__(kind, model, handle)
        self._items, self._uid, self._editors, self._nothing = model, uid, editors or {}, nothing
        self._table, self._held = table, (set[str](), "", 0)
        model.identity = model.identity or uid
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._go_back)

    @property
    def names(self) -> list[str]:
        """See :class:`CellSource`."""
        return [column.name for column in self._items.columns]

    def header(self) -> list[Column]:
        """See :class:`CellSource`."""
        told = {column.name: column for column in self.rules.listed()}
        others = [column for column in self._placed(range(len(self._items.columns))) if column.name not in told]
        return [*told.values(), *others]

    def placed(self, columns: Sequence[int]) -> list[Column]:
        """See :class:`CellSource`."""
        return self._placed(columns)

    def _placed(self, columns: Sequence[int]) -> list[Column]:
        told = {column.name: column for column in self.rules.listed()}
        shown = [self._items.columns[at] for at in columns]
        return [told.get(each.name) or Column(each.title, Text(), name=each.name) for each in shown]

    def uids(self, rows: Sequence[int]) -> list[str]:
        """See :class:`CellSource`."""
        return [self._uid(self._items.items[row]) for row in rows if 0 <= row < len(self._items.items)]

    def row_of(self, uid: str) -> int:
        """See :class:`CellSource`."""
        return next((row for row, item in enumerate(self._items.items) if self._uid(item) == uid), -1)

    def covered(self, row: int, name: str) -> bool:
        """See :class:`CellSource`."""
        column = self.rules.columns().get(name)
        if column is None or row >= len(self._items.items):
            return False
        return column.kind.covers(self._items.columns[self.names.index(name)].key(self._items.items[row]))

    def why_nothing(self) -> str:
        """See :class:`CellSource`."""
        return self._nothing or super().why_nothing()

    def editor(self, column: Column, places: QStringListModel) -> Editor:
        """See :class:`CellSource`."""
        own = self._editors.get(column.name)
        return own(column) if own is not None else super().editor(column, places)

    def _remember(self) -> None:
        rows, index = self._table.selected_rows(), self._table.currentIndex()
        chosen = set(self.uids(rows)) if len(rows) <= _KEPT else set[str]()
        at = self.uids([index.row()]) if index.isValid() else []
        self._held = (chosen - {""}, at[0] if at else "", index.column())

    def _go_back(self) -> None:
        chosen, at, column = self._held
        flag, picked, last = QItemSelectionModel.SelectionFlag, QItemSelection(), self._items.columnCount() - 1
        for row, item in enumerate(self._items.items if chosen or at else ()):
            uid = self._uid(item)
            if uid in chosen:
                picked.select(self._items.index(row, 0), self._items.index(row, last))
            if uid and uid == at:
                self._table.selectionModel().setCurrentIndex(self._items.index(row, column), flag.NoUpdate)
        if chosen:
            self._table.selectionModel().select(picked, flag.ClearAndSelect | flag.Rows)
