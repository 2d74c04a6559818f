"""An office under load: ``python benchmarks/office.py [--rows 150000] [--writers 50] [--rate 200] [--seconds 60]``.

With a server of its own from the system's PostgreSQL. Imports the same roster into an encrypted file and into the office, asks
the first page's figures of both. Then so many organizers, each over a connection of its own, write at a rate in all, each into
records of their own and now and then one that all write into, while another roster of as many rows comes in: how long a write
took (from its beginning until it is stored), how long the office was held by the import, and whether anything that was said to
be stored is lost. Processor seconds count the program's and the server's; on a machine that does other things only they compare.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.import_roster import AUTHOR, PASSPHRASE, TODAY, plan_of
from benchmarks.made_rosters import write_roster
from benchmarks.measured import Seconds, begin
from importers import session
from models.engine import aside, database
from models.errors import Overtaken, UserError
from models.figures.figures import figures
from models.journal import done
from models.journal.writer import Author, batch
from models.opening import check_up
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.union import Union
from models.records.worker import Worker
from models.register import office, register
from tests.aids.engines import PostgresServer
from tests.aids.speaking import made

#: One write in so many goes into the record that all write into.
_SHARED = 20
_TICKS = os.sysconf("SC_CLK_TCK")


def server_seconds(server: PostgresServer) -> float:
    """Processor seconds that the server and all of its processes, ended ones too, took so far."""
    main = int((server.folder / "data" / "postmaster.pid").read_text().split()[0])
    took = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = place.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(place.parent.name) == main:
            took += sum(map(int, fields[11:15]))
        elif int(fields[1]) == main:
            took += sum(map(int, fields[11:13]))
    return took / _TICKS


@contextmanager
def timed(told: Seconds, name: str, server: PostgresServer | None = None) -> Iterator[None]:
    """Wall and processor seconds of a block under a name; the server's among the latter."""
    wall, own, theirs = time.perf_counter(), time.process_time(), server_seconds(server) if server else 0.0
    yield
    told[name] = time.perf_counter() - wall
    told[f"{name} CPU"] = time.process_time() - own + ((server_seconds(server) - theirs) if server else 0.0)


def import_both(rosters: list[Path], folder: Path, server: PostgresServer, told: Seconds) -> None:
    """The first roster into a file and into the office, which stays open; the figures of both."""
    register.create(folder / "file", PASSPHRASE)
    files, plan = plan_of(rosters[0], {})
    with timed(told, "import file"):
        session.apply(plan, files, AUTHOR, folder)
    _ask(told, "file", None)
    register.close_register()
    server.say("CREATE DATABASE office")
    place = folder / "office"
    place.mkdir()
    office.note_address(place, server.address("office"))
    prepare(place, "")
    open_office(place, "")
    files, plan = plan_of(rosters[0], {})
    with timed(told, "import office", server):
        session.apply(plan, files, AUTHOR, folder)
    database.db.execute_sql("ANALYZE")
    _ask(told, "office", server)


@contextmanager
def timed_hold(told: Seconds, name: str) -> Iterator[None]:
    """How long the office was held by this thread's batch, whose rows stood aside: from holding it until all is stored."""
    holds, report, begun, thread = aside.hold, done.report, list[float](), threading.current_thread()

    def hold() -> None:
        holds()
        begun.extend([time.perf_counter()] if threading.current_thread() is thread else [])

    def reported(batch: int, kinds: Iterable[str]) -> None:
        if begun and threading.current_thread() is thread:
            told[name] = time.perf_counter() - begun[0]
        report(batch, kinds)

    aside.hold, done.report = hold, reported
    try:
        yield
    finally:
        aside.hold, done.report = holds, report


def _ask(told: Seconds, name: str, server: PostgresServer | None) -> None:
    for _time in range(2):  # the second time: what is kept of the first is kept in the window too
        with timed(told, f"home {name}", server):
            figures(TODAY.year, TODAY)


class Writers:
    """Organizers who write at a rate in all; what each was told to be stored."""

    def __init__(self, count: int, rate: float) -> None:
        self.took: list[tuple[float, float]] = []
        self.kept: dict[str, list[str]] = {}
        self.told: dict[str, int] = {"overtaken": 0, "refused": 0}
        self._pause, self._stop, self._begun = count / rate, threading.Event(), time.perf_counter()
        self._shared = made(AUTHOR, Union, name="大家都写的工会", note="")
        self._own = [made(AUTHOR, Union, name=f"第{number}个人的工会", note="") for number in range(count)]
        self._threads = [threading.Thread(target=self._work, args=(number,)) for number in range(count)]

    def start(self) -> None:
        """Let all begin, one after the other."""
        for each in self._threads:
            each.start()

    def end(self) -> None:
        """Let all end, each after what it is writing."""
        self._stop.set()
        for each in self._threads:
            each.join()

    def _work(self, number: int) -> None:
        author, turn = Author(f"{number:016x}", f"第{number}个人"), 0
        due = time.perf_counter() + self._pause * number / len(self._threads)
        with database.connection():
            while not self._stop.wait(max(0.0, due - time.perf_counter())):
                due, turn = due + self._pause, turn + 1
                self._write(author, self._shared if turn % _SHARED == number % _SHARED else self._own[number], f"{number}-{turn}")

    def _write(self, author: Author, uid: str, mark: str) -> None:
        begun = time.perf_counter()
        try:
            before = str(Union.get(Union.uid == uid).note or "")
            with batch("edit", author) as writer:
                writer.update(Union, uid, {"note": (before, mark)})
        except Overtaken:
            self.told["overtaken"] += 1
            return
        except UserError:
            self.told["refused"] += 1
            return
        self.took.append((begun - self._begun, time.perf_counter() - begun))
        self.kept.setdefault(uid, []).append(mark)

    def lost(self) -> int:
        """How many values that were said to be stored are not in the log."""
        from models.journal import entries

        missing = 0
        for uid, marks in self.kept.items():
            held = {str(after).strip('"') for name, after in entries.of_records([uid], ("field", "after")) if name == "note"}
            missing += sum(mark not in held for mark in marks)
        return missing


def load(asked: argparse.Namespace, roster: Path, folder: Path, server: PostgresServer, told: Seconds) -> dict[str, Any]:
    """The writers for a while alone, then while the roster comes in, and what was found afterwards."""
    writers = Writers(asked.writers, asked.rate)
    writers.start()
    time.sleep(asked.seconds)
    alone = [took for _at, took in writers.took]
    files, plan = plan_of(roster, {})
    begun = time.perf_counter() - writers._begun
    with timed(told, "import among writers", server), timed_hold(told, "of it the office was held"):
        number = session.apply(plan, files, AUTHOR, folder).batch
    during = [took for at, took in writers.took if at >= begun]
    time.sleep(2)
    writers.end()
    found = {"alone": alone, "during": during, "lost": writers.lost(), **writers.told}
    people = Worker.select().count()
    return found | {"import": number, "people": people, "faults": len(check_up.log_faults()) + len(check_up.count_faults())}


def _times(took: list[float]) -> str:
    ordered = sorted(took) or [0.0]
    points = [ordered[min(len(ordered) - 1, int(len(ordered) * part))] for part in (0.5, 0.95, 0.99)]
    return " / ".join(f"{1000 * each:.0f}" for each in (*points, ordered[-1])) + f" ms, {len(took):,} writes"


def main() -> None:
    """Measure and tell."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rows", type=int, default=150_000)
    given.add_argument("--writers", type=int, default=50)
    given.add_argument("--rate", type=float, default=200)
    given.add_argument("--seconds", type=float, default=60)
    asked = given.parse_args()
    begin()
    told: Seconds = {}
    server = PostgresServer()
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            rosters = [folder / "a.xlsx", folder / "b.xlsx"]
            write_roster(rosters[0], asked.rows)
            write_roster(rosters[1], asked.rows, first=asked.rows)
            import_both(rosters, folder, server, told)
            found = load(asked, rosters[1], folder, server, told)
            register.close_register()
    finally:
        server.remove()
    for what, seconds in told.items():
        print(f"{what:26} {seconds:8.2f} s")
    print(f"writes alone               p50/p95/p99/max {_times(found['alone'])}")
    print(f"writes while importing     p50/p95/p99/max {_times(found['during'])}")
    print({name: value for name, value in found.items() if name not in ("alone", "during")}, f"load {os.getloadavg()[0]:.1f}")
    ratios = (told[f"{what} office CPU"] / told[f"{what} file CPU"] for what in ("import", "home"))
    print("import {:.2f}, home {:.2f} × the file's processor seconds".format(*ratios))


if __name__ == "__main__":
    main()
