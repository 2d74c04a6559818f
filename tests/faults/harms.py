"""The harms by name, and how often each is done: at length by hand, a few times in the suite."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.faults.deeds import DEEDS
from tests.faults.flips import FLIPPED, flips
from tests.faults.full import full, reading
from tests.faults.hostile import hostile
from tests.faults.kills import KILLED, kills
from tests.faults.leaks import leaks
from tests.faults.odd_places import odd_names, odd_places
from tests.faults.power import CUT, cuts
from tests.faults.tally import Tally
from tests.faults.writers import writers


@dataclass(frozen=True)
class Harm:
    """A harm: ``do(trials, seed)``, and its trials in the long form and, when nothing else is said, in the short one.

    Trials are seconds for the writers; those that go through a fixed list take no notice of it.
    """

    do: Callable[[int, int], Tally]
    long: int
    short: int


HARMS: dict[str, Harm] = {
    **{f"kill: {name}": Harm(partial(kills, name), 200, 20) for name in KILLED},
    **{f"power: {name}": Harm(partial(cuts, name), 100, 20) for name in CUT},
    **{f"full: {name}": Harm(partial(full, name), 20, 20) for name in DEEDS},
    "full: reading": Harm(reading, 20, 20),
    **{f"flip: {what}": Harm(partial(flips, what), 200, 20) for what in FLIPPED},
    **{f"writers: {count}": Harm(partial(writers, count), 60, 20) for count in (2, 3)},
    "places: odd": Harm(odd_places, 1000, 20),
    "places: names": Harm(odd_names, 10, 10),
    "leaks": Harm(leaks, 40, 20),
    "hostile": Harm(hostile, 100, 100),
}
