"""Who is missing compared with the register: members of a union that its full roster no longer names, and who is back."""

from collections.abc import Mapping
from typing import Any

from importers.plan.context import SheetContext
from importers.plan.steps import Create, Missing, SheetPlan, Step
from importers.plan.world import World
from importers.rows.rows import Row
from models.records.erasure import sealed
from models.records.membership import Event, MembershipEvent, standing
from models.records.worker import Worker
from models.uid import new_uid
from models.values.name_order import in_order

#: States of those of whom a roster says by naming them that they are back.
_AWAY = ("保留", "转出", "退会", "除名", "去世")
_SHOWN = ("id_number", "phone", "employer", "join_date")


def find(sheet: SheetPlan, world: World) -> list[Missing]:
    """The missing members, by name; empty when the sheet does not speak of exactly one union."""
    named = _named(sheet)
    union = _union(named, world)
    if union is None:
        return []
    fields = [getattr(Worker, name) for name in ("uid", "name", *_SHOWN)]
    members = Worker.select(*fields).where(Worker.union == union, Worker.membership_state == "在册").order_by(Worker.id)
    left = {uid for uid in named if world.workers.get(uid, {}).get("union") != union}
    known = (named - left) | sealed()
    gone = [row for row in members if row.uid not in known]
    found = [Missing(row.uid, row.name, union, **{name: getattr(row, name) for name in _SHOWN}) for row in gone]
    return in_order(found, lambda each: each.name, person=True)


def found_again(sheet: SheetPlan, world: World) -> list[Missing]:
    """Whom the roster names although they had left its union, or were retained; ``state`` is what they were before."""
    union = _union(_named(sheet), world)
    found = []
    for step in sheet.steps:
        before = _before(step, world)
        if union is None or not before or before[-1].union != union:
            continue
        state = standing(before)["membership_state"]
        if state in _AWAY:
            held: dict[str, Any] = world.workers[step.target]
            found.append(Missing(step.target, str(held["name"]), union, str(state), **{name: held.get(name) for name in _SHOWN}))
    return in_order(found, lambda each: each.name, person=True)


def _named(sheet: SheetPlan) -> set[str]:
    return {step.target for step in sheet.steps if step.target}


def _union(named: set[str], world: World) -> str | None:
    """The only union of those whom a sheet names."""
    unions = {world.worker(uid).get("union") for uid in named if world.knows(uid)} - {None}
    return str(unions.pop()) if len(unions) == 1 else None


def _before(step: Step, world: World) -> list[Event]:
    """The events of a row's person that the register had before this row."""
    made = {write.values["uid"] for write in step.writes if isinstance(write, Create)}
    return [
        Event(each["union"], each["type"], each["date"], each["reason"])
        for each in world.events.get(step.target, ())
        if each["uid"] not in made
    ]


def answer(sheet: SheetPlan, answers: Mapping[str, str], world: World, context: SheetContext) -> None:
    """Add a step for each missing member that a person answered for: 转出, 退会 or 保留 on the roster's day.

    These steps have the row number 0: no row of the sheet speaks of them.
    """
    sheet.missing, sheet.again = find(sheet, world), found_again(sheet, world)
    day = context.day or context.today.isoformat()
    for each in sheet.missing:
        kind = answers.get(each.uid)
        if kind is None:
            continue
        fact = {"uid": new_uid(), "worker": each.uid, "union": each.union, "type": kind, "date": day, "reason": None}
        row = Row(0, {"name": each.name, "change_type": kind}, {})
        sheet.steps.append(Step(row, "updated", each.name, each.uid, [Create(MembershipEvent, fact)]))
