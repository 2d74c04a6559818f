"""The one search box: results as you type, grouped; arrows choose, Enter opens."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QColor, QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from models.language import _
from models.lists import search
from models.lists.offering import recent_hits
from models.lists.search import Hit, HitGroup
from models.values.region_index import RegionIndex
from ui.kit import theme
from ui.kit.acting import CommandAction
from ui.kit.commands import command
from ui.kit.context import Context
from ui.kit.icons import icon
from ui.shell.command_search import found_commands

_TYPING_MS = 120
_WIDTH = 560
#: Entries of the log that are indexed before an answer; what is left is the business of ``ui/shell/following.py``.
_AT_ONCE = 500
_MARGIN = 10
#: In place of a hit: look no further than the page that is shown.
_THIS_PAGE = "page"
_HIT, _DETAIL = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


def group_titles() -> dict[str, str]:
    """What stands above the hits of each kind."""
    return {
        "worker": _("会员与职工"), "employer": _("用人单位"), "union": _("工会"), "officer": _("工会干部和代表"), "site": _("阵地"),
    }  # fmt: skip


def look(text: str, index: RegionIndex) -> list[HitGroup]:
    """Search, after bringing the index up to date as far as may be done at once. For the worker thread."""
    search.catch_up(most=_AT_ONCE)
    return search.find(text, index)


class _Line(QStyledItemDelegate):
    """One result: its name, and muted at its right what tells it from others."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme.ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        # the stubs of the option know none of its members
        given: Any = option
        chosen = bool(given.state & QStyle.StateFlag.State_Selected)
        heading = index.data(_HIT) is None
        painter.save()
        if chosen:
            painter.fillRect(given.rect, QColor(theme.colour("selected")))
        room = given.rect.adjusted(_MARGIN, 0, -_MARGIN, 0)
        painter.setFont(theme.font(-1.5 if heading else 0.0))
        painter.setPen(QColor(theme.colour("muted" if heading else "ink")))
        title, detail = str(index.data() or ""), str(index.data(_DETAIL) or "")
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(title) + 4, room.width() * 3 // 5 if detail else room.width())
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, width)
        painter.drawText(QRect(room.topLeft(), QSize(width, room.height())), Qt.AlignmentFlag.AlignVCenter, shown)
        if detail:
            painter.setFont(theme.font(-1.5))
            painter.setPen(QColor(theme.colour("muted")))
            rest = room.adjusted(width + _MARGIN, 0, 0, 0)
            shown = painter.fontMetrics().elidedText(detail, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
        painter.restore()


class SearchBox(QLineEdit):
    """``opened(str, str)`` names the record (kind, uid) to open; ``listed(str, str)`` a list and the text to filter it by.

    ``narrowed(str)`` brings the text by which the page that is shown is to be filtered, "" when the box was emptied.
    ``wanted(CommandAction)`` brings a command that was chosen among those of ``actions``.
    """

    opened = Signal(str, str)
    listed = Signal(str, str)
    narrowed = Signal(str)
    wanted = Signal(object)

    def __init__(self, context: Context, actions: Callable[[], Iterable[CommandAction]]) -> None:
        """An empty box; it asks the register when something is typed. ``actions()`` are the commands that there are now."""
        super().__init__()
        self._context, self._actions = context, actions
        self._asked = self._running = ""
        self._page = self._narrowed = ""
        self.setClearButtonEnabled(True)
        self.setAccessibleName(_("搜索"))
        self._glass = QAction(icon("search", "muted"), "", self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self.results = QListWidget(self)
        self.results.setWindowFlags(Qt.WindowType.ToolTip)
        self.results.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.results.setAccessibleName(_("搜索结果"))
        self.results.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.results.setItemDelegate(_Line(self.results))
        self.results.itemClicked.connect(self._take)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._ask)
        self.textEdited.connect(self._typed)
        self.textChanged.connect(self._emptied)
        self.show_hint(False)

    def show_hint(self, narrow: bool) -> None:
        """Say what can be typed; a narrow box has no room for the key beside it."""
        hint = _("搜索姓名、拼音、号码尾数、单位、工会")
        self.setPlaceholderText(_("搜索") if narrow else f"{hint}　{command('window.search').shortcut}")

    def start(self, page: str, text: str) -> None:
        """Another page is shown: ``page`` is its title when its rows can be filtered from here, ``text`` what filters them."""
        self._typing.stop()
        self._asked, self._page, self._narrowed = "", "", ""
        self.results.hide()
        self.setText(text)
        self._page, self._narrowed = page, text

    def redress(self) -> None:
        """Draw the glass in the colours of the theme shown now."""
        self._glass.setIcon(icon("search", "muted"))

    def _typed(self) -> None:
        self._typing.start()

    def _emptied(self, text: str) -> None:
        """Emptied by its own button, by keys, or by a program: the page shows all its rows again."""
        if not text:
            self.results.hide()
        if not text and self._narrowed:
            self._narrowed = ""
            self.narrowed.emit("")

    def _ask(self) -> None:
        """Ask for what stands in the box; while an answer is under way, only the newest question waits."""
        self._asked = self.text().strip()
        if not self._asked:
            self.results.hide()
        elif not self._running:
            self._running = self._asked
            self._context.jobs.run(look, self._asked, self._context.index, done=self._answer, failed=self._failed)

    def _answer(self, groups: list[HitGroup]) -> None:
        answered, self._running = self._running, ""
        if answered != self._asked:
            self._ask()
        elif self.hasFocus():
            self._show(groups)

    def _failed(self, error: Exception) -> None:
        self._running = ""

    def _show(self, groups: Sequence[HitGroup]) -> None:
        self.results.clear()
        commands = found_commands(self._asked, self._actions())
        for group in groups:
            self._add(group_titles()[group.kind], None, "")
            for hit in group.hits:
                self._add(hit.title, hit, hit.detail)
            if group.more:
                self._add(_("在名单里看全部…"), group.kind, "")
        if not groups and not commands:
            how = _("试试名称的一部分、拼音首字母或号码尾数")
            self._add(_("没有找到“{text}”").format(text=self._asked), None, how)
        if self._page:
            self._add(_("只在“{page}”这一页里找").format(page=self._page), _THIS_PAGE, "")
        if commands:
            self._add(_("命令"), None, "")
        for each in commands:
            self._add(each.text(), each, each.command.shortcut)
        self._unfold()

    def _unfold(self) -> None:
        """Show the results below the box, the first of them chosen."""
        self._choose_first()
        rows = min(self.results.count(), 16)
        if rows < self.results.count() and self.results.item(rows - 1).data(_HIT) is None:
            rows -= 1  # a title alone at the lower edge would say that there is nothing below it
        place = self.mapToGlobal(QPoint(self.width(), self.height() + 2))
        width = max(_WIDTH, self.width())
        self.results.setGeometry(place.x() - width, place.y(), width, rows * theme.ROW_HEIGHT + 6)
        self.results.show()

    def ask_recent(self) -> None:
        """Go to the box and list the records that were opened last, the newest first."""
        self.setFocus()
        self.clear()
        self._context.jobs.run(recent_hits, self._context.recent.records, done=self.show_recent)

    def show_recent(self, hits: Sequence[Hit]) -> None:
        """List the records that were opened last, to open one of them again."""
        self._asked = ""
        self.results.clear()
        told = _("最近打开的") if hits else _("这次打开程序以后还没有看过记录")
        self._add(told, None, "")
        for hit in hits:
            self._add(hit.title, hit, hit.detail)
        self._unfold()

    def _choose_first(self) -> None:
        self.results.setCurrentRow(-1)
        self._step(1)

    def _add(self, text: str, hit: Hit | CommandAction | str | None, detail: str) -> None:
        item = QListWidgetItem(text)
        item.setData(_HIT, hit)
        item.setData(_DETAIL, detail)
        if hit is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.results.addItem(item)

    def _take(self, item: QListWidgetItem) -> None:
        hit = item.data(_HIT)
        self.results.hide()
        if hit == _THIS_PAGE:
            self._narrowed = self._asked
            self.narrowed.emit(self._asked)
        elif isinstance(hit, Hit):
            self.opened.emit(hit.kind, hit.uid)
        elif isinstance(hit, CommandAction):
            self.clear()
            self.wanted.emit(hit)
        elif hit:
            self.listed.emit(str(hit), self._asked)

    def _step(self, by: int) -> None:
        rows = [row for row in range(self.results.count()) if self.results.item(row).data(_HIT) is not None]
        if rows:
            now = self.results.currentRow()
            place = rows.index(now) + by if now in rows else 0
            self.results.setCurrentRow(rows[place % len(rows)])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose among the results, Enter opens, Escape closes them and then empties the box."""
        key, shown = event.key(), self.results.isVisible()
        if shown and key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if shown and (item := self.results.currentItem()) is not None:
                self._take(item)
            else:
                self._ask()
        elif key == Qt.Key.Key_Escape:
            if shown:
                self.results.hide()
            else:
                self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.results.hide()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self.redress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window that holds the box moved: the results would hang in the air."""
        if event.type() in {QEvent.Type.Move, QEvent.Type.WindowDeactivate}:
            self.results.hide()
        return super().eventFilter(watched, event)
