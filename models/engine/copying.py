"""A copy of the open file, encrypted with the same key, while others go on writing."""

from collections.abc import Callable
from pathlib import Path

from models.engine import database
from models.engine.keyed import KeyedDatabase

#: Pages copied between two reports of a copy: four megabytes.
_COPIED_AT_ONCE = 1_000


def copy_to(path: Path, key_hex: str, progress: Callable[[int, int], None] | None = None, *, passing: bool = False) -> None:
    """Write a consistent copy of the open register, encrypted with the same key, to a new file ``path``.

    ``progress(pages done, pages in all)`` is called every few megabytes; what it raises ends the copying. ``passing``: the
    copy is gone before the computer can be, so that no journal is needed and the disk is not waited for.
    """

    def told(_status: int, left: int, pages: int) -> None:
        if progress is not None:
            progress(pages - left, pages)

    options = [("journal_mode", "off"), ("synchronous", "off")] if passing else [("journal_mode", "delete")]
    other, held = KeyedDatabase(str(path), passphrase=f"x'{key_hex}'", pragmas=options), database.db.connection()
    reading = not held.in_transaction
    try:
        if reading:  # one state of it: else the copy would begin anew with each batch that others write
            held.execute("BEGIN").execute("SELECT count(*) FROM sqlite_master").fetchall()
        held.backup(other.connection(), pages=_COPIED_AT_ONCE, progress=told)
    finally:
        if reading:
            held.rollback()
        other.close()
        other.forget()
