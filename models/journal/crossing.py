"""What crosses from one laptop's log to another's: batches, entries and bundles as they are kept, out and in.

They go out in the order of the log, so that what an entry replaces comes before it, and stand in the other log behind all that is
there, in the same order.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from models.engine import database
from models.journal import bundles, entries, shares
from models.journal.log import Batch, Bundle, Change

#: What is said of a batch, but its number in one file.
OF_BATCH = ("uid", "device", "person", "kind", "at", "source", "undoes")
#: What is said of an entry, but its place in one file.
OF_ENTRY = entries.FIELDS[1:]
#: What is said of a bundle, but its place in one file; its records and its content stand beside.
OF_BUNDLE = bundles.HEADER[1:]
#: The columns that are no text.
BLOBS = ("records", "content")

Vector = Mapping[str, int]
Row = tuple[Any, ...]


def vector() -> dict[str, int]:
    """How far this log knows each device: its last running number, or that of which a share was given what tells of it."""
    known = {device: last for device, _count, last in entries.numbered()}
    of = shares.share()
    for device, number in of.known.items() if of is not None else ():
        known[device] = max(number, known.get(device, 0))
    return known


def batches_out(known: Vector) -> Iterator[Row]:
    """The batches of what is behind ``known``, and those without entries that a check needs, in their order."""
    wanted = {uid for uid, _device, _number in _places(known)}
    for row in Batch.select(*(getattr(Batch, name) for name in OF_BATCH)).order_by(Batch.id).tuples().iterator():
        if row[0] in wanted or row[3] == "rescue":
            yield tuple(row)


def _places(known: Vector) -> Iterator[tuple[str, str, int]]:
    """Batch, device and last number of each part of the log behind ``known``."""
    for kept in (Change, Bundle):
        query: Any = kept.select(kept.batch, kept.device, kept.number).where(_behind(kept, known))
        yield from query.tuples().iterator()


def _behind(kept: Any, known: Vector) -> Any:
    """The condition that an entry, or a bundle, is behind ``known``."""
    new = kept.device.not_in(list(known))
    for device, number in known.items():
        new |= (kept.device == device) & (kept.number > number)
    return new


def log_out(known: Vector) -> Iterator[tuple[str, Row]]:
    """The entries behind ``known`` in the order of the log: ("entry", row) or ("bundle", row with records and content)."""
    last = 0
    for bundle in bundles.found(_behind(Bundle, known)):
        yield from _entries(known, last, bundle.id)
        last = bundle.id
        values = tuple(bundle.values[name] for name in OF_BUNDLE)
        yield "bundle", (*values, bundle.records, bundle.content)
        bundle.forget()
    yield from _entries(known, last, None)


def _entries(known: Vector, after: int, before: int | None) -> Iterator[tuple[str, Row]]:
    query: Any = Change.select(*(getattr(Change, name) for name in OF_ENTRY)).where(Change.id > after, _behind(Change, known))
    if before is not None:
        query = query.where(Change.id < before)
    yield from (("entry", tuple(row)) for row in query.order_by(Change.id).tuples().iterator())


def numbers() -> set[tuple[str, int]]:
    """Every entry that is here, by its device and its number there: for a share, which is small and has gaps."""
    query: Any = Change.select(Change.device, Change.number)
    found = {(device, number) for device, number in query.tuples()}
    for bundle in bundles.found():
        device = bundle.values["device"]
        found.update((device, number) for number in bundle.numbers(range(bundle.count)))
        bundle.forget()
    return found


def batches_in(rows: Iterable[Row]) -> int:
    """Put batches that are not here yet into the register; returns how many. Part of the transaction that is open."""
    given = {row[0]: row for row in rows}
    here = {uid for (uid,) in database.fetch_in(Batch, "uid", given, ("uid",))}
    new = [row for uid, row in given.items() if uid not in here]
    database.insert_tuples(Batch, OF_BATCH, new)
    return len(new)


def entry_in(rows: Iterable[tuple[int, Row]]) -> None:
    """Put entries into the log, each with its place there."""
    database.insert_tuples(Change, entries.FIELDS, ((place, *row) for place, row in rows))


def bundle_in(place: int, row: Row) -> None:
    """Put a bundle into the log, its last entry at ``place``."""
    database.insert_tuples(Bundle, ("id", *OF_BUNDLE, *BLOBS), [(place, *row)])


def batches_at(wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The batches (uids) of entries, given by device and number; those that are not here are left out."""
    found: dict[tuple[str, int], str] = {}
    for device, number in wanted:
        row: Any = Change.select(Change.batch).where(Change.device == device, Change.number == number).first()
        if row is None:
            row = Bundle.select(Bundle.batch).where(
                Bundle.device == device, Bundle.first <= number, Bundle.number >= number
            ).order_by(Bundle.number).first()  # fmt: skip
        if row is not None:
            found[device, number] = str(row.batch)
    return found
