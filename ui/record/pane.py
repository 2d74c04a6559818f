"""One record beside its list: the form, what ties it to others, its history; saving, unmasking, ending."""

from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QTabWidget, QVBoxLayout, QWidget

from models import coverages, editing, journal, moving
from models.editing import Kind, Understood
from models.endings import close_employer, dissolve_union
from models.errors import UserError
from models.language import _
from models.namesakes import namesakes
from models.record_history import history_of
from ui import theme
from ui.acting import act_by
from ui.context import Context
from ui.icons import dress
from ui.notices import Action
from ui.record.findings_box import FindingsBox
from ui.record.form import RecordForm
from ui.record.known import KnownAlready
from ui.record.past import PastView
from ui.record.ties import CoveragesView, EventsView


class RecordPane(QFrame):
    """``closed()`` when a person leaves the record; ``created(str)`` names a new record; ``opens(str)`` another one."""

    closed = Signal()
    created = Signal(str)
    opens = Signal(str)

    def __init__(self, context: Context, kind: Kind, places: QStringListModel, parent: QWidget | None = None) -> None:
        """An empty pane for records of one kind; :meth:`open_record` or :meth:`new_record` fills it."""
        super().__init__(parent)
        self.setObjectName("pane")
        self._context, self._kind = context, kind
        self.uid = ""
        self._number, self._accept, self._saving = 0, False, False
        self._after: Any = None
        self.setMinimumWidth(380)
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.form = RecordForm(context, kind, places)
        self.form.edited.connect(self._fit)
        self.form.understood.connect(self._told)
        self.form.wants_past.connect(self.show_past)
        self.known_already = KnownAlready()
        self.known_already.linkActivated.connect(self.opens)
        day = context.today.isoformat()
        self.events = EventsView(day) if kind == "worker" else None
        self.covered = None if kind == "worker" else CoveragesView("union" if kind == "employer" else "employer")
        self.findings = FindingsBox(context)
        self.past = PastView()
        self.tabs = QTabWidget()
        self._connect_ties()
        self._make_buttons()
        self._lay_out()
        self._make_actions()
        context.changes.changed.connect(self._on_changed)

    def _connect_ties(self) -> None:
        if self.events is not None:
            self.events.form.entered.connect(self._enter_event)
            self.events.removed.connect(self._remove_event)
        if self.covered is not None:
            self.covered.chosen.connect(self._cover)
            self.covered.ended.connect(self._uncover)

    def _make_buttons(self) -> None:
        self.save_button = QPushButton()
        self.save_button.setProperty("primary", True)
        self.save_button.clicked.connect(self.save)
        self.drop_button = QPushButton()
        self.drop_button.clicked.connect(self.drop)
        self.unmask = QPushButton()
        dress(self.unmask, "eye")
        self.unmask.clicked.connect(self.ask_full)
        self.more = QPushButton(_("更多"))
        menu = QMenu(self.more)
        self.end = menu.addAction(_("单位注销…") if self._kind == "employer" else _("撤销工会…"))
        self.end.triggered.connect(self.ask_end)
        self.more.setMenu(menu)
        if self._kind == "worker":
            self.more.hide()  # showing it before it lies in the pane would open a window of its own
        self.close_button = QPushButton()
        dress(self.close_button, "close")
        self.close_button.setAccessibleName(_("关闭"))
        self.close_button.setProperty("flat", True)
        self.close_button.clicked.connect(self.leave)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP)
        for button in (self.save_button, self.drop_button):
            foot.addWidget(button)
        foot.addStretch(1)
        for button in (self.unmask, self.more):
            foot.addWidget(button)
        self.tabs.addTab(self.form, _("资料"))
        ties = self.events or self.covered
        assert ties is not None  # every kind has one of the two
        self.tabs.addTab(ties, _("会籍") if self._kind == "worker" else _("覆盖"))
        self.tabs.addTab(self.past, _("来历"))
        self.tabs.addTab(self.findings, _("体检"))
        self.tabs.currentChanged.connect(self._fit)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.GAP, 0, 0, 0)
        rows.setSpacing(theme.GAP)
        rows.addLayout(head)
        rows.addWidget(self.known_already)
        rows.addWidget(self.tabs, 1)
        rows.addLayout(foot)

    def _make_actions(self) -> None:
        for name, button in (
            ("save", self.save_button), ("drop", self.drop_button), ("full", self.unmask), ("leave", self.close_button),
        ):  # fmt: skip
            act_by(self, f"record.{name}", button)

    def open_record(self, uid: str) -> None:
        """Show a record. Unsaved typing in another one is asked about first. UserError when it is not there."""
        if uid != self.uid and self._asks_first(lambda: self.open_record(uid)):
            return
        known = editing.held(self._kind, uid)
        self.uid = uid
        self._show(known)

    def new_record(self) -> None:
        """Show an empty form."""
        if self._asks_first(self.new_record):
            return
        self.uid = ""
        self._show({})
        self.tabs.setCurrentIndex(0)
        self.form.go_to()

    def _show(self, known: dict[str, Any], masked: bool = True) -> None:
        self._accept = False
        self.form.show_record(known, masked)
        self.known_already.hide()
        new = {"worker": _("新的会员或职工"), "employer": _("新的用人单位"), "union": _("新的工会")}[self._kind]
        self.title.setText(str(known.get("name") or _("（没有名称）")) if known else new)
        for place in (1, 2, 3):
            self.tabs.setTabVisible(place, bool(known))
        private = any(column.private and known.get(name) for name, column in self.form.columns.items())
        self.unmask.setVisible(private and self.form.masked)
        self.more.setVisible(bool(known) and self._kind != "worker")
        self.findings.show_record(self._kind, self.uid)
        if known:
            index = self._context.index
            self.past.show_steps(history_of(self._kind, self.uid, index, masked=self.form.masked))
            if self.events is not None:
                self.events.show_events(moving.events_of(self.uid))
            if self.covered is not None:
                self.covered.show_coverages(coverages.coverages_of(self.uid))
        self._fit()

    def show_past(self, name: str) -> None:
        """Show the history of one field."""
        self.tabs.setCurrentWidget(self.past)
        self.past.choose(name)

    def _fit(self) -> None:
        dirty = self.form.dirty
        self.save_button.setEnabled(dirty)
        in_form = self.tabs.currentWidget() is self.form
        self.save_button.setVisible(in_form or dirty)
        self.drop_button.setVisible(bool(self.uid) and (in_form or dirty))
        self.drop_button.setEnabled(dirty)

    def _told(self, found: Understood) -> None:
        self._fit()
        self.known_already.show_namesakes(namesakes(self._kind, found.values, self.uid) if self.form.dirty else [])

    def _asks_first(self, after: Any) -> bool:
        """True when something typed is not saved: then the banner asks, and ``after`` follows once it is dropped."""
        if not self.form.dirty:
            return False
        self._after = after
        self._context.notices.ask(
            _("“{name}”有没保存的修改。").format(name=self.title.text()),
            Action(_("保存"), self.save),
            Action(_("放弃修改"), self._drop_and_go),
        )
        return True

    def _drop_and_go(self) -> None:
        self.drop()
        after, self._after = self._after, None
        if after is not None:
            after()

    def drop(self) -> None:
        """Forget what was typed."""
        self._show(self.form.known, self.form.masked)

    def leave(self) -> None:
        """Close the record, after asking about what is not saved."""
        if not self._asks_first(self.leave):
            self.closed.emit()

    def save(self) -> None:
        """Write what was typed as one batch, on the worker thread; what forbids it is told beside the fields."""
        if self._saving or not self.form.dirty:
            return
        found = self.form.read()
        if editing.doubtful(found) and not self._accept and self._kind == "worker":
            said = _("证件号码有问题：{problem}。").format(problem=found.errors[0].text.rstrip("。"))
            self._context.notices.ask(said, Action(_("照样保存，标为存疑"), self._save_doubtful))
            return
        if found.errors and not self._accept:
            self._context.notices.error(_("还不能保存：{problem}。").format(problem=found.errors[0].text.rstrip("。")))
            self.form.go_to(found.errors[0].column)
            return
        run, author, failed = self._context.jobs.run, self._context.author, self._failed
        self._saving = True
        if self.uid:
            run(editing.save, self._kind, self.form.known, found, author, self._accept, done=self._saved, failed=failed)
        else:
            args = (self._kind, found, author, self._context.today, self._accept)
            run(editing.create, *args, done=self._created, failed=failed)

    def _failed(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, UserError):
            self._context.notices.error(str(error))

    def _save_doubtful(self) -> None:
        self._accept = True
        self.save()

    def _saved(self, number: int | None) -> None:
        self._accept = self._saving = False
        changed = list(self.form.written())
        masked = self.form.masked
        self._show(editing.held(self._kind, self.uid), masked)
        said = _("已保存“{name}”的 {count} 处修改。").format(name=self.title.text(), count=len(changed))
        self._tell_batch(number, said)

    def _created(self, made: tuple[int, str]) -> None:
        number, self.uid = made
        self._accept = self._saving = False
        self._show(editing.held(self._kind, self.uid), masked=False)
        self._tell_batch(number, _("已登记“{name}”。").format(name=self.title.text()))
        self.created.emit(self.uid)

    def _tell_batch(self, number: int | None, said: str) -> None:
        if number is None:
            return
        self._number = number
        self._context.undoing.remember(number)
        self._context.changes.changed.emit({self._kind, "membership_event", "coverage", "head_count"})
        self._context.notices.tell(said, Action(_("撤销"), self._undo))

    def _undo(self) -> None:
        self._context.undoing.undo(self._number)

    def _on_changed(self, kinds: set[str]) -> None:
        if (
            not (self.uid and self.isVisible())
            or self.form.dirty
            or not kinds & {self._kind, "membership_event", "coverage"}
        ):
            return
        try:
            self._show(editing.held(self._kind, self.uid), self.form.masked)
        except UserError:
            self.closed.emit()  # undone or merged away

    def ask_full(self) -> None:
        """Ask before a person's numbers are shown in full; that they were is noted in the log."""
        if self._context.full_numbers:
            self._show_full()
            return
        said = _("将显示完整的证件号和电话，并记入操作日志。请确认身边没有无关的人。")
        self._context.notices.ask(said, Action(_("显示"), self._show_full))

    def _show_full(self) -> None:
        self._context.full_numbers = True
        source = {"verb": "record", "kind": self._kind, "rows": 1}
        self._context.jobs.run(journal.note, "disclosure", self._context.author, source)
        self._show(editing.held(self._kind, self.uid), masked=False)

    def ask_end(self) -> None:
        """Ask before a unit is closed or a union dissolved, as of today."""
        verb = _("注销") if self._kind == "employer" else _("撤销")
        said = _("“{name}”从今天（{day}）起{verb}？记录会保留，可以撤销这一步。").format(
            name=self.title.text(), day=self._context.today.isoformat(), verb=verb
        )
        self._context.notices.ask(said, Action(verb, self._end))

    def _end(self) -> None:
        run = close_employer if self._kind == "employer" else dissolve_union
        self._context.jobs.run(run, self.uid, self._context.today, self._context.author, done=self._ended)

    def _ended(self, number: int) -> None:
        self._show(editing.held(self._kind, self.uid), self.form.masked)
        self._tell_batch(number, _("已记下“{name}”的结束。").format(name=self.title.text()))

    def _enter_event(self, type_: str, day: str, union: str, reason: str) -> None:
        args = (type_, [self.uid], day, self._context.author, union, reason)
        self._context.jobs.run(moving.enter, *args, done=self._entered)

    def _entered(self, moved: moving.Moved) -> None:
        if moved.left:
            self._context.notices.error(_("{why}。").format(why=next(iter(moved.left.values()))))
        self._tell_batch(moved.batch, _("已登记“{name}”的会籍变动。").format(name=self.title.text()))

    def _remove_event(self, uid: str) -> None:
        self._context.jobs.run(moving.remove_event, uid, self._context.author, done=self._tied)

    def _cover(self, other: str) -> None:
        union, employer = (other, self.uid) if self._kind == "employer" else (self.uid, other)
        args = (union, [employer], self._context.today, self._context.author)
        self._context.jobs.run(coverages.cover, *args, done=self._tied)

    def _uncover(self, employer: str) -> None:
        args = ([employer], self._context.today, self._context.author)
        self._context.jobs.run(coverages.uncover, *args, done=self._tied)

    def _tied(self, number: int | None) -> None:
        self._tell_batch(number, _("已改好“{name}”。").format(name=self.title.text()))
