"""From the rows of a sheet to rows of values: each cell read by its field's kind, then checks across fields.

Nothing here asks the register. A row that fails keeps all of its problems, not only the first.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from importers import cells
from importers.header import Header
from importers.mapping import Mapping
from importers.row_roles import role
from importers.sheet import SheetRow
from models.checks import CHECKS, Check, Values, Written
from models.columns import Parsed, Plain, Stored
from models.forms import Form, FormField
from models.problems import Problem, problem

#: What a row without its required field lacks.
MISSING = {
    "workers": "name-missing", "employers": "employer-name-missing", "unions": "union-name-missing",
    "headcounts": "subject-missing",
}  # fmt: skip
#: What a cell says once a spreadsheet's accidents are undone (None: nothing), its stored value, and what must be told.
Read = tuple[Plain, Stored, Problem | None]
Reader = Callable[[Plain], Read]
#: Different texts of one column that are remembered: most columns have fewer, and in one of phones nothing comes again.
_REMEMBERED = 5_000


@dataclass(slots=True)
class Row:
    """A row that was understood: its own number, stored values by field name, what was written, and all problems."""

    number: int
    values: dict[str, Stored]
    written: dict[str, Plain]
    problems: list[Problem] = field(default_factory=list)

    @property
    def refused(self) -> bool:
        """True when an error keeps the row out."""
        return any(each.level == "error" for each in self.problems)


def understand(
    rows: Sequence[SheetRow],
    header: Header,
    mapping: Mapping,
    form: Form,
    today: dt.date,
    unsaved: frozenset[tuple[int, int]] = frozenset(),
) -> list[Row]:
    """Read the rows below the header that are records of ``form``; totals, notes and signatures are left out.

    ``unsaved``: (row, column) of formulas that were saved without their result.
    """
    readers = [(index, each.name, _reader(each)) for index, each in sorted(mapping.fields(form).items())]
    required = [each.name for each in form.fields if each.column.required]
    check = CHECKS[form.kind]
    if form.kind == "unions" and mapping.of("name") is None:
        check = _named_after_employer
    found = []
    for row in rows:
        if row.number < header.first_data or role(row.values, header, mapping, form) != "record":
            continue
        found.append(_row(row, readers, required, form, check, today, unsaved))
    if form.kind == "workers":
        _repeated(found)
    return found


def _reader(each: FormField) -> Reader:
    """A column's reader: the same text is read once, for a column of a thousand rows often holds ten values."""
    parse = each.column.kind.parse
    name = each.name
    known: dict[str, Read] = {}

    def read(cell: Plain) -> Read:
        if type(cell) is not str:
            return _read(cell, parse, name)
        found = known.get(cell)
        if found is None:
            found = _read(cell, parse, name)
            if len(known) < _REMEMBERED:
                known[cell] = found
        return found

    return read


def _read(cell: Plain, parse: Callable[[Plain], Parsed], name: str) -> Read:
    given = cells.plain(cell)
    if given is None:
        return None, None, None
    trouble = cells.error_of(given)
    value = None
    if trouble is None:
        value, trouble = parse(given)
    return given, value, None if trouble is None else trouble.at(name)


def _row(
    row: SheetRow,
    readers: list[tuple[int, str, Reader]],
    required: list[str],
    form: Form,
    check: Check,
    today: dt.date,
    unsaved: frozenset[tuple[int, int]],
) -> Row:
    values: dict[str, Stored] = {}
    written: dict[str, Plain] = {}
    problems: list[Problem] = []
    cells_of_row = row.values
    width = len(cells_of_row)
    for index, name, read in readers:
        given, value, trouble = read(cells_of_row[index]) if index < width else (None, None, None)
        if given is None:
            if unsaved and (row.number, index) in unsaved:
                problems.append(problem("formula-empty", name))
            continue
        if trouble is not None:
            problems.append(trouble)
        if value is not None or trouble is not None:
            values[name], written[name] = value, given
    problems = check(values, written, problems, today)
    if any(values.get(name) is None for name in required):
        problems.insert(0, problem(MISSING[form.kind]))
    return Row(row.number, values, written, problems)


def _named_after_employer(
    values: Values, written: Written, problems: list[Problem], today: dt.date
) -> list[Problem]:
    """In a list of unions that has no column for their names, each is named after its employer, and that is told."""
    employer = values.get("employer")
    if isinstance(employer, str):
        values["name"] = f"{employer}工会"
        problems = [*problems, problem("union-name-derived", "name", name=values["name"])]
    return CHECKS["unions"](values, written, problems, today)


def _repeated(rows: list[Row]) -> None:
    """A person who stands twice in a sheet is refused the second time, with the first row's number."""
    first: dict[Stored, int] = {}
    for row in rows:
        number = row.values.get("id_number")
        if number is None or row.refused:
            continue
        if number in first:
            row.problems.append(problem("id-repeated", "id_number", row=first[number]))
        else:
            first[number] = row.number
