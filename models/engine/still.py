"""The open file's bytes while nobody changes them: whoever copies them copies one state, beside others who go on writing.

Pages go into the file only when the log is folded in. Whoever reads from the file alone, because the log is empty, keeps all
others from folding (the engine's read lock 0); what they write meanwhile waits in the log.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from models.engine import database
from models.engine.open_file import patience
from models.engine.running import server
from models.errors import UserError

#: Others may write between the folding and the reading: then it is begun anew, so many times.
_TRIES = 5
#: So long, each time, it waits for those who read: a list of everybody takes longer than anybody would wait for.
_PATIENCE_MS = 200


class _Lent:
    """The file as it was opened for copying, by its path; see :func:`let_go`."""

    streams: dict[Path, BinaryIO] = {}  # noqa: RUF012  # there is one for the program


@contextmanager
def still_file() -> Iterator[BinaryIO | None]:
    """The open file's bytes, to be read from their beginning; queries inside see the same state.

    None where it cannot be had: of a server, in a transaction, where it is open for reading alone, or others read for too long.
    """
    file = None if server() is not None else Path(database.db.database)
    if file is None or not file.is_file() or database.in_transaction():
        yield None
        return
    held = database.db.connection()
    for _try in range(_TRIES):
        with suppress(UserError), patience(_PATIENCE_MS):  # what it cannot fold in stays in the log, and is seen there
            database.fold()
        held.execute("BEGIN").execute("SELECT count(*) FROM sqlite_master").fetchall()
        try:
            if _log_is_empty(file):
                with _opened(file) as stream:
                    yield stream
                return
        finally:
            held.rollback()
    yield None


def _log_is_empty(file: Path) -> bool:
    try:
        return Path(f"{file}-wal").stat().st_size == 0
    except FileNotFoundError:
        return True


@contextmanager
def _opened(file: Path) -> Iterator[BinaryIO]:
    """The file at its beginning; on POSIX it is opened once for as long as the register is open.

    There the system drops all of a program's locks on a file when the program closes it anywhere, those of the engine too:
    another program could then take itself for the last one, and throw the log away.
    """
    if sys.platform == "win32":
        with file.open("rb", buffering=0) as stream:
            yield stream
        return
    lent = _Lent.streams.get(file)
    if lent is None or not os.path.samestat(os.fstat(lent.fileno()), file.stat()):
        lent = _Lent.streams[file] = file.open("rb", buffering=0)
    lent.seek(0)
    yield lent


def let_go() -> None:
    """Close what was opened for copying: for whoever has closed the register."""
    while _Lent.streams:
        _Lent.streams.popitem()[1].close()
