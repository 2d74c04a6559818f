"""What a reader hands over: sheets of plain cells with the spreadsheet's own row numbers. Knows no library."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # only for types: the reading child must start without loading the register's libraries
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
class SheetHead:
    """What is known of a sheet before its rows.

    ``index`` counts the worksheets of the file from 0, hidden ones too. ``notes`` are sentences to tell the person.
    ``refused`` is a sentence when this sheet, but not the whole file, cannot be read (it then has no rows).
    ``unsaved`` are the (row, column) of formulas that were saved without a result (.xlsx only): row from 1, column
    from 0; such cells are None. ``part``: "table" where the rows are a part of a
    sheet or its cells stand in another order, "form" where they were read from a form of single records. ``digest``: the
    SHA-256 of a file that lies in an archive.
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


@dataclass(frozen=True, slots=True)
class Contents:
    """What an archive holds: names with forward slashes of the files to read, and of those that are none of ours."""

    wanted: tuple[str, ...]
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet read completely; rows without any value are left out, so numbers may jump."""

    head: SheetHead
    rows: list[SheetRow] = field(default_factory=list)
