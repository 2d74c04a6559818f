"""What each row below a header is: a record, or one of the other things that people write into a table."""

import datetime as dt
import re
from collections.abc import Callable, Collection, Sequence
from typing import Literal

from importers.columns import row_words
from importers.columns.header import Header, repeats
from importers.columns.header_lines import is_line
from importers.columns.header_text import normal, written
from importers.columns.mapping import Mapping
from importers.columns.sections import SectionHeading, section_of
from importers.columns.vocabulary import SEQUENCE
from models.records.forms import Form
from models.values.columns import BLANKS, Plain
from models.values.marks import FAMILY_NAMES, unmarked_person

Role = Literal["record", "blank", "number", "total", "note", "signature", "repeated-header", "section"]

#: Numbers of persons and units, a line each.
_NUMBER_LINES = re.compile(r"(?:\d{5}[0-9A-Z]{1,35}\n)+", re.ASCII)

#: The fields that name whom a row speaks of (the first that has a column counts), and those that hold a number of theirs.
NAMES = {
    "workers": ("name",), "employers": ("name",), "unions": ("name", "employer"), "headcounts": ("subject",),
    "officers": ("name",),
    "ledger": ("ledger_kind", "title", "organization", "recipient", "parties", "date"),
    "sites": ("name", "region"), "regions": ("name",),
}  # fmt: skip
NUMBERS = {
    "workers": ("id_number", "phone"),
    "employers": ("credit_code",),
    "unions": ("credit_code", "employer_credit_code"),
    "headcounts": ("subject_credit_code",),
    "officers": ("id_number", "phone"),
    "ledger": (),
    "sites": (),
    "regions": (),
}


def role(values: Sequence[Plain], header: Header, mapping: Mapping, form: Form) -> Role:
    """What one row is, see :func:`judge`."""
    return judge(header, mapping, form)(values)


def judge(header: Header, mapping: Mapping, form: Form) -> Callable[[Sequence[Plain]], Role]:
    """What tells the roles of a sheet's rows, made once for all of them.

    A person whose remark says 合计 is a record: a total has neither name nor number, or 合计 for a name. Every row is judged
    alone, so that records below a footer, of a second table, are still records.
    """
    main = main_column(mapping, form)
    numbers = [index for name in NUMBERS[form.kind] if (index := mapping.of(name)) is not None]
    fields = {match.index for match in mapping.matches if match.field}
    people = form.kind in ("workers", "officers")

    def judged(values: Sequence[Plain]) -> Role:
        if _is_plain_name(values, main, header):
            for index in numbers:
                if index < len(values) and _is_number(values[index]):
                    return "record"  # nearly every row ends here
        cells = [(index, value) for index, value in enumerate(values) if not _empty(value)]
        if not cells:
            return "blank"
        if repeats(values, header):
            return "repeated-header"
        if _only_number(cells, header):
            return "number"
        if _of_nothing(cells, header, main, numbers, fields):
            return "blank"
        if section_of(form.kind, cells, main) is not None and not is_line(values):
            return "section"
        return _otherwise(values, cells, main, numbers, people)

    return judged


def judge_together(header: Header, mapping: Mapping, form: Form) -> Callable[[Sequence[Sequence[Plain]]], bool]:
    """What sees, by the columns of some rows, that :func:`judge` would call each of them a record; False says nothing."""
    main = main_column(mapping, form)
    numbers = [index for name in NUMBERS[form.kind] if (index := mapping.of(name)) is not None]
    begin = header.texts[main][:1] if main is not None and main < len(header.texts) else ""

    def judged(columns: Sequence[Sequence[Plain]]) -> bool:
        if main is None or main >= len(columns):
            return False
        if not any(index < len(columns) and _are_numbers(columns[index]) for index in numbers):
            return False
        for column in columns:  # the first cell of a row stands in one of these
            if any(isinstance(value, str) and value[:1] in row_words.EXAMPLE_LIKE for value in set(column)):
                return False
            if None not in column:
                break
        return _are_plain_names(columns[main], begin)

    return judged


def _are_plain_names(names: Sequence[Plain], begin: str) -> bool:
    """True when none of the names can be a total, or begins as its header does."""
    if set(map(type, names)) != {str} or not BLANKS.isdisjoint(names):
        return False
    lines = "\n".join(["", *names])  # type: ignore[list-item]
    if lines.count("\n") != len(names) or not lines.replace("\n", "").isprintable() or " " in lines:
        return False
    return not (begin and f"\n{begin}" in lines) and row_words.TOTAL_LIKE_LINE.search(lines) is None


def _are_numbers(values: Sequence[Plain]) -> bool:
    """True when all are texts of digits that are long enough to be of a person or a unit."""
    if set(map(type, values)) != {str}:
        return False
    return _NUMBER_LINES.fullmatch("\n".join([*values, ""])) is not None  # type: ignore[list-item]


def main_column(mapping: Mapping, form: Form) -> int | None:
    """The column that names whom a row speaks of."""
    return next((index for name in NAMES[form.kind] if (index := mapping.of(name)) is not None), None)


def section(kind: str, values: Sequence[Plain], main: int | None) -> SectionHeading | None:
    """What a row of role "section" heads."""
    return section_of(kind, [(index, value) for index, value in enumerate(values) if not _empty(value)], main)


def _is_plain_name(values: Sequence[Plain], main: int | None, header: Header) -> bool:
    """True when the name's cell can neither be a total nor repeat its header, and no cell before it says 示例."""
    name = values[main] if main is not None and main < len(values) else None
    if not isinstance(name, str) or _empty(name) or row_words.TOTAL_LIKE.search(name):
        return False
    first = next(value for value in values if value is not None)
    if isinstance(first, str) and first[:1] in row_words.EXAMPLE_LIKE:
        return False
    return main is None or main >= len(header.texts) or name[:1] != header.texts[main][:1]


def _empty(value: Plain) -> bool:
    return value is None or (isinstance(value, str) and (value in BLANKS or value.strip() in BLANKS))


def _only_number(cells: Sequence[tuple[int, Plain]], header: Header) -> bool:
    """True when nothing but the row's own number is written: in a 序号 column, or alone in the first column."""
    for index, value in cells:
        text = header.normal_texts[index] if index < len(header.normal_texts) else ""
        counting = text in SEQUENCE or (index == cells[0][0] and not text)
        if not counting or not row_words.NUMBER.fullmatch(written(value)):
            return False
    return True


def _of_nothing(
    cells: Sequence[tuple[int, Plain]], header: Header, main: int | None, numbers: Sequence[int], fields: Collection[int]
) -> bool:
    """True for a prepared row: no name, no number, and nothing but what formulas make of that, and the row's own number.

    A sex alone is no such thing: somebody may have forgotten the name.
    """
    made = False
    for index, value in cells:
        text = header.normal_texts[index] if index < len(header.normal_texts) else ""
        if index not in fields and row_words.NUMBER.fullmatch(written(value)) and (text in SEQUENCE or _is_figure(value)):
            continue
        if index == main or index in numbers or not row_words.OF_NOTHING.fullmatch(written(value)):
            return False
        made = made or value not in ("男", "女")
    return made


def _is_figure(value: Plain) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _otherwise(
    values: Sequence[Plain], cells: Sequence[tuple[int, Plain]], main: int | None, numbers: Sequence[int], people: bool
) -> Role:
    """The role of a row that lacks its name, or everything else that would prove it a record."""
    proven = any(index in numbers and _is_number(value) for index, value in cells)
    texts = [written(value) for _index, value in cells]
    if _is_total(cells, main, proven):
        return "total"
    named = next((written(value) for index, value in cells if index == main), "")
    example = normal(texts[0]) in row_words.EXAMPLE or row_words.EXAMPLE_BEFORE.match(texts[0])
    if example or named in row_words.EXAMPLE or row_words.EXAMPLE_NAME.search(named):
        return "note"
    if proven:
        return "record"
    if any(map(row_words.SIGNATURE.search, texts)) and (is_line(values) or all(map(row_words.SIGNATURE.search, texts))):
        return "signature"
    if row_words.SIGNERS.fullmatch(texts[0].rstrip(":： ")):
        return "signature"
    noted = row_words.NOTE.match(normal(texts[0])) or texts[0].strip("-—_（(*※ ") in row_words.NOTE_LABELS
    if len(cells) <= 2 and (noted or row_words.NOTE.match(texts[0].strip("-—_（(*※ "))):
        return "note"
    if people and len(cells) > 1 and named in ("男", "女"):
        return "total"
    if len(cells) == 1 and not _may_be_record(*cells[0], main, numbers, people):
        return "note"
    return "record"


def _is_number(value: Plain) -> bool:
    """True for what a column of identity numbers, codes or phones may hold: no count, no label, no sentence."""
    if isinstance(value, str):
        return 5 < len(value) <= 40 and bool(row_words.DIGITS.search(value)) and not row_words.LABELLED.search(value)
    return isinstance(value, (int, float)) and value >= 1e6


def _is_total(cells: Sequence[tuple[int, Plain]], main: int | None, proven: bool) -> bool:
    """True when the name's cell is the word for a total; or one before it or of a nameless row, unless a number proves it."""
    named = next((value for index, value in cells if index == main), None)
    for place, (index, value) in enumerate(cells):
        if not isinstance(value, str) or not row_words.TOTAL.fullmatch(_total_text(value)):
            continue
        before = main is not None and index < main and not _is_name(named)
        if index == main or (not proven and (before or (named is None and place < 3))):
            return True
    return False


def _total_text(value: str) -> str:
    return re.sub(r"[:;*。,，]+$", "", "".join(value.replace("：", ":").replace("（", "(").replace("）", ")").split())).casefold()


def _is_name(value: Plain) -> bool:
    return isinstance(value, str) and not row_words.COUNT.fullmatch(value.strip())


def _may_be_record(index: int, value: Plain, main: int | None, numbers: Sequence[int], people: bool) -> bool:
    """True when a row's only cell can stand for a record: a name in the column of names, a number in one of numbers."""
    if isinstance(value, dt.date):
        return False
    if not isinstance(value, str) or (index in numbers and _is_number(value)):
        return True
    if index != main or len(value) > 60 or re.search(r"[，。；：:;!！]", value):
        return False
    return not people or _may_be_person(value)


def _may_be_person(text: str) -> bool:
    """True for a text that can be a person's name, or several, marks beside it put aside."""
    name = unmarked_person(text).name
    if not all(map(row_words.PERSON.fullmatch, filter(None, re.split(r"[、,/ \n]+", name)))):
        return False
    return name[:1] in FAMILY_NAMES or not row_words.NO_PERSON.search(name)
