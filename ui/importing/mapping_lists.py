"""The smaller decisions about a sheet: what blank cells do, what stands in for columns it lacks, what values mean."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QScrollArea, QWidget

from importers.rows.decisions import BlankPolicy, Decisions
from importers.rows.understanding import SheetView
from importers.rows.values import UnknownValue
from models.language import _
from models.records.forms import FORMS
from models.values.columns import Column
from models.values.kinds import Choice, YesNo
from ui.importing.mapping_facts import SheetFacts
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.files_view import empty
from ui.kit.lines import REST, down, in_columns
from ui.kit.list_box import ListBox, put_in
from ui.kit.plain import Label

#: Fields that most sheets mean for all of their rows come first.
_USUAL = ("union", "employer", "parent", "region", "residence_region", "occupation_group", "membership_state")
#: Unknown values that are listed at once: more of them are rather a column that went to the wrong field.
MOST_VALUES = 200


class QuietCombo(ListBox):
    """A combo box in a list that scrolls: the wheel scrolls the list and never changes the choice."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class DecisionList(QScrollArea):
    """A scrolling grid of decisions about one sheet; what stands in it is rebuilt whenever the sheet is shown.

    ``decided(Decisions)`` brings the new decisions.
    """

    decided = Signal(object)

    def __init__(self, hint: str, parent: QWidget | None = None) -> None:
        """``hint`` says above the list what is decided here, :attr:`none` that there is nothing to decide."""
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.view: SheetView | None = None
        self.decisions = Decisions()
        self.boxes: dict[str, QComboBox | QLineEdit] = {}
        self._usual, self.none = hint, hint
        self.hint = Label(hint, "secondary", wrap=True)
        self.rows = in_columns(4, gaps=(theme.WIDE, 4))
        inside = QWidget()
        inside.setObjectName("listed")
        inside.setStyleSheet("QWidget#listed { background: transparent; }")
        down(self.hint, self.rows, REST, on=inside, gap=None, margins=(4, 4, theme.GAP, 4))
        self.setWidget(inside)

    def show_sheet(self, view: SheetView | None, decisions: Decisions, facts: SheetFacts) -> None:
        """Show what was decided about a sheet."""
        place = self.verticalScrollBar().value()
        self.view, self.decisions = view, decisions
        self.boxes.clear()
        empty(self.rows)
        if view is not None and view.kind is not None and view.mapping is not None:
            self.fill(view, facts)
        self.hint.setText(self._usual if self.boxes else self.none)
        self.verticalScrollBar().setValue(place)

    def fill(self, view: SheetView, facts: SheetFacts) -> None:
        """Build the lines of a sheet that is imported; the part that each list supplies."""
        raise NotImplementedError

    def say(self, row: int, column: int, text: str, muted: bool = False) -> Label:
        """Put a text into the grid."""
        label = Label(text, "secondary" if muted else "")
        self.rows.addWidget(label, row, column)
        return label

    def combo(self, name: str, title: str, place: tuple[int, int], choices: list[tuple[str, Any]], chosen: Any) -> QuietCombo:
        """Put a combo box of (text, data) into the grid at (row, column); ``title`` is what a screen reader says."""
        box = QuietCombo()
        box.setAccessibleName(title)
        box.setMinimumWidth(160)
        put_in(box, choices)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        box.setProperty("about", name)
        self.boxes[name] = box
        self.rows.addWidget(box, *place)
        return box


class BlanksList(DecisionList):
    """What blank cells of each column do. ``counting(str)`` asks how many values a field that is cleared would lose."""

    counting = Signal(str)

    def __init__(self) -> None:
        """Without a sheet."""
        super().__init__(_("表里的空格平时不影响登记册。可以逐列改成“只填空白”（登记册里已有的不动）或“空格清空登记册里的值”。"))
        self._lost: dict[str, Label] = {}

    def fill(self, view: SheetView, facts: SheetFacts) -> None:
        """One line per column that goes to a field."""
        assert view.mapping is not None
        self._lost.clear()
        policies: list[tuple[str, BlankPolicy]] = [
            (_("空格不管"), "ignore"), (_("只填空白，不改已有"), "fill"), (_("空格清空已有"), "clear"),
        ]  # fmt: skip
        form = FORMS[view.kind or "workers"]
        given = self.decisions.blanks.get(view.key, {})
        matches = [match for match in view.mapping.matches if match.field and not form.by_name[match.field].column.required]
        for row, match in enumerate(matches):
            name = match.field or ""
            self.say(row, 0, f"{match.letter} · {form.by_name[name].column.title}")
            counted = facts.columns.get(match.index)
            self.say(row, 1, _("空 {count:,} 格").format(count=counted.blank) if counted else "", muted=True)
            box = self.combo(name, form.by_name[name].column.title, (row, 2), list(policies), given.get(name, "ignore"))
            box.activated.connect(self._choose)
            self._lost[name] = self.say(row, 3, "", muted=True)
            if given.get(name) == "clear":
                self.counting.emit(name)

    def _choose(self) -> None:
        box = self.sender()
        assert isinstance(box, QComboBox)
        assert self.view is not None
        name = str(box.property("about"))
        self.decisions = self.decisions.with_blank(self.view.key, name, box.currentData())
        self._lost[name].setText("")
        self.decided.emit(self.decisions)
        if box.currentData() == "clear":
            self.counting.emit(name)

    def tell_lost(self, counted: tuple[str, int]) -> None:
        """Say how many values of a field would be cleared: (field, count)."""
        name, count = counted
        if name in self._lost:
            self._lost[name].setText(_("将清空 {count:,} 个值").format(count=count))
            self._lost[name].setProperty("role", "wrong" if count else "secondary")
            self._lost[name].style().unpolish(self._lost[name])
            self._lost[name].style().polish(self._lost[name])


class DefaultsList(DecisionList):
    """One value for all rows, for fields that the sheet has no column for."""

    def __init__(self) -> None:
        """Without a sheet."""
        super().__init__(_("表里没有的列，可以在这里给这张表的所有人填同一个值；不填就不管。"))

    def fill(self, view: SheetView, facts: SheetFacts) -> None:
        """One line per field without a column that may be the same for many records."""
        assert view.mapping is not None
        form, given = FORMS[view.kind or "workers"], self.decisions.defaults.get(view.key, {})
        absent = [each for each in form.fields if view.mapping.of(each.name) is None and not _own(each.column)]
        absent.sort(key=lambda each: _USUAL.index(each.name) if each.name in _USUAL else len(_USUAL))
        for row, each in enumerate(absent):
            self.say(row, 0, each.column.title)
            kind = each.column.kind
            labels = list(kind.codes.labels) if isinstance(kind, Choice) else ["是", "否"] if isinstance(kind, YesNo) else []
            if labels:
                choices = [(_("不填"), ""), *((_(label), label) for label in labels)]
                box = self.combo(each.name, each.column.title, (row, 2), choices, given.get(each.name, ""))
                box.activated.connect(self._choose)
                continue
            field = QLineEdit(given.get(each.name, ""))
            field.setAccessibleName(each.column.title)
            field.setMinimumWidth(260)
            field.setPlaceholderText(_("例如：{example}").format(example=each.column.example) if each.column.example else "")
            field.setProperty("about", each.name)
            field.editingFinished.connect(self._choose)
            self.boxes[each.name] = field
            self.rows.addWidget(field, row, 2)

    def _choose(self) -> None:
        box = self.sender()
        assert self.view is not None
        name = str(box.property("about"))
        text = box.text().strip() if isinstance(box, QLineEdit) else ""
        if isinstance(box, QComboBox):
            text = str(box.currentData())
        if text != self.decisions.defaults.get(self.view.key, {}).get(name, ""):
            # a field that loses the focus meanwhile must not tell this again
            self.decisions = self.decisions.with_default(self.view.key, name, text)
            self.decided.emit(self.decisions)


def _own(column: Column) -> bool:
    """True for what every record has for itself: names, numbers, phones."""
    return column.required or column.private


class ValuesList(DecisionList):
    """What values mean that no code list knows; the probable label is proposed, a person chooses."""

    def __init__(self) -> None:
        """Without a sheet."""
        super().__init__(_("这些写法不在选项里。选定它们的意思，以后再遇到同样的写法就不用再问；不选的不采用。"))
        self.none = _("这张表里没有认不出的写法。")
        self.all: QPushButton | None = None
        self._unknown: list[UnknownValue] = []

    def fill(self, view: SheetView, facts: SheetFacts) -> None:
        """One line per unknown value, and per value that a person decided about already."""
        self._unknown = facts.unknown[:MOST_VALUES]
        form = FORMS[view.kind or "workers"]
        row = 0
        for each in self._unknown:
            count = _("{count:,} 行").format(count=each.count)
            self._line(row, each.field, form.by_name[each.field].column, each.written, count, "?")
            likely = _("可能是“{label}”（把握 {share:.0%}）").format(label=_(each.suggestion or ""), share=each.sureness)
            self.say(row, 4, likely if each.suggestion else "", muted=True)
            row += 1
        for name, values in self.decisions.choices.get(view.key, {}).items():
            for written, label in values.items():
                self._line(row, name, form.by_name[name].column, written, _("已定"), label)
                row += 1
        self.all = None
        if sure := sum(each.sure for each in self._unknown):
            self.all = push_button(_("有把握的 {count:,} 项按建议").format(count=sure), self._choose_all)
            self.rows.addWidget(self.all, row, 3)

    def _line(self, row: int, name: str, column: Column, written: str, count: str, chosen: str) -> None:
        self.say(row, 0, column.title)
        self.say(row, 1, f"“{written}”")
        self.say(row, 2, count, muted=True)
        assert isinstance(column.kind, Choice)
        choices = [(_("请选择"), "?"), (_("不采用"), ""), *((_(label), label) for label in column.kind.codes.labels)]
        box = self.combo(f"{name} {written}", f"{column.title} {written}", (row, 3), choices, chosen)
        box.activated.connect(self._choose)

    def _choose(self) -> None:
        box = self.sender()
        assert isinstance(box, QComboBox)
        assert self.view is not None
        name, written = str(box.property("about")).split(" ", 1)
        if box.currentData() != "?":
            self.decided.emit(self.decisions.with_choice(self.view.key, name, written, box.currentData()))

    def _choose_all(self) -> None:
        assert self.view is not None
        decisions = self.decisions
        for each in self._unknown:
            if each.sure:
                decisions = decisions.with_choice(self.view.key, each.field, each.written, each.suggestion)
        self.decided.emit(decisions)
