"""Several programs at once: writers, importers and loops of backups over one register, and what they told is there once."""

import json
import re
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.aids.speaking import workbook
from tests.faults.looking import look
from tests.faults.place import BLAME, Done, Place
from tests.faults.tally import Tally
from tests.faults.world import world

#: What the program may say when another one has the register.
BUSY = re.compile(r"正被|另一个|稍后再试")


@dataclass
class Loop:
    """One program after another with the same work: what each ended with, and when."""

    done: list[tuple[str, Done]] = field(default_factory=list)


def writers(count: int, seconds: int, _seed: int) -> Tally:
    """So many writers (every third imports), two loops of backups and a reader, for so many seconds."""
    tally = Tally(f"writers: {count}")
    with TemporaryDirectory(prefix="jianhui-writers-") as made:
        place = world().place.copy(Path(made) / "place")
        end = time.monotonic() + seconds
        with ThreadPoolExecutor() as pool:
            writing = [
                pool.submit(_importing if number % 3 == 2 else _adding, place, number, end) for number in range(count)
            ]
            outside = pool.submit(_backing_up, place, end, place.out)
            inside = pool.submit(_backing_up, place, end, None)
            reading = pool.submit(_reading, place, end)
        loops = [each.result() for each in (*writing, outside, inside, reading)]
        for loop in loops:
            for what, done in loop.done:
                tally.trials += 1
                _words(tally, what, done)
        _acknowledged(tally, place, [each.result() for each in writing])
        for what, done in (*outside.result().done, *inside.result().done):
            if done.code == 0:
                _sound(tally, place, Path(json.loads(done.out)["backup"]), what)
    return tally


def _adding(place: Place, number: int, end: float) -> Loop:
    loop = Loop()
    while time.monotonic() < end:
        title = f"w{number}-{len(loop.done)}"
        verb = ("ledger", "add", "--kind", "劳动争议调解", "--date", "2026-01-05", "--title", title)
        loop.done.append((title, place.run(*verb, "--json")))
    return loop


def _importing(place: Place, number: int, end: float) -> Loop:
    loop = Loop()
    while time.monotonic() < end:
        title = f"甲{number}乙{len(loop.done)}丙"
        path = workbook(
            place.root / f"{title}.xlsx", {"名单": [["姓名", "手机"], [title, f"1992{number}{len(loop.done):06}"]]}
        )
        loop.done.append((title, place.run("import", path, "--json")))
    return loop


def _backing_up(place: Place, end: float, folder: Path | None) -> Loop:
    loop = Loop()
    while time.monotonic() < end:
        out = [] if folder is None else [folder / f"{len(loop.done)}.jhbak"]
        loop.done.append(("backup", place.run("backup", *out, "--json")))
    return loop


def _reading(place: Place, end: float) -> Loop:
    loop = Loop()
    while time.monotonic() < end:
        loop.done.append(("list", place.run("list", "workers", "--json")))
    return loop


def _words(tally: Tally, what: str, done: Done) -> None:
    if done.bad_words:
        tally.found("wrong", done.bad_words, what)
    elif BLAME.search(done.said):
        tally.found("wrong", f"damage where there is none: {done.brief()}", what)
    elif done.code == 1 and not BUSY.search(done.err):
        tally.found("wrong", f"{done.brief()}", what)


def _acknowledged(tally: Tally, place: Place, loops: list[Loop]) -> None:
    """What was told as stored is there once, what was told as not stored is not there."""
    seen = look(place.data)
    if seen.trouble:
        tally.found("lost", seen.trouble)
        return
    held = Counter(each["title"] for each in place.told("ledger", "list")["ledger"])
    held.update(each["name"] for each in place.told("list", "workers")["workers"])
    for title, done in (each for loop in loops for each in loop.done):
        if done.code == 0 and held[title] != 1:
            tally.found("lost", f"told as stored, there {held[title]} times", title)
        elif done.code != 0 and held[title] and not done.out.strip():
            tally.found("wrong", f"stored, but told: {done.brief()}", title)


def _sound(tally: Tally, place: Place, path: Path, what: str) -> None:
    """A finished backup opens and is sound. The register's own may have been thinned away since."""
    if not path.exists():
        if path.parent == place.out:
            tally.found("lost", "a finished backup is not there", what)
        return
    other = Place(place.root / "restored").made()
    done = other.run("restore", path)
    seen = look(other.data) if done.code == 0 else None
    if seen is None or seen.trouble:
        tally.found("lost", f"a finished backup is worthless: {seen.trouble if seen else done.brief()}", path.name)
