"""Cells of a list changed by hand: each record's as its form would, many of them as one batch, looked at before it is written.

What a person types, fills down or pastes is read by ``editing.understand``; what is refused keeps what is held and is told.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from models.editing.dissolving import ends
from models.editing.editing import CLASSES, Kind, accepted, differing, typed_columns, understand
from models.engine import database
from models.engine.record import Values
from models.errors import UserError
from models.journal.writer import Author, batch, number_of
from models.language import N_, _
from models.records.erasure import sealed_among
from models.values.columns import Column, Plain, columns_of
from models.values.region_index import RegionIndex

#: More records than this are changed with a filter and the bulk form, not cell by cell.
MOST = 5_000
#: What tells one record from all others: the same for many of them it cannot be.
_ALONE = frozenset({"name", "id_number", "phone", "credit_code", "member_number", "approval_number"})

_MEMBERSHIP = N_("这一列由会籍变动算出来：入会、转会、退会请打开资料，在“会籍”里登记。")
_COUNTED = N_("人数有来源和日期，各次都保留：请打开资料，在“人数”里登记。")
_COVERED = N_("哪个工会覆盖哪个单位，请打开资料，在“覆盖”里登记。")
_DRIVE = N_("建会的阶段和安排，请在“建会攻坚”的一企一档里改。")
_ELSEWHERE = N_("这一列是别的记录的，请打开那条记录改。")
#: Columns of a list that are not fields of its records, and where they are changed.
_LOCKED: dict[Kind, dict[str, str]] = {
    "worker": dict.fromkeys(
        ("union", "join_date", "membership_state", "change_type", "change_date", "change_reason"), _MEMBERSHIP
    ),
    "employer": {"union": _COVERED} | dict.fromkeys(("stage", "attitude", "next_action", "next_action_date"), _DRIVE),
    "union": {"employer": _COVERED, "employer_credit_code": _ELSEWHERE},
}


@dataclass(frozen=True, slots=True)
class CellRefusal:
    """A cell that keeps what it holds: of which record (uid and name), which field, and why."""

    uid: str
    record: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class RecordCells:
    """What would be written of one record: what it is called, as it is held, and its fields as name → (before, after)."""

    record: str
    known: Values
    changes: dict[str, tuple[Any, Any]]


@dataclass(frozen=True)
class CellPlan:
    """What cells would do to records of a kind; nothing is written yet. ``same``: cells that say what is held already."""

    kind: Kind
    records: list[RecordCells] = field(default_factory=list)
    refused: list[CellRefusal] = field(default_factory=list)
    same: int = 0

    @property
    def cells(self) -> int:
        """How many fields would be changed."""
        return sum(len(each.changes) for each in self.records)


def editable(kind: Kind) -> dict[str, Column]:
    """The fields of a kind that can be changed in a list's cell, by name: those that its form can change."""
    return {column.name: column for column in typed_columns(kind)}


def why_locked(kind: Kind, name: str) -> str:
    """Why a list's column cannot be changed in its cells, and where it is; "" for one that can."""
    if name in editable(kind):
        return ""
    return _(_LOCKED[kind].get(name, _COUNTED if name.endswith("_count") else _ELSEWHERE))


def why_alone(name: str, title: str) -> str:
    """Why a field is not filled in for many records at once; "" for one that may be."""
    return _("“{title}”每条记录各不相同，不能成批填成一样的。").format(title=title) if name in _ALONE else ""


def plan_cells(
    kind: Kind, written: Mapping[str, Mapping[str, Plain]], today: dt.date, index: RegionIndex,
    progress: Callable[[int, int], None] | None = None,
) -> CellPlan:  # fmt: skip
    """What it would mean to write these cells: by uid, then by field name, as typed ("" empties).

    A cell that is refused does not keep the others of its record from being written. KeyError for a field that cannot be typed.
    """
    plan, same = CellPlan(kind), 0
    known, sealed = _held(kind, written), sealed_among(list(written))
    for done, (uid, cells) in enumerate(written.items()):
        if progress is not None:
            progress(done, len(written))
        if uid not in known or uid in sealed:
            plan.refused.append(CellRefusal(uid, "", "", _("这条记录已经不在了，或者已经依申请删除。")))
            continue
        record, changes = _of_record(plan, known[uid], cells, today, index)
        same += sum(name not in changes for name in cells) - sum(each.uid == uid for each in plan.refused)
        if changes:
            plan.records.append(RecordCells(record, known[uid], changes))
    return CellPlan(kind, plan.records, plan.refused, max(0, same))


def _held(kind: Kind, uids: Iterable[str]) -> dict[str, Values]:
    names = ("uid", *(column.name for column in columns_of(CLASSES[kind])))
    return {row[0]: dict(zip(names, row, strict=True)) for row in database.fetch_in(CLASSES[kind], "uid", list(uids), names)}


def _of_record(
    plan: CellPlan, known: Values, cells: Mapping[str, Plain], today: dt.date, index: RegionIndex
) -> tuple[str, dict[str, tuple[Any, Any]]]:
    """What a record is called and which of its fields would change; its refused cells go to the plan."""
    uid, called = str(known["uid"]), str(known.get("name") or _("（没有名称）"))
    left = dict(cells)
    while left:
        found = understand(plan.kind, left, known, today, index)
        wrong = {each.column: each.text for each in found.errors}
        if not wrong:
            changes = differing(plan.kind, known, accepted(plan.kind, known, found, accept=False), known)
            if plan.kind != "union" or not ends(known, known | {name: after for name, (_old, after) in changes.items()}):
                return called, changes
            wrong = dict.fromkeys({"state", "dissolved_on"} & left.keys(), _("撤销工会要先问会员的会籍，请打开资料办理"))
        here = wrong.keys() & left.keys() or left.keys()
        for name in sorted(here):
            why = wrong.get(name) or next(iter(wrong.values()))
            plan.refused.append(CellRefusal(uid, called, name, why.rstrip("。.")))
        left = {name: plain for name, plain in left.items() if name not in here}
    return called, {}


def write_cells(plan: CellPlan, author: Author, progress: Callable[[int, int], None] | None = None) -> int | None:
    """Write a plan as one batch; returns its number, None for no change. UserError when a record changed since it was made."""
    now = _held(plan.kind, [str(each.known["uid"]) for each in plan.records])
    with batch("edit", author, {"kind": plan.kind, "records": len(plan.records)}) as writer:
        for done, each in enumerate(plan.records):
            if progress is not None:
                progress(done, len(plan.records))
            uid = str(each.known["uid"])
            values = {name: after for name, (_before, after) in each.changes.items()}
            if uid not in now:
                raise UserError(_("“{name}”已经不在了，什么都没有写。请刷新后再做。").format(name=each.record))
            differing(plan.kind, each.known, values, now[uid])
            writer.update(CLASSES[plan.kind], uid, each.changes)
    return number_of(writer)


def fill_cells(
    kind: Kind, uids: Iterable[str], name: str, plain: Plain, author: Author, today: dt.date, index: RegionIndex,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[int | None, CellPlan]:  # fmt: skip
    """Set one field of these records to what was typed, as one batch: its number, and what it did.

    UserError for a field in which records are never alike.
    """
    if why := why_alone(name, editable(kind)[name].title) if plain else "":
        raise UserError(why)
    plan = plan_cells(kind, {uid: {name: plain} for uid in uids}, today, index, progress)
    return write_cells(plan, author, progress), plan
