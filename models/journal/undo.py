"""The way back: a batch undone by a new batch, keeping and naming what was edited or referred to since.

An undo is itself a batch and can be undone. A field goes back when it still holds what the batch wrote; a created record
goes when it is as it was created and nothing that stays refers to it; a removed record comes back when nothing it refers
to is gone.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from models.engine import database
from models.engine.own_values import field_of
from models.engine.record import Record
from models.errors import UserError
from models.journal import entries, reopening
from models.journal.brought_along import brought_along
from models.journal.bundles import HeldBundle
from models.journal.log import WHOLE, Batch, Whole, to_json, whole_of
from models.journal.merged import is_merge, merged_into
from models.journal.parents import heads, last_removal
from models.journal.reopening import Reopening
from models.journal.skeleton import OF_WORKER
from models.journal.taken import NetChange, net_changes
from models.journal.wholes import Wholes
from models.journal.writer import Author, Writer, batch, number_of
from models.language import _
from models.memory import collector_paused
from models.own_names import own_name
from models.records.catalogue import RECORDS, kind_of, references, referred_kinds, stored_names
from models.records.erasure import sealed
from models.records.own_field import OwnField
from models.values.columns import columns_of


class _Entry(NamedTuple):
    """The part of an entry of the log that the way back needs."""

    kind: str
    record: str
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that an undo left alone: the record, the field (``*`` for the whole record) and why."""

    uid: str
    kind: str
    field: str
    reason: str


@dataclass
class WayBack:
    """What undoing a batch would do, worked out before anything is written."""

    undone: int
    restore: dict[tuple[str, str], tuple[str, Any, Any]] = field(default_factory=dict)  # (uid, field) → kind, now, then
    remove: Wholes = field(default_factory=Wholes)
    recreate: Wholes = field(default_factory=Wholes)
    kept: list[Kept] = field(default_factory=list)
    reopened: Reopening | None = None  # a decision between several laptops that is open again, or counts again


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo did: ``restored`` counts fields and records brought back, ``removed`` records that went."""

    batch: int
    undone: int
    restored: int
    removed: int
    kept: list[Kept]


@collector_paused()
def undo(number: int, author: Author) -> Undone:
    """Undo batch ``number`` in a new batch. UserError when there is no such batch, or nothing of it is left to undo."""
    way = way_back(number)
    target = Batch.get_by_id(number)
    source = {"undoes": number} | ({reopening.SOURCE: way.reopened.field} if way.reopened else {})
    with batch("undo", author, source, undoes=target.uid) as writer:
        if way.reopened:
            reopening.write(way.reopened, writer)
        else:
            _walk(way, writer)
    made = number_of(writer)
    assert made is not None  # way_back refuses an empty way
    return Undone(made, number, len(way.restore) + len(way.recreate), len(way.remove), way.kept)


def way_back(number: int) -> WayBack:
    """Work out what undoing batch ``number`` would restore, remove, bring back and keep. Writes nothing."""
    target = Batch.get_or_none(Batch.id == number)
    if target is None:
        raise UserError(_("没有批次 {number}。用“导入记录”可以看到所有批次。").format(number=number))
    if target.kind == "erase":
        raise UserError(_("批次 {number} 依申请删除了个人信息，内容已经不在登记册里，不能撤销。").format(number=number))
    if hidden := entries.hidden_of(target.uid):
        told = _("批次 {number} 还改了你看不到的 {count:,} 处（别的镇街的），不能只撤销一部分。请找区县的用户来撤销。")
        raise UserError(told.format(number=number, count=hidden))
    way = WayBack(number, reopened=reopening.turned(target))
    if way.reopened:
        return _with_decision(way, way.reopened)
    if target.kind == "exchange":
        _sort_fields(way, _sort_taken(way, json.loads(target.source)))
    else:
        _sort_fields(way, _sort_whole(way, entries.parts_of(target.uid, _Entry._fields)))
    way.remove.update(brought_along(way.remove, target.uid))
    _keep_sealed(way, is_merge(target.uid))
    merging, going = is_merge(target.uid), (set(way.remove), set(way.recreate))
    _keep_edited(way)
    if not merging:
        _keep_merged(way)
    _keep_orphans(way)
    _keep_referred(way)
    if merging:
        _check_whole(way, *going)
    if not (way.restore or way.remove or way.recreate):
        raise UserError(_("批次 {number} 已经撤销过，或者之后都改过，没有可以撤销的内容。").format(number=number))
    return way


def _with_decision(way: WayBack, turn: Reopening) -> WayBack:
    """What is to be known of a decision that is taken back, or counts again: all of it, or UserError."""
    if turn.uid in sealed():
        raise UserError(_("这个决定撤销不了：{reason}。").format(reason=_("已经依申请删除个人信息，只留计数")))
    record = RECORDS[turn.kind]
    way.restore = {(turn.uid, name): (turn.kind, *both) for name, both in turn.changed().items()}
    if turn.was is None and turn.now is not None:
        way.recreate[turn.uid] = [(record, turn.now)]
    elif turn.was is not None and turn.now is None:
        way.remove[turn.uid] = [(record, turn.was)]
    _keep_orphans(way)
    _keep_referred(way)
    if way.kept:
        raise UserError(_("这个决定撤销不了：{reason}。").format(reason=way.kept[0].reason))
    return way


def _check_whole(way: WayBack, removed: set[str], recreated: set[str]) -> None:
    """A merge goes back, or comes again, with the record it is about or not at all: half of it would lose values."""
    stuck = {each.uid for each in way.kept if each.field == WHOLE and each.kind in ("worker", "employer", "union")}
    if stuck & recreated:
        raise UserError(_("被合并的那条记录所属的单位或工会已经不在，拆不开。请先撤销去掉它们的那个批次。"))
    if stuck & removed:
        raise UserError(_("拆开的记录之后改过或者被用到，不能恢复合并。需要时请重新合并这两条记录。"))


def _sort_whole(way: WayBack, parts: Iterable[HeldBundle | tuple[Any, ...]]) -> list[_Entry]:
    """Take the records that were created and removed; returns the changes of fields of others."""
    fields: list[_Entry] = []
    for part in parts:
        if isinstance(part, HeldBundle):
            (way.recreate if part.removed else way.remove).add(part)
            continue
        change = _Entry(*part)
        if change.field != WHOLE:
            fields.append(change)
        elif change.after is not None:
            way.remove[change.record] = whole_of(change.after)
        else:
            way.recreate[change.record] = whole_of(change.before)
    made = _as_left(way, fields)
    _drop_absent(way)
    return [change for change in fields if change.record not in made]


def _sort_taken(way: WayBack, source: dict[str, Any]) -> list[_Entry]:
    """The same of what a package brought, which other batches wrote."""
    fields: list[_Entry] = []
    facts: list[NetChange] = []
    for each in net_changes(source):
        if each.was is None:
            way.remove[each.uid] = [(RECORDS[each.kind], each.now or {})]
        elif each.now is not None:
            names = [name for name in each.now if each.was.get(name) != each.now[name]]
            fields += [_Entry(each.kind, each.uid, name, to_json(each.was.get(name)), to_json(each.now[name])) for name in names]
        elif each.main == each.uid:
            way.recreate[each.uid] = [(RECORDS[each.kind], each.was)]
        else:
            facts.append(each)
    for each in facts:
        home = each.main if each.main in way.recreate else each.uid
        way.recreate[home] = [*way.recreate.get(home, ()), (RECORDS[each.kind], each.was or {})]
    _drop_absent(way)
    return fields


def _as_left(way: WayBack, fields: list[_Entry]) -> set[str]:
    """What the batch went on to change of what it had created (uids): it goes as the batch left it."""
    changed: dict[str, dict[str, Any]] = {}
    for change in fields:
        changed.setdefault(change.record, {})[change.field] = json.loads(change.after or "null")
    made = {uid: main for main, _kind, uid in way.remove.members() if uid in changed} if changed else {}
    for main in dict.fromkeys(made.values()):
        way.remove[main] = [(record, values | changed.get(values["uid"], {})) for record, values in way.remove[main]]
    return set(made)


def _drop_absent(way: WayBack) -> None:
    """A record already gone need not be removed; one already there need not come back."""
    absent = way.remove.keys() - _there(way.remove)
    merged = merged_into() if absent else {}
    for uid in sorted(absent):
        kind = way.remove.drop(uid)
        if uid in merged:
            way.kept.append(Kept(uid, kind, WHOLE, _("已经合并到另一条记录")))
    for uid in _there(way.recreate):
        del way.recreate[uid]


def _there(wholes: Wholes) -> set[str]:
    """Those of the main records that are in the register now."""
    return {uid for record, uids in wholes.by_record().items() for uid in _existing(record, uids)}


def _existing(record: type[Record], uids: Iterable[str]) -> set[str]:
    return {row[0] for row in database.fetch_in(record, "uid", uids, ("uid",))}


def _now(record: type[Record], uids: Iterable[str], names: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """What the register holds now of these records: uid → values in the order of ``names``."""
    return {row[0]: row[1:] for row in database.fetch_in(record, "uid", uids, ("uid", *names))}


def _names(way: WayBack, kind: str) -> list[str]:
    """The stored fields of a kind of record, those among them that come back with the declaration of an own field."""
    back = [way.recreate[uid][0][1] for uid in way.recreate.by_record().get(OwnField, ())]
    coming = (own_name(values["uid"]) for values in back if values["record"] == kind)
    return [*stored_names(RECORDS[kind]), *coming]


def _sort_fields(way: WayBack, changes: list[_Entry]) -> None:
    first: dict[tuple[str, str], Any] = {}
    last: dict[tuple[str, str, str], Any] = {}
    for change in changes:
        first.setdefault((change.record, change.field), json.loads(change.before or "null"))
        last[change.kind, change.record, change.field] = json.loads(change.after or "null")
    uids: dict[str, list[str]] = {}
    for kind, uid, _name in last:
        uids.setdefault(kind, []).append(uid)
    names = {kind: _names(way, kind) for kind in uids}
    now = {kind: _now(RECORDS[kind], those, names[kind]) for kind, those in uids.items()}
    places = {kind: {name: place for place, name in enumerate(names[kind])} for kind in uids}
    for (kind, uid, name), after in last.items():
        held = now[kind].get(uid)
        if held is None:
            way.kept.append(Kept(uid, kind, name, _("这条记录已经不在")))
        elif name not in places[kind]:
            way.kept.append(Kept(uid, kind, name, _("这个自有字段已经不在")))
        elif held[places[kind][name]] == after:
            way.restore[uid, name] = (kind, after, first[uid, name])
        elif held[places[kind][name]] != first[uid, name]:
            way.kept.append(Kept(uid, kind, name, _("之后又改过")))


def _keep_sealed(way: WayBack, merging: bool) -> None:
    """Leave alone whoever was erased: of them there is nothing to bring back, and what is left only counts.

    Where their memberships stand still follows the unions, and their group a renaming. UserError for a merge of theirs.
    """
    closed = sealed()
    for wholes in (way.remove, way.recreate) if closed else ():
        for uid in [each for each, whole in wholes.items() if _persons_in(whole) & closed]:
            if merging:
                raise UserError(_("这次合并里的人已经依申请删除了个人信息，不能拆开，也不能恢复合并。"))
            way.kept.append(Kept(uid, wholes.drop(uid), WHOLE, _("已经依申请删除个人信息，只留计数")))
    for uid, name in [each for each in way.restore if each[0] in closed and each[1] not in OF_WORKER]:
        kind, *_values = way.restore.pop((uid, name))
        way.kept.append(Kept(uid, kind, name, _("已经依申请删除个人信息，只留计数")))
    way.restore = {at: each for at, each in way.restore.items() if each[1] != each[2]}  # emptied on both sides


def _persons_in(whole: Whole) -> set[str]:
    """The people (uids) whom a record and its facts are or speak of; in a pair of two that are not the same either side.

    That somebody was erased, too, which came with what another laptop gave: what came may be undone, this never.
    """
    names = {
        "worker": ("uid",), "membership_event": ("worker",), "officer": ("worker",), "distinct_pair": ("left", "right"),
        "worklist_entry": ("worker",), "erasure": ("person",),
    }  # fmt: skip
    return {values[name] for record, values in whole for name in names.get(kind_of(record), ()) if values.get(name)}


def _keep_edited(way: WayBack) -> None:
    """Records whose fields no longer hold what they were created with stay, with all that was created with them."""
    uids = list(way.remove)
    for start in range(0, len(uids), database.CHUNK):
        wholes = {uid: way.remove[uid] for uid in uids[start : start + database.CHUNK]}
        for uid, titles in _edited(wholes).items():
            _keep(way, uid, _("之后又改过：") + _("、").join(titles))


def _edited(wholes: dict[str, Whole]) -> dict[str, list[str]]:
    """Those of the created records that hold something else now, with the titles of these fields."""
    by_record: dict[type[Record], list[str]] = {}
    for whole in wholes.values():
        for record, values in whole:
            by_record.setdefault(record, []).append(values["uid"])
    names = {record: stored_names(record) for record in by_record}
    now = {record: _now(record, uids, names[record]) for record, uids in by_record.items()}
    found: dict[str, list[str]] = {}
    for uid, whole in wholes.items():
        for record, values in whole:
            held = now[record].get(values["uid"])
            created = tuple(map(values.get, names[record]))
            if held is not None and held != created:
                edited = {name for name, was, is_ in zip(names[record], created, held, strict=True) if was != is_}
                found[uid] = _titles(record, edited)
                break
    return found


def _titles(record: type[Record], names: set[str]) -> list[str]:
    return [column.title for column in columns_of(record) if column.name in names]


def _keep(way: WayBack, uid: str, reason: str) -> None:
    way.kept.append(Kept(uid, way.remove.drop(uid), WHOLE, reason))


def _keep_referred(way: WayBack) -> None:
    """Keep records to which something that stays refers; repeat, for what is kept refers to others in turn."""
    while way.remove:
        going: dict[str, str] = {}
        by_kind: dict[str, list[str]] = {}
        for main, kind, uid in way.remove.members():
            going[uid] = main
            by_kind.setdefault(kind, []).append(uid)
        held: dict[str, str] = {}
        for record, name in references():
            wanted = [uid for kind in referred_kinds(record, name) for uid in by_kind.get(kind, ())]
            for referrer, target in database.fetch_in(record, name, wanted, ("uid", name)):
                leaving = referrer in going or (referrer, name) in way.restore
                if not leaving and going[target] not in held:
                    held[going[target]] = _("之后有别的记录用到它")
        held |= {uid: _("已经有记录填了它") for uid in _filled(way, going)}
        if not held:
            return
        for uid, reason in held.items():
            _keep(way, uid, reason)


def _filled(way: WayBack, going: dict[str, str]) -> list[str]:
    """The own fields among what goes in which a record that stays holds something, and goes on to hold it."""
    found = []
    for uid in way.remove.by_record().get(OwnField, ()):
        bearer: Any = RECORDS[way.remove[uid][0][1]["record"]]
        filled = field_of(bearer, own_name(uid)).is_null(False)
        holders = (holder for (holder,) in bearer.select(bearer.uid).where(filled).tuples())
        if any(each not in going and not _emptied(way, each, own_name(uid)) for each in holders):
            found.append(uid)
    return found


def _emptied(way: WayBack, uid: str, name: str) -> bool:
    """True when the undoing empties this field of this record."""
    return (uid, name) in way.restore and way.restore[uid, name][2] is None


def _keep_merged(way: WayBack) -> None:
    """Keep records that stand for others as well, which were merged into them since."""
    for uid in way.remove.keys() & set(merged_into().values() if way.remove else ()):
        _keep(way, uid, _("之后有别的记录合并到它"))


def _keep_orphans(way: WayBack) -> None:
    """A removed record, or an old value, that refers to something no longer there cannot come back."""
    pointing = {(record._meta.table_name, name) for record, name in references()}
    back = {at: then for at, (kind, _now, then) in way.restore.items() if then and (kind, at[1]) in pointing}
    needed = {each for whole in way.recreate.values() for each in _pointed_at(whole, pointing)}
    gone = _absent((needed | set(back.values())) - {uid for _main, _kind, uid in way.recreate.members()})
    stuck = [uid for uid, whole in way.recreate.items() if gone.intersection(_pointed_at(whole, pointing))] if gone else []
    for uid in stuck:
        way.kept.append(Kept(uid, way.recreate.drop(uid), WHOLE, _("它所属的记录已经不在")))
    for (uid, name), then in back.items():
        if then in gone:
            kind, *_values = way.restore.pop((uid, name))
            way.kept.append(Kept(uid, kind, name, _("它所属的记录已经不在")))


def _pointed_at(whole: Whole, pointing: Collection[tuple[str, str]]) -> Iterator[Any]:
    """What a record and its facts refer to, in the fields that do (kind, name)."""
    for record, values in whole:
        kind = kind_of(record)
        yield from (value for name, value in values.items() if value and (kind, name) in pointing)


def _absent(uids: set[str]) -> set[str]:
    """Those of the records, of whatever kind, that are not in the register now."""
    left = set(uids)
    for record in RECORDS.values():
        left -= _existing(record, left)
    return left


def _walk(way: WayBack, writer: Writer) -> None:
    removals = heads(way.recreate)
    for uid, whole in way.recreate.items():
        (record, values), *facts = whole
        writer.create(record, dict(values), facts, removals.get((uid, WHOLE)) or last_removal(kind_of(record), uid))
    by_record: dict[tuple[str, str], dict[str, tuple[Any, Any]]] = {}
    for (uid, name), (kind, now, then) in way.restore.items():
        by_record.setdefault((kind, uid), {})[name] = (now, then)
    for (kind, uid), fields in by_record.items():
        writer.update(RECORDS[kind], uid, fields)
    for whole in way.remove.values():
        writer.remove(whole)
