"""Reading an .xlsx through openpyxl, row by row: slower, but it forgives more, and no sheet is too large to be held."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from functools import lru_cache

import openpyxl
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser

from importers.workbook.opened import OpenSheet, ReadOptions, settle_row
from importers.workbook.overlay import complete
from importers.workbook.refusals import Refusal
from importers.workbook.sheet import ReadLimits, SheetRow
from importers.workbook.sheet_part import SheetPart, scan


def read_row_by_row(
    data: bytes, archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], options: ReadOptions
) -> Iterator[OpenSheet]:
    """The worksheets of a package. Refusal "damaged" when openpyxl cannot open it either."""
    book = _open(data)
    for index, worksheet in enumerate(book.worksheets):
        sheet = OpenSheet(worksheet.title, index, worksheet.sheet_state != "visible")
        if index >= options.skip_sheets and (options.hidden_sheets or not sheet.hidden):
            try:
                part = scan(archive, parts[sheet.name]) if sheet.name in parts else SheetPart()
                load_row_by_row(data, sheet, part, options.limits)
                complete(sheet, part)
            except Refusal:
                sheet.refused = ("sheet-damaged", {"sheet": sheet.name})
        yield sheet


@lru_cache(maxsize=1)  # the workbook of this child, opened once for all its sheets
def _open(data: bytes) -> openpyxl.Workbook:
    try:
        return openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    except MemoryError:
        raise
    except Exception as error:  # nine kinds of exceptions were seen for damaged files
        raise Refusal("damaged") from error


def load_row_by_row(data: bytes, sheet: OpenSheet, part: SheetPart, limits: ReadLimits) -> None:
    """Fill a sheet's rows, height and merged ranges; Refusal "damaged" when openpyxl cannot read it either."""
    book = _open(data)
    try:
        worksheet = book[sheet.name]
    except KeyError as error:
        raise Refusal("damaged") from error
    if not isinstance(worksheet, ReadOnlyWorksheet):
        raise Refusal("damaged")
    sheet.height = part.last_row
    sheet.merged = tuple(part.merged)
    sheet.rows = _checked(_rows(worksheet, book), sheet.name, limits)
    if not part.in_order:
        sheet.rows = _sorted(sheet.rows)


def _rows(worksheet: ReadOnlyWorksheet, book: openpyxl.Workbook) -> Iterator[tuple[int, dict[int, object]]]:
    """Row numbers and {column: value}, as the part has them: openpyxl's own way on from here drops what is out of order."""
    with worksheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            worksheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in parser.parse():
            if cells:
                # cells may have addresses where their row has no number
                parser.row_counter = cells[0]["row"]
            yield parser.row_counter if cells else number, {cell["column"]: cell["value"] for cell in cells}


def _checked(rows: Iterator[tuple[int, dict[int, object]]], name: str, limits: ReadLimits) -> Iterator[SheetRow]:
    """Rows as they come, judged while they come: this way is taken when a sheet is too large to be held."""
    try:
        for number, cells in rows:
            last = max((column for column, value in cells.items() if settle_row([value])), default=0)
            if last > limits.columns:
                raise Refusal("too-wide", sheet=name, limit=limits.columns)
            if not last:
                continue
            if not 0 < number <= limits.rows:
                raise Refusal("too-long", sheet=name, limit=limits.rows)
            yield SheetRow(number, settle_row(cells.get(column) for column in range(1, last + 1)))
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # as above
        raise Refusal("damaged") from error


def _sorted(rows: Iterable[SheetRow]) -> list[SheetRow]:
    """The rows by their numbers. Refusal "damaged" when two have the same."""
    kept = list(rows)
    found = {row.number: row for row in kept}
    if len(found) < len(kept):
        raise Refusal("damaged")
    return [found[number] for number in sorted(found)]
