"""Widgets one beside the other, from the left."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.kit import theme


def line(*widgets: QWidget, gap: int = theme.GAP) -> QHBoxLayout:
    """A line of widgets in the width that each asks for, ``gap`` pixels between them; what is left over stays empty."""
    row = QHBoxLayout()
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
