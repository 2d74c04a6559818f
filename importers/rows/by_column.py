"""From some rows of a sheet, given as columns, to rows of values.

Everything that can be is done for a column at a time: which rows are records, what their cells say, what the checks across
fields have nothing to say of. A row is looked at by itself where there is something to tell or to decide of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from importers.columns.row_roles import main_column
from importers.rows.carried import NOTHING, Given
from importers.rows.ditto import DITTO
from importers.rows.joining import joined_columns
from importers.rows.parts import RowPart
from importers.rows.readers import ColumnRead
from importers.rows.rows import RowWay, alone
from importers.workbook.sheet import Columns, trim
from models.records.checks import StoredValues, Written
from models.records.checks_together import TOGETHER
from models.values.columns import Plain, Stored
from models.values.problems import Problem, problem


def understand_part(part: Columns, way: RowWay) -> RowPart:
    """Read some rows of a sheet, which follow those that were read before."""
    records, given = _records(part, way)
    if not records.numbers:
        return RowPart.of((), frozenset(), {}, {})
    read = _read(records, way)
    return _rows(records, given, read, way)


def _records(part: Columns, way: RowWay) -> tuple[Columns, Mapping[int, Given]]:
    """The rows that are records, ditto marks filled in; the place of a row → what its section gives it."""
    if min(part.numbers, default=0) < way.header.first_data:
        part = part.only([number >= way.header.first_data for number in part.numbers])
    carried = way.carried
    if part.numbers and way.all_records(part.columns) and all(map(DITTO.isdisjoint, part.columns)):
        carried.above = trim([column[-1] for column in part.columns])
        return part, {} if carried.given is NOTHING else dict.fromkeys(range(len(part.numbers)), carried.given)
    judged = ((row, way.role(row.values)) for row in part.rows())
    found = list(carried.records(judged, main_column(way.mapping, way.form)))
    given = {place: each for place, (_row, each) in enumerate(found) if each is not NOTHING}
    return Columns.of([row for row, _given in found]), given


@dataclass
class _Field:
    """What some rows say in a field, by row. ``told``: places of those that say something although their value is None."""

    given: Sequence[Plain]
    values: Sequence[Stored]
    told: set[int]


@dataclass
class _Fields:
    """The fields of some rows, in the order of their columns, and the problems of their cells: place of a row → problems."""

    by_name: dict[str, _Field] = field(default_factory=dict)
    problems: dict[int, list[Problem]] = field(default_factory=dict)

    def tell(self, told: Iterable[tuple[int, Problem]]) -> None:
        """Something more is to be told of rows."""
        for place, each in told:
            self.problems.setdefault(place, []).append(each)

    def row(self, place: int) -> tuple[StoredValues, Written]:
        """What one row says: its values by field, and what is written there."""
        values: StoredValues = {}
        written: Written = {}
        for name, each in self.by_name.items():
            value = each.values[place]
            if value is not None or place in each.told:
                values[name], written[name] = value, each.given[place]
        return values, written


def _read(records: Columns, way: RowWay) -> _Fields:
    """Read the cells, column by column."""
    columns: list[Sequence[Plain]] = list(records.columns)
    if way.mapping.joins:
        columns = joined_columns(columns, way.mapping.joins, len(records.numbers))
    found = _Fields()
    places = {number: place for place, number in enumerate(records.numbers)} if way.unsaved else {}
    blank: Sequence[None] = (None,) * len(records.numbers)
    for index, name, read in way.readers:
        said = read(columns[index]) if index < len(columns) else ColumnRead(blank, blank, {})
        unsaved = sorted(places[row] for row, column in way.unsaved if name and column == index and row in places)
        found.tell((place, problem("formula-empty", name)) for place in unsaved if said.given[place] is None)
        found.tell(said.troubles.items())
        if name in found.by_name:
            found.by_name[name] = _both(name, found, said, way)
        elif name:
            found.by_name[name] = _Field(said.given, said.values, set(said.troubles))
    return found


def _both(name: str, found: _Fields, said: ColumnRead, way: RowWay) -> _Field:
    """A field of which several columns speak. Of ticked ones only one may say something else than the others."""
    held = found.by_name[name]
    made = _Field(list(held.given), list(held.values), set(held.told))
    twice = problem("ticked-twice", name, label=way.form.by_name[name].column.label)
    for place, (given, value) in enumerate(zip(said.given, said.values, strict=True)):
        if given is None:
            continue
        spoken = held.values[place] is not None or place in held.told
        if way.ticks and spoken and held.values[place] != value:
            found.tell([(place, twice)])
            made.values[place] = None  # type: ignore[index]
            made.told.add(place)
        elif value is not None or place in said.troubles:
            made.given[place], made.values[place] = given, value  # type: ignore[index]
            made.told |= {place} if place in said.troubles else set()
    return made


def _rows(records: Columns, given: Mapping[int, Given], read: _Fields, way: RowWay) -> RowPart:
    """The rows: those of which nothing is to be told as they are, each of the others by itself."""
    count = len(records.numbers)
    columns = {name: each.values for name, each in read.by_name.items()}
    columns |= {name: [value] * count for name, (_given, value, _trouble) in way.defaults if name not in columns}
    loud, filled = _loud(columns, count, read, way)
    loud.update(given, read.problems, _places(records.numbers, way.cells))
    rows = {}
    for place in sorted(loud):
        number, told = records.numbers[place], read.problems.get(place, [])
        rows[place] = alone(number, number in records.hidden, *read.row(place), told, given.get(place, NOTHING), way)
    return RowPart.of(records.numbers, records.hidden, columns | filled, rows)


def _places(numbers: Sequence[int], sought: Mapping[int, object]) -> set[int]:
    return {place for place, number in enumerate(numbers) if number in sought} if sought else set()


def _loud(
    columns: dict[str, Sequence[Stored]], count: int, read: _Fields, way: RowWay
) -> tuple[set[int], dict[str, Sequence[Stored]]]:
    """The places of the rows that must be looked at by themselves; fields as the others have them."""
    together = TOGETHER.get(way.form.kind)
    twice = any(trouble is not None or name in read.by_name for name, (_given, _value, trouble) in way.defaults)
    if together is None or way.keyed or twice or not set(way.required) <= columns.keys():
        return set(range(count)), {}
    loud, filled = together(columns, count, way.today)
    for name in way.required:
        loud.update(place for place, value in enumerate(columns[name]) if value is None)
    if way.implied:
        loud.update(place for place, day in enumerate(columns.get("change_date", ())) if day is not None)
    return loud, filled
