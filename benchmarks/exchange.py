"""Laptops that meet: ``python benchmarks/exchange.py [--rows 20000] [--walks 20] [--laptops 7]``.

Times a package of a register with so many people: given, looked at, taken into an empty register, taken again, undone; beside
it the import of the same people, so that ratios of one run can be read. Then walks: so many laptops, one of them the office, with
clocks up to a year off, edit, merge, undo, exchange packages in any order, lose and repeat them, and decide; whatever they did,
all must end with one register, every value that somebody wrote shown, in a conflict, or replaced by whoever saw it, and each
register must be what its log tells (``tests/exchange/test_meeting_machine.py``).
"""

import argparse
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from benchmarks.import_roster import AUTHOR, PASSPHRASE, TODAY, _import
from benchmarks.made_rosters import write_roster
from benchmarks.measured import Seconds, begin, timed
from models.engine import database
from models.exchange import giving, taking
from models.exchange.sealed import Lock, Opener
from models.journal import bundles
from models.journal.undo import undo
from models.journal.writer import Author
from models.register import keys, register
from models.register.register import Register
from models.register.traces import FILE
from tests.exchange.meeting import Meeting

SECRET = "只用于测量的交换口令"  # noqa: S105  # of packages that are thrown away
OTHER = Author("another", "测量")


def measure(rows: int, folder: Path) -> tuple[Seconds, int]:
    """Seconds of every step, and the bytes of the package."""
    seconds: Seconds = {}
    roster, package = folder / "roster.xlsx", folder / "a.jhx"
    write_roster(roster, rows)
    empty, _code = register.create(folder / "empty", PASSPHRASE)
    register.close_register()
    shutil.copytree(empty.folder, folder / "full")
    database.connect(folder / "full" / FILE, empty.key_hex)
    _import(roster, seconds, folder, "new")
    with timed(seconds, "give"):
        giving.give(package, AUTHOR, Lock(SECRET), everything=True)
    register.close_register()
    database.connect(empty.file, empty.key_hex)
    with timed(seconds, "look"):
        taking.look(package, Opener(SECRET), OTHER, TODAY, empty.folder)
    with timed(seconds, "take"):
        taken = taking.take(package, Opener(SECRET), OTHER, TODAY, empty.folder)
    with timed(seconds, "again"):
        taking.take(package, Opener(SECRET), OTHER, TODAY, empty.folder)
    with timed(seconds, "undo"):
        undo(taken.batch or 0, OTHER)
    register.close_register()
    return seconds, package.stat().st_size


def walk(count: int, laptops: int, folder: Path) -> float:
    """Walk so often; the seconds it took. AssertionError where anything was lost or differs.

    Keys cost little here, and two records of a kind are a bundle already: what is walked through is what people did, often.
    """
    keys.COST |= {"n": 2**10}
    bundles.FEWEST, bundles.SIZE = 2, 3
    empty, _code = register.create(folder / "none", PASSPHRASE)
    register.close_register()
    begun = time.perf_counter()
    run_state_machine_as_test(_maker(empty, folder, laptops), settings=settings(
        max_examples=count, stateful_step_count=40, database=None, deadline=None, phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    ))  # fmt: skip
    return time.perf_counter() - begun


def _maker(empty: Register, folder: Path, laptops: int) -> Any:
    return lambda: Meeting(empty, folder, laptops)


def main() -> None:
    """Measure, walk, and tell."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rows", type=int, default=20_000)
    given.add_argument("--walks", type=int, default=20)
    given.add_argument("--laptops", type=int, default=7)
    asked = given.parse_args()
    begin()
    with tempfile.TemporaryDirectory() as folder:
        if asked.rows:
            seconds, size = measure(asked.rows, Path(folder))
            for name, value in seconds.items():
                print(f"{name:12} {value:8.2f} s")
            print(f"{'package':12} {size / 1e6:8.2f} MB, {size / asked.rows:.0f} bytes a person")
        if asked.walks:
            took = walk(asked.walks, asked.laptops, Path(folder))
            print(f"{asked.walks} walks of {asked.laptops} laptops: {took:.0f} s, {dict(Meeting.seen)}")


if __name__ == "__main__":
    main()
