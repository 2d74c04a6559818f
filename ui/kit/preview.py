"""A report's pages on the screen, as they will come out of the printer: turning them, two at once, all of them small, zoom."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QListView, QPushButton, QScrollArea, QSpinBox, QWidget

from models.language import _
from reports import paper
from reports.layout import Layout
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.lines import REST, across, down, wrapped
from ui.kit.plain import Label, tip

_SCREEN_DPI = 96.0
_RESIZED_MS = 80
_THUMB_WIDTH = 90
#: Entries of the zoom list that depend on the room there is; the others are factors.
WIDTH, PAGE = "width", "page"


class Preview(QWidget):
    """Shows one page of a layout at a time, or two; nothing without one. At the left, where wished, all pages stand small."""

    def __init__(self) -> None:
        """Without a layout."""
        super().__init__()
        self.layout_shown: Layout | None = None
        self.page = Label()
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setAccessibleName(_("页面预览"))
        self.area = QScrollArea()
        self.area.setAccessibleName(_("页面预览"))
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setWidget(self.page)
        self.area.setObjectName("desk")
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
        self.zoom = choice_box(_("缩放"))
        for title, value in ((_("适合宽度"), WIDTH), (_("整页"), PAGE), ("75%", 0.75), ("100%", 1.0), ("150%", 1.5), ("200%", 2.0)):
            self.zoom.addItem(title, value)
        self.zoom.currentIndexChanged.connect(self._draw)
        self.two = push_button(_("两页"), stays=True, hint=_("两页并排看"))
        self.two.toggled.connect(self._draw)
        self.small = push_button(_("缩略图"), stays=True, hint=_("左边列出各页的小图，点一页就翻到那一页"))
        self.small.toggled.connect(self._show_small)
        self.thumbs = Thumbnails()
        self.thumbs.chosen.connect(self.number.setValue)
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(_RESIZED_MS)
        self._resized.timeout.connect(self._draw)
        self._lay_out()
        self.show_layout(None)

    def _lay_out(self) -> None:
        bar = wrapped(self.before, self.number, self.count, self.after, REST, self.small, self.two, self.zoom)
        down(bar, (across(self.thumbs, (self.area, 1)), 1), on=self)
        self.thumbs.hide()

    def _show_small(self, wished: bool) -> None:
        self.thumbs.setVisible(wished)
        self.thumbs.show_layout(self.layout_shown if wished else None)

    def show_layout(self, layout: Layout | None, *, same: bool = False) -> None:
        """Show another report's first page, or nothing. ``same``: it is the one that is shown, made anew, and its page stays."""
        self.layout_shown = layout
        pages = len(layout.pages) if layout else 0
        with QSignalBlocker(self.number):
            self.number.setRange(1, max(1, pages))
            if not same:
                self.number.setValue(1)
        self.count.setText(_("/ {pages:,} 页").format(pages=pages))
        if self.small.isChecked():
            self.thumbs.show_layout(layout)
        self._draw()

    def _go_before(self) -> None:
        self.number.setValue(self.number.value() - (2 if self.two.isChecked() else 1))

    def _go_after(self) -> None:
        self.number.setValue(self.number.value() + (2 if self.two.isChecked() else 1))

    def scale(self) -> float:
        """How large the page is shown; 1 is the size of the paper."""
        layout, chosen = self.layout_shown, self.zoom.currentData()
        if layout is None or isinstance(chosen, float):
            return float(chosen) if isinstance(chosen, float) else 1.0
        wide, high = (side / paper.UNITS_PER_INCH * _SCREEN_DPI for side in layout.paper)
        room = self.area.viewport().size()
        wide *= 2 if self.two.isChecked() else 1
        across = (room.width() - 8) / wide
        return max(0.2, across if chosen == WIDTH else min(across, (room.height() - 8) / high))

    def _draw(self) -> None:
        layout = self.layout_shown
        pages = len(layout.pages) if layout else 0
        for part in (self.number, self.count, self.zoom, self.two, self.small):
            part.setEnabled(pages > 0)
        self.before.setEnabled(self.number.value() > 1)
        self.after.setEnabled(self.number.value() < pages)
        if layout is None:
            self.page.clear()
            self.page.resize(0, 0)
            return
        # drawn at the screen's own resolution: a page scaled up afterwards is blurred at 150 and 200 %
        ratio, first = self.devicePixelRatioF(), self.number.value()
        numbers = [first, first + 1] if self.two.isChecked() and first < pages else [first]
        picture = _beside([paper.page_image(layout, number, _SCREEN_DPI * self.scale() * ratio) for number in numbers])
        picture.setDevicePixelRatio(ratio)
        self.thumbs.point_at(first)
        self.page.setPixmap(picture)
        self.page.resize(picture.deviceIndependentSize().toSize())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.area.viewport():
            self._resized.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized.start()


def _beside(images: list[QImage]) -> QPixmap:
    """Pages from left to right, a little apart."""
    if len(images) == 1:
        return QPixmap.fromImage(images[0])
    apart = images[0].width() // 100
    whole = QPixmap(sum(image.width() for image in images) + apart, max(image.height() for image in images))
    whole.fill(Qt.GlobalColor.transparent)
    painter, left = QPainter(whole), 0
    for image in images:
        painter.drawImage(left, 0, image)
        left += image.width() + apart
    painter.end()
    return whole


class Thumbnails(QListView):
    """All pages, small; each is drawn when it is first seen. ``chosen(int)`` brings the number of the page that was clicked."""

    chosen = Signal(int)

    def __init__(self) -> None:
        """Without a layout."""
        super().__init__()
        self.setAccessibleName(_("各页的小图"))
        self.setFixedWidth(_THUMB_WIDTH + 44)
        self.setUniformItemSizes(True)
        self._pages = ThumbnailModel(self)
        self.setModel(self._pages)
        self.clicked.connect(self._tell)

    def show_layout(self, layout: Layout | None) -> None:
        """Show the pages of a layout, or none."""
        self._pages.show_layout(layout)
        if layout is not None:
            wide, high = layout.paper
            self.setIconSize(QSize(_THUMB_WIDTH, round(_THUMB_WIDTH * high / wide)))

    def point_at(self, number: int) -> None:
        """Mark a page, without telling."""
        index = self._pages.index(number - 1, 0)
        if index.isValid():
            self.setCurrentIndex(index)

    def _tell(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row() + 1)


class ThumbnailModel(QAbstractListModel):
    """The pages of a layout as small pictures."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Without a layout."""
        super().__init__(parent)
        self._layout: Layout | None = None
        self._drawn: dict[int, QIcon] = {}

    def show_layout(self, layout: Layout | None) -> None:
        """Take another layout's pages."""
        self.beginResetModel()
        self._layout, self._drawn = layout, {}
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return len(self._layout.pages) if self._layout is not None and not (parent and parent.isValid()) else 0

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        layout, row = self._layout, index.row()
        if layout is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(row + 1)
        if role == Qt.ItemDataRole.DecorationRole:
            if row not in self._drawn:
                dpi = _THUMB_WIDTH * paper.UNITS_PER_INCH / layout.paper[0]
                self._drawn[row] = QIcon(QPixmap.fromImage(paper.page_image(layout, row + 1, dpi)))
            return self._drawn[row]
        return None
