"""A sheet that is handed up as a workbook: in the shape that a strict importer takes, and looked at before it is saved.

Known importers read from the row below the header to the row before the last, refuse a workbook with merged cells below the
header, and want every number as text: the last row is the 填表说明, nothing but it stands below the rows, all texts are texts.
"""

import datetime as dt
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from models.errors import UserError
from models.handins.making import HandInMade, HandInRow
from models.handins.submitted import keep_submission
from models.handins.templates import NUMBER, HandInColumn, HandInTemplate
from models.journal.writer import Author
from models.language import _, official
from models.own_files import WRITTEN
from models.records.catalogue import kind_of
from models.records.forms import FORMS
from models.records.setting import setting
from models.trail.entry import Act, HandedTo
from reports.choices import TO_FILL_IN
from reports.handing_over import WrittenFile, hand_over
from reports.report import printable
from reports.saving import check_target, saving
from reports.sheet_rows import Frame, RowWriter

_UNITS_PER_CHARACTER, _WIDEST, _NARROWEST = 2, 40, 6
_MOST_ROWS, _MOST_CHARACTERS = 1_048_500, 32_767
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
#: A drop-down list may hold so many characters; a longer one is left to the check.
_MOST_LISTED = 255
#: Nobody said to whom a sheet goes.
_NOBODY = HandedTo()
#: The styles of the marked row: a text, a number, the last row.
_TEXT, _NUMBER, _FOOTER = range(3)


class HandedUp(NamedTuple):
    """A sheet that was handed up: the file, and the submission (uid) that keeps it; None for one to look at, or an empty one."""

    written: WrittenFile
    submission: str | None
    batch: int | None


def hand_up(
    path: Path, made: HandInMade, day: dt.date, author: Author, *, union: str = "", scope: str = "",
    said: HandedTo = _NOBODY, masked: bool = False, progress: Callable[[int, int], None] | None = None,
) -> HandedUp:  # fmt: skip
    """Write a sheet, keep in the trail that it went out, and in the register what was in it.

    ``union``: who hands it up, ``scope``: of what it is; ``masked``: the numbers of ``made`` are covered, then it is no
    submission. Choosing a sheet that is handed up is the choice of full numbers for this one use. ``said``: to whom it goes, and
    what for besides.
    """
    template = made.template
    full = template.private and not masked
    purpose = _("，").join(filter(None, (_("上报：{name}").format(name=template.name), said.purpose)))
    act = Act("export", template.name, len(made.rows), full=full, recipient=said.recipient, purpose=purpose)
    written = hand_over(author, act, write_handin, path, made, union, day, True, progress)
    if masked or not made.rows:
        return HandedUp(written, None, None)
    rows = [(each.uid, each.digest) for each in made.rows]
    kind = kind_of(FORMS[template.rows].main)
    kept = keep_submission(template.key, day.isoformat(), scope or union, path.name, kind, rows, author)
    return HandedUp(written, *kept)


@official()
def write_handin(
    path: Path, made: HandInMade, union: str, day: dt.date, overwrite: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> WrittenFile:  # fmt: skip
    """Write what is handed up; ``union``: who hands it up, "" to be filled in. UserError as ``reports.saving.save``."""
    check_target(path, overwrite)
    template, count = made.template, len(made.rows)
    if count > _MOST_ROWS:
        raise UserError(_("一张工作表放不下 {count} 行，请按镇街或单位分开导出").format(count=count))
    content = io.BytesIO()
    import xlsxwriter  # a library that most commands never need

    # in memory: its temporary files would leave the rows unencrypted on the disk
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as book:
        properties = {"title": printable(template.name)[:200], "author": _("建会通"), "category": WRITTEN["list"]}
        book.set_properties(properties)
        sheet = book.add_worksheet(_NOT_IN_SHEET_NAMES.sub(" ", template.sheet or template.name)[:31].strip(" '") or _("上报"))
        row = _above(book, sheet, template, union, day)
        row = _header(book, sheet, template, row)
        _rules(book, sheet, template, row, count)
        for number, style in enumerate(_styles(template)):
            sheet.write_blank(row, number, None, book.add_format(style))  # the marked row
    frame = Frame(content.getvalue(), row, len(template.columns))
    with saving(path, overwrite) as stream:
        rows = _rows(frame.writer, template, made.rows, row, progress)
        frame.write(stream, rows, row + count, len(template.columns))
    return WrittenFile(path, rows=count)


def _styles(template: HandInTemplate) -> Sequence[dict[str, object]]:
    base: dict[str, object] = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    free = {"locked": False} if template.protect else {}
    return (
        base | {"num_format": "@", "border": 1} | free, base | {"num_format": "0", "border": 1, "align": "right"} | free,
        base | {"num_format": "@"},
    )  # fmt: skip


def _above(book: Any, sheet: Any, template: HandInTemplate, union: str, day: dt.date) -> int:
    """The lines above the header; merged cells are allowed there. Returns the next free row."""
    last, row = len(template.columns) - 1, 0
    title = book.add_format({"font_name": "宋体", "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"})
    for text in template.title:
        sheet.merge_range(row, 0, row, last, "", title) if last else None
        sheet.write_string(row, 0, _cell(text), title)
        sheet.set_row(row, 28)
        row += 1
    filled = [_filled(text, union, day) for text in template.above]
    if filled:
        plain = book.add_format({"font_name": "宋体", "font_size": 10})
        step = max(1, (last + 1) // len(filled))
        for place, text in enumerate(filled):
            sheet.write_string(row, min(place * step, last), _cell(text), plain)
        row += 1
    return row


def _filled(text: str, union: str, day: dt.date) -> str:
    organization = str(setting("organization")) or TO_FILL_IN
    said = {"union": union or organization, "organization": organization, "date": f"{day:%Y-%m-%d}", "month": f"{day:%Y-%m}"}
    for name, value in said.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _header(book: Any, sheet: Any, template: HandInTemplate, row: int) -> int:
    """The header, of two levels where columns are grouped. Returns the row below it."""
    style = book.add_format({
        "font_name": "宋体", "font_size": 10, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True,
        "border": 1, "bg_color": "#EBEBEB",
    })  # fmt: skip
    grouped = any(each.group for each in template.columns)
    if grouped:
        place = 0
        while place < len(template.columns):
            after = place + 1
            while after < len(template.columns) and template.columns[after].group == template.columns[place].group:
                after += 1
            if after - place > 1:
                sheet.merge_range(row, place, row, after - 1, "", style)
            sheet.write_string(row, place, _cell(template.columns[place].group), style)
            place = after
        row += 1
    for number, column in enumerate(template.columns):
        sheet.write_string(row, number, _cell(column.title), style)
        sheet.set_column(number, number, _width(column))
    sheet.set_row(row, 32)
    return row + 1


def _width(column: HandInColumn) -> float:
    longest = max(len(line) for line in column.title.split("\n"))
    wanted = column.width * _UNITS_PER_CHARACTER or max(longest * _UNITS_PER_CHARACTER, _NARROWEST * _UNITS_PER_CHARACTER)
    return min(wanted + 1, _WIDEST)


def _rules(book: Any, sheet: Any, template: HandInTemplate, row: int, count: int) -> None:
    """What Excel itself watches over: drop-down lists, the sheet's protection, what is frozen and repeated."""
    last = row + max(count, 1) - 1
    for number, column in enumerate(template.columns):
        if column.allowed and len(",".join(column.allowed)) <= _MOST_LISTED and count:
            sheet.data_validation(row, number, last, number, {"validate": "list", "source": list(column.allowed)})
    if template.protect:
        sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "insert_rows": True, "delete_rows": True})
    sheet.freeze_panes(row, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(row - 1, row - 1)


def _rows(
    writer: RowWriter, template: HandInTemplate, rows: Sequence[HandInRow], start: int,
    progress: Callable[[int, int], None] | None,
) -> Iterator[str]:  # fmt: skip
    places = [None if each.field == NUMBER else each for each in template.columns]
    for number, each in enumerate(rows):
        cells, texts = [], iter(each.cells)
        for place, column in enumerate(places):
            text = str(number + 1) if column is None else next(texts)
            if text.isdigit() and (column is None or column.number):
                cells.append(writer.number(start + number, place, int(text), _NUMBER))
            else:
                cells.append(writer.text(start + number, place, _cell(text), _TEXT))
        yield writer.row(start + number, cells)
        if progress is not None and number % 1_000 == 0:
            progress(number, len(rows))
    yield writer.row(start + len(rows), [writer.text(start + len(rows), 0, _cell(template.footer), _FOOTER)])


def _cell(text: str) -> str:
    return printable(text)[:_MOST_CHARACTERS]
