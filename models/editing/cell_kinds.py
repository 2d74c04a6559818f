"""The rules of each kind of list whose cells can be changed."""

from models.editing.cell_rules import CellKind, CellRules
from models.editing.cells_of_facts import CaseCells, CountCells, SiteCells, WorkCells
from models.editing.cells_of_forms import FormCells
from models.editing.editing import CLASSES

_FACTS: dict[CellKind, type[CellRules]] = {
    each.kind: each for each in (CountCells, WorkCells, SiteCells, CaseCells)
}  # fmt: skip


def rules_of(kind: CellKind) -> CellRules:
    """The rules of a kind of list, made anew."""
    form = next((each for each in CLASSES if each == kind), None)
    return FormCells(form) if form is not None else _FACTS[kind]()
