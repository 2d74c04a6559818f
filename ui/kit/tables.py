"""The view that all tables share: whole rows, one menu, copying; how values stand in a cell."""

from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from models.language import SOURCE, _, language
from models.values.columns import Align, Column
from models.values.kinds import Choice
from ui.kit import theme
from ui.kit.acting import act
from ui.kit.asked_once import asked_once
from ui.kit.plain import as_block
from ui.kit.whole_numbers import WholeNumbers

#: More rows than this belong in a file, not on the clipboard.
LARGEST_COPY = 5_000
#: A number or a yes that nobody knows is a dash, never a zero.
UNKNOWN = "—"

Index = QModelIndex | QPersistentModelIndex

_ALIGNMENT = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}
_MONO_LENGTH = 18
_WIDEST_CHOICE = 12
#: A title makes its column no wider than so many characters: the rest of it is in the tip.
_WIDEST_TITLE = 24


def alignment(align: Align) -> Qt.AlignmentFlag:
    """The declared alignment as Qt says it."""
    return _ALIGNMENT[align]


def shown_width(column: Column, width: int = 0) -> int:
    """A column's width in Chinese characters, its own unless given, with room for its choices where they are not Chinese."""
    return wide_enough(width or column.width, column.kind.codes.labels if isinstance(column.kind, Choice) else ())


def wide_enough(width: int, words: Iterable[str]) -> int:
    """A width in Chinese characters, with room for these words where they are shown in another language."""
    if language() == SOURCE:
        return width
    longest = max((len(_(word)) for word in words), default=0)
    return max(width, min(_WIDEST_CHOICE, longest // 2 + 1))


def part_selection(head: QHeaderView) -> None:
    """Give a header a selection of its own, always empty.

    To paint itself a header asks of each column whether all of it is selected, and that looks at every row: with a million
    of them selected the window would stand still for minutes.
    """
    head.setSelectionModel(QItemSelectionModel(head.model(), head))


def dress_header(head: QHeaderView) -> None:
    """Give a table's header the manners that all have."""
    head.setHighlightSections(False)
    head.setDefaultAlignment(alignment("left"))  # a title stands over its cells
    head.setMinimumSectionSize(40)
    head.setTextElideMode(Qt.TextElideMode.ElideRight)


#: The titles and some of a row: on a small screen there is no more beside a form.
LEAST_HEIGHT = 44


class Table(QTableView):
    """The view that all tables share: whole rows, long texts elided in the middle, copying, one menu.

    ``chosen(int)`` tells how many rows are selected; ``opened(int)`` the row that Enter or a double click opens;
    ``crowded(int)`` that so many rows are too many for the clipboard.
    """

    chosen = Signal(int)
    opened = Signal(int)
    crowded = Signal(int)

    def __init__(self, name: str) -> None:
        """``name`` is what a screen reader says."""
        super().__init__()
        self.setAccessibleName(name)
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setItemDelegate(WholeNumbers(self))
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(max(theme.ROW_HEIGHT, self.fontMetrics().height() + 8))
        dress_header(self.horizontalHeader())
        self.copying = act(self, "table.copy", self.copy_selected)
        self.copying_titled = act(self, "table.titled", self.copy_titled)
        self.choosing_all = act(self, "table.all", self.selectAll)
        self.doubleClicked.connect(self._open)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            part_selection(self.horizontalHeader())
            model.modelReset.connect(self._tell_chosen)

    def fit(self, columns: Sequence[tuple[str, int, bool]]) -> None:
        """Give each column its width: (title, width in Chinese characters, whether it holds fixed-length numbers).

        Without a title here, the model's counts.
        """
        character = self.fontMetrics().horizontalAdvance("国")
        digit = self.fontMetrics().horizontalAdvance("0")
        for place, (given, width, numbers) in enumerate(columns):
            title = given or str(self.model().headerData(place, Qt.Orientation.Horizontal) or "")
            needed = max(width * character, min(self.fontMetrics().horizontalAdvance(title), _WIDEST_TITLE * character) + 14)
            if numbers:
                needed = min(needed, max(11, min(width * 2, _MONO_LENGTH)) * (digit + 2))
            self.setColumnWidth(place, needed + 20)

    @property
    def selected_count(self) -> int:
        """How many rows are selected."""
        return sum(part.height() for part in self._parts())

    def selected_rows(self) -> list[int]:
        """The selected rows' numbers, from the top."""
        return sorted(row for part in self._parts() for row in range(part.top(), part.bottom() + 1))

    def has_selected(self, row: int) -> bool:
        """True when a row is selected, however many others are."""
        return any(part.top() <= row <= part.bottom() for part in self._parts())

    def _parts(self) -> list[QItemSelectionRange]:
        model = self.selectionModel()
        return list(cast(Iterable[QItemSelectionRange], model.selection())) if model else []

    def copy_selected(self) -> None:
        """Put the selected rows on the clipboard, as they are shown: a masked number stays masked."""
        self._copy(titles=False)

    def copy_titled(self) -> None:
        """Put the selected rows on the clipboard below their titles."""
        self._copy(titles=True)

    def _copy(self, titles: bool) -> None:
        model = self.model()
        if self.selected_count > LARGEST_COPY:
            self.crowded.emit(self.selected_count)
            return
        columns = self.shown_columns()
        rows = [[model.index(row, column).data() for column in columns] for row in self.selected_rows()]
        if not rows:
            return
        if titles:
            rows.insert(0, [model.headerData(column, Qt.Orientation.Horizontal) for column in columns])
        QGuiApplication.clipboard().setMimeData(as_block([[str(text or "") for text in row] for row in rows]))

    def shown_columns(self) -> list[int]:
        """The columns that are not hidden, by their numbers in the model, as they stand from left to right."""
        head = self.horizontalHeader()
        placed = [head.logicalIndex(place) for place in range(head.count())]
        return [column for column in placed if not self.isColumnHidden(column)]

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._tell_chosen()

    def _tell_chosen(self) -> None:
        self.chosen.emit(self.selected_count)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        copying = (self.copying, self.copying_titled)
        for action in copying:
            action.setEnabled(self.selected_count > 0)
        with asked_once(QMenu(self)) as menu:
            menu.addActions(self.actions())
            menu.exec(event.globalPos())
        for action in copying:
            action.setEnabled(True)
