"""Cells of head counts, of the work ledger, of things that stand and of the drive: changed as the forms there change them."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from models.drive.case_list import PLAN_FIELDS
from models.editing.cell_rules import CellKind, CellRules, CellsRead
from models.editing.count_entry import TYPED, as_written, understand_count
from models.engine import database
from models.engine.record import Record, Values
from models.errors import UnreadField, UserError
from models.journal.typed import typed
from models.language import N_, _
from models.ledger import entries
from models.ledger.kinds import Kinds, load_kinds
from models.records.catalogue import RECORDS
from models.records.drive_case import DriveCase
from models.records.employer import Employer
from models.records.headcount import COUNTS, SUBJECT_CREDIT_CODE, UPPER, HeadCount
from models.records.ledger import OWN_FIELDS, LedgerEntry
from models.records.region import home_district
from models.records.site import Site
from models.records.union import Union
from models.sites import sites
from models.values.columns import Column, Plain, column_of, columns_of
from models.values.kinds import Place, Reference
from models.values.region_index import RegionIndex

_WHOSE = N_("这一行是谁的人数，不在格子里改。登错了的，请打开那个单位或工会，在“人数”里删去，再登记到对的一家。")
_OF_UNIT = N_("单位的名称、区划和代码，请在“用人单位”里打开那一家改。")
_STAGE = N_("阶段一步一步走，各有日期：请按回车打开一企一档，在“阶段”里移。")
_COUNTED = N_("人数有来源和日期，各次都保留：请在“用人单位”里打开那一家，在“人数”里登记。")
_COVERED = N_("哪个工会覆盖哪个单位，请在“用人单位”里打开那一家，在“覆盖”里登记。")
_REMARKS = N_("这一列是算出来的提示，不用填。")
_OPENED = N_("列入的日期是登记下来的，不在格子里改。")


class CountCells(CellRules):
    """The rules of head counts: what one says of a day, a source and the numbers, never whom it counts."""

    kind: CellKind = "head_count"
    record: type[Record] = HeadCount
    keys = ("subject_credit_code", "subject")

    def columns(self) -> dict[str, Column]:
        """See :class:`CellRules`."""
        return {name: column_of(HeadCount, name) for name in TYPED}

    def listed(self) -> list[Column]:
        """See :class:`CellRules`."""
        return [column_of(HeadCount, "subject"), *super().listed(), SUBJECT_CREDIT_CODE]

    def why_locked(self, name: str) -> str:
        """See :class:`CellRules`."""
        return "" if name in TYPED else _(_WHOSE)

    def called(self, held: Mapping[str, Values]) -> dict[str, str]:
        """See :class:`CellRules`."""
        subjects = {str(known["subject"]) for known in held.values()}
        names: dict[str, str] = {}
        for record in (Employer, Union):
            names |= dict(database.fetch_in(record, "uid", subjects, ("uid", "name")))
        return {
            uid: f"{names.get(known['subject']) or _('（没有名称）')} {known['as_of'] or ''}".strip()
            for uid, known in held.items()
        }

    def text_of(self, known: Mapping[str, Any], column: Column, index: RegionIndex) -> str:
        """See :class:`CellRules`."""
        return as_written(known, column.name)

    def read(
        self, written: Mapping[str, Plain], known: Mapping[str, Any], today: dt.date, index: RegionIndex
    ) -> CellsRead:
        """See :class:`CellRules`."""
        found = understand_count({name: as_written(known, name) for name in TYPED} | dict(written), today)
        said = {each.column: each.text for each in reversed(found.problems) if each.column in written}
        wrong = {name: text for name, text in said.items() if found.values[name] is None}
        if not wrong and any(each.code == "counts-missing" for each in found.problems):
            wrong = dict.fromkeys(written, _("请至少留一个人数；整条不要的，请打开资料删去"))
        counts = [name for name in written if name in COUNTS]
        # the others stay as exact as they are
        names = [*written, *(UPPER[name] for name in counts), *(("approximate",) if counts else ())]
        changes = {name: (known[name], found.values[name]) for name in names if known[name] != found.values[name]}
        return CellsRead({} if wrong else changes, wrong, list(said.items()))

    def found_by(self, name: str, texts: Sequence[str]) -> dict[str, list[str]]:
        """See :class:`CellRules`."""
        field = "name" if name == "subject" else "credit_code"
        called: dict[str, str] = {}
        for record in (Employer, Union):
            called |= dict(database.fetch_in(record, field, texts, ("uid", field)))
        found: dict[str, list[str]] = {}
        for uid, subject in database.fetch_in(HeadCount, "subject", called, ("uid", "subject")):
            found.setdefault(called[subject], []).append(uid)
        return found

    def narrowed(self, uids: list[str], row: Mapping[str, str]) -> list[str]:
        """See :class:`CellRules`."""
        held = self.held(uids)
        for name in ("as_of", "source"):
            wanted = column_of(HeadCount, name).kind.parse(row.get(name)).value
            if wanted is not None:
                held = {uid: known for uid, known in held.items() if known[name] == wanted}
        return list(held)


class _DeclaredCells(CellRules):
    """What the ledger and the things that stand have in common: each field is typed, and read by the record's own functions."""

    def columns(self) -> dict[str, Column]:
        """See :class:`CellRules`."""
        return {column.name: column for column in columns_of(self.record)}

    @cached_property
    def _home(self) -> Callable[[RegionIndex], str | None]:
        known: dict[int, str | None] = {}
        return lambda index: known.setdefault(id(index), home_district(index))

    def _values(self, texts: Mapping[str, Plain], index: RegionIndex) -> Values:
        raise NotImplementedError

    def _changes(self, known: Values, values: Values) -> dict[str, tuple[Any, Any]]:
        raise NotImplementedError

    def read(
        self, written: Mapping[str, Plain], known: Mapping[str, Any], today: dt.date, index: RegionIndex
    ) -> CellsRead:
        """See :class:`CellRules`."""
        wrong = {name: why for name in written if (why := self.why_not_here(name, known))}
        if wrong:
            return CellsRead(wrong=wrong)
        columns = self.columns()
        chosen = {name: text for name, text in written.items() if _names_one(columns[name], text, index)}
        try:
            values = self._values({name: text for name, text in written.items() if name not in chosen}, index)
            return CellsRead(self._changes(dict(known), values | dict(chosen)))
        except UnreadField as error:
            return CellsRead(wrong={error.field: str(error)})
        except UserError as error:
            return CellsRead(wrong=dict.fromkeys(written, str(error)))


def _names_one(column: Column, text: Plain, index: RegionIndex) -> bool:
    """True for the uid of a region or of a record that a column may refer to."""
    if not isinstance(text, str) or not text:
        return False
    if isinstance(column.kind, Place):
        return text in index.entries
    if not isinstance(column.kind, Reference):
        return False
    return any(True for _row in database.fetch_in(RECORDS[column.kind.record], "uid", [text], ("uid",)))


class WorkCells(_DeclaredCells):
    """The rules of the work ledger."""

    kind: CellKind = "ledger_entry"
    record: type[Record] = LedgerEntry

    @cached_property
    def _kinds(self) -> Kinds:
        return load_kinds()

    def called(self, held: Mapping[str, Values]) -> dict[str, str]:
        """See :class:`CellRules`."""
        names = {uid: _(kind.name) for uid, kind in self._kinds.by_uid.items()}
        return {
            uid: f"{known['date']} {known['title'] or names.get(known['ledger_kind'], '')}".rstrip()
            for uid, known in held.items()
        }

    def why_not_here(self, name: str, known: Mapping[str, Any]) -> str:
        """See :class:`CellRules`."""
        kind = self._kinds.by_uid.get(str(known["ledger_kind"]))
        if name not in OWN_FIELDS or known[name] is not None or kind is None or name in kind.fields:
            return ""
        title = column_of(LedgerEntry, name).title
        return _("“{kind}”没有“{field}”这一栏。要填的，请先在“类别”里给它加上。").format(kind=_(kind.name), field=title)

    def _values(self, texts: Mapping[str, Plain], index: RegionIndex) -> Values:
        return entries.read(texts, index, self._home(index))

    def _changes(self, known: Values, values: Values) -> dict[str, tuple[Any, Any]]:
        return entries.corrected(known, values)


class SiteCells(_DeclaredCells):
    """The rules of things that stand."""

    kind: CellKind = "site"
    record: type[Record] = Site
    keys = ("name",)
    alone = frozenset({"name"})

    def _values(self, texts: Mapping[str, Plain], index: RegionIndex) -> Values:
        return sites.read(texts, index, self._home(index))

    def _changes(self, known: Values, values: Values) -> dict[str, tuple[Any, Any]]:
        return sites.corrected(known, values)


class CaseCells(CellRules):
    """The rules of the drive's list: what is planned about a case, which the file beside the list changes too."""

    kind: CellKind = "drive_case"
    record: type[Record] = DriveCase
    batch: ClassVar[str] = "case"
    keys = ("credit_code", "name")

    def columns(self) -> dict[str, Column]:
        """See :class:`CellRules`."""
        return {name: column_of(DriveCase, name) for name in PLAN_FIELDS}

    def listed(self) -> list[Column]:
        """See :class:`CellRules`."""
        return [*(column_of(Employer, name) for name in ("name", "credit_code")), *super().listed()]

    def why_locked(self, name: str) -> str:
        """See :class:`CellRules`."""
        if name in PLAN_FIELDS:
            return ""
        told = {"stage": _STAGE, "remarks": _REMARKS, "opened_on": _OPENED, "union": _COVERED} | dict.fromkeys(
            ("staff_count", "source", "as_of"), _COUNTED
        )
        return _(told.get(name, _OF_UNIT))

    def called(self, held: Mapping[str, Values]) -> dict[str, str]:
        """See :class:`CellRules`."""
        employers = [known["employer"] for known in held.values()]
        names = dict(database.fetch_in(Employer, "uid", employers, ("uid", "name")))
        return {uid: str(names.get(known["employer"]) or _("（没有名称）")) for uid, known in held.items()}

    def read(
        self, written: Mapping[str, Plain], known: Mapping[str, Any], today: dt.date, index: RegionIndex
    ) -> CellsRead:
        """See :class:`CellRules`."""
        try:
            values = typed(DriveCase, written, PLAN_FIELDS)
        except UnreadField as error:
            return CellsRead(wrong={error.field: str(error)})
        return CellsRead({name: (known[name], value) for name, value in values.items() if known[name] != value})

    def found_by(self, name: str, texts: Sequence[str]) -> dict[str, list[str]]:
        """See :class:`CellRules`."""
        called = dict(database.fetch_in(Employer, name, texts, ("uid", name)))
        found: dict[str, list[str]] = {}
        for uid, employer in database.fetch_in(DriveCase, "employer", called, ("uid", "employer")):
            found.setdefault(called[employer], []).append(uid)
        return found
