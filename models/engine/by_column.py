"""Many rows at once, given as a column of values for each field."""

from collections.abc import Mapping, Sequence
from typing import Any

from peewee import Model

from models.engine import database, own_values
from models.engine.following import filled_columns
from models.own_names import is_own


def insert_columns(record: type[Model], columns: Mapping[str, Sequence[Any]]) -> None:
    """Insert rows of one record class, at least one; absent fields become NULL, those that follow from others are filled."""
    columns = filled_columns(record, columns, len(next(iter(columns.values()))))
    held = {name: column for name, column in columns.items() if column.count(None) < len(column)}
    if own := {name: column for name, column in held.items() if is_own(name)}:
        held = {name: column for name, column in held.items() if name not in own}
        values = zip(*own.values(), strict=True)
        held[own_values.COLUMN] = [own_values.packed(dict(zip(own, each, strict=True))) for each in values]
    database.insert_tuples(record, list(held), zip(*held.values(), strict=True))
