"""What a register must hold: the same told by its log alone, and what a merge of two records must leave behind."""

import json
from collections.abc import Iterator
from typing import Any

from models.engine.following import following
from models.engine.own_values import field_of
from models.journal.log import WHOLE
from models.records.catalogue import RECORDS, kind_of, stored_names
from models.records.headcount import COUNTS
from models.records.membership import DERIVED, Event, standing
from models.records.worker import Worker
from models.values.cleaning import normal_name
from tests.aids.logged import logged

Contents = dict[str, dict[str, dict[str, Any]]]

#: What a new register begins with is older than its log.
SEEDED = ("region", "region_parent", "occupation_group", "ledger_kind", "site_kind")
KINDS = [record for kind, record in RECORDS.items() if kind not in SEEDED]
STAGES = ("待筹建", "已接触", "筹建中", "已建会")
#: Where the uid of a record may stand: kind of record → the fields of others that hold it.
REFERS = {
    "worker": {"membership_event": ["worker"], "distinct_pair": ["left", "right"]},
    "employer": {
        "worker": ["employer"], "coverage": ["employer"], "head_count": ["subject"], "drive_case": ["employer"],
    },
    "union": {
        "coverage": ["union"], "head_count": ["subject"], "membership_event": ["union"], "union": ["parent"],
        "ledger_entry": ["union"], "target": ["union"],
    },
    "drive_case": {"case_step": ["drive_case"], "contact": ["drive_case"]},
}  # fmt: skip
#: Of what a merge may take the other's value.
CHOOSABLE = {
    "worker": ["name", "phone", "employer"],
    "employer": ["name", "verified", "union", "legal_representative"],
    "union": ["name", "verified", "parent", "chair"],
}
#: How a case ended is not taken over from the other one.
ENDING = ("closed_on", "closed_because")
#: Of which there is but one with the same values.
ALONE = {
    "coverage": ["union", "employer", "until"], "drive_case": ["employer"], "distinct_pair": ["left", "right"],
    "case_step": ["drive_case", "stage"], "target": ["year", "indicator", "region", "union"],
    "head_count": ["subject", "subject_kind", "as_of", "source", "approximate", *COUNTS],
}  # fmt: skip


def contents() -> Contents:
    """Everything that is journaled, by kind and uid: all stored fields and, of workers, the derived ones."""
    found: Contents = {}
    for record in KINDS:
        names = ["uid", *stored_names(record), *(DERIVED if record is Worker else ())]
        rows: Any = record.select(*(field_of(record, name) for name in names)).tuples()
        found[kind_of(record)] = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
    return found


def misplaced() -> list[tuple[str, str]]:
    """(kind, uid) of every row of which a column that follows from another one does not say what that one makes of it."""
    found = []
    for kind, record in RECORDS.items():
        for field in following(record):
            rows: Any = record.select(record.uid, field_of(record, field.of), field).tuples()
            held = list(rows)
            keys = field.made([of for _uid, of, _key in held])
            found += [(kind, row[0]) for row, key in zip(held, keys, strict=True) if row[2] != key]
    return found


def differences(one: Contents, other: Contents) -> list[tuple[str, str, Any, Any]]:
    """Where the two differ: (kind, uid, what only the one says, what only the other says)."""
    found = []
    for kind in one:
        for uid in one[kind].keys() | other[kind].keys():
            here, there = one[kind].get(uid, {}).items(), other[kind].get(uid, {}).items()
            if here != there:
                found.append((kind, uid, dict(here - there), dict(there - here)))
    return found


def told_again() -> Contents:
    """The register rebuilt from nothing but the log; what each entry says was there before must have been there."""
    made: Contents = {kind_of(record): {} for record in KINDS}
    for change in logged():
        if change.field == WHOLE:
            for kind, values in json.loads(change.before or "[]"):
                gone = made[kind].pop(values["uid"])
                assert gone == dict.fromkeys(gone) | values
            for kind, values in json.loads(change.after or "[]"):
                assert values["uid"] not in made[kind]
                made[kind][values["uid"]] = dict.fromkeys(["uid", *stored_names(RECORDS[kind])]) | values
        else:
            held = made[change.kind][change.record]
            assert held[change.field] == json.loads(str(change.before))
            held[change.field] = json.loads(str(change.after))
    for uid in made["worker"]:
        made["worker"][uid] |= standing_of(uid, made)
    return made


def standing_of(worker: str, held: Contents) -> dict[str, Any]:
    """What follows from a person's events, in the order in which the register learned them."""
    events = sorted((each for each in held["membership_event"].values() if each["worker"] == worker), key=_uid)
    return standing(Event(each["union"], each["type"], each["date"], each["reason"]) for each in events)


def _uid(values: dict[str, Any]) -> str:
    return str(values["uid"])


def stray_parents() -> Iterator[tuple[int, str]]:
    """Entries of the log (number, field) that do not replace exactly the last ones that say something of what they change.

    That is the last one of a field; of a removal all the last ones of all that it takes away.
    """
    last: dict[str, dict[str, list[Any]]] = {}  # record → field, or * for what no entry has changed since
    gone: dict[str, list[Any]] = {}
    for change in logged():
        texts = (change.before, change.after) if change.field == WHOLE else (None, None)
        before, after = ([values["uid"] for _kind, values in json.loads(text or "[]")] for text in texts)
        here, held = [change.device, change.number], last.get(change.record, {})
        if change.field != WHOLE:
            parents = [each for each in (held.get(change.field) or held.get(WHOLE),) if each]
        else:
            parents = [each for uid in before for each in last.get(uid, {}).values()]
            parents += [gone[change.record]] if after and change.record in gone else []
        if sorted(json.loads(change.replaces)) != [list(each) for each in sorted({tuple(each) for each in parents})]:
            yield change.number, change.field
        for uid in (*before, *after):
            last[uid] = {WHOLE: here} if after else {}
        if change.field != WHOLE:
            last.setdefault(change.record, {})[change.field] = here
        elif before:
            gone[change.record] = here


def merged(held: Contents, kind: str, keep: str, drop: str, chosen: dict[str, str], today: str) -> Contents:
    """What a register with these contents must hold after the record ``drop`` was merged into ``keep``."""
    will = {each: {uid: dict(values) for uid, values in records.items()} for each, records in held.items()}
    dropped = will[kind].pop(drop)
    will[kind][keep] = _one(held, kind, keep, dropped, chosen)
    _move(will, kind, keep, drop)
    if kind == "employer":
        _one_union(will, held, keep, drop if chosen.get("union") == "drop" else keep, today)
    for uid in will["worker"]:
        will["worker"][uid] |= standing_of(uid, will)
    return will


def _one(held: Contents, kind: str, keep: str, dropped: dict[str, Any], chosen: dict[str, str]) -> dict[str, Any]:
    kept, values = held[kind][keep], {}
    for name, value in kept.items():
        other = dropped[name]
        values[name] = other if chosen.get(name) == "drop" or (value is None and name not in chosen) else value
    values["uid"] = keep
    if kind == "worker":
        return values | ({"id_doubtful": kept["id_doubtful"]} if values["id_number"] == kept["id_number"] else {})
    if "verified" not in chosen:
        values["verified"] = dropped["verified"] if kept["verified"] == 0 else kept["verified"]
    former: list[str] = []
    for text in (kept["former_names"], dropped["former_names"], kept["name"], dropped["name"]):
        for each in (text or "").split("、"):
            if each and normal_name(each) not in map(normal_name, [*former, values["name"]]):
                former.append(each)
    values["former_names"] = "、".join(former) or None
    if kind == "union":
        tree = {uid: each["parent"] for uid, each in held["union"].items()}
        ours = (keep, dropped["uid"])
        above = [each for each in (values["parent"], kept["parent"], dropped["parent"]) if not _leads(each, ours, tree)]
        values["parent"] = above[0] if above else None
    return values


def _leads(start: str | None, goal: tuple[str, ...], tree: dict[str, str | None]) -> bool:
    passed = []
    while start is not None and start not in passed:
        if start in goal:
            return True
        passed.append(start)
        start = tree[start]
    return False


def _move(will: Contents, kind: str, keep: str, drop: str) -> None:
    """What referred to a record that goes refers to the kept one."""
    for other, names in REFERS[kind].items():
        moved = {uid for uid, values in will[other].items() if drop in [values[name] for name in names]}
        for uid in moved:
            will[other][uid] |= {name: keep for name in names if will[other][uid][name] == drop}
        if moved and other in ALONE:
            _join(will, other, moved, names, keep)


def _join(will: Contents, kind: str, moved: set[str], names: list[str], keep: str) -> None:
    """Of records that are now the same the kept one's own stays, of cases the one that has come further."""
    records, key = will[kind], ALONE[kind]
    ours = [values for values in records.values() if keep in [values[name] for name in names]]
    if "left" in key:
        for values in ours:
            values["left"], values["right"] = sorted((values["left"], values["right"]))
            if values["left"] == values["right"]:
                del records[values["uid"]]
        ours = [values for values in ours if values["uid"] in records]
    cases = kind == "drive_case"
    ours.sort(key=lambda each: (-STAGES.index(each["stage"]) if cases and each["stage"] else 1, each["uid"] in moved))
    first: dict[tuple[Any, ...], dict[str, Any]] = {}
    for values in ours:
        stays = first.setdefault(tuple(values[name] for name in key), values)
        if stays is not values:
            stays |= {name: value for name, value in values.items() if stays[name] is None and name not in ENDING}
            del records[values["uid"]]
            if kind in REFERS:
                _move(will, kind, stays["uid"], values["uid"])


def _one_union(will: Contents, held: Contents, keep: str, chosen: str, today: str) -> None:
    """Of two open coverages from two employers the chosen employer's stays open."""
    owner = {uid: held["coverage"][uid]["employer"] for uid in will["coverage"]}
    ours = [each for each in will["coverage"].values() if each["employer"] == keep and each["until"] is None]
    if len({owner[each["uid"]] for each in ours}) == 2:
        stays = next(each for each in ours if owner[each["uid"]] == chosen)
        for each in ours:
            each["until"] = None if each is stays else today
