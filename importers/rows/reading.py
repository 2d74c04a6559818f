"""How the cells of one column are read: by the kind of its field, each different text once."""

from collections.abc import Callable
from collections.abc import Mapping as Dictionary

from importers.rows import cells
from importers.rows.joining import Differing, differing
from models.records.forms import FormField
from models.values.columns import Parsed, Plain, Stored
from models.values.problems import Problem

#: What a cell says once a spreadsheet's accidents are undone (None: nothing), its stored value, and what must be told.
Read = tuple[Plain, Stored, Problem | None]
Reader = Callable[[Plain], Read]
#: A column of the sheet: its index, its field, what is known of its texts already, and what reads the others.
ColumnReader = tuple[int, str, dict[Plain, Read], Reader]
#: Different texts of one column that are remembered: days of birth are some 15,000, and of phones none comes again.
_REMEMBERED = 20_000
#: What a blank cell says.
BLANK: Read = (None, None, None)


def chosen(each: FormField, choices: Dictionary[str, str]) -> dict[Plain, Read]:
    """What is known of a field's cells before any is read: blank ones, and what a person said that written values mean."""
    parse = each.column.kind.parse
    chosen: dict[Plain, Read] = {
        written: (written, parse(label).value if label else None, None) for written, label in choices.items()
    }
    return {None: BLANK} | chosen


def reader(each: FormField, known: dict[Plain, Read]) -> Reader:
    """A column's reader: the same text is read once, for a column of a thousand rows often holds ten values.

    ``known``: what texts mean, filled as they come; never numbers, of which 1 and 1.0 and True would be one.
    """
    parse = each.column.kind.parse
    name, label = each.name, each.column.label

    def read(cell: Plain) -> Read:
        if type(cell) is not str:
            return _read(cell, parse, name, label)
        found = known.get(cell)
        if found is None:
            found = _read(cell, parse, name, label)
            if len(known) < _REMEMBERED:
                known[cell] = found
        return found

    return read


def _read(cell: Plain | Differing, parse: Callable[[Plain], Parsed], name: str, label: str) -> Read:
    if isinstance(cell, Differing):
        given, value, _trouble = _read(cell.value, parse, name, label)
        return given, value, differing(name, label)
    given = cells.plain(cell)
    if given is None:
        return BLANK
    trouble = cells.error_of(given)
    value = None
    if trouble is None:
        value, trouble = parse(given)
    return given, value, None if trouble is None else trouble.at(name)
