"""One connection to a register's file of its own, beside the open register: to look at a file before it is opened for good."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from models.engine.keyed import give_key
from models.engine.ways import OpeningWay, pragmas, target
from models.secrecy import wipe

#: What the engine raises; nothing here goes through peewee.
EngineError = dbapi2.DatabaseError


@contextmanager
def single(path: Path, key_hex: str, way: OpeningWay) -> Iterator[Any]:
    """The connection, closed at the end. Raises EngineError where the file cannot be opened so, or is not what it should be."""
    held = dbapi2.connect(target(path, way), isolation_level=None, uri=True)
    try:
        key = f"x'{key_hex}'"
        give_key(held, key)
        wipe(key)
        for name, value in pragmas(way, path):
            held.execute(f"PRAGMA {name} = {value}")
        held.execute("SELECT count(*) FROM sqlite_master").fetchone()
        yield held
    finally:
        held.close()


def asked(held: Any, query: str) -> Any:
    """The first value of a query's first row."""
    return held.execute(query).fetchone()[0]
