"""The engine of an office: a PostgreSQL server through peewee and psycopg, beside the file engine of ``database.py``.

Many write at once. A transaction that writes takes the office's one lock first, as a file's takes the file: then nothing that was
read in it changes under it, numbers follow each other, and the next one sees all of it. Readers never wait.
"""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import models.engine.driver  # noqa: F401  # isort: skip  # lets psycopg in

import psycopg
from peewee import DatabaseError
from psycopg.pq import TransactionStatus

from models.engine import running
from models.engine.addresses import Address
from models.engine.postgres_aside import RowsAside
from models.engine.postgres_failures import raise_sentence
from models.engine.postgres_handle import ServerHandle
from models.engine.postgres_hearing import CHANNEL, PLACE, Ear, cut
from models.engine.postgres_reached import BUSY_MS, CONNECT_SECONDS, LOCK, connect, reached, was_stored
from models.engine.postgres_words import said
from models.errors import Stopped, UserError
from models.language import _

#: The name of the locks of devices that write with rows aside.
_DEVICE_LOCK = LOCK + 1
#: Rows of variables that go to the server together.
_TOGETHER = 1_000
#: Rows that are put in one by one where they cannot be copied.
_FEW = 50
#: How often, in seconds, is looked whether a query is still wanted.
_LOOK_EVERY = 0.05


class PostgresEngine:
    """What is done otherwise than with a file; the words of ``running.Server``."""

    errors: tuple[type[Exception], ...] = (psycopg.Error,)

    def __init__(self, address: Address, password: str | None) -> None:
        """Nothing is connected yet."""
        self.address = address
        self.handle: Any = ServerHandle(None, **reached(address, password))
        self.handle.district = address.district
        self._policies: bool | None = None
        self.handle.deferred = False
        self._aside = threading.local()
        self._waiting: set[int] = set()
        self._over = threading.Event()

    def _connection(self) -> Any:
        return self.handle.connection()

    def _status(self) -> TransactionStatus:
        return TransactionStatus(self._connection().pgconn.transaction_status)

    def in_transaction(self) -> bool:
        """True while this thread is in a transaction."""
        return self._status() in (TransactionStatus.INTRANS, TransactionStatus.INERROR)

    def hold(self) -> None:
        """Take the lock of those who write, until the transaction ends. Whoever waits for it can be stopped."""
        self._waiting.add(threading.get_ident())
        try:
            self.handle.execute_sql(f"SELECT pg_advisory_xact_lock(?, {PLACE})", [LOCK])
        finally:
            self._waiting.discard(threading.get_ident())

    def announce(self, text: str) -> None:
        """Within a transaction: tell whoever listens, once and only if it ends well. At most 8,000 bytes."""
        self.handle.execute_sql(f"SELECT pg_notify(? || {PLACE}::text, ?)", [CHANNEL, text])

    def listen(self) -> Ear:
        """A connection of its own that hears what is announced from now on."""
        return Ear(connect(self.handle.connect_params))

    @property
    def used_password(self) -> bool:
        """True when the server asked for a password."""
        return bool(self._connection().pgconn.used_password)

    @property
    def is_away(self) -> bool:
        """True while the server is known not to be there."""
        return bool(self.handle.away)

    def be_away(self, away: bool) -> None:
        """From now on nobody waits for the server, or everybody does again."""
        self.handle.away = away

    def cut_off(self) -> None:
        """End whatever waits for the server, in any thread, with an error."""
        self._over.set()
        self.be_away(True)
        for held in list(self.handle.held_by.values()):
            cut(held)

    def is_cut(self) -> bool:
        """True when this thread's connection is gone."""
        return bool(self.handle.is_closed() or self._connection().closed)

    def was_stored(self, table: str, field: str, value: str) -> bool | None:
        """Whether a row is there, of a transaction of this thread whose end was not answered; None: it cannot be found out."""
        with suppress(psycopg.Error):
            self.handle.dispose()
        return was_stored(dict(self.handle.connect_params), self._over, table, field, value)

    def let_go(self) -> None:
        """Close the connections of all threads: nobody reaches this server through here any more."""
        for held in list(self.handle.held_by.values()):
            held.close()

    def put_aside(self, device: str) -> None:
        """Let what is copied in stand aside until :meth:`settle`; a lock keeps others of this device from doing so too."""
        self.handle.execute_sql("SELECT pg_advisory_xact_lock(?, hashtext(?))", [_DEVICE_LOCK, device])
        self._aside.rows = RowsAside(self._connection())

    def is_aside(self) -> bool:
        """True while what is copied in stands aside, in this thread."""
        return getattr(self._aside, "rows", None) is not None

    def move_ahead(self, besides: Sequence[str]) -> bool:
        """Put what stands aside where it belongs, but for the tables ``besides``; False where a row refers to what is gone."""
        return bool(self._aside.rows.move_ahead(besides))

    def settle(self, numbered: Sequence[str], shift: int) -> None:
        """Put what is left aside where it belongs."""
        self._aside.rows.move(numbered, shift)
        self.end_aside()

    def end_aside(self) -> None:
        """Let nothing stand aside any more."""
        self._aside.rows = None

    def is_alone(self, device: str) -> bool:
        """True when no other program of this device has rows aside; then none begins to until the transaction ends."""
        asked = "SELECT pg_try_advisory_xact_lock_shared(?, hashtext(?))"
        return bool(self.handle.execute_sql(asked, [_DEVICE_LOCK, device]).fetchone()[0])

    def aside_holds(self, table: str, names: Sequence[str], values: Sequence[str]) -> bool:
        """True when one of these values stands in one of these fields of what is aside."""
        return bool(self._aside.rows.holds(table, names, values))

    def raise_told(self, error: BaseException, what: str) -> None:
        """Raise an error's sentence; return when it is none that a server may have.

        A connection that is gone is let go, unless something was begun over it, whose end has to come first.
        """
        if self.handle.is_lost():
            with suppress(psycopg.Error):
                self.handle.dispose()
        raise_sentence(error, what)

    def run_many(self, text: str, rows: Iterable[Sequence[Any]]) -> int:
        """Run a statement once for each row of variables; how many rows of the table it met in all."""
        met = 0
        with psycopg.Cursor(self._connection()) as cursor:
            waiting: list[tuple[Any, ...]] = []
            for row in rows:
                waiting.append(tuple(row))
                if len(waiting) == _TOGETHER:
                    met += _run(cursor, text, waiting)
                    waiting.clear()
            return met + (_run(cursor, text, waiting) if waiting else 0)

    def copy_in(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Put many rows into a table. Into one with policies a server copies nothing: then by a table that is soon gone."""
        if self.is_aside():
            self._aside.rows.copy_in(table, columns, rows)
            return
        names = ", ".join(columns)
        if not self._held_to_rows():
            self._copy(table, names, rows)
            return
        held = list(rows)
        if len(held) <= _FEW:
            marks = ", ".join("?" * len(columns))
            self.run_many(f"INSERT INTO {table} ({names}) VALUES ({marks})", held)
            return
        self.handle.execute_sql(f"CREATE TEMP TABLE arriving AS SELECT {names} FROM {table} WITH NO DATA")
        self._copy("arriving", names, held)
        self.handle.execute_sql(f"INSERT INTO {table} ({names}) SELECT {names} FROM arriving")
        self.handle.execute_sql("DROP TABLE arriving")

    def _copy(self, table: str, names: str, rows: Iterable[Sequence[Any]]) -> None:
        with psycopg.Cursor(self._connection()) as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)

    def _held_to_rows(self) -> bool:
        """True for a user whom policies hold to some rows of the tables."""
        if self._policies is None:
            self._policies = bool(self.asked("SELECT coalesce(row_security_active(to_regclass('worker')), false)"))
        return self._policies

    def asked(self, text: str, *values: Any) -> Any:
        """The first value of a question's first row; None where there is no row."""
        row = self.handle.execute_sql(text, list(values)).fetchone()
        return row[0] if row is not None else None

    def column_of(self, text: str, *values: Any) -> list[Any]:
        """The first value of each row that answers a question."""
        return [row[0] for row in self.rows_of(text, *values)]

    def rows_of(self, text: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows that answer a question."""
        return list(self.handle.execute_sql(text, list(values)).fetchall())

    def make_district(self) -> None:
        """Make the schema of the address' district, where it names one and there is none. UserError where it would be sharded."""
        if not self.address.district or self.asked("SELECT to_regnamespace(?)", self.address.district) is not None:
            return
        if self.asked("SELECT current_setting('citus.enable_schema_based_sharding', true)") == "on":
            raise UserError(_(
                "这个数据库开着 Citus 的按 schema 分片，登记册放不进去：它的触发器和各人的权限在分片的表上不能用。请管理员关掉"
                "（ALTER DATABASE … SET citus.enable_schema_based_sharding = off），区县要自己的服务器就用 postgres_fdw。什么都没有改动。"
            ))  # fmt: skip
        self.handle.execute_sql(f'CREATE SCHEMA IF NOT EXISTS "{self.address.district}"')

    def schema_name(self) -> str:
        """The schema of the tables, as it stands in a statement."""
        return str(self.asked("SELECT quote_ident(current_schema())"))

    def database_name(self) -> str:
        """The database's name."""
        return str(self.asked("SELECT current_database()"))

    def tables(self) -> set[str]:
        """The names of the tables that are there."""
        return set(self.column_of("SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema()"))

    def columns(self, table: str) -> list[str]:
        """The names of a table's columns."""
        found = "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = ?"
        return [str(name) for name in self.column_of(f"{found} ORDER BY ordinal_position", table)]

    def functions(self) -> list[str]:
        """The functions that are there, as they stand in a statement."""
        found = "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = to_regnamespace(current_schema())::oid"
        return [str(name) for name in self.column_of(found)]

    def has_role(self, name: str) -> bool:
        """True when the server knows a user, or a group, of this name."""
        return self.asked("SELECT 1 FROM pg_roles WHERE rolname = ?", name) is not None

    def secret_of(self, login: str, password: str) -> str:
        """What the server keeps of a user's password."""
        held = self._connection().pgconn
        return str(held.encrypt_password(password.encode(), login.encode(), b"scram-sha-256").decode())

    def run_script(self, text: str) -> None:
        """Run many statements that are written for this engine."""
        self._connection().execute(text.encode())

    def schema(self) -> int:
        """The number of the newest schema that was made there; 0 for none."""
        asked = self.handle.execute_sql("SELECT to_regclass('schema_migration')").fetchone()
        if asked[0] is None:
            return 0
        rows = self.handle.execute_sql("SELECT name FROM schema_migration").fetchall()
        return max((int(name[:4]) for (name,) in rows), default=0)

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """All that is read inside is as it was at the first reading."""
        self.handle.execute_sql("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self.handle.steady.add(threading.get_ident())
        try:
            yield
        finally:
            self.handle.steady.discard(threading.get_ident())
            if not self.handle.connection().closed:
                self.handle.execute_sql("ROLLBACK")

    @contextmanager
    def patience(self, milliseconds: int) -> Iterator[None]:
        """Inside, another one's writing is waited for so long and no longer."""
        self.handle.execute_sql(f"SET lock_timeout = {milliseconds}")
        try:
            yield
        finally:
            with suppress(psycopg.Error, Exception):
                self.handle.execute_sql(f"SET lock_timeout = {BUSY_MS}")

    def last_given(self, table: str) -> int:
        """The highest row number that a table which never gives one twice has ever given; 0 for none."""
        found = self.handle.execute_sql('SELECT "last" FROM given_number WHERE "table" = ?', [table]).fetchone()
        return int(found[0]) if found else 0

    def count_as_given(self, table: str, last: int) -> None:
        """Let such a table go on behind number ``last``."""
        self.handle.execute_sql('DELETE FROM given_number WHERE "table" = ?', [table])
        self.handle.execute_sql('INSERT INTO given_number ("table", "last") VALUES (?, ?)', [table, last])

    @contextmanager
    def breaking_off(self, wish: Callable[[], bool]) -> Iterator[None]:
        """Inside, a query is broken off with Stopped as soon as ``wish()`` is true, unless it is part of a transaction."""
        self._connection()
        over, here = threading.Event(), threading.get_ident()

        def look() -> None:
            while not over.wait(_LOOK_EVERY):
                held = self.handle.held_by[here]
                if wish() and (here in self._waiting or here not in self.handle.writing):
                    with suppress(psycopg.Error):  # it is gone: then nothing waits for it any more
                        held.cancel_safe(timeout=CONNECT_SECONDS)

        watching = threading.Thread(target=look, name="breaking off", daemon=True)
        watching.start()
        try:
            yield
        except Exception as error:
            if any(isinstance(each, psycopg.errors.QueryCanceled) for each in _chain(error)) and wish():
                raise Stopped from error
            raise
        finally:
            over.set()
            watching.join()


def _run(cursor: Any, text: str, rows: list[tuple[Any, ...]]) -> int:
    cursor.executemany(said(text), rows)
    return max(0, int(cursor.rowcount))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def open_server(address: Address, password: str | None) -> PostgresEngine:
    """Connect to a server, and let every record speak through it. Raises UserError, with the sentence why it cannot be."""
    engine = PostgresEngine(address, password)
    try:
        engine.handle.connect()
    except DatabaseError as error:
        raise_sentence(error, _("办公室的登记册打不开"))
        raise
    running.run(engine.handle, engine)
    return engine
