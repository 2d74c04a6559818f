"""The parts of the window that F6 goes round: side bar, search box, page, the halves of a page, banner."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from ui.kit.enter_presses import EnterPresses


def takes_focus(widget: QWidget) -> bool:
    """True for a control that Tab reaches now."""
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def holds_focus(part: QWidget) -> bool:
    """True when the keyboard is in something inside a part."""
    focus = QApplication.focusWidget()
    return focus is not None and part.isAncestorOf(focus)


def halves(page: QWidget) -> list[QWidget]:
    """The visible parts of the visible splitters of a page, from the outermost."""
    found = [each for each in page.findChildren(QSplitter) if each.isVisible()]
    places = [split.widget(place) for split in found for place in range(split.count())]
    return [each for each in places if each.isVisible()]


class Parts(QObject):
    """Goes from part to part of a window, and comes back to where the focus was in each; in them Enter presses a button."""

    def __init__(self, parent: QObject) -> None:
        """No part was left yet."""
        super().__init__(parent)
        EnterPresses(self)
        self._left: dict[QWidget, QWidget] = {}

    def go(self, parts: list[QWidget], step: int) -> None:
        """Move the focus ``step`` parts on; of two parts that hold it, the later one is the inner one and counts."""
        parts = [each for each in parts if each.isVisible() and self._target(each, parts) is not None]
        focus = QApplication.focusWidget()
        now = self._part_of(focus, parts)
        if focus is not None and now >= 0:
            self._left[parts[now]] = focus
        target = self._target(parts[(now + step) % len(parts)], parts) if parts else None
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _part_of(self, widget: QWidget | None, parts: list[QWidget]) -> int:
        holding = [place for place, each in enumerate(parts) if widget in (each, None) or each.isAncestorOf(widget)]
        return holding[-1] if widget is not None and holding else -1

    def _target(self, part: QWidget, parts: list[QWidget]) -> QWidget | None:
        """Where the focus goes in a part: back to where it was, else to its first control that is in no inner part."""
        place = parts.index(part)
        left = self._left.get(part)
        try:
            if left is not None and takes_focus(left) and self._part_of(left, parts) == place:
                return left
        except RuntimeError:  # deleted meanwhile
            del self._left[part]
        inside = [part, *part.findChildren(QWidget)]
        return next((each for each in inside if takes_focus(each) and self._part_of(each, parts) == place), None)
