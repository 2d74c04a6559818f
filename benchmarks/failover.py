"""Servers that fail: ``python benchmarks/failover.py [--rows 30000] [--edits 1000] [--people 5] [--times 5]``.

Three nodes of PostgreSQL under Patroni with etcd, on the loopback. So many times the leader is killed at once (Patroni and
PostgreSQL with SIGKILL) while people edit, and while a roster comes in and somebody edits beside it, each time at another
moment; and the leader is changed by an administrator while people edit. Told: for how long nobody could write, whether anything
that was said to be stored is lost or there twice, whether the import is whole or absent, and what ``office check`` finds. A node
that was killed is started again and followed until one is in step before the next time.
"""

import argparse
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.import_roster import AUTHOR, plan_of
from benchmarks.made_rosters import write_roster
from benchmarks.measured import begin
from importers import session
from models.engine import aside, running
from models.errors import UserError
from models.journal.log import Batch
from models.moving import office_check
from models.opening.office import prepare
from models.opening.opening import open_office
from models.records.worker import Worker
from models.register import office
from models.register.register import close_register
from tests.aids.patroni import PASSWORD, Patroni, installed
from tests.aids.steady_writers import SteadyWriters


@dataclass
class Held:
    """The cluster, and the folder of the office's register that is open on it."""

    cluster: Patroni
    folder: Path
    names: list[str] = field(default_factory=list)

    def new_office(self) -> None:
        """An empty register in a database of its own, open."""
        close_register()
        self.names.append(f"office{len(self.names)}")
        place = self.folder / self.names[-1]
        place.mkdir()
        self.cluster.say(f"CREATE DATABASE {self.names[-1]} OWNER jianhui")
        office.note_address(place, self.cluster.address(self.names[-1]))
        prepare(place, PASSWORD)
        open_office(place, PASSWORD)

    def kill(self) -> None:
        """Kill whoever leads."""
        leader = self.cluster.leader()
        assert leader is not None
        self.cluster.kill(leader)

    def mend(self) -> None:
        """Start what was killed, and wait until one of all that follow is in step."""
        for name in self.cluster.nodes:
            if not self.cluster.runs(name):
                self.cluster.start(name)
        self.cluster.whole()


def told(what: str, moment: str, writers: SteadyWriters, more: str = "") -> bool:
    """Print what came of one time; True where all is as it should be."""
    lost, twice, faults = writers.lost(), writers.twice(), office_check.check()
    found = "sound" if faults.sound else f"FAULTS {faults}"
    print(
        f"{what:10} {moment:28} pause {writers.pause():5.1f} s, {len(writers.stored):5} said to be stored, {len(lost)} lost,"
        f" {len(twice)} twice, {writers.unknown} unknown, {found}{more}",
        flush=True,
    )
    for sentence, times in writers.told.most_common():
        print(f"           {times:4} × {sentence}")
    return faults.sound and not lost and not twice


def edits(held: Held, people: int, total: int, part: float, act: Callable[[], None], what: str) -> bool:
    """So many edits, and what happens when a part of them is stored."""
    held.new_office()
    writers = SteadyWriters(people, total)
    writers.start()
    while len(writers.stored) < part * total:
        time.sleep(0.01)
    act()
    writers.join()
    good = told(what, f"after {part:.0%} of {total} edits", writers)
    held.mend()
    return good


@contextmanager
def killing(held: Held, moment: str, at: float) -> Iterator[Callable[[int, int], None]]:
    """Inside, an import of this thread sees the leader killed once; what it is to report its progress to.

    ``moment``: at which part of its ``rows`` (``at``: 0 to 1), or how many seconds after it began to ``hold`` the office, or to
    ``commit``.
    """
    killed, hold, handle, thread = list[threading.Timer](), aside.hold, running.db.obj, threading.current_thread()

    def kill(here: str, seconds: float) -> None:
        if here == moment and not killed and threading.current_thread() is thread:
            killed.append(threading.Timer(seconds, held.kill))
            killed[0].start()

    def at_part(done: int, total: int) -> None:
        if done >= at * total:
            kill("rows", 0)

    def at_hold() -> None:
        hold()
        kill("hold", at)

    def at_commit() -> None:
        kill("commit", at)
        type(handle).commit(handle)

    aside.hold, handle.commit = at_hold, at_commit
    try:
        yield at_part
    finally:
        aside.hold = hold
        del handle.commit
        killed[0].join()


def imports(held: Held, roster: Path, rows: int, moment: str, at: float) -> bool:
    """An import beside somebody who edits, in whose middle the leader is killed; afterwards again, if nothing of it is there."""
    held.new_office()
    files, plan = plan_of(roster, {})
    writers, said = SteadyWriters(1), "said to be stored"
    writers.start()
    try:
        with killing(held, moment, at) as tell:
            session.apply(plan, files, AUTHOR, held.folder, tell)
    except UserError as error:
        said = str(error)
    held.cluster.led()
    time.sleep(3)
    writers.end()
    there, whole = Worker.select().count(), Batch.select().where(Batch.kind == "import").count()
    right = (there, whole) in (((rows, 1),) if said == "said to be stored" else ((0, 0),))
    when = f"at {at:.0%} of the rows" if moment == "rows" else f"{at:.2f} s after its {moment}"
    good = told("import", when, writers, f"; {there} people, the import was told: {said}") and right
    if not there:
        good = session.apply(plan, files, AUTHOR, held.folder).batch is not None and Worker.select().count() == rows and good
    held.mend()
    return good


def scenes(held: Held, roster: Path, asked: Any) -> dict[str, Callable[[random.Random], bool]]:
    """What is tried, each at a moment that chance gives."""
    return {
        "kill": lambda by: edits(held, asked.people, asked.edits, by.uniform(0.1, 0.9), held.kill, "kill"),
        "switchover": lambda by: edits(
            held, asked.people, asked.edits, by.uniform(0.1, 0.9), held.cluster.switch_over, "switchover"
        ),
        "rows": lambda by: imports(held, roster, asked.rows, "rows", by.uniform(0.05, 0.95)),
        "hold": lambda by: imports(held, roster, asked.rows, "hold", by.uniform(0, 3)),
        "commit": lambda by: imports(held, roster, asked.rows, "commit", by.uniform(0, 3)),
    }


def main() -> None:
    """Measure and tell."""
    given = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("rows", 30_000), ("edits", 1_000), ("people", 5), ("times", 5), ("seed", 1)):
        given.add_argument(f"--{name}", type=int, default=usual)
    given.add_argument("--only", nargs="*", default=())
    asked: Any = given.parse_args()
    if not installed():
        raise SystemExit("something is not installed: apt install postgresql patroni etcd-server openssl")
    begin()
    chance, good, wall = random.Random(asked.seed), list[bool](), time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        roster = Path(name) / "a.xlsx"
        write_roster(roster, asked.rows)
        held = Held(Patroni(), Path(name))
        try:
            for scene, act in scenes(held, roster, asked).items():
                good += [act(chance) for _time in range(asked.times) if not asked.only or scene in asked.only]
        finally:
            close_register()
            held.cluster.remove()
    print(f"{sum(good)} of {len(good)} as they should be; {time.monotonic() - wall:.0f} s, load {os.getloadavg()[0]:.1f}")
    if not all(good):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
