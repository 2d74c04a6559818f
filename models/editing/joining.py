"""Which union a person could join: the employer's, else the trade's, else the one where the person lives.

Rule: membership follows the work (会籍管理办法 2016, article 3); whoever has no employer's union joins one of the trade or
the nearest of community and town where he or she lives, so that nobody who wants to join is left without one.
"""

import datetime as dt
from dataclasses import dataclass

from models.records.employer import Coverage, Employer
from models.records.group import wordings
from models.records.union import Union
from models.values import codes
from models.values.name_order import in_order
from models.values.region_index import RegionIndex

#: Types of union for a whole trade, and for a place.
_OF_TRADE = ("行业性工会联合会", "联合基层工会", "工会联合会")
_OF_PLACE = ("村（社区）工会", "园区（开发区）工会", "区域性工会联合会", "乡镇（街道）工会")
#: Regions in which people are taken in by residence: a district's federation takes in nobody itself.
_PLACES = frozenset({"building", "park", "community", "town"})


@dataclass(frozen=True)
class JoinableUnion:
    """A union that a person could join. ``basis``: why, a label of 入会归属依据 (用人单位 行业 工作地 居住地)."""

    union: str
    name: str
    basis: str


def taking_in(today: dt.date) -> list[Union]:
    """The unions that people can join today."""
    return in_order((row for row in Union.select().order_by(Union.uid) if _in_being(row, today)), lambda row: row.name)


def candidates(
    employer: str | None, group: str | None, residence: str | None, unions: list[Union], index: RegionIndex
) -> list[JoinableUnion]:
    """The unions that somebody could join, the one to propose first, among those that people can join.

    The union that covers the employer; unions of the trade in the same district; those of the place of work where the
    employer has no union; those of the place of residence, the nearest before the wider one. ``employer``, ``group`` and
    ``residence`` are what is known of the person: uids and a label, None for unknown.
    """
    place = Employer.get_or_none(Employer.uid == employer) if employer else None
    work = place.region if place is not None else None
    found = [
        *_covering(employer, unions),
        *_of_trade(group, residence or work, unions, index),
        *_of_place(work, "工作地", unions, index),
        *_of_place(residence, "居住地", unions, index),
    ]
    first: dict[str, JoinableUnion] = {}
    for each in found:
        first.setdefault(each.union, each)
    return list(first.values())


def _in_being(union: Union, today: dt.date) -> bool:
    ended = union.dissolved_on is not None and union.dissolved_on <= today.isoformat()
    return union.state in (None, "正常") and union.verified != 0 and not ended


def _covering(employer: str | None, unions: list[Union]) -> list[JoinableUnion]:
    if not employer:
        return []
    open_ones = Coverage.select(Coverage.union).where(Coverage.employer == employer, Coverage.until.is_null())
    covering = {row.union for row in open_ones}
    return [JoinableUnion(row.uid, row.name, "用人单位") for row in unions if row.uid in covering]


def _of_trade(group: str | None, place: str | None, unions: list[Union], index: RegionIndex) -> list[JoinableUnion]:
    """Unions for the person's group in the district of ``place``; those that name no region come last."""
    if not group:
        return []
    fitting = [row for row in unions if row.union_type in _OF_TRADE and _is_for(group, row)]
    district = index.district_of(place) if place else None
    near = [row for row in fitting if row.region and district and index.district_of(row.region) in (district, None)]
    anywhere = [row for row in fitting if not row.region]
    return [JoinableUnion(row.uid, row.name, "行业") for row in (*near, *anywhere)]


def _is_for(group: str, union: Union) -> bool:
    """True for a union that lists the group, in any wording, or speaks of it in its name: 快递行业工会联合会."""
    known = codes.OCCUPATION_GROUP
    if group in map(known.find, wordings(union.new_form_groups)):
        return True
    words = [group, *(word for word, label in known.synonyms.items() if label == group)]
    return any(word in (union.name or "") for word in words if len(word) > 1)


def _of_place(place: str | None, basis: str, unions: list[Union], index: RegionIndex) -> list[JoinableUnion]:
    if not place:
        return []
    line = [each for each in index.line(place) if index.level(each) in _PLACES]
    return [
        JoinableUnion(row.uid, row.name, basis)
        for region in line
        for kind in _OF_PLACE
        for row in unions
        if row.region == region and row.union_type == kind
    ]
