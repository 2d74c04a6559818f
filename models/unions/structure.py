"""The structure of the unions, level by level: town or zone, community, building or industry, enterprise, branch, group.

The small three levels (小三级) are such a chain: the union of a street or park, that of a community or building, that of an
enterprise. A level is asked for when somebody opens it: one parent may have thousands of unions below it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from peewee import fn

from models.editing.dissolving import DISSOLVED
from models.editing.editing import lineage
from models.engine import database
from models.records.membership import ON_BOOKS, members_of
from models.records.union import Union
from models.records.worker import Worker
from models.standing.counts import newest_counts
from models.values.name_order import in_order

#: So many unions of a level are read at once.
LEVEL_ROWS = 200


@dataclass(frozen=True, slots=True)
class Branch:
    """A union in the structure, or a named group of one union's members (then ``group`` is true and ``uid`` the union's).

    ``listed``: members on its own books by name; ``below``: those together with all unions under it; ``declared``: the
    newest member count that was handed in, None for unknown. ``dissolved``: it is no more. ``branches``: whether anything
    stands below it.
    """

    uid: str
    name: str
    union_type: str
    listed: int
    below: int
    declared: int | None = None
    dissolved: bool = False
    branches: bool = False
    group: bool = False


def level(parent: str = "", start: int = 0) -> list[Branch]:
    """What stands directly below a union (uid), or the unions without one above them for "": :data:`LEVEL_ROWS` of them.

    ``start``: how many were read before. Unions come by name, dissolved ones last, and after the last union of a level the
    groups of the parent's own members.
    """
    found = list(_unions(parent, start))
    return found if len(found) == LEVEL_ROWS or not parent else [*found, *_groups(parent)]


def above(uid: str) -> list[tuple[str, str]]:
    """The unions above a union as (uid, name), the highest first, itself left out."""
    line = lineage(uid)[1:]
    names = dict(database.fetch_in(Union, "uid", line, ("uid", "name")))
    return [(each, str(names.get(each) or "")) for each in reversed(line)]


def _unions(parent: str, start: int) -> Iterable[Branch]:
    at = (Union.parent == parent) if parent else Union.parent.is_null()
    order = (Union.dissolved_on.is_null(False) | (Union.state == DISSOLVED)), Union.name_order, Union.id
    return _branches(Union.select().where(at).order_by(*order).limit(LEVEL_ROWS).offset(start))


def _branches(query: Any) -> Iterable[Branch]:
    rows = list(query)
    uids = [row.uid for row in rows]
    listed, below, declared = _on_books(uids), _below(uids), newest_counts(uids)
    parents = {uid for (uid,) in database.fetch_in(Union, "parent", uids, ("parent",))} | _with_groups(uids)
    return [
        Branch(
            row.uid, row.name or "", row.union_type or "", listed.get(row.uid, 0), below.get(row.uid, 0),
            declared.get(row.uid, {}).get("member_count"), bool(row.dissolved_on or row.state == DISSOLVED), row.uid in parents,
        )
        for row in rows
    ]  # fmt: skip


def _on_books(uids: list[str]) -> dict[str, int]:
    query = Worker.select(Worker.union, fn.COUNT(Worker.id)).where(members_of(*uids)).group_by(Worker.union)
    return dict(query.tuples())  # type: ignore[arg-type]  # the stubs keep the model's type


def _below(uids: list[str]) -> dict[str, int]:
    """How many members each union has together with all unions under it; a circle is walked once."""
    tops = Union.select(Union.uid.alias("top"), Union.uid.alias("uid")).where(Union.uid.in_(uids))
    walk = tops.cte("below", recursive=True, columns=("top", "uid"))
    under = Union.alias()
    steps = under.select(walk.c.top, under.uid).join(walk, on=(under.parent == walk.c.uid))
    lines = walk.union(steps)
    counted: Any = (
        Worker.select(lines.c.top, fn.COUNT(Worker.id))
        .join(lines, on=(Worker.union == lines.c.uid))
        .where(Worker.membership_state == ON_BOOKS)
        .group_by(lines.c.top)
        .with_cte(lines)
    )
    return dict(counted.tuples())


def _with_groups(uids: list[str]) -> set[str]:
    query = Worker.select(Worker.union).where(members_of(*uids), Worker.union_group.is_null(False)).distinct()
    rows: Any = query.tuples()
    return {union for (union,) in rows}


def _groups(union: str) -> list[Branch]:
    """The groups (小组) that the members of one union are written down in."""
    group: Any = Worker.union_group
    query = Worker.select(group, fn.COUNT(Worker.id)).where(members_of(union), group.is_null(False)).group_by(group)
    rows: Any = in_order(query.tuples(), lambda row: row[0])
    return [Branch(union, name, "", members, members, group=True) for name, members in rows]
