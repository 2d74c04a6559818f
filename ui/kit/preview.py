"""A report's pages on the screen, as they will come out of the printer: turning pages, and zoom."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QComboBox, QPushButton, QScrollArea, QSpinBox, QWidget

from models.language import _
from reports import paper
from reports.layout import Layout
from ui.kit.lines import REST, across, down
from ui.kit.plain import Label, tip

_SCREEN_DPI = 96.0
_RESIZED_MS = 80
#: Entries of the zoom list that depend on the room there is; the others are factors.
WIDTH, PAGE = "width", "page"


class Preview(QWidget):
    """Shows one page of a layout at a time; nothing without one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Without a layout."""
        super().__init__(parent)
        self.layout_shown: Layout | None = None
        self.page = Label()
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setAccessibleName(_("页面预览"))
        self.area = QScrollArea()
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setWidget(self.page)
        self.area.setObjectName("desk")
        self.area.setStyleSheet("QScrollArea#desk { background: palette(window); border: 1px solid palette(mid); }")
        self.area.viewport().installEventFilter(self)
        self.before = QPushButton("‹")
        self.after = QPushButton("›")
        for button, name in ((self.before, _("上一页")), (self.after, _("下一页"))):
            button.setToolTip(tip(name))
            button.setAccessibleName(name)
            button.setFixedWidth(36)
        self.before.clicked.connect(self._go_before)
        self.after.clicked.connect(self._go_after)
        self.number = QSpinBox()
        self.number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.number.setAccessibleName(_("页码"))
        self.number.setFixedWidth(56)
        self.number.valueChanged.connect(self._draw)
        self.count = Label()
        self.zoom = QComboBox()
        self.zoom.setAccessibleName(_("缩放"))
        for title, value in ((_("适合宽度"), WIDTH), (_("整页"), PAGE), ("75%", 0.75), ("100%", 1.0), ("150%", 1.5), ("200%", 2.0)):
            self.zoom.addItem(title, value)
        self.zoom.currentIndexChanged.connect(self._draw)
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(_RESIZED_MS)
        self._resized.timeout.connect(self._draw)
        self._lay_out()
        self.show_layout(None)

    def _lay_out(self) -> None:
        down(across(self.before, self.number, self.count, self.after, REST, self.zoom), (self.area, 1), on=self)

    def show_layout(self, layout: Layout | None) -> None:
        """Show another report's first page, or nothing."""
        self.layout_shown = layout
        pages = len(layout.pages) if layout else 0
        self.number.blockSignals(True)
        self.number.setRange(1, max(1, pages))
        self.number.setValue(1)
        self.number.blockSignals(False)
        self.count.setText(_("/ {pages:,} 页").format(pages=pages))
        self._draw()

    def _go_before(self) -> None:
        self.number.setValue(self.number.value() - 1)

    def _go_after(self) -> None:
        self.number.setValue(self.number.value() + 1)

    def scale(self) -> float:
        """How large the page is shown; 1 is the size of the paper."""
        layout, chosen = self.layout_shown, self.zoom.currentData()
        if layout is None or isinstance(chosen, float):
            return float(chosen) if isinstance(chosen, float) else 1.0
        wide, high = (side / paper.UNITS_PER_INCH * _SCREEN_DPI for side in layout.paper)
        room = self.area.viewport().size()
        across = (room.width() - 8) / wide
        return max(0.2, across if chosen == WIDTH else min(across, (room.height() - 8) / high))

    def _draw(self) -> None:
        layout = self.layout_shown
        pages = len(layout.pages) if layout else 0
        for part in (self.number, self.count, self.zoom):
            part.setEnabled(pages > 0)
        self.before.setEnabled(self.number.value() > 1)
        self.after.setEnabled(self.number.value() < pages)
        if layout is None:
            self.page.clear()
            self.page.resize(0, 0)
            return
        # drawn at the screen's own resolution: a page scaled up afterwards is blurred at 150 and 200 %
        ratio = self.devicePixelRatioF()
        picture = QPixmap.fromImage(paper.page_image(layout, self.number.value(), _SCREEN_DPI * self.scale() * ratio))
        picture.setDevicePixelRatio(ratio)
        self.page.setPixmap(picture)
        self.page.resize(picture.deviceIndependentSize().toSize())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.area.viewport():
            self._resized.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized.start()
