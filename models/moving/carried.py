"""What is taken along when a register goes from one place to another: which tables, and that all of it arrived.

Carried are the records, the log, the trail and what laptops that exchange keep. What follows from these (counts, the index of
words) is made anew where it arrives, by whatever keeps it there.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from peewee import BlobField, Model

from models.engine import whole_tables
from models.engine.whole_tables import Row, TableSource
from models.errors import UserError
from models.exchange.noted import Crossing
from models.exchange.office import OfficeKey
from models.journal.forks import Fork
from models.journal.log import Batch, Bundle, Change
from models.language import _
from models.progress import OnProgress, untold
from models.records.catalogue import RECORDS
from models.trail.entry import TrailEntry

#: Table → its class, those that are referred to before those that refer.
CARRIED: dict[str, type[Model]] = {
    **RECORDS,
    **{each._meta.table_name: each for each in (Batch, Change, Bundle, TrailEntry, Fork, Crossing, OfficeKey)},
}
#: What follows from the carried tables, or belongs to one engine and its users: made anew, never carried.
FOLLOWING = frozenset({
    "held_count", "count_key", "past_half", "past_count", "past_change", "past_stale", "search_progress", "given_number",
    "schema_migration", "office_user", "office_town", "office_place", "office_device", "office_batch", "office_uncounted",
})  # fmt: skip
#: The tables that never give a number twice.
NUMBERED = (TrailEntry._meta.table_name, Bundle._meta.table_name)
#: How a character that no server keeps stands in JSON.
_NUL = "\\u0000"


class TableSum(NamedTuple):
    """How many rows of a table there are, and the SHA-256 of all of them in their order."""

    rows: int
    sha256: str


class RowsPassing:
    """Counts and sums up the rows of a table while they go by."""

    def __init__(self, table: str) -> None:
        """Nothing has gone by yet."""
        self._table, self._rows, self._sum = table, 0, hashlib.sha256()

    def through(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The same rows. UserError for one that a server could not keep."""
        for row in rows:
            self._sum.update(self._text(row))
            self._rows += 1
            yield row

    def _text(self, row: Row) -> bytes:
        text = json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_as_text)
        if _NUL in text and any(isinstance(value, str) and "\0" in value for value in row):
            raise UserError(self._unkept(row))
        try:
            return text.encode() + b"\n"
        except UnicodeEncodeError as error:
            raise UserError(self._unkept(row)) from error

    def _unkept(self, row: Row) -> str:
        uid = next((value for value in row if isinstance(value, str) and len(value) == 36), row[0])
        said = _("“{table}”里的一条（{uid}）有服务器存不下的字符（看不见的空字符之类）。请先在原来的登记册里改正它。什么都没有搬。")
        return said.format(table=self._table, uid=uid)

    @property
    def sum(self) -> TableSum:
        """Of all that went by."""
        return TableSum(self._rows, self._sum.hexdigest())


def _as_text(value: Any) -> str:
    return bytes(value).hex()


def names_of(table: str) -> list[str]:
    """The fields of a carried table, its number first."""
    return [field.name for field in CARRIED[table]._meta.sorted_fields]


def blobs_of(table: str) -> frozenset[str]:
    """The fields of a carried table that are no text and no number."""
    return frozenset(field.name for field in CARRIED[table]._meta.sorted_fields if isinstance(field, BlobField))


def read(source: TableSource, table: str, names: Sequence[str] = ()) -> Iterator[Row]:
    """The rows of a carried table, as values of the fields ``names``; of all of them where none are named."""
    fields = CARRIED[table]._meta.fields
    return source.rows(table, [fields[name].column_name for name in names or names_of(table)])


def put_in(table: str, rows: Iterable[Row], names: Sequence[str] = ()) -> TableSum:
    """Put rows into a carried table of the open register, and say what they were. ``names``: as for :func:`read`."""
    passing = RowsPassing(table)
    whole_tables.put(CARRIED[table], list(names) or names_of(table), passing.through(rows))
    return passing.sum


def sums_of(source: TableSource, tables: Mapping[str, Sequence[str]], tell: OnProgress = untold) -> dict[str, TableSum]:
    """What a source holds of these fields, by table."""
    found = dict[str, TableSum]()
    for done, (table, names) in enumerate(tables.items()):
        tell(done, len(tables))
        passing = RowsPassing(table)
        for _row in passing.through(read(source, table, names)):
            pass
        found[table] = passing.sum
    return found


def need_same(came: Mapping[str, TableSum], held: Mapping[str, TableSum]) -> None:
    """UserError where a table does not hold what came."""
    wrong = sorted(table for table in came if came[table] != held.get(table))
    if wrong:
        said = _("搬过去的和原来的对不上（{tables}），什么都没有搬。请再试一次；还是这样，请告诉我们。")
        raise UserError(said.format(tables=_("、").join(wrong)))
