"""An office's register looked through: log and trail, counts, tables against the log, references, indexes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from peewee import fn

from models.engine import database, own_values, whole_tables
from models.engine.record import Record, Values
from models.journal import entries
from models.journal.heads import SEEDED, RecordHeads, heads_of
from models.journal.log import WHOLE
from models.language import _
from models.opening import check_up
from models.own_names import is_own
from models.progress import OnProgress, part_of, untold
from models.records.catalogue import RECORDS, kind_of, references, referred_kinds, stored_names
from models.trail import verifying
from models.trail.verifying import Verdict

#: Records that are compared at once, and faults of a kind that are told one by one.
_AT_ONCE, _TOLD = 2_000, 20


@dataclass(frozen=True)
class OfficeFaults:
    """What is wrong, in sentences: with the log, the counts, the tables as the log tells them, references, indexes.

    ``compared``: how many records were compared with the log.
    """

    trail: Verdict
    log: list[str] = field(default_factory=list)
    counts: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    indexes: list[str] = field(default_factory=list)
    compared: int = 0

    @property
    def sound(self) -> bool:
        """True when nothing is wrong."""
        return self.trail.wrong is None and not (self.log or self.counts or self.tables or self.references or self.indexes)


def check(tell: OnProgress = untold) -> OfficeFaults:
    """Look through the open register; nothing is changed. ``tell`` may raise Stopped."""
    log, counts, trail = check_up.log_faults(), check_up.count_faults(), verifying.verify()
    loose, indexes = list(_loose()), whole_tables.wrong_indexes()
    tables, compared = list[str](), 0
    for found in _compared(part_of(tell, 10, 100)):
        compared += found[0]
        tables += found[1]
    return OfficeFaults(trail, log, counts, _few(tables), loose, indexes, compared)


def _loose() -> Iterator[str]:
    """References that lead nowhere, whether the engine looks at them or not."""
    for record, name in references():
        field, kinds = record._meta.fields[name], referred_kinds(record, name)
        query: Any = record.select(record.id).where(field.is_null(False))
        for kind in kinds:
            other = RECORDS[kind].alias()
            # not ``not_in``: a server goes through all of a list that it has no room for, for each row
            query = query.where(~fn.EXISTS(other.select(other.id).where(field == other.uid)))
        count = query.count()
        if count:
            said = _("{table} 有 {count} 条用到了没有的 {other}")
            yield said.format(table=kind_of(record), count=count, other=_("、").join(kinds))


def _few(faults: list[str]) -> list[str]:
    more = [_("……共 {count:,} 处").format(count=len(faults))] if len(faults) > _TOLD else []
    return faults[:_TOLD] + more


def _compared(tell: OnProgress) -> Iterator[tuple[int, list[str]]]:
    """Records in parts: how many were compared, and what the log tells of them otherwise."""
    known, homes = _told()
    for done, (kind, record) in enumerate(RECORDS.items()):
        names = ["uid", *stored_names(record)]
        held = sorted(_uids(record) | known.get(kind, set()))
        for start in range(0, len(held), _AT_ONCE):
            tell(done * len(held) + start, len(RECORDS) * max(1, len(held)))
            part = held[start : start + _AT_ONCE]
            rows = _rows(record, part, names)
            heads = heads_of(dict.fromkeys(part, kind), homes={homes[uid] for uid in part if uid in homes})
            yield len(part), [text for uid in part for text in _differences(kind, heads[uid], rows.get(uid))]


def _uids(record: type[Record]) -> set[str]:
    query: Any = record.select(record.uid).tuples()
    return {uid for (uid,) in query}


def _rows(record: type[Record], uids: list[str], names: list[str]) -> dict[str, Values]:
    own = own_values.COLUMN if own_values.COLUMN in record._meta.fields else ""
    asked = [*names, own] if own else names
    found: dict[str, Values] = {}
    for row in database.fetch_in(record, "uid", uids, asked):
        values = dict(zip(asked, row, strict=True))
        found[row[0]] = values | (own_values.unpacked(values.pop(own)) if own else {})
    return found


def _differences(kind: str, told: RecordHeads, row: Values | None) -> Iterator[str]:
    """What differs of a record, in words without its values."""
    if told.exists != (row is not None):
        if kind in SEEDED and row is not None and not told.line:
            return
        said = _("{kind} {uid}：表里有，日志里没有") if row is not None else _("{kind} {uid}：日志里有，表里没有")
        yield said.format(kind=kind, uid=told.uid)
        return
    if row is None:
        return
    values = told.values()
    for name in dict.fromkeys([*values, *row]):
        known = name in values or not told.seeded  # what a register begins with is older than its log
        if known and (name in row or is_own(name)) and row.get(name) != values.get(name):
            yield _("{kind} {uid}：“{field}”和日志里的不一样").format(kind=kind, uid=told.uid, field=name)


def _told() -> tuple[dict[str, set[str]], dict[str, str]]:
    """The records (uids) that the log tells of as a whole, by kind; and those that came with another one, with which."""
    found: dict[str, set[str]] = {}
    homes: dict[str, str] = {}
    for record, name, before, after in entries.between(0, entries.newest(), ("record", "field", "before", "after")):
        for kind, values in json.loads(after or before or "[]") if name == WHOLE else ():
            found.setdefault(kind, set()).add(values["uid"])
            if values["uid"] != record:
                homes[values["uid"]] = record
    return found, homes
