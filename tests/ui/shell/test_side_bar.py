"""The side bar in windows down to 650 pixels: its name and each of its buttons are seen whole."""

from itertools import pairwise

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.kit.theme import use_theme
from ui.shell.side_bar import SideBar


@pytest.mark.parametrize("height", [1040, 748, 700, 630])
def test_the_name_and_every_button_find_room(qtbot: QtBot, qapp: QApplication, height: int) -> None:
    use_theme(qapp, "light")
    bar = SideBar()
    qtbot.addWidget(bar)
    bar.resize(bar.width(), height)
    bar.show()
    qtbot.waitExposed(bar)
    for _round in range(3):
        QApplication.processEvents()
    parts: list[QWidget] = [bar.name, *bar.buttons.values(), bar.help]
    for part, following in pairwise(parts):
        assert part.geometry().bottom() < following.geometry().top()
    assert bar.help.geometry().bottom() <= height
    room = bar.name.contentsRect().height()
    assert room >= bar.name.fontMetrics().height()
    assert all(part.height() >= part.fontMetrics().height() for part in parts[1:])
