"""The class of a union as a part of queries; the same as ``models.values.union_kinds.class_of``."""

from functools import reduce
from operator import or_
from typing import Any

from peewee import Case

from models.engine import sql
from models.records.union import Union
from models.values import union_kinds as kinds


def class_column(union: Any = Union) -> Any:
    """The class of a union (a record class or its alias), NULL where it is not known."""
    type_, name = union.union_type, union.name
    placed = type_.in_(kinds.PLACE_TYPES)
    leads = placed & sql.stands_in(kinds.LEADER, name)
    federation = placed & sql.stands_in(kinds.FEDERATION, name)
    untyped = type_.is_null() | type_.in_(("", *kinds.NO_TYPE))
    unclear = reduce(or_, (name.endswith(end) for end in (*kinds.UNIT_ENDS, *kinds.LEADING_ENDS)))
    of_type = [(type_ == label, each) for label, each in kinds.CLASS_OF_TYPE.items()]
    return Case(
        None,
        ((leads, "leading"), (federation, "regional"), (untyped & unclear, None), *of_type),
        "basic",
    )


def is_basic(union: Any = Union) -> Any:
    """1 for a basic union (基层工会), 0 for another, NULL where it is not known."""
    held = class_column(union)
    return Case(None, ((held.is_null(), None), (held.in_(kinds.BASIC), 1)), 0)
