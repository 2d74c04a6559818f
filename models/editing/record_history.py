"""The history of a record, field by field: who changed what, when, from which files, from which value to which."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.editing.editing import CLASSES, Kind
from models.engine import database
from models.journal.log import WHOLE, Batch, Change
from models.records.catalogue import RECORDS
from models.values.columns import Column, Stored, columns_of
from models.values.kinds import Place, Reference
from models.values.region_index import RegionIndex


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One change of one field. ``batch`` is the number people see, ``how`` its kind (import, edit, undo, merge …).

    ``before`` and ``after`` are texts as shown, masked or not as was asked for; "" for nothing. ``at`` is the moment in
    ISO text; ``files`` are the names of the files that an import read; ``reason``: why a person asked for it, if they did.
    """

    field: str
    title: str
    before: str
    after: str
    person: str
    at: str
    batch: int
    how: str
    files: tuple[str, ...]
    reason: str = ""


def history_of(kind: Kind, uid: str, index: RegionIndex, masked: bool = True, name: str = "") -> list[FieldChange]:
    """What happened to the fields of a record, the newest first; ``name`` such as "phone" asks for one field only."""
    columns = {column.name: column for column in columns_of(CLASSES[kind]) if not column.derived}
    entries = list(_entries(kind, uid))
    batches = {row.uid: row for row in Batch.select().where(Batch.uid.in_([entry[0] for entry in entries]))}
    names = _names(columns.values(), [values for _batch, values in entries])
    beside = "birth_date" in columns
    found: list[FieldChange] = []
    for batch, values in entries:
        for field, (before, after) in values.items():
            if field not in columns or (name and field != name) or before == after:
                continue
            told = [_text(columns[field], value, names, index, masked, beside) for value in (before, after)]
            found.append(_step(columns[field], told, batches[batch]))
    return found[::-1]


def _entries(kind: Kind, uid: str) -> Iterable[tuple[str, dict[str, tuple[Stored, Stored]]]]:
    """(batch uid, field → (before, after)) in the order of the log; a creation fills the fields, a removal empties them."""
    for row in Change.select().where(Change.record == uid, Change.kind == kind).order_by(Change.id):
        if row.field != WHOLE:
            yield row.batch, {row.field: (_value(row.before), _value(row.after))}
        elif row.after is not None:
            yield row.batch, {field: (None, value) for field, value in _own(kind, row.after).items()}
        elif row.before is not None:
            yield row.batch, {field: (value, None) for field, value in _own(kind, row.before).items()}


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _own(kind: Kind, text: str) -> dict[str, Any]:
    """A record's own values in the log's bundle of it and its facts."""
    return next((values for each, values in json.loads(text) if each == kind), {})


def _names(columns: Iterable[Column], entries: list[dict[str, tuple[Stored, Stored]]]) -> dict[str, str]:
    """The names of the records that the values refer to or referred to, by uid."""
    found: dict[str, str] = {}
    for column in columns:
        if isinstance(column.kind, Reference) and not isinstance(column.kind, Place):
            uids = {value for values in entries for value in values.get(column.name, ()) if value}
            found |= dict(database.fetch_in(RECORDS[column.kind.record], "uid", uids, ("uid", "name")))
    return found


def _text(column: Column, value: Stored, names: dict[str, str], index: RegionIndex, masked: bool, beside: bool) -> str:
    if value is None:
        return ""
    if isinstance(column.kind, Place):
        return index.path(str(value)) if value in index.entries else str(value)
    if isinstance(column.kind, Reference):
        return names.get(str(value)) or "—"
    return column.kind.show(value, masked=masked, beside_birth=beside)


def _step(column: Column, told: list[str], batch: Batch) -> FieldChange:
    source = json.loads(batch.source)
    sheets = source.get("sheets", []) if isinstance(source, dict) and batch.kind == "import" else []
    files = tuple(dict.fromkeys(str(sheet["file"]) for sheet in sheets))
    reason = str(source.get("reason") or "") if isinstance(source, dict) else ""
    number = int(batch.id)
    return FieldChange(column.name, column.title, told[0], told[1], batch.person, batch.at, number, batch.kind, files, reason)
