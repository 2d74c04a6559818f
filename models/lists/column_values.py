"""What stands in a column of a list: its values, how many rows hold each, and the filter that narrows the list to some."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from peewee import SQL, fn

from models.engine.following import following
from models.engine.own_values import field_of
from models.lists import selection
from models.lists.filters import UNKNOWN, YES, Filter, filters_of
from models.lists.listings import Selection, listing
from models.records.catalogue import RECORDS
from models.records.forms import FORMS
from models.records.region import load_index
from models.values.columns import Column
from models.values.kinds import PersonName, Place, Reference, YesNo
from models.values.name_order import place_of

#: Columns whose filter has another name.
_CALLED = {
    ("employers", "staff_count"): "size", ("unions", "member_count"): "members", ("employers", "union"): "covered",
}  # fmt: skip


def filter_of_column(kind: str, column: Column) -> Filter | None:
    """The filter that narrows a list by one of its columns; None where there is none: what other records hold."""
    return filters_of(kind).get(_CALLED.get((kind, column.name), column.name))


def values_of(choice: Selection, column: Column, most: int) -> dict[str, int]:
    """How many rows of a choice hold each value of a column, as its filter writes it; the most frequent first, at most ``most``.

    What the column itself is narrowed to is left aside. Covered numbers are counted as they are shown, those that look alike
    together. Empty for columns whose values are not counted one by one: numbers, days, and covered numbers of a long list.
    """
    filter_ = filter_of_column(choice.kind, column)
    record: Any = FORMS[choice.kind].main
    if filter_ is None or filter_.kind not in ("choice", "yes", "text") or filter_.name != column.name:
        return {}
    if column.private and selection.is_long(choice.kind):
        return {}  # nearly each of them is another
    where = tuple(each for each in choice.where if each[0] != filter_.name)
    field = field_of(record, column.name)
    query = listing(replace(choice, where=where, limit=None, offset=0))
    among = fn.MIN(record.name_order) if column.name == "name" and following(record) else field
    counted = query.select(field, fn.COUNT(SQL("1"))).group_by(field).order_by(fn.COUNT(SQL("1")).desc(), among)
    if column.private:
        return _as_shown(column, counted.tuples(), most)
    found = {value: int(count) for value, count in counted.limit(most).tuples()}
    person = isinstance(column.kind, PersonName)
    return dict(sorted(_named(column, found).items(), key=lambda each: (-each[1], place_of(each[0], person))))


def _as_shown(column: Column, counted: Iterable[tuple[Any, int]], most: int) -> dict[str, int]:
    found: Counter[str] = Counter()
    for value, count in counted:
        found[column.kind.show(value, masked=True, beside_birth=True) or UNKNOWN] += int(count)
    return dict(sorted(found.items(), key=lambda each: (-each[1], place_of(each[0])))[:most])


def _named(column: Column, found: dict[Any, int]) -> dict[str, int]:
    if isinstance(column.kind, YesNo):
        return {UNKNOWN if value is None else YES if value else "否": count for value, count in found.items()}
    if isinstance(column.kind, Place):
        index = load_index(dt.date.today())
        return {index.path(value) if value in index.entries else str(value or UNKNOWN): count for value, count in found.items()}
    if isinstance(column.kind, Reference):
        record: Any = RECORDS[column.kind.record]
        uids = [value for value in found if value]
        names = dict(record.select(record.uid, record.name).where(record.uid.in_(uids)).tuples())
        return {UNKNOWN if not value else str(names.get(value) or value): count for value, count in found.items()}
    return {UNKNOWN if value in (None, "") else str(value): count for value, count in found.items()}
