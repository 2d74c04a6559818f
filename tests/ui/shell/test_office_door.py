"""The door to an office's register: what it understands, what keeps one out, what is remembered; no password anywhere."""

import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from models.engine.addresses import Address, Host
from models.opening.office import prepare
from models.register import known_offices, laptop, office, register, traces
from models.register.register import close_register
from tests.aids.engines import PostgresServer, free_port, programs
from tests.aids.speaking import PASSPHRASE
from tests.aids.typing import type_text
from ui.shell.app import run
from ui.shell.office_page import GivenPassword, OfficePage
from ui.shell.unlock_dialog import UnlockDialog
from ui.shell.window import Window

pytestmark = pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql")

SECRET = "lamp-kitchen-7"


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """A server that asks one of its users for a password, on the loopback too."""
    running = PostgresServer("listen_addresses=127.0.0.1", port=free_port())
    running.say(f"CREATE ROLE li LOGIN PASSWORD '{SECRET}'")
    running.say("CREATE ROLE stranger LOGIN")
    (Path(running._data) / "pg_hba.conf").write_text(
        "local all jianhui trust\nlocal all stranger trust\nlocal all li scram-sha-256\nhost all li 127.0.0.1/32 scram-sha-256\n"
    )
    running.say("SELECT pg_reload_conf()")
    running.say('CREATE DATABASE "office" OWNER li')
    running.say('CREATE DATABASE "empty" OWNER li')
    running.say('CREATE DATABASE "newer" OWNER li')
    running.say("CREATE TABLE schema_migration (name TEXT); INSERT INTO schema_migration VALUES ('9999_later')", "newer")
    running.say("GRANT SELECT ON schema_migration TO li", "newer")
    yield running
    running.remove()


@pytest.fixture
def place(server: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Address:
    """The address of an office's register, as its user li has it."""
    folder = tmp_path_factory.mktemp("prepared")
    office_at = Address("li", "127.0.0.1", server.port, "office", {"sslmode": "prefer"})
    office.note_address(folder, office_at)
    prepare(folder, SECRET)
    return office_at


@pytest.fixture(autouse=True)
def no_password() -> Iterator[None]:
    """What another test's environment gave is forgotten."""
    GivenPassword.text = ""
    yield
    GivenPassword.text = ""


@pytest.fixture
def door(qtbot: QtBot, tmp_path: Path, held: ExitStack) -> Iterator[OfficePage]:
    """The door, at its page of offices, over a folder with nothing in it."""
    dialog = UnlockDialog(tmp_path / "data", held)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._show_office()
    yield at(dialog)
    close_register()
    held.close()


def at(dialog: UnlockDialog) -> OfficePage:
    """The door's page of offices, which is made when it is first seen."""
    assert dialog.office is not None
    return dialog.office


def connect(qtbot: QtBot, page: OfficePage, address: str, secret: str = "") -> str:
    """Paste an address, type a password, press Enter; the sentence that keeps one out, "" once it is open."""
    page.host.clear()
    page.host.setFocus()
    QGuiApplication.clipboard().setText(address)
    page.host.paste()
    if secret:
        page.secret.setFocus()
        qtbot.keyClicks(page.secret, secret)
    qtbot.keyClick(page.secret, Qt.Key.Key_Return)
    return page.wrong.text()


def test_a_pasted_address_goes_into_its_fields_and_its_password_stays_hidden(qtbot: QtBot, door: OfficePage) -> None:
    QGuiApplication.clipboard().setText("postgresql://li:lamp@10.1.2.3:6000/建会?sslrootcert=/tmp/ca.crt")
    door.host.paste()
    assert [door.host.text(), door.port.text(), door.database.text(), door.user.text()] == ["10.1.2.3", "6000", "建会", "li"]
    assert (door.certificate.text(), door.secret.text()) == ("/tmp/ca.crt", "lamp")
    assert str(door._address()) == "postgresql://li@10.1.2.3:6000/%E5%BB%BA%E4%BC%9A?sslrootcert=/tmp/ca.crt"
    assert door._address().options["sslmode"] == "verify-full", "beyond this computer the server is known by its certificate"


def test_several_servers_are_pasted_typed_and_opened_where_one_of_them_is_gone(
    qtbot: QtBot, door: OfficePage, place: Address
) -> None:
    text = "postgresql://li@db1:5432,db2:5433/office?target_session_attrs=read-write"
    QGuiApplication.clipboard().setText(text)
    door.host.paste()
    assert [door.host.text(), door.port.text()] == ["db1,db2", "5432,5433"]
    assert str(door._address()) == "postgresql://li@db1:5432,db2:5433/office"
    assert door._address().options["sslmode"] == "verify-full"
    both = Address("li", "127.0.0.1", 1, "office", {"sslmode": "prefer"}, others=(Host("127.0.0.1", place.port),))
    door.host.setText("127.0.0.1，127.0.0.1")
    door.port.setText(f"1，{place.port}")
    door.secret.setText(SECRET)
    with qtbot.waitSignal(door.opened):
        qtbot.keyClick(door.secret, Qt.Key.Key_Return)
    assert known_offices.known() == [both]


def test_how_a_server_is_known_is_not_carried_over_to_another_one(door: OfficePage) -> None:
    for pasted in ("postgresql://li@localhost/office", "postgresql://li@db1/office?sslmode=disable"):
        door.host.setText(pasted)
        door.host.setText("10.0.0.5")
        assert door._address().options["sslmode"] == "verify-full"
    door.host.setText("postgresql://li@db1/office?sslmode=require")
    assert door._address().options["sslmode"] == "require", "of this one it was said"


def test_what_keeps_one_out_is_a_sentence(qtbot: QtBot, door: OfficePage, place: Address) -> None:
    there = str(place)
    assert "没有写用户名" in connect(qtbot, door, "postgresql://h/office")
    assert "找不到这台服务器" in connect(qtbot, door, "postgresql://li@no.such.host.invalid/office", "x")
    assert "连不上服务器" in connect(qtbot, door, "postgresql://li@127.0.0.1:1/office", "x")
    assert "用户名或口令不对" in connect(qtbot, door, there, "wrong")
    assert "没有开加密连接" in connect(qtbot, door, f"{there}?sslmode=require", SECRET)
    assert "证书" in connect(qtbot, door, f"{there}?sslmode=verify-full&sslrootcert=/tmp/none.crt", SECRET)
    assert "没有这个数据库" in connect(qtbot, door, there.replace("/office", "/none"), SECRET)
    assert "还没有登记册" in connect(qtbot, door, there.replace("/office", "/empty"), SECRET)
    assert "更新版本" in connect(qtbot, door, there.replace("/office", "/newer"), SECRET)
    assert "不让这个用户从这台电脑登录" in connect(qtbot, door, there.replace("li@", "stranger@"), SECRET)


def test_it_opens_and_the_address_is_remembered_without_the_password(
    qtbot: QtBot, door: OfficePage, place: Address, tmp_path: Path
) -> None:
    with qtbot.waitSignal(door.opened):
        assert connect(qtbot, door, str(place), SECRET) == ""
    assert door.secret.text() == ""
    assert known_offices.known() == [place]
    assert known_offices.last_was_office()
    texts = [path.read_text("utf-8", "replace") for path in tmp_path.rglob("*") if path.is_file()]
    assert not [text for text in texts if SECRET in text]


def test_a_password_of_the_environment_opens_it_and_is_taken_out_of_it(
    qtbot: QtBot, tmp_path: Path, held: ExitStack, place: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", SECRET)
    folder = office.folder_of_office(str(place))
    dialog = UnlockDialog(folder, held)
    qtbot.addWidget(dialog)
    dialog.show()
    assert at(dialog).isVisible()
    assert dialog.focusWidget() is at(dialog).secret
    assert "PGPASSWORD" in at(dialog).secret.placeholderText()
    qtbot.keyClick(at(dialog).secret, Qt.Key.Key_Return)
    assert dialog.result() == UnlockDialog.DialogCode.Accepted
    close_register()
    locked = UnlockDialog(folder, held, "已锁定", locked=True)
    qtbot.addWidget(locked)
    locked.show()
    qtbot.keyClick(at(locked).secret, Qt.Key.Key_Return)
    assert at(locked).wrong.text() != "", "whoever locked it types the password"
    assert locked.result() != UnlockDialog.DialogCode.Accepted


def test_a_file_of_passwords_opens_it_but_not_after_a_lock(
    qtbot: QtBot, tmp_path: Path, held: ExitStack, place: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pgpass"
    path.write_text(f"*:*:*:li:{SECRET}\n")
    path.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(path))
    for locked in (False, True):
        dialog = UnlockDialog(office.folder_of_office(str(place)), held, locked=locked)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.keyClick(at(dialog).secret, Qt.Key.Key_Return)
        assert (dialog.result() == UnlockDialog.DialogCode.Accepted) is not locked
        close_register()
    assert at(dialog).wrong.text() == "已锁定，请输入口令。"


class Ring:
    """A keyring that keeps what it is given, in memory."""

    priority = 5

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, password: str) -> None:
        self.kept[service, name] = password

    def delete_password(self, service: str, name: str) -> None:
        del self.kept[service, name]


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Ring:
    """The system's keyring, through the library that speaks for every system's."""
    made, module = Ring(), ModuleType("keyring")
    module.get_keyring = lambda: made  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    return made


def test_the_keyring_keeps_a_password_only_if_the_person_wishes_it(
    qtbot: QtBot, ring: Ring, tmp_path: Path, held: ExitStack, place: Address
) -> None:
    for wish in (False, True):
        dialog = UnlockDialog(tmp_path / "data", held)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog._show_office()
        page = at(dialog)
        assert page.keep.isVisible()
        page.host.setText(str(place))
        page.keep.setChecked(wish)
        qtbot.keyClicks(page.secret, SECRET)
        qtbot.keyClick(page.secret, Qt.Key.Key_Return)
        assert dialog.result() == UnlockDialog.DialogCode.Accepted
        close_register()
        assert list(ring.kept.values()) == ([SECRET] if wish else [])
    dialog = UnlockDialog(office.folder_of_office(str(place)), held)
    qtbot.addWidget(dialog)
    dialog.show()
    assert at(dialog).keep.isChecked()
    qtbot.keyClick(at(dialog).secret, Qt.Key.Key_Return)
    assert dialog.result() == UnlockDialog.DialogCode.Accepted
    close_register()
    known_offices.forget(place)
    assert ring.kept == {}
    assert known_offices.known() == []


def test_without_a_keyring_nothing_is_offered(door: OfficePage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    assert not known_offices.has_keyring()
    assert not known_offices.save_password(Address("li", "h", 5432, "office"), SECRET)


def test_a_keyring_that_writes_a_plain_file_is_none(ring: Ring) -> None:
    ring.priority = 0
    assert not known_offices.has_keyring()


class Worker:
    """Sits at the program over an office: types the password, locks, types it again, leaves."""

    def __init__(self) -> None:
        self.titles: list[str] = []
        self.timer = QTimer(interval=30)
        self.timer.timeout.connect(self.act)
        self.timer.start()

    def act(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, UnlockDialog) and widget.isVisible():
                at(widget).secret.setText(SECRET)
                at(widget).opening.click()
            elif isinstance(widget, Window) and widget.isVisible() and not widget.context.jobs.busy:
                self.titles.append(widget.windowTitle())
                if len(self.titles) == 1:
                    widget.locking.lock()
                else:
                    widget.close()


def test_from_the_door_to_the_window_to_a_lock_and_back(place: Address) -> None:
    person = Worker()
    assert run(office.folder_of_office(str(place))) == 0
    person.timer.stop()
    assert len(person.titles) == 2
    assert not [title for title in person.titles if SECRET in title]
    assert json.loads(laptop.laptop_file().read_text("utf-8"))["last_was_office"]


def test_what_was_opened_last_is_offered_first(
    qtbot: QtBot, tmp_path: Path, held: ExitStack, place: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traces, "default_folder", lambda: str(tmp_path / "local"))
    register.create(tmp_path / "local", PASSPHRASE)
    close_register()
    known_offices.note_opened(place)
    dialog = UnlockDialog(tmp_path / "local", held)
    qtbot.addWidget(dialog)
    dialog.show()
    assert at(dialog).isVisible()
    assert at(dialog).user.text() == "li"
    at(dialog).local.click()
    assert dialog.secret.isVisible()
    type_text(qtbot, dialog.secret, PASSPHRASE)
    qtbot.keyClick(dialog.secret, Qt.Key.Key_Return)
    assert dialog.result() == UnlockDialog.DialogCode.Accepted
    close_register()
    held.close()
