"""Records made again from the log: each entry says what was created, changed and removed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from models.engine.record import Values
from models.journal.log import WHOLE
from models.rescue.leaves import Row


@dataclass
class Replayed:
    """What the log knows: the records that are there at its end by uid, and the names of all that it speaks of.

    ``halves``: records of which the log knows changes and not the beginning, by uid: their kind.
    """

    records: dict[str, tuple[str, Values]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    halves: dict[str, str] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)


def replay(entries: Iterable[Row], besides: frozenset[str], begin: dict[str, tuple[str, Values]]) -> Replayed:
    """Go through entries (kind, record, field, before, after) in the order of the log; records of ``besides`` are not wanted.

    ``begin``: what was there before the first entry, by uid.
    """
    known = Replayed(records=dict(begin))
    for kind, uid, name, before, after in entries:
        if name == WHOLE:
            _whole(known, before, after, besides)
        elif uid not in besides:
            _change(known, kind, uid, name, before, after)
    return known


def _whole(known: Replayed, before: str | None, after: str | None, besides: frozenset[str]) -> None:
    for kind, values in json.loads(after) if after else ():
        uid = values["uid"]
        if uid in besides:
            continue
        known.records[uid] = (kind, values)
        known.removed.discard(uid)
        known.halves.pop(uid, None)
        if values.get("name"):
            known.names[uid] = values["name"]
    for _kind, values in json.loads(before) if before and not after else ():
        known.records.pop(values["uid"], None)
        known.halves.pop(values["uid"], None)
        known.removed.add(values["uid"])


def _change(known: Replayed, kind: str, uid: str, name: str, before: str | None, after: str | None) -> None:
    value = json.loads(after) if after else None
    if uid in known.records:
        known.records[uid][1][name] = value
    else:
        known.halves[uid] = kind
    if name == "name":
        known.names[uid] = str(value or (json.loads(before) if before else ""))
