"""A page asks the register when it is first seen, at once after a change while it is seen, and else when it is seen again."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.kit.catching_up import CatchingUp
from ui.kit.context import Changes


class Page(QWidget):
    """Counts how often it was filled."""

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.filled = 0
        self.catching_up = CatchingUp(self, self.fill, changes, frozenset({"worker"}))

    def fill(self) -> None:
        self.catching_up.behind = False
        self.filled += 1


@pytest.fixture
def changes() -> Changes:
    return Changes()


@pytest.fixture
def page(qtbot: QtBot, changes: Changes) -> Page:
    made = Page(changes)
    qtbot.addWidget(made)
    return made


def test_nothing_is_asked_for_before_the_page_is_seen(page: Page, changes: Changes) -> None:
    changes.changed.emit({"worker"})
    assert page.filled == 0
    page.show()
    assert page.filled == 1


def test_what_changes_while_the_page_is_hidden_is_caught_up_once_when_it_is_seen_again(page: Page, changes: Changes) -> None:
    page.show()
    page.hide()
    changes.changed.emit({"worker"})
    changes.changed.emit({"worker", "union"})
    assert page.filled == 1
    page.show()
    assert page.filled == 2
    page.hide()
    page.show()
    assert page.filled == 2


def test_a_page_that_is_seen_follows_only_the_changes_that_concern_it(page: Page, changes: Changes) -> None:
    page.show()
    changes.changed.emit({"union"})
    assert page.filled == 1
    changes.changed.emit({"worker"})
    assert page.filled == 2


def test_a_page_that_was_filled_while_hidden_is_not_filled_again(page: Page) -> None:
    page.fill()
    page.show()
    assert page.filled == 1


def test_a_page_inside_another_counts_as_seen_only_with_it(qtbot: QtBot, changes: Changes) -> None:
    outer = QWidget()
    qtbot.addWidget(outer)
    page = Page(changes)
    page.setParent(outer)
    page.show()
    changes.changed.emit({"worker"})
    assert page.filled == 0
    outer.show()
    assert page.filled == 1
