"""Which records were merged away and into which, told by the log: for undoing, and for sheets that name the old record."""

import json
from dataclasses import dataclass

from models.journal import entries
from models.journal.log import WHOLE, Batch


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge that still holds: the number of its batch (of the newest redoing), the name of what went in, when, by whom."""

    number: int
    name: str
    at: str
    person: str


def merges_into(uid: str) -> list[Merge]:
    """The merges by which other records went into this one (uid) and have not been taken apart since, the newest first."""
    taken = [drop for drop, keep in merged_into().items() if keep == uid]
    names = ("record", "field", "batch", "before", "after")
    rows = [row for row in entries.of_records(taken, names) if row[1] == WHOLE]
    last = {record: (batch, before) for record, _field, batch, before, after in rows if after is None}
    batches = {row.uid: row for row in Batch.select().where(Batch.uid.in_([batch for batch, _before in last.values()]))}
    found = [
        Merge(int(batches[batch].id), _name_in(before), batches[batch].at, batches[batch].person)
        for batch, before in last.values()
    ]
    return sorted(found, key=lambda each: each.number, reverse=True)


def _name_in(whole: str | None) -> str:
    (_kind, values), *_facts = json.loads(whole or '[["", {}]]')
    return str(values.get("name") or "")


def merged_into() -> dict[str, str]:
    """Every record (uid) that is gone because it was merged, and the record that took it in, itself perhaps merged since."""
    merges = {row.uid: json.loads(row.source) for row in Batch.select().where(Batch.kind == "merge")}
    dropped = [source["drop"] for source in merges.values()]
    said = entries.of_records(dropped, ("record", "field", "batch", "after"))
    last = {record: (batch, after) for record, name, batch, after in said if name == WHOLE}
    found: dict[str, str] = {}
    for drop, (batch, after) in last.items():
        source = merges.get(origin(batch), {})
        if after is None and source.get("drop") == drop:
            found[drop] = source["keep"]
    return found


def origin(batch: str) -> str:
    """The batch (uid) that a chain of undoes and redoes began with; a batch that undoes nothing is its own."""
    undone = Batch.select(Batch.undoes).where(Batch.uid == batch).scalar()
    return origin(undone) if undone else batch


def is_merge(batch: str) -> bool:
    """True when a batch (uid) merged two records, or undid or redid such a merge."""
    return bool(Batch.select().where(Batch.uid == origin(batch), Batch.kind == "merge").exists())
