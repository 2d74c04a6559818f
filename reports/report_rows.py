"""The rows of a report in a sheet: sections with their headings, and the rows that close them and go on counting."""

import re
from collections.abc import Iterator, Mapping, Sequence

from models.language import _
from reports.cells import LINE_POINTS, cell_text, header_style, notes_of, style_of, units_of
from reports.report import Align, Report, ReportColumn, Section
from reports.sheet_rows import RowWriter, letters

#: Room to sign below a table.
_SIGNATURE_POINTS = 40
_POINTS_PER_MM = 72 / 25.4
_COUNT = re.compile(r"-?(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,14})")
#: The same with a decimal, and a percentage; in a formula another cell of its section.
_DECIMAL = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]+)?%?")
#: So many of something: 12 人.
_COUNTED = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15}) (\D+)")
_OTHER_CELL = re.compile(r"R([0-9]+)C([0-9]+)")


def _lines(cells: Sequence[str], columns: Sequence[ReportColumn]) -> int:
    """How many lines a row of texts takes in a sheet, where none is cut."""
    return max(
        sum(-(-max(1, units_of(line)) // max(2, int(column.width * 2))) for line in text.split("\n"))
        for text, column in zip(cells, columns, strict=True)
    )


#: The styles of the rows of a report, by their places in the marked row.
_HEADING, _HEADER, _WHOLE, _WITH_DECIMAL, _PERCENT, _LEFT, _CENTER, _RIGHT, _NOTES = range(9)
_SUM, _SUM_WHOLE, _SUM_DECIMAL, _SUM_COUNT = range(9, 13)
_PLACES: dict[Align, int] = {"left": _LEFT, "center": _CENTER, "right": _RIGHT}


def report_styles(report: Report) -> list[dict[str, object]]:
    """The styles of all rows, in the order in which they stand in the marked row."""
    numbers = [style_of(align="right", border=1) | {"num_format": each} for each in ("#,##0", "#,##0.0", '0.0"%"')]
    texts = [style_of(align=each, border=1, text_wrap=True) for each in _PLACES]
    counted = [found[2] for sums in _all_sums(report) for text in sums if (found := _COUNTED.fullmatch(text))]
    unit = '#,##0" {}"'.format(counted[0].replace('"', "")) if counted else "#,##0"
    closing = [style_of(bold=True, border=1, align="left" if each in ("@", unit) else "right") | {"num_format": each}
        for each in ("@", "#,##0", "#,##0.00", unit)]
    return [style_of(bold=True), header_style(), *numbers, *texts, style_of(size=9), *closing]


def _all_sums(report: Report) -> list[Sequence[str]]:
    """The rows that close the sections, and the one that closes the table."""
    return [each for each in (*(section.sums for section in report.sections), report.sums) if each]


def rows_of_sections(report: Report) -> int:
    """How many rows stand below the header."""
    found = bool(report.footnotes) + bool(report.sums) + bool(report.below and report.signatures)
    for section in report.sections:
        found += bool(section.heading or section.totals) + _has_titles(section) + len(section.bars) + len(section.rows)
        found += bool(section.sums)
    return found


def _has_titles(section: Section) -> bool:
    return bool(section.rows) and any(column.title for column in section.columns)


def _formula(formulas: Mapping[tuple[int, int], str], row: int, column: int, top: int) -> str:
    """The formula of a cell in the sheet, "" for none; ``top`` is the sheet's row of the section's first one."""
    text = formulas.get((row - top, column), "")
    return _OTHER_CELL.sub(lambda found: f"{letters(int(found[2]))}{top + int(found[1]) + 1}", text)


def _counting(writer: RowWriter, cell: tuple[int, int], text: str, formula: str) -> str:
    """A number, or a formula with the number that it comes to now; what is no number stays a text."""
    known = float(text.replace(",", "").rstrip("%")) if _DECIMAL.fullmatch(text) else None
    style = _PERCENT if text.endswith("%") else _WITH_DECIMAL if "." in text else _WHOLE
    if formula:
        return writer.formula(*cell, formula, known, style)
    return writer.number(*cell, known, style) if known is not None else writer.text(*cell, cell_text(text), style)


def report_rows(writer: RowWriter, report: Report, row: int) -> Iterator[str]:
    """The sections from the sheet's ``row`` on. Counts in right-aligned columns become numbers."""
    first = row
    for section in report.sections:
        if section.heading or section.totals:
            told = "　".join(part for part in (section.heading, section.totals) if part)
            yield writer.row(row, [writer.text(row, 0, cell_text(told), _HEADING)])
            row += 1
        if _has_titles(section):
            titles = (column.title for column in report.columns_of(section))
            yield writer.row(row, [writer.text(row, place, cell_text(title), _HEADER) for place, title in enumerate(titles)])
            row += 1
        for bar in section.bars:
            yield writer.row(row, [writer.text(row, 0, cell_text(bar.label), _LEFT), _counting(writer, (row, 1), bar.text, "")])
            row += 1
        yield from _section_rows(writer, report, section, row)
        row += len(section.rows)
        if section.sums:
            yield writer.row(row, _sum_cells(writer, section.sums, report.columns_of(section), row - len(section.rows), row))
            row += 1
    if report.sums:
        yield writer.row(row, _sum_cells(writer, report.sums, report.columns, first, row))
        row += 1
    if report.below and report.signatures:
        told = "　　　　　　".join(label + _("：") for label in report.signatures)
        yield writer.row(row, [writer.text(row, 0, cell_text(told), _HEADING)], _SIGNATURE_POINTS)
        row += 1
    if report.footnotes:
        yield writer.row(row, [writer.text(row, 0, cell_text(notes_of(report)), _NOTES)])


def _sum_cells(writer: RowWriter, sums: Sequence[str], columns: Sequence[ReportColumn], first: int, row: int) -> list[str]:
    """A closing row at ``row`` over those from ``first`` on: numbers at the right go on adding up, a count goes on counting.

    SUBTOTAL passes over the closing rows in between, and over rows that a filter hides.
    """
    cells = []
    for place, (text, column) in enumerate(zip(sums, columns, strict=True)):
        span, counted = f"{letters(place)}{first + 1}:{letters(place)}{row}", _COUNTED.fullmatch(text)
        if row > first and column.align == "right" and _DECIMAL.fullmatch(text):
            style = _SUM_DECIMAL if "." in text else _SUM_WHOLE
            cells.append(writer.formula(row, place, f"SUBTOTAL(9,{span})", float(text.replace(",", "")), style))
        elif row > first and counted and column.align != "right":
            number = float(counted[1].replace(",", ""))
            cells.append(writer.formula(row, place, f"SUBTOTAL(102,A{first + 1}:A{row})", number, _SUM_COUNT))
        else:
            cells.append(writer.text(row, place, cell_text(text), _SUM))
    return cells


def _section_rows(writer: RowWriter, report: Report, section: Section, top: int) -> Iterator[str]:
    columns = report.columns_of(section)
    styles = [_HEADER if column.label else _PLACES[column.align] for column in columns]
    for row, cells in enumerate(section.rows, start=top):
        written = []
        for number, (text, column) in enumerate(zip(cells, columns, strict=True)):
            if (section.formulas or section.sums or report.sums) and column.align == "right":
                written.append(_counting(writer, (row, number), text, _formula(section.formulas, row, number, top)))
            elif (column.align == "right" or ((section.sums or report.sums) and number == 0)) and _COUNT.fullmatch(text):
                written.append(writer.number(row, number, int(text.replace(",", "")), _WHOLE))
            else:
                written.append(writer.text(row, number, cell_text(text), styles[number]))
        high = report.row_height > Report.row_height
        points = max(report.row_height * _POINTS_PER_MM, _lines(cells, columns) * LINE_POINTS) if high else None
        yield writer.row(row, written, points)
