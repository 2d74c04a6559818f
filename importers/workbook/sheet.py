"""What a reader hands over: sheets of plain cells with the spreadsheet's own row numbers. Knows no library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress, repeat, zip_longest
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # only for types: the reading child must start without loading the register's libraries
    from models.own_files import MadeAs
    from models.values.columns import Plain


#: A merged range: first row, first column, last row, last column, ends included; rows count from 1, columns from 0.
Merged = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """What reading one file may cost: child's memory, waiting without news, waiting in all, and the size of a sheet."""

    memory_bytes: int = 1 << 30
    seconds: float = 120
    total_seconds: float = 900
    columns: int = 200
    rows: int = 1_048_576


@dataclass(slots=True)
class SheetRow:
    """One row: ``number`` as the spreadsheet shows it, ``values[0]`` is always column A, trailing blanks are cut.

    Not frozen, unlike its neighbours: making a frozen one takes three times as long, and there are very many.
    """

    number: int
    values: list[Plain]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Some rows of a sheet that all hold something, column by column from A on.

    ``numbers`` are theirs; of each column there are as many values as rows. ``hidden``: the numbers of hidden ones.
    """

    numbers: Sequence[int]
    columns: Sequence[Sequence[Plain]]
    hidden: frozenset[int] = frozenset()

    @classmethod
    def of(cls, rows: Sequence[SheetRow]) -> Columns:
        """Rows as columns."""
        columns = list(zip_longest(*(row.values for row in rows)))
        return cls([row.number for row in rows], columns, frozenset(row.number for row in rows if row.hidden))

    @classmethod
    def joined(cls, parts: Sequence[Columns]) -> Columns:
        """Several parts as one."""
        if len(parts) == 1:
            return parts[0]
        columns = [
            list(chain.from_iterable(part.column(index) for part in parts))
            for index in range(max(len(part.columns) for part in parts))
        ]
        return cls([number for part in parts for number in part.numbers], columns, frozenset().union(*(p.hidden for p in parts)))

    def cut(self, start: int, end: int) -> Columns:
        """The rows from one place to before another."""
        return Columns(self.numbers[start:end], [column[start:end] for column in self.columns], self.hidden)

    def column(self, index: int) -> Sequence[Plain]:
        """The values of a column, which may be one behind the last."""
        return self.columns[index] if index < len(self.columns) else (None,) * len(self.numbers)

    def rows(self) -> Iterator[SheetRow]:
        """The rows, trailing blanks cut."""
        rows = zip(*self.columns, strict=True) if self.columns else repeat(())
        for number, values in zip(self.numbers, rows, strict=False):
            yield SheetRow(number, trim(list(values)), number in self.hidden)

    def filled(self) -> Columns:
        """Without the rows that hold nothing but white space."""
        if any(None not in column and not any(map(_is_space, column)) for column in self.columns):
            return self
        kept = [any(value is not None and not _is_space(value) for value in row) for row in zip(*self.columns, strict=True)]
        if all(kept) and kept:
            return self
        return self.only(kept)

    def only(self, kept: Sequence[bool]) -> Columns:
        """Some of the rows: those for which ``kept`` is true."""
        columns = [list(compress(column, kept)) for column in self.columns] if any(kept) else []
        return Columns(list(compress(self.numbers, kept)), columns, self.hidden)


def _is_space(value: Plain) -> bool:
    return type(value) is str and (not value or value.isspace())


def trim(row: list[Plain]) -> list[Plain]:
    """Cut the trailing cells that are empty or hold only white space; changes and returns the list."""
    while row and (row[-1] is None or (isinstance(row[-1], str) and not row[-1].strip())):
        row.pop()
    return row


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What is known of a sheet before its rows.

    ``index`` counts the worksheets of the file from 0, hidden ones too. ``notes`` are sentences to tell the person.
    ``refused`` is a sentence when this sheet, but not the whole file, cannot be read (it then has no rows).
    ``unsaved`` are the (row, column) of formulas that were saved without a result (.xlsx only): row from 1, column
    from 0; such cells are None. ``part``: "table" where the rows are a part of a
    sheet or its cells stand in another order, "form" where they were read from a form of single records. ``digest``: the
    SHA-256 of a file that lies in an archive. ``made``: what the file says that this program made it as.
    """

    file: str
    sheet: str
    index: int
    hidden: bool
    container: str
    merged: tuple[Merged, ...] = ()
    notes: tuple[str, ...] = ()
    refused: str = ""
    unsaved: tuple[tuple[int, int], ...] = ()
    part: str = ""
    digest: str = ""
    made: MadeAs = ""


class Again:
    """Said after a sheet, or a part of it: what came of it is to be forgotten, for it begins anew."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive holds: names with forward slashes of the files to read, and of those that are none of ours."""

    wanted: tuple[str, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet read completely; rows without any value are left out, so numbers may jump."""

    head: SheetHead
    rows: Sequence[SheetRow] = field(default_factory=list)
