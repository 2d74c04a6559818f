"""After all rows are planned: rows of one import that contradict each other are told, and what cancels out is dropped.

A union that stands on six rows with two phone numbers would otherwise be changed to and fro by every import of the file.
"""

from importers.plan.steps import Create, Plan, SheetPlan, Step, Update
from models.engine.record import Values
from models.values.problems import problem

#: Fields that rows change without a person having written them.
_OWN = frozenset({"verified", "former_names", "until"})
Cell = tuple[str, str]


def settle(plan: Plan) -> None:
    """Tell contradictions between rows, and take out changes that the last row of a chain turns back."""
    chains: dict[Cell, list[tuple[Step, Update]]] = {}
    written: dict[Cell, tuple[SheetPlan, int]] = {}
    applied = [(sheet, [step for step in sheet.steps.decided() if step.applies]) for sheet in plan.in_turn()]
    updated = {w.uid for _sheet, steps in applied for step in steps for w in step.writes if isinstance(w, Update)}
    for sheet, steps in applied:
        for step in steps:
            for write in step.writes:
                if isinstance(write, Update):
                    _follow(sheet, step, write, chains, written)
                for cell in _cells(write, updated):
                    written[cell] = (sheet, step.number)
    for (_uid, name), chain in chains.items():
        if len(chain) > 1 and chain[0][1].changes[name][0] == chain[-1][1].changes[name][1]:
            _cancel(name, chain)


def _follow(
    sheet: SheetPlan, step: Step, write: Update, chains: dict[Cell, list[tuple[Step, Update]]],
    written: dict[Cell, tuple[SheetPlan, int]],
) -> None:  # fmt: skip
    for name, (before, _after) in write.changes.items():
        cell = (write.uid, name)
        chains.setdefault(cell, []).append((step, write))
        if before is not None and cell in written and name not in _OWN:
            other, row = written[cell]
            # two files may have sheets of one name
            called = other.sheet if other.file == sheet.file else f"{other.file} › {other.sheet}"
            step.problems.append(problem("contradicts-row", name, sheet=called, row=row))


def _cells(write: Create | Update, updated: set[str]) -> list[Cell]:
    """The cells of a write that another row could contradict: those of records that some row updates."""
    if isinstance(write, Update):
        return [(write.uid, name) for name in write.changes]
    if not updated:
        return []  # the import only creates: nothing is unpacked to be looked at
    every: list[Values] = [write.values, *(values for _record, values in write.facts)]
    found = [values for values in every if values["uid"] in updated]
    return [(values["uid"], name) for values in found for name, value in values.items() if value is not None]


def _cancel(name: str, chain: list[tuple[Step, Update]]) -> None:
    for step, write in chain:
        del write.changes[name]
        if not write.changes:
            step.writes.remove(write)
        if not step.writes and step.action == "updated":
            step.action = "same"
