"""The returned workbook as a new .xlsx: for whatever was no plain .xlsx, and for tables without a header."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from importers.returned.answers import COMMENTS, TITLES, WIDTHS, Answer, Answers
from importers.returned.comments import AUTHOR
from importers.workbook.sheet import Merged, SheetRow
from importers.workbook.writing import (
    AMBER,
    GREY,
    RED,
    harmless,
    new_workbook,
    put,
    sheet_name,
    styles_of,
    units,
)

_FROZEN_AT_MOST = 12
_SAMPLED = 200
_NARROWEST, _WIDEST = 6, 40


def write(path: Path, sheets: Sequence[Answers]) -> None:
    """Write the sheets that have something to tell: name, lines and header as they were, and the rows worth telling.

    UserError when the disk refuses.
    """
    with new_workbook(path) as book:
        pen = _Pen(book)
        for each in sheets:
            if each.told:
                _write_sheet(pen, each)


class _Pen:
    """The workbook being written, its styles by fill, and how many comments may still be made."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.names: set[str] = set()
        self.comments = COMMENTS
        self.by_fill = {"": styles_of(book)} | {fill: styles_of(book, bg_color=fill) for fill in (RED, AMBER)}
        self.header = styles_of(
            book, bold=True, bg_color=GREY, border=1, text_wrap=True, align="center", valign="vcenter"
        )
        self.reason = book.add_format({"text_wrap": True, "num_format": "@"})

    def comment(self, sheet: Any, row: int, column: int, text: str) -> None:
        """Hang a text on a cell, while there may be more."""
        if self.comments:
            self.comments -= 1
            sheet.write_comment(row, column, harmless(text), {"author": AUTHOR, "x_scale": 2, "font_size": 9})


def _write_sheet(pen: _Pen, told: Answers) -> None:
    sheet = pen.book.add_worksheet(sheet_name(told.plan.sheet, pen.names))
    below = _write_head(pen, told, sheet)
    _columns(pen, told, sheet)
    if below <= _FROZEN_AT_MOST:
        sheet.freeze_panes(below, 0)
    # thousands of green corners on ID numbers would hide the faulty cells
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for number, (row, answer) in enumerate(told, start=below):
        _write_row(pen, told, sheet, number, row, answer)


def _write_head(pen: _Pen, told: Answers, sheet: Any) -> int:
    """Write the lines and the header where they stood, and our titles beside them; returns the first place of the data."""
    header = told.header
    for row in told.sheet.rows:
        if row.number >= header.first_data:
            break
        in_header = row.number in header.rows
        styles = pen.header if in_header else pen.by_fill[""]
        _merge_within(sheet, row.number, told.sheet.head.merged, styles["text"])
        for column, value in enumerate(row.values):
            if value is not None and not (in_header and column in told.old):
                put(sheet, row.number - 1, column, value, styles)
        if row.number == told.title_row:
            _write_titles(pen, told, sheet, row.number - 1)
    if header.rows:
        return header.first_data - 1
    # a table without a header gets one, else our columns would be taken for theirs when it comes back
    for index, each in told.mapping.fields(told.form).items():
        put(sheet, header.first_data - 1, index, each.column.label, pen.header)
    _write_titles(pen, told, sheet, header.first_data - 1)
    return header.first_data


def _merge_within(sheet: Any, number: int, merged: Sequence[Merged], style: Any) -> None:
    """Merge a title's or a group's cells again, sideways only: groups are told by their width."""
    free = 0
    for _top, left, _bottom, right in sorted(each for each in merged if each[0] == number):
        if left >= free and right > left:
            sheet.merge_range(number - 1, left, number - 1, right, "", style)
            free = right + 1


def _write_titles(pen: _Pen, told: Answers, sheet: Any, row: int) -> None:
    for column, title in enumerate(TITLES, start=told.column):
        put(sheet, row, column, title, pen.header)


def _columns(pen: _Pen, told: Answers, sheet: Any) -> None:
    """Set widths by what stands in the columns, and the text format where a typed correction must stay text."""
    for column in range(told.column):
        title = told.header.texts[column] if column < len(told.header.texts) else ""
        cells = (row.values[column] for row in told.rows[:_SAMPLED] if column < len(row.values))
        widest = max([units(title), *(units(str(cell)) for cell in cells if cell is not None)])
        style = pen.by_fill[""]["text"] if column in told.as_text else None
        sheet.set_column(column, column, min(max(widest + 2, _NARROWEST), _WIDEST), style)
    for column, width in enumerate(WIDTHS, start=told.column):
        sheet.set_column(column, column, width)


def _write_row(pen: _Pen, told: Answers, sheet: Any, number: int, row: SheetRow, answer: Answer) -> None:
    """Write one row as it was sent, its faulty cells coloured, and our answer."""
    values, plain = row.values, pen.by_fill[""]
    for column in range(min(len(values), told.column)):
        value = values[column]
        if value is not None and column not in answer.faults and column not in told.old:
            put(sheet, number, column, value, plain, column in told.as_text)
    for column, (fill, text) in answer.faults.items():
        value = values[column] if column < len(values) else None
        put(sheet, number, column, value, pen.by_fill[fill], column in told.as_text)
        pen.comment(sheet, number, column, text)
    sheet.write_string(number, told.column, answer.result, pen.by_fill[answer.fill]["text"])
    sheet.write_string(number, told.column + 1, harmless(answer.reason), pen.reason)
    sheet.write_number(number, told.column + 2, row.number)
