"""Erasing a person's data for good (个人信息保护法 47): from the tables, from the log, from what the program remembers.

It is one batch in one transaction, and the only one that cannot be undone. What must stay for the figures is said in
``models/journal/skeleton.py``; where the person stands is found by ``models/people/traces.py``; files that still hold the
data, ``models/people/copies.py``. Texts of other records that name the person are told, and changed only when a person
said so: they are about somebody else.
"""

import datetime as dt
import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from peewee import OperationalError

from models import roles
from models.engine import database
from models.engine.own_values import COLUMN
from models.engine.record import Record
from models.engine.wiping import overwrite_deleted, wipe
from models.errors import UserError
from models.journal import entries
from models.journal.log import WHOLE
from models.journal.skeleton import OF_ENTRY, OF_OFFICER, OF_WORKER, bare_value, bare_whole, kept
from models.journal.writer import Author, Writer, batch, number_of
from models.language import _, official
from models.lists import search
from models.own_names import is_own
from models.people.masked_text import without
from models.people.redaction import rewrite_batches, rewrite_records, without_people
from models.people.traces import (
    Mention,
    TraceEntry,
    Traces,
    batches_naming,
    mentions_of,
    namesakes_of,
    one_person,
    remembered,
    traces,
)
from models.records.catalogue import RECORDS, kind_of, stored_names
from models.records.distinct import DistinctPair
from models.records.erasure import Erasure, sealed, sealed_among
from models.records.membership import HOLDING, MembershipEvent, refresh
from models.records.officer import Officer
from models.records.worker import Worker
from models.records.worklist import WorklistEntry
from models.register import erased_list
from models.trail import entry as trail
from models.trail.entry import Act
from models.uid import new_uid
from models.values.columns import Column, columns_of

#: The kind of the batch that erases.
ERASE = "erase"
_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class ErasurePlan:
    """What erasing people would do; nothing is written.

    ``names``: uid → name of each person. ``fields``: titles of the fields that hold something and go. ``events``:
    membership events that stay as a skeleton. ``entries``: entries of the log that are emptied; ``batches``: descriptions
    from which the name goes. ``remembered``: saved filters and mappings. ``mentions`` stay unless they are chosen.
    ``warnings``: sentences that a person should read first.
    """

    people: tuple[str, ...]
    names: dict[str, str]
    fields: list[str]
    events: int
    entries: int
    batches: int
    remembered: int
    merged: int
    mentions: list[Mention]
    warnings: list[str]


@dataclass(frozen=True)
class Erased:
    """What an erasure did: the batch's number, how many people and merged records, ``swept``: nothing is left in the file.

    ``people``: the uids that are sealed now. ``changed``: how many other records the names were taken out of.
    """

    batch: int
    people: tuple[str, ...]
    entries: int
    changed: int
    swept: bool


@dataclass
class _Found:
    """People to be erased with all that is known of them."""

    persons: dict[str, frozenset[str]] = field(default_factory=dict)
    traces: Traces = field(default_factory=lambda: Traces(frozenset()))


def plan(uids: Sequence[str]) -> ErasurePlan:
    """Work out what erasing these people would do. UserError for one who is not there, or is erased already."""
    found = _found(uids)
    held = _held(found.traces.people)
    names = {uid: _name(uid, held, found.traces) for uid in found.persons}
    titles = {column.title for row in held.values() for column in _lost_columns() if row.get(column.name) is not None}
    gone = [each for each in found.traces.entries if _bare(each, found.traces) != (each.before, each.after)]
    _sure, batches, kept_filters = _described(found.traces)
    return ErasurePlan(
        people=tuple(found.persons),
        names=names,
        fields=[column.title for column in _lost_columns() if column.title in titles],
        events=len(found.traces.events),
        entries=len(gone),
        batches=len(batches),
        remembered=len(kept_filters),
        merged=len(found.traces.people) - len(found.persons),
        mentions=mentions_of(found.traces),
        warnings=_warnings(found.traces, held, names),
    )


def _found(uids: Sequence[str]) -> _Found:
    if not uids:
        raise UserError(_("请先选择要删除个人信息的人。"))
    persons: dict[str, frozenset[str]] = {}
    for uid in uids:
        main, own = one_person(uid)
        persons[main] = own
    if set(persons) & sealed_among(persons):
        raise UserError(_("这个人的个人信息已经依申请删除，登记册里只剩下不记名的计数。"))
    return _Found(persons, traces(uid for own in persons.values() for uid in own))


def _held(people: Iterable[str]) -> dict[str, dict[str, Any]]:
    names = ("uid", "membership_state", *stored_names(Worker))
    return {row[0]: dict(zip(names, row, strict=True)) for row in database.fetch_in(Worker, "uid", people, names)}


def _name(uid: str, held: dict[str, dict[str, Any]], found: Traces) -> str:
    known = held.get(uid, {}).get("name")
    return str(known or next(iter(sorted(found.names)), ""))


def _lost_columns() -> list[Column]:
    return [each for each in columns_of(Worker) if not each.derived and each.name not in OF_WORKER]


def _warnings(found: Traces, held: dict[str, dict[str, Any]], names: dict[str, str]) -> list[str]:
    told = []
    members = [row["name"] or "" for row in held.values() if row["membership_state"] in HOLDING]
    if members:
        said = _("{names}现在还是在册（或保留会籍）的会员：删除以后仍按一名不记名的会员计数。已经离开的，请先登记退会或转出。")
        told.append(said.format(names=_("、").join(members)))
    same = namesakes_of(found)
    if same:
        said = _("登记册里另有 {count} 个同名的人：批次说明和常用筛选里只写了姓名的，分不清是谁，没有列入，请自己看一看。")
        told.append(said.format(count=same))
    twins = [
        uid for (uid,) in database.fetch_in(Worker, "id_number", found.numbers, ["uid"]) if uid not in found.people
    ]  # fmt: skip
    if twins:
        said = _("另有 {count} 条记录用的是同一个证件号，可能是同一个人：请先合并，或者逐条删除。")
        told.append(said.format(count=len(twins)))
    if len(names) > 1:
        told.append(_("一次删除 {count} 个人的个人信息。").format(count=len(names)))
    return told


def erase(
    uids: Sequence[str], reason: str, author: Author, folder: Path, mentions: Collection[str] = ()
) -> Erased:
    """Erase the data of these people (uids) for good, all of them or none; ``folder``: where the register lies.

    ``mentions``: records (uids) from whose texts the names and numbers go too, "all" for every one that names them.
    UserError for somebody who is not there or is erased already, without a reason, or with one that names the person.
    """
    roles.need_all()
    found = _found(uids)
    reason = _checked(reason, found.traces)
    wanted = _wanted(mentions_of(found.traces), mentions)
    overwrite_deleted()
    at = dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds")
    with batch(ERASE, author, {"erased": sorted(found.traces.people), "reason": reason}) as writer:
        writer.touched(RECORDS)
        count = _write(found.traces, wanted, author, writer, (at, reason))
        trail.write(_act(found.traces.people), author)
    number = number_of(writer)
    assert number is not None  # a tombstone was written
    noted = erased_list.keep(folder, found.traces.people, swept=False, rewritten=[uid for _kind, uid in wanted])
    swept = noted and _sweep(folder)
    return Erased(number, tuple(sorted(found.traces.people)), count, len(wanted), swept)


def _act(people: Collection[str]) -> Act:
    """What the trail keeps of an erasure: uids, which say nothing of whom any more."""
    return Act(ERASE, rows=len(people), records=sorted(people))


def _sweep(folder: Path) -> bool:
    """Wipe the file, and note that it is done; what could not be done is done at the next opening."""
    try:
        done = wipe()
    except OperationalError:  # no room for a second file: what was deleted is overwritten in its place at least
        return False
    return done and erased_list.keep(folder, (), swept=True)


def _checked(reason: str, found: Traces) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise UserError(_("请写明删除的原因（例如：本人 2026-11-20 书面申请，登记第 12 号）。"))
    if any(text in reason for text in found.texts):
        raise UserError(_("原因里写了本人的姓名或号码，删除以后它会留下来。请改写，例如：本人书面申请，登记第 12 号。"))
    return reason


def _wanted(known: list[Mention], chosen: Collection[str]) -> list[tuple[str, str]]:
    """The records (kind, uid) whose texts are to be changed. UserError for one that does not name the person."""
    every = {each.uid: each.kind for each in known}
    uids = every if "all" in chosen else {uid: every.get(uid, "") for uid in chosen}
    if not all(uids.values()):
        raise UserError(_("要一并改写的记录里没有提到这个人。请用 --plan 查看提到他的记录。"))
    return [(kind, uid) for uid, kind in uids.items()]


def _described(found: Traces) -> tuple[list[str], list[Any], list[tuple[Any, str]]]:
    """By which texts a person is surely meant where a text alone tells; the batches and remembered things to be rewritten."""
    sure = found.texts if not namesakes_of(found) else [text for text in found.texts if text in found.numbers]
    own = found.batches
    touched = {row.uid: row for row in batches_naming(found.texts) if row.uid in own}
    named = touched | {row.uid: row for row in batches_naming(sure)}
    return sure, list(named.values()), remembered(found, sure)


def _write(
    found: Traces, wanted: list[tuple[str, str]], author: Author, writer: Writer, said: tuple[str, str]
) -> int:
    """Write everything within the open batch; returns how many entries of the log were emptied."""
    at, reason = said
    sure, _naming, kept_filters = _described(found)
    emptied = _empty_log(found, writer.uid)
    rewrite_batches(found, sure)
    filters = [(record._meta.table_name, uid) for record, uid in kept_filters]
    rewrite_records(filters, lambda value: without(value, sure), writer.uid)
    rewrite_records(wanted, lambda value: without(value, found.texts), writer.uid)
    without_people(found.people, writer.uid)
    _empty_records(found)
    _take_away(found.people, writer)
    told = json.dumps({"entries": emptied, "events": len(found.events)})
    for person in sorted(found.people):
        values = {"person": person, "erased_at": at, "erased_by": author.person, "reason": reason, "erased": told}
        writer.create(Erasure, {"uid": new_uid()} | values)
    return emptied


def _bare(row: TraceEntry, found: Traces) -> tuple[str | None, str | None]:
    """Both values of an entry with nothing but the skeleton of the people."""
    if row.field == WHOLE:
        return bare_whole(row.before, found.people, found.facts), bare_whole(row.after, found.people, found.facts)
    if row.record in found.people or row.record in found.facts:
        return bare_value(row.kind, row.field, row.before), bare_value(row.kind, row.field, row.after)
    return row.before, row.after


def _empty_log(found: Traces, batch: str) -> int:
    bare = [(*_bare(each, found), each) for each in found.entries]
    rows = [(before, after, row.id) for before, after, row in bare if (before, after) != (row.before, row.after)]
    entries.rewrite(rows, batch)
    return len(rows)


def _empty_records(found: Traces) -> None:
    names = [name for name in stored_names(Worker) if name not in OF_WORKER]
    here = _there(Worker, found.people)
    search.forget("worker", here)
    names = [*(name for name in names if not is_own(name)), COLUMN]  # own values whose declaration was undone go too
    database.update_rows(Worker, names, [[None] * len(names) + [uid] for uid in here])
    reasons = database.fetch_in(MembershipEvent, "uid", found.events, ("reason", "uid"))
    database.update_rows(
        MembershipEvent, ("reason",), [[kept("membership_event", "reason", why), uid] for why, uid in list(reasons)]
    )
    lost = [name for name in stored_names(Officer) if name not in OF_OFFICER]
    search.forget("officer", found.officers)
    database.update_rows(Officer, lost, [[None] * len(lost) + [uid] for uid in _there(Officer, found.officers)])
    written = [name for name in stored_names(WorklistEntry) if name not in OF_ENTRY]
    lines = _there(WorklistEntry, found.listed)
    database.update_rows(WorklistEntry, written, [[None] * len(written) + [uid] for uid in lines])
    refresh(here)


def _there(record: type[Record], uids: Iterable[str]) -> list[str]:
    """Those that the register still holds: the log tells of more."""
    return [uid for (uid,) in database.fetch_in(record, "uid", uids, ["uid"])]


def _take_away(people: Iterable[str], writer: Writer) -> set[str]:
    """Remove what goes altogether with the people: lines of working lists, and pairs told apart. Returns these (uids)."""
    whole = [(DistinctPair, each) for each in _pairs(people)] + [(WorklistEntry, each) for each in _lines_of_lists(people)]
    for each in whole:
        writer.remove([each])
    return {values["uid"] for _record, values in whole}


def _lines_of_lists(people: Iterable[str]) -> list[dict[str, Any]]:
    """The lines of working lists of the people, emptied already."""
    names = ("uid", *stored_names(WorklistEntry))
    return [
        dict(zip(names, row, strict=True)) for row in database.fetch_in(WorklistEntry, "worker", list(people), names)
    ]


def _pairs(people: Iterable[str]) -> list[dict[str, Any]]:
    """The pairs that a person said were two, of which one is among the people."""
    names = ("uid", *stored_names(DistinctPair))
    rows = [row for side in ("left", "right") for row in database.fetch_in(DistinctPair, side, list(people), names)]
    return [dict(zip(names, row, strict=True)) for row in dict.fromkeys(rows)]


def reapply(folder: Path, author: Callable[[], Author]) -> int:
    """Erase again whoever was erased before and is back, as after a restored backup; returns how many people that were.

    Other people's texts out of which a person's name was taken lose it again too. For whoever has just opened the register
    alone. What was erased here, and not noted beside the register yet, is noted;
    a sweep that could not be finished is made up for.
    """
    listed = erased_list.read(folder)
    held = sealed()
    back = _back(listed.people - held)
    if back:
        found = traces(back)
        wanted = sorted({(each.kind, each.uid) for each in mentions_of(found) if each.uid in listed.rewritten})
        overwrite_deleted()
        at = dt.datetime.now(dt.UTC).astimezone().isoformat(timespec="seconds")
        writes = author()
        with official():  # it is kept
            reason = _("恢复的备份里还有已经依申请删除的个人信息，打开时重新删除")
        with batch(ERASE, writes, {"erased": sorted(back), "reason": reason, "again": True}) as writer:
            writer.touched(RECORDS)
            _write(found, wanted, writes, writer, (at, reason))
            trail.write(_act(back), writes)
    if (back or held - listed.people or not listed.swept) and erased_list.keep(folder, held | back, swept=False):
        _sweep(folder)
    return len(back)


def empty(people: Collection[str], batch: str, writer: Writer) -> set[str]:
    """Empty what is held of people who have a tombstone already, as after an exchange. Part of the writer's batch.

    ``batch``: the one (uid) that erased them, perhaps on another laptop. Returns the records (uids) that went altogether.
    :func:`sweep` is to follow.
    """
    found = traces(people)
    overwrite_deleted()
    sure, _naming, kept_filters = _described(found)
    _empty_log(found, batch)
    rewrite_batches(found, sure)
    filters = [(record._meta.table_name, uid) for record, uid in kept_filters]
    rewrite_records(filters, lambda value: without(value, sure), batch)
    without_people(found.people, batch)
    _empty_records(found)
    return _take_away(found.people, writer)


def concerned(places: tuple[int, int], records: Mapping[str, Iterable[str]]) -> set[str]:
    """Of the erased people those of whom something new stands in the log, behind the first of two places until the second.

    ``records``: kind → the records (uids) of which single fields were changed: there only the record itself tells whose it is.
    """
    closed = sealed()
    if not closed:
        return closed
    found = closed.intersection(chain.from_iterable(records.values()))
    for texts in entries.between(*places, ("before", "after")):
        found |= closed.intersection(chain.from_iterable(map(_UID.findall, filter(None, texts))))
    for record in (MembershipEvent, Officer, WorklistEntry):
        facts = list(records.get(kind_of(record), ()))
        found |= closed.intersection(whose for (whose,) in database.fetch_in(record, "uid", facts, ("worker",)))
        for texts in entries.of_records(facts, ("before", "after")):
            found |= closed.intersection(chain.from_iterable(map(_UID.findall, filter(None, texts))))
    return found


def sweep(folder: Path, people: Collection[str]) -> bool:
    """Wipe the file of what was deleted, and note beside it who is erased; what cannot be done now the next opening does."""
    return erased_list.keep(folder, people, swept=False) and _sweep(folder)


def _back(uids: Collection[str]) -> set[str]:
    """Those of whom the register holds anything: in the tables, or in the log alone."""
    here = {uid for (uid,) in database.fetch_in(Worker, "uid", uids, ["uid"])}
    return here | {uid for (uid,) in entries.of_records(uids, ["record"])}
