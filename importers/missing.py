"""Who is missing compared with the register: members of a union that its full roster no longer names."""

from collections.abc import Mapping

from importers.context import SheetContext
from importers.rows import Row
from importers.steps import Create, Missing, SheetPlan, Step
from importers.world import World
from models.membership import MembershipEvent
from models.uid import new_uid
from models.worker import Worker


def find(sheet: SheetPlan, world: World) -> list[Missing]:
    """The missing members, by name; empty when the sheet does not speak of exactly one union."""
    named = {step.target for step in sheet.steps if step.target}
    unions = {world.worker(uid).get("union") for uid in named if uid in world.workers} - {None}
    if len(unions) != 1:
        return []
    union = str(unions.pop())
    members = Worker.select(Worker.uid, Worker.name).where(Worker.union == union, Worker.membership_state == "在册")
    left = {uid for uid in named if world.workers.get(uid, {}).get("union") != union}
    return [Missing(row.uid, row.name, union) for row in members.order_by(Worker.name) if row.uid not in named - left]


def answer(sheet: SheetPlan, answers: Mapping[str, str], world: World, context: SheetContext) -> None:
    """Add a step for each missing member that a person answered for: 转出, 退会 or 保留 on the roster's day.

    These steps have the row number 0: no row of the sheet speaks of them.
    """
    sheet.missing = find(sheet, world)
    day = context.day or context.today.isoformat()
    for each in sheet.missing:
        kind = answers.get(each.uid)
        if kind is None:
            continue
        fact = {"uid": new_uid(), "worker": each.uid, "union": each.union, "type": kind, "date": day, "reason": None}
        row = Row(0, {"name": each.name, "change_type": kind}, {})
        sheet.steps.append(Step(row, "updated", each.name, each.uid, [Create(MembershipEvent, fact)]))
