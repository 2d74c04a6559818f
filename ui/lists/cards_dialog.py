"""Cards and labels of a list's people, unions or employers: a layout, where the printer prints, the pages, then paper or PDF."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDoubleSpinBox, QWidget

from models.errors import UserError
from models.language import _
from models.lists.card_forms import CardForm, card_forms
from models.lists.listings import Selection
from models.trail.entry import Act
from models.values.region_index import RegionIndex
from reports import handout, paper
from reports.cards.chosen import cards_report, printer_test
from reports.cards.offsets import MOST, keep_offset, print_offset
from reports.layout import Layout
from reports.report import Report
from ui.kit.asking import Asking
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.exporting import Exporting
from ui.kit.lines import REST, across, down, holding, titled
from ui.kit.list_box import put_in
from ui.kit.plain import Label
from ui.kit.plain_fields import decimal_field
from ui.kit.preview import Preview
from ui.kit.printing import Printing
from ui.kit.when_made import WhenMade
from ui.lists.card_editor import edit_cards

_SIDE = 300


@dataclass(frozen=True)
class Carded:
    """Whom cards would be of: the kind of list, its choice, the order of uids where there is one; ``chosen``: the selected."""

    kind: str
    title: str
    choice: Selection
    masked: bool
    chosen: frozenset[str] = frozenset()
    order: Sequence[str] = ()


def compose_cards(
    form: CardForm, given: Carded, choice: Selection, test: bool, index: RegionIndex, today: dt.date
) -> tuple[Report, Layout]:
    """The cards, or the page that tests the printer, laid out. UserError as ``cards_report``."""
    if test:
        report = printer_test(form)
    else:
        report = cards_report(form, choice, index, today.isoformat(), masked=given.masked, order=given.order)
    return report, paper.lay_out(report)


class CardsDialog(QDialog):
    """The dialog of one list's cards and labels. The pages follow every choice."""

    def __init__(self, context: Context, given: Carded, parent: QWidget | None = None) -> None:
        """Begins with the first layout and what this laptop's printer is known to do."""
        super().__init__(parent)
        self.setWindowTitle(_("卡片和标签 · {list}").format(list=given.title))
        self._context, self._given = context, given
        self._asking, self._exporting, self._printing = Asking(context.jobs), Exporting(context, self), Printing(context, self)
        self._report: Report | None = None
        self._when, self._tests = WhenMade(), False
        self.forms = _forms(given.kind)
        self.whom = choice_box(_("印哪些"), [(_("全部"), False)], self.compose)
        if given.chosen:
            self.whom.insertItem(0, _("选中的 {count:,} 条").format(count=len(given.chosen)), True)
            self.whom.setCurrentIndex(0)
        self.form = choice_box(_("版式"), [(each.shown, place) for place, each in enumerate(self.forms)], self.compose)
        self.edit = push_button(_("改版式…"), self._edit)
        self.sheet = Label(role="secondary", wrap=True)
        offset = print_offset()
        self.right, self.below = (_millimetres(name, value) for name, value in ((_("向右"), offset[0]), (_("向下"), offset[1])))
        for field in (self.right, self.below):
            field.editingFinished.connect(self.compose)
        self.test = QCheckBox(_("只印一页，量打印机印在哪里"))
        self.test.toggled.connect(self.compose)
        self.preview = Preview()
        self.told = Label(role="secondary", wrap=True)
        self.print = push_button(_("打印…"), partial(self._when.call, self._print), primary=True)
        self.pdf = push_button(_("存 PDF…"), partial(self._when.call, self._save))
        self._lay_out()
        self.resize(1120, 700)
        self.compose()

    def _lay_out(self) -> None:
        form = titled(
            (_("印哪些"), self.whom), (_("版式"), self.form), ("", self.edit), ("", self.sheet),
            (_("偏移"), across(self.right, self.below)),
        )  # fmt: skip
        form.addRow(self.test)  # in the whole width: its words are long
        side = holding(form)
        side.setFixedWidth(_SIDE)
        buttons = across((self.told, 1), REST, self.pdf, self.print)
        down((across(side, (self.preview, 1)), 1), buttons, on=self, margins=None)

    def _edit(self) -> None:
        """Change the layouts of the kind of the one that is chosen."""
        form = self.forms[self.form.currentIndex()]
        edit_cards(self._context, form.use, form.key, self).kept.connect(self._use)

    def _use(self, key: str) -> None:
        """Choose a layout that was kept; without one the first."""
        self.forms = _forms(self._given.kind)
        with QSignalBlocker(self.form):
            self.form.clear()
            put_in(self.form, [(each.shown, place) for place, each in enumerate(self.forms)])
            self.form.setCurrentIndex(next((place for place, each in enumerate(self.forms) if each.key == key), 0))
        self.compose()

    def compose(self, *_chosen: object) -> None:
        """Compose the pages anew; an answer to what was asked before is dropped."""
        form = self.forms[self.form.currentIndex()]
        told = _("{width:g}×{height:g} 毫米，{paper} 每页 {count} 张")
        self.sheet.setText(told.format(width=form.width, height=form.height, paper=form.paper, count=form.a_sheet))
        given = self._given
        choice = replace(given.choice, uids=given.chosen) if self.whom.currentData() else given.choice
        try:
            keep_offset((self.right.value(), self.below.value()))
        except UserError as error:
            self._context.tell_failure(error)
        self._when.begin()
        self._tests = self.test.isChecked()
        args = (form, given, choice, self._tests, self._context.index, self._context.today)
        self._asking.ask(compose_cards, *args, done=self._show, failed=self._failed)

    def _show(self, made: tuple[Report, Layout]) -> None:
        self._report = made[0]
        self.preview.show_layout(made[1])
        self.told.setText(made[0].totals)
        for button in (self.print, self.pdf):
            button.setEnabled(True)
        self._when.end(made=True)

    def _failed(self, error: Exception) -> None:
        self._report = None
        self.preview.show_layout(None)
        self.told.setText(str(error) if isinstance(error, UserError) else "")
        for button in (self.print, self.pdf):
            button.setEnabled(False)
        self._when.end(made=False)

    @property
    def report(self) -> Report | None:
        """What is shown."""
        return self._report

    def _act(self, act: str, report: Report) -> Act | None:
        """What the trail keeps; the page that tests the printer holds nothing of the register."""
        if self._tests:
            return None
        return Act(act, report.title, report.records, full=not self._given.masked)

    def _print(self) -> None:
        layout, report = self.preview.layout_shown, self._report
        if layout is not None and report is not None:
            self._printing.ask(layout, self._act("print", report) or Act("print", report.title, 0))

    def _save(self) -> None:
        if self._report is not None:
            name = f"{self._report.title}_{self._context.today.isoformat()}"
            self._exporting.ask(name, self.save_to, ".pdf", self._act("export", self._report))

    def save_to(self, path: Path) -> None:
        """Write the cards that are shown as a PDF, over an existing one."""
        if self._report is not None:
            self._exporting.write(self._act("export", self._report), handout.write_as_named, self._report, path)


def _forms(kind: str) -> list[CardForm]:
    """The layouts of cards and of labels of a kind of list."""
    return [*card_forms("cards", kind), *card_forms("labels", kind)]


def _millimetres(name: str, value: float) -> QDoubleSpinBox:
    field = decimal_field(name, -MOST, MOST, _(" 毫米"))
    field.setPrefix(name + " ")
    field.setValue(value)
    return field


def ask_cards(context: Context, given: Carded, parent: QWidget) -> None:
    """Open the dialog over a page; it is gone once it was closed."""
    dialog = CardsDialog(context, given, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
