"""The engine: one encrypted SQLite file through peewee, or an office's server (``postgres.py``), behind the same functions.

What only a file can do is here; what a server does otherwise is asked of ``running.server()``. Records are declared elsewhere;
passphrases and files of a register are the matter of ``models/register/register.py``.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any

from peewee import DatabaseError, Model
from sqlcipher3 import dbapi2

from models.engine import own_values, running, sql, unanswered
from models.engine.addresses import Address
from models.engine.again import stand_down
from models.engine.following import filled
from models.engine.keyed import KeyedDatabase
from models.engine.met import see_changed, see_removed
from models.engine.running import server
from models.engine.ways import OpeningWay, cache_of, pragmas, target
from models.errors import AGAINST_DAMAGE, DamagedRegister, Unwritable, UserError
from models.files.failures import Failure, closer_look, failure_of, sentence
from models.files.failures import told as told_failure
from models.language import _
from models.own_names import is_own

#: SQLite's limit of variables in one statement is far higher; smaller chunks keep the statement cache useful.
CHUNK = 900
#: Kilobytes of pages while rows are put at the end of a table, one after the other: that is not faster with more. And while
#: indexes are made of them: each reads the whole table, and of one that is not kept every page is decrypted anew each time.
_GROWING, _SORTING = 32_768, 81_920

#: The handle of every record.
db: Any = running.db
_file = KeyedDatabase(None, lock_type="IMMEDIATE")
running.run(_file)


class _Held:
    """What is known of the open file besides the handle."""

    path = Path()
    refusal = ""
    damaged = False


def connect(path: Path, key_hex: str, way: OpeningWay = OpeningWay.WRITING) -> None:
    """Open the file with the raw 32-byte key given as 64 hex digits. For writing it is created when absent.

    WAL with synchronous=FULL loses no committed batch in a power cut; mmap must stay off with encryption.
    Raises DamagedRegister when the key does not open the file, Unwritable when the disk does not let it be opened so.
    """
    if len(key_hex) != 64:
        raise ValueError("a raw key has 64 hex digits")  # a shorter one would silently make a plaintext file
    running.run(_file)
    db.init(target(path, way), passphrase=f"x'{key_hex}'", pragmas=pragmas(way, path))
    _Held.path, _Held.refusal, _Held.damaged = path, "", False
    try:
        db.connect(reuse_if_open=True)
        db.execute_sql("SELECT count(*) FROM sqlite_master").fetchone()
    except (DatabaseError, dbapi2.DatabaseError) as error:
        db.close()
        if failure(error) in (Failure.MALFORMED, Failure.NOT_OURS):
            told = _("登记册文件打不开：文件已损坏，或者不是配套的密钥。{do}。")
            raise DamagedRegister(told.format(do=_(AGAINST_DAMAGE))) from error
        raise_told(error, _("登记册打不开"))
        raise


def connect_server(address: Address, folder: Path, password: str | None) -> None:
    """Open an office's register at its address; ``folder`` is what this laptop keeps of it.

    Raises UserError, Unwritable for a server that does not answer, each with its sentence.
    """
    from models.engine.postgres import open_server  # with its driver: whoever opens a file needs none of it

    open_server(address, password)
    _Held.path, _Held.refusal, _Held.damaged = folder / "office", "", False


def close() -> None:
    """Close this thread's connection after folding the write-ahead log into the file.

    Where that cannot be done, on a full disk for one, the log stays beside the file: it is whole, and is folded in later.
    """
    if not db.is_closed():
        if server() is None:
            with suppress(DatabaseError, dbapi2.DatabaseError):
                _folded()
        db.close()


def forget_key() -> None:
    """Let the handle forget the key and the file that it was opened with; :func:`connect` names them anew."""
    if db.is_closed() and server() is None:
        db.forget()


def fold() -> None:
    """Fold the write-ahead log into the file. What the disk refuses is told as a sentence, as Unwritable."""
    if server() is not None:
        return
    try:
        _folded()
    except (DatabaseError, dbapi2.DatabaseError) as error:
        raise_told(error, _("登记册没有写完"))
        raise


def _folded() -> None:
    db.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


@contextmanager
def connection() -> Iterator[None]:
    """A connection for the calling thread, closed at the end if it was opened here (connections are per thread)."""
    opened = db.connect(reuse_if_open=True)
    try:
        yield
    finally:
        if opened:
            db.close()


def leave() -> None:
    """Close this thread's connection, if it has one."""
    if not db.is_closed():
        db.close()


def in_transaction() -> bool:
    """True while this thread is writing."""
    engine = server()
    return bool(db.connection().in_transaction) if engine is None else engine.in_transaction()


def _errors() -> tuple[type[Exception], ...]:
    """What the engine raises: what is fetched late, and many rows at once, is not wrapped by peewee."""
    engine = server()
    return (DatabaseError, dbapi2.DatabaseError) if engine is None else (DatabaseError, *engine.errors)


@contextmanager
def damage_told() -> Iterator[None]:
    """Inside, whatever keeps the file from being read is told as a sentence, by its code: damage as DamagedRegister."""
    try:
        yield
    except _errors() as error:
        raise_told(error, _("登记册没有读完"))
        raise


def failure(error: BaseException) -> Failure | None:
    """What kind of failure an error of the engine is. Without room left it sometimes says no more than that it cannot."""
    found = failure_of(error)
    if found not in (Failure.IO, Failure.MISSING) or not db.database:
        return found
    return closer_look(found, _Held.path.parent)


def unwritable(error: BaseException, what: str) -> Unwritable:
    """The sentence for a failure of a file beside the open register, as Unwritable."""
    return Unwritable(str(told_failure(error, what)))


def raise_told(error: BaseException, what: str) -> None:
    """Raise an error's sentence, ``what`` did not work and why; return when it is none that a file may have."""
    engine = server()
    if engine is not None:
        engine.raise_told(error, what)
        return
    found = failure(error)
    if found is None and _Held.damaged and isinstance(error.__cause__ or error, dbapi2.OperationalError):
        found = Failure.MALFORMED  # a text that broke off; it has no code
    if found in (Failure.MALFORMED, Failure.NOT_OURS):
        told = _("{what}：登记册文件已损坏。{do}。").format(what=what, do=_(AGAINST_DAMAGE))
        if not _Held.damaged:  # what is known of the damage already says more than what came upon it
            refuse(told, damage=True)
        raise DamagedRegister(told) from error
    if found in (Failure.FULL, Failure.IO, Failure.READ_ONLY, Failure.FORBIDDEN, Failure.MISSING, Failure.TOO_LARGE):
        raise Unwritable(sentence(found, what)) from error
    if found is not None:
        raise UserError(sentence(found, what)) from error


def held_folder() -> Path:
    """The folder of what is open."""
    return _Held.path.parent


def refuse(why: str, damage: bool = False) -> None:
    """From now on nothing is written into the open register; ``why`` is the sentence with which every writer is told.

    ``damage``: because it is damaged, and not because the disk cannot be written.
    """
    _Held.refusal, _Held.damaged = why, damage


def refused() -> str:
    """Why nothing is written into the open register; "" when it may be."""
    return _Held.refusal


def damaged() -> bool:
    """True when :func:`refused` is because of damage."""
    return _Held.damaged


@contextmanager
def transaction(*, hold: bool = True, again: bool = False) -> Iterator[None]:
    """One transaction: all or nothing. What the disk refuses is told as a sentence; UserError where nothing may be written.

    ``hold``: nobody else writes meanwhile; without it whoever begins it sees to that (``aside.py``). Unanswered where a server
    went while it was stored, and it cannot be found out whether it was. ``again``: nobody asks that of what is worked out from
    the register, and is done again wherever it is missing.
    """
    if _Held.refusal:
        raise Unwritable(_Held.refusal)
    engine, first, ending = server(), False, False
    try:
        first = engine is not None and not engine.in_transaction()
        with db.atomic():
            if engine is not None and first:
                unanswered.begin()
                if hold:
                    engine.hold()
            yield
            ending = first
    except _errors() as error:
        if engine is not None and ending and not again and engine.is_cut():
            unanswered.find_out(_("什么都没有写入"))
            return
        raise_told(error, _("什么都没有写入"))
        raise


def insert_rows(record: type[Model], rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows of one record class; keys are field names, absent ones become NULL."""
    if not rows:
        return
    # a column that none of them fills is not named: to write its NULL into each row takes as long as to write a value
    names = [name for name in dict.fromkeys(chain.from_iterable(rows)) if any(row.get(name) is not None for row in rows)]
    if own := [name for name in names if is_own(name)]:
        names = [*(name for name in names if not is_own(name)), own_values.COLUMN]
        rows = [row | {own_values.COLUMN: own_values.packed({name: row.get(name) for name in own})} for row in rows]
    insert_tuples(record, names, (list(map(row.get, names)) for row in rows))


def insert_tuples(record: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert many rows of one record class, each the values in the order of ``names``."""
    names, rows = filled(record, names, rows)
    columns, marks = [_quoted(record, name) for name in names], ", ".join("?" * len(names))
    engine = server()
    if engine is not None:
        engine.copy_in(_table(record), columns, rows)
        return
    db.connection().executemany(f"INSERT INTO {_table(record)} ({', '.join(columns)}) VALUES ({marks})", rows)


def run_many(text: str, rows: Iterable[Sequence[Any]]) -> int:
    """Run a statement once for each row, which gives its variables (``?``); returns how many rows of its table it met in all."""
    engine = server()
    if engine is not None:
        return engine.run_many(text, rows)
    return max(0, int(db.connection().executemany(text, rows).rowcount))


def update_rows(record: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Update many rows by ``uid``; each row is the new values in the order of ``names``, then the uid.

    Overtaken where one is gone, NotYours where a server keeps one from the connected user: nothing is stored by half.
    """
    names, rows = filled(record, names, rows, change=True)
    own = [place for place, name in enumerate(names) if is_own(name)]
    plain = [place for place in range(len(names)) if place not in own]
    parts = [f"{_column(record, names[place])} = ?" for place in plain]
    if own:
        of_own = [names[place] for place in own]
        parts.append(own_values.patched())
        rows = (
            [*(row[place] for place in plain), own_values.patch(of_own, [row[place] for place in own]), row[-1]]
            for row in rows
        )
    assignments, held = ", ".join(parts), list(rows)
    met = run_many(f"UPDATE {_table(record)} SET {assignments} WHERE uid = ?", held)
    if met != len(held):
        uids = [row[-1] for row in held]
        see_changed(record, uids, {uid for (uid,) in fetch_in(record, "uid", uids, ("uid",))}, met)


def delete_rows(record: type[Model], uids: Sequence[str], anew: bool = False) -> None:
    """Delete rows by ``uid``; Overtaken, NotYours and UserError as :func:`update_rows`, for rows that were not met.

    ``anew``: when most of the table goes, the indexes of what is left are made anew. Not for a table that refers to
    itself: its indexes are asked for each row that goes.
    """
    indexes = drop_indexes(record) if anew and 2 * len(uids) > newest_id(record) else []
    met = 0
    for start in range(0, len(uids), CHUNK):
        part = uids[start : start + CHUNK]
        met += db.execute_sql(f"DELETE FROM {_table(record)} WHERE uid IN ({', '.join('?' * len(part))})", part).rowcount
    see_removed(record, uids, met)
    create_indexes(indexes)


def fetch_in(record: type[Model], name: str, keys: Iterable[Any], names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Rows whose field ``name`` is one of ``keys``, as tuples of ``names``: asked in chunks, one statement each.

    When most of a table is asked for, it is read from end to end instead: one walk beats as many searches.
    """
    wanted = list(dict.fromkeys(keys))
    columns = ", ".join(_column(record, each) for each in names)
    if len(wanted) > CHUNK and 3 * len(wanted) > newest_id(record):
        yield from _fetch_most(record, name, wanted, names)
        return
    for start in range(0, len(wanted), CHUNK):
        where, part = _among(record, name, wanted[start : start + CHUNK])
        yield from db.execute_sql(f"SELECT {columns} FROM {_table(record)} WHERE {where} ORDER BY id", part)


def _among(record: type[Model], name: str, keys: list[Any]) -> tuple[str, list[Any]]:
    """The SQL that a field is one of these, and its variables."""
    if is_own(name):
        return own_values.among(name, keys)
    marks = ", ".join("?" * len(keys))
    if server() is not None and _without_case(record, name):
        return f"lower({_column(record, name)}) IN ({marks})", list(map(_fold, keys))
    return f"{_column(record, name)} IN ({marks})", keys


def _fetch_most(record: type[Model], name: str, wanted: list[Any], names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    fold = _fold if _without_case(record, name) else str
    asked = set(map(fold, wanted))
    told = [*names, name] if name not in names else names
    at, wide = told.index(name), len(names)
    columns = ", ".join(_column(record, each) for each in told)
    rows = db.execute_sql(f"SELECT {columns} FROM {_table(record)} ORDER BY id")
    found = (row for row in rows if (key := row[at]) is not None and (key in asked or fold(key) in asked))
    return found if told is names else (row[:wide] for row in found)


def _without_case(record: type[Model], name: str) -> bool:
    return not is_own(name) and bool(record._meta.fields[name].collation)


def _fold(text: str) -> str:
    """A text as the engine compares those that are indexed without regard to case: it knows only the letters of ASCII."""
    return text.lower() if text.isascii() else text.translate(sql.ASCII_LOWER)


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
    rows stay too: to look for these rows in the whole table would take longer than to note them as they come. Until they are
    made again the connection keeps fewer pages, and triggers that look into them stand down (``again.py``). On a server they all
    stay: without them nobody could read meanwhile.
    """
    if server() is not None:
        return []
    found = db.execute_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql NOT LIKE 'CREATE UNIQUE %'"
        " AND sql NOT LIKE '% WHERE %'",
        [record._meta.table_name],
    ).fetchall()
    if found:
        _keep_pages(_GROWING)
    for name, _sql in found:
        db.execute_sql(f'DROP INDEX "{name}"')
    return [*(sql for _name, sql in found), *(stand_down(db.execute_sql, record._meta.table_name) if found else ())]


def create_indexes(statements: Iterable[str]) -> None:
    """Make again what :func:`drop_indexes` dropped; with it what else reads a table from end to end (``counting.py``)."""
    made_again = list(statements)
    if not made_again:
        return
    _keep_pages(max(_SORTING, cache_of(_Held.path)))
    for statement in made_again:
        db.execute_sql(statement)
    _keep_pages(cache_of(_Held.path))


def _keep_pages(kilobytes: int) -> None:
    """How many pages of the file the connection keeps; a server looks after its own."""
    if server() is None:
        db.execute_sql(f"PRAGMA cache_size = -{kilobytes}")


def _table(record: type[Model]) -> str:
    return f'"{record._meta.table_name}"'


def _column(record: type[Model], name: str) -> str:
    return own_values.read(name) if is_own(name) else _quoted(record, name)


def _quoted(record: type[Model], name: str) -> str:
    return f'"{record._meta.fields[name].column_name}"'


def damage(deep: bool = False) -> list[str]:
    """What is wrong with the file, in the engine's words; an empty list when it is sound.

    The page signatures (a flipped bit on the disk) and the structure are always checked; ``deep`` also every index.
    Raises Unwritable when the disk does not let it be read to its end: that is no damage.
    """
    if server() is not None:  # it checks its own pages as it reads them, and its references when a batch ends
        return []
    return [*bad_pages(), *_complaints("integrity_check" if deep else "quick_check"), *_complaints("foreign_key_check")]


def bad_pages() -> list[str]:
    """The pages whose signature is not theirs, in the engine's words: two thousandths of a second for each megabyte."""
    return _complaints("cipher_integrity_check") if server() is None else []


def _complaints(check: str) -> list[str]:
    try:
        rows = db.execute_sql(f"PRAGMA {check}").fetchall()
    except (DatabaseError, dbapi2.DatabaseError) as error:  # fetching is not wrapped by peewee
        if failure(error) not in (Failure.MALFORMED, Failure.NOT_OURS, None):
            raise_told(error, _("登记册没有检查完"))
        rows = [(str(error),)]
    return [" ".join(map(str, row)) for row in rows if row[0] != "ok"]
