""".xls and .et: BIFF5–8 through calamine, xlrd where it fails; BIFF2–4, which calamine does not know, through xlrd."""

import datetime as dt
import os
from collections.abc import Iterator

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.book import Book
from xlrd.sheet import Sheet as XlrdSheet

from importers.workbook import biff, native
from importers.workbook.opened import OpenSheet, ReadOptions, filled, widest
from importers.workbook.overlay import complete
from importers.workbook.refusals import Refusal
from importers.workbook.sheet import ReadLimits
from importers.workbook.sheet_part import SheetPart


def read_xls(data: bytes, options: ReadOptions) -> Iterator[OpenSheet]:
    """The worksheets of a BIFF workbook in an OLE file. A password is settled before (``password.py``)."""
    found = biff.scan(biff.workbook_stream(data))
    try:
        # xlrd is ten times slower, but it knows the date formats of Chinese Excel, and texts of two bytes a character
        patient = options.careful or found.chinese_dates or found.code_page
        book = None if patient else native.open_native(data)
    except native.NativeError:
        book = None
    if book is None:
        yield from read_with_xlrd(data, options, found.parts)
        return
    sheets = native.sheets_of(book)
    parts = found.parts if len(found.parts) == len(sheets) else [SheetPart(whole=False) for _ in sheets]
    for sheet, part in zip(native.native_sheets(book, options), parts, strict=True):
        if sheet.refused is None and (options.hidden_sheets or not sheet.hidden):
            complete(sheet, part)
        yield sheet


def read_with_xlrd(data: bytes, options: ReadOptions, parts: list[SheetPart]) -> Iterator[OpenSheet]:
    """The same through xlrd, which reads every BIFF version, in pure Python. Refusal when it cannot."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere:  # noqa: PTH123 - it prints warnings, and stdout is ours
        try:
            book = xlrd.open_workbook(file_contents=data, logfile=nowhere, ragged_rows=True)
        except MemoryError:
            raise
        except Exception as error:  # xlrd raises many kinds for damaged files
            raise Refusal("damaged") from error
        for index, source in enumerate(book.sheets()):
            sheet = OpenSheet(source.name, index, source.visibility != 0)
            if index >= options.skip_sheets and (options.hidden_sheets or not sheet.hidden):
                _fill(sheet, source, book, options.limits)
                if sheet.refused is None and index < len(parts):
                    complete(sheet, SheetPart(hidden_rows=parts[index].hidden_rows, whole=parts[index].whole))
            yield sheet


def _fill(sheet: OpenSheet, source: XlrdSheet, book: Book, limits: ReadLimits) -> None:
    rows = list(filled(_values(source, book)))
    sheet.height = source.nrows
    sheet.merged = tuple((top + 1, left, bottom, right - 1) for top, bottom, left, right in source.merged_cells)
    if widest(rows) > limits.columns:
        sheet.refused = ("too-wide", {"sheet": sheet.name, "limit": limits.columns})
    else:
        sheet.rows = rows


def _values(source: XlrdSheet, book: Book) -> Iterator[list[object]]:
    for number in range(source.nrows):
        cells = zip(source.row_types(number), source.row_values(number), strict=True)
        yield [_value(kind, value, book.datemode) for kind, value in cells]


def _value(kind: int, value: object, datemode: int) -> object:
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR and isinstance(value, int):
        return error_text_from_code.get(value, "#N/A")
    if kind == xlrd.XL_CELL_DATE and isinstance(value, float):
        return _moment(value, datemode)
    return value


def _moment(value: float, datemode: int) -> object:
    """A number formatted as a date that is no date (negative, too large) stays the number that it is."""
    try:
        if 0 <= value < 1:
            return (dt.datetime(1900, 1, 1) + dt.timedelta(days=value)).time().replace(microsecond=0)
        return xlrd.xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError, xlrd.XLDateError):
        return value
