"""A layout whose widgets stand one after the other and go on in the next line where the width ends."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from ui.kit import theme

#: What takes the room that is left over is pushed together to so many pixels before it goes into another line.
_LEAST = 120


class Flow(QLayout):
    """Widgets from left to right, line by line; hidden ones take no place."""

    def __init__(self, parent: QWidget | None = None, spacing: int = theme.GAP) -> None:
        """Without margins."""
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._shares: dict[int, int] = {}
        self._pushed = -1
        self.setContentsMargins(QMargins())
        self.setSpacing(spacing)

    def add(self, widget: QWidget, share: int = 0) -> None:
        """Put a widget at the end; ``share``: of the room that its line leaves over."""
        self._shares[len(self._items)] = share
        self.addWidget(widget)

    def push(self) -> None:
        """What comes from now on stands at the right end of its line."""
        self._pushed = len(self._items)

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
        for place, item in enumerate(self._items):
            if not item.isEmpty():
                least = least.expandedTo(QSize(min(self._width(place), item.minimumSize().width()), item.minimumSize().height()))
        return least

    def _width(self, place: int) -> int:
        """How wide a widget is at least, where it stands with others in a line."""
        item = self._items[place]
        wanted = item.sizeHint().width()
        return max(item.minimumSize().width(), min(wanted, _LEAST)) if self._shares.get(place) else wanted

    def _lines(self, width: int) -> list[list[int]]:
        """The places of the widgets that stand in each line."""
        lines: list[list[int]] = []
        at = 0
        for place, item in enumerate(self._items):
            if item.isEmpty():
                continue
            needed = self._width(place)
            if lines and at + needed <= width:
                lines[-1].append(place)
            else:
                lines.append([place])
                at = 0
            at += needed + self.spacing()
        return lines

    def _place(self, within: QRect, only_measure: bool) -> int:
        """Lay the lines out, the widgets of one line on one middle; returns the height of all."""
        top = within.y()
        for line in self._lines(within.width()):
            top += self._finish(line, QRect(within.x(), top, within.width(), 0), only_measure) + self.spacing()
        return max(0, top - self.spacing() - within.y())

    def _finish(self, line: list[int], within: QRect, only_measure: bool) -> int:
        widths = {place: min(self._width(place), within.width()) for place in line}
        over = within.width() - sum(widths.values()) - self.spacing() * (len(line) - 1)
        shares = sum(self._shares.get(place, 0) for place in line)
        for place in line if shares and over > 0 else ():
            widths[place] += over * self._shares.get(place, 0) // shares
        heights = {place: self._height(self._items[place], width) for place, width in widths.items()}
        height, at = max(heights.values()), within.x()
        for place in line if not only_measure else ():
            if not shares and self._pushed >= 0 and place == next((each for each in line if each >= self._pushed), -1):
                at += max(0, over)
            left = QPoint(at, within.y() + (height - heights[place]) // 2)
            self._items[place].setGeometry(QRect(left, QSize(widths[place], heights[place])))
            at += widths[place] + self.spacing()
        return height

    def _height(self, item: QLayoutItem, width: int) -> int:
        return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
