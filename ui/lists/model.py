"""The item model of a list: it knows the row numbers of all that is chosen, and reads the rows as a person scrolls.

The row numbers come in one query, eight bytes each; a page of rows is then read by its numbers, wherever it lies. A short
list is asked for at once; a long one on the worker thread, and its first page comes before the rest.
"""

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from models.engine import database
from models.errors import DamagedRegister, UserError
from models.lists import selection
from models.lists.listings import Selection
from models.values.columns import Column
from models.values.masking import showers
from models.values.name_order import Way
from models.values.region_index import RegionIndex
from ui.kit import theme
from ui.kit.asking import Asking
from ui.kit.jobs import Jobs, Turn
from ui.kit.plain import as_shown
from ui.kit.tables import UNKNOWN, Index, alignment

#: Rows read at once, and how many such pages are kept.
PAGE_ROWS, KEPT_PAGES = 200, 60
_ROLE = Qt.ItemDataRole
_TOLD = frozenset(map(int, (_ROLE.DisplayRole, _ROLE.ToolTipRole, _ROLE.TextAlignmentRole, _ROLE.FontRole)))


class RecordsModel(QAbstractTableModel):
    """A list of ``models.lists.selection`` as an item model: rows come in pages, in the choice's order, masked or not.

    ``waiting(bool)`` tells that an answer is on its way, and that it has come; ``loaded()`` that the rows are there.
    """

    waiting = Signal(bool)
    loaded = Signal()

    def __init__(
        self, kind: str, index: RegionIndex, jobs: Jobs, leading: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        """An empty model of one kind of form; :meth:`load` asks for rows. ``leading``: the fields that come first."""
        super().__init__(parent)
        self._leading = tuple(leading)
        self.columns = self._listed(kind)
        self.choice = Selection(kind)
        self.masked = True
        self._regions, self._jobs = index, jobs
        self._asking, self._waiting = Asking(jobs), False
        self._numbers = array("q")
        self._pages: OrderedDict[int, tuple[list[dict[str, Any]], list[list[str]]]] = OrderedDict()
        self._mono = theme.mono_font()

    def _listed(self, kind: str) -> list[Column]:
        declared = selection.listed_columns(kind)
        first = sorted((c for c in declared if c.name in self._leading), key=lambda column: self._leading.index(column.name))
        return [*first, *(column for column in declared if column.name not in self._leading)]

    def list_anew(self) -> None:
        """The register has other own fields: from now on these are the columns."""
        self.beginResetModel()
        self._pages.clear()
        self.columns = self._listed(self.choice.kind)
        self.endResetModel()

    @property
    def is_waiting(self) -> bool:
        """True while an answer is on its way."""
        return self._waiting

    def load(self, **chosen: Any) -> None:
        """Ask the register anew; ``chosen`` replaces parts of the choice (search, regions, order …)."""
        self.choice = replace(self.choice, **chosen)
        self._asking.drop()
        self._waiting = False
        if not selection.is_long(self.choice.kind):
            self._show(selection.ids(self.choice))
            self.loaded.emit()
            return
        self.waiting.emit(True)
        # in the order of the rows the first page is there at once; any other order must look at all of them first
        head = not (self.choice.order or self.choice.search or self.choice.regions or self.choice.where)
        self._ask(replace(self.choice, limit=PAGE_ROWS) if head else self.choice, whole=not head)

    def _ask(self, choice: Selection, whole: bool) -> None:
        # the first page at once; of all rows a person sees no more, so that other wishes need not wait for them
        turn = Turn.SOON if whole else Turn.NOW
        self._waiting = True
        done = self._arrived if whole else self._arrived_head
        self._asking.ask(selection.ids, choice, done=done, failed=self._failed, turn=turn)

    def _arrived_head(self, numbers: "array[int]") -> None:
        if len(numbers) < PAGE_ROWS:
            self._arrived(numbers)
            return
        self._ask(self.choice, whole=True)
        self._show(numbers)

    def _arrived(self, numbers: "array[int]") -> None:
        self._waiting = False
        self._show(numbers)
        self.waiting.emit(False)
        self.loaded.emit()

    def _failed(self, error: Exception) -> None:
        self._waiting = False
        self.waiting.emit(False)
        if isinstance(error, UserError):
            self._jobs.refused.emit(error)

    def _show(self, numbers: "array[int]") -> None:
        """Show the rows of these numbers. Where rows only changed or came at the end, place and selection stay."""
        held = self._numbers
        self._pages.clear()
        if held and numbers == held:
            self.dataChanged.emit(self.index(0, 0), self.index(len(held) - 1, len(self.columns) - 1))
        elif held and len(numbers) > len(held) and numbers[: len(held)] == held:
            self.beginInsertRows(self.index(-1, -1), len(held), len(numbers) - 1)
            self._numbers = numbers
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._numbers = numbers
            self.endResetModel()

    def show_masked(self, masked: bool) -> None:
        """Show private values masked or in full."""
        self.masked = masked
        self._show_anew()

    def _show_anew(self) -> None:
        self._pages.clear()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self._numbers:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._numbers) - 1, len(self.columns) - 1))

    def record(self, row: int) -> dict[str, Any]:
        """The stored values of one row, with its ``uid``. IndexError when it is gone from the register."""
        return self._page(row)[0][row % PAGE_ROWS]

    def numbers(self, rows: Sequence[int]) -> list[int]:
        """The row numbers, in the register, of the records in these rows of the list."""
        return [self._numbers[row] for row in rows]

    def uids(self, rows: Sequence[int]) -> list[str]:
        """The uids of the records in these rows."""
        return selection.uids_of(self.choice.kind, self.numbers(rows))

    def row_of(self, uid: str) -> int:
        """The row in which a record stands, -1 when it is not in the list."""
        number = selection.number_of(self.choice.kind, uid)
        if number is None:
            return -1
        # to look through a million numbers takes longer than to open the record
        for row in self._likely_rows(uid, number):
            if row < len(self._numbers) and self._numbers[row] == number:
                return row
        try:
            sorted_by = self.choice.order or self.choice.then[0]
            return self._numbers.index(number) if sorted_by else -1
        except ValueError:
            return -1

    def _likely_rows(self, uid: str, number: int) -> Iterator[int]:
        """Where a record stands if the list is in the order of the numbers, or if its row was read a moment ago."""
        yield bisect_left(self._numbers, number)
        for page, (found, _texts) in reversed(self._pages.items()):
            for at, record in enumerate(found):
                if record["uid"] == uid:
                    yield page * PAGE_ROWS + at

    def _page(self, row: int) -> tuple[list[dict[str, Any]], list[list[str]]]:
        number = row // PAGE_ROWS
        if number not in self._pages:
            wanted = self._numbers[number * PAGE_ROWS : (number + 1) * PAGE_ROWS]
            found = self._read(wanted)
            # the record that is opened beside the list shows the date of birth
            show = showers(self.columns, self.masked, beside_birth=True)
            texts = [[each(record[c.name]) for c, each in zip(self.columns, show, strict=True)] for record in found]
            self._pages[number] = (found, texts)
            if len(self._pages) > KEPT_PAGES:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return self._pages[number]

    def _read(self, wanted: Sequence[int]) -> list[dict[str, Any]]:
        """The records of a page; none where the file is damaged there: a table that is being painted must hear of no error."""
        try:
            with database.damage_told():
                return selection.rows_of(self.choice.kind, wanted, self._regions)
        except UserError as error:
            if isinstance(error, DamagedRegister):
                database.leave()
            # told later and made anew: its trace would hold the painting that is under way, painter and all
            QTimer.singleShot(0, self, partial(self._jobs.refused.emit, UserError(str(error))))
            return []

    def text(self, row: int, column: int) -> str:
        """The text of a cell as it is shown and copied."""
        texts = self._page(row)[1]
        at = row % PAGE_ROWS
        # another program may have taken rows away since they were counted
        shown = texts[at][column] if at < len(texts) else ""
        return shown or (UNKNOWN if self.columns[column].kind.storage == "INTEGER" else "")

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._numbers)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        # of each cell that is painted Qt asks seven things, and three of them are told
        if role not in _TOLD or not index.isValid():
            return None
        column = self.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return as_shown(self.text(index.row(), index.column()), role)
            case Qt.ItemDataRole.TextAlignmentRole:
                return alignment(column.kind.align)
            case Qt.ItemDataRole.FontRole if column.private:
                return self._mono
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        if not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.columns[section].kind.align)
        told = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        return as_shown(self.columns[section].title, role) if told else None

    def stand_by(self, way: Way) -> None:
        """From now on the names of this list stand by pinyin or by strokes, whatever is usual; shown with the next sorting."""
        if way != self.choice.way:
            self.choice = replace(self.choice, way=way, order="", descending=False)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        name = self.columns[column].name if 0 <= column < len(self.columns) else ""
        descending = order == Qt.SortOrder.DescendingOrder
        held = (self.choice.order, self.choice.descending)
        if name and (name, descending) != held:
            # equal ones stay in the order that was chosen before
            then = held if name != held[0] else self.choice.then
            self.load(order=name, descending=descending, then=then)
