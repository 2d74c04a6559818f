"""What each row below a header is: a record, or one of the other things that people write into a table."""

import re
from collections.abc import Callable, Sequence
from typing import Literal

from importers.columns.header import Header
from importers.columns.header_lines import is_line
from importers.columns.header_text import normal, written
from importers.columns.mapping import Mapping
from importers.columns.sections import Section, section_of
from importers.columns.vocabulary import SEQUENCE
from models.records.forms import Form
from models.values.columns import BLANKS, Plain

Role = Literal["record", "blank", "number", "total", "note", "signature", "repeated-header", "section"]

#: The fields that name whom a row speaks of (the first that has a column counts), and those that hold a number of theirs.
NAMES = {
    "workers": ("name",), "employers": ("name",), "unions": ("name", "employer"), "headcounts": ("subject",),
    "ledger": ("ledger_kind", "title", "organization", "date"),
}  # fmt: skip
NUMBERS = {
    "workers": ("id_number", "phone"),
    "employers": ("credit_code",),
    "unions": ("credit_code", "employer_credit_code"),
    "headcounts": ("subject_credit_code",),
    "ledger": (),
}
_TOTAL = re.compile(
    r"(?:.{0,20}(?:合计|小计|总计|共计|累计)|总|合|计)(?:\(.{0,12}\)|[:=]?\d+(?:\.\d+)?[人名户家个]?.{0,20}|[人名户家]数?|数)?"
    r"|(?:总共|一共|共)\d+[人名户家个条位].{0,20}|.{0,30}(?:sub|grand)?total"
)
#: What a cell must hold to be looked at as a total.
_TOTAL_LIKE = re.compile("计|^[总合]$|^[总一]?共|[tT][oO][tT]", re.ASCII)
_NOTE = re.compile(
    "(?:填[表报写]|编制|制表|有关|特别|重要|相关)?(?:说明|须知|要求|提示|注意事项)|备?注\\d*[:.、]|附注|注释|注意|温馨提示|以[上下]|此处|示例|样例"
    "|范例|举例|例如|例[:.、)]|\\(例\\)|\\(示例\\)|请|每[个行栏]|本表"
)
_EXAMPLE = frozenset(("例", "示例", "样例", "范例", "举例", "例如", "填写示例", "填报示例", "示例行", "示范"))
_EXAMPLE_BEFORE = re.compile("(?:示|样|范|举)?例[:：]|[(（](?:示|样)?例[)）]")
_EXAMPLE_LIKE = frozenset("例示样范举填(（")
_DIGITS = re.compile(r"(?:\d[- ]?){5}")
_LABELLED = re.compile("[\u4e00-\u9fff][)）]?\\s*[:：]|[人名户家个]$")
_SIGNATURE = re.compile(
    "(?:负责人|法定代表人|主席|经办人?|填[表报]人?|制表人?|统计人?|审核人?|复核人?|审批人?|采集人|联系人|领导|主管|签字|签名|盖章|公章|签章)"
    "(?:\\s*[(（][^()（）]{0,8}[)）])?\\s*[:：]"
    "|^\\s*(?:填[报表]|制表|统计|报送|上报|打印|制单)(?:日期|时间|单位|人)|^[\\s\\d]*年[\\s\\d]*月[\\s\\d]*日\\s*$|^[(（](?:公章|盖章|签章|签字)[)）]$"
)
_NUMBER = re.compile(r"[\d.]+")
#: How many, in the place of a name: 12人, 共 3 户.
_COUNT = re.compile(r"(?:[共约合]\s*)?[\d.,]+\s*[人名位户家个条]?")


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

    def judged(values: Sequence[Plain]) -> Role:
        if _is_plain_name(values, main, header):
            for index in numbers:
                if index < len(values) and _is_number(values[index]):
                    return "record"  # nearly every row ends here
        cells = [(index, value) for index, value in enumerate(values) if not _empty(value)]
        if not cells:
            return "blank"
        if _repeats(values, header):
            return "repeated-header"
        if _only_number(cells, header):
            return "number"
        if section_of(form.kind, cells, main) is not None and not is_line(values):
            return "section"
        return _otherwise(values, cells, main, numbers)

    return judged


def main_column(mapping: Mapping, form: Form) -> int | None:
    """The column that names whom a row speaks of."""
    return next((index for name in NAMES[form.kind] if (index := mapping.of(name)) is not None), None)


def section(kind: str, values: Sequence[Plain], main: int | None) -> Section | None:
    """What a row of role "section" heads."""
    return section_of(kind, [(index, value) for index, value in enumerate(values) if not _empty(value)], main)


def _is_plain_name(values: Sequence[Plain], main: int | None, header: Header) -> bool:
    """True when the name's cell can neither be a total nor repeat its header, and no cell before it says 示例."""
    name = values[main] if main is not None and main < len(values) else None
    if not isinstance(name, str) or _empty(name) or _TOTAL_LIKE.search(name):
        return False
    first = next(value for value in values if value is not None)
    if isinstance(first, str) and first[:1] in _EXAMPLE_LIKE:
        return False
    return main is None or main >= len(header.texts) or name[:1] != header.texts[main][:1]


def _empty(value: Plain) -> bool:
    return value is None or (isinstance(value, str) and (value in BLANKS or value.strip() in BLANKS))


def _repeats(values: Sequence[Plain], header: Header) -> bool:
    """True when the cells say again what the header says."""
    same = filled = 0
    texts = header.normal_texts
    for index, value in enumerate(values):
        if value is None or value == "":
            continue
        filled += 1
        if isinstance(value, str) and index < len(texts) and len(value) < 40 and texts[index]:
            same += normal(value) in (texts[index], normal(header.groups[index]))
        if filled - same > 3 and same < 2:
            return False
    return (same > 1 and same >= 0.6 * filled) or 0 < same == filled


def _only_number(cells: Sequence[tuple[int, Plain]], header: Header) -> bool:
    """True when nothing but the row's own number is written: in a 序号 column, or alone in the first column."""
    for index, value in cells:
        text = header.normal_texts[index] if index < len(header.normal_texts) else ""
        counting = text in SEQUENCE or (index == cells[0][0] and not text)
        if not counting or not _NUMBER.fullmatch(written(value)):
            return False
    return True


def _otherwise(
    values: Sequence[Plain], cells: Sequence[tuple[int, Plain]], main: int | None, numbers: Sequence[int]
) -> Role:
    """The role of a row that lacks its name, or everything else that would prove it a record."""
    proven = any(index in numbers and _is_number(value) for index, value in cells)
    texts = [written(value) for _index, value in cells]
    if _is_total(cells, main, proven):
        return "total"
    if normal(texts[0]) in _EXAMPLE or _EXAMPLE_BEFORE.match(texts[0]):
        return "note"
    if proven:
        return "record"
    if any(map(_SIGNATURE.search, texts)) and (is_line(values) or all(map(_SIGNATURE.search, texts))):
        return "signature"
    if len(cells) <= 2 and _NOTE.match(normal(texts[0])):
        return "note"
    if len(cells) == 1 and not _may_be_record(*cells[0], main, numbers):
        return "note"
    return "record"


def _is_number(value: Plain) -> bool:
    """True for what a column of identity numbers, codes or phones may hold: no count, no label, no sentence."""
    if isinstance(value, str):
        return 5 < len(value) <= 40 and bool(_DIGITS.search(value)) and not _LABELLED.search(value)
    return isinstance(value, (int, float)) and value >= 1e6


def _is_total(cells: Sequence[tuple[int, Plain]], main: int | None, proven: bool) -> bool:
    """True when the name's cell is the word for a total; or one before it or of a nameless row, unless a number proves it."""
    named = next((value for index, value in cells if index == main), None)
    for place, (index, value) in enumerate(cells):
        if not isinstance(value, str) or not _TOTAL.fullmatch(_total_text(value)):
            continue
        before = main is not None and index < main and not _is_name(named)
        if index == main or (not proven and (before or (named is None and place < 3))):
            return True
    return False


def _total_text(value: str) -> str:
    return re.sub(r"[:;*。,，]+$", "", "".join(value.replace("：", ":").replace("（", "(").replace("）", ")").split())).casefold()


def _is_name(value: Plain) -> bool:
    return isinstance(value, str) and not _COUNT.fullmatch(value.strip())


def _may_be_record(index: int, value: Plain, main: int | None, numbers: Sequence[int]) -> bool:
    """True when a row's only cell can stand for a record: a name in the column of names, a number."""
    if not isinstance(value, str) or index in numbers:
        return True
    return index == main and len(value) <= 60 and not re.search(r"[，。；：:;!！]", value)
