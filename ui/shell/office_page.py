"""The door to an office's register: where it is, who one is, and the password; what keeps one out is a sentence."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit, QWidget

from models.engine.addresses import PORT, Address, composed, hosts_told, is_address, read_address, without_password
from models.errors import UserError
from models.language import _
from models.register import known_offices, office
from models.secrecy import secret_from
from ui.kit.buttons import push_button
from ui.kit.lines import REST, across, down, titled
from ui.kit.list_box import ListBox
from ui.kit.plain import Label
from ui.kit.secret_fields import again, forget, primary, secret_field, show_box, wrong_line
from ui.shell.entering import entered

if TYPE_CHECKING:
    from models.register.register import Register


class GivenPassword:
    """The password that the environment gave, taken out of it: no program that is started from here gets it."""

    text = ""

    @classmethod
    def take(cls) -> None:
        """Take it, if there is one."""
        cls.text = secret_from("PGPASSWORD") or cls.text


class OfficePage(QWidget):
    """``opened(Register)`` when the register is open; ``leaves()`` asks for the one on this laptop.

    After a lock (``locked``) nothing but what is typed opens it again, where its server asks for a password at all.
    """

    opened = Signal(object)
    leaves = Signal()

    def __init__(self, held: ExitStack, note: str = "", locked: bool = False, address: Address | None = None) -> None:
        """Offers ``address``, or what was opened before on this laptop; ``held`` keeps what the caller closes.

        ``note`` is told above.
        """
        super().__init__()
        GivenPassword.take()
        self._held, self._locked = held, locked
        self._options: dict[str, str] = {}
        self._hosts = ""
        self._make_fields(note)
        self._make_buttons()
        self._lay_out()
        offices = known_offices.known()
        self.known.setVisible(len(offices) > 1)
        self._offices = offices
        for each in offices:
            self.known.addItem(str(each).removeprefix("postgresql://"))
        self.known.activated.connect(self._choose)
        for found in (address, *offices):
            if found is not None:
                self.show_address(found)
                break

    def _make_fields(self, note: str) -> None:
        self.note = Label(note, wrap=True)
        self.note.setVisible(bool(note))
        self.known = ListBox()
        self.known.setAccessibleName(_("用过的办公室"))
        self.host, self.port, self.database, self.user = QLineEdit(), QLineEdit(str(PORT)), QLineEdit(), QLineEdit()
        self.port.setFixedWidth(self.fontMetrics().horizontalAdvance("0") * 10)
        self.host.setPlaceholderText(_("例如 10.0.0.5，也可以粘贴 postgresql://…"))
        self.host.setToolTip(_("有备用的服务器就都写上，用逗号隔开；端口一样的写一个"))
        self.certificate = QLineEdit()
        self.certificate.setPlaceholderText(_("管理员给的证书文件；没有给就留空"))
        self.secret = secret_field()
        self.shown = show_box(_("显示"), self.secret)
        self.keep = QCheckBox(_("记住口令（存进这台电脑的系统钥匙串）"))
        self.keep.setVisible(known_offices.has_keyring())
        for field, name in (
            (self.host, _("服务器")), (self.port, _("端口")), (self.database, _("数据库")), (self.user, _("用户名")),
            (self.secret, _("口令")), (self.certificate, _("证书文件")),
        ):  # fmt: skip
            field.setAccessibleName(name)
        for field in (self.host, self.port, self.database, self.user):
            field.textEdited.connect(self._hint)
        self.host.textChanged.connect(self._read_pasted)
        self.wrong = wrong_line(self.host, self.port, self.database, self.user, self.secret, self.certificate)

    def _make_buttons(self) -> None:
        self.choose = push_button(_("选…"), self._choose_certificate)
        self.local = push_button(_("打开本机的登记册"), self.leaves, flat=True)
        for button in (self.choose, self.local):
            button.setAutoDefault(False)
        self.opening = primary(_("连接"), self.open_it)

    def _lay_out(self) -> None:
        form = titled(
            (_("服务器"), across(self.host, Label(_("端口")), self.port)), (_("数据库"), self.database), (_("用户名"), self.user),
            (_("口令"), across((self.secret, 1), self.shown)), ("", self.keep),
            (_("证书文件"), across((self.certificate, 1), self.choose)),
        )  # fmt: skip
        row = across(self.local, REST, self.opening, gap=None)
        told = Label(_("登记册在办公室的服务器上，几个人可以同时用。地址、用户名和口令由办公室的管理员给。"), "secondary", wrap=True)
        down(Label(_("连接办公室的登记册"), "title"), told, self.note, self.known, form, self.wrong, row, on=self)

    def show_address(self, address: Address) -> None:
        """Show an office; what opens it is asked for."""
        self._options = {name: value for name, value in address.options.items() if name != "sslrootcert"}
        self._options |= {"district": address.district} if address.district else {}
        self._hosts, ports = hosts_told(address)
        self.host.setText(self._hosts)
        self.port.setText(ports)
        for each in (self.host, self.port):
            each.setCursorPosition(0)  # the first of them is seen
        self.database.setText(address.database)
        self.user.setText(address.user)
        self.certificate.setText(address.options.get("sslrootcert", ""))
        forget(self.secret)
        self._hint()

    def first(self) -> QLineEdit:
        """The field that is to be filled in first."""
        return next((each for each in (self.host, self.database, self.user) if not each.text()), self.secret)

    def _choose(self, place: int) -> None:
        self.show_address(self._offices[place])
        self.first().setFocus()

    def _read_pasted(self, text: str) -> None:
        """An address in one piece goes into its fields; a password that stood in it into the hidden one."""
        if not is_address(text.strip()):
            return
        told, password = without_password(text)
        try:
            self.show_address(read_address(told))
        except UserError as error:
            self.wrong.setText(str(error))
            return
        self.secret.setText(password)
        self.wrong.clear()
        self.first().setFocus()

    def _hint(self) -> None:
        """What opens it without a word being typed."""
        from_ring = bool(self._address_or_none() and known_offices.saved_password(self._address()))
        self.keep.setChecked(from_ring)
        hints = (
            (self._locked, ""), (bool(GivenPassword.text), _("用环境变量 PGPASSWORD 里的口令")),
            (from_ring, _("用系统钥匙串里的口令")),
        )  # fmt: skip
        self.secret.setPlaceholderText(next((hint for holds, hint in hints if holds), ""))

    def _address(self) -> Address:
        options = self._options | {"sslrootcert": self.certificate.text().strip()}
        if self.host.text() != self._hosts:  # how a server is known was said of that one
            options.pop("sslmode", None)
        return composed(self.user.text(), self.host.text(), self.port.text(), self.database.text(), options)

    def _address_or_none(self) -> Address | None:
        try:
            return self._address()
        except UserError:
            return None

    def _choose_certificate(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, _("选证书文件"), "", _("证书 (*.crt *.pem *.cer);;所有文件 (*)"))
        if path:
            self.certificate.setText(path)

    def open_it(self) -> None:
        """Connect; a sentence when that fails."""
        self.wrong.clear()
        try:
            address = self._address()
            folder = office.folder_of_office(str(address))
            typed = self.secret.text()
            secret = typed or ("" if self._locked else GivenPassword.text or known_offices.saved_password(address))
            found = entered(folder, self._held, self._opener(folder, secret))
        except UserError as error:
            self.wrong.setText(str(error))
            again(self.first())
            return
        self._remember(address, typed)
        forget(self.secret)
        self.opened.emit(found)

    def _opener(self, folder: Path, secret: str) -> "Callable[[], Register]":
        """What opens it. After a lock a password that was found by itself opens nothing."""
        from models.engine.reaching import used_password
        from models.opening.opening import open_office
        from models.register.register import close_register

        def open_it() -> "Register":
            found = open_office(folder, secret)
            if self._locked and not secret and used_password():
                close_register()
                raise UserError(_("已锁定，请输入口令。"))
            return found

        return open_it

    def _remember(self, address: Address, typed: str) -> None:
        known_offices.note_opened(address)
        if not self.keep.isChecked():
            known_offices.forget_password(address)
        elif typed and not known_offices.save_password(address, typed):
            self.wrong.setText(_("系统钥匙串没有收下口令，下次还要输入。"))
