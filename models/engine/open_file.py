"""The file that is open: where it lies, how long it waits for others, which row numbers it has given."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from peewee import Model

from models.engine import database
from models.engine.database import db
from models.engine.running import server
from models.engine.ways import BUSY_MS


def folder() -> Path:
    """The folder of the open file; of an office's register what this laptop keeps of it."""
    return Path(db.database).parent if server() is None else database.held_folder()


def size() -> int:
    """How large the open file is, in bytes; 0 where there is none, for a server looks after its own."""
    return Path(db.database).stat().st_size if server() is None else 0


@contextmanager
def patience(milliseconds: int) -> Iterator[None]:
    """Inside, another program's writing is waited for so long and no longer."""
    engine = server()
    if engine is not None:
        with engine.patience(milliseconds):
            yield
        return
    db.execute_sql(f"PRAGMA busy_timeout = {milliseconds}").fetchall()
    try:
        yield
    finally:
        db.execute_sql(f"PRAGMA busy_timeout = {BUSY_MS}").fetchall()


def last_given(record: type[Model]) -> int:
    """The highest row number that a table which never gives one twice has ever given; 0 for none."""
    engine = server()
    if engine is not None:
        return engine.last_given(record._meta.table_name)
    found = db.execute_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", [record._meta.table_name]).fetchone()
    return int(found[0]) if found else 0


def without_gap(record: type[Model]) -> range | None:
    """All row numbers of a table, when as many rows as numbers say that none is missing; None when some are.

    To count them the engine reads the smallest index, without looking at what is in it.
    """
    table = record._meta.table_name
    first, last, rows = db.execute_sql(f'SELECT min(id), max(id), (SELECT count(*) FROM "{table}") FROM "{table}"').fetchone()
    return range(first, last + 1) if rows and last - first + 1 == rows else None


def count_as_given(record: type[Model], last: int) -> None:
    """Let such a table go on behind number ``last``, whatever rows it holds: those between were given, and are gone."""
    name, engine = record._meta.table_name, server()
    if engine is not None:
        engine.count_as_given(name, last)
        return
    db.execute_sql("DELETE FROM sqlite_sequence WHERE name = ?", [name])
    db.execute_sql("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", [name, last])
