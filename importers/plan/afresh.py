"""A plan made anew, because others have written since: what it would do now, and whether that is what a person looked at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from importers.plan.steps import Create, Plan, SheetPlan, Step
from models.errors import StalePlan
from models.language import _


@dataclass
class Afresh:
    """How a plan is made anew. ``make()`` makes it; ``looked_at``: a person looked at the first one, so it must do the same.

    ``plan`` is the new plan, once one was needed.
    """

    make: Callable[[], Plan]
    looked_at: bool = True
    plan: Plan | None = None

    def instead_of(self, stale: Plan) -> Plan:
        """The plan as it is now. StalePlan when it would not do what a person looked at."""
        made = self.make()
        if self.looked_at and not does_the_same(stale, made):
            raise StalePlan(_("登记册在核对之后有了改动，请重新核对一次再导入。什么都没有写入。"))
        self.plan = made
        return made


def does_the_same(one: Plan, other: Plan) -> bool:
    """True when two plans of the same rows do the same: as many new ones, the same changes, the same questions and refusals."""
    founded = {*one.founders, *other.founders}
    return (
        one.counts() == other.counts()
        and one.kept() == other.kept()
        and len(one.founding()) == len(other.founding())
        and len(one.handed) == len(other.handed)
        and all(_same_sheet(left, right, founded) for left, right in zip(one.sheets, other.sheets, strict=True))
    )


def _same_sheet(one: SheetPlan, other: SheetPlan, founded: set[str]) -> bool:
    asked = (one.counts(), one.asked, one.missing, one.again) == (other.counts(), other.asked, other.missing, other.again)
    return asked and dict(_deeds(one, founded)) == dict(_deeds(other, founded))


def _deeds(sheet: SheetPlan, founded: set[str]) -> Iterator[tuple[int, Any]]:
    """(row, what it does), of the rows that are neither plainly new nor unchanged. New records have another uid in each plan."""
    for step in sheet.steps.decided():
        if step.action != "new" or step.problems:
            yield step.number, _deed(step, founded)


def _deed(step: Step, founded: set[str]) -> Any:
    codes = [(each.code, each.column) for each in step.problems]
    if step.action == "new":
        return step.action, codes
    changes = [
        (each.record, each.uid, {name: ("", "") if after in founded else (before, after) for name, (before, after) in pairs})
        for each in step.writes
        if not isinstance(each, Create)
        for pairs in [each.changes.items()]
    ]
    created = [each.record for each in step.writes if isinstance(each, Create)]
    return step.action, step.target, codes, changes, created, [tuple(each) for each in step.kept]
