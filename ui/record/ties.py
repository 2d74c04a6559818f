"""What ties a record to others: a worker's membership events; which union covers an employer, which employers a union."""


from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QWidget

from models.editing.coverages import CoverageLine
from models.editing.moving import ENTERED, TAKING_IN, ToldEvent
from models.language import _
from models.values import codes
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.day_editor import DayEditor
from ui.kit.lines import BELOW_TABS, across, down, scrolled
from ui.kit.picker import RecordPicker
from ui.kit.plain import Label
from ui.kit.short_table import ShortTable


class EventForm(QWidget):
    """Entering a membership event. ``entered(str, str, str, str)``: type, day as typed, union's uid, reason."""

    entered = Signal(str, str, str, str)

    def __init__(self, day: str) -> None:
        """``day``: the day that is proposed."""
        super().__init__()
        self.type = choice_box(_("变动"), [(_(label), label) for label in ENTERED])
        self._proposed = day
        self.day = DayEditor(_("日期"))
        self.union = RecordPicker("union", _("转到或加入的工会"))
        self.reason = choice_box(_("原因"), [("", ""), *((_(label), label) for label in codes.CHANGE_REASON.labels)])
        self.enter = push_button(_("登记这次变动"), self._enter)
        self.type.currentIndexChanged.connect(self._fit)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        for title, field in (
            (_("变动"), self.type), (_("日期"), self.day), (_("工会"), self.union), (_("原因"), self.reason),
        ):  # fmt: skip
            field.setAccessibleName(title)
            form.addRow(title, field)
        form.addRow("", self.enter)
        self._form = form
        self.clear()

    def clear(self) -> None:
        """Propose anew what is proposed for a person of whom nothing was written yet."""
        self.choose("转入")
        self.day.show_text(self._proposed)
        self.union.choose("", "")
        self.reason.setCurrentIndex(0)
        self._fit()

    @property
    def half_filled(self) -> bool:
        """True when something else stands in it than what is proposed."""
        chosen = (self.type.currentData(), self.day.text(), self.union.text(), self.reason.currentData())
        return chosen != ("转入", self._proposed, "", "")

    def hide_button(self) -> None:
        """Leave out the form's own button: whoever shows the form has one."""
        self._form.setRowVisible(self.enter, False)
        self.enter.setAutoDefault(False)  # out of sight, it would still take the Enter key

    def choose(self, type_: str) -> None:
        """Propose another type of event."""
        self.type.setCurrentIndex(max(0, self.type.findData(type_)))

    def _fit(self) -> None:
        self._form.setRowVisible(self.union, self.type.currentData() in TAKING_IN)

    def _enter(self) -> None:
        union = self.union.uid if self.type.currentData() in TAKING_IN else ""
        self.entered.emit(self.type.currentData(), self.day.text(), union, self.reason.currentData())


class EventsView(QWidget):
    """A person's membership events, and entering another. ``removed(str)`` names an event that was a mistake."""

    removed = Signal(str)

    def __init__(self, day: str) -> None:
        """No events."""
        super().__init__()
        self._person = ""
        self.events: list[ToldEvent] = []
        self.list = ShortTable(_("会籍变动"), (_("日期"), _("变动"), _("工会"), _("原因")))
        self.remove = push_button(_("删去选中的变动"), self._remove)
        self.list.itemSelectionChanged.connect(self._fit)
        self.form = EventForm(day)
        self.form.setObjectName("content")
        rows = down((self.list, 1), on=self, margins=BELOW_TABS)
        rows.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(scrolled(self.form, sideways=False, by_tab=False), 1)

    def show_events(self, person: str, events: list[ToldEvent]) -> None:
        """Show the events of a person (uid), the one that counts last first. The form belongs to its person."""
        if person != self._person:
            self.form.clear()
        self._person, self.events = person, events
        rows = [
            (each.date or "—", _(each.type), each.union_name or "—", _(each.reason) if each.reason else "")
            for each in events
        ]
        self.list.show_rows(rows)
        self.list.clearSelection()  # what was chosen stood in other rows
        self._fit()

    def _fit(self) -> None:
        self.remove.setEnabled(self.list.chosen_row() >= 0)

    def _remove(self) -> None:
        self.removed.emit(self.events[self.list.chosen_row()].uid)


class CoveragesView(QWidget):
    """Which union covers the employer, or which employers the union covers.

    ``chosen(str)`` names the union or the employer that is to be joined to the shown one; ``ended(str)`` the employer that
    is covered no more. ``opened(str, str)``: the kind and the uid of the other record, which is to be opened.
    """

    chosen = Signal(str)
    ended = Signal(str)
    opened = Signal(str, str)

    def __init__(self, other: str) -> None:
        """``other``: the kind of record that is tied to the shown one, "union" or "employer"."""
        super().__init__()
        self._other, self._uid = other, ""
        self.coverages: list[CoverageLine] = []
        title = _("工会") if other == "union" else _("用人单位")
        self.list = ShortTable(_("覆盖"), (title, _("开始"), _("结束")))
        self.list.opened.connect(self._open)
        self.picker = RecordPicker(other, title)
        self.add = push_button(_("由这个工会覆盖") if other == "union" else _("覆盖这个单位"), self._add)
        self.end = push_button(_("结束选中的覆盖"), self._end)
        self.list.itemSelectionChanged.connect(self._fit)
        row = across((self.picker, 1), self.add, gap=None)
        rows = down((self.list, 1), on=self, margins=BELOW_TABS)
        rows.addWidget(self.end, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addLayout(row)
        self.told = Label(_("一个单位同一时间只由一个工会覆盖；新的开始时，原来的随之结束。双击或回车打开。"), "secondary", wrap=True)
        rows.addWidget(self.told)

    def show_coverages(self, uid: str, coverages: list[CoverageLine]) -> None:
        """Show the coverages of a record (uid). What stands in the field belongs to the record, until it is covered."""
        others = {each.union if self._other == "union" else each.employer for each in coverages if each.until is None}
        if uid != self._uid or self.picker.uid in others:
            self.clear()
        self._uid, self.coverages = uid, coverages
        names = [each.union_name if self._other == "union" else each.employer_name for each in coverages]
        self.list.show_rows(
            [(name, each.since or "—", each.until or "") for name, each in zip(names, coverages, strict=True)]
        )
        self.list.clearSelection()  # what was chosen stood in other rows
        self._fit()

    @property
    def half_filled(self) -> bool:
        """True when somebody is named in the field who was not joined yet."""
        return bool(self.picker.text().strip())

    def clear(self) -> None:
        """Name nobody in the field."""
        self.picker.choose("", "")

    def _fit(self) -> None:
        row = self.list.chosen_row()
        self.end.setEnabled(row >= 0 and self.coverages[row].until is None)

    def _open(self, row: int) -> None:
        each = self.coverages[row]
        self.opened.emit(self._other, each.union if self._other == "union" else each.employer)

    def _add(self) -> None:
        if self.picker.uid:
            self.chosen.emit(self.picker.uid)
        else:
            self.picker.setFocus()

    def _end(self) -> None:
        self.ended.emit(self.coverages[self.list.chosen_row()].employer)
