"""What opens the register: another passphrase, a new recovery code."""

from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from models.errors import UserError, WrongPassphrase
from models.language import N_, _
from models.register import register
from models.register.register import Register
from ui.kit import theme
from ui.kit.buttons import push_button
from ui.kit.context import Context
from ui.kit.lines import line
from ui.kit.plain import Label
from ui.kit.secret_fields import again, forget, hint_line, secret_field, wrong_line
from ui.settings.sections import told


def new_passphrase(opened: Register, old: str, new: str) -> None:
    """Give the register a new passphrase once the old one, or the recovery code, has proved right.

    Raises WrongPassphrase, or UserError when the new one is short or easily guessed.
    """
    register.prove(opened, old, N_("更改口令"))
    register.change_passphrase(opened, new)


def new_recovery_code(opened: Register, secret: str) -> str:
    """Give the register a new recovery code once the passphrase has proved right, and return it. Raises WrongPassphrase."""
    register.prove(opened, secret, N_("更换恢复码"))
    return register.change_recovery_code(opened)


class SecretSettings(QObject):
    """The rows of the section. ``told`` says what stands against a new passphrase or code; ``code`` shows a new code."""

    def __init__(self, context: Context, form: QFormLayout, page: QWidget) -> None:
        """Add the rows to ``form``; ``page`` owns them."""
        super().__init__(page)
        self._context = context
        self.old, self.first, self.second = _secret(), _secret(), _secret()
        self.change = push_button(_("修改口令"), self._change)
        for field in (self.old, self.first, self.second):
            field.returnPressed.connect(self._change)
        self.strength = hint_line(self.first, context.register.folder)
        self.told = wrong_line(self.old, self.first, self.second)
        self.told.setMinimumWidth(420)
        self.renew = push_button(_("换一个恢复码"), self._renew)
        self.code = Label(role="code", centred=True)
        self.code.setFont(theme.mono_font())
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = push_button(_("复制"), self._copy)
        self.noted = push_button(_("已经抄好，收起"), self._put_away)
        self._lay_out(form)
        self._show_code("")

    def _lay_out(self, form: QFormLayout) -> None:
        form.addRow(_("现在的口令"), self.old)
        form.addRow(_("新口令"), self.first)
        form.addRow("", self.strength)
        form.addRow(_("再输一遍"), self.second)
        form.addRow("", line(self.change))
        form.addRow("", self.told)
        form.addRow("", told(_("改口令以后恢复码不变，仍然有效；以前的备份仍用旧口令打开。")))
        form.addRow(_("恢复码"), line(self.renew))
        form.addRow("", told(_("恢复码丢了、或者可能被别人看到，就换一个：先在上面填现在的口令。旧的恢复码从此打不开登记册，只打得开以前的备份。")))
        form.addRow("", self.code)
        form.addRow("", line(self.copy, self.noted))

    def _change(self) -> None:
        if not self.change.isEnabled():
            return
        if self.first.text() != self.second.text():
            self.told.setText(_("两次输入的新口令不一样。"))
            again(self.second)
            return
        self._run(new_passphrase, (self.old.text(), self.first.text()), self._changed, _("正在修改口令"))

    def _renew(self) -> None:
        if not self.old.text():
            self.told.setText(_("请先填现在的口令。"))
            self.old.setFocus()
            return
        self._run(new_recovery_code, (self.old.text(),), self._renewed, _("正在换恢复码"))

    def _run(self, function: Any, args: tuple[str, ...], done: Any, title: str) -> None:
        self.told.clear()
        self._wait(True)
        self._context.jobs.run(function, self._context.register, *args, done=done, failed=self._refused, title=title)

    def _wait(self, waiting: bool) -> None:
        for button in (self.change, self.renew):
            button.setEnabled(not waiting)

    def _changed(self, _nothing: Any) -> None:
        self._wait(False)
        forget(self.old, self.first, self.second)
        self._context.notices.tell(_("口令已修改。以前的备份仍用旧口令打开。"))

    def _renewed(self, code: str) -> None:
        self._wait(False)
        forget(self.old)
        self._show_code(code)
        self._context.notices.tell(_("恢复码已换。请抄在纸上，和电脑分开放；收起以后谁也看不到它。"))

    def _refused(self, error: Exception) -> None:
        self._wait(False)
        if isinstance(error, UserError):
            self.told.setText(str(error))
            again(self.old if isinstance(error, WrongPassphrase) else self.first)

    def _show_code(self, code: str) -> None:
        self.code.setText(code)
        for part in (self.code, self.copy, self.noted):
            part.setVisible(bool(code))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())

    def _put_away(self) -> None:
        self._show_code("")
        self.renew.setFocus()


def _secret() -> QLineEdit:
    field = secret_field()
    field.setMinimumWidth(240)
    return field
