"""How these tests speak: the rows of a sheet go in, and what was understood, or would be written, comes out."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from importers.columns.tables import tables
from importers.plan import making
from importers.plan.steps import Create, Plan, Step
from importers.rows.decisions import Decisions
from importers.rows.understanding import SheetView, view
from importers.workbook.sheet import Merged, Sheet, SheetHead, SheetRow
from models.records.region import load_index

TODAY = dt.date(2026, 11, 22)
#: Invented people with right check digits, and firms with right check characters.
IDS = ("500106197102029132", "500106197203039241", "500106197304049377", "500106197405059486", "50010619750606951X")
PEOPLE = ("钱峻岭", "孙渝生", "李柏青", "周晴绮", "吴砚秋")
FIRMS = ("重庆砚屿峻岭有限公司", "重庆砚屿渝生有限公司", "重庆砚屿柏青有限公司")
CODES = ("91500106MA00000017", "91500106MA0000002A", "91500106MA0000003D")


def views(*rows: Sequence[Any], merged: Sequence[Merged] = (), name: str = "Sheet1") -> list[SheetView]:
    """Understand a sheet written as a person sees it from row 1 on; merged ranges: rows from 1, columns from 0."""
    made = [SheetRow(number, list(values)) for number, values in enumerate(rows, 1)]
    made = [row for row in made if any(value is not None for value in row.values)]
    head = SheetHead("名册.xlsx", name, 0, False, "xlsx", tuple(merged))
    return [view(each, Decisions(), None, TODAY) for each in tables(Sheet(head, made))]


def one(*rows: Sequence[Any], **options: Any) -> SheetView:
    """The same where the sheet is one table."""
    [seen] = views(*rows, **options)
    return seen


def values(seen: SheetView, *names: str) -> list[Any]:
    """The stored values of a field in each row; tuples for several fields."""
    if len(names) == 1:
        return [row.value(names[0]) for row in seen.rows]
    return [tuple(row.value(name) for name in names) for row in seen.rows]


def codes(seen: SheetView) -> list[tuple[int, str, str]]:
    """(row, field, problem) of everything told, notes too."""
    return [(row.number, each.column, each.code) for row in seen.rows for each in row.problems]


def fields(seen: SheetView) -> dict[str, str]:
    """Header → field of the columns that are used."""
    assert seen.mapping is not None
    return {match.header: match.field for match in seen.mapping.matches if match.field}


def unused(seen: SheetView) -> list[str]:
    """The headers that are told as not used."""
    assert seen.mapping is not None
    return list(seen.mapping.unmapped)


def planned(*rows: Sequence[Any], **options: Any) -> Plan:
    """The plan of a sheet in the open register."""
    return making.make(views(*rows, **options), load_index(TODAY), None, TODAY)


def written(step: Step) -> list[tuple[str, dict[str, Any]]]:
    """What a step creates: the kind of record and its values, those that name other records left out."""
    left_out = ("uid", "subject", "worker", "employer", "union", "region", "verified")
    return [
        (
            write.record.__name__,
            {name: value for name, value in write.values.items() if name not in left_out and value is not None},
        )
        for write in step.writes
        if isinstance(write, Create)
    ]
