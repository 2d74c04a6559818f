"""The history page: every import with who, when and from which files; its records, its way back, its settings again."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame

from models.backups.making import back_up_before
from models.backups.reasons import Reason
from models.journal.history import PastBatch
from models.language import _
from models.register.laptop import read_laptop
from ui.history.model import PastModel, UndoPreview, listed, main_form, preview, sheets_model, when
from ui.kit import theme
from ui.kit.acting import act_by_each
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.empty import EmptyState
from ui.kit.files_view import PATTERNS
from ui.kit.lines import REST, across, down, holding, stacked, wrapped
from ui.kit.list_model import fit_list
from ui.kit.page import Page
from ui.kit.parts import holds_focus
from ui.kit.plain import Label
from ui.kit.sorted_table import SpreadTable


class HistoryPage(Page):
    """The imports, or all changes, newest first, and the one that is looked at.

    ``looking(str, int)`` asks for the records of a kind that a batch wrote; ``repeating(list, Past)`` for an import of
    files with the settings of an earlier one; ``wants_import()`` asks for the import page.
    """

    looking = Signal(str, int)
    repeating = Signal(object, object)
    wants_import = Signal()

    def __init__(self, context: Context) -> None:
        """A page that asks the register when it is first shown."""
        super().__init__(context)
        self._wanted = self._undoing = 0
        self.past, self.sheets = PastModel(self), sheets_model(self)
        self.table, self.detail = SpreadTable(_("导入记录"), 3), SpreadTable(_("这次导入的工作表"), 0)
        self.table.setModel(self.past)
        self.table.setSelectionMode(SpreadTable.SelectionMode.SingleSelection)
        self.table.selectionModel().currentRowChanged.connect(self._show_current)
        self.detail.setModel(self.sheets)
        self.others = push_button("", self.refresh, stays=True)
        person = context.author.person
        self.today = push_button(_("今天"), self.refresh, stays=True, hint=_("只看今天的"))
        self.mine = push_button(_("我的"), self.refresh, stays=True, hint=_("只看“{person}”做的").format(person=person))
        self.counted = Label(role="secondary")
        self.title = Label(role="title")
        self.look = push_button("", self._look)
        self.again = push_button("", self._choose_files)
        self.undo_button = push_button("", self.ask_undo, "undo", "ink")
        act_by_each(self, "history", others=self.others, look=self.look, again=self.again, undo=self.undo_button)
        self.told = Label(wrap=True)
        self.confirm = push_button("", self.undo, primary=True)
        self.leave = push_button(_("不撤销"), self._forget_asking)
        self.no_files = Label(_("这一批不是导入，没有文件和工作表。点“撤销…”可以先看清楚它改了什么，再决定撤不撤销。"), "secondary", wrap=True)
        self.no_files.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()

    def _lay_out(self) -> None:
        self.asking = QFrame()
        self.asking.setProperty("card", True)
        answers = across(self.confirm, self.leave, REST, gap=None)
        down(self.told, answers, on=self.asking, gap=None, margins=(12, 12, 12, 12))
        content = holding(down(
            across(self.others, self.today, self.mine, self.counted, REST), (self.table, 3),
            wrapped((self.title, 1), self.look, self.again, self.undo_button), self.asking, (self.detail, 2),
            (self.no_files, 2), margins=(theme.WIDE, 12, theme.WIDE, 12),
        ))  # fmt: skip
        self.nothing = EmptyState(
            "history", _("还没有导入过。导入以后，每一次导入都列在这里，可以查看，也可以整批撤销。"), _("去导入")
        )
        self.nothing.pressed.connect(self.wants_import)
        self._whole = stacked(content, self.nothing, on=self)
        fit_list(self.table, self.past)
        fit_list(self.detail, self.sheets)
        for each in (self.table, self.detail):
            each.least = each.columnWidth(each.stretched)  # the file's name is not left out for the numbers
            each.spread()
        self.asking.hide()

    def refresh(self) -> None:
        """Ask the register anew."""
        context = self._context
        day = context.today if self.today.isChecked() else None
        person = context.author.person if self.mine.isChecked() else ""
        self.ask(listed, not self.others.isChecked(), day, person, done=self._show)

    def show_part(self, part: str) -> None:
        """Show what this person did today ("today"), or the import with a number."""
        mine = part == "today"
        for button in (self.others, self.today, self.mine):
            button.setChecked(mine)
        self._wanted = 0 if mine else int(part)
        self.refresh()

    def _show(self, past: list[PastBatch]) -> None:
        numbers = [each.number for each in past]
        row = numbers.index(self._wanted) if self._wanted in numbers else max(0, self.table.currentIndex().row())
        self._wanted = self._undoing = 0
        self.past.show_items(past)
        narrowed = self.today.isChecked() or self.mine.isChecked()
        self._whole.setCurrentIndex(0 if past or narrowed else 1)
        none = _("没有符合的。放开“今天”或“我的”，再点“也看其他改动”看看。")
        self.counted.setText(_("{count:,} 批").format(count=len(past)) if past else none)
        if past:
            self.table.selectRow(min(row, len(past) - 1))
        self._show_current()

    @property
    def current(self) -> PastBatch | None:
        """The import that is looked at."""
        row = self.table.currentIndex().row()
        return self.past.items[row] if 0 <= row < len(self.past.items) else None

    def _show_current(self) -> None:
        past = self.current
        self.detail.setVisible(past is None or bool(past.sheets))
        self._forget_asking()
        self.sheets.show_items(past.sheets if past else [])
        told_when = _("批次 {number} · {when} · {person}")
        self.title.setText(told_when.format(number=past.number, when=when(past), person=past.person) if past else "")
        for button in (self.look, self.again):
            button.setEnabled(past is not None and past.kind == "import")
        self._offer_undo(past)

    def _offer_undo(self, past: PastBatch | None) -> None:
        """The button takes back what holds, and brings back what was taken back."""
        again = past is not None and past.undone_by is not None
        self.undo_button.setText(f" {_('恢复这一批…') if again else _('撤销…')}")
        self.undo_button.setEnabled(past is not None)

    def _look(self) -> None:
        if (past := self.current) is not None:
            self.looking.emit(main_form(past), past.number)

    def _choose_files(self) -> None:
        folder = str(read_laptop().get("import_folder", ""))
        shown = _("表格文件 ({patterns})").format(patterns=PATTERNS) + ";;" + _("所有文件 (*)")
        names, _filter = QFileDialog.getOpenFileNames(self, _("选择要导入的文件"), folder, shown)
        if names:
            self.repeat([Path(name) for name in names])

    def repeat(self, paths: list[Path]) -> None:
        """Import these files with the settings of the import that is looked at."""
        if (past := self.current) is not None:
            self.wants_import.emit()
            self.repeating.emit(paths, past)

    # the way back

    def ask_undo(self) -> None:
        """Work out what undoing would do, and ask whether to do it."""
        if (past := self.current) is not None:
            self.undo_button.setEnabled(False)
            self._context.jobs.run(preview, _taken(past), done=self._ask, title=_("正在查看能撤销什么"))

    def _ask(self, seen: UndoPreview) -> None:
        past = self.current
        if past is None or _taken(past) != seen.number:
            return
        possible = seen.way is not None
        self.told.setText("\n".join(seen.lines) if possible else seen.refusal)
        again = past.undone_by is not None
        self.confirm.setText((_("恢复批次 {number}") if again else _("撤销批次 {number}")).format(number=past.number))
        self.confirm.setVisible(possible)
        self.leave.setText((_("不恢复") if again else _("不撤销")) if possible else _("知道了"))
        self.asking.show()
        self.no_files.hide()
        (self.confirm if possible else self.leave).setFocus()

    def _forget_asking(self) -> None:
        self._close_asking()
        self._offer_undo(self.current)

    def _close_asking(self) -> None:
        """Take the question away; the keyboard goes back to the list, not to whatever comes next."""
        if holds_focus(self.asking):
            self.table.setFocus()
        self.asking.hide()
        self.no_files.setVisible(self.detail.isHidden())

    def undo(self) -> None:
        """Take the import back that is looked at; a backup is made before."""
        if (past := self.current) is not None:
            self._close_asking()
            self.undo_button.setEnabled(False)
            self._undoing = _taken(past)
            args = (self._context.register, Reason.UNDO)
            title = _("正在备份")
            self._context.jobs.run(back_up_before, *args, done=self._backed_up, failed=self._not_backed_up, title=title)

    def _backed_up(self, _made: object) -> None:
        self._context.undoing.undo(self._undoing)

    def _not_backed_up(self, error: Exception) -> None:
        """Nothing was undone: say why, and let it be tried again."""
        self._forget_asking()
        self._context.tell_failure(error)


def _taken(past: PastBatch) -> int:
    """The number of the batch that is to be taken back: the one that is looked at, or the undo that took it back."""
    return past.number if past.undone_by is None else past.undone_by
