"""Both engines under the same tests: a register is an encrypted file, or with ``JIANHUI_ENGINE=postgres`` a database of its own.

The server is the tests' own, from the system's PostgreSQL: made when the first register is, on a socket in a temporary folder,
and gone with the run. A test's register is a copy of a template, on the server as on the disk.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from itertools import count
from pathlib import Path

import pytest
from peewee import OperationalError

from models.engine import database
from models.engine.addresses import Address
from models.opening.office import prepare
from models.opening.opening import open_office
from models.register import office, traces
from models.register import register as register_room
from models.register.register import Register

#: Whether registers are on a server in this run.
ON_SERVER = os.environ.get("JIANHUI_ENGINE") == "postgres"
#: Tests of what only a file does, by the beginning of their name, and why: they are skipped where registers are on a server.
_ORACLE = "its oracle, or what it breaks, is written in SQLite's dialect"
_PLAN = "it looks at the plan that SQLite makes of a query"
_FILE = "it looks into the register's file, its backups, its key or its lock"
FILE_ONLY = {
    "tests/lists/test_few.py::test_nobody_else_is_looked_at": _PLAN,
    "tests/lists/test_few.py::test_the_index_stays_while_the_others_are_made_anew": _PLAN,
    "tests/lists/test_list_order.py::test_to_list_all_people_by_their_units_nobody_is_sorted_nor_read": _PLAN,
    "tests/lists/test_list_order.py::test_all_people_by_name_are_read_off_an_index": _PLAN,
    "tests/journal/test_trail.py::test_the_register_refuses_to_change_it[INSERT OR REPLACE": _ORACLE,
    "tests/journal/test_trail.py::test_the_register_refuses_to_change_it[statement5]": _ORACLE,
    "tests/journal/test_trail.py::test_opening_looks_at_the_last_link_alone": _FILE,
    "tests/journal/test_trail.py::test_what_cannot_be_written_now_waits_and_comes_in_late": _FILE,
    "tests/journal/test_trail.py::test_where_nothing_can_be_written_it_is_said": _ORACLE,
    "tests/journal/test_trail.py::test_wrong_passphrases_secrets_and_backups_leave_one_entry_each": _FILE,
    "tests/journal/test_trail.py::test_an_older_register_gets_the_table": _FILE,
    "tests/people/test_erasing.py::test_an_erased_person_is_nowhere_in_the_file": _FILE,
    "tests/people/test_erasing.py::test_a_namesake_keeps_what_only_a_name_tells": _FILE,
    "tests/people/test_erasing.py::test_what_was_merged_into_the_person_goes_too": _FILE,
    "tests/people/test_erasing.py::test_somebody_who_stands_in_the_log_alone_is_erased_there": _FILE,
    "tests/people/test_erasing.py::test_an_old_backup_brings_nobody_back": _FILE,
    "tests/people/test_erasing.py::test_an_old_backup_brings_no_mention_back_that_was_rewritten": _FILE,
    "tests/people/test_erasing.py::test_a_failure_in_the_middle_leaves_everything_as_it_was": _FILE,
    "tests/people/test_erasing.py::test_what_others_records_say_is_changed_only_when_somebody_said_so": _FILE,
    "tests/people/test_erasing.py::test_a_sweep_that_was_cut_off_is_made_up_for_at_the_next_opening": _FILE,
    "tests/people/test_erasing.py::test_copies_that_still_hold_the_person_are_told_and_renewed": _FILE,
    "tests/people/test_erasing_walk.py": _FILE,
    "tests/editing/test_officers.py::test_posts_are_erased_with_the": _FILE,
    "tests/editing/test_officers.py::test_a_name_alone_is_a_mention_that_can_be_taken_out": _FILE,
    "tests/journal/test_state_machine.py": _FILE,
    "tests/figures/test_numbers_large.py": _ORACLE,
    "tests/ui/shell/test_window.py::test_closing_backs_up_and_remembers_the_place": _FILE,
    "tests/rules/test_rules_generated.py::test_every_rule_finds_what_plain_sql_finds": _ORACLE,
}
_USER = "jianhui"
#: What a server that is thrown away need not do.
_CARELESS = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "max_connections=200", "listen_addresses=''",
    "shared_buffers=256MB", "max_wal_size=4GB",
)  # fmt: skip
_numbers = count(1)


def programs() -> Path | None:
    """Where the server's programs are; None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    named = shutil.which("initdb")
    return Path(named).parent if named else None


def _memory() -> str | None:
    """A folder that lies in memory, where the system has one: all of it is thrown away, and nobody waits for a disk."""
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # made there under a name of its own


class PostgresServer:
    """A server of the tests' own, running until :meth:`stop`."""

    def __init__(self, *settings: str, port: int = 5432) -> None:
        """Made and started; ``settings`` besides those that make it quick. ``port``: on the loopback, if it listens there."""
        found = programs()
        if found is None:
            pytest.skip("PostgreSQL is not installed: apt install postgresql")
        self._programs = found
        self.folder = Path(tempfile.mkdtemp(prefix="jianhui-pg-", dir=_memory()))
        self.sockets = self.folder / "s"
        self.sockets.mkdir()
        if os.getuid() == 0:  # the server refuses to run as root
            for each in (self.folder, self.sockets):
                shutil.chown(each, "postgres")
        self.port = port
        self._settings = (*_CARELESS, f"port={port}", f"unix_socket_directories={self.sockets}", *settings)
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

    def kill(self) -> None:
        """Kill it with all of its processes, without a word, as when memory is out; :meth:`start` starts it again."""
        main = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(main, signal.SIGKILL)
        for _try in range(200):  # until those that it started have seen it, and let go of the memory that they share
            if not _children(main) and not Path(f"/proc/{main}").exists():
                break
            time.sleep(0.05)

    def _run(self, name: str, *arguments: str) -> None:
        as_other = ("runuser", "-u", "postgres", "--") if os.getuid() == 0 else ()
        subprocess.run(
            [*as_other, str(self._programs / name), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/"
        )

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
        """Stop it, and remove all that was on it."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def _children(main: int) -> list[int]:
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


def skip_of_files(item: pytest.Item) -> None:
    """Skip a test of what only a file does, where registers are on a server."""
    why = next((why for name, why in FILE_ONLY.items() if item.nodeid.startswith(name)), "")
    if ON_SERVER and why:
        item.add_marker(pytest.mark.skip(reason=f"a file alone: {why}"))


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
    """A copy of a closed register in a folder that is not there yet; not opened."""
    shutil.copytree(held.folder, folder)
    if ON_SERVER:
        of = office.address_in(held.folder)
        assert of is not None
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
    for _try in range(100):
        try:
            running().say(text)
        except OperationalError:  # object in use
            time.sleep(0.02)
        else:
            return
    running().say(text)
