"""Which records are no longer what they were created as: very many are compared with the register by column."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from models.engine import by_column, database
from models.engine.record import Record
from models.journal.log import Whole
from models.journal.packing import NOTHING
from models.journal.wholes import Packed
from models.records.catalogue import RECORDS, stored_names
from models.values.columns import columns_of


def edited(wholes: Mapping[str, Whole]) -> dict[str, list[str]]:
    """Those of the created records (uid → with its facts) that hold something else now, with the titles of these fields."""
    by_record: dict[type[Record], list[str]] = {}
    for whole in wholes.values():
        for record, values in whole:
            by_record.setdefault(record, []).append(values["uid"])
    names = {record: stored_names(record) for record in by_record}
    now = {record: now_of(record, uids, names[record]) for record, uids in by_record.items()}
    found: dict[str, list[str]] = {}
    for uid, whole in wholes.items():
        for record, values in whole:
            here = now[record].get(values["uid"])
            created = tuple(map(values.get, names[record]))
            if here is not None and here != created:
                others = {name for name, was, is_ in zip(names[record], created, here, strict=True) if was != is_}
                found[uid] = [column.title for column in columns_of(record) if column.name in others]
                break
    return found


def lessened(wholes: Mapping[str, Whole]) -> dict[str, Whole]:
    """Those of the created records of whose facts some are gone, without these: a person has removed them since."""
    by_record: dict[type[Record], list[str]] = {}
    for record, values in [fact for whole in wholes.values() for fact in whole[1:]]:
        by_record.setdefault(record, []).append(values["uid"])
    here = {(record, uid) for record, uids in by_record.items() for uid in now_of(record, uids, ())}
    return {
        uid: [whole[0], *left] for uid, whole in wholes.items()
        if len(left := [fact for fact in whole[1:] if (fact[0], fact[1]["uid"]) in here]) < len(whole) - 1
    }  # fmt: skip


class Differences(NamedTuple):
    """Of the records of a bundle, by their places: those that are gone, those of whose facts some are, those that were edited.

    Whatever is to be looked at one by one counts as edited.
    """

    gone: set[int]
    less: set[int]
    edited: set[int]


def look(part: Packed) -> Differences:
    """Compare what is held of a bundle with the register, column by column."""
    found = Differences(set(), set(), set(part.alone))
    for at, kinds in part.bundle.unpacked.shapes():
        for number, (kind, columns) in enumerate(kinds):
            missing, others = _differences(RECORDS[kind], columns)
            (found.less if number else found.gone).update(at[place] for place in missing)
            found.edited.update(at[place] for place in others)
    left = part.gone | found.gone
    return Differences(found.gone - part.gone, found.less - left, found.edited - left)


def _differences(record: type[Record], columns: Mapping[str, Sequence[Any]]) -> tuple[set[int], set[int]]:
    """Which of the records, given by column, are not in the register, and which hold something else there."""
    uids, names = columns["uid"], stored_names(record)
    said = [name for name in names if name in columns]
    rows = list(by_column.fetch_filled(record, uids, said, [name for name in names if name not in columns]))
    here: Sequence[int] = range(len(uids))
    if [row[0] for row in rows] != uids:
        known = {row[0]: row for row in rows}
        here = [number for number, uid in enumerate(uids) if uid in known]
        rows = [known[uids[number]] for number in here]
    if not rows:
        return set(range(len(uids))), set()
    _uids, *now, empty = zip(*rows, strict=True)
    others = {number for number, each in zip(here, empty, strict=True) if not each}
    for name, column in zip(said, now, strict=True):
        created = columns[name] if len(here) == len(uids) else [columns[name][number] for number in here]
        created = [None if each == NOTHING else each for each in created] if NOTHING in created else created
        if created != list(column):
            others.update(number for number, was, is_ in zip(here, created, column, strict=True) if was != is_)
    return set(range(len(uids))).difference(here), others


def now_of(record: type[Record], uids: Iterable[str], names: Sequence[str]) -> dict[str, tuple[Any, ...]]:
    """What the register holds now of these records: uid → values in the order of ``names``."""
    return {row[0]: row[1:] for row in database.fetch_in(record, "uid", uids, ("uid", *names))}
