"""Numbers in the lists of a window: each is painted whole or as ####, however narrow its column is, and the tip has all of it."""

import itertools
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTableView, QTreeView, QWidget

from ui.kit.whole_numbers import HASH, WholeNumbers, is_number

#: Columns as wide as a person may drag them, in pixels; 0 is as wide as they are.
WIDTHS = (0, 24, 45, 80)
_ROWS = 6


def cut_numbers(part: QWidget) -> Iterator[str]:
    """The numbers that would be cut in a table or tree of a part, as ``column at width: text``."""
    for view in [part, *part.findChildren(QAbstractItemView)]:
        if isinstance(view, QTableView | QTreeView) and view.isVisible() and view.model() is not None:
            yield from _cut_in(view)


def covered_numbers(part: QWidget) -> Iterator[str]:
    """The numbers in whose place #### stands in a table of a part that nobody has made narrower, as ``column: text``."""
    for view in [part, *part.findChildren(QAbstractItemView)]:
        if isinstance(view, QTableView) and view.isVisible() and (model := view.model()) is not None:
            for row, column in itertools.product(range(min(_ROWS, model.rowCount())), range(model.columnCount())):
                index = model.index(row, column)
                text, delegate = str(index.data() or ""), view.itemDelegateForIndex(index)
                if is_number(text) and not view.isColumnHidden(column) and isinstance(delegate, WholeNumbers):
                    option: Any = QStyleOptionViewItem()
                    view.initViewItemOption(option)
                    option.rect = view.visualRect(index)
                    delegate.initStyleOption(option, index)
                    if set(option.text) == {HASH}:
                        title = model.headerData(column, Qt.Orientation.Horizontal)
                        yield f"{view.accessibleName()}, {title}: {text} in {option.rect.width()} pixels"


def _cut_in(view: QTableView | QTreeView) -> Iterator[str]:
    model = view.model()
    for row in range(min(_ROWS, model.rowCount())):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            text = str(index.data() or "")
            if is_number(text):
                title = model.headerData(column, Qt.Orientation.Horizontal)
                yield from (f"{title} at {width}: {said}" for width in WIDTHS if (said := _cut_at(view, index, text, width)))


def _cut_at(view: QTableView | QTreeView, index: QModelIndex, text: str, width: int) -> str:
    """What is wrong with a number in a column of a width; "" for nothing."""
    delegate = view.itemDelegateForIndex(index)
    if not isinstance(delegate, WholeNumbers):
        return f"{type(delegate).__name__} paints {text}"
    option: Any = QStyleOptionViewItem()
    view.initViewItemOption(option)
    option.rect = QRect(0, 0, width or max(1, view.visualRect(index).width()), 28)
    delegate.initStyleOption(option, index)
    whole = option.text == text and option.fontMetrics.horizontalAdvance(text) <= option.rect.width()
    return "" if whole or set(option.text) == {HASH} else f"{text} is painted as {option.text}"
