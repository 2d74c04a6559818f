"""The engine's connection with a key: peewee's, but for what it would leave of the key in memory."""

from typing import Any

from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2

from models import secrecy


def give_key(connection: Any, key: str) -> None:
    """Unlock a new connection with a raw key ``x'…'``; the statement is in no cache, and is written over once it was executed."""
    statement = f'PRAGMA key = "{key}"'
    try:
        connection.executescript(statement)
    finally:
        secrecy.wipe(statement)
        secrecy.scrub()


class Connection(dbapi2.Connection):  # type: ignore[misc]  # the engine has no types
    """A connection with room for what was read through it, see ``kept_reads.kept``."""

    def __init__(self, *args: Any, **named: Any) -> None:
        """Nothing was read yet."""
        super().__init__(*args, **named)
        self.state: tuple[int, int] | None = None
        self.kept: dict[Any, Any] = {}


class KeyedDatabase(SqlCipherDatabase):  # type: ignore[misc]  # peewee's extension has no types
    """A database that is opened with a raw key, ``passphrase="x'…'"``, and forgets it when told to."""

    def _connect(self) -> Any:
        """A new connection, unlocked."""
        given = dict(self.connect_params)
        key = given.pop("passphrase")
        connection = dbapi2.connect(self.database, isolation_level=None, factory=Connection, **given)
        try:
            give_key(connection, key)
            self._add_conn_hooks(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def forget(self) -> None:
        """Let a closed database forget its file and its key."""
        secrecy.wipe(self.connect_params.pop("passphrase", ""))
        self.init(None)
