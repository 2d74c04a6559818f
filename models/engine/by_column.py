"""Many rows at once, given as a column of values for each field."""

from collections.abc import Iterator, Mapping, Sequence
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


def fetch_filled(
    record: type[Model], uids: Sequence[str], names: Sequence[str], rest: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """Rows by ``uid``, in the order of the table: the uid, the fields ``names``, and whether the ``rest`` of them are empty.

    What is empty of nearly all costs next to nothing so; to hand over each of their NULLs takes as long as a value.
    """
    columns = [_told(record, name) for name in ("uid", *names)]
    columns.append(" AND ".join(f"{_told(record, name)} IS NULL" for name in rest) or "1 = 1")
    for start in range(0, len(uids), database.CHUNK):
        part = uids[start : start + database.CHUNK]
        where = f"uid IN ({', '.join('?' * len(part))})"
        query = f'SELECT {", ".join(columns)} FROM "{record._meta.table_name}" WHERE {where} ORDER BY id'
        yield from database.db.execute_sql(query, part)


def _told(record: type[Model], name: str) -> str:
    return own_values.read(name) if is_own(name) else f'"{record._meta.fields[name].column_name}"'
