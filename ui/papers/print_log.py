"""The print log (打印记录): what was printed and exported, of how many, masked or not, to whom and what for; printed itself."""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QDialog, QHeaderView, QWidget

from models.journal.older_notes import trail
from models.language import _
from models.progress import OnProgress
from models.trail.entry import Act
from models.trail.reading import EntryFilter, PastEntry, totals_of
from models.trail.verifying import verify
from reports import paper
from reports.handing_over import WrittenFile
from reports.layout import Layout
from reports.trail_list import PRINTS, trail_report, write_trail
from ui.kit import theme
from ui.kit.asking import Asking
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.day_editor import DayBox
from ui.kit.entries_model import entries_model
from ui.kit.exporting import Exporting
from ui.kit.lines import AROUND_DIALOG, across, down
from ui.kit.list_model import list_table
from ui.kit.plain import Label
from ui.kit.plain_fields import line_field
from ui.kit.printing import Printing

_SIZE = (1080, 560)
#: How far back is looked at first, from today.
_BACK = dt.timedelta(days=365)


class FoundPrints(NamedTuple):
    """What was asked for of the print log, and what there is."""

    asked: EntryFilter
    entries: list[PastEntry]


def find_prints(asked: EntryFilter) -> FoundPrints:
    """Ask the register for what left it."""
    return FoundPrints(asked, trail(asked))


def lay_out_prints(found: list[PastEntry], day: dt.date) -> Layout:
    """The print log as pages, with what is to be said of the whole chain."""
    return paper.lay_out(trail_report(found, verify(), day, PRINTS), f"{dt.datetime.now():%Y-%m-%d %H:%M}")


def write_prints(path: Path, found: list[PastEntry], day: dt.date, progress: OnProgress | None = None) -> WrittenFile:
    """Write the print log to a file, with what is to be said of the whole chain."""
    return write_trail(path, found, verify(), day, progress, name=PRINTS)


class PrintLogDialog(QDialog):
    """Nothing in it can be changed; printing it is an entry of its own."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Shows the last year."""
        super().__init__(parent)
        self.setWindowTitle(_("打印记录"))
        self._context, self._exporting, self._printing = context, Exporting(context, self), Printing(context, self)
        self._asking = Asking(context.jobs)
        today = context.today
        self.since, self.until = DayBox(_("从"), today - _BACK, today), DayBox(_("到"), today, today)
        for field in (self.since, self.until):
            field.chosen.connect(self.refresh)
        numbers = [(_("脱敏的和完整的"), None), (_("只看完整号码的"), True), (_("只看脱敏的"), False)]
        self.numbers = choice_box(_("号码"), numbers, self.refresh)
        self.text = line_field(_("查找"), _("查找谁、内容、交给谁、做什么用、文件"))
        self.text.textChanged.connect(self.refresh)
        self.model = entries_model(self, handed_out=True)
        self.table = list_table(_("打印记录"), self.model)
        self.table.horizontalHeader().setSectionResizeMode(len(self.model.columns) - 1, QHeaderView.ResizeMode.Stretch)
        self.totals = Label(role="secondary", wrap=True)
        self.print = push_button(_("打印…"), self._lay_out_pages, primary=True)
        self.export = push_button(_("导出…"), self._offer_kinds, "export")
        self._lay_out()
        self.resize(*_SIZE)
        self.refresh()

    def _lay_out(self) -> None:
        told = Label(_("打印和导出过的都在这里：谁、什么时候、什么、多少行、脱敏还是完整、交给谁、做什么用。它是操作留痕的一部分，只增不改。"), "secondary", wrap=True)
        asked = across(Label(_("从")), self.since, Label(_("到")), self.until, self.numbers, (self.text, 1))
        down(
            told, asked, (self.table, 1), across((self.totals, 1), self.export, self.print),
            on=self, gap=theme.GAP, margins=AROUND_DIALOG,
        )  # fmt: skip

    def asked(self) -> EntryFilter:
        """What the filters say."""
        full: bool | None = self.numbers.currentData()
        return EntryFilter(self.since.date, self.until.date, text=self.text.text(), handed_out=True, full=full)

    def refresh(self, *_changed: object) -> None:
        """Ask the register for what the filters say."""
        self._asking.ask(find_prints, self.asked(), done=self._show)

    def _show(self, found: FoundPrints) -> None:
        self.model.show_items(found.entries)
        self.totals.setText(totals_of(found.entries).text)
        for button in (self.print, self.export):
            button.setEnabled(bool(found.entries))

    def _lay_out_pages(self) -> None:
        args = (list(self.model.items), self._context.today)
        self._context.jobs.run(lay_out_prints, *args, done=self._print, title=_("正在核对操作留痕"))

    def _print(self, layout: Layout) -> None:
        self._printing.ask(layout, Act("print", PRINTS, len(self.model.items)))

    def _offer_kinds(self) -> None:
        if ending := self._exporting.ask_ending(self.export):
            name = f"{_('打印记录')}_{self._context.today.isoformat()}"
            self._exporting.ask(name, self.export_to, ending, Act("export", PRINTS, len(self.model.items)))

    def export_to(self, path: Path) -> None:
        """Write what is listed to a file, by its ending; that is an entry of the trail itself."""
        self._exporting.write(Act("export", PRINTS), write_prints, path, list(self.model.items), self._context.today)

    def done(self, result: int) -> None:
        """Want no answer any more once it is closed."""
        self._asking.drop()
        super().done(result)
