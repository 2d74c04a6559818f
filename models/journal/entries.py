"""Reading the log: whoever wants to know what was written asks here, and never the tables that it is kept in.

Entries come as tuples of the :data:`FIELDS` that are asked for, in the log's order; ``before``, ``after`` and ``replaces`` are
JSON texts.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any

from peewee import Case, fn

from models.engine import database, sql
from models.journal.log import WHOLE, Change, Head

#: What an entry says: its place in this file's log, its batch, who wrote it as which number, and what changed how.
FIELDS = ("id", "batch", "device", "number", "kind", "record", "field", "before", "after", "replaces")
#: Texts that are looked for at once.
_AT_ONCE = 40

Row = tuple[Any, ...]


def of_records(uids: Iterable[str], names: Sequence[str]) -> Iterator[Row]:
    """The entries of these records, those of a fact that came with another record left out."""
    return database.fetch_in(Change, "record", uids, names)


def of_batches(batches: Iterable[str], names: Sequence[str]) -> Iterator[Row]:
    """The entries of these batches (uids)."""
    return database.fetch_in(Change, "batch", batches, names)


def between(after: int, until: int, names: Sequence[str]) -> Iterator[Row]:
    """The entries behind place ``after`` of the log, until place ``until``."""
    columns = [getattr(Change, name) for name in names]
    query = Change.select(*columns).where(Change.id > after, Change.id <= until).order_by(Change.id)
    yield from query.tuples().iterator()


def holding(texts: Iterable[str], names: Sequence[str]) -> Iterator[Row]:
    """The entries in whose values one of these texts stands, to the letter."""
    every, columns = list(texts), [getattr(Change, name) for name in names]
    for start in range(0, len(every), _AT_ONCE):
        part = every[start : start + _AT_ONCE]
        found = reduce(or_, (fn.INSTR(each, text) > 0 for each in (Change.before, Change.after) for text in part))
        yield from Change.select(*columns).where(found).tuples()


def records_of(batch: str, kind: str) -> list[str]:
    """The records (uids) of a kind that have an entry in a batch (uid)."""
    query = Change.select(Change.record).where(Change.batch == batch, Change.kind == kind)
    return [uid for (uid,) in query.distinct().tuples()]


def records_since(done: int, until: int, kind: str, fields: Sequence[str]) -> list[str]:
    """The records (uids) of a kind of which an entry behind place ``done``, until place ``until``, tells one of these fields."""
    query = Change.select(Change.record).where(
        Change.id > done, Change.id <= until, Change.kind == kind, Change.field.in_(list(fields))
    )
    return list(dict.fromkeys(uid for (uid,) in query.tuples()))


def records_ever(kind: str) -> list[str]:
    """The records (uids) of a kind that the log has an entry of, whether they are still there or not."""
    return [uid for (uid,) in Change.select(Change.record).where(Change.kind == kind).distinct().tuples()]


def made_and_gone(batches: Iterable[str]) -> Iterator[tuple[str, str, bool, bool]]:
    """What these batches (uids) wrote of: each record's kind, its uid, whether it was made in them, whether removed."""
    whole = Change.field == WHOLE
    made = fn.MAX(Case(None, ((whole & Change.before.is_null(), 1),), 0))
    gone = fn.MAX(Case(None, ((whole & Change.after.is_null(), 1),), 0))
    query: Any = Change.select(Change.kind, Change.record, made, gone).where(Change.batch.in_(sql.given(batches)))
    for kind, record, is_made, is_gone in query.group_by(Change.kind, Change.record).tuples():
        yield kind, record, bool(is_made), bool(is_gone)


def makings(uids: Iterable[str]) -> Iterator[tuple[str, Head, frozenset[str]]]:
    """When these records were made, perhaps more than once: the record, the entry, and all (uids) that came in one with it."""
    for uid, name, after, *head in of_records(uids, ("record", "field", "after", "id", "device", "number")):
        if name == WHOLE and after:
            place, device, number = head
            yield uid, (place, device, number), frozenset(values["uid"] for _kind, values in json.loads(after))


def newest() -> int:
    """The place of the log's last entry: changes whenever anything in the register does."""
    return newest_by(database.db.execute_sql)


def newest_by(execute: Callable[..., Any]) -> int:
    """The same through ``execute(sql)`` of any register, of whatever schema."""
    return int(execute('SELECT coalesce(max(id), 0) FROM "change"').fetchone()[0])


def last_number_of(device: str) -> int:
    """The last running number that a device gave; 0 for none."""
    return int(Change.select(fn.MAX(Change.number)).where(Change.device == device).scalar() or 0)


def numbered() -> list[tuple[str, int, int]]:
    """Of each device how many entries there are, and the last running number that it gave: the same, where none is missing."""
    query: Any = Change.select(Change.device, fn.COUNT(Change.id), fn.MAX(Change.number)).group_by(Change.device)
    return [(device, int(count), int(last)) for device, count, last in query.tuples()]


def batches_told() -> set[str]:
    """The batches (uids) of which there are entries."""
    return {batch for (batch,) in Change.select(Change.batch).distinct().tuples()}


def rewrite(rows: Iterable[tuple[str | None, str | None, int]]) -> None:
    """Put other values into entries, given as (before, after, place): what an erasure does, and nothing else may do."""
    database.db.connection().executemany('UPDATE "change" SET before = ?, after = ? WHERE id = ?', rows)
