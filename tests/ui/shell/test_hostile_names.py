"""The whole window over a register of names that Qt could take for HTML or for keys: it shows them, and opens nothing."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QPoint, Qt
from PySide6.QtGui import QAction, QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QGroupBox,
    QLabel,
    QMenu,
    QTabBar,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot

from models.register import laptop
from models.register.register import Register
from tests.aids.hostile_names import html_names, spoil
from tests.aids.speaking import WANG, workbook
from tests.aids.whole_window import closed, own_copy, shown_window, wait, walk
from tests.ui.shell.opened_files import CAN_WATCH, Watch, watched
from ui.history.page import HistoryPage
from ui.importing.page import ImportPage
from ui.kit.plain import Label
from ui.lists.page import RecordsPage
from ui.shell.window import Window

#: Rows of a table that are looked at.
ROWS = 20


class Reader:
    """Looks at parts of a window: what in them Qt takes for HTML or for a key, and which tool tips they have."""

    def __init__(self, picture: Path) -> None:
        self.html, self.faults, self.tips, self.read = html_names(picture), set[str](), set[str](), 0

    def look(self, name: str, part: QWidget) -> None:
        """Read one part."""
        for widget in [part, *part.findChildren(QWidget)]:
            where = f"{name}: {type(widget.parentWidget()).__name__} {type(widget).__name__}"
            if isinstance(widget, QLabel):
                self._label(where, widget)
            for text in _tips(widget):
                self.tips.add(text)
                if QtGui.Qt.mightBeRichText(text) and self._raw(text):
                    self.faults.add(f"{where}, its tool tip: {text[:60]!r}")
            for text in _captions(widget):
                if "甲&乙" in text or "甲\t乙" in text or text.strip().startswith("&文"):
                    self.faults.add(f"{where}, its words: {text[:60]!r}")

    def _label(self, where: str, label: QLabel) -> None:
        text, form = label.text(), label.textFormat()
        self.read += any(each in text for each in self.html)
        guessed = form == Qt.TextFormat.AutoText and QtGui.Qt.mightBeRichText(text)
        if guessed or (form in (Qt.TextFormat.RichText, Qt.TextFormat.MarkdownText) and self._raw(text)):
            self.faults.add(f"{where}: {text[:60]!r}")

    def _raw(self, text: str) -> bool:
        return any(each in text for each in self.html)


def _tips(widget: QWidget) -> Iterator[str]:
    yield widget.toolTip()
    yield from (action.toolTip() for action in widget.actions())
    if isinstance(widget, QTabBar):
        yield from (widget.tabToolTip(place) for place in range(widget.count()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _told_by(widget.model())


def _told_by(model: QAbstractItemModel) -> Iterator[str]:
    role = Qt.ItemDataRole.ToolTipRole
    for row in range(min(ROWS, model.rowCount())):
        yield str(model.headerData(row, Qt.Orientation.Vertical, role) or "")
        yield from (str(model.index(row, column).data(role) or "") for column in range(_width(model)))
    yield from (str(model.headerData(column, Qt.Orientation.Horizontal, role) or "") for column in range(_width(model)))


def _width(model: QAbstractItemModel) -> int:
    return 1 if isinstance(model, QAbstractListModel) else model.columnCount()


def _captions(widget: QWidget) -> Iterator[str]:
    match widget:
        case QAbstractButton():
            yield widget.text()
        case QGroupBox() | QMenu():
            yield widget.title()
        case QTabBar():
            yield from (widget.tabText(place) for place in range(widget.count()))
        case _:
            pass
    yield from (action.text() for action in widget.actions())
    yield from (
        action.text() for action in widget.findChildren(QAction, options=Qt.FindChildOption.FindDirectChildrenOnly)
    )


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture that nobody asked for."""
    path = tmp_path_factory.mktemp("pictures") / "x.png"
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    assert image.save(str(path))
    return path


@pytest.fixture(scope="module")
def read(
    sample_register: Register, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication, picture: Path
) -> Iterator[tuple[Reader, int]]:
    """What was read in the whole window, and how often the picture was opened meanwhile."""
    folder, reader = tmp_path_factory.mktemp("hostile"), Reader(picture)
    with own_copy(sample_register, folder) as register:
        spoil(laptop.author(register.folder), picture)
        window = shown_window(register)
        if not CAN_WATCH:
            _lead_through(window, folder, reader)
            yield reader, 0
        else:
            with watched(picture) as watch:
                _lead_through(window, folder, reader)
                yield reader, watch.look()
        closed(window)


def _lead_through(window: Window, folder: Path, reader: Reader) -> None:
    for name, part in walk(window, folder):
        reader.look(name, part)
    for kind in ("unions", "employers", "workers"):
        _open_some(window, kind, reader)
    _import(window, folder, reader)
    for text in sorted(
        each for each in reader.tips if QtGui.Qt.mightBeRichText(each)
    ):  # as they come up under the pointer
        QToolTip.showText(QPoint(0, 0), text, window)
    QToolTip.hideText()
    wait(window)


def _open_some(window: Window, kind: str, reader: Reader) -> None:
    """Open the records whose names are HTML."""
    window.open_page(kind)
    wait(window)
    page = window.pages[kind]
    assert isinstance(page, RecordsPage)
    rows = [row for row in range(page.model.rowCount()) if QtGui.Qt.mightBeRichText(page.model.text(row, 0))]
    for row in rows[:3]:
        page.open_record(next(iter(page.model.uids([row]))))
        assert page.pane is not None
        for place in range(page.pane.tabs.count()):
            page.pane.tabs.setCurrentIndex(place)
            wait(window)
            reader.look(f"{kind}, opened", page.pane)
        page.pane.leave()
    page.filters.conditions.fill()
    reader.look(kind, page)


def _import(window: Window, folder: Path, reader: Reader) -> None:
    """Import a file whose name, sheet, headers and cells are all HTML, look at each step, and at the batch."""
    html = "<img src='x.png'>"
    name = f"{html}名册.xlsx" if os.name == "posix" else "名册.xlsx"  # Windows allows no such name
    rows = [
        [html],
        ["姓名", "证件号码", "移动电话", "所属工会", "工作单位", html, "甲&乙"],
        [f"{html}王", WANG, "19900000001", f"{html}工会", f"{html}公司", html, "甲&乙"],
        [f"{html}李", "1", "1", f"{html}工会", f"{html}公司", html, "甲&乙"],
    ]
    window.open_page("import")
    page = window.pages["import"]
    assert isinstance(page, ImportPage)
    page.open_files([workbook(folder / name, {html: rows}), folder / "没有<b>这个</b>.xlsx"])
    wait(window)
    reader.look("import, columns", window)
    page.check()
    wait(window)
    reader.look("import, plan", window)
    page.apply()
    wait(window)
    reader.look("import, done", window)
    window.open_page("history")
    wait(window)
    page = window.pages["history"]
    assert isinstance(page, HistoryPage)
    page.table.selectRow(0)
    wait(window)
    reader.look("history", window)


def test_no_label_tip_or_button_takes_a_name_for_something_else(read: tuple[Reader, int]) -> None:
    assert sorted(read[0].faults) == []


def test_the_window_did_show_such_names(read: tuple[Reader, int]) -> None:
    assert read[0].read > 20


@pytest.mark.skipif(not CAN_WATCH, reason="only Linux tells who opens a file")
def test_no_file_named_in_a_name_was_opened(read: tuple[Reader, int]) -> None:
    assert read[1] == 0


@pytest.mark.skipif(not CAN_WATCH, reason="only Linux tells who opens a file")
def test_a_label_that_guesses_would_have_been_seen_to_open_it(qtbot: QtBot, picture: Path) -> None:
    def shown(label: QLabel, watch: Watch) -> int:
        qtbot.addWidget(label)
        label.show()
        label.grab()
        return watch.look()

    with watched(picture) as watch:
        assert shown(Label(html_names(picture)[0]), watch) == 0
        assert shown(QLabel(html_names(picture)[0]), watch) > 0
