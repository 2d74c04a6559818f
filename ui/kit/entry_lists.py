"""Entries of short lists: what each stands for, which of them are ticked; the list at the side of a page."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ui.kit import theme
from ui.kit.plain import tip

_DATA = Qt.ItemDataRole.UserRole


def entry(text: str, data: Any, *, high: int = 0, hint: str = "", ticked: bool | None = None) -> QListWidgetItem:
    """An entry that stands for ``data``, ``high`` pixels high; ``ticked``: with a box before it, None for none."""
    item = QListWidgetItem(text)
    item.setData(_DATA, data)
    if high:
        item.setSizeHint(QSize(0, high))
    if hint:
        item.setToolTip(tip(hint))
    if ticked is not None:
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    return item


def meant(item: QListWidgetItem | None) -> Any:
    """What an entry stands for; None for no entry."""
    return item.data(_DATA) if item is not None else None


def entries(of: QListWidget) -> list[QListWidgetItem]:
    """The entries of a list, from the top."""
    return [of.item(row) for row in range(of.count())]


def ticked_of(of: QListWidget) -> list[Any]:
    """What the ticked entries stand for, from the top."""
    return [meant(item) for item in entries(of) if item.checkState() == Qt.CheckState.Checked]


class SideList(QListWidget):
    """What a page shows one of, at its side."""

    def __init__(self, name: str, width: int) -> None:
        """``name`` is what a screen reader says; ``width`` in pixels."""
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("roomy", True)
        self.setFixedWidth(width)

    def offer(self, offered: Iterable[tuple[str, Any, str]], row: int) -> None:
        """Offer (text, what it stands for, tool tip), that of a row chosen, -1 for none, without telling."""
        with QSignalBlocker(self):
            self.clear()
            for text, data, hint in offered:
                self.addItem(entry(text, data, high=theme.ROW_HEIGHT + 4, hint=hint))
            self.setCurrentRow(row)

    @property
    def chosen(self) -> Any:
        """What the chosen entry stands for, None while none is."""
        return meant(self.currentItem())
