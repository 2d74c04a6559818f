"""The way back: a batch undone by a new batch, keeping and naming what was edited or referred to since.

An undo is itself a batch and can be undone. A field goes back when it still holds what the batch wrote; a created record
goes when it is as it was created and nothing that stays refers to it; a removed record comes back when nothing it refers
to is gone.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from models.engine import database
from models.engine.own_values import field_of
from models.engine.record import Record
from models.errors import UserError
from models.journal import entries, reopening
from models.journal.as_created import edited, lessened, look, now_of
from models.journal.both_ways import bring_back, take_away
from models.journal.brought_along import brought_along
from models.journal.bundles import HeldBundle
from models.journal.log import WHOLE, Batch, Whole, to_json, whole_of
from models.journal.merged import is_merge, merged_into
from models.journal.reopening import Reopening
from models.journal.skeleton import OF_WORKER
from models.journal.taken import NetChange, net_changes
from models.journal.wholes import Packed, Run, Wholes
from models.journal.writer import Author, Writer, batch, number_of
from models.language import _
from models.memory import collector_paused
from models.own_names import own_name
from models.records.catalogue import RECORDS, kind_of, references, referred_kinds, stored_names
from models.records.erasure import sealed
from models.records.own_field import OwnField


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
    edited: dict[str, list[str]] = field(default_factory=dict)  # of what was created (uid): titles of the fields
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
            bring_back(way.recreate, writer)
            _restore(way, writer)
            take_away(way.remove, {uid for uid, _name in way.restore}, writer)
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
    along = brought_along(way.remove, target.uid)
    way.remove.update(along)
    way.edited = {uid: titles for uid, titles in way.edited.items() if uid not in along}
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
    every = way.remove.members() if changed else ()
    made = {uid: main for _kind, uids, mains in every for uid, main in zip(uids, mains, strict=True) if uid in changed}
    for main in dict.fromkeys(made.values()):
        way.remove[main] = [(record, values | changed.get(values["uid"], {})) for record, values in way.remove[main]]
    return set(made)


def _drop_absent(way: WayBack) -> None:
    """A record already gone need not be removed; one already there need not come back."""
    absent: dict[str, str] = {}
    for part in way.remove.parts():
        absent |= _absent_in(way, part) if isinstance(part, Packed) else _absent_among(way, part)
    merged = merged_into() if absent else {}
    for uid in sorted(absent):
        del way.remove[uid]
        if uid in merged:
            way.kept.append(Kept(uid, absent[uid], WHOLE, _("已经合并到另一条记录")))
    for uid in [uid for kind, uids in way.recreate.by_kind() for uid in _existing(RECORDS[kind], uids)]:
        del way.recreate[uid]


def _absent_in(way: WayBack, part: Packed) -> dict[str, str]:
    """Those of a bundle that are gone, with their kind; takes out facts that are, and notes those that were edited since."""
    found, uids = look(part), part.bundle.uids
    for uid, whole in lessened({uids[place]: part.whole(place) for place in sorted(found.less)}).items():
        part.alone[part.place(uid)] = whole
    way.edited |= edited({uids[place]: part.whole(place) for place in sorted(found.edited)})
    return {uids[place]: part.kind for place in sorted(found.gone)}


def _absent_among(way: WayBack, part: dict[str, Whole]) -> dict[str, str]:
    """The same of those that stand by themselves."""
    by_record: dict[type[Record], list[str]] = {}
    for uid, whole in part.items():
        by_record.setdefault(whole[0][0], []).append(uid)
    there = {uid for record, uids in by_record.items() for uid in _existing(record, uids)}
    part.update(lessened({uid: whole for uid, whole in part.items() if uid in there}))
    way.edited |= edited(part)
    return {uid: kind_of(whole[0][0]) for uid, whole in part.items() if uid not in there}


def _existing(record: type[Record], uids: Iterable[str]) -> set[str]:
    return {row[0] for row in database.fetch_in(record, "uid", uids, ("uid",))}


def _names(way: WayBack, kind: str) -> list[str]:
    """The stored fields of a kind of record, those among them that come back with the declaration of an own field."""
    back = [way.recreate[uid][0][1] for uid in way.recreate.of_record(OwnField)]
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
    now = {kind: now_of(RECORDS[kind], those, names[kind]) for kind, those in uids.items()}
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
    for uid, titles in way.edited.items():
        if uid in way.remove:
            _keep(way, uid, _("之后又改过：") + _("、").join(titles))


def _keep(way: WayBack, uid: str, reason: str) -> None:
    way.kept.append(Kept(uid, way.remove.drop(uid), WHOLE, reason))


def _keep_referred(way: WayBack) -> None:
    """Keep records to which something that stays refers; repeat, for what is kept refers to others in turn."""
    going: dict[str, str] = {}
    by_kind: dict[str, list[str]] = {}
    for kind, uids, mains in way.remove.members():
        going.update(zip(uids, mains, strict=True))
        by_kind.setdefault(kind, []).extend(uids)
    held = _referred(way, going, by_kind)
    while held := held | {uid: _("已经有记录填了它") for uid in _filled(way, going)}:
        staying: dict[type[Record], list[str]] = {}
        for record, values in [each for uid in held for each in way.remove[uid]]:
            staying.setdefault(record, []).append(values["uid"])
            going.pop(values["uid"], None)
        for uid, reason in held.items():
            _keep(way, uid, reason)
        held = _referred_by(way, going, staying)


def _referred(way: WayBack, going: Mapping[str, str], by_kind: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The main records (uids) among what goes that something refers to which stays, or to whose facts; with the reason."""
    held: dict[str, str] = {}
    for record, name in references():
        wanted = [uid for kind in referred_kinds(record, name) for uid in by_kind.get(kind, ())]
        for referrer, target in database.fetch_in(record, name, wanted, ("uid", name)):
            if referrer not in going and (referrer, name) not in way.restore:
                held[going[target]] = _("之后有别的记录用到它")
    return held


def _referred_by(way: WayBack, going: Mapping[str, str], staying: Mapping[type[Record], Sequence[str]]) -> dict[str, str]:
    """The same of what some of the records (uids) refer to that stay."""
    held: dict[str, str] = {}
    for record, name in references():
        for referrer, target in database.fetch_in(record, "uid", staying.get(record, ()), ("uid", name)):
            if target in going and (referrer, name) not in way.restore:
                held[going[target]] = _("之后有别的记录用到它")
    return held


def _filled(way: WayBack, going: Collection[str]) -> list[str]:
    """The own fields among what goes in which a record that stays holds something, and goes on to hold it."""
    found = []
    for uid in way.remove.of_record(OwnField):
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
    needed = {each for told in _pointing(way.recreate, pointing) for each in told} | set(back.values())
    for _kind, uids, _mains in way.recreate.members() if needed else ():
        needed.difference_update(uids)
    gone = _absent(needed)
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


def _pointing(wholes: Wholes, pointing: Collection[tuple[str, str]]) -> Iterator[Iterable[Any]]:
    """The same of very many, as many at a time as stand together."""
    for part in wholes.parts():
        for run in part.runs() if isinstance(part, Packed) else part.values():
            if not isinstance(run, Run):
                yield _pointed_at(run, pointing)
                continue
            for kind, columns in run.kinds:
                told = [column for name, column in columns.items() if (kind, name) in pointing]
                yield from ([each for each in column if each] for column in told)


def _absent(uids: set[str]) -> set[str]:
    """Those of the records, of whatever kind, that are not in the register now."""
    left = set(uids)
    for record in RECORDS.values():
        left -= _existing(record, left)
    return left


def _restore(way: WayBack, writer: Writer) -> None:
    by_record: dict[tuple[str, str], dict[str, tuple[Any, Any]]] = {}
    for (uid, name), (kind, now, then) in way.restore.items():
        by_record.setdefault((kind, uid), {})[name] = (now, then)
    for (kind, uid), fields in by_record.items():
        writer.update(RECORDS[kind], uid, fields)
