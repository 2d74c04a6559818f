"""What stands of a record by the log alone, where two laptops may have written of it without knowing of each other.

Of each field the entries stand that nothing replaces: its *heads*. One head is the rule. Several with different values are a
conflict: all are kept, and one is shown until a person has decided. Which one is shown follows from the log and is the same on
every laptop: the one with the longest line of entries behind it, and of equal ones that of the greater device; never a clock.
An entry replaces those that it names, and what the same device wrote of the field before.

A removal loses against what was written elsewhere without knowing of it: then the record stays, and the two are a conflict of the
whole record (``*``).

A decision that was undone has no say: what it replaced stands again, as if it had never been made (``reopening.py``).
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.engine import database, sql
from models.engine.record import Values
from models.journal import entries
from models.journal.log import WHOLE, Batch, Head
from models.records.catalogue import RECORDS, references

#: What a register begins with is older than its log.
SEEDED = frozenset({"region", "region_parent", "occupation_group", "ledger_kind", "site_kind"})
#: What nobody creates together with another record: these stand in a log only under their own name.
_ALONE = frozenset({"worker", "employer", "union", "setting"})
#: What the description of a batch holds that takes back a decision, or that takes such a batch back.
REOPENS = '"reopens"'
_NAMES = ("id", "device", "number", "batch", "record", "field", "before", "after", "replaces")
#: A vector: device → the last running number that is meant.
Vector = Mapping[str, int]


@dataclass(slots=True)
class Telling:
    """An entry of the log as far as it tells of one record.

    ``held``: of a field the value after it, of a whole record its values, those before where it is ``gone``. ``was``: of a field
    the value before.
    """

    place: int
    device: str
    number: int
    batch: str
    field: str
    gone: bool
    held: Any
    was: Any
    replaces: frozenset[tuple[str, int]]
    depth: int = 1

    @property
    def key(self) -> tuple[str, int]:
        """The entry's name on every laptop: its device and its number there."""
        return self.device, self.number

    @property
    def head(self) -> Head:
        """The entry as a parent."""
        return self.place, self.device, self.number

    def tells(self, name: str) -> bool:
        """True when it says anything of a field: two that made the same record need not both have filled it in."""
        return self.field != WHOLE or name in self.held

    def says(self, name: str) -> Any:
        """What it says that a field holds."""
        return self.held.get(name) if self.field == WHOLE else self.held


@dataclass(slots=True)
class RecordHeads:
    """The heads of a record: by field, of all other fields those under ``*``.

    ``seeded``: older than the log; then ``base`` holds what it began with, as far as anything is said of it. ``line``: all
    entries that have a say, in the order of the log.
    """

    kind: str
    uid: str
    seeded: bool
    heads: dict[str, list[Telling]] = field(default_factory=lambda: {WHOLE: []})
    base: Values = field(default_factory=dict)
    line: list[Telling] = field(default_factory=list)

    @property
    def exists(self) -> bool:
        """True when the record stands; one that the log never spoke of as a whole was never made."""
        if self.seeded and not self.heads[WHOLE]:
            return True
        if not any(each.field == WHOLE for each in self.line):
            return False
        return any(not each.gone for heads in self.heads.values() for each in heads)

    @property
    def forked(self) -> bool:
        """True when anything of it has several heads, or when it stands beside a removal that only some field's head answers."""
        several = any(len(heads) > 1 for heads in self.heads.values())
        return several or (self.exists and any(each.gone for heads in self.heads.values() for each in heads))

    def of(self, name: str) -> list[Telling]:
        """The heads of a field."""
        return self.heads.get(name, self.heads[WHOLE])

    def shown(self, name: str) -> Telling | None:
        """The head of a field that is shown; None for what a seeded record began with."""
        heads = self.of(name)
        here = [each for each in heads if not each.gone] or heads
        here = [each for each in here if each.tells(name)] or here
        return max(here, key=lambda each: (each.depth, *each.key), default=None)

    def value(self, name: str) -> Any:
        """What a field holds."""
        head = self.shown(name)
        return self.base.get(name) if head is None else head.says(name)

    def names(self) -> list[str]:
        """The fields that anything is said of."""
        whole = (name for each in self.heads[WHOLE] for name in each.held)
        return [name for name in dict.fromkeys([*whole, *self.heads, *self.base]) if name not in (WHOLE, "uid")]

    def values(self) -> Values:
        """What the record holds, with its ``uid``: of the fields that anything is said of."""
        if len(self.heads) == 1 and len(self.heads[WHOLE]) == 1 and not self.base:  # most records: made once, and left so
            return {"uid": self.uid, **self.heads[WHOLE][0].held}
        return {"uid": self.uid} | {name: self.value(name) for name in self.names()}

    def conflicts(self) -> dict[str, list[Telling]]:
        """The fields of which heads say different things, with these heads, the shown one first; ``*`` for a removal."""
        if not self.exists:
            return {}
        found: dict[str, list[Telling]] = {}
        for name in self.names():
            here = [each for each in self.of(name) if not each.gone and each.tells(name)]
            if len({json.dumps(each.says(name), sort_keys=True) for each in here}) > 1:
                first = self.shown(name)
                found[name] = sorted(here, key=lambda each: (each is not first, each.key))
        removals = {each.key: each for heads in self.heads.values() for each in heads if each.gone}
        if removals:
            found[WHOLE] = [removals[key] for key in sorted(removals)]
        return found


def heads_of(kinds: Mapping[str, str], homes: Iterable[str] = (), undone: str = "") -> dict[str, RecordHeads]:
    """The heads of records, given as uid → kind, by all of the log.

    ``homes``: records (uids) that some of them came with or went with, as far as that is known. ``undone``: a batch (uid) that
    decided, or took a decision back, and is looked at as if it were undone.
    """
    tellings, reopens = _tellings(kinds, homes), reopening_batches() if kinds else {}
    return {uid: _followed(kind, uid, tellings.get(uid, []), None, (reopens, undone)) for uid, kind in kinds.items()}


def heads_between(
    kinds: Mapping[str, str], known: Vector, until: Vector, homes: Iterable[str]
) -> Iterator[tuple[RecordHeads, RecordHeads]]:
    """The same by the log as far as ``known`` and as far as ``until``, for each record."""
    tellings, reopens = _tellings(kinds, homes), reopening_batches()
    for uid, kind in kinds.items():
        told = tellings.get(uid, [])
        yield _followed(kind, uid, told, known, (reopens, "")), _followed(kind, uid, told, until, (reopens, ""))


def reopening_batches() -> dict[str, str]:
    """The undos of decisions, and the undos of these (uids), each with the batch (uid) that it takes back."""
    rows: Any = Batch.select(Batch.uid, Batch.undoes).where(Batch.undoes.is_null(False), sql.holds(Batch.source, REOPENS))
    return dict(rows.tuples())


def _with_a_say(told: list[Telling], reopens: Mapping[str, str], undone: str) -> list[Telling]:
    """Entries without the undos of decisions, and without the decisions that are undone."""
    back = {each.batch: reopens[each.batch] for each in told if each.batch in reopens}
    if not back and not undone:
        return told

    def in_force(batch: str) -> bool:
        return batch != undone and not any(of == batch and in_force(by) for by, of in back.items())

    return [each for each in told if each.batch not in back and in_force(each.batch)]


def _followed(
    kind: str, uid: str, tellings: list[Telling], known: Vector | None, taken_back: tuple[Mapping[str, str], str]
) -> RecordHeads:
    first = next((each for each in tellings if each.field == WHOLE), None)
    made = RecordHeads(kind, uid, seeded=kind in SEEDED and (first is None or first.gone))
    depths: dict[tuple[str, int], int] = {}
    by_device: dict[str, int] = {}
    for each in tellings:
        if each.field != WHOLE:
            made.base.setdefault(each.field, each.was)
    seen = [each for each in tellings if known is None or each.number <= known.get(each.device, 0)]
    for each in _with_a_say(seen, *taken_back):
        made.line.append(each)
        behind = [depths[key] for key in each.replaces if key in depths]
        each.depth = 1 + max([*behind, by_device.get(each.device, 0)])
        depths[each.key] = by_device[each.device] = each.depth
        if each.field != WHOLE:
            made.heads.setdefault(each.field, list(made.heads[WHOLE]))
        for name in [each.field] if each.field != WHOLE else list(made.heads):
            made.heads[name] = [*(head for head in made.heads[name] if not _replaced(head, each)), each]
    return made


def _replaced(head: Telling, by: Telling) -> bool:
    return head.key in by.replaces or head.device == by.device


def _tellings(kinds: Mapping[str, str], homes: Iterable[str]) -> dict[str, list[Telling]]:
    """The entries that tell of each record, in the order of the log, those of a record that it came with among them."""
    found = _read(kinds, {*kinds, *homes, *_homes(kinds)})
    lost = [
        uid for uid, told in found.items()
        if kinds[uid] not in SEEDED and not any(each.field == WHOLE and not each.gone for each in told)
    ]  # fmt: skip
    if lost:  # a fact that went with its record: nothing refers to that any more
        elsewhere = {record for record, name in entries.holding(lost, ("record", "field")) if name == WHOLE}
        found |= _read({uid: kinds[uid] for uid in lost}, {*lost, *elsewhere})
    return found


def _read(kinds: Mapping[str, str], records: Iterable[str]) -> dict[str, list[Telling]]:
    found: dict[str, list[Telling]] = defaultdict(list)
    for place, device, number, batch, record, name, before, after, replaces in entries.of_records(records, _NAMES):
        if name != WHOLE and record not in kinds:
            continue
        parents = frozenset((str(each[0]), int(each[1])) for each in json.loads(replaces))
        if name != WHOLE:
            held, was = json.loads(after or "null"), json.loads(before or "null")
            found[record].append(Telling(place, device, number, batch, name, False, held, was, parents))
            continue
        for _kind, values in json.loads(after or before or "[]"):
            uid = values["uid"]
            if uid in kinds:
                found[uid].append(Telling(place, device, number, batch, WHOLE, after is None, values, None, parents))
    return found


def _homes(kinds: Mapping[str, str]) -> Iterator[str]:
    """The records (uids) with which these may have come: all that they refer to, or referred to once."""
    by_kind: dict[str, list[str]] = {}
    for uid, kind in kinds.items():
        if kind not in _ALONE:
            by_kind.setdefault(kind, []).append(uid)
    for kind, uids in by_kind.items():
        owners = [name for record, name in references() if record is RECORDS[kind]]
        if not owners:
            continue
        for row in database.fetch_in(RECORDS[kind], "uid", uids, owners):
            yield from filter(None, row)
        for name, before, after in entries.of_records(uids, ("field", "before", "after")):
            texts = [json.loads(text) for text in (before, after) if text is not None]
            if name in owners:
                yield from filter(None, texts)
            elif name == WHOLE:
                yield from filter(None, (values.get(owner) for text in texts for _kind, values in text for owner in owners))
