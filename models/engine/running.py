"""Which engine runs: a laptop's encrypted file, or an office's server. Every record speaks through the one handle :data:`db`.

Nobody outside of ``models/engine/`` asks. Inside, what a server does in its own way is asked of :func:`server`, whose words are
those of :class:`Server`; None of it means that a file is open. What both say in SQL, but not in the same words, is in ``sql.py``.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from peewee import Database, DatabaseProxy

#: The handle of every record: that of the file, or of the server.
db: Any = DatabaseProxy()


class Server(Protocol):
    """What the engine of a server does in its own way. SQL comes with ``?`` for each variable, as everywhere."""

    #: What its driver raises where a query goes past peewee.
    errors: tuple[type[Exception], ...]

    def hold(self) -> None:
        """Within the transaction that has just begun: let nobody else write until it ends."""

    def put_aside(self, device: str) -> None:
        """Within the transaction that has just begun: what is copied in stands aside, and no other one of this device does so."""

    def is_aside(self) -> bool:
        """True while what is copied in stands aside."""

    def move_ahead(self, besides: Sequence[str]) -> bool:
        """Put what stands aside where it belongs before the office is held, but for the tables ``besides``.

        False where a row refers to what is gone: then nothing more can be done in the transaction.
        """

    def settle(self, numbered: Sequence[str], shift: int) -> None:
        """Put what stands aside where it belongs, the row numbers of the tables ``numbered`` greater by ``shift``."""

    def end_aside(self) -> None:
        """Let nothing stand aside any more."""

    def is_alone(self, device: str) -> bool:
        """True when no other program of this device writes with rows aside; then none begins to until the transaction ends."""

    def aside_holds(self, table: str, names: Sequence[str], values: Sequence[str]) -> bool:
        """True when one of these values stands in one of these fields of what is aside."""

    def in_transaction(self) -> bool:
        """True while this thread is in a transaction."""

    def is_cut(self) -> bool:
        """True when this thread's connection is gone."""

    def was_stored(self, table: str, field: str, value: str) -> bool | None:
        """Whether a row is there, of a transaction of this thread whose end was not answered; None: it cannot be found out."""

    def raise_told(self, error: BaseException, what: str) -> None:
        """Raise an error's sentence; return when it is none that a server may have."""

    def run_many(self, text: str, rows: Iterable[Sequence[Any]]) -> int:
        """Run a statement once for each row of variables; how many rows of the table it met in all."""

    def copy_in(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Put many rows into a table, their values in the order of ``columns``."""

    def asked(self, text: str, *values: Any) -> Any:
        """The first value of a question's first row; None where there is no row."""

    def column_of(self, text: str, *values: Any) -> list[Any]:
        """The first value of each row that answers a question."""

    def rows_of(self, text: str, *values: Any) -> list[tuple[Any, ...]]:
        """All rows that answer a question."""

    def make_district(self) -> None:
        """Make the schema of the address' district, where it names one and there is none."""

    def schema_name(self) -> str:
        """The schema of the tables, as it stands in a statement."""

    def database_name(self) -> str:
        """The database's name."""

    def tables(self) -> set[str]:
        """The names of the tables that are there."""

    def columns(self, table: str) -> list[str]:
        """The names of a table's columns."""

    def functions(self) -> list[str]:
        """The functions that are there, as they stand in a statement."""

    def has_role(self, name: str) -> bool:
        """True when the server knows a user, or a group, of this name."""

    def secret_of(self, login: str, password: str) -> str:
        """What the server keeps of a user's password."""

    def run_script(self, text: str) -> None:
        """Run many statements that are written for this engine."""

    def schema(self) -> int:
        """The number of the newest schema that was made there; 0 for none."""

    def one_state(self) -> AbstractContextManager[None]:
        """As ``one_state.one_state``, where no transaction is open."""

    def patience(self, milliseconds: int) -> AbstractContextManager[None]:
        """As ``open_file.patience``."""

    def last_given(self, table: str) -> int:
        """As ``open_file.last_given``."""

    def count_as_given(self, table: str, last: int) -> None:
        """As ``open_file.count_as_given``."""

    def breaking_off(self, wish: Callable[[], bool]) -> AbstractContextManager[None]:
        """As ``breaking_off.breaking_off``."""

    def announce(self, text: str) -> None:
        """As ``reaching.announce``."""

    def listen(self) -> "Listening":
        """As ``reaching.listen``."""

    @property
    def used_password(self) -> bool:
        """True when the server asked for a password."""

    @property
    def is_away(self) -> bool:
        """As ``reaching.is_away``."""

    def be_away(self, away: bool) -> None:
        """As ``reaching.be_away``."""

    def cut_off(self) -> None:
        """As ``reaching.cut_off``."""

    def let_go(self) -> None:
        """Close the connections of all threads: nobody reaches this server through here any more."""


class Listening(Protocol):
    """A connection of its own that hears what is announced; its errors are among :attr:`Server.errors`."""

    def ask(self, text: str) -> Any:
        """The one value that a query brings; None where it brings none."""

    def lines(self, seconds: float) -> list[str]:
        """What was announced, as soon as something was; nothing after so many seconds."""

    def cut(self) -> None:
        """From any thread: let whoever listens here hear no more, at once."""

    def close(self) -> None:
        """Close the connection."""


class _Running:
    """What runs."""

    server: Server | None = None


def server() -> Server | None:
    """The engine of the server that is open; None while a file is."""
    return _Running.server


def run(handle: Database, engine: Server | None = None) -> None:
    """From now on every record speaks through ``handle``; ``engine``: that of a server, None for a file.

    Over another one, this thread is connected no longer; over a server no thread is, for none reaches it any more.
    """
    before, _Running.server = _Running.server, engine
    if db.obj is not handle:
        if db.obj is not None and not db.is_closed():
            db.close()
        db.initialize(handle)
        if before is not None:
            before.let_go()
