"""An office's server beyond this computer is known by its certificate: the right one is let pass, any other is a sentence."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from models.engine import database
from models.engine.addresses import Address, read_address
from models.errors import UserError
from models.journal.writer import Author
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.union import Union
from models.register import office
from models.register.register import close_register
from tests.aids import certificates
from tests.aids.certificates import Authority
from tests.aids.engines import PostgresServer, folder_of, free_port, programs
from tests.aids.speaking import made

pytestmark = [
    pytest.mark.skipif(programs() is None, reason="PostgreSQL is not installed: apt install postgresql"),
    pytest.mark.skipif(not certificates.installed(), reason="openssl is not installed: apt install openssl"),
]

SECRET = "lamp-kitchen-7"
LI = Author("a" * 16, "李四")


class Known(NamedTuple):
    """A server that is only let in to encrypted, and with a password; who signed its certificate, and somebody else."""

    server: PostgresServer
    authority: Authority
    stranger: Authority

    def with_certificate(self, *known_as: str, until: str = "20991231235959Z") -> None:
        """Let the server have another certificate."""
        certificates.give_to(self.server.folder / "data", *self.authority.sign("db", *known_as, until=until))
        before = self.server.say("SELECT pg_conf_load_time()")
        self.server.say("SELECT pg_reload_conf()")
        while self.server.say("SELECT pg_conf_load_time()") == before:  # whoever comes next meets it with the certificate
            time.sleep(0.02)

    def address(self, host: str, authority: Path | None = None) -> Address:
        """The office's address, with the file of certificates that people are given."""
        file = authority or self.authority.file
        return read_address(
            f"postgresql://li@{host}:{self.server.port}/office?sslmode=verify-full&sslrootcert={file}"
        )


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Known]:
    """The server, with a good certificate."""
    folder = tmp_path_factory.mktemp("signed")
    running = PostgresServer("listen_addresses=localhost", port=free_port())
    held = Known(running, Authority(folder / "ours", "办公室"), Authority(folder / "others", "别人"))
    certificates.give_to(running.folder / "data", *held.authority.sign("db", "DNS:localhost", "IP:127.0.0.1"))
    (running.folder / "data" / "pg_hba.conf").write_text(
        "local all all trust\nhostssl all li 127.0.0.1/32 scram-sha-256\nhostssl all li ::1/128 scram-sha-256\n"
    )
    running.say("ALTER SYSTEM SET ssl = on")
    running.say("SELECT pg_reload_conf()")
    running.say(f"CREATE ROLE li LOGIN PASSWORD '{SECRET}'")
    running.say("CREATE DATABASE office OWNER li")
    yield held
    running.remove()


@pytest.fixture(autouse=True)
def good_again(known: Known) -> None:
    """Each test begins with the good certificate."""
    known.with_certificate("DNS:localhost", "IP:127.0.0.1")


def opened(address: Address, folder: Path) -> None:
    """Open the office's register as a person does; it is made where there is none."""
    place = folder_of(address, folder / "office") if not (folder / "office").exists() else folder / "office"
    office.note_address(place, address)
    prepare(place, SECRET)
    open_office(place, SECRET)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_a_server_is_known_by_its_certificate_and_everything_goes_encrypted(known: Known, tmp_path: Path, host: str) -> None:
    opened(known.address(host), tmp_path)
    made(LI, Union, name="甲工会")
    assert Union.select().where(Union.name == "甲工会").count() > 0
    row = database.db.execute_sql("SELECT ssl, version FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone()
    assert bool(row[0])
    assert row[1] in ("TLSv1.2", "TLSv1.3")
    close_register()


def why(address: Address, folder: Path) -> str:
    """The sentence that keeps one out."""
    with pytest.raises(UserError) as refused:
        opened(address, folder)
    return str(refused.value)


def test_one_that_another_authority_signed_is_refused(known: Known, tmp_path: Path) -> None:
    assert "不是证书文件里的机构签发的" in why(known.address("localhost", known.stranger.file), tmp_path)


def test_one_that_names_another_server_is_refused(known: Known, tmp_path: Path) -> None:
    known.with_certificate("DNS:db.example")
    assert "不是地址里的主机名“localhost”" in why(known.address("localhost"), tmp_path)


def test_one_that_has_ended_is_refused(known: Known, tmp_path: Path) -> None:
    known.with_certificate("DNS:localhost", "IP:127.0.0.1", until="20210101000000Z")
    assert "不在有效期内" in why(known.address("localhost"), tmp_path)


def test_a_file_of_certificates_that_is_none_or_not_there_is_told(known: Known, tmp_path: Path) -> None:
    (tmp_path / "none.crt").write_text("这不是证书")
    assert "里面不是证书" in why(known.address("localhost", tmp_path / "none.crt"), tmp_path)
    assert "请向管理员要证书文件" in why(known.address("localhost", tmp_path / "missing.crt"), tmp_path)


_CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'li'"


def counted_while(cut: Callable[[], object]) -> None:
    """Read in a transaction in whose middle the line is cut."""
    with database.transaction():
        Union.select().count()
        cut()
        Union.select().count()


def test_a_line_that_is_cut_is_no_matter_of_certificates(known: Known, tmp_path: Path) -> None:
    opened(known.address("localhost"), tmp_path)
    for cut in (lambda: known.server.say(_CUT), known.server.kill):
        with pytest.raises(UserError, match="连接断了"):
            counted_while(cut)
    close_register()
    known.server.start()
