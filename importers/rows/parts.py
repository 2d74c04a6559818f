"""The rows of a sheet as they were understood, kept by column; a row is made for whoever looks at it.

Of most rows nothing is to be told, and they stay packed. A row of which there is something stands by itself, and stays.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from operator import eq
from typing import overload

from importers.reader.held import Kept, keep, keep_numbers, unkeep
from importers.rows.rows import Row
from models.values.columns import Stored
from models.values.problems import Problem


@dataclass
class RowPart:
    """Some rows that follow each other: a column of stored values for each field, and by their place the loud rows."""

    numbers: Sequence[int]
    hidden: frozenset[int]
    loud: dict[int, Row]
    kept: dict[str, Kept]
    _open: tuple[tuple[str, ...], list[tuple[Stored, ...]]] | None = field(default=None, repr=False)

    @classmethod
    def of(
        cls, numbers: Sequence[int], hidden: frozenset[int], columns: Mapping[str, Sequence[Stored]], loud: dict[int, Row]
    ) -> "RowPart":
        """Pack the columns. What they say of loud rows does not count."""
        kept = {name: keep(column) for name, column in columns.items()} if len(loud) < len(numbers) else {}
        return cls(keep_numbers(numbers), hidden, loud, kept)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.numbers)

    def __iter__(self) -> Iterator[Row]:
        """The rows; unpacked as long as somebody goes through them."""
        yield from map(self.row, range(len(self)))
        self._open = None

    def column(self, name: str) -> Sequence[Stored]:
        """What the quiet rows say in a field; of the loud ones something that does not count."""
        kept = self.kept.get(name)
        return (None,) * len(self.numbers) if kept is None else unkeep(kept, len(self.numbers))  # type: ignore[return-value]

    def row(self, place: int) -> Row:
        """One row; its part stays unpacked until it is told to forget."""
        if place in self.loud:
            return self.loud[place]
        if self._open is None:
            names = tuple(self.kept)
            rows = zip(*map(self.column, names), strict=True) if names else repeat((), len(self.numbers))
            self._open = names, list(rows)
        names, values = self._open
        return Row.quiet(self.numbers[place], (names, values[place]), self.numbers[place] in self.hidden)

    def forget(self) -> None:
        """Keep nothing unpacked."""
        self._open = None


class UnderstoodRows(Sequence[Row]):
    """All rows of a sheet."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        """Take rows that stand by themselves."""
        self.parts: list[RowPart] = []
        self._starts = [0]
        self._last = 0
        if given := list(rows):
            self.take(RowPart([row.number for row in given], frozenset(), dict(enumerate(given)), {}))

    def take(self, part: RowPart) -> None:
        """The next rows."""
        if len(part):
            self.parts.append(part)
            self._starts.append(self._starts[-1] + len(part))

    def __len__(self) -> int:
        """How many rows there are."""
        return self._starts[-1]

    def __iter__(self) -> Iterator[Row]:
        """All rows, one after the other."""
        return chain.from_iterable(self.parts)

    def __eq__(self, other: object) -> bool:
        """True for the same rows, also those of a list."""
        return isinstance(other, Sequence) and len(other) == len(self) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]  # rows are told something

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | list[Row]:
        """One row, or a list of some."""
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        part, within = self._find(place)
        return part.row(within)

    def _find(self, place: int) -> tuple[RowPart, int]:
        wanted = range(len(self))[place]
        number = bisect_right(self._starts, wanted) - 1
        if number != self._last:
            self.parts[self._last].forget()
            self._last = number
        return self.parts[number], wanted - self._starts[number]

    def numbers(self) -> Iterator[int]:
        """The spreadsheet's own numbers of the rows."""
        return chain.from_iterable(part.numbers for part in self.parts)

    def loud(self) -> Iterator[Row]:
        """The rows that stand by themselves."""
        return (part.loud[place] for part in self.parts for place in sorted(part.loud))

    def tell(self, place: int, told: Iterable[Problem]) -> None:
        """Something more is to be told of a row, which stands by itself from now on."""
        part, within = self._find(place)
        row = part.loud[within] = part.row(within)
        row.problems += tuple(told)
