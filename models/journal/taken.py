"""What taking a package changed in the tables, told by the log alone: for undoing it.

Nothing of it is kept anywhere: what a record was before, and what it was then, follows from the log as far as it was known before
and after, which the batch says of itself.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from models.engine.record import Values
from models.journal import crossing
from models.journal.heads import RecordHeads, Vector, heads_between
from models.journal.log import WHOLE, whole_of
from models.journal.packing import Unpacked, restored, unpack_uids
from models.own_names import is_own
from models.records.catalogue import RECORDS, kind_of, stored_names
from models.records.setting import NOT_SHARED

_AT_ONCE = 2_000


class NetChange(NamedTuple):
    """A record that a taking made, changed or removed: ``main`` it came with, ``was`` and ``now`` are its values."""

    kind: str
    uid: str
    main: str
    was: Values | None
    now: Values | None


def net_changes(source: Mapping[str, Any]) -> Iterator[NetChange]:
    """What changed between two states of the log, given as ``known`` and ``until`` of a batch that took a package."""
    known, until = source["known"], source["until"]
    touched = {uid: told for uid, told in _touched(known, until) if uid not in NOT_SHARED}
    uids = list(touched)
    for start in range(0, len(uids), _AT_ONCE):
        part = uids[start : start + _AT_ONCE]
        kinds, homes = {uid: touched[uid][0] for uid in part}, {touched[uid][1] for uid in part}
        names = {kind: frozenset(("uid", *stored_names(RECORDS[kind]))) for kind in set(kinds.values())}
        for before, after in heads_between(kinds, known, until, homes):
            was, now = (_values(each, names[each.kind]) for each in (before, after))
            if was != now:
                yield NetChange(before.kind, before.uid, touched[before.uid][1], was, now)


def _values(of: RecordHeads, names: frozenset[str]) -> Values | None:
    if not of.exists:
        return None
    return {name: value for name, value in of.values().items() if name in names or is_own(name)}


def _touched(known: Vector, until: Vector) -> Iterator[tuple[str, tuple[str, str]]]:
    for what, row in crossing.log_out(known):
        values = dict(zip(crossing.OF_ENTRY if what == "entry" else (*crossing.OF_BUNDLE, *crossing.BLOBS), row, strict=True))
        if values["number"] > until.get(values["device"], 0):
            continue
        if what == "bundle":
            mains = unpack_uids(values["records"])
            held = Unpacked(restored(values["content"]), mains)
            for place, main in enumerate(mains):
                yield from ((uid, (kind, main)) for kind, uid in held.uids_at(place))
        elif values["field"] == WHOLE:
            for record, each in whole_of(values["after"] or values["before"]):
                yield each["uid"], (kind_of(record), values["record"])
        else:
            yield values["record"], (values["kind"], values["record"])
