"""Where a person stands in the register: their own entries of the log, and every text elsewhere that names them.

A person is told by the uid and by what was ever written of them: names, numbers, phones. What is found by uid or by a number
is theirs; a name alone may be a namesake's.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from models.engine import database, sql
from models.engine.own_values import field_of
from models.engine.record import Record
from models.errors import UserError
from models.journal import entries
from models.journal.log import WHOLE, Batch
from models.journal.mentions import aside_without
from models.journal.merged import merged_into
from models.language import _
from models.people.masked_text import excerpt
from models.records.catalogue import RECORDS, kind_of, title_of
from models.records.membership import MembershipEvent
from models.records.officer import Officer
from models.records.saved_filter import SavedFilter
from models.records.setting import RememberedMapping, RememberedValue
from models.records.worker import Worker
from models.records.worklist import WorklistEntry
from models.values.columns import Column, columns_of
from models.values.id_kinds import IdNumber, Phone
from models.values.kinds import PersonName, Text

#: Fields by which a person is told in texts: the names, and the numbers with the fewest characters that tell anybody.
_NAMES, _NUMBERS = ("name",), ("id_number", "phone", "member_number")
_SHORTEST_NAME, _SHORTEST_NUMBER = 2, 6
#: Texts that are looked for at once.
_AT_ONCE = 40
#: What the program keeps to spare people typing: nobody's record, so that a person's traces in it go without asking.
REMEMBERED = ("saved_filter", "remembered_mapping", "remembered_value")


class TraceEntry(NamedTuple):
    """One entry of the log."""

    id: int
    batch: str
    kind: str
    record: str
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A text of another record (uid) that names a person: ``called`` is that record's name, ``text`` an excerpt, masked.

    ``past``: it stands in the log alone, as an earlier value.
    """

    kind: str
    uid: str
    called: str
    field: str
    title: str
    text: str
    past: bool = False


@dataclass
class Traces:
    """What belongs to some people: their uids, those of what was merged into them, of their events, posts and lines of lists.

    Texts that tell them are beside it.
    """

    people: frozenset[str]
    events: set[str] = field(default_factory=set)
    officers: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    entries: list[TraceEntry] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)

    @property
    def facts(self) -> set[str]:
        """The uids of what is theirs besides themselves."""
        return self.events | self.officers | self.listed

    @property
    def batches(self) -> set[str]:
        """The batches (uids) that wrote of them."""
        return {each.batch for each in self.entries}

    @property
    def texts(self) -> list[str]:
        """Every text by which they are told, the longest first."""
        return sorted(self.names | self.numbers, key=lambda text: (-len(text), text))


def one_person(uid: str) -> tuple[str, frozenset[str]]:
    """Who is meant by a uid: the record that stands for the person, and all records that were merged into it with it.

    UserError when the register never held such a person.
    """
    into = merged_into()
    while uid in into:
        uid = into[uid]
    found = {uid}
    while more := {drop for drop, keep in into.items() if keep in found} - found:
        found |= more
    here = any(database.fetch_in(Worker, "uid", [uid], ["uid"]))
    if not here and "worker" not in {kind for (kind,) in entries.of_records([uid], ["kind"])}:
        raise UserError(_("登记册里没有这个人。请用 list workers --json 查看记录标识，或者用 --id 写证件号码。"))
    return uid, frozenset(found)


def traces(people: Iterable[str]) -> Traces:
    """Everything that the register holds of these people (uids)."""
    found = Traces(frozenset(people))
    every = {row.id: row for row in _entries(found.people)}
    every |= {row.id: row for row in _holding(found.people)}
    found.events |= {uid for (uid,) in database.fetch_in(MembershipEvent, "worker", found.people, ["uid"])}
    noted = {uid for row in every.values() for uid in _events_in(row, found.people)} - found.events
    # what stands elsewhere now was this person's only while two records were taken for one
    found.events |= noted - {uid for (uid,) in database.fetch_in(MembershipEvent, "uid", noted, ["uid"])}
    found.officers = _told_of(Officer, every.values(), found.people)
    found.listed = _told_of(WorklistEntry, every.values(), found.people)
    every |= {row.id: row for row in _entries(found.facts)}
    found.entries = [every[number] for number in sorted(every)]
    for name, value in [*_held_values(found.people), *_logged_values(found)]:
        _take_text(found, name, value)
    return found


def _told_of(record: type[Record], rows: Iterable[TraceEntry], people: Collection[str]) -> set[str]:
    """The posts or lines of lists of these people: those that are theirs now, and those that the log alone says were.

    Of the latter those that are nobody's now.
    """
    told = kind_of(record)
    own = {uid for (uid,) in database.fetch_in(record, "worker", list(people), ["uid"])}
    noted = set[str]()
    for row in rows:
        if row.field != WHOLE:
            noted |= {row.record} if row.kind == told and row.field == "worker" else set()
            continue
        for text in (row.before, row.after):
            noted |= {values["uid"] for kind, values in whole_of(text) if kind == told and values.get("worker") in people}
    held = {uid for uid, worker in database.fetch_in(record, "uid", noted - own, ("uid", "worker")) if worker}
    return own | (noted - held)


def _entries(uids: Iterable[str]) -> Iterator[TraceEntry]:
    return (TraceEntry(*row) for row in entries.of_records(uids, TraceEntry._fields))


def _holding(texts: Iterable[str]) -> Iterator[TraceEntry]:
    """Entries of the log whose values hold any of these texts."""
    return (TraceEntry(*row) for row in entries.holding(texts, TraceEntry._fields))


def _parts(texts: Iterable[str]) -> Iterator[list[str]]:
    every = list(texts)
    return (every[start : start + _AT_ONCE] for start in range(0, len(every), _AT_ONCE))


def _any_of(fields: Sequence[Any], texts: Sequence[str]) -> Any:
    """That one of the fields contains one of the texts, to the letter."""
    return reduce(or_, (sql.holds(each, text) for each in fields for text in texts))


def whole_of(text: str | None) -> list[tuple[str, dict[str, Any]]]:
    """The kinds and values of a record and its facts, as the log has them."""
    return [(kind, values) for kind, values in json.loads(text or "[]")]


def _events_in(row: TraceEntry, people: Collection[str]) -> Iterator[str]:
    """The membership events that an entry says were these people's."""
    if row.field != WHOLE:
        if row.kind == "membership_event" and row.field == "worker":
            yield row.record
        return
    for text in (row.before, row.after):
        for kind, values in whole_of(text):
            if kind == "membership_event" and values.get("worker") in people:
                yield values["uid"]


def _held_values(people: Iterable[str]) -> Iterator[tuple[str, Any]]:
    names = (*_NAMES, *_NUMBERS)
    for row in database.fetch_in(Worker, "uid", people, names):
        yield from zip(names, row, strict=True)


def _logged_values(found: Traces) -> Iterator[tuple[str, Any]]:
    for row in found.entries:
        if row.field != WHOLE:
            if row.record in found.people or row.record in found.officers:
                yield from ((row.field, json.loads(text or "null")) for text in (row.before, row.after))
            continue
        for text in (row.before, row.after):
            for kind, values in whole_of(text):
                if kind == "worker" and values["uid"] in found.people:
                    yield from values.items()
                elif kind == "officer" and values["uid"] in found.officers:
                    yield from ((name, values.get(name)) for name in (*_NAMES, "phone"))


def _take_text(found: Traces, name: str, value: Any) -> None:
    if not isinstance(value, str):
        return
    if name in _NAMES and len(value.strip()) >= _SHORTEST_NAME:
        found.names.add(value.strip())
    elif name in _NUMBERS:
        parts = "".join(sign if sign.isalnum() else " " for sign in value).split()
        long = {part for part in (value, *parts) if len(part) >= _SHORTEST_NUMBER}
        found.numbers |= long | {part.lower() for part in long}


def namesakes_of(found: Traces) -> int:
    """How many other people of the register have one of these names."""
    rows = database.fetch_in(Worker, "name", found.names, ["uid"])
    return len({uid for (uid,) in rows} - found.people)


def text_columns(kind: str) -> list[Column]:
    """The fields of a kind of record in which a person can be named in words."""
    told = (Text, PersonName, Phone, IdNumber)
    return [each for each in columns_of(RECORDS[kind]) if isinstance(each.kind, told) and not each.derived]


def mentions_of(found: Traces) -> list[Mention]:
    """Texts of other records that name these people, those in force before those that only the log has."""
    now = [each for kind in RECORDS if kind not in ("erasure", *REMEMBERED) for each in _mentions_now(kind, found)]
    known = {(each.uid, each.field) for each in now}
    return now + [each for each in _mentions_past(found) if (each.uid, each.field) not in known]


def _mentions_now(kind: str, found: Traces) -> Iterator[Mention]:
    record: Any = RECORDS[kind]
    columns = [each for each in text_columns(kind) if (kind, each.name) != ("worker", "name")]
    label = "name" if "name" in record._meta.fields else "uid"
    names = ["uid", label, *(each.name for each in columns)]
    for part in _parts(found.texts) if columns else ():
        told = _any_of([field_of(record, each.name) for each in columns], part)
        for uid, called, *values in record.select(*(field_of(record, name) for name in names)).where(told).tuples():
            if uid in found.people or uid in found.facts:
                continue
            for column, value in zip(columns, values, strict=True):
                said = aside_without(value or "", found.people) if kind == "setting" else value or ""
                if any(text in said for text in part):
                    shown = called if label == "name" else ""
                    yield Mention(kind, uid, shown, column.name, column.title, excerpt(said, part))


def _mentions_past(found: Traces) -> list[Mention]:
    own = {each.id for each in found.entries}
    told: dict[tuple[str, str], Mention] = {}
    for row in _holding(found.texts):
        if row.id in own or row.kind in REMEMBERED or row.kind not in RECORDS:
            continue
        for kind, uid, name, text in _values_in(row):
            value = aside_without(text, found.people) if kind == "setting" else text
            if kind in RECORDS and (kind, name) != ("worker", "name") and any(each in value for each in found.texts):
                title = title_of(RECORDS[kind], name)
                told[uid, name] = Mention(kind, uid, "", name, title, excerpt(value, found.texts), True)
    return list(told.values())


def _values_in(row: TraceEntry) -> Iterator[tuple[str, str, str, str]]:
    for text in (row.before, row.after):
        if row.field == WHOLE:
            for kind, values in whole_of(text):
                yield from ((kind, values["uid"], key, value) for key, value in values.items() if isinstance(value, str))
        elif isinstance(value := json.loads(text or "null"), str):
            yield row.kind, row.record, row.field, value


def remembered(found: Traces, texts: Sequence[str]) -> list[tuple[Any, str]]:
    """What the program remembers (record class, uid) that holds one of these texts, now or in the log."""
    rows: list[tuple[Any, str]] = []
    record: Any
    for record in (SavedFilter, RememberedMapping, RememberedValue):
        fields = [getattr(record, each.name) for each in columns_of(record)]
        for part in _parts(texts):
            rows += [(record, uid) for (uid,) in record.select(record.uid).where(_any_of(fields, part)).tuples()]
    known = {uid for _record, uid in rows}
    gone = {row.record: RECORDS[row.kind] for row in _holding(texts) if row.kind in REMEMBERED}
    return rows + [(record, uid) for uid, record in gone.items() if uid not in known]


def batches_naming(texts: Sequence[str]) -> list[Batch]:
    """The batches whose description holds one of these texts."""
    return [row for part in _parts(texts) for row in Batch.select().where(_any_of((Batch.source,), part))]
