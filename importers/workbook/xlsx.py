""".xlsx and .xlsm: rows by their shape, calamine where they have none, openpyxl where that fails, and what none of them tells."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from importers.workbook import native, zip_gate
from importers.workbook.alike import ShapeReader
from importers.workbook.alike_texts import NotAlike, SharedTexts
from importers.workbook.looks import Looks, looks
from importers.workbook.opened import OpenSheet, ReadOptions
from importers.workbook.overlay import complete, tell
from importers.workbook.refusals import Refusal, Told
from importers.workbook.sheet import Columns, ReadLimits
from importers.workbook.sheet_part import SheetPart, blocks, scan
from importers.workbook.xlsx_package import (
    entry_of,
    made_of,
    readable,
    shared_strings_plausible,
    sheet_parts,
    unlisted_sheets,
)

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

# openpyxl takes longer to import than most workbooks to read, and is rarely needed

#: calamine holds a sheet as a dense block of 32 bytes a cell; above this the slower reader goes row by row
DENSE_CELLS = 16_000_000


@dataclass(frozen=True)
class OpenPackage:
    """An open workbook: its bytes, its entries, its sheets' parts by name."""

    data: bytes
    archive: zipfile.ZipFile
    parts: dict[str, zipfile.ZipInfo]

    @cached_property
    def book(self) -> CalamineWorkbook:
        """The workbook in the native reader, opened when a sheet needs it; NativeError when it cannot be."""
        if not shared_strings_plausible(self.archive):
            raise native.NativeError
        return native.open_native(self.data)

    @cached_property
    def texts(self) -> SharedTexts:
        """The texts that its cells share."""
        return SharedTexts(self.archive, entry_of(self.archive, "xl/sharedstrings.xml"))


def read_xlsx(data: bytes, options: ReadOptions, macros: bool = False) -> Iterator[OpenSheet]:
    """The worksheets of a package, one after the other. Refusal when it is damaged or hostile."""
    with zip_gate.open_zip(data) as archive:
        zip_gate.check(archive, len(data))
        data = readable(data, archive)
    with zip_gate.open_zip(data) as archive:
        parts = sheet_parts(archive)
        package = OpenPackage(data, archive, parts)
        try:
            seen = None if options.careful else looked_at(package)
        except native.NativeError:
            seen = None
        notes: list[Told] = [("macros", {})] if macros else []
        if unlisted := unlisted_sheets(archive, parts, len(seen.sheets) if seen else len(parts)):
            notes.append(("sheets-unlisted", {"count": unlisted}))
        if seen is None:
            from importers.workbook.row_by_row import read_row_by_row

            sheets = read_row_by_row(data, archive, parts, options)
        else:
            sheets = _read(package, seen, options)
        made = made_of(archive)
        for sheet in sheets:
            sheet.made = made
            if sheet.index == 0:
                sheet.notes += notes
            yield sheet


def looked_at(package: OpenPackage) -> Looks:
    """What the native reader says of the package; where its sheets cannot be told apart from it, of the whole of it."""
    if package.parts:
        return looks(package.archive, package.parts)
    return Looks(native.sheets_of(package.book), [])


def _read(package: OpenPackage, seen: Looks, options: ReadOptions) -> Iterator[OpenSheet]:
    for index, meta in enumerate(seen.sheets):
        sheet = OpenSheet(meta.name, index, native.is_hidden(meta))
        if index < options.skip_sheets or (sheet.hidden and not options.hidden_sheets):
            yield sheet
            continue
        if meta.name in package.parts:
            sheet.columns = by_shape(sheet, package, seen, options.limits)
            yield sheet
            if not sheet.again:
                continue
            sheet = OpenSheet(meta.name, index, sheet.hidden)
        by_library(package, sheet, options.limits)
        yield sheet


def by_shape(sheet: OpenSheet, package: OpenPackage, seen: Looks, limits: ReadLimits) -> Iterator[Columns]:
    """The rows of a sheet by their shape; where they have none, or it is damaged, the sheet begins anew."""
    reader = ShapeReader(package.texts, seen, limits)
    try:
        for rows in reader.read(blocks(package.archive, package.parts[sheet.name])):
            sheet.height = reader.found.declared_rows
            if rows.numbers:
                yield rows
    except (NotAlike, Refusal):
        sheet.again = True
        return
    sheet.merged = tuple(reader.found.merged)
    reader.found.unsaved.sort()
    tell(sheet, reader.found)


def by_library(package: OpenPackage, sheet: OpenSheet, limits: ReadLimits) -> None:
    """Read a sheet with a library. One that none can read is refused alone."""
    try:
        part = scan(package.archive, package.parts[sheet.name]) if sheet.name in package.parts else SheetPart()
        try:
            # of two rows with one number the native reader keeps one
            if part.declared_cells > DENSE_CELLS or not part.in_order:
                raise native.NativeError
            native.load(package.book, sheet, limits)
        except native.NativeError:
            from importers.workbook.row_by_row import load_row_by_row

            load_row_by_row(package.data, sheet, part, limits)
        complete(sheet, part)
    except Refusal:
        sheet.refused = ("sheet-damaged", {"sheet": sheet.name})
