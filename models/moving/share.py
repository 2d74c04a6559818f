"""A town's share of an office's register: its records with all that these refer to, and of the log what tells of them.

Of the town is what lies there, what belongs to that, and so on: unions and employers, their people, cases, counts, papers. With
it goes what any of these refers to, but not what belongs to that in turn. Whoever was of the town once stays in its share, and so
does what is told of what was removed: else a laptop would never learn that somebody left.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import merge
from operator import itemgetter
from typing import Any

from models.engine import whole_tables
from models.engine.whole_tables import Row, TableSource
from models.errors import UserError
from models.exchange.giving import LogPart
from models.exchange.package import LogContent
from models.journal import crossing, shares
from models.journal.bundles import HEADER, HeldBundle
from models.journal.crossing import OF_BATCH, OF_ENTRY
from models.journal.log import WHOLE, to_json
from models.journal.shares import LogShare
from models.language import _
from models.moving.carried import names_of, read
from models.records.catalogue import RECORDS, kind_of, references
from models.records.region import home_district
from models.values.region_index import RegionIndex

#: Kinds of which every register has all: what others speak of, settings, who was erased.
COMMON = frozenset({
    "region", "region_parent", "occupation_group", "ledger_kind", "site_kind", "own_field", "setting", "remembered_mapping",
    "remembered_value", "saved_filter", "paper_template", "erasure",
})  # fmt: skip
#: Fields that hold a record's uid without being declared as a reference.
_BESIDES = {"submitted_row": ("record",), "distinct_pair": ("left", "right")}
#: Kinds of which a row without any reference is everybody's.
_EVERYBODYS = frozenset({"target", "due_rule", "worklist", "submission"})
#: Where somebody lives says nothing of where they belong, unless nothing else does.
_HOME = "residence_region"

#: Of each kind its rows: uid, and what each refers to.
Links = dict[str, dict[str, tuple[str, ...]]]


@dataclass
class TownShare:
    """What belongs to a share: the records (uids) besides those of :data:`COMMON` kinds."""

    of: LogShare
    uids: set[str] = field(default_factory=set)

    def holds(self, kind: str, uid: str) -> bool:
        """True for a record that belongs to it."""
        return kind in COMMON or uid in self.uids

    def rows(self, kind: str, rows: Iterable[Row]) -> Iterator[Row]:
        """Of a table's rows those that belong to it."""
        place = names_of(kind).index("uid")
        return (row for row in rows if self.holds(kind, row[place]))

    def log(self, source: TableSource, batches: set[str]) -> Iterator[Row]:
        """The entries that tell of its records, in the log's order, as values of ``crossing.OF_ENTRY``.

        Their batches (uids) are added to ``batches``.
        """
        for row in _entries(source):
            kept = self._kept(row)
            if kept is not None:
                batches.add(kept[0])
                yield kept

    def _kept(self, row: Row) -> Row | None:
        kind, record, name, before, after = row[3:8]
        if name != WHOLE:
            return row if self.holds(kind, record) else None
        whole = json.loads(after or before or "[]")
        own = [[each, values] for each, values in whole if self.holds(each, values["uid"])]
        if not own:
            return None
        if len(own) == len(whole):
            return row
        text = to_json(own)
        return (*row[:6], None if before is None else text, None if after is None else text, row[8])


def share_of(source: TableSource, towns: Collection[str], regions: Collection[str], known: Mapping[str, int]) -> TownShare:
    """The share of some towns. ``regions``: these and all below them (uids); ``known``: how far the log knows each device."""
    links = _links(source)
    own = _belonging(links, regions)
    found = own | _once_there(source, own)
    return TownShare(LogShare(frozenset(towns), dict(known)), _with_referred(links, found) - set(regions))


def towns_of(texts: Iterable[str], index: RegionIndex) -> tuple[list[str], frozenset[str]]:
    """The regions (uids) that are written, and these with all below them. UserError for one that is not known, or ambiguous."""
    home, found = home_district(index), list[str]()
    for text in texts:
        uid = text if text in index.entries else index.resolve(text, home).uid
        if uid is None:
            raise UserError(_("不知道“{name}”是哪个镇街，请写完整的名字，例如“沙坪坝区小龙坎街道”。").format(name=text))
        found.append(uid)
    return found, index.below(tuple(found))


def part_for(texts: Iterable[str], index: RegionIndex) -> LogPart:
    """What a package holds for those who have the share of some towns. UserError as :func:`towns_of`, and in a share itself."""
    shares.need_whole(_("按镇街交出"))
    towns, regions = towns_of(texts, index)

    def part(known: crossing.Vector) -> tuple[LogShare, LogContent]:
        source = whole_tables.of_open()
        made, batches = share_of(source, towns, regions, known), set[str]()
        log = [("entry", row) for row in made.log(source, batches)]
        rows = [row for row in read(source, "batch", ("id", *OF_BATCH)) if row[1] in batches]
        return made.of, ([row[1:] for row in rows], log)

    return part


def _fields(kind: str) -> list[str]:
    named = [name for record, name in references() if kind_of(record) == kind]
    return [*named, *_BESIDES.get(kind, ())]


def _links(source: TableSource) -> Links:
    found: Links = {}
    for kind in RECORDS:
        if kind not in COMMON:
            names = _fields(kind)
            found[kind] = {
                row[1]: _referred(names, row[2:]) for row in read(source, kind, ("id", "uid", *names))
            }  # fmt: skip
    return found


def _referred(names: list[str], values: Iterable[Any]) -> tuple[str, ...]:
    held = {name: value for name, value in zip(names, values, strict=True) if value}
    if len(held) > 1:
        held.pop(_HOME, None)
    return tuple(held.values())


def _belonging(links: Links, regions: Collection[str]) -> set[str]:
    """The regions, and what refers to them or to what belongs to them."""
    own = set(regions)
    for kind, rows in links.items():
        new = True
        while new:
            every = all if kind == "distinct_pair" else any
            found = {uid for uid, refs in rows.items() if uid not in own and refs and every(ref in own for ref in refs)}
            found |= {uid for uid, refs in rows.items() if not refs and uid not in own and kind in _EVERYBODYS}
            own |= found
            new = bool(found) and kind == "union"  # only a union has others of its kind above it
    return own


def _with_referred(links: Links, found: set[str]) -> set[str]:
    """These, all that they refer to, and the memberships of people among them: what they are follows from these."""
    refs_of = {uid: refs for rows in links.values() for uid, refs in rows.items()}
    events: dict[str, list[str]] = {}
    for uid, refs in links["membership_event"].items():
        for ref in refs[:1]:
            events.setdefault(ref, []).append(uid)
    kept, waiting = set(found), list(found)
    while waiting:
        uid = waiting.pop()
        for each in (*(ref for ref in refs_of.get(uid, ()) if ref in refs_of), *events.get(uid, ())):
            if each not in kept:
                kept.add(each)
                waiting.append(each)
    return kept


def _once_there(source: TableSource, own: Collection[str]) -> set[str]:
    """Records that referred to what belongs to the share before they were changed or removed.

    With removed ones that any of all these referred to then, as after a merging.
    """
    was, removed = _once_referred(source)
    found = {uid for uid, refs in was.items() if not refs.isdisjoint(own)}
    waiting = [*found, *own]
    while waiting:
        new = (was.get(waiting.pop(), set()) & removed) - found
        found |= new
        waiting += new
    return found


def _once_referred(source: TableSource) -> tuple[dict[str, set[str]], set[str]]:
    """By record what it referred to and does no longer, as the log tells; and the records that were removed."""
    pointing = {kind: frozenset(_fields(kind)) - {_HOME} for kind in RECORDS}
    was, removed = defaultdict[str, set[str]](set), set[str]()
    for _batch, _device, _number, kind, record, name, before, after, _replaces in _entries(source, gone=True):
        if name == WHOLE:
            for each, values in json.loads(before or "[]") if after is None else ():
                removed.add(values["uid"])
                was[values["uid"]].update(filter(None, (values.get(pointer) for pointer in pointing.get(each, ()))))
        elif name in pointing.get(kind, ()) and before is not None:
            was[record].update(filter(None, [json.loads(before)]))
    return was, removed


class _RowBundle(HeldBundle):
    """A bundle whose content was read with it."""

    def __init__(self, row: Row) -> None:
        held = dict(zip(names_of("bundle"), row, strict=True))
        super().__init__([held[name] for name in HEADER])
        self._blobs = {name: bytes(held[name]) for name in ("records", "content")}

    def _blob(self, name: str) -> bytes:
        return self._blobs[name]


def _entries(source: TableSource, *, gone: bool = False) -> Iterator[Row]:
    """The entries of the whole log in its order, as values of ``crossing.OF_ENTRY``.

    ``gone``: of bundles those alone of what was removed.
    """
    rows = ((row[0], [row[1:]]) for row in read(source, "change", ("id", *OF_ENTRY)))
    # one table is read after the other where both come over one connection
    held = [(each.id, each) for each in map(_RowBundle, read(source, "bundle")) if each.removed or not gone]
    parts: Iterator[tuple[int, Any]] = merge(held, rows, key=itemgetter(0))
    for _place, part in parts:
        if isinstance(part, list):
            yield from part
            continue
        yield from zip(*part.columns(range(part.count), OF_ENTRY), strict=True)
        part.forget()
