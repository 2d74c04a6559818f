"""A monkey at the window: seeded, random but legal mouse and key events on every page, in every size, theme and language.

No exception, no window left behind, the two halves of each row in step, nothing written outside a batch. 200 events in the
suite, each page in one of the light manners; 2,000 a page in every manner with JIANHUI_FULL=1, and those of a screen that is
shown at 200 % with QT_SCALE_FACTOR=2 besides: `sh scripts/monkey` does both. What leaves the page, closes the program or opens
a file dialog is left to other tests.
"""

import os
import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QHeaderView, QMenu, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from models.engine import database
from models.journal import entries
from models.journal.log import Batch
from models.language import use_language
from models.records.catalogue import RECORDS
from models.register.register import Register
from tests.aids.typing import type_text
from tests.aids.whole_window import closed, own_copy, shown_window, wait
from ui.kit import theme
from ui.kit.commands import pages
from ui.kit.frozen import FrozenHeader, FrozenTable
from ui.shell.window import Window

_FULL = os.environ.get("JIANHUI_FULL") == "1"
_EVENTS = 2_000 if _FULL else 200
_SEED = 20_261_130
_LEFT, _NO = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_KEYS = (
    Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return,
    Qt.Key.Key_Escape, Qt.Key.Key_F2, Qt.Key.Key_Delete, Qt.Key.Key_Space, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageDown,
)  # fmt: skip
_TYPED = "a1张 9-"
#: After so many milliseconds a menu or a question is left again.
_ANSWERS_MS = 40


class Manner(NamedTuple):
    """How the window is shown: its size, its theme, its language."""

    size: tuple[int, int]
    mode: theme.Mode
    language: str


_MANNERS = {
    "1366x768": Manner((1366, 768), "light", "zh"), "1100x650": Manner((1100, 650), "light", "zh"),
    "narrow": Manner((800, 520), "light", "zh"), "dark": Manner((1366, 768), "dark", "zh"),
    "en": Manner((1100, 650), "light", "en"),
}  # fmt: skip
#: How the window is on a screen of 1600×1040 that is shown at 200 %.
if os.environ.get("QT_SCALE_FACTOR") == "2":
    _MANNERS = {"200": Manner((800, 520), "light", "zh"), "200-dark": Manner((800, 520), "dark", "en")}


class Monkey:
    """Acts on one page of a window; ``failed`` holds what went wrong."""

    def __init__(self, qtbot: QtBot, window: Window, seed: int) -> None:
        self.qtbot, self.window, self.chance = qtbot, window, random.Random(seed)
        self.done: list[str] = []
        # a menu and a question run until they are answered
        self._answering = QTimer(window, interval=_ANSWERS_MS)
        self._answering.timeout.connect(self._answer)
        self._answering.start()

    def stop(self) -> None:
        """Leave the window alone."""
        self._answering.stop()

    def _answer(self) -> None:
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if top is not None:
            self._leave(top)

    def act(self, page: QWidget) -> None:
        """One event, where a person could have made it."""
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if top is not None:
            self._leave(top)
            return
        seen = [each for each in page.findChildren(QWidget) if each.isVisible() and each.isEnabled() and _legal(each)]
        if not seen:
            return
        target, chosen = self.chance.choice(seen), self.chance.random()
        place = QPoint(self.chance.randrange(max(1, target.width())), self.chance.randrange(max(1, target.height())))
        name = f"{type(target).__name__} {target.accessibleName() or target.objectName()}"
        if chosen < 0.45:
            self.done.append(f"click {name} {place.toTuple()}")
            self.qtbot.mouseClick(target, _LEFT, pos=place)
        elif chosen < 0.55:
            self.done.append(f"double click {name} {place.toTuple()}")
            self.qtbot.mouseClick(target, _LEFT, pos=place)
            if target.isVisible():
                self.qtbot.mouseDClick(target, _LEFT, pos=place)
        else:
            self._press(page, seen)

    def _press(self, page: QWidget, seen: list[QWidget]) -> None:
        if not self.window.isActiveWindow():  # a menu that was left does not give the keyboard back on every screen
            self.window.activateWindow()
            QApplication.processEvents()
        field = QApplication.focusWidget()
        if field is None or not (field is page or page.isAncestorOf(field)) or not _legal(field):
            stops = [each for each in seen if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
            if stops:
                self.chance.choice(stops).setFocus(Qt.FocusReason.TabFocusReason)
            field = QApplication.focusWidget()
        if field is None or not _legal(field):
            return
        if self.chance.random() < 0.3:
            letter = self.chance.choice(_TYPED)
            self.done.append(f"type {letter!r} into {type(field).__name__}")
            type_text(self.qtbot, field, letter)
            return
        key = self.chance.choice(_KEYS)
        self.done.append(f"press {key.name} in {type(field).__name__}")
        self.qtbot.keyClick(field, key)

    def _leave(self, top: QWidget) -> None:
        self.done.append(f"leave {type(top).__name__}")
        self.qtbot.keyClick(top, Qt.Key.Key_Escape)
        if top.isVisible():
            top.close()


def _legal(widget: QWidget) -> bool:
    """False for what opens the desktop's own dialogs, leaves the page or is a part that Qt makes for itself."""
    if isinstance(widget, QHeaderView | QTabBar) or widget.objectName().startswith("qt_"):
        return isinstance(widget, QTabBar)
    if isinstance(widget, QAbstractButton):
        return not widget.text().rstrip().endswith(("…", "...")) and not widget.property("leaves")
    return True


def tours() -> list[tuple[str, str]]:
    """(manner, page): in the suite each page in one of the manners in turn, none in the dark; else all of them in all."""
    names = [page.name for page in pages()]
    turns = {manner: names[at :: len(_MANNERS)] for at, manner in enumerate(_MANNERS) if manner != "dark"}
    return [(manner, page) for manner in (_MANNERS if _FULL else turns) for page in (names if _FULL else turns[manner])]


@pytest.fixture(scope="module")
def window(
    request: pytest.FixtureRequest, sample_register: Register, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication
) -> Iterator[Window]:
    """The window over all samples, shown in one manner; one for all of its pages."""
    manner = _MANNERS[request.param]
    with pytest.MonkeyPatch.context() as patch, own_copy(sample_register, tmp_path_factory.mktemp("monkey")) as register:
        for name in ("exec", "getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
            patch.setattr(QFileDialog, name, lambda *_args, **_named: ("", ""))
        use_language(manner.language)
        shown = shown_window(register)
        theme.use_theme(qapp, manner.mode)
        shown.resize(*manner.size)
        wait(shown)
        yield shown
        closed(shown)
        use_language("zh")
        theme.use_theme(qapp, "light")


def halves_apart(page: QWidget) -> list[str]:
    """Frozen columns that would be painted elsewhere than their rows."""
    found = []
    for table in page.findChildren(FrozenTable):
        head = table.horizontalHeader()
        if not table.isVisible() or not isinstance(head, FrozenHeader):
            continue
        for row in {max(0, table.rowAt(0)), max(0, table.rowAt(table.viewport().height() // 2))}:
            if row < table.model().rowCount():
                rects = [table.visualRect(table.model().index(row, at)) for at in table.shown_columns()]
                if len({each.top() for each in rects if not each.isEmpty()}) > 1:
                    found.append(f"{table.accessibleName()}: row {row}")
        if [each[:2] for each in head.spans()] != [(at, head.sectionPosition(at)) for at in head.pinned()]:
            found.append(f"{table.accessibleName()}: titles")
    return found


def held() -> dict[str, int]:
    """How many records of each kind there are."""
    return {kind: record.select().count() for kind, record in RECORDS.items()}


@pytest.mark.parametrize(("window", "name"), tours(), indirect=["window"])
def test_a_monkey_finds_nothing(qtbot: QtBot, window: Window, name: str, failing: Callable[[], list[str]]) -> None:
    window.open_page(name)
    wait(window)
    page = window.pages[name]
    before, batches, log = set(QApplication.topLevelWidgets()), Batch.select().count(), entries.newest()
    records = held()
    monkey = Monkey(qtbot, window, _SEED + len(name))
    for event in range(_EVENTS):
        if window.stack.currentWidget() is not page:
            window.open_page(name)
        monkey.act(page)
        if event % 20 == 19:
            wait(window)
            assert halves_apart(page) == [], monkey.done[-25:]
    wait(window)
    monkey.stop()
    assert sum(each.startswith(("press", "type")) for each in monkey.done) > _EVENTS / 5, "the keyboard was hardly used"
    assert failing() == [], monkey.done[-40:]
    while (popup := QApplication.activePopupWidget() or QApplication.activeModalWidget()) is not None:
        popup.close()
    stray = [each for each in set(QApplication.topLevelWidgets()) - before if each.isVisible() and not isinstance(each, QMenu)]
    assert [each for each in stray if not isinstance(each, QDialog) or each.isModal()] == [], monkey.done[-40:]
    if entries.newest() == log:
        assert (held(), Batch.select().count()) == (records, batches)
    else:
        assert Batch.select().count() > batches
    assert not database.refused()


@pytest.fixture
def failing(window: Window, caplog: pytest.LogCaptureFixture) -> Iterator[Callable[[], list[str]]]:
    """What a job of the window was refused by a bug: exceptions in slots fail the test by themselves."""
    told: list[str] = []

    def note(error: object) -> None:
        told.append(repr(error))

    window.context.jobs.crashed.connect(note)
    yield lambda: told
    window.context.jobs.crashed.disconnect(note)
