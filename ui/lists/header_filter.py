"""A column's own menu and filter, as in a spreadsheet: values with counts, a text, a range, the empty ones; sort and group.

It opens at the column's title with the right mouse button, or with Alt+Down at the cell where the cursor is.
"""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any, Literal

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from models.language import _
from models.lists.column_values import filter_of_column, values_of
from models.lists.filters import Filter
from models.lists.name_sorting import reads_as_text
from models.values.columns import Column
from models.values.name_order import PINYIN, STROKES, Way
from ui.kit import theme
from ui.kit.asking import Asking
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.frozen import FrozenHeader, FrozenTable
from ui.kit.lines import REST, across, down
from ui.kit.plain import Label
from ui.lists.condition_editor import ConditionEditor
from ui.lists.conditions import Conditions
from ui.lists.model import RecordsModel

#: Values that are listed of a column; more are found by typing.
MOST = 60
_WIDE, _HIGH = 420, 360


class HeaderPopup(QFrame):
    """The menu of one column: sorting and grouping above, the filter below."""

    def __init__(
        self, column: Column, filter_: Filter | None, value: str, counts: dict[str, int], today: dt.date, parent: QWidget
    ) -> None:
        """``value``: what the column is narrowed to now; ``counts``: its values, see ``models.lists.column_values``."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", True)
        self.setAccessibleName(_("“{title}”的筛选").format(title=column.title))
        self.up, self.down = push_button(_("升序")), push_button(_("降序"))
        self.pinyin, self.strokes = push_button(_("按拼音")), push_button(_("按笔画"))
        for button in (self.pinyin, self.strokes):
            button.setVisible(reads_as_text(column.kind))
        self.group, self.clear = push_button(_("按这一列分组")), push_button(_("不筛选这一列"))
        self.freeze = push_button(_("冻结到这一列"))
        self.clear.setVisible(bool(value))
        self.group.setVisible(bool(counts))
        rows = down(
            across(self.up, self.down, self.group, self.freeze, REST),
            across(self.pinyin, self.strokes, self.clear, REST), on=self, margins=(8, 8, 8, 8)
        )
        self.editor: ConditionEditor | None = None
        if filter_ is None:
            rows.addWidget(Label(_("这一列不能单独筛选。"), "secondary"))
            return
        self.editor = ConditionEditor(filter_, value, today, counts=counts)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self.editor)
        rows.addWidget(scroll, 1)
        self.editor.left.connect(self.close)

    def show_at(self, place: QPoint) -> None:
        """Show it below a place of the screen, inside it."""
        inside = self.editor.layout() if self.editor is not None else None
        needed = inside.totalHeightForWidth(_WIDE - 40) if inside is not None else 24
        self.resize(_WIDE, min(_HIGH, needed + 2 * self.up.sizeHint().height() + 48))
        room = self.screen().availableGeometry()
        left = max(room.left(), min(place.x(), room.right() - self.width()))
        top = place.y() if place.y() + self.height() < room.bottom() else max(room.top(), place.y() - self.height())
        self.move(left, top)
        self.show()
        if self.editor is not None:
            self.editor.go_to_first()


class HeaderFilter(QObject):
    """Serves one list's table."""

    def __init__(
        self, context: Context, table: FrozenTable, model: RecordsModel, conditions: Conditions,
        group: Callable[[Column], Any], freeze: Callable[[int], Any], parent: QObject,
    ) -> None:  # fmt: skip
        """``conditions``: of the list, to which a column's is added; ``group`` groups by a column, ``freeze`` up to one."""
        super().__init__(parent)
        self._context, self._table, self._model, self._conditions = context, table, model, conditions
        self._group, self._freeze = group, freeze
        self._asking = Asking(context.jobs)
        self._column = 0
        self.popup: HeaderPopup | None = None
        table.horizontalHeader().viewport().installEventFilter(self)
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The right button on a title, Alt+Down in the table."""
        if isinstance(event, QContextMenuEvent) and watched is not self._table:
            # what is seen there, which may lie over a column that has scrolled beneath it
            column = self._head.title_at(event.pos().x())
            if column >= 0:
                self.ask(column)
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched is self._table:
            down_key = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
            if down_key and self._table.currentIndex().isValid():
                self.ask(self._table.currentIndex().column())
                return True
        return super().eventFilter(watched, event)

    def ask(self, column: int) -> None:
        """Count a column's values on the worker thread, then open its menu."""
        self._column = column
        args = (self._model.choice, self._model.columns[column], MOST)
        self._asking.ask(values_of, *args, done=self._open)

    def _open(self, counts: dict[str, int]) -> None:
        at, head = self._column, self._head
        column = self._model.columns[at]
        filter_ = filter_of_column(self._model.choice.kind, column)
        value = dict(self._conditions.where).get(filter_.name, "") if filter_ is not None else ""
        if self.popup is not None:
            self.popup.close()
            self.popup.deleteLater()
        popup = self.popup = HeaderPopup(column, filter_, value, counts, self._context.today, self._table)
        popup.up.clicked.connect(partial(self._sort, Qt.SortOrder.AscendingOrder))
        popup.down.clicked.connect(partial(self._sort, Qt.SortOrder.DescendingOrder))
        popup.pinyin.clicked.connect(partial(self._sort, Qt.SortOrder.AscendingOrder, PINYIN))
        popup.strokes.clicked.connect(partial(self._sort, Qt.SortOrder.AscendingOrder, STROKES))
        popup.group.clicked.connect(self._group_by)
        popup.clear.clicked.connect(self._clear)
        if popup.editor is not None:
            popup.editor.chosen.connect(self._put)
        popup.freeze.clicked.connect(self._freeze_to)
        popup.show_at(head.viewport().mapToGlobal(QPoint(max(0, head.seen_left(at)), head.height() + theme.GAP // 2)))

    @property
    def _head(self) -> FrozenHeader:
        head = self._table.horizontalHeader()
        assert isinstance(head, FrozenHeader)  # a frozen table's
        return head

    def _freeze_to(self) -> None:
        self._close()
        self._freeze(self._column)

    def _close(self) -> None:
        if self.popup is not None:
            self.popup.close()
        self._table.setFocus()

    def _sort(self, order: Qt.SortOrder, way: Way | Literal[""] = "") -> None:
        self._close()
        if way:
            self._model.stand_by(way)
        self._table.sortByColumn(self._column, order)

    def _group_by(self) -> None:
        self._close()
        self._group(self._model.columns[self._column])

    def _put(self, name: str, value: str) -> None:
        self._close()
        self._conditions.put(name, value)

    def _clear(self) -> None:
        filter_ = filter_of_column(self._model.choice.kind, self._model.columns[self._column])
        self._close()
        if filter_ is not None:
            self._conditions.remove(filter_.name)
        self._table.setFocus()
