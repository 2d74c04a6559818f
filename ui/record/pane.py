"""One record beside its list: the form, what ties it to others, its history; saving, unmasking; the rest in ``acts.py``."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QFrame, QTabWidget

from models.editing import editing, entry
from models.editing.editing import Kind, Understood
from models.editing.namesakes import namesakes
from models.errors import Overtaken, UserError
from models.journal.done import Done
from models.language import _
from models.papers.catalogue import Subject
from ui.issuing.dialog import IssuingDialog
from ui.kit.acting import act, act_by_each
from ui.kit.buttons import push_button
from ui.kit.close_button import close_button
from ui.kit.context import Context
from ui.kit.lines import BESIDE_LIST, across, down, wrapped
from ui.kit.notices import Action
from ui.kit.plain import Label
from ui.kit.unsaved import Unsaved
from ui.kit.written import did
from ui.record.acts import RecordActs, ShownRecord
from ui.record.form import RecordForm
from ui.record.known import KnownAlready
from ui.record.likely import MergeTo
from ui.record.more import MoreMenu
from ui.record.opened import OpenedRecords
from ui.record.past import latest
from ui.record.rights import PersonRights
from ui.record.views import RecordViews
from ui.record.whose import WhoseValue

#: The kinds of record whose change may change what is shown of one.
_CONCERN = frozenset({
    "worker", "employer", "union", "membership_event", "coverage", "head_count", "officer", "key_employer", "distinct_pair",
})  # fmt: skip


class RecordPane(QFrame):
    """``closed()`` when a person leaves the record; ``created(str)`` names a new record; ``opens(str)`` another one.

    ``merging(str, str, str)`` asks to compare two: kind, uid, uid.
    """

    closed = Signal()
    created = Signal(str)
    opens = Signal(str)
    merging = Signal(str, str, str)

    def __init__(self, context: Context, kind: Kind, places: QStringListModel) -> None:
        """An empty pane for records of one kind; :meth:`open_record` or :meth:`new_record` fills it."""
        super().__init__()
        self.setObjectName("pane")
        self._context, self._kind = context, kind
        self.uid = ""
        self._accept = self._saving = self._heard = False  # heard: of what it wrote itself, which is shown already
        self._entered: Mapping[str, Any] = {}
        self.setMinimumWidth(380)
        self.title = Label(role="title", wrap=True)
        self.acts = RecordActs(context, kind, self.shown, self)
        self.rights = PersonRights(context, self.shown, self)
        self.form = RecordForm(context, kind, places)
        self.whose = WhoseValue(context, self.form)
        self._unsaved = Unsaved(context, self, self._is_dirty, self.drop)
        self.known_already, self.merge_to, self.opened = KnownAlready(), MergeTo(kind), OpenedRecords()
        self.views = RecordViews(context, kind, self.acts, self)
        self.events, self.covered, self.past = self.views.events, self.views.covered, self.views.past
        self.tabs = QTabWidget()
        self._make_buttons()
        self._connect()
        self._lay_out()
        self._make_actions()
        context.changes.changed.connect(self._on_changed)

    def _connect(self) -> None:
        self.acts.made.connect(self._made_for)
        self.acts.unmasked.connect(self._show_full)
        self.rights.correcting.connect(self._go_to_form)
        self.form.edited.connect(self._fit)
        self.whose.decided.connect(self._decided)
        self.form.understood.connect(self._told)
        self.form.wants_past.connect(self.show_past)
        self.form.wants_full.connect(self._ask_number)
        self.form.wants_new.connect(self.acts.make_for)
        self.known_already.linkActivated.connect(self.opens)
        self.views.opens.connect(self.opens)
        self.views.likely.merging.connect(self._merge)
        self.merge_to.chosen.connect(self._merge)
        self.opened.chosen.connect(self._turn_to)
        self.opened.leaves.connect(self.leave)

    def _make_buttons(self) -> None:
        self.save_button = push_button("", self.save, primary=True)
        self.drop_button = push_button("", self.drop)
        self.drop_button.clicked.connect(self.rights.forget_reason)
        self.next_button = push_button("", self.next_record)
        self.unmask = push_button("", self.acts.ask_full, "eye")
        self.more = MoreMenu(self._kind)
        self.more.sources.toggled.connect(self._show_sources)
        self.more.leaves.connect(self._propose_event)
        self.more.ends.connect(self.acts.ask_end)
        self.more.merges.connect(self._ask_merge)
        self.more.removes.connect(self.acts.ask_remove)
        self.more.issues.connect(self._issue)
        self.more.prints.connect(self.rights.ask_paper)
        self.more.corrects.connect(self.rights.ask_correction)
        self.more.erases.connect(self.rights.ask_erase)
        self.close_button = close_button()
        self.close_button.clicked.connect(self.leave)

    def _lay_out(self) -> None:
        head = across((self.title, 1))
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        # the pane may be narrow, and the words longer
        foot = wrapped(self.save_button, self.drop_button, self.next_button, self.unmask, self.more)
        self.tabs.addTab(self.form, _("资料"))
        self.views.add_to(self.tabs)
        self.tabs.currentChanged.connect(self._fit)
        down(
            self.opened, head, self.known_already, self.views.likely, self.merge_to, self.whose, (self.tabs, 1), foot,
            on=self, margins=BESIDE_LIST,
        )  # fmt: skip

    def _make_actions(self) -> None:
        act_by_each(
            self, "record", save=self.save_button, drop=self.drop_button, another=self.next_button, full=self.unmask,
            leave=self.close_button,
        )  # fmt: skip
        for name, by in (("next_tab", 1), ("last_tab", -1)):
            act(self, f"record.{name}", partial(self.opened.turn, by))

    def _issue(self) -> None:
        """Open the papers of founding and joining of the shown record."""
        subject: Subject = "person" if self._kind == "worker" else self._kind
        self.issuing: IssuingDialog = IssuingDialog(self._context, subject, self.uid, self.title.text(), self)
        self.issuing.show()

    def shown(self) -> ShownRecord:
        """The record that is shown."""
        return ShownRecord(self.uid, self.title.text())

    def open_record(self, uid: str) -> None:
        """Show a record. Unsaved typing in another one is asked about first. UserError when it is not there."""
        if uid != self.uid and self._asks_first(lambda: self.open_record(uid)):
            return
        known = editing.held(self._kind, uid)
        self.uid, self._entered = uid, {}
        self._context.recent.note(self._kind, uid)
        self._show(known)

    def open_beside(self, uid: str) -> None:
        """Show a record in a tab of its own; the others stay in theirs. Asks first and raises as :meth:`open_record`."""
        if uid in self.opened.uids or not (self.uid and self.isVisible()):
            self.open_record(uid)
        elif not self._asks_first(lambda: self.open_beside(uid)):
            self.opened.begin()
            try:
                self.open_record(uid)
            except UserError:
                self.opened.give_up()
                raise

    def _turn_to(self, uid: str) -> None:
        try:
            self.open_record(uid)
        except UserError as error:
            self._context.notices.error(str(error))

    def new_record(self, first: Mapping[str, Any] | None = None) -> None:
        """Show an empty form, or one that begins with ``first`` (see ``models.editing.entry``)."""
        if self._asks_first(lambda: self.new_record(first)):
            return
        self.uid, self._entered = "", {}
        self._show({}, first=first)
        self.tabs.setCurrentIndex(0)
        self.form.go_to()

    def take_own_fields(self) -> None:
        """The register has other own fields: show them, or, while something is typed, with the next record."""
        if self.form.dirty or self._saving:
            return
        with suppress(UserError):  # a record that is gone is told by whoever asks for it
            self._show(editing.held(self._kind, self.uid) if self.uid else {}, self.form.masked)

    def next_record(self) -> None:
        """Enter another one like the one that was just entered."""
        self.new_record(entry.carried(self._kind, self._entered))

    def _show(self, known: dict[str, Any], masked: bool = True, first: Mapping[str, Any] | None = None) -> None:
        self._accept = False
        self.whose.forget()
        self.form.show_record(known, masked, first)
        self.known_already.hide()
        self.merge_to.hide()
        new = {"worker": _("新的会员或职工"), "employer": _("新的用人单位"), "union": _("新的工会")}[self._kind]
        self.title.setText(str(known.get("name") or _("（没有名称）")) if known else new)
        self.opened.follow(self.uid, self.title.text())
        for place in range(1, self.tabs.count()):
            self.tabs.setTabVisible(place, bool(known))
        self.unmask.setVisible(self.form.covers)
        self.more.setVisible(bool(known))
        self._show_around(known)
        self._fit()

    def _show_around(self, known: dict[str, Any]) -> None:
        self.views.show_record(known, self.form.masked)
        self._show_sources()

    def _show_sources(self) -> None:
        self.form.show_sources(latest(self.views.steps) if self.more.sources.isChecked() and self.uid else {})

    def show_past(self, name: str) -> None:
        """Show the history of one field."""
        self.tabs.setCurrentWidget(self.past)
        self.past.choose(name)

    def _go_to_form(self) -> None:
        self.tabs.setCurrentIndex(0)
        self.form.go_to()

    def _fit(self) -> None:
        dirty = self.form.dirty
        stranded = not dirty and (self.save_button.hasFocus() or self.drop_button.hasFocus())
        self.save_button.setEnabled(dirty)
        in_form = self.tabs.currentWidget() is self.form
        self.save_button.setVisible(in_form or dirty)
        self.drop_button.setVisible(bool(self.uid) and (in_form or dirty) and (dirty or not self._entered))
        self.drop_button.setEnabled(dirty)
        self.next_button.setVisible(bool(self.uid and self._entered) and not dirty)
        if stranded:  # a button that is no use any more would give the focus to whatever comes next
            (self.next_button if self.next_button.isVisible() else self.tabs.tabBar()).setFocus()

    def _told(self, found: Understood) -> None:
        self._fit()
        self.known_already.show_namesakes(namesakes(self._kind, found.values, self.uid) if self.form.dirty else [])

    def _propose_event(self, type_: str) -> None:
        """Lead to the membership events with one of them proposed: its day is seen before it is entered."""
        assert self.events is not None  # only people leave
        self.tabs.setCurrentWidget(self.events)
        self.events.form.choose(type_)
        self.events.form.enter.setFocus()

    def _ask_merge(self) -> None:
        self.merge_to.ask(self.uid)

    def _merge(self, one: str, other: str) -> None:
        if not self._asks_first(lambda: self._merge(one, other)):
            self.merging.emit(self._kind, one, other)

    def _made_for(self, field: str, uid: str, name: str) -> None:
        """A unit or union was made for a field: it stands there now."""
        editor = self.form.editors[field]
        if editor.text() == name:
            editor.show_text(name, uid)
            self.form.read()

    def _asks_first(self, after: Callable[[], None]) -> bool:
        said = _("“{name}”有没保存的修改。").format(name=self.title.text())
        saving = (Action(_("保存"), self.save),) if self.form.dirty else ()
        return self._unsaved.asks_first(said, after, *saving)

    def _is_dirty(self) -> bool:
        return self.form.dirty or self.views.half_filled

    def drop(self) -> None:
        """Forget what was typed, in the other views too."""
        self.views.clear_forms()
        self._show(self.form.known, self.form.masked)

    def leave(self) -> None:
        """Close the record, after asking about what is not saved; where others stand open, one of them is shown instead."""
        if not self._asks_first(self.leave):
            self._close()

    def _close(self) -> None:
        """Close the tab that is shown; with the last of them that is there, the pane."""
        while uid := self.opened.close_shown():
            with suppress(UserError):  # it is gone as well
                self.open_record(uid)
                return
        self.closed.emit()

    def save(self) -> None:
        """Write what was typed as one batch, on the worker thread; what forbids it is told beside the fields."""
        if self._saving or not self.form.dirty:
            return
        if self.whose.open:
            self._context.notices.error(_("先定下保留谁的，再保存。"))
            self.whose.theirs.setFocus()
            return
        found = self.form.read()
        if editing.doubtful(found) and not self._accept and self._kind == "worker":
            said = _("证件号码有问题：{problem}。").format(problem=found.errors[0].text.rstrip("。."))
            self._context.notices.ask(said, Action(_("照样保存，标为存疑"), self._save_doubtful))
            self.form.go_to("id_number")
            return
        if found.errors and not self._accept:
            self._context.notices.error(_("还不能保存：{problem}。").format(problem=found.errors[0].text.rstrip("。.")))
            self.form.go_to(found.errors[0].column)
            return
        write, author, failed = self._context.jobs.write, self._context.author, self._failed
        self._saving = True
        if self.uid:
            args = (self._kind, self.form.known, found, author, self._accept, self.rights.reason_for(self.uid))
            write(editing.save, *args, done=self._saved, failed=failed)
        else:
            self._entered = found.values
            new = (self._kind, found, author, self._context.today, self._accept)
            write(editing.create, *new, done=self._created, failed=failed)

    def _failed(self, error: Exception) -> None:
        self._saving = False
        self._entered = self._entered if self.uid else {}
        if isinstance(error, Overtaken) and error.field and self.whose.look(editing.held(self._kind, self.uid)):
            self._context.notices.error(_("没有保存：别人刚刚也改了。先定下保留谁的，再保存。"))
            return
        self._context.tell_failure(error)

    def _decided(self) -> None:
        """Whose value stays: what is left to be saved is saved by whoever typed it."""
        self._context.notices.forget_error()
        self._fit()
        (self.form.editors["name"] if not self.form.dirty else self.save_button).setFocus()

    def _save_doubtful(self) -> None:
        self._accept = True
        self.save()

    def _saved(self, done: Done[int | None]) -> None:
        self.rights.forget_reason()
        self._accept = self._saving = False
        changed = list(self.form.written())
        masked = self.form.masked
        self._show(editing.held(self._kind, self.uid), masked)
        self._heard = bool(done.kinds)
        said = _("已保存“{name}”的 {count} 处修改。").format(name=self.title.text(), count=len(changed))
        did(self._context, done, said)

    def _created(self, done: Done[tuple[int, str]]) -> None:
        _number, self.uid = done.result
        self._accept = self._saving = False
        self._show(editing.held(self._kind, self.uid), masked=False)
        self._heard = bool(done.kinds)
        said = _("已登记“{name}”。").format(name=self.title.text())
        did(self._context, done, said, Action(_("再登记一个"), self.next_record))
        self.created.emit(self.uid)

    def _on_changed(self, kinds: set[str]) -> None:
        if self._heard:
            self._heard = False
            return
        if not (self.uid and self.isVisible() and kinds & _CONCERN):
            return
        try:
            known = editing.held(self._kind, self.uid)
        except UserError:  # undone, removed or merged away: what was typed is about nobody
            self.drop()
            self._close()
            return
        if self.form.dirty:
            if not self._saving:  # what is being written is compared by its writer
                self.whose.look(known)
            self._show_around(known)
        else:
            self._show(known, self.form.masked)

    def _show_full(self) -> None:
        self.form.uncover_all()
        self.unmask.hide()
        self._show_around(self.form.known)

    def _ask_number(self, name: str) -> None:
        """One number alone is to be seen in full."""
        self.acts.uncovering.ask([self.uid], partial(self._show_number, name, self.uid))

    def _show_number(self, name: str, uid: str) -> bool:
        if self.uid != uid or not self.form.uncover(name):
            return False
        self.form.editors[name].setFocus()
        self.unmask.setVisible(self.form.covers)
        return True

