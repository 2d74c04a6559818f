"""What the selected rows add up to in the column where the cursor is: how many, their sum, their mean."""

from array import array
from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Signal

from models.language import _
from models.lists import selection
from models.values.columns import Column
from models.values.kinds import YesNo
from models.values.numbers import RangedCount
from models.values.region_index import RegionIndex
from ui.kit.asking import Asking
from ui.kit.jobs import Jobs, Turn
from ui.kit.tables import Table
from ui.lists.model import RecordsModel

#: Rows that are read at once.
_BLOCK = 2_000


class Totals(NamedTuple):
    """Of a column in some rows: how many cells hold something, how many nothing; of numbers the sum, and how many are ranges."""

    known: int
    unknown: int
    total: int
    ranges: int


def totals_of(kind: str, numbers: Sequence[int], name: str, index: RegionIndex) -> Totals:
    """Read the column ``name`` of these rows (row numbers in the register). For the worker thread."""
    known = unknown = total = ranges = 0
    for start in range(0, len(numbers), _BLOCK):
        for row in selection.rows_of(kind, numbers[start : start + _BLOCK], index):
            value: Any = row.get(name)
            if value is None or value == "":
                unknown += 1
                continue
            known += 1
            if isinstance(value, int):
                total += value
                ranges += isinstance(value, RangedCount)
    return Totals(known, unknown, total, ranges)


def adds_up(column: Column) -> bool:
    """True for a column of numbers that make sense as a sum."""
    return column.kind.storage == "INTEGER" and not isinstance(column.kind, YesNo)


def said_of(column: Column, found: Totals) -> str:
    """The totals in words; what is unknown is counted apart, and a range counts with its lower end, which is said."""
    text = _("{title}：{known:,} 个").format(title=column.title, known=found.known)
    if adds_up(column) and found.known:
        total, mean = f"{found.total:,}", f"{found.total / found.known:,.1f}"
        least = _("至少 ") if found.ranges else ""
        text += _("，求和 {least}{total}，平均 {mean}").format(least=least, total=total, mean=mean)
    return text + (_("，空 {unknown:,} 个").format(unknown=found.unknown) if found.unknown else "")


class SelectionTotals(QObject):
    """Reads the totals of what is selected in one list. ``told(str)`` brings them in words, "" where fewer than two rows are."""

    told = Signal(str)

    def __init__(self, jobs: Jobs, index: RegionIndex, table: Table, model: RecordsModel, parent: QObject) -> None:
        """Nothing is selected yet."""
        super().__init__(parent)
        self._index, self._table, self._model = index, table, model
        self._asking = Asking(jobs)
        self._column: Column | None = None
        self.text = ""
        table.chosen.connect(self.look)
        table.selectionModel().currentColumnChanged.connect(self.look)

    def look(self) -> None:
        """The selection or the cursor's column is another one."""
        self._asking.drop()
        self._tell("")
        index = self._table.currentIndex()
        if self._table.selected_count < 2 or not index.isValid() or index.column() >= len(self._model.columns):
            return
        self._column = self._model.columns[index.column()]
        numbers = array("q", self._model.numbers(self._table.selected_rows()))
        args = (self._model.choice.kind, numbers, self._column.name, self._index)
        self._asking.ask(totals_of, *args, done=self._show, turn=Turn.SOON)

    def _show(self, found: Totals) -> None:
        if self._column is not None:
            self._tell(said_of(self._column, found))

    def _tell(self, text: str) -> None:
        if text != self.text:
            self.text = text
            self.told.emit(text)
