"""What an undo takes away and brings back, many at a time: columns of the log's bundles go into its next ones as they are.

One by one goes only that of which other entries tell: the entries that it replaces must be looked for.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from models.engine.record import Record
from models.journal import entries, forks
from models.journal.log import WHOLE, Head, Whole
from models.journal.packing import NOTHING, Kinds, Parents
from models.journal.parents import heads, last_removal
from models.journal.stretch import ByField, Stretch
from models.journal.wholes import Packed, Run, Wholes
from models.journal.writer import MANY, Writer
from models.records import membership
from models.records.catalogue import RECORDS, kind_of
from models.records.membership import MembershipEvent
from models.records.worker import Worker


def take_away(wholes: Wholes, changed: Collection[str], writer: Writer) -> None:
    """Remove records with their facts. ``changed``: what the same batch (uids) has written of already."""
    for part in wholes.parts():
        if not isinstance(part, Packed):
            for whole in part.values():
                writer.remove(whole)
            continue
        facts = [uid for _places, kinds in part.bundle.unpacked.shapes() for _kind, each in kinds[1:] for uid in each["uid"]]
        for run in part.runs(_told_besides(part, facts, changed, writer.uid)):
            if isinstance(run, Run):
                writer.remove_many(Stretch(part.kind, _uids(run), run.kinds, replaces=_replaced(part, run), gone=True))
            else:
                writer.remove(run)


def bring_back(wholes: Wholes, writer: Writer) -> None:
    """Create records with their facts again, which are not in the register now."""
    if len(wholes) > MANY:
        writer.expect(_counts(wholes))
    for part in wholes.parts():
        if not isinstance(part, Packed):
            _create(list(part.values()), writer)
            continue
        for run in part.runs(_told_besides(part, (), (), writer.uid) | _elsewhere(part)):
            if isinstance(run, Run):
                said = run.kinds
                writer.create_many(Stretch(part.kind, _uids(run), said, _rows(said), replaces=_replaced(part, run)))
            else:
                _create([run], writer)


def _create(wholes: Sequence[Whole], writer: Writer) -> None:
    removals = heads(str(whole[0][1]["uid"]) for whole in wholes)
    for (record, values), *facts in wholes:
        removal = removals.get((values["uid"], WHOLE)) or last_removal(kind_of(record), values["uid"])
        writer.create(record, dict(values), facts, removal)


def _counts(wholes: Wholes) -> Mapping[type[Record], int]:
    found = Counter[type[Record]]()
    for kind, uids, _mains in wholes.members():
        found[RECORDS[kind]] += len(uids)
    return found


def _uids(run: Run) -> list[str]:
    return list(run.kinds[0][1]["uid"])


def _replaced(part: Packed, run: Run) -> list[Parents]:
    """Of each its entry in the bundle."""
    found: list[Head] = part.bundle.heads(run.start, run.end)
    return [[[device, number]] for _place, device, number in found]


def _told_besides(part: Packed, facts: Sequence[str], changed: Collection[str], writing: str) -> set[int]:
    """The places of those of which the bundle is not the last that tells, of the records themselves or of these facts."""
    own = part.bundle.uids
    told = entries.told_besides(part.bundle, facts, writing) | forks.among([*own, *facts]).keys()
    told |= {uid for uid in (*own, *facts) if uid in changed} if changed else set()
    if not told:
        return set()
    unpacked = part.bundle.unpacked
    return {place for place in range(len(own)) if any(uid in told for _kind, uid in unpacked.uids_at(place))}


def _elsewhere(part: Packed) -> set[int]:
    """The places of people who come with an event that is another's."""
    found: set[int] = set()
    for places, kinds in part.bundle.unpacked.shapes() if part.kind == kind_of(Worker) else ():
        own = kinds[0][1]["uid"]
        for kind, columns in kinds[1:]:
            if RECORDS[kind] is MembershipEvent and columns["worker"] != own:
                found.update(place for place, is_, whose in zip(places, own, columns["worker"], strict=True) if is_ != whose)
    return found


def _rows(said: Kinds) -> Sequence[tuple[type[Record], ByField]]:
    """What goes into the tables: what is said, and what follows from the events of people."""
    rows: list[tuple[type[Record], dict[str, Any]]] = [(RECORDS[kind], _held(columns)) for kind, columns in said]
    if rows[0][0] is Worker:
        events = [columns for record, columns in rows if record is MembershipEvent]
        person, spans = membership.derived_columns(len(rows[0][1]["uid"]), [_whole(each) for each in events])
        rows[0][1].update(person)
        for each, span in zip(events, spans, strict=True):
            each.update(span)
    return rows


def _held(columns: ByField) -> dict[str, Sequence[Any]]:
    return {
        name: [None if each == NOTHING else each for each in column] if NOTHING in column else column
        for name, column in columns.items()
    }


def _whole(event: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
    """The columns of an event, also those of which nothing is said."""
    nothing = [None] * len(event["uid"])
    return {name: event.get(name, nothing) for name in ("uid", *membership.PARTS)}
