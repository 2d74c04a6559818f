"""A list of which one entry is chosen, in one call."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtWidgets import QComboBox

from ui.kit.list_box import ListBox, put_in


def choice_box(
    name: str, choices: Iterable[tuple[str, Any]] = (), chosen: Callable[..., Any] | None = None,
    *, first: int = 0, least: int = 0,
) -> QComboBox:  # fmt: skip
    """Choices as (what is read, what ``currentData`` brings), that of the number ``first`` chosen to begin with.

    ``name`` is what a screen reader says; ``chosen`` is called when a person chose one. ``least``: where there is little room
    it is only so many characters wide, however long the choices are.
    """
    box = ListBox()
    box.setAccessibleName(name)
    put_in(box, choices)
    box.setCurrentIndex(first)
    if least:
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(least)
    if chosen is not None:
        box.activated.connect(chosen)
    return box
