"""A chart on the first page: what ``reports/chart.py`` puts where, painted by the papers' painter in the theme's colours."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from reports import paper
from reports.chart import Drawing, Lettering, Room, Scales, put_chart, scales_of
from reports.paper_page import PaperPage
from ui.kit import theme

#: What stands between a drawing and its edge, and between a mark of a scale and the scale.
_EDGE, _GAP = 8, 6
#: The width of lines, and the radius of a point of a line.
_THIN, _THICK, _POINT = 1.0, 2.0, 3.0


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

    def _room(self) -> Room:
        return Room(0, 0, self.width(), self.height(), _GAP, _EDGE)

    def _letters(self) -> Lettering:
        metrics = self.fontMetrics()
        return Lettering(metrics.ascent(), metrics.descent(), metrics.horizontalAdvance)

    def scales(self) -> Scales:
        """Where its scales lie in the widget, in pixels."""
        return scales_of(self.drawing, self._room(), self._letters())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at, scales = event.position(), self.scales()
        if event.button() == Qt.MouseButton.LeftButton and scales.holds(at.x(), at.y()):
            self.pressed.emit(*scales.place(at.x(), at.y()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        page = PaperPage()
        put_chart(page, self.drawing, self._room(), self._letters())
        ground, muted = QColor(theme.colour("neutral_1")), QColor(theme.colour("muted"))
        lines = paper.Lines(QColor(theme.colour("line")), QColor(theme.colour("accent")), ground, _THIN, _THICK, _POINT)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.font())
        paper.paint_lines(painter, PaperPage(rules=page.rules), lines)
        paper.paint_tints(painter, page, ground)  # a column stands before the grid
        paper.paint_lines(painter, PaperPage(strokes=page.strokes), lines)
        painter.setPen(muted)
        for text in page.texts:
            painter.drawText(QPointF(text.x, text.baseline), text.text)
        painter.end()
