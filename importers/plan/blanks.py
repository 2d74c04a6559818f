"""What blank cells of a column do: nothing, unless a person says that the column only fills, or clears."""

from collections.abc import Set as AbstractSet
from typing import Any

from importers.plan.context import SheetContext
from importers.rows.rows import Row
from models.engine.record import Values

Changes = dict[str, tuple[Any, Any]]


def apply_policies(
    changes: Changes, held: Values, row: Row, clearable: AbstractSet[str], context: SheetContext
) -> Changes:
    """The changes of a known record after the policies of the sheet's columns.

    "fill" is seen to where it is chosen between two values (``choosing``); "clear" empties the fields of ``clearable`` whose
    cell the row leaves blank.
    """
    for name, policy in context.blanks.items():
        before = held.get(name)
        if policy == "clear" and before is not None and name in context.fields & clearable and _blank(row, name):
            changes[name] = (before, None)
    return changes


def _blank(row: Row, name: str) -> bool:
    """True when nothing is written in the cell; what is written but cannot be read clears nothing."""
    return row.value(name) is None and name not in row.written
