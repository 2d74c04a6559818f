"""The table of a wide list: its first column stays in sight while the others scroll beneath it.

There is one view. It paints that column itself, at its left edge, over whatever has scrolled there, and all that says
which row is where (offset, selection, order) is the view's own: the two halves of a row cannot come apart.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QPointF,
    QRect,
    QSignalBlocker,
    Qt,
)
from PySide6.QtGui import QColor, QCursor, QHelpEvent, QHoverEvent, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QWidget

from ui.kit import theme
from ui.kit.tables import Index, Table, dress_header

#: Once the others are scrolled, the first column takes at most this part of the table: they must have room, too.
_MOST = 0.6
_ENSURE = QAbstractItemView.ScrollHint.EnsureVisible
_FLAG = QStyle.StateFlag
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class FrozenHeader(QHeaderView):
    """The titles above a :class:`FrozenTable`; the first column's stays at the left edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """A header whose titles sort when they are clicked, as those of any table."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setFirstSectionMovable(False)
        self._began_inside = False
        # where the mouse took hold of the first column's edge: x, and the width at that moment
        self._held: tuple[int, int] | None = None

    @property
    def least_width(self) -> int:
        """How wide the first column is when the others are scrolled far, in pixels."""
        return min(self.sectionSize(0) if self.count() else 0, round(self.viewport().width() * _MOST))

    @property
    def frozen_width(self) -> int:
        """How wide the first column is now, in pixels. What is too wide scrolls away until it has its least width."""
        return max(self.least_width, self.sectionSize(0) - self.offset() if self.count() else 0)

    def frozen_rect(self) -> QRect:
        """The place of the first column's title in the viewport."""
        return QRect(0, 0, self.frozen_width, self.viewport().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.offset() and event.rect().intersects(self.frozen_rect()):
            self.paintSection(QPainter(self.viewport()), self.frozen_rect(), 0)

    def viewportEvent(self, event: QEvent) -> bool:
        """Let what happens over the first title happen to it, and not to the one that has scrolled beneath it."""
        if not (self.offset() or self._held):
            return super().viewportEvent(event)
        if isinstance(event, QMouseEvent) and self._is_for_edge(event):
            return True
        moved = self._moved(event)
        if moved is None:
            return super().viewportEvent(event)
        done = super().viewportEvent(moved)
        event.setAccepted(moved.isAccepted())
        self.viewport().update(self.frozen_rect())
        return done

    def _moved(self, event: QEvent) -> QEvent | None:
        """The event as if the first title were where the header believes it to be; None when it is not about that title."""
        away = QPointF(self.offset(), 0)
        if isinstance(event, QMouseEvent):
            inside = self._is_inside(event.position())
            if event.type() in _PRESSES or (event.type() == QEvent.Type.MouseMove and not event.buttons()):
                self._began_inside = inside
            # the edge of another column may be dragged over the first one
            return _at(event, event.position() - away) if inside and self._began_inside else None
        if isinstance(event, QHoverEvent) and self._is_inside(event.position()):
            here, before = event.position() - away, event.oldPosF() - away
            return QHoverEvent(event.type(), here, event.globalPosition(), before, event.modifiers())
        if isinstance(event, QHelpEvent) and self._is_inside(QPointF(event.pos())):
            return QHelpEvent(event.type(), event.pos() - away.toPoint(), event.globalPos())
        return None

    def _is_inside(self, place: QPointF) -> bool:
        return 0 <= place.x() < self.frozen_width

    def _is_for_edge(self, event: QMouseEvent) -> bool:
        """True when a mouse event was about the first column's right edge: it is dragged, or fitted by a double click."""
        x, kind = round(event.position().x()), event.type()
        if self._held is not None:
            start, width = self._held
            if kind == QEvent.Type.MouseMove:
                self.resizeSection(0, max(self.minimumSectionSize(), width + x - start))
            elif kind == QEvent.Type.MouseButtonRelease:
                self._held = None
            return True
        over = self._is_edge(x)
        if kind == QEvent.Type.MouseMove and not event.buttons():
            self._show_cursor(over, self._is_inside(event.position()))
        elif over and kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._held = (x, self.frozen_width)
            return True
        elif over and kind == QEvent.Type.MouseButtonDblClick:
            self.sectionHandleDoubleClicked.emit(0)
            return True
        return over and not event.buttons()

    def _is_edge(self, x: int) -> bool:
        grip = self.style().pixelMetric(QStyle.PixelMetric.PM_HeaderGripMargin, None, self)
        interactive = self.sectionResizeMode(0) == QHeaderView.ResizeMode.Interactive
        return interactive and abs(x - self.frozen_width) <= grip

    def _show_cursor(self, over_edge: bool, inside: bool) -> None:
        if over_edge:
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif inside:
            self.unsetCursor()


def _at(event: QMouseEvent, place: QPointF) -> QMouseEvent:
    """A mouse event as it would be at another place in the widget."""
    scene, globally = event.scenePosition(), event.globalPosition()
    return QMouseEvent(event.type(), place, scene, globally, event.button(), event.buttons(), event.modifiers())


class FrozenTable(Table):
    """A table whose first column stays at the left edge while the others scroll beneath it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """``name`` is what a screen reader says."""
        super().__init__(name, parent)
        self.setHorizontalHeader(FrozenHeader(self))
        dress_header(self.horizontalHeader())

    def frozen_rect(self) -> QRect:
        """The place of the first column in the viewport."""
        head = self.horizontalHeader()
        width = head.frozen_width if isinstance(head, FrozenHeader) else 0  # Qt asks while the table is being made
        return QRect(0, 0, width, self.viewport().height())

    @property
    def _is_scrolled(self) -> bool:
        """True when other columns have scrolled beneath the first one."""
        return self.horizontalHeader().offset() > 0

    # where things are

    def indexAt(self, place: QPoint) -> QModelIndex:
        found = super().indexAt(place)
        if self._is_scrolled and 0 <= place.x() < self.frozen_rect().width():
            return found.siblingAtColumn(0) if found.isValid() else found
        return found

    def visualRect(self, index: Index) -> QRect:
        place = super().visualRect(index)
        if self._is_scrolled and index.column() == 0 and not place.isEmpty():
            return QRect(0, place.top(), self.frozen_rect().width(), place.height())
        return place

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = super().visualRegionForSelection(selection)
        return region.united(self.frozen_rect()) if self._is_scrolled else region

    def updateGeometries(self) -> None:
        super().updateGeometries()
        # a page further, the column that stood last stands first, and not beneath the frozen one
        self.horizontalScrollBar().setPageStep(max(1, self.viewport().width() - self.frozen_rect().width()))

    # going there

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = _ENSURE) -> None:
        across = self.horizontalScrollBar()
        held = across.value()
        with QSignalBlocker(across):  # Qt knows nothing of the column that lies over the others
            super().scrollTo(index, hint)
            across.setValue(held)
        self._show_column(index.column())

    def _show_column(self, column: int) -> None:
        """Scroll sideways until a column is in sight beside the first one, which always is."""
        head, across = self.horizontalHeader(), self.horizontalScrollBar()
        if column <= 0 or self.isColumnHidden(column) or not isinstance(head, FrozenHeader):
            return
        begin, end = head.sectionPosition(column), head.sectionPosition(column) + head.sectionSize(column)
        nearest = begin - head.least_width
        across.setValue(min(nearest, max(across.value(), end - self.viewport().width())))

    def selectRow(self, row: int) -> None:
        """Select a row and scroll up or down to it, not sideways.

        Of its cells Qt makes current the one at the left edge, which lies beneath the first column, and would uncover it.
        """
        if not self._is_scrolled:
            super().selectRow(row)
            return
        scrolls = self.hasAutoScroll()
        self.setAutoScroll(False)
        super().selectRow(row)
        self.setAutoScroll(scrolls)
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        # near the left edge Qt would scroll sideways, while rows are being selected by their names
        margin, place = self.autoScrollMargin() + 1, event.position()
        if self._is_scrolled and event.buttons() and place.x() < margin < self.frozen_rect().width():
            super().mouseMoveEvent(_at(event, QPointF(margin, place.y())))
        else:
            super().mouseMoveEvent(event)

    # what is painted

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        before = self.frozen_rect().width()
        super().scrollContentsBy(dx, dy)
        if dx:  # what was painted went along
            reach = max(before, self.frozen_rect().width()) + max(dx, 0)
            self.viewport().update(0, 0, reach, self.viewport().height())
            self.horizontalHeader().viewport().update()

    def dataChanged(self, first: Index, last: Index, roles: Sequence[int] = ()) -> None:
        super().dataChanged(first, last, roles)
        if self._is_scrolled and first.column() == 0:
            self.viewport().update(self.frozen_rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        frozen = self.frozen_rect()
        covered = frozen if self._is_scrolled else QRect()
        super().paintEvent(QPaintEvent(event.region().subtracted(covered)))
        part = event.rect().intersected(frozen)
        if part.isEmpty():
            return
        painter = QPainter(self.viewport())
        if self._is_scrolled:
            painter.fillRect(part, self.viewport().palette().brush(self.viewport().backgroundRole()))
            self._paint_rows(painter, part)
        painter.fillRect(frozen.right(), part.top(), 1, part.height(), QColor(theme.colour("line")))

    def _paint_rows(self, painter: QPainter, part: QRect) -> None:
        """Paint the first column's cells in a part of the viewport, as Qt paints the others."""
        model, last = self.model(), self.rowAt(part.bottom())
        hovered = self.indexAt(self.viewport().mapFromGlobal(QCursor.pos())) if self.viewport().underMouse() else None
        for row in range(max(0, self.rowAt(part.top())), (last if last >= 0 else model.rowCount() - 1) + 1):
            index = model.index(row, 0)
            option = self._option(index)
            if index == hovered:
                option.state |= _FLAG.State_MouseOver
            self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewRow, option, painter, self)
            self.itemDelegateForIndex(index).paint(painter, option, index)

    def _option(self, index: QModelIndex) -> Any:
        """How a cell of the first column is painted, as a QStyleOptionViewItem: where, and in which state."""
        option: Any = QStyleOptionViewItem()  # its fields are missing in PySide's stubs
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        if self.alternatingRowColors() and index.row() % 2:
            option.features |= QStyleOptionViewItem.ViewItemFeature.Alternate
        if self.selectionModel().isSelected(index):
            option.state |= _FLAG.State_Selected
        if index == self.currentIndex() and self.hasFocus():
            option.state |= _FLAG.State_HasFocus
        return option
