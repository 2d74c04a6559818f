"""How a column's cells are read where its header says it, and not its field alone: yes-no columns, ticked ones, remarks."""

import re
from collections.abc import Callable

from importers.columns.header_text import normal
from importers.columns.mapping import ColumnMatch, Mapping
from importers.columns.period import read_period
from importers.rows.leaving import marked
from models.records.forms import Form, FormField
from models.values.columns import Parsed, Plain, Stored
from models.values.kinds import Choice
from models.values.masking import quote
from models.values.problems import Problem, problem
from models.values.signs import tick

Parse = Callable[[Plain], Parsed]

#: Headers whose cells are answered by yes and no, and so by 1 and 0.
_ASKS = re.compile("是否|有无|与否|是不是")
_SHORT = ("0", "1", "y", "n")
#: The fields of a roster whose cells may tell that somebody left.
_REMARKS = ("note", "employment_state", "occupation_group", "union_group")


def parsers_of(form: Form, mapping: Mapping) -> dict[str, Parse]:
    """What reads the cells of each field of a form in a sheet: field → parser."""
    headers = {match.field: normal(match.header) for match in mapping.matches if match.field}
    found: dict[str, Parse] = {}
    for each in form.fields:
        parse: Parse = each.column.kind.parse
        if isinstance(each.column.kind, Choice) and each.column.kind.yes_no and _ASKS.search(headers.get(each.name, "")):
            parse = _by_number(each.column.kind)
        if each.name == "as_of":
            parse = _by_period(parse)
        found[each.name] = marked(parse) if form.kind == "workers" and each.name in _REMARKS else parse
    return found


def _by_period(read: Parse) -> Parse:
    """Read 2026年上半年 and 2025年度 too, as a column of days of counts has them; what says no year stays unread."""

    def parse(plain: Plain) -> Parsed:
        parsed = read(plain)
        period = read_period(plain) if parsed.value is None and isinstance(plain, str) else None
        return Parsed(period.day) if period is not None and period.year else parsed

    return parse


def _by_number(kind: Choice) -> Parse:
    """Read 1 and 0, Y and N as yes and no too, as a column headed 是否 has them."""

    def parse(plain: Plain) -> Parsed:
        short = isinstance(plain, int | float) or (isinstance(plain, str) and plain.strip().casefold() in _SHORT)
        answer = tick(plain) if short else None
        return kind.parse(plain) if answer is None else Parsed(kind.codes.find("是" if answer else "否"))

    return parse


def tick_reader(field: FormField, label: str) -> Callable[[Plain], tuple[Plain, Stored, Problem | None]]:
    """What reads a column that is headed by a label: ticked cells say the label, crossed and blank ones nothing."""
    value = field.column.kind.parse(label).value

    def read(cell: Plain) -> tuple[Plain, Stored, Problem | None]:
        answer = tick(cell)
        if answer is None:
            return cell, None, problem("choice-unknown", field.name, written=quote(cell), label=field.column.label)
        return (cell, value, None) if answer else (None, None, None)

    return read


def unsure(form: Form, match: ColumnMatch) -> Callable[[Plain], Problem | None] | None:
    """What asks about the cells of a column that may hold a sensitive field; None for any other column."""
    if match.field or not match.maybe:
        return None
    asked = problem("column-unsure", match.maybe, header=match.header[:20], label=form.by_name[match.maybe].column.label)
    return lambda _cell: asked
