"""A city on one server: ``python benchmarks/city.py [--people 7000000] [--folder PLACE]``.

Makes a city of 38 districts of unequal sizes (``made_city.py``) on a server of the system's PostgreSQL, its data on disk, or
takes the one that PLACE holds from the last time. Then the commands are run as their users run them: ``office city``, an import
of 30,000 into the largest district and its undo, a backup of that district and its restore on another server; and what the window
asks of the largest district, over there alone once more: it must not be slower because of the other districts. Meanwhile somebody
edits in another one. Processor seconds are the program's and the server's together; memory is the program's own at its most.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.import_roster import AUTHOR, TODAY
from benchmarks.made_city import CITY, make_city, sizes
from benchmarks.made_rosters import write_roster
from benchmarks.measured import Seconds, begin
from benchmarks.office import server_seconds
from models.editing import editing
from models.editing.record_history import history_of
from models.engine import database, districts
from models.engine.addresses import Address
from models.figures.figures import figures
from models.journal.writer import batch
from models.lists import search, selection
from models.lists.listings import Selection
from models.opening.opening import open_office
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.register import office
from models.register.register import close_register
from models.standing.standing import Standing
from tests.aids.engines import PostgresServer
from tests.aids.speaking import made
from ui.home.facts import Asked, home_faults, home_state

_ROOT = Path(__file__).resolve().parent.parent
#: What a city's server is given besides: everything else is as PostgreSQL comes, and nothing of it careless.
_SETTINGS = (
    "shared_buffers=2GB", "max_locks_per_transaction=1024", "fsync=on", "synchronous_commit=on", "full_page_writes=on",
    "autovacuum=on", "max_wal_size=4GB",
)  # fmt: skip
#: While the city is made.
_MAKING = (
    "shared_buffers=1GB", "max_locks_per_transaction=1024", "wal_level=minimal", "max_wal_senders=0",
    "maintenance_work_mem=512MB", "max_wal_size=4GB", "checkpoint_timeout=15min",
)  # fmt: skip
_PORT = 5439
_ROWS = 30_000
_PAGE = 200
_TIMES = 5
#: Seconds for which somebody edits in another district before the import begins.
_ALONE = 20
_SIZES = (
    "SELECT nspname, sum(pg_total_relation_size(pg_class.oid))::bigint FROM pg_class JOIN pg_namespace ON pg_namespace.oid ="
    " relnamespace WHERE nspname ~ '^d[0-9]' AND relkind = 'r' GROUP BY nspname ORDER BY 2 DESC"
)
_CONNECTIONS = (
    "SELECT count(*)::int FROM pg_stat_activity WHERE application_name = 'jianhui' AND backend_type = 'client backend'"
    " AND pid <> pg_backend_pid()"
)


class Took(NamedTuple):
    """What something took: seconds of the clock, of the processor, and the program's most megabytes (0: not looked at)."""

    clock: float
    processor: float
    megabytes: float = 0

    def __str__(self) -> str:
        """For a line of the table."""
        return f"{self.clock:9.2f} s {self.processor:9.2f} s" + (f" {self.megabytes:7.0f} MB" if self.megabytes else "")


Told = dict[str, Took]


def command(told: Told, name: str, servers: list[PostgresServer], *words: str) -> dict[str, Any]:
    """Run a command of the program; its answer."""
    begun, before = time.perf_counter(), sum(map(server_seconds, servers))
    with subprocess.Popen(
        [sys.executable, "main.py", *words, "--json"], cwd=_ROOT, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        out = process.stdout.read()
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    spent = usage.ru_utime + usage.ru_stime + sum(map(server_seconds, servers)) - before
    told[name] = Took(time.perf_counter() - begun, spent, usage.ru_maxrss / 1000)
    print(f"{name:52} {told[name]}", file=sys.stderr, flush=True)
    if process.returncode:
        raise SystemExit(f"{name}: no")  # why, it has said itself
    found: dict[str, Any] = json.loads(out)
    return found


@contextmanager
def timed(told: Told, name: str, server: PostgresServer) -> Iterator[None]:
    """The clock and the processor of a block in this process."""
    begun, own, theirs = time.perf_counter(), time.process_time(), server_seconds(server)
    yield
    told[name] = Took(time.perf_counter() - begun, time.process_time() - own + server_seconds(server) - theirs)


def looks(told: Told, folder: Path, server: PostgresServer) -> None:
    """What the window asks of one district: the median clock of several, the first one apart."""
    with timed(told, "open", server):
        open_office(folder, "")
    index = load_index(TODAY)
    uid = Worker.select(Worker.uid).order_by(Worker.id.desc()).offset(1_000).limit(1).scalar()
    name = str(editing.held("worker", uid)["name"])
    asked: Mapping[str, Callable[[], Any]] = {
        "first page of the list": lambda: selection.rows_of(
            "workers", selection.ids(Selection("workers", limit=_PAGE)), index
        ),
        "first page: figures": lambda: figures(TODAY.year, TODAY),
        "first page: all of it": lambda: home_state(Asked(Standing(TODAY, index), "", "测量者")),
        "first page: findings": lambda: home_faults(Asked(Standing(TODAY, index), "", "测量者")),
        "search, initials": partial(search.find, "wyd", index),
        "search, pinyin": partial(search.find, "wangyan", index),
        "search, a name": partial(search.find, name, index),
        "search, end of a number": partial(search.find, "4321", index),
        "open a person": lambda: (editing.held("worker", uid), history_of("worker", uid, index)),
        "change a phone": partial(_edit, uid),
    }
    for what, ask in asked.items():
        taken = []
        for turn in range(_TIMES):
            with timed(told, "turn", server):
                ask()
            taken.append(told.pop("turn"))
            if not turn:
                told[f"{what}, the first time"] = taken[0]
        told[what] = Took(*(statistics.median(each) for each in list(zip(*taken, strict=True))[:2]))
    close_register()


def _edit(uid: str) -> None:
    held = str(editing.held("worker", uid)["phone"])
    with batch("edit", AUTHOR) as writer:
        writer.update(Worker, uid, {"phone": (held, f"199{(int(held) + 1) % 100_000_000:08}")})


class Editor:
    """Somebody who edits in another district, ten times a second, until :meth:`end`: how long each edit took."""

    def __init__(self, folder: Path) -> None:
        self.took: list[float] = []
        self._stop = threading.Event()
        open_office(folder, "")
        self._uid = made(AUTHOR, Union, name="别的区县的工会", note="")
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def _work(self) -> None:
        with database.connection():
            while not self._stop.wait(0.1):
                begun = time.perf_counter()
                before = str(Union.get(Union.uid == self._uid).note or "")
                with batch("edit", AUTHOR) as writer:
                    writer.update(Union, self._uid, {"note": (before, str(len(self.took)))})
                self.took.append(time.perf_counter() - begun)

    def times(self) -> str:
        """The times since the last look, in milliseconds."""
        ordered, self.took = sorted(self.took), []
        points = [ordered[int(len(ordered) * part)] for part in (0.5, 0.95, 0.99)]
        told = " / ".join(f"{1000 * each:.0f}" for each in (*points, ordered[-1]))
        return f"{told} ms (50/95/99 %, most), {len(ordered)} edits"

    def end(self) -> str:
        """Stop; the times since the last look."""
        self._stop.set()
        self._thread.join()
        close_register()
        return self.times()


@contextmanager
def connections(server: PostgresServer) -> Iterator[list[int]]:
    """How many connections the program held inside, looked at every half second."""
    found, over = [0], threading.Event()

    def look() -> None:
        while not over.wait(0.5):
            found.append(int(str(server.say(_CONNECTIONS)[0][0])))

    thread = threading.Thread(target=look)
    thread.start()
    yield found
    over.set()
    thread.join()


def whole_city(told: Told, server: PostgresServer) -> None:
    """``office city`` twice, and of it the comparison of identity numbers alone."""
    address = str(server.address(CITY))
    with connections(server) as held:
        command(told, "office city, the first time", [server], "office", "city", "--data", address)
        found = command(told, "office city", [server], "office", "city", "--data", address)
    problems = [each["problem"] for each in found["districts"] if each["problem"]]
    print(f"{len(found['districts'])} districts, {found['figures']['members']['value']:,} members, {found['in_several']:,}"
          f" numbers in several, problems {problems}; at most {max(held)} connections at once")  # fmt: skip
    database.connect_server(server.address(CITY), server.folder, None)
    with timed(told, "equal identity numbers alone", server):
        districts.in_several([each.name for each in districts.district_schemas()], 100)
    close_register()


def into_largest(told: Told, server: PostgresServer, district: Address, people: int, name: str) -> None:
    """Import 30,000 more people into a district, and undo that."""
    roster = server.folder / "more.xlsx"
    write_roster(roster, _ROWS, first=people)
    address = str(district)
    found = command(told, f"import of {_ROWS:,}, {name}", [server], "import", str(roster), "--data", address)
    number = str(found["batch"])
    command(told, f"undo of it, {name}", [server], "undo", number, "--data", address)


def measure(server: PostgresServer, place: Path, people: int) -> Told:
    """All of it."""
    told: Told = {}
    wanted = sizes(people)
    (first, most), second = next(iter(wanted.items())), list(wanted)[1]
    district = replace(server.address(CITY), district=f"d{first}")
    here, beside = (office.folder_of_office(str(replace(district, district=f"d{code}"))) for code in (first, second))
    _tell_sizes(server, people, first, most)
    whole_city(told, server)
    one: Told = {}
    looks(one, here, server)
    editor = Editor(beside)
    time.sleep(_ALONE)
    print(f"edits in another district: {editor.times()}")
    into_largest(told, server, district, most, "beside 37 others")
    print(f"while the largest imports: {editor.end()}")
    os.environ["JIANHUI_PASSPHRASE"] = "只用于测量的口令"  # noqa: S105
    kept = place / "moved.jhoffice"
    found = command(told, "office backup", [server], "office", "backup", str(kept), "--data", str(district))
    print(f"backup: {found['people']:,} people, {found['bytes'] / 1e6:,.0f} MB")
    other = PostgresServer(*_SETTINGS, port=_PORT, folder=place / "other")
    try:
        other.say("DROP DATABASE IF EXISTS moved")
        other.say("CREATE DATABASE moved")
        moved = other.address("moved")
        command(told, "office restore --district", [server, other], "office", "restore", str(kept), "--district", first,
                "--data", str(moved))  # fmt: skip
        kept.unlink()
        moved = replace(moved, district=f"d{first}")
        alone: Told = {}
        looks(alone, office.folder_of_office(str(moved)), other)
        into_largest(told, other, moved, most, "alone on a server")
    finally:
        other.remove()
    print(f"\n{'in the largest district':40} {'beside 37 others':>30} {'alone':>24}")
    for name, took in one.items():
        both = (f"{1000 * each.clock:9.1f} ms {1000 * each.processor:7.0f} ms" for each in (took, alone[name]))
        print(f"{name:40} {'   '.join(both)}")
    return told


def _tell_sizes(server: PostgresServer, people: int, first: str, most: int) -> None:
    whole = int(str(server.say(f"SELECT pg_database_size('{CITY}')")[0][0]))
    print(f"{people:,} people: {whole / 1e9:.1f} GB, {whole / people:,.0f} bytes each")
    schemas = {str(name): int(str(size)) for name, size in server.say(_SIZES, CITY)}
    largest = schemas[f"d{first}"]
    print(f"the largest district, {most:,}: {largest / 1e9:.2f} GB, {largest / most:,.0f} bytes each; "
          f"the smallest {min(schemas.values()) / 1e6:.0f} MB")  # fmt: skip


def main() -> None:
    """Make the city unless it is there, look at it, and print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=700_000, help="in all 38 districts")
    parser.add_argument("--folder", type=Path, help="where the city is kept for the next time; on a disk with some gigabytes")
    given = parser.parse_args()
    begin(reading=True)
    with tempfile.TemporaryDirectory() as name:
        os.environ["JIANHUI_LAPTOP"] = str(Path(name) / "laptop.json")
        Path(name).chmod(0o755)  # the server is another user's
        place = (given.folder or Path(name)).resolve()
        done = place / "made.json"
        if not done.exists():
            making: Seconds = {}
            server = PostgresServer(*_MAKING, folder=place / "city")
            try:
                make_city(server, given.people, making)
            finally:
                server.remove()
            done.write_text(json.dumps({"people": given.people, "seconds": making}, indent=1))
        people = int(json.loads(done.read_text())["people"])
        server = PostgresServer(*_SETTINGS, folder=place / "city")
        try:
            told = measure(server, place, people)
        finally:
            server.remove()
    print(f"\n{'':52} {'clock':>11} {'processor':>11} {'memory':>10}")
    for name, took in told.items():
        print(f"{name:52} {took}")
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
