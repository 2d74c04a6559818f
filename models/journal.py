"""The one writer and its append-only log.

Every change of the register happens inside :func:`batch`, in one transaction. A change row says: device, running number,
batch, record, field (``*`` for a whole record), before, after, and the changes that it replaces. That one log is the
history of a field, the way back (``models/undo.py``) and later what two laptops exchange: an operation log with parents
loses no edit, newest-wins does. It says what the register *knew*; when facts held is said by their own dates.
"""

import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from peewee import AutoField, IntegerField, Model, TextField, fn

from models import database, membership
from models.membership import MembershipEvent
from models.record import Record
from models.records import RECORDS, kind_of, references, refers_to_itself
from models.uid import new_uid
from models.worker import Worker

#: The field name of a change row that creates or removes a whole record.
WHOLE = "*"
#: Creations that are written together.
CHUNK = 2_000
#: Creations from which on it is worth making a table's indexes anew.
MANY = 10_000

Values = dict[str, Any]
#: (record class, its values with "uid"), the facts that are created together with a main record
Bundle = Sequence[tuple[type[Record], Values]]
#: An entry of the log as a parent: its row number, its device and its number there
Head = tuple[int, str, int]


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


_encoder = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))


def to_json(value: Any) -> str:
    """Compact JSON with Chinese kept readable."""
    return _encoder.encode(value)


@dataclass(slots=True)
class _Entry:
    """One entry of the log before it is written; its batch and device are the writer's."""

    number: int
    kind: str
    record: str
    field: str
    before: str | None
    after: str | None
    replaces: str = "[]"


@dataclass
class Writer:
    """Collects the changes of one batch and writes them together; made by :func:`batch` only.

    The log and what is created are written as they come, a chunk at a time, so that a large batch is never held twice.
    """

    uid: str
    device: str
    number: int
    inserts: dict[type[Record], list[Values]] = field(default_factory=dict)
    updates: dict[tuple[type[Record], str], Values] = field(default_factory=dict)
    deletes: dict[type[Record], list[str]] = field(default_factory=dict)
    born: list[_Entry] = field(default_factory=list)
    log: list[_Entry] = field(default_factory=list)
    standings: set[str] = field(default_factory=set)
    changed_events: set[str] = field(default_factory=set)
    indexes: list[str] = field(default_factory=list)

    def expect(self, creations: Mapping[type[Record], int]) -> None:
        """Say how many records will be created, before the first one is.

        A table that grows more than tenfold by many rows gets its indexes after them: sorting once beats searching the
        place of every row.
        """
        tables: list[tuple[type[Model], int]] = [(Change, sum(creations.values())), *creations.items()]
        for record, count in tables:
            if count > MANY and database.newest_id(record) <= count // 10:
                self.indexes += database.drop_indexes(record)

    def create(self, record: type[Record], values: Values, facts: Bundle = (), removal: Head | None = None) -> None:
        """Create a record and the facts that belong to it; every values dict carries its ``uid``.

        ``removal``: the entry that removed a record which now comes back.

        The derived fields of a new worker are computed here, from the events among its facts.
        """
        after = to_json([[kind_of(each), given] for each, given in ((record, values), *facts)])
        self.born.append(self._entry(record, values["uid"], WHOLE, None, after))
        if removal is not None:
            self.born[-1].replaces = to_json([removal[1:]])
        if record is Worker:
            values, facts = membership.with_derived(values, facts)
        for fact, given in ((record, values), *facts):
            self._touch(fact, given)
            self.inserts.setdefault(fact, []).append(given)
        if record is Worker:
            self.standings.discard(values["uid"])
        if len(self.born) >= CHUNK:
            self._write_creations()

    def update(self, record: type[Record], uid: str, changes: dict[str, tuple[Any, Any]]) -> None:
        """Change fields of a record: field name → (value before, value after). One log row per field."""
        for name, (before, after) in changes.items():
            self.log.append(self._entry(record, uid, name, to_json(before), to_json(after)))
        self._write_full_log()
        pending = self.updates.setdefault((record, uid), {})
        pending.update((name, after) for name, (_before, after) in changes.items())
        if record is MembershipEvent:
            self.changed_events.add(uid)

    def remove(self, bundle: Bundle) -> None:
        """Remove a record and the facts created with it: the first of ``bundle`` is the main one."""
        record, values = bundle[0]
        before = to_json([[kind_of(each), given] for each, given in bundle])
        self.log.append(self._entry(record, values["uid"], WHOLE, before, None))
        self._write_full_log()
        for each, given in bundle:
            self._touch(each, given)
            self.deletes.setdefault(each, []).append(given["uid"])

    def _touch(self, record: type[Record], values: Values) -> None:
        if record is MembershipEvent:
            self.standings.add(values["worker"])

    def _entry(self, record: type[Record], uid: str, name: str, before: str | None, after: str | None) -> _Entry:
        self.number += 1
        return _Entry(self.number, kind_of(record), uid, name, before, after)

    def flush(self) -> None:
        """Write what is left: creations, the log with its parents (they are the state before), rows, derived fields."""
        self._write_creations()
        database.create_indexes(self.indexes)
        self._write_replacing()
        members = database.fetch_in(MembershipEvent, "uid", self.changed_events, ("worker",))
        self.standings.update(worker for (worker,) in members)
        for (record, names), rows in self._updates().items():
            database.update_rows(record, names, rows)
        for record in reversed(RECORDS.values()):
            uids = self.deletes.get(record, [])
            database.delete_rows(record, uids, anew=len(uids) > MANY and not refers_to_itself(record))
        membership.refresh(self.standings - set(self.deletes.get(Worker, [])))

    def _write_creations(self) -> None:
        """Write the creations that wait, and forget them."""
        self._write_log(self.born)
        for record in RECORDS.values():
            database.insert_rows(record, self.inserts.get(record, []))
        self.born.clear()
        self.inserts.clear()

    def _write_full_log(self) -> None:
        """Write the log that waits when it is long. Without indexes nothing could be looked up: then it waits for them."""
        if len(self.log) >= CHUNK and not self.indexes:
            self._write_creations()
            self._write_replacing()

    def _write_replacing(self) -> None:
        _name_parents(self.log, self.device)
        self._write_log(self.log)
        self.log.clear()

    def _write_log(self, entries: Iterable[_Entry]) -> None:
        rows = (
            (self.uid, self.device, each.number, each.kind, each.record, each.field, each.before, each.after, each.replaces)
            for each in entries
        )
        names = ("batch", "device", "number", "kind", "record", "field", "before", "after", "replaces")
        database.insert_tuples(Change, names, rows)

    def _updates(self) -> dict[tuple[type[Record], tuple[str, ...]], list[list[Any]]]:
        """The pending updates grouped by what they set, the last value of each field."""
        grouped: dict[tuple[type[Record], tuple[str, ...]], list[list[Any]]] = {}
        for (record, uid), values in self.updates.items():
            grouped.setdefault((record, tuple(values)), []).append([*values.values(), uid])
        return grouped


def _name_parents(log: list[_Entry], device: str) -> None:
    """Fill ``replaces`` of each entry with the head it replaces: the last change of the field or the record's creation.

    The later of the two: a record that came back brought the field's value with it. Creations of the same batch are in
    the register already.
    """
    newest = heads(entry.record for entry in log)
    newest |= _births([entry for entry in log if (entry.record, WHOLE) not in newest])
    for entry in log:
        key = (entry.record, entry.field)
        found = [newest[each] for each in (key, (entry.record, WHOLE)) if each in newest]
        if found:
            entry.replaces = to_json([max(found)[1:]])
        newest[key] = (sys.maxsize, device, entry.number)


def heads(uids: Iterable[str]) -> dict[tuple[str, str], Head]:
    """The latest change of each field of these records, and of each as a whole: by (record uid, field)."""
    rows = database.fetch_in(Change, "record", uids, ("record", "field", "id", "device", "number"))
    return {(record, name): (row, device, number) for record, name, row, device, number in rows}


def _births(entries: list[_Entry]) -> dict[tuple[str, str], Head]:
    """Creations of facts that share the row of the record they were created with: found through what they refer to."""
    born: dict[tuple[str, str], Head] = {}
    for kind in {entry.kind for entry in entries}:
        uids = {entry.record for entry in entries if entry.kind == kind}
        owners = [name for record, name in references() if record is RECORDS[kind]]
        facts = {uid: referred for uid, *referred in database.fetch_in(RECORDS[kind], "uid", uids, ("uid", *owners))}
        referred_to = {owner for referred in facts.values() for owner in referred if owner}
        creations: dict[str, list[tuple[str, Head]]] = {}
        rows = database.fetch_in(Change, "record", referred_to, ("record", "field", "after", "id", "device", "number"))
        for owner, name, after, row, device, number in rows:
            if name == WHOLE and after:
                creations.setdefault(owner, []).append((after, (row, device, number)))
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
        if writer.number == int(number):
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
