"""The second place for backups in the settings: named once, told whether it is there, given up again."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from models.backups.second_place import forget_second_place, is_there, name_second_place, second_place
from models.errors import UserError
from models.language import _
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.lines import BELOW_TABS, REST, across, down
from ui.settings.sections import told


class SecondPlace(QWidget):
    """A line that says where backups are copied to besides, and two buttons."""

    def __init__(self, context: Context) -> None:
        """Shows what this laptop's own file says."""
        super().__init__()
        self._context = context
        self.told: QLabel = told("")
        self.choose = push_button(_("也存到优盘…"), self._ask)
        self.forget = push_button(_("不再存到优盘"), self._forget)
        down(self.told, across(self.choose, self.forget, REST), on=self, margins=BELOW_TABS)
        self.refresh()

    def refresh(self) -> None:
        """Say anew where they go, and whether it is there."""
        second = second_place(self._context.register.folder)
        self.forget.setVisible(second is not None)
        if second is None:
            self.told.setText(_("备份和登记册在同一块硬盘上。指定一个优盘，以后插着它的时候每份备份也存一份过去，和电脑分开放。"))
            return
        where = _("插着") if is_there(self._context.register, second) else _("现在没有插，或者插的是另一个")
        sentence = _("每份备份也存到“{folder}”：{where}。上次存到 {day}。")
        self.told.setText(sentence.format(folder=second.folder, where=where, day=second.seen or "—"))

    def _ask(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, _("备份也存到"))
        if folder:
            self.name(Path(folder))

    def name(self, folder: Path) -> None:
        """Name the second place; the newest backup is copied there at once."""
        args = (self._context.register, folder)
        self._context.jobs.run(name_second_place, *args, done=self._named, title=_("正在备份"))

    def _named(self, home: Path) -> None:
        self.refresh()
        self._context.notices.tell(_("以后每份新的备份也存到 {folder}（插着的时候）。").format(folder=home))

    def _forget(self) -> None:
        try:
            forget_second_place(self._context.register.folder)
        except UserError as error:
            self._context.notices.error(str(error))
            return
        self.refresh()
        self._context.notices.tell(_("以后不再存到第二个地方；已经存在那里的备份还在。"))
