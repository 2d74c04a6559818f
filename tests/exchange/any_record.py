"""A record of any kind there is, with something in every field: what travels is tried with all of them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from models.engine import database
from models.engine.own_values import COLUMN, unpacked
from models.engine.record import Record
from models.journal.writer import Author, batch
from models.records.catalogue import RECORDS, kind_of, references, referred_kinds, stored_names
from models.records.setting import uid_of
from models.uid import new_uid
from models.values.columns import Column, columns_of
from models.values.kinds import Choice, Choices, Day, YesNo

#: Kinds with what the program itself must be able to read: field → a value for each variant.
_READ: dict[str, dict[str, tuple[Any, ...]]] = {
    "own_field": {
        "record": ("worker", "employer"), "kind": ("text", "choice"), "options": ("甲、乙", "甲、丙"), "old_options": ("丁", "戊"),
        "retired": (None, None),
    },
    "setting": {"key": ("threshold", "organization"), "value": ("26", '"某虚构总工会"')},
    "region": {"level": ("community", "community"), "aliases": ("甲", "乙"), "code": (None, None)},
    "saved_filter": {"page": ("workers", "unions"), "choice": ("{}", '{"a": 1}')},
    "worklist": {"rows": ("workers", "unions"), "boxes": ("已通知", "已领"), "days": ("发放日期", "领取日期")},
    "distinct_pair": {"kind": ("worker", "employer"), "left": ("a" * 36, "b" * 36), "right": ("c" * 36, "d" * 36)},
    "erasure": {"person": ("e" * 36, "f" * 36), "erased": ('{"entries": 1, "events": 0}',) * 2},
    "ledger_kind": {"fields": (None, None), "measures": (None, None)},
    "head_count": {"subject_kind": ("单位", "单位")},
    "target": {"indicator": ("members", "unions"), "period": ("2026-10", "2026-11")},
    "membership_event": {"type": ("入会", "转入")},
    "submission": {"template": ("members-24", "unions"), "scope": ("{}", '{"a": 1}')},
    "issued_paper": {"paper": ("opinion", "reply")},
    "due_rule": {"classes": (None, None)},
}  # fmt: skip


def values_of(record: type[Record], held: Mapping[str, str], which: int) -> dict[str, Any]:
    """Something in every field of a record, ``which`` (0 or 1) of two; ``held``: kind → the uid of a record to refer to."""
    kind = kind_of(record)
    found: dict[str, Any] = {}
    for place, column in enumerate(columns_of(record)):
        if column.derived:
            continue
        read = _READ.get(kind, {})
        if column.name in read:
            found[column.name] = read[column.name][which]
        elif (record, column.name) in references():
            kinds = [each for each in referred_kinds(record, column.name) if each in held]
            found[column.name] = held[kinds[0]] if kinds else None
        else:
            found[column.name] = _value(column, 2 * place + which)
    return found


def _value(column: Column, number: int) -> Any:
    if isinstance(column.kind, Choice):
        labels = column.kind.codes.labels
        return labels[number % len(labels)]
    if isinstance(column.kind, Day):
        return (dt.date(2026, 1, 1) + dt.timedelta(days=number)).isoformat()
    if isinstance(column.kind, YesNo):
        return number % 2
    if isinstance(column.kind, Choices):
        return None
    return 10 + number if column.kind.storage == "INTEGER" else f"{column.label}{number}"


def everything() -> dict[str, dict[str, dict[str, Any]]]:
    """All rows of all kinds, by kind and uid: with what follows from others, and what a register begins with."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for kind, record in RECORDS.items():
        query: Any = record.select().dicts()
        rows: list[dict[str, Any]] = list(query)
        for row in rows:
            del row["id"]
            if COLUMN in row:
                row[COLUMN] = unpacked(row[COLUMN])
        found[kind] = {row["uid"]: row for row in rows}
    return found


def make_each(author: Author) -> dict[str, str]:
    """A record of each kind, each referring to those before it: kind → uid."""
    held: dict[str, str] = {}
    for kind, record in RECORDS.items():
        values = values_of(record, held, 0)
        held[kind] = uid_of(values["key"]) if kind == "setting" else new_uid()
        with batch("edit", author) as writer:
            writer.create(record, {"uid": held[kind], **values})
    return held


def change_each(held: Mapping[str, str], author: Author, which: int = 1) -> set[tuple[str, str]]:
    """Something else in every field of these records; returns which fields (uid, name) are other than before."""
    found = set()
    for kind, record in RECORDS.items():
        names = stored_names(record)
        (row,) = database.fetch_in(record, "uid", [held[kind]], names)
        wanted = values_of(record, held, which)
        held_now = dict(zip(names, row, strict=True))
        changes = {name: (held_now[name], value) for name, value in wanted.items() if held_now[name] != value}
        with batch("edit", author) as writer:
            writer.update(record, held[kind], changes)
        found |= {(held[kind], name) for name in changes}
    return found


def remove_each(held: Mapping[str, str], author: Author) -> None:
    """Remove these records, those that refer to others first."""
    for kind, record in reversed(RECORDS.items()):
        remove(record, held[kind], author)


def remove(record: type[Record], uid: str, author: Author) -> None:
    """Remove one record."""
    names = ("uid", *stored_names(record))
    (row,) = database.fetch_in(record, "uid", [uid], names)
    with batch("edit", author) as writer:
        writer.remove([(record, dict(zip(names, row, strict=True)))])
