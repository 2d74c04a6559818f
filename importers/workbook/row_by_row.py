"""Reading an .xlsx through openpyxl, row by row: slower, but it forgives more, and no sheet is too large to be held."""

import io
import zipfile
from collections.abc import Iterator
from functools import lru_cache

import openpyxl

from importers.sheet import Limits, SheetRow
from importers.workbook.opened import OpenSheet, Options, filled
from importers.workbook.overlay import complete
from importers.workbook.refusals import Refusal
from importers.workbook.sheet_part import SheetPart, scan


def read_row_by_row(
    data: bytes, archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], options: Options
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


def load_row_by_row(data: bytes, sheet: OpenSheet, part: SheetPart, limits: Limits) -> None:
    """Fill a sheet's rows, height and merged ranges; Refusal "damaged" when openpyxl cannot read it either."""
    try:
        worksheet = _open(data)[sheet.name]
        # the declared size may lie in both directions
        worksheet.reset_dimensions()
    except (KeyError, AttributeError) as error:
        raise Refusal("damaged") from error
    sheet.height = part.last_row
    sheet.merged = tuple(part.merged)
    sheet.rows = _checked(worksheet.iter_rows(values_only=True), sheet.name, limits)


def _checked(rows: Iterator[tuple[object, ...]], name: str, limits: Limits) -> Iterator[SheetRow]:
    """Rows as they come, judged while they come: this way is taken when a sheet is too large to be held."""
    try:
        for row in filled(_until(rows, name, limits)):
            if len(row.values) > limits.columns:
                raise Refusal("too-wide", sheet=name, limit=limits.columns)
            yield row
    except (Refusal, MemoryError):
        raise
    except Exception as error:  # as above
        raise Refusal("damaged") from error


def _until(rows: Iterator[tuple[object, ...]], name: str, limits: Limits) -> Iterator[tuple[object, ...]]:
    """A row number of four thousand million would be four thousand million empty rows."""
    for number, row in enumerate(rows, 1):
        if number > limits.rows:
            raise Refusal("too-long", sheet=name, limit=limits.rows)
        yield row
