"""Lists of records for screen, paper and files: chosen, searched, sorted, paged; records that they refer to by name.

A row is a dict of stored values by field name (the names of the forms in ``models/forms.py``), and its ``uid``.
"""

from dataclasses import dataclass
from typing import Any

from peewee import JOIN, SQL, Expression, ModelSelect, fn

from models import codes
from models.columns import Column
from models.counts import newest, newest_counts
from models.drive_case import DriveCase
from models.employer import Coverage, Employer
from models.forms import FORMS, Form
from models.headcount import COUNTS, HeadCount
from models.journal import Batch, Change
from models.record import Record
from models.records import kind_of
from models.region import Region, RegionIndex
from models.union import Union
from models.worker import Worker

#: Fields of a form that only exist on sheets and are not listed.
UNLISTED = {
    "workers": {"employer_credit_code"},
    "employers": {"union_credit_code", "women_staff_count", "as_of", "registered_staff_count"},
    "unions": {"employer_nature", "employer_economy", "employer_industry", "employer_address", "legal_representative", "as_of"},
    "headcounts": {"region"},
}


@dataclass(frozen=True)
class Choice:
    """What to list: a form's kind, a search text, the uid of a union or a set of regions, an order, a page.

    ``batch``: only records that this batch created or changed. Of workers also: ``states``, membership states;
    ``new_form``, only people in new forms of employment.
    """

    kind: str
    search: str = ""
    union: str = ""
    regions: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    new_form: bool = False
    batch: int = 0
    order: str = ""
    descending: bool = False
    limit: int | None = None
    offset: int = 0


def listed_columns(kind: str) -> list[Column]:
    """The columns of a listing, under the form's field names."""
    form: Form = FORMS[kind]
    hidden = UNLISTED[kind]
    return [_named(field.column, field.name) for field in form.fields if field.name not in hidden]


def _named(column: Column, name: str) -> Column:
    return column if column.name == name else Column(**{**column.__dict__, "name": name})


def count(choice: Choice) -> int:
    """How many records the choice holds, its page left aside."""
    return int(_query(choice).count())


def rows(choice: Choice, index: RegionIndex) -> list[dict[str, Any]]:
    """The chosen records. ``index`` names the regions."""
    query = _query(choice)
    query = _ordered(query, choice)
    if choice.limit is not None:
        query = query.limit(choice.limit).offset(choice.offset)
    found: list[dict[str, Any]] = list(query.dicts())
    for row in found:
        for name in ("region", "residence_region"):
            if row.get(name):
                row[name] = index.path(row[name])
    if choice.kind in ("employers", "unions"):
        _add_counts(found)
    names = [column.name for column in listed_columns(choice.kind)]
    return [{"uid": row["uid"]} | {name: row.get(name) for name in names} for row in found]


def _add_counts(found: list[dict[str, Any]]) -> None:
    counts = newest_counts(row["uid"] for row in found)
    for row in found:
        row |= {name: counts.get(row["uid"], {}).get(name) for name in COUNTS}


def _query(choice: Choice) -> "ModelSelect[Any]":
    listings = {"workers": _workers, "employers": _employers, "unions": _unions, "headcounts": _headcounts}
    query = listings[choice.kind](choice)
    if not choice.batch:
        return query
    record = FORMS[choice.kind].main
    return query.where(record.uid.in_(_touched(choice.batch, record)))


def _touched(number: int, record: type[Record]) -> "ModelSelect[Any]":
    """The uids of the records of one class that a batch created or changed."""
    batch = Batch.select(Batch.uid).where(Batch.id == number)
    return Change.select(Change.record).where(Change.batch.in_(batch), Change.kind == kind_of(record))


def _like(choice: Choice, *fields: Any) -> Expression | None:
    text = choice.search.strip()
    if not text:
        return None
    condition: Expression = fields[0].contains(text)
    for each in fields[1:]:
        condition = condition | each.contains(text)
    return condition


def _where(query: "ModelSelect[Any]", *conditions: Expression | None) -> "ModelSelect[Any]":
    for condition in conditions:
        if condition is not None:
            query = query.where(condition)
    return query


def _fields(record: type[Any], *replaced: str) -> list[Any]:
    return [field for field in record._meta.sorted_fields if field.name not in replaced and field.name != "id"]


def _workers(choice: Choice) -> "ModelSelect[Any]":
    employer, union = Employer.alias(), Union.alias()
    query = (
        Worker.select(*_fields(Worker, "employer", "union"), employer.name.alias("employer"), union.name.alias("union"))
        .join(employer, JOIN.LEFT_OUTER, on=(Worker.employer == employer.uid))
        .switch(Worker)
        .join(union, JOIN.LEFT_OUTER, on=(Worker.union == union.uid))
    )
    of_union = (Worker.union == choice.union) if choice.union else None
    regions = list(choice.regions)
    in_regions = (union.region.in_(regions) | Worker.residence_region.in_(regions)) if regions else None
    found = _like(choice, Worker.name, Worker.id_number, Worker.phone, employer.name, union.name)
    in_state = Worker.membership_state.in_(sorted(choice.states)) if choice.states else None
    new_form = Worker.occupation_group.in_(sorted(codes.NEW_FORM_GROUPS)) if choice.new_form else None
    return _where(query, of_union, in_regions, in_state, new_form, found)


def _employers(choice: Choice) -> "ModelSelect[Any]":
    union, covering = Union.alias(), Coverage.alias()
    query = (
        Employer.select(*_fields(Employer), union.name.alias("union"), DriveCase.stage.alias("stage"))
        .join(covering, JOIN.LEFT_OUTER, on=((covering.employer == Employer.uid) & covering.until.is_null()))
        .join(union, JOIN.LEFT_OUTER, on=(covering.union == union.uid))
        .switch(Employer)
        .join(DriveCase, JOIN.LEFT_OUTER, on=(DriveCase.employer == Employer.uid))
    )
    in_regions = Employer.region.in_(list(choice.regions)) if choice.regions else None
    return _where(query, in_regions, _like(choice, Employer.name, Employer.credit_code, Employer.contact, union.name))


def _unions(choice: Choice) -> "ModelSelect[Any]":
    parent = Union.alias()
    covered = (
        Coverage.select(fn.MIN(Employer.name))
        .join(Employer, on=(Coverage.employer == Employer.uid))
        .where((Coverage.union == Union.uid) & Coverage.until.is_null())
    )
    code = (
        Coverage.select(fn.MIN(Employer.credit_code))
        .join(Employer, on=(Coverage.employer == Employer.uid))
        .where((Coverage.union == Union.uid) & Coverage.until.is_null())
    )
    query = Union.select(
        *_fields(Union, "parent"),
        parent.name.alias("parent"),
        covered.alias("employer"),
        code.alias("employer_credit_code"),
    ).join(parent, JOIN.LEFT_OUTER, on=(Union.parent == parent.uid))
    in_regions = Union.region.in_(list(choice.regions)) if choice.regions else None
    return _where(query, in_regions, _like(choice, Union.name, Union.credit_code, Union.chair, parent.name))


def _headcounts(choice: Choice) -> "ModelSelect[Any]":
    employer, union = Employer.alias(), Union.alias()
    name = fn.COALESCE(employer.name, union.name)
    query = (
        HeadCount.select(
            *_fields(HeadCount, "subject"), name.alias("subject"),
            fn.COALESCE(employer.credit_code, union.credit_code).alias("subject_credit_code"),
        )
        .join(employer, JOIN.LEFT_OUTER, on=(HeadCount.subject == employer.uid))
        .switch(HeadCount)
        .join(union, JOIN.LEFT_OUTER, on=(HeadCount.subject == union.uid))
    )  # fmt: skip
    regions = list(choice.regions)
    in_regions = (employer.region.in_(regions) | union.region.in_(regions)) if regions else None
    return _where(query, in_regions, _like(choice, name, HeadCount.source))


def _ordered(query: "ModelSelect[Any]", choice: Choice) -> "ModelSelect[Any]":
    """In the wished order, then in the order in which the records came: counts by the newest, regions by name."""
    record = FORMS[choice.kind].main
    field: Any = record._meta.fields.get(choice.order)
    if not choice.order:
        return query.order_by(record.id)
    if choice.order in COUNTS and record is not HeadCount:
        counted = newest(getattr(HeadCount, choice.order)).alias("counted")
        query = query.switch(record).join(counted, JOIN.LEFT_OUTER, on=(counted.c.subject == record.uid))
        field = counted.c.value
    elif choice.order in ("region", "residence_region"):
        place = Region.alias("place")
        query = query.switch(record).join(place, JOIN.LEFT_OUTER, on=(field == place.uid))
        field = place.name
    elif field is None or choice.order in ("employer", "union", "parent", "subject"):
        field = SQL(f'"{choice.order}"')
    return query.order_by(field.desc() if choice.descending else field.asc(), record.id)
