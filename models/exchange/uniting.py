"""The tables brought in line with the united log, and what two logs that did not know of each other leave open.

What stands of each record follows from its heads (``models/journal/heads.py``). What that alone cannot settle is written as
entries of the own device, which say the same on every laptop that takes the same logs: a reference to what was merged away
elsewhere goes to what it was merged into, and what was removed elsewhere and is referred to here comes back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.duplicates.merge import ONE_FOR, join
from models.duplicates.same_key import same_keys
from models.engine import database
from models.engine.record import Record, Values
from models.errors import UserError
from models.exchange.arriving import Arrived
from models.journal import entries, forks
from models.journal.heads import RecordHeads, heads_of
from models.journal.log import WHOLE, Whole, whole_of
from models.journal.merged import merged_into
from models.journal.writer import Writer
from models.language import _
from models.own_names import is_own
from models.progress import OnProgress, untold
from models.records.catalogue import RECORDS, kind_of, references, referred_kinds, stored_names
from models.records.setting import NOT_SHARED

#: Records that are brought in line at once.
_AT_ONCE = 2_000
#: What comes back may refer to what must come back in turn; no register has a chain as long as this.
_ROUNDS = 50
#: Records that are listed one by one, for a person to look at.
LISTED = 2_000

Kinds = dict[str, str]


@dataclass
class United:
    """What uniting did: by uid the kind of records that are new, changed, gone, and that hold already what was said of them.

    ``kept``: records that were removed elsewhere and came back, because something refers to them; ``moved``: how many
    references went to what a record was merged into. ``forked``: records of which several entries stand. ``followed``: what has
    such a reference; ``joined``: what went into another one for the same. ``turned``: of the first :data:`LISTED` that changed
    or are gone, what they were and what they are, None for what is gone.
    """

    new: Kinds = field(default_factory=dict)
    changed: Kinds = field(default_factory=dict)
    gone: Kinds = field(default_factory=dict)
    same: Kinds = field(default_factory=dict)
    kept: Kinds = field(default_factory=dict)
    moved: int = 0
    forked: Kinds = field(default_factory=dict)
    followed: Kinds = field(default_factory=dict)
    joined: Kinds = field(default_factory=dict)
    turned: dict[str, tuple[Values, Values | None]] = field(default_factory=dict)


@dataclass
class _Open:
    """What may be missing: records (uids) by the kinds that a reference may mean, and those that are gone, by their kind."""

    needed: dict[tuple[str, ...], set[str]] = field(default_factory=dict)
    absent: dict[str, set[str]] = field(default_factory=dict)


def unite(arrived: Arrived, writer: Writer, tell: OnProgress = untold) -> United:
    """Bring the records that something came of in line with the log. Part of the writer's batch.

    ``tell``: how many records are in line.
    """
    done, left = United(), _Open()
    uids = [uid for uid in arrived.touched if uid not in NOT_SHARED]
    for start in range(0, len(uids), _AT_ONCE):
        tell(start, len(uids))
        part = {uid: arrived.touched[uid] for uid in uids[start : start + _AT_ONCE]}
        standing = heads_of({uid: kind for uid, (kind, _main) in part.items()}, homes={main for _kind, main in part.values()})
        _in_line(standing.values(), writer, done, left)
    known = forks.among(uids)
    forks.settle(known.keys() - done.forked.keys())
    forks.note(done.forked.items())
    writer.flush()
    for _round in range(_ROUNDS):
        lacking = _lacking(left)
        if not lacking and not _join_twins(writer, done):
            return done
        left = _Open()
        _settle(lacking, writer, done, left)
        writer.flush()
    raise UserError(_("这个交换包里的记录互相缺了对方，合不到一起，什么都没有收下。"))


def _in_line(standing: Iterable[RecordHeads], writer: Writer, done: United, left: _Open) -> None:
    by_kind: dict[str, list[RecordHeads]] = {}
    for of in standing:
        by_kind.setdefault(of.kind, []).append(of)
    for kind, those in by_kind.items():
        record = RECORDS[kind]
        names = stored_names(record)
        pointing = _pointing(record)
        kept = frozenset(("uid", *names))
        rows = database.fetch_in(record, "uid", [of.uid for of in those], ("uid", *names))
        held = {row[0]: dict(zip(("uid", *names), row, strict=True)) for row in rows}
        for of in those:
            if of.forked:
                done.forked[of.uid] = kind
            now = {name: value for name, value in of.values().items() if name in kept or is_own(name)} if of.exists else None
            if _one_in_line(of, (held.get(of.uid), now), writer, done, left) and now is not None:
                _note_needed(pointing, now, left)


def _one_in_line(
    of: RecordHeads, both: tuple[Values | None, Values | None], writer: Writer, done: United, left: _Open
) -> bool:
    """Bring one record in line, given as it is and as it is to be; True when it is there and was changed."""
    record, (was, now) = RECORDS[of.kind], both
    if now is None:
        left.absent.setdefault(of.kind, set()).add(of.uid)
        if was is not None:
            writer.adopt(record, of.uid, was, None)
            _turn(done, was, None)
        (done.same if was is None else done.gone)[of.uid] = of.kind
        return False
    if was is not None and all(was.get(name) == value for name, value in now.items()):
        done.same[of.uid] = of.kind
        return False
    writer.adopt(record, of.uid, was, now)
    if was is not None:
        _turn(done, was, now)
    (done.new if was is None else done.changed)[of.uid] = of.kind
    return True


def _turn(done: United, was: Values, now: Values | None) -> None:
    if len(done.turned) < LISTED:
        done.turned[was["uid"]] = was, now


def _pointing(record: type[Record]) -> dict[str, tuple[str, ...]]:
    """The fields of a record that refer to others, and to which kinds."""
    return {name: referred_kinds(record, name) for other, name in references() if other is record}


def _note_needed(pointing: Mapping[str, tuple[str, ...]], values: Values, left: _Open) -> None:
    for name, kinds in pointing.items():
        if values.get(name):
            left.needed.setdefault(kinds, set()).add(values[name])


def _lacking(left: _Open) -> Kinds:
    """The records that rows refer to and that are not there: uid → kind."""
    found: Kinds = {}
    for kinds, uids in left.needed.items():
        missing = set(uids)
        for kind in kinds:
            missing -= {uid for (uid,) in database.fetch_in(RECORDS[kind], "uid", missing, ("uid",))}
        found |= {uid: _kind_in_log(uid, kinds) for uid in sorted(missing)}
    for record, name in references():
        for kind in referred_kinds(record, name):
            gone = left.absent.get(kind, ())
            found |= {uid: kind for (uid,) in database.fetch_in(record, name, gone, (name,))}
    return found


def _kind_in_log(uid: str, kinds: tuple[str, ...]) -> str:
    """Of which kind a record was; of a fact that came with another one the kind that is referred to."""
    told = {kind for (kind,) in entries.of_records([uid], ("kind",))}
    return next((kind for kind in kinds if kind in told), kinds[0])


def _join_twins(writer: Writer, done: United) -> bool:
    """Make one of records that were made in two places for the same; True where there were any."""
    touched = {**done.new, **done.changed, **done.kept, **done.followed}
    before = len(done.joined)
    for kind, uid, other, _code in list(same_keys(touched)):
        gone = join(RECORDS[kind], uid, other, writer) if RECORDS[kind] in ONE_FOR else set()
        done.joined |= {each: kind for each in (uid, other) if each in gone}
        if gone:
            done.followed |= {uid: kind, other: kind}
        for kinds in (done.new, done.changed, done.kept, done.followed):
            for each in gone & kinds.keys():
                del kinds[each]
    return len(done.joined) > before


def _settle(lacking: Kinds, writer: Writer, done: United, left: _Open) -> None:
    """Let references follow a merge, or bring back what was removed."""
    merged = merged_into()
    for uid, kind in lacking.items():
        keep = _stands_for(uid, kind, merged)
        if keep is not None:
            _move(uid, kind, keep, writer, done)
            continue
        whole = _removed_whole(uid)
        if whole is None:
            raise UserError(_("这个交换包里的记录互相缺了对方，合不到一起，什么都没有收下。"))
        twin = _twin(uid, kind, whole[0], merged)
        if twin is not None:
            _move(uid, kind, twin, writer, done)
            continue
        _bring_back(uid, whole, writer, done, left)


def _stands_for(uid: str, kind: str, merged: Mapping[str, str]) -> str | None:
    """What a record was merged into, as far as that is there."""
    passed: set[str] = set()
    while uid in merged and uid not in passed:
        passed.add(uid)
        uid = merged[uid]
        if _there(RECORDS[kind], uid):
            return uid
    return None


def _there(record: type[Record], uid: str) -> bool:
    return next(iter(database.fetch_in(record, "uid", [uid], ("uid",))), None) is not None


def _twin(uid: str, kind: str, whole: Whole, merged: Mapping[str, str]) -> str | None:
    """What stands for the same as a record that was removed, where there is but one for the same."""
    record = RECORDS[kind]
    names = ONE_FOR.get(record)
    if names is None:
        return None
    held = next(values for _record, values in whole if values["uid"] == uid)
    now = tuple(_stands_for(held.get(name) or "", "employer", merged) or held.get(name) for name in names)
    rows = database.fetch_in(record, names[0], [now[0]], ("uid", *names))
    return min((row[0] for row in rows if tuple(row[1:]) == now and row[0] != uid), default=None)


def _move(uid: str, kind: str, keep: str, writer: Writer, done: United) -> None:
    for record, name in references():
        if kind in referred_kinds(record, name):
            for (referrer,) in list(database.fetch_in(record, name, [uid], ("uid",))):
                writer.update(record, referrer, {name: (uid, keep)})
                done.followed[referrer] = kind_of(record)
                done.moved += 1


def _removed_whole(uid: str) -> tuple[Whole, Any] | None:
    """What was last removed with a record, itself among it, and the entry that removed it."""
    found: tuple[Whole, Any] | None = None
    names = ("field", "before", "after", "id", "device", "number")
    for name, before, after, *head in entries.holding([uid], names):
        if name != WHOLE or after is not None:
            continue
        whole = whole_of(before)
        if any(values["uid"] == uid for _record, values in whole) and (found is None or head[0] > found[1][0]):
            found = whole, tuple(head)
    return found


def _bring_back(uid: str, removed: tuple[Whole, Any], writer: Writer, done: United, left: _Open) -> None:
    """Bring a record back with all that went with it and is not there either; the main one first, or the one alone."""
    whole, head = removed
    missing = [
        (record, values) for record, values in whole
        if values["uid"] not in done.kept and not _there(record, values["uid"])
    ]  # fmt: skip
    if not any(values["uid"] == uid for _record, values in missing):
        return  # it came back with another one
    if missing[0] != whole[0]:
        missing = [each for each in missing if each[1]["uid"] == uid]
    (record, values), *facts = missing
    writer.create(record, dict(values), facts, head)
    for each, given in missing:
        kind = each._meta.table_name
        done.kept[given["uid"]] = kind
        done.gone.pop(given["uid"], None)
        _note_needed(_pointing(each), given, left)
