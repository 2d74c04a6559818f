"""How places are covered (小三级): of each town, community, park and building what lies in it and below it, as of a day.

The numbers of a place are those of everything below it too, so that they cannot be added up. They are the indicators' own: the
employers of ``coverage_employers``, the members of ``members``, the unions that make ``small_three``.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from models.figures.counts import by_regions
from models.figures.facts import Inquiry, Period, Scope
from models.figures.tables import cut
from models.figures.units import reaching, small_three
from models.records.region import Region
from models.records.union import Union
from models.standing.standing import Standing
from models.values.region_index import SEPARATOR, RegionIndex


@dataclass(frozen=True, slots=True)
class PlaceCoverage:
    """A region with what lies in it: ``depth`` steps below the one that was asked for.

    ``employers``: those that are there and work; ``large`` of them are non-public and reach the line, ``covered`` of these have a
    union in being; of ``unknown`` it is not known whether they reach it. ``members``: of the unions there. ``has_union``: for a
    region of dense employment whether it has the union that the small three levels want, None for others.
    """

    uid: str
    name: str
    path: str
    level: str
    depth: int
    dense: bool
    aliases: tuple[str, ...]
    employers: int
    large: int
    covered: int
    unknown: int
    members: int
    has_union: bool | None

    @property
    def share(self) -> float | None:
        """Percent of the large ones that are covered, cut; None where there is none."""
        return cut(Fraction(100 * self.covered, self.large)) if self.large else None

    @property
    def empty(self) -> bool:
        """True where there is nothing to tell."""
        return not (self.employers or self.members or self.dense)


def place_coverage(day: dt.date, region: str = "", standing: Standing | None = None) -> list[PlaceCoverage]:
    """A region (uid, "" for all districts) and all below it, each followed by what lies in it."""
    asked = Inquiry(Period(day, day), given=standing)
    index = asked.index
    sums = _sums(asked)
    (members,) = by_regions(["members"], "union", Scope(), asked.period, asked)
    where: Any = Union.select(Union.uid, Union.region).where(Union.region.is_null(False)).tuples()
    for union, place in where:
        if union in members:
            _add(sums, place, "members", members[union].part, index)
    dense = {fact.uid: bool(fact.state) for fact in small_three(asked).listed}
    fields: Any = Region.select(Region.uid, Region.dense, Region.aliases).tuples()
    known = {uid: (bool(marked), aliases or "") for uid, marked, aliases in fields}
    found = []
    for uid, depth in _walk(index, [region] if region else _tops(index)):
        marked, aliases = known[uid]
        held = sums[uid]
        found.append(PlaceCoverage(
            uid, index.name(uid), index.path(uid), index.level(uid), depth, marked, tuple(filter(None, aliases.split(SEPARATOR))),
            held["employers"], held["large"], held["covered"], held["unknown"], held["members"], dense.get(uid),
        ))  # fmt: skip
    return found


def _tops(index: RegionIndex) -> list[str]:
    """The districts: whatever lies directly in the city."""
    return [uid for uid in index.entries if index.level(uid) != "city" and index.level(index.above.get(uid, uid)) == "city"]


def _walk(index: RegionIndex, tops: Iterable[str]) -> Iterator[tuple[str, int]]:
    waiting, seen = [(uid, 0) for uid in tops][::-1], set[str]()
    while waiting:
        uid, depth = waiting.pop()
        if uid in seen:  # two merged registers could close a circle
            continue
        seen.add(uid)
        yield uid, depth
        waiting += [(child, depth + 1) for child in reversed(index.children(uid))]


def _sums(asked: Inquiry) -> dict[str, Counter[str]]:
    """What lies in each region and below it of the employers of the day."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for row in asked.employers:
        if row["left_out"] != "gone":
            _add(sums, row["region"], "employers", 1, asked.index)
    for row, sure in reaching(asked):
        if not sure:
            _add(sums, row["region"], "unknown", 1, asked.index)
            continue
        _add(sums, row["region"], "large", 1, asked.index)
        if row["active"]:
            _add(sums, row["region"], "covered", 1, asked.index)
    return sums


def _add(sums: dict[str, Counter[str]], region: str | None, name: str, count: int, index: RegionIndex) -> None:
    for place in index.line(region) if region in index.entries else ():
        sums[place][name] += count
