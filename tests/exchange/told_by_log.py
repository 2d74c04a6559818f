"""What the log of a register alone tells: its tables, what of all that was written is lost, and what follows from the tables."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from models.engine import database
from models.exchange.things import MANY
from models.journal.heads import heads_of
from models.journal.log import WHOLE, Batch
from models.lists import search
from models.records.catalogue import RECORDS, stored_names
from models.standing import held_counts
from tests.aids.held import TYPES, counted, kept
from tests.aids.logged import logged
from tests.aids.same_numbers import unnoted
from tests.aids.speaking import TODAY
from tests.aids.state_model import Contents, contents, misplaced, standing_of

#: An entry: its device and its number there.
Key = tuple[str, int]
_FOLLOWING = {"union", "membership_state", "join_date", "change_type", "change_date", "change_reason"}


def none(found: Iterable[Any]) -> None:
    """AssertionError with all that was found."""
    listed = list(found)
    assert listed == [], listed


def _kinds() -> dict[str, str]:
    """Every record that the log tells of."""
    kinds: dict[str, str] = {}
    for entry in logged():
        if entry.field == WHOLE:
            kinds |= {values["uid"]: kind for kind, values in json.loads(entry.after or entry.before or "[]")}
        else:
            kinds.setdefault(entry.record, entry.kind)
    return kinds


def rebuilt() -> Contents:
    """The register as the heads of its log tell it, the followers left as they are."""
    held = contents()
    made: Contents = {kind: {} for kind in held}
    for uid, of in heads_of(_kinds()).items():
        if of.kind in made and of.exists:
            known = held[of.kind].get(uid, {})
            told = {name: value for name, value in of.values().items() if name in known or name == "uid"}
            made[of.kind][uid] = dict.fromkeys(known) | {name: known[name] for name in known if name in _FOLLOWING} | told
    return made


def differing() -> Iterator[tuple[str, str, str]]:
    """Records (kind, uid, field) of any kind that hold something else than the log tells, what a register begins with among them.

    Fields that follow from others are left out.
    """
    standing = heads_of(_kinds())
    for uid, of in standing.items():
        names = stored_names(RECORDS[of.kind])
        row = next(iter(database.fetch_in(RECORDS[of.kind], "uid", [uid], names)), None)
        if (row is not None) != of.exists:
            yield of.kind, uid, WHOLE
        elif row is not None:
            told = of.values()
            yield from ((of.kind, uid, name) for name, value in zip(names, row, strict=True) if told.get(name, value) != value)


def lost() -> Iterator[tuple[str, str, Any]]:
    """Values that somebody wrote of a field and that are neither shown, nor in a conflict, nor replaced by whoever saw them.

    Whoever saw a value says that it was there before, is the laptop that wrote it, or has decided.
    """
    decided = {row.uid for row in Batch.select(Batch.uid).where(Batch.kind.in_(["decide", "exchange"]))}
    for uid, of in heads_of(_kinds()).items():
        conflicts = of.conflicts()
        for place, each in enumerate(of.line):
            if each.field == WHOLE or not of.exists:
                continue
            if any(head.key == each.key for head in of.of(each.field)):
                kept = each.held == of.value(each.field) or each.field in conflicts
            else:
                later = [by for by in of.line[place + 1 :] if by.field in (each.field, WHOLE)]
                kept = any(
                    by.device == each.device
                    or (each.key in by.replaces and (by.field == WHOLE or by.was == each.held or by.batch in decided))
                    for by in later
                )
            if not kept:
                yield uid, each.field, each.held


def not_followed() -> Iterator[str]:
    """What should follow from the tables and does not: where people stand, the counts of unions, what is found by a name."""
    held = contents()
    for uid, values in held["worker"].items():
        told = standing_of(uid, held)
        if {name: values[name] for name in told} != told:
            yield f"the standing of {uid}: {told}"
    yield from (f"the counts of {union}" for union in held_counts.faults())
    yield from (f"several have {number}" for number in unnoted())
    yield from (f"out of its place: {each}" for each in misplaced())
    yield from (f"who is held: {types}" for types in TYPES if kept(TODAY, types) != counted(TODAY, types))
    search.catch_up()
    for kind in ("worker", "employer", "union"):
        by_name: dict[str, set[str]] = {}
        for uid, values in held[kind].items():
            by_name.setdefault(values["name"] or "", set()).add(uid)
        for name in filter(None, by_name):
            found = search.found(kind, name)
            if not by_name[name] <= found <= held[kind].keys():
                yield f"{kind} {name}: {found} are found, {by_name[name]} are there"


def wrong_conflicts(knew: Mapping[str, Mapping[int, Mapping[str, int]]], told: Collection[tuple[str, str]]) -> Iterator[str]:
    """Conflicts (uid, field) that are told of what nobody wrote in two places, and those that are not told of what two wrote.

    ``knew``: by device and number of each entry how far its writer knew each device. Looked at are fields of records that were
    made once and never removed, and whose values are one thing.
    """
    written: dict[tuple[str, str], list[tuple[Key, str]]] = {}
    wholes: Counter[str] = Counter()
    by_itself = {row.uid for row in Batch.select(Batch.uid).where(Batch.kind == "cases")}
    for entry in logged():
        key = (entry.device, entry.number)
        if entry.field != WHOLE:
            value = "" if entry.batch in by_itself else str(entry.after)
            written.setdefault((entry.record, entry.field), []).append((key, value))
            continue
        for _kind, values in json.loads(entry.after or entry.before or "[]"):
            wholes[values["uid"]] += 1
            for name, value in values.items():
                written.setdefault((values["uid"], name), []).append((key, json.dumps(value, ensure_ascii=False)))
    for (uid, name), those in written.items():
        if wholes[uid] > 1 or uid in MANY or name == "place":
            continue
        last = [(key, value) for key, value in those if not any(_knew(knew, other, key) for other, _value in those)]
        if len({value for _key, value in last}) > 1 and (uid, name) not in told:
            yield f"{name} of {uid} was written in two places and is not told: {last}"
        apart = any(
            one != other and not _knew(knew, *pair) and not _knew(knew, *reversed(pair))
            for (first, one), (second, other) in combinations(those, 2) for pair in [(first, second)]
        )  # fmt: skip
        if (uid, name) in told and not apart:
            yield f"{name} of {uid} is told, and nobody wrote it without knowing of the others: {those}"


def _knew(knew: Mapping[str, Mapping[int, Mapping[str, int]]], one: Key, other: Key) -> bool:
    """True when whoever wrote the one entry knew of the other one."""
    if one[0] == other[0]:
        return one[1] > other[1]
    return knew[one[0]][one[1]].get(other[0], 0) >= other[1]
