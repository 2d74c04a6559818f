"""Laptops that meet: ``python benchmarks/exchange.py [--rows 20000] [--histories 20] [--deeds 120] [--laptops 7] [--seed 1]``.

Times a package of a register with so many people: given, looked at, taken into an empty register, taken again, undone; beside
it the import of the same people, so that ratios of one run can be read. Then histories, each drawn from its seed: so many
laptops, one of them the office, with clocks up to a year off, edit, import, merge, undo, erase, are killed, exchange packages in
any order, lose and repeat them, and decide. Whatever they did, all must end with one register, every value that somebody wrote
shown, in a conflict, or replaced by whoever saw it, conflicts exactly where two wrote without knowing of each other, and each
register must be what its log tells (``tests/exchange/meeting.py``, ``told_by_log.py``).
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
import traceback
from pathlib import Path
from typing import Any

if not __package__:
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

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
from tests.exchange.meeting import EDITS, OTHERS, Meeting

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


#: How often what is done of a thousand deeds; those that are not named are given their arguments in :func:`_deed`.
DEEDS = {
    "edit": 300, "meet": 180, "make": 90, "undo": 90, "decide": 70, "take": 60, "work": 50, "import_sheet": 40, "merge": 40,
    "arrange": 50, "keep": 50, "give": 20, "die": 20, "set_clock": 5,
}  # fmt: skip
#: Deeds of a history between two looks at whether the log of whoever did the last one tells that register.
LOOKED = 10


def _deed(what: str, meeting: Meeting, chance: random.Random) -> None:
    """Do one thing, as it comes."""
    who, which, few = chance.randrange(len(meeting.laptops)), chance.randrange(8), chance.randrange(4)
    choices: dict[str, dict[str, Any]] = {
        "edit": {"edits": [(chance.choice(EDITS), chance.randrange(4)) for _each in range(chance.randint(1, 3))]},
        "meet": {"other": which, "both": chance.random() < 0.5, "everything": chance.random() < 0.3},
        "make": {"what": chance.choice(("worker", "employer", "union", "head_count", "member")), "which": few % 2},
        "undo": {"back": which}, "decide": {"which": few, "choice": chance.choice(("mine", 1, "keep", "remove"))},
        "take": {"which": chance.randrange(100), "twice": few == 0},
        "work": {"what": chance.choice(("cover", "case", "visit", "visit", "erase")), "which": few % 2},
        "import_sheet": {"rows": [(chance.randrange(4), chance.randint(1, 4), chance.randrange(3)) for _each in range(2)]},
        "merge": {"kind": chance.choice(("worker", "employer", "union")), "which": few},
        "arrange": {
            "what": chance.choice(("aside", "group", "region", "own", "fill", "fill", "label", "setting")), "which": few % 2
        },
        "keep": {"kind": chance.choice(OTHERS), "act": chance.choice(("make", "change", "change", "remove")), "which": which},
        "give": {"everything": few == 0}, "die": {
            "which": chance.randrange(100), "after": chance.randrange(60),
            "what": chance.choice(("take", "take", "give", "decide", "undo")),
        },
        "set_clock": {"days": chance.choice((-365, -1, 0, 1, 365))},
    }  # fmt: skip
    if what in ("take", "die") and not meeting.packages:
        return
    Meeting.seen["did " + what] += 1
    getattr(meeting, what)(who, **choices[what])


def history(seed: int, deeds: int, laptops: int, empty: Register, folder: Path) -> None:
    """One history of so many deeds, the same for the same seed. AssertionError where anything was lost or differs."""
    chance = random.Random(seed)  # nothing is kept secret by it
    meeting = Meeting(empty, folder, laptops)
    try:
        meeting.begin()
        for number in range(deeds):
            _deed(chance.choices(list(DEEDS), list(DEEDS.values()))[0], meeting, chance)
            if number % LOOKED == 0:
                meeting.the_log_alone_tells_each_register()
        meeting.all_meet()
    finally:
        shutil.rmtree(meeting.folder)


def histories(count: int, deeds: int, laptops: int, folder: Path, seed: int) -> tuple[float, list[int]]:
    """So many histories from a seed on: the seconds they took, and the seeds of those in which anything went wrong.

    Keys cost little here, and two records of a kind are a bundle already: what is walked through is what people did, often.
    """
    keys.COST |= {"n": 2**10}
    bundles.FEWEST, bundles.SIZE = 2, 3
    empty, _code = register.create(folder / "none", PASSPHRASE)
    register.close_register()
    begun, wrong = time.perf_counter(), list[int]()
    for each in range(seed, seed + count):
        try:
            history(each, deeds, laptops, empty, folder)
        except Exception:  # noqa: BLE001  # whatever it is, it is told, and the others go on
            wrong.append(each)
            print(f"history {each}:\n{traceback.format_exc(limit=-6)}", flush=True)
    return time.perf_counter() - begun, wrong


def main() -> None:
    """Measure, walk, and tell."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rows", type=int, default=20_000)
    given.add_argument("--histories", type=int, default=20)
    given.add_argument("--deeds", type=int, default=120)
    given.add_argument("--laptops", type=int, default=7)
    given.add_argument("--seed", type=int, default=1)
    asked = given.parse_args()
    begin()
    with tempfile.TemporaryDirectory() as folder:
        if asked.rows:
            seconds, size = measure(asked.rows, Path(folder))
            for name, value in seconds.items():
                print(f"{name:12} {value:8.2f} s")
            print(f"{'package':12} {size / 1e6:8.2f} MB, {size / asked.rows:.0f} bytes a person")
        if asked.histories:
            took, wrong = histories(asked.histories, asked.deeds, asked.laptops, Path(folder), asked.seed)
            told = f"{asked.histories} histories of {asked.deeds} deeds on {asked.laptops} laptops: {took:.0f} s"
            print(f"{told}, wrong: {wrong or 'none'}, {dict(sorted(Meeting.seen.items()))}")
            raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
