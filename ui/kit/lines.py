"""Laying out: parts one beside the other, one below the other, one at a time, or behind tabs."""

from collections.abc import Sequence
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QButtonGroup,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedLayout,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ui.kit import theme
from ui.kit.flow import Flow

#: What a layout takes: a part, a part with its share of the room that is left over, or such a share for nothing at all.
Part = QWidget | QLayout | tuple[QWidget | QLayout, int] | int
#: Pixels at the left, above, at the right and below.
Margins = tuple[int, int, int, int]

#: What is left over stays empty here.
REST = 1
#: No room around the parts.
NONE: Margins = (0, 0, 0, 0)
#: Around what a page shows, and around what a dialog asks.
AROUND_PAGE: Margins = (theme.WIDE, theme.GAP + 4, theme.WIDE, theme.GAP)
AROUND_DIALOG: Margins = (theme.PAGE, theme.PAGE, theme.PAGE, theme.WIDE)
ALL_AROUND: Margins = (theme.PAGE, theme.PAGE, theme.PAGE, theme.PAGE)
#: Above what a tab shows; left of what stands beside a list.
BELOW_TABS: Margins = (0, theme.GAP, 0, 0)
BESIDE_LIST: Margins = (theme.GAP, 0, 0, 0)

#: What scrolls is pushed together to about one line before anything around it loses its place.
_LEAST_HEIGHT = 40

_Box = TypeVar("_Box", bound=QBoxLayout)


def across(
    *parts: Part, on: QWidget | None = None, gap: int | None = theme.GAP, margins: Margins | None = NONE
) -> QHBoxLayout:
    """Parts from left to right, ``gap`` pixels between them; ``on`` a widget, or to be put into another layout.

    None for ``gap`` or ``margins``: what the look says, or the layout around it.
    """
    return _filled(QHBoxLayout(), parts, on, gap, margins)


def down(
    *parts: Part, on: QWidget | None = None, gap: int | None = theme.GAP, margins: Margins | None = NONE
) -> QVBoxLayout:
    """Parts from above to below; all else as in :func:`across`."""
    return _filled(QVBoxLayout(), parts, on, gap, margins)


def line(*widgets: QWidget, gap: int = theme.GAP) -> QHBoxLayout:
    """A line of widgets in the width that each asks for; what is left over at the right stays empty."""
    return across(*widgets, REST, gap=gap)


def wrapped(*parts: QWidget | tuple[QWidget, int] | int, on: QWidget | None = None) -> Flow:
    """As :func:`across`, but what has no room in the line goes on in the next one; after REST things stand at the right end."""
    flow = Flow(on)
    for part in parts:
        if isinstance(part, int):
            flow.push()
        else:
            flow.add(*(part if isinstance(part, tuple) else (part, 0)))
    return flow


def in_columns(
    *wide: int, on: QWidget | None = None, gaps: tuple[int, int] = (theme.GAP, 4), margins: Margins | None = None
) -> QGridLayout:
    """Parts that are put into lines and columns; the columns ``wide`` share what is left over.

    ``gaps``: pixels between columns and between lines; ``margins`` as in :func:`across`.
    """
    grid = QGridLayout() if on is None else QGridLayout(on)
    grid.setHorizontalSpacing(gaps[0])
    grid.setVerticalSpacing(gaps[1])
    if margins is not None:
        grid.setContentsMargins(*margins)
    for column in wide:
        grid.setColumnStretch(column, 1)
    return grid


def titled(*rows: tuple[str, QWidget | QLayout], gaps: tuple[int, int] | None = None) -> QFormLayout:
    """Parts one below the other, each behind its title, "" for none; ``gaps``: pixels behind the titles, between the lines."""
    form = QFormLayout()
    if gaps is not None:
        form.setHorizontalSpacing(gaps[0])
        form.setVerticalSpacing(gaps[1])
    for title, part in rows:
        form.addRow(title, part)
    return form


def scrolled(content: QWidget, name: str = "", *, sideways: bool = True, by_tab: bool = True) -> QScrollArea:
    """Content that scrolls where it has no room, ``sideways`` too; ``by_tab``: Tab stops at it before its parts.

    ``name`` is what a screen reader says where it stops.
    """
    area = QScrollArea()
    area.setAccessibleName(name)
    area.setWidgetResizable(True)
    if not sideways:
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(_LEAST_HEIGHT)  # Qt would keep room for bars that there are none of
    if not by_tab:
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def divided(*parts: QWidget, sizes: Sequence[int]) -> QSplitter:
    """Parts side by side whose border a person can move; none can be pushed together to nothing."""
    split = QSplitter()
    split.setChildrenCollapsible(False)
    for part in parts:
        split.addWidget(part)
    split.setSizes(list(sizes))
    return split


def one_of(*choices: QAbstractButton, parent: QWidget) -> QHBoxLayout:
    """A line of choices of which one holds at a time, whatever is chosen elsewhere in ``parent``."""
    group = QButtonGroup(parent)
    for choice in choices:
        group.addButton(choice)
    return across(*choices, REST, gap=theme.WIDE)


def holding(layout: QLayout) -> QWidget:
    """A part that is laid out so: behind a tab, in a splitter, among those of which one is shown at a time."""
    part = QWidget()
    part.setLayout(layout)
    return part


def on_paper(layout: QLayout) -> QWidget:
    """The same on paper, as a page is: what scrolls."""
    part = holding(layout)
    part.setObjectName("content")
    return part


def one_shown(*parts: QWidget) -> QStackedWidget:
    """Parts of which one is shown at a time, the first one to begin with."""
    stack = QStackedWidget()
    for part in parts:
        stack.addWidget(part)
    return stack


def stacked(*parts: QWidget, on: QWidget) -> QStackedLayout:
    """The same on a widget that is there already."""
    stack = QStackedLayout(on)
    for part in parts:
        stack.addWidget(part)
    return stack


def tabbed(*tabs: tuple[str, QWidget]) -> QTabWidget:
    """Parts of which one is chosen by its title."""
    made = QTabWidget(documentMode=True)
    for title, part in tabs:
        made.addTab(part, title)
    return made


def _filled(box: _Box, parts: tuple[Part, ...], on: QWidget | None, gap: int | None, margins: Margins | None) -> _Box:
    if on is not None:
        on.setLayout(box)
    if margins is not None:
        box.setContentsMargins(*margins)
    if gap is not None:
        box.setSpacing(gap)
    for part in parts:
        _add(box, *(part if isinstance(part, tuple) else (part, 0)))
    return box


def _add(box: QBoxLayout, part: QWidget | QLayout | int, share: int) -> None:
    if isinstance(part, int):
        box.addStretch(part)
    elif isinstance(part, QWidget):
        box.addWidget(part, share)
    else:
        box.addLayout(part, share)
