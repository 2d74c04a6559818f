"""What every container's reader yields, and the conversion of a library's cells into plain values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from importers.workbook.refusals import Told
from importers.workbook.sheet import Columns, Merged, ReadLimits, SheetRow, trim

if TYPE_CHECKING:
    from models.own_files import MadeAs
    from models.values.columns import Plain

#: Excel keeps 15 significant digits: larger numbers stay floats, so that later code knows that digits were lost.
WHOLE_NUMBERS_BELOW = 1e15
_LARGEST = 1e308
#: Rows that are read together at most.
TOGETHER = 2_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read: ``careful`` avoids the native reader, after it took a child down with it."""

    limits: ReadLimits = field(default_factory=ReadLimits)
    password: str | None = None
    hidden_sheets: bool = False
    careful: bool = False
    skip_sheets: int = 0


@dataclass(slots=True)
class OpenSheet:
    """A sheet about to be read: ``parts`` or ``rows`` only once, before the next sheet is asked for; ``height`` 0 = not known.

    What its rows tell of it (merged ranges, notes, ``unsaved``) is whole when they are read. ``again``, known then as well: it
    comes once more, read in another way, and these rows are to be forgotten. ``made``: what its file says that it was made as.
    """

    name: str
    index: int
    hidden: bool = False
    merged: tuple[Merged, ...] = ()
    notes: list[Told] = field(default_factory=list)
    unsaved: tuple[tuple[int, int], ...] = ()
    height: int = 0
    refused: Told | None = None
    rows: Iterable[SheetRow] = ()
    columns: Iterable[Columns] | None = None
    again: bool = False
    made: MadeAs = ""

    def parts(self) -> Iterator[Columns]:
        """The rows in parts of at most so many as travel together, however they are read."""
        if self.columns is not None:
            yield from _gathered(self.columns)
            return
        rows = iter(self.rows)
        while some := list(islice(rows, TOGETHER)):
            yield Columns.of(some)


def _gathered(parts: Iterable[Columns]) -> Iterator[Columns]:
    """The same rows, so many together: of the first ones a sheet must be understood."""
    waiting: list[Columns] = []
    count = 0
    for part in parts:
        waiting.append(part)
        count += len(part.numbers)
        if count >= TOGETHER:
            held = Columns.joined(waiting)
            yield held.cut(0, TOGETHER)
            waiting, count = [held.cut(TOGETHER, count)], count - TOGETHER
    if count:
        yield Columns.joined(waiting)


def settle(value: object) -> Plain:
    """A library's cell value as a plain one: whole floats become int, midnight becomes a day, a time becomes text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value or None
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, dt.datetime):
        return _moment(value)
    if isinstance(value, dt.date):
        return value
    if isinstance(value, dt.time):
        return value.strftime("%H:%M:%S" if value.second else "%H:%M")
    if isinstance(value, dt.timedelta):
        return _duration(value)
    return str(value)


def _number(value: float) -> Plain:
    if not -_LARGEST < value < _LARGEST:  # also what is no number at all
        return "#NUM!"
    if abs(value) >= WHOLE_NUMBERS_BELOW:
        return float(value)
    return int(value) if value == int(value) else value


def _moment(value: dt.datetime) -> dt.date:
    """Excel counts days in floats: a moment is off by some microseconds, and a day is a moment at midnight."""
    if value.microsecond:
        value = value.replace(microsecond=0) + dt.timedelta(seconds=value.microsecond >= 500_000)
    return value if value.time() != dt.time() else value.date()


def _duration(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    minutes, second = divmod(abs(seconds), 60)
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{second:02}"


def settle_row(values: Iterable[object], leading: int = 0) -> list[Plain]:
    """The cells of a row as plain values, ``leading`` empty columns put before them, trailing blanks cut."""
    row: list[Plain] = [None] * leading
    row += [(value or None) if type(value) is str else settle(value) for value in values]
    return trim(row)


def widest(rows: Sequence[SheetRow]) -> int:
    """The number of columns that really hold something."""
    return max((len(row.values) for row in rows), default=0)


def filled(rows: Iterable[Sequence[object]], leading: int = 0) -> Iterator[SheetRow]:
    """Number the rows of a sheet from 1 and leave out the empty ones."""
    for number, values in enumerate(rows, 1):
        row = settle_row(values, leading)
        if row:
            yield SheetRow(number, row)
