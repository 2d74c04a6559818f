"""Putting what a sheet's records or XML tell beside what a library gave: hidden rows, error texts, notes."""

from collections.abc import Iterable, Iterator

from importers.workbook.opened import OpenSheet
from importers.workbook.sheet import SheetRow, trim
from importers.workbook.sheet_part import SheetPart


def complete(sheet: OpenSheet, part: SheetPart) -> None:
    """Add the findings to a sheet that is about to be read."""
    tell(sheet, part)
    if part.hidden_rows or part.errors:
        sheet.rows = _overlaid(sheet.rows, part)


def tell(sheet: OpenSheet, part: SheetPart) -> None:
    """Add what is to be told of a sheet."""
    if not part.whole:
        sheet.notes.append(("sheet-cut", {}))
    if part.hidden_rows:
        sheet.notes.append(("hidden-rows", {"count": len(part.hidden_rows)}))
    if part.unsaved:
        sheet.notes.append(("unsaved-formulas", {"count": len(part.unsaved), "row": part.unsaved[0][0]}))
        sheet.unsaved = tuple(part.unsaved)


def _overlaid(rows: Iterable[SheetRow], part: SheetPart) -> Iterator[SheetRow]:
    """Mark hidden rows, and write the error texts (#N/A) that calamine gives as blanks."""
    for row in _with_error_rows(rows, part):
        values = row.values
        for column, text in part.errors.get(row.number, {}).items():
            values += [None] * (column + 1 - len(values))
            values[column] = text
        yield SheetRow(row.number, trim(values), row.number in part.hidden_rows)


def _with_error_rows(rows: Iterable[SheetRow], part: SheetPart) -> Iterator[SheetRow]:
    """The rows, and between them the ones that hold nothing but errors."""
    waiting = sorted(part.errors, reverse=True)
    for row in rows:
        while waiting and waiting[-1] <= row.number:
            number = waiting.pop()
            if number < row.number:
                yield SheetRow(number, [])
        yield row
    for number in reversed(waiting):
        yield SheetRow(number, [])
