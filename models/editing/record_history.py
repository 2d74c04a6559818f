"""The history of a record, field by field: who changed what, when, from which files, from which value to which."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from models.editing.editing import CLASSES, Kind
from models.engine import database
from models.journal import entries
from models.journal.history import root_of
from models.journal.log import WHOLE, Batch
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
    told = list(_entries(kind, uid))
    batches = {row.uid: row for row in Batch.select().where(Batch.uid.in_([batch for batch, _values in told]))}
    names = _names(columns.values(), [values for _batch, values in told])
    beside = "birth_date" in columns
    found: list[FieldChange] = []
    for batch, values in told:
        if batch not in batches:  # of an office's it may be kept from who does not see all that it wrote
            continue
        for field, (before, after) in values.items():
            if field not in columns or (name and field != name) or before == after:
                continue
            both = [_text(columns[field], value, names, index, masked, beside) for value in (before, after)]
            found.append(_step(columns[field], both, root_of(batches[batch])))
    return found[::-1]


def _entries(kind: Kind, uid: str) -> Iterable[tuple[str, dict[str, tuple[Stored, Stored]]]]:
    """(batch uid, field → (before, after)) in the order of the log; a creation fills the fields, a removal empties them."""
    for batch, of, field, before, after in entries.of_records([uid], ("batch", "kind", "field", "before", "after")):
        if of != kind:
            continue
        if field != WHOLE:
            yield batch, {field: (_value(before), _value(after))}
        elif after is not None:
            yield batch, {name: (None, value) for name, value in _own(kind, after).items()}
        elif before is not None:
            yield batch, {name: (value, None) for name, value in _own(kind, before).items()}


def _value(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _own(kind: Kind, text: str) -> dict[str, Any]:
    """A record's own values in what the log has of it and its facts."""
    return next((values for each, values in json.loads(text) if each == kind), {})


def _names(columns: Iterable[Column], told: list[dict[str, tuple[Stored, Stored]]]) -> dict[str, str]:
    """The names of the records that the values refer to or referred to, by uid."""
    found: dict[str, str] = {}
    for column in columns:
        if isinstance(column.kind, Reference) and not isinstance(column.kind, Place):
            uids = {value for values in told for value in values.get(column.name, ()) if value}
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
