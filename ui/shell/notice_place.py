"""Where the banner stands: over the header, between the page's title and the search box, so that no page moves for it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from ui.kit import theme
from ui.kit.notices import Notices

#: The narrowest banner that can be read; where the header leaves less, it lies over its tools.
_NARROWEST, _WIDEST = 420, 860


class NoticePlace(QObject):
    """Keeps the banner in its place. A long sentence grows downwards over the page, which stays where it is."""

    def __init__(self, notices: Notices, title: QWidget, tools: Sequence[QWidget], content: QWidget) -> None:
        """``title``: at the left of the header; ``tools``: what stands at its right; ``content``: below both."""
        super().__init__(content)
        self._notices, self._title, self._tools, self._content = notices, title, tools, content
        notices.setParent(content)
        notices.hide()
        notices.setProperty("over", True)
        for each in (notices, content, *tools):
            each.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whatever changes the room, or what is told, moves the banner."""
        wanted = event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest, QEvent.Type.Move)
        if wanted and not self._notices.isHidden():
            self._put()
        return super().eventFilter(watched, event)

    def _put(self) -> None:
        left = self._title.mapTo(self._content, self._title.rect().topLeft()).x()
        left += self._title.fontMetrics().horizontalAdvance(self._title.property("text") or "") + theme.PAGE
        tools = [each for each in self._tools if not each.isHidden()]
        right = min(each.mapTo(self._content, each.rect().topLeft()).x() for each in tools) - theme.WIDE
        wide = min(max(right - left, _NARROWEST), _WIDEST, self._content.width() - 2 * theme.GAP)
        left = max(theme.GAP, min(left, self._content.width() - wide - theme.GAP))
        header = self._title.parentWidget()
        room = header.height() if header is not None else 0
        high = max(self._notices.heightForWidth(wide), self._notices.minimumSizeHint().height())
        place = (left, max(1, (room - high) // 2), wide, high)
        if self._notices.geometry().getRect() != place:
            self._notices.setGeometry(*place)
        self._notices.raise_()
