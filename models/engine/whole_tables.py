"""Whole tables read as they are, of the register that is open or of one beside it, and put into the open one as they are.

For what takes a register from one engine to another and back: rows keep their numbers, nothing is looked at one by one.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from peewee import Model

from models.engine import database, open_file
from models.engine.addresses import Address
from models.engine.database import db
from models.engine.running import server
from models.engine.single import single
from models.engine.ways import OpeningWay

Row = tuple[Any, ...]


class TableSource(Protocol):
    """Where tables are read: one state of a register, whoever writes meanwhile."""

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        """All rows of a table in the order of their numbers, as values of these columns."""

    def last_given(self, table: str) -> int:
        """The highest row number that a table which never gives one twice has ever given; 0 for none."""


class _FileTables:
    """The tables of an encrypted file."""

    def __init__(self, ask: Callable[..., Any]) -> None:
        self._ask = ask

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[Row]:
        names = ", ".join(f'"{name}"' for name in columns)
        yield from map(tuple, self._ask(f'SELECT {names} FROM "{table}" ORDER BY "id"'))

    def last_given(self, table: str) -> int:
        found = self._ask("SELECT seq FROM sqlite_sequence WHERE name = ?", [table]).fetchone()
        return int(found[0]) if found else 0


@contextmanager
def of_file(path: Path, key_hex: str) -> Iterator[TableSource]:
    """The tables of a file that is not the open register; nothing in it changes. EngineError where it cannot be read."""
    with single(path, key_hex, OpeningWay.READING) as held:
        held.execute("BEGIN")
        yield _FileTables(held.execute)


@contextmanager
def of_server(address: Address, password: str | None) -> Iterator[TableSource]:
    """The tables of an office's register, over a connection beside the open one.

    Raises the sentences of a server that does not answer, and one where not all rows would be seen.
    """
    from models.engine.postgres_tables import beside  # with its driver: whoever has a file needs none of it

    with beside(address, password) as found:
        yield found


def of_open() -> TableSource:
    """The tables of the register that is open, within the transaction that is open."""
    engine = server()
    if engine is None:
        return _FileTables(db.execute_sql)
    from models.engine.postgres_tables import ServerTables

    return ServerTables(db.connection())


def put(record: type[Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Put rows into a table, with their numbers: each the values of the fields ``names``."""
    database.insert_tuples(record, names, rows)


@contextmanager
def loosened(records: Iterable[type[Model]]) -> Iterator[None]:
    """Within a transaction: inside, no index of these tables grows row by row, and references are looked at at its end alone.

    UserError where something refers to nothing then, or two rows are one. A file looks at references when the transaction ends.
    """
    engine = server()
    if engine is not None:
        from models.engine.postgres_tables import loosened as without

        with without(db.connection()):
            yield
        return
    statements = [text for record in records for text in database.drop_indexes(record)]
    yield
    database.create_indexes(statements)


def emptied(records: Iterable[type[Model]]) -> None:
    """Take all rows out of these tables, those that refuse it as well: for a register in which nothing was written yet."""
    engine = server()
    if engine is not None:
        from models.engine.postgres_tables import emptied as taken_out

        taken_out(db.connection(), [record._meta.table_name for record in records])
        return
    for record in records:
        db.execute_sql(f'DELETE FROM "{record._meta.table_name}"')


def go_on_behind(records: Iterable[type[Model]], given: Mapping[str, int]) -> None:
    """Let tables number what comes next behind the rows that were put in.

    ``given``: the last number of those tables that give none twice.
    """
    engine, by_name = server(), {record._meta.table_name: record for record in records}
    if engine is not None:
        from models.engine.postgres_tables import go_on_behind as go_on

        go_on(db.connection(), list(by_name))
    for table, last in given.items():
        open_file.count_as_given(by_name[table], last)


def counted() -> None:
    """Let a server know at once how many rows of what its tables hold now; until it finds out by itself, its plans are bad.

    Only of the open register: beside it a city's database has others. A file finds its ways without.
    """
    engine = server()
    if engine is not None:
        names = ", ".join(f'"{name}"' for name in sorted(engine.tables()))
        engine.run_script(f"ANALYZE {names}")


def wrong_indexes() -> list[str]:
    """Indexes that do not hold what their tables hold, in sentences."""
    engine = server()
    if engine is None:
        return []
    from models.engine.postgres_tables import wrong_indexes as wrong

    return wrong(db.connection())
