"""A person's decision about what several laptops wrote is taken back: then the conflict is open again, as it was before.

The undo is an entry that says so and travels. Neither it nor the decision has a say any more in what stands (``heads.py``): what
the decision replaced stands again, beside whatever was written since. An undo of the undo lets the decision count again.
"""

import json
from dataclasses import dataclass
from typing import Any

from models.engine import database
from models.engine.record import Values
from models.errors import UserError
from models.journal import entries, forks
from models.journal.heads import RecordHeads, heads_of
from models.journal.log import WHOLE, Batch, LogEntry, to_json
from models.journal.writer import Writer
from models.language import _
from models.own_names import is_own
from models.records.catalogue import RECORDS, stored_names

#: The kind of the batch that decides.
DECIDE = "decide"
#: The word under which the description of an undo says that it takes back a decision.
SOURCE = "reopens"


@dataclass(frozen=True, slots=True)
class Reopening:
    """What taking back a batch that decided, or that took a decision back, turns.

    ``was`` and ``now``: the record's values as they are and as they will be, None where it is not there. ``forked``: the record
    has several entries that nothing replaces then. ``opens``: the decision counts no more; False where it counts again.
    ``key``: the decision's entry.
    """

    kind: str
    uid: str
    field: str
    was: Values | None
    now: Values | None
    forked: bool
    opens: bool
    key: tuple[str, int]

    def changed(self) -> dict[str, tuple[Any, Any]]:
        """Of a record that stays the fields that change: as they are and as they will be."""
        if self.was is None or self.now is None:
            return {}
        return {name: (self.was.get(name), each) for name, each in self.now.items() if self.was.get(name) != each}


def turned(target: Batch) -> Reopening | None:
    """What undoing a batch turns, where it decided or took a decision back; None for any other.

    UserError where something else was written of it since.
    """
    if not (target.kind == DECIDE or (target.kind == "undo" and _reopens(target))):
        return None
    decision = _decision(target)
    ((kind, uid, name, device, number),) = entries.of_batch(decision.uid, ("kind", "record", "field", "device", "number"))
    now, then = (heads_of({uid: kind}, undone=batch)[uid] for batch in ("", target.uid))
    key = (str(device), int(number))
    counts, counted = (next((each for each in of.line if each.key == key), None) for of in (now, then))
    if counts is not None:
        left = key in _keys(now, name)
    else:  # all that it replaced stands still
        left = counted is not None and counted.replaces & {each.key for each in now.line} <= _keys(now, name)
    if not left or (counts is None) == (counted is None):
        raise UserError(_("批次 {number} 已经撤销过，或者之后都改过，没有可以撤销的内容。").format(number=target.id))
    return Reopening(kind, uid, name, _held(kind, uid), _values(then), then.forked, counts is not None, key)


def _reopens(batch: Batch) -> bool:
    source = json.loads(batch.source)
    return isinstance(source, dict) and SOURCE in source


def _decision(batch: Batch) -> Batch:
    """The decision that a chain of undoes began with."""
    while batch.kind != DECIDE:
        batch = Batch.get(Batch.uid == batch.undoes)
    return batch


def _keys(of: RecordHeads, name: str) -> set[tuple[str, int]]:
    heads = of.of(name) if name != WHOLE else [each for standing in of.heads.values() for each in standing]
    return {each.key for each in heads}


def _held(kind: str, uid: str) -> Values | None:
    names = ("uid", *stored_names(RECORDS[kind]))
    row = next(iter(database.fetch_in(RECORDS[kind], "uid", [uid], names)), None)
    return None if row is None else dict(zip(names, row, strict=True))


def _values(of: RecordHeads) -> Values | None:
    names = frozenset(("uid", *stored_names(RECORDS[of.kind])))
    return {name: each for name, each in of.values().items() if name in names or is_own(name)} if of.exists else None


def write(turn: Reopening, writer: Writer) -> None:
    """Write it, and bring the record in line; the batch's description says that it reopens. Part of the writer's batch."""
    record = RECORDS[turn.kind]
    entry = LogEntry(turn.kind, turn.uid, turn.field, replaces=[list(turn.key)])
    if turn.field != WHOLE:
        before, after = ((values or {}).get(turn.field) for values in (turn.was, turn.now))
        entry.before, entry.after = to_json(before), to_json(after)
    else:
        entry.gone = turn.now is None
        entry.whole = [(record, turn.now or turn.was or {})]
    writer.reopen(entry)
    if turn.changed() or (turn.was is None) != (turn.now is None):
        writer.adopt(record, turn.uid, turn.was, turn.now)
    if turn.forked:
        forks.note([(turn.uid, turn.kind)])
    else:
        forks.settle([turn.uid])
