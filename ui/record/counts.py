"""The head counts of an employer or a union: all of them by day and source, the ones that count marked; entering, correcting."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QWidget

from models.editing.count_entry import Counted, as_written, typed_counts, understand_count
from models.editing.held_staff import beside_held
from models.language import _
from models.records.headcount import COUNTS, UPPER, HeadCount, counted_text
from models.values.columns import column_of
from ui.kit import theme
from ui.kit.day_editor import DayEditor
from ui.kit.editors import editor_for
from ui.kit.line_editor import Editor
from ui.kit.lines import BELOW_TABS, REST, across, down, in_columns, on_paper, scrolled
from ui.kit.list_model import ListModel, ShownColumn, list_table, text_column
from ui.kit.plain import Label
from ui.kit.tables import UNKNOWN, Index
from ui.record.entries_beside import EntriesBeside

_HAND_SOURCE = "走访核实"


class CountsModel(ListModel):
    """Head counts (``models.editing.count_entry.Counted``); a number that counts stands in bold with a mark before it."""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.FontRole and index.isValid():
            column = self.columns[index.column()].name
            return _bold() if column in self.items[index.row()].counting else None
        return super().data(index, role)


def _bold() -> QFont:
    return theme.font(bold=True)


def counts_model(parent: QWidget) -> CountsModel:
    """The model of the counts of one employer or union."""
    columns = [_shown(column.name, column.title, column.kind, column.width) for column in typed_counts()]
    return CountsModel([*columns, text_column("why", _("为什么算数"), 14, _why)], parent)


def _shown(name: str, title: str, kind: Any, width: int) -> ShownColumn:
    def text(each: Counted) -> str:
        value = each.values[name]
        if name not in COUNTS:
            return kind.show(value) or UNKNOWN
        if value is None:
            return UNKNOWN
        counted = counted_text(value, each.values[UPPER[name]], each.values["approximate"])
        return ("• " if name in each.counting else "") + counted

    return ShownColumn(name, title, max(width, 4), kind.align, text, lambda each: each.values[name])


def _why(each: Counted) -> str:
    """Why the numbers of a count are those that count, "" where none of them does."""
    reasons: dict[str, list[str]] = {}
    for name, reason in each.why.items():
        reasons.setdefault(reason, []).append(column_of(HeadCount, name).title)
    if len(reasons) == 1:
        return next(iter(reasons))
    return _("；").join(_("{names}：{reason}").format(names=_("、").join(names), reason=reason) for reason, names in reasons.items())


class CountForm(QWidget):
    """The fields of one head count, and what must be told of what was typed in them."""

    def __init__(self, today: dt.date) -> None:
        """Empty but for what is proposed of a new count; ``today`` is its day."""
        super().__init__()
        self._today = today
        #: Whom it counts, so that a number far from the held one is told; "" as long as nobody is chosen.
        self.subject = ""
        self._began: dict[str, str] = {}
        self.editors: dict[str, Editor] = {}
        self.wrong = Label(role="wrong", wrap=True)
        self.setObjectName("content")
        down(self._grid(), self.wrong, on=self, margins=None)
        self.clear()

    def _grid(self) -> QGridLayout:
        grid = in_columns(1, 3)
        places = QStringListModel(self)
        for number, column in enumerate(typed_counts()):
            title, editor = Label(column.title, "secondary", wrap=True), editor_for(column, places)
            title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            title.setBuddy(editor)
            if isinstance(editor, DayEditor):  # a day is read whole
                editor.setMinimumWidth(editor.fontMetrics().horizontalAdvance("2026-12-31") + 52)
            editor.left.connect(self._read)
            editor.edited.connect(self._read)
            grid.addWidget(title, number // 2, 2 * (number % 2))
            grid.addWidget(editor, number // 2, 2 * (number % 2) + 1)
            self.editors[column.name] = editor
        return grid

    def clear(self) -> None:
        """Empty the form for a new count."""
        self.show_written({"as_of": self._today.isoformat(), "source": _HAND_SOURCE})
        self.wrong.hide()

    def show_written(self, texts: Mapping[str, str]) -> None:
        """Show a count as a person would write it, by field."""
        for name, editor in self.editors.items():
            editor.show_text(texts.get(name, ""))
        self._began = self.written()

    @property
    def is_changed(self) -> bool:
        """True when something was typed."""
        return self.written() != self._began

    def written(self) -> dict[str, str]:
        """What stands in the form, by field."""
        return {name: editor.text() for name, editor in self.editors.items()}

    def _read(self) -> None:
        self.tell(pressed=False)

    def tell(self, pressed: bool) -> bool:
        """Tell what must be told of what was typed; True when it can be written. That there is no number yet is told last."""
        found = understand_count(self.written(), self._today)
        said = [each.text for each in found.problems if each.code != "counts-missing"]
        missing = len(said) < len(found.problems)
        said += [each.text for each in beside_held(self.subject, found.values)]
        unread = [each for each in found.problems if each.column and found.values.get(each.column) is None]
        if pressed and missing:
            said.append(_("请至少填一个人数。"))
        self.wrong.setText(_("；").join(said))
        self.wrong.setVisible(bool(said))
        return not (missing or unread)

    def go_to_wrong(self) -> None:
        """Put the keyboard where something stands that is no value, or at the first number where there is none."""
        values = understand_count(self.written(), self._today).values
        unread = (editor for name, editor in self.editors.items() if editor.text() and values.get(name) is None)
        if (editor := next(unread, None)) is not None:
            editor.setFocus()


class CountsView(EntriesBeside):
    """``entered(dict)`` brings what was typed of a new count, by field; ``corrected(str, dict)`` that of one (uid) put right."""

    entered = Signal(object)
    corrected = Signal(str, object)

    def __init__(self, today: dt.date) -> None:
        """No counts; ``today`` is proposed for a new one."""
        super().__init__(_("删去选中的"))
        model = counts_model(self)
        self._list(list_table(_("人数"), model, one=True), model)
        self.told = Label(_("• 是现在算数的：写了日期的在前，日期新的在前；同一天看来源的次序（在设置里改）。各个来源的都保留。"), "secondary", wrap=True)
        self.form = CountForm(today)
        self.editors, self.wrong = self.form.editors, self.form.wrong
        # beside another record, on a small screen, there is little height
        entered = scrolled(on_paper(down(self.told, self.heading, self.form)), sideways=False, by_tab=False)
        down(
            (self.table, 1), across(self.correct, self.remove, REST), (entered, 1), across(self.enter, self.leave, REST),
            on=self, margins=BELOW_TABS,
        )  # fmt: skip
        self.clear()

    def show_counts(self, subject: str, counts: list[Counted]) -> None:
        """Show the counts of a record (uid)."""
        self.form.subject = subject
        self._show(subject, counts)
        known = {name for each in counts for name in COUNTS if each.values[name] is not None}
        for place, column in enumerate(self.model.columns):
            self.table.setColumnHidden(place, column.name in COUNTS and column.name not in known)

    def _empty(self) -> None:
        self._begin("", _("登记一次人数"), _("登记人数"))
        self.form.clear()

    def _is_changed(self) -> bool:
        return self.form.is_changed

    def written(self) -> dict[str, str]:
        """What stands in the form, by field."""
        return self.form.written()

    def _put(self, held: Counted) -> None:
        self._begin(held.uid, _("改正这一次人数"), _("保存改正"))
        # a range stays one, whichever other number is put right
        self.form.show_written({name: as_written(held.values, name) for name in self.editors})
        self.editors["as_of"].setFocus()

    def _enter(self) -> None:
        if not self.form.tell(pressed=True):
            self.form.go_to_wrong()
            return
        self._sent = True
        if self._corrects:
            self.corrected.emit(self._corrects, self.written())
        else:
            self.entered.emit(self.written())
