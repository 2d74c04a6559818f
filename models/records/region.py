"""Regions (区划): Chongqing with its districts, zones and towns; organizers add communities, parks and buildings.

Which region lies in which is a record of its own with dates: since 2025-11-06 the former 江北区 and most of 渝北区 are
part of 两江新区, and figures of an earlier day must still find them where they were.
"""

import copy
import csv
import datetime as dt
import uuid
from functools import lru_cache
from pathlib import Path
from typing import Any

from models.engine import database
from models.engine.kept_reads import kept
from models.engine.record import Record
from models.errors import UserError
from models.language import _
from models.records.setting import setting
from models.values import drive_codes
from models.values.columns import Column, declare
from models.values.kinds import Choice, Day, Place, Reference, Text, YesNo
from models.values.region_index import RegionIndex, build_index

#: What a region can be, from the widest to the narrowest. A zone reports to the city like a district, but has no code.
LEVELS = ("city", "district", "zone", "town", "community", "park", "building")

#: What an index is made from: fields of Region, and of RegionParent.
_OF_REGION = ("uid", "name", "level", "code", "aliases")
_OF_PARENT = ("region", "parent", "since", "until")
_Row = tuple[Any, ...]
#: Districts and towns by the statistical codes of 2023, with what moved on 2025-11-06.
_SEED = Path(__file__).parent / "data" / "regions.csv"
#: The same seed gives the same uids on every laptop, so that records of two registers speak of the same places.
_NAMESPACE = uuid.UUID("6f1d3b52-7a0e-5c49-9b58-0d2f6c1e8a47")


class Region(Record):
    """A place that people and units are counted in. ``level`` is one of LEVELS, ``aliases`` are joined by 、.

    ``dense``: many people work here, so that the drive wants a union at this level (小三级工会建设三年行动).
    """

    name = declare(
        Text(), "区划名称", "社区名称", "村名称", "村（社区）名称", "社区（村）名称", "园区名称", "楼宇名称", "商务楼宇名称", "楼宇（园区）名称",
        required=True, width=12, example="小龙坎街道", index=True,
    )  # fmt: skip
    level = declare(Text(), "区划级别", width=6, example="town")
    code = declare(Text(), "区划代码", width=7, example="500106001")
    aliases = declare(Text(), "其他名称", "曾用名称", width=14)
    dense = declare(YesNo(), "就业密集", "是否就业密集", "就业密集区", width=4, example="是")


class RegionParent(Record):
    """That a region lies in another: from the day ``since`` on, from the day ``until`` no more; NULL is always."""

    region = declare(Reference("region"), "区划", references="region", index=True)
    parent = declare(Reference("region"), "上级区划", references="region")
    since = declare(Day(), "开始日期")
    until = declare(Day(), "结束日期")


#: A list's column for what kind of place each is, and the levels that its labels stand for.
PLACE_LEVEL = Column("级别", Choice(drive_codes.PLACE_LEVEL), ("区划级别", "区划类型", "类型", "类别", "层级"), width=5,
    example="楼宇", name="level")  # fmt: skip
LEVEL_OF = dict(zip(drive_codes.PLACE_LEVEL.given.labels, ("town", "community", "park", "building"), strict=True))
#: A list's column for where each lies.
LIES_IN = Column("上级区划", Place(), ("所属镇街", "所在镇街", "镇街", "街道", "所属街道", "乡镇街道", "镇（街道）", "区县", "所属区县", "所在区划"),
    width=10, example="沙坪坝区小龙坎街道", name="region")  # fmt: skip


def seed_rows() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows that a new register begins with: those of Region and those of RegionParent, uids included."""
    with _SEED.open(encoding="utf-8", newline="") as lines:
        places = list(csv.DictReader(lines))
    uids = {place["name"]: _uid(place["code"], place["name"]) for place in places if place["level"] != "town"}
    regions: list[dict[str, Any]] = []
    parents: list[dict[str, Any]] = []
    for place in places:
        uid = _uid(place["code"], place["name"])
        regions.append(
            {
                "uid": uid,
                "name": place["name"],
                "level": place["level"],
                "code": place["code"] or None,
                "aliases": place["aliases"] or None,
            }
        )
        moved = place["moved_on"] or None
        for name, since, until in ((place["parent"], None, moved), (place["moved_to"], moved, None)):
            if name:
                link = {"region": uid, "parent": uids[name], "since": since, "until": until}
                parents.append({"uid": _uid(uid, uids[name], since or "")} | link)
    return regions, parents


def _uid(*parts: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, " ".join(parts)))


def load_index(today: dt.date) -> RegionIndex:
    """The index of the open register's regions, with the tree as it stands on ``today``.

    Everything that speaks of places begins with it, and regions seldom change: the index of the same regions is made once.
    """
    made = _index(*kept(_rows), today)
    return copy.copy(made)  # whoever holds one may let it follow what the regions become


def _rows() -> tuple[tuple[_Row, ...], tuple[_Row, ...]]:
    """The regions, and what lies in what; as plain tuples of the engine: to make so many records takes longer."""
    regions = Region.select(*(getattr(Region, name) for name in _OF_REGION))
    parents = RegionParent.select(*(getattr(RegionParent, name) for name in _OF_PARENT))
    return tuple(database.db.execute(regions).fetchall()), tuple(database.db.execute(parents).fetchall())


@lru_cache(maxsize=8)
def _index(regions: tuple[_Row, ...], parents: tuple[_Row, ...], today: dt.date) -> RegionIndex:
    return build_index(
        (dict(zip(_OF_REGION, row, strict=True)) for row in regions),
        (dict(zip(_OF_PARENT, row, strict=True)) for row in parents),
        today,
    )


def home_district(index: RegionIndex, region: str = "") -> str | None:
    """The uid of the region within which bare town names are meant: the given one, else the register's home district.

    UserError when the given name is no region, or several.
    """
    name = region or str(setting("home_district"))
    if not name:
        return None
    found = index.resolve(name)
    if found.uid is None:
        raise UserError(_("找不到区划“{name}”，请写全称，例如“沙坪坝区小龙坎街道”。").format(name=name))
    return found.uid
