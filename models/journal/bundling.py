"""Entries that an earlier program kept a row each are put into bundles, where there are many in a row."""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from models.engine import database
from models.journal import bundles, entries
from models.journal.log import WHOLE, Change, LogEntry
from models.records.catalogue import RECORDS

_NAMES = ("number", "kind", "record", "before", "after", "replaces")


class _Run(NamedTuple):
    """Entries that follow each other without a gap: made, or removed, records of one kind and batch."""

    device: str
    number: int
    first: int
    last: int


def bundle_old() -> int:
    """Bundle the rows of the log that can be; returns how many entries went into bundles. Part of the transaction that is open.

    Places and running numbers stay what they are: whatever speaks of an entry goes on to mean it.
    """
    # a device's bundles are chained in the order of its numbers
    return sum(_bundled(run) for run in sorted(_runs()))


def _runs() -> Iterator[_Run]:
    told = (Change.id, Change.batch, Change.device, Change.number, Change.kind, Change.field)
    query: Any = Change.select(*told, Change.before.is_null(), Change.after.is_null()).order_by(Change.id)
    rows = query.tuples().iterator()
    for _key, run in groupby(_keyed(rows), key=lambda each: each[0]):
        held = [each[1] for each in run]
        if len(held) >= bundles.FEWEST:
            yield _Run(held[0].device, held[0].number, held[0].first, held[-1].last)


def _keyed(rows: Iterator[Any]) -> Iterator[tuple[int, _Run]]:
    """Each row with what it has in common with those of its run: also how far its place is from its turn in it."""
    part, before, last = 0, None, (0, 0)
    for place, batch, device, number, kind, field, made, gone in rows:
        alike = (batch, device, kind, made)
        whole = field == WHOLE and made != gone and kind in RECORDS
        if not whole or alike != before or place != last[0] + 1 or number <= last[1]:
            part += 1
        before, last = alike if whole else None, (place, number)
        yield part, _Run(device, number, place, place)


def _bundled(run: _Run) -> int:
    bundled, size = 0, bundles.size_of(run.last - run.first + 1)
    for first in range(run.first, run.last + 1, size):
        last = min(first + size - 1, run.last)
        rows = list(entries.between(first - 1, last, ("batch", *_NAMES)))
        for uids, part in bundles.runs([_entry(row[1:]) for row in rows]):
            if uids is not None:
                database.db.execute_sql('DELETE FROM "change" WHERE id BETWEEN ? AND ?', [first, last])
                bundles.append(rows[0][0], run.device, last, uids, part)
                bundled += len(part)
    return bundled


def _entry(row: tuple[Any, ...]) -> LogEntry:
    number, kind, record, before, after, replaces = row
    whole = [(RECORDS[each], values) for each, values in json.loads(after or before)]
    return LogEntry(kind, record, WHOLE, whole=whole, gone=after is None, replaces=json.loads(replaces), number=number)
