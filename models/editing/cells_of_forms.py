"""Cells of people, units and unions: changed as their forms change them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from models.editing.cell_rules import ELSEWHERE, CellRules, CellsRead, Changes
from models.editing.dissolving import ends
from models.editing.editing import CLASSES, Kind, accepted, differing, doubtful, typed_columns, understand
from models.engine import database
from models.engine.record import Values
from models.language import N_, _
from models.records.erasure import sealed_among
from models.values.columns import Column, Plain, columns_of
from models.values.region_index import RegionIndex

_MEMBERSHIP = N_("这一列由会籍变动算出来：入会、转会、退会请打开资料，在“会籍”里登记。")
_COUNTED = N_("人数有来源和日期，各次都保留：请打开资料，在“人数”里登记。")
_COVERED = N_("哪个工会覆盖哪个单位，请打开资料，在“覆盖”里登记。")
_DRIVE = N_("建会的阶段和安排，请在“建会攻坚”的一企一档里改。")
#: Columns of a list that are not fields of its records, and where they are changed.
_LOCKED: dict[Kind, dict[str, str]] = {
    "worker": dict.fromkeys(
        ("union", "join_date", "membership_state", "change_type", "change_date", "change_reason"), _MEMBERSHIP
    ),
    "employer": {"union": _COVERED} | dict.fromkeys(("stage", "attitude", "next_action", "next_action_date"), _DRIVE),
    "union": {"employer": _COVERED, "employer_credit_code": ELSEWHERE},
}


class FormCells(CellRules):
    """The rules of people, units or unions; see the base class."""

    alone = frozenset({"name", "id_number", "phone", "credit_code", "member_number", "approval_number"})

    def __init__(self, kind: Kind) -> None:
        """For records of one kind."""
        self.kind = self._form = kind
        self.record = CLASSES[kind]
        self.keys = ("id_number", "name") if kind == "worker" else ("credit_code", "name")

    def columns(self) -> dict[str, Column]:
        """See :class:`CellRules`."""
        return {column.name: column for column in typed_columns(self._form)}

    def why_locked(self, name: str) -> str:
        """See :class:`CellRules`."""
        if name in self.columns():
            return ""
        return _(_LOCKED[self._form].get(name, _COUNTED if name.endswith("_count") else ELSEWHERE))

    def held(self, uids: Iterable[str]) -> dict[str, Values]:
        """See :class:`CellRules`."""
        wanted, names = list(uids), ("uid", *(column.name for column in columns_of(self.record)))
        sealed = sealed_among(wanted)
        rows = database.fetch_in(self.record, "uid", wanted, names)
        return {row[0]: dict(zip(names, row, strict=True)) for row in rows if row[0] not in sealed}

    def read(
        self, written: Mapping[str, Plain], known: Mapping[str, Any], today: dt.date, index: RegionIndex
    ) -> CellsRead:
        """See :class:`CellRules`."""
        found = understand(self._form, written, known, today, index)
        if found.errors:
            wrong = {each.column: each.text for each in found.errors}
            return CellsRead(wrong=wrong, understood=found, keeps_doubt=self.kind == "worker" and doubtful(found))
        changes = differing(self._form, known, accepted(self._form, known, found, accept=False), known)
        return CellsRead(changes, {}, [(each.column, each.text) for each in found.problems], found)

    def forbidden_to_many(self, known: Values, changes: Changes) -> dict[str, str]:
        """See :class:`CellRules`."""
        after = known | {name: becomes for name, (_before, becomes) in changes.items()}
        if self.kind != "union" or not ends(known, after):
            return {}
        return dict.fromkeys(("state", "dissolved_on"), _("撤销工会要先问会员的会籍，请打开资料办理"))
