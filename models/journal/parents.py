"""Which earlier entries of the log an entry replaces: an operation log with parents loses no edit."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence

from models.engine import database
from models.journal import entries, forks
from models.journal.heads import RecordHeads, Telling, heads_of
from models.journal.log import WHOLE, Head, LogEntry
from models.records.catalogue import RECORDS, references


def name_parents(log: Sequence[LogEntry], device: str) -> None:
    """Fill ``replaces`` of each entry with the heads it replaces: the last change of the field or the record's creation.

    The later of the two: a record that came back brought the field's value with it. A removal replaces the heads of all
    that it takes away. Creations of the same batch are in the register already.

    Of a record that was written in two places (``forks.py``) all heads are named that the writer has seen: those with the
    value that was shown, and the writer's own.
    """
    named = {uid: kind for entry in log for kind, uid in ((entry.kind, entry.record), *entry.facts)}
    newest: dict[str, dict[str, Head]] = {entry.record: {} for entry in log}
    for (uid, name), head in heads(named).items():
        newest.setdefault(uid, {})[name] = head
    for uid, head in _births({uid: named[uid] for uid, held in newest.items() if WHOLE not in held}).items():
        newest[uid][WHOLE] = head
    beside = heads_of(forks.among(newest))
    for entry in log:
        if entry.field == WHOLE:
            taken = [newest[uid] for uid in (entry.record, *(uid for _kind, uid in entry.facts)) if uid in newest]
            since = [(held.get(WHOLE, (0, "", 0)), head) for held in taken for head in held.values()]
            found = sorted({head for whole, head in since if head >= whole} | _standing(beside, entry))
        elif entry.record in beside and newest[entry.record].get(entry.field, (0,))[0] != sys.maxsize:
            found = _seen(beside[entry.record], entry, device)
        else:
            both = [newest[entry.record][each] for each in (entry.field, WHOLE) if each in newest[entry.record]]
            found = [max(both)] if both else []
        entry.replaces = [list(head[1:]) for head in found]
        newest[entry.record][entry.field] = (sys.maxsize, device, entry.number)


def _seen(of: RecordHeads, entry: LogEntry, device: str) -> list[Head]:
    """The heads of a field that whoever writes it has seen; of whoever decides, all of them."""
    shown = of.value(entry.field)
    here = [each for each in of.of(entry.field) if entry.decides or each.device == device or _is_shown(each, entry.field, shown)]
    return sorted(each.head for each in here)


def _is_shown(each: Telling, name: str, shown: object) -> bool:
    return not each.gone and each.says(name) == shown


def _standing(beside: Mapping[str, RecordHeads], entry: LogEntry) -> set[Head]:
    """All heads of a record, and of what goes with it: what a removal takes away, or a coming back answers."""
    taken = [beside[uid] for uid in (entry.record, *(uid for _kind, uid in entry.facts)) if uid in beside]
    return {each.head for of in taken for standing in of.heads.values() for each in standing}


def coming_back(uid: str, removal: Head) -> list[Head]:
    """What the creation of a record that was removed replaces: the removal, or each of several."""
    beside = heads_of(forks.among([uid]))
    return sorted({removal} | {each.head for of in beside.values() for standing in of.heads.values() for each in standing})


def last_removal(kind: str, uid: str) -> Head | None:
    """The entry that removed a record with the one it had come with; None where there is none."""
    standing = heads_of({uid: kind}).values()
    return max((each.head for of in standing for each in of.heads[WHOLE] if each.gone), default=None)


def heads(uids: Iterable[str]) -> dict[tuple[str, str], Head]:
    """The latest change of each field of these records, and of each as a whole: by (record uid, field)."""
    rows = entries.of_records(uids, ("record", "field", "id", "device", "number"))
    return {(record, name): (row, device, number) for record, name, row, device, number in rows}


def _births(kinds: Mapping[str, str]) -> dict[str, Head]:
    """Creations of facts that share the row of the record they were created with: found through what they refer to.

    ``kinds``: uid → kind. What a fact referred to before a merge counts as well.
    """
    born: dict[str, Head] = {}
    for kind in set(kinds.values()):
        uids = [uid for uid, each in kinds.items() if each == kind]
        owners = [name for record, name in references() if record is RECORDS[kind]]
        referred = {
            uid: set(others) for uid, *others in database.fetch_in(RECORDS[kind], "uid", uids, ("uid", *owners))
        }
        for uid, name, before in entries.of_records(uids, ("record", "field", "before")):
            if name in owners and uid in referred:
                referred[uid].add(json.loads(before))
        makings: dict[str, list[tuple[Head, frozenset[str]]]] = {}
        every = {owner for others in referred.values() for owner in others if owner}
        for owner, head, together in entries.makings(every):
            makings.setdefault(owner, []).append((head, together))
        for uid, others in referred.items():
            found = [head for owner in others for head, together in makings.get(owner or "", ()) if uid in together]
            if found:
                born[uid] = max(found)
    return born
