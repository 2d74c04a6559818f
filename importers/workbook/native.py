"""Reading through calamine, the fast native reader, for .xlsx, .xlsb and .xls.

It may raise ``PanicException``, which is no ``Exception``, or take the whole process down: only the reading child
calls it.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from importers.workbook import zip_gate
from importers.workbook.opened import OpenSheet, ReadOptions, filled
from importers.workbook.refusals import Refusal, Told
from importers.workbook.sheet import Merged, ReadLimits, SheetRow

if TYPE_CHECKING:
    from python_calamine import SheetMetadata


class NativeError(Exception):
    """Calamine cannot read this workbook or sheet; another library may."""


def open_native(data: bytes) -> CalamineWorkbook:
    """Open a workbook held in memory, whatever its name; NativeError when calamine cannot."""
    try:
        return CalamineWorkbook.from_object(io.BytesIO(data))
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # PanicException is a BaseException
        raise NativeError from error


def read_native(data: bytes, options: ReadOptions) -> Iterator[OpenSheet]:
    """The sheets of a container that only calamine reads (.xlsb). Refusal when it cannot."""
    with zip_gate.open_zip(data) as archive:
        zip_gate.check(archive, len(data))
        if options.careful:
            raise Refusal("damaged")
        for entry in archive.infolist():
            for _piece in zip_gate.pieces(archive, entry, 1 << 20):  # to the end, for its checksum
                pass
    try:
        book = open_native(data)
    except NativeError as error:
        raise Refusal("damaged") from error
    yield from native_sheets(book, options)


def native_sheets(book: CalamineWorkbook, options: ReadOptions) -> Iterator[OpenSheet]:
    """The sheets of an open workbook, each loaded when its turn comes; one that cannot be read is refused alone."""
    for index, meta in enumerate(sheets_of(book)):
        sheet = OpenSheet(meta.name, index, is_hidden(meta))
        if options.hidden_sheets or not sheet.hidden:
            try:
                load(book, sheet, options.limits)
            except NativeError:
                sheet.refused = ("sheet-damaged", {"sheet": sheet.name})
        yield sheet


def sheets_of(book: CalamineWorkbook) -> list[SheetMetadata]:
    """The worksheets and their visibility; charts and macro sheets hold no table."""
    return [sheet for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]


def is_hidden(sheet: SheetMetadata) -> bool:
    """True for hidden and very hidden sheets."""
    return sheet.visible != SheetVisibleEnum.Visible


def load(book: CalamineWorkbook, opened: OpenSheet, limits: ReadLimits) -> None:
    """Fill a sheet's rows, height and merged ranges, or refuse it when it is too wide; NativeError as above."""
    try:
        sheet = book.get_sheet_by_name(opened.name)
        merged = sheet.merged_cell_ranges or []
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # PanicException is a BaseException
        raise NativeError from error
    opened.merged = tuple(_merged(*corners) for corners in merged)
    if sheet.start is None or sheet.end is None:
        return
    opened.height = sheet.end[0] + 1
    if sheet.end[1] >= limits.columns:
        opened.refused = _too_wide(sheet, limits)
    if opened.refused is None:
        opened.rows = _rows(sheet)


def _merged(start: tuple[int, int], end: tuple[int, int]) -> Merged:
    return start[0] + 1, start[1], end[0] + 1, end[1]


def _too_wide(sheet: CalamineSheet, limits: ReadLimits) -> Told | None:
    """Far columns that hold nothing but white space are cut, not refused."""
    if max((len(row.values) for row in _rows(sheet)), default=0) <= limits.columns:
        return None
    return "too-wide", {"sheet": sheet.name, "limit": limits.columns}


def _rows(sheet: CalamineSheet) -> Iterator[SheetRow]:
    """``iter_rows`` begins at row 1 but leaves out the empty columns before the first used one."""
    return filled(sheet.iter_rows(), sheet.start[1] if sheet.start else 0)
