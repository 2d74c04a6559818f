"""Rows that were read, kept column by column in little room, and made into rows for whoever looks at them."""

import zlib
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from typing import overload

from importers.reader import wire
from importers.workbook.opened import TOGETHER
from importers.workbook.sheet import Columns, SheetRow
from models.values.columns import Plain

#: How hard zlib tries: the columns of 600,000 people take 30 MB with the least that it does.
_LEVEL = 1
#: A column as it is kept: its one value where all are the same, else compressed.
Kept = tuple[Plain] | bytes


def keep(column: Sequence[Plain]) -> Kept:
    """A column in little room."""
    first = column[0] if column else None
    if column.count(first) == len(column) and len(set(map(type, column))) < 2:
        return (first,)
    kind, said = wire.pack_column(column)
    return zlib.compress(wire.encode({"column": [kind, said]}), _LEVEL)


def unkeep(kept: Kept, count: int) -> Sequence[Plain]:
    """The column of so many values, as it was."""
    if isinstance(kept, tuple):
        return kept * count
    kind, said = wire.decode(zlib.decompress(kept))["column"]
    return wire.unpack_column(kind, said, {})


def keep_numbers(numbers: Sequence[int]) -> Sequence[int]:
    """The numbers of rows in little room: most follow each other."""
    first = numbers[0] if numbers else 0
    together = range(first, first + len(numbers))
    return together if numbers and numbers[-1] == together[-1] and list(together) == list(numbers) else array("L", numbers)


@dataclass(frozen=True, slots=True)
class _Part:
    numbers: Sequence[int]
    columns: tuple[Kept, ...]
    hidden: frozenset[int]

    def unpacked(self) -> Columns:
        return Columns(self.numbers, [unkeep(each, len(self.numbers)) for each in self.columns], self.hidden)


class HeldRows(Sequence[SheetRow]):
    """The rows of a sheet: a row is made anew each time that it is asked for."""

    def __init__(self) -> None:
        """No rows yet."""
        self._parts: list[_Part] = []
        self._starts = [0]
        self._last: tuple[int, list[SheetRow]] = (-1, [])

    def take(self, part: Columns) -> None:
        """The next rows of the sheet."""
        self._parts.append(_Part(keep_numbers(part.numbers), tuple(map(keep, part.columns)), part.hidden))
        self._starts.append(self._starts[-1] + len(part.numbers))

    def parts(self) -> Iterator[Columns]:
        """The rows as columns, as they came."""
        return (part.unpacked() for part in self._parts)

    def column(self, index: int) -> Iterator[tuple[int, Plain]]:
        """The number of each row with its cell in a column; no other column is unpacked."""
        for part in self._parts:
            kept = part.columns[index] if index < len(part.columns) else (None,)
            yield from zip(part.numbers, unkeep(kept, len(part.numbers)), strict=True)

    def __len__(self) -> int:
        """How many rows there are."""
        return self._starts[-1]

    def __iter__(self) -> Iterator[SheetRow]:
        """All rows, one after the other."""
        return chain.from_iterable(part.rows() for part in self.parts())

    @overload
    def __getitem__(self, place: int) -> SheetRow: ...
    @overload
    def __getitem__(self, place: slice) -> list[SheetRow]: ...
    def __getitem__(self, place: int | slice) -> SheetRow | list[SheetRow]:
        """One row, or a list of some; a slice goes forward."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        wanted = range(len(self))[place]
        number = bisect_right(self._starts, wanted) - 1
        if self._last[0] != number:
            self._last = number, list(self._parts[number].unpacked().rows())
        return self._last[1][wanted - self._starts[number]]


def parts_of(rows: Sequence[SheetRow]) -> Iterator[Columns]:
    """Rows as columns, so many together as their reader gives."""
    if isinstance(rows, HeldRows):
        return rows.parts()
    return (Columns.of(rows[start : start + TOGETHER]) for start in range(0, len(rows), TOGETHER))


def places_of(rows: Sequence[SheetRow], texts: AbstractSet[str]) -> Iterator[int]:
    """The places of the rows that have a cell which is one of the texts."""
    start = 0
    for part in parts_of(rows):
        found: set[int] = set()
        for column in part.columns:
            if not texts.isdisjoint(column):
                found.update(place for place, value in enumerate(column) if value in texts)
        yield from (start + place for place in sorted(found))
        start += len(part.numbers)


def column_of(rows: Sequence[SheetRow], index: int) -> Iterator[tuple[int, Plain]]:
    """The number of each row with its cell in a column, None where there is none."""
    if isinstance(rows, HeldRows):
        return rows.column(index)
    return ((row.number, row.values[index] if index < len(row.values) else None) for row in rows)
