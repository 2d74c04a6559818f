"""What the charts of the first page draw: a line with its goal, standing columns, lying bars. Plain painting, no library.

A drawing is data: where its scales begin and end, their marks, and what stands on them; painting it and finding what is under
the mouse both read that.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.language import _
from ui.kit import theme

#: What stands between a drawing and its edge, and between a mark of a scale and the scale.
_EDGE, _GAP = 8, 6
#: How much of its place a column or a bar fills; a bar is never thicker than if there were so many.
_FILLED, _ROWS = 0.6, 4
#: The radius of a point of a line.
_POINT = 3.0
#: Above so many of a thing a scale names round numbers only; below, each: half a union means nothing.
_FEW = 10
#: About so many numbers stand on a long scale.
_MARKS = 5

Mark = tuple[float, str]


@dataclass(frozen=True)
class Drawing:
    """What is drawn: both scales from their beginning to their end, their marks, and the things on them, in their units."""

    across: tuple[float, float] = (0, 1)
    up: tuple[float, float] = (0, 1)
    below: Sequence[Mark] = ()
    beside: Sequence[Mark] = ()
    line: Sequence[tuple[float, float]] = ()
    goal: Sequence[tuple[float, float]] = ()
    #: Left, right, bottom and top of each bar or column.
    boxes: Sequence[tuple[float, float, float, float]] = ()
    #: Where a text stands and the text: above the place of a column, right of that of a bar.
    texts: Sequence[tuple[float, float, str]] = ()
    texts_above: bool = False
    grid: bool = field(default=True)


def months() -> list[Mark]:
    """The marks of a scale of twelve months."""
    return [(month, _("{month}月").format(month=month)) for month in range(1, 13)]


def marks(most: float) -> list[Mark]:
    """The numbers on a scale from 0 to ``most``: each whole one where they are few, else round ones."""
    if most <= _FEW:
        return [(number, str(number)) for number in range(int(most) + 1)]
    rough = most / _MARKS
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough)
    return [(number, f"{number:,}") for number in range(0, int(most) + 1, int(step))]


def line(days: Sequence[float], reached: Sequence[int], target: int | None) -> Drawing:
    """What was reached at the ends of months, and the straight line to the target at the year's end."""
    most = max([1, *reached, target or 0])
    goal = [(0.0, 0.0), (12.0, float(target))] if target else []
    points = list(zip([0.0, *days], [0.0, *map(float, reached)], strict=True))
    return Drawing((0, 12.2), (0, most * 1.08), months(), marks(most), points, goal)


def columns(values: Sequence[int]) -> Drawing:
    """One column for each month, its number above it."""
    most = max([1, *values])
    half = _FILLED / 2
    boxes = [(month - half, month + half, 0.0, float(value)) for month, value in enumerate(values, 1) if value]
    texts = [(float(month), float(value), f"{value:,}") for month, value in enumerate(values, 1) if value]
    return Drawing((0.4, 12.6), (0, most * 1.2), months(), marks(most), boxes=boxes, texts=texts, texts_above=True)


def bars(names: Sequence[str], values: Sequence[float], texts: Sequence[str], whole: float) -> Drawing:
    """One lying bar for each name, the first at the top, its text right of it; ``whole``: the end of the scale."""
    most, half = max([whole, 1, *values]) * 1.25, _FILLED / 2
    boxes = [(0.0, value, -place - half, -place + half) for place, value in enumerate(values)]
    told = [(value, -float(place), text) for place, (value, text) in enumerate(zip(values, texts, strict=True))]
    beside = [(-float(place), name) for place, name in enumerate(names)]
    return Drawing((0, most), (-max(len(names), _ROWS) + 0.4, 0.6), (), beside, boxes=boxes, texts=told, grid=False)


class Plot(QWidget):
    """Paints a drawing. ``pressed(x, y)``: where on its scales it was clicked."""

    pressed = Signal(float, float)

    def __init__(self) -> None:
        """Nothing is drawn yet."""
        super().__init__()
        self.drawing = Drawing()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def show_drawing(self, drawing: Drawing) -> None:
        """Draw something else."""
        self.drawing = drawing
        self.setFont(theme.font(-1.5))  # its size is a setting
        self.update()

    def area(self) -> QRectF:
        """The part of the widget between the scales, in pixels."""
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(text) for _at, text in self.drawing.beside), default=0)
        left = min(widest, self.width() / 2) + _EDGE + _GAP
        bottom = metrics.height() + _GAP if self.drawing.below else 0
        return QRectF(left, _EDGE, max(1.0, self.width() - left - _EDGE), max(1.0, self.height() - 2 * _EDGE - bottom))

    def point(self, x: float, y: float) -> QPointF:
        """Where a place of the scales lies in the widget."""
        area, (left, right), (low, high) = self.area(), self.drawing.across, self.drawing.up
        across, up = (x - left) / (right - left), (y - low) / (high - low)
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    def place(self, point: QPointF) -> tuple[float, float]:
        """The place of the scales at a point of the widget; the reverse of :meth:`point`."""
        area, (left, right), (low, high) = self.area(), self.drawing.across, self.drawing.up
        across, up = (point.x() - area.left()) / area.width(), (area.bottom() - point.y()) / area.height()
        return left + across * (right - left), low + up * (high - low)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.area().contains(event.position()):
            self.pressed.emit(*self.place(event.position()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        self._paint_scales(painter)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.colour("neutral_1")))
        for left, right, bottom, top in self.drawing.boxes:
            painter.drawRect(QRectF(self.point(left, top), self.point(right, bottom)))
        self._paint_lines(painter)
        painter.setPen(QColor(theme.colour("muted")))
        for x, y, text in self.drawing.texts:
            self._write(painter, self.point(x, y), text)
        painter.end()

    def _paint_scales(self, painter: QPainter) -> None:
        area, metrics = self.area(), self.fontMetrics()
        faint, muted = QColor(theme.colour("line")), QColor(theme.colour("muted"))
        line = metrics.height()
        for at, text in self.drawing.beside:
            y = self.point(0, at).y()
            painter.setPen(muted)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(area.left()) - _GAP)
            box = QRectF(0, y - line, area.left() - _GAP, 2 * line)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, shown)
            if self.drawing.grid:
                painter.setPen(faint)
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(faint)
        painter.drawLine(area.topLeft(), area.bottomLeft())
        painter.setPen(muted)
        # on a narrow chart every second or third mark has room
        widest = max((metrics.horizontalAdvance(text) for _at, text in self.drawing.below), default=0) + _GAP
        room = area.width() / max(1, len(self.drawing.below))
        for at, text in self.drawing.below[:: max(1, math.ceil(widest / room))]:
            x = self.point(at, 0).x()
            painter.drawText(QRectF(x - widest, area.bottom() + _GAP, 2 * widest, line), Qt.AlignmentFlag.AlignHCenter, text)

    def _paint_lines(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.drawing.goal:
            painter.setPen(QPen(QColor(theme.colour("neutral_1")), 2, Qt.PenStyle.DashLine))
            painter.drawPolyline(QPolygonF([self.point(*each) for each in self.drawing.goal]))
        if self.drawing.line:
            points, accent = [self.point(*each) for each in self.drawing.line], QColor(theme.colour("accent"))
            painter.setPen(QPen(accent, 2))
            painter.drawPolyline(QPolygonF(points))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            for each in points:
                painter.drawEllipse(each, _POINT, _POINT)

    def _write(self, painter: QPainter, at: QPointF, text: str) -> None:
        metrics = self.fontMetrics()
        width, line = metrics.horizontalAdvance(text) + 2, metrics.height()
        if self.drawing.texts_above:
            painter.drawText(QRectF(at.x() - width, at.y() - line - 1, 2 * width, line), Qt.AlignmentFlag.AlignHCenter, text)
        else:
            painter.drawText(QRectF(at.x() + _GAP, at.y() - line / 2, width, line), Qt.AlignmentFlag.AlignVCenter, text)
