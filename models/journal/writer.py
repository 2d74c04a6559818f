"""The one writer and its append-only log.

Every change of the register happens inside :func:`batch`, in one transaction. A change row says: device, running number,
batch, record, field (``*`` for a whole record), before, after, and the changes that it replaces. That one log is the
history of a field, the way back (``models/journal/undo.py``) and later what two laptops exchange: an operation log with parents
loses no edit, newest-wins does. It says what the register *knew*; when facts held is said by their own dates.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from peewee import fn

from models import roles
from models.engine import aside, by_column, counting, database, unanswered
from models.engine.comparing import compare
from models.engine.record import Record, Values
from models.errors import Overtaken, UserError
from models.journal import bundles, done, entries, followers, news
from models.journal.in_turn import Turns
from models.journal.log import WHOLE, Batch, Bundle, Change, Head, LogEntry, Whole, to_json
from models.journal.overtaken import told_overtaken
from models.journal.parents import coming_back, name_parents
from models.journal.seen import note_own, refuse_unseen
from models.journal.stretch import Stretch
from models.records import membership
from models.records.catalogue import RECORDS, kind_of, refers_to_itself
from models.records.membership import MembershipEvent
from models.records.worker import Worker
from models.trail import entry as trail
from models.trail.entry import Act
from models.uid import new_uid

#: A column of values for each field of many rows.
Columns = tuple[tuple[str, Sequence[Any]], ...]
#: Creations that are written together.
CHUNK = 2_000
#: Creations from which on it is worth making a table's indexes anew.
MANY = 10_000

#: Batches that leave an entry in the trail, in the same transaction: what they changed stands in the log alone.
_TRAILED = frozenset({"import", "undo"})


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes: the installation's device id and the person's name, both from the laptop's own file."""

    device: str
    person: str


@dataclass
class Writer:
    """Collects the changes of one batch and writes them together; made by :func:`batch` only.

    The log and what is created are written as they come, a chunk at a time, so that a large batch is never held twice.
    ``number`` and ``place`` are the running number of the device and the place in the log that were given last; ``written``
    counts entries. ``begun``: the place at the beginning; ``chained``: the hash of the bundle that was written last.
    ``kinds`` and ``batch`` (the number that people see, None when nothing changed) hold once it is finished.
    """

    uid: str
    device: str
    number: int
    place: int
    written: int = 0
    inserts: dict[type[Record], list[Values | Columns]] = field(default_factory=dict)
    updates: dict[tuple[type[Record], str], Values] = field(default_factory=dict)
    known: dict[type[Record], dict[str, Values]] = field(default_factory=dict)
    deletes: dict[type[Record], list[str]] = field(default_factory=dict)
    born: list[LogEntry | Stretch] = field(default_factory=list)
    waiting: int = 0
    log: list[LogEntry | Stretch] = field(default_factory=list)
    noted: int = 0
    standings: set[str] = field(default_factory=set)
    changed_events: set[str] = field(default_factory=set)
    indexes: list[str] = field(default_factory=list)
    uncounted: list[counting.Uncounted] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    turns: Turns = field(default_factory=Turns)
    batch: int | None = None
    begun: int = 0
    chained: str | None = None

    def expect(self, creations: Mapping[type[Record], int]) -> None:
        """Say how many records will be created, before the first one is.

        Many rows are counted after them, all at once. A table that grows more than tenfold by them gets its indexes then as
        well: sorting once beats searching the place of every row.
        """
        for record, count in creations.items():
            if count <= MANY:
                continue
            self.uncounted += counting.stand_down(record)
            if database.newest_id(record) <= count // 10:
                self.indexes += database.drop_indexes(record)

    def create(self, record: type[Record], values: Values, facts: Whole = (), removal: Head | None = None) -> None:
        """Create a record and the facts that belong to it; every values dict carries its ``uid``.

        ``removal``: the entry that removed a record which now comes back. The uid of what counts in the order in which it was
        learned may be moved behind those that are there (``in_turn.py``): ``values`` has it then.

        The derived fields of a new worker are computed here, from the events among its facts.
        """
        if removal is None:
            values["uid"] = self.turns.turn_of(record, values)
        replaces = [list(head[1:]) for head in coming_back(values["uid"], removal)] if removal is not None else []
        entry = LogEntry(kind_of(record), values["uid"], WHOLE, whole=[(record, values), *facts], replaces=replaces)
        if record is Worker:
            values, facts = membership.with_derived(values, facts)
            if removal is not None:  # events that were moved elsewhere may speak of whoever comes back
                self.standings.add(values["uid"])
        for each, given in ((record, values), *facts):
            if record is not Worker:
                self._touch(each, given)
            self.inserts.setdefault(each, []).append(given)
        self._bear(entry, 1)

    def create_many(self, stretch: Stretch) -> None:
        """Create many records with their facts at once, derived fields filled in already."""
        for record, columns in stretch.rows:
            self.inserts.setdefault(record, []).append(tuple(columns.items()))
            if record is MembershipEvent and stretch.kind != kind_of(Worker):
                self.standings.update(filter(None, columns["worker"]))
        self._bear(stretch, len(stretch))

    def _bear(self, entry: LogEntry | Stretch, count: int) -> None:
        """Creations wait until they are many."""
        self.written += count
        self.waiting += count
        self.born.append(entry)
        if self.waiting >= CHUNK:
            self._write_creations()

    def update(self, record: type[Record], uid: str, changes: dict[str, tuple[Any, Any]]) -> None:
        """Change fields of a record: field name → (value before, value after). One log row per field."""
        uid = self.turns.now(uid)
        kind = kind_of(record)
        texts = [(name, to_json(before), to_json(after)) for name, (before, after) in changes.items()]
        self._note([LogEntry(kind, uid, *each) for each in texts], len(changes))
        known = self.known.setdefault(record, {}).setdefault(uid, {})
        known.update((name, before) for name, (before, _after) in changes.items() if name not in known)
        pending = self.updates.setdefault((record, uid), {})
        pending.update((name, after) for name, (_before, after) in changes.items())
        if record is MembershipEvent:
            self.changed_events.add(uid)
            self.standings.update(each for each in changes.get("worker", ()) if each)

    def decide(self, record: type[Record], uid: str, name: str, before: Any, after: Any) -> None:
        """Change a field, or leave it as it is, in the place of all that several laptops wrote of it."""
        self._note([LogEntry(kind_of(record), uid, name, to_json(before), to_json(after), decides=True)], 1)
        self.kinds.add(kind_of(record))
        if before != after:
            self.updates.setdefault((record, uid), {})[name] = after
            if record is MembershipEvent:
                self.changed_events.add(uid)

    def keep(self, record: type[Record], values: Values, removals: Iterable[Head]) -> None:
        """Say that a record which is there stays, though it was removed elsewhere."""
        parents = [list(head[1:]) for head in removals]
        self._bear(LogEntry(kind_of(record), values["uid"], WHOLE, whole=[(record, values)], replaces=parents), 1)
        self.kinds.add(kind_of(record))

    def reopen(self, entry: LogEntry) -> None:
        """Say that a decision counts no more, or counts again; what the tables hold then is to be adopted."""
        self._note([entry], 1)
        self.kinds.add(entry.kind)

    def adopt(self, record: type[Record], uid: str, was: Values | None, now: Values | None) -> None:
        """Bring a row in line with a log that came from elsewhere: nothing is written into the log.

        ``was``: the row, None where there is none; ``now``: what it is to be, None where it goes.
        """
        self.kinds.add(kind_of(record))
        for values in (was, now) if record is MembershipEvent else ():
            self.standings.update([values["worker"]] if values and values.get("worker") else [])
        if record is Worker and now is not None:
            self.standings.add(uid)
        if was is None and now is not None:
            self.inserts.setdefault(record, []).append(now)
            if sum(map(len, self.inserts.values())) >= CHUNK:
                self._write_creations()
        elif now is None:
            self.deletes.setdefault(record, []).append(uid)
        else:
            changed = {name: value for name, value in (now or {}).items() if (was or {}).get(name) != value}
            self.updates.setdefault((record, uid), {}).update(changed)

    def took(self, count: int, place: int, number: int) -> None:
        """So many entries that came from elsewhere stand in the log now.

        The last one at ``place``; ``number``: the last one of the writer's own device.
        """
        self.written += count
        self.place, self.number = place, number

    def remove(self, whole: Whole) -> None:
        """Remove a record and the facts created with it: the first of ``whole`` is the main one."""
        record, values = whole[0]
        self._note([LogEntry(kind_of(record), values["uid"], WHOLE, whole=list(whole), gone=True)], 1)
        for each, given in whole:
            self._touch(each, given)
            self.deletes.setdefault(each, []).append(given["uid"])

    def remove_many(self, stretch: Stretch) -> None:
        """Remove many records with their facts at once; what each of these entries replaces is said already."""
        self._note([stretch], len(stretch))
        for kind, columns in stretch.said:
            if RECORDS[kind] is MembershipEvent and columns["worker"] != stretch.uids:
                self.standings.update(filter(None, columns["worker"]))
            self.deletes.setdefault(RECORDS[kind], []).extend(columns["uid"])

    def touched(self, kinds: Iterable[str]) -> None:
        """Say that records of these kinds changed without an entry of their own: erasing empties the log as well."""
        self.kinds.update(kinds)

    def _touch(self, record: type[Record], values: Values) -> None:
        if record is MembershipEvent:
            self.standings.add(values["worker"])

    def settle(self, others: Callable[[int], None] | None = None) -> None:
        """Where rows stand aside: put them where they belong, hold the office, and have the log of them behind that of others.

        ``others(until)`` is told until which place of the log others wrote meanwhile; it may raise.
        """
        if not aside.is_aside():
            return
        self._write_creations()
        aside.move_ahead((Change, Bundle))
        aside.hold()
        newest = entries.newest()
        if others is not None:
            others(newest)
        aside.settle((Change, Bundle), newest - self.begun)
        self.place += newest - self.begun

    def flush(self) -> None:
        """Write what waits: creations, the log with its parents (they are the state before), rows, derived fields."""
        self._write_creations()
        counting.make_up(self.uncounted, self.indexes)
        self._compare()
        self._write_replacing()
        members = database.fetch_in(MembershipEvent, "uid", self.changed_events, ("worker",))
        self.standings.update(worker for (worker,) in members)
        for (record, names), rows in self._updates().items():
            self.kinds.add(kind_of(record))
            try:
                database.update_rows(record, names, rows)
            except Overtaken as error:
                raise told_overtaken(record, error, {}, self.uid) from error
        self.kinds.update(map(kind_of, self.deletes))
        for record in reversed(RECORDS.values()):
            uids = self.deletes.get(record, [])
            database.delete_rows(record, uids, anew=len(uids) > MANY and not refers_to_itself(record))
        membership.refresh(self.standings - set(self.deletes.get(Worker, [])))
        self.updates.clear()
        self.deletes.clear()
        self.standings.clear()
        self.changed_events.clear()
        self.uncounted.clear()
        self.indexes.clear()

    def _compare(self) -> None:
        """See that what is changed is still as whoever changes it knew it; else Overtaken, and nothing is written."""
        for record, known in self.known.items():
            try:
                compare(record, known)
                refuse_unseen(record, known)
            except Overtaken as error:
                raise told_overtaken(record, error, self.updates.get((record, error.uid), {}), self.uid) from error
        self.known.clear()

    def _write_creations(self) -> None:
        """Write the creations that wait, and forget them; many are put in the order of their kinds, so that they fit bundles."""
        if self.waiting >= bundles.FEWEST:
            self.born.sort(key=lambda each: each.kind)
        self._number(self.born)
        self.kinds.update(map(kind_of, self.inserts))
        for record in RECORDS.values():
            _insert(record, self.inserts.get(record, []))
        self._write_log(self.born)  # behind the rows: where an entry belongs is asked of them
        self.born.clear()
        self.inserts.clear()
        self.waiting = 0

    def _note(self, log: Sequence[LogEntry | Stretch], count: int) -> None:
        """Have so many entries in the log. Without indexes nothing could be looked up: then it waits for them, or for many."""
        self.written += count
        self.noted += count
        self.log += log
        if self.noted >= CHUNK and not self.indexes and not aside.is_aside():
            self._write_creations()
            self._write_replacing()

    def _write_replacing(self) -> None:
        self._number(self.log)
        name_parents([each for each in self.log if isinstance(each, LogEntry)], self.device)
        self._write_log(self.log)
        self.log.clear()
        self.noted = 0

    def _number(self, log: Sequence[LogEntry | Stretch]) -> None:
        """Give entries their running numbers: the order in which they are written."""
        for each in log:
            each.number = self.number + 1
            self.number += bundles.count_of([each])

    def _write_log(self, log: Iterable[LogEntry | Stretch]) -> None:
        for uids, part in bundles.runs(log):
            self.place += bundles.count_of(part)
            if uids is not None:
                self.chained = bundles.append(self.uid, self.device, self.place, uids, part, self.chained)
            else:
                places = range(self.place - len(part) + 1, self.place + 1)
                rows = [self._row(place, each) for place, each in zip(places, part, strict=True) if isinstance(each, LogEntry)]
                database.insert_tuples(Change, entries.FIELDS, rows)

    def _row(self, place: int, each: LogEntry) -> tuple[Any, ...]:
        before, after = each.texts
        told = (each.number, each.kind, each.record, each.field, before, after, to_json(each.replaces))
        return (place, self.uid, self.device, *told)

    def _updates(self) -> dict[tuple[type[Record], tuple[str, ...]], list[list[Any]]]:
        """The pending updates grouped by what they set, the last value of each field."""
        grouped: dict[tuple[type[Record], tuple[str, ...]], list[list[Any]]] = {}
        for (record, uid), values in self.updates.items():
            grouped.setdefault((record, tuple(values)), []).append([*values.values(), uid])
        return grouped


def _insert(record: type[Record], given: Sequence[Values | Columns]) -> None:
    """Insert what was created one by one and what was created by column, in its order."""
    alone: list[Values] = []
    for each in given:
        if isinstance(each, dict):
            alone.append(each)
            continue
        database.insert_rows(record, alone)
        by_column.insert_columns(record, dict(each))
        alone.clear()
    database.insert_rows(record, alone)


def last_number() -> int:
    """The place of the log's newest entry: changes whenever anything in the register does."""
    return entries.newest()


@contextmanager
def batch(
    kind: str, author: Author, source: Any = None, undoes: str | None = None, *, much: bool = False
) -> Iterator[Writer]:
    """One batch in one transaction. ``kind``: import, edit, undo, setting…; ``source``: JSON-able, e.g. the files read.

    ``much``: very much will be created; on a server it stands aside until :meth:`Writer.settle`, so that others may write.

    Nothing is written when the block raises, or when it changed nothing (then there is no batch either). Once it is in the
    register its end is told (``done.py``), and what has to follow follows (``followers.py``). UserError when the register was
    opened for looking only.
    """
    roles.need_write()
    with aside.beside_others(author.device) if much else database.transaction():
        if not much:
            aside.need_alone(author.device)
        number, newest = entries.ends_of(author.device)
        writer = Writer(new_uid(), author.device, number, newest, begun=newest)
        yield writer
        if not writer.written:
            return
        writer.settle()
        unanswered.note(Batch, "uid", writer.uid)
        at = dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds")
        writer.batch = int(
            Batch.insert(
                uid=writer.uid,
                device=author.device,
                person=author.person,
                kind=kind,
                at=at,
                source=to_json(source),
                undoes=undoes,
            ).execute()
        )
        writer.flush()
        if kind in _TRAILED:
            trail.write(Act(kind, rows=_rows(source, writer.written), batch=writer.batch), author)
        news.announce(writer.batch, writer.kinds)
    note_own(writer.uid)
    done.report(writer.batch, writer.kinds)
    with suppress(UserError), database.damage_told():  # it is stored; whoever reads next is told what is wrong
        followers.follow(frozenset(writer.kinds))


def newest_batch() -> int:
    """The number of the newest batch, 0 when there is none."""
    return int(Batch.select(fn.MAX(Batch.id)).scalar() or 0)


def batches_since(number: int) -> list[int]:
    """The numbers of the batches that came after the one with this number and changed something."""
    later = Batch.select(Batch.id).where(Batch.id > number, Batch.kind != "disclosure")
    return [int(row.id) for row in later.order_by(Batch.id)]


def _rows(source: Any, changes: int) -> int:
    """How many rows of its sheets an import wrote; of any other batch, how many changes it made."""
    sheets = source.get("sheets") if isinstance(source, dict) else None
    return sum(int(each.get(action, 0)) for each in sheets for action in ("new", "updated")) if sheets else changes


def number_of(writer: Writer) -> int | None:
    """The number that people see of a finished batch; None when it changed nothing."""
    return writer.batch
