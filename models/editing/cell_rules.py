"""What a list's cells must know of its records: what may be typed into them, what it would change, and what forbids it.

Each kind of list whose form can change something has its own rules; ``models/editing/cell_kinds.py`` names them all.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from models.editing.editing import Understood, as_typed, names_of
from models.engine import database
from models.engine.record import Record, Values
from models.language import N_, _
from models.records.catalogue import stored_names
from models.values.columns import Column, Plain
from models.values.region_index import RegionIndex

#: Of what the rows of a list are, whose cells can be changed.
CellKind = Literal["worker", "employer", "union", "head_count", "ledger_entry", "site", "drive_case"]
#: Field → (what is held, what it would become).
Changes = dict[str, tuple[Any, Any]]

ELSEWHERE = N_("这一列是别的记录的，请打开那条记录改。")


@dataclass(frozen=True)
class CellsRead:
    """What was typed into cells of one record means: what would change; what is ``wrong``, by field; what is ``told`` by field.

    ``understood``: how the form of a person, a unit or a union reads it. ``keeps_doubt``: the form may save it all the same.
    """

    changes: Changes = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    told: Sequence[tuple[str, str]] = ()
    understood: Understood | None = None
    keeps_doubt: bool = False


class CellRules:
    """The rules of one kind of list; made anew for each plan, so that what is asked of the register once may be kept.

    ``batch`` is the kind of batch that changes are written as, ``keys`` the columns that name a record, the surest first,
    ``alone`` the fields in which no two records are alike.
    """

    kind: CellKind
    record: type[Record]
    keys: tuple[str, ...] = ()
    alone: frozenset[str] = frozenset()
    batch: ClassVar[str] = "edit"

    def columns(self) -> dict[str, Column]:
        """The fields that can be changed in a cell, by name: those that the form can change."""
        raise NotImplementedError

    def listed(self) -> list[Column]:
        """The columns by which a block's header is known where the list itself declares none."""
        return list(self.columns().values())

    def why_locked(self, name: str) -> str:
        """Why a column of the list cannot be changed in its cells, and where it is; "" for one that can."""
        return "" if name in self.columns() else _(ELSEWHERE)

    def why_not_here(self, name: str, known: Mapping[str, Any]) -> str:
        """Why a field that can be changed is not one of this record; "" where it is."""
        return ""

    def held(self, uids: Iterable[str]) -> dict[str, Values]:
        """The records as the register holds them, by uid; those that are gone or sealed are left out."""
        names = ("uid", *stored_names(self.record))
        rows = database.fetch_in(self.record, "uid", list(uids), names)
        return {row[0]: dict(zip(names, row, strict=True)) for row in rows}

    def called(self, held: Mapping[str, Values]) -> dict[str, str]:
        """What these records are called, by uid."""
        return {uid: str(known.get("name") or _("（没有名称）")) for uid, known in held.items()}

    def text_of(self, known: Mapping[str, Any], column: Column, index: RegionIndex) -> str:
        """What stands in a field, as a person would type it; another record or a region by its name."""
        return as_typed(column, known.get(column.name), names_of(known, [column], index))

    def meaning_of(self, known: Mapping[str, Any], column: Column, index: RegionIndex) -> str:
        """What stands in a field, as :meth:`read` surely takes it: other records and regions by uid."""
        named = names_of(known, [column], index).get(column.name)
        return str(known[column.name]) if named else self.text_of(known, column, index)

    def read(
        self, written: Mapping[str, Plain], known: Mapping[str, Any], today: dt.date, index: RegionIndex
    ) -> CellsRead:
        """What was typed into cells (by field name, "" empties) of a record as it is held."""
        raise NotImplementedError

    def forbidden_to_many(self, known: Values, changes: Changes) -> dict[str, str]:
        """What must not be done among many cells at once, and why, by field."""
        return {}

    def found_by(self, name: str, texts: Sequence[str]) -> dict[str, list[str]]:
        """The records (uids) that each of these texts names by a column of ``keys``."""
        found: dict[str, list[str]] = {}
        for uid, text in database.fetch_in(self.record, name, texts, ("uid", name)):
            found.setdefault(text, []).append(uid)
        return found

    def narrowed(self, uids: list[str], row: Mapping[str, str]) -> list[str]:
        """Of several records of one name those that the other columns of a row mean as well."""
        return uids
