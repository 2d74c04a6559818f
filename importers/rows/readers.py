"""What reads the cells of a sheet's columns: made once for each column, and the same text is read once."""

import datetime as dt
from collections.abc import Callable
from collections.abc import Mapping as Dictionary
from functools import partial

from importers.columns.mapping import Mapping
from importers.rows import cells
from importers.rows.ditto import DITTO, UNCLEAR
from importers.rows.joining import Differing, differing
from importers.rows.leaving import evidence
from importers.rows.parsers import parsers_of, tick_reader, unsure
from models.records.forms import Form, FormField
from models.values.columns import BLANKS, Parsed, Plain, Stored
from models.values.id_kinds import CreditCode, IdNumber, Phone
from models.values.problems import Problem, problem

#: What a cell says once a spreadsheet's accidents are undone (None: nothing), its stored value, and what must be told.
Read = tuple[Plain, Stored, Problem | None]
Reader = Callable[[Plain], Read]
#: A column of the sheet: its index, its field ("" for a column that only tells), what is known of its texts already, and what
#: reads the others.
ColumnReader = tuple[int, str, dict[Plain, Read], Reader]
#: Different texts of one column that are remembered: days of birth are some 15,000, and of phones none comes again.
_REMEMBERED = 20_000
#: What a blank cell says.
BLANK: Read = (None, None, None)
#: Numbers tell by themselves that a mark is none.
_NUMBERS = (IdNumber, CreditCode, Phone)


def readers_of(
    form: Form, mapping: Mapping, choices: Dictionary[str, Dictionary[str, str]], today: dt.date
) -> tuple[dict[str, Reader], list[ColumnReader]]:
    """What reads each field of a form, and what reads each column of a sheet.

    ``choices``: field → written value → label, as a person chose.
    """
    known = {each.name: _chosen(each, choices.get(each.name, {})) for each in form.fields}
    parsers = parsers_of(form, mapping)
    by_name = {each.name: _reader(each, parsers[each.name], known[each.name]) for each in form.fields}
    plain = [(index, name, known[name], by_name[name]) for index, name in _plain(mapping)]
    return by_name, [*_labelled(form, mapping), *plain, *_watched(form, mapping, today)]


def _plain(mapping: Mapping) -> list[tuple[int, str]]:
    """The columns whose cells say the value of a field themselves, in their order; of joined ones the main column."""
    plain = [each for each in mapping.matches if not each.label and each.because != "joined"]
    return sorted((each.index, each.field) for each in plain if each.field)


def _labelled(form: Form, mapping: Mapping) -> list[ColumnReader]:
    """The readers of ticked columns: a tick says the column's label."""
    ticked = [(each.index, each.field, each.label) for each in mapping.matches if each.field and each.label]
    return [(index, name, {None: BLANK}, tick_reader(form.by_name[name], label)) for index, name, label in ticked]


def _watched(form: Form, mapping: Mapping, today: dt.date) -> list[ColumnReader]:
    """Columns that no field takes and that tell something all the same: that somebody left, or that a person must choose."""
    found: list[ColumnReader] = []
    for match in mapping.matches:
        said = unsure(form, match) or (evidence(match, today) if form.kind == "workers" else None)
        if said is not None:
            known: dict[Plain, Read] = {None: BLANK}
            found.append((match.index, "", known, _remembering(known, partial(_telling_only, said))))
    return found


def _remembering(known: dict[Plain, Read], read: Reader) -> Reader:
    """The same reader, which keeps what it found of texts."""

    def reading(cell: Plain) -> Read:
        found = read(cell)
        if type(cell) is str and len(known) < _REMEMBERED:
            known[cell] = found
        return found

    return reading


def _telling_only(said: Callable[[Plain], Problem | None], cell: Plain) -> Read:
    given = cells.plain(cell)
    return BLANK if given is None or (isinstance(given, str) and given in BLANKS) else (given, None, said(given))


def _chosen(each: FormField, choices: Dictionary[str, str]) -> dict[Plain, Read]:
    """What is known of a field's cells before any is read: blank ones, and what a person said that written values mean."""
    parse = each.column.kind.parse
    marks: dict[Plain, Read] = {
        mark: (mark, None, problem("ditto-unclear", each.name, written=mark.strip()))
        for mark in (*DITTO, *UNCLEAR)
        if not isinstance(each.column.kind, _NUMBERS) and each.name != "note"
    }
    chosen: dict[Plain, Read] = {
        written: (written, parse(label).value if label else None, None) for written, label in choices.items()
    }
    return {None: BLANK} | marks | chosen


def _reader(each: FormField, parse: Callable[[Plain], Parsed], known: dict[Plain, Read]) -> Reader:
    """A column's reader: the same text is read once, for a column of a thousand rows often holds ten values.

    ``known``: what texts mean, filled as they come; never numbers, of which 1 and 1.0 and True would be one.
    """
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
