"""A transaction whose end was not answered: the connection went while the server was storing it. It may be stored, or not.

Neither may be said without knowing: "nothing was written" has it written twice, "it is stored" has it lost. So the server, or the
one that has taken its place, is asked for a row that the transaction wrote. Over a file the end is always known.
"""

import threading

from peewee import Model

from models.engine.running import server
from models.errors import Unanswered, Unwritable
from models.language import _


class _Evidence(threading.local):
    """A row of the thread's transaction that no other one has written: table, field and value."""

    row: tuple[str, str, str] | None = None


_evidence = _Evidence()


def begin() -> None:
    """A transaction begins: nothing is known of it yet."""
    _evidence.row = None


def note(record: type[Model], field: str, value: str) -> None:
    """Within a transaction: a row with this value in this field is written, and no other transaction writes one."""
    _evidence.row = _evidence.row or (record._meta.table_name, field, value)


def find_out(what: str) -> None:
    """Return when the thread's transaction, whose end was not answered, was stored all the same.

    Unwritable when it was not, and Unanswered when that cannot be found out: ``what`` begins their sentence.
    """
    engine, row = server(), _evidence.row
    stored = engine.was_stored(*row) if engine is not None and row is not None else None
    if stored is None:
        raise Unanswered(
            _(
                "与服务器的连接在写完的那一刻断了，没有等到答复，不知道写进去没有。连上以后请先看“导入记录”里有没有这一次，再决定要不要重做。"
            )
        )
    if not stored:
        raise Unwritable(
            _("{what}：与服务器的连接在写完的那一刻断了，连上以后查过，这一次没有写进去。请再做一次。").format(what=what)
        )
