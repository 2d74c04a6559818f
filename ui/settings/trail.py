"""The trail (操作留痕) in the settings: who did what, narrowed, verified, and as a file."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHeaderView, QLineEdit, QWidget

from models.journal.older_notes import trail
from models.language import _
from models.progress import OnProgress
from models.trail.entry import Act
from models.trail.reading import EntryFilter, PastEntry
from models.trail.verifying import Verdict, verify
from models.trail.words import ACTS, word
from reports.handing_over import WrittenFile
from reports.trail_list import TRAIL, write_trail
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.choice_box import choice_box
from ui.kit.context import Context
from ui.kit.day_editor import DayBox
from ui.kit.entries_model import entries_model
from ui.kit.exporting import Exporting
from ui.kit.lines import REST, across, down
from ui.kit.list_model import list_table
from ui.kit.plain import Label
from ui.kit.plain_fields import line_field
from ui.settings.sections import told

_WIDTH, _ROWS = 980, 14
#: In the place of an act: all by which something left the register.
_HANDED_OUT = "handed out"
#: How far back is looked at first, from today.
_BACK = dt.timedelta(days=92)


class FoundTrail(NamedTuple):
    """Entries of the trail, and what they were asked for."""

    asked: EntryFilter
    entries: list[PastEntry]


def find(asked: EntryFilter) -> FoundTrail:
    """Ask the register for entries."""
    return FoundTrail(asked, trail(asked))


def write(path: Path, found: list[PastEntry], context: Context, progress: OnProgress | None = None) -> WrittenFile:
    """Write entries to a file, with what is to be said of the whole chain."""
    return write_trail(path, found, verify(), context.today, progress)


class TrailSettings(QWidget):
    """Asks the register when it is shown; nothing in it can be changed."""

    def __init__(self, context: Context) -> None:
        """Shows the last months."""
        super().__init__()
        self._context, self._exporting = context, Exporting(context, self)
        today = context.today
        self.since, self.until = DayBox(_("从"), today - _BACK, today), DayBox(_("到"), today, today)
        for field in (self.since, self.until):
            field.chosen.connect(self.refresh)
        acts = [(_("所有操作"), ""), (_("打印记录"), _HANDED_OUT), *((word(act), act) for act in ACTS)]
        self.acts = choice_box(_("做了什么"), acts, self.refresh)
        self.person = self._text(_("谁"))
        self.text = self._text(_("查找文件、内容、交给谁"))
        self.counted = Label(role="secondary")
        self.model = entries_model(self)
        self.table = list_table(_("操作留痕"), self.model)
        self.table.horizontalHeader().setSectionResizeMode(len(self.model.columns) - 1, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumWidth(_WIDTH // 2)
        self.table.setFixedHeight((_ROWS + 1) * theme.ROW_HEIGHT)
        self.verify = push_button(_("核对", "button"), self._verify)
        self.export = push_button(_("导出…"), self._offer_kinds, "export")
        self.verdict = Label(role="secondary", wrap=True)
        self._lay_out()

    def _text(self, name: str) -> QLineEdit:
        field = line_field(name, name)
        field.editingFinished.connect(self.refresh)
        return field

    def _lay_out(self) -> None:
        asked = across(Label(_("从")), self.since, Label(_("到")), self.until, self.acts, self.person, self.text)
        down(
            told(_("谁在什么时候打开登记册、显示完整号码、打印、导出、备份、恢复、改口令，都记在这里，只增不改，不记人的姓名和号码。")), asked, self.table,
            across(self.verify, self.export, self.counted, REST), self.verdict,
            told(_("每一条都带着前一条的指纹：改了、删了、插进去、换了次序，“核对”会说出从第几条起不对。交给上级检查时用“导出”。")), on=self,
        )  # fmt: skip

    def asked(self) -> EntryFilter:
        """What the filters say."""
        act = str(self.acts.currentData())
        handed = act == _HANDED_OUT
        asked = EntryFilter(self.since.date, self.until.date, "" if handed else act, self.person.text(), self.text.text())
        return replace(asked, handed_out=handed)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask anew each time it is come back to."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Ask the register for what the filters say."""
        if self.isVisible():
            self._context.jobs.run(find, self.asked(), done=self._show)

    def _show(self, found: FoundTrail) -> None:
        if found.asked == self.asked():
            self.model.show_items(found.entries)
            self.counted.setText(_("共 {count:,} 条").format(count=len(found.entries)))

    def _verify(self) -> None:
        self.verify.setEnabled(False)
        run = self._context.jobs.run
        run(verify, done=self._verified, failed=self._not_verified, title=_("正在核对操作留痕"))

    def _verified(self, verdict: Verdict) -> None:
        self.verify.setEnabled(True)
        self.verdict.setText(verdict.text)
        show = self._context.notices.tell if verdict.wrong is None else self._context.notices.error
        show(verdict.text)

    def _not_verified(self, _error: Exception) -> None:
        self.verify.setEnabled(True)

    def _offer_kinds(self) -> None:
        if ending := self._exporting.ask_ending(self.export):
            self._exporting.ask(f"{_('操作留痕')}_{self._context.today.isoformat()}", self.export_to, ending)

    def export_to(self, path: Path) -> None:
        """Write what is listed to a file, by its ending; that is an entry of the trail itself."""
        self._exporting.write(Act("export", TRAIL), write, path, list(self.model.items), self._context)
