"""The whole tree of the unions below one, or of those of a region: who stands under whom, with the members of each."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from peewee import fn

from models.editing.dissolving import DISSOLVED
from models.records.membership import ON_BOOKS
from models.records.union import Union
from models.records.worker import Worker
from models.standing.counts import newest_counts
from models.values.name_order import in_order


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A union in the tree, ``depth`` steps below where it begins.

    ``listed``: members on its own books by name; ``below``: those together with all unions under it; ``declared``: the newest
    member count that was handed in, None for unknown. ``loose``: no union above it is known.
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


def union_tree(union: str = "", regions: Collection[str] = ()) -> list[TreeNode]:
    """The unions in being below a union (uid) with itself first, or those of the regions (uids, none is all), depth first.

    Of those of regions the ones whose parent lies elsewhere begin a tree of their own. A circle is walked once.
    """
    query: Any = Union.select(Union.uid, Union.name, Union.union_type, Union.parent, Union.region).where(
        Union.dissolved_on.is_null() & (Union.state.is_null() | (Union.state != DISSOLVED))
    )
    rows = {row.uid: row for row in in_order(query.order_by(Union.id), lambda row: row.name)}
    held = {uid for uid, row in rows.items() if not regions or row.region in regions} if not union else set(rows)
    children: dict[str, list[str]] = defaultdict(list)
    for uid, row in rows.items():
        if uid in held and row.parent in held:
            children[row.parent].append(uid)
    tops = [union] if union else [uid for uid in rows if uid in held and rows[uid].parent not in held]
    tops.sort(key=lambda uid: not children[uid])  # those with others below them first, as the small three levels begin
    order = list(_walk(tops, children))
    listed, declared = _on_books(), newest_counts(uid for uid, _depth in order)
    below = _summed(order, listed)
    return [
        TreeNode(
            uid, rows[uid].name or "", rows[uid].union_type or "", depth, listed[uid], below[uid],
            declared.get(uid, {}).get("member_count"), rows[uid].parent is None, len(children[uid]),
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


def _on_books() -> Counter[str]:
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
