"""The program killed without warning, at every moment it touches the disk and in between."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.faults.deeds import DEEDS, Deed
from tests.faults.looking import Seen, look
from tests.faults.place import WRONG_PASSPHRASE, Done, Place
from tests.faults.tally import Tally
from tests.faults.world import ENTRY, world

#: Those that the promise is made for.
KILLED = (
    "import", "undo", "form edit", "merge", "due rule", "pasted block", "handin", "paper", "exchange give", "exchange take",
    "exchange decide", "undo decision", "worklist tick", "worklist read", "cards", "backup", "restore", "passphrase", "creation",
    "migration",
)  # fmt: skip
#: Seconds that a kill may come after a moment: within what follows it.
_LATER = 0.02


@dataclass(frozen=True)
class Course:
    """How a deed goes when nothing harms it: the states before and after it, and its moments."""

    deed: Deed
    before: Seen
    after: Seen
    moments: list[str]


@cache
def course(name: str) -> Course:
    """Let a deed of :data:`DEEDS` go its way once, unharmed; the harms that do the same deed share it."""
    deed = DEEDS[name]
    with TemporaryDirectory(prefix="jianhui-course-") as made:
        folder = Path(made)
        place = deed.begin().copy(folder / "course")
        before = Seen() if not place.data.exists() else look(place.copy(folder / "before").data, journaled=deed.journaled)
        told = folder / "moments.json"
        done = begin(deed, place, {"count": str(told), "folder": str(folder)})
        assert done.code == 0, f"{name}: {done.said}"
        assert deed.acknowledged(done), f"{name}: {done.said}"
        after = look(place.data, deed.secrets[-1], deed.journaled)
        assert not after.trouble, f"{name}: {after.trouble}"
        return Course(deed, before, after, json.loads(told.read_text("utf-8")))


def begin(deed: Deed, place: Place, fault: dict[str, object] | None = None) -> Done:
    """Do a deed in a place, under a fault (see ``child.py``) or none."""
    return place.run(*deed.verb(world(), place), fault={"quick_keys": True} | (fault or {}), **deed.environment)


def kills(name: str, trials: int, seed: int) -> Tally:
    """Kill one deed of :data:`KILLED` so often, and look each time at what is left."""
    tally = Tally(f"kill: {name}", trials)
    with TemporaryDirectory(prefix="jianhui-kills-") as made:
        folder = Path(made)
        usual = course(name)
        for number, fault in enumerate(_faults(usual.moments, trials, seed)):
            place = usual.deed.begin().copy(folder / "place")
            done = begin(usual.deed, place, fault | {"folder": str(folder)})
            at, after = int(str(fault["die_at"])), float(str(fault["after"]))
            where = f"trial {number}: {usual.moments[at - 1]} ({at} of {len(usual.moments)}) + {after * 1000:.1f} ms"
            if done.bad_words:
                tally.found("wrong", done.bad_words, where)
            judge(tally, usual, place, done, writing_first=number % 2 == 1, where=where)
    return tally


def _faults(moments: Sequence[str], trials: int, seed: int) -> list[dict[str, object]]:
    """Half of the kills at the moments that touch files, one after the other; half after any, a little later."""
    chance = Random(seed)
    files = [number for number, name in enumerate(moments, 1) if not name.startswith("sql")]
    chance.shuffle(files)
    found: list[dict[str, object]] = []
    for number in range(trials):
        if number % 2 == 0 and files:
            found.append({"die_at": files[number // 2 % len(files)], "after": 0})
        else:
            found.append({"die_at": chance.randrange(len(moments)) + 1, "after": chance.random() * _LATER})
    return found


def judge(tally: Tally, usual: Course, place: Place, done: Done, *, writing_first: bool, where: str) -> None:
    """What the next start finds after a harm: all or nothing, what was told, and no wrong word."""
    deed, acknowledged = usual.deed, usual.deed.acknowledged(done)
    if deed.name == "creation" and not acknowledged and _made_anew(tally, place, where):
        return
    if deed.name == "creation" and (shown := deed.said.search(done.said)):
        tried = place.run("batches", "--json", JIANHUI_PASSPHRASE=shown[0])
        if tried.code != 0:
            tally.found("lost", f"the recovery code that was shown opens nothing: {tried.brief()}", where)
    secret = _opening_secret(tally, usual, place, acknowledged, where)
    if secret is None:
        return
    verb = (*ENTRY, "以后") if writing_first else ("batches", "--json")
    next_one = place.run(*verb, JIANHUI_PASSPHRASE=secret)
    if next_one.code != 0:
        fault = "wrong" if next_one.bad_words else "lost"
        tally.found(fault, f"the next verb ({verb[0]}) fails: {next_one.brief()}", where)
        return
    seen = look(place.data, secret, deed.journaled)
    if seen.trouble:
        tally.found("half" if "log" in seen.trouble else "lost", seen.trouble, where)
        return
    if writing_first:
        seen = _without_newest(seen)
    if acknowledged and seen.batches != usual.after.batches:
        tally.found("lost", f"told as done, but {len(seen.batches)} batches", where)
    elif not (seen.between(usual.before, usual.after) or _same(seen, usual.after) or _same(seen, usual.before)):
        tally.found("half", f"batches {seen.batches[-3:]} are neither before nor after", where)
    _whole_backups(tally, place, secret, deed.journaled, where)


def _without_newest(seen: Seen) -> Seen:
    """As it was before the entry that the first verb added."""
    records = seen.records | {"ledger_entry": seen.records["ledger_entry"] - 1}
    return Seen(seen.batches[:-1], records, seen.trouble)


def _same(seen: Seen, other: Seen) -> bool:
    return seen.batches == other.batches and seen.records == other.records


def _made_anew(tally: Tally, place: Place, where: str) -> bool:
    """After a creation that told nothing: it is there and opens, or it can be done again, or a sentence says why not."""
    again = begin(DEEDS["creation"], place)
    if again.bad_words:
        tally.found("wrong", f"created again: {again.bad_words}", where)
    if again.code == 0:
        seen = look(place.data)
        if seen.trouble:
            tally.found("half", f"created again, but it {seen.trouble}", where)
        return True
    if WRONG_PASSPHRASE.search(again.said):
        tally.found("wrong", f"created again: {again.brief()}", where)
    return False


def _opening_secret(tally: Tally, usual: Course, place: Place, acknowledged: bool, where: str) -> str | None:
    """The passphrase that opens the register now; None when none does, or one that must not."""
    wanted = usual.deed.secrets[-1:] if acknowledged else usual.deed.secrets
    if len(usual.deed.secrets) == 1:
        return wanted[0]  # the verb that is to be the first says whether it does
    said = ""
    for secret in wanted:
        tried = place.run("batches", "--json", JIANHUI_PASSPHRASE=secret)
        if tried.bad_words:
            tally.found("wrong", tried.bad_words, where)
        if tried.code == 0:
            return secret
        said = tried.brief()
    tally.found("lost", f"nothing opens it any more: {said}", where)
    return None


def _whole_backups(tally: Tally, place: Place, secret: str, journaled: bool, where: str) -> None:
    """Every backup that has its name is whole: restored elsewhere it opens and is sound."""
    known = {path.name for path in (world().place.data / "backups").glob("*")}
    for path in (place.data / "backups").glob("*.jhbak"):
        if path.name in known:
            continue
        other = Place(place.root / "restored").made()
        done = other.run("restore", path, JIANHUI_PASSPHRASE=secret)
        if WRONG_PASSPHRASE.search(done.said):
            continue  # made before the passphrase was changed
        seen = look(other.data, secret, journaled) if done.code == 0 else Seen(trouble=done.brief())
        if seen.trouble:
            tally.found("lost", f"a finished backup is worthless: {seen.trouble}", where)
