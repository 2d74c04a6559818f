"""The end of a union, whoever brings it about: the window, a form, many at once, an imported sheet, the command line.

A union that is dissolved covers nobody any more, and its members go somewhere: their membership is kept at the union above
(保留; 工会法 art. 13, 工会会员会籍管理办法 art. 3) or they are transferred out (转出). Nobody decides that for the organizer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from models.engine import database
from models.engine.record import Record, Values
from models.errors import UserError
from models.journal.writer import Writer
from models.language import _
from models.records.employer import Coverage
from models.records.membership import HOLDING, MembershipEvent
from models.records.union import Union
from models.records.worker import Worker
from models.uid import new_uid

#: The state of a union that is no more.
DISSOLVED = "撤销"
#: What becomes of the members of a union that ends: kept at the union above, or transferred out.
Fate = Literal["retain", "leave"]
#: Why their membership changed, as it is written at the event.
REASON = "所在工会撤销"


@dataclass(frozen=True)
class Ending:
    """What the end of a union writes besides its own fields: (record class, uid, changes) and (record class, values)."""

    updates: list[tuple[type[Record], str, dict[str, tuple[Any, Any]]]] = field(default_factory=list)
    creations: list[tuple[type[Record], Values]] = field(default_factory=list)


def ends(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """True when a union's fields say afterwards that it is no more, and did not before."""
    return is_ended(after) and not is_ended(before)


def is_ended(values: Mapping[str, Any]) -> bool:
    """True for the fields of a union that is no more."""
    return values.get("state") == DISSOLVED or bool(values.get("dissolved_on"))


def members_left(union: str) -> int:
    """How many people hold a membership at a union (uid), kept ones among them."""
    return Worker.select().where(Worker.union == union, Worker.membership_state.in_(sorted(HOLDING))).count()


def ending(union: str, day: str | None, fate: Fate | None, learned: str) -> Ending:
    """What the end of a union (uid) on ``day`` (ISO, of any precision; None is unknown) brings about.

    ``learned``: the day on which coverages end when nobody knows when. UserError when it has members and nobody said what
    becomes of them, or when they are to be kept at the union above and there is none.
    """
    found = Ending()
    for uid, until in database.fetch_in(Coverage, "union", [union], ("uid", "until")):
        if until is None:
            found.updates.append((Coverage, uid, {"until": (None, day or learned)}))
    rows = database.fetch_in(Worker, "union", [union], ("uid", "membership_state"))
    people = [(uid, state) for uid, state in rows if state in HOLDING]
    if not people:
        return found
    (known,) = database.fetch_in(Union, "uid", [union], ("name", "parent"))
    if fate is None:
        sentence = _("“{name}”还有 {count} 名会员。请先决定他们的会籍：保留到上级工会，还是转出。")
        raise UserError(sentence.format(name=known[0], count=len(people)))
    goal = _above(known[0], known[1]) if fate == "retain" else union
    for worker, _state in people:
        event = {"uid": new_uid(), "worker": worker, "union": goal, "type": "保留" if fate == "retain" else "转出"}
        found.creations.append((MembershipEvent, event | {"date": day, "reason": REASON}))
    return found


def _above(name: str, parent: str | None) -> str:
    """The union above, where memberships can be kept."""
    held = list(database.fetch_in(Union, "uid", [parent] if parent else [], ("uid", "state", "dissolved_on")))
    if not held:
        raise UserError(_("“{name}”没有填上级工会，会员的会籍没有地方保留。请先填上级工会，或者选转出。").format(name=name))
    if is_ended({"state": held[0][1], "dissolved_on": held[0][2]}):
        raise UserError(_("“{name}”的上级工会也已经撤销，会员的会籍没有地方保留。请改填上级工会，或者选转出。").format(name=name))
    return str(held[0][0])


def write_ending(writer: Writer, union: str, day: str | None, fate: Fate | None, learned: str) -> None:
    """Within a batch: what :func:`ending` says. UserError as there."""
    brought = ending(union, day, fate, learned)
    for record, uid, changes in brought.updates:
        writer.update(record, uid, changes)
    for record, values in brought.creations:
        writer.create(record, values)
