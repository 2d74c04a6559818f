"""What a page shows is asked for when it is first seen, and after a change at once or when it is seen again."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QWidget

from models.values.name_order import usual
from ui.kit.context import Changes


class CatchingUp(QObject):
    """Fills a widget that is behind as soon as it is seen; while nobody sees it, nothing is asked for.

    ``behind`` is True while the widget does not show what the register holds. Whatever else fills the widget sets it to
    False, so that the widget is not filled twice.
    """

    _due = Signal()

    def __init__(
        self,
        widget: QWidget,
        fill: Callable[[], Any],
        changes: Changes | None = None,
        kinds: frozenset[str] = frozenset(),
        *,
        behind: bool = True,
    ) -> None:
        """``fill()`` is called when it is time; the widget falls behind when records of these ``kinds`` change."""
        super().__init__(widget)
        self.behind, self._kinds = behind, kinds
        self._way = usual()
        self._due.connect(fill)  # by a signal, which does not keep the widget alive
        widget.installEventFilter(self)
        if changes is not None:
            changes.changed.connect(self._on_changed)

    def fall_behind(self) -> None:
        """What the widget shows holds no longer: fill it now if it is seen, else when it is."""
        self.behind = True
        widget = self.parent()
        if isinstance(widget, QWidget) and widget.isVisible():
            self._catch_up()

    def _catch_up(self) -> None:
        self.behind = False
        self._due.emit()

    def _on_changed(self, kinds: set[str]) -> None:
        if kinds & self._kinds:
            self.fall_behind()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            way, self._way = self._way, usual()
            if self.behind or way != self._way:  # what lists names lists them in another order now
                self._catch_up()
        return super().eventFilter(watched, event)
