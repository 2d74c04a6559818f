"""A button in one line: what it says, what it does, its sign."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QPushButton

from ui.kit.icons import dress
from ui.kit.plain import tip


def push_button(
    text: str, does: Callable[..., Any] | SignalInstance | None = None, sign: str = "", tint: str = "muted",
    *, primary: bool = False, flat: bool = False, stays: bool = False, hint: str = "",
) -> QPushButton:  # fmt: skip
    """A button that ``does`` something when it is pressed: a bound method, or a signal that is sent on.

    ``text`` is "" where a command gives it (``ui.kit.acting.act_by``); ``sign``: an icon's name, in the colour ``tint``;
    ``primary``: it does what is most likely wanted; ``flat``: without a frame; ``stays``: down until it is pressed again;
    ``hint``: its tool tip.
    """
    button = QPushButton(text)
    if sign:
        dress(button, sign, tint)
    if primary:
        button.setProperty("primary", True)
    if flat:
        button.setProperty("flat", True)
    button.setCheckable(stays)
    if hint:
        button.setToolTip(tip(hint))
    if does is not None:
        button.clicked.connect(does)
    return button
