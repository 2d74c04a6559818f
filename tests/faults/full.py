"""The disk is full: every deed with so much free space and so much, and what can still be read meanwhile."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import disks
from tests.faults.deeds import DEEDS
from tests.faults.kills import Course, begin, course
from tests.faults.looking import look
from tests.faults.place import BLAME, Done, Place
from tests.faults.tally import Tally
from tests.faults.world import ENTRY

#: Bytes of the disk, and the most that is left free.
_DISK, _MOST = 64 << 20, 12 << 20
_LEAST = 4096


def sizes(count: int) -> Iterator[int]:
    """So many sizes of free space: none, one page, and on to where everything has room."""
    yield 0
    for number in range(count - 1):
        yield int(_LEAST * (_MOST / _LEAST) ** (number / max(1, count - 2))) // 4096 * 4096


def full(name: str, trials: int, _seed: int) -> Tally:
    """Do one deed of :data:`DEEDS` at so many sizes of free space."""
    tally = Tally(f"full: {name}", trials, disks.missing())
    if tally.skipped:
        return tally
    with TemporaryDirectory(prefix="jianhui-full-") as made:
        folder = Path(made)
        usual = course(name)
        for free in sizes(trials):
            with disks.in_memory(folder / "disk", _DISK) as disk:
                place = usual.deed.begin().copy(disk / "laptop")
                ballast = disks.leave_free(disk, free)
                done = begin(usual.deed, place)
                where = f"{free // 1024} kB free"
                _words(tally, usual, done, where)
                ballast.unlink()
                _state(tally, usual, place, done, where)
    return tally


def _words(tally: Tally, usual: Course, done: Done, where: str) -> None:
    if done.bad_words:
        tally.found("wrong", done.bad_words, where)
    elif done.code == 1 and BLAME.search(done.said):
        tally.found("wrong", f"called damage: {done.brief()}", where)
    elif done.code == 0 and not usual.deed.acknowledged(done):
        tally.found("wrong", f"exit 0 without saying so: {done.brief()}", where)


def _state(tally: Tally, usual: Course, place: Place, done: Done, where: str) -> None:
    """What is there once there is room again: as it was told, whole, and ready for the next verb."""
    deed, told = usual.deed, usual.deed.acknowledged(done)
    if deed.name == "creation" and not told:
        again = begin(deed, place)
        if again.code != 0:
            tally.found("half", f"cannot be done again: {again.brief()}", where)
        return
    # what was told is looked at as it is; otherwise the older passphrase must still be the right one
    secret = deed.secrets[-1] if told else deed.secrets[0]
    seen = look(place.data, secret, deed.journaled)
    if seen.trouble:
        tally.found("lost", f"{'told as done' if told else 'told as not done'}, but {seen.trouble}", where)
        return
    stored = seen.batches != usual.before.batches
    changes = usual.after.batches != usual.before.batches
    if deed.name != "migration" and changes and stored != told:
        fault, what = ("lost", "told as done, not stored") if told else ("wrong", f"stored, but told: {done.brief()}")
        tally.found(fault, what, where)
    if stored and not seen.between(usual.before, usual.after) and seen.batches != usual.after.batches:
        tally.found("half", f"batches {seen.batches[-3:]}", where)
    following = place.run(*ENTRY, "以后", JIANHUI_PASSPHRASE=secret)
    if following.code != 0:
        tally.found("lost", f"with room again the next verb fails: {following.brief()}", where)


#: Verbs that only read; the last hands a paper out to another disk.
READING = (("list", "workers"), ("check",), ("report", "roster", "--out"))


def reading(trials: int, _seed: int) -> Tally:
    """Read at so many sizes of free space: that needs no room."""
    tally = Tally("full: reading", skipped=disks.missing())
    if tally.skipped:
        return tally
    with TemporaryDirectory(prefix="jianhui-full-") as made:
        folder = Path(made)
        with disks.in_memory(folder / "disk", _DISK) as disk:
            place = DEEDS["import"].begin().copy(disk / "laptop")
            for free in sizes(trials):
                ballast = disks.leave_free(disk, free)
                for number, verb in enumerate(READING):
                    paper = [folder / f"paper{number}.pdf"] if verb[-1] == "--out" else []
                    done = place.run(*verb, *paper)
                    tally.trials += 1
                    if done.code != 0:
                        tally.found("wrong", f"{verb[0]}: {done.bad_words or done.brief()}", f"{free // 1024} kB free")
                ballast.unlink()
    return tally
