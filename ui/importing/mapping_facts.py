"""What the second step tells of each column besides its field: how many different values, how many rows leave it blank."""

from typing import NamedTuple

from importers.reader.held import column_of
from importers.rows.understanding import SheetView
from importers.rows.values import UnknownValue, unknown_values
from models.records.forms import FORMS
from models.values.columns import BLANKS


class ColumnFacts(NamedTuple):
    """Of one column, over the rows that are records: how many different values, and how many blank cells."""

    distinct: int
    blank: int


class SheetFacts(NamedTuple):
    """Of one sheet: its columns by index, and the values that no code list knows, most frequent first."""

    columns: dict[int, ColumnFacts]
    unknown: list[UnknownValue]


def missing_fields(view: SheetView) -> list[str]:
    """The labels of the required fields that no column of a sheet goes to."""
    if view.kind is None or view.mapping is None:
        return []
    form = FORMS[view.kind]
    return [form.by_name[name].column.title for name in view.mapping.missing]


def facts_of(view: SheetView) -> SheetFacts:
    """Count a sheet's columns; one that is left out has none."""
    if view.source is None or view.mapping is None or view.kind is None:
        return SheetFacts({}, [])
    records = set(view.rows.numbers())
    found = {}
    for match in view.mapping.matches:
        cells = [cell for number, cell in column_of(view.source.rows, match.index) if number in records]
        told = [str(cell) for cell in cells if cell is not None and str(cell).strip() not in BLANKS]
        found[match.index] = ColumnFacts(len(set(told)), len(cells) - len(told))
    return SheetFacts(found, unknown_values(view))
