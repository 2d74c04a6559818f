"""Bundles of the log (捆): which entries are bundled, how bundles are chained, and what is in one.

A bundle never changes. Its hash is over what it says of itself, over its records' uids, over the digest of its content and
over the hash of the same device's bundle before. Erasing a person must take them out of the content all the same: then the
digest of what is left stands beside that of what was written, with the batch that erased, so that the chain goes on to hold and
says where somebody was erased. Nothing of them can be told from the old digest: its content had a salt that is gone as well.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from models.engine import database, log_ends, open_file
from models.journal.log import Batch, Bundle, Head, LogEntry, plain, to_json
from models.journal.packing import (
    PackedSome,
    Plain,
    Unpacked,
    compressed,
    pack,
    pack_uids,
    place_of,
    restored,
    unpack_uids,
)
from models.journal.stretch import Stretch
from models.language import _

#: So many records of one kind, made or removed by a batch one after the other, are bundled; fewer are a row each.
FEWEST = 100
#: Entries of a bundle at most: what is unpacked for the history of one record.
SIZE = 500
#: Begins the text that is hashed.
_BEGINS = "jianhui-bundle-1"

#: What a bundle says of itself, without the blobs.
HEADER = (
    "id", "batch", "device", "first", "number", "kind", "removed", "count", "low", "high", "previous", "digest", "hash",
    "erased", "erased_digest",
)  # fmt: skip


def runs(entries: Iterable[LogEntry | Stretch]) -> Iterator[tuple[bytes | None, list[LogEntry | Stretch]]]:
    """Entries in their order, in parts: the uids of the records that are to be a bundle, or None for entries that stay rows.

    Where some see a part of the log alone all stay rows: a bundle is seen as a whole or not at all.
    """
    for (kind, _gone), run in groupby(entries, key=_shared):
        held = list(run)
        count = count_of(held)
        uids = pack_uids(records_of(held)) if kind and count >= FEWEST and not log_ends.by_rows() else None
        if uids is None:
            yield None, [each for some in held for each in (some.entries() if isinstance(some, Stretch) else (some,))]
            continue
        size = size_of(count)
        for start, part in zip(range(0, count, size), _parted(held, size), strict=True):
            yield uids[16 * start : 16 * (start + size)], part


def _shared(entry: LogEntry | Stretch) -> tuple[str, bool]:
    """What all entries of a bundle have in common; no kind for what is never in one."""
    if isinstance(entry, Stretch):
        return entry.kind, entry.gone
    return entry.kind if entry.whole is not None else "", entry.gone


def count_of(entries: Iterable[LogEntry | Stretch]) -> int:
    """How many entries they are, those of stretches counted one by one."""
    return sum(len(each) if isinstance(each, Stretch) else 1 for each in entries)


def records_of(entries: Iterable[LogEntry | Stretch]) -> list[str]:
    """The uids of the records of entries."""
    return [uid for each in entries for uid in (each.uids if isinstance(each, Stretch) else (each.record,))]


def _parted(entries: Iterable[LogEntry | Stretch], size: int) -> Iterator[list[LogEntry | Stretch]]:
    """Entries in parts of so many, stretches cut where a part is full."""
    part: list[LogEntry | Stretch] = []
    free = size
    for each in entries:
        count, start = len(each) if isinstance(each, Stretch) else 1, 0
        while start < count:
            end = min(count, start + free)
            part.append(each.cut(start, end) if isinstance(each, Stretch) else each)
            free, start = free - (end - start), end
            if not free:
                yield part
                part, free = [], size
    if part:
        yield part


def size_of(count: int) -> int:
    """How many entries a bundle has when so many are parted as evenly as can be."""
    return -(-count // -(-count // SIZE))


def append(
    batch: str, device: str, last: int, uids: bytes, entries: Sequence[LogEntry | Stretch], previous: str | None = None
) -> str:
    """Write entries of one batch and kind, numbered already, as a bundle; returns its hash.

    Its last one stands at place ``last`` of the log. ``previous``: the hash of the device's bundle before, where it is known.
    """
    numbers = [number for each in entries for number in _numbers(each)]
    gaps = numbers[-1] - numbers[0] + 1 != len(numbers)
    replaces = [parents for each in entries for parents in _replaces(each)]
    wholes = [
        PackedSome(each.uids, each.said) if isinstance(each, Stretch) else plain(each.whole or ()) for each in entries
    ]
    text = pack(wholes, replaces if any(replaces) else None, numbers if gaps else None)
    records, first = records_of(entries), entries[0]
    values: dict[str, Any] = {
        "id": last, "batch": batch, "device": device, "first": numbers[0], "number": numbers[-1], "kind": first.kind,
        "removed": int(_shared(first)[1]), "count": len(numbers), "low": min(records), "high": max(records),
        "previous": _previous(device) if previous is None else previous, "digest": digest(text), "erased": None,
        "erased_digest": None,
    }  # fmt: skip
    values["hash"] = fingerprint(values, uids)
    values |= {"records": uids, "content": compressed(text)}
    database.insert_tuples(Bundle, tuple(values), [tuple(values.values())])
    return str(values["hash"])


def _numbers(entry: LogEntry | Stretch) -> Sequence[int]:
    return range(entry.number, entry.number + len(entry)) if isinstance(entry, Stretch) else (entry.number,)


def _replaces(entry: LogEntry | Stretch) -> Sequence[list[list[Any]]]:
    if isinstance(entry, Stretch):
        return [[]] * len(entry) if entry.replaces is None else entry.replaces
    return (entry.replaces,)


def _previous(device: str) -> str:
    """The hash that a device's next bundle follows: of its last one; a first one is tied to the newest of all."""
    own = Bundle.select(Bundle.hash).where(Bundle.device == device).order_by(Bundle.number.desc()).first()
    last = own or Bundle.select(Bundle.hash).order_by(Bundle.id.desc()).first()
    return str(last.hash) if last is not None else ""


def digest(text: str) -> str:
    """The SHA-256 of a content's JSON, as 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint(values: Mapping[str, Any], uids: bytes) -> str:
    """The hash that chains a bundle: all that it says of itself but its place, which is this file's alone."""
    told = ("batch", "device", "first", "number", "kind", "removed", "count", "low", "high", "digest", "previous")
    records = hashlib.sha256(uids).hexdigest()
    text = json.dumps([_BEGINS, *(values[name] for name in told), records], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class HeldBundle:
    """A bundle that was found: what it says of itself; its records and its content are read when they are asked for."""

    def __init__(self, row: Sequence[Any]) -> None:
        """Take the values of :data:`HEADER`."""
        self.values: dict[str, Any] = dict(zip(HEADER, row, strict=True))
        self.id: int = self.values["id"]
        self.count: int = self.values["count"]
        self.kind: str = self.values["kind"]
        self.batch: str = self.values["batch"]
        self.removed = bool(self.values["removed"])
        #: The place in the log of its first entry.
        self.start = self.id - self.count + 1
        self._records: bytes | None = None
        self._uids: list[str] | None = None
        self._unpacked: Unpacked | None = None

    @property
    def records(self) -> bytes:
        """The uids of its records, as they are packed."""
        if self._records is None:
            self._records = self._blob("records")
        return self._records

    @property
    def uids(self) -> list[str]:
        """The uids of its records, in the order of the log; nobody may change the list."""
        if self._uids is None:
            self._uids = unpack_uids(self.records)
        return self._uids

    @property
    def content(self) -> bytes:
        """What is in it, as it is kept."""
        return self._blob("content")

    def text(self) -> str:
        """The JSON of its content. ValueError where that is damaged."""
        return restored(self.content)

    @property
    def unpacked(self) -> Unpacked:
        """What is in it."""
        if self._unpacked is None:
            self._unpacked = Unpacked(self.text(), self.uids)
        return self._unpacked

    def forget(self) -> None:
        """Keep no longer what was read of it."""
        self._records = self._uids = self._unpacked = None

    def fold(self) -> None:
        """Keep of what was read of it nothing but the uids of its records, sixteen bytes each."""
        self._uids = self._unpacked = None

    def places(self, uids: Collection[str]) -> list[int]:
        """Where these records stand in it, in its order."""
        if len(uids) <= 3:
            return sorted(place for place in (place_of(self.records, uid) for uid in uids) if place >= 0)
        return [place for place, uid in enumerate(self.uids) if uid in uids]

    def heads(self, start: int, end: int) -> list[Head]:
        """The entries from one place to before another as parents."""
        numbers = self.numbers(range(start, end))
        return [(self.start + place, self.values["device"], number) for place, number in enumerate(numbers, start)]

    def columns(self, places: Sequence[int], names: Sequence[str]) -> list[list[Any]]:
        """The values of the fields ``names`` of the log of the entries at these places, field by field."""
        return [self._column(places, name) for name in names]

    def _column(self, places: Sequence[int], name: str) -> list[Any]:
        if name == "id":
            return [self.start + place for place in places]
        if name == "record":
            return [self.unpacked.uids[place] for place in places] if self._unpacked else _at(self.uids, places)
        if name == "number":
            return self.numbers(places)
        if name == "replaces":
            parents = self.unpacked.replaces
            return [to_json(parents[place]) if parents else "[]" for place in places]
        if name in ("before", "after"):
            told = (name == "before") == self.removed
            return [to_json(self.unpacked.whole(place)) for place in places] if told else [None] * len(places)
        return ["*" if name == "field" else self.values[name]] * len(places)

    def numbers(self, places: Sequence[int]) -> list[int]:
        """The running numbers of the entries at these places."""
        first, last = self.values["first"], self.values["number"]
        if last - first + 1 == self.count:
            return [first + place for place in places]
        return _at(self.unpacked.numbers or [], places)

    def _blob(self, name: str) -> bytes:
        query = f'SELECT "{name}" FROM "bundle" WHERE id = ?'
        return bytes(database.db.execute_sql(query, [self.id]).fetchone()[0])


def _at(values: Sequence[Any], places: Sequence[int]) -> list[Any]:
    return list(map(values.__getitem__, places))


def found(*conditions: Any) -> list[HeldBundle]:
    """The bundles that meet conditions, in the order of the log."""
    query: Any = Bundle.select(*(getattr(Bundle, name) for name in HEADER)).order_by(Bundle.id)
    return [HeldBundle(row) for row in (query.where(*conditions) if conditions else query).tuples()]


def rewrite(bundle: HeldBundle, wholes: Mapping[int, Plain], batch: str) -> None:
    """Put other records with their facts at places of a bundle: what an erasure, a batch (uid), does, and nothing else may do."""
    held = bundle.unpacked
    told = [wholes[place] if place in wholes else held.whole(place) for place in range(bundle.count)]
    text = pack(told, held.replaces, held.numbers)
    database.db.execute_sql(
        'UPDATE "bundle" SET content = ?, erased = ?, erased_digest = ? WHERE id = ?',
        [compressed(text), batch, digest(text), bundle.id],
    )


def faults() -> Iterator[tuple[HeldBundle, str]]:
    """The bundles that are not what was written, each with the reason; behind the first of a device its chain is not followed."""
    erasing = {row.uid for row in Batch.select(Batch.uid).where(Batch.kind == "erase")}
    every, torn, heads = found(), _torn(), dict[str, str]()
    hashes = {"", *(bundle.values["hash"] for bundle in every)}
    for bundle in sorted(every, key=lambda each: (each.values["device"], each.values["number"])):
        values = bundle.values
        follows = heads.get(values["device"])
        linked = values["previous"] == follows if follows is not None else values["previous"] in hashes
        if not holds(bundle.values | {"records": bundle.records, "content": bundle.content}):
            yield bundle, _("内容被改过")
        elif bundle.values["erased"] is not None and bundle.values["erased"] not in erasing:
            yield bundle, _("写着依申请删除过，却没有这次删除")
        elif not linked and values["hash"] not in torn:
            yield bundle, _("与前一捆接不上")
        heads[values["device"]] = values["hash"]


def holds(values: Mapping[str, Any]) -> bool:
    """True when a bundle, given as all its fields, is what its hashes say."""
    try:
        content, uids = digest(restored(values["content"])), unpack_uids(values["records"])
    except ValueError:
        return False
    same = content == (values["erased_digest"] if values["erased"] is not None else values["digest"])
    told = (len(uids), min(uids, default=""), max(uids, default="")) == (values["count"], values["low"], values["high"])
    return same and told and values["hash"] == fingerprint(values, values["records"])


def missing_at_the_end() -> int:
    """The place of a last bundle that was written once and is no longer there; 0 where there is none such."""
    last = open_file.last_given(Bundle)
    return last if last > database.newest_id(Bundle) else 0


def torn() -> list[str]:
    """The hashes of bundles that do not follow the one before: what a rescue notes, where those between are lost."""
    return [bundle.values["hash"] for bundle, _why in faults()]


def _torn() -> set[str]:
    """Where a rescue found that bundles are lost."""
    rescues = (json.loads(row.source) for row in Batch.select(Batch.source).where(Batch.kind == "rescue"))
    return {text for told in rescues for text in told.get("torn", ())}
