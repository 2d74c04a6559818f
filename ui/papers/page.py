"""The reports page: which report, of what, masked or not, with its pages beside; then on paper or into a file."""

import dataclasses
import datetime as dt
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from models.errors import UserError
from models.language import _, official
from models.trail.entry import Act
from reports import handout
from reports.catalogue import ReportKind, report_kinds
from reports.choices import ReportChoices
from reports.report import Report
from ui.kit import theme
from ui.kit.acting import act_by, act_by_each
from ui.kit.asking import Asking
from ui.kit.catching_up import CatchingUp
from ui.kit.context import Context
from ui.kit.empty import EmptyState
from ui.kit.entry_lists import SideList
from ui.kit.exporting import Exporting
from ui.kit.icons import dress
from ui.kit.lines import across, down, holding, scrolled, stacked
from ui.kit.notices import Action
from ui.kit.preview import Preview
from ui.kit.printing import Printing
from ui.kit.when_made import WhenMade
from ui.lists.card_editor import edit_cards
from ui.papers.choices_pane import ChoicesPane
from ui.papers.jobs import MadeReport, Offered, compose, offered
from ui.papers.print_log import PrintLogDialog
from ui.papers.remembered import chosen_of, handed_out, note_handed_out, remember, remembered

_SHOWS = frozenset({
    "union", "worker", "membership_event", "region", "employer", "head_count", "coverage", "drive_case", "case_step",
    "case_paper", "contact", "ledger_entry", "ledger_kind", "site", "site_kind", "target", "setting",
    "occupation_group", "region_parent", "saved_filter",
})  # fmt: skip
_KINDS_WIDTH, _SIDE_WIDTH = 148, 244


class ReportsPage(QWidget):
    """Reports of the register. The preview follows every choice; numbers are masked until a person agrees to more.

    ``wants_import()`` asks for the import page, where there is nothing to print yet.
    """

    wants_import = Signal()

    def __init__(self, context: Context) -> None:
        """A page that asks the register when it is first shown."""
        super().__init__()
        self._context = context
        self._asking, self._when = Asking(context.jobs), WhenMade()
        self._made: MadeReport | None = None
        self._asked = ""
        self._seen: ReportChoices | None = None
        self._exporting, self._printing = Exporting(context, self), Printing(context, self)
        self._known = report_kinds()
        self._chosen = {name: remembered(kind, context.today) for name, kind in self._known.items()}
        self.kinds = SideList(_("报表"), _KINDS_WIDTH)
        self.kinds.offer([(kind.title, kind.name, "") for kind in self._known.values()], -1)
        self.choices = ChoicesPane(context.index, context.today)
        self.print, self.pdf, self.sheet, self.word = (QPushButton() for _each in range(4))
        self.last, self.log = QPushButton(), QPushButton()
        self.last.setMenu(QMenu(self.last))
        self.last.menu().aboutToShow.connect(self._offer_last)
        self.preview = Preview()
        self.nothing = EmptyState("report", "", "")
        self.nothing_here = EmptyState("report", _("还没有可以打印的。先在“导入”页导入会员花名册或单位名单，再回来打印。"), _("去导入"))
        self.nothing_here.pressed.connect(self.wants_import)
        self._lay_out()
        self._connect()
        self.kinds.setCurrentRow(0)

    def _lay_out(self) -> None:
        self.setFocusProxy(self.kinds)
        right = QWidget()
        right.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._shown = stacked(self.preview, self.nothing, on=right)
        content = holding(across(
            self.kinds, self._middle(), (right, 1), gap=theme.WIDE, margins=(theme.WIDE, 12, theme.WIDE, 12)
        ))
        self._whole = stacked(content, self.nothing_here, on=self)

    def _middle(self) -> QVBoxLayout:
        """The choices, which may scroll, above the buttons, which are always there."""
        self.print.setProperty("primary", True)
        dress(self.pdf, "report")
        dress(self.sheet, "export")
        dress(self.word, "template")
        act_by_each(self, "reports", print=self.print, pdf=self.pdf, sheet=self.sheet, word=self.word)
        scroll = scrolled(self.choices, _("选项"), sideways=False)
        scroll.setFixedWidth(_SIDE_WIDTH)
        rows = down((scroll, 1), gap=theme.GAP - 2)
        for button in (self.print, self.pdf, self.sheet, self.word):
            button.setFixedWidth(_SIDE_WIDTH - 4)
            rows.addWidget(button)
        for name, button in (("last", self.last), ("log", self.log)):
            button.setFixedWidth(_SIDE_WIDTH - 4)
            act_by(self, f"reports.{name}", button)
        rows.addWidget(self.last)
        rows.addWidget(self.log)
        return rows

    def _connect(self) -> None:
        self.kinds.currentRowChanged.connect(self._show_kind)
        self.choices.changed.connect(self._compose)
        self.choices.full_asked.connect(self._ask_full)
        self.choices.cards_asked.connect(self._edit_cards)
        self.print.clicked.connect(partial(self._when.call, self._print))
        for button, ending in ((self.pdf, ".pdf"), (self.sheet, ".xlsx"), (self.word, ".docx")):
            button.clicked.connect(partial(self._when.call, partial(self._ask_and_save, ending)))
        self.log.clicked.connect(self._show_log)
        self._catching_up = CatchingUp(self, self.refresh, self._context.changes, _SHOWS)

    # which report, and of what

    @property
    def kind(self) -> ReportKind:
        """The report that is chosen."""
        return self._known[str(self.kinds.chosen)]

    def show_report(self, name: str, **choices: Any) -> None:
        """Choose a report and what it is of (fields of ``Choices``); what is not named is as it was at first.

        KeyError for a report that there is not, TypeError for a choice that there is not.
        """
        row = list(self._known.values()).index(self._known[name])
        self._chosen[name] = dataclasses.replace(ReportChoices(self._context.today, self._context.today), **choices)
        self._catching_up.behind = True
        if row == self.kinds.currentRow():
            self._show_kind()
        self.kinds.setCurrentRow(row)
        self._catching_up.fall_behind()

    def _show_kind(self) -> None:
        """Show the choices of the report as they were left; to numbers in full a person agrees anew each time."""
        name = self.kind.name
        self._chosen[name] = dataclasses.replace(self._chosen[name], masked=True)
        self.choices.show_kind(self.kind, self._chosen[name])
        if not self._catching_up.behind:
            self._compose()

    def refresh(self) -> None:
        """Ask the register anew for what can be chosen, and compose the report again."""
        self._catching_up.behind = False
        self._context.jobs.run(offered, self._context.index, self._chosen["case"].employer, done=self._offer)

    def _offer(self, found: Offered) -> None:
        self._whole.setCurrentIndex(1 if found.nothing else 0)
        known = {uid for uid, _name in found.unions}
        for name, chosen in self._chosen.items():
            if chosen.union and chosen.union not in known:  # of another register, or gone meanwhile
                self._chosen[name] = dataclasses.replace(chosen, union="")
        roster = self._chosen["roster"]
        if not (roster.union or roster.region):
            self._chosen["roster"] = dataclasses.replace(roster, union=found.largest)
        self.choices.offer(found)
        self.choices.show_kind(self.kind, self._chosen[self.kind.name])
        self._compose()

    def _ask_full(self) -> None:
        if not self._context.may_unmask():
            self.choices.masked.setChecked(True)
            return
        self.choices.masked.setChecked(True)
        self._asked = self.kind.name
        said = _("《{report}》上将印出完整的证件号和电话，打印和保存都会记入操作留痕。请确认确有需要，并妥善保管。")
        self._context.notices.ask(said.format(report=self.kind.title), Action(_("用完整号码"), self._use_full))

    def _use_full(self) -> None:
        if self.kind.name == self._asked:
            self.choices.full.setChecked(True)
            self._compose()

    def _edit_cards(self) -> None:
        """Change the layouts of cards or labels; one that is kept is chosen."""
        edit_cards(self._context, self.kind.name, self._chosen[self.kind.name].card, self).kept.connect(self._use_card)

    def _use_card(self, key: str) -> None:
        self._chosen[self.kind.name] = dataclasses.replace(self._chosen[self.kind.name], card=key)
        self.refresh()

    # composing

    def _compose(self) -> None:
        """Compose the report anew; a choice made while one is being composed is taken up afterwards."""
        kind, chosen = self.kind, self.choices.chosen()
        self._chosen[kind.name] = chosen
        self._when.begin()
        if kind.missing(chosen):
            self._asking.drop()
            self._show(None)
            self.nothing.say(kind.asks)
            self._when.end(made=False)
            return
        with official():  # what stands on a paper is for others
            mark = _("草稿") if self.choices.draft.isChecked() else ""
        args = (self._context.index, kind, chosen, mark)
        self._asking.ask(compose, *args, done=self._composed, failed=self._failed)

    def _composed(self, made: MadeReport) -> None:
        self._show(made)
        self._note_full(made)
        self._when.end(made=True)

    def _note_full(self, made: MadeReport) -> None:
        """Keep in the trail that a report with numbers in full is on the screen: once until it is masked or another."""
        seen = None if made.choices.masked else dataclasses.replace(made.choices, blank=0)
        if seen is not None and seen != self._seen:
            self._context.unmasked(made.report.title, made.report.records)
        self._seen = seen

    def _failed(self, error: Exception) -> None:
        self._show(None)
        self.nothing.say(str(error) if isinstance(error, UserError) else "")
        self._when.end(made=False)

    def _show(self, made: MadeReport | None) -> None:
        before, self._made = self._made, made
        same = before is not None and made is not None and (before.name, before.choices) == (made.name, made.choices)
        self.preview.show_layout(made.layout if made else None, same=same)
        self._shown.setCurrentIndex(0 if made else 1)
        for button in (self.print, self.pdf, self.sheet, self.word):
            button.setEnabled(made is not None)

    @property
    def report(self) -> Report | None:
        """The report that is shown."""
        return self._made.report if self._made else None

    # handing out

    def _print(self) -> None:
        made = self._made
        if made is not None and self._printing.ask(made.layout, self._act("print", made)):
            self._note(made)

    def _ask_and_save(self, ending: str) -> None:
        if self._made is None or self.report is None:
            return
        parts = (self.report.title, self.report.subject, self.report.day)
        name = "_".join(part for part in parts if part)
        self._exporting.ask(name, self.save_to, ending, self._act("export", self._made))

    def save_to(self, path: Path) -> None:
        """Write the report that is shown into a file, by its ending as PDF, workbook or Word document, over an existing one."""
        if self._made is not None:
            self._exporting.write(self._act("export", self._made), handout.write_as_named, self._made.report, path)
            self._note(self._made)

    def _note(self, made: MadeReport) -> None:
        """Remember what was handed out, to have it at hand again."""
        try:
            note_handed_out(made.name, made.choices, dt.datetime.now())
        except UserError as error:
            self._context.notices.error(str(error))

    def _offer_last(self) -> None:
        """Fill the menu with what was handed out last; choosing one shows it again, as of today."""
        menu = self.last.menu()
        menu.clear()
        for each in handed_out():
            kind = self._known.get(each.name)
            if kind is not None:
                chosen = chosen_of(kind, each.choices, self._context.today)
                name = _("{title}　{time}").format(title=kind.title, time=each.at)
                menu.addAction(name, partial(self._show_last, each.name, chosen))
        if menu.isEmpty():
            menu.addAction(_("还没有打印过")).setEnabled(False)

    def _show_last(self, name: str, chosen: ReportChoices) -> None:
        self.show_report(name, **{each.name: getattr(chosen, each.name) for each in dataclasses.fields(chosen)
            if each.name not in ("today", "day")})

    def _show_log(self) -> None:
        dialog = PrintLogDialog(self._context, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        try:
            remember(self._chosen)
        except UserError as error:
            self._context.notices.error(str(error))

    @staticmethod
    def _act(act: str, made: MadeReport) -> Act:
        """What the trail keeps of handing a report out."""
        return Act(act, made.report.title, made.report.records, full=not made.choices.masked)
