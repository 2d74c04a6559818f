"""A layout whose widgets stand one after the other and go on in the next line where the width ends."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.kit import theme


class Flow(QLayout):
    """Widgets from left to right, line by line; hidden ones take no place."""

    def __init__(self, parent: QWidget | None = None, spacing: int = theme.GAP) -> None:
        """Without margins."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        """How many items there are, as Qt asks."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # as above
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), only_measure=True)

    def setGeometry(self, rectangle: QRect) -> None:
        super().setGeometry(rectangle)
        self._place(rectangle, only_measure=False)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        least = QSize()
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, within: QRect, only_measure: bool) -> int:
        """Lay the lines out, the widgets of one line on one middle; returns the height of all."""
        top, gap = within.y(), self.spacing()
        line: list[tuple[QLayoutItem, int]] = []
        at = within.x()
        for item in self._shown():
            size = item.sizeHint()
            if line and at + size.width() > within.right() + 1:
                top += self._finish(line, top, only_measure) + gap
                line, at = [], within.x()
            line.append((item, at))
            at += size.width() + gap
        return top + self._finish(line, top, only_measure) - within.y()

    def _finish(self, line: list[tuple[QLayoutItem, int]], top: int, only_measure: bool) -> int:
        height = max((item.sizeHint().height() for item, _at in line), default=0)
        if not only_measure:
            for item, at in line:
                size = item.sizeHint()
                item.setGeometry(QRect(QPoint(at, top + (height - size.height()) // 2), size))
        return height
