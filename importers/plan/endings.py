"""The end of a union that a row tells of: what it covers ends, and where its members go is asked."""

from importers.plan import matching
from importers.plan.context import SheetContext
from importers.plan.steps import Create, Step, Update, Write
from importers.plan.world import World
from models.editing.dissolving import Fate, ending, is_ended, members_left
from models.engine.record import Values
from models.errors import UserError
from models.values.problems import problem

#: What a person may answer for the members of a union that ends.
FATE_OF: dict[str, Fate] = {"retain": "retain", "move-out": "leave"}


def end_told(made: Step, wanted: Values, world: World, context: SheetContext) -> list[Write] | None:
    """What is to be written when a row ends a union of the register, as a person answered for its members.

    Where nobody did, the row becomes a question, and None is answered. A union that the register did not know ends with nothing.
    """
    uid, _candidates = matching.find_union(wanted.get("name"), wanted.get("credit_code"), world, wanted.get("region"))
    if uid is None or not is_ended(wanted) or is_ended(world.unions.held[uid]):
        return []
    answer = context.answers.get(made.number, "")
    fate = FATE_OF.get(answer)
    members, day = members_left(uid), made.row.value("dissolved_on")
    if members and fate is None:
        _asked(made, "union-ended-with-members", members)
        return None
    try:
        brought = ending(uid, str(day) if day else None, fate, context.today.isoformat())
    except UserError:
        _asked(made, "union-ended-no-parent", members)
        return None
    updates = [Update(record, each, changes) for record, each, changes in brought.updates]
    return [*updates, *(Create(record, values) for record, values in brought.creations)]


def _asked(made: Step, code: str, members: int) -> None:
    made.action = "conflict"
    made.problems.append(problem(code, "state", count=members))
