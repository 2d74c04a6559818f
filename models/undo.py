"""The way back: a batch undone by a new batch, keeping and naming what was edited or referred to since.

An undo is itself a batch and can be undone. A field goes back when it still holds what the batch wrote; a created record
goes when it is as it was created and nothing that stays refers to it; a removed record comes back when nothing it refers
to is gone.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from models import database
from models.columns import columns_of
from models.errors import UserError
from models.journal import WHOLE, Author, Batch, Bundle, Change, Writer, batch, number_of
from models.language import _
from models.record import Record
from models.records import RECORDS, references, stored_names


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that an undo left alone: the record, the field (``*`` for the whole record) and why."""

    uid: str
    kind: str
    field: str
    reason: str


@dataclass
class Way:
    """What undoing a batch would do, worked out before anything is written."""

    undone: int
    restore: dict[tuple[str, str], tuple[str, Any, Any]] = field(default_factory=dict)  # (uid, field) → kind, now, then
    remove: dict[str, Bundle] = field(default_factory=dict)
    recreate: dict[str, Bundle] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    made: frozenset[str] = frozenset()  # everything that the batch created


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: ``restored`` counts fields and records brought back, ``removed`` records that went."""

    batch: int
    undone: int
    restored: int
    removed: int
    kept: list[Kept]


def undo(number: int, author: Author) -> Undone:
    """Undo batch ``number`` in a new batch. UserError when there is no such batch, or nothing of it is left to undo."""
    way = way_back(number)
    target = Batch.get_by_id(number)
    with batch("undo", author, {"undoes": number}, undoes=target.uid) as writer:
        _walk(way, writer)
    made = number_of(writer)
    assert made is not None  # way_back refuses an empty way
    return Undone(made, number, len(way.restore) + len(way.recreate), len(way.remove), way.kept)


def way_back(number: int) -> Way:
    """Work out what undoing batch ``number`` would restore, remove, bring back and keep. Writes nothing."""
    target = Batch.get_or_none(Batch.id == number)
    if target is None:
        raise UserError(_("没有批次 {number}。用“导入记录”可以看到所有批次。").format(number=number))
    changes = list(Change.select().where(Change.batch == target.uid).order_by(Change.id))
    way = Way(number)
    _sort_whole(way, changes)
    _sort_fields(way, changes)
    _keep_edited(way)
    _keep_referred(way)
    _keep_orphans(way)
    if not (way.restore or way.remove or way.recreate):
        raise UserError(_("批次 {number} 已经撤销过，或者之后都改过，没有可以撤销的内容。").format(number=number))
    return way


def _bundle(text: str | None) -> Bundle:
    return [(RECORDS[kind], values) for kind, values in json.loads(text or "[]")]


def _sort_whole(way: Way, changes: list[Change]) -> None:
    made: dict[str, dict[str, Any]] = {}
    for change in changes:
        if change.field != WHOLE:
            if change.record in made:
                # the batch went on to change what it had created: it goes as the batch left it
                made[change.record][change.field] = json.loads(change.after or "null")
        elif change.after is not None:
            way.remove[change.record] = _bundle(change.after)
            made |= {values["uid"]: values for _record, values in way.remove[change.record]}
        else:
            way.recreate[change.record] = _bundle(change.before)
    way.made = frozenset(made)
    _drop_absent(way)


def _drop_absent(way: Way) -> None:
    """A record already gone need not be removed; one already there need not come back."""
    for uid in way.remove.keys() - _there(way.remove):
        del way.remove[uid]
    for uid in _there(way.recreate):
        del way.recreate[uid]


def _there(bundles: dict[str, Bundle]) -> set[str]:
    """Those of the main records that are in the register now."""
    by_record: dict[type[Record], list[str]] = {}
    for uid, bundle in bundles.items():
        by_record.setdefault(bundle[0][0], []).append(uid)
    return {uid for record, uids in by_record.items() for uid in _existing(record, uids)}


def _existing(record: type[Record], uids: Iterable[str]) -> set[str]:
    return {row[0] for row in database.fetch_in(record, "uid", uids, ("uid",))}


def _now(record: type[Record], uids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What the register holds now of these records: uid → field → value."""
    names = stored_names(record)
    return {
        row[0]: dict(zip(names, row[1:], strict=True))
        for row in database.fetch_in(record, "uid", uids, ("uid", *names))
    }


def _sort_fields(way: Way, changes: list[Change]) -> None:
    first: dict[tuple[str, str], Any] = {}
    last: dict[tuple[str, str, str], Any] = {}
    for change in changes:
        if change.field != WHOLE and change.record not in way.made:
            first.setdefault((change.record, change.field), json.loads(change.before or "null"))
            last[change.kind, change.record, change.field] = json.loads(change.after or "null")
    now = {kind: _now(RECORDS[kind], [uid for other, uid, _n in last if other == kind]) for kind, _u, _n in last}
    for (kind, uid, name), after in last.items():
        if uid not in now[kind]:
            way.kept.append(Kept(uid, kind, name, _("这条记录已经不在")))
        elif now[kind][uid][name] == after:
            way.restore[uid, name] = (kind, after, first[uid, name])
        elif now[kind][uid][name] != first[uid, name]:
            way.kept.append(Kept(uid, kind, name, _("之后又改过")))


def _keep_edited(way: Way) -> None:
    """Records whose fields no longer hold what they were created with stay, with all that was created with them."""
    by_record: dict[type[Record], list[str]] = {}
    for bundle in way.remove.values():
        for record, values in bundle:
            by_record.setdefault(record, []).append(values["uid"])
    now = {record: _now(record, uids) for record, uids in by_record.items()}
    for uid, bundle in list(way.remove.items()):
        for record, values in bundle:
            held = now[record].get(values["uid"], {})
            edited = [name for name, value in held.items() if value != values.get(name)]
            if edited:
                _keep(way, uid, _("之后又改过：") + "、".join(_titles(record, edited)))
                break


def _titles(record: type[Record], names: list[str]) -> list[str]:
    return [column.title for column in columns_of(record) if column.name in names]


def _keep(way: Way, uid: str, reason: str) -> None:
    bundle = way.remove.pop(uid)
    way.kept.append(Kept(uid, bundle[0][0]._meta.table_name, WHOLE, reason))


def _keep_referred(way: Way) -> None:
    """Keep records to which something that stays refers; repeat, for what is kept refers to others in turn."""
    while way.remove:
        going = {values["uid"]: uid for uid, bundle in way.remove.items() for _record, values in bundle}
        held: dict[str, str] = {}
        for record, name in references():
            for referrer, target in database.fetch_in(record, name, going, ("uid", name)):
                leaving = referrer in going or (referrer, name) in way.restore
                if not leaving and going[target] not in held:
                    held[going[target]] = _("之后有别的记录用到它")
        if not held:
            return
        for uid, reason in held.items():
            _keep(way, uid, reason)


def _keep_orphans(way: Way) -> None:
    """A removed record, or an old value, that refers to something no longer there cannot come back."""
    pointing = {(record._meta.table_name, name) for record, name in references()}
    coming = {values["uid"] for bundle in way.recreate.values() for _record, values in bundle}
    for uid, bundle in list(way.recreate.items()):
        wanted = {v for r, values in bundle for n, v in values.items() if v and (r._meta.table_name, n) in pointing}
        if not _all_there(wanted - coming):
            del way.recreate[uid]
            way.kept.append(Kept(uid, bundle[0][0]._meta.table_name, WHOLE, _("它所属的记录已经不在")))
    for (uid, name), (kind, _now, then) in list(way.restore.items()):
        if then and (kind, name) in pointing and not _all_there({then} - coming):
            del way.restore[uid, name]
            way.kept.append(Kept(uid, kind, name, _("它所属的记录已经不在")))


def _all_there(uids: set[str]) -> bool:
    found: set[str] = set()
    for record in RECORDS.values():
        found |= _existing(record, list(uids - found))
    return uids <= found


def _walk(way: Way, writer: Writer) -> None:
    for bundle in way.recreate.values():
        (record, values), *facts = bundle
        writer.create(record, dict(values), facts)
    by_record: dict[tuple[str, str], dict[str, tuple[Any, Any]]] = {}
    for (uid, name), (kind, now, then) in way.restore.items():
        by_record.setdefault((kind, uid), {})[name] = (now, then)
    for (kind, uid), fields in by_record.items():
        writer.update(RECORDS[kind], uid, fields)
    for bundle in way.remove.values():
        writer.remove(bundle)
