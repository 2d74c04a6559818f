"""All that the register holds of one person, and from where: what the person may see and take along (个人信息保护法 45).

Every field with its value, who wrote it, when and from which file; earlier values; membership events; what was merged into
the record and what was said to be somebody else; texts of other records that name the person; when their numbers were
shown or handed out in full. The row of a sheet is not kept by the register, its file and sheet are.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from models.duplicates.find import reason_text
from models.editing.editing import held as record_held
from models.editing.editing import names_of
from models.editing.record_history import FieldChange, history_of
from models.engine import database
from models.journal import entries
from models.journal.log import WHOLE, Batch
from models.journal.merged import merges_into
from models.language import _
from models.ledger.served import served
from models.lists.called import described
from models.people.masked_text import covered
from models.people.traces import Mention, mentions_of, one_person, traces
from models.records.distinct import DistinctPair
from models.records.forms import FORMS
from models.records.membership import DECEASED, Event, MembershipEvent, is_death
from models.records.officer import Officer
from models.records.union import Union
from models.records.worker import Worker
from models.trail.entry import TrailEntry
from models.uid import day_of
from models.values.columns import columns_of
from models.values.region_index import RegionIndex
from models.worklists.entries import listed_on


@dataclass(frozen=True, slots=True)
class Origin:
    """How something came into the register: by whom, when (ISO text), in which batch (its number and kind), from which sheets.

    ``reason``: why a person put it right, as was written at the time.
    """

    person: str
    at: str
    batch: int
    how: str
    sheets: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class FieldHeld:
    """One field that holds something: its value as a text, masked or not as was asked; None for an unknown origin."""

    field: str
    title: str
    value: str
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Earlier:
    """A value that a field had before: what it was, what took its place, and how that came."""

    field: str
    title: str
    before: str
    after: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class EventHeld:
    """A membership event: type, date (ISO text, maybe cut), union by name, reason; and how it came."""

    type: str
    date: str
    union: str
    reason: str
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post in a union: what it is, in which body and union (by name), how it came.

    From and until when as ISO text, maybe cut.
    """

    post: str
    body: str
    union: str
    since: str
    until: str
    origin: Origin | None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """That numbers were shown, printed or exported in full: by whom, when, how many rows, into which file.

    ``named``: it was this person's record; otherwise a list or paper of people that may have had them on it.
    """

    person: str
    at: str
    verb: str
    rows: int
    file: str
    named: bool


@dataclass(frozen=True)
class HeldData:
    """Everything of one person (uid); ``served``: what the work ledger says, ``listed``: the working lists, a line each.

    ``known_since``: the day on which the register learned of them; ``masked``: all texts.
    """

    uid: str
    name: str
    state: str
    known_since: str
    fields: list[FieldHeld]
    events: list[EventHeld]
    earlier: list[Earlier]
    merged: list[Origin]
    distinct: list[str]
    mentions: list[Mention]
    disclosures: list[Disclosure]
    masked: bool
    posts: list[PostHeld] = field(default_factory=list)
    served: list[str] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)


def held_data(uid: str, index: RegionIndex, masked: bool = True) -> HeldData:
    """Collect everything that is held of a person (uid). UserError when there is nobody such, or they were erased."""
    uid, records = one_person(uid)
    known = record_held("worker", uid)
    found = traces(records)
    steps = [each for record in sorted(records) for each in history_of("worker", record, index, masked)]
    origins = _Origins(found.batches)
    return HeldData(
        uid=uid,
        name=str(known["name"] or ""),
        state=str(known["membership_state"] or ""),
        known_since=day_of(uid),
        fields=_fields(known, steps, origins, index, masked),
        events=_events(uid, origins),
        earlier=[_earlier(each, origins) for each in steps if each.before and each.before != each.after],
        merged=[Origin(each.person, each.at, each.number, "merge") for each in merges_into(uid)],
        distinct=_distinct(uid, index),
        mentions=mentions_of(found),
        disclosures=_disclosures(records, day_of(min(records))),
        masked=masked,
        posts=_posts(records, origins),
        served=served(records),
        listed=listed_on(records),
    )


class _Origins:
    """The batches that wrote of a person, by number and by uid, as origins."""

    def __init__(self, uids: Iterable[str]) -> None:
        rows = list(database.fetch_in(Batch, "uid", uids, ("uid", "id", "person", "at", "kind", "source")))
        self.of_batch = {uid: _origin(*rest) for uid, *rest in rows}
        self.of_number = {each.batch: each for each in self.of_batch.values()}


def _origin(number: int, person: str, at: str, kind: str, source: str) -> Origin:
    told = json.loads(source)
    told = told if isinstance(told, dict) else {}
    sheets = [_("《{file}》{sheet}").format(file=each["file"], sheet=each["sheet"]) for each in told.get("sheets", [])]
    return Origin(person, at, number, kind, tuple(dict.fromkeys(sheets)), covered(str(told.get("reason") or "")))


def _fields(
    known: dict[str, Any], steps: list[FieldChange], origins: _Origins, index: RegionIndex, masked: bool
) -> list[FieldHeld]:
    newest: dict[str, FieldChange] = {}
    for step in sorted(steps, key=lambda each: each.batch):
        newest[step.field] = step
    names = names_of(known, columns_of(Worker), index)
    found = []
    for column in columns_of(Worker):
        value = known[column.name]
        if value is None or value == "":
            continue
        shown = names.get(column.name) or column.kind.show(value, masked=masked, beside_birth=True)
        came = newest.get(column.name)
        found.append(FieldHeld(column.name, column.title, shown, origins.of_number.get(came.batch) if came else None))
    return found


def _earlier(step: FieldChange, origins: _Origins) -> Earlier:
    origin = origins.of_number.get(step.batch) or Origin(step.person, step.at, step.batch, step.how)
    return Earlier(step.field, step.title, step.before, step.after, origin)


def _events(uid: str, origins: _Origins) -> list[EventHeld]:
    names = ("uid", "union", "type", "date", "reason")
    rows = sorted(database.fetch_in(MembershipEvent, "worker", [uid], names))
    unions = dict(database.fetch_in(Union, "uid", {row[1] for row in rows if row[1]}, ("uid", "name")))
    born = _born([row[0] for row in rows], uid)
    found = []
    for event, union, type_, date, reason in rows:
        death = is_death(Event(None, type_, None, reason))
        told = (DECEASED, "") if death else (type_, reason or "")
        origin = origins.of_batch.get(born.get(event, ""))
        found.append(EventHeld(_(told[0]), date or "", unions.get(union) or "", _(told[1]) if told[1] else "", origin))
    return found


def _posts(records: Iterable[str], origins: _Origins) -> list[PostHeld]:
    """The posts that are linked to the person; one known by the name alone stands among the mentions."""
    names = ("uid", "union", "post", "body", "since", "until", "worker")
    rows = sorted(database.fetch_in(Officer, "worker", list(records), names))
    unions = dict(database.fetch_in(Union, "uid", {row[1] for row in rows if row[1]}, ("uid", "name")))
    born: dict[str, str] = dict(entries.of_records([row[0] for row in rows], ("record", "batch")))
    return [
        PostHeld(
            _(post or ""), _(body or ""), unions.get(union) or "", since or "", until or "",
            origins.of_batch.get(born.get(uid, "")),
        )
        for uid, union, post, body, since, until, _worker in rows
    ]  # fmt: skip


def _born(events: list[str], uid: str) -> dict[str, str]:
    """Event → the batch (uid) that brought it: in an entry of its own, or in that of the person with whom it came."""
    found: dict[str, str] = {}
    for name, after, batch in entries.of_records([*events, uid], ("field", "after", "batch")):
        if name == WHOLE and after:
            found |= {event: batch for event in events if event in after}
    return found


def _distinct(uid: str, index: RegionIndex) -> list[str]:
    """Who was said to be somebody else, each in one line, numbers covered."""
    rows = [(left, right, reason) for side in ("left", "right")
            for left, right, reason in database.fetch_in(DistinctPair, side, [uid], ("left", "right", "reason"))]  # fmt: skip
    others = {right if left == uid else left: reason for left, right, reason in rows}
    lines = described(others, index)
    told = _("{other}（标为不同：{reason}）")
    return [told.format(other=lines.get(other) or "—", reason=_reason(reason)) for other, reason in others.items()]


def _reason(code: str | None) -> str:
    try:
        return reason_text(code or "")
    except KeyError:
        return "—"


def _disclosures(records: Iterable[str], since: str) -> list[Disclosure]:
    """When the person's numbers were shown or handed out in full, and when those of lists that may have had them."""
    own = set(records)
    found = []
    for row in Batch.select().where(Batch.kind == "disclosure", Batch.at >= since).order_by(Batch.id):
        told = json.loads(row.source)
        named = told.get("record") in own
        if not named and (told.get("record") or told.get("verb") == "record" or told.get("kind") in _OTHERS):
            continue  # somebody else's record
        verb, rows, file = str(told.get("verb") or ""), int(told.get("rows") or 0), str(told.get("file") or "")
        found.append(Disclosure(row.person, row.at, verb, rows, file, named))
    return [*found, *_kept(own, since)]


def _kept(own: set[str], since: str) -> Iterator[Disclosure]:
    """The same from the trail, which took the place of those notes."""
    for row in TrailEntry.select().where(TrailEntry.full, TrailEntry.at >= since).order_by(TrailEntry.id):
        records = row.records.split()
        named = not own.isdisjoint(records)
        if named or not (records or row.what in _OTHER_LISTS):
            yield Disclosure(row.person, row.at, _verb(row.act, len(records)), row.rows or 0, row.file, named)


def _verb(act: str, records: int) -> str:
    if act == "unmask":
        return {0: "list", 1: "record"}.get(records, "merge")
    return "person" if records and act == "export" else act


#: Lists without people.
_OTHERS = frozenset({"employers", "unions", "headcounts", "ledger", "sites", "regions"})
_OTHER_LISTS = frozenset(FORMS[kind].label for kind in _OTHERS)
