"""All kinds of record by name, and which fields of which record refer to which: what the journal and the exchange walk over."""

from models.engine.record import Record
from models.language import _
from models.own_names import is_own
from models.records.chasing import DueRule, DueUnion, HandIn
from models.records.distinct import DistinctPair
from models.records.drive_case import CasePaper, CaseStep, Contact, DriveCase
from models.records.employer import Coverage, Employer
from models.records.erasure import Erasure
from models.records.group import OccupationGroup
from models.records.headcount import HeadCount
from models.records.key_employer import KeyEmployer
from models.records.ledger import LedgerEntry, LedgerKind
from models.records.membership import MembershipEvent
from models.records.officer import Officer
from models.records.own_field import OwnField
from models.records.region import Region, RegionParent
from models.records.saved_filter import SavedFilter
from models.records.setting import RememberedMapping, RememberedValue, Setting
from models.records.site import Site, SiteKind
from models.records.submission import IssuedPaper, PaperTemplate, Submission, SubmittedRow
from models.records.target import Target
from models.records.union import Union
from models.records.worker import Worker
from models.records.worklist import Worklist, WorklistEntry
from models.values.columns import DeclaredField, column_of, columns_of, own_columns
from models.values.kinds import Place, Reference

#: Record kind (its table's name) to its class, those that are referred to before those that refer.
RECORDS: dict[str, type[Record]] = {
    record._meta.table_name: record
    for record in (
        Region, RegionParent, OccupationGroup, LedgerKind, SiteKind, OwnField, Employer, Union, Coverage, Worker, MembershipEvent,
        Officer, HeadCount, DriveCase, CaseStep, CasePaper, Contact, LedgerEntry, Site, KeyEmployer, Target, DueRule, DueUnion,
        HandIn, Worklist, WorklistEntry, Submission, SubmittedRow, IssuedPaper, PaperTemplate, Setting, RememberedMapping,
        RememberedValue, DistinctPair,
        SavedFilter, Erasure,
    )
}  # fmt: skip


def kind_of(record: type[Record]) -> str:
    """The name under which the journal speaks of a record class."""
    return str(record._meta.table_name)


def stored_names(record: type[Record]) -> list[str]:
    """The declared fields that are written and journaled: all but the derived ones."""
    return [column.name for column in columns_of(record) if not column.derived]


def title_of(record: type[Record], name: str) -> str:
    """What a field is called now; one whose declaration was undone has no name any more."""
    if is_own(name) and name not in (column.name for column in own_columns(record)):
        return _("已撤销的自有字段")
    return column_of(record, name).title


def referred_kinds(record: type[Record], name: str) -> tuple[str, ...]:
    """The kinds of record whose uid a referring field may hold; a head count's subject is an employer or a union."""
    kind = column_of(record, name).kind
    if not isinstance(kind, Reference):
        return ("region",)
    return ("employer", "union") if kind.record == "subject" else (kind.record,)


def references() -> list[tuple[type[Record], str]]:
    """Every (record class, field) that holds the uid of another record, derived fields left out."""
    return [
        (record, field.name)
        for record in RECORDS.values()
        for field in record._meta.sorted_fields
        if isinstance(field, DeclaredField)
        and isinstance(field.declared.kind, Reference | Place)
        and not field.declared.derived
    ]


def refers_to_itself(record: type[Record]) -> bool:
    """True when a record of this class can hold the uid of another one of it."""
    return any(each is record and kind_of(record) in referred_kinds(each, name) for each, name in references())
