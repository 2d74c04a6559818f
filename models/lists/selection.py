"""Lists of records for screen, paper and files: chosen, searched, sorted, paged; records that they refer to by name.

A row is a dict of stored values by field name (the names of the forms in ``models/records/forms.py``), and its ``uid``.
"""

import datetime as dt
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from peewee import SQL, fn

from models.engine import database, open_file, sql
from models.engine.own_values import field_of, unpacked
from models.lists.listings import Selection, listing, numbers, ordered, walked
from models.lists.name_sorting import is_sorted_here, sorted_numbers
from models.records.erasure import not_sealed
from models.records.forms import FORMS, Form
from models.records.headcount import UPPER
from models.records.worker import Worker
from models.standing.counts import newest_counts
from models.standing.covered_counts import covered_counts
from models.values.columns import Column, Kind, own_columns
from models.values.numbers import RangedCount
from models.values.region_index import RegionIndex

#: Rows of a table from which on a list of it is asked for on the worker thread.
LONG = 20_000

#: Rows that are read at once of a list that goes on elsewhere.
_BLOCK = 2_000

#: Between the names of the employers that a union covers.
EMPLOYERS_APART = "、"
#: Fields of a form that only exist on sheets and are not listed.
UNLISTED = {
    "workers": {"employer_credit_code"},
    "employers": {
        "union_credit_code", "women_staff_count", "as_of", "registered_staff_count", "member_count", "women_member_count",
        "key_year", "key_last_year", "key_source",
    },
    "unions": {
        "employer_nature",
        "employer_economy",
        "employer_industry",
        "employer_address",
        "legal_representative",
        "as_of",
    },
    "headcounts": {"region", "union"},
    "officers": {"id_number"},
    "ledger": {"id_number"},
    "sites": set(),
    "regions": set(),
}


def listed_columns(kind: str) -> list[Column]:
    """The columns of a listing, under the form's field names, the own fields in use last."""
    form: Form = FORMS[kind]
    hidden = UNLISTED[kind]
    return [_named(field.column, field.name) for field in form.fields if field.name not in hidden]


def _named(column: Column, name: str) -> Column:
    return column if column.name == name else Column(**{**column.__dict__, "name": name})


def count(choice: Selection) -> int:
    """How many records the choice holds, its page left aside."""
    return int(listing(replace(choice, limit=None, offset=0)).count())


def is_long(kind: str) -> bool:
    """True when a list of this kind may take longer than a person should wait for with a frozen window."""
    return database.newest_id(FORMS[kind].main) > LONG


def ids(choice: Selection) -> "array[int]":
    """The row numbers of the chosen records in the choice's order: eight bytes a row, a million of them are no burden.

    :func:`rows_of` reads any stretch of them, so that scrolling never sorts or counts again.
    """
    if choice == Selection("workers", today=choice.today) and not_sealed(Worker) is None:
        everybody = open_file.without_gap(Worker)
        if everybody is not None:
            return array("q", everybody)
    kinds = _kinds(choice)
    if is_sorted_here(choice, kinds):
        return sorted_numbers(choice, kinds)
    query = numbers(choice)
    if choice.limit is not None:
        query = query.limit(choice.limit).offset(choice.offset)
    elif not choice.order:
        # in the order of a sum, so that the engine reads the smallest index and not the whole table: sorting costs less
        query = query.order_by(sql.in_any_order(FORMS[choice.kind].main.id))
    asked = [each.sql() for each in walked(choice) or [query]]
    found = array("q")
    for text, values in asked:
        found.extend(map(itemgetter(0), database.db.execute_sql(text, values)))
    return found


def counted_by(choice: Selection, name: str) -> dict[str, int]:
    """How many of the chosen records hold each value of a field of theirs, "" for those that hold none; the page aside."""
    field = field_of(FORMS[choice.kind].main, name)
    query = listing(replace(choice, limit=None, offset=0)).select(field, fn.COUNT(SQL("1"))).group_by(field)
    return {str(value or ""): int(count) for value, count in query.tuples()}


def rows(choice: Selection, index: RegionIndex) -> list[dict[str, Any]]:
    """The chosen records. ``index`` names the regions."""
    if is_sorted_here(choice, _kinds(choice)):
        found = ids(choice)
        blocks_ = (rows_of(choice.kind, found[start : start + _BLOCK], index) for start in range(0, len(found), _BLOCK))
        return [row for block in blocks_ for row in block]
    query = ordered(listing(choice), choice)
    if choice.limit is not None:
        query = query.limit(choice.limit).offset(choice.offset)
    return _told(choice.kind, list(query.dicts()), index)


def _kinds(choice: Selection) -> dict[str, Kind]:
    return {column.name: column.kind for column in listed_columns(choice.kind)} if choice.order or choice.then[0] else {}


def blocks(choice: Selection, index: RegionIndex) -> "tuple[int, Iterator[list[dict[str, Any]]]]":
    """How many records the choice holds, and they themselves in its order, so many at once that memory does not grow.

    All are of one state of the register only inside :func:`models.engine.one_state.one_state`.
    """
    found = ids(choice)
    starts = range(0, len(found), _BLOCK)
    return len(found), (rows_of(choice.kind, found[start : start + _BLOCK], index) for start in starts)


def rows_of(kind: str, wanted: Sequence[int], index: RegionIndex) -> list[dict[str, Any]]:
    """The records with these row numbers, in their order; one that is gone is left out."""
    record = FORMS[kind].main
    query = listing(Selection(kind)).select_extend(record.id.alias("row_number"))
    found = {row["row_number"]: row for row in query.where(record.id.in_(list(wanted))).dicts()}
    return _told(kind, [found[number] for number in wanted if number in found], index)


def uids_of(kind: str, wanted: Sequence[int]) -> list[str]:
    """The uids of the records with these row numbers, in their order."""
    found = dict(database.fetch_in(FORMS[kind].main, "id", wanted, ("id", "uid")))
    return [found[number] for number in wanted if number in found]


def number_of(kind: str, uid: str) -> int | None:
    """The row number of a record, None when it is not there."""
    return next((number for (number,) in database.fetch_in(FORMS[kind].main, "uid", [uid], ["id"])), None)


def _told(kind: str, found: list[dict[str, Any]], index: RegionIndex) -> list[dict[str, Any]]:
    for row in found:
        for name in ("region", "residence_region"):
            if row.get(name):
                row[name] = index.path(row[name])
    if kind == "headcounts":
        for row in found:
            row.update(_ranged(row))
    if kind in ("employers", "unions"):
        _add_counts(found)
    if kind == "unions":
        _add_covered(found)
    if own_columns(FORMS[kind].main):
        for row in found:
            row.update(unpacked(row["own"]))
    names = [column.name for column in listed_columns(kind)]
    return [{"uid": row["uid"]} | {name: row.get(name) for name in names} for row in found]


def _add_covered(found: list[dict[str, Any]]) -> None:
    """All the employers of each union; a joint union's counts are the sums over them, its own where none of them has any."""
    covered = covered_counts((row["uid"] for row in found), dt.date.today())
    for row in found:
        held = covered.get(row["uid"])
        if held is None:
            continue
        row["employer"] = EMPLOYERS_APART.join(held.employers.values()) or None
        if held.joint:
            row.update(held.sums)
        if len(held.employers) > 1:
            row["employer_credit_code"] = None


def _add_counts(found: list[dict[str, Any]]) -> None:
    counts = newest_counts(row["uid"] for row in found)
    for row in found:
        row.update(_ranged(counts.get(row["uid"], {})))


def _ranged(held: Mapping[str, Any]) -> dict[str, Any]:
    """The counts of a record, those that are ranges with their upper ends."""
    found = {}
    for name, upper in UPPER.items():
        value, end = held.get(name), held.get(upper)
        found[name] = value if value is None or end is None else RangedCount.of(value, end)
    return found
