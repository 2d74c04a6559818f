"""The drive by place: the funnel of each district, its towns, their communities; each count with its employers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from models.drive.list import GROUPS, DriveRow
from models.values.region_index import DISTRICT_LEVELS, RegionIndex


@dataclass
class DrivePlace:
    """A region (``uid``, None for employers without one) and all employers in it, its own and those of ``parts``.

    ``threshold``: from so many people on an employer is to have a union.
    """

    uid: str | None
    name: str
    threshold: int
    rows: list[DriveRow] = field(default_factory=list)
    parts: list["DrivePlace"] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """How many employers stand in each group of the funnel, and "employers" in all."""
        groups = Counter(row.group for row in self.rows)
        return {"employers": len(self.rows), **{group: groups[group] for group in GROUPS}}


    @property
    def covered(self) -> float | None:
        """Percent of the employers at the threshold that a union covers, cut to one decimal; None without any such."""
        reached = [row for row in self.rows if row.staff_count is not None and row.staff_count >= self.threshold]
        have = sum(1 for row in reached if row.group != "on_list")
        return have * 1000 // len(reached) / 10 if reached else None


def by_place(rows: Iterable[DriveRow], index: RegionIndex, threshold: int) -> list[DrivePlace]:
    """The districts with employers, in the order of the regions, those without a region last.

    Below a district are its towns, below a town its communities, parks and buildings. An employer whose region is known
    only down to a level counts at that level and above.
    """
    whole = DrivePlace(None, "", threshold)
    known: dict[str | None, DrivePlace] = {}
    lines: dict[str | None, list[str]] = {}
    for row in rows:
        if row.region_uid not in lines:
            lines[row.region_uid] = _line(row.region_uid, index)
        above = whole
        for uid in lines[row.region_uid] or (None,):
            place = known.get(uid)
            if place is None:
                place = known[uid] = DrivePlace(uid, index.name(uid) if uid else "", threshold)
                above.parts.append(place)
            place.rows.append(row)
            above = place
    order: dict[str | None, int] = {uid: number for number, uid in enumerate(index.entries)}
    for place in (whole, *known.values()):
        place.parts.sort(key=lambda each: order.get(each.uid, len(order)))
    return whole.parts


def _line(uid: str | None, index: RegionIndex) -> list[str]:
    """From the district down, at most three levels; empty without a region, the city alone for the city."""
    if uid is None or uid not in index.entries:
        return []
    line = [each for each in reversed(index.line(uid)) if index.level(each) != "city"] or [uid]
    district = next((place for place, each in enumerate(line) if index.level(each) in DISTRICT_LEVELS), 0)
    return line[district : district + 3]
