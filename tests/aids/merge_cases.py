"""How the tests speak of records that are merged: made, edited, merged and unmerged by one call each."""

from typing import Any

from models.duplicates.merge import MergePreview, merge, merge_preview
from models.engine import database
from models.engine.record import Record
from models.journal.undo import Undone, undo
from models.journal.writer import Author, batch
from models.records.catalogue import RECORDS, kind_of
from models.records.membership import MembershipEvent
from models.records.region import load_index
from models.records.worker import Worker
from models.uid import new_uid
from tests.aids.speaking import TODAY, last_batch, made

EVERYTHING = [record for kind, record in RECORDS.items() if not kind.startswith("region")]


def member(author: Author, union: str, name: str = "王砚舟", date: str | None = "2024-05-06", **values: Any) -> str:
    """A worker who joined a union; the joining shares the worker's row of the log."""
    uid = new_uid()
    event = {"uid": new_uid(), "worker": uid, "union": union, "type": "入会", "date": date, "reason": None}
    return made(author, Worker, [(MembershipEvent, event)], uid=uid, name=name, **values)


def edited(author: Author, record: type[Record], uid: str, **values: Any) -> int:
    """Change fields as a form does; the batch's number."""
    held = record.get(record.uid == uid)
    with batch("edit", author) as writer:
        writer.update(record, uid, {name: (getattr(held, name), value) for name, value in values.items()})
    return last_batch()


def merged(author: Author, keep: str, drop: str, **choices: str) -> int:
    return merge(keep, drop, choices, author, load_index(TODAY), TODAY)


def preview(keep: str, drop: str, **choices: str) -> MergePreview:
    return merge_preview(keep, drop, load_index(TODAY), TODAY, choices)


def held(record: type[Record], uid: str, *names: str) -> tuple[Any, ...]:
    row = record.get(record.uid == uid)
    return tuple(getattr(row, name) for name in names)


def every(record: type[Record], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(getattr(row, name) for name in names) for row in record.select().order_by(record.uid)]


def contents() -> dict[str, list[dict[str, Any]]]:
    """All records but their row numbers, derived values too."""
    rows: dict[str, Any] = {kind_of(record): record.select().order_by(record.uid).dicts() for record in EVERYTHING}
    return {
        kind: [{name: each[name] for name in each if name != "id"} for each in found] for kind, found in rows.items()
    }


def place(name: str) -> str:
    uid = load_index(TODAY).resolve(name).uid
    assert uid is not None
    return uid


def unmerged(author: Author, number: int) -> Undone:
    undone = undo(number, author)
    assert database.damage() == []
    return undone
