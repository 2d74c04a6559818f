"""Files dropped anywhere on the window: workbooks are imported, an exchange package is looked into, anything else is told."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from models.exchange.package import SUFFIX
from models.language import _
from ui.kit.files_view import PATTERNS
from ui.kit.notices import Notices
from ui.kit.watching import OnWindows

_SUFFIXES = frozenset(pattern.removeprefix("*") for pattern in PATTERNS.split())
_EVENTS = frozenset({QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop})


def workbooks(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """What can be imported of the dropped files and folders, and the files that are none; a folder is looked into later."""
    found: list[Path] = []
    others: list[Path] = []
    for path in paths:
        (found if path.is_dir() or path.suffix.lower() in _SUFFIXES else others).append(path)
    return found, others


class Dropping(OnWindows):
    """Looks at drags before the widget below them does: a field would take the file's address as a text."""

    def __init__(
        self, window: QWidget, imports: Callable[[list[Path]], Any], takes: Callable[[Path], Any], notices: Notices
    ) -> None:
        """``imports`` gets the workbooks that were dropped on ``window`` or on a dialog of it, ``takes`` an exchange package."""
        super().__init__(window)
        self._window, self._imports, self._takes, self._notices = window, imports, takes, notices

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take drags of files over the window; everything else goes its way."""
        if event.type() not in _EVENTS or not isinstance(event, QDragMoveEvent | QDropEvent):
            return False
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths or not self._ours(watched):
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._take(paths)
        return True

    def _ours(self, below: QObject) -> bool:
        """True for the window and its dialogs, while none of these keeps the others from being used."""
        above: QWidget | None = next((each for each in QApplication.topLevelWidgets() if each.windowHandle() is below), None)
        while above is not None and above is not self._window:
            above = above.parentWidget()
        return above is not None and above.acceptDrops() and QApplication.activeModalWidget() is None

    def _take(self, paths: list[Path]) -> None:
        packages = [path for path in paths if path.suffix.lower() == SUFFIX]
        found, others = workbooks(path for path in paths if path not in packages)
        if found:
            self._imports(found)
        elif packages:
            self._takes(packages[0])
            if packages[1:]:
                said = _("一次收下一个交换包，先看《{name}》；其余 {count} 个收完再拖进来。")
                self._notices.tell(said.format(name=packages[0].name, count=len(packages) - 1))
        if others:
            named = _("、").join(_("《{name}》").format(name=path.name) for path in others[:3])
            more = _("等 {count} 个").format(count=len(others)) if len(others) > 3 else ""
            said = _("{names}不是能导入的表格，没有读。能导入的是 {kinds}。").format(
                names=named + more, kinds=" ".join(sorted(suffix.removeprefix(".") for suffix in _SUFFIXES))
            )
            self._notices.error(said)
