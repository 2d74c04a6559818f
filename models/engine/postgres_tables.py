"""Whole tables of a server: read and written by COPY, beside what ``whole_tables.py`` does with a file."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import models.engine.driver  # noqa: F401  # isort: skip  # lets psycopg in

import psycopg
from peewee import DatabaseError

from models.engine.addresses import Address
from models.engine.postgres import PostgresEngine
from models.engine.postgres_failures import raise_sentence
from models.errors import UserError
from models.language import _

#: What refers to what, by table: the name of the reference, and how it is made again.
_REFERENCES = (
    "SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conrelid::regclass::text, conname"
)
#: The indexes that guard nothing: their names, and how they are made again.
_INDEXES = (
    "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
    " JOIN pg_class ON pg_class.oid = indrelid"
    " WHERE NOT indisunique AND relnamespace = current_schema()::regnamespace AND relkind = 'r' ORDER BY 1"
)


class ServerTables:
    """The tables of a server, over one connection."""

    def __init__(self, held: Any) -> None:
        """``held``: a connection, in the transaction whose state is to be read."""
        self._held = held

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """All rows of a table in the order of their numbers."""
        named = ", ".join(f'"{name}"' for name in columns)
        query = "SELECT attname, atttypid FROM pg_attribute WHERE attrelid = to_regclass(quote_ident(%s)) AND attnum > 0"
        kinds = dict(self._held.execute(query, [table]).fetchall())
        with (
            psycopg.Cursor(self._held) as cursor,
            cursor.copy(f'COPY (SELECT {named} FROM "{table}" ORDER BY "id") TO STDOUT') as stream,
        ):
            stream.set_types([kinds[name] for name in columns])
            yield from stream.rows()

    def last_given(self, table: str) -> int:
        """As ``open_file.last_given``."""
        found = self._held.execute('SELECT "last" FROM given_number WHERE "table" = %s', [table]).fetchone()
        return int(found[0]) if found else 0


@contextmanager
def beside(address: Address, password: str | None) -> Iterator[ServerTables]:
    """One state of a server's tables over a connection of its own; an error, with its sentence, where some rows are hidden."""
    engine = PostgresEngine(address, password)
    try:
        engine.handle.connect()
        held = engine.handle.connection()
        held.execute("SET row_security = off")  # rather an error than a part of the rows
        held.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield ServerTables(held)
    except (DatabaseError, psycopg.Error) as error:
        raise_sentence(error, _("办公室的登记册没有读完"))
        raise
    finally:
        with suppress(DatabaseError, psycopg.Error):
            engine.handle.close()


@contextmanager
def loosened(held: Any) -> Iterator[None]:
    """Within a transaction: inside there are no references, and no indexes but those that guard."""
    references, indexes = held.execute(_REFERENCES).fetchall(), held.execute(_INDEXES).fetchall()
    for table, name, _text in references:
        held.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _text in indexes:
        held.execute(f"DROP INDEX {name}")
    try:
        yield
        for _name, text in indexes:
            held.execute(text)
        for table, name, text in references:
            held.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {text}")
    except psycopg.errors.IntegrityError as error:
        raise UserError(
            _("里面的记录自己对不上（有的重复，或者用到了没有的记录），什么都没有放进去：{why}").format(why=error.diag.table_name)
        ) from error


def emptied(held: Any, tables: Sequence[str]) -> None:
    """Take all rows out of these tables; their triggers, which keep others from doing so, are made to look away."""
    for table in tables:
        held.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        held.execute(f'DELETE FROM "{table}"')
        held.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def go_on_behind(held: Any, tables: Sequence[str]) -> None:
    """Let tables that number their rows go on behind the highest number that is there."""
    for table in tables:
        held.execute(
            "SELECT setval(pg_get_serial_sequence(quote_ident(%s), 'id'), greatest(1, max(\"id\")), max(\"id\") IS NOT NULL)"
            f' FROM "{table}"',
            [table],
        )


def wrong_indexes(held: Any) -> list[str]:
    """Indexes that the server itself holds for unfinished, and such as do not lead to every row of their table.

    Each table is walked from end to end, then along each of its indexes that has all rows in an order: as many must be met.
    """
    query = (
        "SELECT indexrelid::regclass::text, kept.relname, indrelid::regclass::text, indisvalid AND indisready,"
        " amname = 'btree' AND indpred IS NULL, (SELECT string_agg(pg_get_indexdef(indexrelid, place, true), ', ' ORDER BY place)"
        " FROM generate_series(1, indnkeyatts) AS place) FROM pg_index"
        " JOIN pg_class kept ON kept.oid = indexrelid JOIN pg_am ON pg_am.oid = kept.relam"
        " WHERE kept.relnamespace = current_schema()::regnamespace ORDER BY 1"
    )
    found, rows = list[str](), dict[str, int]()
    with held.transaction(force_rollback=True):
        held.execute("SET LOCAL enable_sort = off")
        held.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        for name, plain, table, sound, walked, columns in held.execute(query).fetchall():
            if not sound:
                found.append(_("索引 {name} 没有建完").format(name=name))
                continue
            if table not in rows:
                rows[table] = _counted(held, table, "", index=False)
            along = f" ORDER BY {columns}"
            if walked and plain in _plan(held, table, along) and (met := _counted(held, table, along, index=True)) != rows[table]:
                said = _("索引 {name} 里有 {met} 条，表 {table} 里有 {rows} 条")
                found.append(said.format(name=name, met=met, table=table, rows=rows[table]))
    return found


def _plan(held: Any, table: str, along: str) -> str:
    _ways(held, index=True)
    rows = held.execute(f"EXPLAIN (COSTS OFF) SELECT 1 FROM {table}{along}").fetchall()
    return " ".join(line for (line,) in rows)


def _counted(held: Any, table: str, along: str, *, index: bool) -> int:
    _ways(held, index=index)
    return int(held.execute(f"SELECT count(*) FROM (SELECT 1 FROM {table}{along} OFFSET 0) AS met").fetchone()[0])


def _ways(held: Any, *, index: bool) -> None:
    """By which ways rows are met from now on."""
    for name, on in (("seqscan", not index), ("bitmapscan", False), ("indexscan", index), ("indexonlyscan", index)):
        held.execute(f"SET LOCAL enable_{name} = {'on' if on else 'off'}")
