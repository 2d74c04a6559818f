"""One bit flips in the register, its key file or a backup: opened right, or told as damage, and never written over."""

import json
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from tests.faults.looking import look
from tests.faults.place import DAMAGE, WRONG_PASSPHRASE, Done, Place
from tests.faults.tally import Tally
from tests.faults.world import ENTRY, world

#: What is flipped.
FLIPPED = ("register", "key", "backup")


def flips(what: str, trials: int, seed: int) -> Tally:
    """Flip so many bits of one of :data:`FLIPPED`, one at a time, and use the register as if nothing had happened."""
    tally = Tally(f"flip: {what}", trials)
    chance = Random(seed)
    harm = {"register": _register, "key": _key, "backup": _backup}[what]
    with TemporaryDirectory(prefix="jianhui-flips-") as made:
        for number in range(trials):
            place = world().place.copy(Path(made) / "place")
            harm(tally, place, chance, number)
    return tally


def _flip(path: Path, chance: Random, number: int) -> str:
    content = bytearray(path.read_bytes())
    at = chance.randrange(len(content))
    content[at] ^= 1 << chance.randrange(8)
    path.write_bytes(content)
    return f"trial {number}: byte {at} of {len(content)}"


def _rightly_told(tally: Tally, done: Done, where: str) -> bool:
    """True when the verb worked. What it says otherwise must be that something is damaged."""
    if done.bad_words:
        tally.found("wrong", done.bad_words, where)
    elif WRONG_PASSPHRASE.search(done.said):
        tally.found("wrong", f"damage is called a wrong passphrase: {done.brief()}", where)
    elif done.code != 0 and not DAMAGE.search(done.said):
        tally.found("wrong", f"not told as damage: {done.brief()}", where)
    return done.code == 0


def _as_ever(tally: Tally, done: Done, where: str) -> None:
    """A list that was answered must be the right one."""
    if json.loads(done.out) != _usual_list():
        tally.found("lost", "lists other people than there are", where)


@cache
def _usual_list() -> Any:
    return json.loads(_list(world().place).out)


def _list(place: Place) -> Done:
    return place.run("list", "workers", "--json")


def _register(tally: Tally, place: Place, chance: Random, number: int) -> None:
    """A page of the register: a writing verb must see it before it writes; sometimes the first verb writes, mostly it reads."""
    path = place.data / "register.db"
    where = _flip(path, chance, number)
    harmed = path.read_bytes()
    if number % 3:
        done = _list(place)
        if _rightly_told(tally, done, where):
            _as_ever(tally, done, where)
    wrote = place.run(*ENTRY, "损坏以后")
    if _rightly_told(tally, wrote, where):
        checked = place.run("check", "--json")
        if checked.code != 0:
            tally.found("lost", "written into a register that is damaged", where)
        return
    # what was there is the only thing that a rescue has; a repair may put it aside but must not change it
    if not any(each.is_file() and each.read_bytes() == harmed for each in place.data.rglob("*")):
        tally.found("lost", "the damaged file itself was changed", where)


def _key(tally: Tally, place: Place, chance: Random, number: int) -> None:
    """The key file, of which there may be several: one of them at a time."""
    held = sorted(path for path in place.data.iterdir() if "key" in path.name)
    where = f"{(path := chance.choice(held)).name}, {_flip(path, chance, number)}"
    done = _list(place)
    if _rightly_told(tally, done, where):
        _as_ever(tally, done, where)
    code = place.run("batches", "--json", JIANHUI_PASSPHRASE=world().code)
    _rightly_told(tally, code, f"{where}, recovery code")
    wrong = place.run("batches", "--json", JIANHUI_PASSPHRASE="不是这一个口令 2026")
    if wrong.code == 0 or wrong.bad_words:
        tally.found("wrong", f"a wrong passphrase: {wrong.brief()}", where)


def _backup(tally: Tally, place: Place, chance: Random, number: int) -> None:
    """A backup: taken right or not at all; what was there stays until the other is known to be whole."""
    path = place.received / world().backup
    where = _flip(path, chance, number)
    before = look(place.data)
    done = place.run("restore", path)
    worked = _rightly_told(tally, done, where)
    seen = look(place.data)
    if seen.trouble:
        tally.found("lost", f"after the restore: {seen.trouble}", where)
    elif not worked and seen != before:
        tally.found("lost", "a refused backup changed the register", where)
    elif worked and seen.batches != before.batches[:1]:
        tally.found("lost", f"restored to {len(seen.batches)} batches", where)
