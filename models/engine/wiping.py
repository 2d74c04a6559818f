"""Nothing stays behind: what was taken out of the tables goes from the file's free pages and from its log as well."""

from contextlib import suppress

from peewee import DatabaseError
from sqlcipher3 import dbapi2

from models.engine import database
from models.engine.running import server


def overwrite_deleted() -> None:
    """Let this connection overwrite from now on what it deletes; :func:`wipe` does the rest once it is written."""
    if server() is None:
        database.db.execute_sql("PRAGMA secure_delete = ON").fetchall()


def give_back() -> None:
    """Write the file anew without its free pages where these are many; where that cannot be done it stays as it is.

    Not within a transaction.
    """
    if server() is not None:  # it gives back in its own time
        return
    free, pages = (int(database.db.execute_sql(f"PRAGMA {name}").fetchone()[0]) for name in ("freelist_count", "page_count"))
    if 4 * free > pages:
        with suppress(DatabaseError, dbapi2.DatabaseError):  # no room for a second file, or somebody is reading
            database.db.execute_sql("VACUUM")


def wipe() -> bool:
    """Write the whole file anew without its free pages, and empty the write-ahead log; needs as much room as the file.

    False when somebody who is reading kept the log from being emptied: what was deleted may still stand there. Not within a
    transaction. A new file system block may leave the old one behind on the disk: there it is encrypted.
    """
    if server() is not None:  # what its pages and its log still hold is overwritten in its own time
        return False
    database.db.execute_sql("VACUUM")
    busy, _pages, _moved = database.db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
