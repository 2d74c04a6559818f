"""The log itself: batches, entries, and the earlier entries that each replaces. Written by ``models/journal/writer.py`` only."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from json.encoder import encode_basestring
from typing import Any

from peewee import AutoField, IntegerField, Model, TextField

from models.engine import database
from models.engine.record import Record
from models.records.catalogue import RECORDS, kind_of, references

#: The field name of a change row that creates or removes a whole record.
WHOLE = "*"
#: An entry of the log as a parent: its row number, its device and its number there
Head = tuple[int, str, int]
#: Stands for a value where the JSON of a bundle is prepared; no record has it in a name.
_MARK = "\u0000"


class Batch(Model):
    """One command, one form saved, one import: who did what, when, and from which files. ``id`` is the number people see."""

    id = AutoField()
    uid = TextField(unique=True)
    device = TextField()
    person = TextField()
    kind = TextField()
    at = TextField()
    source = TextField()
    undoes = TextField(null=True, index=True)

    class Meta:
        """Where the batches are kept."""

        database = database.db
        legacy_table_names = False


class Change(Model):
    """One entry of the log. ``before``, ``after`` and ``replaces`` are JSON."""

    id = AutoField()
    batch = TextField(index=True)
    device = TextField()
    number = IntegerField()
    kind = TextField()
    record = TextField(index=True)
    field = TextField()
    before = TextField(null=True)
    after = TextField(null=True)
    replaces = TextField()

    class Meta:
        """Where the log is kept."""

        database = database.db
        legacy_table_names = False
        indexes = ((("device", "number"), True),)


_encoder = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def to_json(value: Any) -> str:
    """Compact JSON with Chinese kept readable."""
    return _encoder.encode(value)


#: The JSON of a bundle with %s for each of its values, by the records and names that it holds.
_patterns: dict[tuple[tuple[type[Record], tuple[str, ...]], ...], str] = {}


def bundle_json(bundle: Sequence[tuple[type[Record], dict[str, Any]]]) -> str:
    """The JSON of a record and its facts: a list of [kind, values].

    The same as :func:`to_json` gives, in a third of the time: what all bundles of a shape have in common is made once.
    """
    shape = tuple([(record, tuple(values)) for record, values in bundle])
    pattern = _patterns.get(shape)
    if pattern is None:
        marked = to_json([[kind_of(record), dict.fromkeys(names, _MARK)] for record, names in shape])
        _patterns[shape] = pattern = marked.replace("%", "%%").replace(to_json(_MARK), "%s")
    cells = chain.from_iterable([values.values() for _record, values in bundle])
    return pattern % tuple([encode_basestring(cell) if type(cell) is str else to_json(cell) for cell in cells])


@dataclass(slots=True)
class LogEntry:
    """One entry of the log before it is written; its batch and device are the writer's.

    ``facts``: (kind, uid) of what a removal takes away with the record.
    """

    number: int
    kind: str
    record: str
    field: str
    before: str | None
    after: str | None
    replaces: str = "[]"
    facts: Sequence[tuple[str, str]] = ()


def name_parents(log: Sequence[LogEntry], device: str) -> None:
    """Fill ``replaces`` of each entry with the heads it replaces: the last change of the field or the record's creation.

    The later of the two: a record that came back brought the field's value with it. A removal replaces the heads of all
    that it takes away. Creations of the same batch are in the register already.
    """
    named = {uid: kind for entry in log for kind, uid in ((entry.kind, entry.record), *entry.facts)}
    newest: dict[str, dict[str, Head]] = {entry.record: {} for entry in log}
    for (uid, name), head in heads(named).items():
        newest.setdefault(uid, {})[name] = head
    for uid, head in _births({uid: named[uid] for uid, held in newest.items() if WHOLE not in held}).items():
        newest[uid][WHOLE] = head
    for entry in log:
        if entry.field == WHOLE:
            taken = [newest[uid] for uid in (entry.record, *(uid for _kind, uid in entry.facts)) if uid in newest]
            since = [(held.get(WHOLE, (0, "", 0)), head) for held in taken for head in held.values()]
            found = sorted({head for whole, head in since if head >= whole})
        else:
            both = [newest[entry.record][each] for each in (entry.field, WHOLE) if each in newest[entry.record]]
            found = [max(both)] if both else []
        entry.replaces = to_json([head[1:] for head in found])
        newest[entry.record][entry.field] = (sys.maxsize, device, entry.number)


def rewrite(rows: Iterable[tuple[str | None, str | None, int]]) -> None:
    """Put other values into entries, given as (before, after, row number): what an erasure does, and nothing else may do."""
    database.db.connection().executemany('UPDATE "change" SET before = ?, after = ? WHERE id = ?', rows)


def describe(batches: Iterable[tuple[str, str]]) -> None:
    """Put other descriptions to batches, given as (source as JSON, uid): what an erasure does, and nothing else may do."""
    database.db.connection().executemany('UPDATE "batch" SET source = ? WHERE uid = ?', batches)


def heads(uids: Iterable[str]) -> dict[tuple[str, str], Head]:
    """The latest change of each field of these records, and of each as a whole: by (record uid, field)."""
    rows = database.fetch_in(Change, "record", uids, ("record", "field", "id", "device", "number"))
    return {(record, name): (row, device, number) for record, name, row, device, number in rows}


def _births(kinds: Mapping[str, str]) -> dict[str, Head]:
    """Creations of facts that share the row of the record they were created with: found through what they refer to.

    ``kinds``: uid → kind. What a fact referred to before a merge counts as well.
    """
    born: dict[str, Head] = {}
    for kind in set(kinds.values()):
        uids = [uid for uid, each in kinds.items() if each == kind]
        owners = [name for record, name in references() if record is RECORDS[kind]]
        referred = {
            uid: set(others) for uid, *others in database.fetch_in(RECORDS[kind], "uid", uids, ("uid", *owners))
        }
        for uid, name, before in database.fetch_in(Change, "record", uids, ("record", "field", "before")):
            if name in owners and uid in referred:
                referred[uid].add(json.loads(before))
        creations: dict[str, list[tuple[str, Head]]] = {}
        every = {owner for others in referred.values() for owner in others if owner}
        rows = database.fetch_in(Change, "record", every, ("record", "field", "after", "id", "device", "number"))
        for owner, name, after, row, device, number in rows:
            if name == WHOLE and after:
                creations.setdefault(owner, []).append((after, (row, device, number)))
        for uid, others in referred.items():
            found = [at for owner in others for after, at in creations.get(owner or "", ()) if uid in after]
            if found:
                born[uid] = max(found)
    return born
