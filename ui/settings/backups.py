"""The backups in the settings: when they are made, which there are and what they hold, and what can be done with one of them."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHeaderView, QWidget

from models.backups import listing
from models.backups.archive import SUFFIX
from models.backups.counting import counts_now, text_of, title_of
from models.backups.due import when_told
from models.backups.listing import Backup, own_folder, state_text
from models.backups.making import MadeBackup, back_up
from models.backups.reasons import Reason
from models.backups.thinning import kept_told
from models.errors import UserError
from models.language import _
from ui.kit import theme
from ui.kit.acting import act_by_each
from ui.kit.asked_once import asked_once
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.lines import REST, across, down
from ui.kit.list_model import ListModel, ShownColumn, list_table, text_column
from ui.kit.notices import Action
from ui.settings.restore_dialog import RestoreDialog
from ui.settings.second_place import SecondPlace
from ui.settings.sections import told

_WIDTH = 1020
#: So many backups are seen at once, the others are scrolled to.
_ROWS = 10
#: The column that tells what a backup was made for.
_WHY = 2
_COUNTED = ("people", "members", "unions", "employers")


class BackupsSettings(QWidget):
    """``restoring(Path, str)`` asks to go back to a backup, with the secret that opens it."""

    restoring = Signal(object, str)

    def __init__(self, context: Context) -> None:
        """Lists what lies in the register's own folder."""
        super().__init__()
        self._context, self._folder = context, context.register.folder
        self._under_way: Path = Path()
        self._wish: tuple[Path, str] = (Path(), "")
        self.model = _model(self)
        self.table = list_table(_("备份"), self.model, one=True)
        for column in (_WHY, self.model.columnCount() - 1):
            self.table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.table.setMinimumWidth(_WIDTH // 2)
        self.table.setMaximumWidth(_WIDTH)
        self.table.setFixedHeight((_ROWS + 1) * theme.ROW_HEIGHT + 10)
        self.table.chosen.connect(self._weigh)
        self.back_up, self.back_up_to = push_button("", self._back_up), push_button("", self._back_up_to)
        self.check = push_button(_("核对", "button"), self._check)
        self.check_all = push_button(_("全部核对"), self._check_all)
        self.restore = push_button(_("恢复…"), self._restore)
        self.remove = push_button(_("删去"), self._ask_remove)
        act_by_each(self, "settings", back_up=self.back_up, back_up_to=self.back_up_to)
        self.second = SecondPlace(context)
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        when = "\n".join((when_told(), kept_told(), _("备份放在：{folder}").format(folder=own_folder(self._folder))))
        line = across(self.back_up, self.back_up_to, self.check, self.check_all, self.restore, self.remove, REST)
        down(told(when), self.table, line, self.second, REST, on=self)

    def refresh(self) -> None:
        """List the backups anew; the one that was chosen stays chosen."""
        chosen = self._chosen()
        self.model.show_items(listing.backups(self._folder))
        paths = [each.path for each in self.model.items]
        if paths:
            self.table.selectRow(paths.index(chosen.path) if chosen is not None and chosen.path in paths else 0)
        self._weigh()

    def _chosen(self) -> Backup | None:
        row = self.table.currentIndex().row()
        return self.model.items[row] if self.table.selected_count and 0 <= row < len(self.model.items) else None

    def _weigh(self) -> None:
        self.check.setEnabled(self._chosen() is not None)
        self.check_all.setEnabled(bool(self.model.items))
        self.remove.setEnabled(self._chosen() is not None and len(self.model.items) > 1)

    def _back_up(self) -> None:
        args = (self._context.register, Reason.HAND)
        self._context.jobs.run(back_up, *args, done=self._backed_up, title=_("正在备份"))

    def _back_up_to(self) -> None:
        name = f"{_('建会通')}-{self._context.today.isoformat()}{SUFFIX}"
        path, _kind = QFileDialog.getSaveFileName(self, _("备份到"), name, f"*{SUFFIX}")
        if path:
            args = (self._context.register, Reason.HAND, Path(path))
            self._context.jobs.run(back_up, *args, done=self._backed_up, title=_("正在备份"))

    def _backed_up(self, made: MadeBackup) -> None:
        self.table.clearSelection()
        self.refresh()
        self.second.refresh()
        self._context.notices.tell(_("已备份并核对：{path}").format(path=made.path) + made.note)

    def _check(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._under_way = chosen.path
            run, args = self._context.jobs.run, (self._folder, chosen.path)
            run(listing.check, *args, done=self._sound, failed=self._unsound, title=_("正在核对备份"))

    def _sound(self, _nothing: object) -> None:
        self._context.notices.tell(_("《{name}》完好。").format(name=self._under_way.name))
        self.refresh()

    def _unsound(self, error: Exception) -> None:
        self._context.tell_failure(error)
        self.refresh()

    def _check_all(self) -> None:
        run = self._context.jobs.run
        run(listing.check_all, self._folder, done=self._all_checked, failed=self._unsound, title=_("正在核对备份"))

    def _all_checked(self, wrong: list[str]) -> None:
        self.refresh()
        if wrong:
            self._context.notices.error(" ".join(wrong))
        else:
            self._context.notices.tell(_("备份都完好。"))

    def _restore(self) -> None:
        chosen = self._chosen()
        dialog = RestoreDialog(self._folder, self, chosen.path if chosen else None, counts_now(), self._context.jobs)
        with asked_once(dialog) as asked:
            if asked.exec() == QDialog.DialogCode.Accepted:
                self._wish = (asked.path, asked.secret)
                sentence = _("将关闭登记册并恢复《{name}》，现在的登记册会保存在旁边。").format(name=asked.path.name)
                self._context.notices.ask(sentence, Action(_("恢复", "backup"), self._wish_restore))
        self.refresh()

    def _wish_restore(self) -> None:
        self.restoring.emit(*self._wish)

    def _ask_remove(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._under_way = chosen.path
            sentence = _("删去备份《{name}》？删了就找不回来。").format(name=chosen.path.name)
            self._context.notices.ask(sentence, Action(_("删去"), self._remove))

    def _remove(self) -> None:
        try:
            listing.remove(self._folder, self._under_way)
        except UserError as error:
            self._context.notices.error(str(error))
            return
        self._context.notices.tell(_("已删去备份《{name}》。").format(name=self._under_way.name))
        self.refresh()


def _model(parent: QWidget) -> ListModel:
    def made(each: Backup) -> str:
        return each.made.replace("T", " ")[:16]

    def reason(each: Backup) -> str:
        return each.reason.label if each.reason is not None else ""

    def counted(name: str) -> ShownColumn:
        def key(each: Backup) -> int | None:
            return getattr(each.counts, name) if each.counts is not None else None

        return ShownColumn(name, title_of(name), 5, "right", lambda each: text_of(each.counts, name), key)

    return ListModel(
        [
            ShownColumn("number", _("编号"), 4, "right", lambda each: str(each.number), lambda each: each.number),
            text_column("made", _("时间"), 9, made, "center"),
            text_column("reason", _("为什么"), 6, reason),
            *map(counted, _COUNTED),
            ShownColumn("size", _("大小"), 6, "right", lambda each: f"{each.size / 1_000_000:,.1f} MB", lambda each: each.size),
            text_column("state", _("核对"), 10, state_text),
        ],
        parent,
    )
