"""The table of a wide list: its first columns stay in sight while the others scroll beneath them; one, or as many as are wished.

There is one view. It paints those columns itself, at its left edge, over whatever has scrolled there, and all that says
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
from PySide6.QtGui import (
    QColor,
    QCursor,
    QHelpEvent,
    QHoverEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyle, QStyleOptionViewItem, QWidget

from ui.kit import theme
from ui.kit.tables import Index, Table, dress_header

#: Once the others are scrolled, those that stay take at most this part of the table: the others must have room, too.
_MOST = 0.6
_ENSURE = QAbstractItemView.ScrollHint.EnsureVisible
_FLAG = QStyle.StateFlag
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class FrozenHeader(QHeaderView):
    """The titles above a :class:`FrozenTable`; those of the columns that stay stand at the left edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """A header whose titles sort when they are clicked, as those of any table."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setFirstSectionMovable(False)
        #: How many columns are wished to stay; of them only as many do as leave the others room.
        self.wanted = 1
        self._began_inside = False
        # where the mouse took hold of a column's edge: the column, x, and the column's width at that moment
        self._held: tuple[int, int, int] | None = None
        # how wide the first column is wished to be; it takes no more than its part of the table
        self._wished: dict[int, int] = {}
        self._limiting = False
        self.sectionResized.connect(self._remember)

    def _remember(self, column: int, _before: int, width: int) -> None:
        if not self._limiting:
            self._wished[column] = width
            self._limit()

    def _limit(self) -> None:
        """Keep the first column so narrow that others are seen beside it; where there is room it has its wish."""
        column = next(iter(self.pinned()), -1)
        if column < 0 or not self.isVisible() or self.sectionResizeMode(column) != QHeaderView.ResizeMode.Interactive:
            return
        most = max(self.minimumSectionSize(), round(self.viewport().width() * _MOST))
        self._limiting = True
        self.resizeSection(column, min(self._wished.get(column, self.sectionSize(column)), most))
        self._limiting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._limit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._limit()

    def pinned(self) -> list[int]:
        """The columns that stay, from left to right: the first ones that are shown, as many as fit, one at least."""
        found: list[int] = []
        room = round(self.viewport().width() * _MOST)
        for place in range(self.count()):
            column = self.logicalIndex(place)
            if self.isSectionHidden(column):
                continue
            room -= self.sectionSize(column)
            if found and (room < 0 or len(found) >= self.wanted):
                break
            found.append(column)
        return found

    @property
    def _whole(self) -> int:
        """How wide the columns that stay are where nothing is scrolled."""
        return sum(map(self.sectionSize, self.pinned()))

    @property
    def least_width(self) -> int:
        """How wide those that stay are when the others are scrolled far, in pixels."""
        return min(self._whole, round(self.viewport().width() * _MOST))

    @property
    def frozen_width(self) -> int:
        """How wide those that stay are now, in pixels. What is too wide scrolls away until it has its least width."""
        whole = self._whole
        return max(min(whole, round(self.viewport().width() * _MOST)), whole - self.offset())

    def frozen_rect(self) -> QRect:
        """The place of the titles that stay in the viewport."""
        return QRect(0, 0, self.frozen_width, self.viewport().height())

    def spans(self) -> list[tuple[int, int, int]]:
        """Of each column that stays: its number, its left edge in the viewport and its width there."""
        found, right = [], self.frozen_width
        for column in self.pinned():
            left = self.sectionPosition(column)
            found.append((column, left, min(self.sectionSize(column), right - left)))
        return found

    def span_of(self, column: int) -> tuple[int, int] | None:
        """The left edge and the width of a column that stays; None for any other."""
        return next(((left, width) for each, left, width in self.spans() if each == column), None)

    def column_at(self, x: int) -> int:
        """Which of the columns that stay is at ``x`` in the viewport; -1 where none is."""
        return next((column for column, left, width in self.spans() if left <= x < left + width), -1)

    def title_at(self, x: int) -> int:
        """The column whose title is seen at ``x`` in the viewport; -1 where none is."""
        column = self.column_at(x)
        return column if column >= 0 else self.logicalIndexAt(x)

    def seen_left(self, column: int) -> int:
        """Where in the viewport a column begins."""
        span = self.span_of(column)
        return span[0] if span is not None else self.sectionViewportPosition(column)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.offset() and event.rect().intersects(self.frozen_rect()):
            painter = QPainter(self.viewport())
            for column, left, width in self.spans():
                painter.save()
                self.paintSection(painter, QRect(left, 0, width, self.viewport().height()), column)
                painter.restore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Let what happens over a title that stays happen to it, and not to the one that has scrolled beneath it."""
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
        """The event as if the titles that stay were where the header believes them to be; None when it is not about them."""
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
        """True when a mouse event was about the right edge of a column that stays: dragged, or fitted by a double click."""
        x, kind = round(event.position().x()), event.type()
        if self._held is not None:
            column, start, width = self._held
            if kind == QEvent.Type.MouseMove:
                self.resizeSection(column, max(self.minimumSectionSize(), width + x - start))
            elif kind == QEvent.Type.MouseButtonRelease:
                self._held = None
            return True
        edge = self._edge_at(x)
        if kind == QEvent.Type.MouseMove and not event.buttons():
            self._show_cursor(edge is not None, self._is_inside(event.position()))
        elif edge and kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._held = (edge[0], x, edge[1])
            return True
        elif edge and kind == QEvent.Type.MouseButtonDblClick:
            self.sectionHandleDoubleClicked.emit(edge[0])
            return True
        return edge is not None and not event.buttons()

    def _edge_at(self, x: int) -> tuple[int, int] | None:
        """The column that stays whose right edge is at ``x``, and how wide it is there."""
        grip = self.style().pixelMetric(QStyle.PixelMetric.PM_HeaderGripMargin, None, self)
        for column, left, width in self.spans():
            movable = self.sectionResizeMode(column) == QHeaderView.ResizeMode.Interactive
            if movable and abs(x - left - width) <= grip:
                return column, width
        return None

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
    """A table whose first columns stay at the left edge while the others scroll beneath them."""

    def __init__(self, name: str) -> None:
        """``name`` is what a screen reader says."""
        super().__init__(name)
        self.setHorizontalHeader(FrozenHeader(self))
        dress_header(self.horizontalHeader())

    @property
    def _head(self) -> FrozenHeader | None:
        """The header; None while the table is being made, when Qt asks already."""
        head = self.horizontalHeader()
        return head if isinstance(head, FrozenHeader) else None

    def freeze(self, columns: int) -> None:
        """Let so many columns stay, one at least."""
        if (head := self._head) is not None:
            head.wanted = max(1, columns)
            self.updateGeometries()
            self.viewport().update()
            head.viewport().update()

    @property
    def frozen_count(self) -> int:
        """How many columns stay now."""
        return len(self._head.pinned()) if self._head is not None else 0

    def frozen_rect(self) -> QRect:
        """The place of the columns that stay in the viewport."""
        width = self._head.frozen_width if self._head is not None else 0
        return QRect(0, 0, width, self.viewport().height())

    @property
    def _is_scrolled(self) -> bool:
        """True when other columns have scrolled beneath those that stay."""
        return self.horizontalHeader().offset() > 0

    # where things are

    def indexAt(self, place: QPoint) -> QModelIndex:
        found = super().indexAt(place)
        column = self._head.column_at(place.x()) if self._is_scrolled and self._head is not None else -1
        return found.siblingAtColumn(column) if column >= 0 and found.isValid() else found

    def visualRect(self, index: Index) -> QRect:
        place = super().visualRect(index)
        if not self._is_scrolled or self._head is None or place.isEmpty():
            return place
        span = self._head.span_of(index.column())
        return QRect(span[0], place.top(), span[1], place.height()) if span is not None else place

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
        """Scroll sideways until a column is in sight beside those that stay, which always are."""
        head, across = self._head, self.horizontalScrollBar()
        if head is None or column < 0 or self.isColumnHidden(column) or column in head.pinned():
            return
        begin, end = head.sectionPosition(column), head.sectionPosition(column) + head.sectionSize(column)
        nearest = begin - head.least_width
        across.setValue(min(nearest, max(across.value(), end - self.viewport().width())))

    def selectRow(self, row: int) -> None:
        """Select a row and scroll up or down to it, not sideways.

        Of its cells Qt makes current the one at the left edge, which lies beneath those that stay, and would uncover it.
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
        if self._is_scrolled:
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
        """Paint the cells that stay in a part of the viewport, as Qt paints the others."""
        model, last = self.model(), self.rowAt(part.bottom())
        columns = self._head.pinned() if self._head is not None else []
        hovered = self.indexAt(self.viewport().mapFromGlobal(QCursor.pos())) if self.viewport().underMouse() else None
        for row in range(max(0, self.rowAt(part.top())), (last if last >= 0 else model.rowCount() - 1) + 1):
            for index in (model.index(row, column) for column in columns):
                option = self._option(index)
                if index == hovered:
                    option.state |= _FLAG.State_MouseOver
                painter.save()
                painter.setClipRect(option.rect)
                self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewRow, option, painter, self)
                self.itemDelegateForIndex(index).paint(painter, option, index)
                painter.restore()

    def _option(self, index: QModelIndex) -> Any:
        """How a cell that stays is painted, as a QStyleOptionViewItem: where, and in which state."""
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
