"""Odd places: folders that cannot be written, homes that are not there, clocks that are wrong, names of every kind."""

import functools
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.faults.deeds import DEEDS
from tests.faults.looking import look
from tests.faults.place import BLAME, Done, Place
from tests.faults.tally import Tally
from tests.faults.world import ENTRY, world

#: Starts a program without the rights that let root write anywhere.
PLAIN = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
READING = (("list", "workers"), ("check",), ("batches",), ("figures",), ("report", "roster", "--out"))
WRITING = ("import", "undo", "form edit", "merge", "ledger add", "due rule", "backup", "restore", "passphrase")
NAMES = (
    "建会 数据", "emoji 🙂👩‍👩‍👧", "100%25%s%d", "it's \"quoted\"", "a;b&c$(d)`e`", "-dash", "换\n行", "deep/" * 20 + "er", "长" * 80,
    "x" * 250,
)  # fmt: skip


@dataclass(frozen=True)
class Odd:
    """An odd place: how it is made of a usual one, and whether what writes must work there too."""

    name: str
    make: Callable[[Place], None]
    writable: bool
    options: dict[str, object]


def _nothing(_place: Place) -> None:
    pass


def _read_only(folder: Callable[[Place], Path]) -> Callable[[Place], None]:
    def make(place: Place) -> None:
        top = folder(place)
        top.mkdir(exist_ok=True)
        for path in (top, *top.rglob("*")):
            path.chmod(0o500 if path.is_dir() else 0o400)

    return make


def _no_home(place: Place) -> None:
    shutil.rmtree(place.home)
    place.home.write_text("a file, not a folder", "utf-8")


def odds() -> Iterator[Odd]:
    """All odd places but those that are only called so."""
    yield Odd("a folder that is read-only", _read_only(lambda place: place.data), writable=False, options={})
    yield Odd("a home that is read-only", _read_only(lambda place: place.home), writable=True, options={})
    yield Odd("a home that is a file", _no_home, writable=True, options={})
    yield Odd(
        "a temporary folder that is read-only", _read_only(lambda place: place.root / "tmp"), writable=True, options={}
    )
    yield Odd("backups that are read-only", _read_only(lambda place: place.data / "backups"), writable=True, options={})
    for days in (-365, 365):
        yield Odd(f"a clock {days} days off", _nothing, writable=True, options={"fault": {"days": days}})


def odd_places(trials: int, seed: int) -> Tally:
    """Every verb in every odd place, or so many of them by chance: it works, or says one true sentence."""
    tally = Tally("places: odd")
    with TemporaryDirectory(prefix="jianhui-odd-") as made:
        folder = Path(made)
        every = [(odd, what) for odd in odds() for what in (*READING, *WRITING)]
        for odd, what in Random(seed).sample(every, trials) if trials < len(every) else every:
            tally.trials += 1
            if isinstance(what, str):
                _write(tally, odd, what, folder)
            else:
                _read(tally, odd, what, folder)
    return tally


def _read(tally: Tally, odd: Odd, verb: tuple[str, ...], folder: Path) -> None:
    place = _made(world().place.copy(folder / "place"), odd)
    paper = [place.out / "paper.pdf"] if verb[-1] == "--out" else []
    done = place.run(*verb, *paper, **_options(odd))
    _words(tally, done, f"{odd.name}: {verb[0]}")
    if done.code != 0:
        tally.found("wrong", f"{odd.name}: reading does not work", f"{verb[0]}: {done.brief()}")


def _write(tally: Tally, odd: Odd, name: str, folder: Path) -> None:
    deed = DEEDS[name]
    place = _made(deed.begin().copy(folder / "place"), odd)
    before = _content(place)
    done = place.run(*deed.verb(world(), place), **{**_options(odd), **deed.environment})
    where = f"{odd.name}: {name}"
    _words(tally, done, where)
    if done.code == 0 and not deed.acknowledged(done):
        tally.found("wrong", "exit 0 without saying that it is done", where)
    elif done.code == 1 and not deed.acknowledged(done) and odd.writable and odd.name.startswith(("a clock", "a home")):
        tally.found("wrong", f"{odd.name}: writing does not work", f"{name}: {done.brief()}")
    if not odd.writable and _content(place) != before:
        tally.found("lost", "something was changed in a read-only folder", where)
    for path in (place.root, *place.root.rglob("*")):
        path.chmod(0o700)
    seen, told = look(place.data, deed.secrets[-1 if deed.acknowledged(done) else 0]), deed.acknowledged(done)
    if seen.trouble:
        tally.found("lost", seen.trouble, where)
    elif name not in ("backup", "passphrase") and (seen.batches != _usual_batches()) != told:
        what = "told as done, not stored" if told else f"stored, but told: {done.brief()}"
        tally.found("lost" if told else "wrong", what, where)


@functools.cache
def _usual_batches() -> tuple[tuple[str, int], ...]:
    with TemporaryDirectory(prefix="jianhui-odd-") as made:
        return look(world().place.copy(Path(made) / "place").data).batches


def _content(place: Place) -> bytes:
    return (place.data / "register.db").read_bytes()


def _words(tally: Tally, done: Done, where: str) -> None:
    if done.bad_words:
        tally.found("wrong", done.bad_words, where)
    elif done.code == 1 and BLAME.search(done.said):
        tally.found("wrong", f"called damage: {done.brief()}", where)


def _made(place: Place, odd: Odd) -> Place:
    odd.make(place)
    return place


def _options(odd: Odd) -> dict[str, object]:
    return {"before": PLAIN if os.geteuid() == 0 else (), **odd.options}


def odd_names(trials: int, seed: int) -> Tally:
    """A register in folders with so many kinds of names: made, filled, backed up, restored and read there."""
    tally = Tally("places: names")
    with TemporaryDirectory(prefix="jianhui-names-") as made:
        for number, name in enumerate(Random(seed).sample(NAMES, min(trials, len(NAMES)))):
            place = Place(Path(made) / str(number)).made()
            data = place.root / name
            book, backup = world().place.received / world().roster, place.out / "b.jhbak"
            for verb in (
                ("init",), ("import", book), (*ENTRY, "一"), ("list", "workers"), ("backup", backup), ("check",),
                ("restore", backup), ("batches",), ("undo", "1"),
            ):  # fmt: skip
                done = place.run(*verb, fault={"quick_keys": True}, JIANHUI_DATA=str(data))
                tally.trials += 1
                _words(tally, done, f"{name[:20]!r}: {verb[0]}")
                if done.code != 0:
                    tally.found("wrong", f"{verb[0]} does not work in {name[:20]!r}", done.brief())
                    break
    return tally
