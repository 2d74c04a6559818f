"""The drive's list as a table, with what can be done to several employers at once."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QStringListModel, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from models.drive.list import DriveRow
from models.language import _
from models.records.drive_case import DriveCase
from models.values.columns import column_of
from ui.drive.tables import EmployersModel, employers_model
from ui.kit.acting import act, act_by_each
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.empty import EmptyState
from ui.kit.frozen import FrozenTable
from ui.kit.lines import BELOW_TABS, down, holding, one_shown, wrapped
from ui.kit.list_box import ListBox
from ui.kit.list_model import let_sort
from ui.kit.plain import Label
from ui.kit.plain_fields import line_field
from ui.lists.cell_source import ItemsSource
from ui.lists.cell_work import CellWork
from ui.lists.freezing import Freezing

#: More than this is not selected again after the list was read anew.
_KEPT = 500


def _case_of(row: DriveRow) -> str:
    return row.drive_case or ""


class EmployersList(QWidget):
    """``opened(str, str)`` names an employer and the part of its file that is to be opened, "" for any.

    ``assigns(list, str)`` brings cases (uids) and the organizer who is to look after them, "" for nobody; ``joins(list)``
    the employers (``DriveRow``) that are to found one union together; ``plans(list, dict)`` cases and what is planned for
    each of them; ``chosen(int)`` how many rows are selected.
    """

    opened = Signal(str, str)
    assigns = Signal(object, str)
    joins = Signal(object)
    plans = Signal(object, object)
    chosen = Signal(int)

    def __init__(self, context: Context, model: EmployersModel, places: QStringListModel) -> None:
        """The table of a model; ``places``: the names of the regions."""
        super().__init__()
        self.model = model
        self._kept: set[str] = set()
        self.table = FrozenTable(_("应建未建单位"))
        let_sort(self.table, model)
        self.table.horizontalHeader().setSectionsMovable(True)
        self.opening = act(self, "drive.open", self._open_current)
        self.visiting = act(self, "drive.visit", self._visit_current)
        self.table.insertActions(self.table.copying, [self.opening, self.visiting])
        self.table.opened.connect(self._open)
        self.table.chosen.connect(self._fit)
        nothing = _("这一家还没有建会台账，安排不了。列入应建未建名单以后，这里才能填。")
        source = ItemsSource("drive_case", self.table, model, _case_of, nothing=nothing)
        self.work = CellWork(context, source, self.table, self, places)
        self.table.addAction(Freezing(context, self.table, "drive").menuAction())
        self.shown = Label(role="secondary", wrap=True)
        self.organizer = ListBox()
        self.organizer.setEditable(True)
        self.organizer.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.organizer.setAccessibleName(column_of(DriveCase, "organizer").title)
        self.organizer.setMinimumContentsLength(6)
        self.assign = push_button("", self._assign)
        self.join = push_button("", self._join)
        self.next_action = self._field("next_action", _("下一步"))
        self.next_date = self._field("next_action_date", _("日期，如 2024-05-06"))
        self.next_date.setMinimumWidth(self.next_date.fontMetrics().horizontalAdvance(self.next_date.placeholderText()) + 24)
        self.plan = push_button("", self._plan)
        act_by_each(self, "drive", assign=self.assign, join=self.join, plan=self.plan)
        self._lay_out()
        self.keys = self.table  # where the keyboard goes back to
        self._fit(0)

    def _lay_out(self) -> None:
        self.next_action.setMinimumWidth(self.next_date.minimumWidth())
        asked = (Label(_("负责人")), self.organizer, self.assign, self.next_action, self.next_date, self.plan, self.join)
        self.several = holding(wrapped(*asked))  # beside an open case there is little room
        self.nothing = EmptyState("search", _("没有符合条件的单位。换个词，或者放宽上面的条件再看。"), "")
        self._tables = one_shown(self.table, self.nothing)
        down((self._tables, 1), self.several, self.shown, on=self, gap=4, margins=BELOW_TABS)

    def _field(self, name: str, hint: str) -> QLineEdit:
        field = line_field(column_of(DriveCase, name).title, hint)
        field.setMinimumWidth(field.fontMetrics().horizontalAdvance("国") * 6)
        field.returnPressed.connect(self._plan)
        return field

    def show_rows(self, rows: Sequence[DriveRow]) -> None:
        """List other employers; those that were selected stay so."""
        kept = {row.uid for row in self.selected()}
        self.model.show_items(rows)
        self._tables.setCurrentWidget(self.table if rows else self.nothing)
        if kept and len(kept) <= _KEPT:
            self._select(kept)

    def _select(self, uids: set[str]) -> None:
        chosen, last = QItemSelection(), self.model.columnCount() - 1
        for row, item in enumerate(self.model.items):
            if item.uid in uids:
                chosen.select(self.model.index(row, 0), self.model.index(row, last))
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)

    def selected(self) -> list[DriveRow]:
        """The selected employers, from the top."""
        return [self.model.items[row] for row in self.table.selected_rows()]

    def cells(self) -> tuple[list[str], list[list[str | int]]]:
        """The titles and the rows as a sheet has them, in the language of the moment."""
        listed = employers_model(self, self.model.today)
        listed.show_items(self.model.items)
        return listed.cells()

    def offer(self, names: Sequence[str]) -> None:
        """Offer these organizers for choosing."""
        field = self.organizer.lineEdit()
        assert field is not None  # the box is editable
        typed, place = field.text(), field.cursorPosition()
        self.organizer.clear()
        self.organizer.addItems(list(names))
        field.setText(typed)
        field.setCursorPosition(place)

    def _fit(self, count: int) -> None:
        self.several.setVisible(count > 0)
        self.join.setVisible(count > 1)
        self.chosen.emit(count)

    def _open(self, row: int) -> None:
        self.opened.emit(self.model.items[row].uid, "")

    def lead(self, pane: QWidget) -> None:
        """Let the keys of the file that stands beside the list lead through it, also while the list has the focus."""
        for name, by in (("case.next", 1), ("case.last", -1)):
            act(pane, name, partial(self.step, by))
        self.addActions(pane.actions())

    def step(self, by: int) -> None:
        """Open the employer below or above the one that is selected."""
        row = self.table.currentIndex().row() + by
        if 0 <= row < len(self.model.items):
            self.table.selectRow(row)
            self._open(row)

    def _open_current(self) -> None:
        self._open_part("")

    def _visit_current(self) -> None:
        self._open_part("contacts")

    def _open_part(self, part: str) -> None:
        row = self.table.currentIndex().row()
        if 0 <= row < len(self.model.items):
            self.opened.emit(self.model.items[row].uid, part)

    def _assign(self) -> None:
        cases = [row.drive_case for row in self.selected() if row.drive_case]
        self.assigns.emit(cases, self.organizer.currentText().strip())

    def _plan(self) -> None:
        typed = {"next_action": self.next_action.text().strip(), "next_action_date": self.next_date.text().strip()}
        given = {name: text for name, text in typed.items() if text}
        if given:
            self.plans.emit([row.drive_case for row in self.selected() if row.drive_case], given)
        else:
            self.next_action.setFocus()

    def _join(self) -> None:
        self.joins.emit([row for row in self.selected() if row.drive_case])
