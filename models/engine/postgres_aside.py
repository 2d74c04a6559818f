"""Rows that stand aside in temporary tables of a connection, see ``aside.py``."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import models.engine.driver  # noqa: F401  # isort: skip  # lets psycopg in

import psycopg

from models.engine import counting_later

#: What is told of a row to what another table has, of these tables.
_REFERENCES = "SELECT quote_ident(conname) FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])"

class RowsAside:
    """What was put in and is to be moved, by table: its columns, in the order in which they were first named."""

    def __init__(self, held: Any) -> None:
        """``held``: the connection, within its transaction."""
        self.connection = held
        self._columns: dict[str, dict[str, None]] = {}
        self._ahead: set[str] = set()

    def copy_in(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Put rows aside; ``table`` and ``columns`` are quoted."""
        if table not in self._columns:
            self.connection.execute(
                f"CREATE TEMPORARY TABLE {_aside(table)} ON COMMIT DROP AS SELECT * FROM {table} WITH NO DATA"
            )
        self._columns.setdefault(table, {}).update(dict.fromkeys(columns))
        with (
            psycopg.Cursor(self.connection) as cursor,
            cursor.copy(f"COPY {_aside(table)} ({', '.join(columns)}) FROM STDIN") as stream,
        ):
            for row in rows:
                stream.write_row(row)

    def move_ahead(self, besides: Collection[str]) -> bool:
        """Put all rows where they belong but those of the tables ``besides``, which nobody sees until the transaction ends.

        Nothing that others write is waited for, or kept from them: what is counted beside the records waits. False where a row
        refers to what is no longer there; then nothing more can be done in the transaction.
        """
        ahead = [table for table in self._columns if table.strip('"') not in besides]
        self.connection.execute(counting_later.LATER)
        for table in ahead:
            self._move(table, self._columns[table], list(self._columns[table]))
        self._ahead.update(ahead)
        self.connection.execute(counting_later.AT_ONCE)
        names = ", ".join(name for (name,) in self.connection.execute(_REFERENCES, [ahead]).fetchall())
        if names:
            try:
                self.connection.execute(f"SET CONSTRAINTS {names} IMMEDIATE")
            except psycopg.errors.ForeignKeyViolation:
                return False
            self.connection.execute(f"SET CONSTRAINTS {names} DEFERRED")
        return True

    def move(self, numbered: Collection[str], shift: int) -> None:
        """Put what is left where it belongs, in its order, and count."""
        for table, columns in self._columns.items():
            if table in self._ahead:
                continue
            told = [f'"id" + {shift}' if name == '"id"' and table.strip('"') in numbered else name for name in columns]
            self._move(table, columns, told)
        self._columns.clear()
        self._ahead.clear()
        self.connection.execute(counting_later.NOW)

    def _move(self, table: str, columns: Collection[str], told: Collection[str]) -> None:
        self.connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(told)} FROM {_aside(table)}"
        )

    def holds(self, table: str, names: Sequence[str], values: Sequence[str]) -> bool:
        """True when one of these values stands in one of these fields of what is aside."""
        quoted = f'"{table}"'
        wanted = [name for name in names if f'"{name}"' in self._columns.get(quoted, ())]
        if not wanted or not values:
            return False
        conditions = " OR ".join(f'"{name}" = ANY(%s)' for name in wanted)
        query = f"SELECT EXISTS (SELECT 1 FROM {_aside(quoted)} WHERE {conditions})"
        return bool(self.connection.execute(query, [list(values)] * len(wanted)).fetchone()[0])


def _aside(table: str) -> str:
    return f'"aside_{table.strip(chr(34))}"'
