"""The page of what is handed up: a sheet of another office's, checked as they check it; then written, kept, answered."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QTabWidget

from importers.handin_answers import FoundAnswers
from models.handins.making import HandInChoice, HandInMade, HandInRow, Refused
from models.handins.submitted import PastRow, PastSubmission
from models.handins.templates import HandInTemplate, ready_templates
from models.journal.done import Done
from models.language import _
from models.records.forms import FORMS
from models.trail.entry import HandedTo
from reports.handin_file import HandedUp
from ui.handins.jobs import FoundHandIn, look_up, past_rows, read_back, write
from ui.handins.tables import past_model, refused_model, rows_model
from ui.kit import theme
from ui.kit.acting import act_by_each
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.entry_lists import SideList
from ui.kit.jobs import Turn
from ui.kit.lines import AROUND_PAGE, BELOW_TABS, REST, across, divided, down, holding, tabbed, wrapped
from ui.kit.notices import Action
from ui.kit.page import Page
from ui.kit.plain import Label
from ui.kit.search_combo import SearchCombo
from ui.kit.sorted_table import sorted_table
from ui.kit.when_made import WhenMade
from ui.kit.whom import OfferingLine
from ui.kit.written import did

_KINDS_WIDTH = 184
_ROWS, _REFUSED, _PAST = range(3)


class HandInsPage(Page):
    """``opens(str, str)`` asks for a record: "worker", "union" or "employer", and its uid."""

    SHOWS = frozenset({
        "worker", "membership_event", "union", "employer", "coverage", "head_count", "drive_case", "region", "saved_filter",
        "submission", "submitted_row",
    })  # fmt: skip
    opens = Signal(str, str)

    def __init__(self, context: Context) -> None:
        """A page that makes the chosen sheet when it is first shown."""
        super().__init__(context)
        self._found: FoundHandIn | None = None
        self._when, self._asked = WhenMade(), ""
        self.kinds = SideList(_("上报表"), _KINDS_WIDTH)
        self._offer(ready_templates())
        self.kinds.currentRowChanged.connect(self._choose)
        self._make_bar()
        self._make_tables()
        self._lay_out()
        act_by_each(self, "handins", write=self.write_it, look=self.look, read=self.read_it, export=self.export)

    def _make_bar(self) -> None:
        self.about = Label(role="secondary", wrap=True)
        self.union = SearchCombo(_("工会"), _("不限工会"))
        self.union.chosen.connect(self._choose)
        self.regions = self.region_box()
        self.since_last = QCheckBox(_("只报上次以后变化的"))
        self.since_last.toggled.connect(self._choose)
        self.recipient = OfferingLine(_("交给谁"), _("交给谁（记入操作留痕）"))
        self.write_it = push_button("", partial(self._when.call, self._ask_write), primary=True)
        self.look = push_button("", partial(self._when.call, self._write_look), "eye")
        self.read_it = push_button("", self._ask_read, "import")
        self.export = push_button("", self._export, "export")

    def _make_tables(self) -> None:
        self.rows, self.refused = rows_model(self), refused_model(self)
        self.past, self.answers = past_model(self), rows_model(self, answered=True)
        self.rows_table = sorted_table(_("要上报的"), self.rows, 0)
        self.refused_table = sorted_table(_("对方会退回的"), self.refused, 2)
        self.past_table = sorted_table(_("报过的"), self.past, 1)
        self.answers_table = sorted_table(_("报过的各行"), self.answers, 2)
        self.rows_table.opened.connect(self._open_row)
        self.refused_table.opened.connect(self._open_refused)
        self.answers_table.opened.connect(self._open_answer)
        self.past_table.chosen.connect(self._show_answers)
        self.shown = Label(role="secondary", wrap=True)

    def _lay_out(self) -> None:
        bar = wrapped((self.union, 1), self.regions, self.since_last, (self.recipient, 1))
        doing = wrapped(self.write_it, self.look, self.read_it, REST, self.export)
        listed = holding(down((self.rows_table, 1), margins=BELOW_TABS))
        refused = holding(down((self.refused_table, 1), margins=BELOW_TABS))
        past = divided(self.past_table, self.answers_table, sizes=(440, 460))
        self.tabs: QTabWidget = tabbed((_("要上报的"), listed), (_("对方会退回的"), refused), (_("报过的"), past))
        self.tabs.currentChanged.connect(self._fit)
        right = holding(down(self.about, bar, doing, (self.tabs, 1), self.shown))
        across(self.kinds, (right, 1), on=self, gap=theme.WIDE, margins=AROUND_PAGE)

    # what is shown

    @property
    def template(self) -> HandInTemplate:
        """The sheet that is chosen."""
        found: HandInTemplate = self.kinds.chosen
        return found

    def _offer(self, found: list[HandInTemplate]) -> None:
        before = self.template.key if self.kinds.count() else ""
        row = next((place for place, each in enumerate(found) if each.key == before), 0)
        self.kinds.offer([(each.shown, each, "") for each in found], row)

    def choice(self, *, masked: bool = False) -> HandInChoice:
        """Of what the sheet is to be made."""
        return HandInChoice(
            self._context.today, self.union.uid, self.regions.below(), self.since_last.isChecked(), masked
        )  # fmt: skip

    def _choose(self, *_chosen: object) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Make the sheet anew, on the worker thread."""
        args = (self.template.key, self.choice(), self._context.index)
        self._context.notices.withdraw(self._asked)
        self._when.begin()
        self.ask(look_up, *args, done=self._show, turn=Turn.SOON)

    def _show(self, found: FoundHandIn) -> None:
        self._found = found
        self._offer(found.templates)
        self.union.offer(found.unions)
        self.about.setText(_(self.template.about))
        self.rows.show_items([(each, self._state(each, found.made)) for each in found.made.rows])
        self.refused.show_items(found.made.refused)
        self.past.show_items(found.past)
        self.answers.show_items([])
        for place, title, count in (
            (_ROWS, _("要上报的"), len(found.made.rows)), (_REFUSED, _("对方会退回的"), found.made.refused_records),
            (_PAST, _("报过的"), len(found.past)),
        ):  # fmt: skip
            self.tabs.setTabText(place, f"{title} {count:,}")
        self._fit()
        self._when.end(made=True)

    @staticmethod
    def _state(row: HandInRow, made: HandInMade) -> str:
        return "" if made.since is None else _("新的") if row.uid in made.fresh else _("有变化") if row.uid in made.altered else ""

    def _fit(self, *_tab: object) -> None:
        made = self._found.made if self._found else None
        self.write_it.setEnabled(made is not None and bool(made.rows))
        self.look.setEnabled(made is not None and bool(made.rows))
        self.read_it.setEnabled(self._found is not None and bool(self._found.past))
        self.export.setEnabled(made is not None and bool(made.refused) and self.tabs.currentIndex() == _REFUSED)
        self.shown.setText(told(made) if made else "")

    def _show_answers(self) -> None:
        chosen = self.past_table.selected_rows()
        if chosen:
            past: PastSubmission = self.past.items[chosen[0]]
            self._context.jobs.run(past_rows, past.uid, done=self._fill_answers)

    def _fill_answers(self, rows: list[PastRow]) -> None:
        self.answers.show_items(rows)

    def _open_row(self, row: int) -> None:
        self._open(self.rows.items[row][0].uid)

    def _open_refused(self, row: int) -> None:
        each: Refused = self.refused.items[row]
        self._open(each.uid)

    def _open_answer(self, row: int) -> None:
        each: PastRow = self.answers.items[row]
        if each.called:
            self._open(each.record)

    def _open(self, uid: str) -> None:
        self.opens.emit(str(FORMS[self.template.rows].main._meta.table_name), uid)

    # handing up

    def _ask_write(self) -> None:
        """Numbers in full leave the register for this one use only when a person agrees to it."""
        if not (self._context.may_write() and (not self.template.private or self._context.may_unmask())):
            return
        if not self.template.private:
            self._write_full()
            return
        if not self.recipient.text().strip():
            self.recipient.setFocus()
            self._context.notices.error(_("里面是完整号码：请先写明交给谁，会记入操作留痕。"))
            return
        said = _("《{name}》里是完整的证件号和电话，{rows} 行，交给对方用，会记入操作留痕。请确认确有需要。")
        rows = len(self._found.made.rows) if self._found else 0
        agreed = Action(_("写出完整号码"), self._write_full)
        self._asked = said.format(name=self.template.shown, rows=rows)
        self._context.notices.ask(self._asked, agreed)

    def _write_full(self) -> None:
        self._exporting.ask(f"{self.template.name}_{self._context.today.isoformat()}", partial(self.write_to, masked=False))

    def _write_look(self) -> None:
        name = _("{name}_核对").format(name=self.template.name)
        self._exporting.ask(name, partial(self.write_to, masked=True))

    def write_to(self, path: Path, *, masked: bool) -> None:
        """Write the sheet that is shown; with full numbers it is kept as handed up."""
        args = (
            path, self.template.key, self.choice(masked=masked), self._context.index, self._context.author, self.union.name,
            HandedTo(self.recipient.text().strip()),
        )  # fmt: skip
        if masked:
            self._context.jobs.run(write, *args, done=self._looked, title=_("正在保存文件"))
        else:
            self._context.jobs.write(partial(write, *args), done=self._handed_up)

    def _looked(self, done: tuple[HandedUp, HandInMade]) -> None:
        written = done[0].written
        sentence = _("已存为《{name}》。号码打了星号，只供核对，不算上报。") + written.note
        self._context.notices.tell(sentence.format(name=written.path.name))

    def _handed_up(self, done: Done[tuple[HandedUp, HandInMade]]) -> None:
        (handed, made) = done.result
        sentence = _("已写入《{name}》，{rows:,} 行，记为一次上报。") + handed.written.note
        did(self._context, done, sentence.format(name=handed.written.path.name, rows=len(made.rows)))

    def _ask_read(self) -> None:
        if not self._context.may_write():
            return
        title, kinds = _("读回结果"), _("Excel 工作簿 (*.xlsx *.xls)")
        asked, _chosen = QFileDialog.getOpenFileName(self, title, "", kinds)
        if asked:
            self.read_from(Path(asked))

    def read_from(self, path: Path, key: str = "") -> None:
        """Read their result file to the shown sheet, or to another (a template's key), and keep the answers."""
        args = (path, key or self.template.key, self._context.author)
        self._context.jobs.write(partial(read_back, *args), done=self._answered)

    def _answered(self, done: Done[FoundAnswers]) -> None:
        found: FoundAnswers = done.result
        failed = sum(1 for each in found.answers if not each.taken)
        sentence = _("成功 {taken:,} 条，失败 {failed:,} 条，认不出的 {unknown:,} 行。失败的下次“只报变化的”里会再有。").format(
            taken=len(found.answers) - failed, failed=failed, unknown=len(found.unknown)
        )
        if done.batch is None:
            self._context.notices.tell(sentence)
        did(self._context, done, sentence)
        self.tabs.setCurrentIndex(_PAST)

    def _export(self) -> None:
        self._exporting.ask(_("{name}_要改的").format(name=self.template.name), self.export_to)

    def export_to(self, path: Path) -> None:
        """Write what would be refused to a workbook, to be mended by whoever knows."""
        self._exporting.write_list(path, self.template.name, self.refused)


def told(made: HandInMade) -> str:
    """What the sheet comes to, in one line."""
    parts: list[Any] = [_("要上报 {rows:,} 行").format(rows=len(made.rows))]
    if made.since:
        words = _("上次上报 {day}：新的 {new:,}，有变化的 {changed:,}，不再有的 {gone:,}")
        parts.append(words.format(day=made.since, new=made.new, changed=made.changed, gone=len(made.gone)))
    else:
        parts.append(_("还没有上报过"))
    if made.refused:
        parts.append(_("对方会退回 {count:,} 条，没有算在内，改好再报").format(count=made.refused_records))
    return _("；").join(parts)


