"""The power goes out: an ext4 disk in a file is copied as it is at that moment, mounted again, and looked at.

The copy holds what the file system had written to its disk and nothing that waited in memory; mounting it plays back the
journal, as a laptop does when it starts again. The moment is the end of a deed or any moment within it; then the power goes
at once, after another program has flushed a file of its own (the journal is written, data that waits is not), or later.
"""

import time
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.faults import disks
from tests.faults.kills import Course, begin, course, judge
from tests.faults.place import Place
from tests.faults.tally import Tally

#: Those that the promise is made for.
CUT = ("creation", "passphrase", "import", "restore")
#: What happens between the moment and the cut, some more often than others. ext4 writes its journal every five seconds.
_MEANWHILE = ("nothing", "a flush", "a flush", "a flush", "six seconds")


def cuts(name: str, trials: int, seed: int) -> Tally:
    """Let the power go out so often during or after one deed of :data:`CUT`."""
    tally = Tally(f"power: {name}", trials, disks.missing())
    if tally.skipped:
        return tally
    chance = Random(seed)
    with TemporaryDirectory(prefix="jianhui-power-") as made:
        folder = Path(made)
        usual = course(name)
        image = folder / "image"
        disks.make(image)
        with disks.mounted(image, folder / "disk") as disk:
            usual.deed.begin().copy(disk / "laptop")
        for number in range(trials):
            _cut(tally, usual, folder, number, chance)
    return tally


def _cut(tally: Tally, usual: Course, folder: Path, number: int, chance: Random) -> None:
    """One power cut: every third after the deed, the others within it."""
    image, at = folder / "trial", 0
    disks.copy(folder / "image", image)
    fault: dict[str, object] | None = None
    if number % 3:
        at = chance.randrange(len(usual.moments)) + 1
        fault = {"folder": str(folder), "die_at": at}
    meanwhile = "a flush" if number == 0 else chance.choice(_MEANWHILE)
    moment = f"{usual.moments[at - 1]} ({at} of {len(usual.moments)})" if at else "after the end"
    where = f"trial {number}: {moment}, then {meanwhile}"
    with disks.mounted(image, folder / "disk") as disk:
        done = begin(usual.deed, Place(disk / "laptop"), fault)
        if meanwhile == "a flush":
            disks.write_back(disk)
        elif meanwhile == "six seconds":
            time.sleep(6)
        disks.copy(image, folder / "cut")
    with disks.mounted(folder / "cut", folder / "disk") as disk:
        place = Place(disk / "laptop").made()
        judge(tally, usual, place, done, writing_first=number % 2 == 1, where=where)
