"""What is done with many records at once: a membership event for all of them, one field set in all of them."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from models.editing import bulk, coverages, moving
from models.editing.bulk import Filled
from models.editing.editing import FORM_OF, Kind
from models.editing.moving import Moved
from models.editing.union_types import Confirmed, confirm_types
from models.errors import Stopped, UserError
from models.journal.done import Done
from models.journal.writer import Author
from models.language import _
from models.lists import selection
from models.records.employer import Coverage
from models.values.columns import column_of
from models.values.region_index import RegionIndex
from ui.kit.agreeing import Agreeing
from ui.kit.asked_once import asked_once
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.day_editor import DayEditor
from ui.kit.editors import editor_for
from ui.kit.fit_height import fit_height
from ui.kit.line_editor import Editor
from ui.kit.lines import down, titled
from ui.kit.picker import RecordPicker
from ui.kit.plain import Label
from ui.kit.written import did
from ui.lists.bar import ListBar
from ui.record.ties import EventForm

#: Of those who were left alone, so many are named.
_NAMED = 5


class EventDialog(QDialog):
    """Asks for a membership event for many people; ``asked`` is then (type, day, union's uid, reason)."""

    def __init__(self, type_: str, people: int, day: str, parent: QWidget | None = None) -> None:
        """``type_``: the event that is proposed; ``people``: how many were selected."""
        super().__init__(parent)
        self.setWindowTitle(_("会籍变动"))
        self.asked: tuple[str, str, str, str] | None = None
        self.form = EventForm(day)
        self.form.choose(type_)
        self.form.hide_button()
        self.form.entered.connect(self._take)
        self.buttons = Agreeing(_("为 {count:,} 人登记").format(count=people), self, self.form.enter.click)
        told = Label(_("转会会在同一天登记转出和转入。不符合条件的人会留下不动，并说明原因。"), "secondary", wrap=True)
        self.lacking = Label(_("请选择转到或加入哪个工会。"), "wrong")
        self.lacking.hide()
        down(told, self.form, self.lacking, self.buttons, on=self, margins=None)
        self.resize(420, self.sizeHint().height())

    def _take(self, type_: str, day: str, union: str, reason: str) -> None:
        if type_ in moving.TAKING_IN and not union:
            self.lacking.show()
            fit_height(self)
            self.form.union.setFocus()
            return
        self.asked = (type_, day, union, reason)
        self.accept()


class FieldDialog(QDialog):
    """Asks which field of many records is set to what; ``asked`` is then (field name, text as typed)."""

    def __init__(
        self, kind: Kind, records: int, places: QStringListModel, parent: QWidget | None = None,
        check: Callable[[str, str], Any] | None = None,
    ) -> None:  # fmt: skip
        """``records``: how many were selected. ``check(field name, text)`` raises UserError for what is no value."""
        super().__init__(parent)
        self.setWindowTitle(_("批量填写"))
        self.asked: tuple[str, str] | None = None
        self._columns, self._places, self._check = bulk.common_columns(kind), places, check
        self.wrong = Label(role="wrong", wrap=True)
        self.wrong.hide()
        self.fields = choice_box(_("项目"), [(column.title, column.name) for column in self._columns])
        self.fields.setMaxVisibleItems(16)
        self.fields.currentIndexChanged.connect(self._fit)
        self.editor: Editor = editor_for(self._columns[0], places)
        self._form = titled((_("项目"), self.fields), (_("改为"), self.editor))
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignRight)
        told = Label(_("把 {count:,} 条记录的这一项都改成同一个值；留空就是清空。").format(count=records), "secondary", wrap=True)
        self._records = records
        self.buttons = Agreeing("", self, self._take)
        self._follow()
        down(told, self._form, self.wrong, self.buttons, on=self, margins=None)
        self.resize(420, self.sizeHint().height())

    def choose(self, name: str) -> None:
        """Propose another field."""
        self.fields.setCurrentIndex(max(0, self.fields.findData(name)))

    def _fit(self) -> None:
        self._form.removeRow(1)
        self.editor = editor_for(self._columns[self.fields.currentIndex()], self._places)
        self._form.addRow(_("改为"), self.editor)
        self._follow()

    def _follow(self) -> None:
        """The button says what comes of what stands in the field: an empty one empties."""
        self.editor.edited.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        self.wrong.hide()
        filled, emptied = _("改 {count:,} 条记录"), _("清空 {count:,} 条记录的这一项")
        self.buttons.go.setText((filled if self.editor.text() else emptied).format(count=self._records))
        self.buttons.let_enter(bool(self.editor.text()))

    def _take(self) -> None:
        asked = (str(self.fields.currentData()), self.editor.text())
        try:
            if self._check is not None:
                self._check(*asked)
        except UserError as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            fit_height(self)
            self.editor.setFocus()
            return
        self.asked = asked
        self.accept()


class CoverDialog(QDialog):
    """Asks which union is to cover many employers, since when; ``asked`` is then its uid and the day as typed."""

    def __init__(self, employers: int, day: str, parent: QWidget | None = None) -> None:
        """``employers``: how many were selected; ``day``: the day that is proposed."""
        super().__init__(parent)
        self.setWindowTitle(_("由一个工会覆盖"))
        self.asked: tuple[str, str] | None = None
        self.union = RecordPicker("union", _("工会"))
        self.union.picked.connect(self._fit)
        self.day = DayEditor(column_of(Coverage, "since").title)
        self.day.show_text(day)
        told = Label(_("从这一天起，这 {count:,} 个单位由它覆盖；原来覆盖它们的工会随之结束。").format(count=employers), "secondary", wrap=True)
        self.buttons = Agreeing(_("登记 {count:,} 个单位的覆盖").format(count=employers), self, self._take)
        form = titled((_("工会"), self.union), (_("开始日期"), self.day))
        down(told, form, self.buttons, on=self, margins=None)
        self.resize(420, self.sizeHint().height())
        self._fit()

    def _fit(self) -> None:
        self.buttons.go.setEnabled(bool(self.union.uid))

    def _take(self) -> None:
        self.asked = (self.union.uid, self.day.text())
        self.accept()


def _enter(
    numbers: Sequence[int], asked: tuple[str, str, str, str], author: Author, progress: Callable[[int, int], None]
) -> Moved:
    """For the worker thread: which people they are is looked up there, for there may be very many."""
    type_, day, union, reason = asked
    return moving.enter(type_, selection.uids_of("workers", numbers), day, author, union, reason, progress)


def _set_field(
    kind: Kind, numbers: Sequence[int], name: str, text: str, author: Author, today: dt.date, index: RegionIndex,
    progress: Callable[[int, int], None],
) -> Filled:  # fmt: skip
    uids = selection.uids_of(FORM_OF[kind], numbers)
    return bulk.set_field(kind, uids, name, text, author, today, index, progress)


def _confirm_types(numbers: Sequence[int], author: Author) -> Confirmed:
    return confirm_types(selection.uids_of("unions", numbers), author)


def _cover(
    numbers: Sequence[int], asked: tuple[str, str], author: Author, today: dt.date, progress: Callable[[int, int], None]
) -> tuple[int | None, int]:
    """The batch's number and how many employers were selected."""
    employers = selection.uids_of("employers", numbers)
    union, day = asked
    return coverages.cover(union, employers, day, author, today, progress), len(employers)


class Bulk(QObject):
    """Runs what was asked for many records on the worker thread, and tells what came of it, with its way back.

    ``merging(str, str, str)`` asks that two records (kind, uid, uid) be compared and made one.
    """

    merging = Signal(str, str, str)

    def __init__(
        self, context: Context, kind: Kind, places: QStringListModel, selected: Callable[[], list[int]], parent: QWidget
    ) -> None:
        """For records of one kind; ``selected`` answers the row numbers of those that are chosen now."""
        super().__init__(parent)
        self._context, self._kind, self._places, self._selected, self._window = context, kind, places, selected, parent

    def obey(self, bar: ListBar) -> None:
        """Do what a list's bar asks for."""
        bar.wants_event.connect(self.ask_event)
        bar.wants_field.connect(self.ask_field)
        bar.wants_cover.connect(self.ask_cover)
        bar.wants_merge.connect(self.ask_merge)
        bar.wants_types.connect(self.confirm_types)

    def ask_event(self, type_: str) -> None:
        """Ask for a membership event for the selected people, and enter it."""
        numbers = self._selected()
        with asked_once(EventDialog(type_, len(numbers), self._context.today.isoformat(), self._window)) as dialog:
            if dialog.exec() and dialog.asked:
                self.enter(numbers, dialog.asked)

    def confirm_types(self) -> None:
        """Give the selected unions that have no type the one that their name suggests."""
        args = (_confirm_types, self._selected(), self._context.author)
        self._context.jobs.write(*args, done=self._confirmed, failed=self._failed, title=_("正在填写工会类型"))

    def _confirmed(self, done: Done[Confirmed]) -> None:
        changed = done.result.changed
        said = _("已填 {count:,} 个工会的类型。").format(count=changed)
        self._tell(done, said if changed else _("选中的工会都有类型，或者名称看不出类型。"))

    def ask_merge(self) -> None:
        """Ask for the two selected records to be compared."""
        numbers = self._selected()
        if len(numbers) == 2:
            self.merging.emit(self._kind, *selection.uids_of(FORM_OF[self._kind], numbers))
        else:
            self._context.notices.tell(_("请正好选中两条记录，再合并。"))

    def ask_cover(self) -> None:
        """Ask which union is to cover the selected employers, and let it."""
        numbers = self._selected()
        with asked_once(CoverDialog(len(numbers), self._context.today.isoformat(), self._window)) as dialog:
            if dialog.exec() and dialog.asked:
                self.cover(numbers, dialog.asked)

    def cover(self, numbers: Sequence[int], asked: tuple[str, str]) -> None:
        """Let a union cover employers (row numbers) from a day on: (union's uid, day as typed)."""
        args = (numbers, asked, self._context.author, self._context.today)
        self._context.jobs.write(_cover, *args, done=self._covered, failed=self._failed, title=_("正在登记覆盖"))

    def _covered(self, done: Done[tuple[int | None, int]]) -> None:
        _number, count = done.result
        nothing = _("这些单位已经都由它覆盖。")
        self._tell(done, _("已登记 {count:,} 个单位的覆盖。").format(count=count) if done.kinds else nothing)

    def ask_field(self, name: str) -> None:
        """Ask what a field (any one for "") is to be in the selected records, and set it."""
        numbers = self._selected()
        with asked_once(FieldDialog(self._kind, len(numbers), self._places, self._window, self._read)) as dialog:
            dialog.choose(name)
            if dialog.exec() and dialog.asked:
                self.set_field(numbers, *dialog.asked)

    def _read(self, name: str, text: str) -> None:
        bulk.read_field(self._kind, name, text, self._context.today, self._context.index)

    def enter(self, numbers: Sequence[int], asked: tuple[str, str, str, str]) -> None:
        """Enter one membership event for people (row numbers): (type, day, union's uid, reason)."""
        self._context.jobs.write(
            _enter,
            numbers,
            asked,
            self._context.author,
            done=self._moved,
            failed=self._failed,
            title=_("正在登记会籍变动"),
        )

    def set_field(self, numbers: Sequence[int], name: str, text: str) -> None:
        """Set one field of records (row numbers) to what was typed."""
        context = self._context
        args = (self._kind, numbers, name, text, context.author, context.today, context.index)
        context.jobs.write(_set_field, *args, done=self._filled, failed=self._failed, title=_("正在批量填写"))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Stopped):
            self._context.notices.tell(_("已停下，什么都没有改。"))
        self._context.tell_failure(error)

    def _moved(self, done: Done[Moved]) -> None:
        moved = done.result
        said = _("已登记 {count:,} 人的会籍变动。").format(count=moved.moved)
        if moved.left:
            named = _("；").join(list(moved.left.values())[:_NAMED])
            more = _("等") if len(moved.left) > _NAMED else ""
            said += _("{count:,} 人没有动：{why}{more}。").format(count=len(moved.left), why=named, more=more)
        self._tell(done, said)

    def _filled(self, done: Done[Filled]) -> None:
        self._tell(done, _("已改 {count:,} 条记录。").format(count=done.result.changed))

    def _tell(self, done: Done[Any], said: str) -> None:
        if done.batch is None:
            self._context.notices.tell(said)
        else:
            did(self._context, done, said)
