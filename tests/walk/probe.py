"""Starts the program as main.py does, and answers from inside it where things are on the screen.

It only looks: nothing of the program is called, pressed or changed here. ``probe.py SOCKET [arguments of main.py]``.
A line sent to the socket is answered with one line of JSON: every thing a person could see now, see :func:`seen`.
"""

import json
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtNetwork import QLocalSocket

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QObject, QPoint, QRect, Qt  # noqa: E402  # found only after the line above
from PySide6.QtGui import QAccessible  # noqa: E402
from PySide6.QtNetwork import QLocalServer  # noqa: E402
from PySide6.QtWidgets import (  # noqa: E402
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPlainTextEdit,
    QRadioButton,
    QTabBar,
    QTableView,
    QTextEdit,
    QWidget,
)

import main  # noqa: E402
import ui.shell.app  # noqa: E402
from ui.kit.frozen import FrozenHeader, FrozenTable  # noqa: E402

#: More rows than this are not looked through for those in sight.
MOST_ROWS = 3_000
FIELDS = (QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit)


def seen() -> dict[str, Any]:
    """What is on the screen: ``things`` (see :func:`thing`), the windows, and whether work is running in the background."""
    above = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    things: list[dict[str, Any]] = []
    windows = []
    for window in QApplication.topLevelWidgets():
        if not window.isVisible() or window.width() < 2:
            continue
        free = above is None or above is window or above.isAncestorOf(window) or _floats(window)
        windows.append({"title": window.windowTitle(), "class": type(window).__name__, "free": free, **_frame(window)})
        for widget in [window, *window.findChildren(QWidget)]:
            if widget.window() is window and widget.isVisible():
                things += [{**each, "free": free, "window": window.windowTitle()} for each in of_widget(widget)]
    jobs = [getattr(getattr(window, "context", None), "jobs", None) for window in QApplication.topLevelWidgets()]
    return {"things": things, "windows": windows, "busy": any(each.busy for each in jobs if each is not None)}


def _floats(window: QWidget) -> bool:
    return window.windowType() in {Qt.WindowType.ToolTip, Qt.WindowType.Popup}


def _frame(window: QWidget) -> dict[str, Any]:
    frame, inner = window.frameGeometry(), window.geometry()
    return {"frame": _scaled(window, frame), "inner": _scaled(window, inner), "maximized": window.isMaximized()}


def _scaled(widget: QWidget, rect: QRect) -> list[int]:
    """A rectangle in Qt's own units as pixels of the screen."""
    factor = widget.devicePixelRatioF()
    return [round(each * factor) for each in (rect.x(), rect.y(), rect.width(), rect.height())]


def thing(
    widget: QWidget, role: str, texts: list[str], rect: QRect, over: QRect | None = None, **more: Any
) -> Iterator[dict[str, Any]]:
    """One thing that is in sight, nothing when it is not: role, texts, where the part in sight is, and where to press.

    ``over``: a place of the widget where something else is painted over the thing.
    """
    sight = rect.intersected(widget.visibleRegion().subtracted(over or QRect()).boundingRect())
    if sight.width() < 3 or sight.height() < 3:
        return
    spot = sight.center()
    if isinstance(widget, QCheckBox | QRadioButton) or more.get("ticked") is not None:
        spot = QPoint(sight.left() + min(10, sight.width() // 2), sight.center().y())
    where = widget.mapToGlobal(spot)
    factor = widget.devicePixelRatioF()
    found = {
        "role": role, "class": type(widget).__name__, "texts": [each for each in dict.fromkeys(texts) if each],
        "rect": _scaled(widget, QRect(widget.mapToGlobal(sight.topLeft()), sight.size())),
        "spot": [round(where.x() * factor), round(where.y() * factor)],
        "whole": sight == rect, "enabled": widget.isEnabled(), "focus": widget.hasFocus(),
    }  # fmt: skip
    yield found | more


def of_widget(widget: QWidget) -> Iterator[dict[str, Any]]:
    """What a person sees of a widget: itself with its texts, or its rows, tabs, titles and menu entries."""
    said = _spoken(widget)
    if isinstance(widget, QMenu):
        yield from _entries(widget)
    elif isinstance(widget, QTabBar):
        yield from _tabs(widget)
    elif isinstance(widget, QHeaderView):
        yield from _titles(widget)
    elif isinstance(widget, QAbstractItemView):
        yield from thing(widget, "view", [said], widget.rect())
        yield from _cells(widget, said)
    elif isinstance(widget, QAbstractButton):
        yield from _button(widget, said)
    elif isinstance(widget, FIELDS):
        yield from _field(widget, said)
    elif isinstance(widget, QLabel):
        squeezed = not widget.wordWrap() and widget.sizeHint().width() > widget.width() + 1
        yield from thing(widget, "text", [_plain(widget.text()), said], widget.rect(), squeezed=squeezed)
    elif said or widget.isWindow():
        yield from thing(widget, "part", [said], widget.rect())


def _entries(menu: QMenu) -> Iterator[dict[str, Any]]:
    for action in menu.actions():
        if action.isVisible() and not action.isSeparator():
            more: dict[str, Any] = {"enabled": action.isEnabled(), "checked": action.isChecked()}
            yield from thing(menu, "menu", [_plain(action.text())], menu.actionGeometry(action), **more)


def _tabs(bar: QTabBar) -> Iterator[dict[str, Any]]:
    for place in range(bar.count()):
        if bar.isTabVisible(place):
            texts = [_plain(bar.tabText(place))]
            yield from thing(bar, "tab", texts, bar.tabRect(place), checked=place == bar.currentIndex())


def _button(button: QAbstractButton, said: str) -> Iterator[dict[str, Any]]:
    if type(button) is QAbstractButton or isinstance(button.parent(), QLineEdit):
        return  # the corner of a table, the signs inside a field: Qt's own, and never the only way
    texts = [_plain(button.text()).strip(), said, button.toolTip()]
    squeezed = bool(button.text()) and button.sizeHint().width() > button.width()
    yield from thing(button, "button", texts, button.rect(), checked=button.isChecked(), squeezed=squeezed)


def _field(widget: QWidget, said: str) -> Iterator[dict[str, Any]]:
    if isinstance(widget.parent(), QComboBox | QAbstractSpinBox):
        return  # a part of the list or number that it stands in
    hint = widget.placeholderText() if isinstance(widget, QLineEdit | QPlainTextEdit | QTextEdit) else ""
    names = [widget.accessibleName(), said, _label(widget), hint]
    yield from thing(widget, "field", names, widget.rect(), value=_value(widget), focus=_has_focus(widget))


def _has_focus(widget: QWidget) -> bool:
    now = QApplication.focusWidget()
    return now is not None and (now is widget or widget.isAncestorOf(now))


def _plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def _spoken(widget: QWidget) -> str:
    """What a screen reader says of a widget."""
    asked = QAccessible.queryAccessibleInterface(widget)
    return (asked.text(QAccessible.Text.Name) if asked is not None else "") or widget.accessibleName()


def _label(widget: QWidget) -> str:
    """The label that stands beside a widget, for a screen reader too: a list's own name is, under Linux, what is chosen."""
    labels = (each for each in widget.window().findChildren(QLabel) if each.buddy() is widget)
    return next((_plain(each.text()) for each in labels), "")


def _value(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        hidden = widget.echoMode() != QLineEdit.EchoMode.Normal
        return "•" * len(widget.text()) if hidden else widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    return widget.text() if isinstance(widget, QAbstractSpinBox) else widget.toPlainText()  # type: ignore[attr-defined]


def _titles(head: QHeaderView) -> Iterator[dict[str, Any]]:
    model = cast("QAbstractItemModel | None", head.model())
    view, across = head.parentWidget(), head.orientation() == Qt.Orientation.Horizontal
    if model is None or view is None:
        return
    for place in range(min(head.count(), MOST_ROWS)):
        if head.isSectionHidden(place):
            continue
        left, size = head.sectionViewportPosition(place), head.sectionSize(place)
        rect = QRect(left, 0, size, head.height()) if across else QRect(0, left, head.width(), size)
        over = head.frozen_rect() if isinstance(head, FrozenHeader) else None
        span = head.span_of(place) if isinstance(head, FrozenHeader) else None
        if span is not None:
            rect, over = QRect(span[0], 0, span[1], head.height()), None
        text = str(model.headerData(place, head.orientation()) or "")
        yield from thing(head.viewport(), "title", [text], rect, over, view=_spoken(view), column=place)


def _cells(view: QAbstractItemView, said: str) -> Iterator[dict[str, Any]]:
    model = cast("QAbstractItemModel | None", view.model())
    if model is None:
        return
    rows: range = range(min(model.rowCount(view.rootIndex()), MOST_ROWS))
    if isinstance(view, QTableView) and rows:
        first, last = view.rowAt(0), view.rowAt(view.viewport().height() - 1)
        rows = range(max(first, 0), (last if last >= 0 else model.rowCount() - 1) + 1)
    # a plain list has one column, and its model does not say so to strangers
    columns = range(1 if isinstance(view, QListView) else model.columnCount(view.rootIndex()))
    chosen = view.selectionModel()
    for row in rows:
        for column in columns:
            index = model.index(row, column, view.rootIndex())
            rect = view.visualRect(index)
            if rect.isEmpty():
                continue
            text = str(index.data() if index.data() is not None else "")
            tick = index.data(Qt.ItemDataRole.CheckStateRole)
            more = {
                "view": said, "row": row, "column": column, "selected": chosen is not None and chosen.isSelected(index),
                "ticked": None if tick is None else Qt.CheckState(tick) == Qt.CheckState.Checked,
            }  # fmt: skip
            head = view.horizontalHeader() if isinstance(view, FrozenTable) else None
            stays = isinstance(head, FrozenHeader) and head.span_of(column) is not None
            over = view.frozen_rect() if isinstance(view, FrozenTable) and not stays else None
            yield from thing(view.viewport(), "cell", [text], rect, over, **more)


class Probe(QObject):
    """Answers each line that arrives at the socket with what is on the screen."""

    def __init__(self, place: str, parent: QObject) -> None:
        """Listen at ``place``."""
        super().__init__(parent)
        QLocalServer.removeServer(place)
        self._server = QLocalServer(self)
        self._server.newConnection.connect(self._welcome)
        if not self._server.listen(place):
            raise OSError(self._server.errorString())

    def _welcome(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.readyRead.connect(self._answer)
            caller.disconnected.connect(caller.deleteLater)

    def _answer(self) -> None:
        caller = self.sender()
        assert isinstance(caller, QLocalSocket)
        caller.readAll()
        try:
            told = seen()
        except Exception:  # noqa: BLE001  # whatever it is, the walk shall hear of it and not wait for ever
            told = {"trouble": traceback.format_exc()}
        caller.write(json.dumps(told, ensure_ascii=False).encode() + b"\n")
        caller.flush()


def run(place: str, arguments: list[str]) -> int:
    """Run main.py with a probe beside its window."""
    door: Any = ui.shell.app  # what it knows the application by
    made: Callable[[], QApplication] = door.application

    def application() -> QApplication:
        app = made()
        if app.findChild(Probe) is None:
            Probe(place, app)
        return app

    door.application = application
    sys.argv = [str(ROOT / "main.py"), *arguments]
    return main.main(arguments)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1], sys.argv[2:]))
