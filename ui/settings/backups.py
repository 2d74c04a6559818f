"""The backups in the settings: when they are made, which there are, and what can be done with one of them."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QHeaderView, QPushButton, QVBoxLayout, QWidget

from models.errors import Stopped, UserError
from models.language import _
from models.register import backup
from models.register.backup import Backup
from ui.kit import theme
from ui.kit.acting import act_by
from ui.kit.asked_once import asked_once
from ui.kit.context import Context
from ui.kit.list_model import ListModel, Shown, fit_list
from ui.kit.notices import Action
from ui.kit.tables import Table
from ui.settings.restore_dialog import RestoreDialog
from ui.settings.sections import told

_WIDTH = 820


class BackupsSettings(QWidget):
    """``restoring(Path, str)`` asks to go back to a backup, with the secret that opens it."""

    restoring = Signal(object, str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Lists what lies in the register's own folder."""
        super().__init__(parent)
        self._context = context
        self._checked: dict[Path, str] = {}
        self._under_way: Path = Path()
        self._wish: tuple[Path, str] = (Path(), "")
        self.model = self._model()
        self.table = Table(_("备份"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        fit_list(self.table, self.model)
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumWidth(_WIDTH // 2)
        self.table.setMaximumWidth(_WIDTH)
        self.table.setFixedHeight((backup.KEEP + 1) * theme.ROW_HEIGHT + 10)
        self.table.chosen.connect(self._weigh)
        self.back_up = QPushButton()
        self.back_up_to = QPushButton()
        self.check = QPushButton(_("核对", "button"))
        self.restore = QPushButton(_("恢复…"))
        self.remove = QPushButton(_("删去"))
        self.thin = QPushButton(_("只留最近 {count} 份").format(count=backup.KEEP))
        for button, call in (
            (self.back_up, self._back_up), (self.back_up_to, self._back_up_to), (self.check, self._check),
            (self.restore, self._restore), (self.remove, self._ask_remove), (self.thin, self._ask_thin),
        ):  # fmt: skip
            button.clicked.connect(call)
        act_by(self, "settings.back_up", self.back_up)
        act_by(self, "settings.back_up_to", self.back_up_to)
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        folder = self._context.register.folder / "backups"
        when = _("关闭窗口时自动备份（有改动才备），保留最近 {count} 份，每份备好后都打开核对过：{folder}").format(
            count=backup.KEEP, folder=folder
        )
        line = QHBoxLayout()
        line.setSpacing(theme.GAP)
        for button in (self.back_up, self.back_up_to, self.check, self.restore, self.remove, self.thin):
            line.addWidget(button)
        line.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.GAP)
        rows.addWidget(told(when))
        rows.addWidget(self.table)
        rows.addLayout(line)
        rows.addWidget(told(_("备份和登记册在同一块硬盘上：每周用“备份到…”再存一份到优盘，和电脑分开放。")))
        rows.addStretch(1)

    def _model(self) -> ListModel:
        def size(each: Backup) -> str:
            return f"{each.size / 1_000_000:,.1f} MB"

        def state(each: Backup) -> str:
            return self._checked.get(each.path) or (_("备份时核对过") if each.made else _("打不开"))

        def made(each: Backup) -> str:
            return each.made.replace("T", " ")[:16]

        return ListModel(
            [
                Shown("name", _("文件"), 18, "left", lambda each: each.path.name, lambda each: each.path.name),
                Shown("made", _("时间"), 10, "center", made, made),
                Shown("size", _("大小"), 6, "right", size, lambda each: each.size),
                Shown("state", _("核对"), 9, "left", state, state),
            ],
            self,
        )

    def refresh(self) -> None:
        """List the backups anew."""
        found = backup.backups(self._context.register)
        self.model.show_items(found)
        if found:
            self.table.selectRow(0)
        self.thin.setVisible(len(found) > backup.KEEP)
        self._weigh()

    def _chosen(self) -> Backup | None:
        row = self.table.currentIndex().row()
        return self.model.items[row] if self.table.selected_count and 0 <= row < len(self.model.items) else None

    def _weigh(self) -> None:
        self.check.setEnabled(self._chosen() is not None)
        self.remove.setEnabled(self._chosen() is not None and len(self.model.items) > 1)

    def _back_up(self) -> None:
        self._context.jobs.run(backup.back_up, self._context.register, done=self._backed_up, title=_("正在备份"))

    def _back_up_to(self) -> None:
        name = f"{_('建会通')}-{self._context.today.isoformat()}{backup.SUFFIX}"
        path, _kind = QFileDialog.getSaveFileName(self, _("备份到"), name, f"*{backup.SUFFIX}")
        if path:
            args = (self._context.register, Path(path))
            self._context.jobs.run(backup.back_up, *args, done=self._backed_up, title=_("正在备份"))

    def _backed_up(self, path: Path) -> None:
        self.refresh()
        self._context.notices.tell(_("已备份并核对：{path}").format(path=path))

    def _check(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._under_way = chosen.path
            self._context.jobs.run(
                backup.check, chosen.path, done=self._sound, failed=self._unsound, title=_("正在核对备份")
            )

    def _sound(self, _nothing: object) -> None:
        self._checked[self._under_way] = _("完好，刚核对")
        self._context.notices.tell(_("《{name}》完好。").format(name=self._under_way.name))
        self._show_states()

    def _unsound(self, error: Exception) -> None:
        if isinstance(error, UserError) and not isinstance(error, Stopped):
            self._checked[self._under_way] = _("已损坏")
            self._context.notices.error(str(error))
            self._show_states()

    def _show_states(self) -> None:
        last = self.model.index(self.model.rowCount() - 1, self.model.columnCount() - 1)
        self.model.dataChanged.emit(self.model.index(0, 0), last)

    def _restore(self) -> None:
        chosen = self._chosen()
        with asked_once(RestoreDialog(self._context.register.folder, self, chosen.path if chosen else None)) as asked:
            if asked.exec() == QDialog.DialogCode.Accepted:
                self._wish = (asked.path, asked.secret)
                sentence = _("将关闭登记册并恢复《{name}》，现在的登记册会保存在旁边。").format(name=asked.path.name)
                self._context.notices.ask(sentence, Action(_("恢复"), self._wish_restore))

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
            backup.remove(self._context.register, self._under_way)
        except UserError as error:
            self._context.notices.error(str(error))
            return
        self._context.notices.tell(_("已删去备份《{name}》。").format(name=self._under_way.name))
        self.refresh()

    def _ask_thin(self) -> None:
        more = len(self.model.items) - backup.KEEP
        self._context.notices.ask(
            _("删去较早的 {count} 份备份？删了就找不回来。").format(count=more), Action(_("删去"), self._thin)
        )

    def _thin(self) -> None:
        backup.thin(self._context.register)
        self._context.notices.tell(_("只留下了最近 {count} 份备份。").format(count=backup.KEEP))
        self.refresh()
