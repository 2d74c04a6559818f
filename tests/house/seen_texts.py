"""Everything that can be read in a window: what its widgets say, show, offer, and tell a screen reader."""

import re
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QSpinBox,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from models.records.catalogue import RECORDS
from models.values.columns import columns_of

#: Han characters and the punctuation that goes with them; the wide space between parts of a line is fine in any language.
HAN = re.compile(r"[\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
#: Rows of a table that are looked at.
_ROWS = 40
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def seen(root: QWidget) -> Iterator[tuple[str, str]]:
    """(where, text) of everything that a window and all in it say."""
    for widget in [root, *root.findChildren(QWidget)]:
        where = f"{type(widget).__name__} {widget.objectName()}".strip()
        for text in (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.statusTip()):
            yield where, text
        yield where, widget.windowTitle()
        yield from ((where, text) for text in _own(widget))
        for action in widget.actions():
            yield from ((f"{where} action", text) for text in (action.text(), action.toolTip()))
    for found in root.findChildren(QObject):
        if isinstance(found, QAction):
            yield "action", found.text()
        elif isinstance(found, QMenu):
            yield "menu", found.title()


def _own(widget: QWidget) -> Iterator[str]:
    """What a widget says by what it is."""
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield from (widget.text(), widget.placeholderText())
        case QPlainTextEdit() | QTextEdit():
            yield from (widget.toPlainText(), widget.placeholderText())
        case QComboBox():
            yield from (widget.itemText(place) for place in range(widget.count()))
            yield widget.currentText()
            yield widget.placeholderText()
        case QGroupBox():
            yield widget.title()
        case QTabWidget():
            for place in range(widget.count()):
                yield from (widget.tabText(place), widget.tabToolTip(place))
        case QProgressBar():
            yield widget.format()
        case QSpinBox():
            yield from (widget.prefix(), widget.suffix(), widget.specialValueText())
        case QAbstractSpinBox():
            yield widget.text()
        case QAbstractItemView() if widget.model() is not None:
            yield from _cells(widget.model())
        case _:
            pass


def _cells(model: QAbstractItemModel) -> Iterator[str]:
    for column in range(_width(model)):
        for role in _ROLES[:2]:
            yield str(model.headerData(column, Qt.Orientation.Horizontal, role) or "")
        for row in range(min(_ROWS, model.rowCount())):
            yield from (str(model.index(row, column).data(role) or "") for role in _ROLES)


def register_words(*besides: str) -> list[str]:
    """What the open register knows in people's own words, and what stands ``besides``; the longest first."""
    found = set(besides)
    for record in RECORDS.values():
        fields = [getattr(record, column.name) for column in columns_of(record) if not column.derived]
        rows: Any = record.select(*fields).tuples()
        for row in rows:
            found |= {value for value in row if isinstance(value, str)}
    return sorted((word for word in found if HAN.search(word)), key=len, reverse=True)


def _width(model: QAbstractItemModel) -> int:
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount()
