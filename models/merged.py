"""Which records were merged away and into which, told by the log: for undoing, and for sheets that name the old record."""

import json

from models import database
from models.log import WHOLE, Batch, Change


def merged_into() -> dict[str, str]:
    """Every record (uid) that is gone because it was merged, and the record that took it in, itself perhaps merged since."""
    merges = {row.uid: json.loads(row.source) for row in Batch.select().where(Batch.kind == "merge")}
    dropped = [source["drop"] for source in merges.values()]
    entries = database.fetch_in(Change, "record", dropped, ("record", "field", "batch", "after"))
    last = {record: (batch, after) for record, name, batch, after in entries if name == WHOLE}
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
