"""The import page: four steps from files to a batch. Each step is a view of its own; this page leads from one to the next.

A person edits only the options and decisions; sheets, plan and outcome are derived from them on the worker thread.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QWidget

from importers.elsewhere import Elsewhere
from importers.plan.steps import Plan
from importers.rows.decisions import Decisions, Key
from importers.rows.understanding import SheetView
from importers.session import ImportOptions, Outcome, SourceFile
from models.editing.own_fields import NewField
from models.errors import Stopped, UserError
from models.journal.history import PastBatch
from models.language import _
from ui.importing import jobs as import_jobs
from ui.importing.jobs import FilesRead, Judged, PlanParts, UnderstoodSheets
from ui.importing.mapping_facts import SheetFacts
from ui.importing.mapping_view import MappingView
from ui.importing.pasting import files_in, pasted
from ui.importing.plan_view import PlanView, offer_after
from ui.importing.result import ResultView, headline
from ui.importing.steps import AlikeLine, Foot, HeldKeyboard, HiddenLine, KnownLine, OtherLine, StepBar, TroubleLine
from ui.kit import theme
from ui.kit.acting import act_by
from ui.kit.context import Context
from ui.kit.files_view import FilesView
from ui.kit.lines import down
from ui.kit.notices import Action

FILES, COLUMNS, CHECK, DONE = range(4)


class ImportPage(HeldKeyboard):
    """``imported(Outcome)`` comes after an import; ``looking(str)`` asks for the page of a kind of record.

    ``elsewhere(Elsewhere)``: a file that another page reads is to be read there.
    """

    imported = Signal(object)
    looking = Signal(str)
    elsewhere = Signal(object)

    def __init__(self, context: Context) -> None:
        """At the first step, without files."""
        super().__init__()
        self._context = context
        self.files: list[SourceFile] = []
        self._like: PastBatch | None = None
        self._passwords: dict[Path, str] = {}
        self.options, self.decisions = ImportOptions(), Decisions()
        self._begun = self.decisions
        self.views: list[SheetView] = []
        self.facts: dict[Key, SheetFacts] = {}
        self.plan: Plan | None = None
        self.outcome: Outcome | None = None
        self._kind = "workers"
        self._ends: list[Callable[[Any], None]] = []
        self._goes_on = False
        self.steps = StepBar()
        self.choosing, self.mapping = FilesView(), MappingView()
        self.checking, self.result = PlanView(context.index), ResultView()
        self.known, self.hidden, self.alike, self.other = KnownLine(), HiddenLine(), AlikeLine(), OtherLine()
        self.foot = Foot()
        self.back, self.primary = self.foot.back, self.foot.primary
        self.trouble = TroubleLine()
        self._lay_out()
        self._connect()
        self._go(FILES)

    def _lay_out(self) -> None:
        self.pages = QStackedWidget()
        for page in (self.choosing, self.mapping, self.checking, self.result):
            self.pages.addWidget(page)
        down(
            self.steps, self.trouble, self.other, self.known, self.hidden, self.alike, (self.pages, 1), self.foot, on=self,
            margins=(theme.WIDE, 12, theme.WIDE, 12),
        )  # fmt: skip

    def _connect(self) -> None:
        self.choosing.chosen.connect(self.open_files)
        self.choosing.paste.clicked.connect(self.paste)
        act_by(self, "import.paste", self.choosing.paste)
        self.choosing.unlocking.connect(self._unlock)
        self.choosing.going_on.connect(self._understand)
        self.mapping.decided.connect(self._decide)
        self.mapping.noted.connect(self._know)
        self.mapping.counting.connect(self._count_clearing)
        self.mapping.union_chosen.connect(self._choose_union)
        self.mapping.making.connect(self._make_field)
        self.checking.decided.connect(self._answer)
        self.checking.ticked.connect(self._dress)
        self.known.repeating.connect(self._repeat)
        self.hidden.wanted.connect(self._take_hidden)
        self.alike.wanted.connect(self._go_back)
        self.other.wanted.connect(self._read_elsewhere)
        self.back.clicked.connect(self._go_back)
        self.primary.clicked.connect(self._go_on)
        self.result.undoing.connect(self.undo)
        self.result.another.connect(self.start_again)
        self.result.looking.connect(self._look)
        self._context.changes.changed.connect(self._on_changed)

    def open_files(self, paths: Sequence[Path], like: PastBatch | None = None) -> None:
        """Begin an import of these files: read them, and go on to the columns when they could be read.

        ``like``: an earlier import whose settings are used again.
        """
        self._begin([path.name for path in paths], like, import_jobs.read_files, list(paths))

    def paste(self) -> None:
        """Begin an import of what is on the clipboard: a table, or copied files."""
        mime = QGuiApplication.clipboard().mimeData() or QMimeData()  # an empty clipboard may have none at all
        if paths := files_in(mime):
            self.open_files(paths)
            return
        try:
            given = pasted(mime, dt.datetime.now())
        except UserError as error:
            self._context.notices.error(str(error))
            return
        self._begin([given.name], None, import_jobs.read_pasted, given)

    def _begin(self, names: list[str], like: PastBatch | None, function: Callable[..., Any], given: Any) -> None:
        if self.job is not None:
            self._context.notices.tell(_("上一步还没有做完，请稍等或先取消。"))
            return
        self._context.notices.forget_error()
        self.start_again()
        self.steps.tell(names, 0, 0)
        self._like = like
        self._run(_("正在读取文件"), self._have_read_first, function, given, self.options, self._context.today)

    def main_part(self) -> QWidget:
        """The part of the step where the person is that comes first."""
        return (self.choosing.first, self.mapping.sheets, self.checking.first, self.result.look)[self.steps.step]

    @property
    def dirty(self) -> bool:
        """True in the middle of an import: its files were read and decided on, and nothing was written yet."""
        return bool(self.views) and self.steps.step in (COLUMNS, CHECK)

    def start_again(self) -> None:
        """Forget everything and wait for files."""
        self.files, self.views, self.plan, self.outcome = [], [], None, None
        self.options, self.decisions, self._passwords = ImportOptions(), Decisions(), {}
        self._begun = self.decisions
        self.mapping.begin()
        self.mapping.union.choose("")
        self.known.tell({})
        self.choosing.tell([], 0)
        self.hidden.tell([])
        self.alike.tell(None)
        self.other.tell(None)
        self.steps.tell([], 0, 0)
        self._go(FILES)

    def _have_read_first(self, found: FilesRead) -> None:
        self.other.tell(found.other)
        if self._like is not None:
            self.decisions = self._begun = import_jobs.decisions_of(self._like, found.files)
        else:
            self.known.tell(found.known)
        self._have_read(found.files)

    def _read_elsewhere(self, other: Elsewhere) -> None:
        """Nothing of this import is kept: the file is read where its ticks or answers belong."""
        self.start_again()
        self.elsewhere.emit(other)

    def _repeat(self, past: PastBatch) -> None:
        self._like = past
        self.decisions = self._begun = import_jobs.decisions_of(past, self.files)
        self._understand()

    def _have_read(self, files: list[SourceFile]) -> None:
        self.files = files
        troubled = [source for source in files if source.error]
        readable = len(files) - len(troubled)
        self.choosing.tell(troubled, readable)
        self.hidden.tell(import_jobs.hidden_sheets(files))
        if readable and not any(each.locked for each in troubled):
            self._understand()

    def _unlock(self, path: Path, password: str) -> None:
        self._passwords[path] = password
        self._read_again([source for source in self.files if source.place == path])

    def _take_hidden(self) -> None:
        self.options = replace(self.options, hidden_sheets=True)
        self._read_again([source for source in self.files if not source.locked])

    def _read_again(self, files: list[SourceFile]) -> None:
        """Read some of the files once more, now that a password is known or hidden sheets are wanted."""
        args = (files, self.options, self._passwords, self._context.today)
        self._run(_("正在读取文件"), self._have_read_again, import_jobs.read_again, *args)

    def _have_read_again(self, opened: dict[str, list[SourceFile]]) -> None:
        self._have_read([each for source in self.files for each in opened.get(source.name, [source])])

    def _understand(self) -> None:
        self._context.jobs.run(import_jobs.union_names, self._context.index, done=self.mapping.union.offer)
        today = self._context.today
        self._run(_("正在识别表头"), self._have_understood, import_jobs.understand_all, self.files, self.options, self.decisions, today)

    def _have_understood(self, understood: UnderstoodSheets) -> None:
        self.views, self.facts = understood.views, understood.facts
        self._show_views()
        self._go(COLUMNS)
        if understood.alike is not None and self._like is None and self.decisions == Decisions():
            self.decisions = self._begun = understood.alike.decisions
            self.alike.tell(understood.alike.past)
            self._judge({view.key for view in self.views})

    def _show_views(self) -> None:
        kept = [view for view in self.views if view.kind is not None]
        rows = sum(len(view.rows) for view in kept)
        self.steps.tell([source.name for source in self.files if not source.error], len(self.views), rows)
        self.mapping.show_views(self.views, self.decisions, True, self.facts)
        self._dress()

    def _decide(self, key: Key, decisions: Decisions) -> None:
        self.decisions = decisions
        self.mapping.know(decisions)
        self.mapping.tell_busy(key)
        today = self._context.today
        self._run(_("正在识别表头"), self._have_decided, import_jobs.understand_one, self.files, key, self.options, decisions, today)

    def _have_decided(self, understood: tuple[SheetView, SheetFacts]) -> None:
        view, facts = understood
        self.views = [view if each.key == view.key else each for each in self.views]
        self.facts = self.facts | {view.key: facts}
        self._show_views()

    def _make_field(self, key: Key, column: int, wanted: NewField) -> None:
        """Make an own field, a batch of its own, and send the column to it."""
        self._run(_("正在新增字段"), self._have_made, import_jobs.make_field, key, column, wanted, self._context.author)

    def _have_made(self, made: tuple[Key, int, NewField, int]) -> None:
        key, column, wanted, number = made
        undoing = self._context.undoing
        undoing.remember(number)
        self._context.notices.tell(
            _("已新增字段“{name}”。").format(name=wanted.name), Action(_("撤销"), partial(undoing.undo, number))
        )
        self._decide(key, self.decisions.with_mapping(key, column, wanted.field))

    def _leave_gone(self) -> None:
        """Columns that went to an own field which is not there any more go nowhere, and their sheets are understood anew."""
        if not (self.views and import_jobs.let_go(self.views)):
            return
        self.decisions = import_jobs.without_gone(self.decisions, self.views)
        self._show_views()
        self._go(COLUMNS)
        if self.job is None:
            self._understand()

    def _count_clearing(self, key: Key, name: str) -> None:
        self._context.jobs.run(
            import_jobs.would_clear, self.files, self.views, self.options, self.decisions, self._context.today, key, name,
            done=self.mapping.blanks.tell_lost,
        )  # fmt: skip

    def _choose_union(self, name: str) -> None:
        self.options = replace(self.options, union=name)

    def check(self) -> None:
        """Judge all rows against the register and show what would happen."""
        self._judge(set())

    def _know(self, decisions: Decisions) -> None:
        self.decisions = decisions

    def _answer(self, decisions: Decisions, again: set[Key]) -> None:
        self._know(decisions)
        self._judge(again)

    def _judge(self, again: set[Key]) -> None:
        self._run(
            _("正在核对"), self._have_planned, import_jobs.judge, self.files, self.views, again, self.options, self.decisions,
            self._context.today, self._context.index,
        )  # fmt: skip

    def _have_planned(self, judged: Judged) -> None:
        self.views, self.plan = judged.views, judged.plan
        self.checking.show_plan(judged, self.decisions, True, again=self.steps.step == CHECK)
        self._go(CHECK)

    def apply(self) -> None:
        """Carry the plan out."""
        if self.plan is None:
            return
        self._kind = import_jobs.main_kind(self.plan)
        context, given = self._context, PlanParts(self.files, self.views, self.options, self.decisions)
        args = (context.register, self.plan, given, context.author, context.today, context.index)
        self._run(_("正在导入"), self._have_applied, import_jobs.carry_out, *args)

    def _have_applied(self, outcome: Outcome | Judged) -> None:
        if isinstance(outcome, Judged):
            self._have_planned(outcome)
            self._context.notices.ask(_("核对以后登记册又有了改动，已经重新核对：请再看一遍，再导入。什么都没有写入。"))
            return
        self.outcome, self.plan, self.views = outcome, None, []
        self.result.show_outcome(outcome)
        self._go(DONE)
        self.imported.emit(outcome)
        if outcome.batch is not None:
            undoing = self._context.undoing
            if outcome.batch not in undoing.batches:
                undoing.remember(outcome.batch)
            actions = Action(_("撤销"), self.undo), Action(_("查看"), self._look)
            self._context.notices.tell(_("{said}。").format(said=headline(outcome)), *actions)

    def undo(self) -> None:
        """Take the import back."""
        if self.outcome is not None and self.outcome.batch is not None:
            self.result.tell_undoing(_("正在撤销…"), possible=False)
            self._context.undoing.undo(self.outcome.batch)

    def _look(self) -> None:
        self.looking.emit(self._kind)

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if "own_field" in kinds:
            self._leave_gone()
        batch = self.outcome.batch if self.outcome is not None else None
        if batch is not None:
            holds = batch in self._context.undoing.batches
            self.result.tell_undoing(_("撤销这次导入") if holds else _("已撤销"), possible=holds)

    def _run(self, title: str, done: Callable[[Any], None], function: Callable[..., Any], *args: Any) -> None:
        """Run one thing on the worker thread; meanwhile nothing on the page can be pressed.

        What was being typed is taken first, which may be another thing to run: each has its own end, in their order.
        """
        self._ends.append(done)
        self.job = self._context.jobs.run(function, *args, done=self._finished, failed=self._failed, title=title)
        self.hold_keyboard()
        self.choosing.wait(title + "…")
        self._dress()

    def _finished(self, result: Any) -> None:
        done = self._end()
        done(result)
        self._dress()
        if self._goes_on and self.job is None:
            self._goes_on = False
            self._go_on()

    def _end(self) -> Callable[[Any], None]:
        """The first of the things that run is over: what takes its result."""
        done = self._ends.pop(0)
        if not self._ends:
            self.job = None
            self.choosing.wait("")
        return done

    def _failed(self, error: Exception) -> None:
        self._end()
        self._goes_on = False
        if isinstance(error, Stopped):
            self._context.notices.tell(_("已取消，登记册没有改动。"))
        elif isinstance(error, UserError):
            self._context.notices.error(str(error))
        if self.steps.step == CHECK and self.plan is not None:
            self.decisions = self.plan.decisions
        self._show_views() if self.steps.step == COLUMNS else self._dress()

    def _go(self, step: int) -> None:
        self.hold_keyboard()
        self.steps.go(step)
        self.pages.setCurrentIndex(step)
        self._dress()

    def _go_back(self) -> None:
        if self.steps.step == CHECK:
            self._show_views()
            self._go(COLUMNS)
        elif self.steps.step != COLUMNS or self.decisions == self._begun:
            self.start_again()
        else:
            said = _("这次选定的对应和答复还没有导入，重新选文件就不要了。")
            self._context.notices.ask(said, Action(_("重新选文件"), self.start_again))

    def _go_on(self) -> None:
        self.hold_keyboard()  # what is being typed is taken first
        self._goes_on = self.job is not None
        if self._goes_on:
            return
        if self.steps.step == COLUMNS:
            self.check()
        elif self.steps.step == CHECK:
            self.apply()

    def _dress(self) -> None:
        """What the buttons say and whether they can be pressed, from where the person is and what is running."""
        step, free = self.steps.step, self.job is None
        # a decision is on its way: whoever presses the button meanwhile goes on after it
        deciding = all(each == self._have_decided for each in self._ends)
        troubled = [source.error for source in self.files if source.error]
        self.trouble.setVisible(bool(troubled) and step in (COLUMNS, CHECK))
        self.trouble.setText("\n".join(troubled))
        self.mapping.setEnabled(free)
        self.hidden.show_at(step in (FILES, COLUMNS), free)
        self.alike.show_at(step == CHECK, free)
        self.other.show_at(step in (COLUMNS, CHECK), free)
        self.known.show_at(step == COLUMNS or (step == CHECK and self.alike.isVisible()) or (step == FILES and free), free)
        self.checking.setEnabled(free)
        if step == COLUMNS:
            rows = sum(len(view.rows) for view in self.views if view.kind is not None)
            text = _("核对 {rows:,} 行").format(rows=rows) if rows else _("没有可核对的表")
            self.foot.offer(_("重新选文件"), text, rows > 0, free or deciding)
        elif step == CHECK and self.plan is not None:
            self.foot.offer(_("上一步"), *offer_after(self.plan, self.checking.open_questions), free)
        else:
            self.foot.offer("", "", False, free)
        self.hand_keyboard_on()
