"""The cross at the head of what stands beside a list."""

from PySide6.QtWidgets import QPushButton

from models.language import _
from ui.kit.buttons import push_button


def close_button() -> QPushButton:
    """A flat button that shows a cross and is read out as 关闭."""
    button = push_button("", sign="close")
    button.setProperty("flat", True)
    button.setAccessibleName(_("关闭"))
    return button
