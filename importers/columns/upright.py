"""Records that stand upright: a form of one person, label beside value; a table whose columns are the records."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from importers.columns.header_text import letter, written
from importers.columns.vocabulary import is_anchor, is_known
from importers.workbook.sheet import Sheet, SheetRow
from models.language import _
from models.values.columns import Plain

#: Labels that a form has at least.
_LEAST = 3
#: Of a table on its side: rows below each other that begin with a label.
_LEAST_ROWS = 3
_COLON = re.compile(r"^([^:：]{2,12})[:：]\s*(\S.*)$", re.DOTALL)
#: Several of them in one cell: 姓名：张三，身份证号：…，电话：….
_LABELLED = re.compile(
    r"([\u4e00-\u9fff]{2,8})\s*[:：]\s*(.*?)\s*(?=[,，;；、]?\s*[\u4e00-\u9fff]{2,8}\s*[:：]|$)", re.DOTALL
)
_EMPTY_DAY = re.compile(r"^[\s年月日]+$")


def read(sheet: Sheet) -> list[Sheet]:
    """The sheet with its records in rows; [] where it is neither a form nor a table on its side.

    A form's record has the number of its last row. Of a table on its side the records are numbered by their columns.
    """
    if len(sheet.rows) > 2_000:
        return []
    return _on_its_side(sheet) or _form(sheet)


def _on_its_side(sheet: Sheet) -> list[Sheet]:
    """A table whose first column holds the labels, and two columns and more the records."""
    rows = [row for row in sheet.rows if sum(value is not None for value in row.values) > 1]
    if len(rows) < _LEAST_ROWS:
        return []
    first = min(next(index for index, value in enumerate(row.values) if value is not None) for row in rows)
    labels = [written(row.values[first]) if first < len(row.values) else "" for row in rows]
    columns = range(first + 1, max(len(row.values) for row in rows))
    others = [written(value) for row in rows for value in row.values[first + 1 :] if value is not None]
    if 2 * sum(map(is_known, filter(None, labels))) < len(labels) + 1 or any(map(_is_label, others)):
        return []
    if not any(is_anchor(label) for label in labels if label) or len(columns) < 2 or sum(map(bool, labels)) < _LEAST_ROWS:
        return []
    named = next(row for row, label in zip(rows, labels, strict=True) if label and is_anchor(label))
    records = [index for index in columns if index < len(named.values) and named.values[index] is not None]
    if len(records) < 2:
        return []
    above = [row for row in sheet.rows if row.number < rows[0].number]
    made = [SheetRow(0, row.values) for row in above]
    made.append(SheetRow(first + 1, [text or None for text in labels]))
    for index in records:
        values: list[Plain] = [row.values[index] if index < len(row.values) else None for row in rows]
        made.append(SheetRow(index + 1, values))
    note = _("这张表是横着的，每一列一条记录；第几行说的是第几列（A 列是第 1 列）。")
    head = replace(sheet.head, merged=(), notes=(*sheet.head.notes, note), unsaved=(), part="table")
    return [Sheet(head, made)]


def _is_label(text: str) -> bool:
    """True for a text that stands in forms as a label: a known wording as a whole."""
    return is_known(text) and not any(map(str.isdigit, text))


def _form(sheet: Sheet) -> list[Sheet]:
    """A form of labels with their values beside them; several below each other are several records."""
    records: list[tuple[int, dict[str, Plain]]] = []
    first = 0
    for row in sheet.rows:
        pairs = list(_pairs(row.values))
        if pairs and not first:
            if len(pairs) < 2 and not is_anchor(pairs[0][0]):
                continue
            first = row.number
        for label, value in pairs:
            if not records or (is_anchor(label) and label in records[-1][1]):
                records.append((row.number, {}))
            held = records[-1][1]
            if label not in held or held[label] is None:
                held[label] = value
        if records and pairs:
            records[-1] = (row.number, records[-1][1])
    labels = list(dict.fromkeys(label for _number, held in records for label in held))
    told = [label for label in labels if _is_label(label) and any(held.get(label) is not None for _number, held in records)]
    if len(told) < _LEAST or not any(map(is_anchor, told)):
        return []
    unused = [label for label in labels if label not in told and any(held.get(label) for _number, held in records)]
    above = [row for row in sheet.rows if row.number < first]
    # what stands beside an unknown label is told, never guessed at by its content
    header = SheetRow(min(first, records[0][0] - 1), list(told))
    rows = [SheetRow(number, [held.get(label) for label in told]) for number, held in records]
    if any(row.number >= header.number for row in above):
        above = [SheetRow(0, row.values, row.hidden) for row in above]
    last = max(len(row.values) for row in sheet.rows) - 1
    where = f"A{first}:{letter(last)}{sheet.rows[-1].number}"
    notes = [_("这是一张登记表（{range}），每份读成一条记录，请核对；表里没有写入会日期的，不记会籍。").format(range=where)]
    if unused:
        notes.append(_("登记表里没有用到的：{labels}").format(labels=_("、").join(unused)))
    head = replace(sheet.head, merged=(), notes=(*sheet.head.notes, *notes), unsaved=(), part="form")
    return [Sheet(head, [*above, header, *rows])]


def _pairs(values: Sequence[Plain]) -> Iterator[tuple[str, Plain]]:
    """The labels of a form's row with the values behind them; a label without a value has None."""
    waiting = ""
    for place, value in enumerate(each for each in values if each is not None):
        text = written(value)
        several = _LABELLED.findall(text) if isinstance(value, str) else []
        if len(several) > 1 and all(is_known(label) for label, _said in several):
            yield from several
            continue
        beside = _COLON.match(text) if isinstance(value, str) else None
        if beside and is_known(beside[1]):
            if waiting:
                yield waiting, None
            waiting = ""
            yield beside[1], beside[2]
        elif _is_label(text.rstrip(":：")) or (place == 0 and not waiting and len(text) < 16):
            if waiting and _is_label(waiting):
                yield waiting, None
            waiting = text.rstrip(":：")
        elif waiting:
            yield waiting, None if _EMPTY_DAY.match(text) else value
            waiting = ""
    if waiting and _is_label(waiting):
        yield waiting, None
