"""Cells of a list changed in place: F2, a double click or typing opens the field's own editor over the cell.

Enter writes and goes down, Tab to the next cell that can be changed, Ctrl+Enter into all selected rows, Esc gives up; Ctrl+D
fills down, Del empties. Each of them is one batch, written by what the form beside the list writes with. What is refused stays.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from models.editing.cell_rules import CellRules, CellsRead
from models.editing.cells import MOST, CellPlan, fill_cells, save_cells, why_alone
from models.errors import Overtaken
from models.journal.done import Done
from models.language import N_, _
from models.values.columns import Column
from ui.kit.context import Context
from ui.kit.notices import Action
from ui.kit.tables import Table
from ui.kit.written import did
from ui.lists.cell_problem import CellProblem, said_of_refused
from ui.lists.cell_source import CellSource
from ui.lists.cell_whose import CellWhose, OpenCell

_CTRL, _SHIFT, _NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
#: Keys with which the table does something to its current cell, whatever else they mean around it.
_OWN = {(Qt.Key.Key_F2, _NONE), (Qt.Key.Key_F8, _NONE), (Qt.Key.Key_D, _CTRL), (Qt.Key.Key_Delete, _NONE)}
#: An editor is at least so many Chinese characters wide.
_LEAST_CHARACTERS = 9
#: The focus comes back by itself from these.
_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason)


class _Sent(NamedTuple):
    """What is said of cells once they are written, or that nothing was; of a single one the cell and what was typed."""

    said: str
    why_not: str
    cell: OpenCell | None = None
    text: str = ""


class CellEditing(QObject):
    """Serves one list's table. ``opening(str)`` asks for a record (uid) to be opened beside the list."""

    opening = Signal(str)

    def __init__(
        self, context: Context, source: CellSource, table: Table, places: QStringListModel, parent: QObject
    ) -> None:
        """``source``: what the rows are; ``places``: the names of the regions."""
        super().__init__(parent)
        self._context, self._source, self._table, self._places = context, source, table, places
        self._kind, self._model = source.kind, source.model
        self.cell: OpenCell | None = None
        self.problem = CellProblem(table.viewport())
        self._composing = self._agreed = self._closing = False
        self._said: list[_Sent] = []
        self._asked, self._revealed = "", QModelIndex()
        self._whose = CellWhose(context, self, self._send)
        table.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        table.installEventFilter(self)
        table.viewport().installEventFilter(self)
        for bar in (table.horizontalScrollBar(), table.verticalScrollBar()):
            bar.valueChanged.connect(self._place)
        table.horizontalHeader().sectionResized.connect(self._place)
        self._model.modelReset.connect(self._find_again)
        self._model.rowsInserted.connect(self._place)

    # what a person does

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys and double clicks in the table; keys in the editor, and that it is left."""
        if self.cell is not None and watched is self._field:
            return self._in_editor(event)
        if isinstance(event, QKeyEvent):
            return self._key_in_table(event)
        if isinstance(event, QInputMethodEvent):
            return self._composed(event)
        if event.type() == QEvent.Type.Hide and watched is self._table:
            self._forget_question()
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonDblClick:
            index = self._table.indexAt(event.position().toPoint())
            # the name is the record's handle, and a double click on it opens the record, as anywhere
            cell = index.isValid() and index.column() != self._source.handle
            if watched is self._table.viewport() and cell and event.button() == Qt.MouseButton.LeftButton:
                self.begin(index)
                return True
        return super().eventFilter(watched, event)

    def _key_in_table(self, event: QKeyEvent) -> bool:
        key, held = Qt.Key(event.key()), event.modifiers()
        index = self._table.currentIndex()
        if not index.isValid() or self._table.isColumnHidden(index.column()):
            return False
        own = (key, held) in _OWN and (key != Qt.Key.Key_F8 or self._covered(index))
        if event.type() == QEvent.Type.ShortcutOverride:
            if own:
                event.accept()
            return own
        if event.type() != QEvent.Type.KeyPress:
            return False
        if own:
            if key == Qt.Key.Key_D:
                self._fill_down(index)
            elif key == Qt.Key.Key_Delete:
                self._empty(index)
            else:
                self.begin(index)
            return True
        text = event.text()
        typed = held in (_NONE, _SHIFT) and bool(text) and text.isprintable() and text != " "
        if typed and self.begin(index):
            self._start_with(event)
        return typed

    def _composed(self, event: QInputMethodEvent) -> bool:
        """What an input method writes goes to the editor; the focus follows once its first word is there."""
        index = self._table.currentIndex()
        if not (event.commitString() or event.preeditString()) and self.cell is None:
            return False
        if self.cell is None and not (index.isValid() and self.begin(index, focus=not event.preeditString())):
            return True
        self._start_with(event)
        if not event.preeditString() and self.cell is not None:
            self.cell.editor.setFocus()
        return True

    def _start_with(self, event: QEvent) -> None:
        """What was typed takes the place of what stood in the cell."""
        field = self._field
        line = field.lineEdit() if isinstance(field, QComboBox) else field
        if isinstance(line, QLineEdit):
            if not self._composing:
                line.selectAll()
            self._composing = isinstance(event, QInputMethodEvent) and bool(event.preeditString())
            QApplication.sendEvent(line if isinstance(event, QInputMethodEvent) else field, event)

    def _in_editor(self, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() not in _PASSING and QApplication.activePopupWidget() is None:
                self._leave()
            return False
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) or not isinstance(event, QKeyEvent):
            return False
        key, ctrl = event.key(), bool(event.modifiers() & _CTRL)
        if key not in (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape):
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._end_by(Qt.Key(key), ctrl)
        return True

    def _end_by(self, key: Qt.Key, ctrl: bool) -> None:
        if key == Qt.Key.Key_Escape:
            self.give_up()
        elif key in _ENTER and ctrl:
            self._fill_selection()
        elif self.take():
            self._move(key)

    def _move(self, key: Qt.Key) -> None:
        """From the current cell to the one below, or to the next one that can be changed."""
        table, index = self._table, self._table.currentIndex()
        row, column = index.row(), index.column()
        if key in _ENTER:
            row = min(row + 1, self._model.rowCount() - 1)
        else:
            may, names = self._source.rules.columns(), self._source.names
            columns = [place for place in table.shown_columns() if names[place] in may]
            step = 1 if key == Qt.Key.Key_Tab else -1
            at = columns.index(column) + step if column in columns else 0
            if 0 <= row + (at // len(columns)) < self._model.rowCount():
                row, column = row + at // len(columns), columns[at % len(columns)]
        self._go_to(row, column)

    def _go_to(self, row: int, column: int) -> None:
        table = self._table
        chosen = table.selectionModel()
        there = self._model.index(row, column)
        chosen.setCurrentIndex(there, chosen.SelectionFlag.ClearAndSelect | chosen.SelectionFlag.Rows)
        table.scrollTo(there)

    # one cell

    def begin(self, index: QModelIndex, focus: bool = True) -> bool:
        """Open the editor over a cell; False where it cannot be changed, which is told, or where another one is not done yet."""
        if self.cell is not None and not self.take():
            return False
        if (column := self._column(index)) is None or not self._context.may_write():
            return False
        if self._covered(index) and index != self._revealed:
            self._ask_full(index)
            return False
        rules, uids = self._source.rules, self._source.uids([index.row()])
        known = rules.held(uids)
        if not known:
            there = uids and not uids[0]
            self._context.notices.error(self._source.why_nothing() if there else _("这条记录已经不在了。请刷新后再看。"))
            return False
        if why := rules.why_not_here(column.name, known[uids[0]]):
            self._context.notices.tell(why)
            return False
        self._open(index, rules, known[uids[0]], column, focus)
        return True

    def _column(self, index: QModelIndex) -> Column | None:
        """The field of a cell; None for one that cannot be changed, which is told."""
        rules, name = self._source.rules, self._source.names[index.column()]
        if why := rules.why_locked(name):
            self._context.notices.tell(why)
            return None
        return rules.columns()[name]

    def _open(self, index: QModelIndex, rules: CellRules, known: dict[str, Any], column: Column, focus: bool) -> None:
        if index != self._table.currentIndex():
            self._go_to(index.row(), index.column())
        text = rules.text_of(known, column, self._context.index)
        editor = self._source.editor(column, self._places)
        editor.setParent(self._table.viewport())
        editor.setAutoFillBackground(True)
        editor.show_text(" ".join(text.split()), str(known.get(column.name) or ""))
        called = rules.called({str(known["uid"]): known})[str(known["uid"])]
        self.cell = OpenCell(rules, known, called, column, editor, editor.text())
        editor.edited.connect(self.problem.hide)
        self._field.installEventFilter(self)
        self._place()
        editor.show()
        field = self._field
        line = field.lineEdit() if isinstance(field, QComboBox) else field
        if isinstance(line, QLineEdit):
            line.selectAll()
        if focus:
            editor.setFocus()

    @property
    def _field(self) -> QWidget:
        """The widget of the open editor that has the keyboard."""
        assert self.cell is not None
        return self.cell.editor.focusProxy() or self.cell.editor

    def take(self) -> bool:
        """Write what stands in the open cell and close it; False when it is refused: it stays, with what is wrong below it."""
        cell = self.cell
        if cell is None:
            return True
        text = cell.editor.text()
        if text == cell.began:
            self._close()
            return True
        found = self._whose.read(cell, text)
        if found.wrong:
            said = next(iter(found.wrong.values())).rstrip("。.")
            hint = _("要照样保存，请打开资料。") if found.keeps_doubt else _("按 Esc 放弃。")
            self._place()
            self.problem.tell(_("{problem}。{hint}").format(problem=said, hint=hint), cell.editor.geometry())
            cell.editor.setFocus()
            return False
        self._close()
        self._send(cell, text, found)
        return True

    def _send(self, cell: OpenCell, text: str, found: CellsRead) -> None:
        """Have one cell written as it was ``found`` to mean."""
        name = cell.column.name
        told = [text.rstrip("。.") for field, text in found.told if field == name]
        record = str(found.changes[name][1]) if name == "name" and name in found.changes else cell.called
        said = _("已改“{name}”的{field}。").format(name=record, field=cell.column.title)
        why = "".join(_("{problem}。").format(problem=each) for each in told)
        self._said.append(_Sent(said + why, _("没有改：{why}").format(why=why) if why else "", cell, text))
        args = (self._kind, cell.known, found, self._context.author)
        self._context.jobs.write(save_cells, *args, done=self._saved, failed=self._failed)

    def _saved(self, done: Done[int | None]) -> None:
        said, why_not, _cell, _text = self._said.pop(0)
        if done.batch is None and why_not:
            self._context.notices.tell(why_not)
        did(self._context, done, said)

    def _failed(self, error: Exception) -> None:
        sent = self._said.pop(0)
        if isinstance(error, Overtaken) and sent.cell is not None and self._whose.ask(sent.cell, sent.text):
            return
        self._context.tell_failure(error)

    def give_up(self) -> None:
        """Close the open cell; it keeps what it holds."""
        self._close()

    def _leave(self) -> None:
        """The keyboard goes elsewhere: what was typed is written; what is refused waits in its cell."""
        if not self._closing and not self._composing:
            self.take()

    def _close(self) -> None:
        cell, self.cell = self.cell, None
        self._composing, self._revealed = False, QModelIndex()
        self.problem.hide()
        if cell is None:
            return
        self._closing = True
        inside = cell.editor.isAncestorOf(QApplication.focusWidget() or self._table)
        cell.editor.hide()
        cell.editor.deleteLater()
        if inside:
            self._table.setFocus()
        self._closing = False

    def _place(self) -> None:
        """The editor stands over its cell, as wide as it must be to be read."""
        index = self._table.currentIndex()
        if self.cell is None or not index.isValid():
            return
        cell, around = self._table.visualRect(index), self._table.viewport().rect()
        wide = max(cell.width(), self._table.fontMetrics().horizontalAdvance("国") * _LEAST_CHARACTERS + 30)
        left = max(0, min(cell.left(), around.right() - wide))
        self.cell.editor.setGeometry(left, cell.top(), wide, cell.height())
        self.problem.hide()

    def _find_again(self) -> None:
        """The list has another order: the open cell goes with its record; of one that is not listed any more it is written."""
        if self.cell is None:
            return
        row = self._source.row_of(self.cell.uid)
        if row < 0:
            self.take()
            return
        self._go_to(row, self._source.names.index(self.cell.column.name))
        self._place()

    # numbers that are covered

    def _covered(self, index: QModelIndex) -> bool:
        return self._source.covered(index.row(), self._source.names[index.column()])

    def _ask_full(self, index: QModelIndex) -> None:
        if not self._context.may_unmask():
            return
        self._revealed = index
        if self._agreed:
            self._show_full()
            return
        self._asked = _("这一格打着星号，改之前要先看到完整的号码。显示它会记入操作留痕。")
        self._context.notices.ask(self._asked, Action(_("显示并修改"), self._show_full))

    def _forget_question(self) -> None:
        """Take the question about a cell away with its list: nobody sees which one is meant any more."""
        self._context.notices.withdraw(self._asked)

    def _show_full(self) -> None:
        index, self._agreed = self._revealed, True
        if not index.isValid() or index.row() >= self._model.rowCount():
            return
        self._context.unmasked(N_("一条记录"), 1, self._source.uids([index.row()]))
        self.begin(index)

    # many cells

    def _selected(self) -> list[str]:
        if self._table.selected_count > MOST:
            said = _("一次最多填 {most:,} 条；更多的请用“批量”里的“填写一项”。").format(most=MOST)
            self._context.notices.error(said)
            return []
        return [uid for uid in self._source.uids(self._table.selected_rows()) if uid]

    def _fill_selection(self) -> None:
        """What stands in the open cell goes into this column of all selected rows."""
        cell = self.cell
        if cell is None:
            return
        if self._table.selected_count <= 1:
            self.take()
            return
        text, why = cell.editor.text(), why_alone(self._kind, cell.column.name, cell.column.title)
        if why and text:
            self.problem.tell(why, cell.editor.geometry())
            return
        found = cell.rules.read({cell.column.name: text}, cell.known, self._context.today, self._context.index)
        if cell.column.name in found.wrong:
            self.take()
            return
        self._close()
        self._fill(self._selected(), cell.column, text)

    def _fill_down(self, index: QModelIndex) -> None:
        """The topmost selected row's value goes into the others; of a single row, the value above it into it."""
        if (column := self._column(index)) is None:
            return
        rows = self._table.selected_rows()
        if len(rows) < 2:
            rows = [index.row() - 1, index.row()]
        why = why_alone(self._kind, column.name, column.title)
        if why or rows[0] < 0:
            self._context.notices.tell(why or _("上面没有可以照填的一行。"))
            return
        if len(rows) > MOST:
            self._selected()  # it says why
            return
        (first, *rest), rules = self._source.uids(rows), self._source.rules
        known = rules.held([first]).get(first)
        if known is None:
            self._context.notices.tell(self._source.why_nothing())
            return
        self._fill([uid for uid in rest if uid], column, rules.meaning_of(known, column, self._context.index))

    def _empty(self, index: QModelIndex) -> None:
        if (column := self._column(index)) is None:
            return
        if column.required:
            self._context.notices.tell(_("“{title}”不能清空。").format(title=column.title))
        else:
            self._fill(self._selected(), column, "")

    def _fill(self, uids: Sequence[str], column: Column, text: str) -> None:
        if not uids or not self._context.may_write():
            return
        said = _("已填 {count:,} 条的{field}。") if text else _("已清空 {count:,} 条的{field}。")
        self._said.append(_Sent(said.replace("{field}", column.title), _("没有要改的。")))
        context = self._context
        args = (self._kind, uids, column.name, text, context.author, context.today, context.index)
        context.jobs.write(fill_cells, *args, done=self._filled, failed=self._failed, title=_("正在填写"))

    def _filled(self, done: Done[tuple[int | None, CellPlan]]) -> None:
        plan, (said, why_not, _cell, _text) = done.result[1], self._said.pop(0)
        if done.batch is None:
            self._context.notices.tell(why_not + said_of_refused(plan))
        did(self._context, done, said.format(count=len(plan.records)) + said_of_refused(plan))
