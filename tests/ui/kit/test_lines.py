"""Layouts in one call: what stands where, how much room is between, which part takes what is left over."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.lines import AROUND_PAGE, REST, across, down, stacked, tabbed


def block(width: int = 20, height: int = 10) -> QWidget:
    part = QWidget()
    part.setFixedSize(QSize(width, height))
    return part


def test_parts_stand_beside_and_below_each_other_with_a_gap_between(qtbot: QtBot) -> None:
    page, one, two, three = QWidget(), block(), block(), block()
    qtbot.addWidget(page)
    down(across(one, two, REST), three, REST, on=page)
    page.resize(200, 200)
    page.show()
    assert [(part.x(), part.y()) for part in (one, two, three)] == [
        (0, 0), (20 + theme.GAP, 0), (0, 10 + theme.GAP),
    ]  # fmt: skip


def test_a_share_takes_what_the_others_leave_inside_the_margins(qtbot: QtBot) -> None:
    page, wide, end = QWidget(), QWidget(), block()
    qtbot.addWidget(page)
    across((wide, 1), end, on=page, gap=4, margins=AROUND_PAGE)
    page.resize(200, 60)
    page.show()
    left, above, right, below = AROUND_PAGE
    assert (wide.x(), wide.width()) == (left, 200 - left - right - 20 - 4)
    assert wide.height() == 60 - above - below


def test_no_gap_of_its_own_is_that_of_the_layout_around(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    inner = across(block(), block(), gap=None)
    down(inner, on=page, gap=3)
    assert inner.spacing() == 3


def test_one_of_several_parts_is_shown_at_a_time(qtbot: QtBot) -> None:
    page, first, second = QWidget(), QWidget(), QWidget()
    qtbot.addWidget(page)
    stack = stacked(first, second, on=page)
    page.show()
    assert (first.isVisible(), second.isVisible()) == (True, False)
    stack.setCurrentIndex(1)
    assert (first.isVisible(), second.isVisible()) == (False, True)


def test_tabs_have_their_titles_in_order(qtbot: QtBot) -> None:
    tabs = tabbed(("甲", QWidget()), ("乙", QWidget()))
    qtbot.addWidget(tabs)
    assert [tabs.tabText(place) for place in range(tabs.count())] == ["甲", "乙"]


def test_a_button_says_and_does_what_it_was_given(qtbot: QtBot) -> None:
    pressed: list[str] = []
    button: QPushButton = push_button("记下", lambda: pressed.append("记下"), "plus", primary=True, hint="<b>现在</b>")
    qtbot.addWidget(button)
    button.click()
    assert (pressed, button.text(), button.property("icon_name"), button.property("primary")) == (["记下"], " 记下", "plus", True)
    assert "&lt;b&gt;" in button.toolTip()
