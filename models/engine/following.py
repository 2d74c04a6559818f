"""Columns that follow from another one of their row: filled wherever rows are written, and never journaled.

There is one way into the tables (``database.insert_tuples``, ``database.update_rows`` and, by column, ``by_column``), and it
fills them; so no import, undo, exchange or rescue can forget to.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any

from peewee import Model, TextField

#: Rows whose columns are worked out together.
_TOGETHER = 2_000


class FollowingField(TextField):
    """A column of texts that follow from the column ``of``: ``made`` gives them, many at once."""

    def __init__(self, of: str, made: Callable[[Sequence[Any]], list[str]]) -> None:
        """It is indexed, so that rows can be read in its order."""
        super().__init__(default="", index=True)
        self.of, self.made = of, made


@cache
def following(record: Any) -> tuple[FollowingField, ...]:
    """The columns of a record class that follow from others."""
    return tuple(field for field in record._meta.sorted_fields if isinstance(field, FollowingField))


def filled(
    record: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]], change: bool = False
) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
    """The names and the rows that are written, with the columns that follow and are not given.

    ``change``: each row has one value more, which has no name and stays the last; a column that follows from one which is not
    changed is left as it is.
    """
    wanted = [each for each in following(record) if each.name not in names and (each.of in names or not change)]
    if not wanted:
        return names, rows
    sources = [names.index(each.of) if each.of in names else -1 for each in wanted]
    return [*names, *(each.name for each in wanted)], _with(wanted, sources, iter(rows), len(names))


def _with(
    wanted: Sequence[FollowingField], sources: Sequence[int], rows: Iterator[Sequence[Any]], width: int
) -> Iterator[Sequence[Any]]:
    while part := list(islice(rows, _TOGETHER)):
        made = [
            each.made([row[source] for row in part] if source >= 0 else [None] * len(part))
            for each, source in zip(wanted, sources, strict=True)
        ]
        for row, told in zip(part, zip(*made, strict=True), strict=True):
            yield (*row[:width], *told, *row[width:])


def filled_columns(record: type[Model], columns: Mapping[str, Sequence[Any]], rows: int) -> dict[str, Sequence[Any]]:
    """The same of so many rows that are given as a column of values for each field."""
    return {each.name: each.made(columns.get(each.of) or [None] * rows) for each in following(record)} | dict(columns)
