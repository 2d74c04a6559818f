"""The returned workbook: the rows that need another look, as their sender wrote them, with our answer beside each.

It holds what the sender sent, unmasked, because it goes back to the sender; corrected, it can be imported again.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from importers.header import Header
from importers.header_text import normal, written
from importers.mapping import Mapping
from importers.rows import MISSING
from importers.sheet import Merged, Sheet, SheetRow
from importers.steps import SheetPlan, Step
from importers.workbook.writing import (
    AMBER,
    GREY,
    RED,
    harmless,
    holds_text,
    new_workbook,
    put,
    sheet_name,
    styles_of,
    units,
)
from models.columns import Plain
from models.forms import FORMS, Form
from models.language import _
from models.problems import LEVELS, Level, Problem

#: Our columns. Chinese whatever the language: the importer must know them again when the workbook comes back.
RESULT, REASON, ROW = "处理结果", "问题说明", "原行号"
TITLES = (RESULT, REASON, ROW)
#: How many faulty cells of a workbook get a comment; more make spreadsheet programs slow.
COMMENTS = 2_000
_HEAVY: tuple[Level, ...] = ("error", "question")
_SUFFIX = re.compile(r"_退回(?:\(\d+\))?$")
_LONGEST_STEM_BYTES = 200
_FROZEN_AT_MOST = 12
_SAMPLED = 200
_NARROWEST, _WIDEST, _REASON_WIDTH = 6, 40, 80


@dataclass(frozen=True)
class _Place:
    """What is needed to write one sheet.

    ``answer``: our first column; ``old``: our columns of an earlier return; ``titles``: field → its column's header text, or
    its label where no column goes to it.
    """

    plan: SheetPlan
    form: Form
    header: Header
    mapping: Mapping
    answer: int
    old: frozenset[int]
    as_text: frozenset[int]
    titles: dict[str, str]


def worth_telling(step: Step) -> bool:
    """True for a row that its sender should look at: refused, to be decided, or imported with a warning."""
    return step.action in ("refused", "conflict") or any(each.level != "note" for each in step.problems)


def write(source: Path, sheets: list[Sheet], plans: list[SheetPlan], folder: Path) -> Path:
    """Write ``<source's stem>_退回.xlsx`` into ``folder`` and return its path; an existing name gets (2), (3) ….

    ``sheets`` as read from ``source``, ``plans`` as made of them. Each planned sheet that has something to tell keeps its
    name, its lines and header, and of its rows those worth telling. UserError when the disk refuses.
    """
    found = {sheet.head.sheet: sheet for sheet in sheets}
    path = _free_path(source, folder)
    with new_workbook(path) as book:
        pen = _Pen(book)
        for plan in plans:
            told = {step.number: step for step in plan.steps if worth_telling(step)}
            if told and plan.kind and plan.header and plan.mapping:
                sheet = found[plan.sheet]
                rows = [row for row in sheet.rows if row.number in told]
                _write_sheet(
                    pen, _place(plan, FORMS[plan.kind], plan.header, plan.mapping, sheet, rows), sheet, rows, told
                )
    return path


def _free_path(source: Path, folder: Path) -> Path:
    """A name that no file has; what came back already is not called 退回 twice, and names do not grow past the disk's limit."""
    stem = _SUFFIX.sub("", source.stem).encode()[:_LONGEST_STEM_BYTES].decode(errors="ignore")
    names = (f"{stem}_退回.xlsx" if number == 1 else f"{stem}_退回({number}).xlsx" for number in count(1))
    return next(path for name in names if not (path := folder / name).exists())


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
            sheet.write_comment(row, column, harmless(text), {"author": _("建会通"), "x_scale": 2, "font_size": 9})


def _place(
    plan: SheetPlan, form: Form, header: Header, mapping: Mapping, sheet: Sheet, rows: Sequence[SheetRow]
) -> _Place:
    old = frozenset(index for index, text in enumerate(header.texts) if normal(text) in TITLES)
    used = [index for index, text in enumerate(header.texts) if text and index not in old]
    used += [_last_used(row.values, old) for row in rows]
    used += [right for top, _left, _bottom, right in sheet.head.merged if top in header.rows]
    as_text = frozenset(index for index, each in mapping.fields(form).items() if holds_text(each.column.kind))
    titles = {each.name: each.column.title for each in form.fields}
    titles |= {each.name: text for index, each in mapping.fields(form).items() if (text := header.texts[index])}
    return _Place(plan, form, header, mapping, max(used, default=-1) + 1, old, as_text, titles)


def _last_used(values: Sequence[Plain], old: frozenset[int]) -> int:
    last = len(values) - 1
    while last >= 0 and (values[last] is None or last in old):
        last -= 1
    return last


def _write_sheet(pen: _Pen, place: _Place, source: Sheet, rows: Sequence[SheetRow], told: dict[int, Step]) -> None:
    sheet = pen.book.add_worksheet(sheet_name(place.plan.sheet, pen.names))
    below = _write_head(pen, place, sheet, source)
    _columns(pen, place, sheet, rows)
    if below <= _FROZEN_AT_MOST:
        sheet.freeze_panes(below, 0)
    # thousands of green corners on ID numbers would hide the faulty cells
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for number, row in enumerate(rows, start=below):
        _write_row(pen, place, sheet, number, row, told[row.number])


def _write_head(pen: _Pen, place: _Place, sheet: Any, source: Sheet) -> int:
    """Write the lines and the header where they stood, and our titles beside them; returns the first place of the data."""
    header = place.header
    head = [row for row in source.rows if row.number < header.first_data]
    titled = _label_row(head, header)
    for row in head:
        in_header = row.number in header.rows
        styles = pen.header if in_header else pen.by_fill[""]
        _merge_within(sheet, row.number, source.head.merged, styles["text"])
        for column, value in enumerate(row.values):
            if value is not None and not (in_header and column in place.old):
                put(sheet, row.number - 1, column, value, styles)
        if row.number == titled:
            _write_titles(pen, place, sheet, row.number - 1)
    if header.rows:
        return header.first_data - 1
    # a table without a header gets one, else our columns would be taken for theirs when it comes back
    for index, each in place.mapping.fields(place.form).items():
        put(sheet, header.first_data - 1, index, each.column.label, pen.header)
    _write_titles(pen, place, sheet, header.first_data - 1)
    return header.first_data


def _label_row(head: Sequence[SheetRow], header: Header) -> int:
    """The header row in which most columns have their text: groups and column numbers stand in others."""

    def labels(row: SheetRow) -> int:
        return sum(bool(text) and written(value) == text for value, text in zip(row.values, header.texts, strict=False))

    return max((row for row in head if row.number in header.rows), key=labels, default=SheetRow(0, [])).number


def _merge_within(sheet: Any, number: int, merged: Sequence[Merged], style: Any) -> None:
    """Merge a title's or a group's cells again, sideways only: groups are told by their width."""
    free = 0
    for _top, left, _bottom, right in sorted(each for each in merged if each[0] == number):
        if left >= free and right > left:
            sheet.merge_range(number - 1, left, number - 1, right, "", style)
            free = right + 1


def _write_titles(pen: _Pen, place: _Place, sheet: Any, row: int) -> None:
    for column, title in enumerate(TITLES, start=place.answer):
        put(sheet, row, column, title, pen.header)


def _columns(pen: _Pen, place: _Place, sheet: Any, rows: Sequence[SheetRow]) -> None:
    """Set widths by what stands in the columns, and the text format where a typed correction must stay text."""
    for column in range(place.answer):
        title = place.header.texts[column] if column < len(place.header.texts) else ""
        cells = (row.values[column] for row in rows[:_SAMPLED] if column < len(row.values))
        widest = max([units(title), *(units(str(cell)) for cell in cells if cell is not None)])
        style = pen.by_fill[""]["text"] if column in place.as_text else None
        sheet.set_column(column, column, min(max(widest + 2, _NARROWEST), _WIDEST), style)
    for column, width in enumerate((16, _REASON_WIDTH, 8), start=place.answer):
        sheet.set_column(column, column, width)


def _write_row(pen: _Pen, place: _Place, sheet: Any, number: int, row: SheetRow, step: Step) -> None:
    """Write one row as it was sent, its faulty cells coloured, and our answer."""
    faults = _faults(step, place)
    values, plain = row.values, pen.by_fill[""]
    for column in range(min(len(values), place.answer)):
        value = values[column]
        if value is not None and column not in faults and column not in place.old:
            put(sheet, number, column, value, plain, column in place.as_text)
    for column, problems in faults.items():
        value = values[column] if column < len(values) else None
        put(sheet, number, column, value, pen.by_fill[_fill(problems)], column in place.as_text)
        pen.comment(sheet, number, column, "\n".join(each.text for each in problems))
    fill = RED if step.action in ("refused", "conflict") else AMBER
    sheet.write_string(number, place.answer, _result(step), pen.by_fill[fill]["text"])
    sheet.write_string(number, place.answer + 1, harmless(_reasons(step, place)), pen.reason)
    sheet.write_number(number, place.answer + 2, row.number)


def _result(step: Step) -> str:
    if step.action == "refused":
        return _("未导入")
    return _("需要决定") if step.action == "conflict" else _("已导入，请核对")


def _faults(step: Step, place: _Place) -> dict[int, list[Problem]]:
    """Column → what is wrong there. A required value that is missing is at fault although nothing is written."""
    faults: dict[int, list[Problem]] = {}
    for each in step.problems:
        names = [each.column]
        if not each.column and each.code == MISSING[place.form.kind]:
            names = [field.name for field in place.form.fields if field.column.required]
        for column in (place.mapping.of(name) for name in names):
            if column is not None and each.level != "note":
                faults.setdefault(column, []).append(each)
    return faults


def _fill(problems: Sequence[Problem]) -> str:
    return RED if any(each.level in _HEAVY for each in problems) else AMBER


def _reasons(step: Step, place: _Place) -> str:
    """All problems in words, the heaviest first, each with its column's header: "身份证号：…；移动电话：…"."""
    ordered = sorted(step.problems, key=lambda each: LEVELS.index(each.level))
    return "；".join(
        f"{title}：{each.text}" if (title := place.titles.get(each.column)) else each.text for each in ordered
    )
