"""Dialogs that say more than they did when they were laid out."""

from PySide6.QtWidgets import QDialog


def fit_height(dialog: QDialog) -> None:
    """Make a dialog, which has a layout, as high as what it says now needs at its width; one that is higher stays so."""
    layout = dialog.layout()
    assert layout is not None
    layout.activate()
    needed = layout.totalHeightForWidth(dialog.width()) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    if needed > dialog.height():
        dialog.resize(dialog.width(), needed)
