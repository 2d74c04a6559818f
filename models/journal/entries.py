"""Reading the log: whoever wants to know what was written asks here, and never the tables that it is kept in.

An entry is a row of its own or stands in a bundle with many (``bundles.py``); whoever reads sees no difference. Entries come as
tuples of the :data:`FIELDS` that are asked for, in the log's order; ``before``, ``after`` and ``replaces`` are JSON texts.
"""

import json
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import reduce
from heapq import merge
from operator import itemgetter, or_
from typing import Any

from peewee import Case, fn

from models import roles
from models.engine import database, log_ends, sql
from models.journal import bundles
from models.journal.bundles import HeldBundle
from models.journal.log import WHOLE, Bundle, Change, Head

#: What an entry says: its place in this file's log, its batch, who wrote it as which number, and what changed how.
FIELDS = ("id", "batch", "device", "number", "kind", "record", "field", "before", "after", "replaces")
#: Texts that are looked for at once.
_AT_ONCE = 40

Row = tuple[Any, ...]


def of_records(uids: Iterable[str], names: Sequence[str]) -> Iterator[Row]:
    """The entries of these records, those of a fact that came with another record left out."""
    wanted = list(dict.fromkeys(uids))
    packed = [row for bundle, places in _holding_records(wanted) for row in _rows(bundle, places, ("id", *names))]
    if not packed:
        return database.fetch_in(Change, "record", wanted, names)
    packed += database.fetch_in(Change, "record", wanted, ("id", *names))
    return (row[1:] for row in sorted(packed, key=itemgetter(0)))


def of_batch(batch: str, names: Sequence[str]) -> Iterator[Row]:
    """The entries of a batch (uid)."""
    packed = (_rows(each, range(each.count), ("id", *names)) for each in bundles.found(Bundle.batch == batch))
    return _merged(packed, database.fetch_in(Change, "batch", [batch], ("id", *names)))


def parts_of(batch: str, names: Sequence[str]) -> Iterator[HeldBundle | Row]:
    """The same in parts: a bundle as it is, any other entry as a tuple."""
    packed: Iterable[tuple[int, HeldBundle | Row]] = ((each.id, each) for each in bundles.found(Bundle.batch == batch))
    rows = ((row[0], row[1:]) for row in database.fetch_in(Change, "batch", [batch], ("id", *names)))
    return (part for _place, part in merge(packed, rows, key=itemgetter(0)))


def hidden_of(batch: str) -> int:
    """How many entries of a batch (uid) the user of an office's register does not see; 0 over a file."""
    if roles.sees_all():
        return 0
    return log_ends.hidden_of(batch, Change.select().where(Change.batch == batch).count())


def between(after: int, until: int, names: Sequence[str]) -> Iterator[Row]:
    """The entries behind place ``after`` of the log, until place ``until``."""
    columns = [getattr(Change, name) for name in ("id", *names)]
    query: Any = Change.select(*columns).where(Change.id > after, Change.id <= until).order_by(Change.id)
    packed = (_rows(bundle, places, ("id", *names)) for bundle, places in _within(after, until))
    return _merged(packed, query.tuples().iterator())


def _merged(packed: Iterable[Iterable[Row]], rows: Iterable[Row]) -> Iterator[Row]:
    """Both in the log's order, without the places by which they are ordered; each bundle is unpacked when it is its turn."""
    in_turn = (row for each in packed for row in each)
    return (row[1:] for row in merge(in_turn, rows, key=itemgetter(0)))


def _rows(bundle: HeldBundle, places: Sequence[int], names: Sequence[str]) -> Iterator[Row]:
    rows = zip(*bundle.columns(places, names), strict=True)
    bundle.forget()  # of many that are gone through one is unpacked at a time
    return rows


def _holding_records(uids: Iterable[str], *conditions: Any) -> Iterator[tuple[HeldBundle, list[int]]]:
    """The bundles that hold any of these records and meet conditions, and where."""
    wanted = sorted(uids)
    if not wanted:
        return
    for bundle in bundles.found(Bundle.low <= wanted[-1], Bundle.high >= wanted[0], *conditions):
        low, high = bisect_left(wanted, bundle.values["low"]), bisect_left(wanted, bundle.values["high"] + "\0")
        places = bundle.places(set(wanted[low:high])) if low < high else []
        if places:
            yield bundle, places


def _within(after: int, until: int) -> Iterator[tuple[HeldBundle, range]]:
    """The bundles with entries behind place ``after`` until place ``until``, and which of theirs these are."""
    for bundle in bundles.found(Bundle.id > after, Bundle.id - Bundle.count < until):
        yield bundle, range(max(0, after + 1 - bundle.start), min(bundle.count, until + 1 - bundle.start))


def holding(texts: Iterable[str], names: Sequence[str]) -> Iterator[Row]:
    """The entries in whose values one of these texts stands, to the letter."""
    every, columns = list(texts), [getattr(Change, name) for name in names]
    for start in range(0, len(every), _AT_ONCE):
        part = every[start : start + _AT_ONCE]
        found = reduce(or_, (sql.holds(each, text) for each in (Change.before, Change.after) for text in part))
        query: Any = Change.select(*columns).where(found)
        yield from query.tuples()
    for bundle in bundles.found() if every else ():
        content, own = bundle.text(), set(bundle.uids)
        bundle.forget()
        if not any(text in content or text in own for text in every):
            continue
        (values,) = bundle.columns(range(bundle.count), ["before" if bundle.removed else "after"])
        yield from _rows(bundle, [at for at, value in enumerate(values) if any(text in value for text in every)], names)


def records_of(batch: str, kind: str) -> list[str]:
    """The records (uids) of a kind that have an entry in a batch (uid)."""
    query: Any = Change.select(Change.record).where(Change.batch == batch, Change.kind == kind).distinct()
    return _besides(query, bundles.found(Bundle.batch == batch, Bundle.kind == kind))


def records_since(done: int, until: int, kind: str, fields: Sequence[str]) -> list[str]:
    """The records (uids) of a kind of which an entry behind place ``done``, until place ``until``, tells one of these fields."""
    query: Any = Change.select(Change.record).where(
        Change.id > done, Change.id <= until, Change.kind == kind, Change.field.in_(list(fields))
    )
    packed = _within(done, until) if WHOLE in fields else ()
    whole = [uid for bundle, places in packed if bundle.kind == kind for uid in bundle.uids[places.start : places.stop]]
    return list(dict.fromkeys([*(uid for (uid,) in query.tuples()), *whole]))


def records_ever(kind: str) -> list[str]:
    """The records (uids) of a kind that the log has an entry of, whether they are still there or not."""
    query: Any = Change.select(Change.record).where(Change.kind == kind).distinct()
    return _besides(query, bundles.found(Bundle.kind == kind))


def _besides(query: Any, packed: Iterable[HeldBundle]) -> list[str]:
    return list(dict.fromkeys([*(uid for (uid,) in query.tuples()), *(uid for each in packed for uid in each.uids)]))


def made_and_gone(batches: Iterable[str]) -> Iterator[tuple[str, str, bool, bool]]:
    """What these batches (uids) wrote of: each record's kind, its uid, whether it was made in them, whether removed."""
    uids, whole = list(batches), Change.field == WHOLE
    made = fn.MAX(Case(None, ((whole & Change.before.is_null(), 1),), 0))
    gone = fn.MAX(Case(None, ((whole & Change.after.is_null(), 1),), 0))
    query: Any = Change.select(Change.kind, Change.record, made, gone).where(Change.batch.in_(sql.given(uids)))
    rows = query.group_by(Change.kind, Change.record).tuples()
    found = {(kind, uid): (bool(is_made), bool(is_gone)) for kind, uid, is_made, is_gone in rows}
    for bundle in bundles.found(Bundle.batch.in_(sql.given(uids))):
        for uid in bundle.uids:
            is_made, is_gone = found.get((bundle.kind, uid), (False, False))
            found[bundle.kind, uid] = (is_made or not bundle.removed, is_gone or bundle.removed)
    for (kind, uid), both in found.items():
        yield kind, uid, *both


def makings(uids: Iterable[str]) -> Iterator[tuple[str, Head, frozenset[str]]]:
    """When these records were made, perhaps more than once: the record, the entry, and all (uids) that came in one with it."""
    wanted = list(dict.fromkeys(uids))
    names = ("record", "field", "after", "id", "device", "number")
    for uid, name, after, place, device, number in database.fetch_in(Change, "record", wanted, names):
        if name == WHOLE and after:
            yield uid, (place, device, number), frozenset(values["uid"] for _kind, values in json.loads(after))
    for bundle, places in _holding_records(wanted):
        if bundle.removed:
            continue
        together = [frozenset(each for _kind, each in bundle.unpacked.uids_at(place)) for place in places]
        rows = _rows(bundle, places, ("record", "id", "device", "number"))
        for (uid, place, device, number), those in zip(rows, together, strict=True):
            yield uid, (place, device, number), those


def told_besides(bundle: HeldBundle, facts: Collection[str], writing: str) -> set[str]:
    """Of whose records other entries tell than those of a bundle: of its own later ones, of these facts (uids) any.

    ``writing``: a batch (uid) whose entries do not count. Nor need other bundles of the same batch be looked into, whose uids lie
    among these: what makes a record, or removes it, does so once.
    """
    own, wanted = bundle.uids, set(facts)
    told = database.fetch_in(Change, "record", [*own, *wanted], ("record", "id", "batch"))
    found = {uid for uid, place, batch in told if batch != writing and (place > bundle.id or uid in wanted)}
    alike = (Bundle.batch == bundle.batch) & (Bundle.removed == int(bundle.removed))
    for other, places in _holding_records([*own, *wanted], Bundle.batch != writing, ~alike):
        held = map(other.uids.__getitem__, places)
        found.update(held if other.id > bundle.id else wanted.intersection(held))
    return found


def newest() -> int:
    """The place of the log's last entry: changes whenever anything in the register does."""
    return log_ends.newest((Change, Bundle))


def newest_by(execute: Callable[..., Any]) -> int:
    """The same through ``execute(sql)`` of any register, of whatever schema."""
    tables = {name for (name,) in execute(sql.TABLES).fetchall()}
    kept = ["change", *({"bundle"} & tables)]
    return max(int(execute(f'SELECT coalesce(max(id), 0) FROM "{table}"').fetchone()[0]) for table in kept)


def ends_of(device: str) -> tuple[int, int]:
    """The last running number that a device gave, and the place of the log's last entry: what a writer begins behind."""
    return log_ends.ends_of((Change, Bundle), device)


def last_number_of(device: str) -> int:
    """The last running number that a device gave; 0 for none."""
    return log_ends.highest_of((Change, Bundle), device)


def numbered() -> list[tuple[str, int, int]]:
    """Of each device how many entries there are, and the last running number that it gave: the same, where none is missing."""
    found: dict[str, tuple[int, int]] = {}
    rows: Any = Change.select(Change.device, fn.COUNT(Change.id), fn.MAX(Change.number)).group_by(Change.device)
    packed: Any = Bundle.select(Bundle.device, sql.sum_of(Bundle.count), fn.MAX(Bundle.number)).group_by(Bundle.device)
    for device, count, last in [*rows.tuples(), *packed.tuples()]:
        known, highest = found.get(device, (0, 0))
        found[device] = (known + int(count), max(highest, int(last)))
    return [(device, *both) for device, both in found.items()]


def batches_told() -> set[str]:
    """The batches (uids) of which there are entries."""
    queries: list[Any] = [kept.select(kept.batch).distinct() for kept in (Change, Bundle)]
    return {batch for query in queries for (batch,) in query.tuples()}


def rewrite(rows: Iterable[tuple[str | None, str | None, int]], batch: str) -> None:
    """Put other values into entries, given as (before, after, place): what an erasure does, and nothing else may do.

    ``batch``: the one (uid) that erases.
    """
    told = {place: (before, after) for before, after, place in rows}
    places = sorted(told)
    for bundle in bundles.found(Bundle.id >= places[0], Bundle.id - Bundle.count < places[-1]) if places else ():
        own = [place for place in range(bundle.start, bundle.id + 1) if place in told]
        texts = {place - bundle.start: told.pop(place)[not bundle.removed] for place in own}
        if own:
            bundles.rewrite(bundle, {at: json.loads(text or "[]") for at, text in texts.items()}, batch)
    left = [(before, after, place) for place, (before, after) in told.items()]
    database.run_many('UPDATE "change" SET before = ?, after = ? WHERE id = ?', left)
