"""Rows that stand aside in temporary tables of a connection, see ``aside.py``."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import models.engine.driver  # noqa: F401  # isort: skip  # lets psycopg in

import psycopg


class RowsAside:
    """What was put in and is to be moved, by table: its columns, in the order in which they were first named."""

    def __init__(self, held: Any) -> None:
        """``held``: the connection, within its transaction."""
        self.connection = held
        self._columns: dict[str, dict[str, None]] = {}

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

    def move(self, numbered: Collection[str], shift: int) -> None:
        """Put all of it where it belongs, in its order."""
        for table, columns in self._columns.items():
            told = [f'"id" + {shift}' if name == '"id"' and table.strip('"') in numbered else name for name in columns]
            self.connection.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(told)} FROM {_aside(table)}"
            )
        self._columns.clear()

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
