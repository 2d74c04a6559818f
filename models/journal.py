"""The one writer and its append-only log.

Every change of the register happens inside :func:`batch`, in one transaction. A change row says: device, running number,
batch, record, field (``*`` for a whole record), before, after, and the changes that it replaces. That one log is the
history of a field, the way back (``models/undo.py``) and later what two laptops exchange: an operation log with parents
loses no edit, newest-wins does. It says what the register *knew*; when facts held is said by their own dates.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from peewee import AutoField, IntegerField, Model, TextField, fn

from models import database, membership
from models.membership import Event, MembershipEvent, standing
from models.record import Record
from models.records import RECORDS, kind_of, references
from models.uid import new_uid
from models.worker import Worker

#: The field name of a change row that creates or removes a whole record.
WHOLE = "*"

Values = dict[str, Any]
#: (record class, its values with "uid"), the facts that are created together with a main record
Bundle = Sequence[tuple[type[Record], Values]]


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


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: the installation's device id and the person's name, both from the laptop's own file."""

    device: str
    person: str


_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_json(value: Any) -> str:
    """Compact JSON with Chinese kept readable."""
    return _encoder.encode(value)


@dataclass
class Writer:
    """Collects the changes of one batch and writes them together; made by :func:`batch` only."""

    uid: str
    device: str
    number: int
    inserts: dict[type[Record], list[Values]] = field(default_factory=dict)
    updates: dict[tuple[type[Record], str], Values] = field(default_factory=dict)
    deletes: dict[type[Record], list[str]] = field(default_factory=dict)
    log: list[Values] = field(default_factory=list)
    standings: set[str] = field(default_factory=set)
    changed_events: set[str] = field(default_factory=set)

    def create(self, record: type[Record], values: Values, facts: Bundle = ()) -> None:
        """Create a record and the facts that belong to it; every values dict carries its ``uid``.

        The derived fields of a new worker are computed here, from the events among its facts.
        """
        after = to_json([[kind_of(each), given] for each, given in ((record, values), *facts)])
        self._note(record, values["uid"], WHOLE, None, after)
        for fact, given in facts:
            self._touch(fact, given)
            self.inserts.setdefault(fact, []).append(given)
        if record is Worker:
            self.standings.discard(values["uid"])
            values = values | standing(Event(*_event_parts(each)) for fact, each in facts if fact is MembershipEvent)
        else:
            self._touch(record, values)
        self.inserts.setdefault(record, []).append(values)

    def update(self, record: type[Record], uid: str, changes: dict[str, tuple[Any, Any]]) -> None:
        """Change fields of a record: field name → (value before, value after). One log row per field."""
        for name, (before, after) in changes.items():
            self._note(record, uid, name, to_json(before), to_json(after))
        pending = self.updates.setdefault((record, uid), {})
        pending.update((name, after) for name, (_before, after) in changes.items())
        if record is MembershipEvent:
            self.changed_events.add(uid)

    def remove(self, bundle: Bundle) -> None:
        """Remove a record and the facts created with it: the first of ``bundle`` is the main one."""
        record, values = bundle[0]
        self._note(record, values["uid"], WHOLE, to_json([[kind_of(each), given] for each, given in bundle]), None)
        for each, given in bundle:
            self._touch(each, given)
            self.deletes.setdefault(each, []).append(given["uid"])

    def _touch(self, record: type[Record], values: Values) -> None:
        if record is MembershipEvent:
            self.standings.add(values["worker"])

    def _note(self, record: type[Record], uid: str, name: str, before: str | None, after: str | None) -> None:
        self.number += 1
        self.log.append({
            "batch": self.uid, "device": self.device, "number": self.number, "kind": kind_of(record), "record": uid,
            "field": name, "before": before, "after": after, "replaces": "[]",
        })  # fmt: skip

    def flush(self) -> None:
        """Write what was collected: the log's parents first (they are the state before), then rows, then derived fields."""
        _name_parents(self.log)
        database.insert_rows(Change, self.log)
        members = database.fetch_in(MembershipEvent, "uid", self.changed_events, ("worker",))
        self.standings.update(worker for (worker,) in members)
        for record in RECORDS.values():
            database.insert_rows(record, self.inserts.get(record, []))
        for (record, names), rows in self._updates().items():
            database.update_rows(record, names, rows)
        for record in reversed(RECORDS.values()):
            database.delete_rows(record, self.deletes.get(record, []))
        membership.refresh(self.standings - set(self.deletes.get(Worker, [])))


    def _updates(self) -> dict[tuple[type[Record], tuple[str, ...]], list[list[Any]]]:
        """The pending updates grouped by what they set, the last value of each field."""
        grouped: dict[tuple[type[Record], tuple[str, ...]], list[list[Any]]] = {}
        for (record, uid), values in self.updates.items():
            grouped.setdefault((record, tuple(values)), []).append([*values.values(), uid])
        return grouped


def _event_parts(values: Values) -> tuple[Any, ...]:
    return tuple(values.get(name) for name in ("union", "type", "date", "reason"))


def _name_parents(log: list[Values]) -> None:
    """Fill ``replaces`` of each entry with the head it replaces: the last change of the field, else the record's creation."""
    known = {entry["record"] for entry in log if entry["field"] == WHOLE and entry["before"] is None}
    older = [entry for entry in log if entry["record"] not in known]
    newest = heads(entry["record"] for entry in older)
    newest |= _births([entry for entry in older if (entry["record"], WHOLE) not in newest])
    for entry in log:
        key = (entry["record"], entry["field"])
        parent = newest.get(key) or newest.get((entry["record"], WHOLE))
        if parent:
            entry["replaces"] = to_json([parent])
        newest[key] = [entry["device"], entry["number"]]


def heads(uids: Iterable[str]) -> dict[tuple[str, str], list[Any]]:
    """The latest change of each field of these records: (record uid, field) → [device, number]."""
    rows = database.fetch_in(Change, "record", uids, ("record", "field", "device", "number"))
    return {(record, name): [device, number] for record, name, device, number in rows}


def _births(entries: list[Values]) -> dict[tuple[str, str], list[Any]]:
    """Creations of facts that share the row of the record they were created with: found through what they refer to."""
    born: dict[tuple[str, str], list[Any]] = {}
    for kind in {entry["kind"] for entry in entries}:
        uids = {entry["record"] for entry in entries if entry["kind"] == kind}
        owners = [name for record, name in references() if record is RECORDS[kind]]
        facts = {uid: referred for uid, *referred in database.fetch_in(RECORDS[kind], "uid", uids, ("uid", *owners))}
        referred_to = {owner for referred in facts.values() for owner in referred if owner}
        creations: dict[str, list[tuple[str, list[Any]]]] = {}
        rows = database.fetch_in(Change, "record", referred_to, ("record", "field", "after", "device", "number"))
        for owner, name, after, device, number in rows:
            if name == WHOLE and after:
                creations.setdefault(owner, []).append((after, [device, number]))
        for uid, referred in facts.items():
            for after, at in (each for owner in referred for each in creations.get(owner, ())):
                if uid in after:
                    born[uid, WHOLE] = at
    return born


def last_number() -> int:
    """The running row number of the log's newest entry: changes whenever anything in the register does."""
    return int(Change.select(fn.MAX(Change.id)).scalar() or 0)


@contextmanager
def batch(kind: str, author: Author, source: Any = None, undoes: str | None = None) -> Iterator[Writer]:
    """One batch in one transaction. ``kind``: import, edit, undo, setting…; ``source``: JSON-able, e.g. the files read.

    Nothing is written when the block raises, or when it changed nothing (then there is no batch either).
    """
    with database.transaction():
        number = Change.select(fn.MAX(Change.number)).where(Change.device == author.device).scalar() or 0
        writer = Writer(new_uid(), author.device, int(number))
        yield writer
        if not writer.log:
            return
        at = dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds")
        Batch.insert(
            uid=writer.uid,
            device=author.device,
            person=author.person,
            kind=kind,
            at=at,
            source=to_json(source),
            undoes=undoes,
        ).execute()
        writer.flush()


def note(kind: str, author: Author, source: Any) -> None:
    """Keep a trace of something that changed no record, such as full numbers shown or printed."""
    at = dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds")
    with database.transaction():
        Batch.insert(
            uid=new_uid(), device=author.device, person=author.person, kind=kind, at=at, source=to_json(source)
        ).execute()


def number_of(writer: Writer) -> int | None:
    """The number that people see of a finished batch; None when it changed nothing."""
    row = Batch.get_or_none(Batch.uid == writer.uid)
    return None if row is None else int(row.id)
