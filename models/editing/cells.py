"""Cells of a list changed by hand: each record's as its form would, many of them as one batch, looked at before it is written.

What a person types, fills down or pastes is read by ``editing.understand``; what is refused keeps what is held and is told.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from models.editing import editing
from models.editing.cell_kinds import rules_of
from models.editing.cell_rules import CellKind, CellRules, CellsRead, Changes
from models.editing.editing import CLASSES
from models.engine.record import Values
from models.errors import UserError
from models.journal.seen import having_seen
from models.journal.writer import Author, batch, number_of
from models.language import _
from models.values.columns import Plain
from models.values.region_index import RegionIndex

#: More records than this are changed with a filter and the bulk form, not cell by cell.
MOST = 5_000


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
    changes: Changes


@dataclass(frozen=True)
class CellPlan:
    """What cells would do to records of a kind; nothing is written yet. ``same``: cells that say what is held already."""

    kind: CellKind
    records: list[RecordCells] = field(default_factory=list)
    refused: list[CellRefusal] = field(default_factory=list)
    same: int = 0

    @property
    def cells(self) -> int:
        """How many fields would be changed."""
        return sum(len(each.changes) for each in self.records)


def why_alone(kind: CellKind, name: str, title: str) -> str:
    """Why a field is not filled in for many records at once; "" for one that may be."""
    alone = name in rules_of(kind).alone
    return _("“{title}”每条记录各不相同，不能成批填成一样的。").format(title=title) if alone else ""


def plan_cells(
    kind: CellKind, written: Mapping[str, Mapping[str, Plain]], today: dt.date, index: RegionIndex,
    progress: Callable[[int, int], None] | None = None,
) -> CellPlan:  # fmt: skip
    """What it would mean to write these cells: by uid, then by field name, as typed ("" empties).

    A cell that is refused does not keep the others of its record from being written. KeyError for a field that cannot be typed.
    """
    plan, same, rules = CellPlan(kind), 0, rules_of(kind)
    held = rules.held(written)
    called = rules.called(held)
    for done, (uid, cells) in enumerate(written.items()):
        if progress is not None:
            progress(done, len(written))
        if uid not in held:
            plan.refused.append(CellRefusal(uid, "", "", _("这条记录已经不在了，或者已经依申请删除。")))
            continue
        changes = _of_record(plan, rules, held[uid], called[uid], cells, today, index)
        same += sum(name not in changes for name in cells) - sum(each.uid == uid for each in plan.refused)
        if changes:
            plan.records.append(RecordCells(called[uid], held[uid], changes))
    return CellPlan(kind, plan.records, plan.refused, max(0, same))


def _of_record(
    plan: CellPlan, rules: CellRules, known: Values, called: str, cells: Mapping[str, Plain], today: dt.date, index: RegionIndex
) -> Changes:
    """Which fields of a record would change; its refused cells go to the plan."""
    left = dict(cells)
    while left:
        found = rules.read(left, known, today, index)
        wrong = dict(found.wrong)
        if not wrong:
            wrong = {name: why for name, why in rules.forbidden_to_many(known, found.changes).items() if name in left}
            if not wrong:
                return found.changes
        here = wrong.keys() & left.keys() or left.keys()
        for name in sorted(here):
            why = wrong.get(name) or next(iter(wrong.values()))
            plan.refused.append(CellRefusal(str(known["uid"]), called, name, why.rstrip("。.")))
        left = {name: plain for name, plain in left.items() if name not in here}
    return {}


def write_cells(plan: CellPlan, author: Author, progress: Callable[[int, int], None] | None = None) -> int | None:
    """Write a plan as one batch; returns its number, None for no change. UserError when a record changed since it was made."""
    rules = rules_of(plan.kind)
    now = rules.held([str(each.known["uid"]) for each in plan.records])
    with having_seen(None), batch(rules.batch, author, {"kind": plan.kind, "records": len(plan.records)}) as writer:
        for done, each in enumerate(plan.records):
            if progress is not None:
                progress(done, len(plan.records))
            uid = str(each.known["uid"])
            if uid not in now:
                raise UserError(_("“{name}”已经不在了，什么都没有写。请刷新后再做。").format(name=each.record))
            editing.refuse_stale(rules.record, uid, each.changes, now[uid])
            writer.update(rules.record, uid, each.changes)
    return number_of(writer)


def save_cells(kind: CellKind, known: Values, read: CellsRead, author: Author) -> int | None:
    """Write what was typed into cells of one record, as its form would; returns the batch's number, None for no change.

    UserError when it was changed elsewhere meanwhile, and when a union ends that has members.
    """
    form = next((each for each in CLASSES if each == kind), None)
    if form is not None and read.understood is not None:
        return editing.save(form, known, read.understood, author)
    called = rules_of(kind).called({str(known["uid"]): known})
    return write_cells(CellPlan(kind, [RecordCells(called[str(known["uid"])], known, read.changes)]), author)


def fill_cells(
    kind: CellKind, uids: Iterable[str], name: str, plain: Plain, author: Author, today: dt.date, index: RegionIndex,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[int | None, CellPlan]:  # fmt: skip
    """Set one field of these records to what was typed, as one batch: its number, and what it did.

    UserError for a field in which records are never alike.
    """
    if why := why_alone(kind, name, rules_of(kind).columns()[name].title) if plain else "":
        raise UserError(why)
    plan = plan_cells(kind, {uid: {name: plain} for uid in uids}, today, index, progress)
    return write_cells(plan, author, progress), plan
