"""The door: create a register and show its recovery code once, or open the one that is there.

A person waits for it to appear: what is only needed once something was typed is loaded then, or meanwhile (``ahead.py``).
"""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QWidget

from models.errors import DamagedRegister, UserError
from models.files.failures import told as told_failure
from models.language import _
from models.register import known_offices, office, traces
from models.register.keys import MIN_LENGTH
from models.register.lock import settle, writing
from ui.kit import theme
from ui.kit.asked_once import asked_once
from ui.kit.buttons import push_button
from ui.kit.lines import ALL_AROUND, REST, across, down
from ui.kit.plain import Label
from ui.kit.secret_fields import again, forget, hint_line, primary, secret_field, show_box, wrong_line
from ui.shell.entering import WAIT, entered, waiting

if TYPE_CHECKING:
    from models.register.register import Register
    from ui.shell.office_page import OfficePage


class _Pages(QWidget):
    """Several pages of which one is shown; as high as that one, where a QStackedWidget is as high as the highest."""

    def __init__(self) -> None:
        super().__init__()
        self._pages: list[QWidget] = []
        self._rows = down(on=self, gap=None)

    def add(self, page: QWidget) -> None:
        page.setVisible(not self._pages)
        self._pages.append(page)
        self._rows.addWidget(page)

    def currentIndex(self) -> int:
        return next(place for place, page in enumerate(self._pages) if not page.isHidden())

    def setCurrentIndex(self, place: int) -> None:
        for each, page in enumerate(self._pages):
            page.setVisible(each == place)


class UnlockDialog(QDialog):
    """Accepted with ``register`` open in this thread and the writer's lock held on the given stack."""

    def __init__(
        self, folder: Path, held: ExitStack, note: str = "", damage: str = "", *, locked: bool = False
    ) -> None:  # fmt: skip
        """``held`` keeps the lock until the caller closes it; ``note`` is told above the passphrase.

        ``damage``: why the register, although it opens, can only be restored or rescued. ``locked``: it was open before, and
        only its password opens it again. The folder may be that of an office's register.
        """
        super().__init__()
        self.setWindowTitle(_("建会通"))
        self.setMinimumWidth(440)
        self.register: Register | None = None
        self._folder, self._held, self._locked = folder, held, False
        self._pages = _Pages()
        down(self._pages, on=self, margins=ALL_AROUND)
        self._unlock_page(note)
        self._create_page()
        self._code_page()
        self._damaged_page()
        self._asked_nothing = str(folder) == traces.default_folder()
        self._office_note, self._was_open = note, locked
        self.office: OfficePage | None = None
        self._choose_page(damage)

    def _choose_page(self, damage: str = "") -> None:
        try:
            settle(self._folder)
            if self._is_office():
                self._show_office()
                return
            page = 0 if traces.exists(self._folder) else 1
            if damage:
                raise DamagedRegister(damage)
        except (UserError, OSError) as error:
            self._tell_damage(error if isinstance(error, UserError) else told_failure(error, _("登记册读不了")))
            page = 3
        self._show_page(page)
        (self.secret, self.first, self.noted, self.restore)[page].setFocus()

    def _tell_damage(self, error: UserError) -> None:
        """Why it cannot be opened; a rescue is offered only where there is something to rescue."""
        from models.rescue.rescuing import can_try

        forget(self.secret)
        self.damage.setText(str(error))
        self.rescue.setVisible(can_try(self._folder))

    def _show_page(self, page: int) -> None:
        """Show a page, whose main button takes the Enter key from any of its fields; a hidden one never does."""
        self._pages.setCurrentIndex(page)
        connecting = self.office.opening if self.office is not None else self.opening
        (self.opening, self.creating, self.start, self.restore, connecting)[page].setDefault(True)

    def _is_office(self) -> bool:
        """True where the folder is an office's, or nobody named one and the last thing opened on this laptop was an office."""
        if office.address_in(self._folder) is not None:
            return True
        return self._asked_nothing and known_offices.last_was_office()

    def _show_office(self) -> None:
        if self.office is None:
            from ui.shell.office_page import OfficePage  # over a file nobody waits for it

            self.office = OfficePage(self._held, self._office_note, self._was_open, office.address_in(self._folder))
            self.office.opened.connect(self._take_office)
            self.office.leaves.connect(self._leave_office)
            self._pages.add(self.office)
        self._show_page(4)
        self.office.first().setFocus()

    def _leave_office(self) -> None:
        """Back to the register on this laptop, or to making one."""
        self._asked_nothing = False
        if office.address_in(self._folder) is not None:
            self._folder = Path(traces.default_folder())
            self.where.setText(str(self._folder))
        self._choose_page()

    def _take_office(self, opened: "Register") -> None:
        self.register = opened
        self.accept()

    def _to_office(self) -> QPushButton:
        button = push_button(_("连接办公室的登记册…"), self._show_office, flat=True)
        button.setAutoDefault(False)
        return button

    def _unlock_page(self, note: str) -> None:
        title = _title(_("打开登记册"))
        self.where = _secondary(str(self._folder))
        self.note = Label(note, wrap=True)
        self.note.setVisible(bool(note))
        self.asked = Label(_("口令"))
        self.secret = secret_field(self.asked)
        self.shown = show_box(_("显示"), self.secret)
        self.wrong = wrong_line(self.secret)
        self.by_code = push_button(_("用恢复码"), self._ask_code, flat=True)
        self.by_code.setAutoDefault(False)
        self.opening = primary(_("打开"), self._open)
        row = across(self.by_code, self._to_office(), REST, self.opening, gap=None)
        self._add_page(title, self.where, self.note, self.asked, self.secret, self.shown, self.wrong, row)

    def _create_page(self) -> None:
        title = _title(_("建立登记册"))
        told = Label(
            _("登记册存放在本机并加密，打开时要输入口令。请设一个别人猜不到、自己记得住的口令，至少 {count} 个字符，中文、字母、数字都可以。").format(
                count=MIN_LENGTH), wrap=True)  # fmt: skip
        asked, again = Label(_("口令")), Label(_("再输一遍"))
        self.first, self.second = secret_field(asked), secret_field(again)
        shown = show_box(_("显示"), self.first, self.second)
        self.strength = hint_line(self.first, self._folder)
        self.refusal = wrong_line(self.first, self.second)
        self.creating = primary(_("建立", "button"), self._create)
        row = across(self._to_office(), REST, self.creating, gap=None)
        self._add_page(
            title, told, _secondary(str(self._folder)), asked, self.first, self.strength, again, self.second, shown,
            self.refusal, row
        )

    def _code_page(self) -> None:
        title = _title(_("请抄下恢复码"))
        told = Label(_("忘了口令时，只有它能打开登记册。它只显示这一次，请抄在纸上，锁好保存。"), wrap=True)
        self.code = Label(role="code", centred=True)
        self.code.setFont(theme.mono_font())
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = push_button(_("复制"), self._copy_code)
        self.copy.setAutoDefault(False)
        self.noted = QCheckBox(_("我已抄下恢复码"))
        self.waits = wrong_line()
        self.start = primary(_("开始使用"), self.accept)
        self.start.setEnabled(False)
        self.noted.toggled.connect(self.start.setEnabled)
        row = across(self.copy, REST, self.start, gap=None)
        self._add_page(title, told, self.code, self.noted, self.waits, row)

    def _damaged_page(self) -> None:
        self.damage = wrong_line()
        self.restore = primary(_("恢复备份…"), self._restore)
        self.rescue = push_button(_("抢救…"), self._rescue)
        self.rescue.setAutoDefault(False)
        row = across(REST, self.rescue, self.restore, gap=None)
        self._add_page(_title(_("登记册打不开")), self.damage, row)

    def _add_page(self, *parts: QWidget | QHBoxLayout) -> None:
        page = QWidget()
        rows = down(on=page)
        for part in parts:
            if isinstance(part, QWidget):
                rows.addWidget(part)
            else:
                rows.addStretch(1)
                rows.addLayout(part)
        self._pages.add(page)

    def _try(
        self, action: "Callable[[], Register]", line: Label, reading: "Callable[[str], Register] | None" = None
    ) -> bool:  # fmt: skip
        """Open or create, see :func:`entered`; a sentence in ``line`` and no lock when that fails."""
        line.clear()
        try:
            self.register = entered(self._folder, self._held, action, reading)
        except DamagedRegister as error:
            self._tell_damage(error)
            self._show_page(3)
            self.restore.setFocus()
        except UserError as error:
            line.setText(str(error))
        return self.register is not None

    def _open(self) -> None:
        from models.opening import opening

        secret = self.secret.text()
        if not secret:
            self.wrong.setText(_("请输入口令。"))
        elif self._try(
            lambda: opening.open_register(self._folder, secret), self.wrong,
            lambda why: opening.open_to_read(self._folder, secret, why),
        ):  # fmt: skip
            forget(self.secret)
            self.accept()
        if self.secret.isVisible():
            again(self.secret)

    def _ask_code(self) -> None:
        asks_code = self.asked.text() == _("口令")
        self.asked.setText(_("恢复码") if asks_code else _("口令"))
        self.by_code.setText(_("用口令") if asks_code else _("用恢复码"))
        self.secret.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX" if asks_code else "")
        forget(self.secret)
        self.shown.setChecked(asks_code)
        self.wrong.clear()
        self.secret.setFocus()

    def _create(self) -> None:
        if self.first.text() != self.second.text():
            self.refusal.setText(_("两次输入的口令不一样，请重新输入。"))
            again(self.second)
        elif self._try(self._created, self.refusal):
            forget(self.first, self.second)
            self._show_page(2)
            self.noted.setFocus()
        else:
            self.strength.hide()  # the refusal says it
            again(self.first)

    def _created(self) -> "Register":
        from models.register import register

        made, code = register.create(self._folder, self.first.text())
        self.code.setText(code)
        return made

    def _copy_code(self) -> None:
        QGuiApplication.clipboard().setText(self.code.text())
        self.copy.setText(_("已复制"))

    def _restore(self) -> None:
        from ui.settings.restore_dialog import RestoreDialog, put_back

        with asked_once(RestoreDialog(self._folder, self)) as asked:
            if asked.exec() != QDialog.DialogCode.Accepted:
                return
            path, secret = asked.path, asked.secret
        try:
            with waiting(), writing(self._folder, _("恢复备份"), wait=WAIT):
                told = put_back(self._folder, path, secret)
        except UserError as error:
            self.damage.setText(str(error))
            return
        self.note.setText(told)
        self.note.show()
        self._choose_page()

    def _rescue(self) -> None:
        from ui.shell.rescuing import rescued

        try:
            with writing(self._folder, _("抢救"), wait=WAIT):
                told_of = rescued(self._folder, self)
        except UserError as error:
            self.damage.setText(str(error))
            return
        if told_of:
            self.note.setText(told_of)
            self.note.show()
            self._choose_page()

    def event(self, event: QEvent) -> bool:
        """Always as high as what it says now: another page, or a sentence of two lines."""
        taken = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.adjustSize()
        return taken

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The Enter key, before the recovery code was noted, tells what it waits for."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.start.isVisible() and not self.start.isEnabled():
            self.reject()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Leave; but not before a new recovery code was noted, for nobody could ever show it again."""
        if self.register is None:
            super().reject()
        else:
            self.waits.setText(_("恢复码以后谁也看不到了。抄好，勾上“我已抄下恢复码”，再点“开始使用”。"))
            self.noted.setFocus()


def _title(text: str) -> Label:
    return Label(text, "title")


def _secondary(text: str) -> Label:
    return Label(text, "secondary", wrap=True)
