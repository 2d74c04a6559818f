"""The rows of a plan by tab; a row is made when it is looked at."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from typing import overload

from importers.plan.steps import Plan, SheetPlan, Step
from models.values.problems import Problem
from ui.importing.plan_model import TABS, TOLD, PlanLine, Tab


class PlanLines(Sequence[PlanLine]):
    """Some rows of a plan, in the order of its sheets."""

    def __init__(self) -> None:
        """None yet."""
        self._parts: list[tuple[SheetPlan, Sequence[int]]] = []
        self._starts = [0]
        #: How long the longest of their names is.
        self.widest = 0

    def add(self, sheet: SheetPlan, places: Sequence[int], widest: int = 0) -> None:
        """Some more: their places among the sheet's steps."""
        if places:
            self._parts.append((sheet, places))
            self._starts.append(self._starts[-1] + len(places))
            self.widest = max(self.widest, widest)

    def __len__(self) -> int:
        """How many there are."""
        return self._starts[-1]

    @overload
    def __getitem__(self, place: int) -> PlanLine: ...
    @overload
    def __getitem__(self, place: slice) -> list[PlanLine]: ...
    def __getitem__(self, place: int | slice) -> PlanLine | list[PlanLine]:
        """One row with its sheet, or a list of some."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        wanted = range(len(self))[place]
        number = bisect_right(self._starts, wanted) - 1
        sheet, places = self._parts[number]
        return PlanLine(sheet, sheet.steps[places[wanted - self._starts[number]]])


def lines_of(plan: Plan) -> dict[Tab, PlanLines]:
    """The rows of a plan by tab, in the order of the files; a row that is applied with a warning stands in two tabs."""
    found = {tab: PlanLines() for tab in TABS}
    for sheet in plan.sheets:
        place, asked = 0, set[Problem]()
        for run in sheet.steps.runs():
            if not isinstance(run, list):
                names = run.packed.said("name")[run.start : run.end]
                tab: Tab = "new" if run.packed.action == "new" else "same"
                found[tab].add(sheet, range(place, place + len(names)), max(len(str(name or "")) for name in names))
                place += len(names)
                continue
            for step in run:
                _stand(step, sheet, place, found, asked)
                place += 1
    return found


def _stand(step: Step, sheet: SheetPlan, place: int, found: dict[Tab, PlanLines], asked: set[Problem]) -> None:
    tabs: list[Tab] = [step.action] if step.action in ("new", "updated", "same", "skipped") else []
    if step.action in ("conflict", "refused") or any(each.level in TOLD and each not in asked for each in step.problems):
        tabs.append("attention")
    # what its columns are is answered once, in the step before
    asked |= {each for each in step.problems if each.code == "column-unsure"}
    for tab in tabs:
        found[tab].add(sheet, [place], len(step.label or ""))


def behind(plan: Plan, steps: Collection[Step]) -> list[PlanLine]:
    """The rows of a plan that some of its steps, which stand by themselves, are of: what is applied first."""
    wanted = set(map(id, steps))
    lines = [PlanLine(sheet, step) for sheet in plan.sheets for step in sheet.steps.decided() if id(step) in wanted]
    order = {"new": 0, "updated": 1, "same": 2}
    return sorted(lines, key=lambda line: order.get(line.step.action, 3))
