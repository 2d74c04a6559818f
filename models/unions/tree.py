"""The whole tree of the unions below one, or of those of a region: who stands under whom, with the members of each."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from peewee import fn

from models.editing.dissolving import DISSOLVED
from models.records.headcount import HeadCount
from models.records.membership import ON_BOOKS
from models.records.union import Union
from models.records.worker import Worker
from models.standing.counts import first_day, newest, newest_counts
from models.standing.held_counts import held_on
from models.values.name_order import in_order


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A union in the tree, ``depth`` steps below where it begins.

    ``listed``: members on its own books by name; ``below``: those together with all unions under it; ``declared``: the newest
    member count that was handed in, None for unknown. ``loose``: no union above it is known.
    ``undated``: when it was founded is not known.
    """

    uid: str
    name: str
    union_type: str
    depth: int
    listed: int
    below: int
    declared: int | None
    loose: bool
    branches: int
    undated: bool = False


def union_tree(union: str = "", regions: Collection[str] = (), day: dt.date | None = None) -> list[TreeNode]:
    """The unions in being below a union (uid) with itself first, or those of the regions (uids, none is all), depth first.

    Of those of regions the ones whose parent lies elsewhere begin a tree of their own. A circle is walked once. ``day``: those in
    being at its end, with the members of that day; who stands under whom has no days, and is as it is recorded now.
    """
    columns = (Union.uid, Union.name, Union.union_type, Union.parent, Union.region, Union.founding_date)
    query: Any = Union.select(*columns).where(_in_being(day))
    rows = {row.uid: row for row in in_order(query.order_by(Union.id), lambda row: row.name)}
    held = {uid for uid, row in rows.items() if not regions or row.region in regions} if not union else set(rows)
    children: dict[str, list[str]] = defaultdict(list)
    for uid, row in rows.items():
        if uid in held and row.parent in held:
            children[row.parent].append(uid)
    tops = [union] if union else [uid for uid in rows if uid in held and rows[uid].parent not in held]
    tops.sort(key=lambda uid: not children[uid])  # those with others below them first, as the small three levels begin
    order = list(_walk(tops, children))
    listed, declared = _on_books(day), _declared([uid for uid, _depth in order], day)
    below = _summed(order, listed)
    return [
        TreeNode(
            uid, rows[uid].name or "", rows[uid].union_type or "", depth, listed[uid], below[uid],
            declared.get(uid), rows[uid].parent is None, len(children[uid]), rows[uid].founding_date is None,
        )
        for uid, depth in order
    ]  # fmt: skip


def _walk(tops: list[str], children: dict[str, list[str]]) -> Iterator[tuple[str, int]]:
    waiting, seen = [(uid, 0) for uid in reversed(tops)], set[str]()
    while waiting:
        uid, depth = waiting.pop()
        if uid in seen:
            continue
        seen.add(uid)
        yield uid, depth
        waiting += [(each, depth + 1) for each in reversed(children[uid])]


def _in_being(day: dt.date | None) -> Any:
    """The condition that a union is in being, or was at the end of a day; a founding in the same month counts."""
    ended = Union.state.is_null(False) & (Union.state == DISSOLVED)
    if day is None:
        return Union.dissolved_on.is_null() & ~ended
    founded = Union.founding_date.is_null() | (first_day(Union.founding_date) <= day.isoformat())
    stood = (Union.dissolved_on.is_null() & ~ended) | (first_day(Union.dissolved_on) > day.isoformat())
    return founded & stood


def _declared(uids: list[str], day: dt.date | None) -> dict[str, int | None]:
    """The newest member counts that were handed in, up to a day where one is given."""
    if day is None:
        return {uid: values.get("member_count") for uid, values in newest_counts(uids).items()}
    query = newest(HeadCount.member_count, day.isoformat(), uids)
    return {row[0]: row[1] for row in query.tuples()}


def _on_books(day: dt.date | None) -> Counter[str]:
    if day is not None:
        held: Counter[str] = Counter()
        for union, _group, _migrant, people, _women, _undated in held_on(day, traits=False, women=False).tuples():
            held[union or ""] += people
        return held
    on_books = Worker.membership_state == ON_BOOKS
    query: Any = Worker.select(Worker.union, fn.COUNT(Worker.id)).where(on_books).group_by(Worker.union)
    return Counter({union: count for union, count in query.tuples() if union})


def _summed(order: list[tuple[str, int]], listed: Counter[str]) -> Counter[str]:
    """The members of each with those of all below it, from the end of the walk to its beginning."""
    sums, waiting = Counter[str](), Counter[int]()
    for uid, depth in reversed(order):
        sums[uid] = listed[uid] + waiting.pop(depth + 1, 0)
        waiting[depth] += sums[uid]
    return sums
