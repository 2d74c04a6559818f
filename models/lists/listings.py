"""The queries behind the lists of records: one for each kind of form, narrowed by a choice, in its order.

What is chosen and how it is read out is in ``models/lists/selection.py``.
"""

import datetime as dt
from dataclasses import dataclass, replace
from functools import reduce
from operator import add, or_
from typing import Any, Literal

from peewee import JOIN, SQL, Case, Expression, ModelSelect, fn

from models.engine import sql
from models.engine.following import following
from models.engine.own_values import field_of
from models.engine.record import Record
from models.journal import entries
from models.journal.log import Batch
from models.lists.filters import Where, conditions
from models.own_names import is_own
from models.records.catalogue import kind_of
from models.records.drive_case import DriveCase
from models.records.employer import Coverage, Employer
from models.records.erasure import not_sealed
from models.records.forms import CASE_FIELDS, FORMS
from models.records.headcount import COUNTS, HeadCount
from models.records.ledger import LedgerEntry, LedgerKind
from models.records.officer import Officer
from models.records.region import LEVEL_OF, Region, RegionParent
from models.records.site import Site, SiteKind
from models.records.union import Union
from models.records.worker import Worker, is_said
from models.standing.counts import newest
from models.values import codes, drive_codes
from models.values.columns import own_columns
from models.values.kinds import Choice, Text
from models.values.name_order import LAST, Way


@dataclass(frozen=True)
class Selection:
    """What to list: a form's kind, a search text, the uid of a union or an employer, a set of regions, an order, a page.

    ``batch``: only records that this batch created or changed. ``uids``: only these records. ``unverified``: only units
    and unions to be verified, people whose number is doubtful, counts that are estimates. ``states``: membership states
    of workers, states of unions, stages of employers. Of workers also: ``new_form``, only people in new forms of
    employment; ``group``, an occupation group's name; ``without_application``, only those of whom no application of their
    own is noted. ``where``: (name, value) of the filters of ``models/lists/filters.py``, of which some count from ``today``.
    ``then``: (field, descending) that decides among those equal by ``order``. ``way``: names stand by pinyin or by strokes,
    "" as it is usual on this laptop.
    """

    kind: str
    search: str = ""
    union: str = ""
    employer: str = ""
    regions: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    new_form: bool = False
    group: str = ""
    without_application: bool = False
    unverified: bool = False
    batch: int = 0
    uids: frozenset[str] | None = None
    where: Where = ()
    today: dt.date = dt.date.min
    order: str = ""
    descending: bool = False
    then: tuple[str, bool] = ("", False)
    way: Way | Literal[""] = ""
    limit: int | None = None
    offset: int = 0


#: What is true of a record of a kind that is in doubt.
_DOUBT = {"workers": is_said(Worker.id_doubtful), "employers": Employer.verified == 0, "unions": Union.verified == 0,
          "headcounts": HeadCount.approximate == 1}  # fmt: skip
#: Fields of people that hold a uid and are listed by the name of what it stands for.
_NAMED_ELSEWHERE = frozenset({"employer", "union", "residence_region"})
#: Those of which the names stand in order in tables of their own.
UNITS: dict[str, Any] = {"employer": Employer, "union": Union}


def listing(choice: Selection) -> "ModelSelect[Any]":
    """The records of a choice as a query of dicts by field name, in no order yet."""
    listings = {
        "workers": _workers, "employers": _employers, "unions": _unions, "headcounts": _headcounts, "officers": _officers,
        "ledger": _ledger, "sites": _sites, "regions": _regions,
    }  # fmt: skip
    made = listings[choice.kind](choice)
    record = FORMS[choice.kind].main
    if choice.batch:
        made = made.where(record.uid.in_(sql.given(_touched(choice.batch, record))))
    if choice.uids is not None:
        made = made.where(record.uid.in_(sql.given(sorted(choice.uids))))
    if choice.unverified and choice.kind in _DOUBT:
        made = made.where(_DOUBT[choice.kind])
    return _where(made, *conditions(choice.kind, choice.where, choice.today))


def _touched(number: int, record: type[Record]) -> list[str]:
    """The uids of the records of one class that a batch created or changed."""
    batch = Batch.get_or_none(Batch.id == number)
    return entries.records_of(batch.uid, kind_of(record)) if batch is not None else []


def _like(choice: Selection, *fields: Any) -> Expression | None:
    text = choice.search.strip()
    if not text:
        return None
    condition: Expression = sql.stands_in(text, fields[0])
    for each in (*fields[1:], *_own_texts(FORMS[choice.kind].main)):
        condition = condition | sql.stands_in(text, each)
    return condition


def _own_texts(record: type[Record]) -> list[Any]:
    """The own fields in use that a search looks into: texts and choices."""
    columns = [each for each in own_columns(record) if isinstance(each.kind, Text | Choice) and not each.retired]
    return [field_of(record, each.name) for each in columns]


def _where(query: "ModelSelect[Any]", *conditions: Expression | None) -> "ModelSelect[Any]":
    for condition in conditions:
        if condition is not None:
            query = query.where(condition)
    return query


def _one_of(field: Any, choice: Selection) -> Expression | None:
    condition: Expression = field.in_(sorted(choice.states))
    return condition if choice.states else None


def _fields(record: Any, *replaced: str) -> list[Any]:
    left_out = {"id", *replaced, *(field.name for field in following(record))}
    return [field for field in record._meta.sorted_fields if field.name not in left_out]


def _workers(choice: Selection) -> "ModelSelect[Any]":
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
    found = _people_found(choice)
    in_state = _one_of(Worker.membership_state, choice)
    new_form = Worker.occupation_group.in_(sorted(codes.new_form_groups())) if choice.new_form else None
    in_group = (Worker.occupation_group == choice.group) if choice.group else None
    unapplied = _unapplied() if choice.without_application else None
    at_employer = (Worker.employer == choice.employer) if choice.employer else None
    return _where(query, not_sealed(Worker), of_union, at_employer, in_regions, in_state, new_form, in_group, unapplied, found)


def _people_found(choice: Selection) -> Expression | None:
    """That a person is found by the text: in each field's own index, which is a tenth of the table, or by a unit's name."""
    text = choice.search.strip()
    found = _like(choice, Worker.name, Worker.id_number, Worker.phone)
    if found is None:
        return None
    # the few units whose name fits are looked for once, not for each person
    units = [
        field.in_(unit.select(unit.uid).where(sql.stands_in(text, unit.name)))
        for field, unit in ((Worker.employer, Employer.alias()), (Worker.union, Union.alias()))
    ]
    if _own_texts(Worker):
        return reduce(or_, units, found)  # the table has to be walked anyhow
    fields = (Worker.name, Worker.id_number, Worker.phone)
    ways = [Worker.select(Worker.id).where(each) for each in (*(sql.stands_in(text, field) for field in fields), *units)]
    # one after another: made one, they would be walked in the order of the table
    condition: Expression = Worker.id.in_(reduce(add, ways))
    return condition


def _unapplied() -> Expression:
    """No application: nothing of one is noted, or the employer's list stands in its place (工会章程 2)."""
    noted = Worker.application_basis, Worker.application_date, Worker.application_place
    nothing = noted[0].is_null() & noted[1].is_null() & noted[2].is_null()
    others: Expression = nothing | Worker.application_basis.not_in(drive_codes.OWN_APPLICATION)
    return others


def _employers(choice: Selection) -> "ModelSelect[Any]":
    union, covering = Union.alias(), Coverage.alias()
    case = [getattr(DriveCase, name).alias(name) for name in CASE_FIELDS]
    query = (
        Employer.select(*_fields(Employer), union.name.alias("union"), *case)
        .join(covering, JOIN.LEFT_OUTER, on=((covering.employer == Employer.uid) & covering.until.is_null()))
        .join(union, JOIN.LEFT_OUTER, on=(covering.union == union.uid))
        .switch(Employer)
        .join(DriveCase, JOIN.LEFT_OUTER, on=(DriveCase.employer == Employer.uid))
    )
    in_regions = Employer.region.in_(list(choice.regions)) if choice.regions else None
    of_union = (covering.union == choice.union) if choice.union else None
    found = _like(choice, Employer.name, Employer.former_names, Employer.credit_code, Employer.contact, union.name)
    return _where(query, of_union, in_regions, _one_of(DriveCase.stage, choice), found)


def _unions(choice: Selection) -> "ModelSelect[Any]":
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
    below = (Union.parent == choice.union) if choice.union else None
    found = _like(choice, Union.name, Union.former_names, Union.credit_code, Union.chair, parent.name)
    return _where(query, below, in_regions, _one_of(Union.state, choice), found)


def _headcounts(choice: Selection) -> "ModelSelect[Any]":
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
    subject = choice.union or choice.employer
    of_subject = (HeadCount.subject == subject) if subject else None
    return _where(query, of_subject, in_regions, _like(choice, name, HeadCount.source))


def _officers(choice: Selection) -> "ModelSelect[Any]":
    union = Union.alias()
    query = Officer.select(*_fields(Officer, "union"), union.name.alias("union"))
    query = query.join(union, JOIN.LEFT_OUTER, on=(Officer.union == union.uid))
    of_union = (Officer.union == choice.union) if choice.union else None
    in_regions = union.region.in_(list(choice.regions)) if choice.regions else None
    # who was erased is in no list of people
    named = Officer.name.is_null(False)
    return _where(query, named, of_union, in_regions, _like(choice, Officer.name, union.name, Officer.post, Officer.body))


def _ledger(choice: Selection) -> "ModelSelect[Any]":
    union, worker = Union.alias(), Worker.alias()
    query = (
        LedgerEntry.select(
            *_fields(LedgerEntry, "ledger_kind", "union", "worker", "recipient"),
            LedgerKind.name.alias("ledger_kind"),
            union.name.alias("union"),
            fn.COALESCE(worker.name, LedgerEntry.recipient).alias("recipient"),
        )
        .join(LedgerKind, on=(LedgerEntry.ledger_kind == LedgerKind.uid))
        .switch(LedgerEntry)
        .join(union, JOIN.LEFT_OUTER, on=(LedgerEntry.union == union.uid))
        .switch(LedgerEntry)
        .join(worker, JOIN.LEFT_OUTER, on=(LedgerEntry.worker == worker.uid))
    )
    of_union = (LedgerEntry.union == choice.union) if choice.union else None
    in_regions = fn.COALESCE(LedgerEntry.region, union.region).in_(list(choice.regions)) if choice.regions else None
    entry = LedgerEntry
    found = _like(choice, LedgerKind.name, entry.title, entry.organization, entry.person, entry.note, union.name,
                  worker.name, entry.recipient, entry.parties, entry.matter)  # fmt: skip
    return _where(query, of_union, in_regions, found)


def _sites(choice: Selection) -> "ModelSelect[Any]":
    union = Union.alias()
    query = (
        Site.select(*_fields(Site, "site_kind", "union"), SiteKind.name.alias("site_kind"), union.name.alias("union"))
        .join(SiteKind, on=(Site.site_kind == SiteKind.uid))
        .switch(Site)
        .join(union, JOIN.LEFT_OUTER, on=(Site.union == union.uid))
    )
    of_union = (Site.union == choice.union) if choice.union else None
    in_regions = fn.COALESCE(Site.region, union.region).in_(list(choice.regions)) if choice.regions else None
    found = _like(choice, Site.name, SiteKind.name, Site.address, Site.contact, Site.source, Site.note, union.name)
    return _where(query, of_union, in_regions, found)


def _regions(choice: Selection) -> "ModelSelect[Any]":
    """Places below the districts, each with what it lies in now."""
    today = dt.date.today().isoformat()
    lies = (RegionParent.since.is_null() | (RegionParent.since <= today)) & (
        RegionParent.until.is_null() | (RegionParent.until > today)
    )
    level = Case(Region.level, tuple((each, label) for label, each in LEVEL_OF.items()))
    query = (
        Region.select(
            Region.uid, Region.name, level.alias("level"), RegionParent.parent.alias("region"), Region.dense, Region.aliases
        )
        .join(RegionParent, JOIN.LEFT_OUTER, on=((RegionParent.region == Region.uid) & lies))
        .switch(Region)
        .where(Region.level.in_(list(LEVEL_OF.values())))
    )
    inside = Region.uid.in_(list(choice.regions)) if choice.regions else None
    return _where(query, inside, _like(choice, Region.name, Region.aliases))


def ordered(query: "ModelSelect[Any]", choice: Selection) -> "ModelSelect[Any]":
    """In the wished order, then in the order in which the records came: counts by the newest, regions by name."""
    keys: list[Any] = []
    for name, descending in ((choice.order, choice.descending), choice.then):
        if name and not (keys and name == choice.order):
            query, field = order_key(query, choice, name)
            keys.append(_directed(field, descending))
    return query.order_by(*keys, FORMS[choice.kind].main.id)


def order_key(query: "ModelSelect[Any]", choice: Selection, name: str) -> tuple["ModelSelect[Any]", Any]:
    """The query, with what it must be joined to, and what orders it by a field."""
    record: Any = FORMS[choice.kind].main
    field: Any = field_of(record, name) if is_own(name) else record._meta.fields.get(name)
    if name in COUNTS and record is not HeadCount:
        counted = newest(getattr(HeadCount, name)).alias("counted_" + name)
        query = query.switch(record).join(counted, JOIN.LEFT_OUTER, on=(counted.c.subject == record.uid))
        return query, counted.c.value
    if name == "name" and following(record):
        return query, record.name_order
    if record is Worker and name in UNITS:
        unit = UNITS[name].alias("unit_" + name)
        query = query.switch(record).join(unit, JOIN.LEFT_OUTER, on=(field == unit.uid))
        return query, fn.COALESCE(unit.name_order, LAST)
    if name in ("region", "residence_region"):
        place = Region.alias("place_" + name)
        return query.switch(record).join(place, JOIN.LEFT_OUTER, on=(field == place.uid)), place.name
    return query, SQL(f'"{name}"') if listed_as(query, name) else field


def numbers(choice: Selection) -> "ModelSelect[Any]":
    """The choice in its order as a query of row numbers alone (and of what they are ordered by)."""
    if _is_everybody(choice) and choice.order not in _NAMED_ELSEWHERE and choice.then[0] not in _NAMED_ELSEWHERE:
        # no engine need find out that what is joined is not asked for
        return ordered(_where(Worker.select(Worker.id), not_sealed(Worker)), choice)
    query = ordered(listing(choice), choice)
    named = [each for name in (choice.order, choice.then[0]) for each in listed_as(query, name)]
    return query.select(FORMS[choice.kind].main.id, *named)


def walked(choice: Selection) -> "list[ModelSelect[Any]]":
    """All people in the order of their units' or their unions' names, as queries of row numbers whose answers follow each other.

    Empty for any other choice. The few units are walked by name, and the people of each found by an index: to sort a million
    people, each with a name fetched for them, takes three times as long.
    """
    if choice.order not in UNITS or not _is_everybody(choice):
        return []
    then, falling = choice.then
    if then and (then not in Worker._meta.fields or then in _NAMED_ELSEWHERE):
        return []
    unit, refers = UNITS[choice.order], getattr(Worker, choice.order)
    among = Worker.name_order if then == "name" else getattr(Worker, then or "id")
    keys = [_directed(among, falling), Worker.id] if then else [Worker.id]
    # people of one unit lie in their order: where no two units are called alike nothing has to be sorted
    apart = [] if then or _namesakes(unit) else [_directed(unit.id, choice.descending)]
    called = _where(sql.walked_with(unit.select(Worker.id), Worker).where(refers == unit.uid), not_sealed(Worker))
    called = called.order_by(_directed(unit.name_order, choice.descending), *apart, *keys)
    nameless = _where(Worker.select(Worker.id).where(refers.is_null()), not_sealed(Worker)).order_by(*keys)
    return [nameless, called] if choice.descending else [called, nameless]


def _namesakes(unit: Any) -> bool:
    """True when two units have the same place in the order of names."""
    return bool(unit.select(unit.name_order).group_by(unit.name_order).having(fn.COUNT(unit.id) > 1).exists())


def _is_everybody(choice: Selection) -> bool:
    """True for a choice of all people, in whatever order."""
    unordered = replace(choice, order="", descending=False, then=("", False), way="")
    return unordered == Selection("workers", today=choice.today)


def _directed(field: Any, descending: bool) -> Any:
    return field.desc() if descending else field.asc()


def listed_as(query: Any, name: str) -> list[Any]:
    """What a query lists under a name of its own that is no field of the record."""
    return [each for each in query._returning if getattr(each, "_alias", None) == name]
