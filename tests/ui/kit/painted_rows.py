"""What is painted in the rows of a table whose first column stays, told by pictures of a plain table over the same model."""

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.tables import Table


def picture(widget: QWidget, place: QRect) -> bytes:
    """The pixels of a place in a widget as the screen has them: what should have been painted anew and was not stays."""
    QApplication.processEvents()
    QApplication.sendEvent(widget.window(), QEvent(QEvent.Type.UpdateRequest))  # paint now what waits to be painted
    seen = widget.window().backingStore().paintDevice()
    assert isinstance(seen, QImage)
    part = seen.copy(place.translated(widget.mapTo(widget.window(), QPoint())))
    return bytes(part.constBits())


def strip(table: Table, row: int, left: int, right: int) -> QRect:
    """A row from one x to another, both in the viewport, as a place in the table."""
    top = table.rowViewportPosition(row)
    place = QRect(left, top, right - left, table.rowHeight(row))
    return place.translated(table.viewport().pos())


def whole_rows(table: Table) -> list[int]:
    """The rows that are in sight from their top to their bottom."""
    height = table.viewport().height()
    tops = [(row, table.rowViewportPosition(row)) for row in range(table.model().rowCount())]
    return [row for row, top in tops if top >= 0 and top + table.rowHeight(row) <= height]


def halves(table: Table) -> tuple[int, int, int]:
    """Where the first column's part begins and ends, and where the others' ends; at its end is the line between them."""
    return 0, table.columnWidth(0) - 1, table.viewport().width()


def plain_rows(qtbot: QtBot, table: Table) -> tuple[dict[bytes, int], dict[bytes, int]]:
    """What the left and the right half of every row look like in a plain table, and which row that is."""
    plain = Table("plain")
    qtbot.addWidget(plain)
    plain.setModel(table.model())
    plain.setSelectionModel(table.selectionModel())
    plain.horizontalHeader().restoreState(table.horizontalHeader().saveState())
    plain.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    plain.resize(table.size())
    plain.show()
    begin, edge, end = halves(table)
    found: tuple[dict[bytes, int], dict[bytes, int]] = ({}, {})
    scrolled = table.horizontalScrollBar().value()
    for pictures, across, left, right in ((found[0], 0, begin, edge), (found[1], scrolled, edge + 1, end)):
        while len(pictures) < table.model().rowCount():
            plain.scrollTo(table.model().index(len(pictures), 0), Table.ScrollHint.PositionAtTop)
            plain.horizontalScrollBar().setValue(across)
            before = len(pictures)
            pictures |= {picture(plain, strip(plain, row, left, right)): row for row in whole_rows(plain)}
            assert len(pictures) > before, "two rows look alike"
    plain.hide()
    return found


def assert_halves_agree(qtbot: QtBot, table: Table) -> None:
    """In every row in sight, both halves show the same record, and it is the row that a press there would mean."""
    names, others = plain_rows(qtbot, table)
    begin, edge, end = halves(table)
    rows = whole_rows(table)
    assert len(rows) > 5
    assert [others.get(picture(table, strip(table, row, edge + 1, end))) for row in rows] == rows
    assert [names.get(picture(table, strip(table, row, begin, edge))) for row in rows] == rows
    centres = [table.rowViewportPosition(row) + table.rowHeight(row) // 2 for row in rows]
    assert [table.indexAt(QPoint(5, y)).row() for y in centres] == rows
    assert [table.indexAt(QPoint(edge + 5, y)).row() for y in centres] == rows
    assert {table.indexAt(QPoint(5, y)).column() for y in centres} == {0}


def spot(table: Table, x: int, y: int) -> tuple[QWidget, QPoint]:
    """The widget that the mouse would meet at a place of the table, and that place in it."""
    at = QPoint(x, y)
    widget = table.childAt(at)
    assert widget is not None
    return widget, widget.mapFrom(table, at)


def in_row(table: Table, row: int, x: int = 20) -> tuple[QWidget, QPoint]:
    """As :func:`spot`, in the middle of a row."""
    return spot(table, x, strip(table, row, 0, 1).center().y())


def in_title(table: Table, x: int) -> tuple[QWidget, QPoint]:
    """As :func:`spot`, in the middle of the header."""
    return spot(table, x, table.horizontalHeader().geometry().center().y())


def first_column(table: Table) -> bytes:
    """The first column's part of the table with its title, but for the line at its right."""
    height = table.horizontalHeader().height() + table.viewport().height()
    return picture(table, QRect(table.viewport().x(), table.horizontalHeader().y(), table.columnWidth(0) - 1, height))
