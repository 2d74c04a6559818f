"""Which unions a sheet speaks of, where somebody waits for it (催报): kept while its rows are judged, told when all are."""

from collections import Counter
from dataclasses import dataclass, field

from importers.plan.context import SheetContext
from importers.plan.steps import Create, SheetPlan, Step
from importers.plan.world import World
from models.chasing.handing import asked_for, handed_in
from models.engine.record import Values
from models.language import _
from models.records.chasing import HandIn
from models.records.membership import MembershipEvent

#: What a row does when it was understood, whatever it changes.
_UNDERSTOOD = frozenset({"new", "updated", "same"})


@dataclass
class Handed:
    """The kinds of sheet that some rule asks for, and of the one in hand how many rows speak of each union."""

    kinds: frozenset[str] = field(default_factory=asked_for)
    unions: Counter[str] = field(default_factory=Counter)
    told: set[tuple[str, str, str]] = field(default_factory=set)

    def take(self, kind: str, step: Step, world: World) -> None:
        """A row of the sheet in hand was judged."""
        if kind in self.kinds and step.action in _UNDERSTOOD and step.target:
            union = _union_of(kind, step, world)
            if union and union not in world.founders:
                self.unions[union] += 1

    def take_many(self, kind: str, unions: Counter[str], world: World) -> None:
        """Rows of the sheet in hand were judged that bring new people: how many to each union."""
        if kind in self.kinds:
            self.unions.update({union: count for union, count in unions.items() if union not in world.founders})

    def close(self, sheet: SheetPlan, context: SheetContext, world: World) -> list[Create]:
        """The sheet in hand is through: what it closes, told in its notes. A list of people who left is no roster."""
        counted, self.unions = self.unions, Counter()
        if not counted or sheet.kind is None or (context.leaving and not context.joining):
            return []
        given = handed_in(sheet.kind, counted, context.day, context.today, world.index)
        found = [each for each in given if _key(each) not in self.told]  # another sheet of this import has closed the others
        self.told.update(map(_key, found))
        if found:
            count = len({each["union"] for each in found})
            sheet.notes.append(_("催报：这份表算 {count:,} 个工会交来的。").format(count=count))
        return [Create(HandIn, each) for each in found]


def _union_of(kind: str, step: Step, world: World) -> str | None:
    if kind == "unions":
        return step.target
    if kind == "officers":
        return _text(world.officers.held.get(step.target, {}).get("union"))
    if kind == "sites":
        return _text(world.sites.held.get(step.target, {}).get("union"))
    made = world.newcomers.get(step.target)
    if made is None:
        return _text(world.workers.get(step.target, {}).get("union"))
    events = [values for record, values in made.facts if record is MembershipEvent]
    return _text(events[-1]["union"]) if events else None


def _key(hand_in: Values) -> tuple[str, str, str]:
    return str(hand_in["due_rule"]), str(hand_in["union"]), str(hand_in["period"])


def _text(uid: object) -> str | None:
    return None if uid is None else str(uid)
