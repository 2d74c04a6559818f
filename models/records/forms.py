"""The sheets that organizers receive, as ordered fields drawn from the records' declarations.

One row of a form speaks of several records: a member row of a worker, a membership event, an employer and a union by
name. No label or synonym is written here; they stand at the declarations.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, get_args

from models.engine.record import Record
from models.records.drive_case import DriveCase
from models.records.employer import Employer
from models.records.headcount import COUNTS, REGISTERED_STAFF_COUNT, SUBJECT_CREDIT_CODE, UNION_BESIDE, UPPER, HeadCount
from models.records.key_employer import KeyEmployer
from models.records.ledger import LedgerEntry
from models.records.officer import Officer
from models.records.region import LIES_IN, PLACE_LEVEL, Region, RegionParent
from models.records.site import Site
from models.records.union import Union
from models.records.worker import Worker
from models.values.columns import Column, column_of, columns_of, own_columns, own_turn

SheetKind = Literal["workers", "employers", "unions", "headcounts", "officers", "ledger", "sites", "regions"]


#: What an employer list may say of the founding of a union there.
CASE_FIELDS = ("stage", "attitude", "next_action", "next_action_date")


@dataclass(frozen=True)
class FormField:
    """A column of a form: the field name that other tools rely on, its declaration and the record it belongs to."""

    name: str
    column: Column
    record: type[Record]


@dataclass(frozen=True, eq=False)
class Form:
    """A kind of sheet: its name on the command line, its label, the record that its rows are counted by, its fields."""

    kind: SheetKind
    label: str
    main: type[Record]
    declared: tuple[FormField, ...]

    @property
    def fields(self) -> tuple[FormField, ...]:
        """The declared fields, and the register's own of the record that the rows are counted by, as far as they are in use."""
        return _fields(self, own_turn())

    @property
    def by_name(self) -> dict[str, FormField]:
        """The fields by their names."""
        return _by_name(self, own_turn())


@lru_cache(maxsize=2 * len(get_args(SheetKind)))
def _fields(form: Form, _turn: int) -> tuple[FormField, ...]:
    own = (FormField(column.name, column, form.main) for column in own_columns(form.main) if not column.retired)
    return (*form.declared, *own)


@lru_cache(maxsize=2 * len(get_args(SheetKind)))
def _by_name(form: Form, turn: int) -> dict[str, FormField]:
    return {field.name: field for field in _fields(form, turn)}


def _own(record: type[Record], *left_out: str) -> list[FormField]:
    return [FormField(column.name, column, record) for column in columns_of(record) if column.name not in left_out]


def _drawn(record: type[Record], **names: str) -> list[FormField]:
    """Fields of another record under the names they have in this form: ``form name = declared name``; never required here."""
    return [
        FormField(name, replace(column_of(record, declared), required=False), record)
        for name, declared in names.items()
    ]


WORKERS = Form(
    "workers", "会员与职工名册", Worker,
    (*_own(Worker, "id_doubtful"), *_drawn(Employer, employer_credit_code="credit_code")),
)  # fmt: skip
EMPLOYERS = Form(
    "employers", "用人单位名单", Employer,
    (
        *_own(Employer, "closed_on", "former_names", "verified"),
        *_drawn(HeadCount, staff_count="staff_count", women_staff_count="women_staff_count", as_of="as_of"),
        *_drawn(HeadCount, member_count="member_count", women_member_count="women_member_count"),
        FormField("registered_staff_count", REGISTERED_STAFF_COUNT, HeadCount),
        *_drawn(Union, union="name", union_credit_code="credit_code"),
        *_drawn(DriveCase, **{name: name for name in CASE_FIELDS}),
        *_drawn(KeyEmployer, key_year="year", key_last_year="last_year", key_source="source"),
    ),
)  # fmt: skip
UNIONS = Form(
    "unions", "工会组织名单", Union,
    (
        *_own(Union, "former_names", "verified"),
        *_drawn(
            Employer, employer="name", employer_credit_code="credit_code", employer_nature="nature",
            employer_economy="economy", employer_industry="industry", employer_address="address",
            legal_representative="legal_representative",
        ),
        *_drawn(HeadCount, **{name: name for name in (*COUNTS, "as_of")}),
    ),
)  # fmt: skip
HEADCOUNTS = Form(
    "headcounts", "人数统计表", HeadCount,
    (
        *_own(HeadCount, "approximate", *UPPER.values()),
        FormField("subject_credit_code", SUBJECT_CREDIT_CODE, Employer),
        FormField("union", UNION_BESIDE, Union),
        *_drawn(Employer, region="region"),
    ),
)  # fmt: skip

#: Whose posts they are may be found by the number too; it is not kept with the post.
OFFICERS = Form(
    "officers", "委员和干部名单", Officer,
    (*_own(Officer, "worker"), *_drawn(Worker, id_number="id_number")),
)  # fmt: skip

#: Kind and date may be said once for a whole sheet, by its title: no row is refused for want of a cell.
#: A number only tells who is meant, and is kept nowhere but at the person.
LEDGER = Form(
    "ledger", "工作台账", LedgerEntry,
    (
        *_drawn(LedgerEntry, **{column.name: column.name for column in columns_of(LedgerEntry) if column.name != "worker"}),
        *_drawn(Worker, id_number="id_number"),
    ),
)  # fmt: skip

#: Of many at once, as a district had them before its list began, there is a number and no name.
SITES = Form(
    "sites", "阵地名单", Site, tuple(_drawn(Site, **{column.name: column.name for column in columns_of(Site)})),
)  # fmt: skip

#: Places below a town, or towns of which it is said that many people work there; the level may be said by the title.
REGIONS = Form(
    "regions", "区划名单", Region,
    (
        FormField("name", column_of(Region, "name"), Region), FormField("level", PLACE_LEVEL, Region),
        FormField("region", LIES_IN, RegionParent), *_drawn(Region, dense="dense", aliases="aliases"),
    ),
)  # fmt: skip

FORMS: dict[str, Form] = {
    form.kind: form for form in (WORKERS, EMPLOYERS, UNIONS, HEADCOUNTS, OFFICERS, LEDGER, SITES, REGIONS)
}
