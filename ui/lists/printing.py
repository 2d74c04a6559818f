"""A list on paper: its layout at the left, its pages at the right, then printed or written into a file."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QInputDialog,
    QPlainTextEdit,
    QWidget,
)

from models.errors import UserError
from models.language import _
from models.lists.listings import Selection
from models.lists.print_forms import (
    MOST_COPIES,
    ROW_HEIGHTS,
    SIZES,
    FormColumn,
    PrintForm,
    forget_print_form,
    keep_print_form,
    plain_form,
    print_forms,
)
from models.records.setting import setting
from models.trail.entry import Act
from models.values.columns import Column
from models.values.region_index import RegionIndex
from reports import handout, paper
from reports.choices import TO_FILL_IN
from reports.layout import Layout
from reports.listing.listed import ListPaper, list_report, usual_columns
from reports.listing.rows import NOTHING_BESIDE, BesideRows, columns_of_kind
from reports.report import Report
from ui.kit import theme
from ui.kit.asking import Asking
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.exporting import Exporting
from ui.kit.lines import REST, across, down, holding, scrolled, titled
from ui.kit.plain import Label
from ui.kit.plain_fields import line_field, number_field
from ui.kit.preview import Preview
from ui.kit.printing import Printing
from ui.kit.when_made import WhenMade
from ui.kit.written import Written
from ui.lists.print_columns import PrintColumns

_SIDE = 330
_LINES = 4


@dataclass(frozen=True)
class Printable:
    """What a list would print: its choice, its columns as they are shown, what narrows it; ``chosen``: the selected records.

    Of a working list also: ``beside``, what stands beside its records; ``form``, the layout to begin with; ``what``, what the
    trail calls it, for its name may be somebody's.
    """

    kind: str
    title: str
    choice: Selection
    columns: Sequence[Column]
    label: str
    masked: bool
    chosen: frozenset[str] = frozenset()
    beside: BesideRows = NOTHING_BESIDE
    form: PrintForm | None = None
    what: str = ""


class PrintedList(NamedTuple):
    """A list composed: the report and its pages."""

    report: Report
    layout: Layout


def compose_list(choice: Selection, form: PrintForm, told: ListPaper, index: RegionIndex) -> PrintedList:
    """A list as a report, laid out. UserError as ``list_report``."""
    report = list_report(choice, form, told, index)
    return PrintedList(report, paper.lay_out(report, f"{dt.datetime.now():%Y-%m-%d %H:%M}"))


class ListPrinting(QDialog):
    """The dialog of one list. The pages follow every choice; one made while they are composed begins them anew."""

    def __init__(self, context: Context, given: Printable, parent: QWidget | None = None) -> None:
        """Begins with the list as it is shown on the screen."""
        super().__init__(parent)
        self.setWindowTitle(_("打印 {list}").format(list=given.title))
        self._context, self._given = context, given
        self._asking, self._when = Asking(context.jobs), WhenMade()
        self._made: PrintedList | None = None
        self._exporting, self._written, self._printing = Exporting(context, self), Written(context, self), Printing(context, self)
        self._make_fields()
        self.preview = Preview()
        self.told = Label(role="secondary", wrap=True)
        self.print = push_button(_("打印…"), partial(self._when.call, self._print), primary=True)
        self.pdf, self.sheet, self.word = (
            push_button(text, partial(self._when.call, partial(self._ask_and_save, ending)))
            for text, ending in ((_("存 PDF…"), ".pdf"), (_("存表格…"), ".xlsx"), (_("存 Word…"), ".docx"))
        )
        self.keep, self.forget = push_button(_("存为版式…"), self._ask_keep), push_button(_("删除版式"), self._forget)
        for button in (self.keep, self.forget):  # a layout with the boxes of one list is of no use to another
            button.setHidden(given.form is not None)
        self._lay_out()
        self._connect()
        self._offer_forms()
        self.show_form(self._as_shown())
        self.resize(1200, 720)

    def _make_fields(self) -> None:
        given = self._given
        self.whom = _box(_("印哪些"), [(_("全部"), False)])
        if given.chosen:
            self.whom.insertItem(0, _("选中的 {count:,} 条").format(count=len(given.chosen)), True)
            self.whom.setCurrentIndex(0)
        self.form = _box(_("版式"), [])
        self.title = line_field(_("标题"))
        self.columns = PrintColumns()
        self.group = _box(_("分组"), [])
        self.names_by = _box(_("次序"), [(_("照名单"), ""), (_("按拼音"), "pinyin"), (_("按姓氏笔画"), "strokes")])
        self.apart = QCheckBox(_("每组单独一份"))
        self.copies = number_field(_("份数"), 1, MOST_COPIES, _(" 份"))
        self.paper = _box(_("纸张"), [("A4", "A4"), ("A3", "A3")])
        self.landscape = _box(_("方向"), [(_("横放"), True), (_("竖放"), False)])
        self.letters = _box(_("字号"), [(_("按宽度定"), 0.0), *((f"{each:g}", each) for each in SIZES if each)])
        self.high = _box(_("行高"), [(_("{count:g} 毫米").format(count=each), each) for each in ROW_HEIGHTS])
        self.one_wide = QCheckBox(_("一页宽"))
        self.names = QCheckBox(_("姓名只印头尾"))
        self.duplex = QCheckBox(_("双面打印，每份从新的一张开始"))
        self.watermark = line_field(_("水印"), _("例如 草稿"))
        self.notes, self.signatures = QPlainTextEdit(), QPlainTextEdit()
        for field, name, hint in ((self.notes, _("说明"), _("一行一条")), (self.signatures, _("签字盖章"), _("一行一处"))):
            field.setAccessibleName(name)
            field.setPlaceholderText(hint)
            field.setTabChangesFocus(True)
            field.setFixedHeight(_LINES * theme.ROW_HEIGHT // 2)

    def _lay_out(self) -> None:
        form = titled(
            (_("印哪些"), self.whom), (_("版式"), self.form), ("", across(self.keep, self.forget)), (_("标题"), self.title),
            (_("栏"), self.columns), (_("分组"), self.group), (_("次序"), self.names_by), ("", across(self.apart, self.copies)),
            (_("纸张"), across(self.paper, self.landscape)), (_("字号"), across(self.letters, self.high)),
            ("", across(self.one_wide, self.names)), ("", self.duplex), (_("水印"), self.watermark), (_("说明"), self.notes),
            (_("签字盖章"), self.signatures),
        )  # fmt: skip
        form.setVerticalSpacing(theme.GAP)
        self.columns.setMinimumHeight(260)
        side = scrolled(holding(form), _("选项"), sideways=False)
        side.setFixedWidth(_SIDE + 24)
        buttons = across(self.told, REST, self.word, self.sheet, self.pdf, self.print)
        down((across(side, (self.preview, 1)), 1), buttons, on=self, margins=None)

    def _connect(self) -> None:
        self.form.currentIndexChanged.connect(self._choose_form)
        for box in (self.whom, self.group, self.names_by, self.paper, self.landscape, self.letters, self.high):
            box.currentIndexChanged.connect(self.compose)
        for tick in (self.apart, self.one_wide, self.names, self.duplex):
            tick.toggled.connect(self.compose)
        for field in (self.title, self.watermark):
            field.editingFinished.connect(self.compose)
        for text in (self.notes, self.signatures):
            text.textChanged.connect(self.compose)
        self.copies.valueChanged.connect(self.compose)
        self.columns.changed.connect(self.compose)

    # layouts

    def _offer_forms(self, name: str = "") -> None:
        self.forms = [self._as_shown(), *print_forms(self._given.kind)]
        with QSignalBlocker(self.form):
            self.form.clear()
            for each in self.forms:
                self.form.addItem(each.called or _("照名单上显示的"))
            self.form.setCurrentIndex(max(0, next((n for n, each in enumerate(self.forms) if name and each.name == name), 0)))
        self.forget.setEnabled(bool(self.forms[self.form.currentIndex()].uid))

    def _as_shown(self) -> PrintForm:
        """The list as it is: its columns in their order; of a working list the layout of what it is for."""
        if self._given.form is not None:
            return self._given.form
        form = plain_form(self._given.kind)
        shown = [each for each in self._given.columns if each.name in {one.name for one in columns_of_kind(form.kind)}]
        return replace(form, columns=tuple(FormColumn(each.name) for each in shown))

    def _choose_form(self, place: int) -> None:
        self.show_form(self.forms[place])

    def show_form(self, form: PrintForm) -> None:
        """Show a layout, and the pages in it."""
        self._base = form
        self.forget.setEnabled(bool(form.uid))
        columns = columns_of_kind(form.kind, self._given.beside)
        self.columns.offer(columns, form.columns, usual_columns(form.kind))
        groups = [(_("不分组"), ""), *((column.title, column.name) for column in columns)]
        fields = (self.group, self.names_by, self.title, self.apart, self.copies, self.paper, self.landscape, self.letters,
                  self.high, self.one_wide, self.names, self.duplex, self.watermark, self.notes, self.signatures)  # fmt: skip
        blocked = [QSignalBlocker(each) for each in fields]
        self.group.clear()
        for title, name in groups:
            self.group.addItem(title, name)
        self.title.setText(form.title or form.name)
        for box, value in ((self.group, form.group_by), (self.names_by, form.names), (self.paper, form.paper),
                           (self.landscape, form.landscape), (self.letters, form.size),
                           (self.high, form.row_height)):  # fmt: skip
            _choose(box, value)
        for tick, on in ((self.apart, form.apart), (self.one_wide, form.one_wide), (self.names, form.masked_names),
                         (self.duplex, form.duplex)):  # fmt: skip
            tick.setChecked(on)
        self.copies.setValue(form.copies)
        self.watermark.setText(form.watermark)
        self.notes.setPlainText("\n".join(_(each) for each in form.notes))
        self.signatures.setPlainText("\n".join(_(each) for each in form.signatures))
        del blocked
        self.compose()

    def chosen_form(self) -> PrintForm:
        """The layout as it is put together now."""
        return replace(
            self._base, columns=self.columns.chosen(), title=self.title.text().strip(), group_by=self.group.currentData(),
            names=self.names_by.currentData(),
            apart=self.apart.isChecked(), copies=self.copies.value(), paper=self.paper.currentData(),
            landscape=self.landscape.currentData(), size=self.letters.currentData(), row_height=self.high.currentData(),
            one_wide=self.one_wide.isChecked(), masked_names=self.names.isChecked(), duplex=self.duplex.isChecked(),
            watermark=self.watermark.text().strip(), notes=_lines(self.notes), signatures=_lines(self.signatures),
        )  # fmt: skip

    def _ask_keep(self) -> None:
        if not self._context.may_write():
            return
        name, agreed = QInputDialog.getText(self, _("存为版式"), _("名称"), text=self._base.name if self._base.uid else "")
        if agreed:
            self.keep_as(name)

    def keep_as(self, name: str) -> None:
        """Keep the layout under a name."""
        self._kept_name = " ".join(name.split())
        self._written.write(
            _("版式已保存。"), keep_print_form, self.chosen_form(), name, self._context.author, then=self._kept
        )

    def _kept(self) -> None:
        self._offer_forms(self._kept_name)
        self._base = self.forms[self.form.currentIndex()]
        self.forget.setEnabled(bool(self._base.uid))

    def _forget(self) -> None:
        if self._context.may_write():
            self._kept_name = ""
            self._written.write(_("版式已删除。"), forget_print_form, self._base, self._context.author, then=self._forgotten)

    def _forgotten(self) -> None:
        self._offer_forms()
        self.show_form(self.forms[0])

    # composing

    def compose(self) -> None:
        """Compose the pages anew."""
        self._when.begin()
        form, given = self.chosen_form(), self._given
        if not form.columns:
            self._asking.drop()
            self._show(None, _("请至少勾选一栏。"))
            self._when.end(made=False)
            return
        choice = replace(given.choice, uids=given.chosen) if self.whom.currentData() else given.choice
        whose = str(setting("organization")) or TO_FILL_IN
        told = ListPaper(whose, self._context.today.isoformat(), given.label, given.masked, beside=given.beside)
        args = (choice, form, told, self._context.index)
        self._asking.ask(compose_list, *args, done=self._composed, failed=self._failed)

    def _composed(self, made: PrintedList) -> None:
        self._show(made, _("{rows:,} 行，{pages:,} 页").format(rows=made.report.records, pages=len(made.layout.pages)))
        self._when.end(made=True)

    def _failed(self, error: Exception) -> None:
        self._show(None, str(error) if isinstance(error, UserError) else "")
        self._when.end(made=False)

    def _show(self, made: PrintedList | None, said: str) -> None:
        self._made = made
        self.preview.show_layout(made.layout if made else None)
        self.told.setText(said)
        for button in (self.print, self.pdf, self.sheet, self.word):
            button.setEnabled(made is not None)

    @property
    def made(self) -> PrintedList | None:
        """What is shown."""
        return self._made

    # handing out

    def _act(self, act: str, made: PrintedList) -> Act:
        return Act(act, self._given.what or made.report.title, made.report.records, full=not self._given.masked)

    def _print(self) -> None:
        made = self._made
        if made is not None:
            self._printing.ask(made.layout, self._act("print", made))

    def _ask_and_save(self, ending: str) -> None:
        if self._made is not None:
            name = f"{self._made.report.title}_{self._made.report.day}"
            self._exporting.ask(name, self.save_to, ending, self._act("export", self._made))

    def save_to(self, path: Path) -> None:
        """Write the list that is shown into a file by its ending, over an existing one."""
        if self._made is not None:
            self._exporting.write(self._act("export", self._made), handout.write_as_named, self._made.report, path)


def _box(name: str, choices: list[tuple[str, Any]]) -> QComboBox:
    return choice_box(name, choices, least=6)


def _choose(box: QComboBox, value: Any) -> None:
    """Choose a value; one that is not offered is offered from now on."""
    place = box.findData(value)
    if place < 0:
        box.addItem(f"{value:g}" if isinstance(value, float) else str(value), value)
        place = box.count() - 1
    box.setCurrentIndex(place)


def _lines(field: QPlainTextEdit) -> tuple[str, ...]:
    return tuple(line.strip() for line in field.toPlainText().split("\n") if line.strip())


def ask_printing(context: Context, given: Printable, parent: QWidget) -> None:
    """Open the dialog over a page; it is gone once it was closed."""
    dialog = ListPrinting(context, given, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
