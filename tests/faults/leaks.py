"""Nobody's number, phone or name where it does not belong, and no file that others on the computer may read."""

import stat
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.aids.speaking import PASSPHRASE
from tests.faults.deeds import DEEDS
from tests.faults.kills import begin
from tests.faults.place import Done, Place
from tests.faults.tally import Tally
from tests.faults.world import NEW_PASSPHRASE, world

#: Bytes from which on a file is searched for some of the people only: one text in so many.
_LARGE, _FEW = 1 << 18, 31


def leaks(trials: int, seed: int) -> Tally:
    """A day's work (when there is more than one trial), then so many crashes in the middle: what lies about afterwards."""
    tally = Tally("leaks")
    with TemporaryDirectory(prefix="jianhui-leaks-") as made:
        place = world().place.copy(Path(made) / "place")
        for done in _day(place) if trials > 1 else ():
            tally.trials += 1
            _printed(tally, done)
        for number in range(trials):
            tally.trials += 1
            chance = Random(seed * 1000 + number)
            deed = DEEDS[chance.choice(("import", "backup", "passphrase"))]
            fault: dict[str, object] = {
                "folder": str(place.root),
                "die_at": chance.randrange(1, 60),
                "after": 0.05 * chance.random(),
            }
            _printed(tally, begin(deed, place, fault))
            _lying_about(tally, place, f"trial {number}: {deed.name} killed at {fault['die_at']}")
        _modes(tally, place)
        _core(tally, place)
    return tally


def _core(tally: Tally, place: Place) -> None:
    """A core dump would hold the passphrase and the key: the program leaves none."""
    noted = place.root / "core size"
    place.run("batches", fault={"core": str(noted)})
    if noted.read_text("utf-8") != "0":
        tally.found("leaked", "a core dump may hold the passphrase")


def _day(place: Place) -> Iterator[Done]:
    """Verbs of every kind; what they print is masked, what they hand out lies in ``out``."""
    book = place.received / world().roster
    for verb in (
        ("import", book), ("list", "workers"), ("list", "workers", "--json"), ("batches",), ("batches", "--json"),
        ("import", book, "--returned", place.out, "--json"), ("duplicates", "workers"), ("check", "--json"),
        ("merge", *world().twins, "--plan"), ("report", "roster", "--out", place.out / "roster.pdf"),
        ("list", "workers", "--full", "--out", place.out / "full.xlsx"), ("backup",), ("undo", "1"),
        ("list", "workers", "--search", world().secrets[1], "--json"), ("figures", "--year", world().secrets[1]),
        ("undo", world().secrets[1]), ("import", place.root / "nothing.xlsx"), ("restore", place.root / "nothing.jhbak"),
    ):  # fmt: skip
        yield place.run(*verb)


def _numbers() -> list[str]:
    """Identity numbers and phones: what is never printed unasked. Names may be."""
    return [text for text in world().secrets if text[:3].isdigit()]


def _printed(tally: Tally, done: Done) -> None:
    asked = world().secrets[1]
    found = [number for number in _numbers() if number in done.said and number != asked]
    if found:
        tally.found("leaked", f"{len(found)} numbers printed", done.brief())
    if PASSPHRASE in done.said or NEW_PASSPHRASE in done.said:
        tally.found("leaked", "the passphrase is printed", done.brief())


def _lying_about(tally: Tally, place: Place, where: str) -> None:
    """Nothing readable in any file but those that were handed out."""
    codes = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    wanted = [text.encode(code) for text in (*world().secrets, PASSPHRASE, world().code) for code in codes]
    for path in sorted(place.root.rglob("*")):
        if path.is_file() and not {place.out, place.received} & set(path.parents):
            content = path.read_bytes()
            if content.startswith(b"SQLite format 3"):
                tally.found("leaked", f"{path.name} is not encrypted", where)
            # what is encrypted is large: whole pages that were not would show somebody of every few
            if any(each in content for each in (wanted if len(content) < _LARGE else wanted[::_FEW])):
                tally.found("leaked", f"{path.relative_to(place.root)} can be read", where)


def _modes(tally: Tally, place: Place) -> None:
    """Files 0600, folders 0700, in the register's folder and what was handed out; the program's umask was 022."""
    handed = [path for path in place.out.rglob("*") if path.is_file()]
    for path in (place.data, *place.data.rglob("*"), place.home / "laptop.json", *handed):
        if path.exists() and (mode := stat.S_IMODE(path.stat().st_mode)) & 0o077:
            name = path.relative_to(place.root).as_posix()
            tally.found("leaked", f"{name.split('-')[0]} has mode {mode:04o}", name)
