"""Hearing what other programs over one PostgreSQL server announce, and cutting a connection that somebody waits for."""

import socket
from contextlib import suppress
from typing import Any

import models.engine.driver  # noqa: F401  # isort: skip  # lets psycopg in

import psycopg
import psycopg.sql

#: The number of the schema that holds the register, whatever the user's own path begins with.
PLACE = (
    "coalesce((SELECT relnamespace FROM pg_class WHERE oid = to_regclass('schema_migration')),"
    " to_regnamespace(current_schema())::oid)::int"
)
#: The channel on which is told what was written, before that number.
CHANNEL = "jianhui_"


class Ear:
    """Hears what is announced, over a connection of its own. Its errors are the driver's."""

    def __init__(self, held: Any) -> None:
        """Listen over a connection that is there for nothing else."""
        self._held = held
        try:
            place = self.ask(f"SELECT {PLACE}")
            self._held.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(f"{CHANNEL}{place}")))
        except BaseException:
            self._held.close()
            raise

    def ask(self, text: str) -> Any:
        """The one value that a query brings; None where it brings none."""
        row = self._held.execute(text.encode()).fetchone()
        return row[0] if row else None

    def lines(self, seconds: float) -> list[str]:
        """What was announced, as soon as something was; nothing after so many seconds."""
        return [each.payload for each in self._held.notifies(timeout=seconds, stop_after=1)]

    def cut(self) -> None:
        """From any thread: let whoever listens here hear no more, at once."""
        cut(self._held)

    def close(self) -> None:
        """Close the connection."""
        self._held.close()


def cut(held: Any) -> None:
    """Cut a connection from another thread: whoever waits for it is told that it is gone."""
    with suppress(OSError, psycopg.Error), socket.fromfd(held.fileno(), socket.AF_INET, socket.SOCK_STREAM) as line:
        line.shutdown(socket.SHUT_RDWR)
