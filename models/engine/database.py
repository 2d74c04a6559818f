"""The engine: one encrypted SQLite file through peewee, and everything that only SQLite can do.

A second engine would be put behind the same plain functions. Records are declared elsewhere; passphrases and files of a
register are the matter of ``models/register/register.py``.
"""

import string
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from peewee import DatabaseError, Model, OperationalError
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2

from models.errors import DamagedRegister, Stopped, UserError
from models.language import _

#: "JHT1" as a number: marks a file as ours before anything else in it is believed.
APPLICATION_ID = 0x4A485431
#: SQLite's limit of variables in one statement is far higher; smaller chunks keep the statement cache useful.
CHUNK = 900
#: Steps of the engine between two looks at whether a query is still wanted: some milliseconds.
_LOOK_EVERY = 20_000
#: Pages copied between two reports of a copy: four megabytes.
_COPIED_AT_ONCE = 1_000
#: How long, in milliseconds, another program's writing is waited for.
BUSY_MS = 5_000
_ASCII_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)

db = SqlCipherDatabase(None, lock_type="IMMEDIATE")


def connect(path: Path, key_hex: str) -> None:
    """Open the file with the raw 32-byte key given as 64 hex digits. Creates it when absent.

    WAL with synchronous=FULL loses no committed batch in a power cut; mmap must stay off with encryption.
    Raises DamagedRegister when the key does not open the file.
    """
    if len(key_hex) != 64:
        raise ValueError("a raw key has 64 hex digits")  # a shorter one would silently make a plaintext file
    db.init(
        str(path),
        passphrase=f"x'{key_hex}'",
        pragmas=[
            ("cipher_log_level", "NONE"),
            ("journal_mode", "wal"),
            ("synchronous", "full"),
            ("foreign_keys", 1),
            ("cache_size", -65536),
            ("busy_timeout", BUSY_MS),
            ("mmap_size", 0),
        ],
    )
    try:
        db.connect(reuse_if_open=True)
        db.execute_sql("SELECT count(*) FROM sqlite_master")
    except DatabaseError as error:
        db.close()
        raise DamagedRegister(
            _("登记册文件打不开：文件已损坏，或者不是配套的密钥。请用“恢复备份”恢复最近的备份。")
        ) from error


def close() -> None:
    """Close this thread's connection after folding the write-ahead log into the file."""
    if not db.is_closed():
        db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        db.close()


@contextmanager
def connection() -> Iterator[None]:
    """A connection for the calling thread, closed at the end if it was opened here (connections are per thread)."""
    opened = db.connect(reuse_if_open=True)
    try:
        yield
    finally:
        if opened:
            db.close()


@contextmanager
def breaking_off(wish: Callable[[], bool]) -> Iterator[None]:
    """Inside, a query is broken off with Stopped as soon as ``wish()`` is true, unless it is part of a transaction.

    For a thread that does one thing after another: its connection is opened if need be and stays open, for what it has read
    before is read faster again; :func:`leave` closes it.
    """
    db.connect(reuse_if_open=True)
    held = db.connection()
    held.set_progress_handler(lambda: wish() and not held.in_transaction, _LOOK_EVERY)
    try:
        yield
    except Exception as error:
        _let_go(error)
        # what is fetched late is not wrapped by peewee
        if isinstance(error, OperationalError | dbapi2.OperationalError) and "interrupted" in _said(error):
            raise Stopped from error
        raise
    finally:
        held.set_progress_handler(None, 0)
        # a query of which not all was fetched would hold what comes next to the register as it was
        if not held.in_transaction:
            held.execute("BEGIN")
        held.rollback()


def leave() -> None:
    """Close this thread's connection, if it has one."""
    if not db.is_closed():
        db.close()


def in_transaction() -> bool:
    """True while this thread is writing."""
    return bool(db.connection().in_transaction)


@contextmanager
def damage_told() -> Iterator[None]:
    """Inside, a file that turns out to be malformed is told as DamagedRegister instead of the engine's error."""
    try:
        yield
    except (DatabaseError, dbapi2.DatabaseError) as error:  # what is fetched late is not wrapped by peewee
        causes = _said(error)
        if "malformed" in causes or "not a database" in causes:
            raise DamagedRegister(_("登记册文件已损坏。请用“恢复备份”恢复最近的备份。")) from error
        raise


def _said(error: BaseException) -> str:
    return " ".join(str(each) for each in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _let_go(error: BaseException) -> None:
    """Free what the frames that an error went through still hold: the cursors among it, here and now.

    The engine's binding keeps a failed cursor tied to its statement, which the next query with the same text uses again: freed
    later, perhaps in another thread, the cursor takes the rows away from under that query.
    """
    for each in _chain(error):
        traceback.clear_frames(each.__traceback__)


@contextmanager
def transaction() -> Iterator[None]:
    """One transaction: all or nothing. A full disk is told as a sentence instead of SQLite's "cannot rollback"."""
    try:
        with db.atomic():
            yield
    except OperationalError as error:
        causes = _said(error)
        if "full" in causes or "disk I/O" in causes:
            raise UserError(_("磁盘空间不足，什么都没有写入。请清理磁盘后再试。")) from error
        if "locked" in causes:
            raise UserError(_("登记册正被另一个程序写入，什么都没有写入。请稍后再试。")) from error
        raise


def insert_rows(record: type[Model], rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows of one record class; keys are field names, absent ones become NULL."""
    if not rows:
        return
    names = list(dict.fromkeys(chain.from_iterable(rows)))
    insert_tuples(record, names, (list(map(row.get, names)) for row in rows))


def insert_tuples(record: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert many rows of one record class, each the values in the order of ``names``."""
    columns, marks = ", ".join(_column(record, name) for name in names), ", ".join("?" * len(names))
    db.connection().executemany(f"INSERT INTO {_table(record)} ({columns}) VALUES ({marks})", rows)


def update_rows(record: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Update many rows by ``uid``; each row is the new values in the order of ``names``, then the uid."""
    assignments = ", ".join(f"{_column(record, name)} = ?" for name in names)
    db.connection().executemany(f"UPDATE {_table(record)} SET {assignments} WHERE uid = ?", rows)


def delete_rows(record: type[Model], uids: Sequence[str], anew: bool = False) -> None:
    """Delete rows by ``uid``.

    ``anew``: when most of the table goes, the indexes of what is left are made anew. Not for a table that refers to
    itself: its indexes are asked for each row that goes.
    """
    indexes = drop_indexes(record) if anew and 2 * len(uids) > newest_id(record) else []
    db.connection().executemany(f"DELETE FROM {_table(record)} WHERE uid = ?", ((uid,) for uid in uids))
    create_indexes(indexes)


def fetch_in(record: type[Model], name: str, keys: Iterable[Any], names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Rows whose field ``name`` is one of ``keys``, as tuples of ``names``: asked in chunks, one statement each.

    When most of a table is asked for, it is read from end to end instead: one walk beats as many searches.
    """
    wanted = list(dict.fromkeys(keys))
    columns = ", ".join(_column(record, each) for each in names)
    if len(wanted) > CHUNK and 3 * len(wanted) > newest_id(record):
        yield from _fetch_most(record, name, wanted, columns)
        return
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        marks = ", ".join("?" * len(part))
        where = f"{_column(record, name)} IN ({marks})"
        yield from db.execute_sql(f"SELECT {columns} FROM {_table(record)} WHERE {where} ORDER BY id", part)


def _fetch_most(record: type[Model], name: str, wanted: list[Any], columns: str) -> Iterator[tuple[Any, ...]]:
    fold = _fold if record._meta.fields[name].collation else str
    asked = set(map(fold, wanted))
    rows = db.execute_sql(f"SELECT {_column(record, name)}, {columns} FROM {_table(record)} ORDER BY id")
    return (row[1:] for row in rows if row[0] is not None and fold(row[0]) in asked)


def _fold(text: str) -> str:
    """A text as the engine compares those that are indexed without regard to case: it knows only the letters of ASCII."""
    return text.lower() if text.isascii() else text.translate(_ASCII_LOWER)


def fetch_without(record: type[Model], name: str, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Rows whose field ``name`` is empty, as tuples of ``names``."""
    columns = ", ".join(_column(record, each) for each in names)
    yield from db.execute_sql(f"SELECT {columns} FROM {_table(record)} WHERE {_column(record, name)} IS NULL ORDER BY id")


def is_open() -> bool:
    """True when the calling thread has a register open."""
    return not db.is_closed()


def newest_id(record: type[Model]) -> int:
    """The highest row number of a table: at least how many rows it has, without counting them; 0 for an empty one."""
    return int(db.execute_sql(f"SELECT max(id) FROM {_table(record)}").fetchone()[0] or 0)


def drop_indexes(record: type[Model]) -> list[str]:
    """Drop a table's indexes and return the statements that make them again, for :func:`create_indexes`.

    Unique ones stay: they guard, other tables refer to them, and rows with newer keys are put at their end. Those of a few
    rows stay too: to look for these rows in the whole table would take longer than to note them as they come.
    """
    found = db.execute_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql NOT LIKE 'CREATE UNIQUE %'"
        " AND sql NOT LIKE '% WHERE %'",
        [record._meta.table_name],
    ).fetchall()
    for name, _sql in found:
        db.execute_sql(f'DROP INDEX "{name}"')
    return [sql for _name, sql in found]


def create_indexes(statements: Iterable[str]) -> None:
    """Make again what :func:`drop_indexes` dropped."""
    for statement in statements:
        db.execute_sql(statement)


def _table(record: type[Model]) -> str:
    return f'"{record._meta.table_name}"'


def _column(record: type[Model], name: str) -> str:
    return f'"{record._meta.fields[name].column_name}"'


def damage(deep: bool = False) -> list[str]:
    """What is wrong with the file, in the engine's words; an empty list when it is sound.

    The page signatures (a flipped bit on the disk) and the structure are always checked; ``deep`` also every index.
    """
    found: list[str] = []
    for check in ("cipher_integrity_check", "integrity_check" if deep else "quick_check", "foreign_key_check"):
        try:
            rows = db.execute_sql(f"PRAGMA {check}").fetchall()
        except (DatabaseError, dbapi2.DatabaseError) as error:  # fetching is not wrapped by peewee
            rows = [(str(error),)]
        found += [" ".join(map(str, row)) for row in rows if row[0] != "ok"]
    return found


def copy_to(path: Path, key_hex: str, progress: Callable[[int, int], None] | None = None, *, passing: bool = False) -> None:
    """Write a consistent copy of the open register, encrypted with the same key, to a new file ``path``.

    ``progress(pages done, pages in all)`` is called every few megabytes; what it raises ends the copying. ``passing``: the
    copy is gone before the computer can be, so that no journal is needed and the disk is not waited for.
    """

    def told(_status: int, left: int, pages: int) -> None:
        if progress is not None:
            progress(pages - left, pages)

    pragmas = [("journal_mode", "off"), ("synchronous", "off")] if passing else [("journal_mode", "delete")]
    other = SqlCipherDatabase(str(path), passphrase=f"x'{key_hex}'", pragmas=pragmas)
    try:
        db.connection().backup(other.connection(), pages=_COPIED_AT_ONCE, progress=told)
    finally:
        other.close()


def set_mark(schema: int) -> None:
    """Mark the open file as a register of ours with schema number ``schema``."""
    db.execute_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute_sql(f"PRAGMA user_version = {schema}")


def mark() -> tuple[int, int]:
    """The open file's (application id, schema number)."""
    application = db.execute_sql("PRAGMA application_id").fetchone()[0]
    return int(application), int(db.execute_sql("PRAGMA user_version").fetchone()[0])
