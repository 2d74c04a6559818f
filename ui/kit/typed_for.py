"""What is typed for the selected rows of a list is about them: it goes when none of them is selected any more."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any


class TypedFor:
    """Remembers for which rows something stands in the fields beside a list."""

    def __init__(self, typed: Callable[[], bool], drop: Callable[[], Any]) -> None:
        """``typed()``: something stands there; ``drop()`` takes it away."""
        self._typed, self._drop = typed, drop
        self._rows: set[Hashable] = set()

    def chosen(self, rows: Iterable[Hashable]) -> None:
        """Other rows are selected now, known by their keys. Rows that come to those it was typed for belong to it too."""
        now = set(rows)
        if not now:
            return
        if self._typed() and self._rows and not now & self._rows:
            self._drop()
        self._rows = self._rows | now if self._typed() else now
