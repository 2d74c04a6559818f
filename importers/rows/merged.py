"""Cells merged over several rows: what they say is said of each row; or the rows are one record over several lines."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from importers.columns.row_roles import NAMES, judge
from importers.rows.cells import plain
from importers.rows.parts import UnderstoodRows
from importers.rows.rows import RowWay
from importers.workbook.sheet import Merged, SheetRow
from models.values.columns import Plain
from models.values.id_kinds import CreditCode, IdNumber, Phone
from models.values.kinds import Count
from models.values.masking import quote
from models.values.problems import Problem, problem

#: What a merged cell never says of another row than its first: a unit's own code is the code of the unit named beside it.
_OWN = {
    "workers": ("name", "id_number", "phone", "member_number"),
    "employers": ("name", "credit_code", "phone"),
    "unions": ("credit_code", "phone"),
    "headcounts": (),
    "officers": ("name", "post", "phone", "id_number"),
    "ledger": ("quantity", "done", "people", "amount"),
    "sites": ("quantity",),
    "regions": ("name",),
}
#: Lists in which several rows under one merged name are one record; in the others one name has several rows.
_ONE_RECORD = frozenset(("workers", "employers"))


class Spread(NamedTuple):
    """The rows with their merged cells in each of them, and what must be told: row number → problems."""

    rows: Sequence[SheetRow]
    told: dict[int, list[Problem]]


class _Span(NamedTuple):
    top: int
    bottom: int
    column: int


def spans_of(merged: Sequence[Merged], way: RowWay) -> list[_Span]:
    """The merged cells below the header that go over several rows of a column that is used."""
    used = {match.index for match in way.mapping.matches if match.field}
    return [
        _Span(top, bottom, column)
        for top, column, bottom, _right in merged
        if bottom > top >= way.header.first_data and column in used
    ]


def spread(rows: Sequence[SheetRow], merged: Sequence[Merged], way: RowWay) -> Spread:
    """The rows of a sheet as their merged cells mean them."""
    spans = spans_of(merged, way)
    if not spans:
        return Spread(rows, {})
    told: dict[int, list[Problem]] = {}
    by_number = {row.number: row for row in rows}
    continued = dict(_continued(spans, by_number, way))
    made = {number: list(row.values) for number, row in by_number.items()}
    for number, first in continued.items():
        _take_over(made[first], made[number], way)
        told.setdefault(first, []).extend(_left(made[first], made[number], number, way))
    role = judge(way.header, way.mapping, way.form)
    for span in spans:
        records = [
            number
            for number in range(span.top, span.bottom + 1)
            if number in by_number and number not in continued and role(by_number[number].values) == "record"
        ]
        _say(span, records, made, told, way)
    changed = [SheetRow(row.number, made[row.number], row.hidden) for row in rows if row.number not in continued]
    return Spread(changed, {number: each for number, each in told.items() if each})


def tell(found: UnderstoodRows, told: dict[int, list[Problem]]) -> None:
    """Give the rows what is to be told of their merged cells."""
    for place, number in enumerate(found.numbers() if told else ()):
        if number in told:
            found.tell(place, told[number])


def _field(column: int, way: RowWay) -> str:
    return next((match.field or "" for match in way.mapping.matches if match.index == column), "")


def _continued(spans: Sequence[_Span], by_number: dict[int, SheetRow], way: RowWay) -> Iterator[tuple[int, int]]:
    """(row, first row) of records over several rows: the name is merged over them, and they have no number of their own."""
    if way.form.kind not in _ONE_RECORD:
        return
    main = way.mapping.of(NAMES[way.form.kind][0])
    own = [way.mapping.of(name) for name in ("id_number", "credit_code")]
    for span in spans:
        if span.column != main or span.top not in by_number:
            continue
        for number in range(span.top + 1, span.bottom + 1):
            row = by_number.get(number)
            if row is not None and not any(index is not None and _cell(row.values, index) for index in (main, *own)):
                yield number, span.top


def _cell(values: Sequence[Plain], index: int) -> Plain:
    return plain(values[index]) if index < len(values) else None


def _take_over(first: list[Plain], below: Sequence[Plain], way: RowWay) -> None:
    """Put what a record's further rows say into its first: phones beside its phones, anything else where that is blank."""
    for match in way.mapping.matches:
        value = _cell(below, match.index)
        if not match.field or value is None:
            continue
        first += [None] * (match.index + 1 - len(first))
        held = _cell(first, match.index)
        if held is None:
            first[match.index] = value
        elif isinstance(way.form.by_name[match.field].column.kind, Phone):
            first[match.index] = f"{held}、{value}"


def _left(first: Sequence[Plain], below: Sequence[Plain], number: int, way: RowWay) -> Iterator[Problem]:
    """What a record's further row says and its first row says otherwise."""
    for match in way.mapping.matches:
        value, held = _cell(below, match.index), _cell(first, match.index)
        if not match.field or value is None or str(value) in str(held):
            continue
        private = isinstance(way.form.by_name[match.field].column.kind, (IdNumber, CreditCode))
        yield problem("row-continued", match.field, row=number, written="…" if private else quote(value))


def _say(
    span: _Span, records: list[int], made: dict[int, list[Plain]], told: dict[int, list[Problem]], way: RowWay
) -> None:
    """Write one merged cell into each of its records, or tell that it cannot be divided among them."""
    value = _cell(made[span.top], span.column) if span.top in made else None
    name = _field(span.column, way)
    if value is None or len(records) < 2 or name in _OWN[way.form.kind]:
        return
    if isinstance(way.form.by_name[name].column.kind, Count):
        main = way.mapping.of(NAMES[way.form.kind][0])
        if main is None or len({str(_cell(made[number], main)) for number in records}) > 1:
            made[span.top][span.column] = None
            for number in records:
                told.setdefault(number, []).append(problem("count-merged", name))
        return
    for number in records:
        values = made[number]
        values += [None] * (span.column + 1 - len(values))
        if _cell(values, span.column) is None:
            values[span.column] = value
