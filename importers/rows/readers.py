"""What reads the cells of a sheet's columns: made once for each column, and the same text is read once."""

import datetime as dt
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Dictionary
from functools import lru_cache, partial
from typing import Any, NamedTuple

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
#: Different texts of one column that are remembered: days of birth are some 15,000, and of phones none comes again.
_REMEMBERED = 20_000
#: Cells of a column that are looked at together where nearly all are different.
_TOGETHER = 250
#: What a blank cell says.
BLANK: Read = (None, None, None)
#: Numbers tell by themselves that a mark is none.
_NUMBERS = (IdNumber, CreditCode, Phone)
_TEXTS = frozenset((str, type(None)))


class ColumnRead(NamedTuple):
    """What the cells of a column say, by row: once a spreadsheet's accidents are undone, and their stored values.

    ``troubles``: place of a row → what must be told of its cell.
    """

    given: Sequence[Plain]
    values: Sequence[Stored]
    troubles: Dictionary[int, Problem]


class ColumnReader(NamedTuple):
    """What reads a column of the sheet: where it stands (0 = A), its field ("" for a column that only tells)."""

    column: int
    name: str
    read: Callable[[Sequence[Plain]], ColumnRead]


def readers_of(
    form: Form, mapping: Mapping, choices: Dictionary[str, Dictionary[str, str]], today: dt.date
) -> tuple[dict[str, Reader], list[ColumnReader]]:
    """What reads each field of a form, and what reads each column of a sheet.

    ``choices``: field → written value → label, as a person chose.
    """
    parsers = parsers_of(form, mapping)
    fields = {each.name: _FieldReader(each, parsers[each.name], choices.get(each.name, {})) for each in form.fields}
    plain = [ColumnReader(index, name, fields[name].column) for index, name in _plain(mapping)]
    by_name: dict[str, Reader] = {name: reader.cell for name, reader in fields.items()}
    return by_name, [*_labelled(form, mapping), *plain, *_watched(form, mapping, today)]


def _plain(mapping: Mapping) -> list[tuple[int, str]]:
    """The columns whose cells say the value of a field themselves, in their order; of joined ones the main column."""
    plain = [each for each in mapping.matches if not each.label and each.because != "joined"]
    return sorted((each.index, each.field) for each in plain if each.field)


def _labelled(form: Form, mapping: Mapping) -> list[ColumnReader]:
    """The readers of ticked columns: a tick says the column's label."""
    ticked = [(each.index, each.field, each.label) for each in mapping.matches if each.field and each.label]
    return [
        ColumnReader(index, name, partial(_each, tick_reader(form.by_name[name], label))) for index, name, label in ticked
    ]


def _watched(form: Form, mapping: Mapping, today: dt.date) -> list[ColumnReader]:
    """Columns that no field takes and that tell something all the same: that somebody left, or that a person must choose."""
    found: list[ColumnReader] = []
    for match in mapping.matches:
        said = unsure(form, match) or (evidence(match, today) if form.kind == "workers" else None)
        if said is not None:
            found.append(ColumnReader(match.index, "", partial(_each, partial(_telling_only, said))))
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


def _each(read: Reader, column: Sequence[Plain]) -> ColumnRead:
    """Read a column cell by cell."""
    return _apart([BLANK if cell is None else read(cell) for cell in column])


def _apart(found: Sequence[Read]) -> ColumnRead:
    given, values, troubles = zip(*found, strict=True)
    return ColumnRead(given, values, {place: each for place, each in enumerate(troubles) if each is not None})


@lru_cache(maxsize=1_000)
def _unclear(name: str) -> dict[Plain, Read]:
    """What the signs that say nothing for sure are in a field: the same for every sheet, and changed by none."""
    return {mark: (mark, None, problem("ditto-unclear", name, written=mark.strip())) for mark in (*DITTO, *UNCLEAR)}


class _FieldReader:
    """What reads the cells of a field: the same text is read once, for a column of a thousand rows often holds ten values."""

    def __init__(self, field: FormField, parse: Callable[[Plain], Parsed], choices: Dictionary[str, str]) -> None:
        """``choices``: written value → label, as a person chose."""
        kind = field.column.kind
        self._name, self._label, self._parse = field.name, field.column.label, parse
        marks: dict[Plain, Read] = {} if isinstance(kind, _NUMBERS) or field.name == "note" else _unclear(field.name)
        chosen: dict[Plain, Read] = {
            written: (written, kind.parse(label).value if label else None, None) for written, label in choices.items()
        }
        #: what texts mean, filled as they come; never numbers, of which 1 and 1.0 and True would be one
        self._known = {None: BLANK} | marks | chosen
        self._settled = frozenset(self._known) - {None}
        self._all_sound = kind.all_sound if parse == kind.parse else None

    def cell(self, cell: Plain) -> Read:
        """Read one cell."""
        if type(cell) is not str:
            return _read(cell, self._parse, self._name, self._label)
        found = self._known.get(cell)
        if found is None:
            found = _read(cell, self._parse, self._name, self._label)
            if len(self._known) < _REMEMBERED:
                self._known[cell] = found
        return found

    def column(self, column: Sequence[Plain]) -> ColumnRead:
        """Read a column."""
        if not _TEXTS.issuperset(map(type, column)):
            return _apart([BLANK if cell is None else self.cell(cell) for cell in column])
        different = set(column)
        if 2 * len(different) > len(column):
            return self._of_many(column)
        reads = {text: self.cell(text) for text in different if text is not None} | {None: BLANK}
        if any(trouble is not None or given != text for text, (given, _value, trouble) in reads.items()):
            return _apart(list(map(reads.__getitem__, column)))
        values = {text: value for text, (_given, value, _trouble) in reads.items()}
        return ColumnRead(column, list(map(values.__getitem__, column)), {})

    def _of_many(self, column: Sequence[Plain]) -> ColumnRead:
        """Read a column in which most texts are different: where a look at many shows that all are sound, they are not parsed."""
        given: list[Plain] = []
        values: list[Stored] = []
        troubles: dict[int, Problem] = {}
        for start in range(0, len(column), _TOGETHER):
            some = column[start : start + _TOGETHER]
            texts: Any = [text for text in some if text is not None] if None in some else some
            if self._all_sound is not None and self._settled.isdisjoint(texts) and self._all_sound(texts):
                given += some
                values += some  # type: ignore[arg-type]
                continue
            known = self._known.get
            read = _apart([known(cell) or self.cell(cell) for cell in some])
            given += read.given
            values += read.values
            troubles.update((start + place, each) for place, each in read.troubles.items())
        return ColumnRead(given, values, troubles)


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
