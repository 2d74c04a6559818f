"""How the tests of the rules speak: a sound union with something wrong in it, and what the rules then say."""

import datetime as dt
from typing import Any

from models.engine.record import Record
from models.journal.writer import Author
from models.records.employer import Coverage, Employer
from models.records.headcount import HeadCount
from models.records.membership import MembershipEvent
from models.records.region import load_index
from models.records.union import Union
from models.records.worker import Worker
from models.rules.rules import Finding, findings
from models.uid import new_uid
from tests.aids.speaking import TODAY, made

#: A union of which no rule has anything to say.
SOUND: dict[str, Any] = {
    "union_type": "单独基层工会", "org_form": "工会委员会", "founding_date": "2020-01-02", "approval_number": "沙工发〔2020〕1号",
    "state": "正常", "verified": 1, "chair": "赵示例", "term_start": "2025-05-06", "term_years": 5, "full_time_staff": 1,
    "audit_committee": 1, "women_committee": 1, "women_commissioner": 1, "committee_size": 5, "meeting_form": "会员大会",
}  # fmt: skip
UNION = "重庆霁蓝虚构印务有限公司工会"
Values = dict[str, Any]
Counts = dict[str, Any]


def union(
    author: Author, counts: Counts | None = None, name: str = UNION, day: str = "2026-06-30", **values: Any
) -> str:
    """A sound union but for ``values``, with a declared head count."""
    uid = made(author, Union, name=name, **(SOUND | values))
    if counts:
        made(author, HeadCount, subject=uid, subject_kind="工会", as_of=day, source="工会登记", **counts)
    return uid


def employer(
    author: Author, staff: int | None = 30, of: str | None = None, name: str = "重庆霁蓝虚构印务有限公司", **values: Any
) -> str:
    """An operating private enterprise, covered by the union ``of``."""
    known: Values = {
        "nature": "私营企业",
        "non_public": 1,
        "operating": 1,
        "verified": 1,
        "founding_date": "2026-02-03",
    } | values
    uid = made(author, Employer, name=name, **known)
    if staff is not None:
        made(author, HeadCount, subject=uid, subject_kind="单位", as_of="2026-06-30", source="税务", staff_count=staff)
    if of:
        made(author, Coverage, union=of, employer=uid, since="2020-01-02")
    return uid


def member(author: Author, name: str, *events: tuple[str, str, str | None], **values: Any) -> str:
    """A worker with membership events (type, day, union)."""
    uid = new_uid()
    facts: list[tuple[type[Record], Values]] = [
        (MembershipEvent, {"uid": new_uid(), "worker": uid, "type": kind, "date": day, "union": of})
        for kind, day, of in events
    ]
    return made(author, Worker, facts, uid=uid, name=name, **values)


def found(today: dt.date = TODAY, **choice: Any) -> list[Finding]:
    """What the rules find."""
    return findings(today, load_index(today), **choice)


def told(rule_id: str, today: dt.date = TODAY) -> str | None:
    """The weight with which a rule speaks of the only record, "unknown" for a missing entry, None when it is silent."""
    spoken = ["unknown" if each.unknown else each.severity for each in found(today) if each.rule == rule_id]
    assert len(spoken) <= 1
    return spoken[0] if spoken else None
