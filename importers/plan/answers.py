"""A person's answers to single rows of a roster: take a wrong number, mean this record, move the membership."""

from collections.abc import Iterable
from typing import Any

from importers.plan.steps import Create, Plan, Step
from importers.plan.world import World
from importers.rows.rows import Row
from models.engine.record import Values
from models.records.checks import ID_PROBLEMS
from models.records.membership import Event, MembershipEvent, standing
from models.standing.as_of import MEMBER_EVENTS
from models.uid import new_uid
from models.values import ids
from models.values.problems import Problem, problem

#: The answer that names a record: "update:UID". Alone, "update" means the record that the row was matched with.
UPDATE = "update"


def named(answer: str) -> str | None:
    """The uid that an answer "update:UID" names, or None."""
    return answer.removeprefix(UPDATE + ":") if answer.startswith(UPDATE + ":") else None


def candidates_of(plan: Plan) -> list[str]:
    """The uids of all records among which rows of a plan ask a person to choose."""
    problems = (each for sheet in plan.sheets for step in sheet.steps.decided() for each in step.problems)
    return list(dict.fromkeys(uid for each in problems for uid in each.candidates))


def of_key(row: Row) -> str:
    """What an exported row's key answers: that the row means its record. "" for a row without one."""
    return f"{UPDATE}:{row.key}" if row.key else ""


def accepted(row: Row, answer: str) -> Row:
    """The row with its wrong identity number taken as it is and marked as doubtful, if that was the answer.

    Only a number that is there can be taken: one that Excel truncated is lost. Other errors keep the row out.
    """
    if answer != "accept" or row.value("id_number") is None:
        return row
    others = [each for each in row.problems if each.code not in ID_PROBLEMS]
    told = [*others, problem("id-doubtful-accepted", "id_number")]
    return Row(row.number, row.values | {"id_doubtful": 1}, row.written, told, row.hidden, row.key)


def transfer(made: Step, held: Values, events: list[Values], world: World) -> list[Values] | None:
    """Move a membership: the old union's 转出 is written here, the new union's 转入 is what remains to be told.

    Both happen on the day and for the reason (会籍变化原因) that the row gives; what the row tells after its joining (that the
    person left the new union again) is told after them. None where the day lies before what decides now: then nothing moves.
    """
    after = [event for event in events if event["type"] not in MEMBER_EVENTS]
    joining = [event for event in events if event["type"] in MEMBER_EVENTS]
    date = next((event["date"] for event in (*reversed(joining), *after) if event["date"]), None)
    reason = next((event["reason"] for event in reversed(events) if event.get("reason")), None)
    known, union = world.events[held["uid"]], events[-1]["union"]
    left = {"uid": new_uid(), "worker": held["uid"], "union": held["union"], "type": "转出", "date": date, "reason": reason}
    joined = {"union": union, "type": "转入", "date": date, "reason": reason}
    story = [Event(each["union"], each["type"], each["date"], each["reason"]) for each in (*known, left, joined)]
    if standing(story)["union"] != union:
        return None
    made.writes.append(Create(MembershipEvent, left))
    known.append(left)
    return [joined, *after]


def likely(row: Row, world: World) -> str | None:
    """The one person of the register with the row's name and the 15 digits that survive in its faulty number.

    Only a suggestion: the last digits are never guessed.
    """
    written: Any = row.written.get("id_number")
    if written is None or not _faulty(row.problems):
        return None
    prefix = ids.first15(written)
    if prefix is None:
        return None
    named_so = world.namesakes.named(str(row.value("name")))
    found = [uid for uid in named_so if str(world.worker(uid).get("id_number") or "").startswith(prefix)]
    return found[0] if len(found) == 1 else None


def _faulty(problems: Iterable[Problem]) -> bool:
    return any(each.code in ID_PROBLEMS or each.code.endswith("-alone") for each in problems)
