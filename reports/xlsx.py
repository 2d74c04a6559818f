"""Sheets: a report as a workbook in the shape of the official form, plain lists as .xlsx, and as .csv where asked for.

Every text is written as text, so that ID numbers keep their digits and nothing that looks like a formula becomes one.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

from models.errors import UserError
from models.language import _, official
from models.own_files import WRITTEN, MadeAs
from models.progress import OnProgress
from models.uid import KEY_TITLE
from reports.cells import LINE_POINTS, cell_text, header_style, style_of, units_of
from reports.paper_page import Paper
from reports.report import Report, ReportColumn, group_runs, printable
from reports.report_rows import report_rows, report_styles, rows_of_sections
from reports.saving import check_target, saving
from reports.sheet_rows import PLAIN, Frame, RowWriter

#: What a sheet cell can hold.
Value = str | int | float | None

#: The rows of a list from which its columns have their widths.
_LOOKED_AT = 2_000
_MOST_ROWS = 1_048_576
_PAPERS: dict[Paper, int] = {"A4": 9, "A3": 8}
_MARGIN_INCHES = 15 / 25.4
#: A column of n Han characters is 2n units wide in a sheet, and a little for the cell's edges.
_UNITS_PER_CHARACTER, _UNITS_FOR_EDGES = 2, 1
_WIDEST = 60
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
#: A cell of a CSV that begins so is taken for a formula by spreadsheet programs; the full-width signs by Chinese ones.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n", "\r", "\0", "＝", "＋", "－", "＠")


def write_report(report: Report, path: Path, printed: str = "", overwrite: bool = False) -> None:
    """Write the report as a workbook that can be printed, filled in and read by others' importers.

    Title, totals and signature places stand above the header; below it are only rows, and the 填表说明 as the very last
    row, because known importers read up to the row before the last; no cell below the header is merged. A list that is
    ``below`` has its signature places under the row of its sums. ``printed`` is
    the time shown in the page foot. Raises UserError when the file cannot be saved.
    """
    check_target(path, overwrite)
    if report.sheet:
        one = replace(report.sheet, columns=())
        report = replace(report, columns=report.sheet.columns, sections=[one], sheet=None)
    last = rows_of_sections(report)
    _check_rows(last)
    content = io.BytesIO()
    columns = _widest_columns(report)
    with _workbook(content, report.title, "list" if report.read_back else "paper") as book:
        sheet = book.add_worksheet(_sheet_name(report.title))
        row = _preamble(book, sheet, report)
        if report.columns:
            row = _report_header(book, sheet, report.columns, row)
            sheet.repeat_rows(row - (2 if report.grouped else 1), row - 1)
        for number, column in enumerate(columns):
            sheet.set_column(number, number, column.width * _UNITS_PER_CHARACTER + _UNITS_FOR_EDGES)
        _print_settings(sheet, report, printed)
        for number, style in enumerate(report_styles(report)):
            sheet.write_blank(row, number, None, book.add_format(style))  # the marked row
    frame = Frame(content.getvalue(), row, len(columns))
    with saving(path, overwrite) as stream:
        frame.write(stream, report_rows(frame.writer, report, row), max(row + last - 1, 0), len(columns))


def write_table(
    path: Path,
    titles: Sequence[str],
    rows: Iterable[Sequence[Value]],
    text_columns: Iterable[int] = (),
    sheet_name: str = "",
    overwrite: bool = False,
    progress: OnProgress | None = None,
    keyed: bool = False,
    count: int | None = None,
) -> None:
    """Write a plain list: one header row, frozen and with a filter, then the rows.

    Texts stay texts; numbers are numbers, except in ``text_columns`` (positions from 0), where they become text too.
    ``keyed``: the last value of each row is the uid of its record, for a hidden last column by which the importer knows the
    rows again. ``count``: how many rows there will be; they are written as they come then, and never held.
    ``progress(done, total)`` counts rows. Raises UserError when the file cannot be saved or the list is too long.
    """
    check_target(path, overwrite)
    if count is None:
        rows = list(rows)
        count = len(rows)
    _check_rows(count + 1)
    coming = iter(rows)
    first = list(islice(coming, _LOOKED_AT))
    shown = [*titles, KEY_TITLE] if keyed else titles
    frame = _table_frame(shown, first, frozenset(text_columns), sheet_name, count, len(titles))
    with saving(path, overwrite) as stream:
        written = _table_rows(frame.writer, chain(first, coming), frozenset(text_columns), keyed)
        frame.write(stream, _counted(written, count, progress), count, len(shown))


def _table_frame(
    shown: Sequence[str], first: Sequence[Sequence[Value]], as_text: AbstractSet[int], sheet_name: str, count: int, plain: int
) -> Frame:
    """The sheet of a plain list without its rows: its ``shown`` titles, of which those from ``plain`` on are hidden keys."""
    content = io.BytesIO()
    with _workbook(content, sheet_name, "list" if len(shown) > plain else "paper") as book:
        sheet = book.add_worksheet(_sheet_name(sheet_name))
        text, header = book.add_format({"num_format": "@"}), book.add_format(header_style())
        for column, title in enumerate(shown):
            _text(sheet, 0, column, title, header)
            if column < plain:
                width = _widest((title, *(row[column] for row in first)))
                sheet.set_column(column, column, width, text if column in as_text else None)
            else:
                sheet.set_column(column, column, None, None, {"hidden": True})
        sheet.write_blank(1, 0, None, text)  # the marked row
        sheet.freeze_panes(1, 0)
        if shown:
            # over the keys too, so that sorting takes them along
            sheet.autofilter(0, 0, count, len(shown) - 1)
    return Frame(content.getvalue(), 1, len(shown))


def _table_rows(
    writer: RowWriter, rows: Iterable[Sequence[Value]], as_text: AbstractSet[int], keyed: bool
) -> Iterator[str]:
    for number, row in enumerate(rows, start=1):
        cells = []
        last = len(row) - 1 if keyed else -1
        for column, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, int | float) and column not in as_text and abs(value) < 10**15:
                cells.append(writer.number(number, column, value, PLAIN))
            else:
                cells.append(writer.text(number, column, cell_text(str(value)), PLAIN if column == last else 0))
        yield writer.row(number, cells)


def _counted(rows: Iterable[str], count: int, progress: OnProgress | None) -> Iterator[str]:
    for number, row in enumerate(rows, start=1):
        yield row
        if progress is not None and (number % 1000 == 0 or number == count):
            progress(number, count)


def write_csv(path: Path, titles: Sequence[str], rows: Iterable[Sequence[Value]], overwrite: bool = False) -> int:
    """Write a plain list as CSV (UTF-8 with BOM, CRLF), as it comes; returns how many cells were changed.

    A text that a spreadsheet program would take for a formula gets a ' in front (OWASP, CWE-1236): tell the person with
    :func:`csv_note`. Raises UserError when the file cannot be saved.
    """
    changed = 0
    with saving(path, overwrite) as stream:
        stream.write(codecs.BOM_UTF8)
        coming = chain([titles], rows)
        while some := list(islice(coming, _LOOKED_AT)):
            content = io.StringIO(newline="")
            writer = csv.writer(content, lineterminator="\r\n")
            for row in some:
                changed += sum(map(_is_formula_like, row))
                writer.writerow([_harmless(value) for value in row])
            stream.write(content.getvalue().encode())
    return changed


def csv_note(changed: int) -> str:
    """What a person must know about a CSV that was written, ``changed`` being what :func:`write_csv` returned."""
    note = _("用 Excel、WPS 直接打开 CSV 会丢失证件号码的后几位，请改用 xlsx，或以“导入文本”的方式打开。")
    if changed:
        note += _("有 {count} 个以 = + - @ 等开头的单元格前加了单引号，以免被当成公式。").format(count=changed)
    return note


def _is_formula_like(value: Value) -> bool:
    # Both are asked: a control character may itself be the danger, or hide the sign behind it.
    return isinstance(value, str) and any(text.startswith(_FORMULA_STARTS) for text in (value, printable(value)))


def _harmless(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    return "'" + printable(value) if _is_formula_like(value) else printable(value)


@official()
def _workbook(content: io.BytesIO, title: str, made: MadeAs) -> Any:
    import xlsxwriter  # a library that most commands never need

    # in_memory: xlsxwriter's temporary files would leave the rows unencrypted on the disk.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(content, options)
    book.set_properties({"title": printable(title)[:200], "author": _("建会通"), "category": WRITTEN[made]})
    return book


@official()
def _sheet_name(title: str) -> str:
    name = _NOT_IN_SHEET_NAMES.sub(" ", printable(title).replace("\n", " ").replace("\t", " ")).strip(" '")[:31]
    return name.strip(" '") or _("名单")


def _check_rows(count: int) -> None:
    if count > _MOST_ROWS - 10:
        raise UserError(_("一张工作表放不下 {count} 行，请按镇街或单位分开导出").format(count=count))


def _text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    if text:
        sheet.write_string(row, column, cell_text(text), style)
    else:
        sheet.write_blank(row, column, None, style)


def _widest(values: Iterable[Value]) -> float:
    """Width of a column in sheet units, from what stands in it; Han characters count two."""
    longest = max((units_of(str(value)) for value in values if value is not None), default=0)
    return min(longest + _UNITS_FOR_EDGES + 1, _WIDEST)


@official()
def _preamble(book: Any, sheet: Any, report: Report) -> int:
    """Title, organization and date, totals and signature places; returns the next free row."""
    last = len(_widest_columns(report)) - 1
    _merged(sheet, (0, 0, 0, last), report.title, book.add_format(style_of(size=18, align="center", bold=True)))
    sheet.set_row(0, 30)
    plain, right = book.add_format(style_of()), book.add_format(style_of(align="right"))
    organization = _("填报单位：{name}").format(name=report.organization) if report.organization else ""
    organization = "　　".join(part for part in (organization, report.scope) if part)
    day = _("填报日期：{day}").format(day=report.day) if report.day else ""
    row = 1
    row = _spread(sheet, row, last, ((organization, plain), ("　".join(filter(None, (day, report.mark))), right)))
    if not report.below:
        row = _spread(sheet, row, last, [(label + _("："), plain) for label in report.signatures])
    return _spread(sheet, row, last, [(report.totals, plain)])


def _spread(sheet: Any, row: int, last: int, parts: Sequence[tuple[str, Any]]) -> int:
    """Set texts side by side over the table's width, each in its own merged cells; returns the next free row."""
    parts = [part for part in parts if part[0]]
    if not parts:
        return row
    if len(parts) > last + 1:
        parts = [("　　　　".join(text for text, _style_of in parts), parts[0][1])]
    starts = [number * (last + 1) // len(parts) for number in range(len(parts))]
    ends = [start - 1 for start in starts[1:]] + [last]
    for (text, style), start, end in zip(parts, starts, ends, strict=True):
        _merged(sheet, (row, start, row, end), text, style)
    sheet.set_row(row, 22)
    return row + 1


def _merged(sheet: Any, area: tuple[int, int, int, int], text: str, style: Any) -> None:
    if area[:2] != area[2:]:
        sheet.merge_range(*area, "", style)
    _text(sheet, area[0], area[1], text, style)


def _report_header(book: Any, sheet: Any, columns: Sequence[ReportColumn], row: int) -> int:
    """Write the header of one or two levels; returns the first row below it."""
    style = book.add_format(header_style())
    lower = row + 1 if any(column.group for column in columns) else row
    for first, after, group in group_runs(columns):
        if group:
            _merged(sheet, (row, first, row, after - 1), group, style)
        for number in range(first, after):
            _merged(sheet, (lower if group else row, number, lower, number), columns[number].title, style)
    lines = max((sum(-(-units_of(part) // max(2, int(column.width * 2))) for part in column.title.split("\n")) or 1)
                for column in columns)  # fmt: skip
    if lower > row:
        sheet.set_row(row, 22)
    sheet.set_row(lower, max(22, lines * LINE_POINTS + 6))
    sheet.freeze_panes(lower + 1, 0)
    return lower + 1


@official()
def _print_settings(sheet: Any, report: Report, printed: str) -> None:
    if report.landscape:
        sheet.set_landscape()
    sheet.set_paper(_PAPERS[report.paper])
    sheet.set_margins(*[_MARGIN_INCHES] * 4)
    sheet.fit_to_pages(1, 0)
    when = _("打印时间 {time}").format(time=printed) if printed else ""
    pages = _("第 {number} 页 共 {count} 页").format(number="&P", count="&N")
    mark = report.mark.replace("&", "&&")[:60]
    sheet.set_footer(f"&L{when.replace('&', '&&')[:60]}&C{pages}&R{mark}")


def _widest_columns(report: Report) -> list[ReportColumn]:
    """The columns that give the sheet its widths: at each place the widest of the tables that stand below one another."""
    tables = [report.columns, *(section.columns for section in report.sections)]
    return [
        max((columns[place] for columns in tables if len(columns) > place), key=lambda column: column.width)
        for place in range(max(map(len, tables)))
    ]
