"""Reading for long, a block at a time, beside others who write: all of it is one state of the register."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from models.engine import database
from models.engine.running import server


@contextmanager
def one_state() -> Iterator[None]:
    """Inside, whatever is read is as it was at the first reading, though others write meanwhile; nothing is written here."""
    engine = server()
    if engine is not None:
        with nullcontext() if engine.in_transaction() else engine.one_state():
            yield
        return
    held = database.db.connection()
    begun = not held.in_transaction
    if begun:
        held.execute("BEGIN")
    try:
        yield
    finally:
        if begun:
            held.rollback()
