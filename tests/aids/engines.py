"""Both engines under the same tests: a register is an encrypted file, or with ``JIANHUI_ENGINE=postgres`` a database of its own.

The server is the tests' own, from the system's PostgreSQL: made when the first register is, on a socket in a temporary folder,
and gone with the run. A test's register is a copy of a template, on the server as on the disk.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from peewee import OperationalError

from models.engine import database
from models.engine.addresses import Address
from models.opening.office import prepare
from models.opening.opening import open_office
from models.register import office, traces
from models.register import register as register_room
from models.register.register import Register
from tests.aids.file_only import FILE_ONLY

#: Whether registers are on a server in this run.
ON_SERVER = os.environ.get("JIANHUI_ENGINE") == "postgres"
_USER = "jianhui"
#: What a server that is thrown away need not do.
_CARELESS = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=200", "listen_addresses=''",
    "shared_buffers=256MB", "max_wal_size=4GB", "dynamic_shared_memory_type=mmap",
)  # fmt: skip
#: What waits until whoever started a server has gone, however that ended, and stops one that is still there: of a run that was
#: killed nothing stays. Its input is a pipe whose other end this process alone holds; it is told where the server is, what is to
#: be removed then ("" for nothing), and how it is stopped.
_WATCHES = (
    'cat > /dev/null; place=$1; gone=$2; shift 2; [ -e "$place/data/postmaster.pid" ] && "$@";'
    ' [ -z "$gone" ] || rm -rf "$gone"'
)
_numbers = count(1)


def programs() -> Path | None:
    """Where the server's programs are; None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    named = shutil.which("initdb")
    return Path(named).parent if named else None


def memory() -> str | None:
    """A folder that lies in memory, where the system has one: all of it is thrown away, and nobody waits for a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # made there under a name of its own


def free_port() -> int:
    """A port of the loopback that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class PostgresServer:
    """A server of the tests' own, running until :meth:`stop`."""

    def __init__(self, *settings: str, port: int = 5432, folder: Path | None = None) -> None:
        """Made and started; ``settings`` besides those that make it quick. ``port``: on the loopback, if it listens there.

        ``folder``: where it lies, on a disk, and stays; one that is there already is started as it is.
        """
        found = programs()
        if found is None:
            pytest.skip("PostgreSQL is not installed: apt install postgresql")
        self._programs, self._stays = found, folder is not None
        self.folder = folder or Path(tempfile.mkdtemp(prefix="jianhui-pg-", dir=memory()))
        self.sockets = self.folder / "s"
        self.sockets.mkdir(parents=True, exist_ok=True)
        if os.getuid() == 0:  # the server refuses to run as root
            for each in (self.folder, self.sockets):
                shutil.chown(each, "postgres")
        self.port = port
        self._settings = (*_CARELESS, f"port={port}", f"unix_socket_directories={self.sockets}", *settings)
        self._watcher = self._watched()
        if not Path(self._data).exists():
            self._run("initdb", "-D", self._data, "-A", "trust", "-U", _USER, "--locale=C", "-E", "UTF8", "--no-sync")
        self.start()

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def start(self) -> None:
        """Start it."""
        options = " ".join(f"-c {each}" for each in self._settings)
        self._run("pg_ctl", "-D", self._data, "-l", str(self.folder / "log"), "-w", "-o", options, "start")

    def stop(self, how: str = "immediate") -> None:
        """Stop it: ``immediate`` as a power cut does."""
        self._run("pg_ctl", "-D", self._data, "-m", how, "-w", "stop")

    def begin_to_stop(self) -> None:
        """Let nobody in any more; it stops when those who are connected have left, or with :meth:`stop`."""
        self._run("pg_ctl", "-D", self._data, "-m", "smart", "-W", "stop")
        with suppress(OperationalError):
            while self.say("SELECT 1"):
                time.sleep(0.02)

    def kill(self) -> None:
        """Kill it with all of its processes, without a word, as when memory is out; :meth:`start` starts it again."""
        main = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(main, signal.SIGKILL)
        for _try in range(200):  # until those that it started have seen it, and let go of the memory that they share
            if not children(main) and not Path(f"/proc/{main}").exists():
                break
            time.sleep(0.05)

    def _run(self, name: str, *arguments: str) -> None:
        subprocess.run(self._said(name, *arguments), check=True, stdout=subprocess.DEVNULL, cwd="/")

    def _said(self, name: str, *arguments: str) -> list[str]:
        """One of the server's programs, as it is started."""
        as_other = ("runuser", "-u", "postgres", "--") if os.getuid() == 0 else ()
        return [*as_other, str(self._programs / name), *arguments]

    def _watched(self) -> "subprocess.Popen[bytes]":
        """Have somebody wait for the end of this process. In a session of its own: what ends this one's group leaves it alone."""
        stops = self._said("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")
        gone = "" if self._stays else str(self.folder)
        return subprocess.Popen(
            ["/bin/sh", "-c", _WATCHES, "watcher", str(self.folder), gone, *stops], stdin=subprocess.PIPE, cwd="/",
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def address(self, name: str, user: str = _USER) -> Address:
        """That of a database of this server."""
        return Address(user, str(self.sockets), self.port, name, {"sslmode": "disable"})

    def say(self, text: str, name: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement past the program; its rows."""
        from models.engine.postgres import (
            PostgresEngine,
        )  # with the driver: where no server is asked for there need be none

        with closing(PostgresEngine(self.address(name), None).handle) as held:
            cursor = held.execute_sql(text)
            return list(cursor.fetchall()) if cursor.description else []

    def remove(self) -> None:
        """Stop it, and remove all that was on it, unless it is to stay."""
        self.stop("fast" if self._stays else "immediate")
        self._watcher.communicate()  # it removes the folder


def children(main: int) -> list[int]:
    """The processes that still live of those that a server's main one started: they are in its group."""
    found = []
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z" and main in (int(fields[1]), int(fields[2])):
            found.append(int(place.parent.name))
    return found


class _Made:
    """The databases that were made, by when they are dropped: those of a test's own at its end."""

    of_test: list[str] = []  # noqa: RUF012  # one for the run


@cache
def running() -> PostgresServer:
    """The server of this run, started when it is first asked for; :func:`stop` ends it."""
    return PostgresServer()


def stop() -> None:
    """End the run's server, if there is one."""
    if running.cache_info().currsize:
        running().remove()
        running.cache_clear()


def folder_of(address: Address, folder: Path) -> Path:
    """What a laptop keeps of an office."""
    folder.mkdir()
    office.note_address(folder, address)
    return folder


def keep_of_registers(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where registers are on a server, run those tests alone that have one: what others do is the same on both engines."""
    if ON_SERVER:
        others = [item for item in items if "empty_register" not in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in set(others)]


def skip_of_files(item: pytest.Item) -> None:
    """Skip a test of what only a file does, where registers are on a server."""
    why = next((why for name, why in FILE_ONLY.items() if item.nodeid.startswith(name)), "")
    if ON_SERVER and why:
        item.add_marker(pytest.mark.skip(reason=f"a file alone: {why}"))


def told_of_run(reports: Mapping[str, Sequence[Any]]) -> list[str]:
    """What a run with registers on a server says at its end; ``reports``: pytest's, by outcome. Nothing of one with files."""
    if not ON_SERVER:
        return []
    passed, skipped = len(reports.get("passed", ())), [_why(each) for each in reports.get("skipped", ())]
    bad = len({each.nodeid for outcome in ("failed", "error") for each in reports.get(outcome, ())})
    tried, reasons = passed + bad, Counter(skipped).most_common()
    every = tried + len(skipped)
    whole, part = passed / max(1, every), passed / max(1, tried)
    said = f"{passed} of {every} tests with a register passed on a server ({whole:.1%}; of the {tried} that ran there {part:.1%})"
    return [said, *(f"{many:5} not: {why}" for why, many in reasons)]


def _why(report: Any) -> str:
    """Why a test was skipped."""
    told = report.longrepr
    return str(told[2] if isinstance(told, tuple) else told).removeprefix("Skipped: ")


def without_trigger(table: str, *names: str) -> None:
    """Take away what refuses changes of a table, as somebody who may do all could."""
    for name in names:
        database.db.execute_sql(f"DROP TRIGGER IF EXISTS {name}" + (f' ON "{table}"' if ON_SERVER else ""))


def of_each_test() -> Iterator[None]:
    """Drop the databases that a test's own registers were in."""
    _Made.of_test.clear()
    yield
    for name in _Made.of_test:
        running().say(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    _Made.of_test.clear()


def new_register(folder: Path, passphrase: str) -> Register:
    """A new, empty register, closed."""
    if not ON_SERVER:
        made, _code = register_room.create(folder, passphrase)
        register_room.close_register()
        return made
    name = f"t{os.getpid()}_{next(_numbers)}"
    running().say(f'CREATE DATABASE "{name}"')
    folder.mkdir(parents=True, exist_ok=True)
    office.note_address(folder, running().address(name))
    prepare(folder, "")
    return Register(folder, "")


def copied(held: Register, folder: Path) -> Register:
    """A copy of a register in a folder that is not there yet; not opened."""
    shutil.copytree(held.folder, folder)
    if ON_SERVER:
        of = office.address_in(held.folder)
        assert of is not None
        database.close()  # nobody may have open what a server copies; a handle whose register that is connects again
        name = f"t{os.getpid()}_{next(_numbers)}"
        _when_free(f'CREATE DATABASE "{name}" TEMPLATE "{of.database}"')
        _Made.of_test.append(name)
        office.note_address(folder, running().address(name))
    return Register(folder, held.key_hex)


def opened(register: Register) -> Register:
    """Open a register as a test does, past passphrases and all that is looked at when a person opens it."""
    if register.on_server:
        return open_office(register.folder, "")
    database.connect(register.folder / traces.FILE, register.key_hex)
    return register


def _when_free(text: str) -> None:
    """Copy a database as soon as those who have just closed it have let go."""
    try:
        running().say(text)  # it waits five seconds by itself
    except OperationalError:  # object in use
        running().say(text)
