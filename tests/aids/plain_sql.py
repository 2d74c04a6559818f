"""What plain SQL, written for a test, finds in the open register: in SQLite's words, whichever engine keeps it."""

import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from models.engine import database
from models.engine.running import Server, server


def plainly_asked(text: str, values: Mapping[str, str]) -> list[tuple[Any, ...]]:
    """The rows that answer a question with these variables. Of a server its rows are asked beside it, as they were at the first
    question: nobody writes into that register any more.
    """
    held = server()
    connection = database.db.connection() if held is None else _beside(held.database_name())
    return list(connection.execute(text, values))


@lru_cache(maxsize=1)
def _beside(_name: str) -> sqlite3.Connection:
    """All rows of the server's register in SQLite's memory."""
    made, held = sqlite3.connect(":memory:"), server()
    assert held is not None
    for table in sorted(held.tables()):
        _copy(held, table, made)
    return made


def _copy(held: Server, table: str, into: sqlite3.Connection) -> None:
    names = ", ".join(f'"{name}"' for name in held.columns(table))
    marks = ", ".join("?" for _name in held.columns(table))
    into.execute(f'CREATE TABLE "{table}" ({names})')
    into.executemany(f'INSERT INTO "{table}" VALUES ({marks})', database.db.execute_sql(f'SELECT {names} FROM "{table}"'))
