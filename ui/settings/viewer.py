"""The passphrase for looking (查看口令): set, changed or taken away by whoever knows the passphrase."""

from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFormLayout, QWidget

from models.errors import DamagedRegister, UserError, WrongPassphrase
from models.language import N_, _
from models.register import register
from models.register.register import Register
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.lines import line
from ui.kit.secret_fields import again, forget, hint_line, secret_field, wrong_line
from ui.settings.sections import told


def new_viewer(opened: Register, secret: str, viewer: str | None) -> None:
    """Give the register a passphrase for looking, or take it away (None), once the passphrase or recovery code proved right.

    Raises WrongPassphrase, or UserError when the new one is short, easily guessed, or the passphrase itself.
    """
    register.prove(opened, secret, N_("更改查看口令"))
    register.change_viewer(opened, viewer)


class ViewerSettings(QObject):
    """The rows of the section. ``told`` says what stands against it."""

    def __init__(self, context: Context, form: QFormLayout, page: QWidget) -> None:
        """Add the rows to ``form``; ``page`` owns them."""
        super().__init__(page)
        self._context, self._removing = context, False
        self.old, self.first, self.second = secret_field(), secret_field(), secret_field()
        for field, name in ((self.old, _("现在的口令")), (self.first, _("查看口令")), (self.second, _("再输一遍"))):
            field.setAccessibleName(name)
            field.setMinimumWidth(240)
            field.returnPressed.connect(self._set)
        self.strength = hint_line(self.first, context.register.folder)
        self.told = wrong_line(self.old, self.first, self.second)
        self.told.setMinimumWidth(420)
        self.state = told("")
        self.set = push_button(_("设置查看口令"), self._set)
        self.remove = push_button(_("取消查看口令"), self._remove)
        form.addRow(_("查看口令"), self.state)
        form.addRow("", told(_("用查看口令打开的登记册只能看：号码总是打星号，不能修改、不能导出完整号码。它防的是手误和同事的好奇；"
            "懂技术的人有了查看口令和这些文件，仍能读出全部内容，所以也不要随便给人。")))  # fmt: skip
        form.addRow(_("现在的口令"), self.old)
        form.addRow(_("新的查看口令"), self.first)
        form.addRow("", self.strength)
        form.addRow(_("再输一遍"), self.second)
        form.addRow("", line(self.set, self.remove))
        form.addRow("", self.told)
        self._show_state()

    def _set(self) -> None:
        if not self.set.isEnabled():
            return
        if self.first.text() != self.second.text():
            self.told.setText(_("两次输入的查看口令不一样。"))
            again(self.second)
            return
        self._run(self.first.text())

    def _remove(self) -> None:
        self._run(None)

    def _run(self, viewer: str | None) -> None:
        if not self.old.text():
            self.told.setText(_("请先填现在的口令。"))
            self.old.setFocus()
            return
        self.told.clear()
        self._removing = viewer is None
        self._wait(True)
        args = (self._context.register, self.old.text(), viewer)
        self._context.jobs.run(new_viewer, *args, done=self._done, failed=self._refused, title=_("正在修改查看口令"))

    def _wait(self, waiting: bool) -> None:
        self.set.setEnabled(not waiting)
        self.remove.setEnabled(not waiting)

    def _done(self, _nothing: Any) -> None:
        self._wait(False)
        forget(self.old, self.first, self.second)
        self._show_state()
        self._context.notices.tell(_("查看口令已取消。") if self._removing else _("查看口令已设置。"))

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        if isinstance(error, UserError):
            self.told.setText(str(error))
            again(self.old if isinstance(error, WrongPassphrase) else self.first)

    def _show_state(self) -> None:
        try:
            has = register.has_viewer(self._context.register)
        except DamagedRegister as error:
            self.state.setText(str(error))
            return
        self.state.setText(_("已设置") if has else _("没有设置"))
        self.remove.setVisible(has)
