""".xlsx and .xlsm: calamine first, openpyxl where it fails, and what neither tells from the sheet's XML."""

import zipfile
from collections.abc import Iterator

from python_calamine import CalamineWorkbook

from importers.workbook import native, zip_gate
from importers.workbook.opened import OpenSheet, ReadOptions
from importers.workbook.overlay import complete
from importers.workbook.refusals import Refusal, Told
from importers.workbook.sheet import ReadLimits
from importers.workbook.sheet_part import SheetPart, scan
from importers.workbook.xlsx_package import readable, shared_strings_plausible, sheet_parts, unlisted_sheets

# openpyxl takes longer to import than most workbooks to read, and is rarely needed

#: calamine holds a sheet as a dense block of 32 bytes a cell; above this the slower reader goes row by row
DENSE_CELLS = 16_000_000


def read_xlsx(data: bytes, options: ReadOptions, macros: bool = False) -> Iterator[OpenSheet]:
    """The worksheets of a package, one after the other. Refusal when it is damaged or hostile."""
    with zip_gate.open_zip(data) as archive:
        zip_gate.check(archive, len(data))
        data = readable(data, archive)
    with zip_gate.open_zip(data) as archive:
        try:
            book = None if options.careful or not shared_strings_plausible(archive) else native.open_native(data)
        except native.NativeError:
            book = None
        parts = sheet_parts(archive)
        notes: list[Told] = [("macros", {})] if macros else []
        if unlisted := unlisted_sheets(archive, parts, len(native.sheets_of(book)) if book else len(parts)):
            notes.append(("sheets-unlisted", {"count": unlisted}))
        if book is None:
            from importers.workbook.row_by_row import read_row_by_row

            sheets = read_row_by_row(data, archive, parts, options)
        else:
            sheets = _read(book, data, archive, parts, options)
        for at, sheet in enumerate(sheets):
            if at == 0:
                sheet.notes += notes
            yield sheet


def _read(
    book: CalamineWorkbook,
    data: bytes,
    archive: zipfile.ZipFile,
    parts: dict[str, zipfile.ZipInfo],
    options: ReadOptions,
) -> Iterator[OpenSheet]:
    for index, meta in enumerate(native.sheets_of(book)):
        sheet = OpenSheet(meta.name, index, native.is_hidden(meta))
        if index < options.skip_sheets or (sheet.hidden and not options.hidden_sheets):
            yield sheet
            continue
        try:
            part = scan(archive, parts[meta.name]) if meta.name in parts else SheetPart()
            _load(book, data, sheet, part, options.limits)
            complete(sheet, part)
        except Refusal:
            sheet.refused = ("sheet-damaged", {"sheet": sheet.name})
        yield sheet


def _load(book: CalamineWorkbook, data: bytes, sheet: OpenSheet, part: SheetPart, limits: ReadLimits) -> None:
    try:
        # of two rows with one number the native reader keeps one
        if part.declared_cells > DENSE_CELLS or not part.in_order:
            raise native.NativeError
        native.load(book, sheet, limits)
    except native.NativeError:
        from importers.workbook.row_by_row import load_row_by_row

        load_row_by_row(data, sheet, part, limits)
