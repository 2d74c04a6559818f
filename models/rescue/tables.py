"""The rows of a damaged register, read table by table around the pages that cannot be read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from models.engine import sql
from models.engine.single import EngineError, single
from models.engine.ways import OpeningWay
from models.rescue.leaves import Row

#: How far beyond the last known row is looked where the index that knows the rows is damaged too.
_BEYOND = 500
#: So many questions of a table may break off; what is still missing then is looked for in the log.
_PATIENCE = 4_000

#: A row with less text than this stands on one page, whatever else is in it.
_ON_ONE_PAGE = 3_000


class Source:
    """A damaged file. After each page that cannot be read it is opened anew: the engine trusts nothing after one."""

    def __init__(self, file: Path, key_hex: str) -> None:
        """Nothing is read yet."""
        self._file, self._key_hex = file, key_hex
        #: True when the last question was not answered to its end.
        self.broken = False
        #: True when any question since it was last set to False was not.
        self.broken_once = False
        self.patience = _PATIENCE

    def ask(self, query: str, *given: Any) -> Iterator[Row]:
        """The rows of an answer as far as they can be read; ``broken`` then says whether that was to the end."""
        self.broken = False
        try:
            with single(self._file, self._key_hex, OpeningWay.STILL) as held:
                yield from held.execute(query, given)
        except EngineError:
            self.broken = self.broken_once = True
            self.patience -= 1

    def has_bad_pages(self) -> bool:
        """True when any page is not what was written."""
        return next(self.ask(sql.BAD_PAGES), None) is not None or self.broken

    def tables(self) -> list[str]:
        """The names of the tables; empty when not even those can be read."""
        found = [name for (name,) in self.ask(sql.TABLES)]
        return [] if self.broken else found

    def columns(self, table: str) -> list[str]:
        """The names of a table's columns."""
        return [row[1] for row in self.ask(sql.fields_of(table))]

    def schema(self) -> int | None:
        """The number of the file's schema; None when it cannot be read."""
        return next((int(number) for (number,) in self.ask(sql.SCHEMA)), None)


def rows(source: Source, table: str, names: list[str]) -> Iterator[Row]:
    """All readable rows of a table, ``id`` first, then ``names``, not always in order."""
    columns = ", ".join(["id", *(f'"{name}"' for name in names)])
    known = identities(source, table)
    beyond = _BEYOND if source.broken else 1
    source.patience = _PATIENCE
    yield from _between(source, f'SELECT {columns} FROM "{table}" NOT INDEXED', 0, max([0, *known]) + beyond)


def numbered(source: Source, table: str, names: list[str]) -> tuple[int, Iterator[Row]]:
    """Of a table whose rows are only numbered, without gaps: the last number given, as far as it is known, and ``rows``."""
    columns = ", ".join(["id", *(f'"{name}"' for name in names)])
    select = f'SELECT {columns} FROM "{table}" NOT INDEXED'
    ends = [row[0] for order in ("", "DESC") for row in source.ask(f"{select} ORDER BY id {order} LIMIT 1")]
    given = [row[0] for row in source.ask("SELECT seq FROM sqlite_sequence WHERE name = ?", table)]
    last = max([0, *ends, *given])
    source.patience = _PATIENCE
    return last, _between(source, select, 0, last + 1)


def doubtful(row: Row) -> bool:
    """True for a row that goes on over other pages. The engine fills in zeros for the last of them when it is not whole."""
    return sum(len(each.encode()) for each in row if isinstance(each, str)) > _ON_ONE_PAGE


def zeroed(row: Row) -> bool:
    """True for a row with texts that were filled in: none of ours holds such a character."""
    return any("\0" in each for each in row if isinstance(each, str))


def identities(source: Source, table: str) -> dict[int, str]:
    """Row number → uid, as far as the index of the uids tells, which lies on other pages than the rows."""
    found: dict[int, str] = {}
    for order in ("", "DESC"):
        asked = f'SELECT id, uid FROM "{table}" INDEXED BY "{table}_uid" ORDER BY uid {order}'
        found.update((row, uid) for row, uid in source.ask(asked))
        if not source.broken:
            break
    return found


def _between(source: Source, select: str, low: int, high: int) -> Iterator[Row]:
    """Rows with numbers above ``low`` and below ``high``: from both ends to where it breaks, then the halves between."""
    last, first = low, high
    for row in source.ask(f"{select} WHERE id > ? AND id < ? ORDER BY id", low, high):
        last = row[0]
        yield row
    if not source.broken:
        return
    for row in source.ask(f"{select} WHERE id > ? AND id < ? ORDER BY id DESC", last, high):
        first = row[0]
        yield row
    if not source.broken or first - last <= 2 or source.patience < 0:
        return
    middle = (last + first) // 2
    yield from _between(source, select, last, middle + 1)
    yield from _between(source, select, middle, first)
