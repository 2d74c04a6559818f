"""Rows of a query as they are stored, past what peewee makes of each value: for whoever reads whole tables."""

from collections import namedtuple
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeVar

from models.engine.database import db
from models.engine.record import Record, Values

_Record = TypeVar("_Record", bound=Record)


def values_of(query: Any) -> Iterator[Values]:
    """The rows of a query, each a dict by what it selects: the name of a field or of a column, or an alias."""
    names = [getattr(each, "_alias", None) or each.name for each in query._returning]
    for row in db.execute(query):
        yield dict(zip(names, row, strict=True))


def read_only(record: type[_Record], query: Any) -> Iterator[_Record]:
    """The rows of a query of all fields of a record, to be looked at: each has the fields, and no more of a record than that."""
    return map(_tuple_of(record)._make, db.execute(query))


@lru_cache
def _tuple_of(record: type[Record]) -> Any:
    return namedtuple(record.__name__, [field.name for field in record._meta.sorted_fields])  # noqa: PYI024  # of any record
