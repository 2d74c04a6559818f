"""The engine's connection with a key: peewee's, but for what it would leave of the key in memory."""

from typing import Any

from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2

from models import secrecy


class KeyedDatabase(SqlCipherDatabase):  # type: ignore[misc]  # peewee's extension has no types
    """A database that is opened with a raw key, ``passphrase="x'…'"``, and forgets it when told to."""

    def _connect(self) -> Any:
        """A new connection. The statement with the key is in no cache, and is written over once it was executed."""
        given = dict(self.connect_params)
        statement = f'PRAGMA key = "{given.pop("passphrase")}"'
        connection = dbapi2.connect(self.database, isolation_level=None, **given)
        try:
            connection.executescript(statement)
            secrecy.wipe(statement)
            secrecy.scrub()
            self._add_conn_hooks(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def forget(self) -> None:
        """Let a closed database forget its file and its key."""
        secrecy.wipe(self.connect_params.pop("passphrase", ""))
        self.init(None)
