"""Places that organizers add and change: communities, parks, buildings below a town; new names; where many people work."""

import datetime as dt
from dataclasses import dataclass

from models.errors import UserError
from models.journal.named import named_uid
from models.journal.writer import Author, batch, number_of
from models.language import _
from models.records.region import Region, RegionParent, load_index
from models.values.region_index import SEPARATOR, RegionIndex, normal

#: What organizers add themselves; districts and towns come with the program.
LOCAL_LEVELS = ("community", "park", "building")


@dataclass(frozen=True, slots=True)
class Spot:
    """A region as it is shown in a list: ``depth`` steps below the one that was asked for."""

    uid: str
    name: str
    level: str
    aliases: tuple[str, ...]
    dense: bool
    depth: int


def level_title(level: str) -> str:
    """What a level of ``models.records.region.LEVELS`` is called. KeyError for another word."""
    return {
        "city": _("市"), "district": _("区县"), "zone": _("开发区"), "town": _("镇街"),
        "community": _("社区（村）"), "park": _("园区"), "building": _("楼宇"),
    }[level]  # fmt: skip


def spots(uid: str, index: RegionIndex) -> list[Spot]:
    """A region (uid) and all below it, each followed by what lies in it. KeyError for one that is no region."""
    rows = {row.uid: row for row in Region.select().where(Region.uid.in_(sorted(index.below(uid))))}
    found: list[Spot] = []

    def walk(place: str, depth: int) -> None:
        row = rows.pop(place, None)
        if row is None:  # two merged registers could close a circle
            return
        aliases = tuple(filter(None, (row.aliases or "").split(SEPARATOR)))
        found.append(Spot(place, row.name, row.level, aliases, bool(row.dense), depth))
        for child in index.children(place):
            walk(child, depth + 1)

    walk(uid, 0)
    return found


def add_region(name: str, level: str, parent: str, author: Author, index: RegionIndex, dense: bool = False) -> int:
    """Add a community, park or building below a town or a place in one; returns the batch's number.

    UserError for another level, a parent that is no town and lies in none, and a name that is empty or taken there.
    """
    if level not in LOCAL_LEVELS or parent not in index.entries or index.town_of(parent) is None:
        raise UserError(_("只能在镇街下面增加社区（村）、园区或楼宇，请先选好镇街。"))
    name = _checked(name, parent, "", index)
    uid = named_uid("region", parent, level, name)
    with batch("edit", author, {"region": name}) as writer:
        writer.create(Region, {"uid": uid, "name": name, "level": level, "dense": 1 if dense else None})
        writer.create(RegionParent, {"uid": named_uid("region_parent", uid), "region": uid, "parent": parent})
    number = number_of(writer)
    assert number is not None  # something was created
    return number


def change_region(
    uid: str, author: Author, index: RegionIndex, name: str | None = None, dense: bool | None = None
) -> int | None:
    """Rename a region, or mark that many people work in it; the batch's number, None when nothing changed.

    The old name stays as another name, so that sheets that still use it are understood. UserError for a name that is empty
    or taken beside it, and for a region that is not there any more.
    """
    row = Region.get_or_none(Region.uid == uid)
    if row is None:
        raise UserError(_("这个区划已经不在了，请刷新后再试。"))
    changes: dict[str, tuple[object, object]] = {}
    if name is not None and (wanted := _checked(name, index.above.get(uid, ""), uid, index)) != row.name:
        others = [each for each in (*(row.aliases or "").split(SEPARATOR), row.name) if each and each != wanted]
        changes["name"] = (row.name, wanted)
        changes["aliases"] = (row.aliases, SEPARATOR.join(dict.fromkeys(others)))
    if dense is not None and dense != bool(row.dense):
        changes["dense"] = (row.dense, int(dense))
    with batch("edit", author, {"region": row.name}) as writer:
        if changes:
            writer.update(Region, uid, changes)
    return number_of(writer)


def _checked(name: str, parent: str, own: str, index: RegionIndex) -> str:
    clean = "".join(name.split())
    if not normal(clean) or SEPARATOR in clean:
        raise UserError(_("区划名称不能是空的，也不能有顿号：“{name}”。").format(name=name))
    beside = set(index.children(parent)) - {own}
    if beside & set(index.strong.get(normal(clean), ())):
        raise UserError(_("“{parent}”下面已经有“{name}”。").format(parent=index.name(parent), name=clean))
    return clean


def follow(index: RegionIndex, today: dt.date) -> None:
    """Let an index say what the register's regions say now; whoever holds it sees them."""
    vars(index).update(vars(load_index(today)))
